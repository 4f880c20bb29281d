/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* A table of text on stdout. It fits the terminal, or 80 columns where there is none; cells may
 * have several lines, and are wrapped at spaces, what goes on indented as its line. */
typedef struct _ToolTable ToolTable;

typedef enum
{
  TOOL_TONE_PLAIN,
  TOOL_TONE_GOOD,
  TOOL_TONE_BAD,
  TOOL_TONE_UNSURE
} ToolTone;

ToolTable *tool_table_new (const char *const *headings);
/* A cell for each heading; NULL is empty. @tone is that of the cell in @tone_column. */
void tool_table_add_row (ToolTable *table, const char *const *cells, ToolTone tone,
                         guint tone_column);
/* And frees it. Columns without any text are left out. */
void tool_table_print (ToolTable *table);

ToolTone tool_tone_of_verdict (MigdescVerdict verdict);

G_END_DECLS
