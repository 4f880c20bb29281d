/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include "model/draft.h"
#include "model/report-private.h"

/* A draft that is fed by hand, and the findings of it as "CODE POINTER: MESSAGE" lines. */
typedef struct
{
  MigdescDiagnostics *diagnostics;
  MigdescDraft *draft;
  MigdescStore *store;
} Fixture;

static G_GNUC_UNUSED MigdescSlice
slice (const char *text)
{
  return (MigdescSlice){ text, strlen (text) };
}

static G_GNUC_UNUSED void
set_up_with_limits (Fixture *fixture,
                    const MigdescLimits *limits)
{
  fixture->diagnostics = migdesc_diagnostics_new (1000);
  fixture->draft = migdesc_draft_new (0, limits, fixture->diagnostics);
}

static G_GNUC_UNUSED void
set_up (Fixture *fixture,
        gconstpointer data)
{
  set_up_with_limits (fixture, NULL);
}

static G_GNUC_UNUSED void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  migdesc_draft_free (fixture->draft);
  migdesc_diagnostics_free (fixture->diagnostics);
  if (fixture->store != NULL)
    migdesc_store_unref (fixture->store);
}

static G_GNUC_UNUSED void
finish (Fixture *fixture)
{
  fixture->store = migdesc_draft_finish (fixture->draft, MIGDESC_DIALECT_NATIVE, "test");
}

static G_GNUC_UNUSED void
assert_findings (Fixture *fixture,
                 const char *expected)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  finish (fixture);
  report = migdesc_diagnostics_to_report (fixture->diagnostics);
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      const MigdescFindingCore *finding = migdesc_report_peek (report, i);

      g_string_append_printf (text, "%s %s: %s\n", finding->code,
                              finding->pointer != NULL ? finding->pointer : "-", finding->message);
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_true ((fixture->store == NULL) == (*expected != '\0'));
}

static G_GNUC_UNUSED void
begin_model (Fixture *fixture)
{
  migdesc_draft_begin_model (fixture->draft, slice ("a.org/nic"), MIGDESC_NO_PLACE);
}

static G_GNUC_UNUSED MigdescSet
ints (Fixture *fixture,
      const char *text)
{
  g_auto (MigdescSetBuilder) builder;
  g_auto (GStrv) members = g_strsplit (text, ",", -1);
  MigdescSet set;

  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_INT);
  for (gsize i = 0; members[i] != NULL; i++)
    g_assert_true (
        migdesc_set_builder_add_text (&builder, members[i], strlen (members[i]), NULL));
  migdesc_set_builder_build (&builder, migdesc_draft_get_arena (fixture->draft), &set);
  return set;
}

static G_GNUC_UNUSED void
add_int (Fixture *fixture,
         const char *name,
         const char *allowed,
         guint64 init,
         gint64 off)
{
  MigdescParamCore *param
      = migdesc_draft_begin_param (fixture->draft, slice (name), MIGDESC_NO_PLACE);

  param->type = MIGDESC_VALUE_TYPE_INT;
  if (allowed != NULL)
    param->allowed = ints (fixture, allowed);
  param->init.number = init;
  param->has_off = off >= 0;
  param->off.number = (guint64) off;
  migdesc_draft_end_param (fixture->draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
}

/* NAME=NUMBER pairs with a space between them; all params are ints here. */
static G_GNUC_UNUSED void
add_version (Fixture *fixture,
             const char *name,
             const char *settings)
{
  g_auto (GStrv) pairs = g_strsplit (settings, " ", -1);

  migdesc_draft_begin_version (fixture->draft, slice (name), MIGDESC_NO_PLACE);
  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');
      MigdescSlice param = { pairs[i], (gsize) (equals - pairs[i]) };
      MigdescValue value = { .number = g_ascii_strtoull (equals + 1, NULL, 10) };
      guint32 position
          = migdesc_draft_find_setting (fixture->draft, param, (guint32) i, MIGDESC_NO_PLACE);

      if (position != MIGDESC_NOT_FOUND)
        g_assert_true (
            migdesc_draft_add_setting (fixture->draft, position, value, MIGDESC_NO_PLACE));
    }
  migdesc_draft_end_version (fixture->draft);
}

static G_GNUC_UNUSED void
add_part (Fixture *fixture,
          MigdescConstraintPart part,
          const char *conditions)
{
  g_auto (GStrv) pairs = g_strsplit (conditions, " ", -1);

  migdesc_draft_begin_part (fixture->draft, part, MIGDESC_NO_PLACE);
  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');
      MigdescSlice param = { pairs[i], (gsize) (equals - pairs[i]) };
      MigdescSet set = ints (fixture, equals + 1);
      guint32 position
          = migdesc_draft_find_condition (fixture->draft, param, (guint32) i, MIGDESC_NO_PLACE);

      if (position != MIGDESC_NOT_FOUND)
        g_assert_true (migdesc_draft_add_condition (fixture->draft, part, position, &set,
                                                    MIGDESC_NO_PLACE));
    }
}

static G_GNUC_UNUSED void
add_constraint (Fixture *fixture,
                const char *when,
                const char *then,
                const char *forbid,
                const char *description)
{
  MigdescConstraintCore *constraint
      = migdesc_draft_begin_constraint (fixture->draft, MIGDESC_NO_PLACE);

  constraint->description = description;
  if (when != NULL)
    add_part (fixture, MIGDESC_PART_IF, when);
  if (then != NULL)
    add_part (fixture, MIGDESC_PART_THEN, then);
  if (forbid != NULL)
    add_part (fixture, MIGDESC_PART_FORBID, forbid);
  migdesc_draft_end_constraint (fixture->draft);
}
