/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backend-nic.h"

/* Backends of a descriptor that somebody else has made, and what a limit leaves of it. */

#define DOCUMENT                                                                                  \
  "{\"models\": {\"a.b/nic\": {"                                                                  \
  "\"params\": {"                                                                                 \
  "\"queues\": {\"type\": \"int\", \"allowed_values\": [\"1-64\"], \"init_value\": 8,"            \
  " \"off_value\": 1},"                                                                           \
  "\"mtu\": {\"type\": \"int\", \"allowed_values\": [\"68-9000\"], \"init_value\": 1500},"        \
  "\"rss\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false},"                    \
  "\"spare\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}},"                 \
  "\"versions\": ["                                                                               \
  "{\"name\": \"1\", \"params\": {\"rss\": false, \"mtu\": 576}, \"state_version\": 1},"          \
  "{\"name\": \"2\", \"params\": {\"queues\": 4}, \"tested\": ["                                  \
  "{\"from\": \"1\", \"to\": \"2\"}, {\"from\": \"2\", \"to\": \"3\"},"                           \
  "{\"from\": \"3\", \"to\": \"2\"}]},"                                                           \
  "{\"name\": \"3\", \"params\": {\"queues\": 8, \"rss\": true, \"mtu\": 1500}}],"                \
  "\"constraints\": ["                                                                            \
  "{\"if\": {\"rss\": [true]}, \"then\": {\"queues\": [\"2-64\"]}},"                              \
  "{\"forbid\": {\"queues\": [1], \"mtu\": [\"8000-9000\"]}},"                                    \
  "{\"forbid\": {\"queues\": [1], \"rss\": [true]}}]}}}"

static MigdescDescriptor *
parse (const char *document)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor
      = migdesc_reader_read_string (reader, document, -1, NULL, NULL, &error);

  g_assert_no_error (error);
  return descriptor;
}

static MigdescBackend *
make (const char *document)
{
  g_autoptr (MigdescDescriptor) descriptor = parse (document);
  g_autoptr (GError) error = NULL;
  MigdescBackend *backend
      = migdesc_backend_new_from_descriptor (descriptor, NULL, NULL, &error);

  g_assert_no_error (error);
  return backend;
}

static void
assert_limited (const char *document,
                const char *limit,
                const char *wanted)
{
  g_autoptr (MigdescBackend) backend = make (document);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (migdesc_backend_set_version_limit (backend, limit, &error));
  g_assert_no_error (error);
  text = migdesc_descriptor_to_string (migdesc_backend_get_descriptor (backend));
  g_assert_cmpstr (text, ==, wanted);
}

/* No param that only later versions turn on, no version and tested pair after the limit, and no
 * constraint on what is gone; a fresh device is one of the limit. */
static void
test_limit (void)
{
  assert_limited (
      DOCUMENT, "2",
      "{\"migdesc\":\"1.0\",\"models\":{\"a.b/nic\":{\"params\":{"
      "\"queues\":{\"type\":\"int\",\"allowed_values\":[\"1-64\"],\"init_value\":4,"
      "\"off_value\":1},"
      "\"mtu\":{\"type\":\"int\",\"allowed_values\":[\"68-9000\"],\"init_value\":1500},"
      "\"spare\":{\"type\":\"bool\",\"init_value\":false,\"off_value\":false}},"
      "\"versions\":[{\"name\":\"1\",\"params\":{\"mtu\":576},\"state_version\":1},"
      "{\"name\":\"2\",\"params\":{\"queues\":4},\"tested\":[{\"from\":\"1\",\"to\":\"2\"}]}],"
      "\"constraints\":[{\"forbid\":{\"queues\":[1],\"mtu\":[\"8000-9000\"]}}]}}}");
  assert_limited (
      DOCUMENT, "1",
      "{\"migdesc\":\"1.0\",\"models\":{\"a.b/nic\":{\"params\":{"
      "\"mtu\":{\"type\":\"int\",\"allowed_values\":[\"68-9000\"],\"init_value\":576},"
      "\"spare\":{\"type\":\"bool\",\"init_value\":false,\"off_value\":false}},"
      "\"versions\":[{\"name\":\"1\",\"params\":{\"mtu\":576},\"state_version\":1}]}}}");
}

/* The newest version, and none, take nothing away. */
static void
test_no_limit (void)
{
  g_autoptr (MigdescDescriptor) descriptor = parse (DOCUMENT);
  g_autofree char *whole = migdesc_descriptor_to_string (descriptor);

  assert_limited (DOCUMENT, "3", whole);
  assert_limited (DOCUMENT, NULL, whole);
}

static void
test_limit_without_params (void)
{
  assert_limited ("{\"models\": {\"a.b/c\": {\"versions\": [\"1\", \"2\", \"3\"]}}}", "2",
                  "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"versions\":[\"1\",\"2\"]}}}");
  assert_limited ("{\"models\": {\"a.b/c\": {\"params\": {"
                  "\"x\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}},"
                  "\"versions\": [{\"name\": \"1\"}, {\"name\": \"2\"},"
                  "{\"name\": \"3\", \"params\": {\"x\": true}}]}}}",
                  "2",
                  "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"versions\":[\"1\",\"2\"]}}}");
}

static void
test_unknown_version (void)
{
  g_autoptr (MigdescBackend) backend = make (DOCUMENT);
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *before = migdesc_backend_get_descriptor (backend);

  g_assert_false (migdesc_backend_set_version_limit (backend, "4\n", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "\"4\\n\" is no version of a.b/nic");
  g_assert_true (migdesc_backend_get_descriptor (backend) == before);
}

#define TWO "{\"models\": {\"a.b/c\": {\"params\": {}}, \"a.b/d\": {\"params\": {}}}}"

static void
test_which_model (void)
{
  g_autoptr (MigdescDescriptor) descriptor = parse (TWO);
  g_autoptr (MigdescBackend) backend = NULL;
  g_autoptr (GError) several = NULL, unknown = NULL, error = NULL;

  g_assert_null (migdesc_backend_new_from_descriptor (descriptor, NULL, NULL, &several));
  g_assert_error (several, MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE);
  g_assert_cmpstr (several->message, ==,
                   "the descriptor has several models: one has to be named");
  g_assert_null (migdesc_backend_new_from_descriptor (descriptor, "a.b/\t", NULL, &unknown));
  g_assert_error (unknown, MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND);
  g_assert_cmpstr (unknown->message, ==, "the descriptor has no model \"a.b/\\t\"");
  backend = migdesc_backend_new_from_descriptor (descriptor, "a.b/d", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (migdesc_model_get_name (migdesc_backend_get_model (backend)), ==, "a.b/d");
}

static MigdescStateType *
make_type (void)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new (&nic_state, &error);

  g_assert_no_error (error);
  return type;
}

static void
assert_schema (MigdescBackend *backend,
               guint version)
{
  MigdescStateType *type = migdesc_backend_get_state_type (backend);
  g_autofree char *schema = migdesc_model_dup_state_schema (migdesc_backend_get_model (backend));
  g_autofree char *wanted = migdesc_state_type_to_json (type, FALSE);

  g_assert_cmpuint (migdesc_state_type_get_version (type), ==, version);
  g_assert_cmpstr (schema, ==, wanted);
}

/* The state of a type takes the place of what the descriptor had, and is limited with it. */
static void
test_state (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autoptr (MigdescDescriptor) descriptor = parse (DOCUMENT);
  g_autoptr (MigdescBackend) backend = NULL, again = NULL, of_schema = NULL;
  g_autoptr (GError) error = NULL;

  backend = migdesc_backend_new_from_descriptor (descriptor, "a.b/nic", type, &error);
  g_assert_no_error (error);
  assert_schema (backend, 3);
  again = migdesc_backend_new_from_descriptor (migdesc_backend_get_descriptor (backend), NULL, type,
                                               &error);
  g_assert_no_error (error);
  assert_schema (again, 3);
  of_schema = migdesc_backend_new_from_descriptor (migdesc_backend_get_descriptor (backend), NULL,
                                                   NULL, &error);
  g_assert_no_error (error);
  assert_schema (of_schema, 3);

  g_assert_true (migdesc_backend_set_version_limit (again, "1", &error));
  assert_schema (again, 1);
  /* a version that says nothing of its state */
  g_assert_true (migdesc_backend_set_version_limit (again, "2", &error));
  g_assert_no_error (error);
  assert_schema (again, 3);
}

/* Of a version whose state the type never had. */
static void
test_state_of_no_version (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autoptr (MigdescDescriptor) descriptor
      = parse ("{\"models\": {\"a.b/c\": {\"params\": {}, \"versions\": ["
               "{\"name\": \"1\", \"state_version\": 9}, \"2\"]}}}");
  g_autoptr (MigdescBackend) backend
      = migdesc_backend_new_from_descriptor (descriptor, NULL, type, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_backend_set_version_limit (backend, "1", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_NEW);
  g_assert_cmpstr (error->message, ==, "state version 9 of nic_state, the newest known is 3");
}

/* What the device cannot do is the descriptor's to say. */
static void
test_no_state (void)
{
  g_autoptr (MigdescBackend) backend = make (DOCUMENT);
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_backend_get_state_type (backend));
  g_assert_true (migdesc_backend_set_version_limit (backend, "1", &error));
  g_assert_no_error (error);
  g_assert_null (migdesc_backend_get_state_type (backend));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend-descriptor/limit", test_limit);
  g_test_add_func ("/backend-descriptor/no-limit", test_no_limit);
  g_test_add_func ("/backend-descriptor/limit-without-params", test_limit_without_params);
  g_test_add_func ("/backend-descriptor/unknown-version", test_unknown_version);
  g_test_add_func ("/backend-descriptor/which-model", test_which_model);
  g_test_add_func ("/backend-descriptor/state", test_state);
  g_test_add_func ("/backend-descriptor/state-of-no-version", test_state_of_no_version);
  g_test_add_func ("/backend-descriptor/no-state", test_no_state);
  return g_test_run ();
}
