/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whether init and every version satisfy the constraints.
 *
 * A version is the same as the base (every param off, or init) but for what it sets, so a
 * constraint is looked at again only if a condition of it has another answer for a value that is
 * set. For each constraint the conditions that do not hold are counted; what is left to do for a
 * version is to change some counts. */

#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "model/draft-private.h"

/* A condition seen from its param */
typedef struct
{
  const MigdescSet *set;
  guint32 constraint;
  guint8 in_then;
  guint8 holds; /* in the base */
} Occurrence;

typedef struct
{
  guint32 when; /* conditions that do not hold */
  guint32 then;
  gboolean skipped; /* it is broken, or names a param that is */
} State;

typedef struct
{
  MigdescDraft *draft;
  const MigdescModelCore *model;
  Occurrence *occurrences; /* those of param i from first[i] to before first[i + 1] */
  guint32 *first;
  State *base;
  State *current;    /* of constraints that are touched */
  guint32 *touched;  /* positions */
  guint32 *stamps;   /* the version that touched the constraint last, + 1 */
  guint32 n_touched;
  guint32 stamp;
  gboolean base_violates; /* then untouched constraints count too */
  gboolean bases_missing; /* some param has no base */
  guint64 steps;
} Checker;

static void
count_conditions (const MigdescCondition *conditions,
                  guint32 n,
                  guint32 *counts)
{
  for (guint32 i = 0; i < n; i++)
    counts[conditions[i].param]++;
}

static void
enter_conditions (Checker *checker,
                  const MigdescCondition *conditions,
                  guint32 n,
                  guint32 constraint,
                  gboolean in_then)
{
  for (guint32 i = 0; i < n; i++)
    {
      const MigdescDraftParam *side = migdesc_draft_side (checker->draft, conditions[i].param);
      Occurrence *occurrence = &checker->occurrences[checker->first[conditions[i].param]++];
      State *state = &checker->base[constraint];

      occurrence->set = &conditions[i].set;
      occurrence->constraint = constraint;
      occurrence->in_then = (guint8) in_then;
      occurrence->holds
          = side->has_base && migdesc_set_contains (occurrence->set, side->base);
      state->when += !in_then && !occurrence->holds;
      state->then += in_then && !occurrence->holds;
    }
}

/* Sorts the conditions by their params, by counting. */
static void
checker_enter_all (Checker *checker)
{
  const MigdescModelCore *model = checker->model;
  guint32 total = 0;

  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];

      count_conditions (constraint->when, constraint->n_when, checker->first);
      count_conditions (constraint->then, constraint->n_then, checker->first);
    }
  for (guint32 i = 0; i <= model->n_params; i++)
    {
      guint32 count = checker->first[i];

      checker->first[i] = total;
      total += count;
    }

  checker->occurrences = g_new (Occurrence, total);
  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];

      enter_conditions (checker, constraint->when, constraint->n_when, i, FALSE);
      enter_conditions (checker, constraint->then, constraint->n_then, i, TRUE);
    }

  /* Each has moved to where the next one began. */
  memmove (checker->first + 1, checker->first, model->n_params * sizeof *checker->first);
  checker->first[0] = 0;
}

static gboolean
is_violated (const Checker *checker,
             guint32 constraint,
             const State *state)
{
  return !state->skipped && state->when == 0
         && (checker->model->constraints[constraint].forbid || state->then > 0);
}

static void
checker_init (Checker *checker,
              MigdescDraft *draft)
{
  const MigdescModelCore *model = draft->model;

  memset (checker, 0, sizeof *checker);
  checker->draft = draft;
  checker->model = model;
  checker->first = g_new0 (guint32, (gsize) model->n_params + 1);
  checker->base = g_new0 (State, model->n_constraints);
  checker->current = g_new (State, model->n_constraints);
  checker->touched = g_new (guint32, model->n_constraints);
  checker->stamps = g_new0 (guint32, model->n_constraints);
  checker_enter_all (checker);

  for (guint32 i = 0; i < draft->broken_constraints.n; i++)
    checker->base[*(guint32 *) migdesc_records_get (&draft->broken_constraints, i)].skipped = TRUE;
  for (guint32 i = 0; i < model->n_constraints; i++)
    checker->base_violates |= is_violated (checker, i, &checker->base[i]);
  for (guint32 i = 0; i < model->n_params; i++)
    checker->bases_missing |= !migdesc_draft_side (draft, i)->has_base;
}

static void
checker_clear (Checker *checker)
{
  g_free (checker->occurrences);
  g_free (checker->first);
  g_free (checker->base);
  g_free (checker->current);
  g_free (checker->touched);
  g_free (checker->stamps);
}

static State *
touch (Checker *checker,
       guint32 constraint)
{
  if (checker->stamps[constraint] != checker->stamp)
    {
      checker->stamps[constraint] = checker->stamp;
      checker->current[constraint] = checker->base[constraint];
      checker->touched[checker->n_touched++] = constraint;
    }
  return &checker->current[constraint];
}

/* What a version sets, in terms of the counts. */
static void
apply_setting (Checker *checker,
               const MigdescSetting *setting)
{
  guint32 end = checker->first[setting->param + 1];

  for (guint32 i = checker->first[setting->param]; i < end; i++)
    {
      const Occurrence *occurrence = &checker->occurrences[i];
      gboolean holds = migdesc_set_contains (occurrence->set, setting->value);
      State *state;

      checker->steps += 1 + g_bit_storage (occurrence->set->n);
      if (holds == occurrence->holds)
        continue;
      state = touch (checker, occurrence->constraint);
      if (occurrence->in_then)
        state->then += holds ? -1u : 1u;
      else
        state->when += holds ? -1u : 1u;
    }
}

static void
skip_param (Checker *checker,
            guint32 param)
{
  checker->steps += checker->first[param + 1] - checker->first[param];
  for (guint32 i = checker->first[param]; i < checker->first[param + 1]; i++)
    touch (checker, checker->occurrences[i].constraint)->skipped = TRUE;
}

/* Params that are neither set by the version nor have a value without it */
static void
skip_params_without_base (Checker *checker,
                          const MigdescVersionCore *version)
{
  guint32 next = 0;

  checker->steps += checker->model->n_params;
  for (guint32 i = 0; i < checker->model->n_params; i++)
    {
      gboolean is_set = next < version->n_settings && version->settings[next].param == i;

      next += is_set;
      if (!is_set && !migdesc_draft_side (checker->draft, i)->has_base)
        skip_param (checker, i);
    }
}

static void
report_violation (Checker *checker,
                  MigdescError code,
                  MigdescPlace place,
                  const char *const *path,
                  const char *subject,
                  guint32 constraint)
{
  g_autoptr (GString) rule = NULL;

  if (migdesc_draft_omits (checker->draft, code))
    return;
  rule = g_string_new (NULL);
  migdesc_constraint_core_quote (rule, checker->model, &checker->model->constraints[constraint]);
  migdesc_draft_report (checker->draft, code, place, path, "%s the constraint %s", subject,
                        rule->str);
}

static void
report_version (Checker *checker,
                guint32 position,
                guint32 constraint)
{
  const MigdescVersionCore *version = &checker->model->versions[position];
  g_autofree char *quoted = NULL;
  g_autofree char *subject = NULL;
  char digits[12];

  if (migdesc_draft_omits (checker->draft, MIGDESC_ERROR_VERSION_VIOLATES_CONSTRAINT))
    return;
  quoted = migdesc_quote (version->name, version->key.length);
  subject = g_strdup_printf ("version \"%s\" violates", quoted);
  g_snprintf (digits, sizeof digits, "%" G_GUINT32_FORMAT, position);
  report_violation (checker, MIGDESC_ERROR_VERSION_VIOLATES_CONSTRAINT,
                    migdesc_draft_get_place (&checker->draft->version_places, position),
                    (const char *[]){ "versions", digits, NULL }, subject, constraint);
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;

  return (first > second) - (first < second);
}

static void
report_touched (Checker *checker,
                guint32 version)
{
  guint32 n = 0;

  for (guint32 i = 0; i < checker->n_touched; i++)
    if (is_violated (checker, checker->touched[i], &checker->current[checker->touched[i]]))
      checker->touched[n++] = checker->touched[i];
  if (n > 1)
    qsort (checker->touched, n, sizeof *checker->touched, compare_positions);
  for (guint32 i = 0; i < n; i++)
    report_version (checker, version, checker->touched[i]);
}

static void
report_all (Checker *checker,
            guint32 version)
{
  checker->steps += checker->model->n_constraints;
  for (guint32 i = 0; i < checker->model->n_constraints; i++)
    {
      gboolean is_touched = checker->stamps[i] == checker->stamp;

      if (is_violated (checker, i, is_touched ? &checker->current[i] : &checker->base[i]))
        report_version (checker, version, i);
    }
}

static void
check_version (Checker *checker,
               guint32 position,
               const MigdescBrokenSetting *broken,
               guint32 n_broken)
{
  const MigdescVersionCore *version = &checker->model->versions[position];

  checker->stamp++;
  checker->n_touched = 0;
  for (guint32 i = 0; i < n_broken; i++)
    {
      if (broken[i].param == MIGDESC_NOT_FOUND)
        return;
      skip_param (checker, broken[i].param);
    }
  if (G_UNLIKELY (checker->bases_missing))
    skip_params_without_base (checker, version);

  checker->steps += version->n_settings;
  for (guint32 i = 0; i < version->n_settings; i++)
    apply_setting (checker, &version->settings[i]);

  if (G_UNLIKELY (checker->base_violates))
    report_all (checker, position);
  else
    report_touched (checker, position);
}

static void
check_versions (Checker *checker)
{
  const MigdescRecords *records = &checker->draft->broken_settings;
  const MigdescBrokenSetting *broken = (const MigdescBrokenSetting *) (gconstpointer) records->data;
  guint32 at = 0;

  for (guint32 i = 0; i < checker->model->n_versions; i++)
    {
      guint32 start = at;

      while (at < records->n && broken[at].version == i)
        at++;
      check_version (checker, i, at > start ? &broken[start] : NULL, at - start);
      if (checker->steps > MIGDESC_DRAFT_MAX_STEPS)
        {
          migdesc_draft_report (
              checker->draft, MIGDESC_ERROR_LIMIT_EXCEEDED,
              migdesc_draft_get_place (&checker->draft->version_places, i),
              (const char *[]){ "versions", NULL },
              "testing versions against constraints takes more than %" G_GUINT64_FORMAT " steps",
              MIGDESC_DRAFT_MAX_STEPS);
          return;
        }
    }
}

static gboolean
names_broken_init (Checker *checker,
                   const MigdescCondition *conditions,
                   guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (migdesc_draft_side (checker->draft, conditions[i].param)->broken != 0)
      return TRUE;
  return FALSE;
}

static void
check_init (Checker *checker)
{
  const MigdescModelCore *model = checker->model;
  g_autofree MigdescValue *values = g_new (MigdescValue, model->n_params);
  char digits[12];

  migdesc_model_core_fill_init (model, values);
  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];

      if (checker->base[i].skipped
          || names_broken_init (checker, constraint->when, constraint->n_when)
          || names_broken_init (checker, constraint->then, constraint->n_then)
          || migdesc_constraint_core_holds (constraint, values))
        continue;
      g_snprintf (digits, sizeof digits, "%" G_GUINT32_FORMAT, i);
      report_violation (checker, MIGDESC_ERROR_INIT_VIOLATES_CONSTRAINT,
                        migdesc_draft_get_place (&checker->draft->constraint_places, i),
                        (const char *[]){ "constraints", digits, NULL }, "the init values violate",
                        i);
    }
}

void
migdesc_draft_check_constraints (MigdescDraft *draft)
{
  Checker checker;

  if (draft->model->n_constraints == 0)
    return;
  checker_init (&checker, draft);
  check_init (&checker);
  check_versions (&checker);
  checker_clear (&checker);
}
