/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Equality of what a document says: two cores are equal if and only if their canonical texts are
 * the same. */

#include <string.h>

#include "base/hash.h"
#include "model/core.h"

static gboolean
texts_equal (const char *text,
             const char *other)
{
  if (text == NULL || other == NULL)
    return text == other;
  return strcmp (text, other) == 0;
}

static gboolean
keys_equal (const MigdescName *key,
            const MigdescName *other)
{
  return key->length == other->length && memcmp (key->text, other->text, key->length) == 0;
}

gboolean
migdesc_param_core_equal (const MigdescParamCore *param,
                          const MigdescParamCore *other)
{
  MigdescValueType type = (MigdescValueType) param->type;

  return keys_equal (&param->key, &other->key) && param->type == other->type
         && param->affects == other->affects && param->has_off == other->has_off
         && param->runtime == other->runtime && param->inferred == other->inferred
         && migdesc_value_equal (type, param->init, other->init)
         && (!param->has_off || migdesc_value_equal (type, param->off, other->off))
         && migdesc_set_equal (&param->allowed, &other->allowed)
         && texts_equal (param->description, other->description)
         && texts_equal (param->unit, other->unit) && texts_equal (param->extra, other->extra);
}

static gboolean
settings_equal (const MigdescModelCore *model,
                const MigdescVersionCore *version,
                const MigdescModelCore *other_model,
                const MigdescVersionCore *other)
{
  if (version->n_settings != other->n_settings)
    return FALSE;

  for (guint32 i = 0; i < version->n_settings; i++)
    {
      const MigdescSetting *setting = &version->settings[i];
      const MigdescParamCore *param = &model->params[setting->param];
      const MigdescParamCore *other_param = &other_model->params[other->settings[i].param];

      if (param->type != other_param->type || !keys_equal (&param->key, &other_param->key)
          || !migdesc_value_equal ((MigdescValueType) param->type, setting->value,
                                   other->settings[i].value))
        return FALSE;
    }
  return TRUE;
}

/* Pairs by the names of their versions, since the versions may stand in two models. */
static gboolean
tested_equal (const MigdescModelCore *model,
              const MigdescVersionMore *more,
              const MigdescModelCore *other_model,
              const MigdescVersionMore *other)
{
  if (more->n_tested != other->n_tested)
    return FALSE;

  for (guint32 i = 0; i < more->n_tested; i++)
    if (!keys_equal (&model->versions[more->tested[i].from].key,
                     &other_model->versions[other->tested[i].from].key)
        || !keys_equal (&model->versions[more->tested[i].to].key,
                        &other_model->versions[other->tested[i].to].key))
      return FALSE;
  return TRUE;
}

gboolean
migdesc_version_core_equal (const MigdescModelCore *model,
                            const MigdescVersionCore *version,
                            const MigdescModelCore *other_model,
                            const MigdescVersionCore *other)
{
  const MigdescVersionMore *more = version->more;
  const MigdescVersionMore *other_more = other->more;

  return keys_equal (&version->key, &other->key) && version->support == other->support
         && version->can_create == other->can_create && version->can_load == other->can_load
         && settings_equal (model, version, other_model, other)
         && tested_equal (model, more, other_model, other_more)
         && texts_equal (more->description, other_more->description)
         && texts_equal (more->blocker, other_more->blocker)
         && texts_equal (more->state_version, other_more->state_version)
         && texts_equal (more->extra, other_more->extra);
}

static gboolean
conditions_equal (const MigdescModelCore *model,
                  const MigdescCondition *conditions,
                  guint32 n,
                  const MigdescModelCore *other_model,
                  const MigdescCondition *others)
{
  for (guint32 i = 0; i < n; i++)
    if (!keys_equal (&model->params[conditions[i].param].key,
                     &other_model->params[others[i].param].key)
        || !migdesc_set_equal (&conditions[i].set, &others[i].set))
      return FALSE;
  return TRUE;
}

gboolean
migdesc_constraint_core_equal (const MigdescModelCore *model,
                               const MigdescConstraintCore *constraint,
                               const MigdescModelCore *other_model,
                               const MigdescConstraintCore *other)
{
  return constraint->forbid == other->forbid && constraint->n_when == other->n_when
         && constraint->n_then == other->n_then
         && conditions_equal (model, constraint->when, constraint->n_when, other_model, other->when)
         && conditions_equal (model, constraint->then, constraint->n_then, other_model, other->then)
         && texts_equal (constraint->description, other->description)
         && texts_equal (constraint->extra, other->extra);
}

static gboolean
ignores_equal (const MigdescIgnore *ignores,
               guint32 n,
               const MigdescIgnore *others,
               guint32 n_others)
{
  if (n != n_others)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    if (!texts_equal (ignores[i].code, others[i].code)
        || !texts_equal (ignores[i].reason, others[i].reason))
      return FALSE;
  return TRUE;
}

static gboolean
heads_equal (const MigdescModelCore *model,
             const MigdescModelCore *other)
{
  return keys_equal (&model->key, &other->key) && model->support == other->support
         && model->n_params == other->n_params && model->n_versions == other->n_versions
         && model->n_constraints == other->n_constraints
         && texts_equal (model->description, other->description)
         && texts_equal (model->blocker, other->blocker) && texts_equal (model->state, other->state)
         && texts_equal (model->extra, other->extra)
         && ignores_equal (model->ignores, model->n_ignores, other->ignores, other->n_ignores);
}

gboolean
migdesc_model_core_equal (const MigdescModelCore *model,
                          const MigdescModelCore *other)
{
  if (model == other)
    return TRUE;
  if (!heads_equal (model, other))
    return FALSE;

  for (guint32 i = 0; i < model->n_params; i++)
    if (!migdesc_param_core_equal (&model->params[i], &other->params[i]))
      return FALSE;
  for (guint32 i = 0; i < model->n_versions; i++)
    if (!migdesc_version_core_equal (model, &model->versions[i], other, &other->versions[i]))
      return FALSE;
  for (guint32 i = 0; i < model->n_constraints; i++)
    if (!migdesc_constraint_core_equal (model, &model->constraints[i], other,
                                        &other->constraints[i]))
      return FALSE;
  return TRUE;
}

static const char *
get_format_version (const MigdescStore *store)
{
  return store->format_version != NULL ? store->format_version : "1.0";
}

gboolean
migdesc_store_equal (const MigdescStore *store,
                     const MigdescStore *other)
{
  if (store == other)
    return TRUE;
  if (store->n_models != other->n_models
      || !texts_equal (get_format_version (store), get_format_version (other))
      || !texts_equal (store->extra, other->extra)
      || !ignores_equal (store->ignores, store->n_ignores, other->ignores, other->n_ignores))
    return FALSE;
  for (guint32 i = 0; i < store->n_models; i++)
    if (!migdesc_model_core_equal (&store->models[i], &other->models[i]))
      return FALSE;
  return TRUE;
}
