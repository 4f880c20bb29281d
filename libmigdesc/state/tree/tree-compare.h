/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/tree/tree.h"

G_BEGIN_DECLS

/* They set the ends of what they have gone through. */
gboolean migdesc_node_equal (MigdescNode *node, MigdescNode *other);
guint migdesc_node_hash (MigdescNode *node);

G_END_DECLS
