/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-findings.h"
#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "tool-table.h"
#include "verbs.h"

typedef struct
{
  char *source_place;
  char *only_names;
  gboolean return_path;
  MigdescParamList *list;
  MigdescDescriptor *source;
  char **only;
} Question;

typedef struct
{
  ToolDocument *document; /* borrowed */
  MigdescReport *report;  /* NULL: the document's error, or the answer's own */
  MigdescReport *return_report;
  GError *error;
} Answer;

static void
question_clear (Question *question)
{
  g_free (question->source_place);
  g_free (question->only_names);
  g_clear_pointer (&question->list, migdesc_param_list_unref);
  g_clear_object (&question->source);
  g_strfreev (question->only);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->report, migdesc_report_unref);
  g_clear_pointer (&answer->return_report, migdesc_report_unref);
  g_clear_error (&answer->error);
  g_free (answer);
}

static const GError *
error_of (const Answer *answer)
{
  return answer->document->error != NULL ? answer->document->error : answer->error;
}

static Answer *
ask (Tool *tool, const Question *question, ToolDocument *document)
{
  Answer *answer = g_new0 (Answer, 1);
  const char *const *only = (const char *const *) question->only;

  answer->document = document;
  if (document->descriptor != NULL)
    answer->report = migdesc_descriptor_check (document->descriptor, question->list,
                                               question->source, only, &answer->error);
  if (answer->report == NULL)
    {
      tool_add_status (tool, tool_status_of_error (error_of (answer)));
      return answer;
    }
  tool_add_status (tool, tool_status_of_verdict (migdesc_report_get_verdict (answer->report)));
  if (question->return_path)
    answer->return_report = migdesc_descriptor_check_return_path (
        document->descriptor, question->list, question->source, only, NULL);
  return answer;
}

/* --- JSON ------------------------------------------------------------- */

static void
add_answer (ToolJson *json, const Answer *answer)
{
  const ToolPlace place = { .file = answer->document->name };

  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "destination", answer->document->name);
  if (answer->document->descriptor != NULL)
    tool_json_add_string (json, "digest",
                          migdesc_descriptor_get_digest (answer->document->descriptor));
  if (answer->report != NULL)
    tool_json_add_report (json, answer->report);
  else if (answer->error != NULL)
    tool_json_add_error (json, answer->error, &place);
  else
    tool_json_add_document_error (json, answer->document);
  if (answer->return_report != NULL)
    {
      tool_json_begin_object (json, "return_path");
      tool_json_add_report (json, answer->return_report);
      tool_json_end_object (json);
    }
  tool_json_end_object (json);
}

static void
print_answers_json (GPtrArray *answers)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_begin_array (&json, "results");
  for (guint i = 0; i < answers->len; i++)
    add_answer (&json, answers->pdata[i]);
  tool_json_end_array (&json);
  tool_json_print (&json);
}

/* --- Table ------------------------------------------------------------ */

static void
add_report_row (ToolTable *table, const char *name, MigdescReport *report)
{
  MigdescVerdict verdict = migdesc_report_get_verdict (report);
  g_autofree char *why = tool_describe_findings (report);
  const char *cells[] = { name, migdesc_verdict_to_string (verdict), why, NULL };

  tool_table_add_row (table, cells, tool_tone_of_verdict (verdict), 1);
}

static void
add_rows (ToolTable *table, const Answer *answer)
{
  const char *name = answer->document->title;

  if (answer->report == NULL)
    {
      const char *cells[] = { name, "error", error_of (answer)->message, NULL };

      tool_table_add_row (table, cells, TOOL_TONE_BAD, 1);
      return;
    }
  add_report_row (table, name, answer->report);
  if (answer->return_report != NULL)
    add_report_row (table, "  and back", answer->return_report);
}

/* How many there are of each, where counting them is work. */
static void
print_summary (GPtrArray *answers)
{
  guint n[MIGDESC_VERDICT_UNDECIDED + 1] = { 0 };
  guint n_errors = 0;
  g_autoptr (GString) summary = g_string_new (NULL);

  for (guint i = 0; i < answers->len; i++)
    {
      const Answer *answer = answers->pdata[i];

      if (answer->report != NULL)
        n[migdesc_report_get_verdict (answer->report)]++;
      else
        n_errors++;
    }
  g_string_append_printf (summary, "%u of %u compatible", n[MIGDESC_VERDICT_COMPATIBLE],
                          answers->len);
  if (n[MIGDESC_VERDICT_UNDECIDED] > 0)
    g_string_append_printf (summary, ", %u undecided", n[MIGDESC_VERDICT_UNDECIDED]);
  if (n_errors > 0)
    g_string_append_printf (summary, ", %u not answered", n_errors);
  tool_print_line ("%s", "");
  tool_print_line ("%s", summary->str);
}

static void
print_answers (GPtrArray *answers)
{
  static const char *const headings[]
      = { "DESTINATION", "VERDICT", "WHY, AND WHAT WOULD HELP", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < answers->len; i++)
    add_rows (table, answers->pdata[i]);
  tool_table_print (table);
  if (answers->len > 1)
    print_summary (answers);
}

/* --- The verb --------------------------------------------------------- */

static gboolean
is_known_param (const char *name, const Question *question, GPtrArray *documents)
{
  if (migdesc_param_list_lookup (question->list, name) != NULL)
    return TRUE;
  for (guint i = 0; i < documents->len; i++)
    {
      MigdescDescriptor *descriptor = ((ToolDocument *) documents->pdata[i])->descriptor;

      for (guint m = 0; descriptor != NULL && m < migdesc_descriptor_get_n_models (descriptor); m++)
        {
          g_autoptr (MigdescModel) model = migdesc_descriptor_get_model (descriptor, m);
          g_autoptr (MigdescParam) param = migdesc_model_lookup_param (model, name);

          if (param != NULL)
            return TRUE;
        }
    }
  return FALSE;
}

/* A slip in --only must not pass for an answer. */
static void
tell_unknown_names (const Question *question, GPtrArray *documents)
{
  for (guint i = 0; question->only != NULL && question->only[i] != NULL; i++)
    if (!is_known_param (question->only[i], question, documents))
      tool_print_talk ("--only: neither the list nor a destination has a param %s",
                       question->only[i]);
}

static ToolStatus
check (Tool *tool, const Question *question, char **places)
{
  g_autoptr (GPtrArray) documents = tool_read_all (tool, places);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (answer_free);

  tell_unknown_names (question, documents);
  for (guint i = 0; i < documents->len; i++)
    {
      ToolDocument *document = documents->pdata[i];

      if (document->error == NULL)
        tool_tell_document (tool, document);
      g_ptr_array_add (answers, ask (tool, question, document));
    }
  if (tool->json)
    print_answers_json (answers);
  else
    print_answers (answers);
  return tool->status;
}

ToolStatus
verb_check (Tool *tool, int argc, char **argv)
{
  g_auto (Question) question = { NULL };
  const GOptionEntry entries[] = { { "source", 0, 0, G_OPTION_ARG_FILENAME, &question.source_place,
                                     "The source's descriptor", "DESCRIPTOR" },
                                   { "return-path", 0, 0, G_OPTION_ARG_NONE, &question.return_path,
                                     "Tell also whether it can come back", NULL },
                                   { "only", 0, 0, G_OPTION_ARG_STRING, &question.only_names,
                                     "Look at these params only", "NAMES" },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 2, G_MAXUINT);

  if (operands == NULL)
    return tool->status;
  if (question.return_path && question.source_place == NULL)
    return tool_usage_error (tool, "--return-path needs --source");
  if (question.only_names != NULL && question.only_names[0] == '\0')
    return tool_usage_error (tool, "--only needs the name of a param");
  if (question.only_names != NULL)
    question.only = g_strsplit (question.only_names, ",", -1);
  if ((question.list = tool_read_list (tool, operands[0])) == NULL)
    return tool->status;
  if (question.source_place != NULL
      && (question.source = tool_read_one (tool, question.source_place)) == NULL)
    return tool->status;
  return check (tool, &question, operands + 1);
}
