/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "tool-show.h"
#include "verbs.h"

static void
add_document (ToolJson *json, const ToolDocument *document)
{
  MigdescDescriptor *descriptor = document->descriptor;

  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "descriptor", document->name);
  if (descriptor != NULL)
    {
      g_autofree char *text = migdesc_descriptor_to_string (descriptor);

      tool_json_add_string (
          json, "dialect", migdesc_dialect_to_string (migdesc_descriptor_get_dialect (descriptor)));
      tool_json_add_string (json, "digest", migdesc_descriptor_get_digest (descriptor));
      tool_json_add_raw (json, "document", text);
    }
  else
    tool_json_add_document_error (json, document);
  tool_json_end_object (json);
}

static void
print_documents_json (GPtrArray *documents)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_begin_array (&json, "descriptors");
  for (guint i = 0; i < documents->len; i++)
    add_document (&json, documents->pdata[i]);
  tool_json_end_array (&json);
  tool_json_print (&json);
}

static void
print_documents (GPtrArray *documents)
{
  gboolean first = TRUE;

  for (guint i = 0; i < documents->len; i++)
    {
      const ToolDocument *document = documents->pdata[i];

      if (document->descriptor == NULL)
        continue;
      if (!first)
        tool_print_line ("%s", "");
      first = FALSE;
      tool_show_descriptor (document->name, document->descriptor);
    }
}

ToolStatus
verb_show (Tool *tool, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (GPtrArray) documents = NULL;

  if (places == NULL)
    return tool->status;
  documents = tool_read_all (tool, places);
  for (guint i = 0; i < documents->len; i++)
    tool_tell_document (tool, documents->pdata[i]);
  if (tool->json)
    print_documents_json (documents);
  else
    print_documents (documents);
  return tool->status;
}
