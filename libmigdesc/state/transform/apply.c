/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-transforms.h>

#include "state/transform/chain.h"
#include "state/transform/fit.h"

/* A version between, whose schemas are known, has to be valid too. */
static gboolean
check_between (MigdescTransforms *transforms,
               guint version,
               MigdescStateType *like,
               GVariant *variant,
               GError **error)
{
  g_autoptr (MigdescState) state = NULL;

  if (migdesc_transforms_find_schema (transforms, version, NULL) == NULL)
    return TRUE;
  state = migdesc_transforms_fit (transforms, version, like, variant, error);
  if (state != NULL)
    return TRUE;
  g_prefix_error (error, "after the transform to state version %u: ", version);
  return FALSE;
}

/* All steps to a version; what comes out is not checked yet. */
static GVariant *
apply_chain (MigdescTransforms *transforms,
             MigdescState *state,
             guint to,
             GError **error)
{
  MigdescStateType *schema = migdesc_state_get_schema (state);
  guint from = migdesc_state_type_get_version (schema);
  g_autoptr (GArray) chain = migdesc_transforms_find_chain (transforms, from, to);
  g_autoptr (GVariant) variant = NULL;

  if (chain == NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRANSFORM,
                   "there is no transform from state version %u to %u", from, to);
      return NULL;
    }
  variant = migdesc_state_to_variant (state);
  for (guint i = 0; i + 1 < chain->len; i++)
    {
      guint next = g_array_index (chain, guint, i + 1);
      GVariant *changed = migdesc_transforms_apply_step (
          transforms, g_array_index (chain, guint, i), next, variant, error);

      g_clear_pointer (&variant, g_variant_unref);
      variant = changed;
      if (variant == NULL)
        return NULL;
      if (i + 2 < chain->len && !check_between (transforms, next, schema, variant, error))
        return NULL;
    }
  return g_steal_pointer (&variant);
}

MigdescState *
migdesc_transforms_apply_to_version (MigdescTransforms *transforms,
                                     MigdescState *state,
                                     guint version,
                                     GError **error)
{
  g_autoptr (GVariant) variant = apply_chain (transforms, state, version, error);

  return variant == NULL ? NULL
                         : migdesc_transforms_fit (transforms, version,
                                                   migdesc_state_get_schema (state), variant,
                                                   error);
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
  g_autoptr (GVariant) variant = NULL;

  g_return_val_if_fail (MIGDESC_IS_TRANSFORMS (transforms), NULL);
  g_return_val_if_fail (state != NULL, NULL);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (schema), NULL);

  variant = apply_chain (transforms, state, migdesc_state_type_get_version (schema), error);
  return variant == NULL ? NULL : migdesc_state_new_from_variant (schema, variant, error);
}
