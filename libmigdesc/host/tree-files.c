/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/tree-files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/quote.h"

#define NAME_LENGTH_MAX 255
#define LINK_LENGTH_MAX 4096

static void
set_error (GError **error, MigdescError code, const MigdescTreeDirectory *directory,
           const char *name, const char *what)
{
  g_autofree char *escaped_place = migdesc_escape_text (directory->place);
  g_autofree char *quoted_name = migdesc_quote (name, -1);

  g_set_error (error, MIGDESC_ERROR, code, "%s/%s: %s", escaped_place, quoted_name, what);
}

static void
set_read_error (GError **error, const MigdescTreeDirectory *directory, const char *name, int why)
{
  g_autofree char *what = g_strdup_printf ("cannot be read: %s", g_strerror (why));

  set_error (error, MIGDESC_ERROR_CANNOT_READ, directory, name, what);
}

gboolean
migdesc_tree_is_safe_name (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > NAME_LENGTH_MAX || name[0] == '-' || name[0] == '.')
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("._:-", *c) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
check_name (const MigdescTreeDirectory *directory, const char *name, GError **error)
{
  if (migdesc_tree_is_safe_name (name))
    return TRUE;
  set_error (error, MIGDESC_ERROR_TREE_UNSAFE_NAME, directory, name,
             "is not a safe name: 1 to 255 of A-Z, a-z, 0-9, \".\", \"_\", \":\" and \"-\", not "
             "\".\" or \"-\" first");
  return FALSE;
}

/* --- Opening ---------------------------------------------------------- */

gboolean
migdesc_tree_directory_open_root (MigdescTreeDirectory *directory, const char *root, GError **error)
{
  directory->fd = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory->fd < 0)
    {
      g_autofree char *escaped = migdesc_escape_text (root);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: cannot be read: %s",
                   escaped, g_strerror (errno));
      return FALSE;
    }
  directory->place = g_strdup (root);
  for (gsize n = strlen (root); n > 1 && root[n - 1] == '/'; n--)
    directory->place[n - 1] = '\0';
  return TRUE;
}

/* Of a link, an open that follows none says ELOOP, or ENOTDIR where only a directory would do. */
static void
set_open_error (GError **error, const MigdescTreeDirectory *directory, const char *name, int why)
{
  if (why == ENOENT)
    return;
  if (why == ELOOP)
    set_error (error, MIGDESC_ERROR_TREE_INVALID, directory, name, "is a symbolic link");
  else if (why == ENOTDIR)
    set_error (error, MIGDESC_ERROR_TREE_INVALID, directory, name, "is not a directory");
  else
    set_read_error (error, directory, name, why);
}

gboolean
migdesc_tree_directory_open (MigdescTreeDirectory *directory, const MigdescTreeDirectory *parent,
                             const char *name, GError **error)
{
  if (!check_name (parent, name, error))
    return FALSE;
  directory->fd = openat (parent->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (directory->fd < 0)
    {
      set_open_error (error, parent, name, errno);
      return FALSE;
    }
  directory->place = g_strdup_printf ("%s/%s", parent->place, name);
  return TRUE;
}

void
migdesc_tree_directory_clear (MigdescTreeDirectory *directory)
{
  if (directory->fd >= 0)
    close (directory->fd);
  directory->fd = -1;
  g_clear_pointer (&directory->place, g_free);
}

/* --- Attributes ------------------------------------------------------- */

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
read_open_file (int fd, const MigdescTreeDirectory *directory, const char *name, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    set_error (error, MIGDESC_ERROR_TREE_INVALID, directory, name, "is not a regular file");
  else if (!read_file (fd, data))
    set_read_error (error, directory, name, errno);
  else if (data->len > MIGDESC_TREE_ATTRIBUTE_MAX)
    set_error (error, MIGDESC_ERROR_LIMIT_EXCEEDED, directory, name,
               "more than 65536 bytes in one attribute");
  else
    return g_bytes_new (data->data, data->len);
  return NULL;
}

GBytes *
migdesc_tree_read_bytes (const MigdescTreeDirectory *directory, const char *name, GError **error)
{
  GBytes *bytes;
  int fd;

  if (!check_name (directory, name, error))
    return NULL;
  /* Nonblocking, so that a pipe in the place of an attribute cannot make this hang. */
  fd = openat (directory->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    {
      set_open_error (error, directory, name, errno);
      return NULL;
    }
  bytes = read_open_file (fd, directory, name, error);
  close (fd);
  return bytes;
}

char *
migdesc_tree_read_text (const MigdescTreeDirectory *directory, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = migdesc_tree_read_bytes (directory, name, error);
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = migdesc_bytes_peek (bytes, &length);
  if (length > 0 && data[length - 1] == '\n')
    length--;
  /* An empty GBytes has no data at all. */
  if (length == 0)
    return g_strdup ("");
  if (g_utf8_validate_len (data, length, NULL))
    return g_strndup (data, length);
  set_error (error, MIGDESC_ERROR_TREE_INVALID, directory, name, "is not UTF-8 text");
  return NULL;
}

/* --- Directories ------------------------------------------------------ */

gboolean
migdesc_tree_has (const MigdescTreeDirectory *directory, const char *name)
{
  struct stat status;

  return fstatat (directory->fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

static gboolean
is_kind (int directory, const char *name, guint kind)
{
  struct stat status;

  return fstatat (directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0
         && (status.st_mode & S_IFMT) == kind;
}

static int
compare_names (gconstpointer name, gconstpointer other)
{
  return strcmp (*(const char *const *) name, *(const char *const *) other);
}

typedef struct
{
  const MigdescTreeDirectory *directory;
  guint kind;
  gboolean (*is_wanted) (const char *name);
  GPtrArray *names;
} Listing;

static gboolean
collect (DIR *stream, const Listing *listing, GError **error)
{
  const struct dirent *entry;

  for (guint n = 0; (entry = readdir (stream)) != NULL;)
    {
      const char *name = entry->d_name;

      if (g_str_equal (name, ".") || g_str_equal (name, ".."))
        continue;
      if (n++ == MIGDESC_TREE_ENTRIES_MAX)
        {
          g_autofree char *escaped = migdesc_escape_text (listing->directory->place);

          g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                       "%s: more than 4096 entries in one directory", escaped);
          return FALSE;
        }
      if ((listing->is_wanted != NULL && !listing->is_wanted (name))
          || !is_kind (dirfd (stream), name, listing->kind))
        continue;
      if (!check_name (listing->directory, name, error))
        return FALSE;
      g_ptr_array_add (listing->names, g_strdup (name));
    }
  return TRUE;
}

char **
migdesc_tree_list (const MigdescTreeDirectory *directory, guint kind,
                   gboolean (*is_wanted) (const char *), GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const Listing listing = { directory, kind, is_wanted, names };
  /* A descriptor of its own: its position would be shared with a duplicate. */
  int fd = openat (directory->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *stream = fd >= 0 ? fdopendir (fd) : NULL;
  gboolean done;

  if (stream == NULL)
    {
      set_read_error (error, directory, ".", errno);
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  done = collect (stream, &listing, error);
  closedir (stream);
  if (!done)
    return NULL;
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

char *
migdesc_tree_read_link_name (const MigdescTreeDirectory *directory, const char *name)
{
  char target[LINK_LENGTH_MAX];
  gssize length = readlinkat (directory->fd, name, target, sizeof target - 1);
  g_autofree char *base = NULL;

  if (length <= 0)
    return NULL;
  target[length] = '\0';
  base = g_path_get_basename (target);
  return migdesc_tree_is_safe_name (base) ? g_steal_pointer (&base) : NULL;
}
