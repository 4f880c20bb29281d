/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu-verbs.h"
#include "tool-part.h"
#include "tool-qemu.h"

ToolStatus
qemu_get (Tool *tool, int argc, char **argv)
{
  g_auto (ToolQemuOptions) options = { NULL, 0 };
  const GOptionEntry entries[] = { TOOL_QEMU_OPTIONS (&options), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 2, 3);
  g_autoptr (MigdescQemuStream) stream = NULL;
  g_autoptr (MigdescQemuSection) section = NULL;
  g_autoptr (MigdescState) state = NULL;
  g_autoptr (MigdescState) part = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  if (operands == NULL || (stream = tool_qemu_read (tool, &options, operands[0])) == NULL
      || (section = tool_qemu_find (tool, stream, operands[0], operands[1])) == NULL)
    return tool->status;
  state = migdesc_qemu_section_get_state (section, &error);
  if (state != NULL)
    part = operands[2] == NULL ? migdesc_state_ref (state)
                               : migdesc_state_lookup (state, operands[2], &error);
  if (part == NULL)
    {
      const ToolPlace place = { .file = operands[0] };

      return tool_fail (tool, error, &place);
    }
  label = migdesc_qemu_section_dup_label (section);
  if (tool->json)
    tool_part_print_answer ("section", label, part);
  else
    tool_part_print (part);
  return TOOL_YES;
}
