/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <sys/stat.h>

#include <migdesc/migdesc-error.h>

#include "state/stream/stream-io.h"
#include "state/stream/stream-reader-private.h"

/* Reading from where bytes come by themselves: never more than belongs to the stream, where the
 * format says how much that is. */

/* -1 and an error; 0 at the end */
typedef gssize (*ReadFunc) (gpointer source,
                            guint8 *data,
                            gsize length,
                            GCancellable *cancellable,
                            GError **error);

static gboolean
fail_for_good (MigdescStreamReader *reader,
               GError *taken,
               GError **error)
{
  if (reader->error == NULL)
    reader->error = g_error_copy (taken);
  g_propagate_error (error, taken);
  return FALSE;
}

static gboolean
read_all (MigdescStreamReader *reader,
          ReadFunc read,
          gpointer source,
          GCancellable *cancellable,
          GError **error)
{
  gsize wanted;

  if (reader->error != NULL)
    return migdesc_stream_reader_finish (reader, error);
  while ((wanted = migdesc_stream_reader_get_wanted (reader)) > 0)
    {
      guint8 *data = migdesc_stream_reader_reserve (reader, wanted);
      GError *taken = NULL;
      gssize n = read (source, data, wanted, cancellable, &taken);

      migdesc_stream_reader_keep (reader, n);
      if (n < 0)
        return fail_for_good (reader, taken, error);
      if (!migdesc_stream_reader_commit (reader, (gsize) n, error))
        return FALSE;
    }
  return TRUE;
}

static gssize
read_fd (gpointer source,
         guint8 *data,
         gsize length,
         GCancellable *cancellable,
         GError **error)
{
  return migdesc_fd_read (GPOINTER_TO_INT (source), data, length, cancellable, error);
}

/* A file holds one stream; a socket may go on with something else. */
static gboolean
check_file_end (MigdescStreamReader *reader,
                int fd,
                GError **error)
{
  struct stat status;
  guint8 byte;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)
      || migdesc_fd_read (fd, &byte, 1, NULL, NULL) <= 0)
    return TRUE;
  return migdesc_stream_reader_feed (reader, &byte, 1, error);
}

/**
 * migdesc_stream_reader_read_fd:
 * @reader: a reader
 * @fd: a file descriptor, blocking or not
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Reads a stream from a file descriptor, and nothing that follows it, if the format marks its end:
 * the binary format does. In a file nothing may follow.
 *
 * Errors are those of migdesc_stream_reader_feed() and migdesc_stream_reader_finish(),
 * %MIGDESC_ERROR_CANNOT_READ and %MIGDESC_ERROR_CANCELLED.
 *
 * Returns: %FALSE, and an error, when the stream cannot be loaded
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_read_fd (MigdescStreamReader *reader,
                               int fd,
                               GCancellable *cancellable,
                               GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (reader->is_made, FALSE);
  g_return_val_if_fail (fd >= 0, FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  return read_all (reader, read_fd, GINT_TO_POINTER (fd), cancellable, error)
         && check_file_end (reader, fd, error);
}

static gssize
read_stream (gpointer source,
             guint8 *data,
             gsize length,
             GCancellable *cancellable,
             GError **error)
{
  GError *taken = NULL;
  gssize n = -1;

  /* a stream in memory does not look at it */
  if (!g_cancellable_set_error_if_cancelled (cancellable, &taken))
    n = g_input_stream_read (source, data, length, cancellable, &taken);
  if (n < 0)
    migdesc_io_take_error (taken, MIGDESC_ERROR_CANNOT_READ, "the stream cannot be read", error);
  return n;
}

/**
 * migdesc_stream_reader_read_stream:
 * @reader: a reader
 * @stream: where to read; it is not closed
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Reads a stream from a #GInputStream, and nothing that follows it, if the format marks its end:
 * the binary format does. Errors are those of migdesc_stream_reader_read_fd().
 *
 * Returns: %FALSE, and an error, when the stream cannot be loaded
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_read_stream (MigdescStreamReader *reader,
                                   GInputStream *stream,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (reader->is_made, FALSE);
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  return read_all (reader, read_stream, stream, cancellable, error);
}

static void
run_read (GTask *task,
          gpointer source,
          gpointer stream,
          GCancellable *cancellable)
{
  GError *error = NULL;

  if (migdesc_stream_reader_read_stream (source, stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * migdesc_stream_reader_read_stream_async:
 * @reader: a reader, which must not be used until the end
 * @stream: where to read; it is not closed
 * @io_priority: the priority of the request
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async) (closure user_data): called when all is done
 * @user_data: what @callback is given
 *
 * Reads a stream in a thread. That thread fills the structs, and calls visit functions.
 *
 * Since: 1.0
 */
void
migdesc_stream_reader_read_stream_async (MigdescStreamReader *reader,
                                         GInputStream *stream,
                                         int io_priority,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (MIGDESC_IS_STREAM_READER (reader));
  g_return_if_fail (reader->is_made);
  g_return_if_fail (G_IS_INPUT_STREAM (stream));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (reader, cancellable, callback, user_data);
  g_task_set_source_tag (task, migdesc_stream_reader_read_stream_async);
  g_task_set_priority (task, io_priority);
  g_task_set_check_cancellable (task, FALSE); /* the error is ours */
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  g_task_run_in_thread (task, run_read);
}

/**
 * migdesc_stream_reader_read_stream_finish:
 * @reader: a reader
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends migdesc_stream_reader_read_stream_async(), with its errors.
 *
 * Returns: %FALSE, and an error, when the stream cannot be loaded
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_read_stream_finish (MigdescStreamReader *reader,
                                          GAsyncResult *result,
                                          GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, reader), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
