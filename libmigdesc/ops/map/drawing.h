/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text from outside in pictures. What could move a cursor or turn the direction of the text is
 * written as \x1b and the like, as in messages; then &, <, > and quotation marks as XML has
 * them. */
void migdesc_drawing_append_text (GString *svg, const char *text);
/* The same, cut to @width pixels in a font of that size, with an ellipsis where something is
 * missing. */
void migdesc_drawing_append_cut (GString *svg, const char *text, guint size, guint width);
/* About how wide it is */
guint migdesc_drawing_width (const char *text, guint size);
/* The whole text, with what is not to be shown as it is escaped */
char *migdesc_drawing_escape (const char *text);

G_END_DECLS
