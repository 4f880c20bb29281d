/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Directions between two sides, --only at both of them, and the return path. */

#include "check-pair-fixture.h"

static char *
check_return (const char *list_text,
              const char *source_body,
              const char *destination_body)
{
  g_autoptr (MigdescDescriptor) source = read_body (source_body);
  g_autoptr (MigdescDescriptor) destination = read_body (destination_body);
  g_autoptr (MigdescParamList) list = ops_list (list_text);
  g_autoptr (GError) error = NULL;
  MigdescReport *report = migdesc_descriptor_check_return_path (destination, list, source, NULL,
                                                                &error);

  g_assert_no_error (error);
  return ops_report (report);
}

static void
test_direction_not_promised (void)
{
  const char *expected = "compatible\n"
                         "warning direction-not-promised /models/a.b~1c/versions: "
                         "migration from version \"1\" to version \"2\" is not promised\n";

  ops_assert_text (check ("", PARAMS (BOOL ("f")) VERSIONS (V ("1", "")),
                          PARAMS (BOOL ("f")) VERSIONS (V ("1", "") "," V ("2", ""))),
                   expected);
  /* the promise of the older side does not cover what it cannot know, nor does one of a side that
   * knows only one */
  ops_assert_text (check ("",
                          PARAMS (BOOL ("f")) VERSIONS (V ("1", "")) ", 'support': 'bidirectional'",
                          PARAMS (BOOL ("f")) VERSIONS (V ("1", "") "," V ("2", ""))),
                   expected);
  ops_assert_text (check ("", PARAMS (BOOL ("f")) VERSIONS (V ("1", "")),
                          PARAMS (BOOL ("f"))
                              VERSIONS (V ("2", "")) ", 'support': 'bidirectional'"),
                   expected);
  /* nobody knows the version of a model that has none, whatever its promise */
  ops_assert_text (check ("", PARAMS (BOOL ("f")) VERSIONS (V ("1", "")),
                          PARAMS (BOOL ("f")) ", 'support': 'bidirectional'"),
                   "compatible\n"
                   "warning direction-not-promised /models/a.b~1c/versions: "
                   "migration from version \"1\" to a model without versions is not promised\n");
  ops_assert_text (check ("", PARAMS (BOOL ("f")), PARAMS (BOOL ("f")) VERSIONS (V ("1", ""))),
                   "compatible\n"
                   "warning direction-not-promised /models/a.b~1c/versions: "
                   "migration from a model without versions to version \"1\" is not promised\n");
  ops_assert_text (check ("", PARAMS (BOOL ("f")), PARAMS (BOOL ("f")) ", 'support': 'forward'"),
                   "compatible\n");
  /* forward does not promise the way back */
  ops_assert_text (check ("",
                          PARAMS (BOOL ("f"))
                              VERSIONS (V ("2", "") "," V ("1", "")) ", 'support': 'forward'",
                          PARAMS (BOOL ("f")) VERSIONS (V ("2", ""))),
                   expected);
}

static void
test_direction_not_tested (void)
{
  const char *expected = "compatible\n"
                         "warning direction-not-tested /models/a.b~1c/versions: "
                         "migration from version \"1\" to version \"2\" is promised but not "
                         "tested\n";

  ops_assert_text (check ("", PARAMS (BOOL ("f")) VERSIONS (V ("1", "")),
                          PARAMS (BOOL ("f"))
                              VERSIONS (V ("1", "") "," V ("2", "")) ", 'support': 'forward'"),
                   expected);
  ops_assert_text (
      check ("", PARAMS (BOOL ("f")) VERSIONS (V ("1", "")),
             PARAMS (BOOL ("f")) VERSIONS (V ("1", "") "," V (
                 "2", ", 'support': 'forward', 'tested': [{'from': '2', 'to': '1'}]"))),
      expected);
  ops_assert_text (check ("",
                          PARAMS (BOOL ("f"))
                              VERSIONS (V ("2", "") "," V ("1", ", 'support': 'bidirectional'")),
                          PARAMS (BOOL ("f")) VERSIONS (V ("2", ""))),
                   expected);
}

static void
test_direction_promised_and_tested (void)
{
  const char *older = PARAMS (BOOL ("f")) VERSIONS (V ("1", ""));
  const char *one_order = PARAMS (BOOL ("f"))
      VERSIONS (V ("1", "") "," V ("2", ", 'tested': [{'from': '2', 'to': '1'}]"));
  const char *other_order = PARAMS (BOOL ("f"))
      VERSIONS (V ("2", "") "," V ("1", ", 'support': 'bidirectional'"));
  const char *newer = PARAMS (BOOL ("f"))
      VERSIONS (V ("1", "") "," V ("2", ", 'support': 'bidirectional', 'tested': [{'from': '1', "
                                        "'to': '2'}, {'from': '2', 'to': '1'}]"));

  ops_assert_text (check ("", older, newer), "compatible\n");
  ops_assert_text (check ("", newer, older), "compatible\n");
  ops_assert_text (check ("", newer, newer), "compatible\n");
  /* where each knows both, either may promise it, and either may have tested it */
  ops_assert_text (check ("", one_order, other_order), "compatible\n");
}

static void
test_only_names_what_is_compared (void)
{
  const char *source = PARAMS (INT ("n", "'0-9'", "2", "0") "," BOOL ("f"));
  const char *destination = PARAMS (INT ("n", "'0-9'", "2", "1") "," BOOL ("f"));

  ops_assert_text (check_only ("n=1", source, destination, "f"), "compatible\n");
  ops_assert_text (check_only ("n=1", source, destination, "n"),
                   "incompatible\n"
                   "blocker off-value-differs n=1 {0-9} /models/a.b~1c/params/n: "
                   "n is 1 at the source and 1, which is off, at the destination\n");
}

static void
test_only_holds_at_the_source_too (void)
{
  const char *source = PARAMS (INT ("n", "'0-9'", "2", "0") "," BOOL ("f"))
                       ", 'constraints': [{'if': {'n': ['3-9']}, 'then': {'f': [true]}}]";
  const char *destination = PARAMS (INT ("n", "'0-64'", "2", "1") "," BOOL ("f"));
  const char *not_expandable
      = "warning source-not-expandable: what the source says of the list cannot be compared: ";
  g_autofree char *constraint = g_strconcat ("compatible\n", not_expandable,
                                             "if n=3-9 then f=on is violated (n=5, f=off)\n", NULL);
  g_autofree char *value = g_strconcat ("compatible\n", not_expandable,
                                        "n=20 is not allowed; the source accepts 0-9\n", NULL);

  ops_assert_text (check ("n=5", source, destination), constraint);
  ops_assert_text (check_only ("n=5", source, destination, "n,f"), constraint);
  ops_assert_text (check_only ("n=5", source, destination, "n"), "compatible\n");
  ops_assert_text (check ("n=20,f=on", source, destination), value);
  ops_assert_text (check_only ("n=20,f=on", source, destination, "n"), value);
  ops_assert_text (check_only ("n=20,f=on", source, destination, "f"), "compatible\n");
}

static void
test_return_path_is_the_same_list_the_other_way (void)
{
  const char *source = PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS (V ("1", ""));
  const char *destination = PARAMS (INT ("n", "'0-64'", "2", "0") "," BOOL ("f"))
      VERSIONS (V ("1", "") "," V ("2", "")) ", 'support': 'forward'";

  ops_assert_text (check_return ("n=9", source, destination),
                   "compatible\n"
                   "warning direction-not-promised /models/a.b~1c/versions: "
                   "migration from version \"2\" to version \"1\" is not promised\n");
  ops_assert_text (
      check_return ("n=10", source, destination),
      "incompatible\n"
      "blocker param-value-not-allowed n=10 {0-9} /models/a.b~1c/params/n: n=10 is not allowed; "
      "the source accepts 0-9; restart the source with n <= 9\n"
      "warning direction-not-promised /models/a.b~1c/versions: "
      "migration from version \"2\" to version \"1\" is not promised\n");
}

static void
test_return_path_takes_the_model_of_the_way_there (void)
{
  g_autoptr (MigdescDescriptor) source = ops_read (
      "{'models': {'a.b/c': {'params': {}}, 'a.b/d': {'params': {}}}}");
  g_autoptr (MigdescDescriptor) destination = ops_read ("{'models': {'a.b/d': {'params': {}}}}");
  g_autoptr (MigdescParamList) list = ops_list ("");
  g_autoptr (GError) error = NULL;

  ops_assert_text (
      ops_report (migdesc_descriptor_check_return_path (destination, list, source, NULL, &error)),
      "compatible\n");
  g_assert_null (migdesc_descriptor_check_return_path (source, list, destination, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_MODEL_NEEDED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/check-directions/" name, function)
  ADD ("direction-not-promised", test_direction_not_promised);
  ADD ("direction-not-tested", test_direction_not_tested);
  ADD ("direction-promised-and-tested", test_direction_promised_and_tested);
  ADD ("only-names-what-is-compared", test_only_names_what_is_compared);
  ADD ("only-holds-at-the-source-too", test_only_holds_at_the_source_too);
  ADD ("return-path-is-the-same-list-the-other-way",
       test_return_path_is_the_same_list_the_other_way);
  ADD ("return-path-takes-the-model-of-the-way-there",
       test_return_path_takes_the_model_of_the_way_there);
#undef ADD
  return g_test_run ();
}
