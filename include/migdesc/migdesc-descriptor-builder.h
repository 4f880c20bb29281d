/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>

G_BEGIN_DECLS

/**
 * MigdescConditionRole:
 * @MIGDESC_CONDITION_IF: when this holds
 * @MIGDESC_CONDITION_THEN: this has to hold as well
 * @MIGDESC_CONDITION_FORBID: all conditions of this role must not hold together
 *
 * Where a condition stands in a constraint.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_CONDITION_IF,
  MIGDESC_CONDITION_THEN,
  MIGDESC_CONDITION_FORBID
} MigdescConditionRole;

#define MIGDESC_TYPE_CONDITION_ROLE (migdesc_condition_role_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_condition_role_get_type (void) G_GNUC_CONST;

#define MIGDESC_TYPE_DESCRIPTOR_BUILDER (migdesc_descriptor_builder_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescDescriptorBuilder, migdesc_descriptor_builder, MIGDESC,
                      DESCRIPTOR_BUILDER, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptorBuilder *migdesc_descriptor_builder_new (void);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_add_model (MigdescDescriptorBuilder *builder,
                                           const char *name,
                                           const char *description);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_set_support (MigdescDescriptorBuilder *builder,
                                             MigdescSupport support,
                                             const char *blocker);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_set_state_schema (MigdescDescriptorBuilder *builder,
                                                  const char *schema);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_add_param (MigdescDescriptorBuilder *builder,
                                           const char *name,
                                           MigdescValueType type,
                                           const MigdescValueSet *allowed_values,
                                           GVariant *init_value,
                                           GVariant *off_value);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_set_param_info (MigdescDescriptorBuilder *builder,
                                                const char *description,
                                                const char *unit,
                                                MigdescAffects affects,
                                                gboolean runtime);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_add_version (MigdescDescriptorBuilder *builder,
                                             const char *name,
                                             const char *description);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_set_version_value (MigdescDescriptorBuilder *builder,
                                                   const char *param,
                                                   GVariant *value);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_set_version_flags (MigdescDescriptorBuilder *builder,
                                                   gboolean can_create,
                                                   gboolean can_load);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_set_version_state_version (MigdescDescriptorBuilder *builder,
                                                           guint state_version);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_set_version_support (MigdescDescriptorBuilder *builder,
                                                     MigdescSupport support,
                                                     const char *blocker);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_add_tested (MigdescDescriptorBuilder *builder,
                                            const char *from,
                                            const char *to);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_add_constraint (MigdescDescriptorBuilder *builder,
                                                const char *description);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_descriptor_builder_add_condition (MigdescDescriptorBuilder *builder,
                                               MigdescConditionRole role,
                                               const char *param,
                                               const MigdescValueSet *values);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_descriptor_builder_build (MigdescDescriptorBuilder *builder,
                                                     MigdescReport **report,
                                                     GError **error);

G_END_DECLS
