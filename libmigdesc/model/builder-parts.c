/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/builder-parts.h"

static void
free_param (gpointer data)
{
  MigdescParamPart *param = data;

  g_free (param->name);
  g_free (param->description);
  g_free (param->unit);
  g_clear_pointer (&param->allowed, migdesc_value_set_unref);
  g_clear_pointer (&param->init, g_variant_unref);
  g_clear_pointer (&param->off, g_variant_unref);
  g_free (param);
}

static void
free_setting (gpointer data)
{
  MigdescSettingPart *setting = data;

  g_free (setting->param);
  g_variant_unref (setting->value);
  g_free (setting);
}

static void
free_tested (gpointer data)
{
  MigdescTestedPart *tested = data;

  g_free (tested->from);
  g_free (tested->to);
  g_free (tested);
}

static void
free_version (gpointer data)
{
  MigdescVersionPart *version = data;

  g_free (version->name);
  g_free (version->description);
  g_free (version->blocker);
  g_ptr_array_unref (version->settings);
  g_ptr_array_unref (version->tested);
  g_free (version);
}

static void
free_condition (gpointer data)
{
  MigdescConditionPart *condition = data;

  g_free (condition->param);
  migdesc_value_set_unref (condition->values);
  g_free (condition);
}

static void
free_constraint (gpointer data)
{
  MigdescConstraintParts *constraint = data;

  g_free (constraint->description);
  g_ptr_array_unref (constraint->conditions);
  g_free (constraint);
}

static void
free_model (gpointer data)
{
  MigdescModelPart *model = data;

  g_free (model->name);
  g_free (model->description);
  g_free (model->blocker);
  g_free (model->state);
  g_ptr_array_unref (model->params);
  g_ptr_array_unref (model->versions);
  g_ptr_array_unref (model->constraints);
  g_free (model);
}

void
migdesc_parts_init (MigdescParts *parts)
{
  parts->models = g_ptr_array_new_with_free_func (free_model);
  parts->misplaced = g_ptr_array_new_with_free_func (g_free);
}

void
migdesc_parts_clear (MigdescParts *parts)
{
  g_ptr_array_unref (parts->models);
  g_ptr_array_unref (parts->misplaced);
}

static gpointer
last (MigdescParts *parts,
      const GPtrArray *array,
      const char *call,
      const char *needed)
{
  if (array->len > 0)
    return g_ptr_array_index (array, array->len - 1);
  g_ptr_array_add (parts->misplaced, g_strdup_printf ("%s was called before %s", call, needed));
  return NULL;
}

MigdescModelPart *
migdesc_parts_last_model (MigdescParts *parts,
                          const char *call)
{
  return last (parts, parts->models, call, "add_model");
}

MigdescParamPart *
migdesc_parts_last_param (MigdescParts *parts,
                          const char *call)
{
  MigdescModelPart *model = migdesc_parts_last_model (parts, call);

  return model == NULL ? NULL : last (parts, model->params, call, "add_param");
}

MigdescVersionPart *
migdesc_parts_last_version (MigdescParts *parts,
                            const char *call)
{
  MigdescModelPart *model = migdesc_parts_last_model (parts, call);

  return model == NULL ? NULL : last (parts, model->versions, call, "add_version");
}

MigdescConstraintParts *
migdesc_parts_last_constraint (MigdescParts *parts,
                               const char *call)
{
  MigdescModelPart *model = migdesc_parts_last_model (parts, call);

  return model == NULL ? NULL : last (parts, model->constraints, call, "add_constraint");
}

MigdescModelPart *
migdesc_parts_add_model (MigdescParts *parts,
                         const char *name,
                         const char *description)
{
  MigdescModelPart *model = g_new0 (MigdescModelPart, 1);

  model->name = g_strdup (name);
  model->description = g_strdup (description);
  model->params = g_ptr_array_new_with_free_func (free_param);
  model->versions = g_ptr_array_new_with_free_func (free_version);
  model->constraints = g_ptr_array_new_with_free_func (free_constraint);
  g_ptr_array_add (parts->models, model);
  return model;
}

MigdescParamPart *
migdesc_model_part_add_param (MigdescModelPart *model,
                              const char *name,
                              MigdescValueType type)
{
  MigdescParamPart *param = g_new0 (MigdescParamPart, 1);

  param->name = g_strdup (name);
  param->type = type;
  param->affects = MIGDESC_AFFECTS_HARDWARE | MIGDESC_AFFECTS_STATE;
  g_ptr_array_add (model->params, param);
  return param;
}

MigdescVersionPart *
migdesc_model_part_add_version (MigdescModelPart *model,
                                const char *name,
                                const char *description)
{
  MigdescVersionPart *version = g_new0 (MigdescVersionPart, 1);

  version->name = g_strdup (name);
  version->description = g_strdup (description);
  version->can_create = TRUE;
  version->can_load = TRUE;
  version->settings = g_ptr_array_new_with_free_func (free_setting);
  version->tested = g_ptr_array_new_with_free_func (free_tested);
  g_ptr_array_add (model->versions, version);
  return version;
}

MigdescConstraintParts *
migdesc_model_part_add_constraint (MigdescModelPart *model,
                                   const char *description)
{
  MigdescConstraintParts *constraint = g_new0 (MigdescConstraintParts, 1);

  constraint->description = g_strdup (description);
  constraint->conditions = g_ptr_array_new_with_free_func (free_condition);
  g_ptr_array_add (model->constraints, constraint);
  return constraint;
}

void
migdesc_version_part_add_setting (MigdescVersionPart *version,
                                  const char *param,
                                  GVariant *value)
{
  MigdescSettingPart *setting = g_new (MigdescSettingPart, 1);

  setting->param = g_strdup (param);
  setting->value = g_variant_ref_sink (value);
  g_ptr_array_add (version->settings, setting);
}

void
migdesc_version_part_add_tested (MigdescVersionPart *version,
                                 const char *from,
                                 const char *to)
{
  MigdescTestedPart *tested = g_new (MigdescTestedPart, 1);

  tested->from = g_strdup (from);
  tested->to = g_strdup (to);
  g_ptr_array_add (version->tested, tested);
}

void
migdesc_constraint_part_add (MigdescConstraintParts *constraint,
                             MigdescConditionRole role,
                             const char *param,
                             const MigdescValueSet *values)
{
  MigdescConditionPart *condition = g_new (MigdescConditionPart, 1);

  condition->role = role;
  condition->param = g_strdup (param);
  condition->values = migdesc_value_set_ref ((MigdescValueSet *) values);
  g_ptr_array_add (constraint->conditions, condition);
}
