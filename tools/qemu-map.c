/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "qemu-verbs.h"
#include "tool-output.h"
#include "tool-qemu.h"

ToolStatus
qemu_map (Tool *tool, int argc, char **argv)
{
  g_auto (ToolQemuOptions) options = { NULL, 0 };
  gboolean svg = FALSE;
  const GOptionEntry entries[] = { { "svg", 0, 0, G_OPTION_ARG_NONE, &svg, "As a picture", NULL },
                                   TOOL_QEMU_OPTIONS (&options), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, 1);
  g_autoptr (MigdescQemuStream) stream = NULL;
  g_autofree char *picture = NULL;
  ToolJson json;

  if (operands == NULL)
    return tool->status;
  if (!svg)
    return tool_usage_error (tool, "--svg is missing: there is no other kind of map");
  stream = tool_qemu_read (tool, &options, operands[0]);
  if (stream == NULL)
    return tool->status;
  picture = migdesc_qemu_stream_to_svg (stream);
  if (!tool->json)
    {
      tool_print_raw (picture, strlen (picture));
      tool_talk_report (migdesc_qemu_stream_get_report (stream));
      return tool_qemu_status (stream);
    }
  tool_json_init (&json);
  tool_json_add_string (&json, "file", operands[0]);
  tool_json_add_string (&json, "svg", picture);
  tool_json_add_report (&json, migdesc_qemu_stream_get_report (stream));
  tool_json_print (&json);
  return tool_qemu_status (stream);
}
