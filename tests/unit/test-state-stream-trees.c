/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-check.h"

/* Streams that are read and written without the code of their devices. */

static GBytes *
save (Structs *state,
      const char *format,
      gboolean embed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, &error);
  g_autoptr (MigdescStateType) type = stream_type (&structs_state);
  MigdescParamList *params = stream_params ("queues=2");
  GBytes *bytes;

  g_assert_no_error (error);
  migdesc_stream_writer_set_embed_schemas (writer, embed);
  migdesc_stream_writer_add_struct (writer, "dev0", params, type, 1, state, &error);
  g_assert_no_error (error);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  migdesc_param_list_unref (params);
  return bytes;
}

static MigdescState *
state_of_struct (Structs *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = stream_type (&structs_state);
  MigdescParamList *params = stream_params ("queues=2");
  MigdescState *tree = migdesc_state_new_from_struct (type, 1, params, state, &error);

  g_assert_no_error (error);
  migdesc_param_list_unref (params);
  return tree;
}

/* From a stream with its schema into another of each format, and the same again. */
static void
test_formats (void)
{
  Structs state;
  g_autoptr (MigdescState) wanted = NULL;
  g_auto (GStrv) formats = migdesc_stream_dup_formats (FALSE);

  fill_structs (&state);
  wanted = state_of_struct (&state);
  g_assert_true (g_strv_contains ((const char *const *) formats, "binary"));
  g_assert_true (g_strv_contains ((const char *const *) formats, "json"));
  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = save (&state, formats[i], TRUE);
      g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
      g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (formats[i], NULL);
      g_autoptr (MigdescState) found = NULL;
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GError) error = NULL;
      MigdescParamList *params;

      g_assert_null (migdesc_stream_reader_get_state (reader, "dev0"));
      migdesc_stream_reader_read_bytes (reader, bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (migdesc_stream_reader_get_format (reader), ==, formats[i]);
      g_assert_null (migdesc_stream_reader_get_state (reader, "dev1"));
      found = migdesc_stream_reader_get_state (reader, "dev0");
      g_assert_true (migdesc_state_equal (found, wanted));

      params = migdesc_manifest_get_params (migdesc_stream_reader_get_manifest (reader), 0);
      migdesc_stream_writer_set_embed_schemas (writer, TRUE);
      migdesc_stream_writer_add_state (writer, "dev0", params, found, &error);
      g_assert_no_error (error);
      again = migdesc_stream_writer_to_bytes (writer, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, again));
    }
  migdesc_table_clear (&structs_state, &state);
}

static void
test_added_schema (void)
{
  Structs state;
  g_autoptr (MigdescState) wanted = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStateType) whole = stream_type (&structs_state);
  g_autoptr (MigdescStateType) other = stream_type (&scalars_state);
  MigdescStateType *types[2];

  fill_structs (&state);
  wanted = state_of_struct (&state);
  bytes = save (&state, NULL, FALSE);
  types[0] = migdesc_state_get_schema (wanted);
  types[1] = whole;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
      g_autoptr (MigdescState) found = NULL;
      g_autoptr (GError) error = NULL;

      migdesc_stream_reader_add_schema (reader, other);
      migdesc_stream_reader_add_schema (reader, types[i]);
      migdesc_stream_reader_read_bytes (reader, bytes, &error);
      g_assert_no_error (error);
      found = migdesc_stream_reader_get_state (reader, "dev0");
      g_assert_true (migdesc_state_equal (found, wanted));
    }
  migdesc_table_clear (&structs_state, &state);
}

/* The manifest is there all the same. */
/* What many devices have is made once: a stream names a large schema as often as it likes. */
static void
test_one_schema (void)
{
  Structs state;
  g_autoptr (MigdescState) wanted = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  fill_structs (&state);
  wanted = state_of_struct (&state);
  migdesc_stream_writer_set_embed_schemas (writer, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("dev%u", i);

      migdesc_stream_writer_add_state (writer, id, NULL, wanted, &error);
      g_assert_no_error (error);
    }
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr (MigdescState) first = NULL;
      g_autoptr (MigdescState) last = NULL;

      migdesc_stream_reader_read_bytes (reader, bytes, &error);
      g_assert_no_error (error);
      first = migdesc_stream_reader_get_state (reader, "dev0");
      last = migdesc_stream_reader_get_state (reader, "dev2");
      g_assert_true (migdesc_state_equal (first, wanted));
      g_assert_true (migdesc_state_equal (last, wanted));
      g_assert_true (migdesc_state_get_schema (first) == migdesc_state_get_schema (last));
      migdesc_stream_reader_restart (reader);
    }
  migdesc_table_clear (&structs_state, &state);
}

/* A device with a struct of 50 fields, five times. */
static GBytes *
save_nested (void)
{
  g_autoptr (GString) schema = g_string_new (
      "{\"state-schema\":1,\"name\":\"bank\",\"version\":1,\"minimum\":1,\"structs\":["
      "{\"name\":\"row\",\"fields\":[");
  g_autoptr (GString) row = g_string_new ("{");
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (MigdescStateType) type = NULL;
  g_autoptr (MigdescState) state = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_string_append_printf (schema, "%s{\"name\":\"a%u\",\"type\":\"bool\"}",
                              i > 0 ? "," : "", i);
      g_string_append_printf (row, "%s\"a%u\":true", i > 0 ? "," : "", i);
    }
  g_string_append (schema, "]}],\"fields\":[");
  for (guint i = 0; i < 5; i++)
    {
      g_string_append_printf (
          schema, "%s{\"name\":\"row%u\",\"type\":\"struct\",\"struct\":\"row\"}",
          i > 0 ? "," : "", i);
      g_string_append_printf (text, "%s\"row%u\":%s}", i > 0 ? "," : "", i, row->str);
    }
  g_string_append (schema, "]}");
  g_string_append (text, "}");
  type = migdesc_state_type_new_from_json (schema->str, -1, NULL, &error);
  g_assert_no_error (error);
  state = migdesc_state_new_from_json (type, text->str, -1, NULL, &error);
  g_assert_no_error (error);
  migdesc_stream_writer_set_embed_schemas (writer, TRUE);
  migdesc_stream_writer_add_state (writer, "dev0", NULL, state, &error);
  g_assert_no_error (error);
  return migdesc_stream_writer_to_bytes (writer, &error);
}

/* What is nested counts each time: short schemas can make much. */
static void
test_limit_of_fields (void)
{
  const guint n_fields = 5 + 5 * 50;
  g_autoptr (GBytes) bytes = save_nested ();

  for (guint limit = n_fields - 1; limit <= n_fields; limit++)
    {
      MigdescLimits *limits = migdesc_limits_new ();
      g_autoptr (MigdescStreamReader) reader = NULL;
      g_autoptr (GError) error = NULL;

      migdesc_limits_set (limits, MIGDESC_LIMIT_VALUES, limit);
      reader = migdesc_stream_reader_new (NULL, limits, NULL);
      migdesc_limits_free (limits);
      g_assert_true (migdesc_stream_reader_read_bytes (reader, bytes, &error)
                     == (limit == n_fields));
      if (limit == n_fields)
        continue;
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
      g_assert_cmpstr (error->message, ==,
                       "dev0: the schemas have more than 254 fields, those of nested structs "
                       "counted each time (limit values)");
    }
}

static void
test_no_schema (void)
{
  Structs state;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  MigdescManifest *manifest;

  fill_structs (&state);
  bytes = save (&state, NULL, FALSE);
  g_assert_false (migdesc_stream_reader_read_bytes (reader, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN);
  manifest = migdesc_stream_reader_get_manifest (reader);
  message = g_strdup_printf ("dev0: the state's schema %s is neither in the stream nor given",
                             migdesc_manifest_get_digest (manifest, 0));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_null (migdesc_stream_reader_get_state (reader, "dev0"));
  migdesc_table_clear (&structs_state, &state);
}

static gboolean
visit_nothing (MigdescVisitor *visitor,
               gpointer state,
               gpointer user_data,
               GError **error)
{
  return TRUE;
}

static void
test_visit_function (void)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  migdesc_stream_writer_add_visit (writer, "dev0", NULL, 1, visit_nothing, NULL, NULL, NULL,
                                   &error);
  g_assert_no_error (error);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  g_assert_false (migdesc_stream_reader_read_bytes (reader, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN);
  g_assert_cmpstr (error->message, ==,
                   "dev0: the state was written without a schema: only its device can read it");
}

/* Reading goes on where a reader is used again. */
static void
test_restart (void)
{
  Structs state;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (MigdescState) first = NULL, second = NULL;

  fill_structs (&state);
  bytes = save (&state, NULL, TRUE);
  g_assert_true (migdesc_stream_reader_read_bytes (reader, bytes, NULL));
  first = migdesc_stream_reader_get_state (reader, "dev0");
  migdesc_stream_reader_restart (reader);
  g_assert_null (migdesc_stream_reader_get_state (reader, "dev0"));
  g_assert_true (migdesc_stream_reader_read_bytes (reader, bytes, NULL));
  second = migdesc_stream_reader_get_state (reader, "dev0");
  g_assert_true (first != second && migdesc_state_equal (first, second));
  migdesc_table_clear (&structs_state, &state);
}

static void
test_part (void)
{
  Structs state;
  g_autoptr (MigdescState) whole = NULL, part = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (GError) error = NULL;

  fill_structs (&state);
  whole = state_of_struct (&state);
  part = migdesc_state_get_child (whole, 0);
  g_assert_false (migdesc_stream_writer_add_state (writer, "dev0", NULL, part, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG);
  migdesc_table_clear (&structs_state, &state);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/stream-trees/formats", test_formats);
  g_test_add_func ("/state/stream-trees/added-schema", test_added_schema);
  g_test_add_func ("/state/stream-trees/one-schema", test_one_schema);
  g_test_add_func ("/state/stream-trees/limit-of-fields", test_limit_of_fields);
  g_test_add_func ("/state/stream-trees/no-schema", test_no_schema);
  g_test_add_func ("/state/stream-trees/visit-function", test_visit_function);
  g_test_add_func ("/state/stream-trees/restart", test_restart);
  g_test_add_func ("/state/stream-trees/part", test_part);
  return g_test_run ();
}
