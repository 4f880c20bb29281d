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

static GBytes *
read_file (const char *path, GError **error)
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
  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&data)) : NULL;
}

/* The library's message starts with `LINE:COLUMN: ` where it knows them. */
static void
find_place (const char *message, ToolPlace *place)
{
  char *end = NULL;
  guint64 line = g_ascii_strtoull (message, &end, 10);
  guint64 column = *end == ':' ? g_ascii_strtoull (end + 1, &end, 10) : 0;

  if (line > 0 && column > 0 && g_str_has_prefix (end, ": "))
    {
      place->line = (guint) line;
      place->column = (guint) column;
    }
}

static MigdescParamList *
read_json (Tool *tool, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_file (path, &error);
  ToolPlace place = { .file = path };
  MigdescParamList *list = NULL;
  const char *text;
  gsize length;

  if (bytes != NULL)
    {
      text = g_bytes_get_data (bytes, &length);
      list = migdesc_param_list_new_from_json (text != NULL ? text : "", (gssize) length, &error);
    }
  if (list != NULL)
    return list;
  if (bytes != NULL)
    {
      find_place (error->message, &place);
      g_prefix_error (&error, place.line > 0 ? "%s:" : "%s: ", path);
    }
  tool_fail (tool, error, &place);
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
