/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops-check.h"

#define MAX_HOSTS 8

typedef struct
{
  MigdescDescriptor *descriptors[MAX_HOSTS];
  gsize n;
} Hosts;

/* Hosts with a model a.b/c of these members each; the last is NULL */
static void
hosts_init (Hosts *hosts,
            const char *const *bodies)
{
  for (hosts->n = 0; bodies[hosts->n] != NULL; hosts->n++)
    {
      g_autofree char *document = g_strdup_printf ("{'models': {'a.b/c': {%s}}}", bodies[hosts->n]);

      hosts->descriptors[hosts->n] = ops_read (document);
    }
}

static void
hosts_clear (Hosts *hosts)
{
  for (gsize i = 0; i < hosts->n; i++)
    g_object_unref (hosts->descriptors[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hosts, hosts_clear)

static MigdescBaseline *
make_baseline (const char *const *bodies)
{
  g_auto (Hosts) hosts = { { NULL }, 0 };
  g_autoptr (GError) error = NULL;
  MigdescBaseline *baseline;

  hosts_init (&hosts, bodies);
  baseline = migdesc_baseline_new (hosts.descriptors, hosts.n, NULL, NULL, &error);
  g_assert_no_error (error);
  return baseline;
}

/* The baseline of up to three hosts as text */
static char *
find (const char *first,
      const char *second,
      const char *third)
{
  const char *const bodies[] = { first, second, third, NULL };
  g_autoptr (MigdescBaseline) baseline = make_baseline (bodies);

  return migdesc_baseline_to_string (baseline);
}

/* The first line of that */
static char *
find_list (const char *first,
           const char *second)
{
  char *text = find (first, second, NULL);

  *strchr (text, '\n') = '\0';
  return text;
}

#define INT(name, allowed, init, off)                                                              \
  "'" name "': {'type': 'int', 'allowed_values': [" allowed "], 'init_value': " init               \
  ", 'off_value': " off "}"
#define INT_ON(name, allowed, init) \
  "'" name "': {'type': 'int', 'allowed_values': [" allowed "], 'init_value': " init "}"
#define BOOL(name, init) "'" name "': {'type': 'bool', 'init_value': " init ", 'off_value': false}"
#define STR(name, allowed, init) \
  "'" name "': {'type': 'str', 'allowed_values': [" allowed "], 'init_value': '" init "'}"
#define PARAMS(params) "'params': {" params "}"
#define VERSIONS(versions) ", 'versions': [" versions "]"
#define V(name, settings) "{'name': '" name "', 'params': {" settings "}}"

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

static void
test_nothing_in_common (void)
{
  ops_assert_text (
      find (PARAMS (INT_ON ("n", "1, 2", "1")), PARAMS (INT_ON ("n", "3", "3")), NULL),
      "incompatible\n"
      "blocker: no-common-config: no value of n suits all hosts: 1-2 at host 1, 3 at host 2\n"
      "without host 1: a.b/c?n=3\n"
      "without host 2: a.b/c?n=1");
  ops_assert_text (
      find (PARAMS (INT_ON ("n", "1, 2", "1")) ", 'constraints': [{'forbid': {'n': [2]}}]",
            PARAMS (INT_ON ("n", "1, 2", "2")) ", 'constraints': [{'forbid': {'n': [1]}}]", NULL),
      "incompatible\n"
      "blocker: no-common-config: each param has a value that suits all hosts, "
      "but no such values suit together\n"
      "without host 1: a.b/c?n=2\n"
      "without host 2: a.b/c?n=1");
}

static void
test_open_params_are_undecided (void)
{
  const char *open = PARAMS ("'n': {'type': 'int', 'init_value': 4}");

  ops_assert_text (find (open, PARAMS ("'n': {'type': 'int', 'init_value': 5}"), NULL),
                   "undecided\n"
                   "warning: value-undecided: some host does not say which values it allows, "
                   "and may refuse whatever the others accept\n"
                   "without host 1: a.b/c?n=5\n"
                   "without host 2: a.b/c?n=4");
  ops_assert_text (find_list (open, PARAMS ("'n': {'type': 'int', 'init_value': 5}")
                                        VERSIONS (V ("1", "'n': 4"))),
                   "a.b/c?n=4");
  ops_assert_text (find_list (open, PARAMS (INT_ON ("n", "'1-9'", "4"))), "a.b/c?n=4");
}

static void
test_host_without_the_model (void)
{
  g_autoptr (MigdescDescriptor) has = ops_read ("{'models': {'a.b/c': {'params': {}}}}");
  g_autoptr (MigdescDescriptor) lacks = ops_read ("{'models': {'a.b/d': {'params': {}}}}");
  MigdescDescriptor *hosts[] = { has, lacks };
  g_autoptr (MigdescBaseline) baseline = migdesc_baseline_new (hosts, 2, NULL, NULL, NULL);

  ops_assert_text (migdesc_baseline_to_string (baseline),
                   "incompatible\n"
                   "blocker: model-not-supported: host 2 has no such model\n"
                   "without host 1: nothing either\n"
                   "without host 2: a.b/c?");
}

static void
test_host_that_cannot_migrate (void)
{
  ops_assert_text (
      find (PARAMS (""), PARAMS ("") ", 'support': 'none', 'blocker': 'why'", PARAMS ("")),
      "incompatible\n"
      "blocker: unmigratable: host 2 cannot migrate the model: why\n"
      "without host 1: nothing either\n"
      "without host 2: a.b/c?\n"
      "without host 3: nothing either");
}

static void
test_models_of_versions_alone (void)
{
  /* the version of the one is a param that the other lacks, and cannot be off */
  ops_assert_text (
      find_list ("'versions': ['1']", PARAMS (BOOL ("f", "true")) VERSIONS (V ("1", ""))),
      "incompatible");
  ops_assert_text (find ("'versions': ['1', '2', '3', '4']",
                         "'versions': ['4', {'name': '3', 'create': false}, '2', '1']",
                         "'versions': ['1', '2']"),
                   "a.b/c?version=2\n"
                   "without host 1: a.b/c?version=1\n"
                   "without host 2: the same\n"
                   "without host 3: a.b/c?version=4");
  ops_assert_text (find ("'versions': ['1']", "'versions': ['2']", NULL),
                   "incompatible\n"
                   "blocker: no-common-config: no version is known to all hosts, and can be "
                   "created and loaded by each\n"
                   "without host 1: a.b/c?version=2\n"
                   "without host 2: a.b/c?version=1");
  ops_assert_text (find (PARAMS (""), "'versions': ['2']", NULL),
                   "incompatible\n"
                   "blocker: no-common-config: host 2 has versions and no params, unlike the first "
                   "host with the model\n"
                   "without host 1: a.b/c?version=2\n"
                   "without host 2: a.b/c?");
}

static void
test_equal_hosts_are_one (void)
{
  const char *body = PARAMS (INT ("n", "'0-9'", "2", "0"));

  ops_assert_text (find (body, body, PARAMS (INT ("n", "'0-1'", "1", "0"))),
                   "a.b/c?n=1\n"
                   "without host 1: the same\n"
                   "without host 2: the same\n"
                   "without host 3: a.b/c?n=2");
}

static void
test_answers_by_call (void)
{
  const char *const bodies[] = { PARAMS (INT ("n", "'0-9'", "2", "0")),
                                 PARAMS (INT ("n", "'0-1'", "1", "0")), NULL };
  const char *const alone[] = { PARAMS (""), NULL };
  g_autoptr (MigdescBaseline) baseline = make_baseline (bodies);
  g_autoptr (MigdescBaseline) single = make_baseline (alone);
  g_autoptr (MigdescParamList) list = migdesc_baseline_get_param_list (baseline);
  g_autoptr (MigdescParamList) without = migdesc_baseline_get_param_list_without (baseline, 1);
  g_autoptr (MigdescConfig) config = migdesc_baseline_get_config (baseline);
  g_autoptr (MigdescReport) report = migdesc_baseline_get_report (baseline);

  g_assert_cmpint (migdesc_baseline_get_verdict (baseline), ==, MIGDESC_VERDICT_COMPATIBLE);
  ops_assert_text (migdesc_param_list_to_string (list), "a.b/c?n=1");
  ops_assert_text (migdesc_param_list_to_string (without), "a.b/c?n=2");
  ops_assert_text (migdesc_config_to_string (config), "n=1");
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 0);
  g_assert_null (migdesc_baseline_get_param_list_without (single, 0));
  ops_assert_text (migdesc_baseline_to_string (single), "a.b/c?");
}

static void
test_written_as_json (void)
{
  const char *const bodies[] = { PARAMS (INT ("n", "'0-9'", "2", "0")),
                                 PARAMS (INT ("n", "'0-1'", "1", "0")), NULL };
  const char *const none[] = { PARAMS (INT_ON ("n", "1", "1")), PARAMS (INT_ON ("n", "2", "2")),
                               NULL };
  g_autoptr (MigdescBaseline) baseline = make_baseline (bodies);
  g_autoptr (MigdescBaseline) nothing = make_baseline (none);

  ops_assert_text (
      migdesc_baseline_to_json (baseline),
      "{\"verdict\":\"compatible\",\"model\":\"a.b/c\",\"list\":\"a.b/"
      "c?n=1\",\"findings\":[],\"hosts\":["
      "{\"verdict_without\":\"compatible\",\"list_without\":\"a.b/c?n=1\",\"gain\":false},"
      "{\"verdict_without\":\"compatible\",\"list_without\":\"a.b/c?n=2\",\"gain\":true}]}");
  ops_assert_text (
      migdesc_baseline_to_json (nothing),
      "{\"verdict\":\"incompatible\",\"model\":\"a.b/"
      "c\",\"findings\":[{\"code\":\"no-common-config\","
      "\"severity\":\"blocker\",\"model\":\"a.b/c\",\"param\":\"n\","
      "\"message\":\"no value of n suits all hosts: 1 at host 1, 2 at host 2\"}],\"hosts\":["
      "{\"verdict_without\":\"compatible\",\"list_without\":\"a.b/c?n=2\",\"gain\":true},"
      "{\"verdict_without\":\"compatible\",\"list_without\":\"a.b/c?n=1\",\"gain\":true}]}");
}

static void
test_model_has_to_be_named_and_known (void)
{
  g_autoptr (MigdescDescriptor) two = ops_read (
      "{'models': {'a.b/c': {'params': {}}, 'a.b/d': {'params': {}}}}");
  g_autoptr (MigdescBaseline) baseline = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_baseline_new (&two, 1, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE);
  g_assert_cmpstr (error->message, ==, "no model was named, and the first descriptor has 2");
  g_clear_error (&error);
  g_assert_null (migdesc_baseline_new (&two, 1, "a.b/e", NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "no descriptor has a model 'a.b/e'");
  g_clear_error (&error);
  g_assert_null (migdesc_baseline_new (NULL, 0, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  baseline = migdesc_baseline_new (&two, 1, "a.b/d", NULL, NULL);
  g_assert_cmpint (migdesc_baseline_get_verdict (baseline), ==, MIGDESC_VERDICT_COMPATIBLE);
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
  ADD ("nothing-in-common", test_nothing_in_common);
  ADD ("open-params-are-undecided", test_open_params_are_undecided);
  ADD ("host-without-the-model", test_host_without_the_model);
  ADD ("host-that-cannot-migrate", test_host_that_cannot_migrate);
  ADD ("models-of-versions-alone", test_models_of_versions_alone);
  ADD ("equal-hosts-are-one", test_equal_hosts_are_one);
  ADD ("answers-by-call", test_answers_by_call);
  ADD ("written-as-json", test_written_as_json);
  ADD ("model-has-to-be-named-and-known", test_model_has_to_be_named_and_known);
#undef ADD
  return g_test_run ();
}
