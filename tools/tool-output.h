/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* stdout is the answer, stderr the talk. Control characters that came from input are escaped on both. */
void tool_print_line (const char *format, ...) G_GNUC_PRINTF (1, 2);
void tool_print_raw (const char *text, gsize length);
void tool_print_talk (const char *format, ...) G_GNUC_PRINTF (1, 2);
void tool_print_json (JsonNode *node); /* takes over */
/* Indents every line of @text. */
void tool_print_indented (const char *text, const char *indent);

/* Each line of @text as talk. */
void tool_talk_lines (const char *text);
/* Prose, broken at spaces to fit 80 columns. */
void tool_print_wrapped (const char *text);
/* All findings for people: a message a line, its remedy indented below. */
char *tool_describe_findings (MigdescReport *report);

/* A table of text. It fits the terminal, or 80 columns where there is none; the last column wraps. */
typedef struct _ToolTable ToolTable;

typedef enum
{
  TOOL_TONE_PLAIN,
  TOOL_TONE_GOOD,
  TOOL_TONE_BAD,
  TOOL_TONE_UNSURE
} ToolTone;

ToolTable *tool_table_new (const char *const *headings);
void tool_table_add_row (ToolTable *table, const char *const *cells, ToolTone tone, guint tone_column);
void tool_table_print (ToolTable *table); /* and free it */
ToolTone tool_tone_of_verdict (MigdescVerdict verdict);

G_END_DECLS
