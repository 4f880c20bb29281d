/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/place-shape.h"

#include "fleet/select/matching.h"
#include "fleet/select/remedies.h"

/* What a device costs at a slot. Of a better rank even 64 devices cost less than one of the next,
 * and remedies count before all else. */
#define COST_RETURN ((guint64) 0)
#define COST_COMPATIBLE ((guint64) 1)
#define COST_UNDECIDED ((guint64) 1 << 8)
#define COST_REMEDY ((guint64) 1 << 16)

static guint64
cost_of_refusal (const MigdescAnswers *answers, guint32 descriptor)
{
  MigdescReport *report = migdesc_answers_report (answers, descriptor, NULL);
  guint32 n;

  if (report == NULL)
    return MIGDESC_NO_EDGE;
  n = migdesc_answers_remedies (answers, descriptor);
  return n != MIGDESC_NO_REMEDY ? n * COST_REMEDY : MIGDESC_NO_EDGE;
}

static guint64
cost_of_slot (const MigdescAnswers *answers, guint32 descriptor)
{
  MigdescReport *back;

  switch (answers->verdicts[descriptor])
    {
    case MIGDESC_VERDICT_COMPATIBLE:
      back = migdesc_answers_return (answers, descriptor);
      return back != NULL && migdesc_report_get_verdict (back) == MIGDESC_VERDICT_COMPATIBLE
               ? COST_RETURN
               : COST_COMPATIBLE;
    case MIGDESC_VERDICT_UNDECIDED:
      return COST_UNDECIDED;
    case MIGDESC_VERDICT_INCOMPATIBLE:
      return cost_of_refusal (answers, descriptor);
    default:
      return MIGDESC_NO_EDGE;
    }
}

static gboolean
any_answered (const MigdescSelection *selection, const MigdescShape *shape)
{
  for (guint32 device = 0; device < selection->n_devices; device++)
    for (guint32 i = 0; i < shape->n_slots; i++)
      if (selection->answers[device].verdicts[shape->slots[i].descriptor]
          != MIGDESC_NOT_ANSWERED)
        return TRUE;
  return shape->n_slots == 0;
}

static void
match (const MigdescMatching *matching, MigdescPlacement *placement, guint32 *slots)
{
  static const struct
  {
    guint64 most;
    guint8 rank;
  } tries[] = { { COST_RETURN, MIGDESC_RANK_RETURN },
                { COST_COMPATIBLE, MIGDESC_RANK_COMPATIBLE },
                { COST_UNDECIDED, MIGDESC_RANK_UNDECIDED },
                { MIGDESC_NO_EDGE - 1, MIGDESC_RANK_NEAR_MISS } };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      guint64 cost;

      if (migdesc_matching_solve (matching, tries[i].most, slots, &cost) < matching->n_devices)
        continue;
      placement->rank = tries[i].rank;
      placement->n_remedies = (guint32) (cost / COST_REMEDY);
      return;
    }
  placement->rank = MIGDESC_RANK_IMPOSSIBLE;
}

void
migdesc_place_on_shape (const MigdescSelection *selection, guint32 number,
                        MigdescPlacement *placement, guint32 *slots)
{
  const MigdescShape *shape = selection->shapes->shapes[number];
  gsize n_edges = (gsize) selection->n_devices * shape->n_slots;
  g_autofree guint64 *costs = g_new (guint64, n_edges + 1);
  g_autofree guint32 *counts = g_new (guint32, (gsize) shape->n_slots + 1);
  MigdescMatching matching = { selection->n_devices, shape->n_slots, counts, costs };

  for (guint32 device = 0; device < selection->n_devices; device++)
    slots[device] = MIGDESC_NO_SLOT;
  if (shape->error != NULL || !any_answered (selection, shape))
    {
      placement->rank = MIGDESC_RANK_NOT_ANSWERED;
      return;
    }
  for (guint32 i = 0; i < shape->n_slots; i++)
    counts[i] = shape->slots[i].count;
  for (guint32 device = 0; device < selection->n_devices; device++)
    for (guint32 i = 0; i < shape->n_slots; i++)
      costs[device * shape->n_slots + i]
          = cost_of_slot (&selection->answers[device], shape->slots[i].descriptor);
  match (&matching, placement, slots);
}
