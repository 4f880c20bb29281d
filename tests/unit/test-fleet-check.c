/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet-fixture.h"

/* Three that take four queues, two that take eight, one that is no descriptor */
static MigdescFleet *
make_fleet (void)
{
  MigdescFleet *fleet = migdesc_fleet_new (NULL);

  fleet_add_nic (fleet, "a", 4);
  fleet_add_nic (fleet, "b", 8);
  fleet_add_nic (fleet, "c", 4);
  migdesc_fleet_add_text (fleet, "broken", "{", -1, NULL);
  fleet_add_nic (fleet, "d", 8);
  fleet_add_nic (fleet, "e", 4);
  return fleet;
}

static void
test_verdicts_are_a_column (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescFleetCheck) check = fleet_check (fleet, "a.b/nic?queues=5");
  g_autoptr (GBytes) verdicts = migdesc_fleet_check_dup_verdicts (check);
  const guint8 expected[] = { 1, 0, 1, 3, 0, 1 };

  fleet_assert_bytes (verdicts, expected, 6);
  g_assert_cmpuint (migdesc_fleet_check_count (check, MIGDESC_VERDICT_COMPATIBLE), ==, 2);
  g_assert_cmpuint (migdesc_fleet_check_count (check, MIGDESC_VERDICT_INCOMPATIBLE), ==, 3);
  g_assert_cmpuint (migdesc_fleet_check_count (check, MIGDESC_VERDICT_UNDECIDED), ==, 0);
  g_assert_cmpuint (migdesc_fleet_check_count (check, MIGDESC_HOST_NOT_ANSWERED), ==, 1);
  g_assert_cmpuint (migdesc_fleet_check_get_verdict (check, 4), ==, MIGDESC_VERDICT_COMPATIBLE);
}

static void
test_reasons_are_counted (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescFleetCheck) check = fleet_check (fleet, "a.b/nic?queues=5");
  g_autofree char *text = migdesc_fleet_check_to_string (check);
  g_autofree char *json = migdesc_fleet_check_to_json (check);
  g_autoptr (GBytes) firsts = migdesc_fleet_check_dup_first_reasons (check);
  const gint32 expected[] = { 0, -1, 0, 1, -1, 0 };

  g_assert_cmpstr (text, ==,
                   "2 of 6 hosts compatible, 3 incompatible, 1 not answered\n"
                   "3 hosts: queues=5 is not allowed; the destination accepts 1-4\n"
                   "1 host: 1:2: the text ends, expected a member's name or \"}\"");
  g_assert_cmpstr (json, ==,
                   "{\"hosts\":6,\"compatible\":2,\"undecided\":0,\"incompatible\":3,"
                   "\"not_answered\":1,\"reasons\":[{\"code\":\"param-value-not-allowed\","
                   "\"param\":\"queues\",\"hosts\":3,\"message\":\"queues=5 is not allowed; the "
                   "destination accepts 1-4\",\"ways\":1},{\"code\":\"json-syntax\",\"hosts\":1,"
                   "\"message\":\"1:2: the text ends, expected a member's name or \\\"}\\\"\","
                   "\"ways\":1}]}");
  fleet_assert_bytes (firsts, expected, 24);
}

static void
test_reasons_of_shapes_are_all_there (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescFleetCheck) check = fleet_check (fleet, "a.b/nic?queues=5,rss=on");
  g_autoptr (GBytes) offsets = NULL;
  g_autoptr (GBytes) reasons = migdesc_fleet_check_dup_shape_reasons (check, &offsets);
  const guint32 places[] = { 0, 2, 3, 4 };
  const guint32 expected[] = { 1, 0, 0, 2 };

  g_assert_cmpuint (migdesc_fleet_check_get_n_reasons (check), ==, 3);
  g_assert_cmpstr (migdesc_fleet_check_get_reason_code (check, 0), ==, "param-unknown");
  g_assert_cmpuint (migdesc_fleet_check_get_reason_n_hosts (check, 0), ==, 5);
  g_assert_cmpstr (migdesc_fleet_check_get_reason_param (check, 1), ==, "queues");
  g_assert_cmpuint (migdesc_fleet_check_get_reason_n_hosts (check, 1), ==, 3);
  g_assert_null (migdesc_fleet_check_get_reason_param (check, 2));
  g_assert_null (migdesc_fleet_check_get_reason_code (check, 3));
  fleet_assert_bytes (offsets, places, 16);
  fleet_assert_bytes (reasons, expected, 16);
}

static void
test_reasons_that_differ_are_one_in_several_ways (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescFleetCheck) check = fleet_check (fleet, "a.b/nic?queues=9");
  g_autofree char *text = migdesc_fleet_check_to_string (check);

  g_assert_cmpstr (text, ==,
                   "0 of 6 hosts compatible, 5 incompatible, 1 not answered\n"
                   "5 hosts: queues=9 is not allowed; the destination accepts 1-4 (or like it, in "
                   "2 ways)\n"
                   "1 host: 1:2: the text ends, expected a member's name or \"}\"");
}

static void
test_report_is_the_one_of_the_descriptor (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescFleetCheck) check = fleet_check (fleet, "a.b/nic?queues=5");
  g_autoptr (MigdescDescriptor) descriptor = migdesc_fleet_get_slot_descriptor (fleet, 0, 0);
  g_autoptr (MigdescReport) expected
      = migdesc_descriptor_check_text (descriptor, "a.b/nic?queues=5", NULL);
  g_autoptr (MigdescReport) report = migdesc_fleet_check_get_report (check, 2, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_report_equal (report, expected));
  g_assert_null (migdesc_fleet_check_get_report (check, 3, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_JSON_SYNTAX);
}

static void
test_best_slot_speaks_for_the_host (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *small = fleet_nic (2);
  g_autofree char *large = fleet_nic (8);
  g_autofree char *host = g_strdup_printf (
      "{\"host\": \"a\", \"slots\": [{\"name\": \"none\", \"count\": 0, \"descriptor\": %s}, "
      "{\"name\": \"small\", \"descriptor\": %s}, {\"name\": \"large\", \"descriptor\": %s}]}",
      large, small, large);
  g_autofree char *full = g_strdup_printf (
      "{\"host\": \"b\", \"slots\": [{\"name\": \"none\", \"count\": 0, \"descriptor\": %s}]}",
      large);
  g_autoptr (MigdescFleetCheck) check = NULL;
  g_autoptr (MigdescReport) report = NULL;
  g_autofree char *text = NULL;

  migdesc_fleet_put_json (fleet, host, -1, NULL);
  migdesc_fleet_put_json (fleet, full, -1, NULL);
  check = fleet_check (fleet, "a.b/nic?queues=5");

  g_assert_cmpuint (migdesc_fleet_check_get_verdict (check, 0), ==, MIGDESC_VERDICT_COMPATIBLE);
  g_assert_cmpuint (migdesc_fleet_check_get_verdict (check, 1), ==, MIGDESC_VERDICT_INCOMPATIBLE);
  report = migdesc_fleet_check_get_report (check, 1, NULL);
  text = migdesc_report_to_string (report);
  g_assert_cmpstr (text, ==, "blocker: no-free-slot: the host has no slot for a device");
}

static void
test_list_without_model_is_not_answered_where_there_are_several (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (MigdescFleetCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  fleet_add_nic (fleet, "one", 4);
  migdesc_fleet_add_text (fleet, "two", "a.b/x:\n", -1, NULL);
  migdesc_fleet_add_text (fleet, "three", "a.b/x:\n1\na.b/y:\n1\n", -1, NULL);
  check = fleet_check (fleet, "queues=2");

  g_assert_cmpuint (migdesc_fleet_check_get_verdict (check, 0), ==, MIGDESC_VERDICT_COMPATIBLE);
  g_assert_cmpuint (migdesc_fleet_check_get_verdict (check, 2), ==, MIGDESC_HOST_NOT_ANSWERED);
  g_assert_null (migdesc_fleet_check_get_report (check, 2, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_MODEL_NEEDED);
}

static void
test_answers_outlive_changes (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescFleetCheck) check = fleet_check (fleet, "a.b/nic?queues=5");

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("new-%u", i);

      fleet_add_nic (fleet, name, 100 + i);
    }
  migdesc_fleet_remove (fleet, "a");

  g_assert_cmpuint (migdesc_fleet_check_get_n_hosts (check), ==, 6);
  g_assert_cmpuint (migdesc_fleet_check_get_verdict (check, 0), ==, MIGDESC_VERDICT_INCOMPATIBLE);
  g_assert_cmpuint (migdesc_fleet_check_get_n_reasons (check), ==, 2);
}

static void
test_check_can_be_cancelled (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string ("a.b/nic?queues=5", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);

  g_assert_null (migdesc_fleet_check (fleet, list, NULL, NULL, cancellable, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, "asking a fleet was cancelled after 0 of 2 descriptors");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet-check/verdicts", test_verdicts_are_a_column);
  g_test_add_func ("/fleet-check/reasons", test_reasons_are_counted);
  g_test_add_func ("/fleet-check/shape-reasons", test_reasons_of_shapes_are_all_there);
  g_test_add_func ("/fleet-check/ways", test_reasons_that_differ_are_one_in_several_ways);
  g_test_add_func ("/fleet-check/report", test_report_is_the_one_of_the_descriptor);
  g_test_add_func ("/fleet-check/best-slot", test_best_slot_speaks_for_the_host);
  g_test_add_func ("/fleet-check/model-needed",
                   test_list_without_model_is_not_answered_where_there_are_several);
  g_test_add_func ("/fleet-check/changes", test_answers_outlive_changes);
  g_test_add_func ("/fleet-check/cancelled", test_check_can_be_cancelled);
  return g_test_run ();
}
