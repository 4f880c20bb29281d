/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

static void
print_plan_json (const MigdescPlan *plan, char **lines, const MigdescReport *report)
{
  MigdescVerdict verdict = migdesc_report_get_verdict (report);
  g_auto (GStrv) names = plan != NULL ? migdesc_plan_dup_names (plan) : NULL;
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "verdict", migdesc_verdict_to_string (verdict));
  if (plan != NULL)
    {
      tool_json_add_string (&json, "model", migdesc_plan_get_model (plan));
      tool_json_add_string (&json, "version", migdesc_plan_get_version (plan));
      tool_json_begin_object (&json, "params");
      for (guint i = 0; names[i] != NULL; i++)
        {
          g_autoptr (GVariant) value = migdesc_plan_get_value (plan, names[i]);

          tool_json_add_value (&json, names[i], value);
        }
      tool_json_end_object (&json);
      tool_json_add_strv (&json, "lines", lines);
    }
  tool_json_add_findings (&json, report);
  tool_json_print (&json);
}

static void
print_plan (char **lines, const MigdescReport *report)
{
  tool_talk_report (report);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    tool_print_line ("%s", lines[i]);
}

static ToolStatus
plan_for (Tool *tool, MigdescDescriptor *destination, const MigdescParamList *list, gboolean force,
          MigdescPlanStyle style)
{
  const ToolPlace place = { .file = migdesc_descriptor_get_origin (destination) };
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescPlan) plan
      = migdesc_descriptor_plan (destination, list, force, &report, &error);
  g_auto (GStrv) lines = NULL;

  if (plan != NULL)
    lines = migdesc_plan_render (plan, style, &error);
  if (report == NULL || error != NULL)
    return tool_fail (tool, error, &place);
  if (tool->json)
    print_plan_json (plan, lines, report);
  else
    print_plan (lines, report);
  return tool_status_of_verdict (migdesc_report_get_verdict (report));
}

ToolStatus
verb_plan (Tool *tool, int argc, char **argv)
{
  g_autofree char *style_name = NULL;
  gboolean force = FALSE;
  const GOptionEntry entries[]
      = { { "force", 0, 0, G_OPTION_ARG_NONE, &force, "Print the settings even if the answer is no",
            NULL },
          { "style", 0, 0, G_OPTION_ARG_STRING, &style_name,
            "argv-m, argv-param, argv-version, sysfs, mdevctl or text", "STYLE" },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 2, 2);
  g_autoptr (MigdescParamList) list = NULL;
  g_autoptr (MigdescDescriptor) destination = NULL;
  MigdescPlanStyle style = MIGDESC_PLAN_ARGV_M;

  if (operands == NULL)
    return tool->status;
  if (style_name != NULL && !migdesc_plan_style_from_string (style_name, &style))
    return tool_usage_error (tool, "there is no style %s", style_name);
  if ((list = tool_read_list (tool, operands[0])) == NULL
      || (destination = tool_read_one (tool, operands[1])) == NULL)
    return tool->status;
  return plan_for (tool, destination, list, force, style);
}
