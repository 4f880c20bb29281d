/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>
#include <string.h>

/* State types with transforms: streams of versions that the table does not have, in and out. */

typedef struct
{
  guint32 level;
  guint16 mood;
  gboolean logging;
  guint8 log[2];
} Lamp;

static gboolean
is_logging (gconstpointer state)
{
  return ((const Lamp *) state)->logging;
}

static const MigdescField lamp_log_fields[] = {
  MIGDESC_BYTES (Lamp, log),
};

static const MigdescField lamp_fields[] = {
  MIGDESC_U32 (Lamp, level, 0, 100000),
  MIGDESC_U16 (Lamp, mood, 0, 3),
  MIGDESC_SECTION ("log", lamp_log_fields, MIGDESC_IF ("log"), MIGDESC_NEEDED (is_logging),
                   MIGDESC_DEFAULT (0)),
};
MIGDESC_STRUCT (lamp, Lamp, 3, 3, lamp_fields, NULL);

/* Version 1: no mood. Version 2: both, and a log where the parameter is on. */
#define OLD(version, fields)                                                               \
  "{'state-schema':1,'name':'lamp','version':" version ",'minimum':" version ",'fields':[" \
  "{'name':'brightness','type':'u16','min':0,'max':60000}" fields "]}"
#define MOOD ",{'name':'mood','type':'u16','min':0,'max':3}"
#define LOG                                                                     \
  ",{'name':'log','type':'section','version':1,'minimum':1,'fields':[{'name':'log'," \
  "'type':'bytes','count':2}],'needed':'is_logging'}"

static MigdescStateType *
schema_new (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  MigdescStateType *schema = migdesc_state_type_new_from_json (json, -1, NULL, &error);

  g_assert_no_error (error);
  return schema;
}

static void
add_schema (MigdescTransforms *transforms, const char *text)
{
  g_autoptr (MigdescStateType) schema = schema_new (text);

  migdesc_transforms_add_schema (transforms, schema);
}

static void
add_steps (MigdescTransforms *transforms)
{
  migdesc_transforms_add_default (transforms, 1, 2, "mood", g_variant_new_uint16 (2));
  migdesc_transforms_add_rename (transforms, 2, 3, "brightness", "level");
  migdesc_transforms_add_rename (transforms, 3, 2, "level", "brightness");
  migdesc_transforms_add_retype (transforms, 3, 2, "brightness", "q");
  migdesc_transforms_add_drop (transforms, 2, 1, "mood");
}

static MigdescStateType *
lamp_table (void)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *table = migdesc_state_type_new (&lamp, &error);

  g_assert_no_error (error);
  return table;
}

static MigdescStateType *
lamp_type (void)
{
  g_autoptr (MigdescStateType) table = lamp_table ();
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();
  MigdescStateType *type;

  add_schema (transforms, OLD ("1", ""));
  add_schema (transforms, OLD ("2", MOOD LOG));
  add_schema (transforms, OLD ("2", MOOD));
  add_steps (transforms);
  type = migdesc_state_type_new_with_transforms (table, transforms);
  g_assert_true (migdesc_state_type_get_transforms (type) == transforms);
  g_assert_null (migdesc_state_type_get_transforms (table));
  return type;
}

static MigdescParamList *
lamp_params (const char *log)
{
  g_autofree char *text = g_strconcat ("example.org/lamp?log=", log, NULL);

  return migdesc_param_list_new_from_string (text, NULL);
}

/* The stream of an old lamp, which had that schema. */
static GBytes *
save_old (const char *schema_text, const char *state_text, const char *log)
{
  g_autoptr (MigdescStateType) schema = schema_new (schema_text);
  g_autoptr (MigdescParamList) params = lamp_params (log);
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autofree char *json = g_strdelimit (g_strdup (state_text), "'", '"');
  g_autoptr (MigdescState) state = migdesc_state_new_from_json (schema, json, -1, NULL, NULL);
  GBytes *bytes;

  g_assert_nonnull (state);
  g_assert_true (migdesc_stream_writer_add_state (writer, "one", params, state, NULL));
  bytes = migdesc_stream_writer_to_bytes (writer, NULL);
  g_assert_nonnull (bytes);
  return bytes;
}

static gboolean
load (MigdescStateType *type, GBytes *bytes, const char *log, Lamp *state, GError **error)
{
  g_autoptr (MigdescParamList) params = lamp_params (log);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);

  migdesc_state_type_init_struct (type, state);
  g_assert_true (
      migdesc_stream_reader_expect_struct (reader, "one", params, type, state, error));
  return migdesc_stream_reader_read_bytes (reader, bytes, error);
}

static void
test_load (void)
{
  g_autoptr (MigdescStateType) type = lamp_type ();
  g_autoptr (GBytes) one = save_old (OLD ("1", ""), "{'brightness':7}", "off");
  g_autoptr (GBytes) two = save_old (OLD ("2", MOOD), "{'brightness':8,'mood':3}", "off");
  g_autoptr (GBytes) two_log = save_old (
      OLD ("2", MOOD LOG), "{'brightness':9,'mood':1,'log':{'@version':1,'log':'AQI='}}", "on");
  g_autoptr (GError) error = NULL;
  Lamp state;

  load (type, one, "off", &state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (state.level, ==, 7);
  g_assert_cmpuint (state.mood, ==, 2);
  load (type, two, "off", &state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (state.level, ==, 8);
  g_assert_cmpuint (state.mood, ==, 3);
  load (type, two_log, "on", &state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (state.level, ==, 9);
  g_assert_cmpmem (state.log, 2, "\1\2", 2);
}

static void
assert_load_fails (MigdescStateType *type, GBytes *bytes, const char *log, MigdescError code,
                   const char *message)
{
  g_autoptr (GError) error = NULL;
  Lamp state;

  g_assert_false (load (type, bytes, log, &state, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, MIGDESC_ERROR, (int) code);
}

static void
test_load_refused (void)
{
  g_autoptr (MigdescStateType) type = lamp_type ();
  g_autoptr (MigdescStateType) table = lamp_table ();
  g_autoptr (GBytes) two = save_old (OLD ("2", MOOD), "{'brightness':8,'mood':3}", "off");
  g_autoptr (GBytes) other = save_old (OLD ("2", ""), "{'brightness':8}", "off");
  g_autoptr (GBytes) four = save_old (OLD ("4", ""), "{'brightness':7}", "off");

  assert_load_fails (table, two, "off", MIGDESC_ERROR_STATE_TOO_OLD,
                     "one: state version 2 of lamp, the oldest known is 3");
  assert_load_fails (type, four, "off", MIGDESC_ERROR_STATE_TOO_NEW,
                     "one: state version 4 of lamp, the newest known is 3");
  assert_load_fails (type, other, "off", MIGDESC_ERROR_STATE_SCHEMA,
                     "one: the stream has schema sha256:"
                     "fa0d17d75aa95c90d3596b2e021e105097ee522b499630935f29061f324bc266"
                     ", which is none of those kept of state version 2");
}

static MigdescState *
save (MigdescStateType *type, guint version, const char *log, const Lamp *state, GError **error)
{
  g_autoptr (MigdescParamList) params = lamp_params (log);
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (!migdesc_stream_writer_add_struct (writer, "one", params, type, version, state, error))
    return NULL;
  migdesc_stream_writer_set_embed_schemas (writer, TRUE);
  bytes = migdesc_stream_writer_to_bytes (writer, error);
  g_assert_true (migdesc_stream_reader_read_bytes (reader, bytes, error));
  return migdesc_stream_reader_get_state (reader, "one");
}

static void
assert_saved (MigdescStateType *type, guint version, const char *log, const Lamp *lamp_state,
              const char *schema_text, const char *expected)
{
  g_autoptr (MigdescStateType) schema = schema_new (schema_text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) state = save (type, version, log, lamp_state, &error);
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  json = g_strdelimit (migdesc_state_to_json (state, FALSE), "\"", '\'');
  g_assert_cmpstr (json, ==, expected);
  g_assert_cmpstr (migdesc_state_type_get_digest (migdesc_state_get_schema (state)), ==,
                   migdesc_state_type_get_digest (schema));
}

/* By the golden schema of the configuration, though a state without a log is one of both. */
static void
test_save (void)
{
  g_autoptr (MigdescStateType) type = lamp_type ();
  const Lamp quiet = { .level = 7, .mood = 1 };
  const Lamp logging = { .level = 7, .mood = 1, .logging = TRUE, .log = { 1, 2 } };

  assert_saved (type, 2, "off", &quiet, OLD ("2", MOOD), "{'brightness':7,'mood':1}");
  assert_saved (type, 2, "on", &quiet, OLD ("2", MOOD LOG), "{'brightness':7,'mood':1}");
  assert_saved (type, 2, "on", &logging, OLD ("2", MOOD LOG),
                "{'brightness':7,'mood':1,'log':{'@version':1,'log':'AQI='}}");
  assert_saved (type, 1, "off", &quiet, OLD ("1", ""), "{'brightness':7}");
}

static void
assert_save_fails (MigdescStateType *type, guint version, const char *log, const Lamp *state,
                   MigdescError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (save (type, version, log, state, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, MIGDESC_ERROR, (int) code);
}

static void
test_save_refused (void)
{
  g_autoptr (MigdescStateType) type = lamp_type ();
  g_autoptr (MigdescStateType) table = lamp_table ();
  const Lamp bright = { .level = 60001, .mood = 1 };
  const Lamp brighter = { .level = 65536, .mood = 1 };
  const Lamp wrong = { .level = 100001, .mood = 1 };
  const Lamp logging = { .level = 7, .mood = 1, .logging = TRUE };

  assert_save_fails (type, 2, "off", &bright, MIGDESC_ERROR_STATE_RANGE,
                     "one: brightness: 60001 is not in 0 to 60000");
  assert_save_fails (type, 2, "off", &brighter, MIGDESC_ERROR_STATE_TRANSFORM,
                     "one: transform 3 to 2, retype brightness to q: 65536 cannot be that exactly");
  assert_save_fails (type, 2, "off", &wrong, MIGDESC_ERROR_STATE_RANGE,
                     "one: level: 100001 is not in 0 to 100000");
  /* version 1 had no log */
  assert_save_fails (type, 1, "on", &logging, MIGDESC_ERROR_STATE_UNKNOWN,
                     "one: the member \"log\" is not known");
  assert_save_fails (table, 2, "off", &logging, MIGDESC_ERROR_STATE_TOO_OLD,
                     "one: state version 2 of lamp, the oldest known is 3");
}

/* Steps without a schema, and a schema without steps. */
static void
test_incomplete (void)
{
  g_autoptr (MigdescStateType) table = lamp_table ();
  g_autoptr (MigdescTransforms) steps = migdesc_transforms_new ();
  g_autoptr (MigdescTransforms) schemas = migdesc_transforms_new ();
  g_autoptr (MigdescStateType) with_steps = NULL;
  g_autoptr (MigdescStateType) with_schemas = NULL;
  g_autoptr (GBytes) two = save_old (OLD ("2", MOOD), "{'brightness':8,'mood':3}", "off");
  const Lamp state = { .level = 7 };

  add_steps (steps);
  add_schema (schemas, OLD ("2", MOOD));
  with_steps = migdesc_state_type_new_with_transforms (table, steps);
  with_schemas = migdesc_state_type_new_with_transforms (table, schemas);
  assert_load_fails (with_steps, two, "off", MIGDESC_ERROR_STATE_TOO_OLD,
                     "one: state version 2 of lamp, the oldest known is 3");
  assert_load_fails (with_schemas, two, "off", MIGDESC_ERROR_STATE_TOO_OLD,
                     "one: state version 2 of lamp, the oldest known is 3");
  assert_save_fails (with_steps, 2, "off", &state, MIGDESC_ERROR_STATE_TOO_OLD,
                     "one: state version 2 of lamp, the oldest known is 3");
  assert_save_fails (with_schemas, 2, "off", &state, MIGDESC_ERROR_STATE_TOO_OLD,
                     "one: state version 2 of lamp, the oldest known is 3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  g_test_add_func ("/state/old-types/load", test_load);
  g_test_add_func ("/state/old-types/load-refused", test_load_refused);
  g_test_add_func ("/state/old-types/save", test_save);
  g_test_add_func ("/state/old-types/save-refused", test_save_refused);
  g_test_add_func ("/state/old-types/incomplete", test_incomplete);
  return g_test_run ();
}
