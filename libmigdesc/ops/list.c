/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/list.h"

#include <migdesc/migdesc-expand.h>

#include "model/config-private.h"

/* Pairs in the making; values are written one after the other into a text that may still move. */
typedef struct
{
  MigdescPair *pairs;
  guint n_pairs;
  GString *text;
} Pairs;

static void
pairs_init (Pairs *pairs,
            guint max)
{
  pairs->pairs = g_new (MigdescPair, max);
  pairs->n_pairs = 0;
  pairs->text = g_string_sized_new ((gsize) max * 8);
}

static void
pairs_add (Pairs *pairs,
           const MigdescParamCore *param,
           MigdescValue value)
{
  MigdescPair *pair = &pairs->pairs[pairs->n_pairs++];
  gsize start = pairs->text->len;

  migdesc_value_append_text (pairs->text, (MigdescValueType) param->type, value);
  pair->name = param->key.text;
  pair->name_length = param->key.length;
  pair->value_length = (guint32) (pairs->text->len - start);
}

static MigdescParamList *
pairs_to_list (Pairs *pairs,
               const MigdescModelCore *model,
               const MigdescVersionCore *version)
{
  const char *text = pairs->text->str;
  MigdescParamList *list;

  for (guint i = 0; i < pairs->n_pairs; i++)
    {
      pairs->pairs[i].value = text;
      text += pairs->pairs[i].value_length;
    }
  list = migdesc_param_list_new_from_pairs (model->key.text, model->key.length,
                                            version != NULL ? version->key.text : NULL,
                                            version != NULL ? version->key.length : 0,
                                            pairs->pairs, pairs->n_pairs);
  g_free (pairs->pairs);
  g_string_free (pairs->text, TRUE);
  return list;
}

MigdescParamList *
migdesc_list_of_values (const MigdescModelCore *model,
                        const MigdescValue *values)
{
  Pairs pairs;

  pairs_init (&pairs, model->n_params);
  for (guint32 i = 0; i < model->n_params; i++)
    if (!migdesc_param_is_off (&model->params[i], values[i]))
      pairs_add (&pairs, &model->params[i], values[i]);
  return pairs_to_list (&pairs, model, NULL);
}

MigdescParamList *
migdesc_list_of_version (const MigdescModelCore *model,
                         guint32 version)
{
  const MigdescName *name = &model->versions[version].key;

  return migdesc_param_list_new_from_pairs (model->key.text, model->key.length, name->text,
                                            name->length, NULL, 0);
}

/* Whether a param has to be listed over a version that does not set it. Without an off value it
 * always has to be: what it is at the version's start differs from one descriptor to the next. */
static gboolean
is_listed_over_start (const MigdescParamCore *param,
                      MigdescValue value)
{
  return !migdesc_param_is_off (param, value);
}

static gboolean
is_listed_over_setting (const MigdescParamCore *param,
                        const MigdescSetting *setting,
                        MigdescValue value)
{
  return !migdesc_value_equal ((MigdescValueType) param->type, value, setting->value);
}

MigdescParamList *
migdesc_list_over_version (const MigdescModelCore *model,
                           guint32 version,
                           const MigdescValue *values)
{
  const MigdescVersionCore *record = &model->versions[version];
  guint32 next = 0;
  Pairs pairs;

  pairs_init (&pairs, model->n_params);
  for (guint32 i = 0; i < model->n_params; i++)
    {
      const MigdescParamCore *param = &model->params[i];
      gboolean listed;

      if (next < record->n_settings && record->settings[next].param == i)
        listed = is_listed_over_setting (param, &record->settings[next++], values[i]);
      else
        listed = is_listed_over_start (param, values[i]);
      if (listed)
        pairs_add (&pairs, param, values[i]);
    }
  return pairs_to_list (&pairs, model, record);
}

/* How many overrides more than over a version that sets nothing; may be negative. */
static gint64
count_extra_overrides (const MigdescModelCore *model,
                       const MigdescVersionCore *version,
                       const MigdescValue *values)
{
  gint64 extra = 0;

  for (guint32 i = 0; i < version->n_settings; i++)
    {
      const MigdescSetting *setting = &version->settings[i];
      const MigdescParamCore *param = &model->params[setting->param];
      MigdescValue value = values[setting->param];

      extra += is_listed_over_setting (param, setting, value);
      extra -= is_listed_over_start (param, value);
    }
  return extra;
}

guint32
migdesc_nearest_version (const MigdescModelCore *model,
                         const MigdescValue *values)
{
  guint32 nearest = MIGDESC_NOT_FOUND;
  gint64 fewest = G_MAXINT64;

  for (guint32 i = 0; i < model->n_versions; i++)
    {
      gint64 extra = count_extra_overrides (model, &model->versions[i], values);

      if (extra <= fewest)
        {
          fewest = extra;
          nearest = i;
        }
    }
  return nearest;
}

/**
 * migdesc_config_to_param_list:
 * @config: a configuration
 *
 * Makes the complete migration parameter list of a configuration, its model in front: every param
 * in document order, except those at their off value; a param without an off value is always
 * listed. The list of a model that has versions and no params is its version.
 *
 * Returns: (transfer full): the list
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_config_to_param_list (const MigdescConfig *config)
{
  g_return_val_if_fail (config != NULL, NULL);

  if (config->model->version_only)
    return migdesc_list_of_version (config->model, config->version);
  return migdesc_list_of_values (config->model, config->values);
}

/**
 * migdesc_config_to_short_param_list:
 * @config: a configuration
 *
 * Makes the short list of a configuration: the version and the fewest overrides that expand to it;
 * of several such versions the latest. A param without an off value that the version does not set
 * is always an override. Where the model has no versions this is the complete list.
 *
 * Returns: (transfer full): the list
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_config_to_short_param_list (const MigdescConfig *config)
{
  guint32 version;

  g_return_val_if_fail (config != NULL, NULL);

  if (config->model->version_only)
    return migdesc_list_of_version (config->model, config->version);
  version = migdesc_nearest_version (config->model, config->values);
  if (version == MIGDESC_NOT_FOUND)
    return migdesc_list_of_values (config->model, config->values);
  return migdesc_list_over_version (config->model, version, config->values);
}
