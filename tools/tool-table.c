/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-table.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tool-output.h"
#include "tool-wrap.h"

#define DEFAULT_WIDTH 80
#define LEAST_WIDTH 40
#define LEAST_COLUMN_WIDTH 8
#define COLUMNS_MAX 8

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

/* --- Rows ------------------------------------------------------------- */

static void
row_free (gpointer data)
{
  Row *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

ToolTable *
tool_table_new (const char *const *headings)
{
  ToolTable *table = g_new0 (ToolTable, 1);

  table->headings = g_strdupv ((char **) headings);
  table->n_columns = g_strv_length (table->headings);
  table->rows = g_ptr_array_new_with_free_func (row_free);
  g_assert (table->n_columns <= COLUMNS_MAX);
  return table;
}

/* Line by line, for the escaper makes one line of all. */
static char *
escape_cell (const char *cell)
{
  g_auto (GStrv) lines = g_strsplit (cell != NULL ? cell : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *safe = migdesc_escape_text (lines[i]);

      g_free (lines[i]);
      lines[i] = safe;
    }
  return g_strjoinv ("\n", lines);
}

void
tool_table_add_row (ToolTable *table, const char *const *cells, ToolTone tone, guint tone_column)
{
  Row *row = g_new0 (Row, 1);

  row->cells = g_new0 (char *, table->n_columns + 1);
  for (guint i = 0; i < table->n_columns; i++)
    row->cells[i] = escape_cell (cells[i]);
  row->tone = tone;
  row->tone_column = tone_column;
  g_ptr_array_add (table->rows, row);
}

static Row *
get_row (const ToolTable *table, guint position)
{
  return table->rows->pdata[position];
}

/* --- Widths ----------------------------------------------------------- */

static guint
terminal_width (void)
{
  const char *columns = g_getenv ("COLUMNS");
  struct winsize size;
  guint64 width;

  if (columns != NULL && g_ascii_string_to_unsigned (columns, 10, 1, 10000, &width, NULL))
    return (guint) MAX (width, LEAST_WIDTH);
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return MAX (size.ws_col, LEAST_WIDTH);
  return DEFAULT_WIDTH;
}

/* What each column would take, 0 for one without text; returns all of them with the gaps. */
static guint
measure_columns (const ToolTable *table, guint *widths)
{
  guint sum = 0;

  for (guint c = 0; c < table->n_columns; c++)
    {
      widths[c] = 0;
      for (guint r = 0; r < table->rows->len; r++)
        widths[c] = MAX (widths[c], tool_text_width (get_row (table, r)->cells[c]));
      if (widths[c] == 0)
        continue;
      widths[c] = MAX (widths[c], tool_text_width (table->headings[c]));
      sum += widths[c] + (sum > 0 ? 1 : 0);
    }
  return sum;
}

/* Where the table is too wide, the last column gives way first, down to a third of the width, then
 * the widest. */
static void
fit_columns (const ToolTable *table, guint *widths, guint total)
{
  for (guint sum = measure_columns (table, widths); sum > total; sum--)
    {
      guint widest = table->n_columns - 1;

      if (widths[widest] <= total / 3)
        for (guint c = 0; c < table->n_columns; c++)
          widest = widths[c] > widths[widest] ? c : widest;
      if (widths[widest] <= LEAST_COLUMN_WIDTH)
        return;
      widths[widest]--;
    }
}

/* --- Printing --------------------------------------------------------- */

static gboolean
wants_colour (void)
{
  const char *no_colour = g_getenv ("NO_COLOR");

  return (no_colour == NULL || no_colour[0] == '\0') && isatty (STDOUT_FILENO)
         && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/* libsmartcols wraps in the middle of words; so cells come to it in lines already. A heading has
 * one line only. */
static void
add_column (struct libscols_table *output, const char *heading, guint width)
{
  g_autofree char *line = tool_wrap_text (heading, width);
  struct libscols_column *column;

  line[strcspn (line, "\n")] = '\0';
  column = scols_table_new_column (output, line, 0.0, SCOLS_FL_WRAP);
  if (column == NULL)
    g_error ("out of memory for a column");
  scols_column_set_wrapfunc (column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
}

static void
print_row (const ToolTable *table, struct libscols_table *output, const Row *row,
           const guint *widths)
{
  static const char *const colours[] = { [TOOL_TONE_PLAIN] = NULL,
                                         [TOOL_TONE_GOOD] = "green",
                                         [TOOL_TONE_BAD] = "red",
                                         [TOOL_TONE_UNSURE] = "yellow" };
  struct libscols_line *line = scols_table_new_line (output, NULL);
  gsize n = 0;

  if (line == NULL)
    g_error ("out of memory for a line");
  for (guint c = 0; c < table->n_columns; c++)
    {
      g_autofree char *cell = NULL;

      if (widths[c] == 0)
        continue;
      cell = tool_wrap_text (row->cells[c], widths[c]);
      scols_line_set_data (line, n, cell);
      if (c == row->tone_column && colours[row->tone] != NULL)
        scols_cell_set_color (scols_line_get_cell (line, n), colours[row->tone]);
      n++;
    }
}

/* Without the blanks that fill a line up. */
static void
print_output (struct libscols_table *output)
{
  char *text = NULL;

  if (scols_print_table_to_string (output, &text) != 0)
    g_error ("out of memory for a table");
  for (const char *line = text; *line != '\0';)
    {
      gsize length = strcspn (line, "\n");
      const char *next = line + length + (line[length] == '\n' ? 1 : 0);

      while (length > 0 && line[length - 1] == ' ')
        length--;
      tool_print_raw (line, length);
      tool_print_raw ("\n", 1);
      line = next;
    }
  free (text);
}

void
tool_table_print (ToolTable *table)
{
  struct libscols_table *output = scols_new_table ();
  guint widths[COLUMNS_MAX];
  guint total = terminal_width ();

  if (output == NULL)
    g_error ("out of memory for a table");
  scols_table_enable_colors (output, wants_colour ());
  /* All is escaped already. */
  scols_table_enable_noencoding (output, TRUE);
  scols_table_set_termforce (output, SCOLS_TERMFORCE_ALWAYS);
  scols_table_set_termwidth (output, total);
  fit_columns (table, widths, total);
  for (guint c = 0; c < table->n_columns; c++)
    if (widths[c] > 0)
      add_column (output, table->headings[c], widths[c]);
  for (guint r = 0; r < table->rows->len; r++)
    print_row (table, output, get_row (table, r), widths);
  /* Columns in which there is nothing are left out: without rows there would be none. */
  if (table->rows->len > 0)
    print_output (output);
  scols_unref_table (output);
  g_ptr_array_unref (table->rows);
  g_strfreev (table->headings);
  g_free (table);
}

ToolTone
tool_tone_of_verdict (MigdescVerdict verdict)
{
  static const ToolTone tones[] = {
    [MIGDESC_VERDICT_COMPATIBLE] = TOOL_TONE_GOOD,
    [MIGDESC_VERDICT_INCOMPATIBLE] = TOOL_TONE_BAD,
    [MIGDESC_VERDICT_UNDECIDED] = TOOL_TONE_UNSURE,
  };

  return tones[verdict];
}
