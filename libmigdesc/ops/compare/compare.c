/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "model/codes.h"
#include "model/handles.h"
#include "model/report-private.h"
#include "ops/answer.h"
#include "ops/compare/compare-agree.h"
#include "ops/compare/compare-identical.h"
#include "ops/compare/compare-private.h"
#include "ops/compare/compare-versions.h"
#include "ops/compare/compare-words.h"
#include "ops/messages.h"
#include "ops/pair.h"
#include "ops/state-schemas.h"

/**
 * MigdescComparison:
 *
 * How two models relate: which configurations of a source's model could be migrated to a
 * destination's.
 *
 * A comparison is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescComparison,
                     migdesc_comparison,
                     migdesc_comparison_ref,
                     migdesc_comparison_unref)

static MigdescRelation
compare_params (MigdescComparison *comparison,
                MigdescAnswer *answer,
                guint64 max_steps)
{
  g_auto (MigdescSpace) space = { NULL };
  g_auto (MigdescFate) fate = { NULL };

  migdesc_space_init (&space, comparison->source, answer->model, max_steps);
  migdesc_fate_find (&fate, &space);
  migdesc_agree_limit (&fate);
  migdesc_compare_say_fate (answer, &fate);
  if (fate.relation == MIGDESC_RELATION_COMPATIBLE)
    comparison->agreement_store = migdesc_agree_on_all (comparison->source);
  else if (fate.relation == MIGDESC_RELATION_CONDITIONAL)
    {
      migdesc_fate_tighten (&fate);
      comparison->agreement_store = migdesc_agree_on_fate (&fate);
    }
  return fate.relation;
}

static MigdescRelation
compare_different (MigdescComparison *comparison,
                   MigdescAnswer *answer,
                   guint64 max_steps)
{
  const MigdescModelCore *source = comparison->source;
  gboolean same_name = strcmp (source->name, answer->model->name) == 0;

  if (!migdesc_compare_say_models (answer, source, same_name))
    return MIGDESC_RELATION_INCOMPATIBLE;
  if (source->version_only && !answer->model->version_only)
    {
      migdesc_compare_say_version_alone (answer);
      return MIGDESC_RELATION_INCOMPATIBLE;
    }
  if (source->version_only)
    return migdesc_compare_versions (answer, source, &comparison->agreement_store);
  if (answer->model->version_only)
    {
      migdesc_say_version_required (answer);
      return MIGDESC_RELATION_INCOMPATIBLE;
    }
  return compare_params (comparison, answer, max_steps);
}

/* Rule 10 holds for all configurations alike. */
static void
take_states (MigdescComparison *comparison,
             MigdescAnswer *answer)
{
  MigdescVerdict before = answer->verdict;

  if (!migdesc_check_state_schemas (answer, comparison->source, NULL))
    {
      comparison->relation = MIGDESC_RELATION_INCOMPATIBLE;
      g_clear_pointer (&comparison->agreement_store, migdesc_store_unref);
    }
  else if (answer->verdict == MIGDESC_VERDICT_UNDECIDED && before != answer->verdict
           && comparison->relation <= MIGDESC_RELATION_COMPATIBLE)
    comparison->relation = MIGDESC_RELATION_UNDECIDED;
}

/**
 * migdesc_model_compare:
 * @source: the source's model
 * @destination: the destination's model
 * @limits: (nullable): how long to search, %MIGDESC_LIMIT_STEPS, or %NULL for the default
 *
 * Tells how two models relate.
 *
 * A configuration of the source is any that its allowed values (with the off value of each param)
 * and its constraints permit, whether or not a version is that configuration and can be created.
 * Each is checked as if its list came to the destination, with the descriptors of both sides known:
 *
 * - %MIGDESC_RELATION_IDENTICAL: same params, versions, flags, constraints and promises;
 * - %MIGDESC_RELATION_COMPATIBLE: every configuration passes;
 * - %MIGDESC_RELATION_CONDITIONAL: some do, and the agreeing set says which;
 * - %MIGDESC_RELATION_INCOMPATIBLE: none does;
 * - %MIGDESC_RELATION_UNDECIDED: the destination does not say which values it allows for some
 * configuration that
 *   nothing else speaks against, or the search was too long: it tries at most as many
 * configurations as
 *   %MIGDESC_LIMIT_STEPS says, 1,000,000 by default, in part or whole.
 *
 * Returns: (transfer full): the comparison
 *
 * Since: 1.0
 */
MigdescComparison *
migdesc_model_compare (MigdescModel *source,
                       MigdescModel *destination,
                       const MigdescLimits *limits)
{
  const MigdescModelCore *destination_core;
  MigdescComparison *comparison;
  MigdescAnswer answer;

  g_return_val_if_fail (MIGDESC_IS_MODEL (source), NULL);
  g_return_val_if_fail (MIGDESC_IS_MODEL (destination), NULL);

  destination_core = migdesc_model_get_core (destination);
  comparison = g_new0 (MigdescComparison, 1);
  g_atomic_ref_count_init (&comparison->ref_count);
  comparison->report = migdesc_report_new ();
  comparison->source_store = migdesc_store_ref (migdesc_model_get_store (source));
  comparison->source = migdesc_model_get_core (source);
  migdesc_answer_init (&answer, migdesc_model_get_store (destination), destination_core,
                       destination_core->name, &migdesc_voice_check, comparison->report);
  if (migdesc_models_are_identical (comparison->source, destination_core))
    comparison->agreement_store = migdesc_agree_on_all (comparison->source);
  else
    comparison->relation = compare_different (comparison, &answer,
                                              migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS));
  take_states (comparison, &answer);
  if (comparison->agreement_store != NULL)
    comparison->agreement = comparison->agreement_store->models;
  if (answer.verdict != MIGDESC_VERDICT_INCOMPATIBLE
      || comparison->relation == MIGDESC_RELATION_CONDITIONAL)
    migdesc_pair_check_direction (&answer, comparison->source);
  return comparison;
}

/**
 * migdesc_comparison_ref:
 * @comparison: a comparison
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @comparison
 *
 * Since: 1.0
 */
MigdescComparison *
migdesc_comparison_ref (MigdescComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  g_atomic_ref_count_inc (&comparison->ref_count);
  return comparison;
}

/**
 * migdesc_comparison_unref:
 * @comparison: (transfer full): a comparison
 *
 * Gives back a reference; the last one frees the comparison.
 *
 * Since: 1.0
 */
void
migdesc_comparison_unref (MigdescComparison *comparison)
{
  g_return_if_fail (comparison != NULL);

  if (!g_atomic_ref_count_dec (&comparison->ref_count))
    return;
  migdesc_report_unref (comparison->report);
  migdesc_store_unref (comparison->source_store);
  g_clear_pointer (&comparison->agreement_store, migdesc_store_unref);
  g_free (comparison);
}

/**
 * migdesc_comparison_get_relation:
 * @comparison: a comparison
 *
 * Gets how the models relate.
 *
 * Returns: the relation
 *
 * Since: 1.0
 */
MigdescRelation
migdesc_comparison_get_relation (const MigdescComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, MIGDESC_RELATION_INCOMPATIBLE);

  return comparison->relation;
}

/**
 * migdesc_comparison_get_report:
 * @comparison: a comparison
 *
 * Gets what stands between the models: a finding for each param, constraint and version that makes
 * the destination refuse some configuration, or perhaps refuse it. The findings' pointers are into
 * the destination's document.
 *
 * Returns: (transfer full): the report; its verdict is `incompatible` also for a conditional
 * relation
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_comparison_get_report (const MigdescComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  return migdesc_report_ref (comparison->report);
}

/**
 * migdesc_comparison_dup_params:
 * @comparison: a comparison
 *
 * Gets the names of the params of which there are agreeing values: those of the source, or
 * `version` for a model that has versions and no params.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names; none if the relation is
 * incompatible or undecided
 *
 * Since: 1.0
 */
char **
migdesc_comparison_dup_params (const MigdescComparison *comparison)
{
  guint32 n;
  char **names;

  g_return_val_if_fail (comparison != NULL, NULL);

  n = comparison->agreement != NULL ? comparison->agreement->n_params : 0;
  names = g_new0 (char *, n + 1);
  for (guint32 i = 0; i < n; i++)
    names[i] = g_strdup (comparison->agreement->params[i].name);
  return names;
}

/**
 * migdesc_comparison_get_agreeing_values:
 * @comparison: a comparison
 * @param: the name of a param
 *
 * Gets the values of a param that some configuration has that passes. A configuration of the source
 * passes if each of its values is an agreeing value and the constraints of
 * migdesc_comparison_get_constraints() hold.
 *
 * Returns: (transfer full) (nullable): the values, or %NULL if the source has no such param or
 * there is no agreement
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_comparison_get_agreeing_values (const MigdescComparison *comparison,
                                        const char *param)
{
  guint32 position;

  g_return_val_if_fail (comparison != NULL, NULL);
  g_return_val_if_fail (param != NULL, NULL);

  if (comparison->agreement == NULL)
    return NULL;
  position = migdesc_model_core_find_param (comparison->agreement, param, strlen (param));
  if (position == MIGDESC_NOT_FOUND)
    return NULL;
  return migdesc_store_view_set (comparison->agreement_store,
                                 &comparison->agreement->params[position].allowed);
}

static GObject *
make_constraint (gpointer store,
                 guint position)
{
  MigdescStore *agreement = store;
  const MigdescModelCore *model = agreement->models;

  return G_OBJECT (
      migdesc_constraint_new_for_core (agreement, model, &model->constraints[position]));
}

/**
 * migdesc_comparison_get_constraints:
 * @comparison: a comparison
 *
 * Gets the constraints that a configuration has to keep besides having agreeing values: those of
 * the destination that the agreeing values and the source's constraints do not imply, and a
 * forbidding one for each version that cannot be loaded or migrated.
 *
 * Returns: (transfer full): a list of #MigdescConstraint
 *
 * Since: 1.0
 */
GListModel *
migdesc_comparison_get_constraints (const MigdescComparison *comparison)
{
  MigdescStore *store;

  g_return_val_if_fail (comparison != NULL, NULL);

  store = comparison->agreement_store;
  if (store == NULL)
    return G_LIST_MODEL (g_list_store_new (MIGDESC_TYPE_CONSTRAINT));
  return migdesc_items_new (MIGDESC_TYPE_CONSTRAINT, comparison->agreement->n_constraints,
                            make_constraint, migdesc_store_ref (store), migdesc_store_release);
}
