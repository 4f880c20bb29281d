/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "state/walk/walk.h"

G_BEGIN_DECLS

/* What must hold in the struct at base. */
gboolean migdesc_walk_check (MigdescWalk *walk,
                             const MigdescChecks *checks,
                             guint n_checks,
                             guint8 *base,
                             GError **error);

G_END_DECLS
