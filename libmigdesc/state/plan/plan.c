/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan/plan.h"

gboolean
migdesc_field_is_present (const MigdescField *field,
                          guint version,
                          MigdescParamLookup lookup,
                          gpointer lookup_data)
{
  const char *value;

  if (field->since > version || (field->until != 0 && field->until < version))
    return FALSE;
  if (field->param == NULL)
    return TRUE;
  value = lookup == NULL ? NULL : lookup (lookup_data, field->param);
  return g_strcmp0 (value, field->param_value == NULL ? "on" : field->param_value) == 0;
}

MigdescStatePlan *
migdesc_state_plan_ref (MigdescStatePlan *plan)
{
  g_atomic_int_inc (&plan->references);
  return plan;
}

void
migdesc_state_plan_unref (MigdescStatePlan *plan)
{
  if (!g_atomic_int_dec_and_test (&plan->references))
    return;
  migdesc_arena_free (plan->arena);
  g_free (plan);
}
