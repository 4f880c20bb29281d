/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/map/drawing.h"

#include <string.h>

#include "base/quote.h"

#define ELLIPSIS "\xe2\x80\xa6"

/* Messages quote no more than the start of a text, so this goes bit by bit; a character of UTF-8 is
 * not parted. */
char *
migdesc_drawing_escape (const char *text)
{
  GString *escaped = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    migdesc_quote_append (escaped, at, (gsize) (g_utf8_next_char (at) - at));
  return g_string_free (escaped, FALSE);
}

/* In hundredths of the font's size, of a sans-serif font that runs rather wide */
static guint
width_of (gunichar character)
{
  if (g_unichar_iswide (character))
    return 105;
  if (strchr ("ijl.,:;|!'()[] ", (int) character) != NULL && character < 128)
    return 36;
  if (character == 'm' || character == 'w' || character == 'M' || character == 'W')
    return 96;
  return g_unichar_isupper (character) ? 72 : 63;
}

static guint
measure (const char *text,
         guint size)
{
  guint64 width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += width_of (g_utf8_get_char (text)) * size;
  return (guint) MIN ((width + 99) / 100, G_MAXINT32);
}

guint
migdesc_drawing_width (const char *text,
                       guint size)
{
  g_autofree char *escaped = migdesc_drawing_escape (text);

  return measure (escaped, size);
}

static void
append_markup (GString *svg,
               const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  g_string_append (svg, markup);
}

void
migdesc_drawing_append_text (GString *svg,
                             const char *text)
{
  g_autofree char *escaped = migdesc_drawing_escape (text);

  append_markup (svg, escaped);
}

void
migdesc_drawing_append_cut (GString *svg,
                            const char *text,
                            guint size,
                            guint width)
{
  g_autofree char *escaped = migdesc_drawing_escape (text);
  guint64 room = (guint64) width * 100;
  guint64 used = 100 * size;
  char *at = escaped;

  if (measure (escaped, size) <= width)
    {
      append_markup (svg, escaped);
      return;
    }
  while (*at != '\0' && used + width_of (g_utf8_get_char (at)) * size <= room)
    {
      used += width_of (g_utf8_get_char (at)) * size;
      at = g_utf8_next_char (at);
    }
  *at = '\0';
  append_markup (svg, escaped);
  g_string_append (svg, ELLIPSIS);
}
