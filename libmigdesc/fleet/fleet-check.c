/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/fleet-check-private.h"

#include <string.h>

#include "fleet/fleet-private.h"
#include "model/handles.h"

/**
 * MigdescFleetCheck:
 *
 * What the hosts of a fleet say to a device.
 *
 * It tells of the fleet as it was when it was asked. It is immutable and shared by reference count,
 * and may be used from any thread as long as none changes the fleet.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescFleetCheck, migdesc_fleet_check, migdesc_fleet_check_ref,
                     migdesc_fleet_check_unref)

/* In the order from good to bad */
static const guint8 verdict_ranks[] = {
  [MIGDESC_VERDICT_COMPATIBLE] = 0,
  [MIGDESC_VERDICT_UNDECIDED] = 1,
  [MIGDESC_VERDICT_INCOMPATIBLE] = 2,
  [MIGDESC_HOST_NOT_ANSWERED] = 3,
};

static guint8
verdict_of_shape (const MigdescShape *shape, const guint8 *verdicts)
{
  guint8 best = shape->error != NULL ? MIGDESC_HOST_NOT_ANSWERED : MIGDESC_VERDICT_INCOMPATIBLE;
  gboolean any = FALSE;

  for (guint32 i = 0; i < shape->n_slots; i++)
    {
      guint8 verdict = verdicts[shape->slots[i].descriptor];

      if (shape->slots[i].count > 0 && (!any || verdict_ranks[verdict] < verdict_ranks[best]))
        {
          best = verdict;
          any = TRUE;
        }
    }
  return best;
}

/* Eight hosts a step: what is written is counted in the register, its low two bits a byte. */
static guint64
take_eight (const guint8 *table, const guint32 *shapes)
{
#define AT(i) ((guint64) table[shapes[i]] << ((i) * 8))

  /* A loop would stay one. */
  return (AT (0) | AT (1)) | (AT (2) | AT (3)) | ((AT (4) | AT (5)) | (AT (6) | AT (7)));

#undef AT
}

#define ONES G_GUINT64_CONSTANT (0x0101010101010101)

/* Of a sum a byte for up to 255 steps */
static guint32
sum_bytes (guint64 word)
{
  guint32 sum = 0;

  for (guint i = 0; i < 8; i++)
    sum += (guint32) (word >> (i * 8)) & 0xff;
  return sum;
}

static void
fill_block (MigdescFleetCheck *check, const guint32 *shapes, guint8 *column, guint n_steps)
{
  guint64 low = 0;  /* incompatible and not answered */
  guint64 high = 0; /* undecided and not answered */
  guint64 both = 0;

  for (guint i = 0; i < n_steps; i++)
    {
      guint64 word = GUINT64_TO_LE (take_eight (check->shape_verdicts, shapes + i * 8));

      memcpy (column + i * 8, &word, sizeof word);
      low += word & ONES;
      high += word >> 1 & ONES;
      both += word & word >> 1 & ONES;
    }
  check->counts[MIGDESC_VERDICT_INCOMPATIBLE] += sum_bytes (low) - sum_bytes (both);
  check->counts[MIGDESC_VERDICT_UNDECIDED] += sum_bytes (high) - sum_bytes (both);
  check->counts[MIGDESC_HOST_NOT_ANSWERED] += sum_bytes (both);
}

static void
fill_column (MigdescFleetCheck *check)
{
  guint32 n = check->roster->n;
  const guint32 *shapes = check->roster->shapes;
  guint8 *column = g_malloc ((gsize) n + 1);
  guint32 done = 0;

  while (n - done >= 8)
    {
      guint n_steps = MIN ((n - done) / 8, 255);

      fill_block (check, shapes + done, column + done, n_steps);
      done += n_steps * 8;
    }
  for (; done < n; done++)
    {
      column[done] = check->shape_verdicts[shapes[done]];
      check->counts[column[done]] += column[done] != MIGDESC_VERDICT_COMPATIBLE;
    }
  check->counts[MIGDESC_VERDICT_COMPATIBLE] = n - check->counts[1] - check->counts[2]
                                              - check->counts[3];
  check->verdicts = g_bytes_new_take (column, n);
}

/**
 * migdesc_fleet_check:
 * @fleet: a fleet
 * @list: the source's migration parameter list
 * @source: (nullable): what the source publishes, if known
 * @only: (nullable) (array zero-terminated=1): names of the params that matter, or %NULL for all
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Asks every host whether a device that runs with @list can be migrated to it, as
 * migdesc_descriptor_check() asks one. Each different descriptor is asked once.
 *
 * %MIGDESC_ERROR_CANCELLED is the only error; a host that could not be asked has
 * %MIGDESC_HOST_NOT_ANSWERED for a verdict.
 *
 * Returns: (transfer full): the answers, or %NULL on error
 *
 * Since: 1.0
 */
MigdescFleetCheck *
migdesc_fleet_check (MigdescFleet *fleet, const MigdescParamList *list, MigdescDescriptor *source,
                     const char *const *only, GCancellable *cancellable, GError **error)
{
  g_autoptr (MigdescFleetCheck) check = NULL;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (source == NULL || MIGDESC_IS_DESCRIPTOR (source), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  check = g_new0 (MigdescFleetCheck, 1);
  g_atomic_ref_count_init (&check->ref_count);
  check->roster = migdesc_roster_ref (fleet->roster);
  migdesc_answers_init (&check->answers, fleet->shapes, list,
                        source != NULL ? migdesc_descriptor_get_store (source) : NULL, only);
  if (!migdesc_answers_ask (&check->answers, cancellable, error))
    return NULL;
  check->n_shapes = fleet->shapes->n_shapes;
  check->shape_verdicts = g_malloc ((gsize) check->n_shapes + 1);
  for (guint32 i = 0; i < check->n_shapes; i++)
    check->shape_verdicts[i]
        = verdict_of_shape (fleet->shapes->shapes[i], check->answers.verdicts);
  fill_column (check);
  return g_steal_pointer (&check);
}

/**
 * migdesc_fleet_check_ref:
 * @check: answers
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @check
 *
 * Since: 1.0
 */
MigdescFleetCheck *
migdesc_fleet_check_ref (MigdescFleetCheck *check)
{
  g_return_val_if_fail (check != NULL, NULL);

  g_atomic_ref_count_inc (&check->ref_count);
  return check;
}

/**
 * migdesc_fleet_check_unref:
 * @check: (transfer full): answers
 *
 * Gives back a reference; the last one frees the answers.
 *
 * Since: 1.0
 */
void
migdesc_fleet_check_unref (MigdescFleetCheck *check)
{
  g_return_if_fail (check != NULL);

  if (!g_atomic_ref_count_dec (&check->ref_count))
    return;
  g_clear_pointer (&check->reasons, migdesc_reasons_free);
  g_clear_pointer (&check->verdicts, g_bytes_unref);
  migdesc_answers_clear (&check->answers);
  migdesc_roster_unref (check->roster);
  g_free (check->shape_verdicts);
  g_free (check);
}

/**
 * migdesc_fleet_check_get_n_hosts:
 * @check: answers
 *
 * Counts the hosts that were asked.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_check_get_n_hosts (const MigdescFleetCheck *check)
{
  g_return_val_if_fail (check != NULL, 0);

  return check->roster->n;
}

/**
 * migdesc_fleet_check_count:
 * @check: answers
 * @verdict: a #MigdescVerdict, or %MIGDESC_HOST_NOT_ANSWERED
 *
 * Counts the hosts of one verdict.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_check_count (const MigdescFleetCheck *check, guint verdict)
{
  g_return_val_if_fail (check != NULL, 0);
  g_return_val_if_fail (verdict <= MIGDESC_HOST_NOT_ANSWERED, 0);

  return check->counts[verdict];
}

/**
 * migdesc_fleet_check_dup_verdicts:
 * @check: answers
 *
 * Gets the verdicts of all hosts.
 *
 * Returns: (transfer full): a byte for each host, a #MigdescVerdict or %MIGDESC_HOST_NOT_ANSWERED
 *
 * Since: 1.0
 */
GBytes *
migdesc_fleet_check_dup_verdicts (const MigdescFleetCheck *check)
{
  g_return_val_if_fail (check != NULL, NULL);

  return g_bytes_ref (check->verdicts);
}

/**
 * migdesc_fleet_check_get_verdict:
 * @check: answers
 * @position: a host's position
 *
 * Gets the verdict of one host.
 *
 * Returns: a #MigdescVerdict, or %MIGDESC_HOST_NOT_ANSWERED
 *
 * Since: 1.0
 */
guint
migdesc_fleet_check_get_verdict (const MigdescFleetCheck *check, guint position)
{
  g_return_val_if_fail (check != NULL, MIGDESC_HOST_NOT_ANSWERED);
  g_return_val_if_fail (position < check->roster->n, MIGDESC_HOST_NOT_ANSWERED);

  return check->shape_verdicts[check->roster->shapes[position]];
}

/**
 * migdesc_fleet_check_get_report:
 * @check: answers
 * @position: a host's position
 * @error: return location for a #GError
 *
 * Gets all that a host has to say: the report of its first slot of the host's verdict; of slots
 * that refuse, of the first with the fewest blockers. A host without a slot for any device has the
 * finding `no-free-slot`.
 *
 * If the host was not answered: %MIGDESC_ERROR_LIST_MODEL_NEEDED, or the error of
 * migdesc_fleet_get_error().
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_fleet_check_get_report (MigdescFleetCheck *check, guint position, GError **error)
{
  g_return_val_if_fail (check != NULL, NULL);
  g_return_val_if_fail (position < check->roster->n, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return migdesc_fleet_check_report_shape (check, check->roster->shapes[position], error);
}
