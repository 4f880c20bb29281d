/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"

#include <string.h>

#include "tool-output.h"

#define EXACT_INT_MAX (G_GUINT64_CONSTANT (1) << 53)
#define INDENT 2
#define DELETE 0x7f

/* --- Writing ---------------------------------------------------------- */

static void
append_quoted (GString *text, const char *value)
{
  static const char letters[' '] = { ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't' };
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *c = valid; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (text, "\\%c", *c);
      else if ((guchar) *c < ' ' && letters[(guchar) *c] != 0)
        g_string_append_printf (text, "\\%c", letters[(guchar) *c]);
      else if ((guchar) *c < ' ')
        g_string_append_printf (text, "\\u%04x", (guint) *c);
      else
        g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

/* The comma that is due, and the name. */
static void
begin_item (ToolJson *json, const char *name)
{
  if (strchr ("{[", json->text->str[json->text->len - 1]) == NULL)
    g_string_append_c (json->text, ',');
  if (name == NULL)
    return;
  append_quoted (json->text, name);
  g_string_append_c (json->text, ':');
}

void
tool_json_init (ToolJson *json)
{
  json->text = g_string_new ("{");
}

void
tool_json_begin_object (ToolJson *json, const char *name)
{
  begin_item (json, name);
  g_string_append_c (json->text, '{');
}

void
tool_json_end_object (ToolJson *json)
{
  g_string_append_c (json->text, '}');
}

void
tool_json_begin_array (ToolJson *json, const char *name)
{
  begin_item (json, name);
  g_string_append_c (json->text, '[');
}

void
tool_json_end_array (ToolJson *json)
{
  g_string_append_c (json->text, ']');
}

void
tool_json_add_string (ToolJson *json, const char *name, const char *value)
{
  if (value == NULL)
    return;
  begin_item (json, name);
  append_quoted (json->text, value);
}

void
tool_json_add_strv (ToolJson *json, const char *name, char **values)
{
  tool_json_begin_array (json, name);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    tool_json_add_string (json, NULL, values[i]);
  tool_json_end_array (json);
}

void
tool_json_add_raw (ToolJson *json, const char *name, const char *text)
{
  begin_item (json, name);
  g_string_append (json->text, text);
}

void
tool_json_add_bool (ToolJson *json, const char *name, gboolean value)
{
  tool_json_add_raw (json, name, value ? "true" : "false");
}

void
tool_json_add_uint (ToolJson *json, const char *name, guint64 value)
{
  begin_item (json, name);
  g_string_append_printf (
      json->text, value <= EXACT_INT_MAX ? "%" G_GUINT64_FORMAT : "\"%" G_GUINT64_FORMAT "\"",
      value);
}

void
tool_json_add_value (ToolJson *json, const char *name, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    tool_json_add_bool (json, name, g_variant_get_boolean (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    tool_json_add_string (json, name, g_variant_get_string (value, NULL));
  else
    tool_json_add_uint (json, name, g_variant_get_uint64 (value));
}

static void
add_members (ToolJson *json, const char *members, gsize length)
{
  if (length == 0)
    return;
  begin_item (json, NULL);
  g_string_append_len (json->text, members, (gssize) length);
}

void
tool_json_add_members (ToolJson *json, const char *object)
{
  add_members (json, object + 1, strlen (object) - 2);
}

void
tool_json_add_report (ToolJson *json, const MigdescReport *report)
{
  g_autofree char *text = migdesc_report_to_json (report);

  tool_json_add_members (json, text);
}

void
tool_json_add_findings (ToolJson *json, const MigdescReport *report)
{
  g_autofree char *text = report != NULL ? migdesc_report_to_json (report) : NULL;
  const char *members = text != NULL ? strstr (text, "\"findings\":") : "\"findings\":[]}";

  add_members (json, members, strlen (members) - 1);
}

void
tool_json_add_error (ToolJson *json, const GError *error, const ToolPlace *place)
{
  const char *nick = NULL;

  if (error->domain == MIGDESC_ERROR)
    nick = migdesc_error_get_nick ((MigdescError) error->code);
  tool_json_begin_object (json, "error");
  tool_json_add_string (json, "code", nick != NULL ? nick : "invalid-argument");
  tool_json_add_string (json, "message", error->message);
  if (place != NULL)
    {
      tool_json_add_string (json, "file", place->file);
      if (place->line > 0)
        {
          tool_json_add_uint (json, "line", place->line);
          tool_json_add_uint (json, "column", place->column);
        }
      tool_json_add_string (json, "pointer", place->pointer);
    }
  tool_json_end_object (json);
}

/* --- Printing --------------------------------------------------------- */

/* One character as it is, or as \uXXXX where a terminal might obey it. Returns what follows. */
static const char *
append_safe (GString *output, const char *c)
{
  const char *next = g_utf8_next_char (c);
  char character[8] = "";
  g_autofree char *safe = NULL;

  if (*c == DELETE)
    {
      g_string_append (output, "\\u007f");
      return next;
    }
  memcpy (character, c, (gsize) (next - c));
  safe = (guchar) *c < DELETE ? g_strdup (character) : migdesc_escape_text (character);
  g_string_append (output, safe);
  return next;
}

char *
tool_json_escape_document (const char *text)
{
  GString *output = g_string_new (NULL);

  while (*text != '\0')
    text = append_safe (output, text);
  return g_string_free (output, FALSE);
}

/* The string that starts here. Returns what follows. */
static const char *
append_string (GString *output, const char *c)
{
  c = append_safe (output, c);
  while (*c != '"')
    {
      if (*c == '\\')
        c = append_safe (output, c);
      c = append_safe (output, c);
    }
  return append_safe (output, c);
}

static void
append_line (GString *output, guint depth)
{
  g_string_append_printf (output, "\n%*s", (int) (INDENT * depth), "");
}

static char *
indent (const char *compact)
{
  GString *output = g_string_new (NULL);
  guint depth = 0;

  for (const char *c = compact; *c != '\0';)
    {
      if (*c == '"')
        {
          c = append_string (output, c);
          continue;
        }
      if (*c == '}' || *c == ']')
        append_line (output, --depth);
      g_string_append_c (output, *c);
      if (*c == ':')
        g_string_append_c (output, ' ');
      else if (*c == ',')
        append_line (output, depth);
      else if ((*c == '{' || *c == '[') && c[1] != *c + 2)
        append_line (output, ++depth);
      else if (*c == '{' || *c == '[')
        g_string_append_c (output, *++c);
      c++;
    }
  return g_string_free (output, FALSE);
}

void
tool_json_print (ToolJson *json)
{
  g_autofree char *text = NULL;

  g_string_append_c (json->text, '}');
  text = indent (json->text->str);
  tool_print_raw (text, strlen (text));
  tool_print_raw ("\n", 1);
  g_string_free (json->text, TRUE);
}
