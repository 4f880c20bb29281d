/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/answers.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "fleet/select/remedies.h"
#include "model/codes.h"
#include "model/param-list-private.h"
#include "model/report-private.h"
#include "ops/check.h"

void
migdesc_answers_init (MigdescAnswers *answers, MigdescShapes *shapes,
                      const MigdescParamList *list, MigdescStore *source,
                      const char *const *only)
{
  memset (answers, 0, sizeof *answers);
  answers->shapes = migdesc_shapes_ref (shapes);
  answers->list = migdesc_param_list_ref ((MigdescParamList *) list);
  answers->source = source != NULL ? migdesc_store_ref (source) : NULL;
  answers->only = g_strdupv ((char **) only);
  answers->n = shapes->n_stores;
  answers->verdicts = g_malloc ((gsize) answers->n + 1);
  answers->reports = g_new0 (MigdescReport *, (gsize) answers->n + 1);
  answers->returns = g_new0 (MigdescReport *, (gsize) answers->n + 1);
  answers->remedies = g_new0 (guint32, (gsize) answers->n + 1);
}

static void
clear_reports (MigdescReport **reports, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    g_clear_pointer (&reports[i], migdesc_report_unref);
  g_free (reports);
}

void
migdesc_answers_clear (MigdescAnswers *answers)
{
  if (answers->shapes == NULL)
    return;
  clear_reports (answers->reports, answers->n);
  clear_reports (answers->returns, answers->n);
  g_free (answers->verdicts);
  g_free (answers->remedies);
  g_strfreev (answers->only);
  g_clear_pointer (&answers->source, migdesc_store_unref);
  migdesc_param_list_unref (answers->list);
  g_clear_pointer (&answers->shapes, migdesc_shapes_unref);
}

static MigdescReport *
keep (MigdescReport **place, MigdescReport *report)
{
  if (g_atomic_pointer_compare_and_exchange (place, NULL, report))
    return report;
  migdesc_report_unref (report);
  return g_atomic_pointer_get (place);
}

MigdescReport *
migdesc_answers_report (const MigdescAnswers *answers, guint32 descriptor, GError **error)
{
  MigdescReport **place = &answers->reports[descriptor];
  MigdescReport *report = g_atomic_pointer_get (place);

  if (report != NULL)
    return report;
  report = migdesc_check_stores (answers->shapes->stores[descriptor], answers->list,
                                 answers->source, (const char *const *) answers->only,
                                 &migdesc_voice_check, error);
  return report != NULL ? keep (place, report) : NULL;
}

/* The same list, with the sides exchanged; a list without a model is about the only one of the
 * descriptor that it went to. */
static MigdescReport *
check_return (const MigdescAnswers *answers, MigdescStore *there)
{
  MigdescName from_list = { NULL };
  const MigdescName *name = migdesc_check_find_name (there, answers->list, &from_list, NULL);

  return name != NULL ? migdesc_check_named (answers->source, name, answers->list, there,
                                             (const char *const *) answers->only,
                                             &migdesc_voice_return)
                      : NULL;
}

MigdescReport *
migdesc_answers_return (const MigdescAnswers *answers, guint32 descriptor)
{
  MigdescReport **place = &answers->returns[descriptor];
  MigdescReport *report = g_atomic_pointer_get (place);

  if (report != NULL || answers->source == NULL)
    return report;
  report = check_return (answers, answers->shapes->stores[descriptor]);
  return report != NULL ? keep (place, report) : NULL;
}

guint32
migdesc_answers_remedies (const MigdescAnswers *answers, guint32 descriptor)
{
  guint32 *remedies = &answers->remedies[descriptor];
  MigdescReport *report;

  if (*remedies != 0)
    return *remedies - 1;
  report = migdesc_answers_report (answers, descriptor, NULL);
  *remedies = 1 + (report != NULL
                     ? migdesc_remedies_count (answers->shapes->stores[descriptor], answers->list,
                                               report)
                     : MIGDESC_NO_REMEDY);
  return *remedies - 1;
}

static guint8
ask_for_report (MigdescAnswers *answers, guint32 descriptor)
{
  MigdescReport *report = migdesc_answers_report (answers, descriptor, NULL);

  return report != NULL ? (guint8) migdesc_report_get_verdict (report) : MIGDESC_NOT_ANSWERED;
}

static guint8
ask_check (MigdescAnswers *answers, guint32 descriptor)
{
  g_autoptr (GError) error = NULL;
  MigdescVerdict verdict
      = migdesc_check_verdict (answers->shapes->stores[descriptor], answers->list,
                               (const char *const *) answers->only, &error);

  return error != NULL ? MIGDESC_NOT_ANSWERED : (guint8) verdict;
}

static gboolean
check_cancelled (const MigdescAnswers *answers, guint32 n, GCancellable *cancellable,
                 GError **error)
{
  if (n % 256 != 0 || !g_cancellable_is_cancelled (cancellable))
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED,
               "asking a fleet was cancelled after %u of %u descriptors", n, answers->n);
  return FALSE;
}

gboolean
migdesc_answers_ask (MigdescAnswers *answers, GCancellable *cancellable, GError **error)
{
  g_autoptr (MigdescFactsQuestion) question = NULL;

  if (answers->source == NULL && answers->only == NULL && answers->list->version == NULL)
    question = migdesc_facts_question_new (answers->shapes->facts, answers->list);
  for (guint32 i = 0; i < answers->n; i++)
    {
      guint8 verdict = question != NULL ? migdesc_facts_ask (question, i) : MIGDESC_FACTS_UNSURE;

      if (!check_cancelled (answers, i, cancellable, error))
        return FALSE;
      if (verdict == MIGDESC_FACTS_UNSURE)
        verdict = answers->source == NULL ? ask_check (answers, i) : ask_for_report (answers, i);
      answers->verdicts[i] = verdict;
    }
  return TRUE;
}

gboolean
migdesc_finding_is_reason (const MigdescReport *report, guint position)
{
  const MigdescFindingCore *finding = migdesc_report_peek (report, position);

  return finding->severity == MIGDESC_SEVERITY_BLOCKER
         || (migdesc_report_get_verdict (report) == MIGDESC_VERDICT_UNDECIDED
             && g_str_equal (finding->code, MIGDESC_CODE_VALUE_UNDECIDED));
}
