/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The running test fails; it goes on. What is more than a line comes before it as diagnostics. */
void kit_fail (const char *details, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* NULL, or what is wrong with the message of an error: they are one line that moves no cursor. */
const char *kit_find_fault (const GError *error);

G_END_DECLS
