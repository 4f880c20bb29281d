/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include <migdesc/migdesc-error.h>

#include "base/bytes.h"
#include "host/transfer-private.h"
#include "state/stream/stream-io.h"
#include "state/stream/stream-reader-private.h"

/* A transfer through a file descriptor: to the end at once, or as far as it goes without waiting.
 */

/* What it means that nothing could be read or written, by errno. */
static MigdescTransferStep
stop (MigdescTransfer *transfer,
      int number,
      GError **error)
{
  gboolean is_load = transfer->reader != NULL;
  GError *taken;

  if (number == EAGAIN)
    return MIGDESC_TRANSFER_MORE;
  taken = g_error_new (MIGDESC_ERROR,
                       is_load ? (int) MIGDESC_ERROR_CANNOT_READ
                               : (int) MIGDESC_ERROR_CANNOT_WRITE,
                       "the stream cannot be %s: %s", is_load ? "read" : "written",
                       g_strerror (number));
  migdesc_transfer_fail (transfer, taken, error);
  return MIGDESC_TRANSFER_FAILED;
}

/* Any read that is no error: 0 at the end, -1 and errno. */
static gssize
read_some (int fd,
           guint8 *data,
           gsize length)
{
  gssize n;

  do
    n = read (fd, data, length);
  while (n < 0 && errno == EINTR);
  return n;
}

/* A peer that has gone is an error, not a signal, where that can be. */
static gssize
write_some (int fd,
            const guint8 *data,
            gsize length)
{
  gssize n;

  do
    {
      n = send (fd, data, length, MSG_NOSIGNAL);
      if (n < 0 && errno == ENOTSOCK)
        n = write (fd, data, length);
    }
  while (n < 0 && errno == EINTR);
  return n;
}

static MigdescTransferStep
step_save (MigdescTransfer *transfer,
           int fd,
           GError **error)
{
  while (migdesc_transfer_fill (transfer, error))
    {
      const guint8 *data;
      gsize length;
      gssize n;

      if (transfer->chunk == NULL)
        return MIGDESC_TRANSFER_DONE;
      data = migdesc_bytes_peek (transfer->chunk, &length);
      n = write_some (fd, data + transfer->used, length - transfer->used);
      if (n < 0)
        return stop (transfer, errno, error);
      migdesc_transfer_use (transfer, (gsize) n);
    }
  return MIGDESC_TRANSFER_FAILED;
}

/* Behind the stream nothing may come but the end. */
static MigdescTransferStep
look_for_end (MigdescTransfer *transfer,
              int fd,
              GError **error)
{
  guint8 byte;
  gssize n = read_some (fd, &byte, 1);

  if (n < 0)
    return stop (transfer, errno, error);
  if (n > 0 && !migdesc_transfer_write (transfer, &byte, 1, error))
    return MIGDESC_TRANSFER_FAILED;
  transfer->is_done = TRUE;
  return MIGDESC_TRANSFER_DONE;
}

static MigdescTransferStep
step_load (MigdescTransfer *transfer,
           int fd,
           GError **error)
{
  MigdescStreamReader *reader = transfer->reader;
  gsize wanted;

  while ((wanted = migdesc_stream_reader_get_wanted (reader)) > 0)
    {
      guint8 *data = migdesc_stream_reader_reserve (reader, wanted);
      GError *taken = NULL;
      gssize n = read_some (fd, data, wanted);
      int number = errno;

      migdesc_stream_reader_keep (reader, n);
      if (n < 0)
        return stop (transfer, number, error);
      if (!migdesc_stream_reader_commit (reader, (gsize) n, &taken))
        {
          migdesc_transfer_fail (transfer, taken, error);
          return MIGDESC_TRANSFER_FAILED;
        }
    }
  return look_for_end (transfer, fd, error);
}

/**
 * migdesc_transfer_step_fd:
 * @transfer: a transfer
 * @fd: a file descriptor, such as a socket or a pipe; for a program with a loop of its own, one
 *   that does not block
 * @error: return location for a #GError
 *
 * Writes or reads as much as can be without waiting. With %MIGDESC_TRANSFER_MORE it is to be called
 * again when the descriptor can be written, or read. A load is done at the end of the file, and
 * nothing may come between the stream and that.
 *
 * The descriptor stays open. That the other side has gone is an error; where @fd is a pipe the
 * program has to ignore SIGPIPE.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_READ or %MIGDESC_ERROR_CANNOT_WRITE, and as
 * migdesc_stream_writer_next_chunk() and migdesc_stream_reader_feed() do.
 *
 * Returns: how far it has come
 *
 * Since: 1.0
 */
MigdescTransferStep
migdesc_transfer_step_fd (MigdescTransfer *transfer,
                          int fd,
                          GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), MIGDESC_TRANSFER_FAILED);
  g_return_val_if_fail (transfer->set != NULL, MIGDESC_TRANSFER_FAILED);
  g_return_val_if_fail (!transfer->is_checked, MIGDESC_TRANSFER_FAILED);
  g_return_val_if_fail (fd >= 0, MIGDESC_TRANSFER_FAILED);

  if (!migdesc_transfer_is_good (transfer, error))
    return MIGDESC_TRANSFER_FAILED;
  if (transfer->is_done)
    return MIGDESC_TRANSFER_DONE;
  return transfer->writer != NULL ? step_save (transfer, fd, error)
                                  : step_load (transfer, fd, error);
}

/* What a step before has taken from the writer goes first. */
static gboolean
write_all (MigdescTransfer *transfer,
           int fd,
           GCancellable *cancellable,
           GError **error)
{
  GOutputVector rest = { 0 };

  if (transfer->chunk != NULL)
    {
      rest.buffer = migdesc_bytes_peek (transfer->chunk, &rest.size);
      rest.buffer = (const guint8 *) rest.buffer + transfer->used;
      rest.size -= transfer->used;
      if (!migdesc_fd_write_all (fd, &rest, 1, cancellable, error))
        return FALSE;
      g_clear_pointer (&transfer->chunk, g_bytes_unref);
    }
  return migdesc_stream_writer_write_fd (transfer->writer, fd, cancellable, error);
}

static gboolean
read_all (MigdescTransfer *transfer,
          int fd,
          GCancellable *cancellable,
          GError **error)
{
  guint8 byte;
  gssize n;

  if (!migdesc_stream_reader_read_fd (transfer->reader, fd, cancellable, error))
    return FALSE;
  n = migdesc_fd_read (fd, &byte, 1, cancellable, error);
  return n == 0 || (n > 0 && migdesc_stream_reader_feed (transfer->reader, &byte, 1, error));
}

/**
 * migdesc_transfer_run_fd:
 * @transfer: a transfer
 * @fd: a file descriptor, such as a socket or a pipe, blocking or not
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Writes or reads all, and waits for it: what vhost-user's SET_DEVICE_STATE_FD asks for. A load is
 * done at the end of the file, and nothing may come between the stream and that.
 *
 * The descriptor stays open: after a save the program closes it, or shuts it down for writing, so
 * that the other side sees the end. That the other side has gone is an error; where @fd is a pipe
 * the program has to ignore SIGPIPE.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_READ, %MIGDESC_ERROR_CANNOT_WRITE or %MIGDESC_ERROR_CANCELLED,
 * and as migdesc_stream_writer_next_chunk() and migdesc_stream_reader_feed() do.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_transfer_run_fd (MigdescTransfer *transfer,
                         int fd,
                         GCancellable *cancellable,
                         GError **error)
{
  GError *taken = NULL;

  g_return_val_if_fail (MIGDESC_IS_TRANSFER (transfer), FALSE);
  g_return_val_if_fail (transfer->set != NULL, FALSE);
  g_return_val_if_fail (!transfer->is_checked, FALSE);
  g_return_val_if_fail (fd >= 0, FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  if (!migdesc_transfer_is_good (transfer, error))
    return FALSE;
  if (transfer->is_done)
    return TRUE;
  transfer->is_done = transfer->writer != NULL ? write_all (transfer, fd, cancellable, &taken)
                                               : read_all (transfer, fd, cancellable, &taken);
  return transfer->is_done || migdesc_transfer_fail (transfer, taken, error);
}
