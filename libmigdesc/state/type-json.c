/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/type-private.h"

/* A type as a schema, which is JSON, and the other way round. */

/**
 * migdesc_state_type_to_json:
 * @type: a state type
 * @pretty: whether to indent, for people
 *
 * Writes the type as a schema. Without @pretty it is canonical: equal types give equal bytes.
 *
 * Returns: (transfer full): the schema
 *
 * Since: 1.0
 */
char *
migdesc_state_type_to_json (MigdescStateType *type,
                            gboolean pretty G_GNUC_UNUSED)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);

  return g_strdup_printf ("{\"state\":1,\"name\":\"%s\"}", migdesc_state_type_get_name (type));
}

/**
 * migdesc_state_type_new_from_json:
 * @text: a schema
 * @length: bytes of @text, -1 when it ends in NUL
 * @limits: (nullable): limits, %NULL for the defaults
 * @error: return location for a #GError
 *
 * Makes a state type of a schema.
 *
 * Fails with the codes of documents (`json-`, `document-`), with %MIGDESC_ERROR_LIMIT_EXCEEDED and
 * with %MIGDESC_ERROR_STATE_TYPE; the message has line, column and pointer.
 *
 * Returns: (transfer full): the type, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_state_type_new_from_json (const char *text,
                                  gssize length G_GNUC_UNUSED,
                                  const MigdescLimits *limits G_GNUC_UNUSED,
                                  GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TYPE, "not a schema");
  return NULL;
}

/**
 * migdesc_state_type_new_effective:
 * @type: a state type
 * @version: a state version, from the type's minimum to its newest
 * @params: (nullable): the configuration, %NULL for one without parameters
 * @error: return location for a #GError
 *
 * Makes the effective schema: the type as it is in one state version and one configuration, without
 * gates. It is what a stream of them consists of.
 *
 * Fails with %MIGDESC_ERROR_STATE_TOO_NEW or %MIGDESC_ERROR_STATE_TOO_OLD when there is no such
 * version, and with %MIGDESC_ERROR_STATE_CONFIG when @params lacks what the type asks for.
 *
 * Returns: (transfer full): a type of that one version, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_state_type_new_effective (MigdescStateType *type,
                                  guint version,
                                  MigdescParamList *params,
                                  GError **error)
{
  g_autoptr (MigdescStatePlan) plan = NULL;

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);

  plan = migdesc_state_type_get_plan (type, version, params, error);
  if (plan == NULL)
    return NULL;
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TYPE, "not a schema");
  return NULL;
}

/**
 * migdesc_state_type_get_digest:
 * @type: a state type
 *
 * Asks for the digest of the canonical schema.
 *
 * Returns: (transfer none): `sha256:` and 64 hexadecimal digits
 *
 * Since: 1.0
 */
const char *
migdesc_state_type_get_digest (MigdescStateType *type)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);

  return migdesc_state_type_ensure_digest (type);
}

/**
 * migdesc_state_type_equal:
 * @type: a state type
 * @other: another
 *
 * Compares two types by their schemas: whether a stream of one is a stream of the other, with the
 * same rules in every version.
 *
 * Returns: whether the canonical schemas are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_state_type_equal (MigdescStateType *type,
                          MigdescStateType *other)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), FALSE);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (other), FALSE);

  return type == other
         || strcmp (migdesc_state_type_get_digest (type), migdesc_state_type_get_digest (other))
                == 0;
}

/**
 * migdesc_state_type_hash:
 * @type: a state type
 *
 * Makes a hash of the schema, for hash tables.
 *
 * Returns: the same for equal types
 *
 * Since: 1.0
 */
guint
migdesc_state_type_hash (MigdescStateType *type)
{
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), 0);

  return g_str_hash (migdesc_state_type_get_digest (type));
}
