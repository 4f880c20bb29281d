/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-expand.h>

#include "model/handles.h"
#include "ops/baseline/baseline-private.h"
#include "ops/baseline/baseline-words.h"
#include "ops/stores.h"

/**
 * MigdescBaseline:
 *
 * The best configuration that every one of many hosts can both create and load, so that a device
 * that is created with it can go to each of them.
 *
 * A baseline is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescBaseline,
                     migdesc_baseline,
                     migdesc_baseline_ref,
                     migdesc_baseline_unref)

static void
find_best (const MigdescBaseline *baseline,
           guint32 without,
           MigdescBest *best,
           MigdescReport *report)
{
  g_auto (MigdescHosts) hosts = { NULL };

  memset (best, 0, sizeof *best);
  best->verdict = MIGDESC_VERDICT_INCOMPATIBLE;
  migdesc_hosts_init (&hosts, baseline->stores, baseline->n_stores, without, baseline->model);
  if (hosts.n_hosts == 0)
    return;
  if (migdesc_hosts_have_model (&hosts))
    migdesc_hosts_find_best (&hosts, baseline->max_steps, best);
  if (report != NULL)
    migdesc_hosts_say_best (&hosts, baseline->model, best, report);
}

/**
 * migdesc_baseline_new:
 * @descriptors: (array length=n_descriptors): what the hosts publish
 * @n_descriptors: the number of hosts, at least 1
 * @model: (nullable): the name of a model, or %NULL for the only one of the first descriptor
 * @limits: (nullable): how long to search, %MIGDESC_LIMIT_STEPS, or %NULL for the default
 * @error: return location for a #GError
 *
 * Finds the best configuration that every host can both create and load: the newest version, in the
 * order of the first descriptor, that all have with equal expansion; else, param by param in
 * document order, the first combination that every host accepts. A param's candidates are, in this
 * order: the init values, the first descriptor's first; the value of the first descriptor's newest
 * version; the ends of the intervals that all allow, downwards; off; the strings or bools that all
 * allow, sorted. Off counts as allowed, and where hosts differ in their off values a param is off
 * at all of them or at none. A param that some host lacks has to be off.
 *
 * The search tries at most as many configurations as %MIGDESC_LIMIT_STEPS says, 1,000,000 by
 * default, in part or whole; past that the verdict is undecided. It is undecided also if nothing is
 * accepted for sure, but something by hosts that may still refuse it. The limit also holds for
 * migdesc_baseline_get_param_list_without().
 *
 * %MIGDESC_ERROR_NOT_UNIQUE if @model is %NULL and the first descriptor has not one model,
 * %MIGDESC_ERROR_MODEL_NOT_FOUND if no descriptor has @model, %MIGDESC_ERROR_INVALID_ARGUMENT if
 * there are no descriptors.
 *
 * Returns: (transfer full): the baseline, or %NULL on error
 *
 * Since: 1.0
 */
MigdescBaseline *
migdesc_baseline_new (MigdescDescriptor **descriptors,
                      gsize n_descriptors,
                      const char *model,
                      const MigdescLimits *limits,
                      GError **error)
{
  g_autoptr (MigdescBaseline) baseline = NULL;
  MigdescBest best;

  g_return_val_if_fail (descriptors != NULL || n_descriptors == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (n_descriptors == 0 || n_descriptors >= G_MAXUINT32)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                           "a baseline needs a descriptor");
      return NULL;
    }
  baseline = g_new0 (MigdescBaseline, 1);
  g_atomic_ref_count_init (&baseline->ref_count);
  baseline->report = migdesc_report_new ();
  baseline->n_stores = (guint32) n_descriptors;
  baseline->max_steps = migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS);
  baseline->stores = g_new (MigdescStore *, n_descriptors);
  for (gsize i = 0; i < n_descriptors; i++)
    baseline->stores[i] = migdesc_store_ref (migdesc_descriptor_get_store (descriptors[i]));
  baseline->model
      = migdesc_stores_choose_model (baseline->stores, baseline->n_stores, model, error);
  if (baseline->model == NULL)
    return NULL;

  find_best (baseline, baseline->n_stores, &best, baseline->report);
  baseline->verdict = best.verdict;
  baseline->config = best.config;
  return g_steal_pointer (&baseline);
}

/**
 * migdesc_baseline_ref:
 * @baseline: a baseline
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @baseline
 *
 * Since: 1.0
 */
MigdescBaseline *
migdesc_baseline_ref (MigdescBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, NULL);

  g_atomic_ref_count_inc (&baseline->ref_count);
  return baseline;
}

/**
 * migdesc_baseline_unref:
 * @baseline: (transfer full): a baseline
 *
 * Gives back a reference; the last one frees the baseline.
 *
 * Since: 1.0
 */
void
migdesc_baseline_unref (MigdescBaseline *baseline)
{
  g_return_if_fail (baseline != NULL);

  if (!g_atomic_ref_count_dec (&baseline->ref_count))
    return;
  for (guint32 i = 0; i < baseline->n_stores; i++)
    migdesc_store_unref (baseline->stores[i]);
  g_free (baseline->stores);
  g_free (baseline->model);
  g_clear_pointer (&baseline->config, migdesc_config_unref);
  migdesc_report_unref (baseline->report);
  g_free (baseline);
}

/**
 * migdesc_baseline_get_verdict:
 * @baseline: a baseline
 *
 * Tells whether there is a configuration that suits all hosts.
 *
 * Returns: the verdict
 *
 * Since: 1.0
 */
MigdescVerdict
migdesc_baseline_get_verdict (const MigdescBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, MIGDESC_VERDICT_INCOMPATIBLE);

  return baseline->verdict;
}

/**
 * migdesc_baseline_get_param_list:
 * @baseline: a baseline
 *
 * Gets the configuration as a migration parameter list, complete, with its model in front.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL unless the verdict is compatible
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_baseline_get_param_list (const MigdescBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, NULL);

  return baseline->config != NULL ? migdesc_config_to_param_list (baseline->config) : NULL;
}

/**
 * migdesc_baseline_get_config:
 * @baseline: a baseline
 *
 * Gets the configuration, as one of the first descriptor's model.
 *
 * Returns: (transfer full) (nullable): the configuration, or %NULL unless the verdict is compatible
 *
 * Since: 1.0
 */
MigdescConfig *
migdesc_baseline_get_config (const MigdescBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, NULL);

  return baseline->config != NULL ? migdesc_config_ref (baseline->config) : NULL;
}

/**
 * migdesc_baseline_get_report:
 * @baseline: a baseline
 *
 * Gets what keeps the hosts from having one; a finding about one host has its origin.
 *
 * Returns: (transfer full): the report, empty if the verdict is compatible
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_baseline_get_report (const MigdescBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, NULL);

  return migdesc_report_ref (baseline->report);
}

MigdescConfig *
migdesc_baseline_find_without (const MigdescBaseline *baseline,
                               guint32 position,
                               MigdescVerdict *verdict)
{
  MigdescBest best;

  find_best (baseline, position, &best, NULL);
  *verdict = best.verdict;
  return best.config;
}

/**
 * migdesc_baseline_get_param_list_without:
 * @baseline: a baseline
 * @position: the position of a host among the descriptors, from 0
 *
 * Works out what that host costs: the baseline that the other hosts would have. This takes as long
 * as making a baseline.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL if the others have none, or there are no
 * others
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_baseline_get_param_list_without (const MigdescBaseline *baseline,
                                         gsize position)
{
  g_autoptr (MigdescConfig) config = NULL;
  MigdescVerdict verdict;

  g_return_val_if_fail (baseline != NULL, NULL);
  g_return_val_if_fail (position < baseline->n_stores, NULL);

  config = migdesc_baseline_find_without (baseline, (guint32) position, &verdict);
  return config != NULL ? migdesc_config_to_param_list (config) : NULL;
}
