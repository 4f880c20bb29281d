/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/safe-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"
#include "host/path-error.h"

#define LINKS_MAX 40 /* as the kernel's */
#define WRITABLE_BY_OTHERS (S_IWGRP | S_IWOTH)
#define TO_LOOK (O_PATH | O_NOFOLLOW | O_CLOEXEC)
#define TO_READ (O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)

/* A way through the directories, a name at a time: the kernel would not say where it went. */
typedef struct
{
  const char *path; /* as it was asked for; borrowed */
  int directory;    /* where we are; or -1 */
  int file;         /* what the way leads to, to be looked at; or -1 */
  char *name;       /* of the entry that was reached last */
  GString *place;   /* of the directory, without a slash at the end */
  GString *rest;    /* the way from there: empty, or a slash in front */
  guint n_links;
} Walk;

static gboolean
fail (const Walk *walk,
      int cause,
      GError **error)
{
  return migdesc_path_fail_read (walk->path, cause, error);
}

/* kind is NULL for the file itself, else what there is at walk->place on the way to it. */
static char *
describe (const Walk *walk,
          const char *kind)
{
  g_autofree char *shown = NULL;

  if (kind == NULL)
    return g_strdup ("");
  shown = migdesc_quote (walk->place->len > 0 ? walk->place->str : "/", -1);
  return g_strdup_printf ("the %s %s on the way to it ", kind, shown);
}

static gboolean
check (const Walk *walk,
       const struct stat *info,
       const char *kind,
       GError **error)
{
  g_autofree char *what = describe (walk, kind);

  if (info->st_uid != 0 && info->st_uid != geteuid ())
    return migdesc_path_fail (walk->path, MIGDESC_ERROR_UNSAFE_FILE, error,
                              "%sbelongs to user %u, not to root or user %u", what, info->st_uid,
                              geteuid ());
  if ((info->st_mode & WRITABLE_BY_OTHERS) == 0
      || (S_ISDIR (info->st_mode) && (info->st_mode & S_ISVTX) != 0))
    return TRUE;
  return migdesc_path_fail (walk->path, MIGDESC_ERROR_UNSAFE_FILE, error,
                            "%shas mode %04o: others than its owner may write it", what,
                            info->st_mode & 07777);
}

/* --- The way ---------------------------------------------------------- */

/* Takes fd. */
static gboolean
enter (Walk *walk,
       int fd,
       const struct stat *info,
       GError **error)
{
  if (walk->directory >= 0)
    close (walk->directory);
  walk->directory = fd;
  return check (walk, info, "directory", error);
}

static gboolean
enter_root (Walk *walk,
            GError **error)
{
  int fd = open ("/", TO_LOOK | O_DIRECTORY);
  struct stat info;

  g_string_truncate (walk->place, 0);
  if (fd < 0 || fstat (fd, &info) != 0)
    return fail (walk, errno, error);
  return enter (walk, fd, &info, error);
}

/* The way goes on where the link points to. Only the owner of a link in a sticky directory can
 * replace it; its mode says nothing. */
static gboolean
follow (Walk *walk,
        int fd,
        struct stat *info,
        GError **error)
{
  gsize length = walk->place->len;
  char target[PATH_MAX] = "";
  gssize n = readlinkat (fd, "", target, sizeof target);

  if (n < 0)
    return fail (walk, errno, error);
  info->st_mode &= (mode_t) ~WRITABLE_BY_OTHERS;
  g_string_append_printf (walk->place, "/%s", walk->name);
  if (!check (walk, info, "link", error))
    return FALSE;
  g_string_truncate (walk->place, length);
  if (++walk->n_links > LINKS_MAX)
    return fail (walk, ELOOP, error);
  g_string_prepend_len (walk->rest, target, n);
  return target[0] != '/' || enter_root (walk, error);
}

/* NULL at the end. */
static char *
take_name (Walk *walk)
{
  gsize start = strspn (walk->rest->str, "/");
  gsize length = strcspn (walk->rest->str + start, "/");
  char *name = length > 0 ? g_strndup (walk->rest->str + start, length) : NULL;

  g_string_erase (walk->rest, 0, (gssize) (start + length));
  return name;
}

/* What has to be a directory is opened as one: that mounts what is mounted on demand. */
static int
look (const Walk *walk,
      const char *name)
{
  int fd = -1;

  errno = ENOTDIR;
  if (walk->rest->len > 0)
    fd = openat (walk->directory, name, TO_LOOK | O_DIRECTORY);
  return fd < 0 && errno == ENOTDIR ? openat (walk->directory, name, TO_LOOK) : fd;
}

/* Takes name. */
static gboolean
step (Walk *walk,
      char *name,
      GError **error)
{
  struct stat info;
  gboolean done;
  int fd;

  g_free (walk->name);
  walk->name = name;
  fd = look (walk, name);
  if (fd < 0 || fstat (fd, &info) != 0)
    return fail (walk, errno, error);
  if (S_ISDIR (info.st_mode))
    {
      g_string_append_printf (walk->place, "/%s", name);
      return enter (walk, fd, &info, error);
    }
  if (!S_ISLNK (info.st_mode))
    {
      walk->file = fd;
      return walk->rest->len == 0 || fail (walk, ENOTDIR, error);
    }
  done = follow (walk, fd, &info, error);
  close (fd);
  return done;
}

static gboolean
go (Walk *walk,
    GError **error)
{
  char *name;

  if (!enter_root (walk, error))
    return FALSE;
  while (walk->file < 0 && (name = take_name (walk)) != NULL)
    if (!step (walk, name, error))
      return FALSE;
  return walk->file >= 0
         || migdesc_path_fail (walk->path, MIGDESC_ERROR_CANNOT_READ, error,
                               "cannot be read: it is a directory");
}

static void
walk_init (Walk *walk,
           const char *path)
{
  g_autofree char *here = g_path_is_absolute (path) ? NULL : g_get_current_dir ();

  *walk = (Walk){ .path = path, .directory = -1, .file = -1 };
  walk->place = g_string_new (NULL);
  walk->rest = g_string_new (here);
  g_string_append_c (walk->rest, '/');
  g_string_append (walk->rest, path);
}

static void
walk_clear (Walk *walk)
{
  if (walk->directory >= 0)
    close (walk->directory);
  if (walk->file >= 0)
    close (walk->file);
  g_free (walk->name);
  g_string_free (walk->place, TRUE);
  g_string_free (walk->rest, TRUE);
}

/* --- The file --------------------------------------------------------- */

static gboolean
check_file (const Walk *walk,
            int fd,
            GError **error)
{
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    return fail (walk, errno, error);
  if (!S_ISREG (info.st_mode))
    return migdesc_path_fail (walk->path, MIGDESC_ERROR_CANNOT_READ, error,
                              "cannot be read: it is not a regular file");
  return check (walk, &info, NULL, error);
}

gboolean
migdesc_safe_file_check (const char *path,
                         GError **error)
{
  Walk walk;
  gboolean is_safe;

  walk_init (&walk, path);
  is_safe = go (&walk, error) && check_file (&walk, walk.file, error);
  walk_clear (&walk);
  return is_safe;
}

/* What is checked is the very file that is read. */
static int
open_file (const Walk *walk,
           GError **error)
{
  int fd = openat (walk->directory, walk->name, TO_READ);

  if (check_file (walk, fd, error))
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

int
migdesc_safe_file_open (const char *path,
                        GError **error)
{
  Walk walk;
  int fd;

  walk_init (&walk, path);
  fd = go (&walk, error) ? open_file (&walk, error) : -1;
  walk_clear (&walk);
  return fd;
}
