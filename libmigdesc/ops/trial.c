/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/trial.h"

#include <string.h>

#include "ops/messages.h"

void
migdesc_trial_init (MigdescTrial *trial,
                    MigdescStore *store,
                    const MigdescModelCore *model,
                    const MigdescParamList *list,
                    const MigdescVoice *voice,
                    MigdescReport *report)
{
  migdesc_answer_init (&trial->answer, store, model, model->name, voice, report);
  trial->model = model;
  trial->source = NULL;
  trial->list = list;
  trial->only = NULL;
  trial->pairs = NULL;
  trial->n_pairs = 0;
  trial->values = NULL;
  trial->bad = trial->missing = trial->only_set = NULL;
  trial->hash = 0;
  trial->version = MIGDESC_NOT_FOUND;
  trial->has_values = FALSE;
  trial->n_heap = 0;
}

void
migdesc_trial_clear (MigdescTrial *trial)
{
  for (guint i = 0; i < trial->n_heap; i++)
    g_free (trial->heap[i]);
  trial->n_heap = 0;
}

static gpointer
keep_on_heap (MigdescTrial *trial,
              gpointer block)
{
  trial->heap[trial->n_heap++] = block;
  return block;
}

/* A cleared bit for each param; @word, of the trial's own three, serves small models. */
static guint64 *
new_bits (MigdescTrial *trial,
          guint word)
{
  guint n_words = (trial->model->n_params + 63) / 64;

  if (n_words > 1)
    return keep_on_heap (trial, g_new0 (guint64, n_words));
  trial->inline_bits[word] = 0;
  return &trial->inline_bits[word];
}

void
migdesc_trial_set_only (MigdescTrial *trial,
                        const char *const *only)
{
  trial->only = only;
  if (only == NULL)
    return;
  trial->only_set = new_bits (trial, 0);
  for (guint i = 0; only[i] != NULL; i++)
    {
      guint32 param = migdesc_model_core_find_param (trial->model, only[i], strlen (only[i]));

      if (param != MIGDESC_NOT_FOUND)
        migdesc_bits_set (trial->only_set, param);
    }
}

gboolean
migdesc_trial_wants_param (const MigdescTrial *trial,
                           guint32 param)
{
  return trial->only_set == NULL || migdesc_bits_get (trial->only_set, param);
}

gboolean
migdesc_trial_wants_name (const MigdescTrial *trial,
                          const char *name)
{
  return trial->only == NULL || g_strv_contains (trial->only, name);
}

static void
mark_bad (MigdescTrial *trial,
          guint32 param)
{
  if (trial->bad == NULL)
    trial->bad = new_bits (trial, 1);
  migdesc_bits_set (trial->bad, param);
}

void
migdesc_bind_pairs (const MigdescModelCore *model,
                    const MigdescParamList *list,
                    MigdescBoundPair *pairs)
{
  for (guint i = 0; i < list->n_pairs; i++)
    {
      const MigdescPair *pair = &list->pairs[i];
      MigdescBoundPair *bound = &pairs[i];

      bound->param = migdesc_model_core_find_param (model, pair->name, pair->name_length);
      bound->state = MIGDESC_PAIR_OK;
      if (bound->param == MIGDESC_NOT_FOUND)
        bound->state = MIGDESC_PAIR_UNKNOWN;
      else if (migdesc_value_parse (model->params[bound->param].type, pair->value, pair->value_length,
                                    &bound->value)
               != MIGDESC_VALUE_OK)
        bound->state = MIGDESC_PAIR_WRONG_TYPE;
    }
}

static void
make_room_for_pairs (MigdescTrial *trial,
                     guint n)
{
  trial->n_pairs = n;
  trial->pairs = n <= MIGDESC_TRIAL_INLINE ? trial->inline_pairs
                                           : keep_on_heap (trial, g_new (MigdescBoundPair, n));
}

void
migdesc_trial_bind (MigdescTrial *trial)
{
  if (trial->list == NULL)
    return;
  make_room_for_pairs (trial, trial->list->n_pairs);
  migdesc_bind_pairs (trial->model, trial->list, trial->pairs);
}

void
migdesc_trial_take_pairs (MigdescTrial *trial,
                          const MigdescBoundPair *pairs,
                          guint n_pairs)
{
  make_room_for_pairs (trial, n_pairs);
  if (n_pairs > 0)
    memcpy (trial->pairs, pairs, n_pairs * sizeof *pairs);
}

static void
make_room_for_values (MigdescTrial *trial)
{
  guint n = trial->model->n_params;

  trial->has_values = TRUE;
  trial->values = n <= MIGDESC_TRIAL_INLINE ? trial->inline_values
                                            : keep_on_heap (trial, g_new (MigdescValue, n));
}

/* @base_hash: of the values laid over */
static void
lay_over (MigdescTrial *trial,
          gboolean want_hash,
          guint64 base_hash)
{
  const MigdescModelCore *model = trial->model;
  guint64 hash = base_hash;

  for (guint i = 0; i < trial->n_pairs; i++)
    {
      const MigdescBoundPair *pair = &trial->pairs[i];
      guint32 at = pair->param;

      if (pair->state != MIGDESC_PAIR_OK)
        continue;
      if (want_hash)
        hash += migdesc_param_core_hash_term (&model->params[at], at, pair->value)
                - migdesc_param_core_hash_term (&model->params[at], at, trial->values[at]);
      trial->values[at] = pair->value;
    }
  trial->hash = hash;
}

void
migdesc_trial_fill_from_init (MigdescTrial *trial,
                              gboolean want_hash)
{
  make_room_for_values (trial);
  migdesc_model_core_fill_init (trial->model, trial->values);
  lay_over (trial, want_hash, trial->model->init_hash);
}

void
migdesc_trial_fill_from_version (MigdescTrial *trial,
                                 guint32 version,
                                 gboolean want_hash)
{
  make_room_for_values (trial);
  trial->version = version;
  migdesc_model_core_fill_off (trial->model, trial->values);
  migdesc_model_core_apply_version (trial->model, version, trial->values);
  lay_over (trial, want_hash, trial->model->versions[version].hash);
}

static void
find_missing (MigdescTrial *trial)
{
  const MigdescModelCore *model = trial->model;

  trial->missing = new_bits (trial, 2);
  for (guint32 i = 0; i < model->n_params; i++)
    if (!model->params[i].has_off)
      migdesc_bits_set (trial->missing, i);
  for (guint i = 0; i < trial->n_pairs; i++)
    if (trial->pairs[i].param != MIGDESC_NOT_FOUND)
      trial->missing[trial->pairs[i].param / 64] &= ~(G_GUINT64_CONSTANT (1) << (trial->pairs[i].param % 64));
}

void
migdesc_trial_fill_complete (MigdescTrial *trial,
                             gboolean want_hash)
{
  make_room_for_values (trial);
  migdesc_model_core_fill_off (trial->model, trial->values);
  find_missing (trial);
  lay_over (trial, want_hash, trial->model->off_hash);
}

static const MigdescParamCore *
source_param (const MigdescTrial *trial,
              const MigdescPair *pair)
{
  guint32 param;

  if (trial->source == NULL)
    return NULL;
  param = migdesc_model_core_find_param (trial->source, pair->name, pair->name_length);
  return param != MIGDESC_NOT_FOUND ? &trial->source->params[param] : NULL;
}

static gboolean
is_off_at (const MigdescParamCore *param,
           const MigdescPair *pair)
{
  MigdescValue value;

  return param != NULL && param->has_off
         && migdesc_value_parse (param->type, pair->value, pair->value_length, &value) == MIGDESC_VALUE_OK
         && migdesc_value_equal (param->type, value, param->off);
}

static void
check_unknown (MigdescTrial *trial,
               MigdescBoundPair *bound,
               const MigdescPair *pair)
{
  const MigdescParamCore *source = source_param (trial, pair);

  if (is_off_at (source, pair))
    bound->state = MIGDESC_PAIR_LEFT_OUT;
  else if (migdesc_trial_wants_name (trial, pair->name))
    migdesc_say_param_unknown (&trial->answer, pair, source);
}

static void
check_wrong_type (MigdescTrial *trial,
                  const MigdescBoundPair *bound,
                  const MigdescPair *pair)
{
  mark_bad (trial, bound->param);
  if (migdesc_trial_wants_param (trial, bound->param))
    migdesc_say_param_type (&trial->answer, &trial->model->params[bound->param], pair,
                            source_param (trial, pair));
}

static void
check_value (MigdescTrial *trial,
             MigdescBoundPair *bound,
             const MigdescPair *pair)
{
  const MigdescParamCore *param = &trial->model->params[bound->param];

  if (migdesc_param_core_accepts (param, bound->value))
    return;
  bound->state = MIGDESC_PAIR_NOT_ALLOWED;
  mark_bad (trial, bound->param);
  if (migdesc_trial_wants_param (trial, bound->param))
    migdesc_say_value_not_allowed (&trial->answer, param, bound->value, pair->value);
}

gboolean
migdesc_trial_check_pairs (MigdescTrial *trial)
{
  for (guint i = 0; i < trial->n_pairs; i++)
    {
      MigdescBoundPair *bound = &trial->pairs[i];

      if (bound->state == MIGDESC_PAIR_OK)
        check_value (trial, bound, &trial->list->pairs[i]);
      else if (bound->state == MIGDESC_PAIR_UNKNOWN)
        check_unknown (trial, bound, &trial->list->pairs[i]);
      else
        check_wrong_type (trial, bound, &trial->list->pairs[i]);
      if (migdesc_answer_is_settled (&trial->answer))
        return FALSE;
    }
  return TRUE;
}

gboolean
migdesc_trial_check_missing (MigdescTrial *trial)
{
  for (guint32 i = 0; i < trial->model->n_params; i++)
    {
      /* whole words of params that are all there are skipped */
      if (i % 64 == 0 && trial->missing[i / 64] == 0)
        {
          i += 63;
          continue;
        }
      if (!migdesc_bits_get (trial->missing, i))
        continue;
      mark_bad (trial, i);
      if (migdesc_trial_wants_param (trial, i))
        migdesc_say_param_required (&trial->answer, &trial->model->params[i]);
      if (migdesc_answer_is_settled (&trial->answer))
        return FALSE;
    }
  return TRUE;
}

static gboolean
conditions_apply (const MigdescTrial *trial,
                  const MigdescCondition *conditions,
                  guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (migdesc_trial_is_bad (trial, conditions[i].param)
        || !migdesc_trial_wants_param (trial, conditions[i].param))
      return FALSE;
  return TRUE;
}

/* Whether all params that it names have values, and are asked about. */
static gboolean
constraint_applies (const MigdescTrial *trial,
                    const MigdescConstraintCore *constraint)
{
  if (trial->bad == NULL && trial->only_set == NULL)
    return TRUE;
  return conditions_apply (trial, constraint->when, constraint->n_when)
         && conditions_apply (trial, constraint->then, constraint->n_then);
}

gboolean
migdesc_trial_check_constraints (MigdescTrial *trial)
{
  const MigdescModelCore *model = trial->model;

  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      if (migdesc_constraint_core_holds (&model->constraints[i], trial->values)
          || !constraint_applies (trial, &model->constraints[i]))
        continue;
      migdesc_say_constraint_violated (&trial->answer, i, trial->values);
      if (migdesc_answer_is_settled (&trial->answer))
        return FALSE;
    }
  return TRUE;
}

static gboolean
may_be_undecided (const MigdescTrial *trial,
                  const MigdescBoundPair *bound)
{
  const MigdescParamCore *param;

  if (bound->state != MIGDESC_PAIR_OK)
    return FALSE;
  param = &trial->model->params[bound->param];
  return param->allowed.any && param->type != MIGDESC_VALUE_TYPE_BOOL
         && !migdesc_value_equal (param->type, bound->value, param->init)
         && !(param->has_off && migdesc_value_equal (param->type, bound->value, param->off))
         && migdesc_trial_wants_param (trial, bound->param);
}

/* Takes out of @open, by param the pair plus 1, what some version sets: one pass, however many params are open. */
static void
close_known_values (const MigdescTrial *trial,
                    guint32 *open)
{
  const MigdescModelCore *model = trial->model;

  for (guint32 v = 0; v < model->n_versions; v++)
    for (guint32 i = 0; i < model->versions[v].n_settings; i++)
      {
        const MigdescSetting *setting = &model->versions[v].settings[i];
        guint32 pair = open[setting->param];

        if (pair != 0
            && migdesc_value_equal (model->params[setting->param].type, setting->value,
                                    trial->pairs[pair - 1].value))
          open[setting->param] = 0;
      }
}

void
migdesc_trial_check_undecided (MigdescTrial *trial)
{
  g_autofree guint32 *open = NULL;

  for (guint i = 0; i < trial->n_pairs; i++)
    if (may_be_undecided (trial, &trial->pairs[i]))
      {
        if (open == NULL)
          open = g_new0 (guint32, trial->model->n_params);
        open[trial->pairs[i].param] = i + 1;
      }
  if (open == NULL)
    return;

  close_known_values (trial, open);
  for (guint i = 0; i < trial->n_pairs; i++)
    if (trial->pairs[i].param != MIGDESC_NOT_FOUND && open[trial->pairs[i].param] == i + 1)
      migdesc_say_value_undecided (&trial->answer, &trial->model->params[trial->pairs[i].param],
                                   trial->pairs[i].value, trial->list->pairs[i].value);
}
