/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "state-set.h"
#include "state-verbs.h"
#include "tool-output.h"
#include "tool-read.h"

/* The edited states wait here until all are right; then the file is replaced once. */
typedef struct
{
  ToolStream *stream;
  const char *output; /* NULL: the stream's own file */
  MigdescState **states; /* of each device of the stream: NULL where it was not edited */
} Edit;

static guint
count_devices (const Edit *edit)
{
  return migdesc_manifest_get_n_devices (edit->stream->manifest);
}

/* --- By --set --------------------------------------------------------- */

/* DEVICE may have dots in it as the PATH has: the longest id that fits is meant. */
static const char *
find_device (const ToolStream *stream, const char *text, guint *device)
{
  const char *path = NULL;
  gsize longest = 0;

  for (guint i = 0; i < migdesc_manifest_get_n_devices (stream->manifest); i++)
    {
      const char *id = migdesc_manifest_get_id (stream->manifest, i);
      gsize length = strlen (id);

      if (length <= longest || !g_str_has_prefix (text, id) || text[length] != '.')
        continue;
      longest = length;
      *device = i;
      path = text + length + 1;
    }
  return path;
}

static gboolean
set_one (Tool *tool, Edit *edit, const char *setting)
{
  const ToolPlace place = { .file = edit->stream->name };
  guint device = 0;
  const char *path = find_device (edit->stream, setting, &device);
  const char *value = path != NULL ? strchr (path, '=') : NULL;
  g_autofree char *name = value != NULL ? g_strndup (path, (gsize) (value - path)) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) before = NULL;

  if (value == NULL)
    tool_usage_error (tool, "--set %s: that is not DEVICE.PATH=VALUE of a device in %s", setting,
                      edit->stream->name);
  else
    {
      before = g_steal_pointer (&edit->states[device]);
      if (before == NULL)
        before = tool_stream_get_state (edit->stream, device);
      edit->states[device] = state_set (before, name, value + 1, &error);
      if (edit->states[device] != NULL)
        return TRUE;
      g_prefix_error (&error, "--set %s: ", setting);
      tool_fail (tool, error, &place);
    }
  return FALSE;
}

static gboolean
set_all (Tool *tool, Edit *edit, char **settings)
{
  for (guint i = 0; settings[i] != NULL; i++)
    if (!set_one (tool, edit, settings[i]))
      return FALSE;
  return TRUE;
}

/* --- In an editor ----------------------------------------------------- */

static gboolean
run_editor (const char *path, GError **error)
{
  const char *visual = g_getenv ("VISUAL");
  const char *editor = visual != NULL && visual[0] != '\0' ? visual : g_getenv ("EDITOR");
  g_autofree char *command
      = g_strdup_printf ("%s \"$1\"", editor != NULL && editor[0] != '\0' ? editor : "vi");
  const char *argv[] = { "sh", "-c", command, "sh", path, NULL };
  int status = 0;

  if (g_spawn_sync (NULL, (char **) argv, NULL,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                    &status, NULL)
      && status == 0)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_PROGRAM_FAILED,
               "the editor %s failed, nothing was changed", editor != NULL ? editor : "vi");
  return FALSE;
}

static gboolean
write_text (int fd, const char *text)
{
  gsize length = strlen (text);

  for (gsize done = 0; done < length;)
    {
      gssize n = write (fd, text + done, length - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      done += n > 0 ? (gsize) n : 0;
    }
  return TRUE;
}

/* A file that only its owner may read. */
static char *
write_draft (MigdescState *state, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "migdesc-XXXXXX.json", NULL);
  g_autofree char *text = migdesc_state_to_json (state, TRUE);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  gboolean done = fd >= 0 && write_text (fd, text);

  if (!done)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE, "%s: cannot be written: %s",
                 path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  if (!done && fd >= 0)
    g_unlink (path);
  return done ? g_steal_pointer (&path) : NULL;
}

static MigdescState *
read_draft (Tool *tool, MigdescState *before, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  MigdescState *state = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    {
      g_autoptr (GError) own = g_error_new (MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ,
                                            "%s: cannot be read", path);

      tool_fail (tool, own, NULL);
      return NULL;
    }
  state = migdesc_state_new_from_json (migdesc_state_get_schema (before), text, (gssize) length,
                                       NULL, &error);
  if (state == NULL)
    {
      tool_fail_text (tool, error, path);
      tool_print_talk ("nothing was changed; what you wrote is kept in %s", path);
    }
  else
    g_unlink (path);
  return state;
}

static gboolean
edit_draft (Tool *tool, Edit *edit, guint device)
{
  g_autoptr (MigdescState) before = tool_stream_get_state (edit->stream, device);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_draft (before, &error);

  if (path != NULL && run_editor (path, &error))
    {
      edit->states[device] = read_draft (tool, before, path);
      return edit->states[device] != NULL;
    }
  if (path != NULL)
    g_unlink (path);
  tool_fail (tool, error, NULL);
  return FALSE;
}

/* --- The verb --------------------------------------------------------- */

static gboolean
is_changed (const Edit *edit, guint device)
{
  g_autoptr (MigdescState) before = tool_stream_get_state (edit->stream, device);

  return edit->states[device] != NULL && !migdesc_state_equal (before, edit->states[device]);
}

static char **
list_changed (const Edit *edit)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < count_devices (edit); i++)
    if (is_changed (edit, i))
      g_strv_builder_add (ids, migdesc_manifest_get_id (edit->stream->manifest, i));
  return g_strv_builder_end (ids);
}

static ToolStatus
write_edited (Tool *tool, const Edit *edit)
{
  g_auto (GStrv) changed = list_changed (edit);
  g_autoptr (MigdescStreamWriter) writer = NULL;
  ToolJson json;

  if (changed[0] != NULL || edit->output != NULL)
    {
      writer = tool_stream_new_writer (tool, edit->stream,
                                       migdesc_stream_reader_get_format (edit->stream->reader),
                                       edit->states);
      if (writer == NULL
          || !tool_stream_write (tool, writer,
                                 edit->output != NULL ? edit->output : edit->stream->name))
        return tool->status;
    }
  if (tool->json)
    {
      tool_json_init (&json);
      tool_json_add_bool (&json, "changed", changed[0] != NULL);
      tool_json_add_strv (&json, "devices", changed);
      tool_json_print (&json);
    }
  else if (changed[0] == NULL)
    tool_print_talk ("nothing was changed");
  return TOOL_YES;
}

static ToolStatus
edit_stream (Tool *tool, Edit *edit, char **settings, const char *id)
{
  guint device = 0;
  gboolean done;

  edit->states = g_new0 (MigdescState *, count_devices (edit) + 1);
  if (settings != NULL)
    done = set_all (tool, edit, settings);
  else
    done = tool_stream_choose (tool, edit->stream, id, &device)
           && edit_draft (tool, edit, device);
  if (done)
    write_edited (tool, edit);
  for (guint i = 0; i < count_devices (edit); i++)
    g_clear_pointer (&edit->states[i], migdesc_state_unref);
  g_free (edit->states);
  return tool->status;
}

ToolStatus
state_edit (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) schemas = NULL;
  g_auto (GStrv) settings = NULL;
  g_autofree char *output = NULL;
  const GOptionEntry entries[]
      = { { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings, "Change a value, without an editor",
            "DEVICE.PATH=VALUE" },
          { "output", 0, 0, G_OPTION_ARG_FILENAME, &output,
            "Write into this file, and leave STREAM as it is", "FILE" },
          STATE_SCHEMA_OPTION (&schemas),
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, 2);
  g_autoptr (ToolStream) stream = NULL;

  if (operands == NULL)
    return tool->status;
  if (settings != NULL && operands[1] != NULL)
    return tool_usage_error (tool, "too many operands: --set names the devices");
  if (g_str_equal (operands[0], "-") && (output == NULL || settings == NULL))
    return tool_usage_error (tool, "to edit the standard input needs --output and --set");
  if ((stream = tool_stream_read (tool, operands[0], schemas, TRUE)) == NULL)
    return tool->status;
  return edit_stream (tool, &(Edit){ .stream = stream, .output = output }, settings, operands[1]);
}
