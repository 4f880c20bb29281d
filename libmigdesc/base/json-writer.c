/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/json-scan.h"
#include "base/json-writer.h"

#define REPLACEMENT "\xef\xbf\xbd"

static void
append_escape (GString *output,
               guchar byte)
{
  static const char letters[128] = {
    ['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
    ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't',
  };

  if (letters[byte] != '\0')
    {
      g_string_append_c (output, '\\');
      g_string_append_c (output, letters[byte]);
    }
  else
    g_string_append_printf (output, "\\u%04x", (guint) byte);
}

gboolean
migdesc_json_append_string (GString *output,
                            const char *text,
                            gsize length)
{
  const char *end = length > 0 ? text + length : text; /* no text may be NULL */
  gboolean valid = TRUE;

  g_string_append_c (output, '"');
  while (text != end)
    {
      const char *special = migdesc_json_plain_end (text, end);
      guint n_bytes = 0;

      while (special != end && (n_bytes = migdesc_utf8_length (special, end)) != 0)
        special = migdesc_json_plain_end (special + n_bytes, end);
      g_string_append_len (output, text, special - text);
      text = special;
      if (text == end)
        break;
      if ((guchar) *text < 0x80)
        append_escape (output, (guchar) *text);
      else
        {
          g_string_append (output, REPLACEMENT);
          valid = FALSE;
        }
      text++;
    }
  g_string_append_c (output, '"');
  return valid;
}

void
migdesc_json_writer_init (MigdescJsonWriter *writer,
                          GString *output,
                          gboolean pretty)
{
  *writer = (MigdescJsonWriter) { .output = output, .pretty = pretty };
}

static void
start_line (MigdescJsonWriter *writer)
{
  if (!writer->pretty)
    return;
  g_string_append_c (writer->output, '\n');
  for (guint i = 0; i < writer->depth; i++)
    g_string_append (writer->output, "  ");
}

/* A comma and a new line, where they are due. */
static void
separate (MigdescJsonWriter *writer)
{
  if (writer->filled[writer->depth])
    g_string_append_c (writer->output, ',');
  writer->filled[writer->depth] = TRUE;
  if (writer->depth > 0)
    start_line (writer);
}

static void
start_value (MigdescJsonWriter *writer)
{
  if (!writer->after_key)
    separate (writer);
  writer->after_key = FALSE;
}

static void
begin (MigdescJsonWriter *writer,
       char bracket)
{
  g_assert (writer->depth < MIGDESC_JSON_WRITER_DEPTH);

  start_value (writer);
  g_string_append_c (writer->output, bracket);
  writer->filled[++writer->depth] = FALSE;
}

static void
end (MigdescJsonWriter *writer,
     char bracket)
{
  gboolean filled = writer->filled[writer->depth--];

  if (filled)
    start_line (writer);
  g_string_append_c (writer->output, bracket);
}

void
migdesc_json_writer_begin_object (MigdescJsonWriter *writer)
{
  begin (writer, '{');
}

void
migdesc_json_writer_end_object (MigdescJsonWriter *writer)
{
  end (writer, '}');
}

void
migdesc_json_writer_begin_array (MigdescJsonWriter *writer)
{
  begin (writer, '[');
}

void
migdesc_json_writer_end_array (MigdescJsonWriter *writer)
{
  end (writer, ']');
}

void
migdesc_json_writer_key (MigdescJsonWriter *writer,
                         const char *name)
{
  migdesc_json_writer_key_length (writer, name, strlen (name));
}

void
migdesc_json_writer_key_length (MigdescJsonWriter *writer,
                                const char *name,
                                gsize length)
{
  separate (writer);
  if (!migdesc_json_append_string (writer->output, name, length))
    writer->failed = TRUE;
  g_string_append (writer->output, writer->pretty ? ": " : ":");
  writer->after_key = TRUE;
}

gboolean
migdesc_json_writer_string (MigdescJsonWriter *writer,
                            const char *text)
{
  return migdesc_json_writer_string_length (writer, text, strlen (text));
}

gboolean
migdesc_json_writer_string_length (MigdescJsonWriter *writer,
                                   const char *text,
                                   gsize length)
{
  start_value (writer);
  if (!migdesc_json_append_string (writer->output, text, length))
    writer->failed = TRUE;
  return !writer->failed;
}

void
migdesc_json_writer_uint (MigdescJsonWriter *writer,
                          guint64 value)
{
  start_value (writer);
  g_string_append_printf (writer->output, "%" G_GUINT64_FORMAT, value);
}

void
migdesc_json_writer_uint_safe (MigdescJsonWriter *writer,
                               guint64 value)
{
  const char *quote = value > MIGDESC_JSON_SAFE_INTEGER ? "\"" : "";

  start_value (writer);
  g_string_append_printf (writer->output, "%s%" G_GUINT64_FORMAT "%s", quote, value, quote);
}

void
migdesc_json_writer_bool (MigdescJsonWriter *writer,
                          gboolean value)
{
  start_value (writer);
  g_string_append (writer->output, value ? "true" : "false");
}

void
migdesc_json_writer_null (MigdescJsonWriter *writer)
{
  start_value (writer);
  g_string_append (writer->output, "null");
}

/* Compact JSON on lines of its own: outside of strings, brackets, commas and colons decide. */
static void
append_pretty (MigdescJsonWriter *writer,
               const char *json,
               gsize length)
{
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char byte = json[i];
      gboolean closes = !in_string && (byte == '}' || byte == ']');
      gboolean opens = !in_string && (byte == '{' || byte == '[');
      gboolean empty = opens && i + 1 < length && (json[i + 1] == '}' || json[i + 1] == ']');

      if (closes)
        {
          writer->depth--;
          start_line (writer);
        }
      g_string_append_c (writer->output, byte);
      if (empty)
        g_string_append_c (writer->output, json[++i]);
      else if (opens)
        writer->depth++;
      if ((opens && !empty) || (!in_string && byte == ','))
        start_line (writer);
      else if (!in_string && byte == ':')
        g_string_append_c (writer->output, ' ');
      else if (byte == '"')
        in_string = !in_string;
      else if (in_string && byte == '\\')
        g_string_append_c (writer->output, json[++i]);
    }
}

void
migdesc_json_writer_raw (MigdescJsonWriter *writer,
                         const char *json,
                         gsize length)
{
  start_value (writer);
  if (writer->pretty)
    append_pretty (writer, json, length);
  else
    g_string_append_len (writer->output, json, (gssize) length);
}

gboolean
migdesc_json_writer_member_string (MigdescJsonWriter *writer,
                                   const char *name,
                                   const char *text)
{
  migdesc_json_writer_key (writer, name);
  return migdesc_json_writer_string (writer, text);
}

void
migdesc_json_writer_member_uint (MigdescJsonWriter *writer,
                                 const char *name,
                                 guint64 value)
{
  migdesc_json_writer_key (writer, name);
  migdesc_json_writer_uint (writer, value);
}

void
migdesc_json_writer_member_bool (MigdescJsonWriter *writer,
                                 const char *name,
                                 gboolean value)
{
  migdesc_json_writer_key (writer, name);
  migdesc_json_writer_bool (writer, value);
}
