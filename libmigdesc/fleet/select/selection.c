/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/select/selection-private.h"

#include "fleet/select/matching.h"

/**
 * MigdescSelection:
 *
 * The hosts of a fleet, ranked by how well they can take some devices.
 *
 * It tells of the fleet as it was when it was asked. It is immutable and shared by reference count,
 * and may be used from any thread as long as none changes the fleet.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescSelection, migdesc_selection, migdesc_selection_ref,
                     migdesc_selection_unref)

/**
 * migdesc_selection_ref:
 * @selection: a selection
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @selection
 *
 * Since: 1.0
 */
MigdescSelection *
migdesc_selection_ref (MigdescSelection *selection)
{
  g_return_val_if_fail (selection != NULL, NULL);

  g_atomic_ref_count_inc (&selection->ref_count);
  return selection;
}

/**
 * migdesc_selection_unref:
 * @selection: (transfer full): a selection
 *
 * Gives back a reference; the last one frees the selection.
 *
 * Since: 1.0
 */
void
migdesc_selection_unref (MigdescSelection *selection)
{
  g_return_if_fail (selection != NULL);

  if (!g_atomic_ref_count_dec (&selection->ref_count))
    return;
  for (guint32 i = 0; i < selection->n_devices; i++)
    migdesc_answers_clear (&selection->answers[i]);
  g_clear_pointer (&selection->reasons, migdesc_reasons_free);
  g_free (selection->answers);
  g_free (selection->placements);
  g_free (selection->slots);
  g_free (selection->chosen);
  migdesc_shapes_unref (selection->shapes);
  migdesc_roster_unref (selection->roster);
  g_free (selection);
}

/**
 * migdesc_selection_get_n_hosts:
 * @selection: a selection
 *
 * Counts all hosts that the fleet had.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_selection_get_n_hosts (const MigdescSelection *selection)
{
  g_return_val_if_fail (selection != NULL, 0);

  return selection->roster->n;
}

/**
 * migdesc_selection_count:
 * @selection: a selection
 * @rank: a rank
 *
 * Counts the hosts of a rank.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_selection_count (const MigdescSelection *selection, MigdescRank rank)
{
  g_return_val_if_fail (selection != NULL, 0);
  g_return_val_if_fail ((guint) rank <= MIGDESC_RANK_EXCLUDED, 0);

  return selection->counts[rank];
}

/**
 * migdesc_selection_dup_ranks:
 * @selection: a selection
 *
 * Gets the ranks of all hosts, in the order of positions.
 *
 * Returns: (transfer full): a byte for each host, a #MigdescRank
 *
 * Since: 1.0
 */
GBytes *
migdesc_selection_dup_ranks (const MigdescSelection *selection)
{
  guint8 *column;

  g_return_val_if_fail (selection != NULL, NULL);

  column = g_malloc ((gsize) selection->roster->n + 1);
  for (guint32 i = 0; i < selection->roster->n; i++)
    column[i] = selection->placements[selection->roster->shapes[i]].rank;
  return g_bytes_new_take (column, selection->roster->n);
}

/**
 * migdesc_selection_dup_remedies:
 * @selection: a selection
 *
 * Gets for all hosts how many remedies they need, in the order of positions.
 *
 * Returns: (transfer full): a 32-bit integer of this machine for each host; 0 unless it is a near
 * miss
 *
 * Since: 1.0
 */
GBytes *
migdesc_selection_dup_remedies (const MigdescSelection *selection)
{
  guint32 *column;

  g_return_val_if_fail (selection != NULL, NULL);

  column = g_new (guint32, (gsize) selection->roster->n + 1);
  for (guint32 i = 0; i < selection->roster->n; i++)
    column[i] = selection->placements[selection->roster->shapes[i]].n_remedies;
  return g_bytes_new_take (column, (gsize) selection->roster->n * sizeof *column);
}

/* --- The best --------------------------------------------------------- */

/**
 * migdesc_selection_get_n_results:
 * @selection: a selection
 *
 * Counts the hosts that are listed: as many as the selector wants, or fewer where there are not so
 * many that are not kept out.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_selection_get_n_results (const MigdescSelection *selection)
{
  g_return_val_if_fail (selection != NULL, 0);

  return selection->n_chosen;
}

static gboolean
has_result (const MigdescSelection *selection, guint result)
{
  return selection != NULL && result < selection->n_chosen;
}

static const MigdescPlacement *
placement_of (const MigdescSelection *selection, guint result)
{
  return &selection->placements
              [selection->roster->shapes[selection->chosen[result].position]];
}

/**
 * migdesc_selection_get_position:
 * @selection: a selection
 * @result: a number from 0, the best first
 *
 * Gets the position that a listed host had in the fleet.
 *
 * Returns: the position
 *
 * Since: 1.0
 */
guint
migdesc_selection_get_position (const MigdescSelection *selection, guint result)
{
  g_return_val_if_fail (has_result (selection, result), 0);

  return selection->chosen[result].position;
}

/**
 * migdesc_selection_get_name:
 * @selection: a selection
 * @result: a number from 0, the best first
 *
 * Gets the name of a listed host.
 *
 * Returns: the name; valid as long as @selection
 *
 * Since: 1.0
 */
const char *
migdesc_selection_get_name (const MigdescSelection *selection, guint result)
{
  g_return_val_if_fail (has_result (selection, result), NULL);

  return migdesc_roster_name (selection->roster, selection->chosen[result].position);
}

/**
 * migdesc_selection_get_rank:
 * @selection: a selection
 * @result: a number from 0, the best first
 *
 * Gets the rank of a listed host.
 *
 * Returns: the rank
 *
 * Since: 1.0
 */
MigdescRank
migdesc_selection_get_rank (const MigdescSelection *selection, guint result)
{
  g_return_val_if_fail (has_result (selection, result), MIGDESC_RANK_NOT_ANSWERED);

  return (MigdescRank) placement_of (selection, result)->rank;
}

/**
 * migdesc_selection_get_n_remedies:
 * @selection: a selection
 * @result: a number from 0, the best first
 *
 * Gets how many changes a near miss needs.
 *
 * Returns: the number; 0 unless it is a near miss
 *
 * Since: 1.0
 */
guint
migdesc_selection_get_n_remedies (const MigdescSelection *selection, guint result)
{
  g_return_val_if_fail (has_result (selection, result), 0);

  return placement_of (selection, result)->n_remedies;
}

/**
 * migdesc_selection_get_score:
 * @selection: a selection
 * @result: a number from 0, the best first
 *
 * Gets the score of a listed host.
 *
 * Returns: the score
 *
 * Since: 1.0
 */
double
migdesc_selection_get_score (const MigdescSelection *selection, guint result)
{
  g_return_val_if_fail (has_result (selection, result), 0);

  return selection->chosen[result].score;
}

static guint32
shape_of (const MigdescSelection *selection, guint result)
{
  return selection->roster->shapes[selection->chosen[result].position];
}

/**
 * migdesc_selection_get_slot:
 * @selection: a selection
 * @result: a number from 0, the best first
 * @device: a device's number
 *
 * Gets the slot that a device would take.
 *
 * Returns: (nullable): the slot's name, or %NULL if the device has no place there; valid as long as
 * @selection
 *
 * Since: 1.0
 */
const char *
migdesc_selection_get_slot (const MigdescSelection *selection, guint result, guint device)
{
  guint32 slot;

  g_return_val_if_fail (has_result (selection, result), NULL);
  g_return_val_if_fail (device < selection->n_devices, NULL);

  slot = migdesc_selection_slot (selection, shape_of (selection, result), device);
  return slot != MIGDESC_NO_SLOT
           ? selection->shapes->shapes[shape_of (selection, result)]->slots[slot].name
           : NULL;
}

/**
 * migdesc_selection_get_report:
 * @selection: a selection
 * @result: a number from 0, the best first
 * @device: a device's number
 *
 * Gets all that the slot of a device has to say; if it has no place, what the slot says that is
 * nearest to taking it.
 *
 * Returns: (transfer full) (nullable): the report, or %NULL if there is no slot for any device, or
 * it could not be asked
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_selection_get_report (const MigdescSelection *selection, guint result, guint device)
{
  MigdescReport *report;

  g_return_val_if_fail (has_result (selection, result), NULL);
  g_return_val_if_fail (device < selection->n_devices, NULL);

  report = migdesc_selection_report (selection, shape_of (selection, result), device);
  return report != NULL ? migdesc_report_ref (report) : NULL;
}

/**
 * migdesc_selection_get_return_path:
 * @selection: a selection
 * @result: a number from 0, the best first
 * @device: a device's number
 *
 * Gets what the source says to the device when it comes back.
 *
 * Returns: (transfer full) (nullable): the report, or %NULL if the device has no place there, or
 * nothing is known of its source
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_selection_get_return_path (const MigdescSelection *selection, guint result, guint device)
{
  guint32 slot;
  MigdescReport *report;

  g_return_val_if_fail (has_result (selection, result), NULL);
  g_return_val_if_fail (device < selection->n_devices, NULL);

  slot = migdesc_selection_slot (selection, shape_of (selection, result), device);
  if (slot == MIGDESC_NO_SLOT)
    return NULL;
  report = migdesc_answers_return (
      &selection->answers[device],
      selection->shapes->shapes[shape_of (selection, result)]->slots[slot].descriptor);
  return report != NULL ? migdesc_report_ref (report) : NULL;
}
