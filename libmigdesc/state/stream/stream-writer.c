/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/stream/stream-writer-private.h"

#include <migdesc/migdesc-error.h>

#include "state/stream/stream-old.h"
#include "state/transform/bind.h"

#include "base/quote.h"

/**
 * MigdescStreamWriter:
 *
 * Writes the states of devices into a stream. Devices are added first; then bytes are taken, in one
 * of several ways.
 *
 * A writer belongs to one thread at a time.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescStreamWriter, migdesc_stream_writer, G_TYPE_OBJECT)

static void
migdesc_stream_writer_init (MigdescStreamWriter *writer)
{
  writer->devices = migdesc_stream_devices_new ();
}

static void
migdesc_stream_writer_finalize (GObject *object)
{
  MigdescStreamWriter *writer = MIGDESC_STREAM_WRITER (object);

  if (writer->progress_destroy != NULL)
    writer->progress_destroy (writer->progress_data);
  migdesc_walk_clear (&writer->walk);
  g_clear_object (&writer->visitor);
  g_clear_pointer (&writer->manifest, migdesc_manifest_unref);
  g_clear_error (&writer->error);
  g_ptr_array_unref (writer->devices);
  G_OBJECT_CLASS (migdesc_stream_writer_parent_class)->finalize (object);
}

static void
migdesc_stream_writer_class_init (MigdescStreamWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_stream_writer_finalize;
}

/* A program's own states are no danger to it; how large they get its types say. */
static void
lift_limits (MigdescStreamVisitor *visitor)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_DEPTH, MIGDESC_STATE_DEPTH_MAX);
  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_ELEMENTS, G_MAXINT32);
  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_BUFFER, G_MAXINT32);
  migdesc_stream_visitor_set_limits (visitor, limits);
}

/**
 * migdesc_stream_writer_new:
 * @format: (nullable): the name of a format, or %NULL for `binary`
 * @error: return location for a #GError
 *
 * Makes a writer without devices.
 *
 * Fails with %MIGDESC_ERROR_STATE_FORMAT when there is no such format, or it can only be read.
 *
 * Returns: (transfer full): a new writer, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStreamWriter *
migdesc_stream_writer_new (const char *format,
                           GError **error)
{
  const MigdescFormat *found = migdesc_formats_find (format == NULL ? "binary" : format);
  MigdescStreamWriter *writer;

  if (found == NULL || found->save_type == NULL)
    {
      g_autofree char *quoted = migdesc_quote (format, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT,
                   "\"%s\" is not a format that can be written", quoted);
      return NULL;
    }
  writer = g_object_new (MIGDESC_TYPE_STREAM_WRITER, NULL);
  writer->format = found;
  writer->visitor = g_object_new (found->save_type (), "mode", MIGDESC_VISITOR_SAVE, NULL);
  lift_limits (writer->visitor);
  return writer;
}

/* Of one that was made by g_object_new(). */
static gboolean
has_format (const MigdescStreamWriter *writer)
{
  return writer->format != NULL;
}

/**
 * migdesc_stream_writer_set_embed_schemas:
 * @writer: a writer that has not begun
 * @embed: whether to put the schemas of all states into the stream
 *
 * Makes a stream that can be shown, compared and converted without the code of its devices, as
 * files should be. A stream between two processes of the same device has no need of it. The default
 * is %FALSE.
 *
 * Since: 1.0
 */
void
migdesc_stream_writer_set_embed_schemas (MigdescStreamWriter *writer,
                                         gboolean embed)
{
  g_return_if_fail (MIGDESC_IS_STREAM_WRITER (writer));
  g_return_if_fail (writer->stage == MIGDESC_WRITER_AT_BEGIN);

  writer->embed_schemas = embed;
}

/**
 * migdesc_stream_writer_set_progress:
 * @writer: a writer
 * @progress: (nullable) (scope notified) (closure user_data) (destroy destroy): a function, or
 *     %NULL for none
 * @user_data: what it is given
 * @destroy: (nullable): frees @user_data
 *
 * Sets who is told how many bytes have been written or handed out. It is called by the thread
 * that writes, every 128 KiB or so.
 *
 * Since: 1.0
 */
void
migdesc_stream_writer_set_progress (MigdescStreamWriter *writer,
                                    MigdescProgressFunc progress,
                                    gpointer user_data,
                                    GDestroyNotify destroy)
{
  g_return_if_fail (MIGDESC_IS_STREAM_WRITER (writer));

  if (writer->progress_destroy != NULL)
    writer->progress_destroy (writer->progress_data);
  writer->progress = progress;
  writer->progress_data = user_data;
  writer->progress_destroy = destroy;
}

static MigdescStreamDevice *
add_device (MigdescStreamWriter *writer,
            const char *id,
            MigdescParamList *params,
            GError **error)
{
  g_clear_pointer (&writer->manifest, migdesc_manifest_unref);
  return migdesc_stream_device_add (writer->devices, id, params, error);
}

gboolean
migdesc_stream_writer_take_back (MigdescStreamWriter *writer,
                                 const char *id,
                                 GError **error)
{
  migdesc_stream_device_prefix (id, error);
  g_ptr_array_set_size (writer->devices, (int) writer->devices->len - 1);
  return FALSE;
}

/* The state is changed here and now, so that the struct may change afterwards. */
static gboolean
add_old (MigdescStreamWriter *writer,
         const char *id,
         MigdescParamList *params,
         MigdescStateType *type,
         guint state_version,
         gconstpointer data,
         GError **error)
{
  g_autoptr (MigdescState) state
      = migdesc_state_type_save_old (type, state_version, params, data, error);

  if (state == NULL)
    return migdesc_stream_device_prefix (id, error);
  return migdesc_stream_writer_add_state (writer, id, params, state, error);
}

MigdescStreamDevice *
migdesc_stream_writer_add_typed (MigdescStreamWriter *writer,
                                 const char *id,
                                 MigdescParamList *params,
                                 MigdescStateType *type,
                                 guint state_version,
                                 GError **error)
{
  MigdescStreamDevice *device;

  g_return_val_if_fail (has_format (writer), NULL);
  g_return_val_if_fail (writer->stage == MIGDESC_WRITER_AT_BEGIN, NULL);

  device = add_device (writer, id, params, error);
  if (device == NULL)
    return NULL;
  device->type = g_object_ref (type);
  if (state_version == 0)
    state_version = migdesc_state_type_get_version (type);
  if (migdesc_stream_device_set_version (device, state_version, error))
    return device;
  migdesc_stream_writer_take_back (writer, id, error);
  return NULL;
}

/**
 * migdesc_stream_writer_add_struct: (skip)
 * @writer: a writer that has not begun
 * @id: which device it is: 1 to 255 bytes, of which none is a control character
 * @params: (nullable): its configuration, or %NULL if it has none
 * @type: the type of its state
 * @state_version: the version to write, or 0 for the newest
 * @data: its state; it has to stay as it is until the stream is written
 * @error: return location for a #GError
 *
 * Adds a device by a struct.
 *
 * Fails with %MIGDESC_ERROR_STATE_TOO_NEW and %MIGDESC_ERROR_STATE_TOO_OLD when @type does not have
 * the version, and with %MIGDESC_ERROR_STATE_CONFIG when the id is taken or the configuration does
 * not fit the type. Values are checked while they are written.
 *
 * Returns: %FALSE, and an error, when the device was not added
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_add_struct (MigdescStreamWriter *writer,
                                  const char *id,
                                  MigdescParamList *params,
                                  MigdescStateType *type,
                                  guint state_version,
                                  gconstpointer data,
                                  GError **error)
{
  MigdescStreamDevice *device;

  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  if (state_version != 0 && migdesc_state_type_is_old (type, state_version))
    return add_old (writer, id, params, type, state_version, data, error);

  device = migdesc_stream_writer_add_typed (writer, id, params, type, state_version, error);
  if (device == NULL)
    return FALSE;
  device->data = (gpointer) data; /* only read, for the visitor is saving */
  return TRUE;
}

/**
 * migdesc_stream_writer_add_visit:
 * @writer: a writer that has not begun
 * @id: which device it is: 1 to 255 bytes, of which none is a control character
 * @params: (nullable): its configuration, or %NULL if it has none
 * @state_version: the version that will be written, from 1
 * @visit: (scope notified) (closure user_data) (destroy destroy): visits the fields of the state
 * @state: (nullable) (skip): what @visit is given
 * @user_data: what @visit is given
 * @destroy: (nullable): frees @user_data
 * @error: return location for a #GError
 *
 * Adds a device by a visit function. Its state has no schema. All that it writes is kept in memory
 * until it returns.
 *
 * Fails with %MIGDESC_ERROR_STATE_CONFIG when the id cannot be one, or is taken; then @user_data is
 * not freed.
 *
 * Returns: %FALSE, and an error, when the device was not added
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_add_visit (MigdescStreamWriter *writer,
                                 const char *id,
                                 MigdescParamList *params,
                                 guint state_version,
                                 MigdescVisitFunc visit,
                                 gpointer state,
                                 gpointer user_data,
                                 GDestroyNotify destroy,
                                 GError **error)
{
  MigdescStreamDevice *device;

  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (has_format (writer), FALSE);
  g_return_val_if_fail (writer->stage == MIGDESC_WRITER_AT_BEGIN, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (state_version > 0, FALSE);
  g_return_val_if_fail (visit != NULL, FALSE);

  device = add_device (writer, id, params, error);
  if (device == NULL)
    return FALSE;
  device->visit = visit;
  device->data = state;
  device->user_data = user_data;
  device->destroy = destroy;
  device->minimum = device->newest = device->version = state_version;
  return TRUE;
}

/**
 * migdesc_stream_writer_is_finished:
 * @writer: a writer
 *
 * Asks whether all of the stream has been taken.
 *
 * Returns: whether nothing follows
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_is_finished (MigdescStreamWriter *writer)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);

  return writer->stage == MIGDESC_WRITER_AT_END && writer->visitor->output->len == 0;
}

void
migdesc_stream_writer_detach (MigdescStreamWriter *writer)
{
  if (!migdesc_stream_writer_is_finished (writer))
    {
      g_clear_error (&writer->error);
      writer->error = g_error_new_literal (MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                                           "the save was given up: its set has gone on");
      writer->stage = MIGDESC_WRITER_FAILED;
      MIGDESC_STREAM_VISITOR_GET_CLASS (writer->visitor)->reset (writer->visitor);
    }
  migdesc_walk_clear (&writer->walk);
  g_ptr_array_set_size (writer->devices, 0);
  g_clear_pointer (&writer->manifest, migdesc_manifest_unref);
}

/**
 * migdesc_stream_writer_restart:
 * @writer: a writer
 *
 * Goes back to the begin, as if nothing had been written, with the same devices. What memory the
 * writer has it uses again: saving time and again costs no more of it.
 *
 * Since: 1.0
 */
void
migdesc_stream_writer_restart (MigdescStreamWriter *writer)
{
  g_return_if_fail (MIGDESC_IS_STREAM_WRITER (writer));
  g_return_if_fail (has_format (writer));

  g_clear_error (&writer->error);
  writer->stage = MIGDESC_WRITER_AT_BEGIN;
  writer->n_done = 0;
  MIGDESC_STREAM_VISITOR_GET_CLASS (writer->visitor)->reset (writer->visitor);
}
