/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>
#include <unistd.h>

#include "state-verbs.h"
#include "tool-output.h"
#include "tool-stream.h"

/* A terminal gets a text with what it might obey escaped. */
static void
print_text (const char *text)
{
  if (isatty (STDOUT_FILENO))
    {
      tool_print_line ("%s", text);
      return;
    }
  tool_print_raw (text, strlen (text));
  tool_print_raw ("\n", 1);
}

/* Words of enums and large numbers are strings in JSON: here without the quotation marks. */
static void
print_word (MigdescState *part)
{
  g_autofree char *text = migdesc_state_to_json (part, FALSE);
  gsize length = strlen (text);

  if (length >= 2 && text[0] == '"')
    {
      text[length - 1] = '\0';
      print_text (text + 1);
    }
  else
    print_text (text);
}

static void
print_json (MigdescState *part)
{
  g_autofree char *text = migdesc_state_to_json (part, TRUE);
  g_autofree char *safe = tool_json_escape_document (text);

  tool_print_raw (safe, strlen (safe));
  if (!g_str_has_suffix (safe, "\n"))
    tool_print_raw ("\n", 1);
}

static void
print_part (MigdescState *part)
{
  g_autoptr (GBytes) bytes = NULL;

  switch (migdesc_state_get_kind (part))
    {
    case MIGDESC_STATE_STRING:
      print_text (migdesc_state_get_string (part));
      break;
    case MIGDESC_STATE_BYTES:
      if (isatty (STDOUT_FILENO))
        print_json (part);
      else
        {
          bytes = migdesc_state_get_bytes (part);
          tool_print_raw (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
        }
      break;
    case MIGDESC_STATE_STRUCT:
    case MIGDESC_STATE_ARRAY:
      print_json (part);
      break;
    default:
      print_word (part);
      break;
    }
}

static void
print_answer (const char *id, MigdescState *part)
{
  g_autofree char *path = migdesc_state_dup_path (part);
  g_autofree char *value = migdesc_state_to_json (part, FALSE);
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "device", id);
  tool_json_add_string (&json, "path", path);
  tool_json_add_raw (&json, "value", value);
  tool_json_print (&json);
}

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
    print_answer (operands[1], part);
  else
    print_part (part);
  return TOOL_YES;
}
