/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/bind.h"

#include <migdesc/migdesc-error.h>

#include "state/schema/type-private.h"
#include "state/transform/chain.h"
#include "state/transform/fit.h"

/**
 * migdesc_state_type_new_with_transforms:
 * @type: a state type
 * @transforms: transforms; none may be added any more
 *
 * Makes a state type that also loads and saves versions which are not in its table, by way of
 * transforms: below the table's minimum there is a schema for each version, and steps to a version
 * that the table knows, or back.
 *
 * Returns: (transfer full): the new type
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_state_type_new_with_transforms (MigdescStateType *type,
                                        MigdescTransforms *transforms)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);
  g_return_val_if_fail (MIGDESC_IS_TRANSFORMS (transforms), NULL);

  return migdesc_state_type_new_bound (type, G_OBJECT (transforms));
}

/**
 * migdesc_state_type_get_transforms:
 * @type: a state type
 *
 * Asks for the transforms of a type.
 *
 * Returns: (transfer none) (nullable): the transforms, or %NULL if it has none
 *
 * Since: 1.0
 */
MigdescTransforms *
migdesc_state_type_get_transforms (MigdescStateType *type)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);

  return (MigdescTransforms *) migdesc_state_type_get_bound (type);
}

guint
migdesc_state_type_find_native (MigdescStateType *type,
                                guint version,
                                gboolean loading)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (type);

  return transforms == NULL
             ? 0
             : migdesc_transforms_find_end (
                 transforms, version, !loading, migdesc_state_type_get_minimum_version (type),
                 migdesc_state_type_get_version (migdesc_state_type_get_whole (type)));
}

gboolean
migdesc_state_type_find_old (MigdescStateType *type,
                             guint version,
                             const char *digest,
                             MigdescStateType **schema,
                             GError **error)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (type);

  *schema = NULL;
  if (migdesc_state_type_check_version (type, version, NULL))
    return TRUE;
  if (version > migdesc_state_type_get_version (type)
      || migdesc_state_type_find_native (type, version, TRUE) == 0
      || migdesc_transforms_find_schema (transforms, version, NULL) == NULL)
    return migdesc_state_type_check_version (type, version, error);
  *schema = migdesc_transforms_find_schema (transforms, version, digest);
  if (*schema != NULL)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_SCHEMA,
               "the stream has schema %s, which is none of those kept of state version %u", digest,
               version);
  return FALSE;
}

gboolean
migdesc_state_type_load_old (MigdescStateType *type,
                             MigdescParamList *params,
                             MigdescState *state,
                             gpointer data,
                             GError **error)
{
  guint version = migdesc_state_type_get_version (migdesc_state_get_schema (state));
  MigdescStateType *whole = migdesc_state_type_get_whole (type);
  guint native = migdesc_state_type_find_native (type, version, TRUE);
  g_autoptr (MigdescStateType) schema = NULL;
  g_autoptr (MigdescState) changed = NULL;

  if (native == 0)
    return migdesc_state_type_check_version (type, version, error);
  schema = migdesc_state_type_new_effective (whole, native, params, error);
  if (schema == NULL)
    return FALSE;
  changed = migdesc_transforms_apply (migdesc_state_type_get_transforms (type), state, schema,
                                      error);
  return changed != NULL && migdesc_state_to_struct (changed, whole, params, data, error);
}

gboolean
migdesc_state_type_can_save (MigdescStateType *type,
                             guint version,
                             GError **error)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (type);

  return migdesc_state_type_check_version (type, version, NULL)
         || (version <= migdesc_state_type_get_version (type)
             && migdesc_state_type_find_native (type, version, FALSE) != 0
             && migdesc_transforms_find_schema (transforms, version, NULL) != NULL)
         || migdesc_state_type_check_version (type, version, error);
}

MigdescStateType *
migdesc_state_type_new_limited (MigdescStateType *type,
                                guint version,
                                GError **error)
{
  if (!migdesc_state_type_can_save (type, version, error))
    return NULL;
  return migdesc_state_type_new_up_to (type, version);
}

MigdescState *
migdesc_state_type_save_old (MigdescStateType *type,
                             guint version,
                             MigdescParamList *params,
                             gconstpointer data,
                             GError **error)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (type);
  g_autoptr (MigdescState) state = NULL;

  if (!migdesc_state_type_can_save (type, version, error))
    return NULL;
  state = migdesc_state_new_from_struct (migdesc_state_type_get_whole (type),
                                         migdesc_state_type_find_native (type, version, FALSE),
                                         params, data, error);
  return state == NULL ? NULL
                       : migdesc_transforms_apply_to_version (transforms, state, version, error);
}
