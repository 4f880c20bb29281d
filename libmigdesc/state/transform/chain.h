/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transforms.h>

#include "state/transform/change.h"

G_BEGIN_DECLS

/* What transforms consist of, in the order in which it was added; NULL behind the last one. */
MigdescStateType *migdesc_transforms_get_schema (MigdescTransforms *transforms, guint position);
const MigdescChange *migdesc_transforms_get_change (MigdescTransforms *transforms, guint position);

/* The versions (guint) of the shortest chain of steps, both ends included; NULL: there is none. */
GArray *migdesc_transforms_find_chain (MigdescTransforms *transforms, guint from, guint to);

/* The greatest version from minimum to maximum to which steps lead from that version, or back to
 * it; 0 if there is none. */
guint migdesc_transforms_find_end (MigdescTransforms *transforms,
                                   guint version,
                                   gboolean back,
                                   guint minimum,
                                   guint maximum);

/* The name of the first function of a step; NULL: it has none. */
const char *migdesc_transforms_find_function (MigdescTransforms *transforms, guint from, guint to);

G_END_DECLS
