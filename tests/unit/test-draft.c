/* SPDX-License-Identifier: LGPL-2.1-or-later */

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

static MigdescSlice
slice (const char *text)
{
  return (MigdescSlice){ text, strlen (text) };
}

static void
set_up_with_limits (Fixture *fixture,
                    const MigdescLimits *limits)
{
  fixture->diagnostics = migdesc_diagnostics_new (1000);
  fixture->draft = migdesc_draft_new (0, limits, fixture->diagnostics);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  set_up_with_limits (fixture, NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  migdesc_draft_free (fixture->draft);
  migdesc_diagnostics_free (fixture->diagnostics);
  if (fixture->store != NULL)
    migdesc_store_unref (fixture->store);
}

static void
finish (Fixture *fixture)
{
  fixture->store = migdesc_draft_finish (fixture->draft, MIGDESC_DIALECT_NATIVE, "test");
}

static void
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

static void
begin_model (Fixture *fixture)
{
  migdesc_draft_begin_model (fixture->draft, slice ("a.org/nic"), MIGDESC_NO_PLACE);
}

static MigdescSet
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

static void
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
static void
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

static void
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

static void
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

static void
test_good (Fixture *fixture,
           gconstpointer data)
{
  const MigdescModelCore *model;
  MigdescValue values[3];

  begin_model (fixture);
  add_int (fixture, "queues", "1-64,128", 4, 1);
  add_int (fixture, "rings", NULL, 256, 256);
  add_int (fixture, "must", "1-3", 2, -1);
  add_version (fixture, "1", "");
  add_version (fixture, "2", "must=3 queues=128");
  add_constraint (fixture, "queues=3-200", "must=2-3", NULL, "why");
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "");

  model = migdesc_store_find_model (fixture->store, "a.org/nic", 9);
  g_assert_true (model == &fixture->store->models[0]);
  g_assert_cmpuint (migdesc_model_core_find_param (model, "must", 4), ==, 2);
  g_assert_cmpuint (migdesc_model_core_find_param (model, "mus", 3), ==, MIGDESC_NOT_FOUND);
  g_assert_cmpuint (migdesc_model_core_find_version (model, "2", 1), ==, 1);
  g_assert_cmpuint (model->versions[1].settings[0].param, ==, 0);
  g_assert_cmpuint (model->versions[1].settings[1].param, ==, 2);

  migdesc_model_core_fill_init (model, values);
  g_assert_cmpuint (migdesc_model_core_hash_values (model, values), ==, model->init_hash);
  migdesc_model_core_fill_off (model, values);
  g_assert_cmpuint (migdesc_model_core_hash_values (model, values), ==, model->off_hash);
  g_assert_cmpuint (migdesc_model_core_version_of (model, values, model->off_hash), ==, 0);
  migdesc_model_core_apply_version (model, 1, values);
  g_assert_cmpuint (values[0].number, ==, 128);
  g_assert_cmpuint (values[2].number, ==, 3);
  g_assert_cmpuint (migdesc_model_core_hash_values (model, values), ==, model->versions[1].hash);
  g_assert_cmpuint (
      migdesc_model_core_version_of (model, values, model->versions[1].hash), ==, 1);
}

static void
test_values_not_allowed (Fixture *fixture,
                         gconstpointer data)
{
  begin_model (fixture);
  add_int (fixture, "num-queues", "1-64,128", 200, 0);
  add_int (fixture, "rings", "5", 5, -1);
  add_version (fixture, "1", "num-queues=0 rings=5");
  add_version (fixture, "2", "num-queues=65 rings=6 none=1");
  migdesc_draft_end_model (fixture->draft);
  assert_findings (
      fixture,
      "init-not-allowed /models/a.org~1nic/params/num-queues/init_value: "
      "init value 200 of \"num-queues\" is not allowed: 0-64,128\n"
      "version-value-not-allowed /models/a.org~1nic/versions/1/params/num-queues: "
      "value 65 of \"num-queues\" in version \"2\" is not allowed: 0-64,128\n"
      "version-value-not-allowed /models/a.org~1nic/versions/1/params/rings: "
      "value 6 of \"rings\" in version \"2\" is not allowed: 5\n"
      "version-param-unknown /models/a.org~1nic/versions/1/params/none: "
      "version \"2\" sets \"none\", which is not a param of the model\n");
}

static void
test_constraints_violated (Fixture *fixture,
                           gconstpointer data)
{
  begin_model (fixture);
  add_int (fixture, "a", "0-9", 1, 0);
  add_int (fixture, "b", "0-9", 5, 0);
  add_constraint (fixture, "a=1-9", "b=0-4", NULL, "a needs small b");
  add_constraint (fixture, NULL, NULL, "a=2 b=2", NULL);
  add_constraint (fixture, "a=3", "b=3", NULL, NULL);
  add_version (fixture, "none", "");
  add_version (fixture, "good", "a=1 b=4");
  add_version (fixture, "forbidden", "a=2 b=2");
  add_version (fixture, "two", "b=9 a=3");
  migdesc_draft_end_model (fixture->draft);
  assert_findings (
      fixture,
      "init-violates-constraint /models/a.org~1nic/constraints/0: "
      "the init values violate the constraint \"a needs small b\": if a=1-9 then b=0-4\n"
      "version-violates-constraint /models/a.org~1nic/versions/2: "
      "version \"forbidden\" violates the constraint never a=2 and b=2\n"
      "version-violates-constraint /models/a.org~1nic/versions/3: "
      "version \"two\" violates the constraint \"a needs small b\": if a=1-9 then b=0-4\n"
      "version-violates-constraint /models/a.org~1nic/versions/3: "
      "version \"two\" violates the constraint if a=3 then b=3\n");
}

static void
test_constraint_forms (Fixture *fixture,
                       gconstpointer data)
{
  begin_model (fixture);
  add_int (fixture, "a", "0-9", 1, 0);
  add_constraint (fixture, NULL, NULL, NULL, NULL);
  add_constraint (fixture, "a=1", NULL, NULL, NULL);
  add_constraint (fixture, "a=1", "a=1", "a=1", NULL);
  add_constraint (fixture, "", "c=1", NULL, NULL);
  migdesc_draft_end_model (fixture->draft);
  assert_findings (
      fixture,
      "constraint-form /models/a.org~1nic/constraints/0: "
      "a constraint has \"if\" and \"then\", or else \"forbid\"\n"
      "constraint-form /models/a.org~1nic/constraints/1: "
      "a constraint has \"if\" and \"then\", or else \"forbid\"\n"
      "constraint-form /models/a.org~1nic/constraints/2: "
      "a constraint has \"if\" and \"then\", or else \"forbid\"\n"
      "constraint-param-unknown /models/a.org~1nic/constraints/3/then/c: "
      "\"c\" in a constraint is not a param of the model\n"
      "constraint-empty /models/a.org~1nic/constraints/3/if: "
      "\"if\" of a constraint names no param\n");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/draft/good", test_good);
  ADD ("/draft/values-not-allowed", test_values_not_allowed);
  ADD ("/draft/constraints-violated", test_constraints_violated);
  ADD ("/draft/constraint-forms", test_constraint_forms);
#undef ADD

  return g_test_run ();
}
