/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "state-verbs.h"
#include "tool-output.h"
#include "tool-read.h"
#include "tool-stream.h"

static ToolStatus
print_schema (Tool *tool, MigdescStateType *schema)
{
  g_autofree char *text = migdesc_state_type_to_json (schema, !tool->json);
  g_autofree char *safe = NULL;
  ToolJson json;

  if (tool->json)
    {
      tool_json_init (&json);
      tool_json_add_string (&json, "digest", migdesc_state_type_get_digest (schema));
      tool_json_add_raw (&json, "schema", text);
      tool_json_print (&json);
      return TOOL_YES;
    }
  safe = tool_json_escape_document (text);
  tool_print_raw (safe, strlen (safe));
  if (!g_str_has_suffix (safe, "\n"))
    tool_print_raw ("\n", 1);
  return TOOL_YES;
}

static ToolStatus
print_of_model (Tool *tool, const char *name, const char *place)
{
  g_autoptr (MigdescDescriptor) descriptor = tool_read_one (tool, place);
  g_autoptr (MigdescModel) model = NULL;
  g_autoptr (MigdescStateType) schema = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const ToolPlace where = { .file = place };

  if (descriptor == NULL || (model = tool_choose_model (tool, descriptor, name)) == NULL)
    return tool->status;
  text = migdesc_model_dup_state_schema (model);
  if (text == NULL)
    {
      error = g_error_new (MIGDESC_ERROR, MIGDESC_ERROR_REFUSED, "%s: the model %s has no state",
                           place, name);
      return tool_fail (tool, error, &where);
    }
  schema = migdesc_state_type_new_from_json (text, -1, NULL, &error);
  if (schema == NULL)
    {
      g_prefix_error (&error, "%s: the state of %s: ", place, name);
      return tool_fail (tool, error, &where);
    }
  return print_schema (tool, schema);
}

ToolStatus
state_schema (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) schemas = NULL;
  g_autofree char *model = NULL;
  const GOptionEntry entries[] = { { "model", 0, 0, G_OPTION_ARG_STRING, &model,
                                     "Of this model in a descriptor", "MODEL" },
                                   STATE_SCHEMA_OPTION (&schemas),
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, 2);
  g_autoptr (ToolStream) stream = NULL;
  g_autoptr (MigdescState) state = NULL;
  guint device;

  if (operands == NULL)
    return tool->status;
  if (model != NULL && operands[1] != NULL)
    return tool_usage_error (tool, "too many operands: --model is of one DESCRIPTOR");
  if (model != NULL)
    return print_of_model (tool, model, operands[0]);
  if ((stream = tool_stream_read (tool, operands[0], schemas, TRUE)) == NULL
      || !tool_stream_choose (tool, stream, operands[1], &device))
    return tool->status;
  state = tool_stream_get_state (stream, device);
  return print_schema (tool, migdesc_state_get_schema (state));
}
