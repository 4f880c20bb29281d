/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "host/dbus-vmstate-private.h"

/* What Save and Load do, whoever calls. */

/* QEMU asks for all parts within this time, or not at all. */
#define SAVED_MAX_AGE (30 * G_TIME_SPAN_SECOND)

void
migdesc_vmstate_forget_saved (MigdescDBusVMState *vmstate)
{
  g_clear_pointer (&vmstate->saved, g_bytes_unref);
  memset (vmstate->taken, 0, sizeof vmstate->taken);
  vmstate->n_taken = 0;
}

static gboolean
check_room (MigdescDBusVMState *vmstate,
            guint64 size,
            GError **error)
{
  guint64 needed = migdesc_vmparts_needed (size);

  if (needed <= vmstate->n_parts)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
               "%s: the state has %" G_GUINT64_FORMAT " bytes, which needs %" G_GUINT64_FORMAT
               " parts of up to %d; there are %u",
               vmstate->id, size, needed, MIGDESC_PART_ROOM, vmstate->n_parts);
  return FALSE;
}

/* The parts of one migration are of one state: another one begins with a part that was taken. */
static gboolean
capture (MigdescDBusVMState *vmstate,
         guint part,
         GError **error)
{
  g_autoptr (GBytes) state = NULL;

  if (vmstate->saved != NULL && !vmstate->taken[part]
      && g_get_monotonic_time () - vmstate->saved_at < SAVED_MAX_AGE)
    return TRUE;
  migdesc_vmstate_forget_saved (vmstate);
  migdesc_vmstate_say_saving (vmstate);
  state = migdesc_device_set_save (vmstate->set, NULL, error);
  if (state == NULL || !check_room (vmstate, g_bytes_get_size (state), error))
    return FALSE;
  migdesc_vmparts_digest (state, vmstate->digest);
  vmstate->saved = g_steal_pointer (&state);
  vmstate->saved_at = g_get_monotonic_time ();
  return TRUE;
}

GBytes *
migdesc_vmstate_save (MigdescDBusVMState *vmstate,
                      guint part,
                      GError **error)
{
  if (!capture (vmstate, part, error))
    return NULL;
  vmstate->taken[part] = TRUE;
  vmstate->n_taken++;
  return migdesc_vmparts_cut (vmstate->saved, vmstate->digest, part, vmstate->n_parts);
}

static gboolean
prepare (MigdescDBusVMState *vmstate,
         GBytes *state,
         GError **error)
{
  g_autoptr (MigdescStreamReader) reader
      = migdesc_device_set_begin_load (vmstate->set, NULL, error);

  if (reader == NULL)
    return FALSE;
  if (migdesc_stream_reader_read_bytes (reader, state, error)
      && migdesc_device_set_prepare_load (vmstate->set, reader, error))
    return TRUE;
  migdesc_device_set_abort_load (vmstate->set);
  return FALSE;
}

gboolean
migdesc_vmstate_load (MigdescDBusVMState *vmstate,
                      guint part,
                      GBytes *chunk,
                      GError **error)
{
  g_autoptr (GBytes) state = NULL;

  /* What an earlier migration or loadvm left prepared is not what this one brings. */
  if (migdesc_dbus_vmstate_is_prepared (vmstate))
    migdesc_dbus_vmstate_discard (vmstate);
  migdesc_vmstate_forget_saved (vmstate);
  if (!migdesc_vmparts_add (&vmstate->arrived, part, vmstate->n_parts, chunk, error))
    {
      g_prefix_error (error, "%s: ", vmstate->exports[part].id);
      return FALSE;
    }
  if (!migdesc_vmparts_are_complete (&vmstate->arrived))
    return TRUE;
  state = migdesc_vmparts_join (&vmstate->arrived, error);
  if (state != NULL && prepare (vmstate, state, error))
    return TRUE;
  g_prefix_error (error, "%s: ", vmstate->id);
  return FALSE;
}

/**
 * migdesc_dbus_vmstate_measure:
 * @vmstate: the object
 * @size: (out) (optional): bytes of the state
 * @n_parts: (out) (optional): how many parts it needs
 * @error: return location for a #GError
 *
 * Captures the devices, and tells how large their state is: for a manager that asks before it
 * starts a migration. The numbers are set also where there are too few parts.
 *
 * Fails with %MIGDESC_ERROR_LIMIT_EXCEEDED when the state needs more parts than there are, and as
 * migdesc_device_set_save() does; then the numbers are 0.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_dbus_vmstate_measure (MigdescDBusVMState *vmstate,
                              guint64 *size,
                              guint64 *n_parts,
                              GError **error)
{
  g_autoptr (GBytes) state = NULL;
  guint64 bytes;

  g_return_val_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate), FALSE);

  state = migdesc_device_set_save (vmstate->set, NULL, error);
  bytes = state == NULL ? 0 : g_bytes_get_size (state);
  if (size != NULL)
    *size = bytes;
  if (n_parts != NULL)
    *n_parts = state == NULL ? 0 : migdesc_vmparts_needed (bytes);
  return state != NULL && check_room (vmstate, bytes, error);
}
