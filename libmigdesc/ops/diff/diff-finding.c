/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Findings of diff and lint: which are wanted, which the document ignores, where they stand. */

#include <string.h>

#include <migdesc/migdesc-param-list.h>

#include "base/bytes.h"
#include "base/json-find.h"
#include "base/json-locate.h"
#include "ops/check.h"
#include "ops/diff/diff-private.h"
#include "ops/list.h"

/* A thousand of a megabyte each would help nobody. */
#define MOST_WITNESS 65536

static const char *
find_reason (const MigdescIgnore *ignores,
             guint32 n_ignores,
             const char *code)
{
  for (guint32 i = 0; i < n_ignores; i++)
    if (strcmp (ignores[i].code, code) == 0)
      return ignores[i].reason;
  return NULL;
}

/* The new document speaks: it is what is written to be published. A model that is gone is spoken
 * for by the document. */
static const char *
get_reason (const MigdescDiffing *diffing,
            const char *code)
{
  const char *reason = NULL;

  if (diffing->model != NULL)
    reason = find_reason (diffing->model->ignores, diffing->model->n_ignores, code);
  return reason != NULL ? reason
                        : find_reason (diffing->store->ignores, diffing->store->n_ignores, code);
}

gboolean
migdesc_diffing_wants (const MigdescDiffing *diffing,
                       const char *code,
                       MigdescCategory category)
{
  const MigdescRuleRow *row = migdesc_rule_find (diffing->kind, code);

  if (row == NULL || row->since > diffing->rules)
    return FALSE;
  if (diffing->kind == MIGDESC_RULE_DIFF && (category & diffing->category) == 0)
    return FALSE;
  return (diffing->flags & MIGDESC_DIFF_SHOW_IGNORED) != 0 || get_reason (diffing, code) == NULL;
}

/* What could not be migrated anyway is no loss. */
static gboolean
never_worked (const MigdescDiffing *diffing,
              const MigdescRuleRow *row)
{
  return diffing->old != NULL && diffing->old->support == MIGDESC_SUPPORT_NONE
         && row->severity == MIGDESC_SEVERITY_BLOCKER;
}

MigdescFindingCore *
migdesc_diffing_begin (MigdescDiffing *diffing,
                       const char *code,
                       MigdescCategory category)
{
  const MigdescRuleRow *row = migdesc_rule_find (diffing->kind, code);
  const char *reason = get_reason (diffing, code);
  MigdescFindingCore *finding;

  if (!migdesc_diffing_wants (diffing, code, category))
    return NULL;
  if (diffing->seen == NULL && migdesc_report_is_full (diffing->report))
    {
      migdesc_report_omit (diffing->report, reason != NULL || never_worked (diffing, row)
                                                ? MIGDESC_SEVERITY_INFO
                                                : (MigdescSeverity) row->severity);
      return NULL;
    }
  finding = migdesc_finding_core_new (row->code, (MigdescSeverity) row->severity);
  if (reason != NULL || never_worked (diffing, row))
    finding->severity = MIGDESC_SEVERITY_INFO;
  finding->reason = g_strdup (reason);
  finding->model = g_strdup (diffing->model_name);
  finding->category = (guint8) (category & diffing->category);
  return finding;
}

void
migdesc_diffing_place (MigdescFindingCore *finding,
                       char *pointer,
                       char *old_pointer)
{
  finding->pointer = pointer;
  finding->old_pointer = old_pointer;
}

void
migdesc_diffing_place_in_model (MigdescDiffing *diffing,
                                MigdescFindingCore *finding,
                                const char *member)
{
  gboolean is_diff = diffing->kind == MIGDESC_RULE_DIFF;

  migdesc_diffing_place (
      finding, migdesc_pointer_to_member (diffing->model_name, member),
      is_diff ? migdesc_pointer_to_member (diffing->model_name, member) : NULL);
}

/* With many old documents, what is found again is said once: for the first of them. */
static gboolean
is_new (MigdescDiffing *diffing,
        const MigdescFindingCore *finding)
{
  if (diffing->seen == NULL)
    return TRUE;
  return g_hash_table_add (diffing->seen,
                           g_strdup_printf ("%s %s %u %s", finding->code, finding->pointer,
                                            finding->category, finding->message));
}

void
migdesc_diffing_take (MigdescDiffing *diffing,
                      MigdescFindingCore *finding,
                      GString *message,
                      char *remedy)
{
  finding->message = g_string_free (message, FALSE);
  finding->remedy = remedy;
  if (!is_new (diffing, finding))
    {
      migdesc_finding_core_unref (finding);
      return;
    }
  finding->origin = g_strdup (diffing->store->origin);
  if (finding->old_pointer != NULL)
    finding->old_origin = g_strdup (diffing->old_store->origin);
  g_ptr_array_add (diffing->fresh, migdesc_finding_core_ref (finding));
  migdesc_report_take (diffing->report, finding);
}

void
migdesc_diffing_give_up (MigdescDiffing *diffing,
                         char *pointer,
                         const char *what)
{
  MigdescFindingCore *finding
      = migdesc_diffing_begin (diffing, MIGDESC_CODE_SEARCH_TOO_LONG, diffing->category);
  GString *message;

  if (finding == NULL || finding->reason == NULL)
    migdesc_report_set_undecided (diffing->report);
  if (finding == NULL)
    {
      g_free (pointer);
      return;
    }
  message = g_string_new (NULL);
  g_string_printf (message, "%s: the search was given up after %" G_GUINT64_FORMAT
                   " configurations", what, diffing->max_steps);
  migdesc_diffing_place (finding, pointer, NULL);
  migdesc_diffing_take (diffing, finding, message, NULL);
}

/* --- Witnesses -------------------------------------------------------- */

/* Only the verdict is wanted: the first blocker settles it. */
static gboolean
is_refused (MigdescDiffing *diffing,
            MigdescStore *destination,
            const MigdescModelCore *model,
            const MigdescParamList *list)
{
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, destination, model, list, &migdesc_voice_check, NULL);
  trial.source = diffing->old;
  migdesc_trial_set_only (&trial, NULL);
  migdesc_trial_bind (&trial);
  migdesc_check_both (&trial, diffing->old_store);
  return trial.answer.verdict == MIGDESC_VERDICT_INCOMPATIBLE;
}

/* Used to work: between two hosts that both have the old one. */
gboolean
migdesc_diffing_is_witness (MigdescDiffing *diffing,
                            const MigdescParamList *list)
{
  return is_refused (diffing, diffing->store, diffing->model, list)
         && !is_refused (diffing, diffing->old_store, diffing->old, list);
}

gboolean
migdesc_diffing_try_witness (MigdescDiffing *diffing,
                             MigdescFindingCore *finding,
                             MigdescParamList *list)
{
  gboolean good = migdesc_diffing_is_witness (diffing, list);

  if (good)
    {
      g_autofree char *text = migdesc_param_list_to_string (list);

      g_free (finding->witness);
      finding->witness = strlen (text) <= MOST_WITNESS ? g_steal_pointer (&text) : NULL;
    }
  migdesc_param_list_unref (list);
  return good;
}

MigdescParamList *
migdesc_diffing_usual_list (MigdescDiffing *diffing)
{
  const MigdescModelCore *old = diffing->old;
  g_autofree MigdescValue *values = NULL;

  if (old->version_only)
    return migdesc_list_of_version (old, old->n_versions - 1);
  values = g_new (MigdescValue, old->n_params + 1);
  migdesc_model_core_fill_init (old, values);
  return migdesc_list_of_values (old, values);
}

/* --- Places ----------------------------------------------------------- */

typedef struct
{
  const char *pointer;
  guint *line;
  guint *column;
  gsize offset;
} Place;

static int
compare_offsets (gconstpointer first,
                 gconstpointer second)
{
  gsize a = ((const Place *) first)->offset;
  gsize b = ((const Place *) second)->offset;

  return (a > b) - (a < b);
}

/* From pointers to offsets and from those to lines: a pass over the text each */
static void
locate (GArray *places,
        GBytes *text)
{
  g_autofree const char **pointers = g_new (const char *, places->len + 1);
  g_autofree gsize *offsets = g_new (gsize, places->len + 1);
  g_autofree MigdescLocation *locations = g_new0 (MigdescLocation, places->len + 1);
  Place *all = (Place *) (gpointer) places->data;
  gsize length;
  const char *bytes = migdesc_bytes_peek (text, &length);

  for (guint i = 0; i < places->len; i++)
    pointers[i] = all[i].pointer;
  migdesc_json_find (bytes, length, pointers, places->len, offsets);
  for (guint i = 0; i < places->len; i++)
    all[i].offset = offsets[i];
  g_array_sort (places, compare_offsets);
  for (guint i = 0; i < places->len; i++)
    offsets[i] = MIN (all[i].offset, length);
  migdesc_json_locate (bytes, length, offsets, places->len, locations);
  for (guint i = 0; i < places->len; i++)
    {
      if (all[i].offset != G_MAXSIZE)
        {
          *all[i].line = locations[i].line;
          *all[i].column = locations[i].column;
        }
      migdesc_location_clear (&locations[i]);
    }
}

static void
locate_side (MigdescDiffing *diffing,
             MigdescStore *store,
             gboolean is_old)
{
  g_autoptr (GArray) places = NULL;

  if (store == NULL || store->text == NULL)
    return;
  places = g_array_new (FALSE, FALSE, sizeof (Place));
  for (guint i = 0; i < diffing->fresh->len; i++)
    {
      MigdescFindingCore *finding = g_ptr_array_index (diffing->fresh, i);
      Place place = { .pointer = is_old ? finding->old_pointer : finding->pointer };

      place.line = is_old ? &finding->old_line : &finding->line;
      place.column = is_old ? &finding->old_column : &finding->column;
      if (place.pointer != NULL)
        g_array_append_val (places, place);
    }
  if (places->len > 0)
    locate (places, store->text);
}

void
migdesc_diffing_locate (MigdescDiffing *diffing)
{
  locate_side (diffing, diffing->store, FALSE);
  locate_side (diffing, diffing->old_store, TRUE);
  g_ptr_array_set_size (diffing->fresh, 0);
}
