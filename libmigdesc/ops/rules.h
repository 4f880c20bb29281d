/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/trial.h"

G_BEGIN_DECLS

/* The rules that look at one side of a question: a list that was tried on a model. They note what
 * they find in the trial's answer; one that returns FALSE has settled it. */

/* Every name is known, every value of the type and allowed; marks the pairs of which that is not
 * so. */
gboolean migdesc_rules_check_pairs (MigdescTrial *trial);
/* What the list leaves out has an off value. */
gboolean migdesc_rules_check_missing (MigdescTrial *trial);
/* The values satisfy the constraints of which all params have one. */
gboolean migdesc_rules_check_constraints (MigdescTrial *trial);
/* After the pairs: values of which nobody knows whether the device takes them. */
void migdesc_rules_check_undecided (MigdescTrial *trial);

G_END_DECLS
