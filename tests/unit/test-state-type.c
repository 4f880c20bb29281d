/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-check.h"
#include "state-every-value.h"

#include "state/schema/type-private.h"

/* Types of tables and of schemas do the same with a state. */

#define CONFIGURATION "a.b/c?signed=on,rates=2,more=yes,timers=3,most=200"

static MigdescStateType *
make_type (void)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new (&every_state, &error);

  g_assert_no_error (error);
  return type;
}

static MigdescParamList *
make_params (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescParamList *params = migdesc_param_list_new_from_string (text, &error);

  g_assert_no_error (error);
  return params;
}

static char *
save (MigdescStateType *type,
      guint version,
      MigdescParamList *params,
      gconstpointer state)
{
  g_autoptr (RecordVisitor) saver = record_saver ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStatePlan) plan = migdesc_state_type_get_plan (type, version, params, &error);

  g_assert_no_error (error);
  migdesc_walk_all (plan, MIGDESC_VISITOR (saver), (gpointer) state, &error);
  g_assert_no_error (error);
  return record_to_text (saver);
}

/* Loaded into a struct of the type, and saved from it: the same again. */
static void
assert_passes (MigdescStateType *type,
               guint version,
               MigdescParamList *params,
               const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStatePlan) plan = migdesc_state_type_get_plan (type, version, params, &error);
  gpointer state = g_malloc (migdesc_state_type_get_table (type)->size);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  migdesc_state_type_init_struct (type, state);
  load_lines (plan, text, state);
  again = save (type, version, params, state);
  g_assert_cmpstr (again, ==, text);
  g_assert_true (migdesc_state_type_check_struct (type, version, params, state, &error));
  g_assert_no_error (error);
  load_lines (plan, text, state); /* over what is there */
  migdesc_state_type_clear_struct (type, state);
  g_free (state);
}

static void
test_layouts (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autofree char *json = migdesc_state_type_to_json (type, FALSE);
  g_autoptr (MigdescStateType) of_schema
      = migdesc_state_type_new_from_json (json, -1, NULL, NULL);
  g_autoptr (MigdescParamList) params = make_params (CONFIGURATION);

  for (guint version = 1; version <= 3; version++)
    {
      g_autoptr (MigdescStateType) effective
          = migdesc_state_type_new_effective (type, version, params, NULL);
      g_autofree char *text = NULL;
      EveryState state;

      every_fill (type, &state);
      state.n_counted = version == 2 ? 0 : state.n_counted;
      state.hash = version == 1 ? 0 : state.hash; /* then there is no such section */
      text = save (type, version, params, &state);
      g_assert_true (strstr (text, "serial") != NULL);
      if (version == 3) /* older ones lack what is required */
        {
          assert_passes (type, version, params, text);
          assert_passes (of_schema, version, params, text);
        }
      assert_passes (effective, version, NULL, text);
      migdesc_state_type_clear_struct (type, &state);
    }
}

/* What has come by then is freed, and nothing else. */
static void
test_broken_loads (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autoptr (MigdescParamList) params = make_params (CONFIGURATION);
  g_autoptr (MigdescStateType) effective
      = migdesc_state_type_new_effective (type, 3, params, NULL);
  g_autoptr (MigdescStatePlan) plan = migdesc_state_type_get_plan (effective, 3, NULL, NULL);
  gsize size = migdesc_state_type_get_table (effective)->size;
  g_autofree char *text = NULL;
  EveryState full;

  every_fill (type, &full);
  text = save (type, 3, params, &full);
  migdesc_state_type_clear_struct (type, &full);
  for (char *end = strrchr (text, '\n'); end != NULL; end = strrchr (text, '\n'))
    {
      g_autofree char *state = g_malloc (size);
      g_autoptr (RecordVisitor) loader = NULL;

      *end = '\0';
      loader = record_loader (text);
      migdesc_state_type_init_struct (effective, state);
      migdesc_walk_all (plan, MIGDESC_VISITOR (loader), state, NULL);
      migdesc_state_type_clear_struct (effective, state);
    }
}

static void
assert_check (MigdescStateType *type,
              const EveryState *state,
              int code,
              const char *message)
{
  g_autoptr (MigdescParamList) params = make_params (CONFIGURATION);
  g_autoptr (GError) error = NULL;
  gboolean valid = migdesc_state_type_check_struct (type, 3, params, state, &error);

  g_assert_cmpstr (error == NULL ? NULL : error->message, ==, message);
  g_assert_cmpint (error == NULL ? 0 : error->code, ==, code);
  g_assert_cmpint (valid, ==, message == NULL);
}

static void
test_check_struct (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  EveryState state;

  every_fill (type, &state);
  assert_check (type, &state, 0, NULL);
  state.queues[1].head = 2;
  assert_check (type, &state, MIGDESC_ERROR_STATE_RELATION,
                "queues[1].head: 2 is not less than size, which is 2");
  state.queues[1].head = 1;
  state.active = 2;
  assert_check (type, &state, MIGDESC_ERROR_STATE_INDEX,
                "active: 2 is not a position in queues, which has 2 elements");
  state.active = 0;
  state.mode = 3;
  assert_check (type, &state, MIGDESC_ERROR_STATE_RANGE, "mode: 3 is not in 0 to 2");
  state.mode = 0;
  state.u8 = 201;
  assert_check (type, &state, MIGDESC_ERROR_STATE_RELATION,
                "u8: 201 is not less than or equal to the parameter most, which is 200");
  state.u8 = 13;
  assert_check (type, &state, MIGDESC_ERROR_STATE_CHECK,
                "every_check refuses it: 13 brings bad luck");
  state.u8 = 0;
  state.n_counted = 17;
  assert_check (type, &state, MIGDESC_ERROR_STATE_RANGE, "n_counted: 17 is not in 0 to 16");
  state.n_counted = 0;
  g_clear_pointer (&state.owned, g_free);
  assert_check (type, &state, MIGDESC_ERROR_STATE_COUNT,
                "owned: the pointer is NULL, and the count is 2");
  state.n_owned = 0;
  assert_check (type, &state, 0, NULL);
  migdesc_state_type_clear_struct (type, &state);
}

static void
test_plans (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autoptr (MigdescParamList) params = make_params (CONFIGURATION);
  g_autoptr (MigdescParamList) other = make_params ("a.b/c?rates=2,timers=3,x=1");
  g_autoptr (MigdescParamList) more = make_params ("a.b/c?rates=2,timers=3,x=2");
  g_autoptr (MigdescStatePlan) first = migdesc_state_type_get_plan (type, 3, params, NULL);
  g_autoptr (MigdescStatePlan) again = migdesc_state_type_get_plan (type, 3, params, NULL);
  g_autoptr (MigdescStatePlan) older = migdesc_state_type_get_plan (type, 2, params, NULL);
  g_autoptr (MigdescStatePlan) second = migdesc_state_type_get_plan (type, 3, other, NULL);
  g_autoptr (MigdescStatePlan) third = migdesc_state_type_get_plan (type, 3, more, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (first == again);
  g_assert_true (first != older && first != second);
  g_assert_true (second == third); /* nothing asks for x */
  g_assert_null (migdesc_state_type_get_plan (type, 4, params, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_NEW);
  g_clear_error (&error);
  g_assert_null (migdesc_state_type_get_plan (type, 3, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-type/layouts", test_layouts);
  g_test_add_func ("/state-type/broken-loads", test_broken_loads);
  g_test_add_func ("/state-type/check-struct", test_check_struct);
  g_test_add_func ("/state-type/plans", test_plans);

  return g_test_run ();
}
