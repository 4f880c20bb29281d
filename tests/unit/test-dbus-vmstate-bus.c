/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "vmstate-bus.h"

#include <sys/socket.h>
#include <unistd.h>

/* org.qemu.VMState1: Ids, buses, peers, and who may call. */

static void
assert_new_fails (const char *id, guint n_parts, const char *message)
{
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_dbus_vmstate_new (set, id, n_parts, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_ids (void)
{
  g_auto (Room) room;
  g_autofree char *most = g_strnfill (255, 'x');
  g_autofree char *more = g_strnfill (256, 'x');
  g_autoptr (MigdescDBusVMState) vmstate = NULL;

  room_init (&room, 10, 20);
  vmstate = room_vmstate (&room, most, 1);
  g_assert_cmpstr (migdesc_dbus_vmstate_get_id (vmstate), ==, most);
  g_assert_cmpuint (migdesc_dbus_vmstate_get_n_parts (vmstate), ==, 1);
  assert_new_fails ("", 1, "an Id is empty");
  assert_new_fails (more, 1, "an Id of 256 bytes, and QEMU takes up to 255");
  assert_new_fails (most, 10, "an Id of 258 bytes, and QEMU takes up to 255");
  assert_new_fails ("a,b", 1,
                    "the Id \"a,b\" has a comma, which separates Ids, or is not UTF-8");
  assert_new_fails ("a\xff", 1,
                    "the Id \"a\\xff\" has a comma, which separates Ids, or is not UTF-8");
  assert_new_fails ("a", 0, "0 parts; there can be 1 to 128");
  assert_new_fails ("a", 129, "129 parts; there can be 1 to 128");
}

static void
assert_id (Bus *bus, MigdescDBusVMState *vmstate, guint part, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call_on (
      bus->caller, bus_owner (vmstate, part), "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", "org.qemu.VMState1", "Id"), &error);
  g_autoptr (GVariant) value = NULL;

  g_assert_no_error (error);
  g_variant_get (reply, "(v)", &value);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, id);
}

static guint
count_owners (Bus *bus)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus->caller, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "ListQueuedOwners", g_variant_new ("(s)", "org.qemu.VMState1"), G_VARIANT_TYPE ("(as)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_autoptr (GVariant) owners = reply == NULL ? NULL : g_variant_get_child_value (reply, 0);

  return owners == NULL ? 0 : (guint) g_variant_n_children (owners);
}

static void
assert_export_fails (Bus *bus, MigdescDBusVMState *vmstate, MigdescError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_dbus_vmstate_export_address (
      vmstate, g_test_dbus_get_bus_address (bus->daemon), NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_duplicates (void)
{
  g_auto (Bus) bus;
  g_auto (Room) one, two;
  g_autoptr (MigdescDBusVMState) first = NULL, second = NULL;

  bus_init (&bus);
  room_init (&one, 10, 20);
  room_init (&two, 1, 2);
  first = room_vmstate (&one, "nic0", 2);
  second = room_vmstate (&two, "nic0.2", 1);
  bus_export (&bus, first);
  g_assert_cmpuint (count_owners (&bus), ==, 2);
  assert_id (&bus, first, 0, "nic0");
  assert_id (&bus, first, 1, "nic0.2");
  assert_export_fails (&bus, second, MIGDESC_ERROR_NOT_UNIQUE,
                       "nic0.2: another helper on the bus has this Id, and QEMU would abort");
  g_assert_cmpuint (count_owners (&bus), ==, 2);
  assert_export_fails (&bus, first, MIGDESC_ERROR_INVALID_ARGUMENT, "nic0: exported already");
}

/* Of the next owner of the names the bus knows once it has the release before. */
static void
test_unexport (void)
{
  g_auto (Bus) bus;
  g_auto (Room) room;
  g_autoptr (MigdescDBusVMState) vmstate = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  bus_init (&bus);
  room_init (&room, 10, 20);
  connection = bus_connect (&bus);
  vmstate = room_vmstate (&room, "nic0", 1);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (migdesc_dbus_vmstate_export (vmstate, 0, connection, &error));
      g_assert_no_error (error);
      assert_id (&bus, vmstate, 0, "nic0");
      migdesc_dbus_vmstate_unexport (vmstate);
      g_assert_false (g_dbus_connection_is_closed (connection));
    }
  g_dbus_connection_close_sync (connection, NULL, NULL);
  bus_export (&bus, vmstate);
  g_assert_cmpuint (count_owners (&bus), ==, 1);
}

/* A helper of another make, with or without an Id. */
static GVariant *
foreign_id (GDBusConnection *connection, const char *sender, const char *path,
            const char *interface, const char *property, GError **error, gpointer user_data)
{
  return g_variant_new_string (user_data);
}

static const GDBusInterfaceVTable foreign_vtable = { .get_property = foreign_id };

typedef struct
{
  Bus *bus;
  char *id; /* nullable */
  gint is_ready;
  gint ends;
} Foreign;

static gpointer
be_foreign (gpointer user_data)
{
  Foreign *foreign = user_data;
  GMainContext *context = g_main_context_new ();
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (
      "<node><interface name='org.qemu.VMState1'><property name='Id' type='s' access='read'/>"
      "</interface></node>", NULL);

  g_main_context_push_thread_default (context);
  connection = bus_connect (foreign->bus);
  if (foreign->id != NULL)
    g_dbus_connection_register_object (connection, "/org/qemu/VMState1", node->interfaces[0],
                                       &foreign_vtable, foreign->id, NULL, NULL);
  reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", "org.qemu.VMState1", 0), NULL, G_DBUS_CALL_FLAGS_NONE,
      -1, NULL, NULL);
  g_atomic_int_set (&foreign->is_ready, 1);
  while (!g_atomic_int_get (&foreign->ends))
    {
      g_main_context_iteration (context, FALSE);
      g_usleep (1000);
    }
  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
  return NULL;
}

static void
assert_beside_foreign (char *foreign_id_text, MigdescError code, const char *message)
{
  g_auto (Bus) bus;
  g_auto (Room) room;
  g_autoptr (MigdescDBusVMState) vmstate = NULL;
  Foreign foreign = { &bus, foreign_id_text, 0, 0 };
  GThread *thread;

  bus_init (&bus);
  room_init (&room, 10, 20);
  vmstate = room_vmstate (&room, "nic0", 1);
  thread = g_thread_new ("foreign", be_foreign, &foreign);
  while (!g_atomic_int_get (&foreign.is_ready))
    g_usleep (1000);
  if (message == NULL)
    bus_export (&bus, vmstate);
  else
    assert_export_fails (&bus, vmstate, code, message);
  g_assert_cmpuint (count_owners (&bus), ==, message == NULL ? 2 : 1);
  g_atomic_int_set (&foreign.ends, 1);
  g_thread_join (thread);
}

static void
test_foreign (void)
{
  char same[] = "nic0", other[] = "nic9";

  assert_beside_foreign (other, 0, NULL);
  assert_beside_foreign (same, MIGDESC_ERROR_NOT_UNIQUE,
                         "nic0: another helper on the bus has this Id, and QEMU would abort");
  assert_beside_foreign (NULL, MIGDESC_ERROR_CANNOT_WRITE,
                         "nic0: the helper :1.1 on the bus does not tell its Id: Object does not "
                         "exist at path “/org/qemu/VMState1”");
}

static void
test_connections (void)
{
  g_auto (Bus) bus;
  g_auto (Room) one, two;
  g_autoptr (MigdescDBusVMState) first = NULL, second = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  bus_init (&bus);
  room_init (&one, 10, 20);
  room_init (&two, 1, 2);
  first = room_vmstate (&one, "nic0", 1);
  second = room_vmstate (&two, "nic1", 1);
  connection = bus_connect (&bus);
  migdesc_dbus_vmstate_export (first, 0, connection, &error);
  g_assert_no_error (error);
  g_assert_false (migdesc_dbus_vmstate_export (second, 0, connection, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==,
                   "nic1: the connection has a org.qemu.VMState1 already; each Id needs one of its "
                   "own");
  g_clear_error (&error);
  g_assert_false (migdesc_dbus_vmstate_export (second, 1, connection, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "nic1: there is no part 1, counted from 0; there are 1");
  g_clear_error (&error);
  g_assert_false (migdesc_dbus_vmstate_export_address (second, "unix:path=/nowhere/at/all", NULL,
                                                       &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
  g_assert_cmpstr (error->message, ==,
                   "nic1: cannot connect to the bus: Could not connect: No such file or directory");
}

static void
test_wrong_user (void)
{
  g_auto (Bus) bus;
  g_auto (Room) room;
  g_autoptr (MigdescDBusVMState) vmstate = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_bytes_new_static ("", 0), saved = NULL;
  g_autofree char *saving = g_strdup_printf ("nic0: Save: uid %u may not", (guint) geteuid ());
  g_autofree char *loading = g_strdup_printf ("nic0: Load: uid %u may not", (guint) geteuid ());
  g_autofree char *log = g_strdup_printf ("failed[refused: %s] failed[refused: %s] ", saving,
                                          loading);

  bus_init (&bus);
  room_init (&room, 10, 20);
  vmstate = room_vmstate (&room, "nic0", 1);
  bus_export (&bus, vmstate);
  migdesc_dbus_vmstate_set_allowed_uid (vmstate, (guint) geteuid () + 1);
  g_assert_null (bus_save (&bus, vmstate, 0, &error));
  assert_remote_error (error, "org.freedesktop.DBus.Error.AccessDenied", saving);
  g_clear_error (&error);
  g_assert_false (bus_load (&bus, vmstate, 0, chunk, &error));
  assert_remote_error (error, "org.freedesktop.DBus.Error.AccessDenied", loading);
  g_clear_error (&error);
  g_assert_cmpstr (room.log->str, ==, log);
  migdesc_dbus_vmstate_set_allowed_uid (vmstate, (guint) geteuid ());
  saved = bus_save (&bus, vmstate, 0, &error);
  g_assert_no_error (error);
}

static void
stop_bus (gpointer user_data)
{
  Bus *bus = user_data;

  g_test_dbus_stop (bus->daemon);
  /* It is told to end, and may still carry an answer until it does. */
  while (!g_dbus_connection_is_closed (bus->caller))
    g_usleep (1000);
}

/* While the devices are captured: they go on, and the program hears of it. */
static void
test_bus_gone (void)
{
  g_auto (Bus) bus, another;
  g_auto (Room) room;
  g_autoptr (MigdescDBusVMState) vmstate = NULL;
  g_autoptr (GError) error = NULL;

  bus_init (&bus);
  room_init (&room, 10, 20);
  vmstate = room_vmstate (&room, "nic0", 1);
  bus_export (&bus, vmstate);
  room.one.during_capture = stop_bus;
  room.one.during_data = &bus;
  g_assert_null (bus_save (&bus, vmstate, 0, &error));
  g_assert_nonnull (error);
  while (strstr (room.log->str, "failed[") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (room.log->str, "saving one:capture two:capture saved failed["
                                                  "cannot-read: nic0: the connection was closed"));
  assert_levels (&room, 10, 20);
  g_assert_null (vmstate->exports[0].connection);
  bus_init (&another);
  room.one.during_capture = NULL;
  bus_export (&another, vmstate);
}

static gpointer
be_client (gpointer user_data)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (GPOINTER_TO_INT (user_data), NULL);
  g_autoptr (GSocketConnection) stream = g_socket_connection_factory_create_connection (socket);

  return g_dbus_connection_new_sync (G_IO_STREAM (stream), NULL,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL, NULL,
                                     NULL);
}

static void
test_peer (void)
{
  g_auto (Room) room;
  g_autoptr (MigdescDBusVMState) vmstate = NULL;
  g_autoptr (GDBusConnection) server = NULL, client = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketConnection) stream = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autofree char *denied = g_strdup_printf ("nic0: Save: uid %u may not", (guint) geteuid ());
  GThread *thread;
  int ends[2];

  room_init (&room, 10, 20);
  vmstate = room_vmstate (&room, "nic0", 1);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  thread = g_thread_new ("client", be_client, GINT_TO_POINTER (ends[1]));
  socket = g_socket_new_from_fd (ends[0], NULL);
  stream = g_socket_connection_factory_create_connection (socket);
  server = g_dbus_connection_new_sync (G_IO_STREAM (stream), guid,
                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER, NULL, NULL,
                                       &error);
  g_assert_no_error (error);
  client = g_thread_join (thread);
  g_assert_true (migdesc_dbus_vmstate_export (vmstate, 0, server, &error));
  reply = call_on (client, NULL, "org.qemu.VMState1", "Save", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (room.log->str, ==, "saving one:capture two:capture saved ");
  migdesc_dbus_vmstate_set_allowed_uid (vmstate, (guint) geteuid () + 1);
  g_assert_null (call_on (client, NULL, "org.qemu.VMState1", "Save", NULL, &error));
  assert_remote_error (error, "org.freedesktop.DBus.Error.AccessDenied", denied);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dbus/vmstate-bus/ids", test_ids);
  g_test_add_func ("/dbus/vmstate-bus/duplicates", test_duplicates);
  g_test_add_func ("/dbus/vmstate-bus/unexport", test_unexport);
  g_test_add_func ("/dbus/vmstate-bus/foreign", test_foreign);
  g_test_add_func ("/dbus/vmstate-bus/connections", test_connections);
  g_test_add_func ("/dbus/vmstate-bus/wrong-user", test_wrong_user);
  g_test_add_func ("/dbus/vmstate-bus/bus-gone", test_bus_gone);
  g_test_add_func ("/dbus/vmstate-bus/peer", test_peer);
  return g_test_run ();
}
