/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Configurations as arrays of values, and the versions that they equal. */

#include <string.h>

#include "model/core.h"

guint64
migdesc_model_core_hash_values (const MigdescModelCore *model,
                                const MigdescValue *values)
{
  guint64 hash = 0;

  for (guint32 i = 0; i < model->n_params; i++)
    hash += migdesc_param_core_hash_term (&model->params[i], i, values[i]);
  return hash;
}

gboolean
migdesc_model_core_values_equal (const MigdescModelCore *model,
                                 const MigdescValue *values,
                                 const MigdescValue *other)
{
  for (guint32 i = 0; i < model->n_params; i++)
    if (!migdesc_value_equal ((MigdescValueType) model->params[i].type, values[i], other[i]))
      return FALSE;
  return TRUE;
}

void
migdesc_model_core_fill_off (const MigdescModelCore *model,
                             MigdescValue *values)
{
  if (model->n_params > 0)
    memcpy (values, model->off_values, model->n_params * sizeof *values);
}

void
migdesc_model_core_fill_init (const MigdescModelCore *model,
                              MigdescValue *values)
{
  for (guint32 i = 0; i < model->n_params; i++)
    values[i] = model->params[i].init;
}

void
migdesc_model_core_apply_version (const MigdescModelCore *model,
                                  guint32 version,
                                  MigdescValue *values)
{
  const MigdescVersionCore *core = &model->versions[version];

  for (guint32 i = 0; i < core->n_settings; i++)
    values[core->settings[i].param] = core->settings[i].value;
}

static gboolean
version_equals (const MigdescModelCore *model,
                const MigdescVersionCore *version,
                const MigdescValue *values)
{
  guint32 next = 0; /* setting */

  for (guint32 i = 0; i < model->n_params; i++)
    {
      gboolean is_set = next < version->n_settings && version->settings[next].param == i;
      MigdescValue value = is_set ? version->settings[next].value : model->off_values[i];

      if (!migdesc_value_equal ((MigdescValueType) model->params[i].type, value, values[i]))
        return FALSE;
      next += is_set;
    }
  return TRUE;
}

static inline gboolean
version_is (const MigdescModelCore *model,
            guint32 version,
            const MigdescValue *values,
            guint64 hash)
{
  return model->versions[version].hash == hash
         && version_equals (model, &model->versions[version], values);
}

guint32
migdesc_model_core_version_of (const MigdescModelCore *model,
                               const MigdescValue *values,
                               guint64 hash)
{
  for (guint32 i = model->n_versions; i > 0; i--)
    if (version_is (model, i - 1, values, hash))
      return i - 1;
  return MIGDESC_NOT_FOUND;
}

/* Whether it is a configuration of versions, and none of them has the flag at that offset. */
static gboolean
is_of_versions_without (const MigdescModelCore *model,
                        const MigdescValue *values,
                        guint64 hash,
                        gsize flag)
{
  gboolean found = FALSE;

  for (guint32 i = 0; i < model->n_versions; i++)
    if (version_is (model, i, values, hash))
      {
        if (G_STRUCT_MEMBER (guint8, &model->versions[i], flag))
          return FALSE;
        found = TRUE;
      }
  return found;
}

static guint32
latest_with_flag (const MigdescModelCore *model)
{
  for (guint32 i = model->n_versions; i > 0; i--)
    if (model->versions[i - 1].can_create)
      return i - 1;
  return MIGDESC_NOT_FOUND;
}

static gboolean
versions_equal (const MigdescModelCore *model,
                guint32 version,
                guint32 other)
{
  g_autofree MigdescValue *values = g_new (MigdescValue, model->n_params + 1);

  migdesc_model_core_fill_off (model, values);
  migdesc_model_core_apply_version (model, version, values);
  return version_equals (model, &model->versions[other], values);
}

/* The flag is one of the configuration: a version without it can be created all the same if it
 * equals one that has it. */
guint32
migdesc_model_core_latest_creatable (const MigdescModelCore *model)
{
  guint32 latest = latest_with_flag (model);
  g_autoptr (GHashTable) creatable = NULL;

  if (model->version_only || latest == MIGDESC_NOT_FOUND || latest + 1 == model->n_versions)
    return latest;
  creatable = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint32 i = 0; i <= latest; i++)
    if (model->versions[i].can_create)
      g_hash_table_insert (creatable, (gpointer) &model->versions[i].hash, GUINT_TO_POINTER (i));
  for (guint32 i = model->n_versions - 1; i > latest; i--)
    {
      gpointer equal;

      if (g_hash_table_lookup_extended (creatable, &model->versions[i].hash, NULL, &equal)
          && versions_equal (model, i, GPOINTER_TO_UINT (equal)))
        return i;
    }
  return latest;
}

gboolean
migdesc_model_core_is_uncreatable (const MigdescModelCore *model,
                                   const MigdescValue *values,
                                   guint64 hash)
{
  return model->any_uncreatable
         && is_of_versions_without (model, values, hash,
                                    G_STRUCT_OFFSET (MigdescVersionCore, can_create));
}

gboolean
migdesc_model_core_is_unloadable (const MigdescModelCore *model,
                                  const MigdescValue *values,
                                  guint64 hash)
{
  return model->any_unloadable
         && is_of_versions_without (model, values, hash,
                                    G_STRUCT_OFFSET (MigdescVersionCore, can_load));
}
