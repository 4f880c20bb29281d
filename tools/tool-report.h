/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-json.h"

G_BEGIN_DECLS

/* The answers of diff and lint, in the forms that people and CI systems read. */

typedef enum
{
  TOOL_FORMAT_TEXT,
  TOOL_FORMAT_JSON,
  TOOL_FORMAT_SARIF,
  TOOL_FORMAT_GITHUB
} ToolFormat;

typedef struct
{
  char *name; /* of the descriptor */
  MigdescReport *report;
} ToolReport;

/* FALSE, after telling why. @word may be NULL; --json is the word json. */
gboolean tool_format_parse (Tool *tool, const char *word, ToolFormat *format);

/* FALSE, after telling why: there is no such rule set. 0 is the newest. */
gboolean tool_check_rules (Tool *tool, int rules);

/* Of ToolReport; takes over the report. */
GPtrArray *tool_reports_new (void);
void tool_reports_add (GPtrArray *reports, const char *name, MigdescReport *report);

guint tool_report_count (const MigdescReport *report, MigdescSeverity severity);
/* @codes: of all rules that could have found something */
void tool_reports_print (GPtrArray *reports, ToolFormat format, char **codes);
void tool_reports_print_sarif (GPtrArray *reports, char **codes);

G_END_DECLS
