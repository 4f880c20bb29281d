/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The best hosts in order. Hosts of one shape are told apart by their names alone, unless somebody
 * scores them one by one: so whole shapes are in or out, but for those at the edge. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fleet/select/selection-private.h"

typedef struct
{
  const MigdescSelection *selection;
  MigdescChosen *heap; /* the worst on top, as long as there is a bound */
  guint32 n;
  guint32 bound;
} Choosing;

static const MigdescPlacement *
placement_of (const MigdescSelection *selection, guint32 position)
{
  return &selection->placements[selection->roster->shapes[position]];
}

static int
compare_placements (const MigdescPlacement *placement, double score,
                    const MigdescPlacement *other, double other_score)
{
  if (placement->rank != other->rank)
    return placement->rank < other->rank ? -1 : 1;
  if (placement->n_remedies != other->n_remedies)
    return placement->n_remedies < other->n_remedies ? -1 : 1;
  if (score > other_score || score < other_score)
    return score > other_score ? -1 : 1;
  return 0;
}

/* Repeated names are told apart by their order. */
static int
compare_chosen (const MigdescSelection *selection, const MigdescChosen *chosen,
                const MigdescChosen *other)
{
  int order = compare_placements (placement_of (selection, chosen->position), chosen->score,
                                  placement_of (selection, other->position), other->score);

  if (order == 0)
    order = strcmp (migdesc_roster_name (selection->roster, chosen->position),
                    migdesc_roster_name (selection->roster, other->position));
  if (order == 0)
    order = chosen->position < other->position ? -1 : chosen->position > other->position;
  return order;
}

static int
compare_for_sort (gconstpointer chosen, gconstpointer other, gpointer selection)
{
  return compare_chosen (selection, chosen, other);
}

static void
swap (MigdescChosen *heap, guint32 i, guint32 k)
{
  MigdescChosen chosen = heap[i];

  heap[i] = heap[k];
  heap[k] = chosen;
}

static void
sift_up (Choosing *choosing, guint32 i)
{
  while (i > 0
         && compare_chosen (choosing->selection, &choosing->heap[i], &choosing->heap[(i - 1) / 2])
              > 0)
    {
      swap (choosing->heap, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

static void
sift_down (Choosing *choosing, guint32 i)
{
  for (;;)
    {
      guint32 worst = i;

      for (guint32 child = 2 * i + 1; child <= 2 * i + 2 && child < choosing->n; child++)
        if (compare_chosen (choosing->selection, &choosing->heap[child], &choosing->heap[worst])
            > 0)
          worst = child;
      if (worst == i)
        return;
      swap (choosing->heap, i, worst);
      i = worst;
    }
}

static void
offer (Choosing *choosing, guint32 position, double score)
{
  MigdescChosen chosen = { position, score };

  if (choosing->n < choosing->bound)
    {
      choosing->heap[choosing->n++] = chosen;
      if (choosing->bound < choosing->selection->roster->n)
        sift_up (choosing, choosing->n - 1);
    }
  else if (choosing->n > 0
           && compare_chosen (choosing->selection, &chosen, &choosing->heap[0]) < 0)
    {
      choosing->heap[0] = chosen;
      sift_down (choosing, 0);
    }
}

typedef struct
{
  const MigdescPlacement *placement;
} Tier;

static int
compare_tiers (gconstpointer tier, gconstpointer other)
{
  const MigdescPlacement *left = ((const Tier *) tier)->placement;
  const MigdescPlacement *right = ((const Tier *) other)->placement;

  return compare_placements (left, left->score, right, right->score);
}

/* The last placement from which any host can be among so many */
static const MigdescPlacement *
find_edge (const MigdescSelection *selection, guint32 bound)
{
  g_autofree Tier *tiers = g_new (Tier, (gsize) selection->n_shapes + 1);
  guint64 n_hosts = 0;
  guint32 n = 0;

  for (guint32 i = 0; i < selection->n_shapes; i++)
    if (selection->placements[i].n_hosts > 0)
      tiers[n++].placement = &selection->placements[i];
  qsort (tiers, n, sizeof *tiers, compare_tiers);
  for (guint32 i = 0; i < n; i++)
    {
      n_hosts += tiers[i].placement->n_hosts;
      if (n_hosts >= bound)
        return tiers[i].placement;
    }
  return n > 0 ? tiers[n - 1].placement : NULL;
}

static void
offer_shapes (Choosing *choosing)
{
  const MigdescSelection *selection = choosing->selection;
  const MigdescPlacement *edge = find_edge (selection, choosing->bound);
  g_autofree guint8 *inside = g_new0 (guint8, (gsize) selection->n_shapes + 1);

  for (guint32 i = 0; i < selection->n_shapes; i++)
    {
      const MigdescPlacement *placement = &selection->placements[i];

      inside[i] = placement->rank != MIGDESC_RANK_EXCLUDED && placement->n_hosts > 0
                  && compare_placements (placement, placement->score, edge, edge->score) <= 0;
    }
  for (guint32 i = 0; i < selection->roster->n; i++)
    if (inside[selection->roster->shapes[i]])
      offer (choosing, i, selection->placements[selection->roster->shapes[i]].score);
}

static void
offer_scored (Choosing *choosing, MigdescScoreFunc func, gpointer data)
{
  const MigdescSelection *selection = choosing->selection;

  for (guint32 i = 0; i < selection->roster->n; i++)
    {
      const MigdescPlacement *placement = placement_of (selection, i);
      double score;

      if (placement->rank == MIGDESC_RANK_EXCLUDED)
        continue;
      score = func (migdesc_roster_name (selection->roster, i), placement->score, data);
      offer (choosing, i, isnan (score) ? 0 : score);
    }
}

void
migdesc_selection_choose (MigdescSelection *selection, MigdescScoreFunc score_func,
                          gpointer score_data)
{
  guint32 n = selection->roster->n - selection->counts[MIGDESC_RANK_EXCLUDED];
  Choosing choosing = { selection, NULL, 0, n };

  if (selection->top != 0)
    choosing.bound = MIN (n, selection->top);
  choosing.heap = g_new (MigdescChosen, (gsize) choosing.bound + 1);
  if (choosing.bound > 0 && score_func == NULL)
    offer_shapes (&choosing);
  else if (choosing.bound > 0)
    offer_scored (&choosing, score_func, score_data);
  g_qsort_with_data (choosing.heap, (gint) choosing.n, sizeof *choosing.heap, compare_for_sort,
                     selection);
  selection->chosen = choosing.heap;
  selection->n_chosen = choosing.n;
}
