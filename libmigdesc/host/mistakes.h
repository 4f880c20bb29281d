/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-error.h>

G_BEGIN_DECLS

/* All that is wrong with what somebody wrote, one line each: a GPtrArray of texts. */

GPtrArray *migdesc_mistakes_new (void);
void migdesc_mistakes_add (GPtrArray *mistakes, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Takes the error; its message comes behind the prefix. */
void migdesc_mistakes_take (GPtrArray *mistakes, const char *prefix, GError *error);
/* TRUE: there are none. Else an error that has them all in one line. */
gboolean migdesc_mistakes_check (const GPtrArray *mistakes, MigdescError code, GError **error);

G_END_DECLS
