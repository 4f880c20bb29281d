/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tree-fixture.h"

#define TYPE TYPES "t/"
#define UUID "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001"

/* Each way in which a tree describes a type, read with every limit on the size of its document: a
 * clear error up to what it needs, and all of it from there on. */

static MigdescDescriptor *
read_limited (const Tree *tree,
              MigdescDialect dialect,
              guint64 limit,
              GError **error)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (GListModel) sources = migdesc_source_list (tree->root, dialect, NULL, NULL);
  g_autoptr (MigdescSource) source = g_list_model_get_item (sources, 0);

  migdesc_limits_set (limits, MIGDESC_LIMIT_DOCUMENT_SIZE, limit);
  migdesc_reader_set_limits (reader, limits);
  migdesc_reader_set_dialect (reader, dialect);
  return migdesc_source_read (source, reader, NULL, NULL, error);
}

static void
assert_limited (const Tree *tree,
                MigdescDialect dialect,
                const char *wanted)
{
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autofree char *text = NULL;
  guint64 limit;

  for (limit = 1; descriptor == NULL; limit++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *message
          = g_strdup_printf (": more than %" G_GUINT64_FORMAT
                             " bytes in the document (limit document-size)",
                             limit);

      descriptor = read_limited (tree, dialect, limit, &error);
      if (descriptor != NULL)
        break;
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
      g_assert_cmpuint (limit, <, 1000);
      g_assert_nonnull (strstr (error->message, message));
    }
  text = migdesc_descriptor_to_string (descriptor);
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpuint (limit, >, 40);
}

static void
test_flat (Tree *tree,
           gconstpointer data)
{
  tree_file (tree, TYPE "model", "a.b/c");
  tree_file (tree, TYPE "migration_param_x_type", "int");
  tree_file (tree, TYPE "migration_param_x_init_value", "0");
  tree_file (tree, TYPE "migration_param_y_type", "bool");
  tree_file (tree, TYPE "migration_param_y_init_value", "on");
  assert_limited (tree, MIGDESC_DIALECT_AUTO,
                  "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{"
                  "\"x\":{\"type\":\"int\",\"init_value\":0},"
                  "\"y\":{\"type\":\"bool\",\"init_value\":true}}}}}");
}

static void
test_current (Tree *tree,
              gconstpointer data)
{
  tree_file (tree, TYPE "model", "a.b/c");
  tree_file (tree, TYPE "version", "1");
  tree_file (tree, TYPE "x", "7");
  tree_file (tree, TYPE "y", "");
  assert_limited (tree, MIGDESC_DIALECT_AUTO,
                  "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{"
                  "\"x\":{\"type\":\"int\",\"init_value\":7,\"inferred\":true},"
                  "\"y\":{\"type\":\"str\",\"init_value\":\"\",\"off_value\":\"\","
                  "\"inferred\":true}},"
                  "\"versions\":[{\"name\":\"1\",\"params\":{\"x\":7}}]}}}");
}

static void
test_model_alone (Tree *tree,
                  gconstpointer data)
{
  tree_file (tree, TYPE "migration/model", "a.b/c");
  tree_file (tree, UUID "/migration/params/x", "1");
  tree_instance (tree, UUID);
  assert_limited (tree, MIGDESC_DIALECT_AUTO,
                  "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{"
                  "\"x\":{\"type\":\"str\",\"init_value\":\"\",\"off_value\":\"\","
                  "\"inferred\":true}}}}}");
}

static void
test_2019 (Tree *tree,
           gconstpointer data)
{
  tree_file (tree, TYPE "version", "8086-i915-GVTg");
  assert_limited (tree, MIGDESC_DIALECT_SYSFS_2019,
                  "{\"migdesc\":\"1.0\",\"models\":{\"kernel.org/mdev/t\":{"
                  "\"versions\":[\"8086-i915-GVTg\"]}}}");
}

/* --- Attributes ------------------------------------------------------- */

/* One that cannot be read is told wherever it stands. */
static void
test_attributes_that_are_links (Tree *tree,
                                gconstpointer data)
{
  tree_file (tree, TYPE "model", "a.b/c");
  tree_file (tree, TYPE "x", "7");
  tree_link (tree, TYPE "version", "x");
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID,
                     "/mdev_supported_types/t/version: is a symbolic link");
}

static void
test_setting_too_long (Tree *tree,
                       gconstpointer data)
{
  g_autofree char *text = g_strnfill (65537, 'x');

  tree_file (tree, TYPE "model", "a.b/c");
  tree_file (tree, TYPE "version", "1");
  tree_file (tree, TYPE "x", text);
  tree_assert_fails (tree, MIGDESC_ERROR_LIMIT_EXCEEDED,
                     "/mdev_supported_types/t/x: more than 65536 bytes in one attribute");
}

#define ADD(path, function) \
  g_test_add ("/tree-limits/" path, Tree, NULL, tree_set_up, function, tree_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("flat", test_flat);
  ADD ("current", test_current);
  ADD ("model-alone", test_model_alone);
  ADD ("2019", test_2019);
  ADD ("attributes-that-are-links", test_attributes_that_are_links);
  ADD ("setting-too-long", test_setting_too_long);
  return g_test_run ();
}
