/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>
#include <string.h>

/* Two devices in a set, and what is done with them. */

typedef struct
{
  guint16 level;
  guint8 *data;
  guint32 length;
} LampState;

static const MigdescField lamp_fields[] = {
  MIGDESC_U16 (LampState, level, 0, 100),
  MIGDESC_VBYTES (LampState, data, length, 8 * 1024 * 1024),
};
MIGDESC_STRUCT (lamp_state, LampState, 2, 1, lamp_fields, NULL);

/* A device, and what was done with it. */
typedef struct
{
  const char *name;
  LampState state;
  gboolean refuses;
  GString *log; /* of all */
  void (*during_capture) (gpointer user_data); /* nullable */
  void (*during_prepare) (gpointer user_data); /* nullable */
  gpointer during_data;
} Lamp;

static G_GNUC_UNUSED void
note (Lamp *lamp, const char *what)
{
  g_string_append_printf (lamp->log, "%s:%s ", lamp->name, what);
}

static G_GNUC_UNUSED void
lamp_capture (gpointer device, gpointer state)
{
  Lamp *lamp = device;
  LampState *captured = state;

  note (lamp, "capture");
  if (lamp->during_capture != NULL)
    lamp->during_capture (lamp->during_data);
  captured->level = lamp->state.level;
  captured->data = g_memdup2 (lamp->state.data, lamp->state.length);
  captured->length = lamp->state.length;
}

static G_GNUC_UNUSED gboolean
lamp_prepare (gpointer device, gpointer state G_GNUC_UNUSED, GError **error)
{
  Lamp *lamp = device;

  note (lamp, "prepare");
  if (lamp->during_prepare != NULL)
    lamp->during_prepare (lamp->during_data);
  if (!lamp->refuses)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the bulb is broken");
  return FALSE;
}

/* Takes over the buffer. */
static G_GNUC_UNUSED void
lamp_commit (gpointer device, gpointer state)
{
  Lamp *lamp = device;
  LampState *loaded = state;

  note (lamp, "commit");
  g_free (lamp->state.data);
  lamp->state = *loaded;
  loaded->data = NULL;
  loaded->length = 0;
}

static G_GNUC_UNUSED void
lamp_abort (gpointer device, gpointer state G_GNUC_UNUSED)
{
  note (device, "abort");
}

static const MigdescDeviceFuncs lamp_funcs = {
  .capture = lamp_capture,
  .prepare = lamp_prepare,
  .commit = lamp_commit,
  .abort = lamp_abort,
};

static G_GNUC_UNUSED MigdescStateType *
lamp_type (void)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new (&lamp_state, &error);

  g_assert_no_error (error);
  return type;
}

typedef struct
{
  GString *log;
  Lamp one;
  Lamp two;
  MigdescDeviceSet *set;
} Room;

static G_GNUC_UNUSED void
add_lamp (MigdescDeviceSet *set, MigdescStateType *type, Lamp *lamp)
{
  g_autoptr (MigdescParamList) params
      = migdesc_param_list_new_from_string ("example.org/lamp?colour=red", NULL);
  g_autoptr (GError) error = NULL;

  migdesc_device_set_add (set, lamp->name, params, type, &lamp_funcs, lamp, &error);
  g_assert_no_error (error);
}

static G_GNUC_UNUSED void
room_init (Room *room, guint16 first, guint16 second)
{
  g_autoptr (MigdescStateType) type = lamp_type ();

  room->log = g_string_new (NULL);
  room->one = (Lamp) { "one", { first, g_memdup2 ("ab", 2), 2 }, FALSE, room->log };
  room->two = (Lamp) { "two", { second, NULL, 0 }, FALSE, room->log };
  room->set = migdesc_device_set_new ();
  add_lamp (room->set, type, &room->one);
  add_lamp (room->set, type, &room->two);
}

static G_GNUC_UNUSED void
room_clear (Room *room)
{
  g_object_unref (room->set);
  g_free (room->one.state.data);
  g_free (room->two.state.data);
  g_string_free (room->log, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Room, room_clear)

static G_GNUC_UNUSED GBytes *
save (Room *room)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = migdesc_device_set_save (room->set, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static G_GNUC_UNUSED void
assert_levels (const Room *room, guint16 first, guint16 second)
{
  g_assert_cmpuint (room->one.state.level, ==, first);
  g_assert_cmpuint (room->two.state.level, ==, second);
}
