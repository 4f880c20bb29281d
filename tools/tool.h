/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* What every verb of the command shares: the common options, the worst exit status so far. */

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
  const char *verb;
  gboolean json;
  gboolean lenient;
  gboolean strict;
  gboolean keep_text; /* descriptors keep their texts */
  MigdescDialect dialect;
  ToolStatus status;
} Tool;

/* Where an error is, as far as that is known. */
typedef struct
{
  const char *file;
  guint line;
  guint column;
  const char *pointer;
} ToolPlace;

/* Keeps the status that wins: 4, 3, 2, 1, 5, 0. */
void tool_add_status (Tool *tool, ToolStatus status);
ToolStatus tool_status_of_error (const GError *error);
ToolStatus tool_status_of_verdict (MigdescVerdict verdict);
/* Tells the error on stderr, and with --json as an object on stdout. Returns and adds its
 * status. */
ToolStatus tool_fail (Tool *tool, const GError *error, const ToolPlace *place);
ToolStatus tool_usage_error (Tool *tool, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
