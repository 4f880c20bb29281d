/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"
#include "tool-options.h"
#include "tool-output.h"
#include "tool-table.h"
#include "verbs.h"

static void
list_codes (Tool *tool)
{
  static const char *const headings[] = { "CODE", "MEANING", NULL };
  g_auto (GStrv) codes = migdesc_code_list ();
  ToolTable *table;
  ToolJson json;

  if (tool->json)
    {
      tool_json_init (&json);
      tool_json_add_strv (&json, "codes", codes);
      tool_json_print (&json);
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
print_code_json (const char *code)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "code", code);
  tool_json_add_string (&json, "summary", migdesc_code_get_summary (code));
  tool_json_add_string (&json, "explanation", migdesc_code_get_explanation (code));
  tool_json_add_string (&json, "example", migdesc_code_get_example (code));
  tool_json_print (&json);
}

static void
print_code (const char *code)
{
  tool_print_line ("%s: %s", code, migdesc_code_get_summary (code));
  tool_print_line ("%s", "");
  tool_print_wrapped (migdesc_code_get_explanation (code));
  tool_print_line ("%s", "");
  tool_print_line ("Example:");
  tool_print_lines (migdesc_code_get_example (code), "    ");
}

ToolStatus
verb_explain (Tool *tool, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) codes = tool_parse (tool, entries, argc, argv, 0, 1);

  if (codes == NULL)
    return tool->status;
  if (codes[0] == NULL)
    list_codes (tool);
  else if (!migdesc_code_is_known (codes[0]))
    return tool_usage_error (tool, "there is no code %s; migdesc explain lists all", codes[0]);
  else if (tool->json)
    print_code_json (codes[0]);
  else
    print_code (codes[0]);
  return TOOL_YES;
}
