/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare/compare-space.h"

#include "ops/list.h"
#include "ops/versions.h"

static gboolean
is_open (const MigdescParamCore *param)
{
  return param->allowed.any && param->type != MIGDESC_VALUE_TYPE_BOOL;
}

static void
match_params (MigdescSpace *space)
{
  const MigdescModelCore *source = space->source;
  const MigdescModelCore *destination = space->destination;
  guint32 n = source->n_params;

  space->matches = migdesc_arena_alloc (space->arena, (source->n_params + 1) * sizeof (guint32));
  space->source_variables = migdesc_arena_alloc (space->arena,
                                                 (source->n_params + 1) * sizeof (guint32));
  space->destination_variables = migdesc_arena_alloc (space->arena, (destination->n_params + 1)
                                                                        * sizeof (guint32));
  for (guint32 i = 0; i < destination->n_params; i++)
    space->destination_variables[i] = MIGDESC_NOT_FOUND;
  for (guint32 i = 0; i < source->n_params; i++)
    {
      const MigdescName *name = &source->params[i].key;
      guint32 match = migdesc_model_core_find_param (destination, name->text, name->length);

      space->source_variables[i] = i;
      space->matches[i] = match;
      if (match != MIGDESC_NOT_FOUND)
        space->destination_variables[match] = i;
    }
  for (guint32 i = 0; i < destination->n_params; i++)
    if (space->destination_variables[i] == MIGDESC_NOT_FOUND)
      space->destination_variables[i] = n++;
  space->n_variables = n;
}

static const MigdescParamCore *
match_of (const MigdescSpace *space,
          guint32 param)
{
  guint32 match = space->matches[param];

  return match != MIGDESC_NOT_FOUND ? &space->destination->params[match] : NULL;
}

/* Whether a set or value of the other side can be mentioned: it is of the variable's type. */
static gboolean
fits (const MigdescSpace *space,
      guint32 variable,
      guint8 type)
{
  return variable < space->source->n_params && space->source->params[variable].type == type;
}

static void
mention_param (MigdescSpace *space,
               guint32 variable,
               const MigdescParamCore *param)
{
  MigdescCells *cells = &space->cells[variable];

  migdesc_cells_mention_set (cells, &param->allowed);
  migdesc_cells_mention_value (cells, param->init);
  if (param->has_off)
    migdesc_cells_mention_value (cells, param->off);
}

static void
mention_conditions (MigdescSpace *space,
                    const MigdescModelCore *model,
                    const guint32 *variables,
                    const MigdescCondition *conditions,
                    guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      guint32 variable = variables[conditions[i].param];

      if (fits (space, variable, model->params[conditions[i].param].type))
        migdesc_cells_mention_set (&space->cells[variable], &conditions[i].set);
    }
}

static void
mention_model (MigdescSpace *space,
               const MigdescModelCore *model,
               const guint32 *variables,
               gboolean with_versions)
{
  for (guint32 i = 0; i < model->n_params; i++)
    if (fits (space, variables[i], model->params[i].type))
      mention_param (space, variables[i], &model->params[i]);
  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];

      mention_conditions (space, model, variables, constraint->when, constraint->n_when);
      mention_conditions (space, model, variables, constraint->then, constraint->n_then);
    }
  for (guint32 v = 0; with_versions && v < model->n_versions; v++)
    for (guint32 i = 0; i < model->versions[v].n_settings; i++)
      {
        const MigdescSetting *setting = &model->versions[v].settings[i];

        if (fits (space, variables[setting->param], model->params[setting->param].type))
          migdesc_cells_mention_value (&space->cells[variables[setting->param]], setting->value);
      }
}

/* The values that the destination's open params are known to take: init values and those of
 * versions. They are marked as cells that pass after all the others have been marked open. */
static void
close_cell (MigdescSpace *space,
            guint32 variable,
            MigdescValue value)
{
  guint32 cell = migdesc_cells_find (&space->cells[variable], value);
  MigdescChoice *choice;

  if (cell == MIGDESC_NOT_FOUND)
    return;
  choice = &space->variables[variable].choices[cell];
  if (choice->classes == MIGDESC_CELL_OPEN)
    choice->classes = MIGDESC_CELL_PASSES;
}

static void
close_known_values (MigdescSpace *space)
{
  const MigdescModelCore *model = space->destination;

  for (guint32 i = 0; i < model->n_params; i++)
    if (is_open (&model->params[i])
        && fits (space, space->destination_variables[i], model->params[i].type))
      close_cell (space, space->destination_variables[i], model->params[i].init);
  for (guint32 v = 0; v < model->n_versions; v++)
    for (guint32 i = 0; i < model->versions[v].n_settings; i++)
      {
        const MigdescSetting *setting = &model->versions[v].settings[i];
        guint32 variable = space->destination_variables[setting->param];

        if (is_open (&model->params[setting->param])
            && fits (space, variable, model->params[setting->param].type))
          close_cell (space, variable, setting->value);
      }
}

static guint8
classify (const MigdescParamCore *source,
          const MigdescParamCore *destination,
          MigdescChoice *choice)
{
  choice->off = migdesc_param_is_off (source, choice->value) ? 1 : 0;
  if (destination == NULL)
    return choice->off ? MIGDESC_CELL_PASSES : MIGDESC_CELL_REFUSED;
  if (source->type != destination->type)
    return MIGDESC_CELL_REFUSED;
  if (choice->off)
    {
      /* It is not listed, so the destination takes its own off value: the guest must not see
       * that. */
      gboolean same = destination->has_off
                      && migdesc_value_equal ((MigdescValueType) source->type, source->off,
                                              destination->off);

      return same ? MIGDESC_CELL_PASSES : MIGDESC_CELL_REFUSED;
    }
  if (migdesc_param_is_off (destination, choice->value)
      || !migdesc_param_core_accepts (destination, choice->value))
    return MIGDESC_CELL_REFUSED;
  return is_open (destination) ? MIGDESC_CELL_OPEN : MIGDESC_CELL_PASSES;
}

static void
make_source_variable (MigdescSpace *space,
                      guint32 i)
{
  const MigdescParamCore *param = &space->source->params[i];
  MigdescVariable *variable = &space->variables[i];
  gboolean all_refused = TRUE;
  MigdescSet domain;

  migdesc_param_core_accepted (param, space->arena, &domain);
  migdesc_cells_build (&space->cells[i], &domain);
  variable->choices = migdesc_cells_get_choices (&space->cells[i]);
  variable->n_choices = migdesc_cells_get_n (&space->cells[i]);
  for (guint32 c = 0; c < variable->n_choices; c++)
    {
      MigdescChoice *choice = &variable->choices[c];

      choice->classes = classify (param, match_of (space, i), choice);
      all_refused &= choice->classes == MIGDESC_CELL_REFUSED;
    }
  space->refuses_all |= all_refused;
}

static void
make_destination_variable (MigdescSpace *space,
                           const MigdescParamCore *param,
                           guint32 position)
{
  MigdescVariable *variable = &space->variables[position];

  variable->choices = migdesc_arena_alloc0 (space->arena, sizeof *variable->choices);
  variable->n_choices = 1;
  variable->choices[0].off = 1;
  variable->choices[0].value = param->off;
  variable->choices[0].classes = param->has_off ? MIGDESC_CELL_PASSES : MIGDESC_CELL_REFUSED;
  space->refuses_all |= !param->has_off;
}

static void
make_variables (MigdescSpace *space)
{
  const MigdescModelCore *source = space->source;
  const MigdescModelCore *destination = space->destination;
  /* who asks whether the source has a device at all knows its versions as well */
  gboolean mention_all = space->refuses_versions || source->any_unloadable;
  gboolean any_open = FALSE;

  for (guint32 i = 0; i < destination->n_params; i++)
    any_open |= is_open (&destination->params[i]);
  space->variables = migdesc_arena_alloc0 (space->arena,
                                           (space->n_variables + 1) * sizeof (MigdescVariable));
  space->cells = migdesc_arena_alloc (space->arena, (source->n_params + 1) * sizeof (MigdescCells));
  for (guint32 i = 0; i < source->n_params; i++)
    migdesc_cells_init (&space->cells[i], (MigdescValueType) source->params[i].type, space->arena);
  mention_model (space, source, space->source_variables, mention_all);
  mention_model (space, destination, space->destination_variables, mention_all || any_open);

  for (guint32 i = 0; i < source->n_params; i++)
    make_source_variable (space, i);
  for (guint32 i = 0; i < destination->n_params; i++)
    if (space->destination_variables[i] >= source->n_params)
      make_destination_variable (space, &destination->params[i], space->destination_variables[i]);
  close_known_values (space);
}

void
migdesc_space_init (MigdescSpace *space,
                    const MigdescModelCore *source,
                    const MigdescModelCore *destination,
                    guint64 max_steps)
{
  memset (space, 0, sizeof *space);
  space->source = source;
  space->destination = destination;
  space->arena = migdesc_arena_new (16384);
  space->refuses_versions = source->any_unmigratable || destination->any_unmigratable
                            || destination->any_unloadable;
  space->cost = migdesc_cost_of_values (source) + migdesc_cost_of_values (destination);
  match_params (space);
  make_variables (space);
  space->source_values = migdesc_arena_alloc (space->arena,
                                              (source->n_params + 1) * sizeof (MigdescValue));
  space->destination_values = migdesc_arena_alloc (space->arena, (destination->n_params + 1)
                                                                     * sizeof (MigdescValue));
  migdesc_search_init (&space->search, space->variables, space->n_variables, max_steps);
  migdesc_search_add_side (&space->search, source, space->source_variables, MIGDESC_SIDE_SOURCE);
  migdesc_search_add_side (&space->search, destination, space->destination_variables,
                           MIGDESC_SIDE_DESTINATION);
  migdesc_search_prepare (&space->search);
}

void
migdesc_space_clear (MigdescSpace *space)
{
  migdesc_search_clear (&space->search);
  for (guint32 i = 0; space->cells != NULL && i < space->source->n_params; i++)
    migdesc_cells_clear (&space->cells[i]);
  space->cells = NULL;
  g_clear_pointer (&space->arena, migdesc_arena_free);
}

static void
take_values (const MigdescSearch *search,
             const MigdescModelCore *model,
             const guint32 *variables,
             MigdescValue *values)
{
  for (guint32 i = 0; i < model->n_params; i++)
    {
      const MigdescChoice *choice = migdesc_search_choice (search, variables[i]);

      values[i] = choice->off ? model->params[i].off : choice->value;
    }
}

gboolean
migdesc_space_accepts (MigdescSearch *search,
                       gpointer data)
{
  MigdescSpace *space = data;
  const MigdescModelCore *source = space->source;
  const MigdescModelCore *destination = space->destination;
  guint64 hash;

  migdesc_search_spend (search, space->cost + source->n_versions + destination->n_versions);
  take_values (search, destination, space->destination_variables, space->destination_values);
  hash = migdesc_model_core_hash_values (destination, space->destination_values);
  if (migdesc_model_core_is_unloadable (destination, space->destination_values, hash)
      || migdesc_find_unmigratable (destination, space->destination_values, hash, 0)
             != MIGDESC_NOT_FOUND)
    return FALSE;
  if (!source->any_unmigratable)
    return TRUE;
  take_values (search, source, space->source_variables, space->source_values);
  hash = migdesc_model_core_hash_values (source, space->source_values);
  return migdesc_find_unmigratable (source, space->source_values, hash, 0) == MIGDESC_NOT_FOUND;
}

/* The choice of a variable that is off, or MIGDESC_NOT_FOUND */
static guint32
find_off (MigdescSpace *space,
          guint32 variable)
{
  const MigdescParamCore *param;

  if (variable >= space->source->n_params)
    return 0;
  param = &space->source->params[variable];
  return param->has_off ? migdesc_cells_find (&space->cells[variable], param->off)
                        : MIGDESC_NOT_FOUND;
}

static guint32
find_choice (MigdescSpace *space,
             const MigdescParamCore *param,
             guint32 variable,
             MigdescValue value)
{
  guint32 choice;

  if (migdesc_param_is_off (param, value))
    return find_off (space, variable);
  if (!fits (space, variable, param->type))
    return MIGDESC_NOT_FOUND;
  choice = migdesc_cells_find (&space->cells[variable], value);
  if (choice != MIGDESC_NOT_FOUND && space->variables[variable].choices[choice].off)
    return MIGDESC_NOT_FOUND;
  return choice;
}

gboolean
migdesc_space_assign_version (MigdescSpace *space,
                              gboolean of_destination,
                              guint32 version)
{
  const MigdescModelCore *model = of_destination ? space->destination : space->source;
  const guint32 *variables = of_destination ? space->destination_variables
                                            : space->source_variables;
  MigdescValue *values = of_destination ? space->destination_values : space->source_values;
  guint32 *assignment = space->search.assignment;

  migdesc_search_spend (&space->search, 4 * space->cost);
  migdesc_model_core_fill_off (model, values);
  migdesc_model_core_apply_version (model, version, values);
  /* what the side of the version does not have is off */
  for (guint32 i = 0; i < space->n_variables; i++)
    assignment[i] = find_off (space, i);
  for (guint32 i = 0; i < model->n_params; i++)
    assignment[variables[i]] = find_choice (space, &model->params[i], variables[i], values[i]);
  for (guint32 i = 0; i < space->n_variables; i++)
    if (assignment[i] == MIGDESC_NOT_FOUND)
      return FALSE;
  return TRUE;
}

gboolean
migdesc_space_is_in (MigdescSpace *space,
                     guint8 mask)
{
  MigdescSearch *search = &space->search;

  for (guint32 i = 0; i < space->n_variables; i++)
    if ((migdesc_search_choice (search, i)->classes & mask) == 0)
      return FALSE;
  for (guint i = 0; i < search->rules->len; i++)
    {
      const MigdescRule *rule = &g_array_index (search->rules, MigdescRule, i);

      if (rule->side == MIGDESC_SIDE_SOURCE && migdesc_search_breaks (search, rule))
        return FALSE;
    }
  return TRUE;
}

void
migdesc_space_assign_init (MigdescSpace *space)
{
  const MigdescModelCore *source = space->source;

  for (guint32 i = 0; i < space->n_variables; i++)
    space->search.assignment[i]
        = i < source->n_params ? find_choice (space, &source->params[i], i, source->params[i].init)
                               : find_off (space, i);
}

const MigdescValue *
migdesc_space_get_source_values (MigdescSpace *space)
{
  take_values (&space->search, space->source, space->source_variables, space->source_values);
  return space->source_values;
}
