/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/trial.h"

G_BEGIN_DECLS

/* The rules of check, for one side and for the two together. A side is a trial of the source's list
 * on what one descriptor says of the model. */

/* A list is tried on the destination, or on the source to learn what it runs. Findings go to the
 * trial's answer. */
gboolean migdesc_side_expand (MigdescTrial *side);
/* Whether the resulting configuration can be loaded here */
void migdesc_side_check_loadable (MigdescTrial *side);
/* What @side says about the list cannot be migrated; the findings are @answer's. */
void migdesc_side_check_migratable (MigdescTrial *side, MigdescAnswer *answer, gboolean at_other);

G_END_DECLS
