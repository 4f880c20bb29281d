/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/stream/stream-reader-private.h"

#include <migdesc/migdesc-error.h>

#include "base/quote.h"

/**
 * MigdescStreamReader:
 *
 * Reads the states of devices from a stream. What is expected is said first; then bytes are fed, in
 * one of several ways.
 *
 * A reader belongs to one thread at a time.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescStreamReader, migdesc_stream_reader, G_TYPE_OBJECT)

static void
migdesc_stream_reader_init (MigdescStreamReader *reader)
{
  reader->expected = migdesc_stream_devices_new ();
  reader->trees = migdesc_stream_devices_new ();
  reader->types = g_ptr_array_new_with_free_func (g_object_unref);
  reader->pending = g_byte_array_new ();
  reader->schemas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  reader->made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
migdesc_stream_reader_finalize (GObject *object)
{
  MigdescStreamReader *reader = MIGDESC_STREAM_READER (object);

  if (reader->progress_destroy != NULL)
    reader->progress_destroy (reader->progress_data);
  migdesc_walk_clear (&reader->walk);
  g_clear_object (&reader->visitor);
  g_clear_object (&reader->last_visitor);
  g_clear_pointer (&reader->limits, migdesc_limits_free);
  g_clear_pointer (&reader->manifest, migdesc_manifest_unref);
  g_clear_pointer (&reader->last_manifest, migdesc_manifest_unref);
  g_clear_error (&reader->error);
  g_clear_pointer (&reader->named, g_hash_table_unref);
  g_hash_table_unref (reader->schemas);
  g_hash_table_unref (reader->made);
  g_byte_array_unref (reader->pending);
  g_ptr_array_unref (reader->expected);
  g_ptr_array_unref (reader->trees);
  g_ptr_array_unref (reader->types);
  G_OBJECT_CLASS (migdesc_stream_reader_parent_class)->finalize (object);
}

static void
migdesc_stream_reader_class_init (MigdescStreamReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_stream_reader_finalize;
}

/**
 * migdesc_stream_reader_new:
 * @format: (nullable): the name of a format, or %NULL to find it out from the data
 * @limits: (nullable): limits, or %NULL for the defaults
 * @error: return location for a #GError
 *
 * Makes a reader that expects nothing.
 *
 * A stream in JSON is a document, all of which is kept until it ends: the limits of documents hold
 * for it where they were set in @limits. Of those left alone only that of members does, and how
 * much is kept is the limit of the stream's size. Where states are read as trees, all of them may
 * take three times as much.
 *
 * Fails with %MIGDESC_ERROR_STATE_FORMAT when there is no such format, or it can only be written.
 *
 * Returns: (transfer full): a new reader, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStreamReader *
migdesc_stream_reader_new (const char *format,
                           const MigdescLimits *limits,
                           GError **error)
{
  const MigdescFormat *found = format == NULL ? NULL : migdesc_formats_find (format);
  MigdescStreamReader *reader;

  if (format != NULL && (found == NULL || found->load_type == NULL))
    {
      g_autofree char *quoted = migdesc_quote (format, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT,
                   "\"%s\" is not a format that can be read", quoted);
      return NULL;
    }
  reader = g_object_new (MIGDESC_TYPE_STREAM_READER, NULL);
  reader->is_made = TRUE;
  reader->format = found;
  reader->detects = found == NULL;
  reader->limits = limits == NULL ? migdesc_limits_new () : migdesc_limits_copy (limits);
  reader->size_limit = migdesc_limits_get (reader->limits, MIGDESC_LIMIT_STATE_SIZE);
  return reader;
}

/**
 * migdesc_stream_reader_set_progress:
 * @reader: a reader
 * @progress: (nullable) (scope notified) (closure user_data) (destroy destroy): a function, or
 *     %NULL for none
 * @user_data: what it is given
 * @destroy: (nullable): frees @user_data
 *
 * Sets who is told how many bytes have been read or fed. It is called by the thread that reads.
 *
 * Since: 1.0
 */
void
migdesc_stream_reader_set_progress (MigdescStreamReader *reader,
                                    MigdescProgressFunc progress,
                                    gpointer user_data,
                                    GDestroyNotify destroy)
{
  g_return_if_fail (MIGDESC_IS_STREAM_READER (reader));

  if (reader->progress_destroy != NULL)
    reader->progress_destroy (reader->progress_data);
  reader->progress = progress;
  reader->progress_data = user_data;
  reader->progress_destroy = destroy;
}

/**
 * migdesc_stream_reader_expect_struct: (skip)
 * @reader: a reader that was fed nothing
 * @id: which device it is
 * @params: (nullable): its configuration, or %NULL if it has none
 * @type: the type of its state
 * @data: a fresh struct, made by migdesc_state_type_init_struct(), or one that was loaded before;
 *     it has to stay until the stream is read
 * @error: return location for a #GError
 *
 * Says that a device is in the stream, and where its state goes. Once a device is expected, the
 * stream has to have exactly the devices that are.
 *
 * The stream's configuration of the device has to be @params; its state version has to be one that
 * @type has; and its schema the one that @type has for them. When reading fails, what is in @data
 * is part of a state, to be freed by migdesc_state_type_clear_struct().
 *
 * Fails with %MIGDESC_ERROR_STATE_CONFIG when the id cannot be one, or is taken.
 *
 * Returns: %FALSE, and an error, when the device is not expected now
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_expect_struct (MigdescStreamReader *reader,
                                     const char *id,
                                     MigdescParamList *params,
                                     MigdescStateType *type,
                                     gpointer data,
                                     GError **error)
{
  MigdescStreamDevice *device;

  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (reader->is_made && reader->fed == 0, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  device = migdesc_stream_device_add (reader->expected, id, params, error);
  if (device == NULL)
    return FALSE;
  device->type = g_object_ref (type);
  device->data = data;
  device->minimum = migdesc_state_type_get_minimum_version (type);
  device->newest = migdesc_state_type_get_version (type);
  return TRUE;
}

/**
 * migdesc_stream_reader_expect_visit:
 * @reader: a reader that was fed nothing
 * @id: which device it is
 * @params: (nullable): its configuration, or %NULL if it has none
 * @minimum_version: the oldest state version that @visit can read, from 1
 * @newest_version: the newest one
 * @visit: (scope notified) (closure user_data) (destroy destroy): visits the fields of the state;
 *     migdesc_stream_reader_get_state_version() tells it which version it reads
 * @state: (nullable) (skip): what @visit is given
 * @user_data: what @visit is given
 * @destroy: (nullable): frees @user_data
 * @error: return location for a #GError
 *
 * Says that a device is in the stream, and that a visit function takes its state. The function is
 * called once, when all of the state has been read.
 *
 * Fails with %MIGDESC_ERROR_STATE_CONFIG when the id cannot be one, or is taken; then @user_data is
 * not freed.
 *
 * Returns: %FALSE, and an error, when the device is not expected now
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_expect_visit (MigdescStreamReader *reader,
                                    const char *id,
                                    MigdescParamList *params,
                                    guint minimum_version,
                                    guint newest_version,
                                    MigdescVisitFunc visit,
                                    gpointer state,
                                    gpointer user_data,
                                    GDestroyNotify destroy,
                                    GError **error)
{
  MigdescStreamDevice *device;

  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (reader->is_made && reader->fed == 0, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (minimum_version > 0 && minimum_version <= newest_version, FALSE);
  g_return_val_if_fail (visit != NULL, FALSE);

  device = migdesc_stream_device_add (reader->expected, id, params, error);
  if (device == NULL)
    return FALSE;
  device->visit = visit;
  device->data = state;
  device->user_data = user_data;
  device->destroy = destroy;
  device->minimum = minimum_version;
  device->newest = newest_version;
  return TRUE;
}

/**
 * migdesc_stream_reader_is_finished:
 * @reader: a reader
 *
 * Asks whether the stream has been read to its end. Only then are the states complete.
 *
 * Returns: whether it has
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_is_finished (MigdescStreamReader *reader)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);

  return reader->stage == MIGDESC_READER_AT_END && reader->error == NULL;
}

/**
 * migdesc_stream_reader_restart:
 * @reader: a reader
 *
 * Goes back to the begin, as if nothing had been fed, with the same devices expected. What memory
 * the reader has it uses again: loading time and again costs no more of it.
 *
 * Since: 1.0
 */
void
migdesc_stream_reader_restart (MigdescStreamReader *reader)
{
  g_return_if_fail (MIGDESC_IS_STREAM_READER (reader));

  g_clear_error (&reader->error);
  migdesc_walk_clear (&reader->walk);
  if (reader->manifest != NULL)
    {
      g_clear_pointer (&reader->last_manifest, migdesc_manifest_unref);
      reader->last_manifest = g_steal_pointer (&reader->manifest);
    }
  g_clear_pointer (&reader->named, g_hash_table_unref);
  g_hash_table_remove_all (reader->schemas);
  g_hash_table_remove_all (reader->made);
  reader->n_fields = 0;
  g_ptr_array_set_size (reader->trees, 0);
  g_byte_array_set_size (reader->pending, 0);
  reader->fed = 0;
  reader->has_ended = FALSE;
  reader->stage = MIGDESC_READER_AT_EVENT;
  reader->n_done = 0;
  if (reader->detects)
    {
      reader->format = NULL;
      if (reader->visitor != NULL)
        {
          g_clear_object (&reader->last_visitor);
          reader->last_visitor = g_steal_pointer (&reader->visitor);
        }
    }
  if (reader->visitor != NULL)
    MIGDESC_STREAM_VISITOR_GET_CLASS (reader->visitor)->reset (reader->visitor);
}

void
migdesc_stream_reader_detach (MigdescStreamReader *reader)
{
  migdesc_walk_clear (&reader->walk);
  reader->target = NULL;
  g_ptr_array_set_size (reader->expected, 0);
  if (reader->stage != MIGDESC_READER_AT_END && reader->error == NULL)
    reader->error = g_error_new_literal (MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                                         "the load was given up: its set has gone on");
}

/**
 * migdesc_stream_reader_get_manifest:
 * @reader: a reader
 *
 * Asks what the stream holds. It is known long before the states are: after the first bytes.
 *
 * Returns: (transfer none) (nullable): the manifest, or %NULL while it has not been read
 *
 * Since: 1.0
 */
MigdescManifest *
migdesc_stream_reader_get_manifest (MigdescStreamReader *reader)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), NULL);

  return reader->manifest;
}

/**
 * migdesc_stream_reader_get_state_version:
 * @reader: a reader
 * @id: the id of a device
 *
 * Asks for the state version that a device of the stream is written in.
 *
 * Returns: the version, or 0 while the manifest has not been read, or when it has no such device
 *
 * Since: 1.0
 */
guint
migdesc_stream_reader_get_state_version (MigdescStreamReader *reader,
                                         const char *id)
{
  guint device;

  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), 0);
  g_return_val_if_fail (id != NULL, 0);

  if (reader->manifest == NULL || !migdesc_manifest_find (reader->manifest, id, &device))
    return 0;
  return migdesc_manifest_get_state_version (reader->manifest, device);
}

/**
 * migdesc_stream_reader_get_format:
 * @reader: a reader
 *
 * Asks for the format of the stream.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL while it has not been found out
 *
 * Since: 1.0
 */
const char *
migdesc_stream_reader_get_format (MigdescStreamReader *reader)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), NULL);

  return reader->format == NULL ? NULL : reader->format->name;
}
