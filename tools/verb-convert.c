/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

#include <string.h>

static void
tell_losses (MigdescReport *losses)
{
  for (guint i = 0; losses != NULL && i < migdesc_report_get_n_findings (losses); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (losses, i);
      g_autofree char *text = migdesc_finding_to_string (finding);

      tool_print_talk ("%s", text);
    }
}

static void
print_conversion_json (const char *dialect_name, MigdescDialect dialect, const char *text, MigdescReport *losses)
{
  JsonBuilder *builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  tool_json_add_string (builder, "dialect", dialect_name);
  if (dialect == MIGDESC_DIALECT_V4_TEXT)
    tool_json_add_string (builder, "text", text);
  else
    {
      json_builder_set_member_name (builder, "document");
      json_builder_add_value (builder, tool_json_parse (text));
    }
  tool_json_add_findings (builder, losses);
  json_builder_end_object (builder);
  tool_print_json (tool_json_end (builder));
}

static ToolStatus
convert (Tool *tool, MigdescDescriptor *descriptor, const char *dialect_name, gboolean allow_loss)
{
  g_autoptr (MigdescReport) losses = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  MigdescDialect dialect;

  if (!migdesc_dialect_from_string (dialect_name, &dialect))
    return tool_usage_error (tool, "unknown dialect %s", dialect_name);
  text = migdesc_descriptor_convert (descriptor, dialect, allow_loss, &losses, &error);
  if (!tool->json)
    tell_losses (losses);
  if (text == NULL)
    return tool_fail (tool, error, losses);
  if (tool->json)
    print_conversion_json (dialect_name, dialect, text, losses);
  else
    {
      tool_print_raw (text, strlen (text));
      if (!g_str_has_suffix (text, "\n"))
        tool_print_raw ("\n", 1);
    }
  return TOOL_YES;
}

ToolStatus
verb_convert (Tool *tool, int argc, char **argv)
{
  g_autofree char *to = NULL;
  gboolean allow_loss = FALSE;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "The dialect to write", "DIALECT" },
    { "allow-loss", 0, 0, G_OPTION_ARG_NONE, &allow_loss, "Convert even if something is lost", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto (GStrv) places = tool_parse (tool, tool_find_verb ("convert"), entries, argc, argv, 1, 1);
  g_autoptr (MigdescDescriptor) descriptor = NULL;

  if (places == NULL)
    return TOOL_USAGE;
  if (to == NULL)
    return tool_usage_error (tool, "--to DIALECT is missing");
  descriptor = tool_read_one (tool, places[0]);
  return descriptor != NULL ? convert (tool, descriptor, to, allow_loss) : tool->status;
}
