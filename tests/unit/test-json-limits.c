/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Every limit of the reader: exactly at it is fine, one past it is not. */

#include "json-check.h"

static char *
repeat (const char *piece,
        gsize n)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

static char *
make_nested (gsize depth,
             const char *open,
             const char *inner,
             const char *close)
{
  g_autofree char *opens = repeat (open, depth);
  g_autofree char *closes = repeat (close, depth);

  return g_strconcat (opens, inner, closes, NULL);
}

static char *
make_object (gsize n_members)
{
  GString *text = g_string_new ("{");

  for (gsize i = 0; i < n_members; i++)
    g_string_append_printf (text, "%s\"%" G_GSIZE_FORMAT "\":0", i > 0 ? "," : "", i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* An array of n - 1 zeros: n values. */
static char *
make_values (gsize n)
{
  g_autofree char *zeros = repeat (",0", n - 1);

  return g_strconcat ("[", zeros + 1, "]", NULL);
}

static void
assert_accepted (const char *text,
                 const MigdescLimits *limits)
{
  g_autofree char *answer = json_check_read (text, -1, limits);

  g_assert_false (g_str_has_prefix (answer, "limit-exceeded"));
  g_assert_true (strchr ("[{\"", *answer) != NULL);
}

static void
assert_refused (const char *text,
                const MigdescLimits *limits,
                const char *expected)
{
  g_autofree char *answer = json_check_read (text, -1, limits);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_document_size (void)
{
  const gsize limit = 4 << 20;
  char *text = g_malloc (limit + 2);

  memset (text, ' ', limit + 1);
  memcpy (text, "[0]", 3);
  text[limit] = '\0';
  assert_accepted (text, NULL);
  text[limit] = ' ';
  text[limit + 1] = '\0';
  assert_refused (text, NULL,
                  "limit-exceeded 4194304 1:4194305 : more than 4194304 bytes in the document "
                  "(limit document-size)");
  g_free (text);
}

static void
test_document_size_set (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_DOCUMENT_SIZE, 5);
  assert_accepted ("[1,2]", limits);
  assert_refused ("[1,2,3]", limits,
                  "limit-exceeded 5 1:6 /2: more than 5 bytes in the document "
                  "(limit document-size)");
}

static void
test_depth (void)
{
  g_autofree char *arrays = make_nested (32, "[", "", "]");
  g_autofree char *deep_arrays = make_nested (33, "[", "", "]");
  g_autofree char *objects = make_nested (32, "{\"a\":", "\"x\"", "}");
  g_autofree char *deep_objects = make_nested (33, "{\"a\":", "\"x\"", "}");
  g_autofree char *array_path = repeat ("/0", 32);
  g_autofree char *object_path = repeat ("/a", 32);
  g_autofree char *arrays_error
      = g_strdup_printf ("limit-exceeded 32 1:33 %s: more than 32 objects and arrays inside each "
                         "other (limit depth)",
                         array_path);
  g_autofree char *objects_error
      = g_strdup_printf ("limit-exceeded 160 1:161 %s: more than 32 objects and arrays inside "
                         "each other (limit depth)",
                         object_path);

  assert_accepted (arrays, NULL);
  assert_refused (deep_arrays, NULL, arrays_error);
  assert_accepted (objects, NULL);
  assert_refused (deep_objects, NULL, objects_error);
}

static void
test_depth_set (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autofree char *deepest = make_nested (256, "[", "", "]");
  g_autofree char *too_deep = make_nested (257, "[", "", "]");
  g_autofree char *path = repeat ("/0", 256);
  g_autofree char *error
      = g_strdup_printf ("limit-exceeded 256 1:257 %s: more than 256 objects and arrays inside "
                         "each other (limit depth)",
                         path);

  migdesc_limits_set (limits, MIGDESC_LIMIT_DEPTH, 0);
  assert_accepted ("\"x\"", limits);
  assert_refused ("[]", limits,
                  "limit-exceeded 0 1:1 : more than 0 objects and arrays inside each other "
                  "(limit depth)");

  migdesc_limits_set (limits, MIGDESC_LIMIT_DEPTH, G_MAXUINT64);
  assert_accepted (deepest, limits);
  assert_refused (too_deep, limits, error);
}

/* A closed level does not count. */
static void
test_depth_is_not_a_total (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_DEPTH, 2);
  assert_accepted ("[[],[],{},[1],{\"a\":1}]", limits);
  assert_refused ("[[],[[]]]", limits,
                  "limit-exceeded 5 1:6 /1/0: more than 2 objects and arrays inside each other "
                  "(limit depth)");
}

static void
test_members (void)
{
  g_autofree char *text = make_object (4096);
  g_autofree char *large = make_object (4097);

  assert_accepted (text, NULL);
  assert_refused (large, NULL,
                  "limit-exceeded 35755 1:35756 /4096: more than 4096 members in one object "
                  "(limit members)");
}

/* Each object counts for itself, and goes on counting behind an inner one. */
static void
test_members_set (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_MEMBERS, 2);
  assert_accepted ("[{\"a\":{\"a\":1,\"b\":2},\"b\":{\"a\":1,\"b\":2}},{\"a\":1,\"b\":1}]", limits);
  assert_accepted ("[1,2,3,4]", limits);
  assert_refused ("{\"a\":{\"x\":1},\"b\":{},\"c\":1}", limits,
                  "limit-exceeded 20 1:21 /c: more than 2 members in one object (limit members)");
  migdesc_limits_set (limits, MIGDESC_LIMIT_MEMBERS, 0);
  assert_accepted ("{}", limits);
  assert_refused ("{\"a\":1}", limits,
                  "limit-exceeded 1 1:2 /a: more than 0 members in one object (limit members)");
}

static void
test_values (void)
{
  g_autofree char *text = make_values (262144);
  g_autofree char *large = make_values (262145);

  assert_accepted (text, NULL);
  assert_refused (large, NULL,
                  "limit-exceeded 524287 1:524288 /262143: more than 262144 values in the document "
                  "(limit values)");
}

/* Each kind of value counts. */
static void
test_values_set (void)
{
  static const char *const values[]
      = { "null", "true", "false", "0", "-1.5", "\"x\"", "\"\\n\"", "{}", "[]" };
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_VALUES, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *fits = g_strdup_printf ("[%s]", values[i]);
      g_autofree char *exceeds = g_strdup_printf ("[0,%s]", values[i]);

      assert_accepted (fits, limits);
      assert_refused (exceeds, limits,
                      "limit-exceeded 3 1:4 /1: more than 2 values in the document "
                      "(limit values)");
    }
  assert_refused ("{\"a\":1,\"b\":2}", limits,
                  "limit-exceeded 11 1:12 /b: more than 2 values in the document (limit values)");
}

static void
test_string_length (void)
{
  g_autofree char *text = g_strnfill (65536 + 3, 'x');

  text[0] = text[65537] = '"';
  text[65538] = '\0';
  assert_accepted (text, NULL);
  text[65537] = 'x';
  text[65538] = '"';
  assert_refused (text, NULL,
                  "limit-exceeded 0 1:1 : more than 65536 bytes in one string "
                  "(limit string-length)");
}

/* Bytes after decoding, of keys too. */
static void
test_string_length_set (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_STRING_LENGTH, 4);
  assert_accepted ("\"abcd\"", limits);
  assert_accepted ("\"\\u0061\\u0062\\u0063\\u0064\"", limits);
  assert_accepted ("\"\\ud83d\\ude00\"", limits);
  assert_accepted ("{\"\\u00e9\xc3\xa9\":0}", limits);
  assert_refused ("[\"abcde\"]", limits,
                  "limit-exceeded 1 1:2 /0: more than 4 bytes in one string "
                  "(limit string-length)");
  assert_refused ("\"\\ud83d\\ude00x\"", limits,
                  "limit-exceeded 0 1:1 : more than 4 bytes in one string (limit string-length)");
  assert_refused ("{\"abcde\":0}", limits,
                  "limit-exceeded 1 1:2 /abcde: more than 4 bytes in one string "
                  "(limit string-length)");
  assert_refused ("{\"a\":0,\"\xc3\xa9\xc3\xa9z\":0}", limits,
                  "limit-exceeded 7 1:8 /\xc3\xa9\xc3\xa9z: more than 4 bytes in one string "
                  "(limit string-length)");
}

/* The pull functions look at the limits as skipping does. */
static void
test_pull (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  MigdescJsonString string;
  JsonCheck check;
  guint64 number;

  migdesc_limits_set (limits, MIGDESC_LIMIT_VALUES, 1);
  migdesc_limits_set (limits, MIGDESC_LIMIT_MEMBERS, 0);

  json_check_start (&check, "[7]", -1, limits);
  g_assert_true (migdesc_json_reader_begin_array (&check.reader));
  g_assert_true (migdesc_json_reader_next_element (&check.reader));
  g_assert_false (migdesc_json_reader_read_uint64 (&check.reader, &number));
  g_assert_cmpint (check.reader.error, ==, MIGDESC_ERROR_LIMIT_EXCEEDED);
  json_check_end (&check);

  json_check_start (&check, "[{}]", -1, limits);
  g_assert_true (migdesc_json_reader_begin_array (&check.reader));
  g_assert_true (migdesc_json_reader_next_element (&check.reader));
  g_assert_false (migdesc_json_reader_begin_object (&check.reader));
  g_assert_cmpint (check.reader.error, ==, MIGDESC_ERROR_LIMIT_EXCEEDED);
  json_check_end (&check);

  json_check_start (&check, "[\"\"]", -1, limits);
  g_assert_true (migdesc_json_reader_begin_array (&check.reader));
  g_assert_true (migdesc_json_reader_next_element (&check.reader));
  g_assert_false (migdesc_json_reader_read_string (&check.reader, &string));
  g_assert_cmpint (check.reader.error, ==, MIGDESC_ERROR_LIMIT_EXCEEDED);
  json_check_end (&check);

  json_check_start (&check, "{\"a\":1}", -1, limits);
  g_assert_true (migdesc_json_reader_begin_object (&check.reader));
  g_assert_false (migdesc_json_reader_next_member (&check.reader, &string));
  g_assert_cmpint (check.reader.error, ==, MIGDESC_ERROR_LIMIT_EXCEEDED);
  json_check_end (&check);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/limits/document-size", test_document_size);
  g_test_add_func ("/json/limits/document-size-set", test_document_size_set);
  g_test_add_func ("/json/limits/depth", test_depth);
  g_test_add_func ("/json/limits/depth-set", test_depth_set);
  g_test_add_func ("/json/limits/depth-is-not-a-total", test_depth_is_not_a_total);
  g_test_add_func ("/json/limits/members", test_members);
  g_test_add_func ("/json/limits/members-set", test_members_set);
  g_test_add_func ("/json/limits/values", test_values);
  g_test_add_func ("/json/limits/values-set", test_values_set);
  g_test_add_func ("/json/limits/string-length", test_string_length);
  g_test_add_func ("/json/limits/string-length-set", test_string_length_set);
  g_test_add_func ("/json/limits/pull", test_pull);
  return g_test_run ();
}
