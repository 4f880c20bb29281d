/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "model/json-error.h"
#include "state/schema/schema-read.h"
#include "state/schema/schema-write.h"
#include "state/schema/type-private.h"
#include "state/table/table-check.h"
#include "state/transform/json.h"

/* A type as a schema, which is JSON, and the other way round. */

static char *
write_schema (MigdescStateType *type,
              const MigdescSchemaFilter *filter,
              gboolean pretty)
{
  GString *output = g_string_new (NULL);
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, output, pretty);
  migdesc_schema_write (migdesc_state_type_get_table (type), filter, &writer);
  if (filter->version == 0 && filter->limit == 0
      && migdesc_state_type_get_transforms (type) != NULL)
    {
      migdesc_json_writer_key (&writer, "transforms");
      migdesc_transforms_write (migdesc_state_type_get_transforms (type), &writer);
    }
  migdesc_json_writer_end_object (&writer);
  return g_string_free (output, FALSE);
}

/**
 * migdesc_state_type_to_json:
 * @type: a state type
 * @pretty: whether to indent, for people
 *
 * Writes the type as a schema. Without @pretty it is canonical: equal types give equal bytes. The
 * transforms of a type are written too, with their functions as names.
 *
 * Returns: (transfer full): the schema
 *
 * Since: 1.0
 */
char *
migdesc_state_type_to_json (MigdescStateType *type,
                            gboolean pretty)
{
  MigdescSchemaFilter all = { 0 };

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);

  all.limit = migdesc_state_type_get_limit (type);
  return write_schema (type, &all, pretty);
}

static gboolean
check (MigdescJsonReader *reader,
       const MigdescStruct *table)
{
  g_auto (MigdescTableFault) fault = { 0 };
  const gpointer *reserved;

  if (migdesc_table_find_fault (table, &fault))
    return TRUE;
  reserved = (const gpointer *) (fault.field != NULL ? fault.field->reserved_
                                                     : fault.table->reserved_);
  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_STATE_TYPE,
                                   GPOINTER_TO_SIZE (reserved[0]), "%s", fault.message);
}

/* Where the schema has transforms, with them. */
static MigdescStateType *
make_type (MigdescJsonReader *reader,
           const MigdescStruct *table,
           const MigdescJsonMark *at,
           MigdescArena *arena)
{
  g_autoptr (MigdescTransforms) transforms = NULL;
  g_autoptr (MigdescStateType) type = NULL;

  if (at->cursor != NULL)
    {
      migdesc_json_reader_seek (reader, at);
      transforms = migdesc_transforms_read (reader);
      if (transforms == NULL)
        {
          migdesc_arena_free (arena);
          return NULL;
        }
    }
  type = migdesc_state_type_new_for_table (table, arena);
  return transforms == NULL ? g_steal_pointer (&type)
                            : migdesc_state_type_new_with_transforms (type, transforms);
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
                                  gssize length,
                                  const MigdescLimits *limits,
                                  GError **error)
{
  g_autoptr (MigdescArena) arena = NULL;
  g_auto (MigdescJsonReader) reader;
  MigdescStateType *type = NULL;
  MigdescJsonMark transforms;
  const MigdescStruct *table;
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  arena = migdesc_arena_new (4096);
  migdesc_json_reader_init (&reader, text, size, limits);
  table = migdesc_schema_read (&reader, arena, &transforms);
  if (table != NULL && check (&reader, table))
    type = make_type (&reader, table, &transforms, g_steal_pointer (&arena));
  if (type == NULL)
    migdesc_json_set_error (&reader, text, size, NULL, error);
  return type;
}

static const char *
look_up (gpointer data,
         const char *name)
{
  return data == NULL ? NULL : migdesc_param_list_lookup (data, name);
}

/**
 * migdesc_state_type_new_effective:
 * @type: a state type
 * @version: a state version, from the type's minimum to its newest
 * @params: (nullable): the configuration, %NULL for one without parameters
 * @error: return location for a #GError
 *
 * Makes the effective schema: the type as it is in one state version and one configuration, without
 * gates. It is what a stream of them consists of. It is made once for each, and kept by the type.
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
  const MigdescSchemaFilter filter = { version, 0, look_up, params };
  g_autoptr (MigdescStatePlan) plan = NULL;
  g_autoptr (MigdescStateType) made = NULL;
  g_autofree char *text = NULL;
  MigdescStateType *kept;

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), NULL);

  plan = migdesc_state_type_get_plan (type, version, params, error);
  if (plan == NULL)
    return NULL;
  kept = migdesc_state_type_keep_effective (type, version, params, NULL);
  if (kept != NULL)
    return kept;
  text = write_schema (type, &filter, FALSE);
  made = migdesc_state_type_new_from_json (text, -1, NULL, error);
  if (made == NULL)
    return NULL;
  kept = migdesc_state_type_keep_effective (type, version, params, made);
  return kept != NULL ? kept : g_steal_pointer (&made);
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
