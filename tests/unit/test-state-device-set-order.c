/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-room.h"

/* What is asked of a set at the wrong time is refused, and frees nothing that is in use. */

/* A save that is refused as a load is prepared leaves that alone. */
static void
test_save_while_prepared (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  room_init (&room);
  bytes = save (&room);
  set_all (&room, 99);
  reader = migdesc_device_set_begin_load (room.set, NULL, &error);
  migdesc_stream_reader_read_bytes (reader, bytes, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_device_set_prepare_load (room.set, reader, &error));
  g_assert_null (migdesc_device_set_save (room.set, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  migdesc_device_set_commit_load (room.set);
  g_assert_cmpuint (room.lamps[2].level, ==, 20);
  g_assert_cmpuint (room.fan.state.level, ==, 50);
}

static void
assert_given_up (GError **error, const char *what)
{
  g_autofree char *message
      = g_strdup_printf ("the %s was given up: its set has gone on", what);

  g_assert_error (*error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr ((*error)->message, ==, message);
  g_clear_error (error);
}

/* Readers write into what the set has: one that is not its own any more must not. */
static void
test_readers (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) first = NULL;
  g_autoptr (MigdescStreamReader) second = NULL;
  g_autoptr (MigdescStreamReader) other = migdesc_stream_reader_new (NULL, NULL, NULL);
  GError *error = NULL;

  room_init (&room);
  bytes = save (&room);
  set_all (&room, 99);
  first = migdesc_device_set_begin_load (room.set, NULL, &error);
  second = migdesc_device_set_begin_load (room.set, NULL, &error);
  g_assert_false (migdesc_stream_reader_read_bytes (first, bytes, &error));
  assert_given_up (&error, "load");
  migdesc_stream_reader_restart (first);
  migdesc_stream_reader_read_bytes (first, bytes, NULL);
  migdesc_stream_reader_add_schema (other, room.type);
  g_assert_false (migdesc_device_set_finish_load (room.set, other, &error));
  g_assert_cmpstr (error->message, ==,
                   "the reader is not of the load that the set has begun");
  g_clear_error (&error);
  g_assert_true (migdesc_stream_reader_read_bytes (second, bytes, &error));
  g_assert_true (migdesc_device_set_finish_load (room.set, second, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (room.lamps[2].level, ==, 20);
  migdesc_stream_reader_restart (second);
  migdesc_stream_reader_read_bytes (second, bytes, NULL);
}

static void
test_writers (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) wanted = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamWriter) first = NULL;
  g_autoptr (MigdescStreamWriter) second = NULL;
  GError *error = NULL;

  room_init (&room);
  wanted = save (&room);
  first = migdesc_device_set_begin_save (room.set, NULL, FALSE, &error);
  second = migdesc_device_set_begin_save (room.set, NULL, FALSE, &error);
  g_assert_null (migdesc_stream_writer_to_bytes (first, &error));
  assert_given_up (&error, "save");
  bytes = migdesc_stream_writer_to_bytes (second, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, wanted));
}

/* A reader and a writer keep their set. */
static void
test_set_that_is_dropped (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) wanted = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  MigdescStreamReader *reader;
  MigdescStreamWriter *writer;
  MigdescDeviceSet *set;

  room_init (&room);
  wanted = save (&room);
  set = g_object_ref (room.set);
  writer = migdesc_device_set_begin_save (set, NULL, FALSE, &error);
  g_clear_object (&room.set);
  g_object_unref (set);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_true (g_bytes_equal (bytes, wanted));
  g_assert_cmpuint (room.lamps[0].freed, ==, 0);
  g_object_unref (writer);
  g_assert_cmpuint (room.lamps[0].freed, ==, 2);
  room_clear (&room);

  room_init (&room);
  reader = migdesc_device_set_begin_load (room.set, NULL, &error);
  g_clear_object (&room.set);
  g_assert_true (migdesc_stream_reader_read_bytes (reader, wanted, &error));
  g_assert_no_error (error);
  g_object_unref (reader);
  g_assert_cmpuint (room.lamps[0].freed, ==, 2);
}

/* A device that saves, loads or aborts its own set from within is refused, and nothing happens. */
static void
test_meddling (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  room_init (&room);
  room.lamps[1].meddles_with = room.set;
  bytes = save (&room);
  set_all (&room, 99);
  g_assert_true (migdesc_device_set_load (room.set, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (room.lamps[1].level, ==, 10);
  g_assert_cmpuint (room.lamps[2].level, ==, 20);
  room.lamps[2].preparing = REFUSES;
  assert_load_fails (&room, bytes, "three: refuses the state: the bulb is broken",
                     "one:prepare(0,2) fan:prepare two:prepare(10,2) three:prepare(20,2) "
                     "two:abort(10,2) fan:abort one:abort(0,2) ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  g_test_add_func ("/state/device-set-order/save-while-prepared", test_save_while_prepared);
  g_test_add_func ("/state/device-set-order/meddling", test_meddling);
  g_test_add_func ("/state/device-set-order/readers", test_readers);
  g_test_add_func ("/state/device-set-order/writers", test_writers);
  g_test_add_func ("/state/device-set-order/set-that-is-dropped", test_set_that_is_dropped);
  return g_test_run ();
}
