/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-stream.h"

#include <string.h>
#include <unistd.h>

#include "tool-output.h"
#include "tool-read.h"

#define DIGEST_SHOWN 15

void
tool_stream_free (ToolStream *stream)
{
  g_free (stream->name);
  g_clear_object (&stream->reader);
  g_clear_error (&stream->error);
  g_free (stream);
}

/* --- Reading ---------------------------------------------------------- */

static gboolean
add_schemas (Tool *tool, MigdescStreamReader *reader, char **places)
{
  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = tool_read_file (places[i], &error);
      g_autoptr (MigdescStateType) schema = NULL;

      if (bytes != NULL)
        schema = migdesc_state_type_new_from_json (g_bytes_get_data (bytes, NULL),
                                                   (gssize) g_bytes_get_size (bytes), NULL, &error);
      if (schema == NULL)
        {
          tool_fail_text (tool, error, places[i]);
          return FALSE;
        }
      migdesc_stream_reader_add_schema (reader, schema);
    }
  return TRUE;
}

static void
note_size (guint64 bytes, gpointer data)
{
  *(guint64 *) data = bytes;
}

static gboolean
read_stream (MigdescStreamReader *reader, const char *place, GError **error)
{
  if (!g_str_equal (place, "-"))
    return migdesc_stream_reader_read_file (reader, place, NULL, error);
  if (migdesc_stream_reader_read_fd (reader, STDIN_FILENO, NULL, error))
    return TRUE;
  g_prefix_error (error, "-: ");
  return FALSE;
}

ToolStream *
tool_stream_read (Tool *tool, const char *place, char **schemas, gboolean needs_states)
{
  g_autoptr (ToolStream) stream = g_new0 (ToolStream, 1);
  const ToolPlace where = { .file = place };

  stream->name = g_strdup (place);
  stream->reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  if (!add_schemas (tool, stream->reader, schemas))
    return NULL;
  migdesc_stream_reader_set_progress (stream->reader, note_size, &stream->size, NULL);
  read_stream (stream->reader, place, &stream->error);
  stream->manifest = migdesc_stream_reader_get_manifest (stream->reader);
  /* A schema may be lacking; what is damaged is not to be trusted at all. */
  if (stream->error == NULL
      || (!needs_states && stream->manifest != NULL
          && g_error_matches (stream->error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN)))
    return g_steal_pointer (&stream);
  tool_fail (tool, stream->error, &where);
  return NULL;
}

/* --- Looking ---------------------------------------------------------- */

MigdescState *
tool_stream_get_state (const ToolStream *stream, guint device)
{
  return migdesc_stream_reader_get_state (stream->reader,
                                          migdesc_manifest_get_id (stream->manifest, device));
}

gboolean
tool_stream_choose (Tool *tool, const ToolStream *stream, const char *id, guint *device)
{
  guint n = migdesc_manifest_get_n_devices (stream->manifest);
  const ToolPlace place = { .file = stream->name };
  g_autoptr (GString) known = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  *device = 0;
  if (id == NULL ? n == 1 : migdesc_manifest_find (stream->manifest, id, device))
    return TRUE;
  for (guint i = 0; i < n; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "",
                            migdesc_manifest_get_id (stream->manifest, i));
  if (id == NULL)
    tool_usage_error (tool, "DEVICE is needed: %s has %s", stream->name,
                      n > 0 ? known->str : "none");
  else
    {
      error = g_error_new (MIGDESC_ERROR, MIGDESC_ERROR_STATE_PATH, "%s has no device %s, only %s",
                           stream->name, id, n > 0 ? known->str : "none");
      tool_fail (tool, error, &place);
    }
  return FALSE;
}

char *
tool_stream_describe_params (const ToolStream *stream, guint device)
{
  const MigdescParamList *params = migdesc_manifest_get_params (stream->manifest, device);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < migdesc_param_list_get_n_params (params); i++)
    g_string_append_printf (text, "%s%s=%s", i > 0 ? ", " : "",
                            migdesc_param_list_get_name (params, i),
                            migdesc_param_list_get_value (params, i));
  return g_string_free (text, FALSE);
}

char *
tool_stream_shorten_digest (const ToolStream *stream, guint device)
{
  const char *digest = migdesc_manifest_get_digest (stream->manifest, device);

  return digest != NULL ? g_strndup (digest, DIGEST_SHOWN) : NULL;
}

/* --- Writing ---------------------------------------------------------- */

gboolean
tool_stream_is_text (const char *format)
{
  return g_str_equal (format, "json") || g_str_equal (format, "text");
}

MigdescStreamWriter *
tool_stream_new_writer (Tool *tool, const ToolStream *stream, const char *format,
                        MigdescState *const *edited)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, &error);
  const ToolPlace place = { .file = stream->name };
  gboolean done = writer != NULL;

  if (done)
    migdesc_stream_writer_set_embed_schemas (writer, TRUE);
  for (guint i = 0; done && i < migdesc_manifest_get_n_devices (stream->manifest); i++)
    {
      g_autoptr (MigdescState) state = tool_stream_get_state (stream, i);

      done = migdesc_stream_writer_add_state (
          writer, migdesc_manifest_get_id (stream->manifest, i),
          migdesc_manifest_get_params (stream->manifest, i),
          edited != NULL && edited[i] != NULL ? edited[i] : state, &error);
    }
  if (done)
    return g_steal_pointer (&writer);
  tool_fail (tool, error, &place);
  return NULL;
}

gboolean
tool_stream_write (Tool *tool, MigdescStreamWriter *writer, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const ToolPlace place = { .file = path };

  if (path != NULL)
    migdesc_stream_writer_write_file (writer, path, NULL, &error);
  else if ((bytes = migdesc_stream_writer_to_bytes (writer, &error)) != NULL)
    tool_print_raw (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (error == NULL)
    return TRUE;
  tool_fail (tool, error, &place);
  return FALSE;
}
