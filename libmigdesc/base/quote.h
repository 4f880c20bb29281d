/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one way for text from outside into a message, a log or a terminal. What could move a
 * cursor, end a line or turn the direction of the text (C0, DEL, C1, U+2028-9, the bidi controls
 * U+202A-E and U+2066-9) and bytes that are not UTF-8 are written as \n, \t, \x1b, \u202e; a
 * backslash as \\. At most MIGDESC_QUOTE_MAX characters are written; of a longer text the last of
 * them is an ellipsis. No quotation marks are added. */

#define MIGDESC_QUOTE_MAX 128

void migdesc_quote_append (GString *message, const char *text, gsize length);

/* A NUL-terminated text (length -1) or length bytes; free with g_free. */
char *migdesc_quote (const char *text, gssize length);

G_END_DECLS
