/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What device instances are set to, as migration parameter lists. */

#include "tree-fixture.h"

#define UUID "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001"
#define OTHER "00000000-509f-382f-3c1e-e6bfe0fa1001"
#define MIGRATION UUID "/migration/"

static void
assert_lists (const Tree *tree, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = migdesc_instance_load (tree->root, UUID, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = migdesc_param_list_to_string (list);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_fails (const Tree *tree, const char *uuid, MigdescError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = migdesc_instance_load (tree->root, uuid, NULL, &error);

  g_assert_null (list);
  tree_assert_error (tree, error, code, message);
}

/* A type of the third revision, and an instance of it. */
static void
make_typed (const Tree *tree)
{
  tree_file (tree, TYPES "t/migration_info.json",
             "{\"models\": {\"a.b/nic\": {\"params\": {"
             "\"queues\": {\"type\": \"int\", \"init_value\": 4, \"off_value\": 1},"
             "\"feature\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false},"
             "\"speed\": {\"type\": \"str\", \"init_value\": \"fast\"}}}}}");
  tree_instance (tree, UUID);
}

static void
test_instances_are_listed (Tree *tree, gconstpointer data)
{
  g_auto (GStrv) uuids = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *joined = NULL;

  tree_directory (tree, UUID "/migration");
  tree_directory (tree, OTHER "/migration");
  tree_directory (tree, "11111111-509f-382f-3c1e-e6bfe0fa1001/power");
  tree_directory (tree, "not-a-uuid/migration");
  tree_directory (tree, "no name of an instance, at all/migration");
  tree_file (tree, "22222222-509f-382f-3c1e-e6bfe0fa1001", "a file");
  uuids = migdesc_instance_list (tree->root, NULL, &error);
  g_assert_no_error (error);
  joined = g_strjoinv (" ", uuids);
  g_assert_cmpstr (joined, ==, OTHER " " UUID);
}

static void
test_no_instances (Tree *tree, gconstpointer data)
{
  g_auto (GStrv) uuids = migdesc_instance_list (tree->root, NULL, NULL);

  g_assert_cmpuint (g_strv_length (uuids), ==, 0);
}

static void
test_fourth_revision (Tree *tree, gconstpointer data)
{
  tree_file (tree, MIGRATION "device_model", "org.project/gpu\n");
  tree_file (tree, MIGRATION "version", "4GB-v1\n");
  assert_lists (tree, "org.project/gpu?version=4GB-v1");
}

static void
test_third_revision_without_type (Tree *tree, gconstpointer data)
{
  tree_file (tree, MIGRATION "queues", "8\n");
  tree_file (tree, MIGRATION "feature", "off\n");
  assert_lists (tree, "feature=off,queues=8");
}

static void
test_what_is_off_is_left_out (Tree *tree, gconstpointer data)
{
  make_typed (tree);
  tree_file (tree, MIGRATION "queues", "1\n");
  tree_file (tree, MIGRATION "feature", "on\n");
  tree_file (tree, MIGRATION "speed", "slow\n");
  assert_lists (tree, "a.b/nic?feature=on,speed=slow");
}

static void
test_what_has_no_attribute_is_as_in_a_fresh_device (Tree *tree, gconstpointer data)
{
  make_typed (tree);
  tree_file (tree, MIGRATION "feature", "off\n");
  assert_lists (tree, "a.b/nic?queues=4,speed=fast");
}

static void
test_attributes_that_the_type_does_not_know_stay (Tree *tree, gconstpointer data)
{
  make_typed (tree);
  tree_file (tree, MIGRATION "queues", "many\n");
  tree_file (tree, MIGRATION "feature", "false\n");
  tree_file (tree, MIGRATION "unheard-of", "7\n");
  assert_lists (tree, "a.b/nic?queues=many,speed=fast,unheard-of=7");
}

static void
test_type_that_publishes_nothing (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/name", "a type");
  tree_instance (tree, UUID);
  tree_file (tree, MIGRATION "queues", "1");
  assert_lists (tree, "queues=1");
}

static void
test_type_that_does_not_exist (Tree *tree, gconstpointer data)
{
  tree_link (tree, UUID "/mdev_type", "/somewhere/else");
  tree_file (tree, MIGRATION "queues", "1");
  assert_lists (tree, "queues=1");
}

static void
test_type_that_cannot_be_read (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration_info.json", "[");
  tree_instance (tree, UUID);
  tree_file (tree, MIGRATION "queues", "1");
  assert_fails (
      tree, UUID, MIGDESC_ERROR_JSON_SYNTAX,
      "/mdev_supported_types/t/migration_info.json:1:2: the text ends, expected a value or \"]\"");
}

static void
test_second_revision_has_a_directory (Tree *tree, gconstpointer data)
{
  tree_file (tree, MIGRATION "applied", "1\n");
  tree_file (tree, MIGRATION "params/queues", "8\n");
  tree_file (tree, MIGRATION "params/feature", "");
  assert_lists (tree, "queues=8");
}

static void
test_second_revision_with_type (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration/model", "a.b/nic\n");
  tree_instance (tree, UUID);
  tree_file (tree, MIGRATION "params/queues", "8\n");
  tree_file (tree, MIGRATION "params/feature", "");
  assert_lists (tree, "a.b/nic?queues=8");
}

static void
test_fresh_device_without_params (Tree *tree, gconstpointer data)
{
  tree_directory (tree, UUID "/migration");
  assert_lists (tree, "");
}

static void
test_unknown_instance (Tree *tree, gconstpointer data)
{
  assert_fails (tree, OTHER, MIGDESC_ERROR_CANNOT_READ,
                "/" OTHER "/migration: there is no such directory");
  tree_directory (tree, UUID);
  assert_fails (tree, UUID, MIGDESC_ERROR_CANNOT_READ,
                "/" UUID "/migration: there is no such directory");
}

static void
test_instance_of_an_unsafe_name (Tree *tree, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (255, 'x');
  g_autofree char *longer = g_strnfill (256, 'x');
  g_autofree char *cut = g_strnfill (127, 'x');
  g_autofree char *message = g_strdup_printf ("/%s…" NOT_SAFE, cut);
  g_autoptr (GError) error = NULL;

  tree_directory (tree, "migration");
  assert_fails (tree, "..", MIGDESC_ERROR_TREE_UNSAFE_NAME, "/.." NOT_SAFE);
  assert_fails (tree, ".", MIGDESC_ERROR_TREE_UNSAFE_NAME, "/." NOT_SAFE);
  assert_fails (tree, "", MIGDESC_ERROR_TREE_UNSAFE_NAME, "/" NOT_SAFE);
  assert_fails (tree, "../../etc", MIGDESC_ERROR_TREE_UNSAFE_NAME, "/../../etc" NOT_SAFE);
  assert_fails (tree, "-x", MIGDESC_ERROR_TREE_UNSAFE_NAME, "/-x" NOT_SAFE);
  assert_fails (tree, "a\nb\033[31m", MIGDESC_ERROR_TREE_UNSAFE_NAME, "/a\\nb\\x1b[31m" NOT_SAFE);
  assert_fails (tree, longer, MIGDESC_ERROR_TREE_UNSAFE_NAME, message);
  g_assert_null (migdesc_instance_load (tree->root, longest, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
}

static void
test_instance_that_is_a_link (Tree *tree, gconstpointer data)
{
  tree_file (tree, "elsewhere/migration/queues", "1");
  tree_link (tree, UUID, "elsewhere");
  assert_fails (tree, UUID, MIGDESC_ERROR_TREE_INVALID, "/" UUID ": is not a directory");
}

static void
test_params_that_are_a_file (Tree *tree, gconstpointer data)
{
  tree_file (tree, MIGRATION "params", "1");
  assert_fails (tree, UUID, MIGDESC_ERROR_TREE_INVALID, "/" MIGRATION "params: is not a directory");
}

static void
test_attributes_that_are_directories (Tree *tree, gconstpointer data)
{
  g_autofree char *model = tree_path (tree, MIGRATION "device_model");

  tree_directory (tree, MIGRATION "device_model");
  assert_fails (tree, UUID, MIGDESC_ERROR_TREE_INVALID,
                "/" MIGRATION "device_model: is not a regular file");
  tree_remove (model);
  tree_file (tree, MIGRATION "device_model", "a.b/c");
  tree_directory (tree, MIGRATION "version");
  assert_fails (tree, UUID, MIGDESC_ERROR_TREE_INVALID,
                "/" MIGRATION "version: is not a regular file");
}

static void
test_attribute_that_is_too_long (Tree *tree, gconstpointer data)
{
  g_autofree char *text = g_strnfill (65537, 'x');

  tree_file (tree, MIGRATION "queues", text);
  assert_fails (tree, UUID, MIGDESC_ERROR_LIMIT_EXCEEDED,
                "/" MIGRATION "queues: more than 65536 bytes in one attribute");
}

static void
test_value_that_is_none (Tree *tree, gconstpointer data)
{
  tree_file (tree, MIGRATION "queues", "1\n2\n");
  assert_fails (tree, UUID, MIGDESC_ERROR_VALUE_TEXT,
                "/" UUID
                "/migration: param 1: the value \"1\\n2\" is not UTF-8 without control characters");
}

static void
test_reserved_name (Tree *tree, gconstpointer data)
{
  tree_file (tree, MIGRATION "model", "1");
  assert_fails (tree, UUID, MIGDESC_ERROR_LIST_SYNTAX,
                "/" UUID
                "/migration: param 1: \"model\" is reserved: the model stands in front, as in "
                "MODEL?NAME=VALUE");
}

static void
test_model_name_that_is_none (Tree *tree, gconstpointer data)
{
  tree_file (tree, MIGRATION "device_model", "nic");
  assert_fails (tree, UUID, MIGDESC_ERROR_LIST_SYNTAX,
                "/" UUID "/migration: \"nic\" is not a model name: it is not DOMAIN/PATH");
}

static void
test_tree_that_does_not_exist (Tree *tree, gconstpointer data)
{
  g_autofree char *missing = g_strconcat (tree->root, "/missing", NULL);
  g_autofree char *expected
      = g_strconcat (missing, ": cannot be read: No such file or directory", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_instance_load (missing, UUID, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_assert_cmpstr (error->message, ==, expected);
}

#define ADD(path, function) \
  g_test_add ("/tree-instances/" path, Tree, NULL, tree_set_up, function, tree_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("are-listed", test_instances_are_listed);
  ADD ("none", test_no_instances);
  ADD ("fourth-revision", test_fourth_revision);
  ADD ("third-revision-without-type", test_third_revision_without_type);
  ADD ("what-is-off-is-left-out", test_what_is_off_is_left_out);
  ADD ("what-has-no-attribute-is-as-in-a-fresh-device",
       test_what_has_no_attribute_is_as_in_a_fresh_device);
  ADD ("attributes-that-the-type-does-not-know-stay",
       test_attributes_that_the_type_does_not_know_stay);
  ADD ("type-that-publishes-nothing", test_type_that_publishes_nothing);
  ADD ("type-that-does-not-exist", test_type_that_does_not_exist);
  ADD ("type-that-cannot-be-read", test_type_that_cannot_be_read);
  ADD ("second-revision-has-a-directory", test_second_revision_has_a_directory);
  ADD ("second-revision-with-type", test_second_revision_with_type);
  ADD ("fresh-device-without-params", test_fresh_device_without_params);
  ADD ("unknown", test_unknown_instance);
  ADD ("of-an-unsafe-name", test_instance_of_an_unsafe_name);
  ADD ("that-is-a-link", test_instance_that_is_a_link);
  ADD ("params-that-are-a-file", test_params_that_are_a_file);
  ADD ("attributes-that-are-directories", test_attributes_that_are_directories);
  ADD ("attribute-that-is-too-long", test_attribute_that_is_too_long);
  ADD ("value-that-is-none", test_value_that_is_none);
  ADD ("reserved-name", test_reserved_name);
  ADD ("model-name-that-is-none", test_model_name_that_is_none);
  ADD ("tree-that-does-not-exist", test_tree_that_does_not_exist);
  return g_test_run ();
}
