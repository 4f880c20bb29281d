/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "device.h"
#include "golden.h"
#include "report.h"
#include "schema-diff.h"
#include "stream.h"
#include "tests.h"

/* What was recorded of older versions, read by the program of today. */

static void
fail_spoiled (const KitRun *run, const char *label, const GError *error)
{
  kit_fail ("get the files back from where they were kept: nobody can make them anew",
            "what was recorded as %s-%s is spoiled: %s", run->testkit->name, label,
            error->message);
}

static void
fail_schema (const KitRun *run, const KitCase *subject, MigdescStateType *before,
             MigdescStateType *after)
{
  g_autofree char *diff = kit_diff_schemas (before, after);
  g_autofree char *details = g_strdup_printf (
      "%s"
      "undo that, or make it a new state version; if nobody has streams of this one yet, delete "
      "%s-%s.* and run with --update",
      diff, run->testkit->name, subject->label);

  kit_fail (details, "the schema of %s %s is not the one that was recorded", run->testkit->name,
            subject->label);
}

static void
test_schema (const KitRun *run, const KitCase *subject)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KitGolden) golden = NULL;
  g_autoptr (MigdescStateType) same = NULL;
  g_autoptr (GPtrArray) schemas = NULL;

  if (!kit_golden_exists (run->golden, subject))
    {
      kit_fail (NULL, "nothing was recorded of %s %s: run with --update", run->testkit->name,
                subject->label);
      return;
    }
  golden = kit_golden_read (run->golden, run->testkit->name, subject->label, &error);
  if (golden == NULL)
    {
      fail_spoiled (run, subject->label, error);
      return;
    }
  same = kit_case_dup_schema (subject, migdesc_state_type_get_digest (golden->schema));
  if (same != NULL)
    return;
  schemas = kit_case_list_schemas (subject, &error);
  if (schemas == NULL)
    kit_fail (NULL, "%s %s has no schema: %s", run->testkit->name, subject->label, error->message);
  else
    fail_schema (run, subject, golden->schema, g_ptr_array_index (schemas, 0));
}

/* A case for what was recorded, whether or not the program still knows of it. */
static KitCase *
find_case (const KitRun *run, const KitGolden *golden, GError **error)
{
  KitCase *first = g_ptr_array_index (run->cases, 0);
  g_autoptr (KitCase) found = g_new0 (KitCase, 1);

  *found = *first;
  found->type = g_object_ref (first->type);
  found->backend = NULL;
  found->label = g_strdup (golden->label);
  found->version = migdesc_manifest_get_state_version (golden->manifest, 0);
  found->params = migdesc_manifest_get_params (golden->manifest, 0);
  if (found->params != NULL)
    migdesc_param_list_ref (found->params);
  if (run->testkit->new_backend == NULL)
    return g_steal_pointer (&found);
  found->backend = run->testkit->new_backend (error);
  if (found->backend == NULL
      || !migdesc_backend_configure (found->backend, found->params, error))
    return NULL;
  return g_steal_pointer (&found);
}

static void
fail_load (const KitRun *run, const char *label, const GError *error)
{
  kit_fail ("what a version was has to be read for ever: keep its fields, behind gates where they "
            "are no more, or keep its schema and make transforms from it",
            "a stream of %s %s is not read any more: %s", run->testkit->name, label,
            error->message);
}

/* What the device makes of it is compared in the stream's own version: newer ones may have more. */
static void
compare_golden (const KitRun *run, const KitCase *subject, const KitGolden *golden,
                KitDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) saved = kit_device_save (device, subject->version, NULL, &error);
  g_autoptr (MigdescState) state = NULL;
  g_autoptr (MigdescStateDiff) diff = NULL;
  g_autofree char *details = NULL;

  if (g_error_matches (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_OLD))
    return; /* it can be loaded, and is not saved any more */
  state = saved == NULL ? NULL : kit_read_tree (saved, golden->schema, &error);
  if (state == NULL)
    {
      kit_fail (NULL, "what was read from a stream of %s %s cannot be saved again: %s",
                run->testkit->name, golden->label, error->message);
      return;
    }
  diff = migdesc_state_diff_new (golden->state, state);
  if (migdesc_state_diff_get_n_places (diff) == 0)
    return;
  details = migdesc_state_diff_to_string (diff);
  kit_fail (details, "a stream of %s %s is read as another state: %s", run->testkit->name,
            golden->label, migdesc_state_diff_get_path (diff, 0));
}

typedef struct
{
  const KitRun *run;
  const char *label; /* interned */
} GoldenTest;

static void
test_golden (gconstpointer data)
{
  const GoldenTest *test = data;
  const KitRun *run = test->run;
  g_autoptr (GError) error = NULL;
  g_autoptr (KitGolden) golden
      = kit_golden_read (run->golden, run->testkit->name, test->label, &error);
  g_autoptr (KitCase) subject = NULL;
  g_autoptr (KitDevice) device = NULL;

  if (golden == NULL)
    {
      fail_spoiled (run, test->label, error);
      return;
    }
  subject = find_case (run, golden, &error);
  device = subject == NULL ? NULL : kit_device_new (subject, &error);
  if (device == NULL || !kit_device_load (device, golden->stream, &error))
    fail_load (run, test->label, error);
  else
    compare_golden (run, subject, golden, device);
}

void
kit_add_golden_tests (const KitRun *run)
{
  g_autoptr (GPtrArray) labels = kit_golden_list (run->golden, run->testkit->name, NULL);

  kit_add_for_each (run, "schema", test_schema);
  for (guint i = 0; labels != NULL && i < labels->len; i++)
    {
      GoldenTest *test = g_new (GoldenTest, 1);
      g_autofree char *path = NULL;

      *test = (GoldenTest) { run, g_intern_string (g_ptr_array_index (labels, i)) };
      path = g_strdup_printf ("/%s/golden/%s", run->testkit->name, test->label);
      g_ptr_array_add (run->given, test);
      g_test_add_data_func (path, test, test_golden);
    }
}
