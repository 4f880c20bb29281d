/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Safe access to the files of a device tree. A directory is a descriptor, names are single
 * components of an allow-list, and no symbolic link is followed, so that nothing in the tree can
 * lead out of it or be swapped underway.
 *
 * What does not exist is no error: FALSE or NULL without one. */

#define MIGDESC_TREE_ATTRIBUTE_MAX 65536
#define MIGDESC_TREE_ENTRIES_MAX 4096

typedef struct
{
  int fd;
  char *place; /* its path, for errors, which escape it */
} MigdescTreeDirectory;

#define MIGDESC_TREE_DIRECTORY_INIT \
  {                                 \
    -1, NULL                        \
  }

/* [A-Za-z0-9._:-]+, at most 255, no leading dash or dot */
gboolean migdesc_tree_is_safe_name (const char *name);

/* The root itself is the caller's: it may be a link, as those of a sysfs class are, and has to
 * exist. */
gboolean migdesc_tree_directory_open_root (MigdescTreeDirectory *directory, const char *root,
                                           GError **error);
gboolean migdesc_tree_directory_open (MigdescTreeDirectory *directory,
                                      const MigdescTreeDirectory *parent, const char *name,
                                      GError **error);
void migdesc_tree_directory_clear (MigdescTreeDirectory *directory);

/* The attribute's bytes. An error if it cannot be read, is no regular file, or is longer than 64
 * KiB. */
GBytes *migdesc_tree_read_bytes (const MigdescTreeDirectory *directory, const char *name,
                                 GError **error);
/* The same as a text without its final line end; it has to be UTF-8 without NUL. */
char *migdesc_tree_read_text (const MigdescTreeDirectory *directory, const char *name,
                              GError **error);
/* Whether there is anything of that name, of whatever kind. */
gboolean migdesc_tree_has (const MigdescTreeDirectory *directory, const char *name);

/* Sorted names of one kind (S_IFDIR or S_IFREG); NULL with an error if one of them is outside of
 * the allow-list, or if there are more than 4,096 entries of any kind. @is_wanted (nullable)
 * chooses first. */
char **migdesc_tree_list (const MigdescTreeDirectory *directory, guint kind,
                          gboolean (*is_wanted) (const char *name), GError **error);
/* The last component of what the link names, without following it; NULL if there is no such link.
 */
char *migdesc_tree_read_link_name (const MigdescTreeDirectory *directory, const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescTreeDirectory, migdesc_tree_directory_clear)

G_END_DECLS
