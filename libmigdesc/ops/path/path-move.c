/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One migration of one device, tried */

#include "ops/path/path-search.h"

#include <string.h>

#include "ops/check.h"
#include "ops/list.h"
#include "ops/state-schemas.h"

gboolean
migdesc_path_passes (const MigdescPathSearch *search,
                     MigdescVerdict verdict)
{
  return verdict == MIGDESC_VERDICT_COMPATIBLE
         || (search->lenient && verdict == MIGDESC_VERDICT_UNDECIDED);
}

void
migdesc_path_move_clear (MigdescPathMove *move)
{
  g_clear_pointer (&move->list, migdesc_param_list_unref);
}

/* --- State schemas ---------------------------------------------------- */

typedef struct
{
  guint32 source;
  guint32 destination;
  guint32 version;
  guint32 verdict;
} Schemas;

static guint
hash_schemas (gconstpointer data)
{
  const Schemas *schemas = data;

  return (schemas->source * 31 + schemas->destination) * 31 + schemas->version;
}

static gboolean
schemas_equal (gconstpointer data,
               gconstpointer other_data)
{
  const Schemas *schemas = data;
  const Schemas *other = other_data;

  return schemas->source == other->source && schemas->destination == other->destination
         && schemas->version == other->version;
}

static gboolean
have_schemas (const MigdescModelCore *source,
              const MigdescModelCore *destination)
{
  return source->state != NULL && destination->state != NULL
         && strcmp (source->state, destination->state) != 0;
}

/* They say the same of every device of a version, and take long to read. */
static MigdescVerdict
ask_schemas (MigdescPathSearch *search,
             guint32 source,
             guint32 destination,
             guint32 version)
{
  const MigdescModelCore *from = migdesc_path_class (search, source)->model;
  MigdescPathClass *to = migdesc_path_class (search, destination);
  Schemas key = { source, destination, version, 0 };
  const Schemas *known;
  MigdescAnswer answer;
  Schemas *kept;

  if (!have_schemas (from, to->model))
    return MIGDESC_VERDICT_COMPATIBLE;
  known = g_hash_table_lookup (search->schemas, &key);
  if (known != NULL)
    return (MigdescVerdict) known->verdict;
  migdesc_answer_init (&answer, to->store, to->model, to->model->name, &migdesc_voice_check, NULL);
  migdesc_check_state_schemas (&answer, from,
                               version == MIGDESC_NOT_FOUND ? NULL : from->versions[version].name);
  key.verdict = answer.verdict;
  kept = migdesc_arena_alloc (search->arena, sizeof *kept);
  *kept = key;
  g_hash_table_add (search->schemas, kept);
  return answer.verdict;
}

GHashTable *
migdesc_path_schemas_new (void)
{
  return g_hash_table_new (hash_schemas, schemas_equal);
}

static MigdescVerdict
worse (MigdescVerdict verdict,
       MigdescVerdict other)
{
  if (verdict == MIGDESC_VERDICT_INCOMPATIBLE || other == MIGDESC_VERDICT_INCOMPATIBLE)
    return MIGDESC_VERDICT_INCOMPATIBLE;
  return verdict == MIGDESC_VERDICT_UNDECIDED ? verdict : other;
}

gboolean
migdesc_path_schemas_refuse (MigdescPathSearch *search,
                             guint32 source,
                             guint32 destination)
{
  const MigdescModelCore *from = migdesc_path_class (search, source)->model;
  const MigdescModelCore *to = migdesc_path_class (search, destination)->model;

  if (!have_schemas (from, to)
      || migdesc_path_passes (search,
                              ask_schemas (search, source, destination, MIGDESC_NOT_FOUND)))
    return FALSE;
  for (guint32 i = 0; i < from->n_versions; i++)
    if (from->versions[i].more->state_version != NULL && migdesc_path_spend (search, 1)
        && migdesc_path_passes (search, ask_schemas (search, source, destination, i)))
      return FALSE;
  return TRUE;
}

/* --- Lists ------------------------------------------------------------ */

static void
keep_values (MigdescPathSearch *search,
             const MigdescTrial *trial,
             MigdescPathMove *move)
{
  guint32 n = trial->model->n_params;

  move->version = trial->version;
  move->values = migdesc_arena_alloc (search->arena, (n + 1) * sizeof *move->values);
  for (guint32 i = 0; i < n; i++)
    {
      move->values[i] = trial->values[i];
      /* it may lie in the list */
      if (trial->model->params[i].type == MIGDESC_VALUE_TYPE_STRING)
        move->values[i].string
            = g_string_chunk_insert_const (search->strings, trial->values[i].string);
    }
}

/* Tries one list. FALSE: others won't fare better, for it is not the state that is refused. */
static gboolean
try_list (MigdescPathSearch *search,
          const MigdescPathDevice *device,
          guint32 destination,
          const MigdescParamList *list,
          MigdescPathMove *move)
{
  const MigdescPathClass *source = migdesc_path_class (search, device->class);
  const MigdescPathClass *class = migdesc_path_class (search, destination);
  g_auto (MigdescTrial) trial;
  guint32 version = MIGDESC_NOT_FOUND;

  migdesc_trial_init (&trial, class->store, class->model, list, &migdesc_voice_check, NULL);
  trial.source = source->model;
  migdesc_trial_bind (&trial);
  migdesc_check_both (&trial, source->store);
  move->verdict = trial.answer.verdict;
  if (move->verdict == MIGDESC_VERDICT_INCOMPATIBLE)
    return FALSE;
  if (list->version != NULL)
    version = migdesc_model_core_find_version (source->model, list->version, list->version_length);
  move->verdict = worse (move->verdict, ask_schemas (search, device->class, destination, version));
  search->met_unsure |= move->verdict == MIGDESC_VERDICT_UNDECIDED;
  if (migdesc_path_passes (search, move->verdict))
    keep_values (search, &trial, move);
  return TRUE;
}

static MigdescParamList *
make_complete_list (const MigdescPathSearch *search,
                    const MigdescPathDevice *device)
{
  const MigdescModelCore *model = migdesc_path_class (search, device->class)->model;

  return model->version_only ? migdesc_list_of_version (model, device->version)
                             : migdesc_list_of_values (model, device->values);
}

static gboolean
try_and_keep (MigdescPathSearch *search,
              const MigdescPathDevice *device,
              guint32 destination,
              MigdescParamList *list,
              MigdescPathMove *move)
{
  gboolean go_on = migdesc_path_spend (search, 1 + list->n_pairs / 64)
                   && try_list (search, device, destination, list, move);

  if (migdesc_path_passes (search, move->verdict) && move->list != list)
    {
      g_clear_pointer (&move->list, migdesc_param_list_unref);
      move->list = migdesc_param_list_ref (list);
    }
  return go_on && !migdesc_path_passes (search, move->verdict);
}

/* Since it is the version that tells the version of the state, one list over each that has such,
 * the newest first. */
static void
try_versions (MigdescPathSearch *search,
              const MigdescPathDevice *device,
              guint32 destination,
              MigdescPathMove *move)
{
  const MigdescModelCore *model = migdesc_path_class (search, device->class)->model;

  for (guint32 i = model->n_versions; i > 0; i--)
    {
      g_autoptr (MigdescParamList) list = NULL;

      if (model->versions[i - 1].more->state_version == NULL)
        continue;
      list = migdesc_list_over_version (model, i - 1, device->values);
      try_and_keep (search, device, destination, list, move);
      if (migdesc_path_passes (search, move->verdict) || search->too_long)
        return;
    }
}

void
migdesc_path_try (MigdescPathSearch *search,
                  const MigdescPathDevice *device,
                  guint32 destination,
                  MigdescPathMove *move)
{
  const MigdescModelCore *from = migdesc_path_class (search, device->class)->model;
  const MigdescModelCore *to = migdesc_path_class (search, destination)->model;

  memset (move, 0, sizeof *move);
  move->verdict = MIGDESC_VERDICT_INCOMPATIBLE;
  move->list = make_complete_list (search, device);
  if (to == NULL)
    return;
  if (device->given != NULL)
    {
      try_and_keep (search, device, destination, (MigdescParamList *) device->given, move);
      if (migdesc_path_passes (search, move->verdict))
        return;
    }
  if (try_and_keep (search, device, destination, move->list, move) && !from->version_only
      && have_schemas (from, to))
    try_versions (search, device, destination, move);
}

/* --- Why not ---------------------------------------------------------- */

/* Whether a condition is on what can be changed at the source */
static gboolean
can_change_any (const MigdescModelCore *source,
                const MigdescModelCore *model,
                const MigdescCondition *conditions,
                guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      const MigdescName *name = &model->params[conditions[i].param].key;
      guint32 found = migdesc_model_core_find_param (source, name->text, name->length);

      if (found != MIGDESC_NOT_FOUND && source->params[found].runtime)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_bad (const MigdescTrial *trial,
         const MigdescCondition *conditions,
         guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (migdesc_trial_is_bad (trial, conditions[i].param))
      return TRUE;
  return FALSE;
}

static gboolean
constraints_can_hold (const MigdescTrial *trial)
{
  const MigdescModelCore *model = trial->model;

  for (guint32 i = 0; trial->has_values && i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];

      if (!migdesc_constraint_core_holds (constraint, trial->values)
          && !has_bad (trial, constraint->when, constraint->n_when)
          && !has_bad (trial, constraint->then, constraint->n_then)
          && !can_change_any (trial->source, model, constraint->when, constraint->n_when)
          && !can_change_any (trial->source, model, constraint->then, constraint->n_then))
        return FALSE;
    }
  return TRUE;
}

static gboolean
look (const MigdescPathClass *source,
      const MigdescPathClass *class,
      const MigdescParamList *list,
      gboolean with_state,
      MigdescReport *report)
{
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, class->store, class->model, list, &migdesc_voice_check, report);
  trial.source = source->model;
  migdesc_trial_bind (&trial);
  migdesc_check_both (&trial, source->store);
  if (with_state)
    migdesc_check_state_schemas (&trial.answer, source->model, list->version);
  return constraints_can_hold (&trial);
}

gboolean
migdesc_path_look (MigdescPathSearch *search,
                   const MigdescPathDevice *device,
                   guint32 destination,
                   const MigdescParamList *list,
                   gboolean with_state,
                   MigdescReport *report)
{
  const MigdescPathClass *source = migdesc_path_class (search, device->class);
  const MigdescPathClass *class = migdesc_path_class (search, destination);
  g_autoptr (MigdescParamList) complete = make_complete_list (search, device);

  migdesc_path_spend (search, 1 + complete->n_pairs / 64);
  if (class->model == NULL)
    {
      migdesc_check_without_model (class->store, source->model->name, report);
      return FALSE;
    }
  return look (source, class, list != NULL ? list : complete, with_state, report);
}
