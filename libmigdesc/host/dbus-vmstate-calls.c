/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <string.h>
#include <unistd.h>

#include "host/dbus-vmstate-private.h"

/* Calls that come in: who calls, in what time, and what the answer is. */

#define ERROR_PREFIX "org.libmigdesc.Error."
#define ERROR_DENIED "org.freedesktop.DBus.Error.AccessDenied"
#define ERROR_LATE "org.freedesktop.DBus.Error.TimedOut"

static const char interface_xml[]
    = "<node><interface name='org.qemu.VMState1'>"
      "<property name='Id' type='s' access='read'/>"
      "<method name='Load'><arg type='ay' name='data' direction='in'/></method>"
      "<method name='Save'><arg type='ay' name='data' direction='out'/></method>"
      "</interface></node>";

/* A call while its caller is asked for. */
typedef struct
{
  MigdescDBusVMState *vmstate;
  guint part;
  GDBusMethodInvocation *invocation; /* answering takes it */
} Call;

static void
call_free (Call *call)
{
  g_object_unref (call->vmstate);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static const char *
call_id (const Call *call)
{
  return call->vmstate->exports[call->part].id;
}

/* "state-damaged" is org.libmigdesc.Error.StateDamaged. */
static char *
error_name (const GError *error)
{
  GString *name = g_string_new (ERROR_PREFIX);
  const char *nick = migdesc_error_get_nick ((MigdescError) error->code);
  gboolean begins = TRUE;

  for (const char *letter = nick == NULL ? "failed" : nick; *letter != '\0'; letter++)
    {
      if (*letter != '-')
        g_string_append_c (name, begins ? g_ascii_toupper (*letter) : *letter);
      begins = *letter == '-';
    }
  return g_string_free (name, FALSE);
}

static void
refuse (Call *call,
        const char *name,
        const GError *error)
{
  g_dbus_method_invocation_return_dbus_error (g_steal_pointer (&call->invocation), name,
                                              error->message);
  migdesc_vmstate_say_failed (call->vmstate, error);
}

static void
refuse_caller (Call *call,
               const char *why)
{
  g_autoptr (GError) error = g_error_new (MIGDESC_ERROR, MIGDESC_ERROR_REFUSED, "%s: %s: %s",
                                          call_id (call),
                                          g_dbus_method_invocation_get_method_name (
                                              call->invocation),
                                          why);

  refuse (call, ERROR_DENIED, error);
}

/* In the thread of the deadline, while the devices hang. */
static void
answer_late (gpointer user_data)
{
  Call *call = user_data;
  g_autofree char *message
      = g_strdup_printf ("%s: %s took longer than %u ms", call_id (call),
                         g_dbus_method_invocation_get_method_name (call->invocation),
                         call->vmstate->deadline);

  g_dbus_method_invocation_return_dbus_error (g_steal_pointer (&call->invocation), ERROR_LATE,
                                              message);
}

/* What the call did is undone, since QEMU takes it for failed. */
static void
end_late (Call *call)
{
  g_autoptr (GError) error = g_error_new (MIGDESC_ERROR, MIGDESC_ERROR_PROGRAM_TIMEOUT,
                                          "%s: took longer than %u ms, and QEMU was told so",
                                          call_id (call), call->vmstate->deadline);

  migdesc_vmstate_forget_saved (call->vmstate);
  migdesc_dbus_vmstate_discard (call->vmstate);
  migdesc_vmstate_say_failed (call->vmstate, error);
}

static void
fail (Call *call,
      const GError *error)
{
  g_autofree char *name = error_name (error);

  refuse (call, name, error);
}

static void
save (Call *call)
{
  MigdescDBusVMState *vmstate = call->vmstate;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = NULL;
  guint64 size;

  migdesc_deadline_arm (vmstate->watch, vmstate->deadline, answer_late, call);
  chunk = migdesc_vmstate_save (vmstate, call->part, &error);
  if (!migdesc_deadline_disarm (vmstate->watch))
    {
      end_late (call);
      return;
    }
  if (chunk == NULL)
    {
      fail (call, error);
      return;
    }
  g_dbus_method_invocation_return_value (
      g_steal_pointer (&call->invocation),
      g_variant_new ("(@ay)", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, chunk, TRUE)));
  if (vmstate->n_taken < vmstate->n_parts)
    return;
  size = g_bytes_get_size (vmstate->saved);
  migdesc_vmstate_forget_saved (vmstate);
  migdesc_vmstate_say_saved (vmstate, size);
}

static void
load (Call *call)
{
  MigdescDBusVMState *vmstate = call->vmstate;
  GVariant *parameters = g_dbus_method_invocation_get_parameters (call->invocation);
  g_autoptr (GVariant) data = g_variant_get_child_value (parameters, 0);
  g_autoptr (GBytes) chunk = g_variant_get_data_as_bytes (data);
  g_autoptr (GError) error = NULL;
  gboolean done;

  migdesc_deadline_arm (vmstate->watch, vmstate->deadline, answer_late, call);
  done = migdesc_vmstate_load (vmstate, call->part, chunk, &error);
  if (!migdesc_deadline_disarm (vmstate->watch))
    {
      end_late (call);
      return;
    }
  if (!done)
    {
      fail (call, error);
      return;
    }
  g_dbus_method_invocation_return_value (g_steal_pointer (&call->invocation), NULL);
  if (migdesc_dbus_vmstate_is_prepared (vmstate))
    migdesc_vmstate_say_prepared (vmstate);
}

static gboolean
may_call (const MigdescDBusVMState *vmstate,
          gint64 uid)
{
  if (vmstate->allowed_uid >= 0)
    return uid == vmstate->allowed_uid;
  return uid == 0 || uid == geteuid ();
}

/* The answer to who calls: -1 where it is not known. */
static void
go_on (Call *call,
       gint64 uid,
       const char *why_unknown)
{
  const char *method = g_dbus_method_invocation_get_method_name (call->invocation);

  if (uid < 0 || !may_call (call->vmstate, uid))
    {
      g_autofree char *who = uid < 0
                                 ? g_strdup_printf ("who calls is not known: %s", why_unknown)
                                 : g_strdup_printf ("uid %" G_GINT64_FORMAT " may not", uid);

      refuse_caller (call, who);
    }
  else if (strcmp (method, "Save") == 0)
    save (call);
  else
    load (call);
}

static void
got_uid (GObject *connection,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  guint32 uid;

  if (reply == NULL)
    {
      go_on (call, -1, error->message);
      return;
    }
  g_variant_get (reply, "(u)", &uid);
  go_on (call, uid, NULL);
}

/* Between two processes without a bus the socket tells. */
static void
ask_peer (Call *call,
          GDBusConnection *connection)
{
  GCredentials *credentials = g_dbus_connection_get_peer_credentials (connection);
  g_autoptr (GError) error = NULL;
  uid_t uid = (uid_t) -1;

  if (credentials != NULL)
    uid = g_credentials_get_unix_user (credentials, &error);
  if (uid == (uid_t) -1)
    go_on (call, -1, error == NULL ? "the connection has no credentials" : error->message);
  else
    go_on (call, uid, NULL);
}

static void
call_method (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *method,
             GVariant *parameters,
             GDBusMethodInvocation *invocation,
             gpointer user_data)
{
  const MigdescVMStateExport *exported = user_data;
  g_autoptr (Call) call = g_new0 (Call, 1);
  int timeout = (int) MIN (exported->vmstate->deadline, G_MAXINT);

  call->vmstate = g_object_ref (exported->vmstate);
  call->part = exported->part;
  call->invocation = invocation;
  if (sender == NULL)
    ask_peer (call, connection);
  else
    g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                            "org.freedesktop.DBus", "GetConnectionUnixUser",
                            g_variant_new ("(s)", sender), G_VARIANT_TYPE ("(u)"),
                            G_DBUS_CALL_FLAGS_NONE, timeout, NULL, got_uid,
                            g_steal_pointer (&call));
}

static GVariant *
get_id (GDBusConnection *connection,
        const char *sender,
        const char *path,
        const char *interface,
        const char *property,
        GError **error,
        gpointer user_data)
{
  const MigdescVMStateExport *exported = user_data;

  return g_variant_new_string (exported->id);
}

static const GDBusInterfaceVTable vtable = { .method_call = call_method, .get_property = get_id };

gboolean
migdesc_vmstate_register (MigdescVMStateExport *exported,
                          GError **error)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  GMainContext *context = exported->vmstate->context;
  g_autoptr (GError) cause = NULL;

  g_main_context_push_thread_default (context);
  exported->registration = g_dbus_connection_register_object (
      exported->connection, MIGDESC_VMSTATE_PATH, node->interfaces[0], &vtable, exported, NULL,
      &cause);
  g_main_context_pop_thread_default (context);
  if (exported->registration != 0)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
               "%s: the connection has a %s already; each Id needs one of its own", exported->id,
               MIGDESC_VMSTATE_NAME);
  return FALSE;
}
