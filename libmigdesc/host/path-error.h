/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <migdesc/migdesc-error.h>

G_BEGIN_DECLS

/* Errors whose message begins with the path of a file. All return FALSE. */

gboolean migdesc_path_fail (const char *path, MigdescError code, GError **error, const char *format,
                            ...) G_GNUC_PRINTF (4, 5);
/* cannot-read and cannot-write; cause is an errno. */
gboolean migdesc_path_fail_read (const char *path, int cause, GError **error);
gboolean migdesc_path_fail_write (const char *path, int cause, GError **error);
/* Puts the path before the message that is there. */
gboolean migdesc_path_prefix (const char *path, GError **error);

G_END_DECLS
