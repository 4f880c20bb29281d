/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/baseline/front-choices.h"

#include <string.h>

#include "base/hash.h"

#define MAX_VALUES 1024
#define MAX_VARIABLES 1024

typedef struct
{
  MigdescValue value;
  guint8 type;
} Typed;

typedef struct
{
  MigdescFrontChoices *choices;
  const MigdescCandidate *candidates;
  guint32 n_candidates;
  const MigdescParamCore **params; /* of each candidate: the param at hand, or NULL */
  GArray *values;                  /* Typed */
  gboolean matters;                /* constraints or versions look at the value itself */
} Making;

/* --- Values ----------------------------------------------------------- */

static void
add_value (Making *making, const MigdescParamCore *param, MigdescValue value)
{
  Typed typed = { value, param->type };

  for (guint i = 0; i < making->values->len; i++)
    {
      const Typed *known = &g_array_index (making->values, Typed, i);

      if (known->type == typed.type
          && migdesc_value_equal ((MigdescValueType) typed.type, known->value, value))
        return;
    }
  if (making->values->len <= MAX_VALUES)
    g_array_append_val (making->values, typed);
}

/* Of an interval both ends, and what lies right outside of it */
static void
add_set (Making *making, const MigdescParamCore *param, const MigdescSet *set)
{
  MigdescValue value;

  for (guint32 i = set->n; i > 0 && param->type == MIGDESC_VALUE_TYPE_STRING; i--)
    {
      value.string = set->members.strings[i - 1];
      add_value (making, param, value);
    }
  for (guint32 i = set->n; i > 0 && param->type == MIGDESC_VALUE_TYPE_INT; i--)
    {
      const MigdescInterval *interval = &set->members.intervals[i - 1];

      value.number = interval->max;
      add_value (making, param, value);
      value.number = interval->min;
      add_value (making, param, value);
      value.number = interval->max + (interval->max < G_MAXUINT64);
      add_value (making, param, value);
      value.number = interval->min - (interval->min > 0);
      add_value (making, param, value);
    }
}

static void
add_conditions (Making *making, const MigdescParamCore *param, guint32 position,
                const MigdescCondition *conditions, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (conditions[i].param == position)
      {
        add_set (making, param, &conditions[i].set);
        making->matters = TRUE;
      }
}

/* Whether it takes for sure only what its init value or a version vouches for */
static gboolean
is_open (const MigdescParamCore *param)
{
  return param->allowed.any && param->type != MIGDESC_VALUE_TYPE_BOOL;
}

static void
add_versions (Making *making, const MigdescModelCore *model, guint32 position)
{
  if (!model->any_uncreatable && !model->any_unloadable && !model->any_unmigratable
      && !is_open (&model->params[position]))
    return;
  making->matters = TRUE;
  for (guint32 i = 0; i < model->n_versions; i++)
    for (guint32 k = 0; k < model->versions[i].n_settings; k++)
      if (model->versions[i].settings[k].param == position)
        {
          MigdescValue value = model->versions[i].settings[k].value;

          add_value (making, &model->params[position], value);
          if (model->params[position].type != MIGDESC_VALUE_TYPE_INT)
            continue;
          value.number += value.number < G_MAXUINT64;
          add_value (making, &model->params[position], value);
        }
}

static void
add_values_of (Making *making, const MigdescModelCore *model, const MigdescParamCore *param)
{
  guint32 position = (guint32) (param - model->params);
  MigdescValue value;

  add_set (making, param, &param->allowed);
  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *rule = &model->constraints[i];

      add_conditions (making, param, position, rule->when, rule->n_when);
      add_conditions (making, param, position, rule->then, rule->n_then);
    }
  add_versions (making, model, position);
  for (guint64 i = 2; i > 0 && param->type == MIGDESC_VALUE_TYPE_BOOL; i--)
    {
      value.number = i - 1;
      add_value (making, param, value);
    }
}

/* --- Choices ---------------------------------------------------------- */

/* A value that is off at one candidate and in effect at another is another device there. */
static gboolean
takes (const MigdescParamCore *param, const Typed *typed)
{
  return param != NULL && param->type == typed->type
         && migdesc_param_core_accepts (param, typed->value)
         && !(param->has_off
              && migdesc_value_equal ((MigdescValueType) typed->type, param->off, typed->value));
}

static gboolean
can_be_off (const MigdescParamCore *param)
{
  return param == NULL || param->has_off;
}

static gboolean
is_known (const Making *making, const MigdescFrontVariable *variable, const guint8 *taken)
{
  for (guint i = 0; i < variable->n_choices && !making->matters; i++)
    if (!variable->choices[i].is_off
        && memcmp (variable->choices[i].taken, taken, making->n_candidates) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
any_takes (const guint8 *taken, guint32 n)
{
  return memchr (taken, TRUE, n) != NULL;
}

static void
add_choice (Making *making, MigdescFrontVariable *variable, const Typed *typed)
{
  guint8 *taken = migdesc_arena_alloc (making->choices->arena, (gsize) making->n_candidates + 1);

  for (guint32 i = 0; i < making->n_candidates; i++)
    taken[i] = (typed != NULL ? takes (making->params[i], typed) : can_be_off (making->params[i]))
                 ? TRUE
                 : FALSE;
  if (!any_takes (taken, making->n_candidates)
      || (typed != NULL && is_known (making, variable, taken)))
    return;
  variable->choices[variable->n_choices++] = (MigdescFrontChoice) {
    typed != NULL ? typed->value : (MigdescValue) { 0 },
    typed != NULL ? typed->type : 0,
    typed == NULL,
    taken,
  };
}

static gboolean
make_variable (Making *making, MigdescFrontVariable *variable)
{
  g_array_set_size (making->values, 0);
  making->matters = FALSE;
  for (guint32 i = 0; i < making->n_candidates; i++)
    {
      const MigdescModelCore *model = making->candidates[i].model;
      guint32 position
          = migdesc_model_core_find_param (model, variable->name, strlen (variable->name));

      making->params[i] = position != MIGDESC_NOT_FOUND ? &model->params[position] : NULL;
      if (making->params[i] != NULL)
        add_value (making, making->params[i], making->params[i]->init);
    }
  for (guint32 i = 0; i < making->n_candidates; i++)
    if (making->params[i] != NULL)
      add_values_of (making, making->candidates[i].model, making->params[i]);
  variable->choices = migdesc_arena_alloc (
      making->choices->arena, (making->values->len + 2) * sizeof *variable->choices);
  for (guint i = 0; i < making->values->len; i++)
    add_choice (making, variable, &g_array_index (making->values, Typed, i));
  add_choice (making, variable, NULL);
  return making->values->len <= MAX_VALUES;
}

static guint
hash_name (gconstpointer name)
{
  return migdesc_hash_fold (migdesc_hash (name, strlen (name)));
}

static GPtrArray *
find_names (const MigdescCandidate *candidates, guint32 n_candidates)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_name, g_str_equal);
  GPtrArray *names = g_ptr_array_new ();

  for (guint32 i = 0; i < n_candidates; i++)
    for (guint32 k = 0; k < candidates[i].model->n_params; k++)
      if (g_hash_table_add (seen, (gpointer) candidates[i].model->params[k].name))
        g_ptr_array_add (names, (gpointer) candidates[i].model->params[k].name);
  return names;
}

gboolean
migdesc_front_choices_make (MigdescFrontChoices *choices, const MigdescCandidate *candidates,
                            guint32 n_candidates)
{
  g_autoptr (GPtrArray) names = find_names (candidates, n_candidates);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (Typed));
  g_autofree const MigdescParamCore **params
      = g_new0 (const MigdescParamCore *, (gsize) n_candidates + 1);
  Making making = { choices, candidates, n_candidates, params, values, FALSE };
  gboolean done = names->len <= MAX_VARIABLES;

  choices->arena = migdesc_arena_new (4096);
  choices->n_variables = names->len;
  choices->variables
      = migdesc_arena_alloc0 (choices->arena, (names->len + 1) * sizeof *choices->variables);
  for (guint i = 0; i < names->len && done; i++)
    {
      choices->variables[i].name = names->pdata[i];
      done = make_variable (&making, &choices->variables[i]);
    }
  return done;
}

void
migdesc_front_choices_clear (MigdescFrontChoices *choices)
{
  g_clear_pointer (&choices->arena, migdesc_arena_free);
}
