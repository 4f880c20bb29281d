/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>
#include <migdesc/migdesc-param-list.h>

#include "base/arena.h"
#include "state/plan/run.h"

G_BEGIN_DECLS

/* A field table compiled for a state version and a configuration: steps without a branch on gates,
 * the same for every visitor. Immutable. */

typedef enum
{
  MIGDESC_OP_RUN,     /* fields of a fixed size */
  MIGDESC_OP_ROWS,    /* an array of structs that are one run each */
  MIGDESC_OP_ITEMS,   /* an array of scalars */
  MIGDESC_OP_BYTES,   /* a buffer */
  MIGDESC_OP_BITMAP,  /* bits of a count known only then */
  MIGDESC_OP_STRING,
  MIGDESC_OP_STRUCT,  /* a nested struct that is no run; to END */
  MIGDESC_OP_LOOP,    /* an array or list of structs, element by element; to END */
  MIGDESC_OP_POINTER, /* a struct that may be absent; to END */
  MIGDESC_OP_SECTION, /* to END */
  MIGDESC_OP_CHECK,   /* what must hold in the struct at hand */
  MIGDESC_OP_END,
  MIGDESC_OP_DONE
} MigdescOpCode;

/* One relation of a struct, or the bound of an index. */
typedef struct
{
  const MigdescField *field; /* the RELATION or INDEX */
  const MigdescField *left;
  const MigdescField *right; /* NULL: value */
  guint32 left_offset;
  guint32 right_offset;
  guint64 value;
  guint8 relation; /* MigdescFieldRelation; 0: below the count of the array right */
} MigdescRule;

typedef struct
{
  guint32 offset; /* of the struct, from the base at hand */
  guint32 n_rules;
  const MigdescRule *rules;
  const MigdescStruct *table; /* with a check function, or NULL */
  const char *path;           /* of a struct in a run, as "timer."; else "" */
} MigdescChecks;

typedef struct
{
  guint8 code; /* MigdescOpCode */
  guint8 flags; /* MigdescContainerFlags */
  guint32 offset; /* of the member, from the base at hand */
  guint32 to;     /* the END of a STRUCT, LOOP, POINTER or SECTION; the begin of an END */
  guint32 count;  /* of FIXED and PARAM: the count */
  const MigdescField *field;
  const MigdescRun *run;
  const MigdescChecks *checks; /* of CHECK: n of them; of ROWS: for each row */
  guint32 n_checks;
  /* of SECTION: where the ops of its versions begin, from field->minimum on; NULL with one */
  const guint32 *versions;
} MigdescOp;

typedef struct
{
  gint references;
  MigdescArena *arena;
  const MigdescStruct *table;
  guint version;
  const MigdescOp *ops;
  guint n_ops;
  const char *lacking;        /* nullable: a required field that this version does not have */
  char *const *section_names; /* NULL-terminated: those in the plan, in order */
  gsize fixed_wire;           /* bytes if all counts are 0: at least so long is a state */
} MigdescStatePlan;

/* The value of a migration parameter, as text: nullable. */
typedef const char *(*MigdescParamLookup) (gpointer data, const char *name);

MigdescStatePlan *migdesc_state_plan_ref (MigdescStatePlan *plan);
void migdesc_state_plan_unref (MigdescStatePlan *plan);

/* Whether a field is there in a version, with these parameters. */
gboolean migdesc_field_is_present (const MigdescField *field,
                                   guint version,
                                   MigdescParamLookup lookup,
                                   gpointer lookup_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescStatePlan, migdesc_state_plan_unref)

G_END_DECLS
