/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* What every verb of the command shares: the common options, the worst exit status so far, the answer's form. */

typedef enum
{
  TOOL_YES = 0,
  TOOL_REFUSED = 1,
  TOOL_USAGE = 2,
  TOOL_MALFORMED = 3,
  TOOL_UNREADABLE = 4,
  TOOL_UNDECIDED = 5
} ToolStatus;

typedef struct
{
  gboolean json;
  gboolean lenient;
  gboolean strict;
  char *dialect_name;
  MigdescDialect dialect;
  ToolStatus status;
  GCancellable *cancellable;
} Tool;

typedef struct
{
  const char *name;
  const char *usage;   /* what follows the verb */
  const char *summary; /* one line */
  ToolStatus (*run) (Tool *tool, int argc, char **argv);
} ToolVerb;

extern const ToolVerb tool_verbs[];

/* Parses the verb's own options, which end with an empty entry, together with the common ones. What is left are the
 * operands, of which there must be between @min and @max. NULL after an error was told on stderr, or after --help. */
char **tool_parse (Tool               *tool,
                   const ToolVerb     *verb,
                   const GOptionEntry *entries,
                   int                 argc,
                   char              **argv,
                   guint               min,
                   guint               max);
const ToolVerb *tool_find_verb (const char *name);

/* Keeps the status that wins: 4, 3, 2, 1, 5, 0. */
void tool_add_status (Tool *tool, ToolStatus status);
ToolStatus tool_status_of_error (const GError *error);
ToolStatus tool_status_of_verdict (MigdescVerdict verdict);
/* Tells the error on stderr, and with --json as an object on stdout; @report holds its place, if any. Returns and adds
 * its status. */
ToolStatus tool_fail (Tool *tool, const GError *error, MigdescReport *report);
ToolStatus tool_usage_error (Tool *tool, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
