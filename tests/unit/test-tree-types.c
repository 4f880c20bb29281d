/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What types publish, in the layout of each revision. */

#include "tree-fixture.h"

#define FLAT TYPES "t/migration_param_"

static void
make_flat (const Tree *tree)
{
  tree_file (tree, TYPES "t/model", "vendor-a.com/my-nic\n");
  tree_file (tree, FLAT "num-queues_type", "int\n");
  tree_file (tree, FLAT "num-queues_init_value", "4\n");
  tree_file (tree, FLAT "num-queues_off_value", "1\n");
  tree_file (tree, FLAT "num-queues_description", "receive queues\n");
  tree_file (tree, FLAT "new-feature_type", "bool\n");
  tree_file (tree, FLAT "new-feature_init_value", "on\n");
  tree_file (tree, FLAT "new-feature_off_value", "off\n");
}

/* --- The first revision ----------------------------------------------- */

static void
test_first_revision (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/model", "https://qemu.org/devices/e1000e\n");
  tree_file (tree, TYPES "t/version", "2\n");
  tree_file (tree, TYPES "t/rss", "on\n");
  tree_file (tree, TYPES "t/rx-filter-size", "64\n");
  tree_file (tree, TYPES "t/newer", "\n");
  tree_assert_reads (
      tree, "{\"migdesc\":\"1.0\",\"models\":{\"https://qemu.org/devices/e1000e\":{\"params\":{"
            "\"newer\":{\"type\":\"str\",\"init_value\":\"\",\"off_value\":\"\",\"inferred\":true},"
            "\"rss\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false,\"inferred\":true},"
            "\"rx-filter-size\":{\"type\":\"int\",\"init_value\":64,\"inferred\":true}},"
            "\"versions\":[{\"name\":\"2\",\"params\":{\"rss\":true,\"rx-filter-size\":64}}]}}}");
}

static void
test_first_revision_without_version (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/model", "a.b/c");
  tree_file (tree, TYPES "t/rss", "on");
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{"
                           "\"rss\":{\"type\":\"str\",\"init_value\":\"\",\"off_value\":\"\","
                           "\"inferred\":true}}}}}");
}

static void
test_attributes_of_every_type_are_no_params (Tree *tree, gconstpointer data)
{
  static const char *const names[]
      = { "available_instances", "create", "description", "device_api", "name", "uevent" };

  tree_file (tree, TYPES "t/model", "a.b/c");
  tree_file (tree, TYPES "t/version", "1");
  tree_file (tree, TYPES "t/x", "1");
  tree_directory (tree, TYPES "t/devices");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (TYPES "t", names[i], NULL);

      tree_file (tree, path, "value");
    }
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{"
                           "\"x\":{\"type\":\"int\",\"init_value\":1,\"inferred\":true}},"
                           "\"versions\":[{\"name\":\"1\",\"params\":{\"x\":1}}]}}}");
}

static void
assert_first_revision_fails (const Tree *tree, const char *file, const char *value,
                             MigdescError code, const char *message)
{
  g_autofree char *path = g_strconcat (TYPES "t/", file, NULL);

  tree_file (tree, TYPES "t/model", "a.b/c");
  tree_file (tree, TYPES "t/version", "1");
  tree_file (tree, TYPES "t/x", "on");
  tree_file (tree, path, value);
  tree_assert_fails (tree, code, message);
}

static void
test_places_in_the_first_revision (Tree *tree, gconstpointer data)
{
  assert_first_revision_fails (
      tree, "model", "no-domain", MIGDESC_ERROR_MODEL_NAME,
      "/mdev_supported_types/t/model: \"no-domain\" is not the name of a model: it is not "
      "DOMAIN/PATH");
  assert_first_revision_fails (
      tree, "version", "1\n2", MIGDESC_ERROR_VERSION_NAME,
      "/mdev_supported_types/t/version: \"1\\n2\" is not the name of a version: it has a line end");
  assert_first_revision_fails (
      tree, "x", "1\n2\n", MIGDESC_ERROR_VALUE_TEXT,
      "/mdev_supported_types/t/x: \"1\\n2\" is not a value: control characters, or more than "
      "4096 bytes");
}

/* --- The second ------------------------------------------------------- */

static void
test_second_revision_without_instances (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration/model", "vendor-a.com/my-nic\n");
  tree_assert_reads (tree,
                     "{\"migdesc\":\"1.0\",\"models\":{\"vendor-a.com/my-nic\":{\"params\":{}}}}");
}

static void
test_second_revision_knows_params_from_instances (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration/model", "vendor-a.com/my-nic\n");
  tree_file (tree, "11111111-1111-1111-1111-111111111111/migration/params/num-queues", "8\n");
  tree_instance (tree, "11111111-1111-1111-1111-111111111111");
  tree_file (tree, "22222222-2222-2222-2222-222222222222/migration/params/new-feature", "");
  tree_instance (tree, "22222222-2222-2222-2222-222222222222");
  tree_file (tree, "33333333-3333-3333-3333-333333333333/migration/params/of-another-type", "1");
  tree_link (tree, "33333333-3333-3333-3333-333333333333/mdev_type", "../mdev_supported_types/u");
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"vendor-a.com/my-nic\":{\"params\":{"
                           "\"new-feature\":{\"type\":\"str\",\"init_value\":\"\",\"off_value\":"
                           "\"\",\"inferred\":true},"
                           "\"num-queues\":{\"type\":\"str\",\"init_value\":\"\",\"off_value\":"
                           "\"\",\"inferred\":true}}}}}");
}

/* --- The third -------------------------------------------------------- */

static void
test_third_revision (Tree *tree, gconstpointer data)
{
  tree_file (
      tree, TYPES "t/migration_info.json",
      "{\"models\": {\"a.b/c\": {\"params\": {\"x\": {\"type\": \"int\", \"init_value\": 3}}}}}\n");
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{"
                           "\"x\":{\"type\":\"int\",\"init_value\":3}}}}}");
}

static void
test_third_revision_has_one_model_a_type (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration_info.json",
             "{\"models\": {\"a.b/c\": {\"params\": {}}, \"a.b/d\": {\"params\": {}}}}");
  tree_assert_fails (
      tree, MIGDESC_ERROR_TREE_INVALID,
      "/mdev_supported_types/t/migration_info.json: a type has exactly one model, not 2");
}

static void
test_place_in_migration_info (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration_info.json",
             "{\"models\": {\"a.b/c\": {\"params\": {\n  \"x\": {\"type\": \"int\", "
             "\"init_value\": true}}}}}");
  tree_assert_fails (
      tree, MIGDESC_ERROR_VALUE_TYPE,
      "/mdev_supported_types/t/migration_info.json:2:38: expected an int, found true "
      "(at /models/a.b~1c/params/x/init_value)");
}

static void
test_third_revision_flattened (Tree *tree, gconstpointer data)
{
  make_flat (tree);
  tree_assert_reads (tree,
                     "{\"migdesc\":\"1.0\",\"models\":{\"vendor-a.com/my-nic\":{\"params\":{"
                     "\"new-feature\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false},"
                     "\"num-queues\":{\"type\":\"int\",\"init_value\":4,\"off_value\":1,"
                     "\"description\":\"receive queues\"}}}}}");
}

static void
test_flattened_names_may_hold_underscores (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration/model", "a.b/c");
  tree_file (tree, FLAT "my_type_type", "str");
  tree_file (tree, FLAT "my_type_init_value", "on");
  tree_file (tree, FLAT "my_unknown", "not an attribute of the proposal");
  tree_file (tree, FLAT "_type", "not a param's");
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{"
                           "\"my_type\":{\"type\":\"str\",\"init_value\":\"on\"}}}}}");
}

static void
test_flattened_values_are_typed (Tree *tree, gconstpointer data)
{
  static const struct
  {
    const char *type;
    const char *value;
    const char *json;
  } cases[] = {
    { "int", "0", "0" },        { "int", "18446744073709551615", "\"18446744073709551615\"" },
    { "bool", "off", "false" }, { "str", "off", "\"off\"" },
    { "str", "7", "\"7\"" },    { "str", "two words", "\"two words\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected = g_strdup_printf (
          "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{\"x\":{\"type\":\"%s\","
          "\"init_value\":%s}}}}}",
          cases[i].type, cases[i].json);

      tree_file (tree, TYPES "t/model", "a.b/c");
      tree_file (tree, FLAT "x_type", cases[i].type);
      tree_file (tree, FLAT "x_init_value", cases[i].value);
      tree_assert_reads (tree, expected);
    }
}

static void
assert_flat_value_fails (const Tree *tree, const char *file, const char *value, MigdescError code,
                         const char *message)
{
  g_autofree char *path = g_strconcat (FLAT, file, NULL);

  make_flat (tree);
  tree_file (tree, path, value);
  tree_assert_fails (tree, code, message);
}

static void
test_places_in_the_flattened_form (Tree *tree, gconstpointer data)
{
  assert_flat_value_fails (
      tree, "num-queues_init_value", "many", MIGDESC_ERROR_VALUE_TYPE,
      "/mdev_supported_types/t/migration_param_num-queues_init_value: expected an int, found "
      "the string \"many\"");
  assert_flat_value_fails (
      tree, "num-queues_init_value", "-1", MIGDESC_ERROR_VALUE_TYPE,
      "/mdev_supported_types/t/migration_param_num-queues_init_value: expected an int, found "
      "the string \"-1\"");
  assert_flat_value_fails (
      tree, "num-queues_type", "long", MIGDESC_ERROR_DOCUMENT_VALUE,
      "/mdev_supported_types/t/migration_param_num-queues_type: \"type\" has to be bool, int or "
      "str, not \"long\"");
  assert_flat_value_fails (
      tree, "new-feature_off_value", "no", MIGDESC_ERROR_OFF_VALUE_TYPE,
      "/mdev_supported_types/t/migration_param_new-feature_off_value: expected true or false, "
      "found a string");
}

static void
test_flattened_param_without_init_value (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/model", "a.b/c");
  tree_file (tree, FLAT "x_type", "int");
  tree_assert_fails (
      tree, MIGDESC_ERROR_INIT_MISSING,
      "/mdev_supported_types/t: a param needs an \"init_value\" (at /models/a.b~1c/params/x)");
}

static void
test_flattened_form_needs_a_model (Tree *tree, gconstpointer data)
{
  tree_file (tree, FLAT "x_type", "int");
  tree_assert_fails (tree, MIGDESC_ERROR_TREE_INVALID,
                     "/mdev_supported_types/t: has neither model nor migration/model");
}

static void
test_findings_have_the_attributes_as_places (Tree *tree, gconstpointer data)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (MigdescFinding) first = NULL;
  g_autoptr (MigdescFinding) second = NULL;
  g_autofree char *file = tree_path (tree, FLAT "num-queues_init_value");
  g_autofree char *other = tree_path (tree, FLAT "num-queues_off_value");

  make_flat (tree);
  tree_file (tree, FLAT "num-queues_init_value", "many");
  tree_file (tree, FLAT "num-queues_off_value", "few");
  descriptor = tree_read (tree, MIGDESC_DIALECT_AUTO, &report, NULL);
  g_assert_null (descriptor);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 2);
  first = migdesc_report_get_finding (report, 0);
  second = migdesc_report_get_finding (report, 1);
  g_assert_cmpstr (migdesc_finding_get_code (first), ==, "value-type");
  g_assert_cmpstr (migdesc_finding_get_origin (first), ==, file);
  g_assert_cmpuint (migdesc_finding_get_line (first), ==, 0);
  g_assert_null (migdesc_finding_get_pointer (first));
  g_assert_cmpstr (migdesc_finding_get_code (second), ==, "off-value-type");
  g_assert_cmpstr (migdesc_finding_get_origin (second), ==, other);
}

/* --- The fourth ------------------------------------------------------- */

static void
test_fourth_revision (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration_device_models",
             "org.project/gpu:\n4GB-v1\n4GB-v2\nother.org/gpu:\n1\n");
  tree_assert_reads (tree, "{\"migdesc\":\"1.0\",\"models\":{\"org.project/"
                           "gpu\":{\"versions\":[\"4GB-v1\",\"4GB-v2\"]},"
                           "\"other.org/gpu\":{\"versions\":[\"1\"]}}}");
}

static void
test_place_in_device_models (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/migration_device_models", "\n1\n");
  tree_assert_fails (tree, MIGDESC_ERROR_TEXT_SYNTAX,
                     "/mdev_supported_types/t/migration_device_models:2:1: expected a model, as in "
                     "\"vendor.com/model:\", found \"1\"");
}

/* --- 2019 ------------------------------------------------------------- */

static void
test_2019 (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "i915-GVTg_V5_2/version", "00028086-193b-i915-GVTg_V5_2\n");
  tree_assert_reads (
      tree, "{\"migdesc\":\"1.0\",\"models\":{\"kernel.org/mdev/i915-GVTg_V5_2\":{\"versions\":["
            "\"00028086-193b-i915-GVTg_V5_2\"]}}}");
  tree_assert_reads_as (
      tree, MIGDESC_DIALECT_SYSFS_2019,
      "{\"migdesc\":\"1.0\",\"models\":{\"kernel.org/mdev/i915-GVTg_V5_2\":{\"versions\":["
      "\"00028086-193b-i915-GVTg_V5_2\"]}}}");
}

static void
test_2019_without_version_cannot_be_migrated (Tree *tree, gconstpointer data)
{
  tree_file (tree, TYPES "t/name", "a type");
  tree_assert_reads_as (
      tree, MIGDESC_DIALECT_SYSFS_2019,
      "{\"migdesc\":\"1.0\",\"models\":{\"kernel.org/mdev/t\":{\"params\":{},\"support\":\"none\","
      "\"blocker\":\"the type has no version attribute\"}}}");
}

/* --- Which there are -------------------------------------------------- */

static void
make_all (const Tree *tree)
{
  tree_file (tree, TYPES "flat/migration_param_x_type", "int");
  tree_file (tree, TYPES "first/model", "a.b/c");
  tree_file (tree, TYPES "second/migration/model", "a.b/c");
  tree_file (tree, TYPES "third/migration_info.json", "{}");
  tree_file (tree, TYPES "fourth/migration_device_models", "");
  tree_file (tree, TYPES "of-2019/version", "x");
  tree_file (tree, TYPES "silent/name", "a type");
  tree_file (tree, TYPES "not-a-type", "a file");
  tree_directory (tree, "power");
}

static void
test_types_that_publish_are_listed (Tree *tree, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *types = NULL;

  make_all (tree);
  types = tree_types (tree, MIGDESC_DIALECT_AUTO, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (types, ==, "first flat fourth of-2019 second third");
}

static void
test_all_types_are_listed_as_of_2019 (Tree *tree, gconstpointer data)
{
  g_autofree char *types = NULL;

  make_all (tree);
  types = tree_types (tree, MIGDESC_DIALECT_SYSFS_2019, NULL);
  g_assert_cmpstr (types, ==, "first flat fourth of-2019 second silent third");
}

static void
test_tree_without_types (Tree *tree, gconstpointer data)
{
  g_autofree char *types = NULL;

  tree_directory (tree, TYPES);
  types = tree_types (tree, MIGDESC_DIALECT_AUTO, NULL);
  g_assert_cmpstr (types, ==, "");
}

static void
test_directory_that_is_no_tree (Tree *tree, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tree_directory (tree, "power");
  g_assert_null (tree_types (tree, MIGDESC_DIALECT_SYSFS, &error));
  tree_assert_error (tree, error, MIGDESC_ERROR_TREE_INVALID,
                     ": has no directory mdev_supported_types");
}

static void
test_root_may_be_a_link (Tree *tree, gconstpointer data)
{
  g_autofree char *link = tree_path (tree, "class");
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (GError) error = NULL;

  tree_file (tree, "device/" TYPES "t/version", "x");
  tree_link (tree, "class", "device");
  descriptor = migdesc_descriptor_load (link, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (migdesc_descriptor_get_n_models (descriptor), ==, 1);
}

static void
test_root_may_end_in_a_slash (Tree *tree, gconstpointer data)
{
  g_autofree char *root = g_strconcat (tree->root, "/", NULL);
  g_autofree char *expected
      = g_strconcat (tree->root, "/mdev_supported_types/t/migration_info.json", NULL);
  g_autoptr (MigdescDescriptor) descriptor = NULL;

  tree_file (tree, TYPES "t/migration_info.json", "{\"models\": {\"a.b/c\": {\"params\": {}}}}");
  descriptor = migdesc_descriptor_load (root, NULL, NULL, NULL);
  g_assert_cmpstr (migdesc_descriptor_get_origin (descriptor), ==, expected);
}

#define ADD(path, function) \
  g_test_add ("/tree-types/" path, Tree, NULL, tree_set_up, function, tree_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first-revision", test_first_revision);
  ADD ("first-revision-without-version", test_first_revision_without_version);
  ADD ("attributes-of-every-type-are-no-params", test_attributes_of_every_type_are_no_params);
  ADD ("places-in-the-first-revision", test_places_in_the_first_revision);
  ADD ("second-revision-without-instances", test_second_revision_without_instances);
  ADD ("second-revision-knows-params-from-instances",
       test_second_revision_knows_params_from_instances);
  ADD ("third-revision", test_third_revision);
  ADD ("third-revision-has-one-model-a-type", test_third_revision_has_one_model_a_type);
  ADD ("place-in-migration-info", test_place_in_migration_info);
  ADD ("third-revision-flattened", test_third_revision_flattened);
  ADD ("flattened-names-may-hold-underscores", test_flattened_names_may_hold_underscores);
  ADD ("flattened-values-are-typed", test_flattened_values_are_typed);
  ADD ("places-in-the-flattened-form", test_places_in_the_flattened_form);
  ADD ("flattened-param-without-init-value", test_flattened_param_without_init_value);
  ADD ("flattened-form-needs-a-model", test_flattened_form_needs_a_model);
  ADD ("findings-have-the-attributes-as-places", test_findings_have_the_attributes_as_places);
  ADD ("fourth-revision", test_fourth_revision);
  ADD ("place-in-device-models", test_place_in_device_models);
  ADD ("2019", test_2019);
  ADD ("2019-without-version-cannot-be-migrated", test_2019_without_version_cannot_be_migrated);
  ADD ("types-that-publish-are-listed", test_types_that_publish_are_listed);
  ADD ("all-types-are-listed-as-of-2019", test_all_types_are_listed_as_of_2019);
  ADD ("tree-without-types", test_tree_without_types);
  ADD ("directory-that-is-no-tree", test_directory_that_is_no_tree);
  ADD ("root-may-be-a-link", test_root_may_be_a_link);
  ADD ("root-may-end-in-a-slash", test_root_may_end_in_a_slash);
  return g_test_run ();
}
