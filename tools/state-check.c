/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-verbs.h"
#include "tool-findings.h"
#include "tool-output.h"
#include "tool-read.h"
#include "tool-stream.h"
#include "tool-table.h"

/* Of one device and one destination. */
typedef struct
{
  const char *id;
  ToolDocument *document; /* borrowed */
  MigdescReport *report;  /* NULL: the document's error, or the answer's own */
  GError *error;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->report, migdesc_report_unref);
  g_clear_error (&answer->error);
  g_free (answer);
}

static const GError *
error_of (const Answer *answer)
{
  return answer->document->error != NULL ? answer->document->error : answer->error;
}

static Answer *
ask (Tool *tool, const ToolStream *stream, guint device, ToolDocument *document)
{
  g_autoptr (MigdescState) state = tool_stream_get_state (stream, device);
  Answer *answer = g_new0 (Answer, 1);

  answer->id = migdesc_manifest_get_id (stream->manifest, device);
  answer->document = document;
  if (document->descriptor != NULL)
    answer->report = migdesc_manifest_check (
        stream->manifest, device, document->descriptor,
        state != NULL ? migdesc_state_get_schema (state) : NULL, &answer->error);
  tool_add_status (tool,
                   answer->report != NULL
                       ? tool_status_of_verdict (migdesc_report_get_verdict (answer->report))
                       : tool_status_of_error (error_of (answer)));
  return answer;
}

static void
add_row (ToolTable *table, const Answer *answer)
{
  g_autofree char *why = answer->report != NULL ? tool_describe_findings (answer->report)
                                                : g_strdup (error_of (answer)->message);
  MigdescVerdict verdict = answer->report != NULL ? migdesc_report_get_verdict (answer->report)
                                                  : MIGDESC_VERDICT_INCOMPATIBLE;
  const char *cells[]
      = { answer->id, answer->document->title,
          answer->report != NULL ? migdesc_verdict_to_string (verdict) : "error", why, NULL };

  tool_table_add_row (table, cells, tool_tone_of_verdict (verdict), 2);
}

static void
print_answers (GPtrArray *answers)
{
  static const char *const headings[]
      = { "DEVICE", "DESTINATION", "VERDICT", "WHY, AND WHAT WOULD HELP", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < answers->len; i++)
    add_row (table, answers->pdata[i]);
  tool_table_print (table);
}

static void
add_answer (ToolJson *json, const Answer *answer)
{
  const ToolPlace place = { .file = answer->document->name };

  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "device", answer->id);
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

static ToolStatus
check (Tool *tool, const ToolStream *stream, char **places)
{
  g_autoptr (GPtrArray) documents = tool_read_all (tool, places);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (answer_free);

  for (guint i = 0; i < documents->len; i++)
    {
      ToolDocument *document = documents->pdata[i];

      if (document->error == NULL)
        tool_tell_document (tool, document);
      for (guint d = 0; d < migdesc_manifest_get_n_devices (stream->manifest); d++)
        g_ptr_array_add (answers, ask (tool, stream, d, document));
    }
  if (tool->json)
    print_answers_json (answers);
  else
    print_answers (answers);
  return tool->status;
}

ToolStatus
state_check (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) against = NULL;
  const GOptionEntry entries[] = { { "against", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &against,
                                     "A host; operands behind STREAM are more of them",
                                     "DESCRIPTOR" },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (ToolStream) stream = NULL;
  g_autoptr (GPtrArray) places = g_ptr_array_new ();

  if (operands == NULL)
    return tool->status;
  if (against == NULL)
    return tool_usage_error (tool, "--against DESCRIPTOR is missing");
  if ((stream = tool_stream_read (tool, operands[0], NULL, FALSE)) == NULL)
    return tool->status;
  for (guint i = 0; against[i] != NULL; i++)
    g_ptr_array_add (places, against[i]);
  for (guint i = 1; operands[i] != NULL; i++)
    g_ptr_array_add (places, operands[i]);
  g_ptr_array_add (places, NULL);
  return check (tool, stream, (char **) places->pdata);
}
