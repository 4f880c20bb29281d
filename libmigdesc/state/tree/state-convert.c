/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/formats/json.h"
#include "state/formats/text.h"
#include "state/schema/type-private.h"
#include "state/tree/state-private.h"
#include "state/visitor/pipe.h"

/* States from structs and texts, and back. */

/**
 * migdesc_state_new_from_struct: (skip)
 * @type: a state type made of a field table
 * @version: a state version
 * @params: (nullable): the configuration, %NULL for one without parameters
 * @data: a struct of @type
 * @error: return location for a #GError
 *
 * Makes a state of a struct, as it would be saved.
 *
 * Fails as migdesc_state_type_check_struct() does.
 *
 * Returns: (transfer full): the state, or %NULL on error
 *
 * Since: 1.0
 */
MigdescState *
migdesc_state_new_from_struct (MigdescStateType *type,
                               guint version,
                               MigdescParamList *params,
                               gconstpointer data,
                               GError **error)
{
  g_autoptr (MigdescStatePlan) plan = NULL;
  g_autoptr (MigdescStateType) schema = NULL;
  g_autoptr (MigdescState) state = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);
  g_return_val_if_fail (data != NULL, NULL);

  plan = migdesc_state_type_get_plan (type, version, params, error);
  if (plan == NULL)
    return NULL;
  schema = migdesc_state_type_new_effective (type, version, params, error);
  if (schema == NULL)
    return NULL;
  state = migdesc_state_new_fresh (schema, error);
  if (state == NULL)
    return NULL;
  bytes = migdesc_pipe_save (plan, data, error);
  if (bytes == NULL)
    return NULL;
  return migdesc_pipe_load_tree (migdesc_state_get_tree (state), bytes, error)
             ? g_steal_pointer (&state)
             : NULL;
}

static gboolean
check_same_schema (MigdescState *state,
                   MigdescStateType *type,
                   MigdescParamList *params,
                   GError **error)
{
  MigdescTree *tree = migdesc_state_get_tree (state);
  g_autoptr (MigdescStateType) wanted
      = migdesc_state_type_new_effective (type, tree->plan->version, params, error);

  if (wanted == NULL)
    return FALSE;
  if (migdesc_state_type_equal (wanted, tree->schema))
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_SCHEMA,
               "the state's schema is %s, that of %s in version %u and this configuration is %s",
               migdesc_state_type_get_digest (tree->schema), migdesc_state_type_get_name (type),
               tree->plan->version, migdesc_state_type_get_digest (wanted));
  return FALSE;
}

/**
 * migdesc_state_to_struct: (skip)
 * @state: a whole state
 * @type: a state type made of a field table
 * @params: (nullable): the configuration, %NULL for one without parameters
 * @data: a struct that migdesc_state_type_init_struct() has made
 * @error: return location for a #GError
 *
 * Fills a struct from a state, which must be of the effective schema that @type has in the state's
 * version and in this configuration.
 *
 * Fails with %MIGDESC_ERROR_STATE_SCHEMA when it is of another, with
 * %MIGDESC_ERROR_STATE_TOO_NEW or %MIGDESC_ERROR_STATE_TOO_OLD when @type has no such version, with
 * %MIGDESC_ERROR_STATE_CONFIG when @params lacks what @type asks for, and with
 * %MIGDESC_ERROR_STATE_CHECK when the table's own check refuses it. Then @data is fresh.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_state_to_struct (MigdescState *state,
                         MigdescStateType *type,
                         MigdescParamList *params,
                         gpointer data,
                         GError **error)
{
  g_autoptr (MigdescStatePlan) plan = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  MigdescTree *tree;

  g_return_val_if_fail (state != NULL && migdesc_state_is_whole (state), FALSE);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  tree = migdesc_state_get_tree (state);
  plan = migdesc_state_type_get_plan (type, tree->plan->version, params, error);
  if (plan == NULL || !check_same_schema (state, type, params, error))
    return FALSE;
  bytes = migdesc_pipe_save_tree (tree, error);
  if (bytes != NULL && migdesc_pipe_load (plan, data, bytes, error))
    return TRUE;
  migdesc_state_type_clear_struct (type, data);
  return FALSE;
}

/**
 * migdesc_state_new_from_json:
 * @schema: an effective schema
 * @text: a state as JSON, as migdesc_state_to_json() writes it; members may be in any order
 * @length: bytes of @text, -1 if it ends in NUL
 * @limits: (nullable): %NULL for the defaults; those of states are in force
 * @error: return location for a #GError
 *
 * Reads a state.
 *
 * Fails with the code of the first thing that is not as the schema wants it, with its path, line
 * and column; with one of the JSON codes where the text is no JSON; with
 * %MIGDESC_ERROR_STATE_CONFIG where @schema is no effective one.
 *
 * Returns: (transfer full): the state, or %NULL on error
 *
 * Since: 1.0
 */
MigdescState *
migdesc_state_new_from_json (MigdescStateType *schema,
                             const char *text,
                             gssize length,
                             const MigdescLimits *limits,
                             GError **error)
{
  g_autoptr (MigdescState) state = NULL;
  MigdescTree *tree;

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (schema), NULL);
  g_return_val_if_fail (text != NULL || length == 0, NULL);

  state = migdesc_state_new_fresh (schema, error);
  if (state == NULL)
    return NULL;
  tree = migdesc_state_get_tree (state);
  return migdesc_json_load (text, length < 0 ? strlen (text) : (gsize) length, limits, tree->plan,
                            NULL, tree, error)
             ? g_steal_pointer (&state)
             : NULL;
}

/* An unnamed node is a value of its own. */
static MigdescNode
as_top (MigdescState *state)
{
  MigdescNode node = *migdesc_state_get_node (state);

  node.index = 0;
  return node;
}

/**
 * migdesc_state_to_json:
 * @state: a state, or a part of one
 * @pretty: whether for people, in lines
 *
 * Writes a state as JSON.
 *
 * Returns: (transfer full) (nullable): the text; %NULL if it would have more than 2 GiB
 *
 * Since: 1.0
 */
char *
migdesc_state_to_json (MigdescState *state,
                       gboolean pretty)
{
  g_autoptr (MigdescVisitor) visitor = NULL;
  MigdescNode node;

  g_return_val_if_fail (state != NULL, NULL);

  node = as_top (state);
  visitor = migdesc_json_saver_new (pretty);
  migdesc_visitor_lift_limits (visitor);
  if (!migdesc_node_visit (&node, visitor, NULL))
    return NULL;
  return g_string_free (migdesc_json_saver_take (visitor), FALSE);
}

/**
 * migdesc_state_to_string:
 * @state: a state, or a part of one
 *
 * Writes a state for people to read: a line for each value. Buffers are shortened.
 *
 * Returns: (transfer full): the text
 *
 * Since: 1.0
 */
char *
migdesc_state_to_string (MigdescState *state)
{
  g_autoptr (MigdescVisitor) visitor = NULL;
  MigdescNode node;

  g_return_val_if_fail (state != NULL, NULL);

  node = as_top (state);
  visitor = migdesc_text_saver_new ();
  migdesc_visitor_lift_limits (visitor);
  migdesc_node_visit (&node, visitor, NULL);
  return g_string_free (migdesc_text_saver_take (visitor), FALSE);
}
