/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/select/remedies.h"

#include <string.h>

#include "model/codes.h"
#include "model/report-private.h"
#include "ops/check.h"

#define MAX_STEPS 100000
/* Values that no rule tells apart are one: a param has few that matter. */
#define MAX_VALUES 256

typedef struct
{
  const MigdescModelCore *model;
  MigdescValue *values; /* of each param */
  guint8 *free;         /* of each param: it has to change, and may be anything that is accepted */
  guint8 *changed;      /* of each param that the search has set */
  GArray **choices;     /* of each param: MigdescValue, made when needed */
  guint32 *involved;    /* params that constraints name */
  guint32 n_involved;
  guint32 steps;        /* left */
} Mend;

/* --- Values that matter ----------------------------------------------- */

static gboolean
has_choice (const GArray *choices, MigdescValueType type, MigdescValue value)
{
  for (guint i = 0; i < choices->len; i++)
    if (migdesc_value_equal (type, g_array_index (choices, MigdescValue, i), value))
      return TRUE;
  return FALSE;
}

static void
add_choice (const MigdescParamCore *param, GArray *choices, MigdescValue value)
{
  if (choices->len < MAX_VALUES && migdesc_param_core_accepts (param, value)
      && !has_choice (choices, (MigdescValueType) param->type, value))
    g_array_append_val (choices, value);
}

/* Where a set begins, and what comes right after it: between these nothing changes. */
static void
add_ends (const MigdescParamCore *param, GArray *choices, const MigdescSet *set)
{
  MigdescValue value;

  for (guint32 i = 0; i < set->n && choices->len < MAX_VALUES; i++)
    if (param->type == MIGDESC_VALUE_TYPE_STRING)
      {
        value.string = set->members.strings[i];
        add_choice (param, choices, value);
      }
    else
      {
        value.number = set->members.intervals[i].min;
        add_choice (param, choices, value);
        value.number = set->members.intervals[i].max;
        add_choice (param, choices, value);
        value.number += value.number < G_MAXUINT64;
        add_choice (param, choices, value);
      }
}

static void
add_ends_of (const MigdescParamCore *param, guint32 position, GArray *choices,
             const MigdescCondition *conditions, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (conditions[i].param == position)
      add_ends (param, choices, &conditions[i].set);
}

static const GArray *
choices_of (Mend *mend, guint32 position)
{
  const MigdescParamCore *param = &mend->model->params[position];
  GArray *choices = mend->choices[position];
  MigdescValue number;

  if (choices != NULL)
    return choices;
  choices = mend->choices[position] = g_array_new (FALSE, TRUE, sizeof (MigdescValue));
  if (param->has_off)
    add_choice (param, choices, param->off);
  add_choice (param, choices, param->init);
  add_ends (param, choices, &param->allowed);
  for (guint32 i = 0; i < mend->model->n_constraints; i++)
    {
      const MigdescConstraintCore *rule = &mend->model->constraints[i];

      add_ends_of (param, position, choices, rule->when, rule->n_when);
      add_ends_of (param, position, choices, rule->then, rule->n_then);
    }
  for (guint64 i = 0; i < 2 && param->type != MIGDESC_VALUE_TYPE_STRING; i++)
    {
      number.number = i;
      add_choice (param, choices, number);
    }
  return choices;
}

/* --- The search ------------------------------------------------------- */

static gboolean
all_hold (const Mend *mend)
{
  for (guint32 i = 0; i < mend->model->n_constraints; i++)
    if (!migdesc_constraint_core_holds (&mend->model->constraints[i], mend->values))
      return FALSE;
  return TRUE;
}

/* Tries the values of all params that may change, from the number-th that constraints name. */
static gboolean
try_values (Mend *mend, guint32 number)
{
  guint32 position;
  const GArray *choices;
  MigdescValue before;

  while (number < mend->n_involved && !mend->changed[mend->involved[number]])
    number++;
  if (number == mend->n_involved)
    return mend->steps > 0 && (mend->steps--, all_hold (mend));
  position = mend->involved[number];
  choices = choices_of (mend, position);
  before = mend->values[position];
  for (guint i = 0; i < choices->len && mend->steps > 0; i++)
    {
      mend->values[position] = g_array_index (choices, MigdescValue, i);
      if (try_values (mend, number + 1))
        {
          mend->values[position] = before;
          return TRUE;
        }
    }
  mend->values[position] = before;
  return FALSE;
}

/* Whether to let n more of them change would do */
static gboolean
try_params (Mend *mend, guint32 number, guint32 n)
{
  if (n == 0)
    return try_values (mend, 0);
  for (guint32 i = number; i + n <= mend->n_involved && mend->steps > 0; i++)
    {
      guint32 position = mend->involved[i];
      gboolean found;

      if (mend->changed[position])
        continue;
      mend->changed[position] = TRUE;
      found = try_params (mend, i + 1, n - 1);
      mend->changed[position] = FALSE;
      if (found)
        return TRUE;
    }
  return FALSE;
}

static void
note_involved (Mend *mend, const MigdescCondition *conditions, guint32 n, guint8 *seen)
{
  for (guint32 i = 0; i < n; i++)
    {
      guint32 position = conditions[i].param;

      if (!seen[position])
        mend->involved[mend->n_involved++] = position;
      seen[position] = TRUE;
    }
}

static void
find_involved (Mend *mend)
{
  g_autofree guint8 *seen = g_new0 (guint8, mend->model->n_params + 1);

  for (guint32 i = 0; i < mend->model->n_constraints; i++)
    {
      const MigdescConstraintCore *rule = &mend->model->constraints[i];

      note_involved (mend, rule->when, rule->n_when, seen);
      note_involved (mend, rule->then, rule->n_then, seen);
    }
}

/* The fewest params more; MIGDESC_NO_REMEDY: no values satisfy the constraints. */
static guint32
mend_constraints (Mend *mend, guint32 n_violated)
{
  find_involved (mend);
  memcpy (mend->changed, mend->free, mend->model->n_params);
  for (guint32 n = 0; n <= mend->n_involved; n++)
    {
      if (try_params (mend, 0, n))
        return n;
      if (mend->steps == 0)
        return n_violated;
    }
  return MIGDESC_NO_REMEDY;
}

/* --- What the findings say -------------------------------------------- */

typedef struct
{
  const MigdescModelCore *model;
  guint8 *free;
  GHashTable *unknown; /* names that the model does not have */
  guint32 n_others;
  guint32 n_violated;
  gboolean hopeless;
} Needs;

/* Another value of the param mends it, or to leave it out, whether or not the finding can name one
 * that would. */
static gboolean
is_about_value (const MigdescFindingCore *finding)
{
  static const char *const codes[]
      = { MIGDESC_CODE_PARAM_UNKNOWN, MIGDESC_CODE_PARAM_TYPE, MIGDESC_CODE_PARAM_REQUIRED,
          MIGDESC_CODE_PARAM_VALUE_NOT_ALLOWED, NULL };

  return finding->param != NULL && g_strv_contains (codes, finding->code);
}

static gboolean
is_hopeless (const MigdescFindingCore *finding)
{
  return g_str_equal (finding->code, MIGDESC_CODE_MODEL_NOT_SUPPORTED)
         || g_str_equal (finding->code, MIGDESC_CODE_UNMIGRATABLE)
         || (finding->remedy == NULL && !is_about_value (finding));
}

static void
take_finding (Needs *needs, const MigdescFindingCore *finding)
{
  guint32 position;

  if (finding->severity != MIGDESC_SEVERITY_BLOCKER)
    return;
  if (g_str_equal (finding->code, MIGDESC_CODE_CONSTRAINT_VIOLATED))
    needs->n_violated++;
  else if (is_hopeless (finding))
    needs->hopeless = TRUE;
  else if (finding->param == NULL)
    needs->n_others++;
  else
    {
      position = migdesc_model_core_find_param (needs->model, finding->param,
                                                strlen (finding->param));
      if (position == MIGDESC_NOT_FOUND)
        g_hash_table_add (needs->unknown, finding->param);
      else
        needs->free[position] = TRUE;
    }
}

static guint32
count_needs (const Needs *needs)
{
  guint32 n = needs->n_others + g_hash_table_size (needs->unknown);

  for (guint32 i = 0; i < needs->model->n_params; i++)
    n += needs->free[i];
  return n;
}

/* The values that the descriptor makes of the list */
static gboolean
fill_values (MigdescStore *store, const MigdescModelCore *model, const MigdescParamList *list,
             MigdescValue *values)
{
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, store, model, list, &migdesc_voice_check, NULL);
  migdesc_trial_bind (&trial);
  if (list->version == NULL)
    migdesc_trial_fill_complete (&trial);
  else
    {
      guint32 version = migdesc_model_core_find_version (model, list->version,
                                                         strlen (list->version));

      if (version == MIGDESC_NOT_FOUND)
        return FALSE;
      migdesc_trial_fill_from_version (&trial, version, FALSE);
    }
  memcpy (values, trial.values, model->n_params * sizeof *values);
  return TRUE;
}

/* Params that have to change may make constraints hold or break: all are looked at. */
static guint32
count_mending (MigdescStore *store, const MigdescModelCore *model, const MigdescParamList *list,
               Needs *needs)
{
  g_autofree MigdescValue *values = g_new0 (MigdescValue, model->n_params + 1);
  g_autofree guint8 *changed = g_new0 (guint8, model->n_params + 1);
  g_autofree guint32 *involved = g_new0 (guint32, model->n_params + 1);
  g_autofree GArray **choices = g_new0 (GArray *, model->n_params + 1);
  Mend mend = { model, values, needs->free, changed, choices, involved, 0, MAX_STEPS };
  guint32 n = 0;

  if (fill_values (store, model, list, values))
    n = mend_constraints (&mend, needs->n_violated);
  for (guint32 i = 0; i < model->n_params; i++)
    g_clear_pointer (&choices[i], g_array_unref);
  return n;
}

guint32
migdesc_remedies_count (MigdescStore *store, const MigdescParamList *list,
                        const MigdescReport *report)
{
  MigdescName from_list = { NULL };
  const MigdescName *name = migdesc_check_find_name (store, list, &from_list, NULL);
  const MigdescModelCore *model
      = name != NULL ? migdesc_store_find_model (store, name->text, name->length) : NULL;
  g_autoptr (GHashTable) unknown = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint8 *free_params = NULL;
  Needs needs = { model, NULL, unknown, 0, 0, FALSE };
  guint32 more = 0;

  if (model == NULL || migdesc_report_get_n_omitted (report) > 0)
    return MIGDESC_NO_REMEDY;
  needs.free = free_params = g_new0 (guint8, model->n_params + 1);
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    take_finding (&needs, migdesc_report_peek (report, i));
  if (needs.hopeless)
    return MIGDESC_NO_REMEDY;
  if (model->n_constraints > 0)
    more = count_mending (store, model, list, &needs);
  return more == MIGDESC_NO_REMEDY ? MIGDESC_NO_REMEDY : count_needs (&needs) + more;
}
