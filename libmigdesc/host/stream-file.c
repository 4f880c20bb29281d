/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <migdesc/migdesc-stream-file.h>

#include "host/path-error.h"
#include "host/replace-file.h"

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
