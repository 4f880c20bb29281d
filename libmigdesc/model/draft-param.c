/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/hash.h"
#include "model/draft-private.h"

static void
report_name (MigdescDraft *draft,
             MigdescSlice name,
             const char *problem,
             MigdescPlace place)
{
  const MigdescParamCore *param = migdesc_records_last (&draft->params);
  g_autofree char *what = NULL;

  if (migdesc_draft_omits (draft, MIGDESC_ERROR_PARAM_NAME))
    return;
  what = g_strdup_printf ("is not the name of a param: %s", problem);
  migdesc_draft_report_name (draft, MIGDESC_ERROR_PARAM_NAME, place,
                             (const char *[]){ "params", param->name, NULL }, name, what);
}

MigdescParamCore *
migdesc_draft_begin_param (MigdescDraft *draft,
                           MigdescSlice name,
                           MigdescPlace place)
{
  MigdescParamCore *param = migdesc_records_add (&draft->params);
  MigdescDraftParam *side = migdesc_records_add (&draft->param_sides);
  const char *problem = migdesc_param_name_problem (name.text, name.length);

  g_assert (!draft->sealed);

  memset (param, 0, sizeof *param);
  param->key.text = migdesc_draft_string (draft, name);
  param->key.length = (guint32) name.length;
  param->allowed.any = TRUE;
  param->affects = MIGDESC_AFFECTS_HARDWARE | MIGDESC_AFFECTS_STATE;
  memset (side, 0, sizeof *side);
  side->place = migdesc_place_pack (place);
  draft->head.params = (const MigdescParamCore *) (gconstpointer) draft->params.data;
  draft->head.sides = (MigdescDraftParam *) (gpointer) draft->param_sides.data;

  if (G_UNLIKELY (problem != NULL))
    report_name (draft, name, problem, place);
  if (G_UNLIKELY (draft->params.n == draft->members_limit + 1))
    migdesc_draft_report_limit (draft, MIGDESC_LIMIT_MEMBERS, draft->members_limit, place,
                                (const char *[]){ "params", NULL });
  return param;
}

void
migdesc_draft_break_param (MigdescDraft *draft,
                           MigdescBroken parts)
{
  MigdescDraftParam *side = migdesc_records_last (&draft->param_sides);

  side->broken |= (guint8) parts;
}

static void
check_allowed (MigdescDraft *draft,
               const MigdescParamCore *param,
               MigdescDraftParam *side)
{
  const char *const path[] = { "params", param->name, "allowed_values", NULL };
  MigdescPlace place = migdesc_place_unpack (side->place);
  MigdescSlice name = { param->key.text, param->key.length };

  if (G_UNLIKELY (migdesc_set_is_empty (&param->allowed)))
    {
      side->broken |= MIGDESC_BROKEN_VALUES;
      migdesc_draft_report_name (draft, MIGDESC_ERROR_VALUE_SET_EMPTY, place, path, name,
                                 "has no allowed value");
    }
  if (G_UNLIKELY (param->allowed.n > draft->ranges_limit))
    migdesc_draft_report_limit (draft, MIGDESC_LIMIT_RANGES, draft->ranges_limit, place, path);
}

static void
report_init (MigdescDraft *draft,
             const MigdescParamCore *param,
             MigdescPlace place)
{
  g_autofree char *subject = NULL;

  if (migdesc_draft_omits (draft, MIGDESC_ERROR_INIT_NOT_ALLOWED))
    return;
  subject = migdesc_draft_describe_value ("init value", param, param->init);
  migdesc_draft_report_not_allowed (draft, MIGDESC_ERROR_INIT_NOT_ALLOWED, place,
                                    (const char *[]){ "params", param->name, "init_value", NULL },
                                    subject, param);
}

void
migdesc_draft_end_param (MigdescDraft *draft,
                         MigdescPlace init_place,
                         MigdescPlace off_place)
{
  MigdescParamCore *param = migdesc_records_last (&draft->params);
  MigdescDraftParam *side = migdesc_records_last (&draft->param_sides);

  param->allowed.type = param->type;
  if ((side->broken & MIGDESC_BROKEN_VALUES) == 0)
    check_allowed (draft, param, side);
  if (side->broken == 0 && G_UNLIKELY (!migdesc_param_core_accepts (param, param->init)))
    {
      side->broken |= MIGDESC_BROKEN_INIT;
      report_init (draft, param, init_place);
    }

  /* Past the first that is too many, which was reported, params come and go. */
  if (G_UNLIKELY (draft->params.n > draft->members_limit + 1))
    draft->params.n = draft->param_sides.n = draft->members_limit + 1;
}

void
migdesc_draft_set_init (MigdescDraft *draft,
                        guint32 param,
                        MigdescValue init)
{
  MigdescParamCore *core = (MigdescParamCore *) migdesc_draft_param (draft, param);

  core->init = init;
  migdesc_draft_side (draft, param)->broken &= (guint8) ~MIGDESC_BROKEN_INIT;
  draft->rehash = TRUE;
}

guint32
migdesc_draft_n_params (MigdescDraft *draft)
{
  return draft->sealed ? draft->model->n_params : draft->params.n;
}

guint32
migdesc_draft_find_param (MigdescDraft *draft,
                          MigdescSlice name,
                          guint32 hint)
{
  if (G_UNLIKELY (!draft->sealed))
    migdesc_draft_seal_params (draft);
  return migdesc_draft_find_sealed (draft, name, hint);
}

/* Leaves the first param of each name. */
static guint32
remove_duplicates (MigdescDraft *draft,
                   MigdescParamCore *params,
                   guint32 n_params)
{
  g_auto (MigdescKeySet) seen;
  MigdescError code = draft->names_are_members ? MIGDESC_ERROR_JSON_DUPLICATE_MEMBER
                                               : MIGDESC_ERROR_PARAM_DUPLICATE;
  guint32 n = 0;

  migdesc_key_set_init (&seen);
  for (guint32 i = 0; i < n_params; i++)
    {
      const MigdescName *key = &params[i].key;
      MigdescDraftParam *side = migdesc_draft_side (draft, i);
      MigdescSlice name = { key->text, key->length };

      if (migdesc_key_set_add (&seen, key->text, key->length))
        {
          *migdesc_draft_side (draft, n) = *side;
          params[n++] = params[i];
        }
      else
        migdesc_draft_report_duplicate (draft, code, migdesc_place_unpack (side->place),
                                        (const char *[]){ "params", key->text, NULL }, name,
                                        "param");
    }
  return n;
}

static void
set_off_values (MigdescDraft *draft)
{
  MigdescModelCore *model = draft->model;
  MigdescValue *values = migdesc_arena_alloc (draft->arena, model->n_params * sizeof *values);
  gsize n_words = (model->n_params + 63) / 64;
  guint64 *required = NULL;

  for (guint32 i = 0; i < model->n_params; i++)
    {
      const MigdescDraftParam *side = migdesc_draft_side (draft, i);

      values[i] = side->has_base ? side->base : (MigdescValue) { 0 };
      if (model->params[i].has_off)
        continue;
      if (required == NULL)
        required = migdesc_arena_alloc0 (draft->arena, n_words * sizeof *required);
      required[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
    }
  model->off_values = values;
  model->required = required;
}

void
migdesc_draft_set_bases (MigdescDraft *draft)
{
  MigdescModelCore *model = draft->model;

  model->off_hash = 0;
  model->init_hash = 0;
  for (guint32 i = 0; i < model->n_params; i++)
    {
      const MigdescParamCore *param = &model->params[i];
      MigdescDraftParam *side = migdesc_draft_side (draft, i);

      /* A broken value may be a string that is not there; hashes don't matter then. */
      side->has_base = (side->broken & MIGDESC_BROKEN_VALUES) == 0
                       && (param->has_off || (side->broken & MIGDESC_BROKEN_INIT) == 0);
      if (!side->has_base)
        continue;
      side->base = param->has_off ? param->off : param->init;
      side->base_term = migdesc_param_core_hash_term (param, i, side->base);
      model->off_hash += side->base_term;
      model->init_hash += param->has_off && side->broken == 0
                              ? migdesc_param_core_hash_term (param, i, param->init)
                              : side->base_term;
    }
  set_off_values (draft);
}

void
migdesc_draft_seal_params (MigdescDraft *draft)
{
  MigdescModelCore *model = draft->model;
  MigdescParamCore *params;
  guint duplicate;

  if (draft->sealed)
    return;

  model->n_params = draft->params.n;
  params = migdesc_records_finish (&draft->params, draft->arena, &draft->store->blocks);
  model->params = params;
  draft->head.params = params;
  draft->sealed = TRUE;

  if (params != NULL
      && !migdesc_index_build (&model->param_index, draft->arena, &params->key, sizeof *params,
                               model->n_params, &duplicate))
    {
      model->n_params = remove_duplicates (draft, params, model->n_params);
      migdesc_index_build (&model->param_index, draft->arena, &params->key, sizeof *params,
                           model->n_params, &duplicate);
    }
  migdesc_draft_set_bases (draft);
}
