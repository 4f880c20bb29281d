/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops-check.h"

static const char nic[]
    = "{'models': {'vendor-a.com/my-nic': {'params': {"
      "'num-queues': {'type': 'int', 'allowed_values': ['1-64', 128], 'init_value': 4, "
      "'off_value': 1},"
      "'new-feature': {'type': 'bool', 'init_value': true, 'off_value': false},"
      "'mode': {'type': 'str', 'init_value': 'fast'}},"
      "'versions': ["
      "{'name': '1', 'params': {}},"
      "{'name': '2', 'params': {'num-queues': 4, 'new-feature': true, 'mode': 'slow'}},"
      "{'name': '3', 'params': {'num-queues': 4, 'new-feature': true}},"
      "{'name': '4', 'params': {'num-queues': 1, 'mode': 'fast'}}]}}}";

static MigdescConfig *
expand (const char *document,
        const char *overrides)
{
  g_autoptr (MigdescModel) model = ops_read_model (document);
  g_autoptr (MigdescParamList) list = ops_list (overrides);
  MigdescConfig *config = migdesc_model_expand (model, NULL, list, NULL);

  g_assert_nonnull (config);
  return config;
}

static char *
complete (const char *document,
          const char *overrides)
{
  g_autoptr (MigdescConfig) config = expand (document, overrides);
  g_autoptr (MigdescParamList) list = migdesc_config_to_param_list (config);

  return migdesc_param_list_to_string (list);
}

/* The short form, which has to lead back to where it came from */
static char *
shorten (const char *document,
         const char *overrides)
{
  g_autoptr (MigdescConfig) config = expand (document, overrides);
  g_autoptr (MigdescParamList) list = migdesc_config_to_short_param_list (config);
  g_autoptr (MigdescModel) model = migdesc_config_get_model (config);
  g_autoptr (MigdescConfig) again = migdesc_model_expand (model, NULL, list, NULL);

  if (migdesc_param_list_get_version (list) != NULL)
    g_assert_true (migdesc_config_equal (config, again));
  return migdesc_param_list_to_string (list);
}

static void
test_params_at_their_off_value_are_left_out (void)
{
  ops_assert_text (complete (nic, "num-queues=1,mode=x"),
                   "vendor-a.com/my-nic?new-feature=on,mode=x");
  ops_assert_text (complete (nic, "num-queues=64,new-feature=off"),
                   "vendor-a.com/my-nic?num-queues=64,mode=fast");
}

static void
test_all_off (void)
{
  ops_assert_text (complete ("{'models': {'a.b/c': {'params': {'n': {'type': 'int', 'init_value': "
                             "7, 'off_value': 0}}}}}",
                             "n=0"),
                   "a.b/c?");
  ops_assert_text (complete ("{'models': {'a.b/c': {'params': {}}}}", ""), "a.b/c?");
}

static void
test_commas_are_doubled (void)
{
  ops_assert_text (complete (nic, "num-queues=1,new-feature=off,mode=a,,b"),
                   "vendor-a.com/my-nic?mode=a,,b");
}

static void
test_great_ints (void)
{
  const char *document = "{'models': {'a.b/c': {'params': {'n': {'type': 'int', 'init_value': 7, "
                         "'off_value': 0}}}}}";

  ops_assert_text (complete (document, "n=18446744073709551615"), "a.b/c?n=18446744073709551615");
}

static void
test_short_form_has_fewest_overrides (void)
{
  /* over 2 nothing but mode, over 3 mode as well, for it does not set it: then the latest */
  ops_assert_text (shorten (nic, "mode=x"), "vendor-a.com/my-nic?version=3,mode=x");
  ops_assert_text (shorten (nic, "mode=slow"), "vendor-a.com/my-nic?version=2");
  ops_assert_text (shorten (nic, "num-queues=8,mode=slow"),
                   "vendor-a.com/my-nic?version=2,num-queues=8");
}

static void
test_param_without_off_value_is_an_override (void)
{
  /* version 3 does not set mode, and a destination may start it with another value */
  ops_assert_text (shorten (nic, "mode=fast"), "vendor-a.com/my-nic?version=3,mode=fast");
  ops_assert_text (shorten (nic, "new-feature=off,num-queues=2,mode=fast"),
                   "vendor-a.com/my-nic?version=4,num-queues=2");
}

static void
test_off_over_a_version_is_listed (void)
{
  ops_assert_text (shorten (nic, "new-feature=off,mode=slow"),
                   "vendor-a.com/my-nic?version=2,new-feature=off");
}

static void
test_setting_at_off_is_no_override (void)
{
  ops_assert_text (shorten (nic, "new-feature=off,num-queues=1,mode=fast"),
                   "vendor-a.com/my-nic?version=4");
}

static void
test_without_versions_short_form_is_complete (void)
{
  ops_assert_text (shorten ("{'models': {'a.b/c': {'params': {'n': {'type': 'int', 'init_value': "
                            "7, 'off_value': 0}}}}}",
                            "n=8"),
                   "a.b/c?n=8");
}

static void
test_model_of_versions_alone (void)
{
  const char *document = "{'models': {'a.b/c': {'versions': ['one', 'two, three']}}}";

  ops_assert_text (complete (document, "version=one"), "a.b/c?version=one");
  ops_assert_text (shorten (document, "version=two,, three"), "a.b/c?version=two,, three");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/list/" name, function)
  ADD ("params-at-their-off-value-are-left-out", test_params_at_their_off_value_are_left_out);
  ADD ("all-off", test_all_off);
  ADD ("commas-are-doubled", test_commas_are_doubled);
  ADD ("great-ints", test_great_ints);
  ADD ("short-form-has-fewest-overrides", test_short_form_has_fewest_overrides);
  ADD ("param-without-off-value-is-an-override", test_param_without_off_value_is_an_override);
  ADD ("off-over-a-version-is-listed", test_off_over_a_version_is_listed);
  ADD ("setting-at-off-is-no-override", test_setting_at_off_is_no_override);
  ADD ("without-versions-short-form-is-complete", test_without_versions_short_form_is_complete);
  ADD ("model-of-versions-alone", test_model_of_versions_alone);
#undef ADD
  return g_test_run ();
}
