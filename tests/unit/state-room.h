/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <migdesc/migdesc.h>
#include <string.h>

/* A room: devices of a set that are saved and loaded by functions of trees, beside one of a
 * struct. */

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

static inline void
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
  g_clear_object (&room->set);
  for (gsize i = 0; i < G_N_ELEMENTS (room->lamps); i++)
    g_assert_cmpuint (room->lamps[i].freed, ==, 2);
  g_object_unref (room->type);
  g_string_free (room->log, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Room, room_clear)

static inline void
set_all (Room *room, guint level)
{
  for (guint i = 0; i < G_N_ELEMENTS (room->lamps); i++)
    room->lamps[i].level = level;
  room->fan.state.level = (guint16) level;
}

static inline void
assert_all (const Room *room, guint level)
{
  for (guint i = 0; i < G_N_ELEMENTS (room->lamps); i++)
    g_assert_cmpuint (room->lamps[i].level, ==, level);
  g_assert_cmpuint (room->fan.state.level, ==, level);
}

static inline GBytes *
save (Room *room)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = migdesc_device_set_save (room->set, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static inline void
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
