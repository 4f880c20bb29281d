/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/trial.h"

G_BEGIN_DECLS

/* The rules of check that need the descriptors of both sides. Findings go to the destination's
 * answer. */

/* The guest has to see the same device: rule 8. The source's descriptor expands the list to
 * @source. */
void migdesc_pair_check_values (MigdescTrial *destination, MigdescTrial *source);
/* The source's descriptor does not expand the list, or lacks the model. @why: nullable */
void migdesc_pair_say_not_expandable (MigdescAnswer *answer, const char *why);
/* The direction, from the newest version of the source to that of the destination, is promised and
 * tested: rule 9. */
void migdesc_pair_check_direction (MigdescAnswer *answer, const MigdescModelCore *source);

G_END_DECLS
