/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/baseline/fleet-baseline-private.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "fleet/fleet-private.h"
#include "model/handles.h"
#include "ops/stores.h"

/**
 * MigdescFleetBaseline:
 *
 * What all hosts of a fleet can take, and what leaving some behind would gain.
 *
 * It tells of the fleet as it was when it was asked. It is immutable, may be used from any thread,
 * and is shared by reference count.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescFleetBaseline, migdesc_fleet_baseline, migdesc_fleet_baseline_ref,
                     migdesc_fleet_baseline_unref)

static void
clear_point (gpointer data)
{
  MigdescFrontPoint *point = data;

  g_free (point->list);
  g_free (point->covered);
}

static guint32
add_candidate (MigdescFleetBaseline *baseline, guint32 *numbers, guint32 descriptor)
{
  MigdescStore *store = baseline->shapes->stores[descriptor];
  const MigdescModelCore *model
      = migdesc_store_find_model (store, baseline->model, strlen (baseline->model));

  if (model == NULL)
    return MIGDESC_NO_CANDIDATE;
  if (numbers[descriptor] == MIGDESC_NO_CANDIDATE)
    {
      numbers[descriptor] = baseline->n_candidates;
      baseline->candidates[baseline->n_candidates++] = (MigdescCandidate) { store, model, 0, 0 };
    }
  return numbers[descriptor];
}

static guint32
candidate_of_shape (MigdescFleetBaseline *baseline, guint32 *numbers, const MigdescShape *shape)
{
  for (guint32 i = 0; i < shape->n_slots; i++)
    {
      guint32 candidate = shape->slots[i].count > 0
                            ? add_candidate (baseline, numbers, shape->slots[i].descriptor)
                            : MIGDESC_NO_CANDIDATE;

      if (candidate != MIGDESC_NO_CANDIDATE)
        return candidate;
    }
  return MIGDESC_NO_CANDIDATE;
}

static void
find_candidates (MigdescFleetBaseline *baseline)
{
  g_autofree guint32 *numbers = g_new (guint32, (gsize) baseline->shapes->n_stores + 1);
  g_autofree guint8 *known = g_new0 (guint8, (gsize) baseline->n_shapes + 1);

  memset (numbers, 0xff, baseline->shapes->n_stores * sizeof *numbers);
  baseline->candidates = g_new (MigdescCandidate, (gsize) baseline->shapes->n_stores + 1);
  baseline->candidate_of = g_new (guint32, (gsize) baseline->n_shapes + 1);
  for (guint32 i = 0; i < baseline->roster->n; i++)
    {
      guint32 shape = baseline->roster->shapes[i];
      MigdescCandidate *candidate;

      if (!known[shape])
        baseline->candidate_of[shape]
            = candidate_of_shape (baseline, numbers, baseline->shapes->shapes[shape]);
      known[shape] = TRUE;
      if (baseline->candidate_of[shape] == MIGDESC_NO_CANDIDATE)
        continue;
      candidate = &baseline->candidates[baseline->candidate_of[shape]];
      if (candidate->n_hosts++ == 0)
        candidate->first_host = i;
      baseline->n_hosts++;
    }
}

static MigdescBaseline *
make_baseline (const MigdescFleetBaseline *baseline, const MigdescLimits *limits, GError **error)
{
  g_autoptr (GPtrArray) descriptors = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint32 i = 0; i < baseline->n_candidates; i++)
    g_ptr_array_add (descriptors,
                     migdesc_descriptor_new_for_store (
                         migdesc_store_ref (baseline->candidates[i].store)));
  return migdesc_baseline_new ((MigdescDescriptor **) descriptors->pdata, descriptors->len,
                               baseline->model, limits, error);
}

/* The only model of the first host that can be used. */
static char *
choose_model (MigdescFleet *fleet, const char *model, GError **error)
{
  for (guint32 i = 0; i < fleet->roster->n && model == NULL; i++)
    {
      const MigdescShape *shape = migdesc_fleet_peek_shape (fleet, i);

      if (shape->n_slots > 0)
        return migdesc_stores_choose_model (&fleet->shapes->stores[shape->slots[0].descriptor], 1,
                                            NULL, error);
    }
  if (model == NULL)
    g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                         "no host of the fleet has a slot");
  return g_strdup (model);
}

/**
 * migdesc_fleet_baseline:
 * @fleet: a fleet
 * @model: (nullable): the name of a model, or %NULL for the only one of the first host's first slot
 * @limits: (nullable): how long to search, %MIGDESC_LIMIT_STEPS, for the baseline and again for the
 * front, or %NULL for the default
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Finds the best configuration that all hosts that have the model can both create and load, and the
 * front of what leaving hosts behind would gain. Hosts without the model, and those that cannot be
 * used, are in neither. Each different descriptor is looked at once. The front is exact unless the
 * search was given up, see migdesc_fleet_baseline_is_exact(). Models that have versions and no
 * params have no part in it.
 *
 * %MIGDESC_ERROR_NOT_UNIQUE and %MIGDESC_ERROR_MODEL_NOT_FOUND as with migdesc_baseline_new(),
 * %MIGDESC_ERROR_INVALID_ARGUMENT if there are no hosts to choose a model from,
 * %MIGDESC_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the baseline, or %NULL on error
 *
 * Since: 1.0
 */
MigdescFleetBaseline *
migdesc_fleet_baseline (MigdescFleet *fleet, const char *model, const MigdescLimits *limits,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (MigdescFleetBaseline) baseline = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if ((name = choose_model (fleet, model, error)) == NULL)
    return NULL;
  baseline = g_new0 (MigdescFleetBaseline, 1);
  g_atomic_ref_count_init (&baseline->ref_count);
  baseline->roster = migdesc_roster_ref (fleet->roster);
  baseline->shapes = migdesc_shapes_ref (fleet->shapes);
  baseline->n_shapes = fleet->shapes->n_shapes;
  baseline->model = g_steal_pointer (&name);
  baseline->front.points = g_array_new (FALSE, FALSE, sizeof (MigdescFrontPoint));
  g_array_set_clear_func (baseline->front.points, clear_point);
  find_candidates (baseline);
  if (baseline->n_candidates == 0)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND,
                           "no host has the model");
      return NULL;
    }
  if ((baseline->baseline = make_baseline (baseline, limits, error)) == NULL)
    return NULL;
  baseline->front.model = baseline->model;
  baseline->front.candidates = baseline->candidates;
  baseline->front.n_candidates = baseline->n_candidates;
  baseline->front.max_steps = migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS);
  return migdesc_front_find (&baseline->front, cancellable, error) ? g_steal_pointer (&baseline)
                                                                   : NULL;
}

/**
 * migdesc_fleet_baseline_ref:
 * @baseline: a baseline
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @baseline
 *
 * Since: 1.0
 */
MigdescFleetBaseline *
migdesc_fleet_baseline_ref (MigdescFleetBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, NULL);

  g_atomic_ref_count_inc (&baseline->ref_count);
  return baseline;
}

/**
 * migdesc_fleet_baseline_unref:
 * @baseline: (transfer full): a baseline
 *
 * Gives back a reference; the last one frees the baseline.
 *
 * Since: 1.0
 */
void
migdesc_fleet_baseline_unref (MigdescFleetBaseline *baseline)
{
  g_return_if_fail (baseline != NULL);

  if (!g_atomic_ref_count_dec (&baseline->ref_count))
    return;
  g_array_unref (baseline->front.points);
  g_clear_pointer (&baseline->baseline, migdesc_baseline_unref);
  g_free (baseline->candidates);
  g_free (baseline->candidate_of);
  g_free (baseline->model);
  migdesc_shapes_unref (baseline->shapes);
  migdesc_roster_unref (baseline->roster);
  g_free (baseline);
}

/**
 * migdesc_fleet_baseline_get_verdict:
 * @baseline: a baseline
 *
 * Tells whether there is a configuration that suits all hosts.
 *
 * Returns: the verdict
 *
 * Since: 1.0
 */
MigdescVerdict
migdesc_fleet_baseline_get_verdict (const MigdescFleetBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, MIGDESC_VERDICT_INCOMPATIBLE);

  return migdesc_baseline_get_verdict (baseline->baseline);
}

/**
 * migdesc_fleet_baseline_get_param_list:
 * @baseline: a baseline
 *
 * Gets the configuration that suits all hosts.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL unless the verdict is compatible
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_fleet_baseline_get_param_list (const MigdescFleetBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, NULL);

  return migdesc_baseline_get_param_list (baseline->baseline);
}

/**
 * migdesc_fleet_baseline_get_report:
 * @baseline: a baseline
 *
 * Gets what keeps the hosts from having one.
 *
 * Returns: (transfer full): the report, empty if the verdict is compatible
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_fleet_baseline_get_report (const MigdescFleetBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, NULL);

  return migdesc_baseline_get_report (baseline->baseline);
}

/**
 * migdesc_fleet_baseline_get_n_hosts:
 * @baseline: a baseline
 *
 * Counts the hosts that have the model.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_baseline_get_n_hosts (const MigdescFleetBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, 0);

  return baseline->n_hosts;
}
