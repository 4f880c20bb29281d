/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <migdesc/migdesc-stream-file.h>

#include "host/path-error.h"
#include "host/replace-file.h"

/* Takes the task over. */
static void
run_task (GTask *task,
          const char *path,
          int io_priority,
          GTaskThreadFunc function,
          gpointer tag)
{
  g_task_set_source_tag (task, tag);
  g_task_set_priority (task, io_priority);
  g_task_set_check_cancellable (task, FALSE); /* the error is ours */
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, function);
  g_object_unref (task);
}

static gboolean
fill (int fd,
      gpointer writer,
      GCancellable *cancellable,
      GError **error)
{
  return migdesc_stream_writer_write_fd (writer, fd, cancellable, error);
}

/**
 * migdesc_stream_writer_write_file:
 * @writer: a writer with all its devices
 * @path: (type filename): the name of the file
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Writes a stream into a file, which only its owner may read (mode 0600). A file of that name is
 * replaced when the new one is complete and on the disk; until then, and after a failure, it is as
 * it was. Only where the directory itself cannot be brought to the disk, which is the last step,
 * the new one is there in spite of the error. A symbolic link of that name is replaced too, not
 * what it points to; what is no regular file is not replaced.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_WRITE when a file or its directory cannot be written, with
 * %MIGDESC_ERROR_CANCELLED, and with what the states have to say; the message begins with the name
 * of the file.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_write_file (MigdescStreamWriter *writer,
                                  const char *path,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return migdesc_replace_file (path, fill, writer, cancellable, error);
}

static void
run_write (GTask *task,
           gpointer source,
           gpointer path,
           GCancellable *cancellable)
{
  GError *error = NULL;

  if (migdesc_stream_writer_write_file (source, path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * migdesc_stream_writer_write_file_async:
 * @writer: a writer, which must not be used until the end
 * @path: (type filename): the name of the file
 * @io_priority: the priority of the request
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async) (closure user_data): called when all is done
 * @user_data: what @callback is given
 *
 * Writes a stream into a file in a thread. States are read by that thread, and must not change
 * meanwhile.
 *
 * Since: 1.0
 */
void
migdesc_stream_writer_write_file_async (MigdescStreamWriter *writer,
                                        const char *path,
                                        int io_priority,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_return_if_fail (MIGDESC_IS_STREAM_WRITER (writer));
  g_return_if_fail (path != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  run_task (g_task_new (writer, cancellable, callback, user_data), path, io_priority, run_write,
            migdesc_stream_writer_write_file_async);
}

/**
 * migdesc_stream_writer_write_file_finish:
 * @writer: a writer
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends migdesc_stream_writer_write_file_async(), with the errors of
 * migdesc_stream_writer_write_file().
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_write_file_finish (MigdescStreamWriter *writer,
                                         GAsyncResult *result,
                                         GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, writer), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * migdesc_stream_reader_read_file:
 * @reader: a reader that has read nothing yet
 * @path: (type filename): the name of the file
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Reads a stream from a file.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_READ when it cannot be read, with %MIGDESC_ERROR_CANCELLED, and
 * with what migdesc_stream_reader_feed() and migdesc_stream_reader_finish() have to say; the
 * message begins with the name of the file.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_read_file (MigdescStreamReader *reader,
                                 const char *path,
                                 GCancellable *cancellable,
                                 GError **error)
{
  gboolean done;
  int fd;

  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    return migdesc_path_fail_read (path, errno, error);
  done = migdesc_stream_reader_read_fd (reader, fd, cancellable, error)
         || migdesc_path_prefix (path, error);
  close (fd);
  return done;
}

static void
run_read (GTask *task,
          gpointer source,
          gpointer path,
          GCancellable *cancellable)
{
  GError *error = NULL;

  if (migdesc_stream_reader_read_file (source, path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * migdesc_stream_reader_read_file_async:
 * @reader: a reader, which must not be used until the end
 * @path: (type filename): the name of the file
 * @io_priority: the priority of the request
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async) (closure user_data): called when all is done
 * @user_data: what @callback is given
 *
 * Reads a stream from a file in a thread. That thread fills the structs, and calls visit functions.
 *
 * Since: 1.0
 */
void
migdesc_stream_reader_read_file_async (MigdescStreamReader *reader,
                                       const char *path,
                                       int io_priority,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_return_if_fail (MIGDESC_IS_STREAM_READER (reader));
  g_return_if_fail (path != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  run_task (g_task_new (reader, cancellable, callback, user_data), path, io_priority, run_read,
            migdesc_stream_reader_read_file_async);
}

/**
 * migdesc_stream_reader_read_file_finish:
 * @reader: a reader
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Ends migdesc_stream_reader_read_file_async(), with the errors of
 * migdesc_stream_reader_read_file().
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_read_file_finish (MigdescStreamReader *reader,
                                        GAsyncResult *result,
                                        GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, reader), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
