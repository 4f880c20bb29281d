/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <glib.h>
#include <string.h>

#include "base/json-writer.h"

static void
write_document (MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_object (writer);
  g_assert_true (migdesc_json_writer_member_string (writer, "name", "nic"));
  migdesc_json_writer_member_uint (writer, "queues", 4);
  migdesc_json_writer_member_bool (writer, "on", TRUE);
  migdesc_json_writer_key (writer, "list");
  migdesc_json_writer_begin_array (writer);
  migdesc_json_writer_uint (writer, 1);
  migdesc_json_writer_null (writer);
  migdesc_json_writer_bool (writer, FALSE);
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_end_object (writer);
  migdesc_json_writer_string_length (writer, "xyz", 2);
  migdesc_json_writer_end_array (writer);
  migdesc_json_writer_key_length (writer, "empty!", 5);
  migdesc_json_writer_begin_array (writer);
  migdesc_json_writer_end_array (writer);
  migdesc_json_writer_key (writer, "raw");
  migdesc_json_writer_raw (writer, "{\"a\":[1,{}],\"b,\\\"[\":\"}\\\\\"}", 26);
  migdesc_json_writer_end_object (writer);
}

static void
test_compact (void)
{
  g_autoptr (GString) output = g_string_new ("> ");
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, output, FALSE);
  write_document (&writer);
  g_assert_cmpstr (output->str, ==,
                   "> {\"name\":\"nic\",\"queues\":4,\"on\":true,\"list\":[1,null,false,{},\"xy\"],"
                   "\"empty\":[],\"raw\":{\"a\":[1,{}],\"b,\\\"[\":\"}\\\\\"}}");
  g_assert_false (writer.failed);
}

static void
test_pretty (void)
{
  g_autoptr (GString) output = g_string_new (NULL);
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, output, TRUE);
  write_document (&writer);
  g_assert_cmpstr (output->str, ==,
                   "{\n"
                   "  \"name\": \"nic\",\n"
                   "  \"queues\": 4,\n"
                   "  \"on\": true,\n"
                   "  \"list\": [\n"
                   "    1,\n"
                   "    null,\n"
                   "    false,\n"
                   "    {},\n"
                   "    \"xy\"\n"
                   "  ],\n"
                   "  \"empty\": [],\n"
                   "  \"raw\": {\n"
                   "    \"a\": [\n"
                   "      1,\n"
                   "      {}\n"
                   "    ],\n"
                   "    \"b,\\\"[\": \"}\\\\\"\n"
                   "  }\n"
                   "}");
}

static void
test_scalar_document (void)
{
  g_autoptr (GString) output = g_string_new (NULL);
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, output, TRUE);
  migdesc_json_writer_uint (&writer, G_MAXUINT64);
  g_assert_cmpstr (output->str, ==, "18446744073709551615");
}

static void
test_integers_that_others_round (void)
{
  g_autoptr (GString) output = g_string_new (NULL);
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, output, FALSE);
  migdesc_json_writer_begin_array (&writer);
  migdesc_json_writer_uint_safe (&writer, 0);
  migdesc_json_writer_uint_safe (&writer, G_GUINT64_CONSTANT (9007199254740992));
  migdesc_json_writer_uint_safe (&writer, G_GUINT64_CONSTANT (9007199254740993));
  migdesc_json_writer_uint_safe (&writer, G_MAXUINT64);
  migdesc_json_writer_end_array (&writer);
  g_assert_cmpstr (output->str, ==,
                   "[0,9007199254740992,\"9007199254740993\",\"18446744073709551615\"]");
}

static void
assert_written (const char *text,
                gsize length,
                gboolean valid,
                const char *expected)
{
  g_autoptr (GString) output = g_string_new (NULL);
  g_autofree char *exact = g_memdup2 (text, length);

  g_assert_cmpint (migdesc_json_append_string (output, exact, length), ==, valid);
  g_assert_cmpstr (output->str, ==, expected);
}

static void
test_strings (void)
{
  assert_written ("", 0, TRUE, "\"\"");
  assert_written ("a\"b\\c/", 6, TRUE, "\"a\\\"b\\\\c/\"");
  assert_written ("\b\f\n\r\t", 5, TRUE, "\"\\b\\f\\n\\r\\t\"");
  assert_written ("a\0b", 3, TRUE, "\"a\\u0000b\"");
  assert_written ("\x01\x0b\x1b\x1f\x7f", 5, TRUE, "\"\\u0001\\u000b\\u001b\\u001f\x7f\"");
  assert_written ("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9, TRUE,
                  "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"");
  assert_written ("sixteen bytes, and \xc3\xa9, and \"more\" of them", 41, TRUE,
                  "\"sixteen bytes, and \xc3\xa9, and \\\"more\\\" of them\"");
}

static void
test_invalid_utf8 (void)
{
  assert_written ("a\xff" "b", 3, FALSE, "\"a\xef\xbf\xbd" "b\"");
  assert_written ("\xc3", 1, FALSE, "\"\xef\xbf\xbd\"");
  assert_written ("\xed\xa0\x80", 3, FALSE, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

/* The writer remembers it, for the caller to look once at the end. */
static void
test_failed (void)
{
  g_autoptr (GString) output = g_string_new (NULL);
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, output, FALSE);
  migdesc_json_writer_begin_array (&writer);
  g_assert_false (migdesc_json_writer_string (&writer, "\xff"));
  g_assert_true (writer.failed);
  migdesc_json_writer_end_array (&writer);

  migdesc_json_writer_init (&writer, output, FALSE);
  g_assert_false (writer.failed);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_key (&writer, "\xff");
  g_assert_true (writer.failed);
  g_assert_false (migdesc_json_writer_member_string (&writer, "a", "b"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/writer/compact", test_compact);
  g_test_add_func ("/json/writer/pretty", test_pretty);
  g_test_add_func ("/json/writer/scalar-document", test_scalar_document);
  g_test_add_func ("/json/writer/integers-that-others-round", test_integers_that_others_round);
  g_test_add_func ("/json/writer/strings", test_strings);
  g_test_add_func ("/json/writer/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/json/writer/failed", test_failed);
  return g_test_run ();
}
