/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-findings.h"
#include "tool-fleet.h"
#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "tool-table.h"
#include "verbs.h"

typedef struct
{
  char *from;
  char *to;
  MigdescParamList *list;
  MigdescFleet *fleet;
  MigdescPath *path;
  MigdescPath *back; /* NULL: it does not get there */
} Question;

static void
question_clear (Question *question)
{
  g_free (question->from);
  g_free (question->to);
  g_clear_pointer (&question->list, migdesc_param_list_unref);
  g_clear_object (&question->fleet);
  g_clear_pointer (&question->path, migdesc_path_unref);
  g_clear_pointer (&question->back, migdesc_path_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* --- Words ------------------------------------------------------------ */

/* What the params were is what the list before said. */
static char *
describe_changes (const MigdescPath *path, guint step)
{
  g_autoptr (MigdescParamList) changes = migdesc_path_get_changes (path, step);
  GString *text = g_string_new (NULL);

  for (guint i = 0; changes != NULL && i < migdesc_param_list_get_n_params (changes); i++)
    g_string_append_printf (text, "%s%s=%s", i > 0 ? "\n" : "",
                            migdesc_param_list_get_name (changes, i),
                            migdesc_param_list_get_value (changes, i));
  return g_string_free (text, FALSE);
}

static void
add_step (ToolTable *table, const Question *question, const MigdescPath *path, guint step)
{
  g_autoptr (MigdescParamList) list = migdesc_path_get_param_list (path, step);
  g_autofree char *number = g_strdup_printf ("%u", step + 1);
  g_autofree char *changes = describe_changes (path, step);
  g_autofree char *line = migdesc_param_list_to_string (list);
  guint source = (guint) migdesc_path_get_source (path, step);
  guint destination = (guint) migdesc_path_get_destination (path, step);
  const char *cells[] = { number, migdesc_fleet_get_name (question->fleet, source), changes,
                          migdesc_fleet_get_name (question->fleet, destination), line, NULL };

  tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
}

static void
print_steps (const Question *question, const MigdescPath *path)
{
  static const char *const headings[] = { "STEP", "AT", "CHANGE", "THEN TO", "WITH", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < migdesc_path_get_n_steps (path); i++)
    add_step (table, question, path, i);
  tool_table_print (table);
}

static void
print_path (const Question *question, const MigdescPath *path, const char *what)
{
  g_autoptr (MigdescReport) report = migdesc_path_get_report (path);
  g_autofree char *why = tool_describe_findings (report);
  MigdescVerdict verdict = migdesc_path_get_verdict (path);
  guint n_steps = migdesc_path_get_n_steps (path);

  if (verdict == MIGDESC_VERDICT_COMPATIBLE)
    tool_print_line ("%s: %u step%s", what, n_steps, n_steps == 1 ? "" : "s");
  else if (verdict == MIGDESC_VERDICT_UNDECIDED)
    tool_print_line ("%s: undecided", what);
  else if (n_steps > 0)
    tool_print_line ("%s: no; the best attempt goes so far", what);
  else
    tool_print_line ("%s: no", what);
  if (n_steps > 0)
    print_steps (question, path);
  if (*why != '\0')
    tool_print_lines (why, "  ");
}

static void
print_answer (const Question *question)
{
  print_path (question, question->path, "there");
  if (question->back == NULL)
    return;
  tool_print_line ("%s", "");
  print_path (question, question->back, "back");
}

/* --- JSON ------------------------------------------------------------- */

static void
add_path (ToolJson *json, const MigdescPath *path)
{
  g_autofree char *text = migdesc_path_to_json (path);

  tool_json_add_members (json, text);
}

static void
print_json (const Question *question)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "from", question->from);
  tool_json_add_string (&json, "to", question->to);
  add_path (&json, question->path);
  if (question->back != NULL)
    {
      tool_json_begin_object (&json, "return_path");
      add_path (&json, question->back);
      tool_json_end_object (&json);
    }
  tool_json_print (&json);
}

/* --- The verb --------------------------------------------------------- */

static gboolean
find_host (Tool *tool, const Question *question, const char *option, const char *name,
           guint *position)
{
  if (migdesc_fleet_lookup (question->fleet, name, position))
    return TRUE;
  tool_usage_error (tool, "%s: there is no host %s", option, name);
  return FALSE;
}

static ToolStatus
answer (Tool *tool, Question *question)
{
  g_autoptr (GError) error = NULL;
  guint source, destination;

  if (!find_host (tool, question, "--from", question->from, &source)
      || !find_host (tool, question, "--to", question->to, &destination))
    return tool->status;
  question->path = migdesc_fleet_find_path (question->fleet, question->list, source, destination,
                                            NULL, &error);
  if (question->path == NULL)
    return tool_fail (tool, error, NULL);
  question->back = migdesc_path_find_return (question->path);
  if (tool->json)
    print_json (question);
  else
    print_answer (question);
  return tool_status_of_verdict (migdesc_path_get_verdict (question->path));
}

ToolStatus
verb_path (Tool *tool, int argc, char **argv)
{
  g_auto (Question) question = { NULL };
  const GOptionEntry entries[] = { { "from", 0, 0, G_OPTION_ARG_STRING, &question.from,
                                     "The host that the device runs on", "HOST" },
                                   { "to", 0, 0, G_OPTION_ARG_STRING, &question.to,
                                     "The host that it is to go to", "HOST" },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 2, G_MAXUINT);

  if (operands == NULL)
    return tool->status;
  if (question.from == NULL || question.to == NULL)
    return tool_usage_error (tool, "--from and --to are needed");
  if ((question.list = tool_read_list (tool, operands[0])) == NULL)
    return tool->status;
  if ((question.fleet = tool_read_fleet (tool, operands + 1)) == NULL)
    return tool->status;
  tool_tell_unusable (question.fleet);
  return answer (tool, &question);
}
