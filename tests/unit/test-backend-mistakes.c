/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backend-nic.h"

#include <string.h>

/* What can be wrong with a declaration, each told by the row that it is in. */

typedef struct
{
  guint8 count;
  guint16 size;
  guint8 word;
  gboolean flag;
} Small;

static void
assert_mistakes (const MigdescModelTable *table,
                 MigdescError code,
                 const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_backend_new (table, NULL, &error));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, MIGDESC_ERROR, (int) code);
}

static const MigdescModelVersion one_version[] = { MIGDESC_MODEL_VERSION ("1", 0, "") };

static const MigdescModelParam twice_params[] = {
  MIGDESC_PARAM_INT (Small, count, "count", "1-4", "1"),
  MIGDESC_PARAM_INT (Small, count, "count", "1-5", "1"),
};
MIGDESC_MODEL_TABLE (twice, "a.b/twice", Small, twice_params, one_version);

static void
test_row_twice (void)
{
  assert_mistakes (&twice, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "count: two rows since the same version");
}

static const char *const bad_words[] = { "good", "a\nb" };

static const MigdescModelParam set_params[] = {
  MIGDESC_PARAM_INT (Small, count, "count", "1-", "1"),
  MIGDESC_PARAM_INT (Small, size, "size", "1-65536", "1"),
  MIGDESC_PARAM_ENUM (Small, word, "word", bad_words, "good"),
};
MIGDESC_MODEL_TABLE (sets, "a.b/sets", Small, set_params, one_version);

static void
test_sets (void)
{
  assert_mistakes (&sets, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "count: \"1-\" is not an int or a range MIN-MAX, in decimal without leading "
                   "zeros; size: not all of 1-65536 fits the 2 bytes of Small.size; "
                   "word: \"a\\nb\" is not a str: UTF-8 without control characters, at most 4096 "
                   "bytes");
}

static const MigdescModelParam good_params[] = {
  MIGDESC_PARAM_INT (Small, count, "count", "1-4", "1"),
  MIGDESC_PARAM_BOOL (Small, flag, "flag", "on", MIGDESC_OFF ("off")),
};

static const MigdescModelVersion bad_versions[] = { MIGDESC_MODEL_VERSION ("1", 0, "count") };
MIGDESC_MODEL_TABLE (versions, "a.b/versions", Small, good_params, bad_versions);

static void
test_values_of_a_version (void)
{
  assert_mistakes (&versions, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "version \"1\": column 1: \"count\" has no \"=\": expected NAME=VALUE");
}

static const char *const odd_pairs[] = { "1", "2", "2", NULL };
static const char *const unknown_pairs[] = { "1", "9", "8", "1", NULL };
static const MigdescModelVersion odd_versions[] = {
  MIGDESC_MODEL_VERSION ("1", 0, "count=1"),
  MIGDESC_MODEL_VERSION ("2", 0, "count=2", MIGDESC_TESTED (odd_pairs)),
};
static const MigdescModelVersion unknown_versions[] = {
  MIGDESC_MODEL_VERSION ("1", 0, "count=1"),
  MIGDESC_MODEL_VERSION ("2", 0, "count=2", MIGDESC_TESTED (unknown_pairs)),
};
MIGDESC_MODEL_TABLE (odd, "a.b/odd", Small, good_params, odd_versions);
MIGDESC_MODEL_TABLE (unknown, "a.b/unknown", Small, good_params, unknown_versions);

static void
test_tested_pairs (void)
{
  assert_mistakes (&odd, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "version \"2\": a tested pair with one version");
  assert_mistakes (&unknown, MIGDESC_ERROR_TESTED_VERSION_UNKNOWN,
                   "version \"2\" lists a test with \"9\", which is not a version of the model; "
                   "version \"2\" lists a test with \"8\", which is not a version of the model");
}

static const MigdescModelConstraint bad_constraints[] = {
  MIGDESC_MODEL_IF_THEN ("flag=on", "count=2-x", NULL),
};
MIGDESC_MODEL_TABLE (conditions, "a.b/conditions", Small, good_params, one_version,
                     MIGDESC_MODEL_CONSTRAINTS (bad_constraints));

static void
test_condition (void)
{
  assert_mistakes (&conditions, MIGDESC_ERROR_CONSTRAINT_FORM,
                   "a condition on count: \"2-x\" is not an int or a range MIN-MAX, in decimal "
                   "without leading zeros; a constraint has \"if\" and \"then\", or else "
                   "\"forbid\"");
}

/* Of pairs only those are known to an older program that it has both versions of. */
static const char *const pairs_of_all[] = { "1", "2", "2", "3", "3", "1", NULL };
static const MigdescModelVersion tested_versions[] = {
  MIGDESC_MODEL_VERSION ("1", 0, "count=1"),
  MIGDESC_MODEL_VERSION ("2", 0, "count=2", MIGDESC_TESTED (pairs_of_all)),
  MIGDESC_MODEL_VERSION ("3", 0, "count=3"),
};
MIGDESC_MODEL_TABLE (tested, "a.b/tested", Small, good_params, tested_versions);

static void
test_tested_with_limit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescBackend) backend = migdesc_backend_new (&tested, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_null (migdesc_backend_get_state_type (backend));
  g_assert_true (migdesc_backend_set_version_limit (backend, "2", &error));
  g_assert_no_error (error);
  text = migdesc_descriptor_to_string (migdesc_backend_get_descriptor (backend));
  g_assert_cmpstr (
      text, ==,
      "{\"migdesc\":\"1.0\",\"models\":{\"a.b/tested\":{\"params\":{"
      "\"count\":{\"type\":\"int\",\"allowed_values\":[\"1-4\"],\"init_value\":2},"
      "\"flag\":{\"type\":\"bool\",\"init_value\":false,\"off_value\":false}},"
      "\"versions\":[{\"name\":\"1\",\"params\":{\"count\":1}},{\"name\":\"2\","
      "\"params\":{\"count\":2},\"tested\":[{\"from\":\"1\",\"to\":\"2\"}]}]}}}");
}

/* A row that no version of today uses may still be wrong in a version of then. */
static const MigdescModelParam changed_params[] = {
  MIGDESC_PARAM_INT (Small, count, "count", "1-4-", "1"),
  MIGDESC_PARAM_INT (Small, count, "count", "1-8", "5", MIGDESC_SINCE_VERSION ("2")),
};
static const MigdescModelVersion changed_versions[] = {
  MIGDESC_MODEL_VERSION ("1", 0, "count=1"),
  MIGDESC_MODEL_VERSION ("2", 0, "count=2"),
};
MIGDESC_MODEL_TABLE (changed, "a.b/changed", Small, changed_params, changed_versions);

static void
test_wrong_with_limit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescBackend) backend = migdesc_backend_new (&changed, NULL, &error);
  MigdescDescriptor *before;

  g_assert_no_error (error);
  before = migdesc_backend_get_descriptor (backend);
  g_assert_false (migdesc_backend_set_version_limit (backend, "1", &error));
  g_assert_cmpstr (error->message, ==,
                   "count: \"1-4-\" is not an int or a range MIN-MAX, in decimal without leading "
                   "zeros; version \"1\" sets \"count\", which is not a param of the model");
  g_assert_true (migdesc_backend_get_descriptor (backend) == before);
}

static const MigdescField bad_fields[] = {
  MIGDESC_U32 (NicState, link, 0, 1, MIGDESC_SINCE (9), MIGDESC_DEFAULT (0)),
};
MIGDESC_STRUCT (bad_state, NicState, 3, 1, bad_fields, NULL);
MIGDESC_MODEL_TABLE (stateful, "a.b/stateful", Small, good_params, one_version,
                     MIGDESC_MODEL_STATE (bad_state));

static void
test_state (void)
{
  assert_mistakes (&stateful, MIGDESC_ERROR_STATE_TYPE,
                   "bad_state.link: since 9 is above the newest version, 3");
}

/* A type of the program's own is used instead of the table's, which is not even looked at. */
static void
test_type_given (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&nic_state, &error);
  g_autoptr (MigdescBackend) backend = migdesc_backend_new (&stateful, type, &error);

  g_assert_no_error (error);
  g_assert_true (migdesc_backend_get_state_type (backend) == type);
}

/* Rows of another size than this library's are those of other headers. */
static void
test_other_headers (void)
{
  MigdescModelTable other_versions = nic_model, other_constraints = nic_model;
  g_autofree char *version_size = g_strdup_printf (
      "compiled with other headers: a MigdescModelVersion of %u bytes, this library's has %u",
      (guint) sizeof (MigdescModelVersion) + 8, (guint) sizeof (MigdescModelVersion));
  g_autofree char *constraint_size = g_strdup_printf (
      "compiled with other headers: a MigdescModelConstraint of %u bytes, this library's has %u",
      (guint) sizeof (MigdescModelConstraint) - 4, (guint) sizeof (MigdescModelConstraint));

  other_versions.version_size += 8;
  assert_mistakes (&other_versions, MIGDESC_ERROR_INVALID_ARGUMENT, version_size);
  other_constraints.constraint_size -= 4;
  assert_mistakes (&other_constraints, MIGDESC_ERROR_INVALID_ARGUMENT, constraint_size);
}

/* --- What no mistake is ------------------------------------------------ */

static const MigdescModelVersion stateless_versions[] = { MIGDESC_MODEL_VERSION ("1", 0, "") };
MIGDESC_MODEL_TABLE (stuck, "a.b/stuck", Small, good_params, stateless_versions,
                     MIGDESC_MODEL_STATE (nic_state), MIGDESC_UNMIGRATABLE ("it holds a lock"));
MIGDESC_MODEL_TABLE (silent, "a.b/silent", Small, good_params, stateless_versions,
                     MIGDESC_MODEL_STATE (nic_state), MIGDESC_SUPPORTED (MIGDESC_SUPPORT_NONE));

static void
assert_blocked (const MigdescModelTable *table,
                const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescBackend) backend = migdesc_backend_new (table, NULL, &error);
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();
  g_autofree char *message = g_strconcat ("dev0 cannot be migrated: ", reason, NULL);
  static const MigdescDeviceFuncs funcs = { 0 };

  g_assert_no_error (error);
  g_assert_cmpstr (migdesc_backend_get_blocker (backend), ==, reason);
  g_assert_false (migdesc_backend_add_device (backend, set, "dev0", &funcs, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, message);
}

/* A whole model that cannot be migrated, with and without a reason. */
static void
test_unmigratable_model (void)
{
  assert_blocked (&stuck, "it holds a lock");
  assert_blocked (&silent, "no reason given");
}

static void
capture_nothing (gpointer device G_GNUC_UNUSED,
                 gpointer state G_GNUC_UNUSED)
{
}

MIGDESC_MODEL_TABLE (mobile, "a.b/mobile", Small, good_params, stateless_versions,
                     MIGDESC_MODEL_STATE (nic_state));

/* A version without a state version has the newest; an Id is not given twice. */
static void
test_device_of_newest_state (void)
{
  static const MigdescDeviceFuncs funcs = { .capture = capture_nothing, .commit = capture_nothing };
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescBackend) backend = migdesc_backend_new (&mobile, NULL, &error);
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();

  g_assert_no_error (error);
  g_assert_cmpuint (migdesc_backend_get_state_version (backend), ==, 3);
  g_assert_true (migdesc_backend_add_device (backend, set, "dev0", &funcs, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (migdesc_backend_add_device (backend, set, "dev0", &funcs, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "the set has a device \"dev0\" already");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend-mistakes/row-twice", test_row_twice);
  g_test_add_func ("/backend-mistakes/sets", test_sets);
  g_test_add_func ("/backend-mistakes/values", test_values_of_a_version);
  g_test_add_func ("/backend-mistakes/tested", test_tested_pairs);
  g_test_add_func ("/backend-mistakes/condition", test_condition);
  g_test_add_func ("/backend-mistakes/tested-with-limit", test_tested_with_limit);
  g_test_add_func ("/backend-mistakes/wrong-with-limit", test_wrong_with_limit);
  g_test_add_func ("/backend-mistakes/state", test_state);
  g_test_add_func ("/backend-mistakes/other-headers", test_other_headers);
  g_test_add_func ("/backend-mistakes/type-given", test_type_given);
  g_test_add_func ("/backend-mistakes/unmigratable", test_unmigratable_model);
  g_test_add_func ("/backend-mistakes/newest-state", test_device_of_newest_state);
  return g_test_run ();
}
