/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

static ToolStatus
status_of_relation (MigdescRelation relation)
{
  switch (relation)
    {
    case MIGDESC_RELATION_IDENTICAL:
    case MIGDESC_RELATION_COMPATIBLE:
      return TOOL_YES;
    case MIGDESC_RELATION_UNDECIDED:
      return TOOL_UNDECIDED;
    case MIGDESC_RELATION_CONDITIONAL:
    case MIGDESC_RELATION_INCOMPATIBLE:
    default:
      return TOOL_REFUSED;
    }
}

static void
print_comparison (const MigdescComparison *comparison)
{
  g_autofree char *text = migdesc_comparison_to_string (comparison);

  tool_print_indented (text, "");
}

/* The destination may call the model nothing at all: that is an answer, not a failure. */
static ToolStatus
compare (Tool *tool, MigdescDescriptor *source, MigdescDescriptor *destination, const char *name)
{
  g_autoptr (MigdescModel) source_model = tool_choose_model (tool, source, name);
  g_autoptr (MigdescModel) destination_model = NULL;
  g_autoptr (MigdescComparison) comparison = NULL;

  if (source_model == NULL)
    return tool->status;
  if (name == NULL)
    name = migdesc_model_get_name (source_model);
  destination_model = tool_choose_model (tool, destination, name);
  if (destination_model == NULL)
    return tool->status;
  comparison = migdesc_model_compare (source_model, destination_model);
  if (tool->json)
    {
      g_autofree char *json = migdesc_comparison_to_json (comparison);

      tool_print_json (tool_json_parse (json));
    }
  else
    print_comparison (comparison);
  return status_of_relation (migdesc_comparison_get_relation (comparison));
}

ToolStatus
verb_compare (Tool *tool, int argc, char **argv)
{
  g_autofree char *model = NULL;
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &model, "The model, if the source has several", "M" },
    G_OPTION_ENTRY_NULL
  };
  g_auto (GStrv) operands = tool_parse (tool, tool_find_verb ("compare"), entries, argc, argv, 2, 2);
  g_autoptr (MigdescDescriptor) source = NULL;
  g_autoptr (MigdescDescriptor) destination = NULL;

  if (operands == NULL || (source = tool_read_one (tool, operands[0])) == NULL
      || (destination = tool_read_one (tool, operands[1])) == NULL)
    return tool->status;
  return compare (tool, source, destination, model);
}
