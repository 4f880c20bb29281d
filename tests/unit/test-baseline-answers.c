/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is said where there is no baseline, or besides it. */

#include "baseline-fixture.h"

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
  /* 4 is off at one and cannot be at the other; but who knows what else both would take */
  ops_assert_text (
      find_list (open, PARAMS ("'n': {'type': 'int', 'init_value': 4, 'off_value': 4}")),
      "undecided");
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
  g_assert_cmpstr (error->message, ==, "no descriptor has a model \"a.b/e\"");
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
#define ADD(name, function) g_test_add_func ("/baseline-answers/" name, function)
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
