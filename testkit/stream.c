/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream.h"

#include <json-glib/json-glib.h>

#include "random-state.h"

/* How many states are made at random until the device takes one. */
#define MAX_ATTEMPTS 500

static GBytes *
write_tree (const KitCase *subject, MigdescState *tree, GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, error);

  if (writer == NULL
      || !migdesc_stream_writer_add_state (writer, KIT_DEVICE_ID, subject->params, tree, error))
    return NULL;
  return migdesc_stream_writer_to_bytes (writer, error);
}

static gboolean
read_struct (const KitCase *subject, GBytes *stream, gpointer state, GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, error);

  return reader != NULL
         && migdesc_stream_reader_expect_struct (reader, KIT_DEVICE_ID, subject->params,
                                                 subject->type, state, error)
         && migdesc_stream_reader_read_bytes (reader, stream, error);
}

static GBytes *
write_struct (const KitCase *subject, gconstpointer state, GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, error);

  if (writer == NULL
      || !migdesc_stream_writer_add_struct (writer, KIT_DEVICE_ID, subject->params, subject->type,
                                            subject->version, state, error))
    return NULL;
  return migdesc_stream_writer_to_bytes (writer, error);
}

/* By way of the device's struct, so that its author can have a say, and older versions are what the
 * program of today makes of them. */
static GBytes *
attempt (const KitCase *subject, KitDevice *device, MigdescStateType *schema, GRand *random,
         GError **error)
{
  g_autofree char *text = migdesc_state_type_to_json (schema, FALSE);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (MigdescState) tree = migdesc_state_new_from_variant (
      schema, kit_random_state (json_node_get_object (node), random), error);
  g_autoptr (GBytes) stream = tree == NULL ? NULL : write_tree (subject, tree, error);
  g_autofree gpointer state = g_malloc0 (subject->size);
  GBytes *made = NULL;

  if (stream == NULL)
    return NULL;
  migdesc_state_type_init_struct (subject->type, state);
  if (read_struct (subject, stream, state, error))
    {
      if (subject->testkit->fill != NULL)
        subject->testkit->fill (kit_device_get (device), state, random);
      made = write_struct (subject, state, error);
    }
  migdesc_state_type_clear_struct (subject->type, state);
  return made;
}

GBytes *
kit_make_stream (const KitCase *subject, guint32 seed, GError **error)
{
  g_autoptr (GPtrArray) schemas = kit_case_list_schemas (subject, error);
  g_autoptr (KitDevice) device = schemas == NULL ? NULL : kit_device_new (subject, error);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GError) reason = NULL;

  if (device == NULL)
    return NULL;
  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      GBytes *stream;

      g_clear_error (&reason);
      stream = attempt (subject, device, g_ptr_array_index (schemas, i % schemas->len), random,
                        &reason);
      if (stream != NULL)
        return stream;
    }
  g_set_error (error, reason->domain, reason->code,
               "none of %u states made at random is taken; the last: %s",
               MAX_ATTEMPTS, reason->message);
  return NULL;
}

static MigdescStreamReader *
read_by_schema (GBytes *stream, MigdescStateType *schema, GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, error);

  if (reader == NULL)
    return NULL;
  migdesc_stream_reader_add_schema (reader, schema);
  if (!migdesc_stream_reader_read_bytes (reader, stream, error))
    return NULL;
  return g_steal_pointer (&reader);
}

MigdescState *
kit_read_tree (GBytes *stream, MigdescStateType *schema, GError **error)
{
  g_autoptr (MigdescStreamReader) reader = read_by_schema (stream, schema, error);
  MigdescState *tree
      = reader == NULL ? NULL : migdesc_stream_reader_get_state (reader, KIT_DEVICE_ID);

  if (reader != NULL && tree == NULL)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT,
                 "the stream has no device \"%s\"", KIT_DEVICE_ID);
  return tree;
}

MigdescManifest *
kit_read_manifest (GBytes *stream, MigdescStateType *schema, GError **error)
{
  g_autoptr (MigdescStreamReader) reader = read_by_schema (stream, schema, error);

  return reader == NULL
             ? NULL
             : migdesc_manifest_ref (migdesc_stream_reader_get_manifest (reader));
}

static MigdescState *
read_any (const KitCase *subject, GBytes *stream)
{
  g_autoptr (GPtrArray) schemas = kit_case_list_schemas (subject, NULL);
  MigdescState *tree = kit_read_tree (stream, subject->type, NULL); /* of a version in its table */

  for (guint i = 0; schemas != NULL && tree == NULL && i < schemas->len; i++)
    tree = kit_read_tree (stream, g_ptr_array_index (schemas, i), NULL);
  return tree;
}

char *
kit_diff_streams (const KitCase *subject, GBytes *before, GBytes *after)
{
  g_autoptr (MigdescState) one = read_any (subject, before);
  g_autoptr (MigdescState) other = read_any (subject, after);
  g_autoptr (MigdescStateDiff) diff = NULL;

  if (one == NULL || other == NULL)
    return g_strdup ("the streams cannot be read by the schemas of the type");
  diff = migdesc_state_diff_new (one, other);
  return migdesc_state_diff_to_string (diff);
}
