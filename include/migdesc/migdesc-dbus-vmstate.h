/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <gio/gio.h>

#include <migdesc/migdesc-device-set.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-dbus-vmstate
 * @title: States that QEMU carries
 * @short_description: org.qemu.VMState1 for a set of devices
 *
 * A #MigdescDBusVMState lets QEMU carry the states of devices that live in another process inside a
 * VM's migration: QEMU's `dbus-vmstate` object asks every owner of the bus name `org.qemu.VMState1`
 * for its `Id` and calls `Save` at the source, `Load` at the destination.
 *
 * The interface has no call that says how the migration ended. So `Save` changes nothing in the
 * devices, and `Load` only prepares them; whoever manages the migration then has the program call
 * migdesc_dbus_vmstate_commit(), migdesc_dbus_vmstate_discard() or, at a source that goes on,
 * migdesc_dbus_vmstate_resumed().
 *
 * QEMU takes at most 1 MiB of an Id. A larger state goes out in parts, each under an Id and on a
 * connection of its own: `nic0`, `nic0.2`, `nic0.3`. How many is said when the object is made, and
 * all of them belong into the `id-list` of `dbus-vmstate` on both sides, as
 * migdesc_dbus_vmstate_dup_ids() gives them. Parts may arrive in any order; the state is prepared
 * once all have.
 *
 * |[<!-- language="C" -->
 * vmstate = migdesc_dbus_vmstate_new (set, "nic0", 1, &error);
 * if (vmstate == NULL || !migdesc_dbus_vmstate_export_address (vmstate, address, NULL, &error))
 *   return fail (error);
 * ]|
 *
 * Calls are answered in the thread-default main context in which the object was made, and no other
 * function may be called in another thread. A thread of the object's own, which sleeps, answers
 * that a call took too long while a device hangs.
 */

#define MIGDESC_TYPE_DBUS_VMSTATE (migdesc_dbus_vmstate_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescDBusVMState,
                      migdesc_dbus_vmstate,
                      MIGDESC,
                      DBUS_VMSTATE,
                      GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescDBusVMState *migdesc_dbus_vmstate_new (MigdescDeviceSet *set,
                                              const char *id,
                                              guint n_parts,
                                              GError **error);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_dbus_vmstate_get_id (MigdescDBusVMState *vmstate);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_dbus_vmstate_get_n_parts (MigdescDBusVMState *vmstate);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_dbus_vmstate_dup_ids (MigdescDBusVMState *vmstate);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_dbus_vmstate_measure (MigdescDBusVMState *vmstate,
                                       guint64 *size,
                                       guint64 *n_parts,
                                       GError **error);

MIGDESC_AVAILABLE_IN_1_0
void migdesc_dbus_vmstate_set_allowed_uid (MigdescDBusVMState *vmstate, guint uid);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_dbus_vmstate_set_deadline (MigdescDBusVMState *vmstate, guint milliseconds);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_dbus_vmstate_export (MigdescDBusVMState *vmstate,
                                      guint part,
                                      GDBusConnection *connection,
                                      GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_dbus_vmstate_export_address (MigdescDBusVMState *vmstate,
                                              const char *address,
                                              GCancellable *cancellable,
                                              GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_dbus_vmstate_unexport (MigdescDBusVMState *vmstate);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_dbus_vmstate_is_prepared (MigdescDBusVMState *vmstate);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_dbus_vmstate_commit (MigdescDBusVMState *vmstate, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_dbus_vmstate_discard (MigdescDBusVMState *vmstate);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_dbus_vmstate_resumed (MigdescDBusVMState *vmstate);

G_END_DECLS
