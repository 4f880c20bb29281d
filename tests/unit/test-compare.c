/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops-documents.h"

/* A model a.b/c whose members are @body */
static MigdescModel *
make_model (const char *body)
{
  g_autofree char *document = g_strdup_printf ("{'models': {'a.b/c': {%s}}}", body);

  return ops_read_model (document);
}

static void
append_constraints (GString *text,
                    const MigdescComparison *comparison)
{
  g_autoptr (GListModel) constraints = migdesc_comparison_get_constraints (comparison);

  for (guint i = 0; i < g_list_model_get_n_items (constraints); i++)
    {
      g_autoptr (MigdescConstraint) constraint = g_list_model_get_item (constraints, i);
      g_autofree char *rule = migdesc_constraint_to_string (constraint);

      g_string_append_printf (text, " | %s", rule);
    }
}

/* `RELATION: PARAM {VALUES}... | CONSTRAINT...` and a line for each finding */
static char *
compare (const char *source_body,
         const char *destination_body)
{
  g_autoptr (MigdescModel) source = make_model (source_body);
  g_autoptr (MigdescModel) destination = make_model (destination_body);
  g_autoptr (MigdescComparison) comparison = migdesc_model_compare (source, destination, NULL);
  g_autoptr (MigdescReport) report = migdesc_comparison_get_report (comparison);
  g_auto (GStrv) params = migdesc_comparison_dup_params (comparison);
  GString *text = g_string_new (
      migdesc_relation_to_string (migdesc_comparison_get_relation (comparison)));

  g_string_append_c (text, ':');
  for (guint i = 0; params[i] != NULL; i++)
    {
      g_autoptr (MigdescValueSet) values = migdesc_comparison_get_agreeing_values (comparison,
                                                                                   params[i]);
      g_autofree char *members = migdesc_value_set_to_string (values);

      g_string_append_printf (text, " %s {%s}", params[i], members);
    }
  append_constraints (text, comparison);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    ops_append_finding (text, migdesc_report_peek (report, i));
  return g_string_free (text, FALSE);
}

/* The first line of that */
static char *
relate (const char *source_body,
        const char *destination_body)
{
  char *text = compare (source_body, destination_body);

  *strchr (text, '\n') = '\0';
  return text;
}

static void
test_identical_whatever_the_order (void)
{
  ops_assert_text (compare (PARAMS (INT ("n", "'1-4'", "2", "1") "," FLAG (
                                "f")) ", 'constraints': [{'forbid': {'n': [3], 'f': [true]}}, "
                                      "{'if': {'n': [4]}, 'then': {'f': [true]}}]",
                            PARAMS (FLAG ("f") "," INT (
                                "n", "1, 2, '3-4'", "2",
                                "1")) ", 'constraints': [{'if': {'n': [4]}, 'then': {'f': [true]}, "
                                      "'description': 'x'},"
                                      " {'forbid': {'f': [true], 'n': [3]}}], 'description': 'y'"),
                   "identical: n {1-4} f {off,on}\n");
}

static void
test_identical_even_if_it_cannot_be_migrated (void)
{
  ops_assert_text (
      relate ("'params': {}, 'support': 'none', 'blocker': 'x'", "'params': {}, 'support': 'none'"),
      "identical:");
  ops_assert_text (relate ("'params': {}, 'support': 'forward'", "'params': {}"), "compatible:");
}

static void
test_order_of_versions_counts (void)
{
  ops_assert_text (relate (PARAMS (FLAG ("f")) ", 'versions': [{'name': '1', 'params': {}}, "
                                               "{'name': '2', 'params': {'f': true}}]",
                           PARAMS (FLAG ("f")) ", 'versions': [{'name': '2', 'params': {'f': "
                                               "true}}, {'name': '1', 'params': {}}]"),
                   "compatible: f {off,on}");
  ops_assert_text (
      relate (PARAMS (FLAG ("f")) ", 'versions': [{'name': '1', 'params': {}, 'create': false}]",
              PARAMS (FLAG ("f")) ", 'versions': [{'name': '1', 'params': {}}]"),
      "compatible: f {off,on}");
}

static void
test_destination_that_takes_more_is_compatible (void)
{
  ops_assert_text (compare (PARAMS (INT ("n", "'1-4'", "2", "1")),
                            PARAMS (INT ("n", "'1-8'", "8", "1") "," FLAG ("f"))),
                   "compatible: n {1-4}\n");
}

static void
test_values_in_common_are_the_condition (void)
{
  ops_assert_text (
      compare (PARAMS (INT ("n", "'1-64'", "2", "1")), PARAMS (INT ("n", "'1-4', 9", "1", "1"))),
      "conditional: n {1-4,9}\n"
      "blocker param-value-not-allowed n {1-4,9} /models/a.b~1c/params/n: "
      "of n=1-64 the destination accepts 1-4,9\n");
}

static void
test_width_of_ranges_does_not_matter (void)
{
  ops_assert_text (relate (PARAMS (INT ("n", "'0-18446744073709551615'", "2", "1")),
                           PARAMS (INT ("n", "'5-18446744073709551614'", "5", "1"))),
                   "conditional: n {1,5-18446744073709551614}");
}

static void
test_param_that_destination_lacks_has_to_be_off (void)
{
  ops_assert_text (compare (PARAMS (INT ("n", "'1-64'", "2", "1")), PARAMS ("")),
                   "conditional: n {1}\n"
                   "blocker param-unknown n /models/a.b~1c/params: "
                   "the destination has no param \"n\", which the source can have as 1-64\n");
  ops_assert_text (compare (PARAMS (INT_ON ("n", "'1-64'", "2")), PARAMS ("")),
                   "incompatible:\n"
                   "blocker param-unknown n /models/a.b~1c/params: "
                   "the destination has no param \"n\", which the source can have as 1-64\n");
}

static void
test_param_that_source_lacks_has_to_have_off_value (void)
{
  ops_assert_text (relate (PARAMS (""), PARAMS (INT ("n", "'1-64'", "2", "1"))), "compatible:");
  ops_assert_text (compare (PARAMS (""), PARAMS (INT_ON ("n", "'1-64'", "2"))),
                   "incompatible:\n"
                   "blocker param-required n {1-64} /models/a.b~1c/params/n: "
                   "n is not there at the source and has no off value at the destination\n");
}

static void
test_off_values_that_differ (void)
{
  /* 0 is off on the left and 1 on the right: neither can be in effect on the other side, nor can
   * both be off */
  ops_assert_text (
      compare (PARAMS (INT ("n", "'0-4'", "2", "0")), PARAMS (INT ("n", "'0-4'", "2", "1"))),
      "conditional: n {2-4}\n"
      "blocker version-differs n {0-4} /models/a.b~1c/params/n: "
      "n, when off, is 0 at the source and 1 at the destination\n"
      "blocker off-value-differs n {0-4} /models/a.b~1c/params/n: "
      "n=1 is in effect at the source and off at the destination\n");
  ops_assert_text (
      compare (PARAMS (INT ("n", "'0-4'", "2", "0")), PARAMS (INT_ON ("n", "'0-4'", "2"))),
      "conditional: n {1-4}\n"
      "blocker param-required n {0-4} /models/a.b~1c/params/n: "
      "n can be off at the source, but has no off value at the destination\n");
  ops_assert_text (
      compare (PARAMS (INT_ON ("n", "'0-4'", "2")), PARAMS (INT ("n", "'0-4'", "2", "3"))),
      "conditional: n {0-2,4}\n"
      "blocker off-value-differs n {0-4} /models/a.b~1c/params/n: "
      "n=3 is in effect at the source and off at the destination\n");
}

static void
test_types_that_differ (void)
{
  ops_assert_text (compare (PARAMS (INT ("n", "'0-4'", "2", "0")), PARAMS (FLAG ("n"))),
                   "incompatible:\n"
                   "blocker version-differs n {off,on} /models/a.b~1c/params/n: "
                   "n is of type int at the source and of type bool at the destination\n");
}

static void
test_constraint_of_destination_remains (void)
{
  ops_assert_text (compare (PARAMS (INT ("n", "'1-4'", "1", "1") "," FLAG ("f")),
                            PARAMS (INT ("n", "'1-8'", "4", "1") "," FLAG ("f"))
                            ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': ['3-8']}}]"),
                   "conditional: n {1-4} f {off,on} | if f=on then n=3-8\n"
                   "blocker constraint-violated /models/a.b~1c/constraints/0: if f=on then n=3-8 "
                   "is a constraint of the destination that the source does not keep\n");
}

static void
test_constraint_that_source_keeps_does_not_remain (void)
{
  ops_assert_text (compare (PARAMS (INT ("n", "'1-4'", "4", "1") "," FLAG ("f"))
                            ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': [4]}}]",
                            PARAMS (INT ("n", "'1-8'", "4", "1") "," FLAG ("f"))
                            ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': ['3-8']}}]"),
                   "compatible: n {1-4} f {off,on}\n");
}

static void
test_constraint_on_one_param_narrows_its_values (void)
{
  ops_assert_text (relate (PARAMS (INT ("n", "'1-64'", "1", "1")),
                           PARAMS (INT ("n", "'1-64'", "1",
                                        "1")) ", 'constraints': [{'forbid': {'n': ['5-64']}}]"),
                   "conditional: n {1-4}");
}

static void
test_values_that_no_passing_configuration_has_are_left_out (void)
{
  /* f needs n above 4, which the destination does not take: f has to be off, and then the
   * constraint says no more */
  ops_assert_text (relate (PARAMS (INT ("n", "'1-64'", "5", "1") "," FLAG ("f"))
                           ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': ['5-64']}}]",
                           PARAMS (INT ("n", "'1-4'", "4", "1") "," FLAG ("f"))
                           ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': [4]}}]"),
                   "conditional: n {1-4} f {off}");
}

static void
test_constraints_that_leave_nothing (void)
{
  ops_assert_text (
      relate (PARAMS (INT_ON ("n", "1, 2",
                              "1") "," FLAG ("f")) ", 'constraints': [{'forbid': {'f': [false]}}]",
              PARAMS (INT_ON ("n", "1, 2, 3", "3") "," FLAG (
                  "f")) ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': [3]}}]"),
      "incompatible:");
}

static void
test_constraint_on_param_that_source_lacks (void)
{
  const char *source = PARAMS (INT ("n", "'1-4'", "2", "1"));

  ops_assert_text (relate (source, PARAMS (INT ("n", "'1-4'", "2", "1") "," FLAG ("f"))
                                   ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': [2]}}]"),
                   "compatible: n {1-4}");
  ops_assert_text (relate (source, PARAMS (INT ("n", "'1-4'", "2", "1") "," FLAG ("f"))
                                   ", 'constraints': [{'if': {'n': [3]}, 'then': {'f': [true]}}]"),
                   "conditional: n {1-2,4}");
  ops_assert_text (
      relate (PARAMS (INT ("n", "'1-4'", "2", "1") "," INT ("m", "'1-4'", "2", "1")),
              PARAMS (INT ("n", "'1-4'", "2", "1") "," INT ("m", "'1-4'", "2", "1") "," FLAG (
                  "f")) ", 'constraints': [{'forbid': {'n': [3], 'm': [4], 'f': [false]}}]"),
      "conditional: n {1-4} m {1-4} | never n=3 and m=4");
}

static void
test_constraint_over_off_values_that_differ (void)
{
  /* n off is 0 on the left and 1 on the right, where a constraint speaks of it */
  ops_assert_text (relate (PARAMS (INT ("n", "'0-4'", "0", "0") "," FLAG ("f")),
                           PARAMS (INT ("n", "'0-4'", "1", "1") "," FLAG ("f"))
                           ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': ['1-2']}}]"),
                   "conditional: n {2-4} f {off,on} | if f=on then n=2");
}

static void
test_version_that_cannot_be_loaded (void)
{
  const char *source = PARAMS (INT ("n", "'1-4'", "2", "1") "," FLAG ("f"));

  ops_assert_text (
      compare (
          source,
          PARAMS (INT ("n", "'1-4'", "2", "1") "," FLAG (
              "f")) ", 'versions': [{'name': '1', 'params': {'n': 3, 'f': true}, 'load': false}]"),
      "conditional: n {1-4} f {off,on} | never n=3 and f=on\n"
      "blocker version-not-loadable =1 /models/a.b~1c/versions/0: "
      "version \"1\" cannot be loaded by the destination\n"
      "warning direction-not-promised /models/a.b~1c/versions: "
      "migration from a model without versions to version \"1\" is not promised\n");
  /* the same configuration by another name can */
  ops_assert_text (
      relate (source, PARAMS (INT ("n", "'1-4'", "2", "1") "," FLAG (
                          "f")) ", 'versions': [{'name': '1', 'params': {'n': 3}, 'load': false},"
                                " {'name': '2', 'params': {'n': 3}}]"),
      "compatible: n {1-4} f {off,on}");
}

static void
test_version_that_cannot_be_migrated (void)
{
  const char *source = PARAMS (INT ("n", "'1-4'", "2", "1"))
                       ", 'versions': [{'name': '1', 'params': {'n': 3}, 'support': 'none'}]";

  ops_assert_text (
      compare (source, PARAMS (INT ("n", "'1-4'", "2", "1"))),
      "conditional: n {1-2,4}\n"
      "blocker unmigratable =1 /models/a.b~1c/versions: version \"1\" cannot be migrated\n"
      "warning direction-not-promised /models/a.b~1c/versions: "
      "migration from version \"1\" to a model without versions is not promised\n");
  ops_assert_text (relate (PARAMS (INT ("n", "3", "3", "3")), PARAMS (INT ("n", "3", "3", "3"))
                           ", 'versions': [{'name': '1', 'params': {}, 'support': 'none'}]"),
                   "incompatible:");
}

static void
test_model_that_cannot_be_migrated (void)
{
  ops_assert_text (
      compare ("'params': {}, 'support': 'none', 'blocker': 'passes a host device through'",
               "'params': {}"),
      "incompatible:\n"
      "blocker unmigratable: model \"a.b/c\" cannot be migrated, by what the source says: "
      "passes a host device through\n");
}

static void
test_open_param_is_undecided (void)
{
  const char *open = PARAMS ("'m': {'type': 'str', 'init_value': 'a', 'off_value': ''}")
                     ", 'versions': [{'name': '1', 'params': {'m': 'b'}}]";

  ops_assert_text (compare (PARAMS ("'m': {'type': 'str', 'allowed_values': ['a', 'b', 'c'], "
                                    "'init_value': 'a', 'off_value': ''}"),
                            open),
                   "undecided:\n"
                   "warning value-undecided m /models/a.b~1c/params/m: "
                   "the destination does not say which values of m are allowed\n"
                   "warning direction-not-promised /models/a.b~1c/versions: "
                   "migration from a model without versions to version \"1\" is not promised\n");
  ops_assert_text (relate (PARAMS ("'m': {'type': 'str', 'allowed_values': ['a', 'b'], "
                                   "'init_value': 'a', 'off_value': ''}"),
                           open),
                   "compatible: m {,a,b}");
  ops_assert_text (
      relate (PARAMS ("'m': {'type': 'str', 'init_value': 'a', 'off_value': ''}"), open),
      "undecided:");
  ops_assert_text (
      relate (PARAMS ("'m': {'type': 'str', 'init_value': 'a', 'off_value': ''}"),
              PARAMS ("'m': {'type': 'str', 'allowed_values': ['b', '~'], 'init_value': 'b'}")),
      "conditional: m {b,~}");
}

static char *
compare_within (const char *source_body,
                const char *destination_body,
                guint64 max_steps)
{
  g_autoptr (MigdescModel) source = make_model (source_body);
  g_autoptr (MigdescModel) destination = make_model (destination_body);
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescComparison) comparison = NULL;

  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, max_steps);
  comparison = migdesc_model_compare (source, destination, limits);
  return migdesc_comparison_to_string (comparison);
}

static void
test_limit_of_steps (void)
{
  const char *source = PARAMS (INT ("n", "'1-8'", "2", "1") "," INT ("m", "'1-8'", "2", "1"));
  const char *destination = PARAMS (INT ("n", "'1-4'", "2", "1") "," INT ("m", "'1-8'", "2", "1"))
                            ", 'constraints': [{'forbid': {'n': [1], 'm': [1]}}]";

  /* It may be decided early that some pass; the answer waits for all that the destination
   * refuses. */
  for (guint64 max_steps = 0; max_steps < 8; max_steps++)
    {
      g_autofree char *given_up = g_strdup_printf (
          "\nwarning: search-too-long: the search was given up after %" G_GUINT64_FORMAT
          " configurations",
          max_steps);
      g_autofree char *answer = compare_within (source, destination, max_steps);

      g_assert_true (g_str_has_prefix (answer, "undecided\n"));
      g_assert_true (g_str_has_suffix (answer, given_up));
    }
  ops_assert_text (
      compare_within (source, destination, 8),
      "conditional: yes while n is 1-4 and (never n=1 and m=1)\n"
      "blocker: param-value-not-allowed: of n=1-8 the destination accepts 1-4\n"
      "blocker: constraint-violated: never n=1 and m=1 is a constraint of the destination "
      "that the source does not keep");
  ops_assert_text (compare_within (source, source, 0), "identical");
}

static void
test_models_of_versions_alone (void)
{
  const char *source = "'versions': ['1', '2', {'name': '3', 'support': 'none'}]";

  ops_assert_text (compare ("'versions': ['1']", "'versions': ['2', '1']"),
                   "compatible: version {1}\n");
  ops_assert_text (compare ("'versions': ['1']", "'versions': ['1', '2']"),
                   "compatible: version {1}\n"
                   "warning direction-not-promised /models/a.b~1c/versions: "
                   "migration from version \"1\" to version \"2\" is not promised\n");
  ops_assert_text (relate (source, "'versions': ['1', {'name': '2', 'load': false}, '3']"),
                   "conditional: version {1}");
  ops_assert_text (relate (source, "'versions': ['4']"), "incompatible:");
  /* the version is a param of the one, always in effect, that the other lacks */
  ops_assert_text (compare ("'versions': ['1']",
                            PARAMS (FLAG ("f")) ", 'versions': [{'name': '1', 'params': {}}]"),
                   "incompatible:\n"
                   "blocker version-differs version /models/a.b~1c/params: "
                   "the destination has params, and the source has versions and nothing else\n");
  ops_assert_text (relate (PARAMS (FLAG ("f")), "'versions': ['1']"), "incompatible:");
}

static void
test_written_for_people (void)
{
  g_autoptr (MigdescModel) source = make_model (
      PARAMS (INT ("n", "'1-64'", "2", "1") "," FLAG ("f")));
  g_autoptr (MigdescModel) destination
      = make_model (PARAMS (INT ("n", "'1-4'", "4", "1") "," FLAG ("f"))
                    ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': ['3-4']}}]");
  g_autoptr (MigdescComparison) comparison = migdesc_model_compare (source, destination, NULL);
  g_autoptr (MigdescComparison) itself = migdesc_model_compare (source, source, NULL);

  ops_assert_text (migdesc_comparison_to_string (comparison),
                   "conditional: yes while n is 1-4 and (if f=on then n=3-4)\n"
                   "blocker: param-value-not-allowed: of n=1-64 the destination accepts 1-4\n"
                   "blocker: constraint-violated: if f=on then n=3-4 "
                   "is a constraint of the destination that the source does not keep");
  ops_assert_text (migdesc_comparison_to_string (itself), "identical");
}

static void
test_written_as_json (void)
{
  g_autoptr (MigdescModel) source = make_model (
      PARAMS (INT ("n", "'1-64'", "2", "1") "," FLAG ("f")));
  g_autoptr (MigdescModel) destination
      = make_model (PARAMS (INT ("n", "'1-4', 9", "4", "1") "," FLAG ("f"))
                    ", 'constraints': [{'if': {'f': [true]}, 'then': {'n': ['3-4', 9]}}]");
  g_autoptr (MigdescComparison) comparison = migdesc_model_compare (source, destination, NULL);
  g_autoptr (MigdescComparison) reverse = migdesc_model_compare (destination, source, NULL);

  ops_assert_text (
      migdesc_comparison_to_json (comparison),
      "{\"relation\":\"conditional\",\"model\":\"a.b/"
      "c\",\"agreeing\":{\"params\":{\"n\":[\"1-4\",9],"
      "\"f\":[false,true]},\"constraints\":[{\"if\":{\"f\":[true]},\"then\":{\"n\":[\"3-4\",9]}}]},"
      "\"findings\":[{\"code\":\"param-value-not-allowed\",\"severity\":\"blocker\",\"model\":\"a."
      "b/c\","
      "\"param\":\"n\",\"accepted\":[\"1-4\",9],\"pointer\":\"/models/a.b~1c/params/n\","
      "\"message\":\"of n=1-64 the destination accepts 1-4,9\"},"
      "{\"code\":\"constraint-violated\",\"severity\":\"blocker\",\"model\":\"a.b/c\","
      "\"pointer\":\"/models/a.b~1c/constraints/0\",\"message\":\"if f=on then n=3-4,9 "
      "is a constraint of the destination that the source does not keep\"}]}");
  ops_assert_text (migdesc_comparison_to_json (reverse),
                   "{\"relation\":\"compatible\",\"model\":\"a.b/"
                   "c\",\"agreeing\":{\"params\":{\"n\":[\"1-4\",9],"
                   "\"f\":[false,true]}},\"findings\":[]}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/compare/" name, function)
  ADD ("identical-whatever-the-order", test_identical_whatever_the_order);
  ADD ("identical-even-if-it-cannot-be-migrated", test_identical_even_if_it_cannot_be_migrated);
  ADD ("order-of-versions-counts", test_order_of_versions_counts);
  ADD ("destination-that-takes-more-is-compatible", test_destination_that_takes_more_is_compatible);
  ADD ("values-in-common-are-the-condition", test_values_in_common_are_the_condition);
  ADD ("width-of-ranges-does-not-matter", test_width_of_ranges_does_not_matter);
  ADD ("param-that-destination-lacks-has-to-be-off",
       test_param_that_destination_lacks_has_to_be_off);
  ADD ("param-that-source-lacks-has-to-have-off-value",
       test_param_that_source_lacks_has_to_have_off_value);
  ADD ("off-values-that-differ", test_off_values_that_differ);
  ADD ("types-that-differ", test_types_that_differ);
  ADD ("constraint-of-destination-remains", test_constraint_of_destination_remains);
  ADD ("constraint-that-source-keeps-does-not-remain",
       test_constraint_that_source_keeps_does_not_remain);
  ADD ("constraint-on-one-param-narrows-its-values",
       test_constraint_on_one_param_narrows_its_values);
  ADD ("values-that-no-passing-configuration-has-are-left-out",
       test_values_that_no_passing_configuration_has_are_left_out);
  ADD ("constraints-that-leave-nothing", test_constraints_that_leave_nothing);
  ADD ("constraint-on-param-that-source-lacks", test_constraint_on_param_that_source_lacks);
  ADD ("constraint-over-off-values-that-differ", test_constraint_over_off_values_that_differ);
  ADD ("version-that-cannot-be-loaded", test_version_that_cannot_be_loaded);
  ADD ("version-that-cannot-be-migrated", test_version_that_cannot_be_migrated);
  ADD ("model-that-cannot-be-migrated", test_model_that_cannot_be_migrated);
  ADD ("open-param-is-undecided", test_open_param_is_undecided);
  ADD ("limit-of-steps", test_limit_of_steps);
  ADD ("models-of-versions-alone", test_models_of_versions_alone);
  ADD ("written-for-people", test_written_for_people);
  ADD ("written-as-json", test_written_as_json);
#undef ADD
  return g_test_run ();
}
