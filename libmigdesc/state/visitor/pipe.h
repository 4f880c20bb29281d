/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/plan/plan.h"
#include "state/tree/tree.h"

G_BEGIN_DECLS

/* From a struct of one table into a struct of another, which has the same effective schema: the
 * fields as the binary format has them, without records. */

/* The fields of a struct; NULL on error. Checks all bounds and rules. */
GByteArray *migdesc_pipe_save (const MigdescStatePlan *plan, gconstpointer state, GError **error);
/* bytes: of a plan with an equal schema. On error state is to be cleared. */
gboolean migdesc_pipe_load (const MigdescStatePlan *plan,
                            gpointer state,
                            GByteArray *bytes,
                            GError **error);
/* The same out of a tree and into one. */
GByteArray *migdesc_pipe_save_tree (MigdescTree *tree, GError **error);
gboolean migdesc_pipe_load_tree (MigdescTree *tree, GByteArray *bytes, GError **error);

G_END_DECLS
