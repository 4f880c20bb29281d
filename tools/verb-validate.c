/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

static void
print_findings (const ToolDocument *document)
{
  g_autofree char *text = NULL;

  if (document->report == NULL)
    return;
  text = migdesc_report_to_string (document->report);
  tool_print_lines (text, "");
}

static void
print_documents_json (GPtrArray *documents)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_begin_array (&json, "results");
  for (guint i = 0; i < documents->len; i++)
    {
      const ToolDocument *document = documents->pdata[i];

      tool_json_begin_object (&json, NULL);
      tool_json_add_string (&json, "descriptor", document->name);
      tool_json_add_bool (&json, "valid", document->error == NULL);
      tool_json_add_findings (&json, document->report);
      /* What is no finding in a text */
      if (document->error != NULL && document->report == NULL)
        tool_json_add_document_error (&json, document);
      tool_json_end_object (&json);
    }
  tool_json_end_array (&json);
  tool_json_print (&json);
}

ToolStatus
verb_validate (Tool *tool, int argc, char **argv)
{
  const GOptionEntry entries[]
      = { { "strict", 0, 0, G_OPTION_ARG_NONE, &tool->strict, "Unknown members are errors", NULL },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (GPtrArray) documents = NULL;

  if (places == NULL)
    return tool->status;
  documents = tool_read_all (tool, places);
  for (guint i = 0; i < documents->len; i++)
    {
      const ToolDocument *document = documents->pdata[i];

      if (document->report == NULL)
        tool_tell_document (tool, document);
      else if (document->error != NULL)
        tool_add_status (tool, tool_status_of_error (document->error));
      if (!tool->json)
        print_findings (document);
    }
  if (tool->json)
    print_documents_json (documents);
  return tool->status;
}
