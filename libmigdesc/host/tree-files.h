/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Safe access to the files of a device tree. A directory is a descriptor, names are single components of an allow-list,
 * and no symbolic link is followed, so that nothing in the tree can lead out of it or be swapped underway. */

#define MIGDESC_TREE_ATTRIBUTE_MAX 65536
#define MIGDESC_TREE_ENTRIES_MAX 4096

/* [A-Za-z0-9._:-]+, at most 255, not "." or "..", no leading dash */
gboolean migdesc_tree_is_safe_name (const char *name);

int migdesc_tree_open_root (const char *root, GError **error);
/* -1 without an error where there is no such directory (or a link in its place). */
int migdesc_tree_open_directory (int directory, const char *name);
/* The attribute's bytes; NULL without an error if it does not exist; NULL with an error if it cannot be read, is no
 * regular file, or is longer than 64 KiB. @place names the directory in errors. */
GBytes *migdesc_tree_read_bytes (int directory, const char *name, const char *place, GError **error);
/* The same as a text without its final line end; it has to be UTF-8 without NUL. */
char *migdesc_tree_read_text (int directory, const char *name, const char *place, GError **error);
gboolean migdesc_tree_has (int directory, const char *name);
/* Sorted names of one kind (S_IFDIR or S_IFREG). Names outside the allow-list are tree-unsafe-name. */
char **migdesc_tree_list (int directory, guint kind, const char *place, GError **error);
/* The last component of what the link names, without following it; NULL if there is no such link. */
char *migdesc_tree_read_link_name (int directory, const char *name);

G_END_DECLS
