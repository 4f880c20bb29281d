/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/transfer-private.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/bytes.h"
#include "state/stream/device-set-private.h"
#include "state/stream/stream-reader-private.h"

/**
 * MigdescTransfer:
 *
 * One save or load of a device set. For use by one thread at a time.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescTransfer, migdesc_transfer, G_TYPE_OBJECT)

static void
migdesc_transfer_init (MigdescTransfer *transfer G_GNUC_UNUSED)
{
}

/* The states of the devices are no more. */
static void
let_go (MigdescTransfer *transfer)
{
  if (transfer->reader != NULL)
    transfer->n_bytes = transfer->reader->fed;
  g_clear_object (&transfer->writer);
  g_clear_object (&transfer->reader);
  g_clear_pointer (&transfer->chunk, g_bytes_unref);
  if (transfer->set == NULL)
    return;
  migdesc_device_set_abort_load (transfer->set);
  transfer->set->is_in_transfer = FALSE;
  g_clear_object (&transfer->set);
}

static void
migdesc_transfer_finalize (GObject *object)
{
  MigdescTransfer *transfer = MIGDESC_TRANSFER (object);

  let_go (transfer);
  g_clear_error (&transfer->error);
  G_OBJECT_CLASS (migdesc_transfer_parent_class)->finalize (object);
}

static void
migdesc_transfer_class_init (MigdescTransferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_transfer_finalize;
}

/* NULL: the set is in one already. */
static MigdescTransfer *
transfer_new (MigdescDeviceSet *set,
              GError **error)
{
  MigdescTransfer *transfer;

  if (set->is_in_transfer)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                           "the device set is in another transfer");
      return NULL;
    }
  transfer = g_object_new (MIGDESC_TYPE_TRANSFER, NULL);
  transfer->set = g_object_ref (set);
  set->is_in_transfer = TRUE;
  return transfer;
}

static void
count (guint64 bytes,
       gpointer data)
{
  ((MigdescTransfer *) data)->n_bytes = bytes;
}

/**
 * migdesc_transfer_new_save:
 * @set: a device set
 * @format: (nullable): the name of a format, %NULL for the binary one
 * @embed_schemas: whether the stream is to explain itself to programs that know nothing of the
 *   devices
 * @error: return location for a #GError
 *
 * Captures the states of all devices, to be written by this transfer. What the devices do from then
 * on is not part of it; those without a capture function stand still until it is over.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT when the set is in another transfer, and as
 * migdesc_device_set_begin_save().
 *
 * Returns: (transfer full): a transfer, or %NULL on error
 *
 * Since: 1.0
 */
MigdescTransfer *
migdesc_transfer_new_save (MigdescDeviceSet *set,
                           const char *format,
                           gboolean embed_schemas,
                           GError **error)
{
  g_autoptr (MigdescTransfer) transfer = NULL;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), NULL);

  transfer = transfer_new (set, error);
  if (transfer == NULL)
    return NULL;
  transfer->writer = migdesc_device_set_begin_save (set, format, embed_schemas, error);
  if (transfer->writer == NULL)
    return NULL;
  migdesc_stream_writer_set_progress (transfer->writer, count, transfer, NULL);
  return g_steal_pointer (&transfer);
}

/**
 * migdesc_transfer_new_load:
 * @set: a device set
 * @limits: (nullable): limits, %NULL for the defaults
 * @error: return location for a #GError
 *
 * Begins a load: the stream is to be read by this transfer.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT when the set is in another transfer, and as
 * migdesc_device_set_begin_load().
 *
 * Returns: (transfer full): a transfer, or %NULL on error
 *
 * Since: 1.0
 */
MigdescTransfer *
migdesc_transfer_new_load (MigdescDeviceSet *set,
                           const MigdescLimits *limits,
                           GError **error)
{
  g_autoptr (MigdescTransfer) transfer = NULL;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), NULL);

  transfer = transfer_new (set, error);
  if (transfer == NULL)
    return NULL;
  transfer->reader = migdesc_device_set_begin_load (set, limits, error);
  return transfer->reader == NULL ? NULL : g_steal_pointer (&transfer);
}

/**
 * migdesc_transfer_is_load:
 * @transfer: a transfer
 *
 * Asks for the direction.
 *
 * Returns: whether it is a load, which has not been committed or aborted
 *
 * Since: 1.0
 */
gboolean
migdesc_transfer_is_load (MigdescTransfer *transfer)
{
  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), FALSE);

  return transfer->reader != NULL;
}

/**
 * migdesc_transfer_get_n_bytes:
 * @transfer: a transfer
 *
 * Asks how far it has come.
 *
 * Returns: bytes of the stream that were taken from the devices or brought to them
 *
 * Since: 1.0
 */
guint64
migdesc_transfer_get_n_bytes (MigdescTransfer *transfer)
{
  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), 0);

  return transfer->reader != NULL ? transfer->reader->fed : transfer->n_bytes;
}

gboolean
migdesc_transfer_fail (MigdescTransfer *transfer,
                       GError *taken,
                       GError **error)
{
  if (transfer->error == NULL)
    transfer->error = g_error_copy (taken);
  g_propagate_error (error, taken);
  return FALSE;
}

gboolean
migdesc_transfer_is_good (MigdescTransfer *transfer,
                          GError **error)
{
  if (transfer->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (transfer->error));
  return FALSE;
}

gboolean
migdesc_transfer_fill (MigdescTransfer *transfer,
                       GError **error)
{
  GError *taken = NULL;

  if (!migdesc_transfer_is_good (transfer, error))
    return FALSE;
  if (transfer->chunk != NULL || transfer->is_done)
    return TRUE;
  transfer->chunk = migdesc_stream_writer_next_chunk (transfer->writer, &taken);
  transfer->used = 0;
  if (taken != NULL)
    return migdesc_transfer_fail (transfer, taken, error);
  transfer->is_done = transfer->chunk == NULL;
  return TRUE;
}

void
migdesc_transfer_use (MigdescTransfer *transfer,
                      gsize n)
{
  transfer->used += n;
  if (transfer->used == g_bytes_get_size (transfer->chunk))
    g_clear_pointer (&transfer->chunk, g_bytes_unref);
}

/**
 * migdesc_transfer_get_pending:
 * @transfer: a save
 * @error: return location for a #GError
 *
 * Asks how many bytes can be read at once, as libvfio-user's `get_pending_bytes` does. More may
 * follow them.
 *
 * Fails as migdesc_stream_writer_next_chunk() does.
 *
 * Returns: at least one byte, 0 when all has been read, -1 on error
 *
 * Since: 1.0
 */
gssize
migdesc_transfer_get_pending (MigdescTransfer *transfer,
                              GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), -1);
  g_return_val_if_fail (transfer->writer != NULL, -1);

  if (!migdesc_transfer_fill (transfer, error))
    return -1;
  return transfer->chunk == NULL ? 0
                                 : (gssize) (g_bytes_get_size (transfer->chunk) - transfer->used);
}

/**
 * migdesc_transfer_read: (skip)
 * @transfer: a save
 * @data: where to put the bytes
 * @length: how many there is room for
 * @error: return location for a #GError
 *
 * Takes the next bytes of the stream, as libvfio-user's `read_data` does.
 *
 * Fails as migdesc_stream_writer_next_chunk() does.
 *
 * Returns: how many bytes were put, less than @length only at the end; -1 on error
 *
 * Since: 1.0
 */
gssize
migdesc_transfer_read (MigdescTransfer *transfer,
                       guint8 *data,
                       gsize length,
                       GError **error)
{
  gsize done = 0;

  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), -1);
  g_return_val_if_fail (transfer->writer != NULL, -1);
  g_return_val_if_fail (data != NULL || length == 0, -1);

  length = MIN (length, G_MAXSSIZE);
  while (done < length)
    {
      const guint8 *bytes;
      gsize n;

      if (!migdesc_transfer_fill (transfer, error))
        return -1;
      if (transfer->chunk == NULL)
        break;
      bytes = migdesc_bytes_peek (transfer->chunk, &n);
      n = MIN (n - transfer->used, length - done);
      memcpy (data + done, bytes + transfer->used, n);
      migdesc_transfer_use (transfer, n);
      done += n;
    }
  return (gssize) done;
}

/**
 * migdesc_transfer_read_bytes: (rename-to migdesc_transfer_read)
 * @transfer: a save
 * @most: at most so many bytes, from 1
 * @error: return location for a #GError
 *
 * Takes the next bytes of the stream: some of them, without waiting for more than there are at
 * once.
 *
 * Fails as migdesc_stream_writer_next_chunk() does.
 *
 * Returns: (transfer full): the bytes, none at the end; %NULL on error
 *
 * Since: 1.0
 */
GBytes *
migdesc_transfer_read_bytes (MigdescTransfer *transfer,
                             gsize most,
                             GError **error)
{
  GBytes *bytes;
  gsize n;

  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), NULL);
  g_return_val_if_fail (transfer->writer != NULL, NULL);
  g_return_val_if_fail (most > 0, NULL);

  if (!migdesc_transfer_fill (transfer, error))
    return NULL;
  if (transfer->chunk == NULL)
    return g_bytes_new (NULL, 0);
  n = MIN (g_bytes_get_size (transfer->chunk) - transfer->used, most);
  bytes = g_bytes_new_from_bytes (transfer->chunk, transfer->used, n);
  migdesc_transfer_use (transfer, n);
  return bytes;
}

/**
 * migdesc_transfer_write:
 * @transfer: a load
 * @data: (array length=length): the next bytes of the stream
 * @length: how many
 * @error: return location for a #GError
 *
 * Brings the next bytes of the stream, as libvfio-user's `write_data` does. Any number will do.
 *
 * Fails as migdesc_stream_reader_feed() does.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_transfer_write (MigdescTransfer *transfer,
                        const guint8 *data,
                        gsize length,
                        GError **error)
{
  GError *taken = NULL;

  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), FALSE);
  g_return_val_if_fail (transfer->reader != NULL, FALSE);
  g_return_val_if_fail (!transfer->is_checked, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  if (!migdesc_transfer_is_good (transfer, error))
    return FALSE;
  return length == 0 || migdesc_stream_reader_feed (transfer->reader, data, length, &taken)
         || migdesc_transfer_fail (transfer, taken, error);
}

static gboolean
check_save (MigdescTransfer *transfer,
            GError **error)
{
  if (transfer->is_done
      || (transfer->chunk == NULL && migdesc_stream_writer_is_finished (transfer->writer)))
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED,
               "the state has not been taken to its end: %" G_GUINT64_FORMAT " bytes so far",
               transfer->n_bytes);
  return FALSE;
}

/**
 * migdesc_transfer_check:
 * @transfer: a transfer
 * @error: return location for a #GError
 *
 * Checks what has been done, as vhost-user's CHECK_DEVICE_STATE wants it: whether a save was taken
 * to its end; whether a load has the whole state, it is good, and all devices are prepared to take
 * it. The devices have not changed yet.
 *
 * Fails with %MIGDESC_ERROR_STATE_TRUNCATED when there is more, with %MIGDESC_ERROR_REFUSED when a
 * device refuses its state, with what made the transfer fail before, and as
 * migdesc_stream_reader_finish() does.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_transfer_check (MigdescTransfer *transfer,
                        GError **error)
{
  GError *taken = NULL;

  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), FALSE);
  g_return_val_if_fail (transfer->set != NULL, FALSE);

  if (!migdesc_transfer_is_good (transfer, error))
    return FALSE;
  if (transfer->writer != NULL)
    return check_save (transfer, error);
  if (!transfer->is_checked
      && !migdesc_device_set_prepare_load (transfer->set, transfer->reader, &taken))
    return migdesc_transfer_fail (transfer, taken, error);
  transfer->is_checked = TRUE;
  return TRUE;
}

/**
 * migdesc_transfer_commit:
 * @transfer: a transfer that was checked
 *
 * Has the devices of a load take their states; this cannot fail. Of a save nothing is kept any
 * more. The transfer is over, and the device set free for another.
 *
 * Since: 1.0
 */
void
migdesc_transfer_commit (MigdescTransfer *transfer)
{
  g_return_if_fail (MIGDESC_IS_TRANSFER (transfer));
  g_return_if_fail (transfer->writer != NULL || transfer->is_checked);

  if (transfer->reader != NULL)
    migdesc_device_set_commit_load (transfer->set);
  let_go (transfer);
}

/**
 * migdesc_transfer_abort:
 * @transfer: a transfer
 *
 * Gives the transfer up: the devices go on as they are. The device set is free for another.
 *
 * Since: 1.0
 */
void
migdesc_transfer_abort (MigdescTransfer *transfer)
{
  g_return_if_fail (MIGDESC_IS_TRANSFER (transfer));

  let_go (transfer);
}
