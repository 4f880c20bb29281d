/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "state/walk/walk.h"

G_BEGIN_DECLS

typedef enum
{
  MIGDESC_WALK_DONE,
  MIGDESC_WALK_BLOCKED, /* call migdesc_walk_go again when there is more data or room */
  MIGDESC_WALK_FAILED
} MigdescWalkStatus;

MigdescWalkStatus migdesc_walk_go (MigdescWalk *walk, GError **error);

/* Ops of all walks: into a nested struct, out of what is no array, and what must hold. */
gboolean migdesc_walk_struct (MigdescWalk *walk, GError **error);
gboolean migdesc_walk_end_block (MigdescWalk *walk, GError **error);
gboolean migdesc_walk_do_check (MigdescWalk *walk, GError **error);

/* All at once, for a visitor that never blocks. */
gboolean migdesc_walk_all (const MigdescStatePlan *plan,
                           MigdescVisitor *visitor,
                           gpointer state,
                           GError **error);

G_END_DECLS
