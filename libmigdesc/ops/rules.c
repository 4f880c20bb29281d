/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/rules.h"

#include "ops/messages.h"

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
         && migdesc_value_parse (param->type, pair->value, pair->value_length, &value)
                == MIGDESC_VALUE_OK
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
  migdesc_trial_mark_bad (trial, bound->param);
  if (migdesc_trial_wants_param (trial, bound->param))
    migdesc_say_param_type (&trial->answer, &trial->model->params[bound->param], pair,
                            source_param (trial, pair));
}

static inline gboolean
accepts (MigdescTrial *trial,
         const MigdescParamCore *param,
         MigdescValue value)
{
  if (G_UNLIKELY (param->allowed.any))
    {
      trial->any_open |= param->type != MIGDESC_VALUE_TYPE_BOOL;
      return TRUE;
    }
  return migdesc_param_core_accepts (param, value);
}

static void
refuse_value (MigdescTrial *trial,
              MigdescBoundPair *bound,
              const MigdescPair *pair)
{
  const MigdescParamCore *param = &trial->model->params[bound->param];

  bound->state = MIGDESC_PAIR_NOT_ALLOWED;
  migdesc_trial_mark_bad (trial, bound->param);
  if (migdesc_trial_wants_param (trial, bound->param))
    migdesc_say_value_not_allowed (&trial->answer, param, bound->value, pair->value);
}

/* What is not at once seen to be right; apart, so that the loop over what is stays small */
static G_GNUC_NO_INLINE void
check_pair (MigdescTrial *trial,
            guint position)
{
  MigdescBoundPair *bound = &trial->pairs[position];
  const MigdescPair *pair = &trial->list->pairs[position];

  if (bound->state == MIGDESC_PAIR_OK)
    refuse_value (trial, bound, pair);
  else if (bound->state == MIGDESC_PAIR_UNKNOWN)
    check_unknown (trial, bound, pair);
  else
    check_wrong_type (trial, bound, pair);
}

gboolean
migdesc_rules_check_pairs (MigdescTrial *trial)
{
  const MigdescParamCore *params = trial->model->params;
  const MigdescBoundPair *pairs = trial->pairs;
  guint n = trial->n_pairs;

  for (guint i = 0; i < n; i++)
    {
      const MigdescBoundPair *bound = &pairs[i];

      if (G_LIKELY (bound->state == MIGDESC_PAIR_OK
                    && accepts (trial, &params[bound->param], bound->value)))
        continue;
      check_pair (trial, i);
      if (migdesc_answer_is_settled (&trial->answer))
        return FALSE;
    }
  return TRUE;
}

gboolean
migdesc_rules_check_missing (MigdescTrial *trial)
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
      migdesc_trial_mark_bad (trial, i);
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
migdesc_rules_check_constraints (MigdescTrial *trial)
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

/* Takes out of @open, by param the pair plus 1, what some version sets: one pass, however many
 * params are open. */
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
migdesc_rules_check_undecided (MigdescTrial *trial)
{
  g_autofree guint32 *open = NULL;

  for (guint i = 0; trial->any_open && i < trial->n_pairs; i++)
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
