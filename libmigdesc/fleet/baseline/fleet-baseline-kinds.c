/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which hosts cost what: hosts of one descriptor, a kind, cost the same, and only leaving all of
 * them behind gains anything. */

#include "fleet/baseline/fleet-baseline-private.h"

/**
 * migdesc_fleet_baseline_get_n_kinds:
 * @baseline: a baseline
 *
 * Counts the different descriptors that hosts have with the model. Hosts that have the same one are
 * of a kind: they cost the same, and leaving them behind gains only if all of them are left.
 *
 * Returns: their number, at least 1
 *
 * Since: 1.0
 */
guint
migdesc_fleet_baseline_get_n_kinds (const MigdescFleetBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, 0);

  return baseline->n_candidates;
}

static gboolean
has_kind (const MigdescFleetBaseline *baseline, guint kind)
{
  return baseline != NULL && kind < baseline->n_candidates;
}

/**
 * migdesc_fleet_baseline_get_kind_n_hosts:
 * @baseline: a baseline
 * @kind: a kind of hosts, from 0, in the order of their first hosts
 *
 * Counts the hosts of a kind.
 *
 * Returns: their number, at least 1
 *
 * Since: 1.0
 */
guint
migdesc_fleet_baseline_get_kind_n_hosts (const MigdescFleetBaseline *baseline, guint kind)
{
  g_return_val_if_fail (has_kind (baseline, kind), 0);

  return baseline->candidates[kind].n_hosts;
}

static guint32
kind_of_host (const MigdescFleetBaseline *baseline, guint32 host)
{
  return baseline->candidate_of[baseline->roster->shapes[host]];
}

/**
 * migdesc_fleet_baseline_get_kind_name:
 * @baseline: a baseline
 * @kind: a kind of hosts, from 0
 *
 * Gets the name of the first host of a kind.
 *
 * Returns: the name
 *
 * Since: 1.0
 */
const char *
migdesc_fleet_baseline_get_kind_name (const MigdescFleetBaseline *baseline, guint kind)
{
  g_return_val_if_fail (has_kind (baseline, kind), NULL);

  return migdesc_roster_name (baseline->roster, baseline->candidates[kind].first_host);
}

/**
 * migdesc_fleet_baseline_dup_kinds:
 * @baseline: a baseline
 *
 * Tells of all hosts of which kind they are, in the order of positions.
 *
 * Returns: (transfer full): a 32-bit number in the order of bytes of this machine for each host;
 * 0xffffffff if it does not have the model
 *
 * Since: 1.0
 */
GBytes *
migdesc_fleet_baseline_dup_kinds (const MigdescFleetBaseline *baseline)
{
  guint32 *column;

  g_return_val_if_fail (baseline != NULL, NULL);

  column = g_new (guint32, (gsize) baseline->roster->n + 1);
  for (guint32 i = 0; i < baseline->roster->n; i++)
    column[i] = kind_of_host (baseline, i);
  return g_bytes_new_take (column, baseline->roster->n * sizeof *column);
}

/**
 * migdesc_fleet_baseline_get_param_list_without:
 * @baseline: a baseline
 * @kind: a kind of hosts, from 0
 *
 * Finds the best configuration that suits all hosts but those of a kind: where it differs from that
 * of all, that is what these hosts cost. It is searched for when this is called.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL if there is none without them either
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_fleet_baseline_get_param_list_without (const MigdescFleetBaseline *baseline, guint kind)
{
  g_return_val_if_fail (has_kind (baseline, kind), NULL);

  return migdesc_baseline_get_param_list_without (baseline->baseline, kind);
}

char *
migdesc_fleet_baseline_describe_gain (const MigdescFleetBaseline *baseline, guint kind)
{
  g_autoptr (MigdescParamList) best = migdesc_fleet_baseline_get_param_list (baseline);
  g_autoptr (MigdescParamList) without
      = migdesc_fleet_baseline_get_param_list_without (baseline, kind);

  if (without == NULL || (best != NULL && migdesc_param_list_equal (best, without)))
    return NULL;
  return migdesc_param_list_to_string (without);
}
