/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Each dialect out: the exact text, and exactly what it loses. */

#include <migdesc/migdesc.h>
#include <string.h>

#include "base/quote.h"

static MigdescDescriptor *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor = migdesc_descriptor_new_from_string (text, -1, &error);

  g_assert_no_error (error);
  return descriptor;
}

/* `POINTER: MESSAGE` a line */
static char *
dump_losses (const MigdescReport *losses,
             MigdescSeverity severity)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < migdesc_report_get_n_findings (losses); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (losses, i);

      g_assert_cmpstr (migdesc_finding_get_code (finding), ==, "conversion-loss");
      g_assert_cmpint (migdesc_finding_get_severity (finding), ==, severity);
      g_string_append_printf (text, "%s: %s\n", migdesc_finding_get_pointer (finding),
                              migdesc_finding_get_message (finding));
    }
  return g_string_free (text, FALSE);
}

static void
assert_converts (const char *from,
                 MigdescDialect dialect,
                 const char *expected)
{
  g_autoptr (MigdescDescriptor) descriptor = read_text (from);
  g_autoptr (MigdescReport) losses = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = migdesc_descriptor_convert (descriptor, dialect, FALSE, &losses, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (migdesc_report_get_n_findings (losses), ==, 0);
  g_assert_cmpint (migdesc_report_get_verdict (losses), ==, MIGDESC_VERDICT_COMPATIBLE);
}

static void
assert_loses (const char *from,
              MigdescDialect dialect,
              const char *expected,
              const char *expected_losses)
{
  g_autoptr (MigdescDescriptor) descriptor = read_text (from);
  g_autoptr (MigdescReport) losses = NULL;
  g_autoptr (MigdescReport) refused_losses = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = migdesc_descriptor_convert (descriptor, dialect, TRUE, &losses, &error);
  g_autofree char *dump = NULL;
  g_autofree char *refused_dump = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  dump = dump_losses (losses, MIGDESC_SEVERITY_WARNING);
  g_assert_cmpstr (dump, ==, expected_losses);

  g_assert_null (migdesc_descriptor_convert (descriptor, dialect, FALSE, &refused_losses, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_LOSS);
  refused_dump = dump_losses (refused_losses, MIGDESC_SEVERITY_BLOCKER);
  g_assert_cmpstr (refused_dump, ==, expected_losses);
}

static void
assert_refused (const char *from,
                MigdescDialect dialect,
                const char *expected_message)
{
  g_autoptr (MigdescDescriptor) descriptor = read_text (from);
  g_autoptr (MigdescReport) losses = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_descriptor_convert (descriptor, dialect, TRUE, &losses, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_REFUSED);
  g_assert_cmpstr (error->message, ==, expected_message);
  g_assert_null (losses);
}

#define NIC                                                                                        \
  "{\"models\":{\"a.b/nic\":{\"description\":\"a NIC\",\"params\":{"                               \
  "\"n\":{\"type\":\"int\",\"allowed_values\":[\"1-4\",8],\"init_value\":4,\"off_value\":1,"       \
  "\"unit\":\"q\"},"                                                                               \
  "\"f\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false},"                             \
  "\"m\":{\"type\":\"str\",\"allowed_values\":[\"a\",\"b\"],\"init_value\":\"a\"}},"               \
  "\"versions\":[{\"name\":\"1\",\"params\":{\"m\":\"b\"}},"                                       \
  "{\"name\":\"2\",\"params\":{\"n\":4,\"f\":true},\"create\":false}],"                            \
  "\"constraints\":[{\"forbid\":{\"f\":[true],\"n\":[8]}}],\"support\":\"forward\",\"x-note\":[1]" \
  "}}}"

static void
test_native (void)
{
  assert_converts (
      NIC, MIGDESC_DIALECT_NATIVE,
      "{\"migdesc\":\"1.0\",\"models\":{\"a.b/nic\":{\"description\":\"a NIC\",\"params\":{"
      "\"n\":{\"type\":\"int\",\"allowed_values\":[\"1-4\",8],\"init_value\":4,\"off_value\":1,"
      "\"unit\":\"q\"},\"f\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false},"
      "\"m\":{\"type\":\"str\",\"allowed_values\":[\"a\",\"b\"],\"init_value\":\"a\"}},"
      "\"versions\":[{\"name\":\"1\",\"params\":{\"m\":\"b\"}},"
      "{\"name\":\"2\",\"params\":{\"n\":4,\"f\":true},\"create\":false}],"
      "\"constraints\":[{\"forbid\":{\"f\":[true],\"n\":[8]}}],\"support\":\"forward\","
      "\"x-note\":[1]}}}");
}

static void
test_v3 (void)
{
  assert_converts ("{\"models\":{\"a.b/"
                   "c\":{\"params\":{\"p\":{\"init_value\":\"9007199254740993\",\"type\":\"int\"}},"
                   "\"description\":\"d\",\"x\":1}},\"y\":2}",
                   MIGDESC_DIALECT_V3,
                   "{\"models\":{\"a.b/"
                   "c\":{\"description\":\"d\",\"params\":{\"p\":{\"type\":\"int\",\"init_value\":"
                   "\"9007199254740993\"}},\"x\":1}},\"y\":2}");
  assert_loses (
      NIC, MIGDESC_DIALECT_V3,
      "{\"models\":{\"a.b/nic\":{\"description\":\"a NIC\",\"params\":{"
      "\"n\":{\"type\":\"int\",\"allowed_values\":[\"1-4\",8],\"init_value\":4,\"off_value\":1},"
      "\"f\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false},"
      "\"m\":{\"type\":\"str\",\"allowed_values\":[\"a\",\"b\"],\"init_value\":\"a\"}},\"x-note\":["
      "1]}}}",
      "/models/a.b~1nic/params/n/unit: \"unit\" is lost: \"q\"\n"
      "/models/a.b~1nic/versions/0: the version is lost\n"
      "/models/a.b~1nic/versions/1: the version is lost\n"
      "/models/a.b~1nic/constraints: \"constraints\" is lost: "
      "[{\"forbid\":{\"f\":[true],\"n\":[8]}}]\n"
      "/models/a.b~1nic/support: \"support\" is lost: \"forward\"\n");
  assert_refused ("{\"models\":{\"a.b/c\":{\"params\":{}},\"d.e/f\":{\"versions\":[\"1\"]}}}",
                  MIGDESC_DIALECT_V3,
                  "model \"d.e/f\" has versions and no params, which this dialect cannot express");
}

static void
test_v3_of_a_newer_document (void)
{
  assert_loses ("{\"migdesc\":\"1.1\",\"models\":{\"a.b/c\":{\"params\":{}}}}", MIGDESC_DIALECT_V3,
                "{\"models\":{\"a.b/c\":{\"params\":{}}}}",
                "/migdesc: \"migdesc\" was \"1.1\" and becomes \"1.0\"\n");
}

static void
test_minmax (void)
{
  static const char bounds[]
      = "{\"models\":{\"a.b/"
        "c\":{\"params\":{\"n\":{\"type\":\"int\",\"allowed_min\":0,\"allowed_max\":"
        "\"18446744073709551615\",\"init_value\":1},\"f\":{\"type\":\"bool\",\"init_value\":true}}}"
        "}}";

  assert_converts (bounds, MIGDESC_DIALECT_V3_MINMAX, bounds);
  assert_loses (
      NIC, MIGDESC_DIALECT_V3_MINMAX,
      "{\"models\":{\"a.b/nic\":{\"description\":\"a NIC\",\"params\":{"
      "\"n\":{\"type\":\"int\",\"allowed_min\":1,\"allowed_max\":8,\"init_value\":4,\"off_value\":"
      "1},"
      "\"f\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false},"
      "\"m\":{\"type\":\"str\",\"init_value\":\"a\"}},\"x-note\":[1]}}}",
      "/models/a.b~1nic/params/n/allowed_values: \"allowed_values\" was [\"1-4\",8] and becomes "
      "[\"1-8\"]\n"
      "/models/a.b~1nic/params/n/unit: \"unit\" is lost: \"q\"\n"
      "/models/a.b~1nic/params/m/allowed_values: \"allowed_values\" is lost: [\"a\",\"b\"]\n"
      "/models/a.b~1nic/versions/0: the version is lost\n"
      "/models/a.b~1nic/versions/1: the version is lost\n"
      "/models/a.b~1nic/constraints: \"constraints\" is lost: "
      "[{\"forbid\":{\"f\":[true],\"n\":[8]}}]\n"
      "/models/a.b~1nic/support: \"support\" is lost: \"forward\"\n");
}

/* A bool with an off value accepts both anyway, however that is said; without one, only its init
 * value. */
static void
test_minmax_bools (void)
{
  assert_converts (
      "{\"models\":{\"a.b/c\":{\"params\":{\"n\":{\"type\":\"int\",\"allowed_values\":[\"2-3\"],"
      "\"init_value\":2},\"f\":{\"type\":\"bool\",\"allowed_values\":[true],\"init_value\":true,"
      "\"off_value\":false}}}}}",
      MIGDESC_DIALECT_V3_MINMAX,
      "{\"models\":{\"a.b/"
      "c\":{\"params\":{\"n\":{\"type\":\"int\",\"allowed_min\":2,\"allowed_max\":3,"
      "\"init_value\":2},\"f\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false}}}}}");
  assert_loses (
      "{\"models\":{\"a.b/c\":{\"params\":{\"n\":{\"type\":\"int\",\"allowed_values\":[\"2-3\"],"
      "\"init_value\":2},\"f\":{\"type\":\"bool\",\"init_value\":true}}}}}",
      MIGDESC_DIALECT_V3_MINMAX,
      "{\"models\":{\"a.b/"
      "c\":{\"params\":{\"n\":{\"type\":\"int\",\"allowed_min\":2,\"allowed_max\":3,"
      "\"init_value\":2},\"f\":{\"type\":\"bool\",\"init_value\":true}}}}}",
      "/models/a.b~1c/params/f/allowed_values: \"allowed_values\" was not there and becomes "
      "[true]\n");
}

static void
test_minmax_refused (void)
{
  assert_refused (
      "{\"models\":{\"a.b/c\":{\"params\":{\"n\":{\"type\":\"int\",\"init_value\":2}}}}}",
      MIGDESC_DIALECT_V3_MINMAX,
      "no int param has allowed values, so that the document would have no bounds");
  assert_refused ("{\"models\":{\"a.b/c\":{\"versions\":[\"1\"]}}}", MIGDESC_DIALECT_V3_MINMAX,
                  "model \"a.b/c\" has versions and no params, which this dialect cannot express");
}

static void
test_v4 (void)
{
  static const char v4[] = "{\"models\":{\"a.b/c\":{\"versions\":[\"2\",\"1\"]}}}";

  assert_converts (v4, MIGDESC_DIALECT_V4, v4);
  assert_loses (NIC, MIGDESC_DIALECT_V4, "{\"models\":{\"a.b/nic\":{\"versions\":[\"1\",\"2\"]}}}",
                "/models/a.b~1nic/params/n: the param is lost\n"
                "/models/a.b~1nic/params/f: the param is lost\n"
                "/models/a.b~1nic/params/m: the param is lost\n"
                "/models/a.b~1nic/versions/1/create: \"create\" is lost: false\n"
                "/models/a.b~1nic/description: \"description\" is lost: \"a NIC\"\n"
                "/models/a.b~1nic/constraints: \"constraints\" is lost: "
                "[{\"forbid\":{\"f\":[true],\"n\":[8]}}]\n"
                "/models/a.b~1nic/support: \"support\" is lost: \"forward\"\n"
                "/models/a.b~1nic: unknown members are lost: \"x-note\":[1]\n");
}

/* Nothing is left of a model that has params only; of one that has neither, nothing is lost. */
static void
test_v4_without_versions (void)
{
  assert_loses (
      "{\"models\":{\"a.b/c\":{\"params\":{\"p\":{\"type\":\"bool\",\"init_value\":true}}}}}",
      MIGDESC_DIALECT_V4, "{\"models\":{\"a.b/c\":{\"versions\":[]}}}",
      "/models/a.b~1c/params/p: the param is lost\n");
  assert_converts ("{\"models\":{\"a.b/c\":{\"params\":{}}}}", MIGDESC_DIALECT_V4,
                   "{\"models\":{\"a.b/c\":{\"versions\":[]}}}");
  assert_converts ("a.b/c:\nd.e/f:\n", MIGDESC_DIALECT_V4_TEXT, "a.b/c:\nd.e/f:\n");
  assert_converts ("a.b/c:\n", MIGDESC_DIALECT_V1,
                   "[{\"model\":\"a.b/c\",\"params\":[],\"versions\":[]}]");
  assert_converts ("a.b/c:\n", MIGDESC_DIALECT_V3, "{\"models\":{\"a.b/c\":{\"params\":{}}}}");
}

static void
test_v4_loses_a_description (void)
{
  assert_loses ("{\"models\":{\"a.b/c\":{\"description\":\"d\",\"versions\":[\"1\"]}},\"x\":1}",
                MIGDESC_DIALECT_V4, "{\"models\":{\"a.b/c\":{\"versions\":[\"1\"]}}}",
                "/models/a.b~1c/description: \"description\" is lost: \"d\"\n"
                ": unknown members are lost: \"x\":1\n");
}

static void
test_v4_text (void)
{
  assert_converts (
      "{\"models\":{\"a.b/c\":{\"versions\":[\"1\",\"nic:\"]},\"d.e/f\":{\"versions\":[\" \"]}}}",
      MIGDESC_DIALECT_V4_TEXT, "a.b/c:\n1\nnic:\nd.e/f:\n \n");
  assert_converts ("a.b/c:\n\n1\n2", MIGDESC_DIALECT_V4,
                   "{\"models\":{\"a.b/c\":{\"versions\":[\"1\",\"2\"]}}}");
  assert_refused ("{\"models\":{\"a.b/c\":{\"versions\":[\"1\",\"\"]}}}", MIGDESC_DIALECT_V4_TEXT,
                  "a version with an empty name would be a blank line");
  assert_refused ("{\"models\":{\"a.b/c\":{\"versions\":[\"1\",\"d.e/f:\"]}}}",
                  MIGDESC_DIALECT_V4_TEXT, "version \"d.e/f:\" would read as a model");
}

static void
test_v1 (void)
{
  static const char v1[]
      = "[{\"model\":\"https://a.b/c\",\"params\":[\"f\",\"n\",\"s\",\"unset\"],\"versions\":["
        "{\"name\":\"1\",\"params\":[]},"
        "{\"name\":\"2\",\"params\":[\"f=on\",\"n=4\",\"s=a,b=c\"]}],\"x\":{\"y\":null}}]";

  assert_converts (v1, MIGDESC_DIALECT_V1, v1);
  assert_converts (
      "{\"models\":{\"a.b/c\":{\"versions\":[\"1\"]}}}", MIGDESC_DIALECT_V1,
      "[{\"model\":\"a.b/c\",\"params\":[],\"versions\":[{\"name\":\"1\",\"params\":[]}]}]");
}

/* What a version does not list is off: an off value that cannot be guessed is listed. */
static void
test_v1_losses (void)
{
  assert_loses (
      NIC, MIGDESC_DIALECT_V1,
      "[{\"model\":\"a.b/nic\",\"params\":[\"n\",\"f\",\"m\"],\"versions\":["
      "{\"name\":\"1\",\"params\":[\"n=1\",\"m=b\"]},"
      "{\"name\":\"2\",\"params\":[\"n=4\",\"f=on\",\"m=a\"]}],\"x-note\":[1]}]",
      "/models/a.b~1nic/params/n/allowed_values: \"allowed_values\" is lost: [\"1-4\",8]\n"
      "/models/a.b~1nic/params/n/off_value: \"off_value\" is lost: 1\n"
      "/models/a.b~1nic/params/n/unit: \"unit\" is lost: \"q\"\n"
      "/models/a.b~1nic/params/m/allowed_values: \"allowed_values\" is lost: [\"a\",\"b\"]\n"
      "/models/a.b~1nic/versions/1/create: \"create\" is lost: false\n"
      "/models/a.b~1nic/description: \"description\" is lost: \"a NIC\"\n"
      "/models/a.b~1nic/constraints: \"constraints\" is lost: "
      "[{\"forbid\":{\"f\":[true],\"n\":[8]}}]\n"
      "/models/a.b~1nic/support: \"support\" is lost: \"forward\"\n");
}

/* Init values of a model without versions go into one. */
static void
test_v1_without_versions (void)
{
  assert_loses (
      "{\"models\":{\"a.b/"
      "c\":{\"params\":{\"s\":{\"type\":\"str\",\"init_value\":\"7\",\"off_value\":\"\"},"
      "\"f\":{\"type\":\"bool\",\"init_value\":false,\"off_value\":false}}}}}",
      MIGDESC_DIALECT_V1,
      "[{\"model\":\"a.b/c\",\"params\":[\"s\",\"f\"],\"versions\":[{\"name\":\"init\",\"params\":["
      "\"s=7\"]}]}]",
      "/models/a.b~1c/params/s/type: \"type\" was \"str\" and becomes \"int\"\n"
      "/models/a.b~1c/params/s/init_value: \"init_value\" was \"7\" and becomes 7\n"
      "/models/a.b~1c/params/s/off_value: \"off_value\" is lost: \"\"\n"
      "/models/a.b~1c/params/f/type: \"type\" was \"bool\" and becomes \"str\"\n"
      "/models/a.b~1c/params/f/init_value: \"init_value\" was false and becomes \"\"\n"
      "/models/a.b~1c/params/f/off_value: \"off_value\" was false and becomes \"\"\n");
}

static void
test_v1_inferred_is_lost_elsewhere (void)
{
  assert_loses (
      "[{\"model\":\"a.b/c\",\"params\":[\"f\"],\"versions\":[]}]", MIGDESC_DIALECT_V3,
      "{\"models\":{\"a.b/"
      "c\":{\"params\":{\"f\":{\"type\":\"str\",\"init_value\":\"\",\"off_value\":\"\"}}}}}",
      "/models/a.b~1c/params/f/inferred: \"inferred\" is lost: true\n");
}

static void
test_read_only_dialects (void)
{
  static const char minimal[] = "{\"models\":{\"a.b/c\":{\"params\":{}}}}";

  assert_refused (minimal, MIGDESC_DIALECT_SYSFS, "the sysfs dialect is only read");
  assert_refused (minimal, MIGDESC_DIALECT_SYSFS_2019, "the sysfs-2019 dialect is only read");
  assert_refused (minimal, MIGDESC_DIALECT_MDEVCTL, "the mdevctl dialect is only read");
  assert_refused (minimal, MIGDESC_DIALECT_AUTO, "the auto dialect is only read");
}

/* An unknown member of a document may have the name of a member of another dialect. */
static void
test_unknown_member_in_the_way (void)
{
  assert_loses ("{\"models\":{\"a.b/c\":{\"params\":{},\"model\":1,\"x\":2}}}", MIGDESC_DIALECT_V1,
                "[{\"model\":\"a.b/c\",\"params\":[],\"versions\":[],\"x\":2}]",
                "/models/a.b~1c: unknown members were \"model\":1,\"x\":2 and become \"x\":2\n");
}

/* All are counted, 1,000 kept. */
static void
test_many_losses (void)
{
  g_autoptr (GString) text = g_string_new ("{\"models\":{\"a.b/c\":{\"versions\":[");
  g_autoptr (MigdescReport) losses = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autofree char *v4 = NULL;

  for (guint i = 0; i < 1001; i++)
    g_string_append_printf (text, "%s{\"name\":\"%u\",\"create\":false}", i == 0 ? "" : ",", i);
  g_string_append (text, "]}}}");
  descriptor = read_text (text->str);
  v4 = migdesc_descriptor_convert (descriptor, MIGDESC_DIALECT_V4, TRUE, &losses, NULL);
  g_assert_nonnull (v4);
  g_assert_cmpuint (migdesc_report_get_n_findings (losses), ==, 1000);
  g_assert_cmpuint (migdesc_report_get_n_omitted (losses), ==, 1);
}

static void
test_pointers_are_escaped (void)
{
  assert_loses (
      "{\"models\":{\"a.b/"
      "c~d\":{\"params\":{\"~p~\":{\"type\":\"int\",\"init_value\":1,\"unit\":\"\\n\"}}}}}",
      MIGDESC_DIALECT_V3,
      "{\"models\":{\"a.b/c~d\":{\"params\":{\"~p~\":{\"type\":\"int\",\"init_value\":1}}}}}",
      "/models/a.b~1c~0d/params/~0p~0/unit: \"unit\" is lost: \"\\\\n\"\n");
}

static void
test_error_names_the_first_loss (void)
{
  g_autoptr (MigdescDescriptor) descriptor = read_text (NIC);
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_descriptor_convert (descriptor, MIGDESC_DIALECT_V3, FALSE, NULL, &error));
  g_assert_cmpstr (error->message, ==,
                   "the v3 dialect loses 5 things, the first at /models/a.b~1nic/params/n/unit: "
                   "\"unit\" is lost:"
                   " \"q\"");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convert/native", test_native);
  g_test_add_func ("/convert/v3", test_v3);
  g_test_add_func ("/convert/v3-of-a-newer-document", test_v3_of_a_newer_document);
  g_test_add_func ("/convert/minmax", test_minmax);
  g_test_add_func ("/convert/minmax-bools", test_minmax_bools);
  g_test_add_func ("/convert/minmax-refused", test_minmax_refused);
  g_test_add_func ("/convert/v4", test_v4);
  g_test_add_func ("/convert/v4-without-versions", test_v4_without_versions);
  g_test_add_func ("/convert/v4-loses-a-description", test_v4_loses_a_description);
  g_test_add_func ("/convert/v4-text", test_v4_text);
  g_test_add_func ("/convert/v1", test_v1);
  g_test_add_func ("/convert/v1-losses", test_v1_losses);
  g_test_add_func ("/convert/v1-without-versions", test_v1_without_versions);
  g_test_add_func ("/convert/v1-inferred-is-lost-elsewhere", test_v1_inferred_is_lost_elsewhere);
  g_test_add_func ("/convert/read-only-dialects", test_read_only_dialects);
  g_test_add_func ("/convert/unknown-member-in-the-way", test_unknown_member_in_the_way);
  g_test_add_func ("/convert/many-losses", test_many_losses);
  g_test_add_func ("/convert/pointers-are-escaped", test_pointers_are_escaped);
  g_test_add_func ("/convert/error-names-the-first-loss", test_error_names_the_first_loss);
  return g_test_run ();
}
