/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:migdesc-param
 * @Short_description: a migration parameter
 * @Title: MigdescParam
 *
 * A migration parameter of a device model: its name and type, the values that it may have, the one
 * that a new device starts with, and the one that stands for the feature not being there.
 */

/**
 * MigdescParam:
 *
 * A migration parameter. Immutable, and safe to share between threads.
 *
 * One that was made by g_object_new() is a bool with an empty name.
 *
 * Since: 1.0
 */

#include "model/handles.h"

struct _MigdescParam
{
  GObject parent_instance;
  MigdescStore *store;
  const MigdescParamCore *core;
};

G_DEFINE_FINAL_TYPE (MigdescParam, migdesc_param, G_TYPE_OBJECT)

static const MigdescParamCore empty = {
  .name = "",
  .allowed.any = TRUE,
  .affects = MIGDESC_AFFECTS_HARDWARE | MIGDESC_AFFECTS_STATE,
};

static void
param_finalize (GObject *object)
{
  MigdescParam *self = MIGDESC_PARAM (object);

  migdesc_store_unref (self->store);
  G_OBJECT_CLASS (migdesc_param_parent_class)->finalize (object);
}

static void
migdesc_param_class_init (MigdescParamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = param_finalize;
}

static void
migdesc_param_init (MigdescParam *self)
{
  self->store = migdesc_store_ref (migdesc_store_get_empty ());
  self->core = &empty;
}

MigdescParam *
migdesc_param_new_for_core (MigdescStore *store,
                            const MigdescParamCore *core)
{
  MigdescParam *self = g_object_new (MIGDESC_TYPE_PARAM, NULL);

  migdesc_store_unref (self->store);
  self->store = migdesc_store_ref (store);
  self->core = core;
  return self;
}

/**
 * migdesc_param_get_name:
 * @param: a param
 *
 * Gets the name.
 *
 * Returns: (transfer none): the name
 *
 * Since: 1.0
 */
const char *
migdesc_param_get_name (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), NULL);
  return param->core->name;
}

/**
 * migdesc_param_get_value_type:
 * @param: a param
 *
 * Gets the type of the values.
 *
 * Returns: the type
 *
 * Since: 1.0
 */
MigdescValueType
migdesc_param_get_value_type (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), MIGDESC_VALUE_TYPE_BOOL);
  return (MigdescValueType) param->core->type;
}

/**
 * migdesc_param_get_description:
 * @param: a param
 *
 * Gets what people should know about the param.
 *
 * Returns: (transfer none) (nullable): the description, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_param_get_description (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), NULL);
  return param->core->description;
}

/**
 * migdesc_param_get_unit:
 * @param: a param
 *
 * Gets what the values count or measure, such as `queues` or `MiB`.
 *
 * Returns: (transfer none) (nullable): the unit, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_param_get_unit (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), NULL);
  return param->core->unit;
}

/**
 * migdesc_param_get_allowed_values:
 * @param: a param
 *
 * Gets the values that the document allows. The off value is accepted too, whether or not it is
 * among them.
 *
 * Returns: (transfer full): the set; "any" if the document names none
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_param_get_allowed_values (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), NULL);
  return migdesc_store_view_set (param->store, &param->core->allowed);
}

/**
 * migdesc_param_get_init_value:
 * @param: a param
 *
 * Gets the value of a device that was made without a version and without naming the param.
 *
 * Returns: (transfer full): a #GVariant of type `b`, `t` or `s`, not floating
 *
 * Since: 1.0
 */
GVariant *
migdesc_param_get_init_value (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), NULL);
  return migdesc_value_to_variant ((MigdescValueType) param->core->type, param->core->init);
}

/**
 * migdesc_param_get_off_value:
 * @param: a param
 *
 * Gets the value that a device has which knows nothing of the param. A param at its off value is
 * left out of lists.
 *
 * Returns: (transfer full) (nullable): a #GVariant of type `b`, `t` or `s`, not floating, or %NULL
 * if there is no off value
 *
 * Since: 1.0
 */
GVariant *
migdesc_param_get_off_value (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), NULL);
  if (!param->core->has_off)
    return NULL;
  return migdesc_value_to_variant ((MigdescValueType) param->core->type, param->core->off);
}

/**
 * migdesc_param_has_off_value:
 * @param: a param
 *
 * Tells whether there is an off value. A param without one has to be in every list.
 *
 * Returns: whether there is an off value
 *
 * Since: 1.0
 */
gboolean
migdesc_param_has_off_value (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), FALSE);
  return param->core->has_off;
}

/**
 * migdesc_param_get_affects:
 * @param: a param
 *
 * Tells what the param changes.
 *
 * Returns: the hardware interface, the device state, or both
 *
 * Since: 1.0
 */
MigdescAffects
migdesc_param_get_affects (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), MIGDESC_AFFECTS_HARDWARE);
  return (MigdescAffects) param->core->affects;
}

/**
 * migdesc_param_is_runtime:
 * @param: a param
 *
 * Tells whether the param may change while the device is open.
 *
 * Returns: whether it may change
 *
 * Since: 1.0
 */
gboolean
migdesc_param_is_runtime (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), FALSE);
  return param->core->runtime;
}

/**
 * migdesc_param_is_inferred:
 * @param: a param
 *
 * Tells whether type and off value were guessed from a document of the first revision, which does
 * not say them.
 *
 * Returns: whether they were guessed
 *
 * Since: 1.0
 */
gboolean
migdesc_param_is_inferred (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), FALSE);
  return param->core->inferred;
}

/**
 * migdesc_param_equal:
 * @param: a param
 * @other: another param
 *
 * Tells whether two params say the same in every field, descriptions too.
 *
 * Returns: whether they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_param_equal (MigdescParam *param,
                     MigdescParam *other)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), FALSE);
  g_return_val_if_fail (MIGDESC_IS_PARAM (other), FALSE);
  return migdesc_param_core_equal (param->core, other->core);
}

/**
 * migdesc_param_hash:
 * @param: a param
 *
 * Gives a number that is the same for equal params, within one process.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_param_hash (MigdescParam *param)
{
  g_return_val_if_fail (MIGDESC_IS_PARAM (param), 0);
  return param->core->key.hash
         ^ (guint) migdesc_param_core_hash_term (param->core, 0, param->core->init);
}
