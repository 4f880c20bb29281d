/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:migdesc-descriptor-builder
 * @Short_description: make a descriptor by calls
 * @Title: MigdescDescriptorBuilder
 *
 * Makes a descriptor without a document: for device implementations that publish one, and for
 * readers of other formats.
 *
 * What belongs to a model goes to the one added last, what belongs to a version or constraint to
 * the one added last in it. A version may set params that are added after it. Nothing is checked
 * before migdesc_descriptor_builder_build(), which finds all that is wrong at once.
 *
 * |[<!-- language="C" -->
 * g_autoptr (MigdescDescriptorBuilder) builder = migdesc_descriptor_builder_new ();
 * g_autoptr (MigdescValueSet) queues = migdesc_value_set_new_interval (1, 64);
 * g_autoptr (MigdescDescriptor) descriptor = NULL;
 *
 * migdesc_descriptor_builder_add_model (builder, "vendor-a.com/my-nic", "example NIC");
 * migdesc_descriptor_builder_add_param (builder, "num-queues", MIGDESC_VALUE_TYPE_INT, queues,
 *                                       g_variant_new_uint64 (4), g_variant_new_uint64 (1));
 * migdesc_descriptor_builder_add_version (builder, "1", NULL);
 * migdesc_descriptor_builder_set_version_value (builder, "num-queues", g_variant_new_uint64 (4));
 * descriptor = migdesc_descriptor_builder_build (builder, NULL, &error);
 * ]|
 */

/**
 * MigdescDescriptorBuilder:
 *
 * What a descriptor is going to be made of. Not for use by several threads at a time.
 *
 * Since: 1.0
 */

#include "model/builder-private.h"
#include "model/handles.h"

G_DEFINE_FINAL_TYPE (MigdescDescriptorBuilder, migdesc_descriptor_builder, G_TYPE_OBJECT)

static void
descriptor_builder_finalize (GObject *object)
{
  MigdescDescriptorBuilder *self = MIGDESC_DESCRIPTOR_BUILDER (object);

  migdesc_parts_clear (&self->parts);
  G_OBJECT_CLASS (migdesc_descriptor_builder_parent_class)->finalize (object);
}

static void
migdesc_descriptor_builder_class_init (MigdescDescriptorBuilderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = descriptor_builder_finalize;
}

static void
migdesc_descriptor_builder_init (MigdescDescriptorBuilder *self)
{
  migdesc_parts_init (&self->parts);
}

/**
 * migdesc_descriptor_builder_new:
 *
 * Makes a builder without models.
 *
 * Returns: (transfer full): a new builder
 *
 * Since: 1.0
 */
MigdescDescriptorBuilder *
migdesc_descriptor_builder_new (void)
{
  return g_object_new (MIGDESC_TYPE_DESCRIPTOR_BUILDER, NULL);
}

static void
set_text (char **place,
          const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static gboolean
is_support (MigdescSupport support)
{
  return (guint) support <= MIGDESC_SUPPORT_BIDIRECTIONAL;
}

/**
 * migdesc_descriptor_builder_add_model:
 * @builder: a builder
 * @name: the name of the model, `domain/path`
 * @description: (nullable): what people should know about it, or %NULL
 *
 * Adds a model. All calls until the next of this one are about it.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_add_model (MigdescDescriptorBuilder *builder,
                                      const char *name,
                                      const char *description)
{
  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail (name != NULL);
  migdesc_parts_add_model (&builder->parts, name, description);
}

/**
 * migdesc_descriptor_builder_set_support:
 * @builder: a builder
 * @support: the promise for all versions of the model
 * @blocker: (nullable): why it cannot be migrated, or %NULL
 *
 * Sets the support promise of the current model.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_set_support (MigdescDescriptorBuilder *builder,
                                        MigdescSupport support,
                                        const char *blocker)
{
  MigdescModelPart *model;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail (is_support (support));

  model = migdesc_parts_last_model (&builder->parts, "set_support");
  if (model == NULL)
    return;
  model->support = support;
  set_text (&model->blocker, blocker);
}

/**
 * migdesc_descriptor_builder_add_param:
 * @builder: a builder
 * @name: the name of the param
 * @type: the type of its values
 * @allowed_values: (nullable): the values that it may have, or %NULL for any
 * @init_value: a #GVariant of type `b`, `t` or `s`: the value that a new device starts with
 * @off_value: (nullable): a #GVariant of the same type: the value that stands for the feature not
 * being there, which is allowed by itself, or %NULL
 *
 * Adds a param to the current model. Floating variants are taken over.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_add_param (MigdescDescriptorBuilder *builder,
                                      const char *name,
                                      MigdescValueType type,
                                      const MigdescValueSet *allowed_values,
                                      GVariant *init_value,
                                      GVariant *off_value)
{
  MigdescModelPart *model;
  MigdescParamPart *param;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail (name != NULL);
  g_return_if_fail ((guint) type <= MIGDESC_VALUE_TYPE_STRING);
  g_return_if_fail (init_value != NULL);

  g_variant_ref_sink (init_value);
  if (off_value != NULL)
    g_variant_ref_sink (off_value);
  model = migdesc_parts_last_model (&builder->parts, "add_param");
  if (model == NULL)
    {
      g_variant_unref (init_value);
      g_clear_pointer (&off_value, g_variant_unref);
      return;
    }
  param = migdesc_model_part_add_param (model, name, type);
  param->init = init_value;
  param->off = off_value;
  if (allowed_values != NULL)
    param->allowed = migdesc_value_set_ref ((MigdescValueSet *) allowed_values);
}

/**
 * migdesc_descriptor_builder_set_param_info:
 * @builder: a builder
 * @description: (nullable): what people should know about the param, or %NULL
 * @unit: (nullable): what its values count or measure, or %NULL
 * @affects: what it changes; at least one of the two
 * @runtime: whether it may change while the device is open
 *
 * Says more about the param that was added last. Without this call it affects both and may not
 * change.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_set_param_info (MigdescDescriptorBuilder *builder,
                                           const char *description,
                                           const char *unit,
                                           MigdescAffects affects,
                                           gboolean runtime)
{
  MigdescParamPart *param;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail (affects != 0);
  g_return_if_fail ((affects & ~(MIGDESC_AFFECTS_HARDWARE | MIGDESC_AFFECTS_STATE)) == 0);

  param = migdesc_parts_last_param (&builder->parts, "set_param_info");
  if (param == NULL)
    return;
  set_text (&param->description, description);
  set_text (&param->unit, unit);
  param->affects = affects;
  param->runtime = runtime;
}

/**
 * migdesc_descriptor_builder_add_version:
 * @builder: a builder
 * @name: the name of the version
 * @description: (nullable): what people should know about it, or %NULL
 *
 * Adds a version to the current model, newer than those before.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_add_version (MigdescDescriptorBuilder *builder,
                                        const char *name,
                                        const char *description)
{
  MigdescModelPart *model;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail (name != NULL);

  model = migdesc_parts_last_model (&builder->parts, "add_version");
  if (model != NULL)
    migdesc_model_part_add_version (model, name, description);
}

/**
 * migdesc_descriptor_builder_set_version_value:
 * @builder: a builder
 * @param: the name of a param of the model, which may be added later
 * @value: a #GVariant of type `b`, `t` or `s`; a floating one is taken over
 *
 * Makes the version that was added last set a param.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_set_version_value (MigdescDescriptorBuilder *builder,
                                              const char *param,
                                              GVariant *value)
{
  g_autoptr (GVariant) sunk = NULL;
  MigdescVersionPart *version;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail (param != NULL);
  g_return_if_fail (value != NULL);

  sunk = g_variant_ref_sink (value);
  version = migdesc_parts_last_version (&builder->parts, "set_version_value");
  if (version != NULL)
    migdesc_version_part_add_setting (version, param, sunk);
}

/**
 * migdesc_descriptor_builder_set_version_flags:
 * @builder: a builder
 * @can_create: whether devices are created as this version
 * @can_load: whether state that was saved as this version is loaded
 *
 * Says what the implementation does with the version that was added last. Without this call it does
 * both.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_set_version_flags (MigdescDescriptorBuilder *builder,
                                              gboolean can_create,
                                              gboolean can_load)
{
  MigdescVersionPart *version;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));

  version = migdesc_parts_last_version (&builder->parts, "set_version_flags");
  if (version == NULL)
    return;
  version->can_create = can_create;
  version->can_load = can_load;
}

/**
 * migdesc_descriptor_builder_set_version_support:
 * @builder: a builder
 * @support: the promise for this version
 * @blocker: (nullable): why it cannot be migrated, or %NULL
 *
 * Sets the support promise of the version that was added last.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_set_version_support (MigdescDescriptorBuilder *builder,
                                                MigdescSupport support,
                                                const char *blocker)
{
  MigdescVersionPart *version;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail (is_support (support));

  version = migdesc_parts_last_version (&builder->parts, "set_version_support");
  if (version == NULL)
    return;
  version->support = support;
  set_text (&version->blocker, blocker);
}

/**
 * migdesc_descriptor_builder_add_tested:
 * @builder: a builder
 * @from: the newest version of the implementation that saved
 * @to: the newest version of the implementation that loaded
 *
 * Adds a pair that was really tried to the version that was added last. Both versions may be added
 * later.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_add_tested (MigdescDescriptorBuilder *builder,
                                       const char *from,
                                       const char *to)
{
  MigdescVersionPart *version;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail (from != NULL);
  g_return_if_fail (to != NULL);

  version = migdesc_parts_last_version (&builder->parts, "add_tested");
  if (version != NULL)
    migdesc_version_part_add_tested (version, from, to);
}

/**
 * migdesc_descriptor_builder_add_constraint:
 * @builder: a builder
 * @description: (nullable): what people should know about it, or %NULL
 *
 * Adds a constraint to the current model. Its conditions follow.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_add_constraint (MigdescDescriptorBuilder *builder,
                                           const char *description)
{
  MigdescModelPart *model;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));

  model = migdesc_parts_last_model (&builder->parts, "add_constraint");
  if (model != NULL)
    migdesc_model_part_add_constraint (model, description);
}

/**
 * migdesc_descriptor_builder_add_condition:
 * @builder: a builder
 * @role: where the condition stands
 * @param: the name of a param of the model, which may be added later
 * @values: the values for which the condition holds; not empty, not "any"
 *
 * Adds a condition to the constraint that was added last. A constraint has conditions of the roles
 * %MIGDESC_CONDITION_IF and %MIGDESC_CONDITION_THEN, or else of %MIGDESC_CONDITION_FORBID.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_add_condition (MigdescDescriptorBuilder *builder,
                                          MigdescConditionRole role,
                                          const char *param,
                                          const MigdescValueSet *values)
{
  MigdescConstraintParts *constraint;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));
  g_return_if_fail ((guint) role <= MIGDESC_CONDITION_FORBID);
  g_return_if_fail (param != NULL);
  g_return_if_fail (values != NULL);

  constraint = migdesc_parts_last_constraint (&builder->parts, "add_condition");
  if (constraint != NULL)
    migdesc_constraint_part_add (constraint, role, param, values);
}

/**
 * migdesc_descriptor_builder_build:
 * @builder: a builder
 * @report: (out) (optional) (transfer full): all that is wrong, whether or not there is a
 * descriptor
 * @error: return location for a #GError, or %NULL
 *
 * Makes the descriptor. The builder keeps what it has, so that more can be added for another
 * descriptor.
 *
 * Errors: the first finding's code, which is one of those for names, values, and the rules of a
 * model, such as %MIGDESC_ERROR_PARAM_NAME or %MIGDESC_ERROR_INIT_NOT_ALLOWED;
 * %MIGDESC_ERROR_DOCUMENT_EMPTY if there is no model; %MIGDESC_ERROR_INVALID_ARGUMENT if a call
 * came before the one that adds what it is about.
 *
 * Returns: (transfer full): the descriptor, or %NULL with @error set
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_descriptor_builder_build (MigdescDescriptorBuilder *builder,
                                  MigdescReport **report,
                                  GError **error)
{
  g_autoptr (MigdescDiagnostics) diagnostics = NULL;
  g_autoptr (MigdescDraft) draft = NULL;
  const GPtrArray *misplaced;
  MigdescStore *store;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder), NULL);

  misplaced = builder->parts.misplaced;
  diagnostics = migdesc_diagnostics_new ((guint) migdesc_limits_get (NULL, MIGDESC_LIMIT_FINDINGS));
  draft = migdesc_draft_new (0, NULL, diagnostics);
  for (guint i = 0; i < misplaced->len; i++)
    migdesc_diagnostics_add (diagnostics, MIGDESC_ERROR_INVALID_ARGUMENT, MIGDESC_SEVERITY_BLOCKER,
                             MIGDESC_NO_PLACE, NULL, "%s",
                             (const char *) g_ptr_array_index (misplaced, i));
  migdesc_parts_feed (&builder->parts, draft);
  store = migdesc_draft_finish (draft, MIGDESC_DIALECT_NATIVE, NULL);

  if (report != NULL)
    *report = migdesc_diagnostics_to_report (diagnostics);
  if (store != NULL)
    return migdesc_descriptor_new_for_store (store);
  migdesc_diagnostics_to_error (diagnostics, error);
  return NULL;
}
