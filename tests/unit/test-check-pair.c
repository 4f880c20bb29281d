/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of a check that compare what both sides' descriptors say of a list. */

#include "check-pair-fixture.h"

static void
test_equal_sides (void)
{
  const char *both = PARAMS (INT ("n", "'0-9'", "2", "0") "," BOOL ("f"))
                     VERSIONS ("{'name': '1', 'params': {'n': 4}}");

  ops_assert_text (check ("n=4,f=on", both, both), "compatible\n");
  ops_assert_text (check ("version=1,f=on", both, both), "compatible\n");
  ops_assert_text (check ("", both, both), "compatible\n");
}

static void
test_order_of_params_does_not_matter (void)
{
  ops_assert_text (check ("n=4,f=on",
                          PARAMS (INT ("n", "'0-9'", "2", "0") "," BOOL ("f") "," BOOL ("g")),
                          PARAMS (BOOL ("f") "," BOOL ("h") "," INT ("n", "'0-9'", "2", "0"))),
                   "compatible\n");
}

static void
test_name_off_at_the_source_is_left_out (void)
{
  const char *source = PARAMS (INT ("n", "'0-9'", "2", "0") "," BOOL ("f"));
  const char *destination = PARAMS (INT ("n", "'0-9'", "2", "0"));

  ops_assert_text (check ("n=4,f=off", source, destination), "compatible\n");
  ops_assert_text (
      check ("n=4,f=on", source, destination),
      "incompatible\n"
      "blocker param-unknown f=on /models/a.b~1c/params: the destination has no param \"f\"; "
      "restart the source with f=off\n");
  /* not even the source knows this one */
  ops_assert_text (
      check ("n=4,g=off", source, destination),
      "incompatible\n"
      "blocker param-unknown g=off /models/a.b~1c/params: the destination has no param \"g\"\n"
      "warning source-not-expandable: what the source says of the list cannot be compared: "
      "the source has no param \"g\"\n");
}

static void
test_version_that_differs (void)
{
  ops_assert_text (
      check ("version=1",
             PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS ("{'name': '1', 'params': {'n': 4}}"),
             PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS ("{'name': '1', 'params': {'n': 5}}")),
      "incompatible\n"
      "blocker version-differs n=4 {0-9} /models/a.b~1c/params/n: "
      "n is 4 at the source and 5 at the destination; list n=4 beside the version\n");
  ops_assert_text (
      check ("version=1,n=4",
             PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS ("{'name': '1', 'params': {'n': 4}}"),
             PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS ("{'name': '1', 'params': {'n': 5}}")),
      "compatible\n");
  ops_assert_text (
      check ("version=1",
             PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS ("{'name': '1', 'params': {}}"),
             PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS ("{'name': '1', 'params': {'n': 5}}")),
      "incompatible\n"
      "blocker version-differs n=0 {0-9} /models/a.b~1c/params/n: "
      "n is 0, which is off, at the source and 5 at the destination\n");
}

static void
test_param_in_effect_that_the_other_side_lacks (void)
{
  ops_assert_text (check ("version=1",
                          PARAMS (BOOL ("f")) VERSIONS ("{'name': '1', 'params': {'f': true}}"),
                          PARAMS (BOOL ("g")) VERSIONS ("{'name': '1', 'params': {'g': true}}")),
                   "incompatible\n"
                   "blocker version-differs f=on /models/a.b~1c/params: "
                   "f is on at the source and not there at the destination\n"
                   "blocker version-differs g {off,on} /models/a.b~1c/params/g: "
                   "g is not there at the source and on at the destination\n");
  ops_assert_text (check ("version=1", PARAMS (BOOL ("f")) VERSIONS ("{'name': '1', 'params': {}}"),
                          PARAMS (BOOL ("g")) VERSIONS ("{'name': '1', 'params': {}}")),
                   "compatible\n");
}

static void
test_off_values_that_differ (void)
{
  const char *source = PARAMS (INT ("n", "'0-9'", "2", "0"));
  const char *destination = PARAMS (INT ("n", "'0-9'", "2", "1"));

  ops_assert_text (check ("", source, destination),
                   "incompatible\n"
                   "blocker version-differs n=0 {0-9} /models/a.b~1c/params/n: "
                   "n is 0, which is off, at the source and 1, which is off, at the destination\n");
  ops_assert_text (check ("n=5", source, destination), "compatible\n");
  ops_assert_text (check ("n=1", source, destination),
                   "incompatible\n"
                   "blocker off-value-differs n=1 {0-9} /models/a.b~1c/params/n: "
                   "n is 1 at the source and 1, which is off, at the destination\n");
  ops_assert_text (check ("n=0", source, destination),
                   "incompatible\n"
                   "blocker off-value-differs n=0 {0-9} /models/a.b~1c/params/n: "
                   "n is 0, which is off, at the source and 0 at the destination\n");
}

static void
test_types_that_differ (void)
{
  ops_assert_text (
      check (
          "n=5", PARAMS (INT ("n", "'0-9'", "2", "0")),
          PARAMS (
              "'n': {'type': 'str', 'allowed_values': ['5'], 'init_value': '5', 'off_value': ''}")),
      "incompatible\n"
      "blocker version-differs n=5 {,5} /models/a.b~1c/params/n: "
      "n is of type int at the source and of type str at the destination\n");
}

static void
assert_source_is_typed (const char *source_body,
                        const char *destination_body,
                        const char *list_text,
                        MigdescValueType type,
                        const char *expected)
{
  g_autoptr (MigdescDescriptor) source = read_body (source_body);
  g_autoptr (MigdescDescriptor) destination = read_body (destination_body);
  g_autoptr (MigdescParamList) list = ops_list (list_text);
  g_autoptr (MigdescReport) report
      = migdesc_descriptor_check (destination, list, source, NULL, NULL);
  const MigdescFindingCore *finding = migdesc_report_peek (report, 0);

  g_assert_cmpstr (finding->code, ==, "version-differs");
  g_assert_cmpint (finding->source_type, ==, type);
  g_assert_cmpstr (finding->source, ==, expected);
}

/* The source value is of the destination's type; where it is none of those, of the source's. */
static void
test_source_value_is_typed (void)
{
  const char *boolean = PARAMS (BOOL ("n")) VERSIONS ("{'name': '1', 'params': {'n': true}}");
  const char *number = PARAMS (INT ("n", "'0-9'", "2", "0"))
      VERSIONS ("{'name': '1', 'params': {'n': 5}}");
  const char *string = PARAMS ("'n': {'type': 'str', 'init_value': 'x'}")
      VERSIONS ("{'name': '1', 'params': {'n': '5'}}");

  assert_source_is_typed (boolean, number, "version=1", MIGDESC_VALUE_TYPE_BOOL, "on");
  assert_source_is_typed (number, string, "version=1", MIGDESC_VALUE_TYPE_STRING, "5");
  assert_source_is_typed (string, number, "version=1", MIGDESC_VALUE_TYPE_INT, "5");
}

static void
test_params_with_findings_are_skipped (void)
{
  ops_assert_text (
      check ("n=5", PARAMS (INT ("n", "'0-9'", "2", "0")), PARAMS (INT ("n", "'0-4'", "2", "5"))),
      "incompatible\n"
      "blocker off-value-differs n=5 {0-5} /models/a.b~1c/params/n: "
      "n is 5 at the source and 5, which is off, at the destination\n");
  ops_assert_text (
      check ("n=5", PARAMS (INT ("n", "'0-9'", "2", "0")), PARAMS (INT ("n", "'0-4'", "2", "1"))),
      "incompatible\n"
      "blocker param-value-not-allowed n=5 {0-4} /models/a.b~1c/params/n: n=5 is not allowed; "
      "the destination accepts 0-4; restart the source with n <= 4\n");
}

static void
test_source_that_cannot_expand_the_list (void)
{
  const char *source = PARAMS (INT ("n", "'0-9'", "2", "0"));

  ops_assert_text (
      check ("version=1", source,
             PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS ("{'name': '1', 'params': {}}")),
      "compatible\n"
      "warning source-not-expandable: what the source says of the list cannot be compared: "
      "the source has no version \"1\", for it has no versions\n"
      "warning direction-not-promised /models/a.b~1c/versions: "
      "migration from a model without versions to version \"1\" is not promised\n");
}

static void
test_source_without_the_model (void)
{
  g_autoptr (MigdescDescriptor) source = ops_read (
      "{'models': {'a.b/d': {'params': {}, 'support': 'none'}}}");
  g_autoptr (MigdescDescriptor) destination = ops_read ("{'models': {'a.b/c': {'params': {}}}}");
  g_autoptr (MigdescParamList) list = ops_list ("");

  ops_assert_text (
      ops_report (migdesc_descriptor_check (destination, list, source, NULL, NULL)),
      "compatible\n"
      "warning source-not-expandable: what the source says of the list cannot be compared: "
      "it has no such model\n");
}

/* The version of a model of versions alone is a param like any other, and always in effect. */
static void
test_version_alone_against_params (void)
{
  const char *alone = "'versions': ['1', '2']";
  const char *params = PARAMS (BOOL ("f"))
      VERSIONS ("{'name': '1', 'params': {'f': true}}, {'name': '2', 'params': {}}");

  ops_assert_text (check ("version=2", alone, params),
                   "incompatible\n"
                   "blocker version-differs version=2 /models/a.b~1c/params: "
                   "the destination has params, and the source is version \"2\" and nothing "
                   "else\n");
  ops_assert_text (check ("version=1", alone, params),
                   "incompatible\n"
                   "blocker version-differs version=1 /models/a.b~1c/params: "
                   "the destination has params, and the source is version \"1\" and nothing else\n"
                   "blocker version-differs f {off,on} /models/a.b~1c/params/f: "
                   "f is not there at the source and on at the destination\n");
  ops_assert_text (check ("version=2", params, alone),
                   "incompatible\n"
                   "blocker version-differs version {1,2} /models/a.b~1c/versions: "
                   "the destination is version \"2\" and nothing else, and the source has "
                   "params\n");
  ops_assert_text (check_only ("version=2", alone, params, "f"), "compatible\n");
  ops_assert_text (check ("version=2", alone, "'versions': ['2']"), "compatible\n");
}

static void
test_after_version_unknown_nothing_is_compared (void)
{
  ops_assert_text (
      check ("version=1", PARAMS (BOOL ("f")) VERSIONS ("{'name': '1', 'params': {'f': true}}"),
             PARAMS ("")),
      "incompatible\n"
      "blocker version-unknown =1 /models/a.b~1c/versions: the destination has no version \"1\", "
      "for it has no versions; the destination needs version \"1\"\n"
      "warning direction-not-promised /models/a.b~1c/versions: "
      "migration from version \"1\" to a model without versions is not promised\n");
}

static void
test_unmigratable_at_the_source (void)
{
  ops_assert_text (
      check ("f=on",
             PARAMS (BOOL ("f")) VERSIONS (
                 "{'name': '1', 'params': {'f': true}, 'support': 'none', 'blocker': 'no'}"),
             PARAMS (BOOL ("f"))),
      "incompatible\n"
      "blocker unmigratable: version \"1\" cannot be migrated, by what the source says: no\n"
      "warning direction-not-promised /models/a.b~1c/versions: "
      "migration from version \"1\" to a model without versions is not promised\n");
  ops_assert_text (
      check ("a.b/c?", PARAMS (BOOL ("f")) ", 'support': 'none'",
             "'params': {}, 'support': 'none'"),
      "incompatible\n"
      "blocker unmigratable /models/a.b~1c: model \"a.b/c\" cannot be migrated, by what the "
      "destination says\n"
      "blocker unmigratable: model \"a.b/c\" cannot be migrated, by what the source says\n");
}

static void
test_unmigratable_where_the_destination_lacks_the_model (void)
{
  g_autoptr (MigdescDescriptor) source = ops_read (
      "{'models': {'a.b/c': {'params': {}, 'support': 'none'}}}");
  g_autoptr (MigdescDescriptor) destination = ops_read ("{'models': {'x.y/z': {'params': {}}}}");
  g_autoptr (MigdescParamList) list = ops_list ("a.b/c?");

  ops_assert_text (
      ops_report (migdesc_descriptor_check (destination, list, source, NULL, NULL)),
      "incompatible\n"
      "blocker model-not-supported /models: the destination has no model \"a.b/c\"; "
      "the nearest that it has: \"x.y/z\"\n"
      "blocker unmigratable: model \"a.b/c\" cannot be migrated, by what the source says\n");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/check-pair/" name, function)
  ADD ("equal-sides", test_equal_sides);
  ADD ("order-of-params-does-not-matter", test_order_of_params_does_not_matter);
  ADD ("name-off-at-the-source-is-left-out", test_name_off_at_the_source_is_left_out);
  ADD ("version-that-differs", test_version_that_differs);
  ADD ("param-in-effect-that-the-other-side-lacks", test_param_in_effect_that_the_other_side_lacks);
  ADD ("off-values-that-differ", test_off_values_that_differ);
  ADD ("types-that-differ", test_types_that_differ);
  ADD ("source-value-is-typed", test_source_value_is_typed);
  ADD ("params-with-findings-are-skipped", test_params_with_findings_are_skipped);
  ADD ("source-that-cannot-expand-the-list", test_source_that_cannot_expand_the_list);
  ADD ("source-without-the-model", test_source_without_the_model);
  ADD ("version-alone-against-params", test_version_alone_against_params);
  ADD ("after-version-unknown-nothing-is-compared", test_after_version_unknown_nothing_is_compared);
  ADD ("unmigratable-at-the-source", test_unmigratable_at_the_source);
  ADD ("unmigratable-where-the-destination-lacks-the-model",
       test_unmigratable_where_the_destination_lacks_the_model);
#undef ADD
  return g_test_run ();
}
