/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/versions.h"

gboolean
migdesc_values_are_version (const MigdescModelCore *model,
                            const MigdescValue *values,
                            guint32 version)
{
  const MigdescSetting *settings = model->versions[version].settings;
  guint32 n_settings = model->versions[version].n_settings;
  const MigdescParamCore *params = model->params;
  const MigdescValue *off_values = model->off_values;
  guint32 n = model->n_params;
  guint32 next = 0;

  for (guint32 i = 0; i < n; i++)
    {
      gboolean is_set = next < n_settings && settings[next].param == i;
      MigdescValue expected = is_set ? settings[next].value : off_values[i];

      if (!migdesc_value_equal ((MigdescValueType) params[i].type, values[i], expected))
        return FALSE;
      next += is_set;
    }
  return TRUE;
}

guint32
migdesc_find_unmigratable (const MigdescModelCore *model,
                           const MigdescValue *values,
                           guint64 hash,
                           guint32 from)
{
  for (guint32 i = from; i < model->n_versions; i++)
    if (model->versions[i].support == MIGDESC_SUPPORT_NONE && model->versions[i].hash == hash
        && migdesc_values_are_version (model, values, i))
      return i;
  return MIGDESC_NOT_FOUND;
}

const MigdescSetting *
migdesc_version_find_setting (const MigdescVersionCore *version,
                              guint32 param)
{
  guint32 low = 0;
  guint32 high = version->n_settings;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (version->settings[middle].param < param)
        low = middle + 1;
      else
        high = middle;
    }
  return low < version->n_settings && version->settings[low].param == param
             ? &version->settings[low]
             : NULL;
}

MigdescSupport
migdesc_promise_of (const MigdescModelCore *model,
                    const MigdescVersionCore *version)
{
  G_STATIC_ASSERT (MIGDESC_SUPPORT_BEST_EFFORT < MIGDESC_SUPPORT_FORWARD);
  G_STATIC_ASSERT (MIGDESC_SUPPORT_FORWARD < MIGDESC_SUPPORT_BIDIRECTIONAL);

  if (model->support == MIGDESC_SUPPORT_NONE || version->support == MIGDESC_SUPPORT_NONE)
    return MIGDESC_SUPPORT_NONE;
  return (MigdescSupport) MAX (model->support, version->support);
}

guint32
migdesc_find_version_of (const MigdescModelCore *model,
                         const MigdescVersionCore *other)
{
  return migdesc_model_core_find_version (model, other->key.text, other->key.length);
}
