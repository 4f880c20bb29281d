/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of a check that need the destination's descriptor alone; see test-check-pair.c for the
 * others. */

#include "ops-check.h"

#define NIC_PARAMS \
  "'num-queues': {'type': 'int', 'allowed_values': ['1-4'], 'init_value': 4, 'off_value': 1}," \
  "'new-feature': {'type': 'bool', 'init_value': true, 'off_value': false}," \
  "'mode': {'type': 'str', 'allowed_values': ['fast', 'slow'], 'init_value': 'fast'}"

static const char nic[]
    = "{'models': {'vendor-a.com/my-nic': {'params': {" NIC_PARAMS "},"
      "'versions': [{'name': '1', 'params': {'mode': 'slow'}},"
      " {'name': '2', 'params': {'num-queues': 4, 'new-feature': true, 'mode': 'slow'}}],"
      "'constraints': [{'if': {'new-feature': [true]}, 'then': {'num-queues': ['3-4']}},"
      " {'forbid': {'mode': ['fast'], 'num-queues': [2]}, 'description': 'too fast for two'}]}}}";

static const char open_nic[]
    = "{'models': {'a.b/c': {'params': {"
      "'n': {'type': 'int', 'init_value': 4, 'off_value': 0},"
      "'m': {'type': 'str', 'init_value': 'x'},"
      "'f': {'type': 'bool', 'init_value': true, 'off_value': false}},"
      "'versions': [{'name': '1', 'params': {'n': 6, 'm': 'y'}}]}}}";

/* Asks in every way there is, which have to agree. */
static char *
check (const char *document,
       const char *list_text,
       const char *only_text)
{
  g_autoptr (MigdescDescriptor) destination = ops_read (document);
  g_autoptr (MigdescParamList) list = ops_list (list_text);
  g_auto (GStrv) only = only_text != NULL ? g_strsplit (only_text, ",", -1) : NULL;
  g_autoptr (GError) error = NULL;
  MigdescReport *report = migdesc_descriptor_check (destination, list, NULL,
                                                    (const char *const *) only, &error);

  g_assert_no_error (error);
  if (only == NULL)
    {
      g_autoptr (MigdescReport) of_text
          = migdesc_descriptor_check_text (destination, list_text, &error);

      g_assert_no_error (error);
      g_assert_true (migdesc_report_equal (report, of_text));
    }
  if (only == NULL && migdesc_descriptor_get_n_models (destination) == 1)
    {
      g_autoptr (MigdescModel) model = migdesc_descriptor_get_model (destination, 0);
      g_autoptr (MigdescBoundList) bound = migdesc_model_bind (model, list);
      g_autoptr (MigdescReport) bound_report = migdesc_bound_list_check (bound);
      MigdescVerdict verdict = migdesc_report_get_verdict (report);

      g_assert_true (migdesc_report_equal (report, bound_report));
      g_assert_cmpint (migdesc_bound_list_get_verdict (bound), ==, verdict);
      g_assert_cmpint (migdesc_bound_list_is_compatible (bound), ==, verdict == 0);
      g_assert_cmpint (migdesc_model_check_string (model, list_text, &error), ==, verdict);
      g_assert_no_error (error);
    }
  return ops_report (report);
}

static void
test_list_that_fits (void)
{
  ops_assert_text (check (nic, "vendor-a.com/my-nic?num-queues=4,new-feature=on,mode=slow", NULL),
                   "compatible\n");
  ops_assert_text (check (nic, "mode=slow", NULL), "compatible\n");
  ops_assert_text (check (nic, "mode=slow,num-queues=1,new-feature=false", NULL), "compatible\n");
}

static void
test_model_not_supported (void)
{
  ops_assert_text (
      check (nic, "vendor-a.com/my-nik?mode=slow", NULL),
      "incompatible\n"
      "blocker model-not-supported /models: the destination has no model \"vendor-a.com/my-nik\"; "
      "the nearest that it has: \"vendor-a.com/my-nic\"; did you mean \"vendor-a.com/my-nic\"?\n");
  ops_assert_text (
      check ("{'models': {'a.b/c': {'params': {}}, 'a.b/d': {'params': {}}}}", "qemu.org/nvme?",
             NULL),
      "incompatible\n"
      "blocker model-not-supported /models: the destination has no model \"qemu.org/nvme\"; "
      "the nearest that it has: \"a.b/c\", \"a.b/d\"\n");
}

static void
test_list_without_model_needs_one_model (void)
{
  g_autoptr (MigdescDescriptor) destination = ops_read (
      "{'models': {'a.b/c': {'params': {}}, 'a.b/d': {'params': {}}}}");
  g_autoptr (MigdescParamList) list = ops_list ("");
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_descriptor_check (destination, list, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_MODEL_NEEDED);
  g_assert_cmpstr (error->message, ==, "the list names no model, and the destination has 2");
}

static void
test_param_unknown (void)
{
  ops_assert_text (check (nic, "mode=slow,num-queue=3,zzz=1", NULL),
                   "incompatible\n"
                   "blocker param-unknown num-queue=3 /models/vendor-a.com~1my-nic/params: "
                   "the destination has no param \"num-queue\"; did you mean \"num-queues\"?\n"
                   "blocker param-unknown zzz=1 /models/vendor-a.com~1my-nic/params: "
                   "the destination has no param \"zzz\"\n");
}

static void
test_param_type (void)
{
  ops_assert_text (
      check (nic, "mode=slow,num-queues=18446744073709551616,new-feature=yes", NULL),
      "incompatible\n"
      "blocker param-type num-queues=18446744073709551616 {1-4} "
      "/models/vendor-a.com~1my-nic/params/num-queues: "
      "num-queues is an int (0 to 18446744073709551615), and \"18446744073709551616\" is not; "
      "restart the source with num-queues as one of 1-4\n"
      "blocker param-type new-feature=yes {off,on} "
      "/models/vendor-a.com~1my-nic/params/new-feature: "
      "new-feature is a bool (on or off), and \"yes\" is not; "
      "restart the source with new-feature as one of off,on\n");
}

static void
test_param_value_not_allowed (void)
{
  ops_assert_text (check (nic, "mode=slow,num-queues=65", NULL),
                   "incompatible\n"
                   "blocker param-value-not-allowed num-queues=65 {1-4} "
                   "/models/vendor-a.com~1my-nic/params/num-queues: num-queues=65 is not allowed; "
                   "the destination accepts 1-4; restart the source with num-queues <= 4\n");
}

static void
test_remedy_names_what_is_nearest (void)
{
  const char *document
      = "{'models': {'a.b/c': {'params': {"
        "'n': {'type': 'int', 'allowed_values': [2, '4-6', 9], 'init_value': 4, 'off_value': 2},"
        "'s': {'type': 'str', 'allowed_values': ['virtio', 'e1000'], 'init_value': 'e1000', "
        "'off_value': ''},"
        "'b': {'type': 'bool', 'allowed_values': [true], 'init_value': true}}}}}";

  ops_assert_text (
      check (document, "b=on,n=8", NULL),
      "incompatible\n"
      "blocker param-value-not-allowed n=8 {2,4-6,9} /models/a.b~1c/params/n: n=8 is not allowed; "
      "the destination accepts 2,4-6,9; restart the source with n=6 or n=9\n");
  ops_assert_text (
      check (document, "b=on,n=3", NULL),
      "incompatible\n"
      "blocker param-value-not-allowed n=3 {2,4-6,9} /models/a.b~1c/params/n: n=3 is not allowed; "
      "the destination accepts 2,4-6,9; restart the source with n=2 or n=4\n");
  ops_assert_text (
      check (document, "b=on,n=1", NULL),
      "incompatible\n"
      "blocker param-value-not-allowed n=1 {2,4-6,9} /models/a.b~1c/params/n: n=1 is not allowed; "
      "the destination accepts 2,4-6,9; restart the source with n=2\n");
  ops_assert_text (
      check (document, "b=off,s=vritio", NULL),
      "incompatible\n"
      "blocker param-value-not-allowed b=off {on} /models/a.b~1c/params/b: b=off is not allowed; "
      "the destination accepts on; restart the source with b=on\n"
      "blocker param-value-not-allowed s=vritio {,e1000,virtio} /models/a.b~1c/params/s: "
      "s=vritio is not allowed; the destination accepts e1000,virtio, off as \"\"; "
      "restart the source with s=virtio\n");
}

static void
test_param_required (void)
{
  ops_assert_text (
      check (nic, "num-queues=3", NULL),
      "incompatible\n"
      "blocker param-required mode {fast,slow} /models/vendor-a.com~1my-nic/params/mode: "
      "the list leaves out mode, which has no off value; the destination accepts fast,slow; "
      "restart the source with mode as one of fast,slow\n");
  /* what is listed is not missing, whatever is wrong with it */
  ops_assert_text (
      check ("{'models': {'a.b/c': {'params': {'n': {'type': 'int', 'init_value': 1}}}}}", "n=x",
             NULL),
      "incompatible\n"
      "blocker param-type n=x /models/a.b~1c/params/n: "
      "n is an int (0 to 18446744073709551615), and \"x\" is not\n");
}

static void
test_param_required_of_many (void)
{
  g_autoptr (GString) document = g_string_new ("{'models': {'a.b/c': {'params': {");
  g_autofree char *report = NULL;

  for (guint i = 0; i < 70; i++) /* more bits than one word has */
    g_string_append_printf (document, "'p%u': {'type': 'bool', 'init_value': true%s},", i,
                            i == 3 || i == 66 ? "" : ", 'off_value': false");
  g_string_append (document, "'last': {'type': 'bool', 'init_value': true}}}}}");
  report = check (document->str, "p3=on,p66=off", NULL);
  g_assert_true (g_str_has_prefix (report, "incompatible\nblocker param-required last "));
}

static void
test_constraint_violated (void)
{
  ops_assert_text (
      check (nic, "mode=fast,num-queues=2,new-feature=on", NULL),
      "incompatible\n"
      "blocker constraint-violated /models/vendor-a.com~1my-nic/constraints/0: "
      "if new-feature=on then num-queues=3-4 is violated (new-feature=on, num-queues=2); "
      "restart the source with num-queues >= 3\n"
      "blocker constraint-violated /models/vendor-a.com~1my-nic/constraints/1: "
      "never mode=fast and num-queues=2 is violated (mode=fast, num-queues=2): too fast for two; "
      "restart the source with num-queues outside 2\n");
}

static void
test_constraints_on_params_with_findings_are_skipped (void)
{
  ops_assert_text (
      check (nic, "num-queues=2,new-feature=on", NULL),
      "incompatible\n"
      "blocker param-required mode {fast,slow} /models/vendor-a.com~1my-nic/params/mode: "
      "the list leaves out mode, which has no off value; the destination accepts fast,slow; "
      "restart the source with mode as one of fast,slow\n"
      "blocker constraint-violated /models/vendor-a.com~1my-nic/constraints/0: "
      "if new-feature=on then num-queues=3-4 is violated (new-feature=on, num-queues=2); "
      "restart the source with num-queues >= 3\n");
}

static void
test_version_is_expanded_by_the_destination (void)
{
  ops_assert_text (check (nic, "version=2", NULL), "compatible\n");
  ops_assert_text (check (nic, "version=1", NULL), "compatible\n");
  ops_assert_text (
      check (nic, "version=2,num-queues=2", NULL),
      "incompatible\n"
      "blocker constraint-violated /models/vendor-a.com~1my-nic/constraints/0: "
      "if new-feature=on then num-queues=3-4 is violated (new-feature=on, num-queues=2); "
      "restart the source with num-queues >= 3\n");
}

static void
test_version_unknown (void)
{
  /* names and types are looked at all the same, the rest is not */
  ops_assert_text (check (nic, "version=latest,num-queues=0,new-feature=on", NULL),
                   "incompatible\n"
                   "blocker param-value-not-allowed num-queues=0 {1-4} "
                   "/models/vendor-a.com~1my-nic/params/num-queues: num-queues=0 is not allowed; "
                   "the destination accepts 1-4; restart the source with num-queues >= 1\n"
                   "blocker version-unknown =latest /models/vendor-a.com~1my-nic/versions: "
                   "the destination has no version \"latest\"; its newest is \"2\"; "
                   "the destination needs version \"latest\"\n");
  ops_assert_text (check ("{'models': {'a.b/c': {'params': {}}}}", "version=3", NULL),
                   "incompatible\n"
                   "blocker version-unknown =3 /models/a.b~1c/versions: "
                   "the destination has no version \"3\", for it has no versions; the destination "
                   "needs version \"3\"\n");
}

static const char loads[]
    = "{'models': {'a.b/c': {'params': {'n': {'type': 'int', 'allowed_values': ['0-9'], "
      "'init_value': 4, 'off_value': 0}},"
      "'versions': [{'name': 'a', 'params': {'n': 1}, 'load': false}, {'name': 'b', 'params': "
      "{'n': 2}, 'create': false},"
      " {'name': 'c', 'params': {'n': 3}, 'load': false}, {'name': 'd', 'params': {'n': 3}}]}}}";

static void
test_version_not_loadable (void)
{
  const char *refused
      = "incompatible\n"
        "blocker version-not-loadable /models/a.b~1c/versions/0: the configuration is that of "
        "version "
        "\"a\", which the destination cannot load; restart the source with version=d\n";

  ops_assert_text (check (loads, "version=a", NULL), refused);
  ops_assert_text (check (loads, "n=1", NULL), refused);
  ops_assert_text (check (loads, "version=b,n=1", NULL), refused);
  /* flags belong to the configuration, not to the name */
  ops_assert_text (check (loads, "version=a,n=7", NULL), "compatible\n");
  ops_assert_text (check (loads, "version=c", NULL), "compatible\n");
  /* what cannot be created can be loaded */
  ops_assert_text (check (loads, "version=b", NULL), "compatible\n");
}

static void
test_unmigratable_model (void)
{
  ops_assert_text (check ("{'models': {'a.b/c': {'params': {}, 'support': 'none', 'blocker': 'has "
                          "a host device'}}}",
                          "", NULL),
                   "incompatible\n"
                   "blocker unmigratable /models/a.b~1c: model \"a.b/c\" cannot be migrated, "
                   "by what the destination says: has a host device\n");
}

static void
test_unmigratable_version (void)
{
  const char *document
      = "{'models': {'a.b/c': {'params': {'n': {'type': 'int', 'init_value': 4, 'off_value': 0}},"
        "'versions': [{'name': 'a', 'params': {'n': 1}, 'support': 'none'},"
        " {'name': 'b', 'params': {'n': 1}},"
        " {'name': 'c', 'params': {'n': 4}, 'support': 'none', 'blocker': 'x'}]}}}";
  const char *refused
      = "incompatible\n"
        "blocker unmigratable /models/a.b~1c/versions/0: version \"a\" cannot be migrated, "
        "by what the destination says\n";

  ops_assert_text (check (document, "version=a", NULL), refused);
  ops_assert_text (check (document, "version=b", NULL), refused);
  ops_assert_text (check (document, "n=1", NULL), refused);
  ops_assert_text (check (document, "version=a,n=0", NULL), refused);
  ops_assert_text (check (document, "version=b,n=0", NULL), "compatible\n");
  ops_assert_text (
      check (document, "version=a,n=4", NULL),
      "incompatible\n"
      "blocker unmigratable /models/a.b~1c/versions/0: version \"a\" cannot be migrated, "
      "by what the destination says\n"
      "blocker unmigratable /models/a.b~1c/versions/2: version \"c\" cannot be migrated, "
      "by what the destination says: x\n");
}

static void
test_model_of_versions_alone (void)
{
  const char *document = "{'models': {'a.b/c': {'versions': ['1', {'name': '2', 'load': false},"
                         " {'name': '3', 'support': 'none'}]}}}";

  ops_assert_text (check (document, "version=1", NULL), "compatible\n");
  ops_assert_text (check (document, "", NULL),
                   "incompatible\n"
                   "blocker version-required {1,2,3} /models/a.b~1c/versions: the model has "
                   "versions and no params, "
                   "and the list names no version; name a version, such as version=3\n");
  ops_assert_text (
      check (document, "version=4,x=1", NULL),
      "incompatible\n"
      "blocker param-unknown x=1 /models/a.b~1c/params: the destination has no param \"x\"\n"
      "blocker version-unknown =4 {1,2,3} /models/a.b~1c/versions: the destination has no version "
      "\"4\"; "
      "its newest is \"3\"; the destination needs version \"4\"\n");
  ops_assert_text (check (document, "version=2", NULL),
                   "incompatible\n"
                   "blocker version-not-loadable /models/a.b~1c/versions/1: the configuration is "
                   "that of version \"2\", "
                   "which the destination cannot load; restart the source with version=3\n");
  ops_assert_text (
      check (document, "version=3", NULL),
      "incompatible\n"
      "blocker unmigratable /models/a.b~1c/versions/2: version \"3\" cannot be migrated, "
      "by what the destination says\n");
}

static void
test_open_value_is_undecided (void)
{
  ops_assert_text (
      check (open_nic, "n=5,m=x", NULL),
      "undecided\n"
      "warning value-undecided n=5 /models/a.b~1c/params/n: n=5 may be refused: "
      "the destination does not say which values of it are allowed; restart the source with n=4\n");
  /* init, off and what a version sets are known to be taken, and so is every bool */
  ops_assert_text (check (open_nic, "n=4,m=x,f=off", NULL), "compatible\n");
  ops_assert_text (check (open_nic, "n=0,m=y", NULL), "compatible\n");
  ops_assert_text (check (open_nic, "version=1", NULL), "compatible\n");
}

static void
test_incompatible_outranks_undecided (void)
{
  ops_assert_text (
      check (open_nic, "n=5", NULL),
      "incompatible\n"
      "warning value-undecided n=5 /models/a.b~1c/params/n: n=5 may be refused: "
      "the destination does not say which values of it are allowed; restart the source with n=4\n"
      "blocker param-required m /models/a.b~1c/params/m: the list leaves out m, which has no off "
      "value; "
      "the destination accepts any value\n");
}

static void
test_only_drops_other_params (void)
{
  ops_assert_text (
      check (nic, "num-queues=9,zzz=1,new-feature=on", "mode"),
      "incompatible\n"
      "blocker param-required mode {fast,slow} /models/vendor-a.com~1my-nic/params/mode: "
      "the list leaves out mode, which has no off value; the destination accepts fast,slow; "
      "restart the source with mode as one of fast,slow\n");
  ops_assert_text (check (nic, "num-queues=9,zzz=1,new-feature=on", "zzz,new-feature"),
                   "incompatible\n"
                   "blocker param-unknown zzz=1 /models/vendor-a.com~1my-nic/params: "
                   "the destination has no param \"zzz\"\n");
  ops_assert_text (check (open_nic, "n=5,m=x", "m"), "compatible\n");
}

static void
test_only_skips_constraints_that_name_others (void)
{
  ops_assert_text (
      check (nic, "mode=fast,num-queues=2,new-feature=on", "mode,num-queues"),
      "incompatible\n"
      "blocker constraint-violated /models/vendor-a.com~1my-nic/constraints/1: "
      "never mode=fast and num-queues=2 is violated (mode=fast, num-queues=2): too fast for two; "
      "restart the source with num-queues outside 2\n");
  ops_assert_text (check (nic, "mode=fast,num-queues=2,new-feature=on", "mode,new-feature"),
                   "compatible\n");
}

static void
test_many_lists_in_one_call (void)
{
  g_autoptr (MigdescDescriptor) destination = ops_read (open_nic);
  const char *const lists[] = { "m=x", "n=5,m=x", "a.b/c?m=x,n=0", "a.b/d?m=x", "q=1", NULL };
  const char *const broken[] = { "m=x", "m=x,m=y", NULL };
  g_autoptr (GError) error = NULL;
  gsize n = 99;
  g_autofree guint8 *verdicts = migdesc_descriptor_check_strings (destination, lists, &n, &error);
  const guint8 expected[] = { MIGDESC_VERDICT_COMPATIBLE, MIGDESC_VERDICT_UNDECIDED,
                              MIGDESC_VERDICT_COMPATIBLE, MIGDESC_VERDICT_INCOMPATIBLE,
                              MIGDESC_VERDICT_INCOMPATIBLE };

  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, sizeof expected);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (verdicts[i], ==, expected[i]);
  g_assert_null (migdesc_descriptor_check_strings (destination, broken, &n, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_DUPLICATE);
  g_assert_true (g_str_has_prefix (error->message, "list 2: "));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_malformed_list_is_an_error_and_no_yes (void)
{
  g_autoptr (MigdescModel) model = ops_read_model (open_nic);
  g_autoptr (MigdescDescriptor) destination = migdesc_model_get_descriptor (model);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (migdesc_model_check_string (model, "=", &error), ==,
                   MIGDESC_VERDICT_INCOMPATIBLE);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX);
  g_clear_error (&error);
  g_assert_null (migdesc_descriptor_check_text (destination, "=", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX);
}

static void
test_report_keeps_a_thousand_findings (void)
{
  g_autoptr (GString) list = g_string_new ("m=x");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (list, ",q%u=1", i);
  text = check (open_nic, list->str, NULL);
  g_assert_true (g_str_has_suffix (text, "\nand 500 more\n"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/check/" name, function)
  ADD ("list-that-fits", test_list_that_fits);
  ADD ("model-not-supported", test_model_not_supported);
  ADD ("list-without-model-needs-one-model", test_list_without_model_needs_one_model);
  ADD ("param-unknown", test_param_unknown);
  ADD ("param-type", test_param_type);
  ADD ("param-value-not-allowed", test_param_value_not_allowed);
  ADD ("remedy-names-what-is-nearest", test_remedy_names_what_is_nearest);
  ADD ("param-required", test_param_required);
  ADD ("param-required-of-many", test_param_required_of_many);
  ADD ("constraint-violated", test_constraint_violated);
  ADD ("constraints-on-params-with-findings-are-skipped",
       test_constraints_on_params_with_findings_are_skipped);
  ADD ("version-is-expanded-by-the-destination", test_version_is_expanded_by_the_destination);
  ADD ("version-unknown", test_version_unknown);
  ADD ("version-not-loadable", test_version_not_loadable);
  ADD ("unmigratable-model", test_unmigratable_model);
  ADD ("unmigratable-version", test_unmigratable_version);
  ADD ("model-of-versions-alone", test_model_of_versions_alone);
  ADD ("open-value-is-undecided", test_open_value_is_undecided);
  ADD ("incompatible-outranks-undecided", test_incompatible_outranks_undecided);
  ADD ("only-drops-other-params", test_only_drops_other_params);
  ADD ("only-skips-constraints-that-name-others", test_only_skips_constraints_that_name_others);
  ADD ("many-lists-in-one-call", test_many_lists_in_one_call);
  ADD ("malformed-list-is-an-error-and-no-yes", test_malformed_list_is_an_error_and_no_yes);
  ADD ("report-keeps-a-thousand-findings", test_report_keeps_a_thousand_findings);
  return g_test_run ();
}
