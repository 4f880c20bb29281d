/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:migdesc-model
 * @Short_description: a device model
 * @Title: MigdescModel
 *
 * A device model: the hardware and state that a device of this name has, up to its migration
 * parameters. Devices can only be migrated within one model.
 */

/**
 * MigdescModel:
 *
 * A device model. Immutable, and safe to share between threads.
 *
 * One that was made by g_object_new() has an empty name and neither params nor versions.
 *
 * Since: 1.0
 */

#include "model/handles.h"

#include <string.h>

struct _MigdescModel
{
  GObject parent_instance;
  MigdescStore *store;
  const MigdescModelCore *core;
  /* Nullable: not asked for yet */
  GListModel *params;
  GListModel *versions;
  GListModel *constraints;
};

G_DEFINE_FINAL_TYPE (MigdescModel, migdesc_model, G_TYPE_OBJECT)

static void
model_finalize (GObject *object)
{
  MigdescModel *self = MIGDESC_MODEL (object);

  g_clear_object (&self->params);
  g_clear_object (&self->versions);
  g_clear_object (&self->constraints);
  migdesc_store_unref (self->store);
  G_OBJECT_CLASS (migdesc_model_parent_class)->finalize (object);
}

static void
migdesc_model_class_init (MigdescModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_finalize;
}

static void
migdesc_model_init (MigdescModel *self)
{
  self->store = migdesc_store_ref (migdesc_store_get_empty ());
  self->core = &migdesc_model_core_empty;
}

MigdescModel *
migdesc_model_new_for_core (MigdescStore *store,
                            const MigdescModelCore *core)
{
  MigdescModel *self = g_object_new (MIGDESC_TYPE_MODEL, NULL);

  migdesc_store_unref (self->store);
  self->store = migdesc_store_ref (store);
  self->core = core;
  return self;
}

const MigdescModelCore *
migdesc_model_get_core (MigdescModel *model)
{
  return model->core;
}

MigdescStore *
migdesc_model_get_store (MigdescModel *model)
{
  return model->store;
}

/**
 * migdesc_model_get_name:
 * @model: a model
 *
 * Gets the name, `domain/path`.
 *
 * Returns: (transfer none): the name
 *
 * Since: 1.0
 */
const char *
migdesc_model_get_name (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return model->core->name;
}

/**
 * migdesc_model_get_description:
 * @model: a model
 *
 * Gets what people should know about the model.
 *
 * Returns: (transfer none) (nullable): the description, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_model_get_description (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return model->core->description;
}

/**
 * migdesc_model_get_support:
 * @model: a model
 *
 * Gets the support promise for all versions of the model. A version may promise more, or block.
 *
 * Returns: the promise
 *
 * Since: 1.0
 */
MigdescSupport
migdesc_model_get_support (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), MIGDESC_SUPPORT_BEST_EFFORT);
  return (MigdescSupport) model->core->support;
}

/**
 * migdesc_model_get_blocker:
 * @model: a model
 *
 * Gets why the model cannot be migrated.
 *
 * Returns: (transfer none) (nullable): the reason, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_model_get_blocker (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return model->core->blocker;
}

/**
 * migdesc_model_dup_state_schema:
 * @model: a model
 *
 * Copies the schema of the device state.
 *
 * Returns: (transfer full) (nullable): JSON text, or %NULL if the model publishes none
 *
 * Since: 1.0
 */
char *
migdesc_model_dup_state_schema (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return g_strdup (model->core->state);
}

/**
 * migdesc_model_is_version_only:
 * @model: a model
 *
 * Tells whether the model has versions and no params, as in the fourth revision. A list for it
 * names a version and nothing else.
 *
 * Returns: whether it has versions only
 *
 * Since: 1.0
 */
gboolean
migdesc_model_is_version_only (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), FALSE);
  return model->core->version_only;
}

/**
 * migdesc_model_equal:
 * @model: a model
 * @other: another model
 *
 * Tells whether two models say the same in every field, descriptions and order too. Whether devices
 * can be migrated between them is for migdesc_model_compare() to tell.
 *
 * Returns: whether they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_model_equal (MigdescModel *model,
                     MigdescModel *other)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), FALSE);
  g_return_val_if_fail (MIGDESC_IS_MODEL (other), FALSE);
  return migdesc_model_core_equal (model->core, other->core);
}

/**
 * migdesc_model_hash:
 * @model: a model
 *
 * Gives a number that is the same for equal models, within one process.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_model_hash (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), 0);
  return migdesc_hash_fold (migdesc_model_core_hash (model->core));
}

/**
 * migdesc_model_get_n_params:
 * @model: a model
 *
 * Counts the params.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_model_get_n_params (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), 0);
  return model->core->n_params;
}

/**
 * migdesc_model_get_params:
 * @model: a model
 *
 * Gets the params as a list of #MigdescParam in the order of the document.
 *
 * Returns: (transfer none): the list, which always is the same object
 *
 * Since: 1.0
 */
GListModel *
migdesc_model_get_params (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return migdesc_items_get (&model->params, migdesc_items_new_params, model);
}

/**
 * migdesc_model_get_param:
 * @model: a model
 * @position: which param, from 0
 *
 * Gets a param.
 *
 * Returns: (transfer full) (nullable): the param, or %NULL if there are not that many
 *
 * Since: 1.0
 */
MigdescParam *
migdesc_model_get_param (MigdescModel *model,
                         guint position)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return g_list_model_get_item (migdesc_model_get_params (model), position);
}

/**
 * migdesc_model_lookup_param:
 * @model: a model
 * @name: the name of a param; any text is safe
 *
 * Finds a param by its name, byte by byte.
 *
 * Returns: (transfer full) (nullable): the param, or %NULL if there is none of that name
 *
 * Since: 1.0
 */
MigdescParam *
migdesc_model_lookup_param (MigdescModel *model,
                            const char *name)
{
  guint32 position;

  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  position = migdesc_model_core_find_param (model->core, name, strlen (name));
  return position == MIGDESC_NOT_FOUND ? NULL : migdesc_model_get_param (model, position);
}

/**
 * migdesc_model_get_n_versions:
 * @model: a model
 *
 * Counts the versions.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_model_get_n_versions (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), 0);
  return model->core->n_versions;
}

/**
 * migdesc_model_get_versions:
 * @model: a model
 *
 * Gets the versions as a list of #MigdescVersion, oldest first.
 *
 * Returns: (transfer none): the list, which always is the same object
 *
 * Since: 1.0
 */
GListModel *
migdesc_model_get_versions (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return migdesc_items_get (&model->versions, migdesc_items_new_versions, model);
}

/**
 * migdesc_model_get_version:
 * @model: a model
 * @position: which version, from 0 for the oldest
 *
 * Gets a version.
 *
 * Returns: (transfer full) (nullable): the version, or %NULL if there are not that many
 *
 * Since: 1.0
 */
MigdescVersion *
migdesc_model_get_version (MigdescModel *model,
                           guint position)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return g_list_model_get_item (migdesc_model_get_versions (model), position);
}

/**
 * migdesc_model_lookup_version:
 * @model: a model
 * @name: the name of a version; any text is safe
 *
 * Finds a version by its name, byte by byte.
 *
 * Returns: (transfer full) (nullable): the version, or %NULL if there is none of that name
 *
 * Since: 1.0
 */
MigdescVersion *
migdesc_model_lookup_version (MigdescModel *model,
                              const char *name)
{
  guint32 position;

  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  position = migdesc_model_core_find_version (model->core, name, strlen (name));
  return position == MIGDESC_NOT_FOUND ? NULL : migdesc_model_get_version (model, position);
}

/**
 * migdesc_model_get_latest_version:
 * @model: a model
 *
 * Gets the newest version that devices can be created as, which the word `latest` stands for. A
 * version whose own flag says no counts if it is the same configuration as one whose flag says yes.
 *
 * Returns: (transfer full) (nullable): the version, or %NULL if there is none that can be created
 *
 * Since: 1.0
 */
MigdescVersion *
migdesc_model_get_latest_version (MigdescModel *model)
{
  guint32 position;

  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);

  position = migdesc_model_core_latest_creatable (model->core);
  return position == MIGDESC_NOT_FOUND ? NULL : migdesc_model_get_version (model, position);
}

/**
 * migdesc_model_get_constraints:
 * @model: a model
 *
 * Gets the constraints as a list of #MigdescConstraint in the order of the document.
 *
 * Returns: (transfer none): the list, which always is the same object
 *
 * Since: 1.0
 */
GListModel *
migdesc_model_get_constraints (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return migdesc_items_get (&model->constraints, migdesc_items_new_constraints, model);
}
