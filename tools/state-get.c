/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-verbs.h"
#include "tool-part.h"
#include "tool-stream.h"

ToolStatus
state_get (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) schemas = NULL;
  const GOptionEntry entries[] = { STATE_SCHEMA_OPTION (&schemas), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 2, 3);
  g_autoptr (ToolStream) stream = NULL;
  g_autoptr (MigdescState) state = NULL;
  g_autoptr (MigdescState) part = NULL;
  g_autoptr (GError) error = NULL;
  guint device;

  if (operands == NULL
      || (stream = tool_stream_read (tool, operands[0], schemas, TRUE)) == NULL
      || !tool_stream_choose (tool, stream, operands[1], &device))
    return tool->status;
  state = tool_stream_get_state (stream, device);
  part = operands[2] == NULL ? migdesc_state_ref (state)
                             : migdesc_state_lookup (state, operands[2], &error);
  if (part == NULL)
    {
      const ToolPlace place = { .file = stream->name };

      return tool_fail (tool, error, &place);
    }
  if (tool->json)
    tool_part_print_answer ("device", operands[1], part);
  else
    tool_part_print (part);
  return TOOL_YES;
}
