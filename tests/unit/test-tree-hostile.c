/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Trees made by an enemy: nothing leads out of them, nothing hangs, nothing grows without bound. */

#include "open-files.h"
#include "tree-fixture.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#define TYPE TYPES "t/"
#define INFO TYPE "migration_info.json"

/* --- Links ------------------------------------------------------------ */

static void
test_attribute_that_is_a_link (Tree *tree, gconstpointer data)
{
  static const char *const targets[] = { "/etc/passwd",
                                         "../../outside.json",
                                         "migration_info.json",
                                         "other.json",
                                         "/nonexistent",
                                         "/dev/zero",
                                         "." };

  tree_file (tree, "outside.json", GOOD);
  tree_file (tree, TYPE "other.json", GOOD);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = tree_path (tree, INFO);

      tree_link (tree, INFO, targets[i]);
      tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID, "/" INFO ": is a symbolic link");
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static void
test_type_that_is_a_link (Tree *tree, gconstpointer data)
{
  g_autofree char *types = NULL;

  tree_file (tree, "outside/migration_info.json", GOOD);
  tree_directory (tree, TYPES);
  tree_link (tree, TYPES "t", "../outside");
  tree_link (tree, TYPES "self", "self");
  tree_link (tree, TYPES "up", "..");
  types = tree_types (tree, MIGDESC_DIALECT_AUTO, NULL);
  g_assert_cmpstr (types, ==, "");
}

static void
test_types_that_are_a_link (Tree *tree, gconstpointer data)
{
  g_autofree char *root = tree_path (tree, "root");
  g_autoptr (GError) error = NULL;

  tree_file (tree, "types/t/migration_info.json", GOOD);
  tree_link (tree, "root/mdev_supported_types", "../types");
  g_assert_null (migdesc_source_list (root, MIGDESC_DIALECT_SYSFS, NULL, &error));
  tree_assert_error (tree, error, MIGDESC_ERROR_TREE_INVALID,
                     "/root/mdev_supported_types: is not a directory");
}

static void
test_model_directory_that_is_a_link (Tree *tree, gconstpointer data)
{
  tree_file (tree, "outside/model", "a.b/c");
  tree_file (tree, TYPE "migration_param_x_type", "int");
  tree_link (tree, TYPE "migration", "../../outside");
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID, "/" TYPE "migration: is not a directory");
}

typedef struct
{
  const char *path;
  const char *outside;
  int stop;
} Swap;

/* Rename is atomic: at any time there is a file or a link. */
static gpointer
swap_file_and_link (gpointer data)
{
  Swap *swap = data;
  g_autofree char *file = g_strconcat (swap->path, ".file", NULL);
  g_autofree char *link = g_strconcat (swap->path, ".link", NULL);

  while (!g_atomic_int_get (&swap->stop))
    {
      g_assert_true (
          g_file_set_contents_full (file, GOOD, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      g_assert_cmpint (g_rename (file, swap->path), ==, 0);
      g_assert_cmpint (symlink (swap->outside, link), ==, 0);
      g_assert_cmpint (g_rename (link, swap->path), ==, 0);
    }
  return NULL;
}

static void
test_file_that_is_swapped_for_a_link (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, INFO);
  g_autofree char *outside = tree_path (tree, "outside.json");
  Swap swap = { path, outside, 0 };
  GThread *thread;
  guint n_read = 0;
  guint n_refused = 0;

  tree_file (tree, "outside.json", "{\"models\": {\"outside.org/x\": {\"params\": {}}}}");
  tree_file (tree, INFO, GOOD);
  thread = g_thread_new ("swap", swap_file_and_link, &swap);
  for (guint i = 0; i < 5000 || n_read == 0 || n_refused == 0; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescDescriptor) descriptor
          = tree_read (tree, MIGDESC_DIALECT_SYSFS, NULL, &error);
      g_autoptr (MigdescModel) model = NULL;

      if (descriptor == NULL)
        {
          g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_TREE_INVALID);
          n_refused++;
          continue;
        }
      model = migdesc_descriptor_lookup_model (descriptor, "a.b/c");
      g_assert_nonnull (model);
      n_read++;
    }
  g_atomic_int_set (&swap.stop, 1);
  g_thread_join (thread);
}

/* --- Names ------------------------------------------------------------ */

static void
test_type_of_an_unsafe_name (Tree *tree, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *shown;
  } names[] = {
    { "a\nb", "a\\nb" },
    { "-x", "-x" },
    { "a b", "a b" },
    { "...", "..." },
    { "\033[31m", "\\x1b[31m" },
    { "a,b", "a,b" },
    { "é", "é" },
    { "\342\200\256x", "\\u202ex" },
    { "\377", "\\xff" },
    { "a=b", "a=b" },
    { "$(x)", "$(x)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat (TYPES, names[i].name, NULL);
      g_autofree char *full = tree_path (tree, path);
      g_autofree char *expected = g_strconcat ("/" TYPES, names[i].shown, NOT_SAFE, NULL);
      g_autoptr (GError) error = NULL;

      tree_directory (tree, path);
      g_assert_null (tree_types (tree, MIGDESC_DIALECT_AUTO, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_TREE_UNSAFE_NAME);
      g_assert_cmpstr (tree_message (tree, error), ==, expected);
      tree_remove (full);
    }
}

static void
test_longest_name (Tree *tree, gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'x');
  g_autofree char *path = g_strconcat (TYPES, name, "/migration_info.json", NULL);

  tree_file (tree, path, GOOD);
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{}}}}");
}

static void
test_param_of_an_unsafe_name (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPE "model", "a.b/c");
  tree_file (tree, TYPE "version", "1");
  tree_file (tree, TYPE "num queues", "1");
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_UNSAFE_NAME, "/" TYPE "num queues" NOT_SAFE);
}

static void
test_unsafe_name_does_not_hide_a_type (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPE "migration_param_x_type", "int");
  tree_file (tree, TYPE "migration_param_\n_type", "int");
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_UNSAFE_NAME,
                     "/" TYPE "migration_param_\\n_type" NOT_SAFE);
}

static void
test_dunder_proto_is_a_name (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPE "model", "a.b/c");
  tree_file (tree, TYPE "migration_param___proto___type", "int");
  tree_file (tree, TYPE "migration_param___proto___init_value", "1");
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"a.b/"
                           "c\":{\"params\":{\"__proto__\":{\"type\":\"int\","
                           "\"init_value\":1}}}}}");
}

/* --- Content ---------------------------------------------------------- */

static void
test_longest_attribute (Tree *tree, gconstpointer data)
{
  g_autofree char *text = g_strnfill (65537, ' ');

  memcpy (text, GOOD, strlen (GOOD));
  tree_bytes (tree, INFO, text, 65536);
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{}}}}");
  tree_bytes (tree, INFO, text, 65537);
  tree_assert_fails (tree, MIGDESC_ERROR_LIMIT_EXCEEDED,
                     "/" INFO ": more than 65536 bytes in one attribute");
}

static void
test_binary_content (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPE "migration_param_x_type", "int");
  tree_bytes (tree, TYPE "model", "a.b\0/c", 6);
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID, "/" TYPE "model: is not UTF-8 text");
  tree_bytes (tree, TYPE "model", "a.b/\377", 5);
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID, "/" TYPE "model: is not UTF-8 text");
}

static void
test_binary_migration_info (Tree *tree, gconstpointer data)
{
  tree_bytes (tree, INFO, "{\"models\":\0", 11);
  tree_assert_fails (tree, MIGDESC_ERROR_JSON_ENCODING,
                     "/" INFO ":1:11: NUL byte, expected a value (at /models)");
}

static void
test_control_characters_are_escaped (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPE "version", "1");
  tree_file (tree, TYPE "x", "on");
  tree_file (tree, TYPE "model", "\033[2Ja.b/c\nd");
  tree_assert_fails (tree, MIGDESC_ERROR_MODEL_NAME,
                     "/" TYPE "model: \"\\x1b[2Ja.b/c\\nd\" is not the name of a model: control "
                     "characters are not allowed");
}

static void
test_empty_attribute (Tree *tree, gconstpointer data)
{
  tree_file (tree, INFO, "");
  tree_assert_fails (tree, MIGDESC_ERROR_DOCUMENT_EMPTY,
                     "/" INFO ":1:1: the document has no model");
}

/* --- What is no file -------------------------------------------------- */

static void
test_pipe_in_the_place_of_an_attribute (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, INFO);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  alarm (10);
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID, "/" INFO ": is not a regular file");
  alarm (0);
}

static void
test_directory_in_the_place_of_an_attribute (Tree *tree, gconstpointer data)
{
  tree_directory (tree, INFO);
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID, "/" INFO ": is not a regular file");
}

/* One that cannot be read is never taken for one that is not there. */
static void
test_no_attribute_may_be_a_directory (Tree *tree, gconstpointer data)
{
  static const struct
  {
    const char *file;
    const char *directory;
  } cases[] = {
    { "version", "model" },
    { "model", "version" },
    { "model", "migration_device_models" },
    { "migration_param_x_type", "model" },
    { "migration_param_x_type", "migration/model" },
    { "migration_param_x_type", "migration_param_x_init_value" },
    { "name", "migration/model" },
    { "name", "version" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat (TYPE, cases[i].file, NULL);
      g_autofree char *directory = g_strconcat (TYPE, cases[i].directory, NULL);
      g_autofree char *expected = g_strconcat ("/", directory, ": is not a regular file", NULL);
      g_autofree char *type = tree_path (tree, TYPE);

      tree_file (tree, file, "int");
      if (g_str_equal (cases[i].file, "migration_param_x_type")
          && !g_str_has_suffix (cases[i].directory, "model"))
        tree_file (tree, TYPE "model", "a.b/c");
      tree_directory (tree, directory);
      tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID, expected);
      tree_remove (type);
    }
}

static void
test_socket_in_the_place_of_an_attribute (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, INFO);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  tree_assert_fails (tree, MIGDESC_ERROR_CANNOT_READ,
                     "/" INFO ": cannot be read: No such device or address");
  close (fd);
}

static void
test_file_in_the_place_of_a_directory (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPE "migration", "model");
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID, "/" TYPE "migration: is not a directory");
}

/* --- Numbers ---------------------------------------------------------- */

static void
make_params (const Tree *tree, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *path = g_strdup_printf (TYPE "p%u", i);

      tree_file (tree, path, "1");
    }
}

static void
test_most_entries_in_one_directory (Tree *tree, gconstpointer data)
{
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (MigdescModel) model = NULL;
  g_autoptr (GError) error = NULL;

  tree_file (tree, TYPE "model", "a.b/c");
  tree_file (tree, TYPE "version", "1");
  make_params (tree, 0, 4094);
  descriptor = tree_read (tree, MIGDESC_DIALECT_AUTO, NULL, &error);
  g_assert_no_error (error);
  model = migdesc_descriptor_get_model (descriptor, 0);
  g_assert_cmpuint (migdesc_model_get_n_params (model), ==, 4094);
  make_params (tree, 4094, 1);
  tree_assert_fails (tree, MIGDESC_ERROR_LIMIT_EXCEEDED,
                     "/mdev_supported_types/t: more than 4096 entries in one directory");
}

static void
test_attributes_that_add_up_to_more_than_a_document (Tree *tree, gconstpointer data)
{
  g_autofree char *text = g_strnfill (65536, 'x');

  tree_file (tree, TYPE "model", "a.b/c");
  for (guint i = 0; i < 70; i++)
    {
      g_autofree char *type = g_strdup_printf (TYPE "migration_param_p%02u_type", i);
      g_autofree char *description = g_strdup_printf (TYPE "migration_param_p%02u_description", i);

      tree_file (tree, type, "int");
      tree_file (tree, description, text);
    }
  tree_assert_fails (
      tree, MIGDESC_ERROR_LIMIT_EXCEEDED,
      "/mdev_supported_types/t: more than 4194304 bytes in the document (limit document-size)");
}

static void
test_most_params_of_instances (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPE "migration/model", "a.b/c");
  for (guint i = 0; i < 4097; i++)
    {
      g_autofree char *path
          = g_strdup_printf ("%08u-509f-382f-3c1e-e6bfe0fa1001/migration/params/p%u", i % 2, i);

      tree_file (tree, path, "1");
    }
  tree_instance (tree, "00000000-509f-382f-3c1e-e6bfe0fa1001");
  tree_instance (tree, "00000001-509f-382f-3c1e-e6bfe0fa1001");
  tree_assert_fails (tree, MIGDESC_ERROR_LIMIT_EXCEEDED, ": more than 4096 params of the type t");
}

static void
test_no_descriptors_leak (Tree *tree, gconstpointer data)
{
  guint before = count_open_files ();

  tree_file (tree, TYPE "model", "a.b/c");
  tree_file (tree, TYPE "version", "1");
  tree_file (tree, "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001/migration/params/x", "1");
  tree_instance (tree, "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001");
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (MigdescDescriptor) descriptor = tree_read (tree, MIGDESC_DIALECT_AUTO, NULL, NULL);
      g_auto (GStrv) uuids = migdesc_instance_list (tree->root, NULL, NULL);
      g_autoptr (MigdescParamList) list = migdesc_instance_load (tree->root, uuids[0], NULL, NULL);

      g_assert_nonnull (descriptor);
      g_assert_nonnull (list);
      g_assert_null (migdesc_instance_load (tree->root, "no-such", NULL, NULL));
    }
  tree_directory (tree, TYPE "version-of-it");
  g_assert_cmpuint (count_open_files (), ==, before);
}

#define ADD(path, function) \
  g_test_add ("/tree-hostile/" path, Tree, NULL, tree_set_up, function, tree_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("attribute-that-is-a-link", test_attribute_that_is_a_link);
  ADD ("type-that-is-a-link", test_type_that_is_a_link);
  ADD ("types-that-are-a-link", test_types_that_are_a_link);
  ADD ("model-directory-that-is-a-link", test_model_directory_that_is_a_link);
  ADD ("file-that-is-swapped-for-a-link", test_file_that_is_swapped_for_a_link);
  ADD ("type-of-an-unsafe-name", test_type_of_an_unsafe_name);
  ADD ("longest-name", test_longest_name);
  ADD ("param-of-an-unsafe-name", test_param_of_an_unsafe_name);
  ADD ("unsafe-name-does-not-hide-a-type", test_unsafe_name_does_not_hide_a_type);
  ADD ("dunder-proto-is-a-name", test_dunder_proto_is_a_name);
  ADD ("longest-attribute", test_longest_attribute);
  ADD ("binary-content", test_binary_content);
  ADD ("binary-migration-info", test_binary_migration_info);
  ADD ("control-characters-are-escaped", test_control_characters_are_escaped);
  ADD ("empty-attribute", test_empty_attribute);
  ADD ("pipe-in-the-place-of-an-attribute", test_pipe_in_the_place_of_an_attribute);
  ADD ("directory-in-the-place-of-an-attribute", test_directory_in_the_place_of_an_attribute);
  ADD ("no-attribute-may-be-a-directory", test_no_attribute_may_be_a_directory);
  ADD ("socket-in-the-place-of-an-attribute", test_socket_in_the_place_of_an_attribute);
  ADD ("most-params-of-instances", test_most_params_of_instances);
  ADD ("file-in-the-place-of-a-directory", test_file_in_the_place_of_a_directory);
  ADD ("most-entries-in-one-directory", test_most_entries_in_one_directory);
  ADD ("attributes-that-add-up-to-more-than-a-document",
       test_attributes_that_add_up_to_more_than_a_document);
  ADD ("no-descriptors-leak", test_no_descriptors_leak);
  return g_test_run ();
}
