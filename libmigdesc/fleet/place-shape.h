/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fleet/select/selection-private.h"

G_BEGIN_DECLS

/* Finds the best way to place all devices on hosts of a shape: the rank, the remedies, each
 * device's slot. */
void migdesc_place_on_shape (const MigdescSelection *selection, guint32 shape,
                             MigdescPlacement *placement, guint32 *slots);

G_END_DECLS
