/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Paths, maps and matrices of the hosts of a fleet. */

#include "fleet-fixture.h"

#define MODEL "a.b/nic"
#define SLOT_OF(name, count, members)                                                        \
  "{\"name\": \"" name "\", \"count\": " count ", \"descriptor\": {\"models\": {\"" MODEL        \
  "\": {\"params\": {\"queues\": {\"type\": \"int\", " members                                \
  ", \"init_value\": 1, \"off_value\": 1}}}}}}"
#define SLOT(count, members) SLOT_OF ("nic", count, members)
#define FIXED(most) "\"allowed_values\": [\"1-" most "\"]"
#define FREE(most) FIXED (most) ", \"runtime\": true"
#define HOST(name, slots) "{\"host\": \"" name "\", \"slots\": [" slots "]}\n"

static char *
show_path (MigdescFleet *fleet, const char *list, const char *from, const char *to)
{
  g_autoptr (MigdescParamList) parsed = migdesc_param_list_new_from_string (list, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescPath) path = NULL;
  guint source, destination;

  g_assert_true (migdesc_fleet_lookup (fleet, from, &source));
  g_assert_true (migdesc_fleet_lookup (fleet, to, &destination));
  path = migdesc_fleet_find_path (fleet, parsed, source, destination, NULL, &error);
  return path != NULL ? migdesc_path_to_string (path) : g_strdup (error->message);
}

#define assert_path(fleet, list, from, to, expected)              \
  G_STMT_START                                                    \
  {                                                               \
    g_autofree char *shown = show_path (fleet, list, from, to);   \
    g_assert_cmpstr (shown, ==, (expected));                      \
  }                                                               \
  G_STMT_END

static MigdescFleet *
make_fleet (void)
{
  MigdescFleet *fleet = migdesc_fleet_new (NULL);

  fleet_add_lines (fleet, HOST ("start", SLOT ("0", FIXED ("64"))));
  fleet_add_lines (fleet, HOST ("full", SLOT ("0", FREE ("64"))));
  fleet_add_lines (fleet,
                   HOST ("two", SLOT ("1", FIXED ("2")) ", " SLOT_OF ("x", "2", FREE ("64"))));
  fleet_add_lines (fleet,
                   HOST ("end", SLOT ("1", FIXED ("4")) ", " SLOT_OF ("x", "1", FIXED ("8"))));
  fleet_add_lines (fleet, HOST ("crowded", SLOT ("0", FIXED ("64"))) "{\n");
  return fleet;
}

/* Over a slot that has room, to the slot that is best to reach */
static void
test_slots (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();

  assert_path (fleet, MODEL "?queues=8", "start", "end",
               "compatible\n1. start to end with a.b/nic?queues=8");
  assert_path (fleet, MODEL "?queues=9", "start", "end",
               "compatible\n1. start to two with a.b/nic?queues=9\n"
               "2. two: change queues from 9 to 4; then to end with a.b/nic?queues=4");
  assert_path (fleet, MODEL "?queues=9", "start", "start", "compatible");
}

/* Each step tells the slot, of a host that has several. */
static void
test_slots_are_named (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescParamList) list
      = migdesc_param_list_new_from_string (MODEL "?queues=9", NULL);
  g_autoptr (MigdescPath) path = NULL;
  g_autofree char *json = NULL;

  path = migdesc_fleet_find_path (fleet, list, 0, 3, NULL, NULL);
  g_assert_null (migdesc_path_get_source_slot (path, 0));
  g_assert_cmpstr (migdesc_path_get_destination_slot (path, 0), ==, "x");
  g_assert_cmpstr (migdesc_path_get_source_slot (path, 1), ==, "x");
  g_assert_cmpstr (migdesc_path_get_destination_slot (path, 1), ==, "nic");
  json = migdesc_path_to_json (path);
  g_assert_nonnull (strstr (json, "\"source\":\"start\",\"changes\":[],\"destination\":\"two\","
                                  "\"destination_slot\":\"x\","));
}

/* However many the destination has, the search is no longer. */
static void
test_many_slots_share_the_steps (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescParamList) list
      = migdesc_param_list_new_from_string (MODEL "?queues=60", NULL);
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (GString) slots = g_string_new (NULL);
  g_autofree char *host = NULL;
  g_autoptr (MigdescPath) path = NULL;

  for (guint i = 1; i <= 50; i++)
    {
      g_string_append_printf (slots, "%s" SLOT_OF ("a%u", "1", FIXED ("%u")), i > 1 ? ", " : "", i,
                              i);
      g_string_append_printf (slots, ", " SLOT_OF ("b%u", "1", FIXED ("%u")), i, i);
    }
  host = g_strdup_printf (HOST ("many", "%s"), slots->str);
  fleet_add_lines (fleet, host);
  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, 50);
  path = migdesc_fleet_find_path (fleet, list, 0, 6, limits, NULL);
  g_assert_cmpint (migdesc_path_get_verdict (path), ==, MIGDESC_VERDICT_UNDECIDED);
}

static void
test_hosts_that_cannot_be_asked (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string (MODEL "?", NULL);
  g_autoptr (GError) error = NULL;

  assert_path (fleet, MODEL "?queues=9", "start", "crowded",
               "host 4 has no free slot for a device");
  g_assert_null (migdesc_fleet_find_path (fleet, list, 0, 6, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "there are 6 hosts, and host 6 was asked for");
  g_clear_error (&error);
  g_assert_null (migdesc_fleet_find_path (fleet, list, 5, 0, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_JSON_SYNTAX);
}

/* A million hosts of a hundred different descriptors are a hundred to the search. */
static void
test_many_hosts (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescParamList) list = NULL;
  g_autoptr (MigdescPath) path = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000000; i++)
    {
      guint shape = i % 100;

      g_string_append_printf (lines,
                              "{\"host\": \"h%u\", \"slots\": [{\"name\": \"nic\", \"count\": 1, "
                              "\"descriptor\": {\"models\": {\"" MODEL "\": {\"params\": "
                              "{\"queues\": {\"type\": \"int\", \"allowed_values\": [\"%u-%u\"], "
                              "\"init_value\": %u, \"runtime\": true}}}}}}]}\n",
                              i, shape, shape + 1, shape);
    }
  fleet_add_lines (fleet, lines->str);
  /* Each has one value in common with the next. */
  list = migdesc_param_list_new_from_string (MODEL "?queues=0", NULL);
  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, 200000);
  path = migdesc_fleet_find_path (fleet, list, 999900, 20, limits, &error);
  g_assert_no_error (error);
  g_assert_cmpint (migdesc_path_get_verdict (path), ==, MIGDESC_VERDICT_COMPATIBLE);
  g_assert_cmpuint (migdesc_path_get_n_steps (path), ==, 20);
  g_assert_cmpuint (migdesc_path_get_source (path, 0), ==, 999900);
  g_assert_cmpuint (migdesc_path_get_destination (path, 0), ==, 1);
  g_assert_cmpuint (migdesc_path_get_destination (path, 19), ==, 20);
}

static void
test_map (void)
{
  g_autoptr (MigdescFleet) fleet = make_fleet ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescMap) map = NULL;
  g_autofree char *json = NULL;

  fleet_add_lines (fleet, HOST ("more", SLOT ("3", FIXED ("8"))) HOST (
                              "empty", "") "{\"host\": \"other\", \"slots\": [{\"name\": \"x\", "
                                           "\"count\": 1, \"descriptor\": {\"models\": {\"a.b/x\": "
                                           "{\"params\": {}}}}}]}\n");
  map = migdesc_fleet_make_map (fleet, MODEL, 0, NULL, &error);
  g_assert_no_error (error);
  json = migdesc_map_to_json (map);
  g_assert_true (g_str_has_prefix (
      json, "{\"model\":\"a.b/nic\",\"hosts\":9,\"groups\":[{\"host\":\"start\",\"hosts\":2},"
            "{\"host\":\"full\",\"hosts\":2},{\"host\":\"two\",\"hosts\":1},{\"host\":\"end\","
            "\"hosts\":1},{\"host\":\"end\",\"hosts\":2}],"));
  g_assert_true (g_str_has_suffix (json, "\"more_groups\":0,\"more_hosts\":0,\"lacking\":1}"));
}

static void
test_matrix (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (MigdescMatrix) matrix = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_null (migdesc_fleet_make_matrix (fleet, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (migdesc_fleet_make_map (fleet, NULL, 0, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("h%u", i);
      const char *one = "{\"models\": {\"" MODEL "\": {\"params\": {}, \"support\": \"forward\", "
                        "\"versions\": [{\"name\": \"1\"}, {\"name\": \"2\"}]}}}";
      const char *other = "{\"models\": {\"" MODEL "\": {\"params\": {}, \"versions\": [{\"name\": "
                          "\"1\"}, {\"name\": \"2\", \"support\": \"bidirectional\"}]}}}";

      migdesc_fleet_add_text (fleet, name, i == 50 ? other : one, -1, NULL);
    }
  matrix = migdesc_fleet_make_matrix (fleet, NULL, NULL, &error);
  g_assert_no_error (error);
  text = migdesc_matrix_to_string (matrix);
  g_assert_cmpstr (text, ==,
                   "1 to 2: bidirectional, missing\n2 to 1: bidirectional, missing\n"
                   "0 of 2 pairs tested");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet-ways/slots", test_slots);
  g_test_add_func ("/fleet-ways/slots-are-named", test_slots_are_named);
  g_test_add_func ("/fleet-ways/many-slots", test_many_slots_share_the_steps);
  g_test_add_func ("/fleet-ways/hosts-that-cannot-be-asked", test_hosts_that_cannot_be_asked);
  g_test_add_func ("/fleet-ways/many-hosts", test_many_hosts);
  g_test_add_func ("/fleet-ways/map", test_map);
  g_test_add_func ("/fleet-ways/matrix", test_matrix);
  return g_test_run ();
}
