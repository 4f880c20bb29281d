/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/plan/plan.h"

G_BEGIN_DECLS

/* table has to be valid (migdesc_table_check) and to outlive the plan. Fails with state-config. */
MigdescStatePlan *migdesc_state_plan_new (const MigdescStruct *table,
                               guint version,
                               MigdescParamLookup lookup,
                               gpointer lookup_data,
                               GError **error);

G_END_DECLS
