/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-source.h>
#include <migdesc/migdesc-writer.h>
#include <string.h>
#include <unistd.h>

/* A descriptor, and what is written of it */
#define GOOD "{\"models\": {\"a.b/c\": {\"params\": {}}}}"
#define CANONICAL "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{}}}}"

#define TYPES "mdev_supported_types/"
#define NOT_SAFE                                                                                  \
  ": is not a safe name: 1 to 255 of A-Z, a-z, 0-9, \".\", \"_\", \":\" and \"-\", not \".\" or " \
  "\"-\" first"

/* A device tree in a directory of its own, made by each test. Paths are relative to it. */
typedef struct
{
  char *root;
} Tree;

static inline void
tree_set_up (Tree *tree, gconstpointer data)
{
  tree->root = g_dir_make_tmp ("migdesc-tree-XXXXXX", NULL);
  g_assert_nonnull (tree->root);
}

static inline void
tree_remove (const char *path)
{
  GDir *directory = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      tree_remove (child);
    }
  if (directory != NULL)
    g_dir_close (directory);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static inline void
tree_tear_down (Tree *tree, gconstpointer data)
{
  tree_remove (tree->root);
  g_free (tree->root);
}

static inline char *
tree_path (const Tree *tree, const char *path)
{
  g_autofree char *full = g_build_filename (tree->root, path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  return g_steal_pointer (&full);
}

static inline void
tree_directory (const Tree *tree, const char *path)
{
  g_autofree char *full = tree_path (tree, path);

  g_assert_cmpint (g_mkdir_with_parents (full, 0700), ==, 0);
}

/* Thousands of files that live a moment: none is waited for until it is on the disk, and none has
 * blocks there before it has to, as g_file_set_contents() does it. */
static inline void
tree_bytes (const Tree *tree, const char *path, const char *content, gsize length)
{
  g_autofree char *full = tree_path (tree, path);
  int fd = open (full, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, content, length), ==, length);
  g_assert_cmpint (close (fd), ==, 0);
}

static inline void
tree_file (const Tree *tree, const char *path, const char *content)
{
  tree_bytes (tree, path, content, strlen (content));
}

static inline void
tree_link (const Tree *tree, const char *path, const char *target)
{
  g_autofree char *full = tree_path (tree, path);

  g_assert_cmpint (symlink (target, full), ==, 0);
}

/* An instance of the type t. */
static inline void
tree_instance (const Tree *tree, const char *uuid)
{
  g_autofree char *path = g_build_filename (uuid, "mdev_type", NULL);

  tree_link (tree, path, "../" TYPES "t");
}

/* --- Questions -------------------------------------------------------- */

/* The names of the descriptors, without the root, joined by spaces. */
static inline char *
tree_types (const Tree *tree, MigdescDialect dialect, GError **error)
{
  g_autoptr (GListModel) sources = migdesc_source_list (tree->root, dialect, NULL, error);
  g_autoptr (GString) names = g_string_new (NULL);

  if (sources == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (MigdescSource) source = g_list_model_get_item (sources, i);
      const char *name = migdesc_source_get_name (source);

      g_assert_true (g_str_has_prefix (name, tree->root));
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name + strlen (tree->root) + 1);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* The first descriptor there is. */
static inline MigdescDescriptor *
tree_read (const Tree *tree, MigdescDialect dialect, MigdescReport **report, GError **error)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (GListModel) sources = migdesc_source_list (tree->root, dialect, NULL, error);
  g_autoptr (MigdescSource) source = NULL;

  if (sources == NULL)
    return NULL;
  g_assert_cmpuint (g_list_model_get_n_items (sources), ==, 1);
  source = g_list_model_get_item (sources, 0);
  migdesc_reader_set_dialect (reader, dialect);
  return migdesc_source_read (source, reader, NULL, report, error);
}

/* What there is at a place, inside a tree or not. */
static inline MigdescDescriptor *
load (const char *place, GError **error)
{
  return migdesc_descriptor_load (place, NULL, NULL, error);
}

static inline void
assert_loads (const char *place, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = load (place, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = migdesc_descriptor_to_string (descriptor);
  g_assert_cmpstr (text, ==, expected);
}

/* What follows the root's path in a message, or all of it. */
static inline const char *
tree_message (const Tree *tree, const GError *error)
{
  return g_str_has_prefix (error->message, tree->root) ? error->message + strlen (tree->root)
                                                       : error->message;
}

static inline void
tree_assert_error (const Tree *tree, const GError *error, MigdescError code, const char *message)
{
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (tree_message (tree, error), ==, message);
}

static inline void
tree_assert_reads_as (const Tree *tree, MigdescDialect dialect, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = tree_read (tree, dialect, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = migdesc_descriptor_to_string (descriptor);
  g_assert_cmpstr (text, ==, expected);
}

static inline void
tree_assert_reads (const Tree *tree, const char *expected)
{
  tree_assert_reads_as (tree, MIGDESC_DIALECT_AUTO, expected);
}

static inline void
tree_assert_fails_as (const Tree *tree, MigdescDialect dialect, MigdescError code,
                      const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = tree_read (tree, dialect, NULL, &error);

  g_assert_null (descriptor);
  tree_assert_error (tree, error, code, message);
}

static inline void
tree_assert_fails (const Tree *tree, MigdescError code, const char *message)
{
  tree_assert_fails_as (tree, MIGDESC_DIALECT_AUTO, code, message);
}
