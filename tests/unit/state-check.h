/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-device.h"
#include "state-record.h"

#include "state/plan/plan-compile.h"
#include "state/table/storage.h"
#include "state/walk/walk-go.h"

/* A table, saved as lines and loaded again. */

static G_GNUC_UNUSED MigdescStatePlan *
compile (const MigdescStruct *table,
         guint version,
         const char *const *params)
{
  g_autoptr (GError) error = NULL;
  MigdescStatePlan *plan
      = migdesc_state_plan_new (table, version, device_param, (gpointer) params, &error);

  g_assert_no_error (error);
  return plan;
}

static G_GNUC_UNUSED void
assert_saved (const MigdescStatePlan *plan,
              gconstpointer state,
              const char *expected)
{
  g_autoptr (RecordVisitor) saver = record_saver ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  migdesc_walk_all (plan, MIGDESC_VISITOR (saver), (gpointer) state, &error);
  g_assert_no_error (error);
  text = record_to_text (saver);
  g_assert_cmpstr (text, ==, expected);
}

static G_GNUC_UNUSED void
assert_save_error (const MigdescStatePlan *plan,
                   gconstpointer state,
                   int code,
                   const char *message)
{
  g_autoptr (RecordVisitor) saver = record_saver ();
  g_autoptr (GError) error = NULL;

  g_assert_false (
      migdesc_walk_all (plan, MIGDESC_VISITOR (saver), (gpointer) state, &error));
  g_assert_error (error, MIGDESC_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static G_GNUC_UNUSED void
load_lines (const MigdescStatePlan *plan,
            const char *text,
            gpointer state)
{
  g_autoptr (RecordVisitor) loader = record_loader (text);
  g_autoptr (GError) error = NULL;

  migdesc_walk_all (plan, MIGDESC_VISITOR (loader), state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (loader->next, ==, loader->lines->len);
}

/* What is saved, loaded into a fresh struct and saved again is the same. */
static G_GNUC_UNUSED void
assert_round_trip (const MigdescStatePlan *plan,
                   gconstpointer state,
                   const char *expected)
{
  g_autofree guint8 *fresh = g_malloc (plan->table->size);

  assert_saved (plan, state, expected);
  migdesc_table_init (plan->table, fresh);
  load_lines (plan, expected, fresh);
  assert_saved (plan, fresh, expected);
  /* and into one that has something in it already */
  load_lines (plan, expected, fresh);
  assert_saved (plan, fresh, expected);
  migdesc_table_clear (plan->table, fresh);
}

static G_GNUC_UNUSED void
assert_load_error (const MigdescStatePlan *plan,
                   const char *text,
                   int code,
                   const char *message)
{
  g_autofree guint8 *fresh = g_malloc (plan->table->size);
  g_autoptr (RecordVisitor) loader = record_loader (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  migdesc_table_init (plan->table, fresh);
  g_assert_false (migdesc_walk_all (plan, MIGDESC_VISITOR (loader), fresh, &error));
  g_assert_error (error, MIGDESC_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
  /* from then on every call fails with it */
  g_assert_false (
      migdesc_visitor_begin_struct (MIGDESC_VISITOR (loader), "more", &again));
  g_assert_error (again, MIGDESC_ERROR, code);
  g_assert_cmpstr (again->message, ==, message);
  migdesc_table_clear (plan->table, fresh);
}

/* The lines of text with that one replaced. */
static G_GNUC_UNUSED char *
replace (const char *text,
         const char *old,
         const char *new)
{
  const char *place = strstr (text, old);

  g_assert_nonnull (place);
  return g_strdup_printf ("%.*s%s%s", (int) (place - text), text, new, place + strlen (old));
}
