/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/tree.h"

G_BEGIN_DECLS

gboolean migdesc_node_equal (const MigdescNode *node, const MigdescNode *other);
guint migdesc_node_hash (const MigdescNode *node);

G_END_DECLS
