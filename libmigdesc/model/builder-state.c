/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/builder-private.h"

/* What a descriptor says of the state. */

/**
 * migdesc_descriptor_builder_set_state_schema:
 * @builder: a builder
 * @schema: (nullable): a state schema, which is a JSON object, or %NULL for none
 *
 * Sets what the current model's state consists of; see migdesc_state_type_to_json(). It becomes
 * part of the descriptor as it is.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_set_state_schema (MigdescDescriptorBuilder *builder,
                                             const char *schema)
{
  MigdescModelPart *model;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));

  model = migdesc_parts_last_model (&builder->parts, "set_state_schema");
  if (model == NULL)
    return;
  g_free (model->state);
  model->state = g_strdup (schema);
}

/**
 * migdesc_descriptor_builder_set_version_state_version:
 * @builder: a builder
 * @state_version: the state version that devices of this version save, from 1; 0 if it is not said
 *
 * Sets the state version of the version that was added last.
 *
 * Since: 1.0
 */
void
migdesc_descriptor_builder_set_version_state_version (MigdescDescriptorBuilder *builder,
                                                      guint state_version)
{
  MigdescVersionPart *version;

  g_return_if_fail (MIGDESC_IS_DESCRIPTOR_BUILDER (builder));

  version = migdesc_parts_last_version (&builder->parts, "set_version_state_version");
  if (version != NULL)
    version->state_version = state_version;
}
