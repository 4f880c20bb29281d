/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/json-pretty.h"

#include <string.h>

#define LINE_WIDTH 100
#define INDENT 2

/* Behind the string that starts at @cursor */
static const char *
skip_string (const char *cursor)
{
  for (cursor++; *cursor != '"'; cursor++)
    if (*cursor == '\\')
      cursor++;
  return cursor + 1;
}

/* Behind the value that starts at @cursor; @width is what it takes on one line, in characters.
 * Stops early once it is wider than @limit. */
static const char *
measure (const char *cursor,
         const char *end,
         guint limit,
         guint *width)
{
  guint depth = 0;

  *width = 0;
  do
    {
      const char *start = cursor;

      cursor = *cursor == '"' ? skip_string (cursor) : cursor + 1;
      *width += (guint) g_utf8_strlen (start, cursor - start);
      if (*start == ',' || *start == ':')
        *width += 1; /* the space after it */
      else if (*start == '{' || *start == '[')
        depth++;
      else if (*start == '}' || *start == ']')
        depth--;
    }
  while (cursor != end && *width <= limit && (depth > 0 || strchr (",}]:", *cursor) == NULL));
  return cursor;
}

typedef struct
{
  GString *output;
  gsize line_start;
  guint depth;
} Layout;

static void
start_line (Layout *layout)
{
  g_string_append_c (layout->output, '\n');
  layout->line_start = layout->output->len;
  for (guint i = 0; i < layout->depth * INDENT; i++)
    g_string_append_c (layout->output, ' ');
}

/* On one line: a space after each comma and colon */
static void
append_inline (GString *output,
               const char *cursor,
               const char *end)
{
  while (cursor != end)
    {
      const char *next = *cursor == '"' ? skip_string (cursor) : cursor + 1;

      g_string_append_len (output, cursor, next - cursor);
      if (*cursor == ',' || *cursor == ':')
        g_string_append_c (output, ' ');
      cursor = next;
    }
}

/* A value or a key, or only the opening bracket of what does not fit. Returns what is behind it. */
static const char *
append_value (Layout *layout,
              const char *cursor,
              const char *end)
{
  const char *line = layout->output->str + layout->line_start;
  guint used = (guint) g_utf8_strlen (line, -1) + 1; /* a comma may follow */
  guint room = used < LINE_WIDTH ? LINE_WIDTH - used : 0;
  guint width;
  const char *stop = measure (cursor, end, room, &width);

  if ((*cursor != '{' && *cursor != '[') || width <= room)
    {
      append_inline (layout->output, cursor, stop);
      return stop;
    }
  g_string_append_c (layout->output, *cursor);
  layout->depth++;
  start_line (layout);
  return cursor + 1;
}

char *
migdesc_json_pretty (const char *text,
                     gsize length)
{
  Layout layout = { .output = g_string_sized_new (length * 2) };
  const char *end = text + length;
  const char *cursor = text;

  while (cursor != end)
    switch (*cursor)
      {
      case '}':
      case ']':
        layout.depth--;
        start_line (&layout);
        g_string_append_c (layout.output, *cursor++);
        break;
      case ',':
        g_string_append_c (layout.output, *cursor++);
        start_line (&layout);
        break;
      case ':':
        g_string_append (layout.output, ": ");
        cursor++;
        break;
      default:
        cursor = append_value (&layout, cursor, end);
        break;
      }
  g_string_append_c (layout.output, '\n');
  return g_string_free (layout.output, FALSE);
}
