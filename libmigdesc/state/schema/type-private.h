/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state-type.h>

#include "base/arena.h"
#include "state/plan/plan.h"

G_BEGIN_DECLS

/* Takes over what a table made from JSON lives in; NULL for a table of the program's. table has
 * passed migdesc_table_check. */
MigdescStateType *migdesc_state_type_new_for_table (const MigdescStruct *table,
                                                    MigdescArena *owned);

/* A type of the same table that has transforms too; and what they are: nullable. */
MigdescStateType *migdesc_state_type_new_bound (MigdescStateType *base, GObject *transforms);
GObject *migdesc_state_type_get_bound (MigdescStateType *type);

/* As migdesc_state_type_new_limited, with a version that can be saved. */
MigdescStateType *migdesc_state_type_new_up_to (MigdescStateType *type, guint limit);
guint migdesc_state_type_get_limit (MigdescStateType *type); /* 0: none */
/* The type without its limit. */
MigdescStateType *migdesc_state_type_get_whole (MigdescStateType *type);

const MigdescStruct *migdesc_state_type_get_table (MigdescStateType *type);

/* Whether the table has that version. Fails with state-too-new and state-too-old. */
gboolean migdesc_state_type_check_version (MigdescStateType *type, guint version, GError **error);

/* The plan for a version and a configuration (NULL: without parameters), made once and kept. Fails
 * with state-too-new, state-too-old and state-config. */
MigdescStatePlan *migdesc_state_type_get_plan (MigdescStateType *type,
                                               guint version,
                                               MigdescParamList *params,
                                               GError **error);

/* The effective schema that is kept beside such a plan; NULL: none is. made, unless it is NULL, is
 * kept where none is yet. */
MigdescStateType *migdesc_state_type_keep_effective (MigdescStateType *type,
                                                     guint version,
                                                     MigdescParamList *params,
                                                     MigdescStateType *made);

/* "sha256:" and 64 hexadecimal digits; lives as long as the type. */
const char *migdesc_state_type_ensure_digest (MigdescStateType *type);

G_END_DECLS
