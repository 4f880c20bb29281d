/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/input.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <migdesc/migdesc-error.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"

#define CHUNK 65536
#define FILES_MAX 65536

static void
set_read_error (GError **error, const char *path, const char *why)
{
  g_autofree char *quoted = migdesc_quote (path, -1);

  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: cannot be read: %s", quoted, why);
}

static gboolean
is_cancelled (GCancellable *cancellable, const char *path, GError **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED, "%s: reading was cancelled", path);
  return TRUE;
}

/* Grows with what has arrived. */
static GBytes *
read_all (GInputStream *stream, const char *path, guint64 limit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GError) cause = NULL;
  guint8 chunk[CHUNK];
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, sizeof chunk, cancellable, &cause)) > 0)
    {
      if (data->len + (guint64) n > limit)
        {
          g_autofree char *quoted = migdesc_quote (path, -1);

          g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                       "%s: longer than the limit of %" G_GUINT64_FORMAT " bytes", quoted, limit);
          return NULL;
        }
      g_byte_array_append (data, chunk, (guint) n);
    }
  if (n == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&data));
  if (!is_cancelled (cancellable, path, error))
    set_read_error (error, path, cause->message);
  return NULL;
}

/* A name may come from the command line or a directory; a pipe or device must not make the open hang. */
static int
open_regular (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      set_read_error (error, path, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return -1;
    }
  if (S_ISREG (status.st_mode))
    return fd;
  close (fd);
  set_read_error (error, path, S_ISDIR (status.st_mode) ? "it is a directory" : "it is not a regular file");
  return -1;
}

/* Shell redirections hand over pipes as /dev/fd/N: these are read like standard input. */
static int
open_for_reading (const char *path, GError **error)
{
  int fd;

  if (!g_str_has_prefix (path, "/dev/fd/"))
    return open_regular (path, error);
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    set_read_error (error, path, g_strerror (errno));
  return fd;
}

GBytes *
migdesc_input_read_file (const char *path, guint64 limit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  int fd;

  if (is_cancelled (cancellable, path, error) || (fd = open_for_reading (path, error)) < 0)
    return NULL;
  stream = g_unix_input_stream_new (fd, TRUE);
  return read_all (stream, path, limit, cancellable, error);
}

GBytes *
migdesc_input_read_stdin (guint64 limit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  return read_all (stream, "standard input", limit, cancellable, error);
}

static gboolean
is_wanted (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  struct stat status;

  return name[0] != '.' && stat (path, &status) == 0 && S_ISREG (status.st_mode);
}

static int
compare_names (gconstpointer name, gconstpointer other)
{
  return strcmp (*(const char *const *) name, *(const char *const *) other);
}

char **
migdesc_input_list_directory (const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GDir) directory = g_dir_open (path, 0, &cause);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (directory == NULL)
    {
      set_read_error (error, path, cause->message);
      return NULL;
    }
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      if (!is_wanted (path, name))
        continue;
      if (names->len >= FILES_MAX)
        {
          g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, "%s: more than %d files", path, FILES_MAX);
          return NULL;
        }
      g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
