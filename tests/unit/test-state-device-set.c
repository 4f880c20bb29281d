/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-lamps.h"

/* Sets of devices: all take their states, or none does. */

static void
test_load (void)
{
  g_auto (Room) source, destination;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  bytes = save (&source);
  g_assert_cmpstr (source.log->str, ==, "one:capture two:capture ");
  g_assert_true (migdesc_device_set_load (destination.set, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (destination.log->str, ==, "one:prepare two:prepare one:commit two:commit ");
  assert_levels (&destination, 10, 20);
  g_assert_cmpmem (destination.one.state.data, destination.one.state.length, "ab", 2);
}

/* A device that is a struct of its type, and stands still: nothing is copied. */
static void
test_no_capture (void)
{
  static const MigdescDeviceFuncs funcs = { .commit = lamp_commit };
  g_auto (Room) source, destination;
  g_autoptr (MigdescDeviceSet) still = migdesc_device_set_new ();
  g_autoptr (MigdescStateType) type = lamp_type ();
  g_autoptr (MigdescParamList) params
      = migdesc_param_list_new_from_string ("example.org/lamp?colour=red", NULL);
  g_autoptr (GBytes) bytes = NULL, captured = NULL;
  g_autoptr (GError) error = NULL;
  guint8 data[] = { 'a', 'b' };
  LampState one = { 10, data, 2 }, two = { 20, NULL, 0 };

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  migdesc_device_set_add (still, "one", params, type, &funcs, &one, &error);
  g_assert_no_error (error);
  migdesc_device_set_add (still, "two", params, type, &funcs, &two, &error);
  g_assert_no_error (error);
  captured = save (&source);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = migdesc_device_set_save (still, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, captured));
      g_assert_true (one.data == data && one.length == 2);
    }
  g_assert_true (migdesc_device_set_load (destination.set, bytes, &error));
  g_assert_no_error (error);
  assert_levels (&destination, 10, 20);
}

static void
test_refused (void)
{
  g_auto (Room) source, destination;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  bytes = save (&source);
  destination.two.refuses = TRUE;
  g_assert_false (migdesc_device_set_load (destination.set, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "two: refuses the state: the bulb is broken");
  g_assert_cmpstr (destination.log->str, ==, "one:prepare two:prepare one:abort ");
  assert_levels (&destination, 1, 2);
}

static void
prepare (Room *room, GBytes *bytes)
{
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  reader = migdesc_device_set_begin_load (room->set, NULL, &error);
  g_assert_no_error (error);
  migdesc_stream_reader_read_bytes (reader, bytes, &error);
  g_assert_no_error (error);
  g_assert_false (migdesc_device_set_is_prepared (room->set));
  g_assert_true (migdesc_device_set_prepare_load (room->set, reader, &error));
  g_assert_no_error (error);
  g_assert_true (migdesc_device_set_is_prepared (room->set));
}

/* Prepared devices wait, and their set does nothing else meanwhile. */
static void
test_prepared (void)
{
  static const char busy[] = "the devices are prepared for a state, which is to be committed or "
                             "aborted first";
  g_auto (Room) source, destination;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) saving = NULL, loading = NULL;

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  bytes = save (&source);
  prepare (&destination, bytes);
  assert_levels (&destination, 1, 2);
  g_assert_null (migdesc_device_set_save (destination.set, NULL, &saving));
  g_assert_error (saving, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (saving->message, ==, busy);
  g_assert_false (migdesc_device_set_load (destination.set, bytes, &loading));
  g_assert_error (loading, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (loading->message, ==, busy);
  migdesc_device_set_abort_load (destination.set);
  g_assert_false (migdesc_device_set_is_prepared (destination.set));
  assert_levels (&destination, 1, 2);
  prepare (&destination, bytes);
  migdesc_device_set_commit_load (destination.set);
  g_assert_false (migdesc_device_set_is_prepared (destination.set));
  assert_levels (&destination, 10, 20);
  migdesc_device_set_abort_load (destination.set);
  g_assert_cmpstr (destination.log->str, ==,
                   "one:prepare two:prepare two:abort one:abort "
                   "one:prepare two:prepare one:commit two:commit ");
}

/* A set that is given up gives back what its devices got. */
static void
test_given_up (void)
{
  g_auto (Room) source, destination;
  g_autoptr (GBytes) bytes = NULL;

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  bytes = save (&source);
  prepare (&destination, bytes);
  g_clear_object (&destination.set);
  destination.set = migdesc_device_set_new ();
  assert_levels (&destination, 1, 2);
  g_assert_cmpstr (destination.log->str, ==, "one:prepare two:prepare two:abort one:abort ");
}

/* Every stream that is cut short or changed leaves all devices as they are. */
static void
test_damaged (void)
{
  g_auto (Room) source;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const guint8 *data;

  room_init (&source, 10, 20);
  bytes = save (&source);
  data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < 2 * size; i++)
    {
      g_auto (Room) destination;
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (GError) error = NULL;

      if (i >= size)
        copy[i - size] ^= 4;
      damaged = g_bytes_new (copy, i < size ? i : size);
      room_init (&destination, 1, 2);
      g_assert_false (migdesc_device_set_load (destination.set, damaged, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (destination.log->str, ==, "");
      assert_levels (&destination, 1, 2);
    }
}

static void
assert_load_fails (MigdescDeviceSet *set, GBytes *bytes, MigdescError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_device_set_load (set, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_other_devices (void)
{
  g_auto (Room) source;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStateType) type = lamp_type ();
  g_autoptr (MigdescDeviceSet) fewer = migdesc_device_set_new ();
  g_autoptr (MigdescDeviceSet) others = migdesc_device_set_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Lamp one = { "one", { 1 }, FALSE, log }, three = { "three", { 3 }, FALSE, log };

  room_init (&source, 10, 20);
  bytes = save (&source);
  add_lamp (fewer, type, &one);
  assert_load_fails (fewer, bytes, MIGDESC_ERROR_STATE_UNKNOWN,
                     "two: the stream has this device, and it is not expected");
  add_lamp (others, type, &one);
  add_lamp (others, type, &three);
  assert_load_fails (others, bytes, MIGDESC_ERROR_STATE_UNKNOWN,
                     "two: the stream has this device, and it is not expected");
  g_assert_cmpstr (log->str, ==, "");
}

static void
test_add (void)
{
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();
  g_autoptr (MigdescStateType) type = lamp_type ();
  g_autoptr (GError) error = NULL;
  Lamp one = { .name = "one" };

  add_lamp (set, type, &one);
  g_assert_cmpuint (migdesc_device_set_get_n_devices (set), ==, 1);
  g_assert_false (migdesc_device_set_add (set, "one", NULL, type, &lamp_funcs, &one, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "the set has a device \"one\" already");
  g_clear_error (&error);
  g_assert_false (migdesc_device_set_add (set, "", NULL, type, &lamp_funcs, &one, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "a device needs an id");
  g_assert_cmpuint (migdesc_device_set_get_n_devices (set), ==, 1);
}

static void
assert_version_fails (MigdescDeviceSet *set, const char *id, guint version, MigdescError code,
                      const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_device_set_set_state_version (set, id, version, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_state_version (void)
{
  g_auto (Room) room;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  room_init (&room, 10, 20);
  assert_version_fails (room.set, "three", 1, MIGDESC_ERROR_STATE_UNKNOWN,
                        "the set has no device \"three\"");
  assert_version_fails (room.set, "one", 3, MIGDESC_ERROR_STATE_TOO_NEW,
                        "one: state version 3 of lamp_state, the newest known is 2");
  assert_version_fails (room.set, "one", 0, MIGDESC_ERROR_STATE_TOO_OLD,
                        "one: state version 0 of lamp_state, the oldest known is 1");
  g_assert_true (migdesc_device_set_set_state_version (room.set, "one", 1, &error));
  bytes = save (&room);
  reader = migdesc_device_set_begin_load (room.set, NULL, &error);
  g_assert_true (migdesc_stream_reader_read_bytes (reader, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (migdesc_stream_reader_get_state_version (reader, "one"), ==, 1);
  g_assert_cmpuint (migdesc_stream_reader_get_state_version (reader, "two"), ==, 2);
  g_assert_true (migdesc_device_set_finish_load (room.set, reader, &error));
  g_assert_no_error (error);
}

/* Devices made as the manifest says. */
typedef struct
{
  Room *room;
  const char *unknown;
} Maker;

static gboolean
make_lamp (MigdescDeviceSet *set, const char *id, MigdescParamList *params, gpointer user_data,
           GError **error)
{
  Maker *maker = user_data;
  g_autoptr (MigdescStateType) type = lamp_type ();
  Lamp *lamp = strcmp (id, "one") == 0 ? &maker->room->one : &maker->room->two;

  if (g_strcmp0 (id, maker->unknown) == 0)
    return FALSE;
  g_assert_cmpstr (migdesc_param_list_get_model (params), ==, "example.org/lamp");
  return migdesc_device_set_add (set, id, params, type, &lamp_funcs, lamp, error);
}

static void
test_import (void)
{
  g_auto (Room) source, destination;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescDeviceSet) made = migdesc_device_set_new ();
  g_autoptr (MigdescDeviceSet) other = migdesc_device_set_new ();
  g_autoptr (GError) error = NULL;
  Maker maker = { &destination, NULL };

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  bytes = migdesc_device_set_export (source.set, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_device_set_import (made, bytes, make_lamp, &maker, &error));
  g_assert_no_error (error);
  assert_levels (&destination, 10, 20);
  g_assert_cmpuint (migdesc_device_set_get_n_devices (made), ==, 2);

  maker.unknown = "two";
  destination.one.state.level = 5;
  g_assert_false (migdesc_device_set_import (other, bytes, make_lamp, &maker, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "two: cannot be created: the reason was not said");
  assert_levels (&destination, 5, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  g_test_add_func ("/state/device-set/load", test_load);
  g_test_add_func ("/state/device-set/no-capture", test_no_capture);
  g_test_add_func ("/state/device-set/refused", test_refused);
  g_test_add_func ("/state/device-set/prepared", test_prepared);
  g_test_add_func ("/state/device-set/given-up", test_given_up);
  g_test_add_func ("/state/device-set/damaged", test_damaged);
  g_test_add_func ("/state/device-set/other-devices", test_other_devices);
  g_test_add_func ("/state/device-set/add", test_add);
  g_test_add_func ("/state/device-set/state-version", test_state_version);
  g_test_add_func ("/state/device-set/import", test_import);
  return g_test_run ();
}
