/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-selection.h>

#include "fleet/answers.h"
#include "fleet/reasons.h"
#include "fleet/roster.h"

G_BEGIN_DECLS

/* What all hosts of a shape have in common */
typedef struct
{
  guint8 rank;       /* MigdescRank */
  guint32 n_remedies; /* of a near miss */
  double score;
  guint32 n_hosts;
} MigdescPlacement;

typedef struct
{
  guint32 position;
  double score;
} MigdescChosen;

struct _MigdescSelection
{
  gatomicrefcount ref_count;
  MigdescRoster *roster;
  MigdescShapes *shapes;
  guint32 n_shapes;
  guint32 n_devices;
  MigdescAnswers *answers;      /* of each device */
  MigdescPlacement *placements; /* of each shape */
  guint32 *slots;               /* [shape * n_devices + device], or MIGDESC_NO_SLOT */
  guint32 counts[MIGDESC_RANK_EXCLUDED + 1];
  MigdescReasons *reasons;
  MigdescChosen *chosen; /* the best, in order */
  guint32 n_chosen;
  guint32 top; /* of them the selector wanted; 0: all */
};

static inline guint32
migdesc_selection_slot (const MigdescSelection *selection, guint32 shape, guint32 device)
{
  return selection->slots[(gsize) shape * selection->n_devices + device];
}

/* Of a device at a shape: what the slot says that it has, or that is nearest to taking it.
 * Borrowed; NULL: no slot takes anything, or has an answer. */
MigdescReport *migdesc_selection_report (const MigdescSelection *selection, guint32 shape,
                                         guint32 device);
/* Fills chosen; placements are there. */
void migdesc_selection_choose (MigdescSelection *selection, MigdescScoreFunc score_func,
                               gpointer score_data);
/* Fills reasons. */
void migdesc_selection_find_reasons (MigdescSelection *selection);
const char *migdesc_rank_to_word (MigdescRank rank);

G_END_DECLS
