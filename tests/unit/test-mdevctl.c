/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Dumps of `mdevctl list --dumpjson`, good and malformed. */

#include "host/mdevctl.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#define UUID "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001"
#define OTHER "00000000-509f-382f-3c1e-e6bfe0fa1001"

/* One device with these attrs, laid out as mdevctl does. */
#define DEVICE(attrs)                                             \
  "[\n  {\n    \"0000:00:02.0\": [\n      {\n        \"" UUID     \
  "\": {\n          \"mdev_type\": \"t\",\n"                      \
  "          \"start\": \"manual\",\n          \"attrs\": " attrs \
  "\n        }\n      }\n    ]\n  }\n]\n"

static GBytes *
new_dump (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static void
assert_instances (const char *text, const char *expected)
{
  g_autoptr (GBytes) dump = new_dump (text);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = migdesc_mdevctl_list_instances (dump, "dump.json", &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  joined = g_strjoinv (" ", uuids);
  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_lists (const char *text, const char *expected)
{
  g_autoptr (GBytes) dump = new_dump (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list
      = migdesc_mdevctl_read_instance (dump, "dump.json", UUID, &error);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  line = migdesc_param_list_to_string (list);
  g_assert_cmpstr (line, ==, expected);
}

static void
assert_fails (const char *text, MigdescError code, const char *message)
{
  g_autoptr (GBytes) dump = new_dump (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list
      = migdesc_mdevctl_read_instance (dump, "dump.json", UUID, &error);

  g_assert_null (list);
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

/* Also where only the names of devices were asked for */
static void
assert_malformed (const char *text, MigdescError code, const char *message)
{
  g_autoptr (GBytes) dump = new_dump (text);
  g_autoptr (GError) error = NULL;

  assert_fails (text, code, message);
  g_assert_null (migdesc_mdevctl_list_instances (dump, "dump.json", &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_instances_are_listed_once_and_sorted (void)
{
  assert_instances ("[]", "");
  assert_instances (DEVICE ("[]"), UUID);
  assert_instances ("[{\"p\":[{\"" UUID "\":{}},{\"" OTHER "\":{}}]}]", OTHER " " UUID);
  assert_instances ("[{\"p\":[{\"" UUID "\":{}}],\"q\":[{\"" UUID "\":{},\"" OTHER
                    "\":{}}]},{\"r\":[]}]",
                    OTHER " " UUID);
}

static void
test_params (void)
{
  assert_lists (DEVICE ("[]"), "");
  assert_lists (DEVICE ("[{\"migration/num-queues\": \"8\"}, {\"migration/new-feature\": \"on\"}]"),
                "num-queues=8,new-feature=on");
  assert_lists (DEVICE ("[{\"migration/num-queues\": \"8\", \"migration/new-feature\": \"on\"}]"),
                "num-queues=8,new-feature=on");
}

static void
test_model_and_version (void)
{
  assert_lists (DEVICE ("[{\"migration/device_model\": \"vendor-a.com/gpu\"}, "
                        "{\"migration/version\": \"4GB-v1\"}]"),
                "vendor-a.com/gpu?version=4GB-v1");
  assert_lists (DEVICE ("[{\"migration/version\": \"1\"}, {\"migration/version\": \"2\"}]"),
                "version=2");
}

static void
test_params_in_a_directory (void)
{
  assert_lists (
      DEVICE ("[{\"migration/params/num-queues\": \"8\"}, {\"migration/applied\": \"1\"}]"),
      "num-queues=8");
  assert_lists (DEVICE ("[{\"migration/applied\": \"1\"}]"), "applied=1");
}

static void
test_other_attributes_are_the_devices_own_business (void)
{
  assert_lists (DEVICE ("[{\"assign_adapter\": \"5\"}, {\"assign_adapter\": \"6\"}, "
                        "{\"migration/x\": \"1\"}]"),
                "x=1");
  assert_lists (DEVICE ("[{\"migration\": \"1\"}, {\"migrations/x\": \"1\"}]"), "");
}

static void
test_device_without_attributes (void)
{
  assert_lists ("[{\"p\":[{\"" UUID "\":{\"mdev_type\":\"t\"}}]}]", "");
}

static void
test_first_of_two_parents_counts (void)
{
  assert_lists ("[{\"p\":[{\"" UUID "\":{\"attrs\":[{\"migration/x\":\"1\"}]}}],"
                "\"q\":[{\"" UUID "\":{\"attrs\":[{\"migration/x\":\"2\"}]}}]}]",
                "x=1");
}

static void
test_escapes_in_names_and_values (void)
{
  assert_lists (DEVICE ("[{\"\\u006digration/x\": \"a\\u002cb\"}]"), "x=a,,b");
}

/* mdevctl list --uuid UUID --dumpjson */
static void
test_dump_of_one_device (void)
{
  const char *text
      = " {\"mdev_type\": \"t\", \"start\": \"manual\", \"attrs\": [{\"migration/x\": \"1\"}]}";
  g_autoptr (GBytes) dump = new_dump (text);
  g_autoptr (GError) error = NULL;

  assert_lists (text, "x=1");
  assert_lists ("{\"attrs\": [], \"mdev_type\": \"t\"}", "");
  g_assert_null (migdesc_mdevctl_list_instances (dump, "a\nb", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_assert_cmpstr (error->message, ==, "a\\nb: the dump of one device does not say its UUID");

  assert_malformed ("{}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
                    "dump.json:1:1: the member \"mdev_type\" of a device is missing");
  assert_malformed ("\n{\"attrs\": []}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
                    "dump.json:2:1: the member \"mdev_type\" of a device is missing");
  assert_malformed ("{\"mdev_type\": 1, \"attrs\": {}}", MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:1:27: expected an array, found an object (at /attrs)");
  assert_malformed ("{\"mdev_type\": 1, \"mdev_type\": 1}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
                    "dump.json:1:18: the object has a second member \"mdev_type\" (at /mdev_type)");
  assert_malformed ("{\"mdev_type\": \"t\"} []", MIGDESC_ERROR_JSON_TRAILING_DATA,
                    "dump.json:1:20: a second document follows the first");
}

static void
test_unknown_device (void)
{
  assert_fails ("[]", MIGDESC_ERROR_CANNOT_READ, "dump.json: there is no device " UUID);
  assert_fails ("[{\"p\":[{\"" OTHER "\":{}}]}]", MIGDESC_ERROR_CANNOT_READ,
                "dump.json: there is no device " UUID);
}

static void
test_malformed_text (void)
{
  assert_malformed ("", MIGDESC_ERROR_JSON_SYNTAX,
                    "dump.json:1:1: the text ends, expected an array");
  assert_malformed ("[", MIGDESC_ERROR_JSON_SYNTAX,
                    "dump.json:1:2: the text ends, expected a value or \"]\"");
  assert_malformed ("[]\n[]", MIGDESC_ERROR_JSON_TRAILING_DATA,
                    "dump.json:2:1: a second document follows the first");
  assert_malformed ("[\n  {\"p\": [}\n]", MIGDESC_ERROR_JSON_SYNTAX,
                    "dump.json:2:10: unexpected \"}\", expected an object (at /0/p)");
  assert_malformed ("[{\"p\": [\n\t\t{\"\xff\": {}}]}]", MIGDESC_ERROR_JSON_ENCODING,
                    "dump.json:2:5: the byte 0xff is not UTF-8 (at /0/p/0/\357\277\275)");
  assert_malformed ("[{\"é\": [,]}]", MIGDESC_ERROR_JSON_SYNTAX,
                    "dump.json:1:9: unexpected \",\", expected an object (at /0/\303\251)");
}

static void
test_wrong_types (void)
{
  assert_malformed ("\"x\"", MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:1:1: expected an array, found a string");
  assert_malformed ("[1]", MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:1:2: expected an object, found a number (at /0)");
  assert_malformed ("[{\"p\": {}}]", MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:1:8: expected an array, found an object (at /0/p)");
  assert_malformed ("[{\"p\": [[]]}]", MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:1:9: expected an object, found an array (at /0/p/0)");
  assert_malformed ("[{\"p\": [{\"u\": []}]}]", MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:1:15: expected an object, found an array (at /0/p/0/u)");
  assert_malformed (DEVICE ("{}"), MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:8:20: expected an array, found an object"
                    " (at /0/0000:00:02.0/0/" UUID "/attrs)");
  assert_malformed (DEVICE ("[\"x\"]"), MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:8:21: expected an object, found a string"
                    " (at /0/0000:00:02.0/0/" UUID "/attrs/0)");
  assert_malformed (DEVICE ("[{\"migration/x\": 1}]"), MIGDESC_ERROR_DOCUMENT_TYPE,
                    "dump.json:8:37: expected a string, found a number"
                    " (at /0/0000:00:02.0/0/" UUID "/attrs/0/migration~1x)");
}

static void
test_duplicate_members (void)
{
  assert_malformed ("[{\"p\": [],\n \"p\": []}]", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
                    "dump.json:2:2: the object has a second member \"p\" (at /0/p)");
  assert_malformed ("[{\"p\": [{\"u\": {}, \"\\u0075\": {}}]}]",
                    MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
                    "dump.json:1:19: the object has a second member \"u\" (at /0/p/0/u)");
  assert_malformed ("[{\"p\": [{\"u\": {\"attrs\": [], \"attrs\": []}}]}]",
                    MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
                    "dump.json:1:29: the object has a second member \"attrs\" (at /0/p/0/u/attrs)");
  assert_malformed ("[{\"p\": [{\"u\": {\"x\": {\"y\": 1, \"y\": 2}}}]}]",
                    MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
                    "dump.json:1:30: the object has a second member \"y\" (at /0/p/0/u/x/y)");
  assert_malformed (DEVICE ("[{\"a\": \"1\", \"a\": \"2\"}]"), MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
                    "dump.json:8:32: the object has a second member \"a\""
                    " (at /0/0000:00:02.0/0/" UUID "/attrs/0/a)");
}

static void
test_attributes_that_are_no_params (void)
{
  assert_fails (DEVICE ("[{\"migration/../x\": \"1\"}]"), MIGDESC_ERROR_LIST_SYNTAX,
                "dump.json: " UUID ": param 1: \"../x\" is not a param name: \"/\" is not allowed");
  assert_fails (DEVICE ("[{\"migration/\": \"1\"}]"), MIGDESC_ERROR_LIST_SYNTAX,
                "dump.json: " UUID ": param 1: \"\" is not a param name: it is empty");
  assert_fails (DEVICE ("[{\"migration/x\": \"1\\n2\"}]"), MIGDESC_ERROR_VALUE_TEXT,
                "dump.json: " UUID
                ": param 1: the value \"1\\n2\" is not UTF-8 without control characters");
  assert_fails (DEVICE ("[{\"migration/x\": \"1\"}, {\"migration/x\": \"2\"}]"),
                MIGDESC_ERROR_LIST_DUPLICATE,
                "dump.json: " UUID ": param 2: \"x\" is listed twice");
  assert_fails (DEVICE ("[{\"migration/device_model\": \"nic\"}]"), MIGDESC_ERROR_LIST_SYNTAX,
                "dump.json: " UUID ": \"nic\" is not a model name: it is not DOMAIN/PATH");
}

static void
test_origin_is_escaped (void)
{
  g_autoptr (GBytes) dump = new_dump ("");
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_mdevctl_list_instances (dump, "a\nb\033[0m", &error));
  g_assert_cmpstr (error->message, ==, "a\\nb\\x1b[0m:1:1: the text ends, expected an array");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mdevctl/instances-are-listed-once-and-sorted",
                   test_instances_are_listed_once_and_sorted);
  g_test_add_func ("/mdevctl/params", test_params);
  g_test_add_func ("/mdevctl/model-and-version", test_model_and_version);
  g_test_add_func ("/mdevctl/params-in-a-directory", test_params_in_a_directory);
  g_test_add_func ("/mdevctl/other-attributes-are-the-devices-own-business",
                   test_other_attributes_are_the_devices_own_business);
  g_test_add_func ("/mdevctl/device-without-attributes", test_device_without_attributes);
  g_test_add_func ("/mdevctl/first-of-two-parents-counts", test_first_of_two_parents_counts);
  g_test_add_func ("/mdevctl/escapes-in-names-and-values", test_escapes_in_names_and_values);
  g_test_add_func ("/mdevctl/dump-of-one-device", test_dump_of_one_device);
  g_test_add_func ("/mdevctl/unknown-device", test_unknown_device);
  g_test_add_func ("/mdevctl/malformed-text", test_malformed_text);
  g_test_add_func ("/mdevctl/wrong-types", test_wrong_types);
  g_test_add_func ("/mdevctl/duplicate-members", test_duplicate_members);
  g_test_add_func ("/mdevctl/attributes-that-are-no-params", test_attributes_that_are_no_params);
  g_test_add_func ("/mdevctl/origin-is-escaped", test_origin_is_escaped);
  return g_test_run ();
}
