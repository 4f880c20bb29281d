/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/sides.h"

#include "ops/messages.h"
#include "ops/rules.h"

/* Fills the values by what the descriptor says of the version that the list names. FALSE: it knows
 * no such version. */
static gboolean
fill (MigdescTrial *side)
{
  const MigdescModelCore *model = side->model;
  const MigdescParamList *list = side->list;
  guint32 version;

  if (list->version == NULL && model->version_only)
    {
      migdesc_say_version_required (&side->answer);
      return FALSE;
    }
  if (list->version == NULL)
    {
      migdesc_trial_fill_complete (side);
      return TRUE;
    }
  version = migdesc_model_core_find_version (model, list->version, list->version_length);
  if (version == MIGDESC_NOT_FOUND)
    {
      migdesc_say_version_unknown (&side->answer, list->version);
      return FALSE;
    }
  migdesc_trial_fill_from_version (side, version, FALSE);
  return TRUE;
}

/* Rules 2 to 5, and of rule 6 what comes before them. FALSE: the answer is settled. */
gboolean
migdesc_side_expand (MigdescTrial *side)
{
  if (!migdesc_rules_check_pairs (side))
    return FALSE;
  migdesc_rules_check_undecided (side);
  if (!fill (side))
    return !migdesc_answer_is_settled (&side->answer);
  if (side->missing != NULL && !migdesc_rules_check_missing (side))
    return FALSE;
  return migdesc_rules_check_constraints (side);
}

static gboolean
can_load (const MigdescVersionCore *version)
{
  return version->can_load;
}

void
migdesc_side_check_loadable (MigdescTrial *side)
{
  const MigdescModelCore *model = side->model;
  guint32 version = side->version;

  if (!model->any_unloadable || !migdesc_trial_has_config (side))
    return;
  if (!model->version_only)
    version = migdesc_trial_find_refusing (side, can_load);
  else if (model->versions[version].can_load)
    return;
  if (version != MIGDESC_NOT_FOUND)
    migdesc_say_version_not_loadable (&side->answer, version);
}

static gboolean
is_version (MigdescTrial *side,
            guint32 version)
{
  if (version == side->version)
    return TRUE;
  if (side->model->version_only || !migdesc_trial_has_config (side))
    return FALSE;
  return migdesc_trial_is_version (side, version);
}

void
migdesc_side_check_migratable (MigdescTrial *side,
                               MigdescAnswer *answer,
                               gboolean at_other)
{
  const MigdescModelCore *model = side->model;
  const MigdescVersionCore *versions = model->versions;
  guint32 n = model->any_unmigratable ? model->n_versions : 0;

  if (model->support == MIGDESC_SUPPORT_NONE)
    migdesc_say_unmigratable (answer, model, MIGDESC_NOT_FOUND, at_other);
  for (guint32 i = 0; i < n; i++)
    {
      if (G_LIKELY (versions[i].support != MIGDESC_SUPPORT_NONE))
        continue;
      if (migdesc_answer_is_settled (answer))
        return;
      if (is_version (side, i))
        migdesc_say_unmigratable (answer, model, i, at_other);
    }
}
