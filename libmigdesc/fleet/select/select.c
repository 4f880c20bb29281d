/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "fleet/fleet-private.h"
#include "fleet/place-shape.h"
#include "fleet/select/selector-private.h"
#include "model/handles.h"

/* The fleet's hosts, as they would be: a copy where something is changed */
static MigdescRoster *
make_roster (MigdescFleet *fleet, const MigdescSelector *selector)
{
  MigdescRoster *roster = migdesc_roster_ref (fleet->roster);

  for (guint i = 0; i < selector->changes->len; i++)
    {
      const MigdescHostChange *change = &g_array_index (selector->changes, MigdescHostChange, i);
      guint32 position = migdesc_roster_find (roster, change->name, strlen (change->name));

      if (position != MIGDESC_ROSTER_NONE)
        migdesc_roster_own (&roster)->shapes[position] = migdesc_shapes_upgrade (
            fleet->shapes, roster->shapes[position],
            migdesc_descriptor_get_store (change->descriptor));
    }
  return roster;
}

static gboolean
ask_devices (MigdescSelection *selection, const MigdescSelector *selector,
             GCancellable *cancellable, GError **error)
{
  for (guint32 i = 0; i < selection->n_devices; i++)
    {
      const MigdescWanted *wanted = &g_array_index (selector->devices, MigdescWanted, i);

      migdesc_answers_init (&selection->answers[i], selection->shapes, wanted->list,
                            wanted->source, NULL);
      if (!migdesc_answers_ask (&selection->answers[i], cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static void
count_hosts (MigdescSelection *selection)
{
  for (guint32 i = 0; i < selection->roster->n; i++)
    selection->placements[selection->roster->shapes[i]].n_hosts++;
}

/* Each shape that hosts have, once */
static gboolean
place_devices (MigdescSelection *selection, const MigdescSelector *selector,
               GCancellable *cancellable, GError **error)
{
  for (guint32 i = 0; i < selection->n_shapes; i++)
    {
      MigdescPlacement *placement = &selection->placements[i];

      if (placement->n_hosts == 0)
        continue;
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED,
                       "selecting was cancelled after %u of %u shapes", i, selection->n_shapes);
          return FALSE;
        }
      placement->score = migdesc_selector_weigh (selector, selection->shapes->shapes[i]);
      if (migdesc_selector_admits (selector, selection->shapes->shapes[i]))
        migdesc_place_on_shape (selection, i, placement,
                                &selection->slots[(gsize) i * selection->n_devices]);
      else
        placement->rank = MIGDESC_RANK_EXCLUDED;
      selection->counts[placement->rank] += placement->n_hosts;
    }
  return TRUE;
}

/**
 * migdesc_fleet_select:
 * @fleet: a fleet
 * @selector: which devices, and what is preferred
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Ranks the hosts of a fleet by how well they can take all devices of @selector at once. Each
 * device takes one of the places of a slot. A host's rank is the best for which all devices can be
 * placed; of the ways to place them one is taken that has the fewest remedies, then the fewest
 * undecided, then the most ways back.
 *
 * A remedy is a change to a device before it moves: a param set otherwise, left out or added is
 * one, another version is one, and so is what else a finding has a remedy for; constraints are
 * mended by as few more params as do it, which is searched for in 100,000 steps, and past these
 * each of them counts.
 *
 * %MIGDESC_ERROR_CANCELLED, and %MIGDESC_ERROR_INVALID_ARGUMENT if there is no device.
 *
 * Returns: (transfer full): the hosts, ranked, or %NULL on error
 *
 * Since: 1.0
 */
MigdescSelection *
migdesc_fleet_select (MigdescFleet *fleet, MigdescSelector *selector, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (MigdescSelection) selection = NULL;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), NULL);
  g_return_val_if_fail (MIGDESC_IS_SELECTOR (selector), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (selector->devices->len == 0)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                           "there is no device to select a host for");
      return NULL;
    }
  selection = g_new0 (MigdescSelection, 1);
  g_atomic_ref_count_init (&selection->ref_count);
  selection->roster = make_roster (fleet, selector);
  selection->shapes = migdesc_shapes_ref (fleet->shapes);
  selection->n_shapes = fleet->shapes->n_shapes;
  selection->n_devices = selector->devices->len;
  selection->top = selector->top;
  selection->answers = g_new0 (MigdescAnswers, selection->n_devices);
  selection->placements = g_new0 (MigdescPlacement, (gsize) selection->n_shapes + 1);
  selection->slots = g_new (guint32, ((gsize) selection->n_shapes + 1) * selection->n_devices);
  count_hosts (selection);
  if (!ask_devices (selection, selector, cancellable, error)
      || !place_devices (selection, selector, cancellable, error))
    return NULL;
  migdesc_selection_choose (selection, selector->score_func, selector->score_data);
  migdesc_selection_find_reasons (selection);
  return g_steal_pointer (&selection);
}
