/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-room.h"

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
  return g_test_run ();
}
