/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-part.h"

#include <string.h>
#include <unistd.h>

#include "tool-json.h"
#include "tool-output.h"

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

void
tool_part_print (MigdescState *part)
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

void
tool_part_print_answer (const char *what, const char *name, MigdescState *part)
{
  g_autofree char *path = migdesc_state_dup_path (part);
  g_autofree char *value = migdesc_state_to_json (part, FALSE);
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, what, name);
  tool_json_add_string (&json, "path", path);
  tool_json_add_raw (&json, "value", value);
  tool_json_print (&json);
}
