/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>
#include <string.h>

/* Devices of a set that are saved and loaded by functions of trees, beside those of structs. */

typedef struct
{
  guint16 level;
} FanState;

static const MigdescField fan_fields[] = {
  MIGDESC_U16 (FanState, level, 0, 100),
};
MIGDESC_STRUCT (fan_state, FanState, 1, 1, fan_fields, NULL);

#define SCHEMA                                                                                  \
  "{\"state-schema\":1,\"name\":\"lamp\",\"version\":2,\"minimum\":1,\"fields\":["              \
  "{\"name\":\"level\",\"type\":\"u16\",\"min\":0,\"max\":100},"                                \
  "{\"name\":\"mood\",\"type\":\"u8\",\"min\":0,\"max\":3,\"since\":2,\"default\":1}]}"

typedef enum
{
  FINE,
  REFUSES,
  REFUSES_SILENTLY,
  SAYS_AN_ERROR, /* and that it is done */
  GIVES_A_PART,
  GIVES_ANOTHER
} Manner;

typedef struct
{
  const char *id;
  guint level;
  guint mood;
  Manner capturing;
  Manner preparing;
  MigdescStateType *type;
  GString *log; /* of all */
  guint freed;
  MigdescDeviceSet *meddles_with; /* nullable */
} Lamp;

static gboolean
behave (Manner manner, const char *message, GError **error)
{
  if (manner == REFUSES || manner == SAYS_AN_ERROR)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, message);
  return manner != REFUSES && manner != REFUSES_SILENTLY;
}

/* Of another type, in the same version. */
static MigdescState *
capture_another (void)
{
  g_autoptr (MigdescStateType) other = migdesc_state_type_new_from_json (
      "{\"state-schema\":1,\"name\":\"lamp\",\"version\":2,\"minimum\":2,\"fields\":["
      "{\"name\":\"level\",\"type\":\"u16\",\"min\":0,\"max\":200}]}",
      -1, NULL, NULL);

  return migdesc_state_new_from_json (other, "{\"level\":150}", -1, NULL, NULL);
}

static void
assert_refused (GError **error, const char *what)
{
  g_autofree char *message
      = g_strdup_printf ("a function of a device cannot %s the set that it is in", what);

  g_assert_error (*error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr ((*error)->message, ==, message);
  g_clear_error (error);
}

static MigdescState *lamp_capture (const char *id, gpointer data, GError **error);
static gboolean lamp_load (const char *id, MigdescLoadStep step, MigdescState *state, gpointer data,
                           GError **error);

/* What would free the states that are being loaded or saved. */
static void
meddle (Lamp *lamp)
{
  MigdescDeviceSet *set = lamp->meddles_with;
  GError *error = NULL;

  if (set == NULL)
    return;
  g_assert_null (migdesc_device_set_save (set, NULL, &error));
  assert_refused (&error, "save or load");
  g_assert_null (migdesc_device_set_begin_load (set, NULL, &error));
  assert_refused (&error, "save or load");
  g_assert_false (migdesc_device_set_add_functions (set, "more", NULL, lamp->type, lamp_capture,
                                                    NULL, NULL, lamp_load, NULL, NULL, &error));
  assert_refused (&error, "add to");
  migdesc_device_set_abort_load (set);
}

static MigdescState *
lamp_capture (const char *id, gpointer data, GError **error)
{
  Lamp *lamp = data;
  g_autofree char *text
      = g_strdup_printf ("{\"level\":%u,\"mood\":%u}", lamp->level, lamp->mood);
  g_autoptr (MigdescStateType) schema = NULL;
  g_autoptr (MigdescState) whole = NULL;

  g_assert_cmpstr (id, ==, lamp->id);
  g_string_append_printf (lamp->log, "%s:capture ", id);
  meddle (lamp);
  if (lamp->capturing == GIVES_ANOTHER)
    return capture_another ();
  if (!behave (lamp->capturing, "the lamp is hot", error))
    return NULL;
  schema = migdesc_state_type_new_effective (lamp->type, 2, NULL, NULL);
  whole = migdesc_state_new_from_json (schema, text, -1, NULL,
                                       lamp->capturing == SAYS_AN_ERROR ? NULL : error);
  return lamp->capturing == GIVES_A_PART ? migdesc_state_lookup (whole, "level", error)
                                         : g_steal_pointer (&whole);
}

/* All that a lamp does with a state. What it says to the last two steps is not asked for. */
static gboolean
lamp_load (const char *id, MigdescLoadStep step, MigdescState *state, gpointer data, GError **error)
{
  static const char *const steps[] = { "prepare", "commit", "abort" };
  Lamp *lamp = data;
  g_autoptr (GVariant) variant = migdesc_state_to_variant (state);
  guint16 level = 0;
  guchar mood = 0;

  g_assert_true (g_variant_lookup (variant, "level", "q", &level));
  g_assert_true (g_variant_lookup (variant, "mood", "y", &mood));
  g_string_append_printf (lamp->log, "%s:%s(%u,%u) ", id, steps[step], level, mood);
  meddle (lamp);
  if (step == MIGDESC_LOAD_PREPARE)
    return behave (lamp->preparing, "the bulb is broken", error);
  if (step == MIGDESC_LOAD_COMMIT)
    {
      lamp->level = level;
      lamp->mood = mood;
    }
  return behave (REFUSES, "too late", error);
}

static void
lamp_free (gpointer data)
{
  ((Lamp *) data)->freed++;
}

typedef struct
{
  FanState state;
  GString *log;
} Fan;

static void
fan_capture (gpointer device, gpointer state)
{
  memcpy (state, &((Fan *) device)->state, sizeof (FanState));
}

static gboolean
fan_prepare (gpointer device, gpointer state G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  g_string_append (((Fan *) device)->log, "fan:prepare ");
  return TRUE;
}

static void
fan_commit (gpointer device, gpointer state)
{
  g_string_append (((Fan *) device)->log, "fan:commit ");
  memcpy (&((Fan *) device)->state, state, sizeof (FanState));
}

static void
fan_abort (gpointer device, gpointer state G_GNUC_UNUSED)
{
  g_string_append (((Fan *) device)->log, "fan:abort ");
}

static const MigdescDeviceFuncs fan_funcs
    = { .capture = fan_capture, .prepare = fan_prepare, .commit = fan_commit, .abort = fan_abort };

/* A lamp, a fan, two lamps. */
typedef struct
{
  GString *log;
  MigdescStateType *type;
  Lamp lamps[3];
  Fan fan;
  MigdescDeviceSet *set;
} Room;

static void
add_lamp (Room *room, guint i)
{
  static const char *const ids[] = { "one", "two", "three" };
  g_autoptr (MigdescParamList) params
      = migdesc_param_list_new_from_string ("example.org/lamp?colour=red", NULL);
  g_autoptr (GError) error = NULL;

  room->lamps[i]
      = (Lamp) { .id = ids[i], .level = 10 * i, .mood = 2, .type = room->type, .log = room->log };
  g_assert_true (migdesc_device_set_add_functions (room->set, ids[i], params, room->type,
                                                   lamp_capture, &room->lamps[i], lamp_free,
                                                   lamp_load, &room->lamps[i], lamp_free, &error));
  g_assert_no_error (error);
}

static void
room_init (Room *room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) fan_type = migdesc_state_type_new (&fan_state, &error);

  room->log = g_string_new (NULL);
  room->type = migdesc_state_type_new_from_json (SCHEMA, -1, NULL, &error);
  room->set = migdesc_device_set_new ();
  room->fan = (Fan) { { 50 }, room->log };
  add_lamp (room, 0);
  migdesc_device_set_add (room->set, "fan", NULL, fan_type, &fan_funcs, &room->fan, &error);
  g_assert_no_error (error);
  add_lamp (room, 1);
  add_lamp (room, 2);
}

static void
room_clear (Room *room)
{
  g_object_unref (room->set);
  for (gsize i = 0; i < G_N_ELEMENTS (room->lamps); i++)
    g_assert_cmpuint (room->lamps[i].freed, ==, 2);
  g_object_unref (room->type);
  g_string_free (room->log, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Room, room_clear)

static void
set_all (Room *room, guint level)
{
  for (guint i = 0; i < G_N_ELEMENTS (room->lamps); i++)
    room->lamps[i].level = level;
  room->fan.state.level = (guint16) level;
}

static void
assert_all (const Room *room, guint level)
{
  for (guint i = 0; i < G_N_ELEMENTS (room->lamps); i++)
    g_assert_cmpuint (room->lamps[i].level, ==, level);
  g_assert_cmpuint (room->fan.state.level, ==, level);
}

static GBytes *
save (Room *room)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = migdesc_device_set_save (room->set, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
assert_load_fails (Room *room, GBytes *bytes, const char *message, const char *log)
{
  g_autoptr (GError) error = NULL;

  set_all (room, 99);
  g_string_truncate (room->log, 0);
  g_assert_false (migdesc_device_set_load (room->set, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpstr (room->log->str, ==, log);
  assert_all (room, 99);
}

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
  g_test_add_func ("/state/device-set-trees/save-while-prepared", test_save_while_prepared);
  g_test_add_func ("/state/device-set-trees/meddling", test_meddling);
  g_test_add_func ("/state/device-set-trees/damaged", test_damaged);
  g_test_add_func ("/state/device-set-trees/not-captured", test_not_captured);
  g_test_add_func ("/state/device-set-trees/captured-another", test_captured_another);
  g_test_add_func ("/state/device-set-trees/old-version", test_old_version);
  return g_test_run ();
}
