/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/tree-files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <migdesc/migdesc-error.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"

#define NAME_LENGTH_MAX 255

static void
set_error (GError **error, MigdescError code, const char *place, const char *name, const char *what)
{
  g_autofree char *quoted_place = migdesc_quote (place, -1);
  g_autofree char *quoted_name = migdesc_quote (name, -1);

  g_set_error (error, MIGDESC_ERROR, code, "%s/%s: %s", quoted_place, quoted_name, what);
}

gboolean
migdesc_tree_is_safe_name (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > NAME_LENGTH_MAX || name[0] == '-' || g_str_equal (name, ".") || g_str_equal (name, ".."))
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("._:-", *c) == NULL)
      return FALSE;
  return TRUE;
}

/* The root itself is the caller's: it may be a link, as those of a sysfs class are. */
int
migdesc_tree_open_root (const char *root, GError **error)
{
  int fd = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      g_autofree char *quoted = migdesc_quote (root, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: cannot be read: %s", quoted,
                   g_strerror (errno));
    }
  return fd;
}

int
migdesc_tree_open_directory (int directory, const char *name)
{
  if (!migdesc_tree_is_safe_name (name))
    return -1;
  return openat (directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static gboolean
read_file (int fd, GByteArray *data)
{
  gssize n;

  g_byte_array_set_size (data, MIGDESC_TREE_ATTRIBUTE_MAX + 1);
  data->len = 0;
  while (data->len <= MIGDESC_TREE_ATTRIBUTE_MAX)
    {
      n = read (fd, data->data + data->len, MIGDESC_TREE_ATTRIBUTE_MAX + 1 - data->len);
      if (n == 0)
        return TRUE;
      if (n < 0 && errno != EINTR)
        return FALSE;
      data->len += n > 0 ? (guint) n : 0;
    }
  return TRUE;
}

static GBytes *
read_open_file (int fd, const char *name, const char *place, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    set_error (error, MIGDESC_ERROR_TREE_INVALID, place, name, "is not a regular file");
  else if (!read_file (fd, data))
    set_error (error, MIGDESC_ERROR_CANNOT_READ, place, name, g_strerror (errno));
  else if (data->len > MIGDESC_TREE_ATTRIBUTE_MAX)
    set_error (error, MIGDESC_ERROR_LIMIT_EXCEEDED, place, name, "longer than the limit of 65536 bytes");
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&data));
  return NULL;
}

GBytes *
migdesc_tree_read_bytes (int directory, const char *name, const char *place, GError **error)
{
  GBytes *bytes;
  int fd;

  if (!migdesc_tree_is_safe_name (name))
    {
      set_error (error, MIGDESC_ERROR_TREE_UNSAFE_NAME, place, name, "is not a safe name");
      return NULL;
    }
  /* Nonblocking, so that a pipe in the place of an attribute cannot make this hang. */
  fd = openat (directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    {
      if (errno == ELOOP)
        set_error (error, MIGDESC_ERROR_TREE_INVALID, place, name, "is a symbolic link");
      else if (errno != ENOENT)
        set_error (error, MIGDESC_ERROR_CANNOT_READ, place, name, g_strerror (errno));
      return NULL;
    }
  bytes = read_open_file (fd, name, place, error);
  close (fd);
  return bytes;
}

char *
migdesc_tree_read_text (int directory, const char *name, const char *place, GError **error)
{
  g_autoptr (GBytes) bytes = migdesc_tree_read_bytes (directory, name, place, error);
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  if (length > 0 && data[length - 1] == '\n')
    length--;
  /* An empty GBytes has no data at all. */
  if (length == 0)
    return g_strdup ("");
  if (g_utf8_validate_len (data, length, NULL))
    return g_strndup (data, length);
  set_error (error, MIGDESC_ERROR_TREE_INVALID, place, name, "is not UTF-8 text");
  return NULL;
}

gboolean
migdesc_tree_has (int directory, const char *name)
{
  struct stat status;

  return fstatat (directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

static gboolean
is_kind (int directory, const char *name, guint kind)
{
  struct stat status;

  return fstatat (directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && (status.st_mode & S_IFMT) == kind;
}

static int
compare_names (gconstpointer name, gconstpointer other)
{
  return strcmp (*(const char *const *) name, *(const char *const *) other);
}

static gboolean
collect (DIR *stream, guint kind, GPtrArray *names, const char *place, GError **error)
{
  const struct dirent *entry;

  while ((entry = readdir (stream)) != NULL)
    {
      const char *name = entry->d_name;

      if (g_str_equal (name, ".") || g_str_equal (name, "..") || !is_kind (dirfd (stream), name, kind))
        continue;
      if (!migdesc_tree_is_safe_name (name))
        {
          set_error (error, MIGDESC_ERROR_TREE_UNSAFE_NAME, place, name, "is not a safe name");
          return FALSE;
        }
      if (names->len >= MIGDESC_TREE_ENTRIES_MAX)
        {
          set_error (error, MIGDESC_ERROR_LIMIT_EXCEEDED, place, name, "one more than the limit of 4096 entries");
          return FALSE;
        }
      g_ptr_array_add (names, g_strdup (name));
    }
  return TRUE;
}

char **
migdesc_tree_list (int directory, guint kind, const char *place, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  /* A descriptor of its own: its position would be shared with a duplicate. */
  int fd = openat (directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *stream = fd >= 0 ? fdopendir (fd) : NULL;
  gboolean done;

  if (stream == NULL)
    {
      set_error (error, MIGDESC_ERROR_CANNOT_READ, place, "", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  done = collect (stream, kind, names, place, error);
  closedir (stream);
  if (!done)
    return NULL;
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

char *
migdesc_tree_read_link_name (int directory, const char *name)
{
  char target[4096];
  gssize length = readlinkat (directory, name, target, sizeof target - 1);
  g_autofree char *base = NULL;

  if (length <= 0)
    return NULL;
  target[length] = '\0';
  base = g_path_get_basename (target);
  return migdesc_tree_is_safe_name (base) ? g_steal_pointer (&base) : NULL;
}
