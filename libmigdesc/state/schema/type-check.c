/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/type-private.h"
#include "state/visitor/bounds-visitor.h"
#include "state/walk/walk-go.h"

/**
 * migdesc_state_type_check_struct: (skip)
 * @type: a state type
 * @version: a state version, from the type's minimum to its newest
 * @params: (nullable): the configuration, %NULL for one without parameters
 * @state: a struct of the type
 * @error: return location for a #GError
 *
 * Checks a struct as saving it would: bounds, counts, positions, relations and the table's own
 * check, in that order for each struct.
 *
 * Fails with the code of the first rule that does not hold, such as %MIGDESC_ERROR_STATE_RANGE;
 * with %MIGDESC_ERROR_STATE_TOO_NEW or %MIGDESC_ERROR_STATE_TOO_OLD when there is no such version,
 * and with %MIGDESC_ERROR_STATE_CONFIG when @params lacks what the type asks for.
 *
 * Returns: %FALSE, and an error that names the field, when the state is not valid
 *
 * Since: 1.0
 */
gboolean
migdesc_state_type_check_struct (MigdescStateType *type,
                                 guint version,
                                 MigdescParamList *params,
                                 gconstpointer state,
                                 GError **error)
{
  g_autoptr (MigdescStatePlan) plan = NULL;
  g_autoptr (MigdescVisitor) visitor = NULL;

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  plan = migdesc_state_type_get_plan (type, version, params, error);
  if (plan == NULL)
    return FALSE;
  visitor = g_object_new (MIGDESC_TYPE_BOUNDS_VISITOR, NULL);
  /* saving reads only */
  return migdesc_walk_all (plan, visitor, (gpointer) state, error);
}
