/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

static void
print_plan_json (const MigdescPlan *plan, char **lines, MigdescReport *report)
{
  JsonBuilder *builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  tool_json_add_string (builder, "verdict", migdesc_verdict_to_string (migdesc_report_get_verdict (report)));
  if (plan != NULL)
    {
      g_auto (GStrv) names = migdesc_plan_dup_names (plan);

      tool_json_add_string (builder, "model", migdesc_plan_get_model (plan));
      tool_json_add_string (builder, "version", migdesc_plan_get_version (plan));
      json_builder_set_member_name (builder, "params");
      json_builder_begin_object (builder);
      for (guint i = 0; names[i] != NULL; i++)
        {
          g_autoptr (GVariant) value = migdesc_plan_get_value (plan, names[i]);

          tool_json_add_value (builder, names[i], value);
        }
      json_builder_end_object (builder);
      tool_json_add_strv (builder, "lines", (const char *const *) lines);
    }
  tool_json_add_findings (builder, report);
  json_builder_end_object (builder);
  tool_print_json (tool_json_end (builder));
}

static ToolStatus
print_plan (Tool *tool, const MigdescPlan *plan, MigdescPlanStyle style, MigdescReport *report)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = plan != NULL ? migdesc_plan_render (plan, style, &error) : NULL;
  g_autofree char *why = NULL;

  if (error != NULL)
    return tool_fail (tool, error, NULL);
  if (tool->json)
    {
      print_plan_json (plan, lines, report);
      return tool_status_of_verdict (migdesc_report_get_verdict (report));
    }
  why = migdesc_report_to_string (report);
  tool_talk_lines (why);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    tool_print_line ("%s", lines[i]);
  return tool_status_of_verdict (migdesc_report_get_verdict (report));
}

ToolStatus
verb_plan (Tool *tool, int argc, char **argv)
{
  g_autofree char *style_name = NULL;
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, "Print the settings even if the answer is no", NULL },
    { "style", 0, 0, G_OPTION_ARG_STRING, &style_name, "argv-m, argv-param, argv-version, sysfs, mdevctl or text",
      "STYLE" },
    G_OPTION_ENTRY_NULL
  };
  g_auto (GStrv) operands = tool_parse (tool, tool_find_verb ("plan"), entries, argc, argv, 2, 2);
  g_autoptr (MigdescParamList) list = NULL;
  g_autoptr (MigdescDescriptor) destination = NULL;
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  MigdescPlanStyle style = MIGDESC_PLAN_ARGV_M;

  if (operands == NULL)
    return tool->status;
  if (style_name != NULL && !migdesc_plan_style_from_string (style_name, &style))
    return tool_usage_error (tool, "unknown style %s", style_name);
  if ((list = tool_read_list (tool, operands[0])) == NULL
      || (destination = tool_read_one (tool, operands[1])) == NULL)
    return tool->status;
  plan = migdesc_descriptor_plan (destination, list, force, &report, &error);
  if (report == NULL)
    return tool_fail (tool, error, NULL);
  return print_plan (tool, plan, style, report);
}
