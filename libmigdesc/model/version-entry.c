/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:migdesc-version-entry
 * @Short_description: a version of a device model
 * @Title: MigdescVersion
 *
 * A version of a device model: a name for a configuration. The versions of a model are ordered,
 * oldest first; what comes before what is never read from the names.
 */

/**
 * MigdescVersion:
 *
 * A version of a device model. Immutable, and safe to share between threads.
 *
 * One that was made by g_object_new() has an empty name and sets nothing.
 *
 * Since: 1.0
 */

#include "model/handles.h"

#include <string.h>

struct _MigdescVersion
{
  GObject parent_instance;
  MigdescStore *store;
  const MigdescModelCore *model;
  const MigdescVersionCore *core;
};

G_DEFINE_FINAL_TYPE (MigdescVersion, migdesc_version, G_TYPE_OBJECT)

static const MigdescVersionMore nothing_more;
static const MigdescVersionCore empty
    = { .name = "", .more = &nothing_more, .can_create = TRUE, .can_load = TRUE };

static void
version_finalize (GObject *object)
{
  MigdescVersion *self = MIGDESC_VERSION (object);

  migdesc_store_unref (self->store);
  G_OBJECT_CLASS (migdesc_version_parent_class)->finalize (object);
}

static void
migdesc_version_class_init (MigdescVersionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = version_finalize;
}

static void
migdesc_version_init (MigdescVersion *self)
{
  self->store = migdesc_store_ref (migdesc_store_get_empty ());
  self->model = &migdesc_model_core_empty;
  self->core = &empty;
}

MigdescVersion *
migdesc_version_new_for_core (MigdescStore *store,
                              const MigdescModelCore *model,
                              const MigdescVersionCore *core)
{
  MigdescVersion *self = g_object_new (MIGDESC_TYPE_VERSION, NULL);

  migdesc_store_unref (self->store);
  self->store = migdesc_store_ref (store);
  self->model = model;
  self->core = core;
  return self;
}

/**
 * migdesc_version_get_name:
 * @version: a version
 *
 * Gets the name, a token without meaning of its own. It may be empty.
 *
 * Returns: (transfer none): the name
 *
 * Since: 1.0
 */
const char *
migdesc_version_get_name (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), NULL);
  return version->core->name;
}

/**
 * migdesc_version_get_description:
 * @version: a version
 *
 * Gets what people should know about the version.
 *
 * Returns: (transfer none) (nullable): the description, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_version_get_description (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), NULL);
  return version->core->more->description;
}

/**
 * migdesc_version_get_params:
 * @version: a version
 *
 * Lists what the version sets, with the name of the model, as a list without a version. Params that
 * it does not set are at their off value, or at their init value where they have none.
 *
 * Returns: (transfer full): the list
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_version_get_params (MigdescVersion *version)
{
  g_auto (GStrv) values = NULL;
  g_autofree const char **names = NULL;
  guint32 n;

  g_return_val_if_fail (MIGDESC_IS_VERSION (version), NULL);

  n = version->core->n_settings;
  names = g_new0 (const char *, (gsize) n + 1);
  values = g_new0 (char *, (gsize) n + 1);
  for (guint32 i = 0; i < n; i++)
    {
      const MigdescSetting *setting = &version->core->settings[i];
      const MigdescParamCore *param = &version->model->params[setting->param];
      GString *text = g_string_new (NULL);

      migdesc_value_append_text (text, (MigdescValueType) param->type, setting->value);
      names[i] = param->name;
      values[i] = g_string_free (text, FALSE);
    }
  return migdesc_param_list_new (*version->model->name != '\0' ? version->model->name : NULL, NULL,
                                 names, (const char *const *) values, NULL);
}

static int
compare_param_of_setting (gconstpointer key,
                          gconstpointer member)
{
  guint32 param = *(const guint32 *) key;
  const MigdescSetting *setting = member;

  return (param > setting->param) - (param < setting->param);
}

/**
 * migdesc_version_get_value:
 * @version: a version
 * @param: the name of a param; any text is safe
 *
 * Gets the value that the version sets a param to.
 *
 * Returns: (transfer full) (nullable): a #GVariant of type `b`, `t` or `s`, not floating, or %NULL
 * if the version does not set the param
 *
 * Since: 1.0
 */
GVariant *
migdesc_version_get_value (MigdescVersion *version,
                           const char *param)
{
  const MigdescVersionCore *core;
  const MigdescSetting *setting;
  guint32 position;

  g_return_val_if_fail (MIGDESC_IS_VERSION (version), NULL);
  g_return_val_if_fail (param != NULL, NULL);

  core = version->core;
  position = migdesc_model_core_find_param (version->model, param, strlen (param));
  if (position == MIGDESC_NOT_FOUND || core->n_settings == 0)
    return NULL;
  setting = bsearch (&position, core->settings, core->n_settings, sizeof *setting,
                     compare_param_of_setting);
  if (setting == NULL)
    return NULL;
  return migdesc_value_to_variant ((MigdescValueType) version->model->params[position].type,
                                   setting->value);
}

/**
 * migdesc_version_can_create:
 * @version: a version
 *
 * Tells whether the implementation creates devices as this version.
 *
 * Returns: whether it does
 *
 * Since: 1.0
 */
gboolean
migdesc_version_can_create (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), FALSE);
  return version->core->can_create;
}

/**
 * migdesc_version_can_load:
 * @version: a version
 *
 * Tells whether the implementation loads state that was saved as this version.
 *
 * Returns: whether it does
 *
 * Since: 1.0
 */
gboolean
migdesc_version_can_load (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), FALSE);
  return version->core->can_load;
}

/**
 * migdesc_version_get_support:
 * @version: a version
 *
 * Gets the support promise of this version. The promise of its model holds too;
 * %MIGDESC_SUPPORT_NONE on either of them blocks, else the stronger one counts.
 *
 * Returns: the promise
 *
 * Since: 1.0
 */
MigdescSupport
migdesc_version_get_support (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), MIGDESC_SUPPORT_BEST_EFFORT);
  return (MigdescSupport) version->core->support;
}

/**
 * migdesc_version_get_blocker:
 * @version: a version
 *
 * Gets why the version cannot be migrated.
 *
 * Returns: (transfer none) (nullable): the reason, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_version_get_blocker (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), NULL);
  return version->core->more->blocker;
}

/**
 * migdesc_version_get_state_version:
 * @version: a version
 *
 * Gets the version of the state schema that this version saves.
 *
 * Returns: (transfer none) (nullable): the JSON text of the member, a number or a string in
 * quotation marks, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_version_get_state_version (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), NULL);
  return version->core->more->state_version;
}

/**
 * migdesc_version_get_n_tested:
 * @version: a version
 *
 * Counts the pairs of versions that were really tried.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_version_get_n_tested (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), 0);
  return version->core->more->n_tested;
}

/**
 * migdesc_version_get_tested:
 * @version: a version
 * @position: which pair, from 0
 * @from: (out) (optional) (transfer none) (nullable): the newest version of the implementation that
 * saved
 * @to: (out) (optional) (transfer none) (nullable): the newest version of the implementation that
 * loaded
 *
 * Gets a pair of versions that was really tried.
 *
 * Returns: %FALSE if there is no pair at @position; @from and @to are then %NULL
 *
 * Since: 1.0
 */
gboolean
migdesc_version_get_tested (MigdescVersion *version,
                            guint position,
                            const char **from,
                            const char **to)
{
  const MigdescTested *tested = NULL;

  g_return_val_if_fail (MIGDESC_IS_VERSION (version), FALSE);

  if (position < version->core->more->n_tested)
    tested = &version->core->more->tested[position];
  if (from != NULL)
    *from = tested != NULL ? version->model->versions[tested->from].name : NULL;
  if (to != NULL)
    *to = tested != NULL ? version->model->versions[tested->to].name : NULL;
  return tested != NULL;
}

/**
 * migdesc_version_equal:
 * @version: a version
 * @other: another version
 *
 * Tells whether two versions say the same in every field, descriptions too. What they do not set
 * does not count.
 *
 * Returns: whether they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_version_equal (MigdescVersion *version,
                       MigdescVersion *other)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), FALSE);
  g_return_val_if_fail (MIGDESC_IS_VERSION (other), FALSE);
  return migdesc_version_core_equal (version->model, version->core, other->model, other->core);
}

/**
 * migdesc_version_hash:
 * @version: a version
 *
 * Gives a number that is the same for equal versions, within one process.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_version_hash (MigdescVersion *version)
{
  g_return_val_if_fail (MIGDESC_IS_VERSION (version), 0);
  return version->core->key.hash + version->core->n_settings;
}
