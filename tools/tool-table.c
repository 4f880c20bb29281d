/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-output.h"

#include <libsmartcols.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80
#define LEAST_WIDTH 40

typedef struct
{
  char **cells;
  ToolTone tone;
  guint tone_column;
} Row;

struct _ToolTable
{
  char **headings;
  guint n_columns;
  GPtrArray *rows; /* Row */
};

static gsize
terminal_width (void)
{
  const char *columns = g_getenv ("COLUMNS");
  struct winsize size;
  guint64 width;

  if (columns != NULL && g_ascii_string_to_unsigned (columns, 10, 1, 10000, &width, NULL))
    return MAX (width, LEAST_WIDTH);
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return MAX (size.ws_col, LEAST_WIDTH);
  return DEFAULT_WIDTH;
}

static gboolean
wants_colour (void)
{
  const char *no_colour = g_getenv ("NO_COLOR");

  return (no_colour == NULL || no_colour[0] == '\0') && isatty (STDOUT_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/* libsmartcols wraps at the column's width, in the middle of words; so cells come to it in lines already. */
static void
add_column (struct libscols_table *table, const char *heading)
{
  struct libscols_column *column = scols_table_new_column (table, heading, 0.0, SCOLS_FL_WRAP);

  if (column == NULL)
    g_error ("out of memory for a table's column");
  scols_column_set_safechars (column, "\n");
  scols_column_set_wrapfunc (column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
}

ToolTable *
tool_table_new (const char *const *headings)
{
  ToolTable *self = g_new0 (ToolTable, 1);

  self->n_columns = g_strv_length ((char **) headings);
  self->headings = g_strdupv ((char **) headings);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static char **
escape_cells (const char *const *cells, guint n)
{
  char **escaped = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) lines = g_strsplit (cells[i] != NULL ? cells[i] : "", "\n", -1);

      for (guint line = 0; lines[line] != NULL; line++)
        {
          char *safe = migdesc_escape_text (lines[line]);

          g_free (lines[line]);
          lines[line] = safe;
        }
      escaped[i] = g_strjoinv ("\n", lines);
    }
  return escaped;
}

void
tool_table_add_row (ToolTable *self, const char *const *cells, ToolTone tone, guint tone_column)
{
  Row *row = g_new0 (Row, 1);

  row->cells = escape_cells (cells, self->n_columns);
  row->tone = tone;
  row->tone_column = tone_column;
  g_ptr_array_add (self->rows, row);
}

static guint
text_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* The longest line of a cell. */
static guint
cell_width (const char *cell)
{
  g_auto (GStrv) lines = g_strsplit (cell, "\n", -1);
  guint width = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    width = MAX (width, text_width (lines[i]));
  return width;
}

/* Where a line of at most @width ends: behind the last space that fits, or else at the last character that fits. */
static gsize
line_length (const char *text, guint width)
{
  const char *last_space = NULL;
  const char *end = text;
  guint used = 0;

  while (*end != '\0')
    {
      gunichar c = g_utf8_get_char (end);

      used += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
      if (used > width && end > text)
        return (gsize) ((last_space != NULL && last_space > text ? last_space : end) - text);
      if (c == ' ')
        last_space = end;
      end = g_utf8_next_char (end);
    }
  return (gsize) (end - text);
}

static char *
wrap_cell (const char *cell, guint width)
{
  g_auto (GStrv) lines = g_strsplit (cell, "\n", -1);
  GString *wrapped = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      /* What goes on belongs to its line's indent. */
      gsize indent = MIN (strspn (lines[i], " "), width / 2);
      const char *rest = lines[i];

      if (i > 0)
        g_string_append_c (wrapped, '\n');
      for (gboolean first = TRUE; first || *rest != '\0'; first = FALSE)
        {
          guint room = first ? width : width - (guint) indent;
          gsize length = line_length (rest, room);

          if (!first)
            g_string_append_printf (wrapped, "\n%*s", (int) indent, "");
          g_string_append_len (wrapped, rest, (gssize) length);
          rest += length;
          rest += strspn (rest, " ");
        }
    }
  return g_string_free (wrapped, FALSE);
}

/* Natural widths; where they exceed the terminal, the last column gives way first, then the widest. */
static void
fit_columns (ToolTable *self, guint *widths, guint total)
{
  guint sum = self->n_columns - 1;

  for (guint c = 0; c < self->n_columns; c++)
    {
      widths[c] = text_width (self->headings[c]);
      for (guint r = 0; r < self->rows->len; r++)
        widths[c] = MAX (widths[c], cell_width (((Row *) self->rows->pdata[r])->cells[c]));
      sum += widths[c];
    }
  while (sum > total)
    {
      guint widest = self->n_columns - 1;

      if (widths[widest] <= total / 3)
        for (guint c = 0; c < self->n_columns; c++)
          widest = widths[c] > widths[widest] ? c : widest;
      if (widths[widest] <= 8)
        return;
      widths[widest]--;
      sum--;
    }
}

static const char *
tone_colour (ToolTone tone)
{
  static const char *const colours[] = { NULL, "green", "red", "yellow" };

  return colours[tone];
}

static void
print_row (ToolTable *self, struct libscols_table *table, const Row *row, const guint *widths)
{
  struct libscols_line *line = scols_table_new_line (table, NULL);

  if (line == NULL)
    g_error ("out of memory for a table's line");
  for (guint c = 0; c < self->n_columns; c++)
    {
      g_autofree char *cell = wrap_cell (row->cells[c], widths[c]);

      scols_line_set_data (line, c, cell);
    }
  if (tone_colour (row->tone) != NULL)
    scols_cell_set_color (scols_line_get_cell (line, row->tone_column), tone_colour (row->tone));
}

static void
free_table (ToolTable *self)
{
  for (guint r = 0; r < self->rows->len; r++)
    g_strfreev (((Row *) self->rows->pdata[r])->cells);
  g_ptr_array_unref (self->rows);
  g_strfreev (self->headings);
  g_free (self);
}

void
tool_table_print (ToolTable *self)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);
  struct libscols_table *table;
  guint width = (guint) terminal_width ();

  scols_init_debug (0);
  table = scols_new_table ();
  if (table == NULL)
    g_error ("out of memory for a table");
  for (guint c = 0; c < self->n_columns; c++)
    add_column (table, self->headings[c]);
  scols_table_enable_colors (table, wants_colour ());
  scols_table_set_termforce (table, SCOLS_TERMFORCE_ALWAYS);
  scols_table_set_termwidth (table, width);
  fit_columns (self, widths, width);
  for (guint r = 0; r < self->rows->len; r++)
    print_row (self, table, self->rows->pdata[r], widths);
  scols_print_table (table);
  scols_unref_table (table);
  free_table (self);
}

ToolTone
tool_tone_of_verdict (MigdescVerdict verdict)
{
  static const ToolTone tones[] = { TOOL_TONE_GOOD, TOOL_TONE_BAD, TOOL_TONE_UNSURE };

  return tones[verdict];
}
