/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu-verbs.h"
#include "tool-output.h"
#include "tool-qemu-dump.h"
#include "tool-qemu.h"

/* What a stream is held against: itself, dumps and other streams. */
typedef struct
{
  const char *place;
  MigdescQemuComparison *comparison;
  MigdescReport *values; /* nullable: of a stream only */
} Answer;

typedef struct
{
  MigdescQemuStream *stream;
  MigdescQemuKnown *known;
  GArray *answers; /* Answer */
} Question;

static void
answer_clear (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->comparison, migdesc_qemu_comparison_unref);
  g_clear_pointer (&answer->values, migdesc_report_unref);
}

static void
take (Tool *tool, Question *question, const char *place, MigdescQemuComparison *comparison,
      MigdescReport *values)
{
  Answer answer = { place, comparison, values };

  tool_add_status (tool,
                   tool_qemu_status_of (migdesc_qemu_comparison_get_verdict (comparison)));
  if (values != NULL)
    tool_add_status (tool, tool_status_of_verdict (migdesc_report_get_verdict (values)));
  g_array_append_val (question->answers, answer);
}

static gboolean
check_dumps (Tool *tool, Question *question, char **places)
{
  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    {
      g_autoptr (MigdescQemuDump) dump = tool_qemu_read_dump (tool, places[i]);

      if (dump == NULL)
        return FALSE;
      take (tool, question, places[i],
            migdesc_qemu_stream_check_dump (question->stream, dump, question->known, NULL), NULL);
    }
  return TRUE;
}

static gboolean
check_streams (Tool *tool, Question *question, const ToolQemuOptions *options, char **places)
{
  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    {
      g_autoptr (MigdescQemuStream) other = tool_qemu_read (tool, options, places[i]);

      if (other == NULL)
        return FALSE;
      take (tool, question, places[i],
            migdesc_qemu_stream_check_stream (question->stream, other, question->known, NULL),
            migdesc_qemu_stream_check_values (question->stream, NULL, other, NULL));
    }
  return TRUE;
}

static const MigdescQemuVerdict of_values[] = {
  [MIGDESC_VERDICT_COMPATIBLE] = MIGDESC_QEMU_VERDICT_OK,
  [MIGDESC_VERDICT_INCOMPATIBLE] = MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
  [MIGDESC_VERDICT_UNDECIDED] = MIGDESC_QEMU_VERDICT_UNKNOWN,
};

/* What becomes of the layout and of the values together: the worse of the two. */
static MigdescQemuVerdict
get_verdict (const Answer *answer)
{
  MigdescQemuVerdict verdict = migdesc_qemu_comparison_get_verdict (answer->comparison);

  return answer->values == NULL
             ? verdict
             : MAX (verdict, of_values[migdesc_report_get_verdict (answer->values)]);
}

static void
print_answer (const Answer *answer)
{
  g_autofree char *values
      = answer->values != NULL ? migdesc_report_to_string (answer->values) : NULL;

  tool_print_line ("against %s: %s", answer->place,
                   migdesc_qemu_verdict_to_string (get_verdict (answer)));
  tool_qemu_print_comparison (answer->comparison, NULL);
  if (values != NULL && values[0] != '\0')
    tool_print_lines (values, "  ");
}

static void
print (const Question *question, const char *place)
{
  MigdescReport *report = migdesc_qemu_stream_get_report (question->stream);
  g_autofree char *findings = migdesc_report_to_string (report);

  tool_print_line ("%s: %s", place,
                   migdesc_verdict_to_string (migdesc_report_get_verdict (report)));
  if (findings[0] != '\0')
    tool_print_lines (findings, "  ");
  for (guint i = 0; i < question->answers->len; i++)
    print_answer (&g_array_index (question->answers, Answer, i));
}

static void
print_json (const Question *question, const char *place)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "stream", place);
  tool_json_add_report (&json, migdesc_qemu_stream_get_report (question->stream));
  tool_json_begin_array (&json, "against");
  for (guint i = 0; i < question->answers->len; i++)
    {
      const Answer *answer = &g_array_index (question->answers, Answer, i);

      tool_json_begin_object (&json, NULL);
      tool_json_add_string (&json, "file", answer->place);
      tool_json_add_string (&json, "verdict",
                            migdesc_qemu_verdict_to_string (get_verdict (answer)));
      tool_qemu_add_findings (&json, answer->comparison, NULL);
      if (answer->values != NULL)
        {
          tool_json_begin_object (&json, "values");
          tool_json_add_report (&json, answer->values);
          tool_json_end_object (&json);
        }
      tool_json_end_object (&json);
    }
  tool_json_end_array (&json);
  tool_json_print (&json);
}

static ToolStatus
check (Tool *tool, Question *question, const ToolQemuOptions *options, const char *place,
       char **dumps, char **streams)
{
  tool_add_status (tool, tool_qemu_status (question->stream));
  if (!check_dumps (tool, question, dumps)
      || !check_streams (tool, question, options, streams))
    return tool->status;
  if (tool->json)
    print_json (question, place);
  else
    print (question, place);
  return tool->status;
}

ToolStatus
qemu_check (Tool *tool, int argc, char **argv)
{
  g_auto (ToolQemuOptions) options = { NULL };
  g_auto (GStrv) known_files = NULL;
  g_auto (GStrv) dumps = NULL;
  g_auto (GStrv) streams = NULL;
  const GOptionEntry entries[]
      = { { "dump", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &dumps,
            "A dump of the QEMU that is to load it; may be given again", "FILE" },
          { "against", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &streams,
            "A stream of the QEMU that is to load it; may be given again", "STREAM" },
          TOOL_QEMU_KNOWN_OPTION (&known_files), TOOL_QEMU_OPTIONS (&options),
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, 1);
  g_autoptr (MigdescQemuStream) stream = NULL;
  g_autoptr (MigdescQemuKnown) known = NULL;
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (Answer));

  g_array_set_clear_func (answers, answer_clear);
  if (places == NULL || !tool_qemu_read_known (tool, known_files, &known)
      || (stream = tool_qemu_read (tool, &options, places[0])) == NULL)
    return tool->status;
  return check (tool, &(Question){ stream, known, answers }, &options, places[0], dumps, streams);
}
