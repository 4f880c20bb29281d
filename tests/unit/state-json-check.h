/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-check.h"

#include "state/formats/json.h"

/* Structs as JSON and back. */

static G_GNUC_UNUSED char *
save_json (const MigdescStatePlan *plan, gconstpointer state, gboolean pretty)
{
  g_autoptr (MigdescVisitor) saver = migdesc_json_saver_new (pretty);
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_visit_begin_struct (saver, NULL, &error));
  migdesc_walk_all (plan, saver, (gpointer) state, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_visit_end_struct (saver, &error));
  return g_string_free (migdesc_json_saver_take (saver), FALSE);
}

static G_GNUC_UNUSED gboolean
load_json (const MigdescStatePlan *plan, const char *text, gpointer state, GError **error)
{
  /* without a NUL behind it, so that valgrind sees who reads on */
  gsize length = strlen (text);
  g_autofree char *exact = g_memdup2 (text, MAX (length, 1));

  return migdesc_json_load (exact, length, NULL, plan, state, NULL, error);
}

static G_GNUC_UNUSED void
assert_json (const MigdescStatePlan *plan, gconstpointer state, const char *expected)
{
  g_autofree char *text = save_json (plan, state, FALSE);
  g_autofree char *pretty = save_json (plan, state, TRUE);
  g_autofree guint8 *fresh = g_malloc (plan->table->size);
  const char *texts[] = { text, pretty };

  g_assert_cmpstr (text, ==, expected);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *again = NULL;

      migdesc_table_init (plan->table, fresh);
      load_json (plan, texts[i], fresh, &error);
      g_assert_no_error (error);
      again = save_json (plan, fresh, FALSE);
      g_assert_cmpstr (again, ==, expected);
      migdesc_table_clear (plan->table, fresh);
    }
}

static G_GNUC_UNUSED void
assert_json_error (const MigdescStatePlan *plan, const char *text, int code, const char *message)
{
  g_autofree guint8 *fresh = g_malloc (plan->table->size);
  g_autoptr (GError) error = NULL;

  migdesc_table_init (plan->table, fresh);
  g_assert_false (load_json (plan, text, fresh, &error));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, MIGDESC_ERROR, code);
  migdesc_table_clear (plan->table, fresh);
}

static G_GNUC_UNUSED const char scalars_json[]
    = "{\"up\":true,\"truth\":false,\"byte\":200,\"word\":68,\"dword\":100000,"
      "\"qword\":18446744073709551615,\"i8\":-100,\"i16\":-1,\"i32\":2147483647,"
      "\"i64\":-9223372036854775808,\"real\":0.1,\"any\":\"NaN\",\"link\":\"negotiating\","
      "\"caps\":[\"csum\",\"lro\"],\"fires\":-1,\"magic\":4276993775,\"minus\":-2,\"old\":7,"
      "\"timer\":{\"expires\":9223372036854775807,\"mode\":3}}";
