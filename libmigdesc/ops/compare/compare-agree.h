/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/compare/compare-search.h"

G_BEGIN_DECLS

/* Leaves a fate undecided of which it would take too many constraints to write down what is
 * agreed. */
void migdesc_agree_limit (MigdescFate *fate);
/* What the models agree on, as a store with one model: of a fate that was tightened, the values
 * agreed and the constraints that remain. */
MigdescStore *migdesc_agree_on_fate (const MigdescFate *fate);
/* All that the source accepts */
MigdescStore *migdesc_agree_on_all (const MigdescModelCore *source);

G_END_DECLS
