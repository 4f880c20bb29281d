/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-every-field.h"

static MigdescStateType *
make_type (void)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new (&every_state, &error);

  g_assert_no_error (error);
  return type;
}

static MigdescStateType *
read_back (const char *json)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new_from_json (json, -1, NULL, &error);

  g_assert_no_error (error);
  return type;
}

static void
test_round_trip (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autofree char *json = migdesc_state_type_to_json (type, FALSE);
  g_autofree char *pretty = migdesc_state_type_to_json (type, TRUE);
  g_autoptr (MigdescStateType) back = read_back (json);
  g_autoptr (MigdescStateType) back_from_pretty = read_back (pretty);
  g_autofree char *again = migdesc_state_type_to_json (back, FALSE);
  g_autofree char *pretty_again = migdesc_state_type_to_json (back_from_pretty, TRUE);

  g_assert_cmpstr (again, ==, json);
  g_assert_cmpstr (pretty_again, ==, pretty);
  g_assert_true (migdesc_state_type_equal (type, back));
  g_assert_cmpuint (migdesc_state_type_hash (type), ==, migdesc_state_type_hash (back));
  g_assert_cmpstr (migdesc_state_type_get_digest (type), ==, migdesc_state_type_get_digest (back));
}

static void
test_effective (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) params = migdesc_param_list_new_from_string (
      "example.com/every?signed=on,rates=2,more=yes,timers=3,most=200", &error);
  g_autoptr (MigdescStateType) effective = NULL;
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  effective = migdesc_state_type_new_effective (type, 2, params, &error);
  g_assert_no_error (error);
  json = migdesc_state_type_to_json (effective, FALSE);
  g_assert_cmpuint (migdesc_state_type_get_version (effective), ==, 2);
  g_assert_cmpuint (migdesc_state_type_get_minimum_version (effective), ==, 2);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-schema/round-trip", test_round_trip);
  g_test_add_func ("/state-schema/effective", test_effective);

  return g_test_run ();
}
