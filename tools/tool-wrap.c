/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-wrap.h"

#include <string.h>

static guint
character_width (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

guint
tool_text_width (const char *text)
{
  guint widest = 0;
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      width = *text == '\n' ? 0 : width + character_width (g_utf8_get_char (text));
      widest = MAX (widest, width);
    }
  return widest;
}

/* How many bytes of this line fit. */
static gsize
fitting_length (const char *line, guint width)
{
  const char *space = NULL;
  const char *comma = NULL;
  const char *end = line;
  guint used = 0;

  for (; *end != '\0'; end = g_utf8_next_char (end))
    {
      used += character_width (g_utf8_get_char (end));
      if (used > width && *end == ' ')
        return (gsize) (end - line);
      if (used > width && end > line)
        break;
      if (*end == ' ')
        space = end;
      else if (*end == ',')
        comma = end + 1;
    }
  if (*end == '\0')
    return (gsize) (end - line);
  /* A long list of settings is better broken inside than left behind with a gap. */
  if (space != NULL && (comma == NULL || comma < space || space > line + width / 2))
    return (gsize) (space - line);
  return (gsize) ((comma != NULL ? comma : end) - line);
}

static void
wrap_line (GString *wrapped, const char *line, guint width)
{
  gsize indent = MIN (strspn (line, " "), width / 2);
  gsize length = indent + fitting_length (line + indent, width - (guint) indent);

  g_string_append_len (wrapped, line, (gssize) length);
  for (line += length; *line != '\0'; line += length)
    {
      line += strspn (line, " ");
      length = fitting_length (line, width - (guint) indent);
      if (length > 0)
        g_string_append_printf (wrapped, "\n%*s%.*s", (int) indent, "", (int) length, line);
    }
}

char *
tool_wrap_text (const char *text, guint width)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *wrapped = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (wrapped, '\n');
      wrap_line (wrapped, lines[i], width);
    }
  return g_string_free (wrapped, FALSE);
}
