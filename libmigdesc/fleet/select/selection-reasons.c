/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Why hosts are not of the best rank */

#include <migdesc/migdesc-error.h>

#include "fleet/select/matching.h"
#include "fleet/select/selection-private.h"
#include "model/codes.h"
#include "model/report-private.h"

static guint
count_blockers (const MigdescReport *report)
{
  guint n = 0;

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    n += migdesc_report_peek (report, i)->severity == MIGDESC_SEVERITY_BLOCKER;
  return n;
}

/* Of all slots, also those that others take */
static MigdescReport *
find_nearest (const MigdescAnswers *answers, const MigdescShape *shape)
{
  MigdescReport *nearest = NULL;

  for (guint32 i = 0; i < shape->n_slots; i++)
    {
      MigdescReport *report = shape->slots[i].count > 0
                                ? migdesc_answers_report (answers, shape->slots[i].descriptor, NULL)
                                : NULL;

      if (report != NULL
          && (nearest == NULL || count_blockers (report) < count_blockers (nearest)))
        nearest = report;
    }
  return nearest;
}

MigdescReport *
migdesc_selection_report (const MigdescSelection *selection, guint32 number, guint32 device)
{
  const MigdescShape *shape = selection->shapes->shapes[number];
  guint32 slot = migdesc_selection_slot (selection, number, device);

  if (selection->placements[number].rank >= MIGDESC_RANK_NOT_ANSWERED)
    return NULL;
  if (slot != MIGDESC_NO_SLOT)
    return migdesc_answers_report (&selection->answers[device], shape->slots[slot].descriptor,
                                   NULL);
  return find_nearest (&selection->answers[device], shape);
}

static guint32
count_placed (const MigdescSelection *selection, guint32 shape)
{
  guint32 n = 0;

  for (guint32 i = 0; i < selection->n_devices; i++)
    n += migdesc_selection_slot (selection, shape, i) != MIGDESC_NO_SLOT;
  return n;
}

static void
add_report (MigdescSelection *selection, guint32 shape, const MigdescReport *report)
{
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      const MigdescFindingCore *finding = migdesc_report_peek (report, i);

      if (migdesc_finding_is_reason (report, i))
        migdesc_reasons_add (selection->reasons, shape, selection->placements[shape].n_hosts,
                             finding->code, finding->param, finding->message);
    }
}

/* Devices that each would have a place, were the others not there */
static gboolean
add_crowded (MigdescSelection *selection, guint32 shape)
{
  g_autofree char *message = NULL;

  for (guint32 i = 0; i < selection->n_devices; i++)
    {
      MigdescReport *report = migdesc_selection_report (selection, shape, i);

      if (report != NULL && !migdesc_report_is_compatible (report))
        return FALSE;
    }
  message = g_strdup_printf ("the host has places for %u of the %u devices",
                             count_placed (selection, shape), selection->n_devices);
  migdesc_reasons_add (selection->reasons, shape, selection->placements[shape].n_hosts,
                       MIGDESC_CODE_NO_FREE_SLOT, NULL, message);
  return TRUE;
}

static void
add_error (MigdescSelection *selection, guint32 number)
{
  const MigdescShape *shape = selection->shapes->shapes[number];
  guint32 n_hosts = selection->placements[number].n_hosts;

  if (shape->error != NULL)
    migdesc_reasons_add (selection->reasons, number, n_hosts,
                         migdesc_error_get_nick ((MigdescError) shape->error_code), NULL,
                         shape->error);
  else
    migdesc_reasons_add (selection->reasons, number, n_hosts,
                         migdesc_error_get_nick (MIGDESC_ERROR_LIST_MODEL_NEEDED), NULL,
                         "the list names no model, and the host has several");
}

static void
add_shape (MigdescSelection *selection, guint32 shape)
{
  guint8 rank = selection->placements[shape].rank;

  if (rank == MIGDESC_RANK_NOT_ANSWERED)
    add_error (selection, shape);
  else if (rank != MIGDESC_RANK_IMPOSSIBLE || !add_crowded (selection, shape))
    for (guint32 i = 0; i < selection->n_devices; i++)
      {
        MigdescReport *report = migdesc_selection_report (selection, shape, i);

        if (report != NULL)
          add_report (selection, shape, report);
      }
}

void
migdesc_selection_find_reasons (MigdescSelection *selection)
{
  selection->reasons = migdesc_reasons_new (selection->n_shapes);
  for (guint32 i = 0; i < selection->n_shapes; i++)
    if (selection->placements[i].n_hosts > 0
        && selection->placements[i].rank >= MIGDESC_RANK_UNDECIDED
        && selection->placements[i].rank != MIGDESC_RANK_EXCLUDED)
      add_shape (selection, i);
  migdesc_reasons_sort (selection->reasons);
}
