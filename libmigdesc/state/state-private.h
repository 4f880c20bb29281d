/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/tree.h"

G_BEGIN_DECLS

/* A fresh state, to be loaded into before anybody else sees it: tree->data by tree->plan. schema
 * has one version and asks for no parameters, else state-config or state-too-old. */
MigdescState *migdesc_state_new_fresh (MigdescStateType *schema, GError **error);
MigdescTree *migdesc_state_get_tree (MigdescState *state);
const MigdescNode *migdesc_state_get_node (MigdescState *state);
/* Not a part. */
gboolean migdesc_state_is_whole (MigdescState *state);
MigdescState *migdesc_state_new_part (MigdescState *parent, const MigdescNode *node);

/* A state of fields as the binary format has them, all of them and nothing else. */
MigdescState *migdesc_state_new_from_wire (MigdescStateType *schema,
                                           GByteArray *bytes,
                                           GError **error);

G_END_DECLS
