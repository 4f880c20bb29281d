/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-lamps.h"

#include "host/dbus-vmstate-private.h"

/* A bus of the test's own, and somebody on it who calls as QEMU does. */

typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *caller;
} Bus;

static G_GNUC_UNUSED GDBusConnection *
bus_connect (Bus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus->daemon),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static G_GNUC_UNUSED void
bus_init (Bus *bus)
{
  bus->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus->daemon);
  bus->caller = bus_connect (bus);
}

static G_GNUC_UNUSED void
bus_clear (Bus *bus)
{
  g_clear_object (&bus->caller);
  if (g_test_dbus_get_bus_address (bus->daemon) != NULL)
    g_test_dbus_stop (bus->daemon);
  g_object_unref (bus->daemon);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bus, bus_clear)

/* What an object says, into the log of the lamps. */
static void
say_saving (MigdescDBusVMState *vmstate, gpointer user_data)
{
  g_string_append (user_data, "saving ");
}

static void
say_saved (MigdescDBusVMState *vmstate, guint64 size, gpointer user_data)
{
  g_string_append (user_data, "saved ");
}

static void
say_failed (MigdescDBusVMState *vmstate, const GError *error, gpointer user_data)
{
  g_string_append_printf (user_data, "failed[%s: %s] ",
                          migdesc_error_get_nick ((MigdescError) error->code), error->message);
}

static void
say_prepared (MigdescDBusVMState *vmstate, GParamSpec *pspec, gpointer user_data)
{
  gboolean prepared;

  g_object_get (vmstate, "prepared", &prepared, NULL);
  g_string_append (user_data, prepared ? "prepared " : "unprepared ");
}

static G_GNUC_UNUSED MigdescDBusVMState *
room_vmstate (Room *room, const char *id, guint n_parts)
{
  g_autoptr (GError) error = NULL;
  MigdescDBusVMState *vmstate = migdesc_dbus_vmstate_new (room->set, id, n_parts, &error);

  g_assert_no_error (error);
  g_signal_connect (vmstate, "saving", G_CALLBACK (say_saving), room->log);
  g_signal_connect (vmstate, "saved", G_CALLBACK (say_saved), room->log);
  g_signal_connect (vmstate, "failed", G_CALLBACK (say_failed), room->log);
  g_signal_connect (vmstate, "notify::prepared", G_CALLBACK (say_prepared), room->log);
  return vmstate;
}

static G_GNUC_UNUSED void
bus_export (Bus *bus, MigdescDBusVMState *vmstate)
{
  g_autoptr (GError) error = NULL;

  migdesc_dbus_vmstate_export_address (vmstate, g_test_dbus_get_bus_address (bus->daemon), NULL,
                                       &error);
  g_assert_no_error (error);
}

/* An answer that the main context brings. */
static void
got_answer (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static G_GNUC_UNUSED GVariant *
call_on (GDBusConnection *connection, const char *owner, const char *interface, const char *method,
         GVariant *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_dbus_connection_call (connection, owner, "/org/qemu/VMState1", interface, method, arguments,
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, 20000, NULL, got_answer, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_dbus_connection_call_finish (connection, result, error);
}

static G_GNUC_UNUSED const char *
bus_owner (MigdescDBusVMState *vmstate, guint part)
{
  return g_dbus_connection_get_unique_name (vmstate->exports[part].connection);
}

/* NULL with an error, or the chunk. */
static G_GNUC_UNUSED GBytes *
bus_save (Bus *bus, MigdescDBusVMState *vmstate, guint part, GError **error)
{
  g_autoptr (GVariant) reply = call_on (bus->caller, bus_owner (vmstate, part),
                                        "org.qemu.VMState1", "Save", NULL, error);
  g_autoptr (GVariant) data = NULL;

  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(@ay)", &data);
  return g_variant_get_data_as_bytes (data);
}

static G_GNUC_UNUSED gboolean
bus_load (Bus *bus, MigdescDBusVMState *vmstate, guint part, GBytes *chunk, GError **error)
{
  g_autoptr (GVariant) reply = call_on (
      bus->caller, bus_owner (vmstate, part), "org.qemu.VMState1", "Load",
      g_variant_new ("(@ay)", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, chunk, TRUE)),
      error);

  return reply != NULL;
}

/* What the caller is told: the name of the error and its message. */
static G_GNUC_UNUSED void
assert_remote_error (GError *error, const char *name, const char *message)
{
  g_autofree char *remote = NULL;

  g_assert_nonnull (error);
  remote = g_dbus_error_get_remote_error (error);
  g_dbus_error_strip_remote_error (error);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpstr (remote, ==, name);
}
