/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-room.h"

#include <malloc.h>

/* Devices of a set that are saved and loaded by functions of trees. */

static void
test_load (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  room_init (&room);
  bytes = save (&room);
  g_assert_cmpstr (room.log->str, ==, "one:capture two:capture three:capture ");
  set_all (&room, 99);
  g_string_truncate (room.log, 0);
  g_assert_true (migdesc_device_set_load (room.set, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (room.log->str, ==,
                   "one:prepare(0,2) fan:prepare two:prepare(10,2) three:prepare(20,2) "
                   "one:commit(0,2) fan:commit two:commit(10,2) three:commit(20,2) ");
  g_assert_cmpuint (room.lamps[0].level, ==, 0);
  g_assert_cmpuint (room.lamps[1].level, ==, 10);
  g_assert_cmpuint (room.lamps[2].level, ==, 20);
  g_assert_cmpuint (room.fan.state.level, ==, 50);
}

/* Those that had prepared give back what they got, the last one first. */
static void
test_refused (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) bytes = NULL;
  const char *log = "one:prepare(0,2) fan:prepare two:prepare(10,2) three:prepare(20,2) "
                    "two:abort(10,2) fan:abort one:abort(0,2) ";

  room_init (&room);
  bytes = save (&room);
  room.lamps[2].preparing = REFUSES;
  assert_load_fails (&room, bytes, "three: refuses the state: the bulb is broken", log);
  room.lamps[2].preparing = REFUSES_SILENTLY;
  assert_load_fails (&room, bytes, "three: refuses the state: it did not say why", log);
  room.lamps[2].preparing = SAYS_AN_ERROR;
  assert_load_fails (&room, bytes, "three: refuses the state: the bulb is broken", log);
  room.lamps[0].preparing = REFUSES;
  assert_load_fails (&room, bytes, "one: refuses the state: the bulb is broken",
                     "one:prepare(0,2) ");
}

/* Nothing is prepared before all of the stream has been read. */
static void
test_damaged (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const guint8 *data;

  room_init (&room);
  bytes = save (&room);
  data = g_bytes_get_data (bytes, &size);
  set_all (&room, 99);
  g_string_truncate (room.log, 0);
  for (gsize i = 0; i < 2 * size; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (GError) error = NULL;

      if (i >= size)
        copy[i - size] ^= 16;
      damaged = g_bytes_new (copy, i < size ? i : size);
      g_assert_false (migdesc_device_set_load (room.set, damaged, &error));
      g_assert_nonnull (error);
    }
  g_assert_cmpstr (room.log->str, ==, "");
  assert_all (&room, 99);
}

static void
assert_save_fails (Room *room, MigdescError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_device_set_save (room->set, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_not_captured (void)
{
  g_auto (Room) room;

  room_init (&room);
  room.lamps[1].capturing = REFUSES;
  assert_save_fails (&room, MIGDESC_ERROR_REFUSED, "two: cannot be captured: the lamp is hot");
  room.lamps[1].capturing = REFUSES_SILENTLY;
  assert_save_fails (&room, MIGDESC_ERROR_REFUSED, "two: cannot be captured: it did not say why");
  room.lamps[1].capturing = SAYS_AN_ERROR;
  assert_save_fails (&room, MIGDESC_ERROR_REFUSED, "two: cannot be captured: the lamp is hot");
  g_assert_cmpstr (room.log->str, ==,
                   "one:capture two:capture one:capture two:capture one:capture two:capture ");
}

/* What no destination could load is not saved, in whatever version. */
static void
test_captured_another (void)
{
  g_auto (Room) room;
  g_autoptr (GError) error = NULL;

  room_init (&room);
  for (guint version = 2; version >= 1; version--)
    {
      g_assert_true (migdesc_device_set_set_state_version (room.set, "two", version, &error));
      room.lamps[1].capturing = GIVES_A_PART;
      assert_save_fails (&room, MIGDESC_ERROR_REFUSED,
                         "two: cannot be captured: what it gave is a part of a state");
    }
  g_assert_true (migdesc_device_set_set_state_version (room.set, "two", 2, &error));
  room.lamps[1].capturing = GIVES_ANOTHER;
  assert_save_fails (&room, MIGDESC_ERROR_STATE_SCHEMA,
                     "two: the captured state's schema is "
                     "sha256:8bf7e9c797429c444e0a3fbfd719ec850f00c4acabd541492f6539d2ce035057, "
                     "that of state version 2 of lamp is "
                     "sha256:8ad53b4955e441fd238c9fe670d06c8f90245f926880ef97337b4672ae0fed63");
}

/* What is captured is of the newest version, and so is what is loaded. */
static void
test_old_version (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  room_init (&room);
  g_assert_true (migdesc_device_set_set_state_version (room.set, "two", 1, &error));
  bytes = save (&room);
  g_string_truncate (room.log, 0);
  reader = migdesc_device_set_begin_load (room.set, NULL, &error);
  g_assert_true (migdesc_stream_reader_read_bytes (reader, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (migdesc_stream_reader_get_state_version (reader, "one"), ==, 2);
  g_assert_cmpuint (migdesc_stream_reader_get_state_version (reader, "two"), ==, 1);
  g_assert_true (migdesc_device_set_finish_load (room.set, reader, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (room.lamps[0].mood, ==, 2);
  g_assert_cmpuint (room.lamps[1].mood, ==, 1);
}

#define N_ARRAYS 500
#define N_ROWS 2000

/* A row of arrays that are all empty: a byte in a stream. */
static MigdescStateType *
make_sparse_type (void)
{
  g_autoptr (GString) schema = g_string_new (
      "{\"state-schema\":1,\"name\":\"bank\",\"version\":1,\"minimum\":1,\"structs\":["
      "{\"name\":\"row\",\"fields\":[{\"name\":\"n\",\"type\":\"u8\",\"min\":0,\"max\":1}");
  g_autoptr (GError) error = NULL;
  MigdescStateType *type;

  for (guint i = 0; i < N_ARRAYS; i++)
    g_string_append_printf (schema,
                            ",{\"name\":\"a%u\",\"type\":\"u8\",\"min\":0,\"max\":1,"
                            "\"maximum\":1,\"count-field\":\"n\"}",
                            i);
  g_string_append (schema, "]}],\"fields\":[{\"name\":\"rows\",\"type\":\"struct\","
                           "\"struct\":\"row\",\"maximum\":100000}]}");
  type = migdesc_state_type_new_from_json (schema->str, -1, NULL, &error);
  g_assert_no_error (error);
  return type;
}

static MigdescState *
capture_sparse (const char *id G_GNUC_UNUSED, gpointer data, GError **error)
{
  g_autoptr (GString) row = g_string_new ("{\"n\":0");
  g_autoptr (GString) text = g_string_new ("{\"rows\":[");

  for (guint i = 0; i < N_ARRAYS; i++)
    g_string_append_printf (row, ",\"a%u\":[]", i);
  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "%s%s}", i > 0 ? "," : "", row->str);
  g_string_append (text, "]}");
  return migdesc_state_new_from_json (data, text->str, -1, NULL, error);
}

static gsize heap_at_prepare;

static gboolean
note_heap (const char *id G_GNUC_UNUSED, MigdescLoadStep step, MigdescState *state,
           gpointer data G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  g_autoptr (MigdescState) rows = migdesc_state_lookup (state, "rows", NULL);

  g_assert_cmpuint (migdesc_state_get_n_children (rows), ==, N_ROWS);
  if (step == MIGDESC_LOAD_PREPARE)
    heap_at_prepare = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  return TRUE;
}

/* A tree is read as a tree: as a struct these would take 12 MB. */
static void
test_memory (void)
{
  g_autoptr (MigdescStateType) type = make_sparse_type ();
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize before;

  migdesc_device_set_add_functions (set, "bank", NULL, type, capture_sparse, type, NULL, note_heap,
                                    NULL, NULL, &error);
  bytes = migdesc_device_set_save (set, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 3000);
  before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  g_assert_true (migdesc_device_set_load (set, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (heap_at_prepare, <, before + 1024 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  g_test_add_func ("/state/device-set-trees/load", test_load);
  g_test_add_func ("/state/device-set-trees/refused", test_refused);
  g_test_add_func ("/state/device-set-trees/damaged", test_damaged);
  g_test_add_func ("/state/device-set-trees/not-captured", test_not_captured);
  g_test_add_func ("/state/device-set-trees/captured-another", test_captured_another);
  g_test_add_func ("/state/device-set-trees/old-version", test_old_version);
  g_test_add_func ("/state/device-set-trees/memory", test_memory);
  return g_test_run ();
}
