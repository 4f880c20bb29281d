/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "model/config-private.h"
#include "model/handles.h"

/**
 * MigdescConfig:
 *
 * A full configuration of a device: one value for every param of one model. It is what a version
 * and overrides expand to, and what decides whether two devices are the same; the name of a version
 * never does.
 *
 * The configuration of a model that has versions and no params consists of its version alone.
 *
 * A configuration is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescConfig, migdesc_config, migdesc_config_ref, migdesc_config_unref)

static MigdescConfig *
config_alloc (MigdescStore *store,
              const MigdescModelCore *model,
              gsize n_values,
              gsize n_bytes)
{
  MigdescConfig *config = g_malloc (sizeof *config + n_values * sizeof (MigdescValue) + n_bytes);

  g_atomic_ref_count_init (&config->ref_count);
  config->store = migdesc_store_ref (store);
  config->model = model;
  return config;
}

MigdescConfig *
migdesc_config_new (MigdescStore *store,
                    const MigdescModelCore *model,
                    const MigdescValue *values,
                    guint64 hash,
                    const guint32 *foreign,
                    guint n_foreign)
{
  MigdescConfig *config;
  gsize n_bytes = 0;
  char *cursor;

  for (guint i = 0; i < n_foreign; i++)
    n_bytes += strlen (values[foreign[i]].string) + 1;

  config = config_alloc (store, model, model->n_params, n_bytes);
  config->version = MIGDESC_NOT_FOUND;
  config->hash = hash;
  if (model->n_params > 0)
    memcpy (config->values, values, model->n_params * sizeof *values);

  cursor = (char *) (config->values + model->n_params);
  for (guint i = 0; i < n_foreign; i++)
    {
      MigdescValue *value = &config->values[foreign[i]];
      gsize size = strlen (value->string) + 1;

      value->string = memcpy (cursor, value->string, size);
      cursor += size;
    }
  return config;
}

MigdescConfig *
migdesc_config_new_version_only (MigdescStore *store,
                                 const MigdescModelCore *model,
                                 guint32 version)
{
  MigdescConfig *config = config_alloc (store, model, 0, 0);

  config->version = version;
  config->hash = 0;
  return config;
}

/**
 * migdesc_config_ref:
 * @config: a configuration
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @config
 *
 * Since: 1.0
 */
MigdescConfig *
migdesc_config_ref (MigdescConfig *config)
{
  g_return_val_if_fail (config != NULL, NULL);

  g_atomic_ref_count_inc (&config->ref_count);
  return config;
}

/**
 * migdesc_config_unref:
 * @config: (transfer full): a configuration
 *
 * Gives back a reference; the last one frees the configuration.
 *
 * Since: 1.0
 */
void
migdesc_config_unref (MigdescConfig *config)
{
  g_return_if_fail (config != NULL);

  if (!g_atomic_ref_count_dec (&config->ref_count))
    return;
  migdesc_store_unref (config->store);
  g_free (config);
}

/**
 * migdesc_config_get_model:
 * @config: a configuration
 *
 * Gets the model that this is a configuration of.
 *
 * Returns: (transfer full): a new handle on the model
 *
 * Since: 1.0
 */
MigdescModel *
migdesc_config_get_model (const MigdescConfig *config)
{
  g_return_val_if_fail (config != NULL, NULL);

  return migdesc_model_new_for_core (config->store, config->model);
}

/**
 * migdesc_config_get_version:
 * @config: a configuration
 *
 * Gets the version of the model that this configuration equals; the latest where several do.
 *
 * Returns: (nullable): the version's name, or %NULL if the configuration equals none
 *
 * Since: 1.0
 */
const char *
migdesc_config_get_version (const MigdescConfig *config)
{
  guint32 version;

  g_return_val_if_fail (config != NULL, NULL);

  version = config->version;
  if (version == MIGDESC_NOT_FOUND)
    version = migdesc_model_core_version_of (config->model, config->values, config->hash);
  return version != MIGDESC_NOT_FOUND ? config->model->versions[version].name : NULL;
}

/**
 * migdesc_config_get_n_params:
 * @config: a configuration
 *
 * Gets how many params the configuration has values for, which is all that its model has.
 *
 * Returns: the number; 0 for a model of versions alone
 *
 * Since: 1.0
 */
guint
migdesc_config_get_n_params (const MigdescConfig *config)
{
  g_return_val_if_fail (config != NULL, 0);

  return config->model->n_params;
}

/**
 * migdesc_config_dup_names:
 * @config: a configuration
 *
 * Gets the names of the params, in the order of the document.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names
 *
 * Since: 1.0
 */
char **
migdesc_config_dup_names (const MigdescConfig *config)
{
  char **names;

  g_return_val_if_fail (config != NULL, NULL);

  names = g_new (char *, config->model->n_params + 1);
  for (guint32 i = 0; i < config->model->n_params; i++)
    names[i] = g_strdup (config->model->params[i].name);
  names[config->model->n_params] = NULL;
  return names;
}

static GVariant *
dup_value (const MigdescConfig *config,
           guint32 position)
{
  return migdesc_value_to_variant ((MigdescValueType) config->model->params[position].type,
                                   config->values[position]);
}

/**
 * migdesc_config_get_value:
 * @config: a configuration
 * @param: the name of a param
 *
 * Gets the value of a param: a boolean (`b`), an int (`t`) or a string (`s`).
 *
 * Returns: (transfer full) (nullable): the value, not floating, or %NULL if the model has no such
 * param
 *
 * Since: 1.0
 */
GVariant *
migdesc_config_get_value (const MigdescConfig *config,
                          const char *param)
{
  guint32 position;

  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (param != NULL, NULL);

  position = migdesc_model_core_find_param (config->model, param, strlen (param));
  return position != MIGDESC_NOT_FOUND ? dup_value (config, position) : NULL;
}

/**
 * migdesc_config_to_variant:
 * @config: a configuration
 *
 * Gets all values at once.
 *
 * Returns: (transfer full): a dictionary of type `a{sv}` from names to values, in the order of the
 * document, not floating
 *
 * Since: 1.0
 */
GVariant *
migdesc_config_to_variant (const MigdescConfig *config)
{
  GVariantBuilder builder;

  g_return_val_if_fail (config != NULL, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint32 i = 0; i < config->model->n_params; i++)
    {
      g_autoptr (GVariant) value = dup_value (config, i);

      g_variant_builder_add (&builder, "{sv}", config->model->params[i].name, value);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* Params of two descriptors of one model may stand in another order. */
static gboolean
has_equal_param (const MigdescConfig *config,
                 guint32 position,
                 const MigdescConfig *other)
{
  const MigdescParamCore *param = &config->model->params[position];
  guint32 match = migdesc_model_core_find_param (other->model, param->name, strlen (param->name));

  return match != MIGDESC_NOT_FOUND && other->model->params[match].type == param->type
         && migdesc_value_equal ((MigdescValueType) param->type, config->values[position],
                                 other->values[match]);
}

static gboolean
values_equal (const MigdescConfig *config,
              const MigdescConfig *other)
{
  if (config->model == other->model)
    return config->hash == other->hash
           && migdesc_model_core_values_equal (config->model, config->values, other->values);

  for (guint32 i = 0; i < config->model->n_params; i++)
    if (!has_equal_param (config, i, other))
      return FALSE;
  return TRUE;
}

/**
 * migdesc_config_equal:
 * @config: a configuration
 * @other: another configuration
 *
 * Tells whether two configurations are the same: of models of the same name, with the same params
 * of the same types and values. They may come from two descriptors; the order of params and all
 * else that descriptors say does not count. Where the model has versions and no params, the version
 * has to be the same.
 *
 * Returns: %TRUE if they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_config_equal (const MigdescConfig *config,
                      const MigdescConfig *other)
{
  g_return_val_if_fail (config != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (config == other)
    return TRUE;
  if (config->model->n_params != other->model->n_params
      || config->model->version_only != other->model->version_only
      || strcmp (config->model->name, other->model->name) != 0)
    return FALSE;
  if (config->model->version_only)
    return g_strcmp0 (migdesc_config_get_version (config), migdesc_config_get_version (other)) == 0;
  return values_equal (config, other);
}

/**
 * migdesc_config_hash:
 * @config: a configuration
 *
 * Gives a hash of the configuration's value: equal configurations have equal hashes, in one
 * process. It is another number in the next.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_config_hash (const MigdescConfig *config)
{
  guint64 sum;

  g_return_val_if_fail (config != NULL, 0);

  sum = migdesc_hash (config->model->name, strlen (config->model->name));
  if (config->model->version_only)
    {
      const char *version = migdesc_config_get_version (config);

      sum += migdesc_hash (version, strlen (version));
    }
  /* a sum, since the order does not count; the factor ties a value to its name */
  for (guint32 i = 0; i < config->model->n_params; i++)
    {
      const MigdescParamCore *param = &config->model->params[i];

      sum += migdesc_hash (param->name, strlen (param->name))
             * (2 * migdesc_value_hash ((MigdescValueType) param->type, config->values[i]) + 1);
    }
  return migdesc_hash_fold (sum);
}

/**
 * migdesc_config_to_string:
 * @config: a configuration
 *
 * Writes the configuration as lines of `NAME=VALUE` in the order of the document, or `version=V`
 * where the model has versions and no params. No comma is doubled.
 *
 * Returns: (transfer full): the lines, without the last line end
 *
 * Since: 1.0
 */
char *
migdesc_config_to_string (const MigdescConfig *config)
{
  GString *text;

  g_return_val_if_fail (config != NULL, NULL);

  if (config->model->version_only)
    return g_strconcat ("version=", migdesc_config_get_version (config), NULL);

  text = g_string_new (NULL);
  for (guint32 i = 0; i < config->model->n_params; i++)
    {
      const MigdescParamCore *param = &config->model->params[i];

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, param->name);
      g_string_append_c (text, '=');
      migdesc_value_append_text (text, (MigdescValueType) param->type, config->values[i]);
    }
  return g_string_free (text, FALSE);
}
