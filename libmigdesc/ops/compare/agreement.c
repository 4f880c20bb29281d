/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare/agreement.h"

static void
init_store (MigdescAgreement *agreement,
            const MigdescModelCore *source,
            guint32 n_params)
{
  MigdescStore *store = g_new0 (MigdescStore, 1);
  MigdescModelCore *model;

  g_atomic_ref_count_init (&store->ref_count);
  store->arena = migdesc_arena_new (1024);
  store->dialect = MIGDESC_DIALECT_NATIVE;
  model = migdesc_arena_alloc0 (store->arena, sizeof *model);
  model->key.text = migdesc_arena_dup (store->arena, source->key.text, source->key.length);
  model->key.length = source->key.length;
  model->n_params = n_params;
  agreement->params = migdesc_arena_alloc0 (store->arena,
                                            (n_params + 1) * sizeof *agreement->params);
  model->params = agreement->params;
  agreement->store = store;
  agreement->model = model;
  agreement->constraints = g_array_new (FALSE, FALSE, sizeof (MigdescConstraintCore));
}

static void
set_name (MigdescAgreement *agreement,
          guint32 param,
          const char *name,
          gsize length)
{
  MigdescParamCore *record = &agreement->params[param];

  record->key.text = migdesc_arena_dup (agreement->store->arena, name, length);
  record->key.length = (guint32) length;
}

static void
copy_value (MigdescAgreement *agreement,
            const MigdescParamCore *param,
            MigdescValue value,
            MigdescValue *copy)
{
  if (param->type == MIGDESC_VALUE_TYPE_STRING)
    copy->string = migdesc_arena_dup (agreement->store->arena, value.string, strlen (value.string));
  else
    *copy = value;
}

void
migdesc_agreement_init (MigdescAgreement *agreement,
                        const MigdescModelCore *source)
{
  init_store (agreement, source, source->n_params);
  for (guint32 i = 0; i < source->n_params; i++)
    {
      const MigdescParamCore *param = &source->params[i];
      MigdescParamCore *record = &agreement->params[i];

      set_name (agreement, i, param->key.text, param->key.length);
      record->type = record->allowed.type = param->type;
      record->affects = param->affects;
      record->has_off = param->has_off;
      copy_value (agreement, param, param->init, &record->init);
      if (param->has_off)
        copy_value (agreement, param, param->off, &record->off);
    }
}

void
migdesc_agreement_init_version (MigdescAgreement *agreement,
                                const MigdescModelCore *source)
{
  init_store (agreement, source, 1);
  set_name (agreement, 0, "version", strlen ("version"));
  agreement->params[0].type = agreement->params[0].allowed.type = MIGDESC_VALUE_TYPE_STRING;
  agreement->params[0].affects = MIGDESC_AFFECTS_HARDWARE | MIGDESC_AFFECTS_STATE;
  agreement->params[0].init.string = agreement->params[0].key.text;
}

void
migdesc_agreement_clear (MigdescAgreement *agreement)
{
  g_clear_pointer (&agreement->store, migdesc_store_unref);
  g_clear_pointer (&agreement->constraints, g_array_unref);
}

void
migdesc_agreement_set_values (MigdescAgreement *agreement,
                              guint32 param,
                              const MigdescSet *values)
{
  migdesc_set_copy (values, agreement->store->arena, &agreement->params[param].allowed);
}

void
migdesc_agreement_add_constraint (MigdescAgreement *agreement,
                                  const MigdescConstraintCore *constraint)
{
  g_array_append_vals (agreement->constraints, constraint, 1);
}

MigdescStore *
migdesc_agreement_finish (MigdescAgreement *agreement)
{
  MigdescArena *arena = agreement->store->arena;
  MigdescModelCore *model = agreement->model;
  gsize size = agreement->constraints->len * sizeof (MigdescConstraintCore);
  guint duplicate;

  model->n_constraints = agreement->constraints->len;
  if (size > 0)
    model->constraints = memcpy (migdesc_arena_alloc (arena, size), agreement->constraints->data,
                                 size);
  if (model->n_params > 0)
    migdesc_index_build (&model->param_index, arena, &agreement->params[0].key,
                         sizeof (MigdescParamCore), model->n_params, &duplicate);
  agreement->store->models = model;
  agreement->store->n_models = 1;
  return g_steal_pointer (&agreement->store);
}
