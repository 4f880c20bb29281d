/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "model/handles.h"
#include "ops/check.h"
#include "ops/list.h"
#include "ops/messages.h"
#include "ops/plan/plan-private.h"

/**
 * MigdescPlan:
 *
 * What to do on a destination so that it can load the state of a source: one setting for every
 * param of the destination, the source's value or else the destination's own off value.
 *
 * A plan is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescPlan, migdesc_plan, migdesc_plan_ref, migdesc_plan_unref)

/* What a version that is not known says of params nobody can tell: each of them has to be
 * listed. */
static gboolean
lists_every_param (const MigdescTrial *trial)
{
  guint32 n_listed = 0;

  for (guint i = 0; i < trial->n_pairs; i++)
    n_listed += trial->pairs[i].state == MIGDESC_PAIR_OK
                || trial->pairs[i].state == MIGDESC_PAIR_NOT_ALLOWED;
  return n_listed == trial->model->n_params;
}

/* Takes values that are not allowed as well, and in a model of versions alone a version that is not
 * known. FALSE: some param has none. */
static gboolean
complete_values (MigdescTrial *trial)
{
  if (trial->model->version_only)
    return trial->list->version != NULL;
  if (!trial->has_values && !lists_every_param (trial))
    return FALSE;
  if (!trial->has_values)
    migdesc_trial_fill_complete (trial);
  for (guint32 i = 0; trial->missing != NULL && i < trial->model->n_params; i++)
    if (migdesc_bits_get (trial->missing, i))
      return FALSE;
  for (guint i = 0; i < trial->n_pairs; i++)
    {
      if (trial->pairs[i].state == MIGDESC_PAIR_WRONG_TYPE)
        return FALSE;
      if (trial->pairs[i].state == MIGDESC_PAIR_NOT_ALLOWED)
        trial->values[trial->pairs[i].param] = trial->pairs[i].value;
    }
  return TRUE;
}

static MigdescPlan *
make_plan (const MigdescTrial *trial,
           MigdescStore *store)
{
  const MigdescModelCore *model = trial->model;
  MigdescPlan *plan = g_malloc (sizeof *plan + model->n_params * sizeof (MigdescValue));

  g_atomic_ref_count_init (&plan->ref_count);
  plan->store = migdesc_store_ref (store);
  plan->model = model;
  plan->list = migdesc_param_list_ref ((MigdescParamList *) trial->list);
  if (model->n_params > 0)
    memcpy (plan->values, trial->values, model->n_params * sizeof (MigdescValue));
  plan->version = model->version_only ? trial->version
                                      : migdesc_nearest_version (model, plan->values);
  plan->version_name = model->version_only ? plan->list->version : NULL;
  if (plan->version != MIGDESC_NOT_FOUND)
    plan->version_name = model->versions[plan->version].name;
  return plan;
}

static MigdescPlan *
plan_for_model (MigdescStore *store,
                const MigdescModelCore *model,
                const MigdescParamList *list,
                gboolean force,
                MigdescReport *report)
{
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, store, model, list, &migdesc_voice_check, report);
  migdesc_trial_bind (&trial);
  migdesc_check_destination (&trial);
  if (trial.answer.verdict == MIGDESC_VERDICT_INCOMPATIBLE && (!force || !complete_values (&trial)))
    return NULL;
  return make_plan (&trial, store);
}

/**
 * migdesc_descriptor_plan:
 * @destination: what the destination publishes
 * @list: the source's migration parameter list
 * @force: make the plan although the answer is no, if only every param has a value: what is listed,
 * allowed or not, and
 *   what is off; after a version that is not known, what is listed alone
 * @report: (out) (optional) (transfer full): return location for the report of the check, or %NULL
 * @error: return location for a #GError
 *
 * Works out how to set up the destination for a device that runs with @list. That is checked first,
 * as migdesc_descriptor_check() does without the source's descriptor; where the verdict is
 * incompatible there is no plan.
 *
 * A list that names no model is for the destination's only one; %MIGDESC_ERROR_LIST_MODEL_NEEDED if
 * it has several.
 *
 * Returns: (transfer full) (nullable): the plan; %NULL without an error if the answer is no, for
 * which see @report
 *
 * Since: 1.0
 */
MigdescPlan *
migdesc_descriptor_plan (MigdescDescriptor *destination,
                         const MigdescParamList *list,
                         gboolean force,
                         MigdescReport **report,
                         GError **error)
{
  g_autoptr (MigdescReport) answer = NULL;
  const MigdescModelCore *model;
  MigdescName from_list = { NULL };
  const MigdescName *name;
  MigdescStore *store;
  MigdescPlan *plan = NULL;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (destination), NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (report != NULL)
    *report = NULL;
  store = migdesc_descriptor_get_store (destination);
  name = migdesc_check_find_name (store, list, &from_list, error);
  if (name == NULL)
    return NULL;
  answer = migdesc_report_new ();
  model = migdesc_store_find_model (store, name->text, name->length);
  if (model == NULL)
    migdesc_check_without_model (store, name->text, answer);
  else
    plan = plan_for_model (store, model, list, force, answer);
  if (report != NULL)
    *report = g_steal_pointer (&answer);
  return plan;
}

/**
 * migdesc_plan_ref:
 * @plan: a plan
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @plan
 *
 * Since: 1.0
 */
MigdescPlan *
migdesc_plan_ref (MigdescPlan *plan)
{
  g_return_val_if_fail (plan != NULL, NULL);

  g_atomic_ref_count_inc (&plan->ref_count);
  return plan;
}

/**
 * migdesc_plan_unref:
 * @plan: (transfer full): a plan
 *
 * Gives back a reference; the last one frees the plan.
 *
 * Since: 1.0
 */
void
migdesc_plan_unref (MigdescPlan *plan)
{
  g_return_if_fail (plan != NULL);

  if (!g_atomic_ref_count_dec (&plan->ref_count))
    return;
  migdesc_param_list_unref (plan->list);
  migdesc_store_unref (plan->store);
  g_free (plan);
}

/**
 * migdesc_plan_get_model:
 * @plan: a plan
 *
 * Gets the name of the model to be set up.
 *
 * Returns: the name
 *
 * Since: 1.0
 */
const char *
migdesc_plan_get_model (const MigdescPlan *plan)
{
  g_return_val_if_fail (plan != NULL, NULL);

  return plan->model->name;
}

/**
 * migdesc_plan_get_version:
 * @plan: a plan
 *
 * Gets the version to start from where the destination is set up by version: the one over which the
 * fewest params have to be set, the latest of several.
 *
 * Returns: (nullable): the name, or %NULL if the model has no versions
 *
 * Since: 1.0
 */
const char *
migdesc_plan_get_version (const MigdescPlan *plan)
{
  g_return_val_if_fail (plan != NULL, NULL);

  return plan->version_name;
}

/**
 * migdesc_plan_dup_names:
 * @plan: a plan
 *
 * Gets the names of the params to be set, which are all that the destination has, in the order of
 * its document.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names
 *
 * Since: 1.0
 */
char **
migdesc_plan_dup_names (const MigdescPlan *plan)
{
  char **names;

  g_return_val_if_fail (plan != NULL, NULL);

  names = g_new0 (char *, plan->model->n_params + 1);
  for (guint32 i = 0; i < plan->model->n_params; i++)
    names[i] = g_strdup (plan->model->params[i].name);
  return names;
}

/**
 * migdesc_plan_get_value:
 * @plan: a plan
 * @param: the name of a param
 *
 * Gets what a param has to be set to: a boolean (`b`), an int (`t`) or a string (`s`).
 *
 * Returns: (transfer full) (nullable): the value, not floating, or %NULL if the destination has no
 * such param
 *
 * Since: 1.0
 */
GVariant *
migdesc_plan_get_value (const MigdescPlan *plan,
                        const char *param)
{
  guint32 position;

  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (param != NULL, NULL);

  position = migdesc_model_core_find_param (plan->model, param, strlen (param));
  if (position == MIGDESC_NOT_FOUND)
    return NULL;
  return migdesc_value_to_variant ((MigdescValueType) plan->model->params[position].type,
                                   plan->values[position]);
}
