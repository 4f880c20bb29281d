/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-transforms.h>

#include "state/transform/chain.h"

/* A version between, whose schema is known, has to be valid too. */
static gboolean
check_between (MigdescTransforms *transforms,
               guint version,
               GVariant *variant,
               GError **error)
{
  MigdescStateType *schema = migdesc_transforms_find_schema (transforms, version, NULL);
  g_autoptr (MigdescState) state = NULL;

  if (schema == NULL)
    return TRUE;
  state = migdesc_state_new_from_variant (schema, variant, error);
  if (state != NULL)
    return TRUE;
  g_prefix_error (error, "after the transform to state version %u: ", version);
  return FALSE;
}

/**
 * migdesc_transforms_apply:
 * @transforms: transforms
 * @state: a whole state
 * @schema: the effective schema wanted
 * @error: return location for a #GError
 *
 * Makes all steps from the version of a state to that of a schema, and checks the result by it.
 *
 * Fails with %MIGDESC_ERROR_STATE_TRANSFORM when there is no chain of steps or one cannot be made,
 * and with the codes of migdesc_state_new_from_variant() when the result is not valid.
 *
 * Returns: (transfer full): the new state, or %NULL on error
 *
 * Since: 1.0
 */
MigdescState *
migdesc_transforms_apply (MigdescTransforms *transforms,
                          MigdescState *state,
                          MigdescStateType *schema,
                          GError **error)
{
  g_autoptr (GArray) chain = NULL;
  g_autoptr (GVariant) variant = NULL;
  guint from, to;

  g_return_val_if_fail (MIGDESC_IS_TRANSFORMS (transforms), NULL);
  g_return_val_if_fail (state != NULL, NULL);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (schema), NULL);

  from = migdesc_state_type_get_version (migdesc_state_get_schema (state));
  to = migdesc_state_type_get_version (schema);
  chain = migdesc_transforms_find_chain (transforms, from, to);
  if (chain == NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRANSFORM,
                   "there is no transform from state version %u to %u", from, to);
      return NULL;
    }
  variant = g_variant_ref_sink (migdesc_state_to_variant (state));
  for (guint i = 0; i + 1 < chain->len; i++)
    {
      guint next = g_array_index (chain, guint, i + 1);
      GVariant *changed = migdesc_transforms_apply_step (
          transforms, g_array_index (chain, guint, i), next, variant, error);

      g_clear_pointer (&variant, g_variant_unref);
      variant = changed;
      if (variant == NULL)
        return NULL;
      if (i + 2 < chain->len && !check_between (transforms, next, variant, error))
        return NULL;
    }
  return migdesc_state_new_from_variant (schema, variant, error);
}
