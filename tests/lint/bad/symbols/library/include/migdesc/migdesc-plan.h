#pragma once
#include <glib-object.h>

MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescPlan, migdesc_plan, MIGDESC, PLAN, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescPlan *migdesc_plan_new (const char *const *steps,
                               GCallback          callback);
MIGDESC_AVAILABLE_IN_1_2
void migdesc_plan_apply (MigdescPlan *plan);
