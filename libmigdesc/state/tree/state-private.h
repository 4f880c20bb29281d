/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/tree/tree.h"

G_BEGIN_DECLS

/* A fresh state, to be loaded into before anybody else sees it: its tree, by tree->plan. schema has
 * one version and asks for no parameters, else state-config or state-too-old. */
MigdescState *migdesc_state_new_fresh (MigdescStateType *schema, GError **error);
MigdescTree *migdesc_state_get_tree (MigdescState *state);
const MigdescNode *migdesc_state_get_node (MigdescState *state);
/* A whole state as that plan of its table has it: itself, unless its schema is no effective one and
 * the configuration of the plan has other fields. */
MigdescState *migdesc_state_of_plan (MigdescState *state,
                                     MigdescStatePlan *plan,
                                     GError **error);
/* Not a part. */
gboolean migdesc_state_is_whole (MigdescState *state);
MigdescState *migdesc_state_new_part (MigdescState *parent, const MigdescNode *node);

/* A state of fields as the binary format has them, all of them and nothing else. */
MigdescState *migdesc_state_new_from_wire (MigdescStateType *schema,
                                           GByteArray *bytes,
                                           GError **error);

G_END_DECLS
