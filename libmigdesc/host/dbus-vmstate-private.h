/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-dbus-vmstate.h>

#include "host/dbus-deadline.h"
#include "host/dbus-parts.h"

G_BEGIN_DECLS

#define MIGDESC_VMSTATE_PATH "/org/qemu/VMState1"
#define MIGDESC_VMSTATE_NAME "org.qemu.VMState1"
#define MIGDESC_VMSTATE_ID_MAX 255

/* A part on a connection. */
typedef struct
{
  MigdescDBusVMState *vmstate; /* borrowed */
  guint part;                  /* from 0 */
  char *id;
  GDBusConnection *connection; /* NULL: not exported */
  gboolean is_own;             /* made here, so closed here */
  gboolean has_name;
  char *lock; /* nullable: the bus name that only one helper of this Id can have */
  guint registration;
  gulong closed;
} MigdescVMStateExport;

struct _MigdescDBusVMState
{
  GObject parent_instance;
  MigdescDeviceSet *set;
  char *id;
  GMainContext *context;
  guint n_parts;
  MigdescVMStateExport *exports; /* n_parts of them */
  MigdescDeadline *watch;
  guint deadline;     /* milliseconds */
  gint64 allowed_uid; /* -1: our own, and root */

  /* A state of which not all parts have been taken yet */
  GBytes *saved;
  guint8 digest[MIGDESC_PART_DIGEST];
  gint64 saved_at; /* monotonic, microseconds */
  gboolean taken[MIGDESC_PARTS_MAX];
  guint n_taken;

  MigdescVMParts arrived;
};

/* What is told to the program. */
void migdesc_vmstate_say_saving (MigdescDBusVMState *vmstate);
void migdesc_vmstate_say_saved (MigdescDBusVMState *vmstate, guint64 size);
void migdesc_vmstate_say_prepared (MigdescDBusVMState *vmstate);
void migdesc_vmstate_say_failed (MigdescDBusVMState *vmstate, const GError *error);

/* Forgets the captured state. */
void migdesc_vmstate_forget_saved (MigdescDBusVMState *vmstate);

/* The parts of the calls, without D-Bus. */
GBytes *migdesc_vmstate_save (MigdescDBusVMState *vmstate, guint part, GError **error);
gboolean migdesc_vmstate_load (MigdescDBusVMState *vmstate, guint part, GBytes *chunk,
                               GError **error);

/* Answers calls for an export, or for a bus whose names it has got. */
gboolean migdesc_vmstate_register (MigdescVMStateExport *exported, GError **error);

/* Gets the names that an export needs on a bus: the lock, before it can be called; then QEMU's. */
gboolean migdesc_vmstate_claim (MigdescVMStateExport *exported, GError **error);
gboolean migdesc_vmstate_request_name (MigdescVMStateExport *exported, GError **error);
void migdesc_vmstate_release_names (MigdescVMStateExport *exported);

G_END_DECLS
