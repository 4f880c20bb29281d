/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/hash.h"
#include "model/draft-private.h"

static void
init_records (MigdescDraft *draft)
{
  migdesc_records_init (&draft->models, sizeof (MigdescModelCore));
  migdesc_records_init (&draft->model_places, sizeof (guint32));
  migdesc_records_init (&draft->ignores, sizeof (MigdescIgnore));
  migdesc_records_init (&draft->params, sizeof (MigdescParamCore));
  migdesc_records_init (&draft->param_sides, sizeof (MigdescDraftParam));
  migdesc_records_init (&draft->versions, sizeof (MigdescVersionCore));
  migdesc_records_init (&draft->version_places, sizeof (guint32));
  migdesc_records_init (&draft->broken_settings, sizeof (MigdescBrokenSetting));
  migdesc_records_init (&draft->tested, sizeof (MigdescDraftTested));
  migdesc_records_init (&draft->constraints, sizeof (MigdescConstraintCore));
  migdesc_records_init (&draft->constraint_places, sizeof (guint32));
  migdesc_records_init (&draft->broken_constraints, sizeof (guint32));
  migdesc_records_init (&draft->model_ignores, sizeof (MigdescIgnore));
  migdesc_records_init (&draft->settings, sizeof (MigdescSetting));
  migdesc_records_init (&draft->when, sizeof (MigdescCondition));
  migdesc_records_init (&draft->then, sizeof (MigdescCondition));
}

MigdescDraft *
migdesc_draft_new (gsize size_hint,
                   const MigdescLimits *limits,
                   MigdescDiagnostics *diagnostics)
{
  MigdescDraft *draft = g_new0 (MigdescDraft, 1);

  /* A finished store takes about as much as its document, rather less if that is spaced out. */
  draft->arena = migdesc_arena_new (size_hint / 2);
  draft->diagnostics = diagnostics;
  draft->store = g_new0 (MigdescStore, 1);
  draft->members_limit = (guint32) migdesc_limits_get (limits, MIGDESC_LIMIT_MEMBERS);
  draft->ranges_limit = (guint32) migdesc_limits_get (limits, MIGDESC_LIMIT_RANGES);
  g_atomic_ref_count_init (&draft->store->ref_count);
  init_records (draft);
  return draft;
}

void
migdesc_draft_free (MigdescDraft *draft)
{
  MigdescRecords *const all[]
      = { &draft->models,      &draft->model_places,       &draft->ignores,
          &draft->params,      &draft->param_sides,        &draft->versions,
          &draft->version_places, &draft->broken_settings, &draft->tested,
          &draft->constraints, &draft->constraint_places,  &draft->broken_constraints,
          &draft->model_ignores, &draft->settings,         &draft->when,
          &draft->then };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    migdesc_records_clear (all[i]);
  migdesc_arena_free (draft->arena);
  if (draft->store != NULL)
    {
      migdesc_blocks_free (draft->store->blocks);
      g_free (draft->store);
    }
  g_free (draft);
}

MigdescArena *
migdesc_draft_get_arena (MigdescDraft *draft)
{
  return draft->arena;
}

void
migdesc_draft_set_names_are_members (MigdescDraft *draft)
{
  draft->names_are_members = TRUE;
}

const char *
migdesc_draft_string (MigdescDraft *draft,
                      MigdescSlice slice)
{
  return migdesc_arena_dup (draft->arena, slice.text, slice.length);
}

static int
compare_to_slice (const char *string,
                  MigdescSlice slice)
{
  int order = strncmp (string, slice.text, slice.length);

  return order != 0 ? order : string[slice.length] != '\0';
}

static const char *
find_allowed_string (const MigdescSet *set,
                     MigdescSlice slice)
{
  guint32 low = 0;
  guint32 high = set->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = compare_to_slice (set->members.strings[middle], slice);

      if (order == 0)
        return set->members.strings[middle];
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

const char *
migdesc_draft_value_string (MigdescDraft *draft,
                            guint32 param,
                            MigdescSlice slice)
{
  const MigdescParamCore *core = migdesc_draft_param (draft, param);
  const char *known = NULL;

  if (core->type == MIGDESC_VALUE_TYPE_STRING && migdesc_draft_side (draft, param)->broken == 0)
    {
      known = find_allowed_string (&core->allowed, slice);
      if (known == NULL && compare_to_slice (core->init.string, slice) == 0)
        known = core->init.string;
      if (known == NULL && core->has_off && compare_to_slice (core->off.string, slice) == 0)
        known = core->off.string;
    }
  return known != NULL ? known : migdesc_draft_string (draft, slice);
}

static void
forget_model (MigdescDraft *draft)
{
  draft->params.n = 0;
  draft->param_sides.n = 0;
  draft->sealed = FALSE;
  draft->versions.n = 0;
  draft->version_places.n = 0;
  draft->broken_settings.n = 0;
  draft->tested.n = 0;
  draft->constraints.n = 0;
  draft->constraint_places.n = 0;
  draft->broken_constraints.n = 0;
  draft->model_ignores.n = 0;
  draft->rehash = FALSE;
}

void
migdesc_draft_begin_model (MigdescDraft *draft,
                           MigdescSlice name,
                           MigdescPlace place)
{
  MigdescModelCore *model = draft->model = migdesc_records_add (&draft->models);
  const char *problem = migdesc_model_name_problem (name.text, name.length);
  g_autofree char *what = NULL;

  memset (model, 0, sizeof *model);
  model->key.text = migdesc_draft_string (draft, name);
  model->key.length = (guint32) name.length;
  migdesc_draft_add_place (&draft->model_places, place);

  if (problem != NULL && !migdesc_draft_omits (draft, MIGDESC_ERROR_MODEL_NAME))
    {
      what = g_strdup_printf ("is not the name of a model: %s", problem);
      migdesc_draft_report_name (draft, MIGDESC_ERROR_MODEL_NAME, place, NULL, name, what);
    }
  if (draft->models.n == draft->members_limit + 1)
    migdesc_draft_report_limit (draft, MIGDESC_LIMIT_MEMBERS, draft->members_limit, place, NULL);
}

MigdescModelCore *
migdesc_draft_model (MigdescDraft *draft)
{
  return draft->model;
}

void
migdesc_draft_end_model (MigdescDraft *draft)
{
  MigdescModelCore *model = draft->model;

  migdesc_draft_seal_params (draft);
  if (draft->rehash)
    migdesc_draft_set_bases (draft);
  migdesc_draft_finish_versions (draft);

  model->n_constraints = draft->constraints.n;
  model->constraints
      = migdesc_records_finish (&draft->constraints, draft->arena, &draft->store->blocks);
  model->n_ignores = draft->model_ignores.n;
  model->ignores
      = migdesc_records_finish (&draft->model_ignores, draft->arena, &draft->store->blocks);

  migdesc_draft_check_constraints (draft);
  forget_model (draft);

  /* Past the first that is too many, which was reported, models come and go. */
  if (draft->models.n > draft->members_limit + 1)
    draft->models.n = draft->model_places.n = draft->members_limit + 1;
}

void
migdesc_draft_add_ignore (MigdescDraft *draft,
                          MigdescSlice code,
                          MigdescSlice reason,
                          gboolean on_model)
{
  MigdescIgnore *ignore
      = migdesc_records_add (on_model ? &draft->model_ignores : &draft->ignores);

  ignore->code = migdesc_draft_string (draft, code);
  ignore->reason = migdesc_draft_string (draft, reason);
}

MigdescStore *
migdesc_draft_store (MigdescDraft *draft)
{
  return draft->store;
}

static void
report_duplicate_models (MigdescDraft *draft)
{
  g_auto (MigdescKeySet) seen;
  MigdescError code = draft->names_are_members ? MIGDESC_ERROR_JSON_DUPLICATE_MEMBER
                                               : MIGDESC_ERROR_MODEL_DUPLICATE;

  migdesc_key_set_init (&seen);
  for (guint32 i = 0; i < draft->store->n_models; i++)
    {
      const MigdescName *key = &draft->store->models[i].key;
      MigdescSlice name = { key->text, key->length };

      if (!migdesc_key_set_add (&seen, key->text, key->length))
        migdesc_draft_report_duplicate (draft, code,
                                        migdesc_draft_get_place (&draft->model_places, i),
                                        (const char *[]){ key->text, NULL }, name, "model");
    }
}

static void
finish_models (MigdescDraft *draft)
{
  MigdescStore *store = draft->store;
  MigdescModelCore *models;
  guint duplicate;

  store->n_models = draft->models.n;
  if (store->n_models == 0)
    {
      if (!migdesc_diagnostics_has_errors (draft->diagnostics))
        migdesc_draft_report (draft, MIGDESC_ERROR_DOCUMENT_EMPTY, MIGDESC_NO_PLACE, NULL,
                              "there is no model");
      return;
    }

  models = migdesc_records_finish (&draft->models, draft->arena, &store->blocks);
  store->models = models;
  if (!migdesc_index_build (&store->model_index, draft->arena, &models->key, sizeof *models,
                            store->n_models, &duplicate))
    report_duplicate_models (draft);
}

MigdescStore *
migdesc_draft_finish (MigdescDraft *draft,
                      MigdescDialect dialect,
                      const char *origin)
{
  MigdescStore *store = draft->store;

  finish_models (draft);
  if (migdesc_diagnostics_has_errors (draft->diagnostics))
    return NULL;

  store->n_ignores = draft->ignores.n;
  store->ignores = migdesc_records_finish (&draft->ignores, draft->arena, &store->blocks);
  store->dialect = (guint8) dialect;
  if (origin != NULL)
    store->origin = migdesc_arena_dup (draft->arena, origin, strlen (origin));
  store->arena = g_steal_pointer (&draft->arena);
  return g_steal_pointer (&draft->store);
}
