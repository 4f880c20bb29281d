/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/replace-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <migdesc/migdesc-error.h>

#include "base/quote.h"

static gboolean
fail_write (const char *path,
            int cause,
            GError **error)
{
  g_autofree char *shown = migdesc_quote (path, -1);

  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE, "%s: cannot be written: %s", shown,
               g_strerror (cause));
  return FALSE;
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
fill_and_close (const char *path,
                int fd,
                MigdescFillFunc fill,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  gboolean done = fill (fd, data, cancellable, error) || prefix (path, error);

  if (done && !sync_fd (fd))
    done = fail_write (path, errno, error);
  if (close (fd) != 0 && done)
    done = fail_write (path, errno, error);
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
    return fail_write (path, errno, error);
  if (!fill_and_close (path, fd, fill, data, cancellable, error))
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
