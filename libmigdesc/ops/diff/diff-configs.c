/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of diff that are about configurations: is there one that the old model takes and that
 * the new one refuses for this reason? The search is that of compare, and the configuration is the
 * witness. */

#include "base/hash.h"
#include "ops/compare/compare-space.h"
#include "ops/diff/diff-private.h"
#include "ops/list.h"
#include "ops/versions.h"

/* Classes of choices, besides those of a space: why the new side refuses them */
#define CELL_LOST (1 << 4)      /* not allowed, not of the type, not there any more */
#define CELL_OTHER_OFF (1 << 5) /* off means another value */

typedef struct
{
  MigdescDiffing *diffing;
  MigdescSpace space;
  MigdescSearchAccept accept; /* NULL: all configurations used to work */
} Configs;

/* Whether the configuration used to work: none that the old side does not load or migrate. */
static gboolean
used_to_work (MigdescSearch *search,
              gpointer data)
{
  Configs *configs = data;
  const MigdescModelCore *old = configs->diffing->old;
  const MigdescValue *values = migdesc_space_get_source_values (&configs->space);
  guint64 hash = migdesc_model_core_hash_values (old, values);

  migdesc_search_spend (search, configs->space.cost + old->n_versions);
  return !migdesc_model_core_is_unloadable (old, values, hash)
         && migdesc_find_unmigratable (old, values, hash, 0) == MIGDESC_NOT_FOUND;
}

static const MigdescParamCore *
get_match (const MigdescDiffing *diffing,
           guint32 param)
{
  guint32 match = diffing->old_matches[param];

  return match == MIGDESC_NOT_FOUND ? NULL : &diffing->model->params[match];
}

/* --- Is there anything to seek? --------------------------------------- */

static gboolean
takes_the_same (const MigdescParamCore *old,
                const MigdescParamCore *param)
{
  MigdescValueType type = (MigdescValueType) old->type;

  return param != NULL && old->type == param->type && old->has_off == param->has_off
         && migdesc_set_equal (&old->allowed, &param->allowed)
         && (!old->has_off || migdesc_value_equal (type, old->off, param->off));
}

static guint64
hash_conditions (const MigdescModelCore *model,
                 const MigdescCondition *conditions,
                 guint32 n)
{
  guint64 hash = n;

  for (guint32 i = 0; i < n; i++)
    hash = hash * 31 + (model->params[conditions[i].param].key.hash
                        ^ migdesc_set_hash (&conditions[i].set));
  return hash;
}

static guint64
hash_constraint (const MigdescModelCore *model,
                 const MigdescConstraintCore *constraint)
{
  return hash_conditions (model, constraint->when, constraint->n_when) * 3
         + hash_conditions (model, constraint->then, constraint->n_then) * 5 + constraint->forbid;
}

static gboolean
conditions_equal (const MigdescDiffing *diffing,
                  const MigdescCondition *old,
                  const MigdescCondition *conditions,
                  guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (diffing->matches[conditions[i].param] != old[i].param
        || !migdesc_set_equal (&old[i].set, &conditions[i].set))
      return FALSE;
  return TRUE;
}

static gboolean
constraints_equal (const MigdescDiffing *diffing,
                   const MigdescConstraintCore *old,
                   const MigdescConstraintCore *constraint)
{
  return old->forbid == constraint->forbid && old->n_when == constraint->n_when
         && old->n_then == constraint->n_then
         && conditions_equal (diffing, old->when, constraint->when, old->n_when)
         && conditions_equal (diffing, old->then, constraint->then, old->n_then);
}

/* The positions of the new constraints that the old model does not have word for word: only these
 * can forbid what it allows. */
static GArray *
find_fresh_constraints (const MigdescDiffing *diffing)
{
  const MigdescModelCore *old = diffing->old;
  const MigdescModelCore *model = diffing->model;
  GArray *fresh = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint32 i = 0; i < old->n_constraints; i++)
    {
      guint64 hash = hash_constraint (old, &old->constraints[i]);

      g_hash_table_insert (known, g_memdup2 (&hash, sizeof hash),
                           (gpointer) &old->constraints[i]);
    }
  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      guint64 hash = hash_constraint (model, &model->constraints[i]);
      const MigdescConstraintCore *same = g_hash_table_lookup (known, &hash);

      if (same == NULL || !constraints_equal (diffing, same, &model->constraints[i]))
        g_array_append_val (fresh, i);
    }
  return fresh;
}

static gboolean
has_changed_params (const MigdescDiffing *diffing)
{
  for (guint32 i = 0; i < diffing->old->n_params; i++)
    if (!takes_the_same (&diffing->old->params[i], get_match (diffing, i)))
      return TRUE;
  return FALSE;
}

/* --- Params ----------------------------------------------------------- */

static guint8
classify (const MigdescParamCore *old,
          const MigdescParamCore *param,
          const MigdescChoice *choice)
{
  MigdescValueType type = (MigdescValueType) old->type;

  if (param == NULL)
    return choice->off ? 0 : CELL_LOST;
  if (old->type != param->type)
    return CELL_LOST;
  if (choice->off)
    return param->has_off && migdesc_value_equal (type, old->off, param->off) ? 0
                                                                              : CELL_OTHER_OFF;
  if (!migdesc_param_core_accepts (param, choice->value))
    return CELL_LOST;
  return migdesc_param_is_off (param, choice->value) ? CELL_OTHER_OFF : 0;
}

static guint8
classify_all (Configs *configs,
              guint32 param)
{
  const MigdescDiffing *diffing = configs->diffing;
  MigdescVariable *variable = &configs->space.variables[param];
  guint8 all = 0;

  for (guint32 c = 0; c < variable->n_choices; c++)
    {
      guint8 class = classify (&diffing->old->params[param], get_match (diffing, param),
                               &variable->choices[c]);

      variable->choices[c].classes |= class;
      all |= class;
    }
  return all;
}

static MigdescCategory
category_of (const MigdescParamCore *old,
             const MigdescParamCore *param,
             guint8 class)
{
  /* where it is off, the new source need not have it */
  if (param == NULL)
    return old->has_off ? MIGDESC_CATEGORY_FORWARD : MIGDESC_CATEGORY_FULL;
  if (class == CELL_LOST && old->type == param->type)
    return MIGDESC_CATEGORY_FORWARD;
  return MIGDESC_CATEGORY_FULL;
}

static const char *
code_of (const MigdescParamCore *old,
         const MigdescParamCore *param,
         guint8 class)
{
  if (param == NULL)
    return MIGDESC_CODE_PARAM_REMOVED;
  if (old->type != param->type)
    return MIGDESC_CODE_PARAM_TYPE_CHANGED;
  return class == CELL_LOST ? MIGDESC_CODE_VALUE_NO_LONGER_ALLOWED
                            : MIGDESC_CODE_OFF_VALUE_CHANGED;
}

static void
append_lost_values (GString *message,
                    Configs *configs,
                    const MigdescParamCore *old,
                    const MigdescParamCore *param)
{
  MigdescArena *arena = configs->space.arena;
  MigdescSet before, after, lost;

  migdesc_param_core_accepted (old, arena, &before);
  migdesc_param_core_accepted (param, arena, &after);
  if (before.any)
    {
      g_string_append (message, ": any value was allowed, now only ");
      migdesc_words_append_set (message, &after);
      return;
    }
  migdesc_set_subtract (&before, &after, arena, &lost);
  g_string_append (message, ": ");
  migdesc_words_append_set (message, &lost);
  g_string_append (message, " is no longer allowed");
}

static void
append_off (GString *message,
            const char *before,
            const MigdescParamCore *param)
{
  g_string_append (message, before);
  if (param->has_off)
    migdesc_words_append_value (message, (MigdescValueType) param->type, param->off);
  else
    g_string_append (message, "absent");
}

static GString *
describe (Configs *configs,
          const MigdescParamCore *old,
          const MigdescParamCore *param,
          guint8 class)
{
  GString *message = g_string_new (NULL);

  migdesc_words_append_name (message, old->name);
  if (param == NULL)
    {
      g_string_append (message, " was removed, and can be ");
      migdesc_words_append_set (message, &old->allowed);
    }
  else if (old->type != param->type)
    g_string_append_printf (message, " was of type %s and is of type %s",
                            migdesc_value_type_to_string ((MigdescValueType) old->type),
                            migdesc_value_type_to_string ((MigdescValueType) param->type));
  else if (class == CELL_LOST)
    append_lost_values (message, configs, old, param);
  else
    {
      append_off (message, ": the off value was ", old);
      append_off (message, " and is ", param);
    }
  return message;
}

static char *
advise (const MigdescParamCore *old,
        const MigdescParamCore *param,
        guint8 class)
{
  GString *remedy = g_string_new (NULL);

  if (param == NULL)
    {
      g_string_append (remedy, "keep ");
      migdesc_words_append_name (remedy, old->name);
      g_string_append (remedy, " and publish a version that leaves it off");
    }
  else if (old->type != param->type)
    g_string_append (remedy, "add a param of another name for the new type");
  else if (class == CELL_LOST)
    {
      g_string_append (remedy, "keep the values allowed and publish a version with another ");
      migdesc_words_append_name (remedy, old->name);
    }
  else
    g_string_append (remedy, "keep the off value and add a param for what is new");
  return g_string_free (remedy, FALSE);
}

static char *
point_at (MigdescDiffing *diffing,
          const MigdescParamCore *param)
{
  return param != NULL ? migdesc_pointer_to_param (diffing->model_name, param->name)
                       : migdesc_pointer_to_member (diffing->model_name, "params");
}

static void
say_param (Configs *configs,
           guint32 position,
           guint8 class)
{
  MigdescDiffing *diffing = configs->diffing;
  const MigdescParamCore *old = &diffing->old->params[position];
  const MigdescParamCore *param = get_match (diffing, position);
  MigdescFindingCore *finding = migdesc_diffing_begin (
      diffing, code_of (old, param, class), category_of (old, param, class));

  if (finding == NULL)
    return;
  finding->param = g_strdup (old->name);
  if (param != NULL)
    finding->accepted = migdesc_accepted_values (diffing->store, param);
  migdesc_diffing_place (finding, point_at (diffing, param), point_at (diffing, old));
  migdesc_diffing_try_witness (
      diffing, finding,
      migdesc_list_of_values (diffing->old, migdesc_space_get_source_values (&configs->space)));
  migdesc_diffing_take (diffing, finding, describe (configs, old, param, class),
                        advise (old, param, class));
}

static void
try_param (Configs *configs,
           guint32 position,
           guint8 class)
{
  MigdescDiffing *diffing = configs->diffing;
  MigdescSearch *search = &configs->space.search;
  const MigdescParamCore *old = &diffing->old->params[position];
  const MigdescParamCore *param = get_match (diffing, position);
  MigdescSearchOutcome outcome;

  if (!migdesc_diffing_wants (diffing, code_of (old, param, class),
                              category_of (old, param, class)))
    return;
  migdesc_search_restrict_to_classes (search, position, class);
  outcome = migdesc_search_run (search, configs->accept, configs);
  if (outcome == MIGDESC_SEARCH_FOUND)
    say_param (configs, position, class);
  else if (outcome == MIGDESC_SEARCH_TOO_LONG)
    {
      g_autoptr (GString) what = g_string_new ("whether a device can have a value of ");

      migdesc_words_append_name (what, old->name);
      g_string_append (what, " that was lost");
      migdesc_diffing_give_up (diffing, point_at (diffing, param), what->str);
    }
}

static void
try_params (Configs *configs)
{
  for (guint32 i = 0; i < configs->diffing->old->n_params; i++)
    {
      guint8 classes = classify_all (configs, i);

      if ((classes & CELL_LOST) != 0)
        try_param (configs, i, CELL_LOST);
      if ((classes & CELL_OTHER_OFF) != 0)
        try_param (configs, i, CELL_OTHER_OFF);
    }
}

/* --- Constraints ------------------------------------------------------ */

static void
say_constraint (Configs *configs,
                guint32 position)
{
  MigdescDiffing *diffing = configs->diffing;
  MigdescFindingCore *finding = migdesc_diffing_begin (
      diffing, MIGDESC_CODE_CONSTRAINT_TIGHTENED, MIGDESC_CATEGORY_FORWARD);
  GString *message;

  if (finding == NULL)
    return;
  message = g_string_new ("forbids what was allowed: ");
  migdesc_constraint_core_quote (message, diffing->model, &diffing->model->constraints[position]);
  migdesc_diffing_place (
      finding, migdesc_pointer_to_position (diffing->model_name, "constraints", position),
      migdesc_pointer_to_member (diffing->model_name, "constraints"));
  migdesc_diffing_try_witness (
      diffing, finding,
      migdesc_list_of_values (diffing->old, migdesc_space_get_source_values (&configs->space)));
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("add a param, off on older devices, and make it a condition of "
                                  "the constraint"));
}

/* Sets can be asked only about values of their type. */
static gboolean
terms_fit (const Configs *configs,
           const MigdescTerm *terms,
           guint32 n)
{
  const MigdescModelCore *old = configs->diffing->old;

  for (guint32 i = 0; i < n; i++)
    if (terms[i].variable < old->n_params
        && old->params[terms[i].variable].type != terms[i].set->type)
      return FALSE;
  return TRUE;
}

static void
try_constraint (Configs *configs,
                const MigdescRule *rule)
{
  MigdescDiffing *diffing = configs->diffing;
  MigdescSearchOutcome outcome = migdesc_search_find_breaking (
      &configs->space.search, rule, MIGDESC_CELL_PASSES | MIGDESC_CELL_OPEN, configs->accept,
      configs);

  if (outcome == MIGDESC_SEARCH_FOUND)
    say_constraint (configs, rule->constraint);
  else if (outcome == MIGDESC_SEARCH_TOO_LONG)
    migdesc_diffing_give_up (
        diffing,
        migdesc_pointer_to_position (diffing->model_name, "constraints", rule->constraint),
        "whether the constraint forbids what was allowed");
}

static void
try_constraints (Configs *configs,
                 const GArray *fresh)
{
  GArray *rules = configs->space.search.rules;
  guint next = 0;

  if (!migdesc_diffing_wants (configs->diffing, MIGDESC_CODE_CONSTRAINT_TIGHTENED,
                              MIGDESC_CATEGORY_FORWARD))
    return;
  for (guint i = 0; i < rules->len && next < fresh->len; i++)
    {
      const MigdescRule *rule = &g_array_index (rules, MigdescRule, i);

      if (rule->side != MIGDESC_SIDE_DESTINATION
          || rule->constraint != g_array_index (fresh, guint32, next))
        continue;
      if (terms_fit (configs, rule->when, rule->n_when)
          && terms_fit (configs, rule->then, rule->n_then))
        try_constraint (configs, rule);
      next++;
    }
}

void
migdesc_diff_configs (MigdescDiffing *diffing)
{
  g_autoptr (GArray) fresh = find_fresh_constraints (diffing);
  Configs configs = { .diffing = diffing };

  if (fresh->len == 0 && !has_changed_params (diffing))
    return;
  if (diffing->old->any_unloadable || diffing->old->any_unmigratable)
    configs.accept = used_to_work;
  migdesc_space_init (&configs.space, diffing->old, diffing->model, diffing->max_steps);
  /* the init configuration is a solution that needs no search */
  migdesc_space_assign_init (&configs.space);
  migdesc_search_begin_at (&configs.space.search, MIGDESC_CELL_ANY, MIGDESC_SIDE_SOURCE);
  try_params (&configs);
  try_constraints (&configs, fresh);
  migdesc_space_clear (&configs.space);
}
