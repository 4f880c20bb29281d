/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What hosts cost, kind by kind, and questions to fleets in a thread */

#include "fleet-fixture.h"

static MigdescFleet *
make_fleet (void)
{
  MigdescFleet *fleet = migdesc_fleet_new (NULL);

  fleet_add_nic (fleet, "eight", 8);
  fleet_add_nic (fleet, "four", 4);
  migdesc_fleet_add_text (fleet, "broken", "{", -1, NULL);
  fleet_add_nic (fleet, "more", 8);
  return fleet;
}

/* --- Kinds ------------------------------------------------------------ */

static void
test_kinds (void)
{
  static const guint32 expected[] = { 0, 1, G_MAXUINT32, 0 };
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescFleetBaseline) baseline
      = migdesc_fleet_baseline (fleet, NULL, NULL, NULL, &error);
  g_autoptr (GBytes) kinds = NULL;

  g_assert_no_error (error);
  kinds = migdesc_fleet_baseline_dup_kinds (baseline);
  g_assert_cmpuint (migdesc_fleet_baseline_get_n_kinds (baseline), ==, 2);
  g_assert_cmpstr (migdesc_fleet_baseline_get_kind_name (baseline, 0), ==, "eight");
  g_assert_cmpuint (migdesc_fleet_baseline_get_kind_n_hosts (baseline, 0), ==, 2);
  g_assert_cmpstr (migdesc_fleet_baseline_get_kind_name (baseline, 1), ==, "four");
  g_assert_cmpuint (migdesc_fleet_baseline_get_kind_n_hosts (baseline, 1), ==, 1);
  fleet_assert_bytes (kinds, expected, sizeof expected);
}

#define OFFERS(values, init)                                                                    \
  "{\"models\": {\"a.b/nic\": {\"params\": {\"queues\": {\"type\": \"int\", \"allowed_values\": " \
  "[" values "], \"init_value\": " init "}}}}}"

static char *
show_without (const MigdescFleetBaseline *baseline, guint kind)
{
  g_autoptr (MigdescParamList) without
      = migdesc_fleet_baseline_get_param_list_without (baseline, kind);

  return without != NULL ? migdesc_param_list_to_string (without) : g_strdup ("none");
}

static void
test_what_kinds_cost (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (MigdescFleetBaseline) baseline = NULL;
  g_autofree char *without_first = NULL;
  g_autofree char *without_odd = NULL;

  /* All but the odd one agree on 8, the first would have it be 4. */
  migdesc_fleet_add_text (fleet, "first", OFFERS ("4, 8", "4"), -1, NULL);
  migdesc_fleet_add_text (fleet, "odd", OFFERS ("2", "2"), -1, NULL);
  migdesc_fleet_add_text (fleet, "last", OFFERS ("8", "8"), -1, NULL);
  baseline = migdesc_fleet_baseline (fleet, NULL, NULL, NULL, NULL);

  g_assert_cmpint (migdesc_fleet_baseline_get_verdict (baseline), ==,
                   MIGDESC_VERDICT_INCOMPATIBLE);
  without_first = show_without (baseline, 0);
  g_assert_cmpstr (without_first, ==, "none");
  without_odd = show_without (baseline, 1);
  g_assert_cmpstr (without_odd, ==, "a.b/nic?queues=8");
}

/* A name may turn the direction of a text. */
static void
test_names_are_quoted (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (MigdescFleetBaseline) baseline = NULL;
  g_autofree char *text = NULL;

  fleet_add_nic (fleet, "plain", 8);
  migdesc_fleet_add_text (fleet, "odd\xe2\x80\xae", OFFERS ("2", "2"), -1, NULL);
  baseline = migdesc_fleet_baseline (fleet, NULL, NULL, NULL, NULL);
  text = migdesc_fleet_baseline_to_string (baseline);

  g_assert_nonnull (strstr (text, "odd\\u202e"));
  g_assert_null (strstr (text, "\xe2\x80\xae"));
}

/* --- In a thread ------------------------------------------------------ */

static void
keep_result (GObject *object, GAsyncResult *result, gpointer kept)
{
  *(GAsyncResult **) kept = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **kept)
{
  while (*kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *kept;
}

static void
test_check_in_a_thread (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string ("a.b/nic?queues=5", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescFleetCheck) check = NULL;

  migdesc_fleet_check_async (fleet, list, NULL, NULL, NULL, keep_result, &result);
  check = migdesc_fleet_check_finish (fleet, await (&result), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (migdesc_fleet_check_count (check, MIGDESC_VERDICT_COMPATIBLE), ==, 2);
  g_assert_cmpuint (migdesc_fleet_check_count (check, MIGDESC_VERDICT_INCOMPATIBLE), ==, 1);
}

static void
test_select_in_a_thread (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescSelector) selector = migdesc_selector_new ();
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string ("a.b/nic?queues=5", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescSelection) selection = NULL;

  migdesc_fleet_select_async (fleet, selector, NULL, keep_result, &refused);
  g_assert_null (migdesc_fleet_select_finish (fleet, await (&refused), &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  g_assert_true (migdesc_selector_add_device (selector, list, NULL, NULL));
  migdesc_fleet_select_async (fleet, selector, NULL, keep_result, &result);
  selection = migdesc_fleet_select_finish (fleet, await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (migdesc_selection_get_name (selection, 0), ==, "eight");
}

static void
test_baseline_in_a_thread (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescFleetBaseline) baseline = NULL;

  migdesc_fleet_baseline_async (fleet, "a.b/nic", limits, NULL, keep_result, &result);
  baseline = migdesc_fleet_baseline_finish (fleet, await (&result), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (migdesc_fleet_baseline_get_n_hosts (baseline), ==, 3);
}

static void
test_threads_are_cancelled (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string ("a.b/nic?queues=5", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) check = NULL;
  g_autoptr (GAsyncResult) baseline = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  migdesc_fleet_check_async (fleet, list, NULL, NULL, cancellable, keep_result, &check);
  g_assert_null (migdesc_fleet_check_finish (fleet, await (&check), &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_clear_error (&error);

  migdesc_fleet_baseline_async (fleet, NULL, NULL, cancellable, keep_result, &baseline);
  g_assert_null (migdesc_fleet_baseline_finish (fleet, await (&baseline), &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet-baseline/kinds", test_kinds);
  g_test_add_func ("/fleet-baseline/costs", test_what_kinds_cost);
  g_test_add_func ("/fleet-baseline/quoted", test_names_are_quoted);
  g_test_add_func ("/fleet-baseline/check-in-a-thread", test_check_in_a_thread);
  g_test_add_func ("/fleet-baseline/select-in-a-thread", test_select_in_a_thread);
  g_test_add_func ("/fleet-baseline/baseline-in-a-thread", test_baseline_in_a_thread);
  g_test_add_func ("/fleet-baseline/cancelled", test_threads_are_cancelled);
  return g_test_run ();
}
