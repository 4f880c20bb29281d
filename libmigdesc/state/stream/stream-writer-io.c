/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/stream/stream-io.h"
#include "state/stream/stream-writer-private.h"

/* The ways to take a stream. */

/* The array itself stays: formats may keep it in mind. */
static GBytes *
take_output (MigdescStreamWriter *writer)
{
  MigdescStreamVisitor *visitor = writer->visitor;
  gsize taken = migdesc_stream_visitor_get_n_output (visitor);
  gsize length;
  guint8 *data;

  migdesc_stream_visitor_take_loan (visitor);
  data = g_byte_array_steal (visitor->output, &length);
  migdesc_stream_writer_taken (writer, taken);
  return g_bytes_new_take (data, length);
}

/**
 * migdesc_stream_writer_next_chunk:
 * @writer: a writer
 * @error: return location for a #GError
 *
 * Gives the next bytes of the stream: as many as are at hand, 64 to 256 KiB of a large one. What
 * visits a state by a function comes in one piece.
 *
 * Fails when a state cannot be written, with the path of the field. The bytes up to there can still
 * be taken: they end in a record that tells the reader why there is no more.
 *
 * Returns: (transfer full) (nullable): the next bytes, or %NULL, at the end without an error
 *
 * Since: 1.0
 */
GBytes *
migdesc_stream_writer_next_chunk (MigdescStreamWriter *writer,
                                  GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), NULL);
  g_return_val_if_fail (writer->format != NULL, NULL);

  if (writer->stage == MIGDESC_WRITER_FAILED && writer->visitor->output->len > 0)
    return take_output (writer);
  if (!migdesc_stream_writer_go (writer, error))
    return NULL;
  return writer->visitor->output->len == 0 ? NULL : take_output (writer);
}

/**
 * migdesc_stream_writer_to_bytes:
 * @writer: a writer
 * @error: return location for a #GError
 *
 * Gives all of the stream, or all that has not been taken.
 *
 * Fails when a state cannot be written, with the path of the field.
 *
 * Returns: (transfer full): the bytes, or %NULL on error
 *
 * Since: 1.0
 */
GBytes *
migdesc_stream_writer_to_bytes (MigdescStreamWriter *writer,
                                GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), NULL);
  g_return_val_if_fail (writer->format != NULL, NULL);

  do
    {
      if (!migdesc_stream_writer_go (writer, error))
        return NULL;
      migdesc_stream_visitor_take_loan (writer->visitor);
      if (writer->visitor->output->len > G_MAXINT32)
        {
          g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                       "more than %d bytes at once: take them in chunks", G_MAXINT32);
          return NULL;
        }
    }
  while (writer->stage != MIGDESC_WRITER_AT_END);
  return take_output (writer);
}

typedef gboolean (*WriteFunc) (gpointer target,
                               GOutputVector *vectors,
                               gsize n_vectors,
                               GCancellable *cancellable,
                               GError **error);

static gboolean
write_output (MigdescStreamWriter *writer,
              WriteFunc write,
              gpointer target,
              GCancellable *cancellable,
              GError **error)
{
  MigdescStreamVisitor *visitor = writer->visitor;
  gsize length = migdesc_stream_visitor_get_n_output (visitor);
  const GByteArray *output = visitor->output;
  gsize before = visitor->loan == NULL ? output->len : visitor->loan_at;
  guint8 *behind = visitor->loan == NULL ? NULL : output->data + before;
  GOutputVector vectors[] = { { output->data, before },
                              { visitor->loan, visitor->loan_length },
                              { behind, output->len - before } };

  if (length == 0)
    return TRUE;
  if (!write (target, vectors, visitor->loan == NULL ? 1 : 3, cancellable, error))
    return FALSE;
  migdesc_stream_visitor_clear_output (visitor);
  migdesc_stream_writer_taken (writer, length);
  return TRUE;
}

/* Part of the stream may be out: nothing that is written behind would be one. */
static gboolean
fail_for_good (MigdescStreamWriter *writer,
               GError *taken,
               GError **error)
{
  writer->stage = MIGDESC_WRITER_FAILED;
  migdesc_stream_visitor_clear_output (writer->visitor);
  if (writer->error == NULL)
    writer->error = g_error_copy (taken);
  g_propagate_error (error, taken);
  return FALSE;
}

static gboolean
write_all (MigdescStreamWriter *writer,
           WriteFunc write,
           gpointer target,
           GCancellable *cancellable,
           GError **error)
{
  GError *taken = NULL;

  while (!migdesc_stream_writer_is_finished (writer))
    {
      if (!migdesc_stream_writer_go (writer, &taken))
        {
          write_output (writer, write, target, cancellable, NULL); /* why there is no more */
          return fail_for_good (writer, taken, error);
        }
      if (!write_output (writer, write, target, cancellable, &taken))
        return fail_for_good (writer, taken, error);
    }
  return TRUE;
}

static gboolean
write_to_fd (gpointer target,
             GOutputVector *vectors,
             gsize n_vectors,
             GCancellable *cancellable,
             GError **error)
{
  return migdesc_fd_write_all (GPOINTER_TO_INT (target), vectors, n_vectors, cancellable, error);
}

/**
 * migdesc_stream_writer_write_fd:
 * @writer: a writer
 * @fd: a file descriptor, blocking or not
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Writes the stream, or what has not been taken of it, to a file descriptor. Large buffers go
 * through in pieces.
 *
 * Fails when a state cannot be written, with the path of the field; the stream then ends in a
 * record that tells the reader why. Fails with %MIGDESC_ERROR_CANNOT_WRITE and
 * %MIGDESC_ERROR_CANCELLED, when part of the stream may have been written. A blocking descriptor
 * can only be cancelled between two calls of the system. Writing to a pipe that nobody reads raises
 * `SIGPIPE`.
 *
 * Returns: %FALSE, and an error, when not all was written
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_write_fd (MigdescStreamWriter *writer,
                                int fd,
                                GCancellable *cancellable,
                                GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (writer->format != NULL, FALSE);
  g_return_val_if_fail (fd >= 0, FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  return write_all (writer, write_to_fd, GINT_TO_POINTER (fd), cancellable, error);
}

static gboolean
write_to_stream (gpointer target,
                 GOutputVector *vectors,
                 gsize n_vectors,
                 GCancellable *cancellable,
                 GError **error)
{
  GError *taken = NULL;
  gsize n = 0;

  for (;;)
    {
      migdesc_io_use_vectors (&vectors, &n_vectors, n);
      if (n_vectors == 0)
        return TRUE;
      /* not every stream looks at it before it writes several vectors */
      if (g_cancellable_set_error_if_cancelled (cancellable, &taken)
          || !g_output_stream_writev (target, vectors, n_vectors, &n, cancellable, &taken))
        return migdesc_io_take_error (taken, MIGDESC_ERROR_CANNOT_WRITE,
                                      "the stream cannot be written", error);
    }
}

/**
 * migdesc_stream_writer_write_stream:
 * @writer: a writer
 * @stream: where to write; it is neither flushed nor closed
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Writes the stream, or what has not been taken of it, to a #GOutputStream. Errors are those of
 * migdesc_stream_writer_write_fd().
 *
 * Returns: %FALSE, and an error, when not all was written
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_write_stream (MigdescStreamWriter *writer,
                                    GOutputStream *stream,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (writer->format != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  return write_all (writer, write_to_stream, stream, cancellable, error);
}

static void
run_write (GTask *task,
           gpointer source,
           gpointer stream,
           GCancellable *cancellable)
{
  GError *error = NULL;

  if (migdesc_stream_writer_write_stream (source, stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * migdesc_stream_writer_write_stream_async:
 * @writer: a writer, which must not be used until the end
 * @stream: where to write; it is neither flushed nor closed
 * @io_priority: the priority of the request
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async) (closure user_data): called when all is done
 * @user_data: what @callback is given
 *
 * Writes the stream in a thread. States are read by that thread, and must not change meanwhile.
 *
 * Since: 1.0
 */
void
migdesc_stream_writer_write_stream_async (MigdescStreamWriter *writer,
                                          GOutputStream *stream,
                                          int io_priority,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (MIGDESC_IS_STREAM_WRITER (writer));
  g_return_if_fail (writer->format != NULL);
  g_return_if_fail (G_IS_OUTPUT_STREAM (stream));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (writer, cancellable, callback, user_data);
  g_task_set_source_tag (task, migdesc_stream_writer_write_stream_async);
  g_task_set_priority (task, io_priority);
  g_task_set_check_cancellable (task, FALSE); /* the error is ours */
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  g_task_run_in_thread (task, run_write);
}

/**
 * migdesc_stream_writer_write_stream_finish:
 * @writer: a writer
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends migdesc_stream_writer_write_stream_async(), with its errors.
 *
 * Returns: %FALSE, and an error, when not all was written
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_write_stream_finish (MigdescStreamWriter *writer,
                                           GAsyncResult *result,
                                           GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, writer), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
