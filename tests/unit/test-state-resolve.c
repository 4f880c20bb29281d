/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

/* Two schemas: what a reader finds in what a writer writes. */

static MigdescStateType *
read_fields (const char *versions,
             const char *fields)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      "{\"state-schema\":1,\"name\":\"nic\",%s,\"structs\":[{\"name\":\"q\",\"fields\":[{\"name\":"
      "\"head\",\"type\":\"u16\",\"min\":0,\"max\":9}]},{\"name\":\"r\",\"fields\":[{\"name\":"
      "\"head\",\"type\":\"u16\",\"min\":0,\"max\":5}]}],\"fields\":[{\"name\":\"used\",\"type\":"
      "\"struct\",\"struct\":\"q\"},{\"name\":\"used2\",\"type\":\"struct\",\"struct\":\"r\"}%s%s]"
      "}",
      versions, fields[0] == '\0' ? "" : ",", fields);
  MigdescStateType *type = migdesc_state_type_new_from_json (text, -1, NULL, &error);

  g_assert_no_error (error);
  return type;
}

/* expected: a line "severity code: message" for each finding. */
static void
resolve_versions (const char *versions,
                  const char *writer_fields,
                  const char *other_versions,
                  const char *reader_fields,
                  MigdescVerdict verdict,
                  const char *expected)
{
  g_autoptr (MigdescStateType) writer = read_fields (versions, writer_fields);
  g_autoptr (MigdescStateType) reader = read_fields (other_versions, reader_fields);
  g_autoptr (MigdescReport) report = migdesc_state_type_resolve (writer, reader);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      g_string_append_printf (text, "%s%s %s: %s", i > 0 ? "\n" : "",
                              migdesc_severity_to_string (migdesc_finding_get_severity (finding)),
                              migdesc_finding_get_code (finding),
                              migdesc_finding_get_message (finding));
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, verdict);
}

static void
resolve (const char *writer_fields,
         const char *reader_fields,
         MigdescVerdict verdict,
         const char *expected)
{
  resolve_versions ("\"version\":3,\"minimum\":1", writer_fields, "\"version\":3,\"minimum\":1",
                    reader_fields, verdict, expected);
}

#define FINE(writer, reader) resolve (writer, reader, MIGDESC_VERDICT_COMPATIBLE, "")
#define NOTED(writer, reader, text) resolve (writer, reader, MIGDESC_VERDICT_COMPATIBLE, text)
#define BLOCKED(writer, reader, text) resolve (writer, reader, MIGDESC_VERDICT_INCOMPATIBLE, text)
#define OPEN(writer, reader, text) resolve (writer, reader, MIGDESC_VERDICT_UNDECIDED, text)

#define MTU(max) "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":" max "}"

static void
test_versions (void)
{
  resolve_versions ("\"version\":4,\"minimum\":3", "", "\"version\":2,\"minimum\":1", "",
                    MIGDESC_VERDICT_INCOMPATIBLE,
                    "blocker state-versions-apart: state versions 3 to 4 at the source, 1 to 2 at "
                    "the destination");
  resolve_versions ("\"version\":4,\"minimum\":2", "", "\"version\":2,\"minimum\":1", "",
                    MIGDESC_VERDICT_COMPATIBLE, "");
  resolve_versions ("\"version\":1,\"minimum\":1", "", "\"version\":3,\"minimum\":2", "",
                    MIGDESC_VERDICT_INCOMPATIBLE,
                    "blocker state-versions-apart: state versions 1 to 1 at the source, 2 to 3 at "
                    "the destination");
}

static void
test_unknown (void)
{
  FINE (MTU ("1500"), MTU ("1500"));
  BLOCKED (MTU ("1500"), "",
           "blocker state-field-unknown: mtu: the destination does not have this field");
  BLOCKED ("", MTU ("1500"),
           "blocker state-field-missing: mtu: the source does not have this field, and the "
           "destination has no default for it");
  FINE ("", "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":1500,\"since\":2,"
            "\"default\":1500}");
  BLOCKED ("", "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":1500,\"since\":2,"
               "\"required\":true}",
           "blocker state-field-missing: mtu: the source does not have this field, and the "
           "destination has no default for it");
}

/* Only the version that is written counts: here 2. */
static void
test_windows (void)
{
  resolve_versions ("\"version\":2,\"minimum\":1", "", "\"version\":3,\"minimum\":1",
                    "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":1500,\"since\":3,"
                    "\"required\":true}",
                    MIGDESC_VERDICT_COMPATIBLE, "");
  resolve_versions ("\"version\":2,\"minimum\":1", MTU ("70"), "\"version\":3,\"minimum\":1",
                    "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":70,\"until\":2,"
                    "\"default\":68,\"gone\":true}",
                    MIGDESC_VERDICT_COMPATIBLE, "");
}

static void
test_types (void)
{
  BLOCKED (MTU ("1500"), "{\"name\":\"mtu\",\"type\":\"u32\",\"min\":68,\"max\":1500}",
           "blocker state-field-type: mtu: u16 at the source, u32 at the destination");
  BLOCKED (MTU ("1500"), "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":1500,\"count\":2}",
           "blocker state-field-type: mtu: a single one at the source, an array of 2 at the "
           "destination");
  BLOCKED ("{\"name\":\"x\",\"type\":\"bytes\",\"count\":2}",
           "{\"name\":\"x\",\"type\":\"bytes\",\"maximum\":2}",
           "blocker state-field-type: x: an array of 2 at the source, an array with its own count "
           "at the destination");
  BLOCKED ("{\"name\":\"x\",\"type\":\"struct\",\"struct\":\"q\"}",
           "{\"name\":\"x\",\"type\":\"struct\",\"struct\":\"q\",\"nullable\":true}",
           "blocker state-field-type: x: a single one at the source, one or none at the "
           "destination");
  BLOCKED ("{\"name\":\"x\",\"type\":\"enum8\",\"words\":[\"a\",\"b\"]}",
           "{\"name\":\"x\",\"type\":\"enum8\",\"words\":[\"a\",\"c\"]}",
           "blocker state-field-type: x: value 1 is \"b\" at the source, \"c\" at the "
           "destination");
  FINE ("{\"name\":\"x\",\"type\":\"bytes\",\"count\":2}",
        "{\"name\":\"x\",\"type\":\"bytes\",\"maximum\":2,\"count-param\":\"n\"}");
}

static void
test_bounds (void)
{
  FINE (MTU ("1500"), MTU ("9216"));
  NOTED (MTU ("9216"), MTU ("1500"),
         "warning state-field-values: mtu: 68 to 9216 at the source, 68 to 1500 at the "
         "destination");
  BLOCKED ("{\"name\":\"x\",\"type\":\"i8\",\"min\":-9,\"max\":-1}",
           "{\"name\":\"x\",\"type\":\"i8\",\"min\":0,\"max\":9}",
           "blocker state-field-values: x: -9 to -1 at the source, 0 to 9 at the destination");
  FINE ("{\"name\":\"x\",\"type\":\"i8\",\"min\":-9,\"max\":-1}",
        "{\"name\":\"x\",\"type\":\"i8\",\"min\":-9,\"max\":9}");
  NOTED ("{\"name\":\"x\",\"type\":\"f64\",\"min\":0,\"max\":2}",
         "{\"name\":\"x\",\"type\":\"f64\",\"min\":1,\"max\":2}",
         "warning state-field-values: x: 0 to 2 at the source, 1 to 2 at the destination");
  NOTED ("{\"name\":\"x\",\"type\":\"f64\",\"non-finite\":true}",
         "{\"name\":\"x\",\"type\":\"f64\",\"min\":1,\"max\":2}",
         "warning state-field-values: x: any double at the source, 1 to 2 at the destination");
  BLOCKED ("{\"name\":\"x\",\"type\":\"f64\",\"min\":3,\"max\":4}",
           "{\"name\":\"x\",\"type\":\"f64\",\"min\":1,\"max\":2}",
           "blocker state-field-values: x: 3 to 4 at the source, 1 to 2 at the destination");
  BLOCKED ("{\"name\":\"x\",\"type\":\"constant8\",\"value\":1}",
           "{\"name\":\"x\",\"type\":\"constant8\",\"value\":2}",
           "blocker state-field-values: x: 1 to 1 at the source, 2 to 2 at the destination");
  NOTED ("{\"name\":\"x\",\"type\":\"flags8\",\"words\":[\"a\",\"b\"]}",
         "{\"name\":\"x\",\"type\":\"flags8\",\"words\":[\"a\"]}",
         "warning state-field-values: x: 2 words at the source, 1 at the destination");
  NOTED ("{\"name\":\"x\",\"type\":\"string\",\"maximum\":9}",
         "{\"name\":\"x\",\"type\":\"string\",\"maximum\":8}",
         "warning state-field-values: x: at most 9 elements or bytes at the source, at most 8 at "
         "the destination");
}

#define ARRAYS \
  "{\"name\":\"a\",\"type\":\"bytes\",\"count\":4},{\"name\":\"b\",\"type\":\"bytes\",\"count\":4},"

#define SECTION(version, minimum, more)                                                       \
  "{\"name\":\"rss\",\"type\":\"section\",\"version\":" version ",\"minimum\":" minimum       \
  ",\"fields\":[{\"name\":\"hash\",\"type\":\"u32\",\"min\":0,\"max\":9},{\"name\":\"key\","  \
  "\"type\":\"u32\",\"min\":0,\"max\":9,\"since\":2,\"default\":0}]" more "}"

static void
test_counts (void)
{
#define COUNTED(by, type) "{\"name\":\"x\",\"type\":\"" type "\",\"maximum\":9,\"count-" by "}"
  FINE (COUNTED ("param\":\"n\"", "bytes"), COUNTED ("param\":\"n\"", "bytes"));
  BLOCKED (COUNTED ("param\":\"n\"", "bytes"), COUNTED ("param\":\"m\"", "bytes"),
           "blocker state-field-type: x: an array counted by the parameter n at the source, an "
           "array counted by the parameter m at the destination");
  BLOCKED ("{\"name\":\"x\",\"type\":\"bytes\",\"count\":10}",
           COUNTED ("param\":\"n\"", "bytes"),
           "blocker state-field-type: x: an array of 10 at the source, an array counted by the "
           "parameter n at the destination");
#undef COUNTED
}

static void
test_other_kinds (void)
{
  BLOCKED (SECTION ("2", "1", ""), "{\"name\":\"rss\",\"type\":\"bool\"}",
           "blocker state-field-type: rss: section at the source, bool at the destination");
  BLOCKED ("{\"name\":\"rss\",\"type\":\"bool\"}", SECTION ("2", "1", ""),
           "blocker state-field-type: rss: bool at the source, section at the destination");
  FINE ("{\"name\":\"x\",\"type\":\"string\",\"maximum\":9}",
        "{\"name\":\"x\",\"type\":\"string\",\"maximum\":9}");
}

/* One field in two configurations, of two types. */
static void
test_gated_namesakes (void)
{
#define GATED(type, value) \
  "{\"name\":\"x\",\"type\":\"" type "\",\"min\":0,\"max\":1,\"if-param\":\"p\",\"if-value\":\"" \
  value "\",\"default\":0}"
  FINE (GATED ("u8", "a") "," GATED ("u16", "b"), GATED ("u16", "b") "," GATED ("u8", "a"));
  BLOCKED (GATED ("u8", "a") "," GATED ("u16", "b"), GATED ("u8", "b") "," GATED ("u16", "a"),
           "blocker state-field-type: x: u8 at the source, u16 at the destination\n"
           "blocker state-field-type: x: u16 at the source, u8 at the destination");
#undef GATED
}

static void
test_indexes (void)
{
  BLOCKED (ARRAYS "{\"name\":\"x\",\"type\":\"index8\",\"array\":\"a\"}",
           ARRAYS "{\"name\":\"x\",\"type\":\"index8\",\"array\":\"b\"}",
           "blocker state-field-type: x: a position in a at the source, in b at the destination");
  NOTED (ARRAYS "{\"name\":\"x\",\"type\":\"index8\",\"array\":\"a\",\"none\":255}",
         ARRAYS "{\"name\":\"x\",\"type\":\"index8\",\"array\":\"a\"}",
         "warning state-field-values: x: 255 is none at the source, no value at the destination");
  FINE (ARRAYS "{\"name\":\"x\",\"type\":\"index8\",\"array\":\"a\"}",
        ARRAYS "{\"name\":\"x\",\"type\":\"index8\",\"array\":\"a\",\"none\":255}");
}

static void
test_nested (void)
{
  NOTED ("{\"name\":\"x\",\"type\":\"struct\",\"struct\":\"q\",\"maximum\":4}",
         "{\"name\":\"x\",\"type\":\"struct\",\"struct\":\"r\",\"maximum\":4}",
         "warning state-field-values: x[].head: 0 to 9 at the source, 0 to 5 at the destination");
}

static void
test_sections (void)
{
  BLOCKED (SECTION ("2", "1", ""), "",
           "blocker state-field-unknown: rss: the destination does not have this section");
  NOTED (SECTION ("2", "1", ",\"droppable\":true"), "",
         "info state-field-unknown: rss: the destination does not have this section, and drops "
         "it");
  BLOCKED ("", SECTION ("2", "1", ""),
           "blocker state-field-missing: rss: the source does not have this section, and the "
           "destination has no default for it");
  FINE ("", SECTION ("2", "1", ",\"needed\":\"rss_needed\""));
  FINE (SECTION ("2", "1", ""), SECTION ("3", "2", ""));
  BLOCKED (SECTION ("3", "1", ""), SECTION ("2", "1", ""),
           "blocker state-section-version: rss: version 3 at the source, 1 to 2 at the "
           "destination");
  OPEN (SECTION ("2", "1", ",\"needed\":\"rss_needed\""), SECTION ("2", "1", ""),
        "warning state-field-missing: rss: the source writes it when rss_needed says so, the "
        "destination needs it always");
}

#define LESS "{\"type\":\"relation\",\"left\":\"mtu\",\"relation\":\"le\",\"right-param\":\"most\"}"

static void
test_rules (void)
{
  NOTED (MTU ("1500"), MTU ("1500") "," LESS,
         "warning state-rule-differs: mtu: the destination has a rule that the source does not "
         "have: le most");
  FINE (MTU ("1500") "," LESS, MTU ("1500") "," LESS);
  FINE (MTU ("1500") "," LESS, MTU ("1500"));
  OPEN (MTU ("1500"),
        "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":1500,\"if-param\":\"jumbo\","
        "\"default\":68}",
        "warning state-rule-differs: mtu: the parameter that it depends on is none at the source, "
        "jumbo at the destination");
}

static void
test_checks (void)
{
  resolve_versions ("\"version\":1,\"minimum\":1,\"check\":\"one\"", "",
                    "\"version\":1,\"minimum\":1,\"check\":\"two\"", "",
                    MIGDESC_VERDICT_UNDECIDED,
                    "warning state-rule-differs: the check is one at the source, two at the "
                    "destination");
  resolve_versions ("\"version\":1,\"minimum\":1,\"check\":\"one\"", "",
                    "\"version\":1,\"minimum\":1", "", MIGDESC_VERDICT_COMPATIBLE, "");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-resolve/versions", test_versions);
  g_test_add_func ("/state-resolve/unknown", test_unknown);
  g_test_add_func ("/state-resolve/windows", test_windows);
  g_test_add_func ("/state-resolve/types", test_types);
  g_test_add_func ("/state-resolve/bounds", test_bounds);
  g_test_add_func ("/state-resolve/counts", test_counts);
  g_test_add_func ("/state-resolve/other-kinds", test_other_kinds);
  g_test_add_func ("/state-resolve/gated-namesakes", test_gated_namesakes);
  g_test_add_func ("/state-resolve/indexes", test_indexes);
  g_test_add_func ("/state-resolve/nested", test_nested);
  g_test_add_func ("/state-resolve/sections", test_sections);
  g_test_add_func ("/state-resolve/rules", test_rules);
  g_test_add_func ("/state-resolve/checks", test_checks);

  return g_test_run ();
}
