/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/plan/plan.h"

G_BEGIN_DECLS

/* The parts of a plan in the making: the run at hand, the rules that wait, the ops. */

#define MIGDESC_RUN_FIELD_MAX 4096   /* bytes of one field in a run; longer ones go alone */
#define MIGDESC_RUN_STRUCT_MAX 16384 /* bytes of a struct that is part of a run, or a row */
#define MIGDESC_RUN_MAX 32768        /* bytes of a run */

typedef struct
{
  MigdescStatePlan *plan;
  guint version;
  MigdescParamLookup lookup;
  gpointer lookup_data;

  GArray *ops;        /* MigdescOp */
  GArray *steps;      /* MigdescStep: of the run at hand */
  guint32 run_size;   /* its bytes */
  guint nested;       /* structs open in it */
  GString *path;      /* to the struct at hand, from the base: "timer." */
  GArray *checks;     /* MigdescChecks that wait for the run to end */
  GPtrArray *section_names;
} MigdescPlanBuild;

void migdesc_plan_build_init (MigdescPlanBuild *build,
                              MigdescStatePlan *plan,
                              guint version,
                              MigdescParamLookup lookup,
                              gpointer lookup_data);
/* Moves all into the plan. */
void migdesc_plan_build_finish (MigdescPlanBuild *build);
void migdesc_plan_build_clear (MigdescPlanBuild *build);

/* Bytes of a struct if all of it is of a fixed size; 0 if it is not, or too large for a run. */
gsize migdesc_plan_build_get_flat_size (const MigdescPlanBuild *build, const MigdescStruct *table);

void migdesc_plan_build_add_step (MigdescPlanBuild *build,
                                  MigdescStepKind kind,
                                  const MigdescField *field,
                                  guint32 offset);
/* Closes the run at hand. */
const MigdescRun *migdesc_plan_build_run (MigdescPlanBuild *build);

/* Adds the rules among fields, and the table's function if it is to be called, for a struct at
 * offset. Adds nothing if there are none. */
void migdesc_plan_build_add_checks (MigdescPlanBuild *build,
                                    const MigdescStruct *table,
                                    const MigdescField *fields,
                                    guint n_fields,
                                    gboolean call,
                                    guint32 offset);
const MigdescChecks *migdesc_plan_build_take_checks (MigdescPlanBuild *build);

G_END_DECLS
