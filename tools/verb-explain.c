/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"
#include "tool-output.h"
#include "verbs.h"

static void
list_codes (Tool *tool)
{
  static const char *const headings[] = { "CODE", "MEANING", NULL };
  g_auto (GStrv) codes = migdesc_code_list ();
  ToolTable *table;

  if (tool->json)
    {
      JsonBuilder *builder = json_builder_new_immutable ();

      json_builder_begin_object (builder);
      tool_json_add_strv (builder, "codes", (const char *const *) codes);
      json_builder_end_object (builder);
      tool_print_json (tool_json_end (builder));
      return;
    }
  table = tool_table_new (headings);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      const char *cells[] = { codes[i], migdesc_code_get_summary (codes[i]), NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
    }
  tool_table_print (table);
}

static void
explain_code (Tool *tool, const char *code)
{
  if (tool->json)
    {
      JsonBuilder *builder = json_builder_new_immutable ();

      json_builder_begin_object (builder);
      tool_json_add_string (builder, "code", code);
      tool_json_add_string (builder, "summary", migdesc_code_get_summary (code));
      tool_json_add_string (builder, "explanation", migdesc_code_get_explanation (code));
      tool_json_add_string (builder, "example", migdesc_code_get_example (code));
      json_builder_end_object (builder);
      tool_print_json (tool_json_end (builder));
      return;
    }
  tool_print_line ("%s: %s", code, migdesc_code_get_summary (code));
  tool_print_line ("%s", "");
  tool_print_wrapped (migdesc_code_get_explanation (code));
  tool_print_line ("%s", "");
  tool_print_line ("Example:");
  tool_print_indented (migdesc_code_get_example (code), "    ");
}

ToolStatus
verb_explain (Tool *tool, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) codes = tool_parse (tool, tool_find_verb ("explain"), entries, argc, argv, 0, 1);

  if (codes == NULL)
    return TOOL_USAGE;
  if (codes[0] == NULL)
    list_codes (tool);
  else if (migdesc_code_is_known (codes[0]))
    explain_code (tool, codes[0]);
  else
    return tool_usage_error (tool, "there is no code %s; migdesc explain lists them", codes[0]);
  return TOOL_YES;
}
