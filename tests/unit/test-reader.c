/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The reader's options, limits and answers; what is wrong with which document is in
 * test-documents.c. */

#include <migdesc/migdesc.h>
#include <string.h>

#define MINIMAL "{\"models\":{\"a.b/c\":{\"params\":{}}}}"

static void
assert_error (const char *text,
              MigdescReader *reader,
              MigdescError code,
              const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = migdesc_reader_read_string (reader, text, -1, NULL,
                                                                         NULL, &error);

  g_assert_null (descriptor);
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
assert_reads (const char *text,
              MigdescReader *reader)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = migdesc_reader_read_string (reader, text, -1, NULL,
                                                                         NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (descriptor);
}

static void
test_options (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescLimits) limits = migdesc_reader_get_limits (reader);
  g_autoptr (MigdescLimits) set = NULL;

  g_assert_cmpint (migdesc_reader_get_dialect (reader), ==, MIGDESC_DIALECT_AUTO);
  g_assert_cmpint (migdesc_reader_get_flags (reader), ==, MIGDESC_READ_DEFAULT);
  g_assert_cmpuint (migdesc_limits_get (limits, MIGDESC_LIMIT_DEPTH), ==, 32);

  migdesc_reader_set_dialect (reader, MIGDESC_DIALECT_V4);
  migdesc_reader_set_flags (reader, MIGDESC_READ_STRICT | MIGDESC_READ_LENIENT);
  migdesc_limits_set (limits, MIGDESC_LIMIT_DEPTH, 4);
  migdesc_reader_set_limits (reader, limits);
  migdesc_limits_set (limits, MIGDESC_LIMIT_DEPTH, 5);
  set = migdesc_reader_get_limits (reader);
  g_assert_cmpint (migdesc_reader_get_dialect (reader), ==, MIGDESC_DIALECT_V4);
  g_assert_cmpint (migdesc_reader_get_flags (reader), ==,
                   MIGDESC_READ_STRICT | MIGDESC_READ_LENIENT);
  g_assert_cmpuint (migdesc_limits_get (set, MIGDESC_LIMIT_DEPTH), ==, 4);

  migdesc_reader_set_limits (reader, NULL);
  migdesc_limits_free (g_steal_pointer (&set));
  set = migdesc_reader_get_limits (reader);
  g_assert_cmpuint (migdesc_limits_get (set, MIGDESC_LIMIT_DEPTH), ==, 32);
}

static void
test_descriptor_knows_where_it_is_from (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (MINIMAL, strlen (MINIMAL));
  g_autoptr (MigdescDescriptor) named = migdesc_reader_read_bytes (reader, bytes, "nic.json", NULL,
                                                                   NULL);
  g_autoptr (MigdescDescriptor) nameless = migdesc_descriptor_new_from_bytes (bytes, NULL);

  g_assert_cmpstr (migdesc_descriptor_get_origin (named), ==, "nic.json");
  g_assert_cmpint (migdesc_descriptor_get_dialect (named), ==, MIGDESC_DIALECT_V3);
  g_assert_null (migdesc_descriptor_get_origin (nameless));
  g_assert_true (migdesc_descriptor_equal (named, nameless));
}

static void
test_length_bounds_the_text (void)
{
  g_autoptr (MigdescDescriptor) descriptor
      = migdesc_descriptor_new_from_string (MINIMAL "garbage", strlen (MINIMAL), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (descriptor);
  g_assert_null (migdesc_descriptor_new_from_string (NULL, 0, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_DOCUMENT_EMPTY);
}

static void
test_report_has_everything (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescFinding) first = NULL;
  g_autoptr (MigdescFinding) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_reader_read_string (reader, "{\"x\":1,\n \"models\":{}}", -1, "a\nb.json",
                                             &report, &error));
  g_assert_cmpstr (error->message, ==, "a\\nb.json:2:11: the document has no model (at /models)");
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_INCOMPATIBLE);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 2);
  first = migdesc_report_get_finding (report, 0);
  g_assert_cmpstr (migdesc_finding_get_code (first), ==, "document-unknown-member");
  g_assert_cmpint (migdesc_finding_get_severity (first), ==, MIGDESC_SEVERITY_WARNING);
  g_assert_cmpstr (migdesc_finding_get_pointer (first), ==, "/x");
  g_assert_cmpint (migdesc_finding_get_offset (first), ==, 1);
  second = migdesc_report_get_finding (report, 1);
  g_assert_cmpstr (migdesc_finding_get_code (second), ==, "document-empty");
  g_assert_cmpuint (migdesc_finding_get_line (second), ==, 2);
  g_assert_cmpuint (migdesc_finding_get_column (second), ==, 11);
  g_assert_cmpstr (migdesc_finding_get_origin (second), ==, "a\nb.json");
}

static void
test_several_errors_are_counted (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();

  assert_error (
      "{\"models\":{\"a.b/c\":{\"params\":{\"p\":{}}}}}", reader,
      MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
      "1:31: a param needs a member \"type\" (at /models/a.b~1c/params/p), and 1 more error");
}

static void
test_warnings_leave_a_descriptor (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = migdesc_reader_read_string (
      reader, "{\"migdesc\":\"1.3\",\"models\":{\"a.b/c\":{\"params\":{},\"x\":1}}}", -1, NULL,
      &report, &error);

  g_assert_no_error (error);
  g_assert_nonnull (descriptor);
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_COMPATIBLE);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 2);
}

static void
test_validate (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (GBytes) good = g_bytes_new_static (MINIMAL, strlen (MINIMAL));
  g_autoptr (GBytes) bad = g_bytes_new_static ("[", 1);
  g_autoptr (MigdescReport) good_report = migdesc_reader_validate_bytes (reader, good, NULL);
  g_autoptr (MigdescReport) bad_report = migdesc_reader_validate_bytes (reader, bad, NULL);

  g_assert_true (migdesc_report_is_compatible (good_report));
  g_assert_cmpuint (migdesc_report_get_n_findings (good_report), ==, 0);
  g_assert_false (migdesc_report_is_compatible (bad_report));
  g_assert_cmpuint (migdesc_report_get_n_findings (bad_report), ==, 1);
}

static void
test_strict_and_lenient_together (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();

  migdesc_reader_set_flags (reader, MIGDESC_READ_STRICT | MIGDESC_READ_LENIENT);
  assert_reads (
      "{\"models\":{\"a.b/c\":{\"params\":{\"f\":{\"type\":\"bool\",\"off_value\":\"off\"}}}}}",
      reader);
  assert_error ("{\"models\":{\"a.b/"
                "c\":{\"params\":{\"f\":{\"type\":\"bool\",\"off_value\":\"off\"}}}},\"x\":1}",
                reader, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
                "1:72: unknown member \"x\" of a document (at /x)");
}

/* N times @item between @before and @after */
static char *
repeat (const char *before,
        const char *item,
        guint n,
        const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (text, item);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

typedef struct
{
  MigdescLimit limit;
  guint64 value;      /* what is set, and what the good text just reaches */
  const char *good;
  const char *bad;
  const char *message;
} LimitCase;

static const LimitCase limit_cases[] = {
  { MIGDESC_LIMIT_DOCUMENT_SIZE, 34, MINIMAL, MINIMAL " ",
    "1:35: more than 34 bytes in the document (limit document-size)" },
  { MIGDESC_LIMIT_DEPTH, 4, MINIMAL, "{\"models\":{\"a.b/c\":{\"params\":{},\"x\":[[]]}}}",
    "1:38: more than 4 objects and arrays inside each other (limit depth) (at "
    "/models/a.b~1c/x/0)" },
  { MIGDESC_LIMIT_MEMBERS, 2, "{\"models\":{\"a.b/c\":{\"params\":{}},\"d.e/f\":{\"params\":{}}}}",
    "{\"models\":{\"a.b/c\":{\"params\":{}},\"d.e/f\":{\"params\":{}},\"g.h/i\":{\"params\":{}}}}",
    "1:56: more than 2 members in one object (limit members) (at /models/g.h~1i)" },
  { MIGDESC_LIMIT_VALUES, 4, MINIMAL, "{\"models\":{\"a.b/c\":{\"params\":{},\"x\":1}}}",
    "1:37: more than 4 values in the document (limit values) (at /models/a.b~1c/x)" },
  { MIGDESC_LIMIT_STRING_LENGTH, 6, MINIMAL,
    "{\"models\":{\"a.b/\\u0063\":{\"params\":{},\"x\":\"1234567\"}}}",
    "1:42: more than 6 bytes in one string (limit string-length) (at /models/a.b~1c/x)" },
  { MIGDESC_LIMIT_RANGES, 2,
    "{\"models\":{\"a.b/"
    "c\":{\"params\":{\"n\":{\"type\":\"int\",\"allowed_values\":[1,\"2-3\"],\"init_value\":1}}}}}",
    "{\"models\":{\"a.b/"
    "c\":{\"params\":{\"n\":{\"type\":\"int\",\"allowed_values\":[1,1,1],\"init_value\":1}}}}}",
    "1:71: more than 2 ranges in one set (limit ranges) (at "
    "/models/a.b~1c/params/n/allowed_values/2)" },
};

static void
test_limits_at_their_edge (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (limit_cases); i++)
    {
      const LimitCase *limit_case = &limit_cases[i];
      g_autoptr (MigdescReader) reader = migdesc_reader_new ();
      g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

      migdesc_limits_set (limits, limit_case->limit, limit_case->value);
      migdesc_reader_set_limits (reader, limits);
      assert_reads (limit_case->good, reader);
      assert_error (limit_case->bad, reader, MIGDESC_ERROR_LIMIT_EXCEEDED, limit_case->message);
    }
}

static void
test_limits_of_v4_text (void)
{
  static const LimitCase cases[] = {
    { MIGDESC_LIMIT_DOCUMENT_SIZE, 9, "a.b/c:\n1\n", "a.b/c:\n12\n",
      "2:3: more than 9 bytes in the document (limit document-size)" },
    { MIGDESC_LIMIT_MEMBERS, 1, "a.b/c:\n1\n", "a.b/c:\n1\nd.e/f:\n1\n",
      "3:1: more than 1 members in one object (limit members)" },
    { MIGDESC_LIMIT_VALUES, 2, "a.b/c:\n1\n", "a.b/c:\n1\n2\n",
      "3:1: more than 2 values in the document (limit values)" },
    { MIGDESC_LIMIT_STRING_LENGTH, 6, "a.b/c:\n123456\n", "a.b/c:\n1234567\n",
      "2:1: more than 6 bytes in one string (limit string-length)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MigdescReader) reader = migdesc_reader_new ();
      g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

      migdesc_limits_set (limits, cases[i].limit, cases[i].value);
      migdesc_reader_set_limits (reader, limits);
      assert_reads (cases[i].good, reader);
      assert_error (cases[i].bad, reader, MIGDESC_ERROR_LIMIT_EXCEEDED, cases[i].message);
    }
}

/* All are read, 1,000 are kept, the rest is counted. */
static void
test_findings_are_limited (void)
{
  g_autofree char *text = repeat (
      "{\"models\":{\"a.b/c\":{\"params\":{\"n\":{\"type\":\"int\",\"init_value\":1,"
      "\"allowed_values\":[1",
      ",-1", 1500, "]}}}}}");
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_reader_read_string (reader, text, -1, NULL, &report, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_VALUE_NOT_INT);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 1000);
  g_assert_cmpuint (migdesc_report_get_n_omitted (report), ==, 500);
  g_assert_true (g_str_has_suffix (error->message, ", and 1499 more errors"));
}

/* A syntax error after it is found all the same, and what came before it is reported. */
static void
test_syntax_ends_the_search (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescFinding) last = NULL;

  g_assert_null (migdesc_reader_read_string (
      reader,
      "{\"models\":{\"nic\":{\"params\":{\"p\":{\"type\":\"flag\"}}},\"a.b/c\":{\"params\":{},}}}",
      -1, NULL, &report, NULL));
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 4);
  last = migdesc_report_get_finding (report, 3);
  g_assert_cmpstr (migdesc_finding_get_code (last), ==, "json-syntax");
}

static void
assert_hostile (const char *text)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;

  descriptor = migdesc_reader_read_string (reader, text, -1, NULL, &report, NULL);
  g_assert_true ((descriptor == NULL) == !migdesc_report_is_compatible (report));
}

/* As large as may be, and as slow as we could think of; bench-hostile measures such. */
static void
test_hostile_documents (void)
{
  static const char *const items[][3] = {
    { "", "[", "" },
    { "{\"models\":{\"a.b/c\":{\"params\":{},\"x\":[1", ",1", "]}}}" },
    { "{\"models\":{\"a.b/c\":{\"versions\":[\"v\"", ",\"v\"", "]}}}" },
    { "{\"models\":{\"a.b/c\":{\"versions\":[\"v\"",
      ",{\"name\":\"v\",\"tested\":[{\"from\":\"x\",\"to\":\"y\"}]}", "]}}}" },
    { "{\"models\":{\"a.b/c\":{\"constraints\":[{}", ",{}", "],\"params\":{}}}}" },
    { "{\"models\":{\"a.b/c\":{\"params\":{\"n\":{\"allowed_values\":[\"1-9\"",
      ",\"0-18446744073709551615\"", "],\"type\":\"int\",\"init_value\":1}}}}}" },
    { "[{\"model\":\"a.b/c\",\"params\":[\"p\"", ",\"p\"", "],\"versions\":[]}]" },
    { "[{\"model\":\"a.b/c\",\"params\":[\"p\"],\"versions\":[{\"name\":\"1\",\"params\":[\"p=1\"",
      ",\"p=1\"", "]}]}]" },
    { "a.b/c:\nv\n", "v\n", "" },
    { "a.b/c:\n", "a.b/c:\n", "" },
    { "x", "\n\n\n\n", "x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      guint n = (4 << 20) / (guint) strlen (items[i][1]) - 100;
      g_autofree char *text = repeat (items[i][0], items[i][1], n, items[i][2]);

      assert_hostile (text);
    }
}

static void
test_json_node (void)
{
  g_autoptr (MigdescDescriptor) descriptor = migdesc_descriptor_new_from_string (
      "{\"models\":{\"a.b/"
      "c\":{\"params\":{\"n\":{\"type\":\"int\",\"init_value\":18446744073709551615,"
      "\"allowed_values\":[\"0-18446744073709551615\"],\"x\":[1.5,null,true,{\"a\":\"\\u00e9\"},"
      "1e400]}}}}}",
      -1, NULL);
  g_autoptr (JsonNode) node = migdesc_descriptor_to_json_node (descriptor);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) copy = migdesc_descriptor_new_from_json_node (node, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = migdesc_descriptor_to_string (copy);
  g_assert_cmpstr (
      text, ==,
      "{\"migdesc\":\"1.0\",\"models\":{\"a.b/"
      "c\":{\"params\":{\"n\":{\"type\":\"int\",\"allowed_values\":"
      "[\"0-18446744073709551615\"],\"init_value\":\"18446744073709551615\",\"x\":[1.5,null,true,"
      "{\"a\":\"\xc3\xa9\"},1.7976931348623157e+308]}}}}}");
}

static void
assert_node_fails (JsonNode *node,
                   MigdescError code,
                   const char *message)
{
  g_autoptr (JsonNode) owned = node;
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_descriptor_new_from_json_node (owned, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static JsonNode *
wrap (JsonNode *node)
{
  JsonNode *wrapped = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_array_add_element (array, node);
  json_node_take_array (wrapped, array);
  return wrapped;
}

static void
test_json_nodes_without_a_text (void)
{
  JsonNode *node = json_node_init_null (json_node_alloc ());

  assert_node_fails (wrap (json_node_init_double (json_node_alloc (), G_MAXDOUBLE * 2)),
                     MIGDESC_ERROR_JSON_NUMBER, "the node holds a number that is not finite");
  assert_node_fails (wrap (json_node_init_string (json_node_alloc (), "\xff")),
                     MIGDESC_ERROR_JSON_ENCODING, "the node holds a string that is not UTF-8");
  assert_node_fails (wrap (json_node_init_int (json_node_alloc (), -7)),
                     MIGDESC_ERROR_DOCUMENT_TYPE,
                     "1:2: expected an object, found a number (at /0)");
  assert_node_fails (wrap (json_node_init_double (json_node_alloc (), 7)),
                     MIGDESC_ERROR_DOCUMENT_TYPE,
                     "1:2: expected an object, found a number (at /0)");
  for (guint i = 0; i < 300; i++)
    node = wrap (node);
  assert_node_fails (node, MIGDESC_ERROR_LIMIT_EXCEEDED,
                     "more than 256 objects and arrays inside each other (limit depth)");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/options", test_options);
  g_test_add_func ("/reader/descriptor-knows-where-it-is-from",
                   test_descriptor_knows_where_it_is_from);
  g_test_add_func ("/reader/length-bounds-the-text", test_length_bounds_the_text);
  g_test_add_func ("/reader/report-has-everything", test_report_has_everything);
  g_test_add_func ("/reader/several-errors-are-counted", test_several_errors_are_counted);
  g_test_add_func ("/reader/warnings-leave-a-descriptor", test_warnings_leave_a_descriptor);
  g_test_add_func ("/reader/validate", test_validate);
  g_test_add_func ("/reader/strict-and-lenient-together", test_strict_and_lenient_together);
  g_test_add_func ("/reader/limits-at-their-edge", test_limits_at_their_edge);
  g_test_add_func ("/reader/limits-of-v4-text", test_limits_of_v4_text);
  g_test_add_func ("/reader/findings-are-limited", test_findings_are_limited);
  g_test_add_func ("/reader/syntax-ends-the-search", test_syntax_ends_the_search);
  g_test_add_func ("/reader/hostile-documents", test_hostile_documents);
  g_test_add_func ("/reader/json-node", test_json_node);
  g_test_add_func ("/reader/json-nodes-without-a-text", test_json_nodes_without_a_text);
  return g_test_run ();
}
