/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

static void
print_document (ToolDocument *document)
{
  for (guint i = 0; document->report != NULL && i < migdesc_report_get_n_findings (document->report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (document->report, i);
      g_autofree char *text = migdesc_finding_to_string (finding);

      tool_print_line ("%s", text);
    }
  if (document->report != NULL && migdesc_report_get_n_omitted (document->report) > 0)
    tool_print_line ("%s: and %" G_GUINT64_FORMAT " more findings", document->name,
                     migdesc_report_get_n_omitted (document->report));
}

static void
print_documents_json (GPtrArray *documents)
{
  JsonBuilder *builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (guint i = 0; i < documents->len; i++)
    {
      ToolDocument *document = documents->pdata[i];

      json_builder_begin_object (builder);
      tool_json_add_string (builder, "descriptor", document->name);
      json_builder_set_member_name (builder, "valid");
      json_builder_add_boolean_value (builder, document->descriptor != NULL);
      tool_json_add_findings (builder, document->report);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  tool_print_json (tool_json_end (builder));
}

ToolStatus
verb_validate (Tool *tool, int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "strict", 0, 0, G_OPTION_ARG_NONE, &tool->strict, "Unknown members are errors", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto (GStrv) places = tool_parse (tool, tool_find_verb ("validate"), entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (GPtrArray) documents = NULL;

  if (places == NULL)
    return TOOL_USAGE;
  documents = tool_read_all (tool, places);
  for (guint i = 0; i < documents->len; i++)
    {
      ToolDocument *document = documents->pdata[i];

      if (document->error != NULL)
        tool_add_status (tool, tool_status_of_error (document->error));
      if (document->error != NULL && document->report == NULL)
        tool_print_talk ("%s", document->error->message);
      if (!tool->json)
        print_document (document);
    }
  if (tool->json)
    print_documents_json (documents);
  return tool->status;
}
