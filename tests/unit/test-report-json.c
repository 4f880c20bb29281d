/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include "report-fixture.h"

static void
test_json_leaves_out_what_is_absent (void)
{
  g_autoptr (MigdescReport) report = make_report ();
  g_autofree char *json = migdesc_report_to_json (report);

  g_assert_cmpstr (
      json, ==,
      "{\"verdict\":\"incompatible\",\"findings\":["
      "{\"code\":\"param-value-not-allowed\",\"severity\":\"blocker\",\"model\":\"a.b/c\","
      "\"param\":\"num-queues\",\"source\":9,\"accepted\":[\"1-4\",8],"
      "\"message\":\"num-queues=9 is not allowed\",\"remedy\":\"restart with num-queues <= 8\"},"
      "{\"code\":\"document-unknown-member\",\"severity\":\"warning\",\"file\":\"nic.json\","
      "\"line\":3,"
      "\"column\":5,\"pointer\":\"/models/a.b~1c/x\",\"message\":\"unknown member 'x'\"}]}");
}

static void
assert_source (MigdescValueType type,
               const char *source,
               const char *json,
               GVariant *value)
{
  MigdescFindingCore *core = make_finding ("param-type", MIGDESC_SEVERITY_INFO, "m");
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  g_autoptr (MigdescFinding) finding = NULL;
  g_autoptr (GVariant) expected = g_variant_ref_sink (value);
  g_autoptr (GVariant) actual = NULL;
  g_autofree char *actual_json = NULL;
  g_autofree char *expected_json = NULL;

  core->has_source = TRUE;
  core->source_type = (guint8) type;
  core->source = g_strdup (source);
  migdesc_report_take (report, core);

  actual_json = migdesc_report_to_json (report);
  expected_json =
      g_strdup_printf ("{\"verdict\":\"compatible\",\"findings\":[{\"code\":\"param-type\","
                       "\"severity\":\"info\",\"source\":%s,\"message\":\"m\"}]}",
                       json);
  g_assert_cmpstr (actual_json, ==, expected_json);
  finding = migdesc_report_get_finding (report, 0);
  actual = migdesc_finding_get_source_value (finding);
  g_assert_false (g_variant_is_floating (actual));
  g_assert_cmpvariant (actual, expected);
}

static void
test_source_values_are_typed (void)
{
  assert_source (MIGDESC_VALUE_TYPE_BOOL, "on", "true", g_variant_new_boolean (TRUE));
  assert_source (MIGDESC_VALUE_TYPE_BOOL, "false", "false", g_variant_new_boolean (FALSE));
  assert_source (MIGDESC_VALUE_TYPE_BOOL, "maybe", "\"maybe\"", g_variant_new_string ("maybe"));
  assert_source (MIGDESC_VALUE_TYPE_INT, "9007199254740992", "9007199254740992",
                 g_variant_new_uint64 (G_GUINT64_CONSTANT (9007199254740992)));
  assert_source (MIGDESC_VALUE_TYPE_INT, "9007199254740993", "\"9007199254740993\"",
                 g_variant_new_uint64 (G_GUINT64_CONSTANT (9007199254740993)));
  assert_source (MIGDESC_VALUE_TYPE_INT, "18446744073709551615", "\"18446744073709551615\"",
                 g_variant_new_uint64 (G_MAXUINT64));
  assert_source (MIGDESC_VALUE_TYPE_INT, "x", "\"x\"", g_variant_new_string ("x"));
  assert_source (MIGDESC_VALUE_TYPE_STRING, "7\"", "\"7\\\"\"", g_variant_new_string ("7\""));
}

static void
assert_reads_back (MigdescReport *report)
{
  g_autofree char *json = migdesc_report_to_json (report);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescReport) back = migdesc_report_new_from_json (json, -1, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_true (migdesc_report_equal (report, back));
  again = migdesc_report_to_json (back);
  g_assert_cmpstr (again, ==, json);
}

static void
test_json_reads_back (void)
{
  static const struct
  {
    MigdescValueType type;
    const char *param;
    const char *source;
    const char *accepted;
  } values[] = {
    { MIGDESC_VALUE_TYPE_BOOL, "p", "on", "off" },
    { MIGDESC_VALUE_TYPE_INT, "p", "18446744073709551615",
      "0-7,9007199254740993-9007199254740995" },
    { MIGDESC_VALUE_TYPE_INT, "p", "5", "1-4,18446744073709551615" },
    { MIGDESC_VALUE_TYPE_STRING, "p", "tso", "a,b,,c,1-4" },
    { MIGDESC_VALUE_TYPE_STRING, "p", "tso", NULL },
    { MIGDESC_VALUE_TYPE_STRING, "p", "3", "1,2" },
    { MIGDESC_VALUE_TYPE_STRING, NULL, "1-3", "1-4,5-6" },
    { MIGDESC_VALUE_TYPE_STRING, NULL, "3", "1,2" },
    { MIGDESC_VALUE_TYPE_BOOL, NULL, "off", NULL },
  };
  g_autoptr (MigdescReport) report = make_report ();
  g_autoptr (MigdescReport) passing = migdesc_report_new ();
  g_autoptr (MigdescReport) undecided = migdesc_report_new ();
  g_autoptr (MigdescReport) limited = migdesc_report_new_limited (1);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      MigdescFindingCore *core = make_finding ("code", MIGDESC_SEVERITY_INFO, "m\u00e9ssage");

      core->param = g_strdup (values[i].param);
      core->has_source = TRUE;
      core->source_type = (guint8) values[i].type;
      core->source = g_strdup (values[i].source);
      if (values[i].accepted != NULL)
        core->accepted =
            migdesc_value_set_new_from_string (values[i].type, values[i].accepted, NULL);
      migdesc_report_take (report, core);
    }
  assert_reads_back (report);
  assert_reads_back (passing);
  migdesc_report_set_undecided (undecided);
  assert_reads_back (undecided);
  migdesc_report_take (limited, make_check_finding ());
  migdesc_report_take (limited, make_check_finding ());
  assert_reads_back (limited);
}

static void
test_json_reads_what_is_new_and_what_is_hostile (void)
{
  const char *text =
      "{\"new\": [1], \"verdict\": \"compatible\", \"findings\": [{\"other\": {}, \"severity\": "
      "\"blocker\", "
      "\"code\": \"from-tomorrow\", \"message\": \"a\\u001b[2J\", \"remedy\": \"x\\ny\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescReport) report = migdesc_report_new_from_json (text, -1, &error);
  g_autofree char *lines = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_INCOMPATIBLE);
  lines = migdesc_report_to_string (report);
  g_assert_cmpstr (lines, ==, "blocker: from-tomorrow: a\\x1b[2J\n  remedy: x\\ny");
}

/* Every place where the text can end or go wrong */
static void
test_no_prefix_is_a_report (void)
{
  static const char text[] =
      "{\"verdict\":\"compatible\",\"findings\":[{\"code\":\"a\",\"severity\":\"info\",\"model\":"
      "\"m\","
      "\"param\":\"p\",\"source\":true,\"accepted\":[true,false],\"file\":\"f\",\"line\":3,"
      "\"column\":5,"
      "\"pointer\":\"/"
      "\",\"message\":\"m\",\"remedy\":\"r\",\"new\":null},{\"code\":\"b\",\"source\":7,"
      "\"accepted\":[1,\"3-4\"]},{\"code\":\"c\",\"source\":\"x\",\"accepted\":[\"x\"]}],"
      "\"omitted\":2}";
  g_autoptr (MigdescReport) whole = migdesc_report_new_from_json (text, -1, NULL);

  g_assert_cmpuint (migdesc_report_get_n_findings (whole), ==, 3);
  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *spoilt = g_strdup (text);
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_report_new_from_json (text, (gssize) length, &error));
      g_assert_nonnull (error);
      spoilt[length] = '\x01';
      g_assert_null (migdesc_report_new_from_json (spoilt, -1, NULL));
    }
}

static void
test_members_of_the_wrong_kind (void)
{
  static const char *const members[] = { "code",   "severity", "model",   "param",
                                         "source", "accepted", "file",    "line",
                                         "column", "pointer",  "message", "remedy" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"findings\":[{\"%s\":{}}]}", members[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_report_new_from_json (text, -1, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_DOCUMENT_TYPE);
    }
}

static void
test_verdicts_read_back (void)
{
  static const struct
  {
    const char *text;
    MigdescVerdict verdict;
  } cases[] = {
    { "{\"verdict\":\"compatible\"}", MIGDESC_VERDICT_COMPATIBLE },
    { "{\"verdict\":\"incompatible\"}", MIGDESC_VERDICT_INCOMPATIBLE },
    { "{\"verdict\":\"undecided\"}", MIGDESC_VERDICT_UNDECIDED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MigdescReport) report = migdesc_report_new_from_json (cases[i].text, -1, NULL);

      g_assert_cmpint (migdesc_report_get_verdict (report), ==, cases[i].verdict);
    }
}

static void
test_malformed_json (void)
{
  static const struct
  {
    const char *text;
    MigdescError code;
    const char *message;
  } cases[] = {
    { "[]", MIGDESC_ERROR_DOCUMENT_TYPE, "1:1: expected an object, found an array" },
    { "{}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, "1:1: the member \"verdict\" is missing" },
    { "{\"verdict\":\"yes\"}", MIGDESC_ERROR_DOCUMENT_VALUE,
      "1:12: \"yes\" is not a verdict (at /verdict)" },
    { "{\"verdict\":\"compatible\",\"verdict\":\"compatible\"}",
      MIGDESC_ERROR_JSON_DUPLICATE_MEMBER, NULL },
    { "{\"findings\":[{}]}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
      "1:14: the member \"code\" is missing (at /findings/0)" },
    { "{\"findings\":[{\"code\":\"A B\"}]}", MIGDESC_ERROR_DOCUMENT_VALUE,
      "1:22: \"A B\" is not a code (at /findings/0/code)" },
    { "{\"findings\":[{\"code\":\"a_b\"}]}", MIGDESC_ERROR_DOCUMENT_VALUE,
      "1:22: \"a_b\" is not a code (at /findings/0/code)" },
    { "{\"findings\":[{\"code\":\"a\",\"code\":\"a\"}]}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
      NULL },
    { "{\"findings\":[{\"severity\":\"bad\"}]}", MIGDESC_ERROR_DOCUMENT_VALUE,
      "1:26: \"bad\" is not a severity (at /findings/0/severity)" },
    { "{\"findings\":[{\"line\":-1}]}", MIGDESC_ERROR_VALUE_NOT_INT, NULL },
    { "{\"findings\":[{\"source\":null}]}", MIGDESC_ERROR_DOCUMENT_TYPE,
      "1:24: expected a string, found null (at /findings/0/source)" },
    { "{\"findings\":[{\"accepted\":[true,1]}]}", MIGDESC_ERROR_DOCUMENT_VALUE,
      "1:32: \"1\" is not a value of the others' type (at /findings/0/accepted/1)" },
    { "{\"findings\":[{\"accepted\":[1.5]}]}", MIGDESC_ERROR_DOCUMENT_VALUE, NULL },
    { "{\"verdict\":\"compatible\"}x", MIGDESC_ERROR_JSON_TRAILING_DATA, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_report_new_from_json (cases[i].text, -1, &error));
      g_assert_error (error, MIGDESC_ERROR, (int) cases[i].code);
      if (cases[i].message != NULL)
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

#define ADD(name, function) g_test_add_func ("/report-json/" name, function)

/* A version may be called what no value may be. */
static void
test_accepted_names_read_back (void)
{
  const char *json
      = "{\"verdict\":\"incompatible\",\"findings\":[{\"code\":\"version-unknown\","
        "\"severity\":\"blocker\",\"source\":\"3\\u0007\",\"accepted\":[\"1\",\"2\\u0003\"],"
        "\"message\":\"m\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescReport) report = migdesc_report_new_from_json (json, -1, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = migdesc_report_to_json (report);
  g_assert_cmpstr (again, ==, json);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("json-leaves-out-what-is-absent", test_json_leaves_out_what_is_absent);
  ADD ("source-values-are-typed", test_source_values_are_typed);
  ADD ("json-reads-back", test_json_reads_back);
  ADD ("json-reads-what-is-new-and-what-is-hostile",
       test_json_reads_what_is_new_and_what_is_hostile);
  ADD ("accepted-names-read-back", test_accepted_names_read_back);
  ADD ("no-prefix-is-a-report", test_no_prefix_is_a_report);
  ADD ("members-of-the-wrong-kind", test_members_of_the_wrong_kind);
  ADD ("verdicts-read-back", test_verdicts_read_back);
  ADD ("malformed-json", test_malformed_json);
  return g_test_run ();
}
