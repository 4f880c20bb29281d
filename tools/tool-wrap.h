/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text in the columns of a terminal. It has to be UTF-8; control characters are escaped before. */

/* The columns of the widest line. */
guint tool_text_width (const char *text);
/* Lines of at most @width, broken at spaces, else behind a comma, else anywhere; what goes on is
 * indented as its line. */
char *tool_wrap_text (const char *text, guint width);

G_END_DECLS
