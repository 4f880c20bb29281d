/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Parameter lists made of arguments, of parts and of JSON, their equality, and that all forms read
 * back. */

#include <string.h>

#include "param-list-check.h"

static void
test_args_are_not_doubled (void)
{
  static const char *const args[] = { "a=1,,2,", "b=x=y", "version=a,b", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_args ("a.b/c", args, &error);

  g_assert_no_error (error);
  assert_pair (list, 0, "a", "1,,2,");
  assert_pair (list, 1, "b", "x=y");
  g_assert_cmpstr (migdesc_param_list_get_version (list), ==, "a,b");
  assert_prints (list, "a.b/c?version=a,,b,a=1,,,,2,,,b=x=y");
}

static void
test_malformed_args (void)
{
  static const struct
  {
    const char *model;
    const char *args[3];
    MigdescError code;
    const char *message;
  } cases[] = {
    { NULL,
      { "a=1", "b" },
      MIGDESC_ERROR_LIST_SYNTAX,
      "argument 2: \"b\" has no \"=\": expected NAME=VALUE" },
    { NULL, { "a=1", "a=1" }, MIGDESC_ERROR_LIST_DUPLICATE, "argument 2: \"a\" is listed twice" },
    { NULL,
      { "version=1", "version=1" },
      MIGDESC_ERROR_LIST_DUPLICATE,
      "argument 2: \"version\" is listed twice" },
    { NULL,
      { "a.b/c?a=1" },
      MIGDESC_ERROR_LIST_SYNTAX,
      "argument 1: \"a.b/c?a\" is not a param name: \"/\" is not allowed" },
    { NULL,
      { "model=1" },
      MIGDESC_ERROR_LIST_SYNTAX,
      "argument 1: \"model\" is reserved: the model stands in front, as in MODEL?NAME=VALUE" },
    { NULL,
      { "a=\n" },
      MIGDESC_ERROR_VALUE_TEXT,
      "argument 1: the value \"\\n\" is not UTF-8 without control characters" },
    { "nic",
      { "a=1" },
      MIGDESC_ERROR_LIST_SYNTAX,
      "\"nic\" is not a model name: it is not DOMAIN/PATH" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_param_list_new_from_args (
          cases[i].model, (const char *const *) cases[i].args, &error));
      g_assert_error (error, MIGDESC_ERROR, (int) cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_new_takes_parts (void)
{
  static const char *const names[] = { "a", "b", NULL };
  static const char *const values[] = { "1,2", "", NULL };
  static const char *const reserved[] = { "a", "version", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = migdesc_param_list_new ("a.b/c", "v", names, values, &error);
  g_autoptr (MigdescParamList) empty = migdesc_param_list_new (NULL, NULL, NULL, NULL, &error);
  g_auto (GStrv) back = NULL;

  g_assert_no_error (error);
  assert_prints (list, "a.b/c?version=v,a=1,,2,b=");
  assert_prints (empty, "");
  back = migdesc_param_list_dup_names (list);
  g_assert_cmpstrv (back, names);

  g_assert_null (migdesc_param_list_new (NULL, NULL, names, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "names and values differ in number: 2 and 0");
  g_clear_error (&error);
  g_assert_null (migdesc_param_list_new (NULL, NULL, reserved, values, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX);
  g_assert_cmpstr (error->message, ==,
                   "param 2: \"version\" is reserved: a version is not a param");
}

static void
assert_equal (const char *text,
              const char *other_text,
              gboolean equal)
{
  g_autoptr (MigdescParamList) list = parse (text);
  g_autoptr (MigdescParamList) other = parse (other_text);

  g_assert_cmpint (migdesc_param_list_equal (list, other), ==, equal);
  g_assert_cmpint (migdesc_param_list_equal (other, list), ==, equal);
  g_assert_true (migdesc_param_list_equal (list, list));
  if (equal)
    g_assert_cmpuint (migdesc_param_list_hash (list), ==, migdesc_param_list_hash (other));
  else
    g_assert_cmpuint (migdesc_param_list_hash (list), !=, migdesc_param_list_hash (other));
}

static void
test_equality_is_by_value_and_ignores_order (void)
{
  assert_equal ("a=1,b=2,version=3", "version=3,b=2,a=1", TRUE);
  assert_equal ("a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8,i=9,j=10",
                "j=10,i=9,h=8,g=7,f=6,e=5,d=4,c=3,b=2,a=1", TRUE);
  assert_equal ("", "", TRUE);
  assert_equal ("a.b/c?", "", FALSE);
  assert_equal ("a.b/c?", "a.b/d?", FALSE);
  assert_equal ("version=1", "", FALSE);
  assert_equal ("version=", "", FALSE);
  assert_equal ("version=1", "version=2", FALSE);
  assert_equal ("a=1,b=2", "a=2,b=1", FALSE);
  assert_equal ("a=1,b=2", "a=1", FALSE);
  assert_equal ("a=1,b=2", "a=1,b=3", FALSE);
  assert_equal ("a=1,b=2", "a=1,c=2", FALSE);
  assert_equal ("a=on", "a=true", FALSE);
  assert_equal ("a=0", "a=1", FALSE);
}

static void
test_json_writes_strings_only (void)
{
  g_autoptr (MigdescParamList) full = parse ("a.b/c?version=2,n=8,b=on,s=\"\u00e9\\");
  g_autoptr (MigdescParamList) empty = parse ("");
  g_autofree char *full_json = migdesc_param_list_to_json (full);
  g_autofree char *empty_json = migdesc_param_list_to_json (empty);

  g_assert_cmpstr (full_json, ==,
                   "{\"model\":\"a.b/c\",\"version\":\"2\","
                   "\"params\":{\"n\":\"8\",\"b\":\"on\",\"s\":\"\\\"\u00e9\\\\\"}}");
  g_assert_cmpstr (empty_json, ==, "{\"params\":{}}");
}

static void
test_json_reads_native_values (void)
{
  const char *text = "{\"params\": {\"n\": 18446744073709551615, \"b\": true, \"c\": false, \"s\": "
                     "\"x,\\u00e9\", \"z\": 0},"
                     " \"version\": \"2\", \"model\": \"a.b/c\"}trailing";
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_json (
      text, (gssize) (strlen (text) - strlen ("trailing")), &error);

  g_assert_no_error (error);
  assert_prints (list, "a.b/c?version=2,n=18446744073709551615,b=on,c=off,s=x,,\u00e9,z=0");
}

/* Every place where the text can end or go wrong */
static void
test_no_prefix_is_a_list (void)
{
  static const char text[] =
      "{\"model\":\"a.b/c\",\"version\":\"1\",\"params\":{\"a\":1,\"b\":true,\"c\":\"x\"}}";
  g_autoptr (MigdescParamList) whole = migdesc_param_list_new_from_json (text, -1, NULL);

  assert_prints (whole, "a.b/c?version=1,a=1,b=on,c=x");
  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *spoilt = g_strdup (text);
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_param_list_new_from_json (text, (gssize) length, &error));
      g_assert_nonnull (error);
      spoilt[length] = '\x01';
      g_assert_null (migdesc_param_list_new_from_json (spoilt, -1, NULL));
    }
}

static void
test_parts_have_limits (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *long_version = g_strnfill (65537, 'v');
  g_autoptr (GError) error = NULL;

  for (int i = 0; i <= 4096; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%d", i);

      g_strv_builder_add (builder, name);
    }
  names = g_strv_builder_end (builder);
  g_assert_null (migdesc_param_list_new (NULL, NULL, (const char *const *) names,
                                         (const char *const *) names, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==, "param 4097: more than 4096 params in one list");
  g_clear_error (&error);

  g_assert_null (migdesc_param_list_new (NULL, long_version, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==, "a version name of 65537 bytes; the limit is 65536");
  g_clear_error (&error);

  g_assert_null (migdesc_param_list_new ("a.b", "1", NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX);
}

static const struct
{
  const char *text;
  MigdescError code;
  const char *message;
} malformed_json[] = {
  { "", MIGDESC_ERROR_JSON_SYNTAX, NULL },
  { "{\"params\":{}", MIGDESC_ERROR_JSON_SYNTAX, NULL },
  { "{\"params\":{}}x", MIGDESC_ERROR_JSON_TRAILING_DATA, NULL },
  { "{\"params\":{\"a\":1,}}", MIGDESC_ERROR_JSON_SYNTAX, NULL },
  { "[]", MIGDESC_ERROR_DOCUMENT_TYPE, "1:1: expected an object, found an array" },
  { "{}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, "1:1: the member \"params\" is missing" },
  { "{\"params\":[]}", MIGDESC_ERROR_DOCUMENT_TYPE,
    "1:11: expected an object, found an array (at /params)" },
  { "{\"x\\n\":1,\"params\":{}}", MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
    "1:2: a parameter list has no member \"x\\n\" (at /x\\n)" },
  { "{\"params\":{},\"params\":{}}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER, NULL },
  { "{\"model\":\"a.b/c\",\"model\":\"a.b/c\",\"params\":{}}",
    MIGDESC_ERROR_JSON_DUPLICATE_MEMBER, NULL },
  { "{\"params\":{\"a\":1,\n\"\\u0061\":2}}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER, NULL },
  { "{\"model\":null,\"params\":{}}", MIGDESC_ERROR_DOCUMENT_TYPE,
    "1:10: expected a string, found null (at /model)" },
  { "{\"model\":\"nic\",\"params\":{}}", MIGDESC_ERROR_LIST_SYNTAX,
    "1:10: \"nic\" is not a model name: it is not DOMAIN/PATH (at /model)" },
  { "{\"version\":1,\"params\":{}}", MIGDESC_ERROR_DOCUMENT_TYPE,
    "1:12: expected a string, found a number (at /version)" },
  { "{\"version\":\"\\n\",\"params\":{}}", MIGDESC_ERROR_LIST_SYNTAX,
    "1:12: \"\\n\" is not a version name: it has a line end (at /version)" },
  { "{\"params\":{\"a b\":1}}", MIGDESC_ERROR_LIST_SYNTAX,
    "1:12: \"a b\" is not a param name: white space is not allowed (at /params/a b)" },
  { "{\"params\":{\"version\":1}}", MIGDESC_ERROR_LIST_SYNTAX,
    "1:12: \"version\" is reserved: a version is not a param (at /params/version)" },
  { "{\"params\":\n {\"a\": -1}}", MIGDESC_ERROR_VALUE_NOT_INT,
    "2:8: the number is negative; an int is from 0 to 18446744073709551615 (at /params/a)" },
  { "{\"params\":{\"a\":1.5}}", MIGDESC_ERROR_VALUE_NOT_INT,
    "1:16: the number has a fraction; an int is from 0 to 18446744073709551615 (at /params/a)" },
  { "{\"params\":{\"a\":1e3}}", MIGDESC_ERROR_VALUE_NOT_INT,
    "1:16: the number has an exponent; an int is from 0 to 18446744073709551615 (at /params/a)" },
  { "{\"params\":{\"a\":18446744073709551616}}", MIGDESC_ERROR_VALUE_NOT_INT,
    "1:16: the number is above 18446744073709551615; an int is from 0 to 18446744073709551615 "
    "(at /params/a)" },
  { "{\"params\":{\"a\":007}}", MIGDESC_ERROR_JSON_NUMBER, NULL },
  { "{\"params\":{\"a\":null}}", MIGDESC_ERROR_DOCUMENT_TYPE,
    "1:16: expected a boolean, an integer or a string, found null (at /params/a)" },
  { "{\"params\":{\"a\":[1]}}", MIGDESC_ERROR_DOCUMENT_TYPE,
    "1:16: expected a boolean, an integer or a string, found an array (at /params/a)" },
  { "{\"params\":{\"a\":\"x\\ny\"}}", MIGDESC_ERROR_VALUE_TEXT,
    "1:16: the value \"x\\ny\" is not UTF-8 without control characters (at /params/a)" },
};

static void
test_malformed_json (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (malformed_json); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_param_list_new_from_json (malformed_json[i].text, -1, &error));
      g_assert_error (error, MIGDESC_ERROR, (int) malformed_json[i].code);
      if (malformed_json[i].message != NULL)
        g_assert_cmpstr (error->message, ==, malformed_json[i].message);
    }
}

/* One random character: mostly those with a meaning. */
static void
append_random (GString *text,
               GRand *random,
               const char *from)
{
  glong n = g_utf8_strlen (from, -1);

  g_string_append_unichar (text, g_utf8_get_char (g_utf8_offset_to_pointer (
                                     from, g_rand_int_range (random, 0, (gint32) n))));
}

static char *
make_random (GRand *random,
             int max_length,
             const char *from)
{
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (random, 0, max_length); n > 0; n--)
    append_random (text, random, from);
  return g_string_free (text, FALSE);
}

static MigdescParamList *
make_random_list (GRand *random)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_auto (GStrv) all_names = NULL;
  g_auto (GStrv) all_values = NULL;
  g_autofree char *version = g_rand_boolean (random) ? make_random (random, 5, "1,=? \u00e9v")
                                                     : NULL;
  g_autoptr (GError) error = NULL;
  MigdescParamList *list;

  for (int i = g_rand_int_range (random, 0, 20); i > 0; i--)
    {
      g_autofree char *stem = make_random (random, 4, "a-_.;:+\u00e9\u96ea");
      g_autofree char *name = g_strdup_printf ("%s%d", stem, i);
      g_autofree char *value = make_random (random, 8, ",,,,=?/ \u00e9x\"\\");

      g_strv_builder_add (names, name);
      g_strv_builder_add (values, value);
    }
  all_names = g_strv_builder_end (names);
  all_values = g_strv_builder_end (values);
  list = migdesc_param_list_new (g_rand_boolean (random) ? "a.b/c" : NULL, version,
                                 (const char *const *) all_names, (const char *const *) all_values,
                                 &error);
  g_assert_no_error (error);
  return list;
}

static void
test_written_forms_read_back (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20201110);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (MigdescParamList) list = make_random_list (random);
      g_autofree char *text = migdesc_param_list_to_string (list);
      g_autofree char *json = migdesc_param_list_to_json (list);
      g_autoptr (MigdescParamList) from_text = parse (text);
      g_autoptr (MigdescParamList) from_json = migdesc_param_list_new_from_json (json, -1, NULL);
      g_autofree char *text_again = migdesc_param_list_to_string (from_text);

      g_assert_true (migdesc_param_list_equal (list, from_text));
      g_assert_true (migdesc_param_list_equal (list, from_json));
      g_assert_cmpuint (migdesc_param_list_hash (list), ==, migdesc_param_list_hash (from_json));
      g_assert_cmpstr (text_again, ==, text);
    }
}

#define ADD(name, function) g_test_add_func ("/param-list-forms/" name, function)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("args-are-not-doubled", test_args_are_not_doubled);
  ADD ("malformed-args", test_malformed_args);
  ADD ("new-takes-parts", test_new_takes_parts);
  ADD ("equality-is-by-value-and-ignores-order", test_equality_is_by_value_and_ignores_order);
  ADD ("json-writes-strings-only", test_json_writes_strings_only);
  ADD ("json-reads-native-values", test_json_reads_native_values);
  ADD ("no-prefix-is-a-list", test_no_prefix_is_a_list);
  ADD ("parts-have-limits", test_parts_have_limits);
  ADD ("malformed-json", test_malformed_json);
  ADD ("written-forms-read-back", test_written_forms_read_back);
  return g_test_run ();
}
