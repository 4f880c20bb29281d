/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

static ToolStatus
status_of_relation (MigdescRelation relation)
{
  static const ToolStatus statuses[] = {
    [MIGDESC_RELATION_IDENTICAL] = TOOL_YES,       [MIGDESC_RELATION_COMPATIBLE] = TOOL_YES,
    [MIGDESC_RELATION_CONDITIONAL] = TOOL_REFUSED, [MIGDESC_RELATION_INCOMPATIBLE] = TOOL_REFUSED,
    [MIGDESC_RELATION_UNDECIDED] = TOOL_UNDECIDED,
  };

  return statuses[relation];
}

static void
print_comparison (Tool *tool, const MigdescComparison *comparison)
{
  g_autofree char *text = NULL;
  ToolJson json;

  if (tool->json)
    {
      text = migdesc_comparison_to_json (comparison);
      tool_json_init (&json);
      tool_json_add_members (&json, text);
      tool_json_print (&json);
      return;
    }
  text = migdesc_comparison_to_string (comparison);
  tool_print_lines (text, "");
}

static ToolStatus
compare (Tool *tool, MigdescDescriptor *source, MigdescDescriptor *destination, const char *name)
{
  g_autoptr (MigdescModel) source_model = tool_choose_model (tool, source, name);
  g_autoptr (MigdescModel) destination_model = NULL;
  g_autoptr (MigdescComparison) comparison = NULL;

  if (source_model == NULL)
    return tool->status;
  destination_model = tool_choose_model (tool, destination, migdesc_model_get_name (source_model));
  if (destination_model == NULL)
    return tool->status;
  comparison = migdesc_model_compare (source_model, destination_model, NULL);
  print_comparison (tool, comparison);
  return status_of_relation (migdesc_comparison_get_relation (comparison));
}

ToolStatus
verb_compare (Tool *tool, int argc, char **argv)
{
  g_autofree char *model = NULL;
  const GOptionEntry entries[] = { { "model", 0, 0, G_OPTION_ARG_STRING, &model,
                                     "The model, if the source has several", "M" },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 2, 2);
  g_autoptr (MigdescDescriptor) source = NULL;
  g_autoptr (MigdescDescriptor) destination = NULL;

  if (operands == NULL || (source = tool_read_one (tool, operands[0])) == NULL
      || (destination = tool_read_one (tool, operands[1])) == NULL)
    return tool->status;
  return compare (tool, source, destination, model);
}
