/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/stream/stream-reader-private.h"
#include "state/stream/stream-writer-private.h"
#include "state/tree/state-private.h"

/* Streams without the code of their devices: states as trees, in and out. */

/**
 * migdesc_stream_dup_formats:
 * @writable: %TRUE: the formats that can be written; %FALSE: those that can be read
 *
 * Lists the names of the formats of streams that this library has.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names
 *
 * Since: 1.0
 */
char **
migdesc_stream_dup_formats (gboolean writable)
{
  GStrvBuilder *names = g_strv_builder_new ();
  guint n;
  const MigdescFormat *const *formats = migdesc_formats_list (&n);
  char **list;

  for (guint i = 0; i < n; i++)
    if ((writable ? formats[i]->save_type : formats[i]->load_type) != NULL)
      g_strv_builder_add (names, formats[i]->name);
  list = g_strv_builder_end (names);
  g_strv_builder_unref (names);
  return list;
}

/**
 * migdesc_stream_writer_add_state:
 * @writer: a writer that has not begun
 * @id: which device it is: 1 to 255 bytes, of which none is a control character
 * @params: (nullable): its configuration, or %NULL if it has none
 * @state: its state, a whole one
 * @error: return location for a #GError
 *
 * Adds a device by a tree. It is written in the state version and by the schema that it has.
 *
 * Fails with %MIGDESC_ERROR_STATE_CONFIG when the id cannot be one, or is taken, or @state is a
 * part of a state.
 *
 * Returns: %FALSE, and an error, when the device was not added
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_writer_add_state (MigdescStreamWriter *writer,
                                 const char *id,
                                 MigdescParamList *params,
                                 MigdescState *state,
                                 GError **error)
{
  MigdescStreamDevice *device;
  MigdescStateType *schema;

  g_return_val_if_fail (MIGDESC_IS_STREAM_WRITER (writer), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  schema = migdesc_state_get_schema (state);
  if (!migdesc_state_is_whole (state))
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG,
                   "a part of a state of %s cannot be written as a device",
                   migdesc_state_type_get_name (schema));
      return FALSE;
    }
  device = migdesc_stream_writer_add_typed (writer, id, params, schema, 0, error);
  if (device == NULL)
    return FALSE;
  device->state = migdesc_state_of_plan (state, device->plan, error);
  return device->state != NULL || migdesc_stream_writer_take_back (writer, id, error);
}

/**
 * migdesc_stream_reader_add_schema:
 * @reader: a reader that was fed nothing
 * @schema: an effective schema, or a type with several versions and gates
 *
 * Gives a reader a schema to read states by that are in a stream without it. Where no device is
 * expected, the reader makes trees of all states; see migdesc_stream_reader_get_state(). Schemas
 * that a stream embeds need not be given.
 *
 * Since: 1.0
 */
void
migdesc_stream_reader_add_schema (MigdescStreamReader *reader,
                                  MigdescStateType *schema)
{
  g_return_if_fail (MIGDESC_IS_STREAM_READER (reader));
  g_return_if_fail (MIGDESC_IS_STATE_TYPE (schema));
  g_return_if_fail (reader->fed == 0);

  g_ptr_array_add (reader->types, g_object_ref (schema));
}

/**
 * migdesc_stream_reader_get_state:
 * @reader: a reader that no device was expected of
 * @id: the id of a device
 *
 * Asks for the state of a device as a tree.
 *
 * Returns: (transfer full) (nullable): the state; %NULL while the stream has not been read to its
 * end, or when it has no such device
 *
 * Since: 1.0
 */
MigdescState *
migdesc_stream_reader_get_state (MigdescStreamReader *reader,
                                 const char *id)
{
  MigdescStreamDevice *device;
  guint position;

  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  /* The trees are in the order of the manifest. */
  if (!migdesc_stream_reader_is_finished (reader)
      || !migdesc_manifest_find (reader->manifest, id, &position)
      || position >= reader->trees->len)
    return NULL;
  device = g_ptr_array_index (reader->trees, position);
  return migdesc_state_ref (device->state);
}

void
migdesc_stream_reader_prefer_tree (MigdescStreamReader *reader,
                                   const char *id)
{
  migdesc_stream_devices_find (reader->expected, id)->prefers_tree = TRUE;
}

MigdescState *
migdesc_stream_reader_dup_tree (MigdescStreamReader *reader,
                                const char *id)
{
  const MigdescStreamDevice *device = migdesc_stream_devices_find (reader->expected, id);

  return device->state == NULL ? NULL : migdesc_state_ref (device->state);
}

/* --- Schemas ---------------------------------------------------------- */

/* One that was added, if it is the one wanted, or becomes it for this version and configuration. */
static MigdescStateType *
match_type (MigdescStateType *type,
            const MigdescManifestDevice *entry)
{
  g_autoptr (MigdescStateType) effective = NULL;

  if (g_strcmp0 (migdesc_state_type_get_digest (type), entry->digest) == 0)
    return g_object_ref (type);
  effective = migdesc_state_type_new_effective (type, entry->state, entry->params, NULL);
  if (effective == NULL
      || g_strcmp0 (migdesc_state_type_get_digest (effective), entry->digest) != 0)
    return NULL;
  return g_steal_pointer (&effective);
}

/* Those of a nested struct each time, as a plan has them. */
static guint64
count_fields (const MigdescField *fields,
              guint n_fields)
{
  guint64 n = n_fields;

  for (guint i = 0; i < n_fields; i++)
    if (fields[i].kind == MIGDESC_FIELD_STRUCT)
      n += count_fields (fields[i].type->fields, fields[i].type->n_fields);
    else if (fields[i].kind == MIGDESC_FIELD_SECTION)
      n += count_fields (fields[i].fields, fields[i].n_fields);
  return n;
}

/* A stream may have many schemas that are short and make much. */
static MigdescStateType *
make_embedded (MigdescStreamReader *reader,
               const char *text,
               GError **error)
{
  g_autoptr (MigdescStateType) schema
      = migdesc_state_type_new_from_json (text, -1, reader->limits, error);
  guint64 limit = migdesc_limits_get (reader->limits, MIGDESC_LIMIT_VALUES);
  const MigdescStruct *table;

  if (schema == NULL)
    return NULL;
  table = migdesc_state_type_get_table (schema);
  reader->n_fields += count_fields (table->fields, table->n_fields);
  if (reader->n_fields <= limit)
    return g_steal_pointer (&schema);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
               "the schemas have more than %" G_GUINT64_FORMAT " fields, those of nested structs "
               "counted each time (limit values)",
               limit);
  return NULL;
}

static MigdescStateType *
make_schema (MigdescStreamReader *reader,
             const MigdescManifestDevice *entry,
             GError **error)
{
  const char *text = g_hash_table_lookup (reader->schemas, entry->digest);
  MigdescStateType *schema = NULL;

  if (text != NULL)
    return make_embedded (reader, text, error);
  for (guint i = 0; schema == NULL && i < reader->types->len; i++)
    schema = match_type (g_ptr_array_index (reader->types, i), entry);
  if (schema == NULL)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN,
                 "the state's schema %s is neither in the stream nor given", entry->digest);
  return schema;
}

/* A schema may be large, and many devices have it: it is made once. */
static MigdescStateType *
find_schema (MigdescStreamReader *reader,
             const MigdescManifestDevice *entry,
             GError **error)
{
  MigdescStateType *schema;

  if (entry->digest == NULL)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN,
                           "the state was written without a schema: only its device can read it");
      return NULL;
    }
  schema = g_hash_table_lookup (reader->made, entry->digest);
  if (schema != NULL)
    return g_object_ref (schema);
  schema = make_schema (reader, entry, error);
  if (schema != NULL)
    g_hash_table_insert (reader->made, g_strdup (entry->digest), g_object_ref (schema));
  return schema;
}

static gboolean
check_version (MigdescStateType *schema,
               const MigdescManifestDevice *entry,
               GError **error)
{
  guint version = migdesc_state_type_get_version (schema);

  if (version == entry->state && version == migdesc_state_type_get_minimum_version (schema))
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_SCHEMA,
               "the schema is of the state versions %u to %u, the state of version %u",
               migdesc_state_type_get_minimum_version (schema), version, entry->state);
  return FALSE;
}

static MigdescStreamDevice *
add_tree (MigdescStreamReader *reader,
          const MigdescManifestDevice *entry,
          GError **error)
{
  g_autoptr (MigdescStateType) schema = find_schema (reader, entry, error);
  g_autoptr (MigdescState) state = NULL;
  MigdescStreamDevice *device;

  if (schema == NULL || !check_version (schema, entry, error))
    return NULL;
  state = migdesc_state_new_fresh (schema, error);
  if (state == NULL)
    return NULL;
  device = migdesc_stream_device_append (reader->trees, entry->id, entry->params);
  device->plan = migdesc_state_plan_ref (migdesc_state_get_tree (state)->plan);
  device->version = entry->state;
  device->state = g_steal_pointer (&state);
  return device;
}

MigdescStreamDevice *
migdesc_stream_reader_find_target (MigdescStreamReader *reader,
                                   guint device,
                                   GError **error)
{
  const MigdescManifestDevice *entry = migdesc_manifest_peek_device (reader->manifest, device);

  return reader->expected->len > 0 ? migdesc_stream_devices_find (reader->expected, entry->id)
                                   : add_tree (reader, entry, error);
}
