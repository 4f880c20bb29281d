/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare/compare-agree.h"

#include "ops/compare/agreement.h"

/* Conditions that the constraints for refused versions may have together */
#define MAX_CONDITIONS 1000000

static gboolean
has_one_off_value (const MigdescParamCore *source,
                   const MigdescParamCore *destination)
{
  return source->has_off == destination->has_off
         && (!source->has_off
             || migdesc_value_equal ((MigdescValueType) source->type, source->off,
                                     destination->off));
}

/* A set of the destination's values as the source knows them */
static void
translate_set (const MigdescSpace *space,
               MigdescArena *arena,
               guint32 variable,
               const MigdescTerm *term,
               MigdescSet *result)
{
  const MigdescParamCore *source = &space->source->params[variable];
  const MigdescParamCore *destination = &space->destination->params[space->matches[variable]];
  MigdescSet off = { .type = source->type };

  if (has_one_off_value (source, destination))
    {
      migdesc_set_copy (term->set, arena, result);
      return;
    }
  /* Where the sides differ in what is off, neither's off value is in the agreeing set. */
  if (destination->has_off)
    migdesc_set_add_value (&off, destination->off, arena, &off);
  if (source->has_off)
    migdesc_set_add_value (&off, source->off, arena, &off);
  migdesc_set_subtract (term->set, &off, arena, result);
}

/* Terms of params that the source does not have are left out: those params are off, and the term
 * holds or not. */
static const MigdescCondition *
translate_terms (const MigdescSpace *space,
                 MigdescArena *arena,
                 const MigdescTerm *terms,
                 guint32 n,
                 guint32 *n_conditions)
{
  MigdescCondition *conditions = migdesc_arena_alloc0 (arena, (n + 1) * sizeof *conditions);

  *n_conditions = 0;
  for (guint32 i = 0; i < n; i++)
    if (terms[i].variable < space->source->n_params)
      {
        MigdescCondition *condition = &conditions[(*n_conditions)++];

        condition->param = terms[i].variable;
        translate_set (space, arena, terms[i].variable, &terms[i], &condition->set);
      }
  return conditions;
}

static gboolean
fails_for_good (const MigdescSpace *space,
                const MigdescTerm *terms,
                guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (terms[i].variable >= space->source->n_params && !terms[i].off_holds)
      return TRUE;
  return FALSE;
}

static void
add_rule (MigdescAgreement *agreement,
          const MigdescFate *fate,
          const MigdescRule *rule)
{
  const MigdescSpace *space = fate->space;
  MigdescArena *arena = agreement->store->arena;
  const MigdescConstraintCore *original = &space->destination->constraints[rule->constraint];
  MigdescConstraintCore constraint = { NULL };

  constraint.when = translate_terms (space, arena, rule->when, rule->n_when, &constraint.n_when);
  if (!fails_for_good (space, rule->then, rule->n_then))
    constraint.then = translate_terms (space, arena, rule->then, rule->n_then, &constraint.n_then);
  constraint.forbid = constraint.n_then == 0;
  if (original->description != NULL)
    constraint.description = migdesc_arena_dup (arena, original->description,
                                                strlen (original->description));
  if (constraint.n_when > 0)
    migdesc_agreement_add_constraint (agreement, &constraint);
}

static void
make_single (const MigdescParamCore *param,
             MigdescValue value,
             MigdescArena *arena,
             MigdescSet *result)
{
  MigdescSet empty = { .type = param->type };

  migdesc_set_add_value (&empty, value, arena, result);
}

/* Forbids the configuration that is assigned, by the params of which more than one value is
 * agreed. */
static void
forbid_assignment (MigdescAgreement *agreement,
                   const MigdescSpace *space)
{
  MigdescArena *arena = agreement->store->arena;
  guint32 n_params = space->source->n_params;
  MigdescCondition *conditions = migdesc_arena_alloc0 (arena, (n_params + 1) * sizeof *conditions);
  MigdescConstraintCore constraint = { .when = conditions, .forbid = TRUE };

  for (guint32 i = 0; i < n_params; i++)
    {
      const MigdescParamCore *param = &space->source->params[i];
      MigdescSet single;

      make_single (param, migdesc_search_choice (&space->search, i)->value, arena, &single);
      if (migdesc_set_equal (&single, &agreement->params[i].allowed))
        continue;
      conditions[constraint.n_when].param = i;
      conditions[constraint.n_when++].set = single;
    }
  if (constraint.n_when > 0)
    migdesc_agreement_add_constraint (agreement, &constraint);
}

/* Several versions may be one configuration. */
static gboolean
is_new (GHashTable *seen,
        const MigdescSpace *space)
{
  guint64 hash = 0;

  for (guint32 i = 0; i < space->source->n_params; i++)
    hash += migdesc_param_core_hash_term (&space->source->params[i], i,
                                          migdesc_search_choice (&space->search, i)->value);
  return g_hash_table_add (seen, g_memdup2 (&hash, sizeof hash));
}

static void
add_refused_versions (MigdescAgreement *agreement,
                      const MigdescFate *fate)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < fate->refused_versions->len; i++)
    {
      const MigdescRefusedVersion *refused = &g_array_index (fate->refused_versions,
                                                             MigdescRefusedVersion, i);

      if (migdesc_space_assign_version (fate->space, refused->of_destination, refused->version)
          && is_new (seen, fate->space))
        forbid_assignment (agreement, fate->space);
    }
}

void
migdesc_agree_limit (MigdescFate *fate)
{
  guint64 n_conditions = (guint64) fate->refused_versions->len * fate->space->source->n_params;

  if (fate->relation != MIGDESC_RELATION_CONDITIONAL || n_conditions <= MAX_CONDITIONS)
    return;
  fate->relation = MIGDESC_RELATION_UNDECIDED;
  fate->too_long = TRUE;
}

MigdescStore *
migdesc_agree_on_fate (const MigdescFate *fate)
{
  g_auto (MigdescAgreement) agreement = { NULL };
  const MigdescSpace *space = fate->space;

  migdesc_agreement_init (&agreement, space->source);
  for (guint32 i = 0; i < space->source->n_params; i++)
    {
      MigdescSet agreed;

      migdesc_cells_unite (&space->cells[i], MIGDESC_CELL_AGREED, &agreed);
      migdesc_agreement_set_values (&agreement, i, &agreed);
    }
  for (guint i = 0; i < fate->biting_rules->len; i++)
    add_rule (&agreement, fate,
              &g_array_index (space->search.rules, MigdescRule,
                              g_array_index (fate->biting_rules, guint32, i)));
  add_refused_versions (&agreement, fate);
  return migdesc_agreement_finish (&agreement);
}

/* Both values of a bool are said as such: they are a set like any other. */
static void
set_accepted (MigdescAgreement *agreement,
              const MigdescParamCore *param,
              guint32 position)
{
  MigdescSet *allowed = &agreement->params[position].allowed;

  migdesc_param_core_accepted (param, agreement->store->arena, allowed);
  if (allowed->any && allowed->type == MIGDESC_VALUE_TYPE_BOOL)
    {
      allowed->any = FALSE;
      allowed->bools = MIGDESC_SET_OFF | MIGDESC_SET_ON;
    }
}

MigdescStore *
migdesc_agree_on_all (const MigdescModelCore *source)
{
  g_auto (MigdescAgreement) agreement = { NULL };
  MigdescArena *arena;

  if (source->version_only)
    migdesc_agreement_init_version (&agreement, source);
  else
    migdesc_agreement_init (&agreement, source);
  arena = agreement.store->arena;
  for (guint32 i = 0; i < source->n_params; i++)
    set_accepted (&agreement, &source->params[i], i);
  if (source->version_only)
    {
      g_auto (MigdescSetBuilder) builder;

      migdesc_set_builder_init (&builder);
      migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_STRING);
      for (guint32 i = 0; i < source->n_versions; i++)
        migdesc_set_builder_add_string (&builder, source->versions[i].key.text,
                                        source->versions[i].key.length);
      migdesc_set_builder_build (&builder, arena, &agreement.params[0].allowed);
    }
  return migdesc_agreement_finish (&agreement);
}
