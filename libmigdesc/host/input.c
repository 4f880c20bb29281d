/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/input.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits-private.h"

#define CHUNK 65536
#define FILES_MAX 65536

static void
set_error (GError **error, MigdescError code, const char *path, const char *what)
{
  g_autofree char *escaped = migdesc_escape_text (path);

  g_set_error (error, MIGDESC_ERROR, code, "%s: %s", escaped, what);
}

static void
set_read_error (GError **error, const char *path, const char *why)
{
  g_autofree char *what = g_strdup_printf ("cannot be read: %s", why);

  set_error (error, MIGDESC_ERROR_CANNOT_READ, path, what);
}

static gboolean
is_cancelled (GCancellable *cancellable, const char *path, GError **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;
  set_error (error, MIGDESC_ERROR_CANCELLED, path, "reading was cancelled");
  return TRUE;
}

/* A pipe may keep its reader waiting, but not one who gave up. */
static gboolean
wait_for_more (int fd, GCancellable *cancellable, const char *path, GError **error)
{
  struct pollfd fds[2] = { { fd, POLLIN, 0 }, { -1, POLLIN, 0 } };

  if (cancellable != NULL)
    fds[1].fd = g_cancellable_get_fd (cancellable);
  while (poll (fds, G_N_ELEMENTS (fds), -1) < 0 && errno == EINTR)
    ;
  if (fds[1].fd >= 0)
    g_cancellable_release_fd (cancellable);
  return !is_cancelled (cancellable, path, error);
}

/* Grows with what has arrived. */
GBytes *
migdesc_input_read_fd (int fd, const char *path, const MigdescLimits *limits,
                       GCancellable *cancellable, GError **error)
{
  guint64 limit = migdesc_limits_get (limits, MIGDESC_LIMIT_DOCUMENT_SIZE);
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 chunk[CHUNK];
  gssize n;

  while (wait_for_more (fd, cancellable, path, error))
    {
      n = read (fd, chunk, sizeof chunk);
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&data));
      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (n < 0)
        {
          set_read_error (error, path, g_strerror (errno));
          return NULL;
        }
      if (data->len + (guint64) n > limit)
        {
          g_autofree char *what = migdesc_limit_to_message (MIGDESC_LIMIT_DOCUMENT_SIZE, limit);

          set_error (error, MIGDESC_ERROR_LIMIT_EXCEEDED, path, what);
          return NULL;
        }
      g_byte_array_append (data, chunk, (guint) n);
    }
  return NULL;
}

gboolean
migdesc_input_read_some (int fd, const char *path, gsize size, GByteArray *data, gboolean *more,
                         GCancellable *cancellable, GError **error)
{
  gsize wanted = data->len + size;

  *more = TRUE;
  while (*more && data->len < wanted)
    {
      guint8 chunk[CHUNK];
      gssize n;

      if (!wait_for_more (fd, cancellable, path, error))
        return FALSE;
      n = read (fd, chunk, MIN (sizeof chunk, wanted - data->len));
      if (n < 0 && errno != EINTR && errno != EAGAIN)
        {
          set_read_error (error, path, g_strerror (errno));
          return FALSE;
        }
      *more = n != 0;
      if (n > 0)
        g_byte_array_append (data, chunk, (guint) n);
    }
  return TRUE;
}

/* Shell redirections hand over pipes, which are meant to be waited for. */
static gboolean
is_handed_over (const char *path)
{
  return g_str_has_prefix (path, "/dev/fd/") || g_str_has_prefix (path, "/proc/self/fd/")
         || g_str_equal (path, "/dev/stdin");
}

/* Other names may come from a directory: a pipe or device among them must not make the open or the
 * reading hang. */
int
migdesc_input_open (const char *path, GError **error)
{
  gboolean handed_over = is_handed_over (path);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (handed_over ? 0 : O_NONBLOCK));
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    set_read_error (error, path, g_strerror (errno));
  else if (S_ISDIR (status.st_mode))
    set_read_error (error, path, "it is a directory");
  else if (!handed_over && !S_ISREG (status.st_mode))
    set_read_error (error, path, "it is not a regular file");
  else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

GBytes *
migdesc_input_read_file (const char *path, const MigdescLimits *limits, GCancellable *cancellable,
                         GError **error)
{
  GBytes *bytes;
  int fd;

  if (is_cancelled (cancellable, path, error) || (fd = migdesc_input_open (path, error)) < 0)
    return NULL;
  bytes = migdesc_input_read_fd (fd, path, limits, cancellable, error);
  close (fd);
  return bytes;
}

GBytes *
migdesc_input_read_stdin (const MigdescLimits *limits, GCancellable *cancellable, GError **error)
{
  return migdesc_input_read_fd (STDIN_FILENO, "standard input", limits, cancellable, error);
}

/* --- Directories ------------------------------------------------------ */

/* A link that leads nowhere must not go unnoticed: somebody meant a file. */
static gboolean
is_wanted (int directory, const char *name, gboolean any_kind)
{
  struct stat status;

  if (name[0] == '.')
    return FALSE;
  if (any_kind)
    return TRUE;
  if (fstatat (directory, name, &status, 0) == 0)
    return S_ISREG (status.st_mode);
  return fstatat (directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

static int
compare_names (gconstpointer name, gconstpointer other)
{
  return strcmp (*(const char *const *) name, *(const char *const *) other);
}

static gboolean
collect_names (DIR *directory, const char *path, gboolean any_kind, guint max, GPtrArray *names,
               GError **error)
{
  const struct dirent *entry;

  while ((entry = readdir (directory)) != NULL)
    {
      if (!is_wanted (dirfd (directory), entry->d_name, any_kind))
        continue;
      if (names->len >= max)
        {
          g_autofree char *what = g_strdup_printf ("more than %u files in the directory", max);

          set_error (error, MIGDESC_ERROR_LIMIT_EXCEEDED, path, what);
          return FALSE;
        }
      g_ptr_array_add (names, g_strdup (entry->d_name));
    }
  return TRUE;
}

static char **
list_directory (const char *path, gboolean any_kind, guint max, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  DIR *directory = opendir (path);
  gboolean done;

  if (directory == NULL)
    {
      set_read_error (error, path, g_strerror (errno));
      return NULL;
    }
  done = collect_names (directory, path, any_kind, max, names, error);
  closedir (directory);
  if (!done)
    return NULL;
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

char **
migdesc_input_list_directory (const char *path, GError **error)
{
  return list_directory (path, FALSE, FILES_MAX, error);
}

char **
migdesc_input_list_entries (const char *path, GError **error)
{
  return list_directory (path, TRUE, FILES_MAX, error);
}

char **
migdesc_input_list_many (const char *path, guint max, GError **error)
{
  return list_directory (path, FALSE, max, error);
}
