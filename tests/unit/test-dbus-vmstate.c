/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "vmstate-bus.h"

/* org.qemu.VMState1: what Save and Load do to devices, and what is said about it. */

#define E_PREFIX "org.libmigdesc.Error."

static GBytes *
must_save (Bus *bus, MigdescDBusVMState *vmstate, guint part)
{
  g_autoptr (GError) error = NULL;
  GBytes *chunk = bus_save (bus, vmstate, part, &error);

  g_assert_no_error (error);
  return chunk;
}

static void
must_load (Bus *bus, MigdescDBusVMState *vmstate, guint part, GBytes *chunk)
{
  g_autoptr (GError) error = NULL;

  bus_load (bus, vmstate, part, chunk, &error);
  g_assert_no_error (error);
}

static void
must_commit (MigdescDBusVMState *vmstate)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_dbus_vmstate_commit (vmstate, &error));
  g_assert_no_error (error);
}

static void
assert_commit_fails (MigdescDBusVMState *vmstate, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_dbus_vmstate_commit (vmstate, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_MISSING);
  g_assert_cmpstr (error->message, ==, message);
}

static void
assert_save_fails (Bus *bus, MigdescDBusVMState *vmstate, const char *name, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bus_save (bus, vmstate, 0, &error));
  assert_remote_error (error, name, message);
}

static void
assert_load_fails (Bus *bus, MigdescDBusVMState *vmstate, guint part, GBytes *chunk,
                   const char *name, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (bus_load (bus, vmstate, part, chunk, &error));
  assert_remote_error (error, name, message);
}

/* A chunk that the lamps of a room would give out. */
static GBytes *
chunk_of (Room *room)
{
  g_autoptr (GBytes) state = save (room);
  guint8 digest[MIGDESC_PART_DIGEST];

  migdesc_vmparts_digest (state, digest);
  return migdesc_vmparts_cut (state, digest, 0, 1);
}

typedef struct
{
  Bus bus;
  Room source;
  Room destination;
  MigdescDBusVMState *from;
  MigdescDBusVMState *to;
} Pair;

static void
pair_init (Pair *pair, guint n_parts)
{
  bus_init (&pair->bus);
  room_init (&pair->source, 10, 20);
  room_init (&pair->destination, 1, 2);
  pair->from = room_vmstate (&pair->source, "nic0", n_parts);
  pair->to = room_vmstate (&pair->destination, "nic1", n_parts);
  bus_export (&pair->bus, pair->from);
  bus_export (&pair->bus, pair->to);
}

static void
pair_clear (Pair *pair)
{
  g_object_unref (pair->from);
  g_object_unref (pair->to);
  room_clear (&pair->source);
  room_clear (&pair->destination);
  bus_clear (&pair->bus);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static void
test_round_trip (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) chunk = NULL;

  pair_init (&pair, 1);
  chunk = must_save (&pair.bus, pair.from, 0);
  g_assert_cmpstr (pair.source.log->str, ==, "saving one:capture two:capture saved ");
  assert_levels (&pair.source, 10, 20);
  must_load (&pair.bus, pair.to, 0, chunk);
  g_assert_cmpstr (pair.destination.log->str, ==, "one:prepare two:prepare prepared ");
  g_assert_true (migdesc_dbus_vmstate_is_prepared (pair.to));
  assert_levels (&pair.destination, 1, 2);
  must_commit (pair.to);
  assert_levels (&pair.destination, 10, 20);
  g_assert_cmpmem (pair.destination.one.state.data, pair.destination.one.state.length, "ab", 2);
  g_assert_cmpstr (pair.destination.log->str, ==,
                   "one:prepare two:prepare prepared one:commit two:commit unprepared ");
  assert_commit_fails (pair.to, "nic1: no state has been loaded");
}

/* As loadvm does it to a device that runs. */
static void
test_load_twice (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) first = NULL, second = NULL;

  pair_init (&pair, 1);
  first = must_save (&pair.bus, pair.from, 0);
  pair.source.two.state.level = 77;
  second = must_save (&pair.bus, pair.from, 0);
  must_load (&pair.bus, pair.to, 0, first);
  must_load (&pair.bus, pair.to, 0, second);
  g_assert_cmpstr (pair.destination.log->str, ==,
                   "one:prepare two:prepare prepared two:abort one:abort unprepared "
                   "one:prepare two:prepare prepared ");
  must_commit (pair.to);
  assert_levels (&pair.destination, 10, 77);
}

static void
test_discard (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) chunk = NULL;

  pair_init (&pair, 1);
  migdesc_dbus_vmstate_discard (pair.to);
  chunk = must_save (&pair.bus, pair.from, 0);
  must_load (&pair.bus, pair.to, 0, chunk);
  assert_save_fails (&pair.bus, pair.to, E_PREFIX "Refused",
                     "the devices are prepared for a state, which is to be committed or aborted "
                     "first");
  g_string_truncate (pair.destination.log, 0);
  migdesc_dbus_vmstate_discard (pair.to);
  g_assert_cmpstr (pair.destination.log->str, ==, "two:abort one:abort unprepared ");
  assert_levels (&pair.destination, 1, 2);
  assert_commit_fails (pair.to, "nic1: no state has been loaded");
  must_load (&pair.bus, pair.to, 0, chunk);
  must_commit (pair.to);
  assert_levels (&pair.destination, 10, 20);
}

static void
test_refused (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) chunk = NULL;

  pair_init (&pair, 1);
  chunk = must_save (&pair.bus, pair.from, 0);
  pair.destination.two.refuses = TRUE;
  assert_load_fails (&pair.bus, pair.to, 0, chunk, E_PREFIX "Refused",
                     "nic1: two: refuses the state: the bulb is broken");
  g_assert_cmpstr (pair.destination.log->str, ==,
                   "one:prepare two:prepare one:abort "
                   "failed[refused: nic1: two: refuses the state: the bulb is broken] ");
  assert_levels (&pair.destination, 1, 2);
  g_assert_false (migdesc_dbus_vmstate_is_prepared (pair.to));
}

/* A garbage Load also ends what an earlier one prepared: QEMU takes the migration for failed. */
static void
test_garbage (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) garbage = g_bytes_new_static ("garbage", 7);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) chunk = NULL, changed = NULL;
  guint8 *copy;
  gsize size;

  pair_init (&pair, 1);
  assert_load_fails (&pair.bus, pair.to, 0, garbage, E_PREFIX "StateFormat",
                     "nic1: not a part of a state");
  assert_load_fails (&pair.bus, pair.to, 0, nothing, E_PREFIX "StateFormat",
                     "nic1: not a part of a state");
  g_assert_cmpstr (pair.destination.log->str, ==,
                   "failed[state-format: nic1: not a part of a state] "
                   "failed[state-format: nic1: not a part of a state] ");
  chunk = must_save (&pair.bus, pair.from, 0);
  size = g_bytes_get_size (chunk);
  copy = g_memdup2 (g_bytes_get_data (chunk, NULL), size);
  changed = g_bytes_new_take (copy, size);
  copy[size - 1] ^= 1;
  assert_load_fails (&pair.bus, pair.to, 0, changed, E_PREFIX "StateDamaged",
                     "nic1: the parts together are not the state that they name");
  must_load (&pair.bus, pair.to, 0, chunk);
  assert_load_fails (&pair.bus, pair.to, 0, garbage, E_PREFIX "StateFormat",
                     "nic1: not a part of a state");
  assert_commit_fails (pair.to, "nic1: no state has been loaded");
  assert_levels (&pair.destination, 1, 2);
}

/* A part that is whole, of a stream that is not one. */
static void
test_foreign_stream (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) stream = g_bytes_new_static ("no stream", 9);
  g_autoptr (GBytes) chunk = NULL;
  g_autoptr (GError) error = NULL;
  guint8 digest[MIGDESC_PART_DIGEST];

  pair_init (&pair, 1);
  migdesc_vmparts_digest (stream, digest);
  chunk = migdesc_vmparts_cut (stream, digest, 0, 1);
  g_assert_false (bus_load (&pair.bus, pair.to, 0, chunk, &error));
  g_assert_nonnull (strstr (error->message, E_PREFIX "StateFormat: nic1: "));
  g_assert_false (migdesc_dbus_vmstate_is_prepared (pair.to));
  assert_levels (&pair.destination, 1, 2);
}

static void
fill (Lamp *lamp, guint32 length)
{
  g_free (lamp->state.data);
  lamp->state.data = g_malloc (length);
  lamp->state.length = length;
  for (guint32 i = 0; i < length; i++)
    lamp->state.data[i] = (guint8) (i * 31 + i / 997);
}

static void
test_too_large (void)
{
  g_auto (Pair) pair;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  g_autofree char *log = NULL;
  guint64 size, n_parts;

  pair_init (&pair, 2);
  g_assert_true (migdesc_dbus_vmstate_measure (pair.from, &size, &n_parts, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_parts, ==, 1);
  fill (&pair.source.one, 3 * 1024 * 1024);
  g_assert_false (migdesc_dbus_vmstate_measure (pair.from, &size, &n_parts, &error));
  message = g_strdup_printf ("nic0: the state has %" G_GUINT64_FORMAT
                             " bytes, which needs 4 parts of up to 1048512; there are 2", size);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (n_parts, ==, 4);
  g_assert_cmpuint (size, >, 3145728);
  g_assert_cmpuint (size, <, 3146728);
  g_string_truncate (pair.source.log, 0);
  assert_save_fails (&pair.bus, pair.from, E_PREFIX "LimitExceeded", message);
  log = g_strdup_printf ("saving one:capture two:capture failed[limit-exceeded: %s] ", message);
  g_assert_cmpstr (pair.source.log->str, ==, log);
}

static void
test_parts (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) one = NULL, two = NULL, three = NULL;
  g_auto (GStrv) ids = NULL;

  pair_init (&pair, 3);
  fill (&pair.source.one, 2500000);
  ids = migdesc_dbus_vmstate_dup_ids (pair.from);
  g_assert_cmpuint (g_strv_length (ids), ==, 3);
  g_assert_cmpstr (ids[0], ==, "nic0");
  g_assert_cmpstr (ids[1], ==, "nic0.2");
  g_assert_cmpstr (ids[2], ==, "nic0.3");
  two = must_save (&pair.bus, pair.from, 1);
  three = must_save (&pair.bus, pair.from, 2);
  one = must_save (&pair.bus, pair.from, 0);
  g_assert_cmpuint (g_bytes_get_size (one), ==, 1048576);
  g_assert_cmpstr (pair.source.log->str, ==, "saving one:capture two:capture saved ");

  must_load (&pair.bus, pair.to, 2, three);
  assert_commit_fails (pair.to, "nic1: not loaded yet: parts 1, 2 of 3");
  must_load (&pair.bus, pair.to, 0, one);
  assert_commit_fails (pair.to, "nic1: not loaded yet: parts 2 of 3");
  must_load (&pair.bus, pair.to, 0, one);
  must_load (&pair.bus, pair.to, 1, two);
  /* The second coming of part 1 began a new attempt, which has no part 3. */
  assert_commit_fails (pair.to, "nic1: not loaded yet: parts 3 of 3");
  g_assert_cmpstr (pair.destination.log->str, ==, "");
  assert_load_fails (&pair.bus, pair.to, 0, two, E_PREFIX "StateFormat",
                     "nic1: part 2 of the state came as part 1");
  must_load (&pair.bus, pair.to, 1, two);
  must_load (&pair.bus, pair.to, 2, three);
  must_load (&pair.bus, pair.to, 0, one);
  must_commit (pair.to);
  g_assert_cmpmem (pair.destination.one.state.data, pair.destination.one.state.length,
                   pair.source.one.state.data, pair.source.one.state.length);
}

/* A migration of which only some parts were taken, and the next one after the device went on. */
static void
test_attempts (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) old = NULL, one = NULL, two = NULL, stale = NULL, fresh = NULL;

  pair_init (&pair, 2);
  fill (&pair.source.one, 1500000);
  old = must_save (&pair.bus, pair.from, 0);
  pair.source.two.state.level = 33;
  migdesc_dbus_vmstate_resumed (pair.from);
  two = must_save (&pair.bus, pair.from, 1);
  one = must_save (&pair.bus, pair.from, 0);
  must_load (&pair.bus, pair.to, 0, one);
  must_load (&pair.bus, pair.to, 1, two);
  must_commit (pair.to);
  assert_levels (&pair.destination, 10, 33);
  /* Without being told, the parts are of two states, and do not load. */
  stale = must_save (&pair.bus, pair.from, 0);
  g_clear_pointer (&stale, g_bytes_unref);
  pair.source.two.state.level = 44;
  stale = must_save (&pair.bus, pair.from, 1);
  fresh = must_save (&pair.bus, pair.from, 0);
  must_load (&pair.bus, pair.to, 0, fresh);
  assert_load_fails (&pair.bus, pair.to, 1, stale, E_PREFIX "StateDamaged",
                     "nic1.2: part 2 is of another state than the parts that came before");
  assert_levels (&pair.destination, 10, 33);
}

/* More Ids than the source has are no harm. */
static void
test_fewer_parts (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) chunk = NULL, many = NULL;
  g_autoptr (MigdescDBusVMState) small = NULL;

  pair_init (&pair, 3);
  chunk = chunk_of (&pair.source);
  must_load (&pair.bus, pair.to, 0, chunk);
  must_commit (pair.to);
  assert_levels (&pair.destination, 10, 20);
  many = must_save (&pair.bus, pair.from, 0);
  small = room_vmstate (&pair.destination, "small", 2);
  bus_export (&pair.bus, small);
  assert_load_fails (&pair.bus, small, 0, many, E_PREFIX "LimitExceeded",
                     "small: a part of a state in 3 parts, and there are 2 here");
}

static void
hang (gpointer user_data)
{
  gint64 end = g_get_monotonic_time () + 2000 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    g_usleep (10000);
}

/* QEMU is told in time, and what came of it after that is forgotten. */
static void
test_hangs (void)
{
  g_auto (Pair) pair;
  g_autoptr (GBytes) chunk = NULL;

  pair_init (&pair, 1);
  chunk = must_save (&pair.bus, pair.from, 0);
  g_string_truncate (pair.source.log, 0);
  migdesc_dbus_vmstate_set_deadline (pair.from, 1000);
  migdesc_dbus_vmstate_set_deadline (pair.to, 1000);
  pair.source.one.during_capture = hang;
  pair.destination.one.during_prepare = hang;
  assert_save_fails (&pair.bus, pair.from, "org.freedesktop.DBus.Error.TimedOut",
                     "nic0: Save took longer than 1000 ms");
  g_assert_cmpstr (pair.source.log->str, ==,
                   "saving one:capture two:capture "
                   "failed[program-timeout: nic0: took longer than 1000 ms, and "
                   "QEMU was told so] ");
  assert_load_fails (&pair.bus, pair.to, 0, chunk, "org.freedesktop.DBus.Error.TimedOut",
                     "nic1: Load took longer than 1000 ms");
  g_assert_cmpstr (pair.destination.log->str, ==,
                   "one:prepare two:prepare two:abort one:abort unprepared "
                   "failed[program-timeout: nic1: took longer than 1000 ms, and "
                   "QEMU was told so] ");
  assert_levels (&pair.destination, 1, 2);
  pair.destination.one.during_prepare = NULL;
  migdesc_dbus_vmstate_set_deadline (pair.to, 20000);
  must_load (&pair.bus, pair.to, 0, chunk);
  must_commit (pair.to);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dbus/vmstate/round-trip", test_round_trip);
  g_test_add_func ("/dbus/vmstate/load-twice", test_load_twice);
  g_test_add_func ("/dbus/vmstate/discard", test_discard);
  g_test_add_func ("/dbus/vmstate/refused", test_refused);
  g_test_add_func ("/dbus/vmstate/garbage", test_garbage);
  g_test_add_func ("/dbus/vmstate/foreign-stream", test_foreign_stream);
  g_test_add_func ("/dbus/vmstate/too-large", test_too_large);
  g_test_add_func ("/dbus/vmstate/parts", test_parts);
  g_test_add_func ("/dbus/vmstate/attempts", test_attempts);
  g_test_add_func ("/dbus/vmstate/fewer-parts", test_fewer_parts);
  g_test_add_func ("/dbus/vmstate/hangs", test_hangs);
  return g_test_run ();
}
