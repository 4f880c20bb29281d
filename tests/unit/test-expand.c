/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops-check.h"

static const char nic[]
    = "{'models': {'vendor-a.com/my-nic': {'params': {"
      "'num-queues': {'type': 'int', 'allowed_values': ['1-64', 128], 'init_value': 4, "
      "'off_value': 1},"
      "'new-feature': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'mode': {'type': 'str', 'allowed_values': ['fast', 'slow'], 'init_value': 'fast'}},"
      "'versions': ["
      "{'name': '1', 'params': {}, 'create': false},"
      "{'name': '2', 'params': {'num-queues': 4, 'new-feature': true, 'mode': 'slow'}},"
      "{'name': '3', 'params': {'num-queues': 8}, 'create': false}],"
      "'constraints': [{'if': {'new-feature': [true]}, 'then': {'num-queues': ['3-128']},"
      " 'description': 'needs three queues'}]}}}";

/* The configuration as its complete list, or the report that there is instead */
static char *
expand (const char *document,
        const char *version,
        const char *overrides)
{
  g_autoptr (MigdescModel) model = ops_read_model (document);
  g_autoptr (MigdescParamList) list = overrides != NULL ? ops_list (overrides) : NULL;
  g_autoptr (MigdescParamList) complete = NULL;
  g_autoptr (MigdescConfig) config = NULL;
  g_autoptr (MigdescConfig) silent = NULL;
  MigdescReport *report = NULL;

  config = migdesc_model_expand (model, version, list, &report);
  silent = migdesc_model_expand (model, version, list, NULL);
  g_assert_cmpint (config == NULL, ==, silent == NULL);
  g_assert_nonnull (report);
  if (config == NULL)
    return ops_report (report);

  g_assert_true (migdesc_config_equal (config, silent));
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_COMPATIBLE);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 0);
  migdesc_report_unref (report);
  complete = migdesc_config_to_param_list (config);
  return migdesc_param_list_to_string (complete);
}

static void
test_without_version_params_start_at_init (void)
{
  ops_assert_text (expand (nic, NULL, NULL),
                   "vendor-a.com/my-nic?num-queues=4,new-feature=on,mode=fast");
  ops_assert_text (expand (nic, NULL, "mode=slow,num-queues=128"),
                   "vendor-a.com/my-nic?num-queues=128,new-feature=on,mode=slow");
}

static void
test_with_version_params_start_off (void)
{
  ops_assert_text (expand (nic, "1", "num-queues=2"), "vendor-a.com/my-nic?num-queues=2,mode=fast");
  ops_assert_text (expand (nic, "2", NULL),
                   "vendor-a.com/my-nic?num-queues=4,new-feature=on,mode=slow");
  ops_assert_text (expand (nic, "2", "new-feature=off"),
                   "vendor-a.com/my-nic?num-queues=4,mode=slow");
}

static void
test_overrides_may_name_model_and_version (void)
{
  ops_assert_text (expand (nic, NULL, "vendor-a.com/my-nic?version=2,num-queues=9"),
                   "vendor-a.com/my-nic?num-queues=9,new-feature=on,mode=slow");
  ops_assert_text (expand (nic, "2", "version=1"),
                   "vendor-a.com/my-nic?num-queues=4,new-feature=on,mode=slow");
}

static void
test_latest_is_newest_that_can_be_created (void)
{
  ops_assert_text (expand (nic, "latest", NULL),
                   "vendor-a.com/my-nic?num-queues=4,new-feature=on,mode=slow");
  ops_assert_text (expand (nic, NULL, "version=latest"),
                   "vendor-a.com/my-nic?num-queues=4,new-feature=on,mode=slow");
}

/* The flag belongs to the configuration: c is b, which can be created; d is nothing that can be. */
static void
test_latest_goes_by_the_configuration (void)
{
  const char *document = "{'models': {'a.b/c': {'params': {"
                         "'n': {'type': 'int', 'init_value': 2, 'off_value': 0},"
                         "'s': {'type': 'str', 'init_value': 'x', 'off_value': ''}},"
                         "'versions': [{'name': 'a', 'params': {'n': 1}},"
                         "{'name': 'b', 'params': {'s': 'y'}},"
                         "{'name': 'a2', 'params': {'n': 4}},"
                         "{'name': 'c', 'params': {'n': 0, 's': 'y'}, 'create': false},"
                         "{'name': 'd', 'params': {'n': 5}, 'create': false}]}}}";
  g_autoptr (MigdescModel) model = ops_read_model (document);
  g_autoptr (MigdescVersion) latest = migdesc_model_get_latest_version (model);

  g_assert_cmpstr (migdesc_version_get_name (latest), ==, "c");
  ops_assert_text (expand (document, "latest", NULL), "a.b/c?s=y");
  ops_assert_text (expand (document, "latest", "n=7"), "a.b/c?n=7,s=y");
  /* versions without params are each a configuration of their own */
  ops_assert_text (
      expand ("{'models': {'a.b/c': {'versions': ['a', {'name': 'b', 'create': false}]}}}",
              "latest", NULL),
      "a.b/c?version=a");
}

/* What a configuration gives as its list means that configuration. */
static void
test_version_called_latest (void)
{
  static const char document[]
      = "{'models': {'a.b/c': {"
        "'params': {'a': {'type': 'int', 'init_value': 1, 'off_value': 0}}, "
        "'versions': [{'name': 'latest', 'params': {'a': 2}}, "
        "{'name': '2', 'params': {'a': 3}}]}}}";

  ops_assert_text (expand (document, "latest", NULL), "a.b/c?a=3");
  ops_assert_text (expand (document, NULL, "version=latest"), "a.b/c?a=2");
}

static void
test_off_value_is_allowed (void)
{
  const char *document
      = "{'models': {'a.b/c': {'params': {"
        "'n': {'type': 'int', 'allowed_values': [2], 'init_value': 2, 'off_value': 0}}}}}";

  ops_assert_text (expand (document, NULL, "n=0"), "a.b/c?");
  ops_assert_text (
      expand (document, NULL, "n=1"),
      "incompatible\n"
      "blocker param-value-not-allowed n=1 {0,2} /models/a.b~1c/params/n: n=1 is not allowed; "
      "the model accepts 2, off as 0; use n=0 or n=2\n");
}

static void
test_unknown_version (void)
{
  ops_assert_text (expand (nic, "4", "num-queues=2"),
                   "incompatible\n"
                   "blocker version-unknown =4 /models/vendor-a.com~1my-nic/versions: "
                   "the model has no version \"4\"; its newest is \"3\"\n");
}

static void
test_version_that_cannot_be_created (void)
{
  ops_assert_text (
      expand (nic, "1", NULL),
      "incompatible\n"
      "blocker version-not-creatable /models/vendor-a.com~1my-nic/versions/0: "
      "the configuration is that of version \"1\", which cannot be created; use version=2\n");
  /* whatever way leads to it */
  ops_assert_text (
      expand (nic, NULL, "new-feature=off,num-queues=8"),
      "incompatible\n"
      "blocker version-not-creatable /models/vendor-a.com~1my-nic/versions/2: "
      "the configuration is that of version \"3\", which cannot be created; use version=2\n");
}

static void
test_equal_version_that_can_be_created_wins (void)
{
  const char *document = "{'models': {'a.b/c': {'params': {"
                         "'n': {'type': 'int', 'init_value': 2, 'off_value': 0}},"
                         "'versions': [{'name': 'a', 'params': {}, 'create': false}, {'name': 'b', "
                         "'params': {}}]}}}";

  ops_assert_text (expand (document, "a", NULL), "a.b/c?");
}

static void
test_no_version_can_be_created (void)
{
  const char *document = "{'models': {'a.b/c': {'params': {"
                         "'n': {'type': 'int', 'init_value': 2, 'off_value': 0}},"
                         "'versions': [{'name': 'a', 'params': {}, 'create': false}]}}}";

  ops_assert_text (expand (document, "latest", NULL),
                   "incompatible\n"
                   "blocker version-not-creatable /models/a.b~1c/versions: "
                   "the model has no version that can be created\n");
  ops_assert_text (
      expand ("{'models': {'a.b/c': {'params': {}}}}", "latest", NULL),
      "incompatible\n"
      "blocker version-not-creatable /models/a.b~1c/versions: the model has no versions\n");
}

static void
test_all_that_is_wrong_is_reported_at_once (void)
{
  ops_assert_text (
      expand (nic, "5", "num-queue=2,new-feature=2,num-queues=0,mode=fasd"),
      "incompatible\n"
      "blocker param-unknown num-queue=2 /models/vendor-a.com~1my-nic/params: "
      "the model has no param \"num-queue\"; did you mean \"num-queues\"?\n"
      "blocker param-type new-feature=2 {off,on} /models/vendor-a.com~1my-nic/params/new-feature: "
      "new-feature is a bool (on or off), and \"2\" is not; use new-feature as one of off,on\n"
      "blocker param-value-not-allowed num-queues=0 {1-64,128} "
      "/models/vendor-a.com~1my-nic/params/num-queues: num-queues=0 is not allowed; "
      "the model accepts 1-64,128; use num-queues=1\n"
      "blocker param-value-not-allowed mode=fasd {fast,slow} "
      "/models/vendor-a.com~1my-nic/params/mode: mode=fasd is not allowed; "
      "the model accepts fast,slow; use mode=fast\n"
      "blocker version-unknown =5 /models/vendor-a.com~1my-nic/versions: "
      "the model has no version \"5\"; its newest is \"3\"\n");
}

static void
test_constraint_is_violated (void)
{
  ops_assert_text (
      expand (nic, NULL, "num-queues=2"),
      "incompatible\n"
      "blocker constraint-violated /models/vendor-a.com~1my-nic/constraints/0: "
      "if new-feature=on then num-queues=3-128 is violated (new-feature=on, num-queues=2): "
      "needs three queues; use num-queues >= 3\n");
}

static void
test_constraint_on_bad_param_is_skipped (void)
{
  ops_assert_text (expand (nic, NULL, "num-queues=0"),
                   "incompatible\n"
                   "blocker param-value-not-allowed num-queues=0 {1-64,128} "
                   "/models/vendor-a.com~1my-nic/params/num-queues: num-queues=0 is not allowed; "
                   "the model accepts 1-64,128; use num-queues=1\n");
}

static void
test_forbidden_combination (void)
{
  const char *document = "{'models': {'a.b/c': {'params': {"
                         "'m': {'type': 'str', 'init_value': 'x'},"
                         "'n': {'type': 'int', 'init_value': 2, 'off_value': 0}},"
                         "'constraints': [{'forbid': {'m': ['y'], 'n': ['2-9']}}]}}}";

  ops_assert_text (expand (document, NULL, "m=y"),
                   "incompatible\n"
                   "blocker constraint-violated /models/a.b~1c/constraints/0: "
                   "never m=y and n=2-9 is violated (m=y, n=2); use n outside 2-9\n");
}

static void
test_list_for_another_model (void)
{
  ops_assert_text (expand (nic, NULL, "vendor-b.com/nic?num-queues=2,new-feature=off"),
                   "incompatible\n"
                   "blocker model-not-supported /models/vendor-a.com~1my-nic: "
                   "the list is for model \"vendor-b.com/nic\", not for \"vendor-a.com/my-nic\"\n");
}

static void
test_model_of_versions_alone (void)
{
  const char *document
      = "{'models': {'a.b/c': {'versions': ['one', {'name': 'two', 'create': false}]}}}";

  ops_assert_text (expand (document, "one", NULL), "a.b/c?version=one");
  ops_assert_text (expand (document, "latest", NULL), "a.b/c?version=one");
  ops_assert_text (expand (document, NULL, NULL),
                   "incompatible\n"
                   "blocker version-required {one,two} /models/a.b~1c/versions: "
                   "the model has versions and no params, and the list names no version; "
                   "name a version, such as version=two\n");
  ops_assert_text (expand (document, "onne", NULL),
                   "incompatible\n"
                   "blocker version-unknown =onne {one,two} /models/a.b~1c/versions: "
                   "the model has no version \"onne\"; its newest is \"two\"; did you mean "
                   "\"one\"?\n");
  ops_assert_text (
      expand (document, "two", "x=1"),
      "incompatible\n"
      "blocker param-unknown x=1 /models/a.b~1c/params: the model has no param \"x\"\n"
      "blocker version-not-creatable /models/a.b~1c/versions/1: "
      "the configuration is that of version \"two\", which cannot be created; use version=one\n");
}

static void
test_strings_of_overrides_are_copied (void)
{
  g_autoptr (MigdescModel) model = ops_read_model (nic);
  MigdescParamList *list = ops_list ("mode=slow");
  g_autoptr (MigdescConfig) config = migdesc_model_expand (model, NULL, list, NULL);
  g_autoptr (GVariant) value = NULL;

  migdesc_param_list_unref (list);
  value = migdesc_config_get_value (config, "mode");
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "slow");
}

/* More params than fit into the scratch memory that needs no heap */
static void
test_many_params (void)
{
  g_autoptr (GString) document = g_string_new ("{'models': {'a.b/c': {'params': {");
  g_autoptr (GString) overrides = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new ("a.b/c?");

  for (guint i = 0; i < 200; i++)
    {
      const char *separator = i > 0 ? "," : "";

      g_string_append_printf (document, "%s'p%u': {'type': 'str', 'init_value': 'i'}", separator,
                              i);
      g_string_append_printf (overrides, "%sp%u=v%u", separator, i, i);
      g_string_append_printf (expected, "%sp%u=v%u", separator, i, i);
    }
  g_string_append (document, "}}}}");
  ops_assert_text (expand (document->str, NULL, overrides->str), expected->str);
  ops_assert_text (expand (document->str, NULL, "p199=\xe2\x80\xae,q=1"),
                   "incompatible\n"
                   "blocker param-unknown q=1 /models/a.b~1c/params: "
                   "the model has no param \"q\"\n");
}

static void
test_text_from_outside_is_escaped (void)
{
  ops_assert_text (expand (nic, NULL, "m\xe2\x80\xae=1,mode=\xe2\x80\xae"),
                   "incompatible\n"
                   "blocker param-unknown m\xe2\x80\xae=1 /models/vendor-a.com~1my-nic/params: "
                   "the model has no param \"m\\u202e\"\n"
                   "blocker param-value-not-allowed mode=\xe2\x80\xae {fast,slow} "
                   "/models/vendor-a.com~1my-nic/params/mode: mode=\\u202e is not allowed; "
                   "the model accepts fast,slow; use mode as one of fast,slow\n");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/expand/" name, function)
  ADD ("without-version-params-start-at-init", test_without_version_params_start_at_init);
  ADD ("with-version-params-start-off", test_with_version_params_start_off);
  ADD ("overrides-may-name-model-and-version", test_overrides_may_name_model_and_version);
  ADD ("latest-is-newest-that-can-be-created", test_latest_is_newest_that_can_be_created);
  ADD ("latest-goes-by-the-configuration", test_latest_goes_by_the_configuration);
  ADD ("version-called-latest", test_version_called_latest);
  ADD ("off-value-is-allowed", test_off_value_is_allowed);
  ADD ("unknown-version", test_unknown_version);
  ADD ("version-that-cannot-be-created", test_version_that_cannot_be_created);
  ADD ("equal-version-that-can-be-created-wins", test_equal_version_that_can_be_created_wins);
  ADD ("no-version-can-be-created", test_no_version_can_be_created);
  ADD ("all-that-is-wrong-is-reported-at-once", test_all_that_is_wrong_is_reported_at_once);
  ADD ("constraint-is-violated", test_constraint_is_violated);
  ADD ("constraint-on-bad-param-is-skipped", test_constraint_on_bad_param_is_skipped);
  ADD ("forbidden-combination", test_forbidden_combination);
  ADD ("list-for-another-model", test_list_for_another_model);
  ADD ("model-of-versions-alone", test_model_of_versions_alone);
  ADD ("strings-of-overrides-are-copied", test_strings_of_overrides_are_copied);
  ADD ("many-params", test_many_params);
  ADD ("text-from-outside-is-escaped", test_text_from_outside_is_escaped);
#undef ADD
  return g_test_run ();
}
