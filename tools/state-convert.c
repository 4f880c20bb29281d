/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <unistd.h>

#include "state-verbs.h"
#include "tool-output.h"
#include "tool-stream.h"

static void
print_written (const char *format, const char *output)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "format", format);
  tool_json_add_string (&json, "output", output);
  tool_json_print (&json);
}

static gboolean
check_format (Tool *tool, const char *format, const char *output)
{
  g_auto (GStrv) formats = migdesc_stream_dup_formats (TRUE);
  g_autofree char *known = g_strjoinv (", ", formats);

  if (format == NULL)
    tool_usage_error (tool, "--to FORMAT is missing; there are %s", known);
  else if (!g_strv_contains ((const char *const *) formats, format))
    tool_usage_error (tool, "there is no format %s; there are %s", format, known);
  else if (output == NULL && tool->json)
    tool_usage_error (tool, "--json needs --output: the states are no JSON answer");
  else if (output == NULL && !tool_stream_is_text (format) && isatty (STDOUT_FILENO))
    tool_usage_error (tool, "%s is nothing for a terminal; name a file with --output", format);
  else
    return TRUE;
  return FALSE;
}

ToolStatus
state_convert (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) schemas = NULL;
  g_autofree char *to = NULL;
  g_autofree char *output = NULL;
  const GOptionEntry entries[]
      = { { "to", 0, 0, G_OPTION_ARG_STRING, &to, "The format to write", "FORMAT" },
          { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "Write into this file", "FILE" },
          STATE_SCHEMA_OPTION (&schemas),
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, 1);
  g_autoptr (ToolStream) stream = NULL;
  g_autoptr (MigdescStreamWriter) writer = NULL;

  if (operands == NULL || !check_format (tool, to, output)
      || (stream = tool_stream_read (tool, operands[0], schemas, TRUE)) == NULL
      || (writer = tool_stream_new_writer (tool, stream, to, NULL)) == NULL
      || !tool_stream_write (tool, writer, output))
    return tool->status;
  if (tool->json)
    print_written (to, output);
  return TOOL_YES;
}
