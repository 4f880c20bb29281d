/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "vmstate-bus.h"

#include <sys/socket.h>
#include <unistd.h>

/* A bus that answers as none should, or refuses to: exports fail with what it says, and leave
 * nothing behind. */

#define LOCK "org.libmigdesc.VMState1.Id_"
#define DBUS_ERROR "org.freedesktop.DBus.Error."

/* To a method, whose first argument begins so. */
typedef struct
{
  const char *method;
  const char *about;
  const char *error; /* nullable: the name behind DBUS_ERROR */
  const char *text;  /* of the error; or the reply, as a GVariant prints itself */
} Answer;

/* As a bus without anybody else; each test has others before these. */
static const Answer usual[] = {
  { "Hello", "", NULL, "(':1.7',)" },
  { "RequestName", "", NULL, "(uint32 1,)" },
  { "ReleaseName", "", NULL, "(uint32 1,)" },
  { "ListNames", "", NULL, "(@as [],)" },
  { "ListQueuedOwners", "", "NameHasNoOwner", "nobody" },
  { "GetConnectionUnixUser", "", NULL, "(uint32 0,)" },
};

#define ANSWERS_MAX 4

typedef struct
{
  GDBusConnection *bus;
  GDBusConnection *helper;
} FakeBus;

static gboolean
is_about (const Answer *answer,
          GDBusMessage *message)
{
  GVariant *body = g_dbus_message_get_body (message);
  g_autoptr (GVariant) first = NULL;

  if (g_strcmp0 (answer->method, g_dbus_message_get_member (message)) != 0)
    return FALSE;
  if (answer->about[0] == '\0')
    return TRUE;
  first = g_variant_get_child_value (body, 0);
  return g_str_has_prefix (g_variant_get_string (first, NULL), answer->about);
}

static const Answer *
find_answer (const Answer *answers,
             gsize n_answers,
             GDBusMessage *message)
{
  for (gsize i = 0; i < n_answers && answers[i].method != NULL; i++)
    if (is_about (&answers[i], message))
      return &answers[i];
  return NULL;
}

/* In GDBus' thread. */
static GDBusMessage *
answer_call (GDBusConnection *connection,
             GDBusMessage *message,
             gboolean incoming,
             gpointer user_data)
{
  const Answer *answers = user_data;
  const Answer *answer;
  g_autoptr (GDBusMessage) reply = NULL;
  g_autofree char *name = NULL;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  answer = find_answer (answers, ANSWERS_MAX, message);
  if (answer == NULL)
    answer = find_answer (usual, G_N_ELEMENTS (usual), message);
  g_assert_nonnull (answer);
  if (answer->error == NULL)
    {
      reply = g_dbus_message_new_method_reply (message);
      g_dbus_message_set_body (reply, g_variant_new_parsed (answer->text));
    }
  else
    {
      name = g_strconcat (DBUS_ERROR, answer->error, NULL);
      reply = g_dbus_message_new_method_error_literal (message, name, answer->text);
    }
  g_dbus_connection_send_message (connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_object_unref (message);
  return NULL;
}

static GIOStream *
make_stream (int fd)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, NULL);

  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

static gpointer
connect_helper (gpointer user_data)
{
  g_autoptr (GIOStream) stream = make_stream (GPOINTER_TO_INT (user_data));

  return g_dbus_connection_new_sync (stream, NULL,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, NULL, NULL);
}

static void
fake_bus_init (FakeBus *fake,
               const Answer *answers)
{
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;
  int ends[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
  thread = g_thread_new ("helper", connect_helper, GINT_TO_POINTER (ends[1]));
  stream = make_stream (ends[0]);
  fake->bus = g_dbus_connection_new_sync (stream, guid,
                                          G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER
                                              | G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                                          NULL, NULL, &error);
  g_assert_no_error (error);
  /* It may be called when the test has ended: what it needs is its own. */
  g_dbus_connection_add_filter (fake->bus, answer_call,
                                g_memdup2 (answers, ANSWERS_MAX * sizeof *answers), g_free);
  g_dbus_connection_start_message_processing (fake->bus);
  fake->helper = g_thread_join (thread);
  g_assert_cmpstr (g_dbus_connection_get_unique_name (fake->helper), ==, ":1.7");
}

static void
fake_bus_clear (FakeBus *fake)
{
  g_dbus_connection_close_sync (fake->helper, NULL, NULL);
  g_dbus_connection_close_sync (fake->bus, NULL, NULL);
  g_object_unref (fake->helper);
  g_object_unref (fake->bus);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FakeBus, fake_bus_clear)

/* --- Exports ---------------------------------------------------------- */

static const struct
{
  Answer answers[ANSWERS_MAX];
  MigdescError code;
  const char *message; /* NULL: it is exported */
} exports[] = {
  { { { "RequestName", LOCK, "AccessDenied", "not this name" } }, 0, NULL },
  { { { "RequestName", LOCK, "LimitsExceeded", "too many\nnames" } },
    MIGDESC_ERROR_CANNOT_WRITE, "nic0: the bus cannot be asked: too many\\nnames" },
  { { { "RequestName", LOCK, NULL, "(uint32 3,)" } },
    MIGDESC_ERROR_NOT_UNIQUE,
    "nic0: another helper on the bus has this Id, and QEMU would abort" },
  { { { "ListNames", "", "Failed", "no list" } },
    MIGDESC_ERROR_CANNOT_WRITE, "nic0: the bus cannot be asked: no list" },
  { { { "ListQueuedOwners", "", "Failed", "no queue" } },
    MIGDESC_ERROR_CANNOT_WRITE, "nic0: the bus cannot be asked: no queue" },
  { { { "RequestName", "org.qemu", "AccessDenied", "only root" } },
    MIGDESC_ERROR_CANNOT_WRITE,
    "nic0: the bus does not give the name org.qemu.VMState1: only root" },
  { { { "RequestName", "org.qemu", NULL, "(uint32 2,)" } }, 0, NULL },
  { { { "RequestName", "org.qemu", NULL, "(uint32 4,)" } },
    MIGDESC_ERROR_REFUSED,
    "nic0: the connection has the name org.qemu.VMState1 already; each Id needs one of its own" },
  /* a lock whose owner is gone by the time it is asked for; then the owner of the name is asked */
  { { { "ListNames", "", NULL, "(['" LOCK "x', 'org.example'],)" },
      { "ListQueuedOwners", "", NULL, "([':1.9'],)" },
      { "GetNameOwner", "", "NameHasNoOwner", "gone" },
      { "Get", "", NULL, "(<'nic9'>,)" } },
    0, NULL },
  { { { "ListNames", "", NULL, "(['" LOCK "x'],)" },
      { "ListQueuedOwners", "", NULL, "([':1.9'],)" },
      { "GetNameOwner", "", NULL, "(':1.8',)" },
      { "Get", "", NULL, "(<'nic0'>,)" } },
    MIGDESC_ERROR_NOT_UNIQUE,
    "nic0: another helper on the bus has this Id, and QEMU would abort" },
  /* without a lock all are asked; an Id that is no text is not ours */
  { { { "RequestName", LOCK, "AccessDenied", "not this name" },
      { "ListNames", "", NULL, "(['" LOCK "x'],)" },
      { "ListQueuedOwners", "", NULL, "([':1.9', ':1.7'],)" },
      { "Get", "", NULL, "(<uint32 7>,)" } },
    0, NULL },
};

static void
test_exports (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      g_auto (FakeBus) fake;
      g_auto (Room) room;
      g_autoptr (MigdescDBusVMState) vmstate = NULL;
      g_autoptr (GError) error = NULL;

      fake_bus_init (&fake, exports[i].answers);
      room_init (&room, 10, 20);
      vmstate = room_vmstate (&room, "nic0", 1);
      g_assert_true (migdesc_dbus_vmstate_export (vmstate, 0, fake.helper, &error)
                     == (exports[i].message == NULL));
      g_assert_cmpstr (error == NULL ? NULL : error->message, ==, exports[i].message);
      if (error != NULL)
        {
          g_assert_error (error, MIGDESC_ERROR, (int) exports[i].code);
          g_assert_null (vmstate->exports[0].connection);
          g_assert_cmpuint (vmstate->exports[0].registration, ==, 0);
        }
      migdesc_dbus_vmstate_unexport (vmstate);
    }
}

/* --- Callers ---------------------------------------------------------- */

/* What the caller :1.5 is told. */
static char *
call_save (const Answer *answers,
           gint64 allowed_uid)
{
  g_auto (FakeBus) fake;
  g_auto (Room) room;
  g_autoptr (MigdescDBusVMState) vmstate = NULL;
  g_autoptr (GDBusMessage) call = NULL, reply = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fake_bus_init (&fake, answers);
  room_init (&room, 10, 20);
  vmstate = room_vmstate (&room, "nic0", 1);
  g_assert_true (migdesc_dbus_vmstate_export (vmstate, 0, fake.helper, &error));
  if (allowed_uid >= 0)
    migdesc_dbus_vmstate_set_allowed_uid (vmstate, (guint) allowed_uid);
  call = g_dbus_message_new_method_call (":1.7", MIGDESC_VMSTATE_PATH, MIGDESC_VMSTATE_NAME,
                                         "Save");
  g_dbus_message_set_sender (call, ":1.5");
  g_dbus_connection_send_message_with_reply (fake.bus, call, G_DBUS_SEND_MESSAGE_FLAGS_NONE, -1,
                                             NULL, NULL, got_answer, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  reply = g_dbus_connection_send_message_with_reply_finish (fake.bus, result, &error);
  g_assert_no_error (error);
  migdesc_dbus_vmstate_unexport (vmstate);
  if (!g_dbus_message_to_gerror (reply, &error))
    return g_strdup (room.log->str);
  g_dbus_error_strip_remote_error (error);
  return g_strdup (error->message);
}

static void
assert_save (const Answer *answers,
             gint64 allowed_uid,
             const char *wanted)
{
  g_autofree char *text = call_save (answers, allowed_uid);

  g_assert_cmpstr (text, ==, wanted);
}

/* Root and our own user may call, unless another is named. */
static void
test_callers (void)
{
  static const Answer unknown[ANSWERS_MAX]
      = { { "GetConnectionUnixUser", ":1.5", "NameHasNoOwner", "it has gone" } };
  static const Answer other[ANSWERS_MAX]
      = { { "GetConnectionUnixUser", ":1.5", NULL, "(uint32 4711,)" } };
  static const Answer none[ANSWERS_MAX] = { { NULL } };
  g_autofree char *text = g_strdup_printf ("(uint32 %u,)", (guint) geteuid ());
  const Answer own[ANSWERS_MAX] = { { "GetConnectionUnixUser", ":1.5", NULL, text } };
  const char *saved = "saving one:capture two:capture saved ";

  assert_save (none, -1, saved);
  assert_save (own, -1, saved);
  assert_save (other, -1, "nic0: Save: uid 4711 may not");
  assert_save (other, 4711, saved);
  assert_save (none, 4711, "nic0: Save: uid 0 may not");
  assert_save (unknown, -1,
               "nic0: Save: who calls is not known: "
               "GDBus.Error:org.freedesktop.DBus.Error.NameHasNoOwner: it has gone");
}

/* --- Ends ------------------------------------------------------------- */

/* We close it ourselves: there is no reason to tell. */
static void
test_closed (void)
{
  static const Answer none[ANSWERS_MAX] = { { NULL } };
  g_auto (FakeBus) fake;
  g_auto (Room) room;
  g_autoptr (MigdescDBusVMState) vmstate = NULL;
  g_autoptr (GError) error = NULL;

  fake_bus_init (&fake, none);
  room_init (&room, 10, 20);
  vmstate = room_vmstate (&room, "nic0", 1);
  g_assert_true (migdesc_dbus_vmstate_export (vmstate, 0, fake.helper, &error));
  g_dbus_connection_close (fake.helper, NULL, NULL, NULL);
  while (room.log->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (room.log->str, ==, "failed[cannot-read: nic0: the connection was closed] ");
  g_assert_null (vmstate->exports[0].connection);
}

static void
test_cancelled (void)
{
  g_auto (Room) room;
  g_autoptr (MigdescDBusVMState) vmstate = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  room_init (&room, 10, 20);
  vmstate = room_vmstate (&room, "nic0", 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (migdesc_dbus_vmstate_export_address (vmstate, "unix:path=/nowhere/at/all",
                                                       cancellable, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==,
                   "nic0: cannot connect to the bus: Operation was cancelled");
}

/* Who asks need not want all of the answer; of devices that cannot be captured there is none. */
static void
test_measure (void)
{
  g_auto (Room) good, bad;
  g_autoptr (MigdescDBusVMState) vmstate = NULL, broken = NULL;
  g_autoptr (MigdescDBusVMState) bare = g_object_new (MIGDESC_TYPE_DBUS_VMSTATE, NULL);
  g_autoptr (GError) error = NULL;
  guint64 size = 7, n_parts = 7;

  room_init (&good, 10, 20);
  room_init (&bad, 101, 20);
  vmstate = room_vmstate (&good, "nic0", 1);
  broken = room_vmstate (&bad, "nic1", 1);
  g_assert_true (migdesc_dbus_vmstate_measure (vmstate, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (migdesc_dbus_vmstate_measure (broken, NULL, NULL, NULL));
  g_assert_false (migdesc_dbus_vmstate_measure (broken, &size, &n_parts, &error));
  g_assert_true (g_str_has_prefix (error->message, "one: level: 101 is not in 0 to 100 (byte "));
  g_assert_cmpuint (size, ==, 0);
  g_assert_cmpuint (n_parts, ==, 0);
  g_assert_false (migdesc_dbus_vmstate_is_prepared (bare));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dbus/vmstate-faults/exports", test_exports);
  g_test_add_func ("/dbus/vmstate-faults/callers", test_callers);
  g_test_add_func ("/dbus/vmstate-faults/closed", test_closed);
  g_test_add_func ("/dbus/vmstate-faults/cancelled", test_cancelled);
  g_test_add_func ("/dbus/vmstate-faults/measure", test_measure);
  return g_test_run ();
}
