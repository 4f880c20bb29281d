/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* By shortest augmenting paths: each one places one more device, moving others to other slots where
 * that is cheapest. A path alternates between a device's slot and a device that it turns out. */

#include "fleet/select/matching.h"

typedef struct
{
  const MigdescMatching *matching;
  guint64 most;
  guint32 *slots;      /* of each device */
  guint32 *used;       /* of each slot */
  gint64 *distances;   /* to each slot */
  guint32 *from;       /* the device that a path comes to the slot by */
} Solver;

#define FAR G_MAXINT64

static guint64
edge (const Solver *solver, guint32 device, guint32 slot)
{
  guint64 cost = solver->matching->costs[device * solver->matching->n_slots + slot];

  return cost <= solver->most ? cost : MIGDESC_NO_EDGE;
}

static gboolean
come_closer (Solver *solver, guint32 device, gint64 distance)
{
  gboolean closer = FALSE;

  for (guint32 slot = 0; slot < solver->matching->n_slots; slot++)
    {
      guint64 cost = edge (solver, device, slot);

      if (cost == MIGDESC_NO_EDGE || solver->matching->counts[slot] == 0
          || slot == solver->slots[device] || distance + (gint64) cost >= solver->distances[slot])
        continue;
      solver->distances[slot] = distance + (gint64) cost;
      solver->from[slot] = device;
      closer = TRUE;
    }
  return closer;
}

/* Over and over, since to turn a device out gives back its cost: such a step is negative. */
static void
find_distances (Solver *solver, guint32 start)
{
  gboolean closer;

  for (guint32 slot = 0; slot < solver->matching->n_slots; slot++)
    solver->distances[slot] = FAR;
  closer = come_closer (solver, start, 0);
  while (closer)
    {
      closer = FALSE;
      for (guint32 device = 0; device < solver->matching->n_devices; device++)
        {
          guint32 slot = solver->slots[device];

          if (slot != MIGDESC_NO_SLOT && solver->distances[slot] != FAR)
            closer |= come_closer (solver, device,
                                   solver->distances[slot] - (gint64) edge (solver, device, slot));
        }
    }
}

static guint32
nearest_free (const Solver *solver)
{
  guint32 nearest = MIGDESC_NO_SLOT;

  for (guint32 slot = 0; slot < solver->matching->n_slots; slot++)
    if (solver->distances[slot] != FAR && solver->used[slot] < solver->matching->counts[slot]
        && (nearest == MIGDESC_NO_SLOT || solver->distances[slot] < solver->distances[nearest]))
      nearest = slot;
  return nearest;
}

static gboolean
place (Solver *solver, guint32 start)
{
  guint32 slot;

  find_distances (solver, start);
  slot = nearest_free (solver);
  if (slot == MIGDESC_NO_SLOT)
    return FALSE;
  solver->used[slot]++;
  while (slot != MIGDESC_NO_SLOT)
    {
      guint32 device = solver->from[slot];
      guint32 left = solver->slots[device];

      solver->slots[device] = slot;
      slot = left;
    }
  return TRUE;
}

guint32
migdesc_matching_solve (const MigdescMatching *matching, guint64 most, guint32 *slots,
                        guint64 *cost)
{
  g_autofree guint32 *used = g_new0 (guint32, matching->n_slots + 1);
  g_autofree guint32 *from = g_new0 (guint32, matching->n_slots + 1);
  g_autofree gint64 *distances = g_new0 (gint64, matching->n_slots + 1);
  Solver solver = { matching, most, slots, used, distances, from };
  guint32 n_placed = 0;

  *cost = 0;
  for (guint32 device = 0; device < matching->n_devices; device++)
    slots[device] = MIGDESC_NO_SLOT;
  for (guint32 device = 0; device < matching->n_devices; device++)
    n_placed += place (&solver, device);
  for (guint32 device = 0; device < matching->n_devices; device++)
    if (slots[device] != MIGDESC_NO_SLOT)
      *cost += edge (&solver, device, slots[device]);
  return n_placed;
}
