/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-stream-file.h>

#include "base/quote.h"

static gboolean
fail (MigdescError code,
      const char *path,
      int cause,
      GError **error)
{
  g_autofree char *shown = migdesc_quote (path, -1);

  g_set_error (error, MIGDESC_ERROR, (int) code, "%s: cannot be %s: %s", shown,
               code == MIGDESC_ERROR_CANNOT_READ ? "read" : "written", g_strerror (cause));
  return FALSE;
}

static gboolean
fail_write (const char *path,
            int cause,
            GError **error)
{
  return fail (MIGDESC_ERROR_CANNOT_WRITE, path, cause, error);
}

static gboolean
prefix (const char *path,
        GError **error)
{
  g_autofree char *shown = migdesc_quote (path, -1);

  g_prefix_error (error, "%s: ", shown);
  return FALSE;
}

/* A device or pipe must not be replaced by a file, nor a link to one as /dev/stdout is. */
static gboolean
check_kind (const char *path,
            GError **error)
{
  g_autofree char *shown = NULL;
  struct stat info;

  if (stat (path, &info) != 0 || S_ISREG (info.st_mode))
    return TRUE;
  shown = migdesc_quote (path, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE,
               "%s: cannot be written: it is no regular file, to be replaced by one", shown);
  return FALSE;
}

/* fsync of what may be interrupted: a signal is no reason to give up. */
static gboolean
sync_fd (int fd)
{
  int status;

  do
    status = fsync (fd);
  while (status < 0 && errno == EINTR);
  return status == 0;
}

/* The new name is on the disk once its directory is. */
static gboolean
sync_directory (const char *path,
                GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return fail_write (directory, errno, error);
  /* Some file systems have no such thing for directories. */
  done = sync_fd (fd) || errno == EINVAL || errno == EROFS;
  if (!done)
    fail_write (directory, errno, error);
  close (fd);
  return done;
}

/* Takes fd. */
static gboolean
fill (MigdescStreamWriter *writer,
      const char *path,
      int fd,
      GCancellable *cancellable,
      GError **error)
{
  gboolean done = migdesc_stream_writer_write_fd (writer, fd, cancellable, error)
                  || prefix (path, error);

  if (done && !sync_fd (fd))
    done = fail_write (path, errno, error);
  if (close (fd) != 0 && done)
    done = fail_write (path, errno, error);
  return done;
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
  g_autofree char *beside = NULL;
  int fd;

  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!check_kind (path, error))
    return FALSE;
  beside = g_strconcat (path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_write (path, errno, error);
  if (!fill (writer, path, fd, cancellable, error))
    {
      g_unlink (beside);
      return FALSE;
    }
  if (g_rename (beside, path) != 0)
    {
      fail_write (path, errno, error);
      g_unlink (beside);
      return FALSE;
    }
  return sync_directory (path, error);
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
    return fail (MIGDESC_ERROR_CANNOT_READ, path, errno, error);
  done = migdesc_stream_reader_read_fd (reader, fd, cancellable, error) || prefix (path, error);
  close (fd);
  return done;
}
