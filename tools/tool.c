/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool.h"

#include "tool-json.h"
#include "tool-output.h"

static guint
rank_of (ToolStatus status)
{
  static const guint ranks[] = {
    [TOOL_YES] = 0,   [TOOL_UNDECIDED] = 1, [TOOL_REFUSED] = 2,
    [TOOL_USAGE] = 3, [TOOL_MALFORMED] = 4, [TOOL_UNREADABLE] = 5,
  };

  return ranks[status];
}

void
tool_add_status (Tool *tool, ToolStatus status)
{
  if (rank_of (status) > rank_of (tool->status))
    tool->status = status;
}

ToolStatus
tool_status_of_error (const GError *error)
{
  if (error->domain != MIGDESC_ERROR)
    return TOOL_USAGE;
  switch ((MigdescError) error->code)
    {
    case MIGDESC_ERROR_CANNOT_READ:
    case MIGDESC_ERROR_CANNOT_WRITE:
    case MIGDESC_ERROR_CANNOT_RUN:
    case MIGDESC_ERROR_UNSAFE_FILE:
    case MIGDESC_ERROR_PROGRAM_FAILED:
    case MIGDESC_ERROR_PROGRAM_TIMEOUT:
    case MIGDESC_ERROR_PROGRAM_OUTPUT:
    case MIGDESC_ERROR_CANCELLED:
      return TOOL_UNREADABLE;
    case MIGDESC_ERROR_CONVERSION_LOSS:
    case MIGDESC_ERROR_CONVERSION_REFUSED:
    case MIGDESC_ERROR_PLAN_UNSAFE_NAME:
    case MIGDESC_ERROR_MODEL_NOT_FOUND:
    case MIGDESC_ERROR_STATE_PATH:
    case MIGDESC_ERROR_REFUSED:
      return TOOL_REFUSED;
    case MIGDESC_ERROR_INVALID_ARGUMENT:
    case MIGDESC_ERROR_NOT_UNIQUE:
      return TOOL_USAGE;
    default:
      return TOOL_MALFORMED;
    }
}

ToolStatus
tool_status_of_verdict (MigdescVerdict verdict)
{
  static const ToolStatus statuses[] = {
    [MIGDESC_VERDICT_COMPATIBLE] = TOOL_YES,
    [MIGDESC_VERDICT_INCOMPATIBLE] = TOOL_REFUSED,
    [MIGDESC_VERDICT_UNDECIDED] = TOOL_UNDECIDED,
  };

  return statuses[verdict];
}

ToolStatus
tool_fail (Tool *tool, const GError *error, const ToolPlace *place)
{
  ToolStatus status = tool_status_of_error (error);

  tool_print_talk ("%s", error->message);
  if (tool->json)
    {
      ToolJson json;

      tool_json_init (&json);
      tool_json_add_error (&json, error, place);
      tool_json_print (&json);
    }
  tool_add_status (tool, status);
  return status;
}

ToolStatus
tool_usage_error (Tool *tool, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  error = g_error_new_literal (MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT, message);
  return tool_fail (tool, error, NULL);
}
