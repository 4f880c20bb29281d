/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The operand LIST. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tool-read.h"

#define FILE_MAX (4 * 1024 * 1024)
#define CHUNK 65536

/* One byte past the limit is enough for the library to say that it is too long. */
static gboolean
read_all (int fd, GByteArray *data)
{
  guint8 chunk[CHUNK];
  gssize n;

  while (data->len <= FILE_MAX && (n = read (fd, chunk, sizeof chunk)) != 0)
    {
      if (n < 0 && errno != EINTR)
        return FALSE;
      g_byte_array_append (data, chunk, n > 0 ? (guint) n : 0);
    }
  return TRUE;
}

GBytes *
tool_read_file (const char *path, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  gboolean is_stdin = g_str_equal (path, "-");
  int fd = is_stdin ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  gboolean done = fd >= 0 && read_all (fd, data);

  if (!done)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: cannot be read: %s", path,
                 g_strerror (errno));
  if (fd >= 0 && !is_stdin)
    close (fd);
  if (!done)
    return NULL;
  return data->len > 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&data))
                       : g_bytes_new_static ("", 0);
}

/* The library's message starts with `LINE:COLUMN: `, or has `(line LINE, column COLUMN`, where it
 * knows them. */
static void
find_place (const char *message, ToolPlace *place)
{
  const char *behind = g_strrstr (message, " (line ");
  const char *start = behind != NULL ? behind + strlen (" (line ") : message;
  char *end = NULL;
  guint64 line = g_ascii_strtoull (start, &end, 10);
  const char *comma = behind != NULL ? ", column " : ":";
  guint64 column = g_str_has_prefix (end, comma)
                       ? g_ascii_strtoull (end + strlen (comma), &end, 10)
                       : 0;

  if (line > 0 && column > 0 && (behind != NULL || g_str_has_prefix (end, ": ")))
    {
      place->line = (guint) line;
      place->column = (guint) column;
    }
}

void
tool_fail_text (Tool *tool, const GError *error, const char *path)
{
  ToolPlace place = { .file = path };
  g_autoptr (GError) placed = g_error_copy (error);

  if (error->code != MIGDESC_ERROR_CANNOT_READ)
    {
      find_place (error->message, &place);
      if (place.line > 0 && !g_ascii_isdigit (error->message[0]))
        g_prefix_error (&placed, "%s:%u:%u: ", path, place.line, place.column);
      else
        g_prefix_error (&placed, place.line > 0 ? "%s:" : "%s: ", path);
    }
  tool_fail (tool, placed, &place);
}

static MigdescParamList *
read_json (Tool *tool, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tool_read_file (path, &error);
  MigdescParamList *list = NULL;
  const char *text;
  gsize length;

  if (bytes != NULL)
    {
      text = g_bytes_get_data (bytes, &length);
      list = migdesc_param_list_new_from_json (text, (gssize) length, &error);
    }
  if (list != NULL)
    return list;
  tool_fail_text (tool, error, path);
  return NULL;
}

MigdescParamList *
tool_read_list (Tool *tool, const char *operand)
{
  g_autoptr (GError) error = NULL;
  MigdescParamList *list;

  if (operand[0] == '@')
    return read_json (tool, operand + 1);
  list = migdesc_param_list_new_from_string (operand, &error);
  if (list == NULL)
    tool_fail (tool, error, NULL);
  return list;
}
