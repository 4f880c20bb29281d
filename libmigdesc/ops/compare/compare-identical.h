/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* The same params, versions, flags, constraints and promises. The order of versions counts, that of
 * params and constraints does not; nor does what only describes. */
gboolean migdesc_models_are_identical (const MigdescModelCore *source,
                                       const MigdescModelCore *destination);

G_END_DECLS
