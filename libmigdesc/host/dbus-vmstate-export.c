/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "host/dbus-vmstate-private.h"

/* The connections of an object's parts, and their end. */

static void
unexport (MigdescVMStateExport *exported)
{
  if (exported->connection == NULL)
    return;
  if (exported->closed != 0)
    g_signal_handler_disconnect (exported->connection, exported->closed);
  exported->closed = 0;
  if (!g_dbus_connection_is_closed (exported->connection))
    migdesc_vmstate_release_names (exported);
  exported->has_name = FALSE;
  g_clear_pointer (&exported->lock, g_free);
  if (exported->registration != 0)
    g_dbus_connection_unregister_object (exported->connection, exported->registration);
  exported->registration = 0;
  if (exported->is_own && !g_dbus_connection_is_closed (exported->connection))
    g_dbus_connection_close (exported->connection, NULL, NULL, NULL);
  exported->is_own = FALSE;
  g_clear_object (&exported->connection);
}

/* The devices go on; what was captured for a caller that is gone is of no use. */
static void
connection_closed (GDBusConnection *connection,
                   gboolean vanished,
                   GError *cause,
                   gpointer user_data)
{
  MigdescVMStateExport *exported = user_data;
  g_autoptr (MigdescDBusVMState) vmstate = g_object_ref (exported->vmstate);
  g_autoptr (GError) error = g_error_new (
      MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: the connection was closed%s%s", exported->id,
      cause == NULL ? "" : ": ", cause == NULL ? "" : cause->message);

  unexport (exported);
  migdesc_vmstate_forget_saved (vmstate);
  migdesc_vmstate_say_failed (vmstate, error);
}

static gboolean
export_part (MigdescVMStateExport *exported,
             GDBusConnection *connection,
             GError **error)
{
  gboolean is_bus = g_dbus_connection_get_unique_name (connection) != NULL;

  exported->connection = g_object_ref (connection);
  if ((is_bus && !migdesc_vmstate_claim (exported, error))
      || !migdesc_vmstate_register (exported, error)
      || (is_bus && !migdesc_vmstate_request_name (exported, error)))
    {
      unexport (exported);
      return FALSE;
    }
  exported->closed
      = g_signal_connect (connection, "closed", G_CALLBACK (connection_closed), exported);
  return TRUE;
}

/**
 * migdesc_dbus_vmstate_export:
 * @vmstate: the object
 * @part: which part, from 0
 * @connection: a connection to a bus, or to a peer
 * @error: return location for a #GError
 *
 * Exports a part on a connection that has no other. On a bus the part gets the name
 * `org.qemu.VMState1`, or a place in the queue for it, once it is sure that no other helper has its
 * Id; this asks the bus, and waits up to 2 s for each answer.
 *
 * Fails with %MIGDESC_ERROR_NOT_UNIQUE when another helper has the Id, with
 * %MIGDESC_ERROR_INVALID_ARGUMENT when there is no such part or it is exported already, with
 * %MIGDESC_ERROR_REFUSED when the connection has a part already, and with
 * %MIGDESC_ERROR_CANNOT_WRITE when the bus does not answer. Then the part is not exported.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_dbus_vmstate_export (MigdescDBusVMState *vmstate,
                             guint part,
                             GDBusConnection *connection,
                             GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate), FALSE);
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), FALSE);

  if (part >= vmstate->n_parts)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                 "%s: there is no part %u, counted from 0; there are %u", vmstate->id, part,
                 vmstate->n_parts);
  else if (vmstate->exports[part].connection != NULL)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT, "%s: exported already",
                 vmstate->exports[part].id);
  else
    return export_part (&vmstate->exports[part], connection, error);
  return FALSE;
}

static gboolean
connect_part (MigdescVMStateExport *exported,
              const char *address,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) cause = NULL;
  MigdescDBusVMState *vmstate = exported->vmstate;

  g_main_context_push_thread_default (vmstate->context);
  connection = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, cancellable, &cause);
  g_main_context_pop_thread_default (vmstate->context);
  if (connection == NULL)
    {
      g_autofree char *shown = migdesc_quote (cause->message, -1);

      g_set_error (error, MIGDESC_ERROR,
                   g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                       ? MIGDESC_ERROR_CANCELLED
                       : MIGDESC_ERROR_CANNOT_WRITE,
                   "%s: cannot connect to the bus: %s", exported->id, shown);
      return FALSE;
    }
  if (!migdesc_dbus_vmstate_export (vmstate, exported->part, connection, error))
    {
      g_dbus_connection_close_sync (connection, NULL, NULL);
      return FALSE;
    }
  exported->is_own = TRUE;
  return TRUE;
}

/**
 * migdesc_dbus_vmstate_export_address:
 * @vmstate: the object, of which no part is exported
 * @address: the D-Bus address of the VM's bus
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Connects to a bus once for each part, and exports all of them.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_WRITE when the bus cannot be reached, with
 * %MIGDESC_ERROR_CANCELLED, and as migdesc_dbus_vmstate_export() does. Then no part is exported.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_dbus_vmstate_export_address (MigdescDBusVMState *vmstate,
                                     const char *address,
                                     GCancellable *cancellable,
                                     GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  for (guint i = 0; i < vmstate->n_parts; i++)
    if (!connect_part (&vmstate->exports[i], address, cancellable, error))
      {
        migdesc_dbus_vmstate_unexport (vmstate);
        return FALSE;
      }
  return TRUE;
}

/**
 * migdesc_dbus_vmstate_unexport:
 * @vmstate: the object
 *
 * Takes all parts from their connections, and gives the names back. Connections that the object
 * made are closed. What was loaded stays.
 *
 * Since: 1.0
 */
void
migdesc_dbus_vmstate_unexport (MigdescDBusVMState *vmstate)
{
  g_return_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate));

  for (guint i = 0; i < vmstate->n_parts; i++)
    unexport (&vmstate->exports[i]);
  migdesc_vmstate_forget_saved (vmstate);
}
