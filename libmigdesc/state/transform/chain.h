/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transforms.h>

G_BEGIN_DECLS

/* The versions (guint) of the shortest chain of steps, both ends included; NULL: there is none. */
GArray *migdesc_transforms_find_chain (MigdescTransforms *transforms, guint from, guint to);

/* NULL behind the last one. */
MigdescStateType *migdesc_transforms_get_schema (MigdescTransforms *transforms, guint position);

G_END_DECLS
