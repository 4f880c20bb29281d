/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The cursor as a codec uses it: peek, pull, come back, fail. */

#include "json-check.h"

static void
assert_failed (const MigdescJsonReader *reader,
               MigdescError code,
               gsize offset,
               const char *message)
{
  g_assert_cmpstr (migdesc_error_get_nick (reader->error), ==, migdesc_error_get_nick (code));
  g_assert_cmpuint (reader->error_offset, ==, offset);
  g_assert_cmpstr (reader->message, ==, message);
  g_assert_cmpint (migdesc_json_reader_peek (reader), ==, MIGDESC_JSON_ERROR);
}

static void
test_accept (void)
{
  static const char *const cases[][2] = {
    { "null", "null" },
    { " true ", "true" },
    { "false\n", "false" },
    { "\t0\r\n", "0" },
    { "-0", "-0" },
    { "-0.0e-0", "-0.0e-0" },
    { "1E+2", "1E+2" },
    { "123456789012345678901234567890.5", "123456789012345678901234567890.5" },
    { "\"\"", "\"\"" },
    { "\"\x7f\"", "\"\x7f\"" },
    { "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"", "\"/\\b\\f\\n\\r\\t\\\"\\\\\"" },
    { "\"\\u0001\\u001F\\u007f\\u0080\"", "\"\\u0001\\u001f\x7f\xc2\x80\"" },
    { "\"\\uFFFE\\uffff\xef\xbb\xbf\"", "\"\xef\xbf\xbe\xef\xbf\xbf\xef\xbb\xbf\"" },
    { "[]", "[]" },
    { "{}", "{}" },
    { " [ ] ", "[]" },
    { "{ }", "{}" },
    { "[[],{},[{}]]", "[[],{},[{}]]" },
    { "[ 1 , 2 ]", "[1,2]" },
    { "{ \"b\" : 1 , \"a\" : [ ] }", "{\"b\":1,\"a\":[]}" },
    { "{\"\":{\"\":{}}}", "{\"\":{\"\":{}}}" },
    { "{\"__proto__\":{\"__proto__\":1}}", "{\"__proto__\":{\"__proto__\":1}}" },
    { "{\"a\\u0062\":\"\\u00e9\"}", "{\"ab\":\"\xc3\xa9\"}" },
    { "[{\"a\":1},{\"a\":1}]", "[{\"a\":1},{\"a\":1}]" },
    { "{\"a\":{\"a\":1},\"b\":{\"a\":1}}", "{\"a\":{\"a\":1},\"b\":{\"a\":1}}" },
    { "[\n                  1,\n                                   2\n]", "[1,2]" },
    { "{\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,\"8\":8,\"9\":9}",
      "{\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,\"8\":8,\"9\":9}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_read (cases[i][0], -1, cases[i][1]);
}

static void
test_white_space_of_every_length (void)
{
  for (gsize length = 0; length < 70; length++)
    {
      g_autofree char *spaces = g_strnfill (length, ' ');
      g_autofree char *lines = g_strnfill (length, '\n');
      g_autofree char *text = g_strconcat (spaces, "[", lines, "1\n", spaces, "\r\t,", spaces, "2",
                                           spaces, "]\t", spaces, NULL);

      assert_read (text, -1, "[1,2]");
    }
}

static void
test_peek (void)
{
  static const struct
  {
    const char *text;
    MigdescJsonKind kind;
    const char *name;
  } cases[] = {
    { " {", MIGDESC_JSON_OBJECT, "an object" },
    { "\n[", MIGDESC_JSON_ARRAY, "an array" },
    { "\"", MIGDESC_JSON_STRING, "a string" },
    { "0", MIGDESC_JSON_NUMBER, "a number" },
    { "9", MIGDESC_JSON_NUMBER, "a number" },
    { "-", MIGDESC_JSON_NUMBER, "a number" },
    { "t", MIGDESC_JSON_TRUE, "true" },
    { "f", MIGDESC_JSON_FALSE, "false" },
    { "n", MIGDESC_JSON_NULL, "null" },
    { "", MIGDESC_JSON_END, "the end of the text" },
    { "  ", MIGDESC_JSON_END, "the end of the text" },
    { "x", MIGDESC_JSON_ERROR, "no value" },
    { "}", MIGDESC_JSON_ERROR, "no value" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JsonCheck check;

      json_check_start (&check, cases[i].text, -1, NULL);
      g_assert_cmpint (migdesc_json_reader_peek (&check.reader), ==, cases[i].kind);
      g_assert_cmpstr (migdesc_json_kind_name (cases[i].kind), ==, cases[i].name);
      g_assert_cmpint (check.reader.error, ==, 0);
      json_check_end (&check);
    }
}

static void
test_no_text (void)
{
  MigdescJsonReader reader;
  g_auto (MigdescLocation) location = { 0 };

  migdesc_json_reader_init (&reader, NULL, 0, NULL);
  g_assert_false (migdesc_json_reader_skip_value (&reader));
  assert_failed (&reader, MIGDESC_ERROR_JSON_SYNTAX, 0, "the text ends, expected a value");
  migdesc_json_locate (NULL, 0, &reader.error_offset, 1, &location);
  g_assert_cmpstr (location.pointer, ==, "");
  migdesc_json_reader_clear (&reader);
}

static void
test_pull (void)
{
  static const char text[] = "{\"name\": \"nic\", \"queues\": 4, \"on\": true, \"off\": false,"
                             " \"none\": null, \"list\": [1, \"x\"], \"rate\": -2.5e3 }";
  MigdescJsonString string;
  JsonCheck check;
  MigdescJsonReader *reader = &check.reader;
  guint64 number;
  gboolean flag;

  json_check_start (&check, text, -1, NULL);
  g_assert_true (migdesc_json_reader_begin_object (reader));

  g_assert_true (migdesc_json_reader_next_member (reader, &string));
  g_assert_true (migdesc_json_string_equal (&string, "name", 4));
  g_assert_cmpuint (string.offset, ==, 1);
  g_assert_cmpuint (migdesc_json_reader_offset (reader), ==, 9);
  g_assert_true (migdesc_json_reader_read_string (reader, &string));
  g_assert_true (migdesc_json_string_equal (&string, "nic", 3));

  g_assert_true (migdesc_json_reader_next_member (reader, &string));
  g_assert_true (migdesc_json_reader_read_uint64 (reader, &number));
  g_assert_cmpuint (number, ==, 4);

  g_assert_true (migdesc_json_reader_next_member (reader, &string));
  g_assert_true (migdesc_json_reader_read_bool (reader, &flag));
  g_assert_cmpint (flag, ==, TRUE);
  g_assert_true (migdesc_json_reader_next_member (reader, &string));
  g_assert_true (migdesc_json_reader_read_bool (reader, &flag));
  g_assert_cmpint (flag, ==, FALSE);

  g_assert_true (migdesc_json_reader_next_member (reader, &string));
  g_assert_true (migdesc_json_reader_read_null (reader));

  g_assert_true (migdesc_json_reader_next_member (reader, &string));
  g_assert_true (migdesc_json_reader_begin_array (reader));
  g_assert_true (migdesc_json_reader_next_element (reader));
  g_assert_cmpint (migdesc_json_reader_read_integer (reader, &number), ==, MIGDESC_JSON_INT_OK);
  g_assert_true (migdesc_json_reader_next_element (reader));
  g_assert_true (migdesc_json_reader_skip_value (reader));
  g_assert_false (migdesc_json_reader_next_element (reader));

  g_assert_true (migdesc_json_reader_next_member (reader, &string));
  g_assert_true (migdesc_json_reader_read_number (reader, &string));
  g_assert_true (migdesc_json_string_equal (&string, "-2.5e3", 6));
  g_assert_cmpuint (string.offset, ==, sizeof text - 9);

  g_assert_false (migdesc_json_reader_next_member (reader, &string));
  g_assert_true (migdesc_json_reader_finish (reader));
  json_check_end (&check);
}

static void
test_integers (void)
{
  static const struct
  {
    const char *text;
    MigdescJsonIntStatus status;
    guint64 value;
    const char *message;
  } cases[] = {
    { "0", MIGDESC_JSON_INT_OK, 0, NULL },
    { "9", MIGDESC_JSON_INT_OK, 9, NULL },
    { "9007199254740993", MIGDESC_JSON_INT_OK, G_GUINT64_CONSTANT (9007199254740993), NULL },
    { "9223372036854775808", MIGDESC_JSON_INT_OK, G_GUINT64_CONSTANT (1) << 63, NULL },
    { "9999999999999999999", MIGDESC_JSON_INT_OK, G_GUINT64_CONSTANT (9999999999999999999), NULL },
    { "18446744073709551615", MIGDESC_JSON_INT_OK, G_MAXUINT64, NULL },
    { "18446744073709551616", MIGDESC_JSON_INT_TOO_LARGE, 0,
      "the number 18446744073709551616 is above 18446744073709551615" },
    { "18446744073709551620", MIGDESC_JSON_INT_TOO_LARGE, 0,
      "the number 18446744073709551620 is above 18446744073709551615" },
    { "99999999999999999999", MIGDESC_JSON_INT_TOO_LARGE, 0,
      "the number 99999999999999999999 is above 18446744073709551615" },
    { "100000000000000000000", MIGDESC_JSON_INT_TOO_LARGE, 0,
      "the number 100000000000000000000 is above 18446744073709551615" },
    { "-0", MIGDESC_JSON_INT_NEGATIVE, 0, "the number -0 is negative" },
    { "-1", MIGDESC_JSON_INT_NEGATIVE, 0, "the number -1 is negative" },
    { "-18446744073709551616", MIGDESC_JSON_INT_NEGATIVE, 0,
      "the number -18446744073709551616 is negative" },
    { "1.0", MIGDESC_JSON_INT_FRACTION, 0, "the number 1.0 has a fraction" },
    { "1.5e3", MIGDESC_JSON_INT_FRACTION, 0, "the number 1.5e3 has a fraction" },
    { "1e3", MIGDESC_JSON_INT_EXPONENT, 0, "the number 1e3 has an exponent" },
    { "1E-0", MIGDESC_JSON_INT_EXPONENT, 0, "the number 1E-0 has an exponent" },
    { "-1.5", MIGDESC_JSON_INT_FRACTION, 0, "the number -1.5 has a fraction" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JsonCheck check;
      guint64 value = 0;

      /* the lenient way goes on behind the number */
      json_check_start (&check, cases[i].text, -1, NULL);
      g_assert_cmpint (migdesc_json_reader_read_integer (&check.reader, &value), ==,
                       cases[i].status);
      if (cases[i].status == MIGDESC_JSON_INT_OK)
        g_assert_cmpuint (value, ==, cases[i].value);
      g_assert_true (migdesc_json_reader_finish (&check.reader));
      json_check_end (&check);

      json_check_start (&check, cases[i].text, -1, NULL);
      g_assert_cmpint (migdesc_json_reader_read_uint64 (&check.reader, &value), ==,
                       cases[i].status == MIGDESC_JSON_INT_OK);
      if (cases[i].status == MIGDESC_JSON_INT_OK)
        g_assert_cmpuint (value, ==, cases[i].value);
      else
        assert_failed (&check.reader, MIGDESC_ERROR_VALUE_NOT_INT, 0, cases[i].message);
      json_check_end (&check);
    }

  g_assert_cmpstr (migdesc_json_int_status_text (MIGDESC_JSON_INT_OK), ==, "is an integer");
  g_assert_cmpstr (migdesc_json_int_status_text (MIGDESC_JSON_INT_ERROR), ==, "is not a number");
}

/* Asking for another kind than what stands there. */
static void
test_wrong_kind (void)
{
  JsonCheck check;
  MigdescJsonString string;

  json_check_start (&check, " 1", -1, NULL);
  g_assert_false (migdesc_json_reader_begin_object (&check.reader));
  assert_failed (&check.reader, MIGDESC_ERROR_DOCUMENT_TYPE, 1,
                 "expected an object, found a number");
  json_check_end (&check);

  json_check_start (&check, "{}", -1, NULL);
  g_assert_false (migdesc_json_reader_begin_array (&check.reader));
  assert_failed (&check.reader, MIGDESC_ERROR_DOCUMENT_TYPE, 0,
                 "expected an array, found an object");
  json_check_end (&check);

  json_check_start (&check, "[]", -1, NULL);
  g_assert_false (migdesc_json_reader_read_string (&check.reader, &string));
  assert_failed (&check.reader, MIGDESC_ERROR_DOCUMENT_TYPE, 0,
                 "expected a string, found an array");
  json_check_end (&check);
}

static void
test_wrong_kind_of_scalar (void)
{
  JsonCheck check;
  MigdescJsonString string;
  guint64 number;
  gboolean flag;

  json_check_start (&check, "\"1\"", -1, NULL);
  g_assert_false (migdesc_json_reader_read_uint64 (&check.reader, &number));
  assert_failed (&check.reader, MIGDESC_ERROR_DOCUMENT_TYPE, 0,
                 "expected a number, found a string");
  json_check_end (&check);

  json_check_start (&check, "null", -1, NULL);
  g_assert_cmpint (migdesc_json_reader_read_integer (&check.reader, &number), ==,
                   MIGDESC_JSON_INT_ERROR);
  assert_failed (&check.reader, MIGDESC_ERROR_DOCUMENT_TYPE, 0, "expected a number, found null");
  json_check_end (&check);

  json_check_start (&check, "true", -1, NULL);
  g_assert_false (migdesc_json_reader_read_number (&check.reader, &string));
  assert_failed (&check.reader, MIGDESC_ERROR_DOCUMENT_TYPE, 0, "expected a number, found true");
  json_check_end (&check);

  json_check_start (&check, "null", -1, NULL);
  g_assert_false (migdesc_json_reader_read_bool (&check.reader, &flag));
  assert_failed (&check.reader, MIGDESC_ERROR_DOCUMENT_TYPE, 0,
                 "expected true or false, found null");
  json_check_end (&check);

  json_check_start (&check, "false", -1, NULL);
  g_assert_false (migdesc_json_reader_read_null (&check.reader));
  assert_failed (&check.reader, MIGDESC_ERROR_DOCUMENT_TYPE, 0, "expected null, found false");
  json_check_end (&check);
}

static void
test_no_kind (void)
{
  JsonCheck check;
  MigdescJsonString string;

  json_check_start (&check, "?", -1, NULL);
  g_assert_false (migdesc_json_reader_begin_object (&check.reader));
  assert_failed (&check.reader, MIGDESC_ERROR_JSON_SYNTAX, 0,
                 "unexpected \"?\", expected an object");
  json_check_end (&check);

  json_check_start (&check, "", -1, NULL);
  g_assert_false (migdesc_json_reader_read_string (&check.reader, &string));
  assert_failed (&check.reader, MIGDESC_ERROR_JSON_SYNTAX, 0, "the text ends, expected a string");
  json_check_end (&check);
}

/* Each way of pulling runs into what is wrong by itself, not only skipping. */
static void
test_pull_malformed (void)
{
  JsonCheck check;
  MigdescJsonString string;
  guint64 number;

  json_check_start (&check, "-x", -1, NULL);
  g_assert_false (migdesc_json_reader_read_number (&check.reader, &string));
  assert_failed (&check.reader, MIGDESC_ERROR_JSON_NUMBER, 1,
                 "a digit has to follow the minus sign of a number");
  json_check_end (&check);

  json_check_start (&check, "1.x", -1, NULL);
  g_assert_false (migdesc_json_reader_read_uint64 (&check.reader, &number));
  assert_failed (&check.reader, MIGDESC_ERROR_JSON_NUMBER, 2,
                 "a digit has to follow the point of a number");
  json_check_end (&check);

  json_check_start (&check, "{\"a\\q\":1}", -1, NULL);
  g_assert_true (migdesc_json_reader_begin_object (&check.reader));
  g_assert_false (migdesc_json_reader_next_member (&check.reader, &string));
  assert_failed (&check.reader, MIGDESC_ERROR_JSON_STRING, 3, "unknown escape in a string");
  json_check_end (&check);
}

/* After the first failure nothing succeeds, and nothing replaces it. */
static void
test_failure_stays (void)
{
  JsonCheck check;
  MigdescJsonReader *reader = &check.reader;
  MigdescJsonMark mark;
  MigdescJsonString string = { "k", 1, 7 };
  g_autoptr (GString) output = g_string_new (NULL);
  guint64 number;
  gboolean flag;

  json_check_start (&check, "[1, {\"a\": 1}]", -1, NULL);
  mark = migdesc_json_reader_tell (reader);
  g_assert_true (migdesc_json_reader_begin_array (reader));
  g_assert_false (migdesc_json_reader_fail (reader, MIGDESC_ERROR_VALUE_TYPE, 1, "not %s", "this"));

  g_assert_false (migdesc_json_reader_begin_object (reader));
  g_assert_false (migdesc_json_reader_begin_array (reader));
  g_assert_false (migdesc_json_reader_next_member (reader, &string));
  g_assert_false (migdesc_json_reader_next_element (reader));
  g_assert_false (migdesc_json_reader_read_string (reader, &string));
  g_assert_false (migdesc_json_reader_read_number (reader, &string));
  g_assert_false (migdesc_json_reader_read_uint64 (reader, &number));
  g_assert_cmpint (migdesc_json_reader_read_integer (reader, &number), ==, MIGDESC_JSON_INT_ERROR);
  g_assert_false (migdesc_json_reader_read_bool (reader, &flag));
  g_assert_false (migdesc_json_reader_read_null (reader));
  g_assert_false (migdesc_json_reader_skip_value (reader));
  g_assert_false (migdesc_json_reader_copy_value (reader, output));
  g_assert_false (migdesc_json_reader_fail_duplicate (reader, &string));
  migdesc_json_reader_seek (reader, &mark);
  g_assert_false (migdesc_json_reader_begin_array (reader));
  g_assert_false (migdesc_json_reader_finish (reader));

  g_assert_cmpuint (output->len, ==, 0);
  assert_failed (reader, MIGDESC_ERROR_VALUE_TYPE, 1, "not this");
  json_check_end (&check);
}

/* Params are read again once the versions are known, whatever the order in the text. */
static void
test_seek (void)
{
  static const char text[] = "{\"first\": {\"a\": [1, 2]}, \"second\": [{\"b\": 3}]}";
  JsonCheck check;
  MigdescJsonReader *reader = &check.reader;
  g_autoptr (GString) output = g_string_new (NULL);
  MigdescJsonMark first;
  MigdescJsonMark second;
  MigdescJsonMark end;
  MigdescJsonString key;

  json_check_start (&check, text, -1, NULL);
  migdesc_json_reader_begin_object (reader);
  g_assert_true (migdesc_json_reader_next_member (reader, &key));
  first = migdesc_json_reader_tell (reader);
  g_assert_true (migdesc_json_reader_skip_value (reader));
  g_assert_true (migdesc_json_reader_next_member (reader, &key));
  second = migdesc_json_reader_tell (reader);
  g_assert_true (migdesc_json_reader_skip_value (reader));
  g_assert_false (migdesc_json_reader_next_member (reader, &key));
  end = migdesc_json_reader_tell (reader);

  migdesc_json_reader_seek (reader, &second);
  g_assert_true (migdesc_json_reader_copy_value (reader, output));
  migdesc_json_reader_seek (reader, &first);
  g_assert_true (migdesc_json_reader_copy_value (reader, output));
  g_assert_true (migdesc_json_reader_next_member (reader, &key));
  g_assert_true (migdesc_json_string_equal (&key, "second", 6));
  g_assert_cmpstr (output->str, ==, "[{\"b\":3}]{\"a\":[1,2]}");

  migdesc_json_reader_seek (reader, &end);
  g_assert_true (migdesc_json_reader_finish (reader));
  json_check_end (&check);
}

/* Values read twice count once. */
static void
test_seek_and_limit (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  JsonCheck check;
  MigdescJsonMark mark;

  migdesc_limits_set (limits, MIGDESC_LIMIT_VALUES, 3);
  json_check_start (&check, "[1,2]", -1, limits);
  mark = migdesc_json_reader_tell (&check.reader);
  for (guint i = 0; i < 5; i++)
    {
      migdesc_json_reader_seek (&check.reader, &mark);
      g_assert_true (migdesc_json_reader_skip_value (&check.reader));
    }
  g_assert_true (migdesc_json_reader_finish (&check.reader));
  json_check_end (&check);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/reader/accept", test_accept);
  g_test_add_func ("/json/reader/white-space", test_white_space_of_every_length);
  g_test_add_func ("/json/reader/peek", test_peek);
  g_test_add_func ("/json/reader/no-text", test_no_text);
  g_test_add_func ("/json/reader/pull", test_pull);
  g_test_add_func ("/json/reader/integers", test_integers);
  g_test_add_func ("/json/reader/wrong-kind", test_wrong_kind);
  g_test_add_func ("/json/reader/wrong-kind-of-scalar", test_wrong_kind_of_scalar);
  g_test_add_func ("/json/reader/no-kind", test_no_kind);
  g_test_add_func ("/json/reader/pull-malformed", test_pull_malformed);
  g_test_add_func ("/json/reader/failure-stays", test_failure_stays);
  g_test_add_func ("/json/reader/seek", test_seek);
  g_test_add_func ("/json/reader/seek-and-limit", test_seek_and_limit);
  return g_test_run ();
}
