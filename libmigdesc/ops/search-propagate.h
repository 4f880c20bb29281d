/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/search.h"

G_BEGIN_DECLS

/* The descent of searches that take any solution: what a choice rules out elsewhere is crossed out
 * at once, and the variable with the fewest choices left comes next. */

void migdesc_search_propagate_prepare (MigdescSearch *search);
/* Over the @n variables of a component; those of others keep what they have. */
MigdescSearchOutcome migdesc_search_propagate (MigdescSearch *search,
                                               const guint32 *order,
                                               guint32 n);

G_END_DECLS
