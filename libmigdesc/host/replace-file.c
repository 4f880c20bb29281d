/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/replace-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/path-error.h"

/* A device or pipe must not be replaced by a file, nor a link to one as /dev/stdout is. */
static gboolean
check_kind (const char *path,
            GError **error)
{
  struct stat info;

  if (stat (path, &info) != 0 || S_ISREG (info.st_mode))
    return TRUE;
  return migdesc_path_fail (path, MIGDESC_ERROR_CANNOT_WRITE, error,
                            "cannot be written: it is no regular file, to be replaced by one");
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
    return migdesc_path_fail_write (directory, errno, error);
  /* Some file systems have no such thing for directories. */
  done = sync_fd (fd) || errno == EINVAL || errno == EROFS;
  if (!done)
    migdesc_path_fail_write (directory, errno, error);
  close (fd);
  return done;
}

/* Takes fd. */
static gboolean
fill_and_close (const char *path,
                int fd,
                MigdescFillFunc fill,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  gboolean done = fill (fd, data, cancellable, error) || migdesc_path_prefix (path, error);

  if (done && !sync_fd (fd))
    done = migdesc_path_fail_write (path, errno, error);
  if (close (fd) != 0 && done)
    done = migdesc_path_fail_write (path, errno, error);
  return done;
}

gboolean
migdesc_replace_file (const char *path,
                      MigdescFillFunc fill,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *beside = NULL;
  int fd;

  if (!check_kind (path, error))
    return FALSE;
  beside = g_strconcat (path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return migdesc_path_fail_write (path, errno, error);
  if (!fill_and_close (path, fd, fill, data, cancellable, error))
    {
      g_unlink (beside);
      return FALSE;
    }
  if (g_rename (beside, path) != 0)
    {
      migdesc_path_fail_write (path, errno, error);
      g_unlink (beside);
      return FALSE;
    }
  return sync_directory (path, error);
}
