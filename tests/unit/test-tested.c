/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Descriptors that list more tested pairs, or fewer. */

#include "ops-documents.h"

#define MODEL "a.b/c"
#define N(name, members) "{'name': '" name "'" members "}"
#define BODY PARAMS (FLAG ("f"))
#define TESTED(from, to) "{'from': '" from "', 'to': '" to "'}"

static char *
add_tested (MigdescDescriptor *descriptor,
            const char *const *from,
            const char *const *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) more
      = migdesc_descriptor_new_with_tested (descriptor, MODEL, from, to, &error);

  g_assert_no_error (error);
  return migdesc_descriptor_to_string (more);
}

/* Beside the pairs everything is as it was, be it unknown, and in another model. */
static void
test_adding_tested_pairs (void)
{
  g_autoptr (MigdescDescriptor) descriptor = ops_read (
      "{'models': {'a.b/0': {'params': {}, 'versions': [{'name': '1'}], 'x': 1e400},"
      "'" MODEL "': {" BODY VERSIONS (N ("1", ", 'y': 18446744073709551615") "," N (
          "2", ", 'description': 'two', 'tested': [" TESTED ("1", "2") "]") "," N ("3", "")) "}}}");
  g_autofree char *before = migdesc_descriptor_to_string (descriptor);
  const char *expected
      = "{\"migdesc\":\"1.0\",\"models\":{\"a.b/0\":{\"versions\":[\"1\"],\"x\":1e400},"
        "\"a.b/c\":{\"params\":{\"f\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false}},"
        "\"versions\":[{\"name\":\"1\",\"y\":18446744073709551615},"
        "{\"name\":\"2\",\"description\":\"two\",\"tested\":[{\"from\":\"1\",\"to\":\"2\"},"
        "{\"from\":\"2\",\"to\":\"1\"}]},"
        "{\"name\":\"3\",\"tested\":[{\"from\":\"3\",\"to\":\"1\"},"
        "{\"from\":\"2\",\"to\":\"3\"}]}]}}}";

  ops_assert_text (add_tested (descriptor, (const char *[]){ "2", "1", "3", "2", "2", NULL },
                               (const char *[]){ "1", "2", "1", "3", "3", NULL }),
                   expected);
  ops_assert_text (add_tested (descriptor, (const char *[]){ NULL }, (const char *[]){ NULL }),
                   before);
  ops_assert_text (migdesc_descriptor_to_string (descriptor), before);
}

/* What was added to stays usable when what it was made of is gone. */
static void
test_descriptors_with_tested_pairs_stand_alone (void)
{
  MigdescDescriptor *descriptor = ops_read (
      "{'models': {'" MODEL "': {" BODY VERSIONS (N ("1", "") "," N ("2", "")) "}}}");
  g_autofree char *digest = g_strdup (migdesc_descriptor_get_digest (descriptor));
  const char *from[] = { "1", NULL }, *to[] = { "2", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) more
      = migdesc_descriptor_new_with_tested (descriptor, MODEL, from, to, &error);
  g_autoptr (MigdescModel) model = NULL;
  g_autoptr (MigdescVersion) version = NULL;
  g_autoptr (MigdescDescriptor) again = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_object_unref (descriptor);
  g_assert_cmpstr (migdesc_descriptor_get_digest (more), !=, digest);
  model = migdesc_descriptor_get_model (more, 0);
  version = migdesc_model_lookup_version (model, "2");
  g_assert_cmpuint (migdesc_version_get_n_tested (version), ==, 1);
  text = migdesc_descriptor_to_string (more);
  again = migdesc_descriptor_new_from_string (text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_descriptor_equal (more, again));
}

static void
assert_refused (MigdescDescriptor *descriptor,
                const char *model,
                const char *const *from,
                const char *const *to,
                MigdescError code,
                const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_descriptor_new_with_tested (descriptor, model, from, to, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_removing_tested_pairs (void)
{
  g_autoptr (MigdescDescriptor) descriptor = ops_read (
      "{'models': {'" MODEL "': {" BODY VERSIONS (
          N ("1", ", 'tested': [" TESTED ("2", "1") "]") "," N (
              "2", ", 'tested': [" TESTED ("1", "2") "," TESTED ("2", "1") "," TESTED (
                  "2", "2") "]") "," N ("3", "")) "}}}");
  const char *from[] = { "2", "3", NULL }, *to[] = { "1", "1", NULL }, *unknown[] = { "4", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) left
      = migdesc_descriptor_new_without_tested (descriptor, MODEL, from, to, &error);

  g_assert_no_error (error);
  ops_assert_text (
      migdesc_descriptor_to_string (left),
      "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"params\":{\"f\":{\"type\":\"bool\","
      "\"init_value\":true,\"off_value\":false}},\"versions\":[{\"name\":\"1\"},{\"name\":\"2\","
      "\"tested\":[{\"from\":\"1\",\"to\":\"2\"},{\"from\":\"2\",\"to\":\"2\"}]},{\"name\":"
      "\"3\"}]}}}");
  g_assert_null (
      migdesc_descriptor_new_without_tested (descriptor, MODEL, unknown, unknown, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_TESTED_VERSION_UNKNOWN);
}

static void
test_tested_pairs_that_cannot_be (void)
{
  g_autoptr (MigdescDescriptor) descriptor
      = ops_read ("{'models': {'" MODEL "': {" BODY VERSIONS (N ("1", "")) "}}}");
  const char *one[] = { "1", NULL }, *two[] = { "2\n", NULL }, *both[] = { "1", "1", NULL };

  assert_refused (descriptor, "a.b/d", one, one, MIGDESC_ERROR_MODEL_NOT_FOUND,
                  "the descriptor has no model \"a.b/d\"");
  assert_refused (descriptor, MODEL, one, two, MIGDESC_ERROR_TESTED_VERSION_UNKNOWN,
                  "a.b/c has no version \"2\\n\"");
  assert_refused (descriptor, MODEL, both, one, MIGDESC_ERROR_INVALID_ARGUMENT,
                  "tested pairs need as many versions that saved as loaded");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tested/removing", test_removing_tested_pairs);
  g_test_add_func ("/tested/adding", test_adding_tested_pairs);
  g_test_add_func ("/tested/stand-alone", test_descriptors_with_tested_pairs_stand_alone);
  g_test_add_func ("/tested/refused", test_tested_pairs_that_cannot_be);
  return g_test_run ();
}
