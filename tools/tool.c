/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool.h"

#include "tool-json.h"
#include "tool-output.h"

/* Later in the list wins. */
static const ToolStatus rank[] = { TOOL_YES,   TOOL_UNDECIDED, TOOL_REFUSED,
                                   TOOL_USAGE, TOOL_MALFORMED, TOOL_UNREADABLE };

static guint
rank_of (ToolStatus status)
{
  for (guint i = 0; i < G_N_ELEMENTS (rank); i++)
    if (rank[i] == status)
      return i;
  return 0;
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
  if (error->domain == G_IO_ERROR)
    return TOOL_UNREADABLE;
  if (error->domain != MIGDESC_ERROR)
    return TOOL_USAGE;
  switch (error->code)
    {
    case MIGDESC_ERROR_CANNOT_READ:
    case MIGDESC_ERROR_CANNOT_RUN:
    case MIGDESC_ERROR_PROGRAM_FAILED:
    case MIGDESC_ERROR_PROGRAM_TIMEOUT:
    case MIGDESC_ERROR_PROGRAM_OUTPUT:
    case MIGDESC_ERROR_CANCELLED:
      return TOOL_UNREADABLE;
    case MIGDESC_ERROR_CONVERSION_LOSS:
    case MIGDESC_ERROR_CONVERSION_REFUSED:
    case MIGDESC_ERROR_PLAN_UNSAFE_NAME:
    case MIGDESC_ERROR_MODEL_NOT_FOUND:
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
  switch (verdict)
    {
    case MIGDESC_VERDICT_COMPATIBLE:
      return TOOL_YES;
    case MIGDESC_VERDICT_UNDECIDED:
      return TOOL_UNDECIDED;
    case MIGDESC_VERDICT_INCOMPATIBLE:
    default:
      return TOOL_REFUSED;
    }
}

ToolStatus
tool_fail (Tool *tool, const GError *error, MigdescReport *report)
{
  ToolStatus status = tool_status_of_error (error);

  tool_print_talk ("%s", error->message);
  if (tool->json)
    tool_print_json (tool_json_error_object (error, report));
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

/* --- Options --------------------------------------------------------- */

static GOptionGroup *
common_options (Tool *tool)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &tool->json, "Answer in JSON", NULL },
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &tool->dialect_name, "Read descriptors as this dialect", "DIALECT" },
    { "lenient", 0, 0, G_OPTION_ARG_NONE, &tool->lenient, "Read descriptors leniently", NULL },
    G_OPTION_ENTRY_NULL
  };
  GOptionGroup *group = g_option_group_new ("common", "Common options", "Show the common options", NULL, NULL);

  g_option_group_add_entries (group, entries);
  return group;
}

static gboolean
take_dialect (Tool *tool)
{
  g_autofree char *text = g_steal_pointer (&tool->dialect_name);

  if (text == NULL || migdesc_dialect_from_string (text, &tool->dialect))
    return TRUE;
  tool_usage_error (tool, "unknown dialect %s", text);
  return FALSE;
}

static gboolean
count_operands (Tool *tool, const ToolVerb *verb, guint n, guint min, guint max)
{
  if (n >= min && n <= max)
    return TRUE;
  tool_usage_error (tool, "%s operand%s; usage: migdesc %s %s", n < min ? "missing" : "too many", n < min ? "" : "s",
                    verb->name, verb->usage);
  return FALSE;
}

char **
tool_parse (Tool *tool, const ToolVerb *verb, const GOptionEntry *entries, int argc, char **argv, guint min, guint max)
{
  g_autoptr (GOptionContext) context = g_option_context_new (verb->usage);
  g_auto (GStrv) arguments = g_new0 (char *, argc + 1);
  g_auto (GStrv) operands = NULL;
  g_autoptr (GError) error = NULL;

  /* The context's first argument is the program's name, which its help shows. */
  for (int i = 0; i < argc; i++)
    arguments[i] = g_strdup (argv[i]);
  g_set_prgname ("migdesc");
  g_option_context_set_summary (context, verb->summary);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, common_options (tool));
  if (!g_option_context_parse_strv (context, &arguments, &error))
    {
      /* --json may stand behind the culprit, or be it. */
      for (int i = 1; i < argc; i++)
        tool->json = tool->json || g_str_equal (argv[i], "--json");
      tool_usage_error (tool, "%s", error->message);
      return NULL;
    }
  /* GOption leaves the separator in place when an operand behind it starts with a dash. */
  operands = g_strdupv (arguments + (g_strcmp0 (arguments[1], "--") == 0 ? 2 : 1));
  if (!take_dialect (tool) || !count_operands (tool, verb, g_strv_length (operands), min, max))
    return NULL;
  return g_steal_pointer (&operands);
}
