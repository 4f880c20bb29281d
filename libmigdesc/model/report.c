/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "model/handles.h"
#include "model/report-private.h"

/**
 * MigdescReport:
 *
 * The answer to a question: a verdict, and all findings that it rests on, never only the first. An
 * answer of "no" is a report and not an error; a #GError means that the question could not be
 * answered.
 *
 * A report keeps at most 1,000 findings, unless the limits of a reader say otherwise, and counts
 * those beyond. It is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */
struct _MigdescReport
{
  gatomicrefcount ref_count;
  guint8 verdict; /* MigdescVerdict */
  guint max_findings;
  GPtrArray *findings; /* MigdescFindingCore; NULL while there is none */
  guint64 n_omitted;
  GListModel *list; /* of the findings; made when first asked for */
};

G_DEFINE_BOXED_TYPE (MigdescReport, migdesc_report, migdesc_report_ref, migdesc_report_unref)

MigdescReport *
migdesc_report_new_limited (guint max_findings)
{
  MigdescReport *report = g_new0 (MigdescReport, 1);

  g_atomic_ref_count_init (&report->ref_count);
  report->verdict = MIGDESC_VERDICT_COMPATIBLE;
  report->max_findings = max_findings;
  return report;
}

MigdescReport *
migdesc_report_new (void)
{
  return migdesc_report_new_limited (MIGDESC_REPORT_MAX_FINDINGS);
}

/**
 * migdesc_report_ref:
 * @report: a report
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @report
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_report_ref (MigdescReport *report)
{
  g_return_val_if_fail (report != NULL, NULL);

  g_atomic_ref_count_inc (&report->ref_count);
  return report;
}

/**
 * migdesc_report_unref:
 * @report: (transfer full): a report
 *
 * Gives back a reference; the last one frees the report.
 *
 * Since: 1.0
 */
void
migdesc_report_unref (MigdescReport *report)
{
  g_return_if_fail (report != NULL);

  if (!g_atomic_ref_count_dec (&report->ref_count))
    return;
  g_clear_object (&report->list);
  g_clear_pointer (&report->findings, g_ptr_array_unref);
  g_free (report);
}

static void
weigh (MigdescReport *report,
       MigdescSeverity severity)
{
  if (severity == MIGDESC_SEVERITY_BLOCKER)
    report->verdict = MIGDESC_VERDICT_INCOMPATIBLE;
}

gboolean
migdesc_report_is_full (const MigdescReport *report)
{
  return report->findings != NULL && report->findings->len >= report->max_findings;
}

void
migdesc_report_omit_many (MigdescReport *report,
                          guint64 n)
{
  report->n_omitted = n < G_MAXUINT64 - report->n_omitted ? report->n_omitted + n : G_MAXUINT64;
}

void
migdesc_report_omit (MigdescReport *report,
                     MigdescSeverity severity)
{
  weigh (report, severity);
  migdesc_report_omit_many (report, 1);
}

void
migdesc_report_take (MigdescReport *report,
                     MigdescFindingCore *core)
{
  if (report->findings == NULL)
    report->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) migdesc_finding_core_unref);
  if (migdesc_report_is_full (report))
    {
      migdesc_report_omit (report, (MigdescSeverity) core->severity);
      migdesc_finding_core_unref (core);
      return;
    }
  weigh (report, (MigdescSeverity) core->severity);
  g_ptr_array_add (report->findings, core);
}

void
migdesc_report_set_incompatible (MigdescReport *report)
{
  report->verdict = MIGDESC_VERDICT_INCOMPATIBLE;
}

void
migdesc_report_set_undecided (MigdescReport *report)
{
  if (report->verdict == MIGDESC_VERDICT_COMPATIBLE)
    report->verdict = MIGDESC_VERDICT_UNDECIDED;
}

const MigdescFindingCore *
migdesc_report_peek (const MigdescReport *report,
                     guint position)
{
  return g_ptr_array_index (report->findings, position);
}

/**
 * migdesc_report_get_verdict:
 * @report: a report
 *
 * Gets the answer.
 *
 * Returns: the verdict
 *
 * Since: 1.0
 */
MigdescVerdict
migdesc_report_get_verdict (const MigdescReport *report)
{
  g_return_val_if_fail (report != NULL, MIGDESC_VERDICT_INCOMPATIBLE);

  return (MigdescVerdict) report->verdict;
}

/**
 * migdesc_report_is_compatible:
 * @report: a report
 *
 * Tells whether the answer is a plain yes: the verdict is %MIGDESC_VERDICT_COMPATIBLE.
 *
 * Returns: %TRUE if it is; %FALSE also where the answer is undecided
 *
 * Since: 1.0
 */
gboolean
migdesc_report_is_compatible (const MigdescReport *report)
{
  g_return_val_if_fail (report != NULL, FALSE);

  return report->verdict == MIGDESC_VERDICT_COMPATIBLE;
}

/**
 * migdesc_report_get_n_findings:
 * @report: a report
 *
 * Gets how many findings the report keeps.
 *
 * Returns: the number, without those that migdesc_report_get_n_omitted() counts
 *
 * Since: 1.0
 */
guint
migdesc_report_get_n_findings (const MigdescReport *report)
{
  g_return_val_if_fail (report != NULL, 0);

  return report->findings != NULL ? report->findings->len : 0;
}

static GObject *
make_finding (gpointer owner,
              guint position)
{
  GPtrArray *findings = owner;

  return G_OBJECT (migdesc_finding_new_for_core (g_ptr_array_index (findings, position)));
}

/**
 * migdesc_report_get_findings:
 * @report: a report
 *
 * Gets all findings as a list of #MigdescFinding, in the order found; those about a document are in
 * its order.
 *
 * Returns: (transfer none): the list, which always is the same object
 *
 * Since: 1.0
 */
GListModel *
migdesc_report_get_findings (const MigdescReport *report)
{
  MigdescReport *cache = (MigdescReport *) report;
  GListModel *list;
  GPtrArray *findings;

  g_return_val_if_fail (report != NULL, NULL);

  list = g_atomic_pointer_get (&cache->list);
  if (list != NULL)
    return list;

  /* the list holds the records, not the report, which holds the list */
  findings = report->findings != NULL ? g_ptr_array_ref (report->findings) : g_ptr_array_new ();
  list = migdesc_items_new (MIGDESC_TYPE_FINDING, findings->len, make_finding,
                            findings, (GDestroyNotify) g_ptr_array_unref);
  if (!g_atomic_pointer_compare_and_exchange (&cache->list, NULL, list))
    g_object_unref (list);
  return g_atomic_pointer_get (&cache->list);
}

/**
 * migdesc_report_get_finding:
 * @report: a report
 * @position: which finding, from 0
 *
 * Gets a finding.
 *
 * Returns: (transfer full) (nullable): the finding, or %NULL if there are not that many
 *
 * Since: 1.0
 */
MigdescFinding *
migdesc_report_get_finding (const MigdescReport *report,
                            guint position)
{
  g_return_val_if_fail (report != NULL, NULL);

  return g_list_model_get_item (migdesc_report_get_findings (report), position);
}

/**
 * migdesc_report_lookup_code:
 * @report: a report
 * @code: a code, such as `param-required`
 *
 * Gets the first finding with a code.
 *
 * Returns: (transfer full) (nullable): the finding, or %NULL if there is none
 *
 * Since: 1.0
 */
MigdescFinding *
migdesc_report_lookup_code (const MigdescReport *report,
                            const char *code)
{
  guint n_findings;

  g_return_val_if_fail (report != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  n_findings = migdesc_report_get_n_findings (report);
  for (guint i = 0; i < n_findings; i++)
    if (strcmp (migdesc_report_peek (report, i)->code, code) == 0)
      return migdesc_report_get_finding (report, i);
  return NULL;
}

/**
 * migdesc_report_get_n_omitted:
 * @report: a report
 *
 * Gets how many findings there were beyond those that the report keeps. The verdict takes them into
 * account.
 *
 * Returns: the number; 0 but for very bad input
 *
 * Since: 1.0
 */
guint64
migdesc_report_get_n_omitted (const MigdescReport *report)
{
  g_return_val_if_fail (report != NULL, 0);

  return report->n_omitted;
}

/**
 * migdesc_report_equal:
 * @report: a report
 * @other: another report
 *
 * Tells whether two reports say the same: same verdict, equal findings in the same order, as many
 * omitted.
 *
 * Returns: %TRUE if they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_report_equal (const MigdescReport *report,
                      const MigdescReport *other)
{
  guint n_findings;

  g_return_val_if_fail (report != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  n_findings = migdesc_report_get_n_findings (report);
  if (report->verdict != other->verdict || report->n_omitted != other->n_omitted
      || n_findings != migdesc_report_get_n_findings (other))
    return FALSE;
  for (guint i = 0; i < n_findings; i++)
    if (!migdesc_finding_core_equal (migdesc_report_peek (report, i),
                                     migdesc_report_peek (other, i)))
      return FALSE;
  return TRUE;
}

/**
 * migdesc_report_hash:
 * @report: a report
 *
 * Gives a hash of the report's value: equal reports have equal hashes, in one process. It is
 * another number in the next.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_report_hash (const MigdescReport *report)
{
  guint64 hash;
  guint n_findings;

  g_return_val_if_fail (report != NULL, 0);

  hash = report->verdict + report->n_omitted;
  n_findings = migdesc_report_get_n_findings (report);
  for (guint i = 0; i < n_findings; i++)
    hash = hash * 31 + migdesc_finding_core_hash (migdesc_report_peek (report, i));
  return migdesc_hash_fold (hash);
}
