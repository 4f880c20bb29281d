/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-tamper.h"

/* What a reader expects of a stream before it loads anything, visit functions, and manifests. */

typedef struct
{
  const char *id;
  const char *params;
  const MigdescStruct *table;
} Expected;

static void
assert_refused (GBytes *bytes,
                const Expected *expected,
                guint n,
                int code,
                const char *message)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Gates fresh[2];

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MigdescStateType) type = stream_type (expected[i].table);
      MigdescParamList *params = stream_params (expected[i].params);

      migdesc_state_type_init_struct (type, &fresh[i]);
      migdesc_stream_reader_expect_struct (reader, expected[i].id, params, type, &fresh[i],
                                           &error);
      g_assert_no_error (error);
      stream_unref_params (params);
    }
  g_assert_false (migdesc_stream_reader_read_bytes (reader, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static Gates gates = { .mtu = 1500, .limit = 9, .debug = 8 };

static const MigdescField old_fields[] = { MIGDESC_U16 (Gates, mtu, 68, 9216) };
MIGDESC_STRUCT (old_gates, Gates, 2, 1, old_fields, NULL);
MIGDESC_STRUCT (new_gates, Gates, 5, 4, old_fields, NULL);
MIGDESC_STRUCT (other_gates, Gates, 3, 1, old_fields, NULL);

static void
test_expectations (void)
{
  const Device device = { &gates_state, 3, "a.com/b?version=2,most=10,mode=slow", &gates };
  g_autoptr (GBytes) bytes = stream_save (&device);
  const char *right = device.params;

  assert_refused (bytes, (Expected[]) { { "dev1", right, &gates_state } }, 1,
                  MIGDESC_ERROR_STATE_UNKNOWN,
                  "dev0: the stream has this device, and it is not expected");
  assert_refused (bytes,
                  (Expected[]) { { "dev0", right, &gates_state }, { "dev1", right, &gates_state } },
                  2, MIGDESC_ERROR_STATE_MISSING,
                  "dev1: the device is expected, and the stream does not have it");
  assert_refused (bytes, (Expected[]) { { "dev0", right, &old_gates } }, 1,
                  MIGDESC_ERROR_STATE_TOO_NEW,
                  "dev0: state version 3 of old_gates, the newest known is 2");
  assert_refused (bytes, (Expected[]) { { "dev0", right, &new_gates } }, 1,
                  MIGDESC_ERROR_STATE_TOO_OLD,
                  "dev0: state version 3 of new_gates, the oldest known is 4");
}

static void
test_params (void)
{
  const Device device = { &gates_state, 3, "a.com/b?version=2,most=10,mode=slow", &gates };
  g_autoptr (GBytes) bytes = stream_save (&device);
  static const struct
  {
    const char *params;
    const char *message;
  } cases[] = {
    { "a.com/c?version=2,most=10,mode=slow",
      "dev0: the model is a.com/b in the stream, and a.com/c here" },
    { "a.com/b?version=3,most=10,mode=slow",
      "dev0: the version of the model is 2 in the stream, and 3 here" },
    { "a.com/b?version=2,most=11,mode=slow",
      "dev0: the parameter most is 10 in the stream, and 11 here" },
    { "a.com/b?version=2,most=10",
      "dev0: the parameter mode is slow in the stream, and missing here" },
    { "a.com/b?version=2,most=10,mode=slow,x=y",
      "dev0: the parameter x is missing in the stream, and y here" },
    { "version=2,most=10,mode=slow",
      "dev0: the model is a.com/b in the stream, and missing here" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (bytes, (Expected[]) { { "dev0", cases[i].params, &gates_state } }, 1,
                    MIGDESC_ERROR_STATE_CONFIG_MISMATCH, cases[i].message);
}

static void
test_schema (void)
{
  const Device device = { &gates_state, 3, "most=10", &gates };
  g_autoptr (GBytes) bytes = stream_save (&device);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (MigdescStateType) type = stream_type (&other_gates);
  g_autoptr (MigdescStateType) there = stream_type (&gates_state);
  MigdescParamList *params = stream_params ("most=10");
  g_autoptr (MigdescStateType) mine
      = migdesc_state_type_new_effective (type, 3, params, NULL);
  g_autoptr (MigdescStateType) theirs
      = migdesc_state_type_new_effective (there, 3, params, NULL);
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  Gates fresh;

  message = g_strdup_printf (
      "dev0: the state's schema is %s, that of state version 3 of other_gates is %s here",
      migdesc_state_type_get_digest (theirs), migdesc_state_type_get_digest (mine));
  migdesc_state_type_init_struct (type, &fresh);
  migdesc_stream_reader_expect_struct (reader, "dev0", params, type, &fresh, NULL);
  g_assert_false (migdesc_stream_reader_read_bytes (reader, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_SCHEMA);
  g_assert_cmpstr (error->message, ==, message);
  stream_unref_params (params);
}

static void
test_ids (void)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (MigdescStateType) type = stream_type (&tiny);
  g_autofree char *longest = g_strnfill (255, 'x');
  g_autofree char *longer = g_strnfill (256, 'x');
  GError *error = NULL;

  g_assert_true (
      migdesc_stream_writer_add_struct (writer, longest, NULL, type, 0, &tiny_state, &error));
  migdesc_stream_writer_add_struct (writer, longer, NULL, type, 0, &tiny_state, &error);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG);
  g_clear_error (&error);
  migdesc_stream_writer_add_struct (writer, "", NULL, type, 0, &tiny_state, &error);
  g_assert_cmpstr (error->message, ==, "\"\" cannot be the id of a device: it is empty");
  g_clear_error (&error);
  migdesc_stream_writer_add_struct (writer, "a\nb", NULL, type, 0, &tiny_state, &error);
  g_assert_cmpstr (error->message, ==,
                   "\"a\\nb\" cannot be the id of a device: control characters are not allowed");
  g_clear_error (&error);
  migdesc_stream_writer_add_struct (writer, "net0", NULL, type, 2, &tiny_state, &error);
  g_assert_cmpstr (error->message, ==, "net0: state version 2 of tiny, the newest known is 1");
  g_clear_error (&error);
  g_assert_true (
      migdesc_stream_writer_add_struct (writer, "net0", NULL, type, 1, &tiny_state, &error));
  migdesc_stream_writer_add_struct (writer, "net0", NULL, type, 1, &tiny_state, &error);
  g_assert_cmpstr (error->message, ==,
                   "\"net0\" cannot be the id of a device: another device has it");
  g_clear_error (&error);
}

/* A visit function with a bit of everything */

typedef struct
{
  guint8 a;
  gint16 b;
  double c;
  char *text;
  GBytes *blob;
  guint8 large[100000];
  guint64 n;
  guint32 array[4];
  gboolean has_extra;
  guint64 extra;
  gboolean has_section;
  guint section_version;
  guint32 in_section;
  guint mode;
  gboolean flag;
} Visited;

static const char *const visited_modes[] = { "slow", "fast", NULL };

static gboolean
visit_array (MigdescVisitor *visitor,
             Visited *state,
             GError **error)
{
  if (!migdesc_visitor_begin_array (visitor, "array", &state->n, 4, error))
    return FALSE;
  for (guint i = 0; i < state->n; i++)
    if (!migdesc_visitor_visit_uint32 (visitor, NULL, &state->array[i], 0, 1000, error))
      return FALSE;
  return migdesc_visitor_end_array (visitor, error);
}

static gboolean
visit_rest (MigdescVisitor *visitor,
            Visited *state,
            GError **error)
{
  if (!migdesc_visitor_begin_pointer (visitor, "extra", &state->has_extra, error)
      || (state->has_extra
          && !migdesc_visit_u64 (visitor, "value", &state->extra, 0, G_MAXUINT64, error))
      || !migdesc_visitor_end_pointer (visitor, error))
    return FALSE;
  state->section_version = 3;
  if (!migdesc_visitor_begin_section (visitor, "more", MIGDESC_CONTAINER_OPTIONAL,
                                      &state->section_version, 2, &state->has_section, error))
    return FALSE;
  return !state->has_section
         || (migdesc_visit_u32 (visitor, "in", &state->in_section, 0, 7, error)
             && migdesc_visitor_end_section (visitor, error));
}

static gboolean
visit (MigdescVisitor *visitor,
       gpointer data,
       gpointer user_data,
       GError **error)
{
  Visited *state = data;

  return migdesc_visit_u8 (visitor, "a", &state->a, 1, 9, error)
         && migdesc_visit_i16 (visitor, "b", &state->b, -5, 5, error)
         && migdesc_visitor_begin_struct (visitor, "inner", error)
         && migdesc_visitor_visit_double (visitor, "c", &state->c, -1, 1, error)
         && migdesc_visitor_visit_string (visitor, "text", &state->text, 10, error)
         && migdesc_visitor_end_struct (visitor, error)
         && migdesc_visitor_visit_bytes (visitor, "blob", &state->blob, 300000, error)
         && migdesc_visitor_visit_buffer (visitor, "large", state->large, sizeof state->large,
                                          error)
         && migdesc_visitor_visit_enum (visitor, "mode", &state->mode, visited_modes, error)
         && migdesc_visitor_visit_bool (visitor, "flag", &state->flag, error)
         && visit_array (visitor, state, error) && visit_rest (visitor, state, error);
}

static void
visited_fill (Visited *state)
{
  *state = (Visited) { .a = 9, .b = -5, .c = 0.5, .text = g_strdup ("text"), .n = 3,
                       .array = { 1, 2, 1000 }, .has_extra = TRUE, .extra = G_MAXUINT64,
                       .has_section = TRUE, .in_section = 7, .mode = 1, .flag = TRUE };
  state->blob = g_bytes_new_take (g_malloc0 (200000), 200000);
  memset (state->large, 0x5a, sizeof state->large);
}

static void
visited_clear (Visited *state)
{
  g_clear_pointer (&state->text, g_free);
  g_clear_pointer (&state->blob, g_bytes_unref);
}

static GBytes *
visited_save (Visited *state,
              MigdescVisitFunc function,
              GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);

  migdesc_stream_writer_add_visit (writer, "v", NULL, 4, function, state, NULL, NULL, NULL);
  return migdesc_stream_writer_to_bytes (writer, error);
}

static gboolean
visited_load (Visited *state,
              MigdescVisitFunc function,
              GBytes *bytes,
              gsize piece,
              GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  gboolean done;

  migdesc_stream_reader_expect_visit (reader, "v", NULL, 3, 4, function, state, NULL, NULL, NULL);
  done = stream_feed (reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), piece,
                      error);
  g_assert_cmpuint (migdesc_stream_reader_get_state_version (reader, "v"), ==, 4);
  return done;
}

static void
test_visit (void)
{
  static const gsize pieces[] = { 1000, 70000, 1 << 30 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Visited state;

  visited_fill (&state);
  bytes = visited_save (&state, visit, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      Visited fresh = { 0 };
      g_autoptr (GBytes) again = NULL;

      visited_load (&fresh, visit, bytes, pieces[i], &error);
      g_assert_no_error (error);
      again = visited_save (&fresh, visit, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (again, bytes));
      g_assert_cmpint (fresh.b, ==, -5);
      g_assert_cmpuint (fresh.array[2], ==, 1000);
      visited_clear (&fresh);
    }
  visited_clear (&state);
}

static void
test_visit_without_section (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Visited state, fresh = { .has_section = TRUE };

  visited_fill (&state);
  state.has_section = state.has_extra = FALSE;
  bytes = visited_save (&state, visit, &error);
  g_assert_no_error (error);
  visited_load (&fresh, visit, bytes, 12345, &error);
  g_assert_no_error (error);
  g_assert_false (fresh.has_section);
  g_assert_false (fresh.has_extra);
  visited_clear (&fresh);
  visited_clear (&state);
}

static gboolean
visit_behind (MigdescVisitor *visitor,
              gpointer data,
              gpointer user_data,
              GError **error)
{
  return visit (visitor, data, user_data, error)
         && migdesc_visitor_visit_uint8 (visitor, "late", &((Visited *) data)->a, 0, 255, error);
}

static gboolean
visit_open (MigdescVisitor *visitor,
            gpointer data,
            gpointer user_data,
            GError **error)
{
  return migdesc_visitor_begin_struct (visitor, "open", error);
}

static gboolean
visit_silent (MigdescVisitor *visitor,
              gpointer data,
              gpointer user_data,
              GError **error)
{
  return FALSE;
}

static gboolean
visit_little (MigdescVisitor *visitor,
              gpointer data,
              gpointer user_data,
              GError **error)
{
  return migdesc_visit_u8 (visitor, "a", &((Visited *) data)->a, 0, 255, error);
}

static void
test_bad_visits (void)
{
  static const struct
  {
    MigdescVisitFunc function;
    const char *message;
  } cases[] = {
    { visit_behind, "v: late: a field behind a section: sections come last" },
    { visit_open, "v: open: the visit function began this, and did not end it (byte 102)" },
    { visit_silent, "v: the visit function failed and did not say why" },
  };
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;
  Visited state, fresh = { 0 };

  visited_fill (&state);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (visited_save (&state, cases[i].function, &error));
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_clear_error (&error);
    }
  state.a = 10;
  g_assert_null (visited_save (&state, visit, &error));
  g_assert_cmpstr (error->message, ==, "v: a: 10 is not in 1 to 9 (byte 102)");
  g_clear_error (&error);
  state.a = 9;
  bytes = visited_save (&state, visit, &error);
  g_assert_no_error (error);
  g_assert_false (visited_load (&fresh, visit_little, bytes, 99, &error));
  g_assert_cmpstr (error->message, ==, "v: the section goes on behind its last field (byte 103)");
  g_clear_error (&error);
  visited_clear (&fresh);
  visited_clear (&state);
}

static void
assert_manifest_refused (const char *text,
                         const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_manifest_new_from_json (text, -1, NULL, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static const char manifest_text[]
    = "{\"devices\":[{\"id\":\"a\",\"model\":\"x.y/z\",\"version\":\"1\",\"state\":3,"
      "\"params\":{\"p\":\"q\"},\"schema\":\"sha256:"
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"},"
      "{\"id\":\"b\",\"state\":1,\"params\":{}}]}";

static void
test_manifest (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescManifest) manifest
      = migdesc_manifest_new_from_json (manifest_text, -1, NULL, &error);
  g_autoptr (MigdescManifest) other = NULL;
  g_autofree char *text = NULL, *pretty = NULL;
  guint device = 9;

  g_assert_no_error (error);
  text = migdesc_manifest_to_json (manifest, FALSE);
  g_assert_cmpstr (text, ==, manifest_text);
  pretty = migdesc_manifest_to_json (manifest, TRUE);
  other = migdesc_manifest_new_from_json (pretty, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_manifest_equal (manifest, other));
  g_assert_cmpuint (migdesc_manifest_hash (manifest), ==, migdesc_manifest_hash (other));

  g_assert_cmpuint (migdesc_manifest_get_n_devices (manifest), ==, 2);
  g_assert_true (migdesc_manifest_find (manifest, "b", &device));
  g_assert_cmpuint (device, ==, 1);
  g_assert_false (migdesc_manifest_find (manifest, "c", &device));
  g_assert_cmpstr (migdesc_manifest_get_id (manifest, 0), ==, "a");
  g_assert_cmpstr (migdesc_manifest_get_model (manifest, 0), ==, "x.y/z");
  g_assert_cmpstr (migdesc_manifest_get_version (manifest, 0), ==, "1");
  g_assert_cmpuint (migdesc_manifest_get_state_version (manifest, 0), ==, 3);
  g_assert_cmpstr (migdesc_param_list_lookup (migdesc_manifest_get_params (manifest, 0), "p"), ==,
                   "q");
  g_assert_true (g_str_has_prefix (migdesc_manifest_get_digest (manifest, 0), "sha256:0123"));
  g_assert_null (migdesc_manifest_get_model (manifest, 1));
  g_assert_null (migdesc_manifest_get_version (manifest, 1));
  g_assert_null (migdesc_manifest_get_digest (manifest, 1));
}

static void
test_bad_manifests (void)
{
#define DEVICE(text) "{\"devices\":[" text "]}"
#define ID_A "\"id\":\"a\",\"state\":1,\"params\":{}"
  assert_manifest_refused ("{}", "1:1: the member \"devices\" is missing");
  assert_manifest_refused ("{\"devices\":[],\"x\":1}",
                           "1:15: a manifest has no member \"x\" (at /x)");
  assert_manifest_refused (DEVICE ("{\"id\":\"a\",\"params\":{}}"),
                           "1:13: the member \"state\" is missing (at /devices/0)");
  assert_manifest_refused (DEVICE ("{" ID_A "},{" ID_A "}"),
                           "1:52: \"a\" is not an id: another device has it (at /devices/1/id)");
  assert_manifest_refused (DEVICE ("{\"id\":\"\"}"),
                           "1:19: \"\" is not an id: it is empty (at /devices/0/id)");
  assert_manifest_refused (DEVICE ("{\"state\":0}"),
                           "1:22: 0 is not a state version: those are from 1 to 4294967295 "
                           "(at /devices/0/state)");
  assert_manifest_refused (DEVICE ("{\"schema\":\"sha256:12\"}"),
                           "1:23: \"sha256:12\" is not a digest: those are \"sha256:\" and 64 "
                           "hexadecimal digits, small (at /devices/0/schema)");
  assert_manifest_refused (DEVICE ("{\"params\":{\"a\":1}}"),
                           "1:28: expected a string, found a number (at /devices/0/params/a)");
  assert_manifest_refused (DEVICE ("{\"params\":{\"a\":\"\",\"a\":\"\"}}"),
                           "1:31: the object has a second member \"a\" (at /devices/0/params/a)");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-expect/expectations", test_expectations);
  g_test_add_func ("/state-expect/params", test_params);
  g_test_add_func ("/state-expect/schema", test_schema);
  g_test_add_func ("/state-expect/ids", test_ids);
  g_test_add_func ("/state-expect/visit", test_visit);
  g_test_add_func ("/state-expect/visit-without-section", test_visit_without_section);
  g_test_add_func ("/state-expect/bad-visits", test_bad_visits);
  g_test_add_func ("/state-expect/manifest", test_manifest);
  g_test_add_func ("/state-expect/bad-manifests", test_bad_manifests);
  return g_test_run ();
}
