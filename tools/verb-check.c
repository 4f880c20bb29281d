/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

typedef struct
{
  const MigdescParamList *list;
  MigdescDescriptor *source;
  char **only;
  gboolean return_path;
} Question;

typedef struct
{
  ToolDocument *document; /* borrowed */
  MigdescReport *report;
  MigdescReport *return_report;
  GError *error; /* borrowed from the document, or this answer's own */
  GError *own_error;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->report, migdesc_report_unref);
  g_clear_pointer (&answer->return_report, migdesc_report_unref);
  g_clear_error (&answer->own_error);
}

static void
ask (Tool *tool, const Question *question, Answer *answer)
{
  MigdescDescriptor *destination = answer->document->descriptor;
  const char *const *only = (const char *const *) question->only;

  answer->error = answer->document->error;
  if (destination != NULL)
    {
      answer->report
          = migdesc_descriptor_check (destination, question->list, question->source, only, &answer->own_error);
      answer->error = answer->own_error;
    }
  if (answer->error != NULL)
    {
      tool_add_status (tool, tool_status_of_error (answer->error));
      return;
    }
  tool_add_status (tool, tool_status_of_verdict (migdesc_report_get_verdict (answer->report)));
  if (question->return_path)
    answer->return_report
        = migdesc_descriptor_check_return_path (destination, question->list, question->source, only, NULL);
}

/* --- JSON ------------------------------------------------------------ */

static void
add_report (JsonBuilder *builder, MigdescReport *report)
{
  tool_json_add_string (builder, "verdict", migdesc_verdict_to_string (migdesc_report_get_verdict (report)));
  tool_json_add_findings (builder, report);
}

static void
add_answer (JsonBuilder *builder, const Answer *answer)
{
  json_builder_begin_object (builder);
  tool_json_add_string (builder, "destination", answer->document->name);
  if (answer->error != NULL)
    {
      g_autoptr (JsonNode) node = tool_json_error_object (answer->error, answer->document->report);

      json_builder_set_member_name (builder, "error");
      json_builder_add_value (builder, json_node_copy (json_object_get_member (json_node_get_object (node), "error")));
    }
  else
    {
      tool_json_add_string (builder, "digest", migdesc_descriptor_get_digest (answer->document->descriptor));
      add_report (builder, answer->report);
    }
  if (answer->return_report != NULL)
    {
      json_builder_set_member_name (builder, "return_path");
      json_builder_begin_object (builder);
      add_report (builder, answer->return_report);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
print_answers_json (const Answer *answers, guint n)
{
  JsonBuilder *builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    add_answer (builder, &answers[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  tool_print_json (tool_json_end (builder));
}

/* --- Table ----------------------------------------------------------- */

static void
add_report_rows (ToolTable *table, const char *name, MigdescReport *report)
{
  MigdescVerdict verdict = migdesc_report_get_verdict (report);
  g_autofree char *why = tool_describe_findings (report);
  const char *cells[] = { name, migdesc_verdict_to_string (verdict), why, NULL };

  tool_table_add_row (table, cells, tool_tone_of_verdict (verdict), 1);
}

static void
print_answers (const Answer *answers, guint n)
{
  static const char *const headings[] = { "DESTINATION", "VERDICT", "WHY, AND WHAT WOULD HELP", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < n; i++)
    {
      const Answer *answer = &answers[i];
      const char *name = answer->document->name;

      if (answer->error != NULL)
        {
          const char *cells[] = { name, "error", answer->error->message, NULL };

          tool_table_add_row (table, cells, TOOL_TONE_BAD, 1);
          continue;
        }
      add_report_rows (table, name, answer->report);
      if (answer->return_report != NULL)
        {
          g_autofree char *way_back = g_strdup_printf ("  and back from %s", name);

          add_report_rows (table, way_back, answer->return_report);
        }
    }
  tool_table_print (table);
}

/* --- The verb -------------------------------------------------------- */

static ToolStatus
check (Tool *tool, const Question *question, char **places)
{
  g_autoptr (GPtrArray) documents = tool_read_all (tool, places);
  g_autofree Answer *answers = g_new0 (Answer, documents->len);

  for (guint i = 0; i < documents->len; i++)
    {
      answers[i].document = documents->pdata[i];
      if (answers[i].document->descriptor != NULL)
        tool_tell_warnings (answers[i].document);
      ask (tool, question, &answers[i]);
    }
  if (tool->json)
    print_answers_json (answers, documents->len);
  else
    print_answers (answers, documents->len);
  for (guint i = 0; i < documents->len; i++)
    answer_clear (&answers[i]);
  return tool->status;
}

ToolStatus
verb_check (Tool *tool, int argc, char **argv)
{
  g_autofree char *source_place = NULL;
  g_autofree char *only = NULL;
  gboolean return_path = FALSE;
  const GOptionEntry entries[] = {
    { "source", 0, 0, G_OPTION_ARG_STRING, &source_place, "The source's descriptor", "DESCRIPTOR" },
    { "return-path", 0, 0, G_OPTION_ARG_NONE, &return_path, "Tell also whether it can come back", NULL },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Look at these params only", "NAMES" },
    G_OPTION_ENTRY_NULL
  };
  g_auto (GStrv) operands = tool_parse (tool, tool_find_verb ("check"), entries, argc, argv, 2, G_MAXUINT);
  g_autoptr (MigdescParamList) list = NULL;
  g_autoptr (MigdescDescriptor) source = NULL;
  g_auto (GStrv) only_names = NULL;
  Question question;

  if (operands == NULL)
    return tool->status;
  if (return_path && source_place == NULL)
    return tool_usage_error (tool, "--return-path needs --source");
  if ((list = tool_read_list (tool, operands[0])) == NULL)
    return tool->status;
  if (source_place != NULL && (source = tool_read_one (tool, source_place)) == NULL)
    return tool->status;
  only_names = only != NULL ? g_strsplit (only, ",", -1) : NULL;
  question = (Question){ list, source, only_names, return_path };
  return check (tool, &question, operands + 1);
}
