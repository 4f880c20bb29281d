/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops-check.h"

static const char nic[]
    = "{'models': {'vendor-a.com/my-nic': {'params': {"
      "'num-queues': {'type': 'int', 'allowed_values': ['1-64'], 'init_value': 4, 'off_value': 1},"
      "'new-feature': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'mode': {'type': 'str', 'init_value': 'fast', 'off_value': ''}},"
      "'versions': [{'name': '1', 'params': {}}, {'name': '2', 'params': {'num-queues': 4, "
      "'new-feature': true}}]}}}";

static MigdescPlan *
make_plan (const char *document,
           const char *list_text,
           gboolean force,
           MigdescVerdict verdict)
{
  g_autoptr (MigdescDescriptor) destination = ops_read (document);
  g_autoptr (MigdescParamList) list = ops_list (list_text);
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;
  MigdescPlan *plan = migdesc_descriptor_plan (destination, list, force, &report, &error);

  g_assert_no_error (error);
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, verdict);
  return plan;
}

static char *
render_plan (MigdescPlan *plan,
             const char *style_word)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  MigdescPlanStyle style;

  g_assert_true (migdesc_plan_style_from_string (style_word, &style));
  g_assert_cmpstr (migdesc_plan_style_to_string (style), ==, style_word);
  lines = migdesc_plan_render (plan, style, &error);
  g_assert_no_error (error);
  return g_strjoinv ("\n", lines);
}

static char *
render (const char *document,
        const char *list_text,
        const char *style_word)
{
  g_autoptr (MigdescPlan) plan = make_plan (document, list_text, FALSE, MIGDESC_VERDICT_COMPATIBLE);

  return render_plan (plan, style_word);
}

static char *
force (const char *document,
       const char *list_text,
       const char *style_word)
{
  g_autoptr (MigdescPlan) plan = make_plan (document, list_text, TRUE,
                                            MIGDESC_VERDICT_INCOMPATIBLE);

  return render_plan (plan, style_word);
}

static void
test_every_param_is_set_once (void)
{
  ops_assert_text (render (nic, "num-queues=8", "argv-m"),
                   "--m-num-queues=8\n--m-new-feature=off\n--m-mode=");
  ops_assert_text (render (nic, "version=2,mode=fast", "argv-m"),
                   "--m-num-queues=4\n--m-new-feature=on\n--m-mode=fast");
}

static void
test_argv_param (void)
{
  ops_assert_text (render (nic, "num-queues=8,mode=fast", "argv-param"),
                   "--param num-queues=8\n--param new-feature=off\n--param mode=fast");
}

static void
test_argv_version (void)
{
  ops_assert_text (
      render (nic, "num-queues=8,new-feature=on", "argv-version"),
      "--migration-model vendor-a.com/my-nic\n--migration-version 2\n--m-num-queues=8");
  ops_assert_text (
      render (nic, "new-feature=on", "argv-version"),
      "--migration-model vendor-a.com/my-nic\n--migration-version 2\n--m-num-queues=1");
  ops_assert_text (render (nic, "", "argv-version"),
                   "--migration-model vendor-a.com/my-nic\n--migration-version 1");
}

static void
test_argv_version_without_versions_sets_every_param (void)
{
  const char *document = "{'models': {'a.b/c': {'params': {"
                         "'n': {'type': 'int', 'init_value': 4, 'off_value': 1},"
                         "'m': {'type': 'int', 'init_value': 4, 'off_value': 1}}}}}";

  ops_assert_text (render (document, "n=4", "argv-version"),
                   "--migration-model a.b/c\n--m-n=4\n--m-m=1");
}

static void
test_sysfs (void)
{
  ops_assert_text (render (nic, "num-queues=8,mode=fast", "sysfs"),
                   "migration/device_model=vendor-a.com/my-nic\nmigration/version=1\n"
                   "migration/num-queues=8\nmigration/new-feature=off\nmigration/mode=fast");
}

static void
test_mdevctl (void)
{
  ops_assert_text (
      render (nic, "num-queues=8,mode=fast", "mdevctl"),
      "[{\"migration/device_model\":\"vendor-a.com/my-nic\"},{\"migration/version\":\"1\"},"
      "{\"migration/num-queues\":\"8\"},{\"migration/new-feature\":\"off\"},{\"migration/"
      "mode\":\"fast\"}]");
}

static void
test_text_is_the_complete_list (void)
{
  ops_assert_text (render (nic, "version=2,mode=fast", "text"),
                   "vendor-a.com/my-nic?num-queues=4,new-feature=on,mode=fast");
}

static void
test_model_of_versions_alone (void)
{
  const char *document = "{'models': {'a.b/c': {'versions': ['1', '2']}}}";

  ops_assert_text (render (document, "version=1", "argv-m"), "--m-version=1");
  ops_assert_text (render (document, "version=1", "argv-param"), "--param version=1");
  ops_assert_text (render (document, "version=1", "argv-version"),
                   "--migration-model a.b/c\n--migration-version 1");
  ops_assert_text (render (document, "version=1", "sysfs"),
                   "migration/device_model=a.b/c\nmigration/version=1");
  ops_assert_text (render (document, "version=1", "mdevctl"),
                   "[{\"migration/device_model\":\"a.b/c\"},{\"migration/version\":\"1\"}]");
  ops_assert_text (render (document, "version=1", "text"), "a.b/c?version=1");
}

static void
test_values_are_asked_for_by_name (void)
{
  g_autoptr (MigdescPlan) plan = make_plan (nic, "num-queues=8,mode=a b", FALSE,
                                            MIGDESC_VERDICT_UNDECIDED);
  g_autoptr (GVariant) queues = migdesc_plan_get_value (plan, "num-queues");
  g_autoptr (GVariant) feature = migdesc_plan_get_value (plan, "new-feature");
  g_autoptr (GVariant) mode = migdesc_plan_get_value (plan, "mode");
  g_auto (GStrv) names = migdesc_plan_dup_names (plan);

  g_assert_cmpstr (migdesc_plan_get_model (plan), ==, "vendor-a.com/my-nic");
  g_assert_cmpstr (migdesc_plan_get_version (plan), ==, "1");
  g_assert_cmpuint (g_variant_get_uint64 (queues), ==, 8);
  g_assert_false (g_variant_get_boolean (feature));
  g_assert_cmpstr (g_variant_get_string (mode, NULL), ==, "a b");
  g_assert_null (migdesc_plan_get_value (plan, "x"));
  g_assert_cmpuint (g_strv_length (names), ==, 3);
}

static void
test_no_plan_where_the_answer_is_no (void)
{
  g_assert_null (make_plan (nic, "num-queues=65", FALSE, MIGDESC_VERDICT_INCOMPATIBLE));
  g_assert_null (make_plan (nic, "a.b/c?num-queues=64", FALSE, MIGDESC_VERDICT_INCOMPATIBLE));
  g_assert_null (make_plan (nic, "a.b/c?num-queues=64", TRUE, MIGDESC_VERDICT_INCOMPATIBLE));
}

static void
test_force_needs_a_value_for_every_param (void)
{
  const char *document
      = "{'models': {'a.b/c': {'params': {"
        "'n': {'type': 'int', 'allowed_values': [4], 'init_value': 4, 'off_value': 1},"
        "'m': {'type': 'int', 'init_value': 4}}}}}";
  g_autoptr (MigdescPlan) plan = make_plan (document, "n=99,m=4,q=1", TRUE,
                                            MIGDESC_VERDICT_INCOMPATIBLE);
  g_auto (GStrv) lines = migdesc_plan_render (plan, MIGDESC_PLAN_ARGV_M, NULL);
  g_autofree char *text = g_strjoinv (" ", lines);

  g_assert_cmpstr (text, ==, "--m-n=99 --m-m=4");
  g_assert_null (make_plan (document, "n=99", TRUE, MIGDESC_VERDICT_INCOMPATIBLE));
  g_assert_null (make_plan (document, "n=x,m=4", TRUE, MIGDESC_VERDICT_INCOMPATIBLE));
  g_assert_null (make_plan (document, "version=1,m=4", TRUE, MIGDESC_VERDICT_INCOMPATIBLE));
}

static void
test_force_past_a_version_that_is_not_known (void)
{
  const char *document
      = "{'models': {'a.b/c': {'params': {"
        "'n': {'type': 'int', 'allowed_values': [4], 'init_value': 4, 'off_value': 1},"
        "'m': {'type': 'str', 'init_value': 'x'}},"
        "'versions': [{'name': '1', 'params': {'n': 4}}]}}}";
  const char *alone = "{'models': {'a.b/c': {'versions': ['1', {'name': '2', 'load': false}]}}}";

  /* what is listed is all that is known: off is not for the list to leave out */
  ops_assert_text (force (document, "version=2,m=y,n=99", "argv-m"), "--m-n=99\n--m-m=y");
  ops_assert_text (force (document, "version=2,m=y,n=4,q=1", "argv-version"),
                   "--migration-model a.b/c\n--migration-version 1\n--m-m=y");
  g_assert_null (make_plan (document, "version=2,m=y", TRUE, MIGDESC_VERDICT_INCOMPATIBLE));
  g_assert_null (make_plan (document, "version=2,m=y,n=x", TRUE, MIGDESC_VERDICT_INCOMPATIBLE));
  g_assert_null (make_plan (document, "version=2,m=y,n=4", FALSE, MIGDESC_VERDICT_INCOMPATIBLE));
  /* the version of a model of versions alone is a value that is not allowed */
  ops_assert_text (force (alone, "version=3", "argv-m"), "--m-version=3");
  ops_assert_text (force (alone, "version=3", "argv-version"),
                   "--migration-model a.b/c\n--migration-version 3");
  ops_assert_text (force (alone, "version=3", "sysfs"),
                   "migration/device_model=a.b/c\nmigration/version=3");
  ops_assert_text (force (alone, "version=3", "text"), "a.b/c?version=3");
  ops_assert_text (force (alone, "version=2,q=1", "text"), "a.b/c?version=2");
  g_assert_null (make_plan (alone, "a.b/c?", TRUE, MIGDESC_VERDICT_INCOMPATIBLE));
}

static void
test_list_without_model_needs_one_model (void)
{
  g_autoptr (MigdescDescriptor) destination = ops_read (
      "{'models': {'a.b/c': {'params': {}}, 'a.b/d': {'params': {}}}}");
  g_autoptr (MigdescParamList) list = ops_list ("");
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_descriptor_plan (destination, list, FALSE, &report, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_MODEL_NEEDED);
  g_assert_null (report);
}

static void
assert_unsafe (const char *document,
               const char *list_text,
               MigdescPlanStyle style,
               const char *message)
{
  g_autoptr (MigdescPlan) plan = make_plan (document, list_text, FALSE, MIGDESC_VERDICT_COMPATIBLE);
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_plan_render (plan, style, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_PLAN_UNSAFE_NAME);
  g_assert_cmpstr (error->message, ==, message);
}

#define ONE_PARAM(name)                                                                            \
  "{'models': {'a.b/c': {'params': {'" name                                                        \
  "': {'type': 'int', 'init_value': 4, 'off_value': 1}}}}}"

static void
test_names_that_a_style_cannot_carry (void)
{
  const char *why
      = "an attribute is named with letters, digits and ._:- and begins with none of . and -";
  const char *const names[] = { "..", ".x", "-x", "a\xc3\xa4", "a$b", "a;b" };

  ops_assert_text (render (ONE_PARAM ("-x"), "", "argv-m"), "--m--x=1");
  assert_unsafe (
      ONE_PARAM ("-x"), "", MIGDESC_PLAN_ARGV_PARAM,
      "param \"-x\" cannot be written safely in the style argv-param: it would read as an option");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *document = g_strdup_printf (
          "{'models': {'a.b/c': {'params': {'%s': {'type': 'int', 'init_value': 4, 'off_value': "
          "1}}}}}",
          names[i]);
      g_autofree char *sysfs = g_strdup_printf (
          "param \"%s\" cannot be written safely in the style sysfs: %s", names[i], why);
      g_autofree char *mdevctl = g_strdup_printf (
          "param \"%s\" cannot be written safely in the style mdevctl: %s", names[i], why);

      assert_unsafe (document, "", MIGDESC_PLAN_SYSFS, sysfs);
      assert_unsafe (document, "", MIGDESC_PLAN_MDEVCTL, mdevctl);
    }
  assert_unsafe (ONE_PARAM ("device_model"), "", MIGDESC_PLAN_SYSFS,
                 "param \"device_model\" cannot be written safely in the style sysfs: it is the "
                 "attribute of the model");
  assert_unsafe ("{'models': {'-a.b/c': {'params': {}}}}", "", MIGDESC_PLAN_ARGV_VERSION,
                 "model \"-a.b/c\" cannot be written safely in the style argv-version: it would "
                 "read as an option");
  assert_unsafe ("{'models': {'a.b/c': {'versions': ['-v']}}}", "version=-v",
                 MIGDESC_PLAN_ARGV_VERSION,
                 "version \"-v\" cannot be written safely in the style argv-version: it would read "
                 "as an option");
}

static void
test_values_are_safe_whatever_they_are (void)
{
  const char *document
      = "{'models': {'a.b/c': {'params': {'m': {'type': 'str', 'allowed_values':"
        " ['--x', 'a b', 'x=\\\\\\u0022,$(reboot)'], 'init_value': 'a b', 'off_value': ''}}}}}";

  ops_assert_text (render (document, "m=--x", "argv-param"), "--param m=--x");
  ops_assert_text (render (document, "m=x=\\\",,$(reboot)", "argv-m"), "--m-m=x=\\\",$(reboot)");
  ops_assert_text (
      render (document, "m=x=\\\",,$(reboot)", "mdevctl"),
      "[{\"migration/device_model\":\"a.b/c\"},{\"migration/m\":\"x=\\\\\\\",$(reboot)\"}]");
  ops_assert_text (render (document, "m=x=\\\",,$(reboot)", "text"), "a.b/c?m=x=\\\",,$(reboot)");
}

static void
test_arguments_are_a_vector (void)
{
  g_autoptr (MigdescPlan) plan = make_plan (nic, "num-queues=8", FALSE, MIGDESC_VERDICT_COMPATIBLE);
  g_auto (GStrv) param = migdesc_plan_to_argv (plan, MIGDESC_PLAN_ARGV_PARAM, NULL);
  g_auto (GStrv) version = migdesc_plan_to_argv (plan, MIGDESC_PLAN_ARGV_VERSION, NULL);
  const char *const param_expected[] = { "--param", "num-queues=8", "--param", "new-feature=off",
                                         "--param", "mode=",        NULL };
  const char *const version_expected[] = { "--migration-model",   "vendor-a.com/my-nic",
                                           "--migration-version", "1",
                                           "--m-num-queues=8",    NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_strv_equal ((const char *const *) param, param_expected));
  g_assert_true (g_strv_equal ((const char *const *) version, version_expected));
  g_assert_null (migdesc_plan_to_argv (plan, MIGDESC_PLAN_SYSFS, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "the style sysfs has no arguments");
}

static void
test_words_of_styles (void)
{
  MigdescPlanStyle style = MIGDESC_PLAN_TEXT;

  g_assert_false (migdesc_plan_style_from_string ("argv", &style));
  g_assert_cmpint (style, ==, MIGDESC_PLAN_ARGV_M);
  g_assert_null (migdesc_plan_style_to_string ((MigdescPlanStyle) 6));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/plan/" name, function)
  ADD ("every-param-is-set-once", test_every_param_is_set_once);
  ADD ("argv-param", test_argv_param);
  ADD ("argv-version", test_argv_version);
  ADD ("argv-version-without-versions-sets-every-param",
       test_argv_version_without_versions_sets_every_param);
  ADD ("sysfs", test_sysfs);
  ADD ("mdevctl", test_mdevctl);
  ADD ("text-is-the-complete-list", test_text_is_the_complete_list);
  ADD ("model-of-versions-alone", test_model_of_versions_alone);
  ADD ("values-are-asked-for-by-name", test_values_are_asked_for_by_name);
  ADD ("no-plan-where-the-answer-is-no", test_no_plan_where_the_answer_is_no);
  ADD ("force-needs-a-value-for-every-param", test_force_needs_a_value_for_every_param);
  ADD ("force-past-a-version-that-is-not-known", test_force_past_a_version_that_is_not_known);
  ADD ("list-without-model-needs-one-model", test_list_without_model_needs_one_model);
  ADD ("names-that-a-style-cannot-carry", test_names_that_a_style_cannot_carry);
  ADD ("values-are-safe-whatever-they-are", test_values_are_safe_whatever_they_are);
  ADD ("arguments-are-a-vector", test_arguments_are_a_vector);
  ADD ("words-of-styles", test_words_of_styles);
#undef ADD
  return g_test_run ();
}
