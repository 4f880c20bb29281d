/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "state/walk/walk.h"

G_BEGIN_DECLS

/* The ops that move data. Each is called again as the walk stands when it was blocked. */

gboolean migdesc_walk_rows (MigdescWalk *walk, GError **error);
gboolean migdesc_walk_items (MigdescWalk *walk, GError **error);
gboolean migdesc_walk_bytes (MigdescWalk *walk, GError **error);
gboolean migdesc_walk_bitmap (MigdescWalk *walk, GError **error);
gboolean migdesc_walk_string (MigdescWalk *walk, GError **error);

G_END_DECLS
