/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which configuration a baseline is. */

#include "baseline-fixture.h"

static void
test_newest_version_that_all_have (void)
{
  ops_assert_text (find (PARAMS (INT ("n", "'0-9'", "9", "0")) VERSIONS (
                             V ("1", "'n': 1") "," V ("2", "'n': 2") "," V ("3", "'n': 3")),
                         PARAMS (INT ("n", "'0-9'", "9", "0"))
                             VERSIONS (V ("2", "'n': 2") "," V ("1", "'n': 1")),
                         NULL),
                   "a.b/c?n=2\n"
                   "without host 1: a.b/c?n=1\n"
                   "without host 2: a.b/c?n=3");
}

static void
test_versions_have_to_expand_equally (void)
{
  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "9", "0"))
                                  VERSIONS (V ("1", "'n': 1") "," V ("2", "'n': 2")),
                              PARAMS (INT ("n", "'0-9'", "9", "0"))
                                  VERSIONS (V ("1", "'n': 1") "," V ("2", "'n': 3"))),
                   "a.b/c?n=1");
  /* what a host lacks has to be off at the others */
  ops_assert_text (
      find_list (PARAMS (INT ("n", "'0-9'", "9", "0"))
                     VERSIONS (V ("1", "'n': 1") "," V ("2", "'n': 2")),
                 PARAMS (INT ("n", "'0-9'", "9", "0") "," BOOL ("f", "true"))
                     VERSIONS (V ("1", "'n': 1, 'f': false") "," V ("2", "'n': 2, 'f': true"))),
      "a.b/c?n=1");
  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "9", "0") "," BOOL ("f", "true"))
                                  VERSIONS (V ("1", "'n': 1") "," V ("2", "'n': 2, 'f': true")),
                              PARAMS (INT ("n", "'0-9'", "9", "0"))
                                  VERSIONS (V ("1", "'n': 1") "," V ("2", "'n': 2"))),
                   "a.b/c?n=1");
  /* off is off, whatever the value */
  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "9", "0")) VERSIONS (V ("1", "")),
                              PARAMS (INT ("n", "'0-9'", "9", "5")) VERSIONS (V ("1", ""))),
                   "a.b/c?");
}

static void
test_versions_have_to_be_created_loaded_and_migrated (void)
{
  const char *plain = PARAMS (INT ("n", "'0-9'", "9", "0")) VERSIONS (
      V ("1", "'n': 1") "," V ("2", "'n': 2") "," V ("3", "'n': 3") "," V ("4", "'n': 4"));

  ops_assert_text (
      find_list (plain, PARAMS (INT ("n", "'0-9'", "9", "0")) VERSIONS (V (
                            "1", "'n': 1") ","
                                           "{'name': '2', 'params': {'n': 2}, 'create': false},"
                                           "{'name': '3', 'params': {'n': 3}, 'load': false},"
                                           "{'name': '4', 'params': {'n': 4}, 'support': 'none'}")),
      "a.b/c?n=1");
}

static void
test_init_values_come_first (void)
{
  ops_assert_text (
      find_list (PARAMS (INT ("n", "'0-9'", "7", "0")), PARAMS (INT ("n", "'5-20'", "20", "0"))),
      "a.b/c?n=7");
  ops_assert_text (
      find_list (PARAMS (INT ("n", "'0-9'", "2", "0")), PARAMS (INT ("n", "'5-20'", "6", "0"))),
      "a.b/c?n=6");
}

static void
test_newest_versions_value_comes_second (void)
{
  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS (V ("1", "'n': 6")),
                              PARAMS (INT ("n", "'5-20'", "20", "0"))),
                   "a.b/c?n=6");
}

/* The newest version leaves n off, but does not say so: off comes after the ends. */
static void
test_newest_version_that_sets_nothing (void)
{
  const char *other = PARAMS (INT ("n", "'5-7', 20", "20", "0"));

  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS (V ("1", "")), other),
                   "a.b/c?n=7");
  ops_assert_text (
      find_list (PARAMS (INT ("n", "'0-9'", "2", "0")) VERSIONS (V ("1", "'n': 0")), other),
      "a.b/c?");
}

static void
test_interval_ends_come_downwards (void)
{
  ops_assert_text (
      find_list (PARAMS (INT ("n", "'0-9'", "2", "0")), PARAMS (INT ("n", "'5-7', 20", "20", "0"))),
      "a.b/c?n=7");
  /* 7 is refused, 5 is not */
  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "2", "0")),
                              PARAMS (INT ("n", "'5-7', 20", "20",
                                           "0")) ", 'constraints': [{'forbid': {'n': ['6-7']}}]"),
                   "a.b/c?n=5");
}

static void
test_off_comes_after_ends (void)
{
  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "2", "0")),
                              PARAMS (INT ("n", "'5-7', 20", "20",
                                           "0")) ", 'constraints': [{'forbid': {'n': ['5-7']}}]"),
                   "a.b/c?");
  ops_assert_text (
      find_list (PARAMS (INT ("n", "'1-4'", "2", "0")), PARAMS (INT ("n", "'5-7'", "5", "0"))),
      "a.b/c?");
}

static void
test_strings_come_in_order (void)
{
  ops_assert_text (find_list (PARAMS (STR ("m", "'a', 'x', 'c', 'b'", "a")),
                              PARAMS (STR ("m", "'y', 'c', 'b'", "y"))),
                   "a.b/c?m=b");
}

static void
test_bools (void)
{
  ops_assert_text (find_list (PARAMS (BOOL ("f", "true")), PARAMS (BOOL ("f", "false"))),
                   "a.b/c?f=on");
  ops_assert_text (find_list (PARAMS (BOOL ("f", "false")), PARAMS (BOOL ("f", "true"))), "a.b/c?");
  ops_assert_text (
      find_list (PARAMS ("'f': {'type': 'bool', 'init_value': true}"),
                 PARAMS ("'f': {'type': 'bool', 'init_value': false, 'allowed_values': [false]}")),
      "a.b/c?f=off");
}

static void
test_param_that_some_host_lacks_has_to_be_off (void)
{
  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "2", "0")), PARAMS ("")), "a.b/c?");
  ops_assert_text (find_list (PARAMS (""), PARAMS (INT ("n", "'0-9'", "2", "0"))), "a.b/c?");
  ops_assert_text (find (PARAMS (""), PARAMS (INT_ON ("n", "'0-9'", "2")), NULL),
                   "incompatible\n"
                   "blocker: no-common-config: no value of n suits all hosts: "
                   "some lack it, and it cannot be off at all others\n"
                   "without host 1: a.b/c?n=2\n"
                   "without host 2: a.b/c?");
}

static void
test_off_values_that_differ (void)
{
  /* 3 is off on the left, 5 on the right: neither may be in effect anywhere */
  ops_assert_text (find_list (PARAMS (INT ("n", "'3-5'", "3", "3") "," BOOL ("f", "true")),
                              PARAMS (INT ("n", "'3-5'", "5", "5") "," BOOL ("f", "true"))),
                   "a.b/c?f=on");
  ops_assert_text (
      find_list (PARAMS (INT ("n", "'3-5'", "4", "3")), PARAMS (INT ("n", "'3-5'", "5", "5"))),
      "a.b/c?n=4");
  ops_assert_text (
      find_list (PARAMS (INT ("n", "3, 9", "9", "3")), PARAMS (INT_ON ("n", "3, 4", "4"))),
      "incompatible");
}

static void
test_types_that_differ (void)
{
  ops_assert_text (find_list (PARAMS (INT ("n", "'0-9'", "2", "0")), PARAMS (BOOL ("n", "true"))),
                   "a.b/c?");
}

static void
test_first_combination_in_order (void)
{
  /* p=9 leaves q no value, so that p=8 comes next, with the best q */
  ops_assert_text (find_list (PARAMS (INT_ON ("p", "8, 9", "9") "," INT_ON ("q", "1, 2", "2")),
                              PARAMS (INT_ON ("p", "8, 9", "8") "," INT_ON ("q", "1, 2", "1"))
                                ", 'constraints': [{'forbid': {'p': [9], 'q': ['1-2']}}]"),
                   "a.b/c?p=8,q=2");
}

static MigdescBaseline *
make_limited (const char *const *bodies,
              guint64 max_steps)
{
  g_auto (Hosts) hosts = { { NULL }, 0 };
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  hosts_init (&hosts, bodies);
  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, max_steps);
  return migdesc_baseline_new (hosts.descriptors, hosts.n, NULL, limits, NULL);
}

static void
test_limit_of_steps (void)
{
  /* tried are p=9, q=2, q=1, p=8 and q=2; without a host the first two do */
  const char *const bodies[]
      = { PARAMS (INT_ON ("p", "8, 9", "9") "," INT_ON ("q", "1, 2", "2")),
          PARAMS (INT_ON ("p", "8, 9", "8") "," INT_ON (
              "q", "1, 2", "1")) ", 'constraints': [{'forbid': {'p': [9], 'q': ['1-2']}}]",
          NULL };
  g_autoptr (MigdescBaseline) at = make_limited (bodies, 5);
  g_autoptr (MigdescBaseline) past = make_limited (bodies, 4);
  g_autoptr (MigdescBaseline) none = make_limited (bodies, 0);

  ops_assert_text (migdesc_baseline_to_string (at),
                   "a.b/c?p=8,q=2\n"
                   "without host 1: a.b/c?p=8,q=1\n"
                   "without host 2: a.b/c?p=9,q=2");
  ops_assert_text (migdesc_baseline_to_string (past),
                   "undecided\n"
                   "warning: search-too-long: the search was given up after 4 configurations\n"
                   "without host 1: a.b/c?p=8,q=1\n"
                   "without host 2: a.b/c?p=9,q=2");
  ops_assert_text (migdesc_baseline_to_string (none),
                   "undecided\n"
                   "warning: search-too-long: the search was given up after 0 configurations\n"
                   "without host 1: undecided\n"
                   "without host 2: undecided");
}

static void
test_flags_belong_to_configurations (void)
{
  /* 9 is refused as a version, whatever it is called there */
  ops_assert_text (find_list (PARAMS (INT ("n", "'1-9'", "9", "1")),
                              PARAMS (INT ("n", "'1-9'", "8", "1"))
                                  VERSIONS ("{'name': 'x', 'params': {'n': 9}, 'create': false}")),
                   "a.b/c?n=8");
  ops_assert_text (
      find_list (PARAMS (INT ("n", "'1-9'", "9", "1") "," INT ("m", "'1-9'", "9", "1")),
                 PARAMS (INT ("n", "'1-9'", "8", "1") "," INT ("m", "'1-9'", "9", "1"))
                     VERSIONS ("{'name': 'x', 'params': {'n': 9, 'm': 9}, 'load': false}")),
      "a.b/c?n=9");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/baseline/" name, function)
  ADD ("newest-version-that-all-have", test_newest_version_that_all_have);
  ADD ("versions-have-to-expand-equally", test_versions_have_to_expand_equally);
  ADD ("versions-have-to-be-created-loaded-and-migrated",
       test_versions_have_to_be_created_loaded_and_migrated);
  ADD ("init-values-come-first", test_init_values_come_first);
  ADD ("newest-versions-value-comes-second", test_newest_versions_value_comes_second);
  ADD ("newest-version-that-sets-nothing", test_newest_version_that_sets_nothing);
  ADD ("interval-ends-come-downwards", test_interval_ends_come_downwards);
  ADD ("off-comes-after-ends", test_off_comes_after_ends);
  ADD ("strings-come-in-order", test_strings_come_in_order);
  ADD ("bools", test_bools);
  ADD ("param-that-some-host-lacks-has-to-be-off", test_param_that_some_host_lacks_has_to_be_off);
  ADD ("off-values-that-differ", test_off_values_that_differ);
  ADD ("types-that-differ", test_types_that_differ);
  ADD ("first-combination-in-order", test_first_combination_in_order);
  ADD ("limit-of-steps", test_limit_of_steps);
  ADD ("flags-belong-to-configurations", test_flags_belong_to_configurations);
#undef ADD
  return g_test_run ();
}
