/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Why hosts say no: the report of a shape, and reasons as columns */

#include <string.h>

#include "base/json-writer.h"
#include "fleet/fleet-check-private.h"
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

/* Borrowed; NULL and no error if no slot takes any device */
static MigdescReport *
find_report (const MigdescFleetCheck *check, guint32 number, GError **error)
{
  const MigdescShape *shape = check->answers.shapes->shapes[number];
  MigdescReport *best = NULL;

  for (guint32 i = 0; i < shape->n_slots; i++)
    {
      const MigdescSlot *slot = &shape->slots[i];
      guint8 verdict = check->answers.verdicts[slot->descriptor];
      MigdescReport *report;

      if (slot->count == 0 || verdict != check->shape_verdicts[number])
        continue;
      report = migdesc_answers_report (&check->answers, slot->descriptor, error);
      if (report == NULL || verdict != MIGDESC_VERDICT_INCOMPATIBLE)
        return report;
      if (best == NULL || count_blockers (report) < count_blockers (best))
        best = report;
    }
  return best;
}

MigdescReport *
migdesc_fleet_check_report_shape (const MigdescFleetCheck *check, guint32 number, GError **error)
{
  const MigdescShape *shape = check->answers.shapes->shapes[number];
  g_autoptr (GError) problem = NULL;
  MigdescFindingCore *finding;
  MigdescReport *report;

  if (shape->error != NULL)
    {
      g_set_error_literal (error, MIGDESC_ERROR, shape->error_code, shape->error);
      return NULL;
    }
  report = find_report (check, number, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (report == NULL)
    {
      finding = migdesc_finding_core_new (MIGDESC_CODE_NO_FREE_SLOT, MIGDESC_SEVERITY_BLOCKER);
      finding->message = g_strdup ("the host has no slot for a device");
      report = migdesc_report_new ();
      migdesc_report_take (report, finding);
      return report;
    }
  return report != NULL ? migdesc_report_ref (report) : NULL;
}

/* --- Reasons ---------------------------------------------------------- */

static void
add_shape (MigdescReasons *reasons, const MigdescFleetCheck *check, guint32 shape,
           guint32 n_hosts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescReport) report = migdesc_fleet_check_report_shape (check, shape, &error);

  if (report == NULL)
    {
      migdesc_reasons_add (reasons, shape, n_hosts, migdesc_error_get_nick (error->code), NULL,
                           error->message);
      return;
    }
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      const MigdescFindingCore *finding = migdesc_report_peek (report, i);

      if (migdesc_finding_is_reason (report, i))
        migdesc_reasons_add (reasons, shape, n_hosts, finding->code, finding->param,
                             finding->message);
    }
}

static MigdescReasons *
make_reasons (const MigdescFleetCheck *check)
{
  g_autofree guint32 *n_hosts = g_new0 (guint32, (gsize) check->n_shapes + 1);
  MigdescReasons *reasons = migdesc_reasons_new (check->n_shapes);

  for (guint32 i = 0; i < check->roster->n; i++)
    n_hosts[check->roster->shapes[i]]++;
  for (guint32 i = 0; i < check->n_shapes; i++)
    if (n_hosts[i] > 0 && check->shape_verdicts[i] != MIGDESC_VERDICT_COMPATIBLE)
      add_shape (reasons, check, i, n_hosts[i]);
  migdesc_reasons_sort (reasons);
  return reasons;
}

MigdescReasons *
migdesc_fleet_check_reasons (MigdescFleetCheck *check)
{
  MigdescReasons *reasons = g_atomic_pointer_get (&check->reasons);

  if (reasons != NULL)
    return reasons;
  reasons = make_reasons (check);
  if (g_atomic_pointer_compare_and_exchange (&check->reasons, NULL, reasons))
    return reasons;
  migdesc_reasons_free (reasons);
  return g_atomic_pointer_get (&check->reasons);
}

/**
 * migdesc_fleet_check_get_n_reasons:
 * @check: answers
 *
 * Counts the different reasons for which hosts refuse, are undecided or were not answered. Findings
 * of one code and one param are one reason; so are errors of one code.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_check_get_n_reasons (MigdescFleetCheck *check)
{
  g_return_val_if_fail (check != NULL, 0);

  return migdesc_reasons_get_n (migdesc_fleet_check_reasons (check));
}

static const MigdescReason *
get_reason (MigdescFleetCheck *check, guint reason)
{
  MigdescReasons *reasons = migdesc_fleet_check_reasons (check);

  return reason < migdesc_reasons_get_n (reasons) ? migdesc_reasons_get (reasons, reason) : NULL;
}

/**
 * migdesc_fleet_check_get_reason_code:
 * @check: answers
 * @reason: a reason's position; those that most hosts have come first
 *
 * Gets the code of a reason: of a finding, or the nick of an error.
 *
 * Returns: (nullable): the code, or %NULL if there is no such reason; valid as long as @check
 *
 * Since: 1.0
 */
const char *
migdesc_fleet_check_get_reason_code (MigdescFleetCheck *check, guint reason)
{
  g_return_val_if_fail (check != NULL, NULL);

  return get_reason (check, reason) != NULL ? get_reason (check, reason)->code : NULL;
}

/**
 * migdesc_fleet_check_get_reason_param:
 * @check: answers
 * @reason: a reason's position
 *
 * Gets the param that a reason is about.
 *
 * Returns: (nullable): the name, or %NULL if it is about none; valid as long as @check
 *
 * Since: 1.0
 */
const char *
migdesc_fleet_check_get_reason_param (MigdescFleetCheck *check, guint reason)
{
  g_return_val_if_fail (check != NULL, NULL);

  return get_reason (check, reason) != NULL ? get_reason (check, reason)->param : NULL;
}

/**
 * migdesc_fleet_check_get_reason_message:
 * @check: answers
 * @reason: a reason's position
 *
 * Gets a reason in words; where hosts have it in several, as their limits differ, those of most.
 *
 * Returns: (nullable): the message, or %NULL if there is no such reason; valid as long as @check
 *
 * Since: 1.0
 */
const char *
migdesc_fleet_check_get_reason_message (MigdescFleetCheck *check, guint reason)
{
  g_return_val_if_fail (check != NULL, NULL);

  return get_reason (check, reason) != NULL ? get_reason (check, reason)->message : NULL;
}

/**
 * migdesc_fleet_check_get_reason_n_hosts:
 * @check: answers
 * @reason: a reason's position
 *
 * Counts the hosts that have a reason, maybe beside others.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_check_get_reason_n_hosts (MigdescFleetCheck *check, guint reason)
{
  g_return_val_if_fail (check != NULL, 0);

  return get_reason (check, reason) != NULL ? get_reason (check, reason)->n_hosts : 0;
}

/**
 * migdesc_fleet_check_dup_first_reasons:
 * @check: answers
 *
 * Gets for all hosts the first reason, in the order of what each host says.
 *
 * Returns: (transfer full): a signed 32-bit integer of this machine for each host: the position of
 * its first reason, or -1 if it has none
 *
 * Since: 1.0
 */
GBytes *
migdesc_fleet_check_dup_first_reasons (MigdescFleetCheck *check)
{
  g_autofree gint32 *of_shapes = NULL;
  MigdescReasons *reasons;
  gint32 *column;

  g_return_val_if_fail (check != NULL, NULL);

  reasons = migdesc_fleet_check_reasons (check);
  of_shapes = g_new (gint32, (gsize) check->n_shapes + 1);
  for (guint32 i = 0; i < check->n_shapes; i++)
    {
      guint n;
      const guint32 *numbers = migdesc_reasons_of_shape (reasons, i, &n);

      of_shapes[i] = n > 0 ? (gint32) numbers[0] : -1;
    }
  column = g_new (gint32, (gsize) check->roster->n + 1);
  for (guint32 i = 0; i < check->roster->n; i++)
    column[i] = of_shapes[check->roster->shapes[i]];
  return g_bytes_new_take (column, (gsize) check->roster->n * sizeof *column);
}

/**
 * migdesc_fleet_check_dup_shape_reasons:
 * @check: answers
 * @offsets: (out) (transfer full): return location for where each shape's reasons begin and, last,
 * where the last shape's end: one more 32-bit integers of this machine than there are shapes
 *
 * Gets all reasons of every shape: with migdesc_fleet_dup_shapes() those of every host.
 *
 * Returns: (transfer full): positions of reasons, 32-bit integers of this machine
 *
 * Since: 1.0
 */
GBytes *
migdesc_fleet_check_dup_shape_reasons (MigdescFleetCheck *check, GBytes **offsets)
{
  g_autoptr (GByteArray) numbers = g_byte_array_new ();
  MigdescReasons *reasons;
  guint32 *starts;

  g_return_val_if_fail (check != NULL, NULL);
  g_return_val_if_fail (offsets != NULL, NULL);

  reasons = migdesc_fleet_check_reasons (check);
  starts = g_new (guint32, (gsize) check->n_shapes + 1);
  for (guint32 i = 0; i < check->n_shapes; i++)
    {
      guint n;
      const guint32 *of_shape = migdesc_reasons_of_shape (reasons, i, &n);

      starts[i] = numbers->len / (guint32) sizeof (guint32);
      g_byte_array_append (numbers, (const guint8 *) of_shape, n * (guint) sizeof (guint32));
    }
  starts[check->n_shapes] = numbers->len / (guint32) sizeof (guint32);
  *offsets = g_bytes_new_take (starts, ((gsize) check->n_shapes + 1) * sizeof *starts);
  return g_byte_array_free_to_bytes (g_steal_pointer (&numbers));
}
