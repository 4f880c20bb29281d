/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "base/quote.h"
#include "host/dbus-vmstate-private.h"

#define DEADLINE_MS 5000

/**
 * MigdescDBusVMState:
 *
 * Exports the states of a device set as `org.qemu.VMState1`, for QEMU to carry.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescDBusVMState, migdesc_dbus_vmstate, G_TYPE_OBJECT)

enum
{
  PROP_PREPARED = 1,
  N_PROPS
};

enum
{
  SAVING,
  SAVED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
migdesc_dbus_vmstate_init (MigdescDBusVMState *vmstate)
{
  vmstate->context = g_main_context_ref_thread_default ();
  vmstate->deadline = DEADLINE_MS;
  vmstate->allowed_uid = -1;
}

static void
migdesc_dbus_vmstate_dispose (GObject *object)
{
  MigdescDBusVMState *vmstate = MIGDESC_DBUS_VMSTATE (object);

  migdesc_dbus_vmstate_unexport (vmstate);
  if (vmstate->set != NULL)
    migdesc_device_set_abort_load (vmstate->set);
  G_OBJECT_CLASS (migdesc_dbus_vmstate_parent_class)->dispose (object);
}

static void
migdesc_dbus_vmstate_finalize (GObject *object)
{
  MigdescDBusVMState *vmstate = MIGDESC_DBUS_VMSTATE (object);

  g_clear_pointer (&vmstate->watch, migdesc_deadline_free);
  migdesc_vmstate_forget_saved (vmstate);
  migdesc_vmparts_clear (&vmstate->arrived);
  for (guint i = 0; i < vmstate->n_parts; i++)
    g_free (vmstate->exports[i].id);
  g_free (vmstate->exports);
  g_free (vmstate->id);
  g_clear_object (&vmstate->set);
  g_main_context_unref (vmstate->context);
  G_OBJECT_CLASS (migdesc_dbus_vmstate_parent_class)->finalize (object);
}

static void
migdesc_dbus_vmstate_get_property (GObject *object,
                                   guint property,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  if (property == PROP_PREPARED)
    g_value_set_boolean (value, migdesc_dbus_vmstate_is_prepared (MIGDESC_DBUS_VMSTATE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
migdesc_dbus_vmstate_class_init (MigdescDBusVMStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = migdesc_dbus_vmstate_dispose;
  object_class->finalize = migdesc_dbus_vmstate_finalize;
  object_class->get_property = migdesc_dbus_vmstate_get_property;

  /**
   * MigdescDBusVMState:prepared:
   *
   * Whether the devices have read and checked a whole state, and wait for
   * migdesc_dbus_vmstate_commit() or migdesc_dbus_vmstate_discard().
   *
   * Since: 1.0
   */
  props[PROP_PREPARED] = g_param_spec_boolean ("prepared", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                   | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * MigdescDBusVMState::saving:
   * @vmstate: the object
   *
   * The devices are captured next: the program stops what would change them, and has it stopped
   * until its manager tells it to go on.
   *
   * Since: 1.0
   */
  signals[SAVING] = g_signal_new ("saving", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  /**
   * MigdescDBusVMState::saved:
   * @vmstate: the object
   * @size: bytes of the state
   *
   * All of a state has been given out. Whether it arrived is not known.
   *
   * Since: 1.0
   */
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT64);

  /**
   * MigdescDBusVMState::failed:
   * @vmstate: the object
   * @error: what QEMU was told as well, where it could be told
   *
   * A call was refused, or a connection was closed. The devices are as they were.
   *
   * Since: 1.0
   */
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

void
migdesc_vmstate_say_saving (MigdescDBusVMState *vmstate)
{
  g_signal_emit (vmstate, signals[SAVING], 0);
}

void
migdesc_vmstate_say_saved (MigdescDBusVMState *vmstate,
                           guint64 size)
{
  g_signal_emit (vmstate, signals[SAVED], 0, size);
}

void
migdesc_vmstate_say_prepared (MigdescDBusVMState *vmstate)
{
  g_object_notify_by_pspec (G_OBJECT (vmstate), props[PROP_PREPARED]);
}

void
migdesc_vmstate_say_failed (MigdescDBusVMState *vmstate,
                            const GError *error)
{
  g_signal_emit (vmstate, signals[FAILED], 0, error);
}

/* QEMU refuses what is too long, and separates Ids by commas. */
static gboolean
check_id (const char *id,
          guint n_parts,
          GError **error)
{
  g_autofree char *last = n_parts > 1 ? g_strdup_printf ("%s.%u", id, n_parts) : g_strdup (id);

  if (id[0] == '\0')
    g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT, "an Id is empty");
  else if (strlen (last) > MIGDESC_VMSTATE_ID_MAX)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                 "an Id of %" G_GSIZE_FORMAT " bytes, and QEMU takes up to %d", strlen (last),
                 MIGDESC_VMSTATE_ID_MAX);
  else if (strchr (id, ',') != NULL || !g_utf8_validate (id, -1, NULL))
    {
      g_autofree char *shown = migdesc_quote (id, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "the Id \"%s\" has a comma, which separates Ids, or is not UTF-8", shown);
    }
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_parts (guint n_parts,
             GError **error)
{
  if (n_parts >= 1 && n_parts <= MIGDESC_PARTS_MAX)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
               "%u parts; there can be 1 to %d", n_parts, MIGDESC_PARTS_MAX);
  return FALSE;
}

/**
 * migdesc_dbus_vmstate_new:
 * @set: the devices, which are all that this object saves and loads
 * @id: what QEMU calls them, the same on source and destination: 1 to 255 bytes without a comma,
 *     the number of the last part included
 * @n_parts: in how many parts, of 1,048,512 bytes each, the state can go: 1 to 128
 * @error: return location for a #GError
 *
 * Makes an object that is not on any bus yet.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT when @id or @n_parts is none, and with
 * %MIGDESC_ERROR_CANNOT_RUN when no thread can be started.
 *
 * Returns: (transfer full): a new object, or %NULL on error
 *
 * Since: 1.0
 */
MigdescDBusVMState *
migdesc_dbus_vmstate_new (MigdescDeviceSet *set,
                          const char *id,
                          guint n_parts,
                          GError **error)
{
  g_autoptr (MigdescDBusVMState) vmstate = NULL;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!check_parts (n_parts, error) || !check_id (id, n_parts, error))
    return NULL;
  vmstate = g_object_new (MIGDESC_TYPE_DBUS_VMSTATE, NULL);
  vmstate->watch = migdesc_deadline_new (error);
  if (vmstate->watch == NULL)
    return NULL;
  vmstate->set = g_object_ref (set);
  vmstate->id = g_strdup (id);
  vmstate->n_parts = n_parts;
  vmstate->exports = g_new0 (MigdescVMStateExport, n_parts);
  for (guint i = 0; i < n_parts; i++)
    {
      vmstate->exports[i].vmstate = vmstate;
      vmstate->exports[i].part = i;
      vmstate->exports[i].id = i == 0 ? g_strdup (id) : g_strdup_printf ("%s.%u", id, i + 1);
    }
  return g_steal_pointer (&vmstate);
}

/**
 * migdesc_dbus_vmstate_get_id:
 * @vmstate: the object
 *
 * Gets what QEMU calls the devices, and the first part.
 *
 * Returns: the Id
 *
 * Since: 1.0
 */
const char *
migdesc_dbus_vmstate_get_id (MigdescDBusVMState *vmstate)
{
  g_return_val_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate), NULL);

  return vmstate->id;
}

/**
 * migdesc_dbus_vmstate_get_n_parts:
 * @vmstate: the object
 *
 * Gets in how many parts the state goes.
 *
 * Returns: a number from 1
 *
 * Since: 1.0
 */
guint
migdesc_dbus_vmstate_get_n_parts (MigdescDBusVMState *vmstate)
{
  g_return_val_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate), 0);

  return vmstate->n_parts;
}

/**
 * migdesc_dbus_vmstate_dup_ids:
 * @vmstate: the object
 *
 * Gets the Ids of all parts. Both QEMUs need them in the `id-list` of `dbus-vmstate`: without it a
 * migration completes without the state of a helper that is not there.
 *
 * Returns: (transfer full): the Ids, in the order of the parts
 *
 * Since: 1.0
 */
char **
migdesc_dbus_vmstate_dup_ids (MigdescDBusVMState *vmstate)
{
  char **ids;

  g_return_val_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate), NULL);

  ids = g_new0 (char *, vmstate->n_parts + 1);
  for (guint i = 0; i < vmstate->n_parts; i++)
    ids[i] = g_strdup (vmstate->exports[i].id);
  return ids;
}

/**
 * migdesc_dbus_vmstate_set_allowed_uid:
 * @vmstate: the object
 * @uid: the user that QEMU runs as
 *
 * Lets this user, and nobody else, call `Save` and `Load`. Without it this process's own user and
 * root may.
 *
 * Since: 1.0
 */
void
migdesc_dbus_vmstate_set_allowed_uid (MigdescDBusVMState *vmstate,
                                      guint uid)
{
  g_return_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate));

  vmstate->allowed_uid = uid;
}

/**
 * migdesc_dbus_vmstate_set_deadline:
 * @vmstate: the object
 * @milliseconds: at least 1; 5000 without this
 *
 * Sets how long a call may take before QEMU is told that it failed. By itself QEMU waits 25 s, with
 * the guest stopped.
 *
 * Since: 1.0
 */
void
migdesc_dbus_vmstate_set_deadline (MigdescDBusVMState *vmstate,
                                   guint milliseconds)
{
  g_return_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate));
  g_return_if_fail (milliseconds > 0);

  vmstate->deadline = milliseconds;
}

/**
 * migdesc_dbus_vmstate_is_prepared:
 * @vmstate: the object
 *
 * Gets whether a whole state was loaded, and the devices wait to take it. A manager asks every
 * helper before it lets the destination run: QEMU completes a migration that had nothing for one.
 *
 * Returns: whether migdesc_dbus_vmstate_commit() will succeed
 *
 * Since: 1.0
 */
gboolean
migdesc_dbus_vmstate_is_prepared (MigdescDBusVMState *vmstate)
{
  g_return_val_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate), FALSE);

  return vmstate->set != NULL && migdesc_device_set_is_prepared (vmstate->set);
}

/**
 * migdesc_dbus_vmstate_commit:
 * @vmstate: the object
 * @error: return location for a #GError
 *
 * Has the devices take the state that was loaded. It is for the program to start them.
 *
 * Fails with %MIGDESC_ERROR_STATE_MISSING when no state was loaded, or not all of its parts.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_dbus_vmstate_commit (MigdescDBusVMState *vmstate,
                             GError **error)
{
  g_autofree char *missing = NULL;

  g_return_val_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate), FALSE);

  if (migdesc_dbus_vmstate_is_prepared (vmstate))
    {
      migdesc_device_set_commit_load (vmstate->set);
      migdesc_vmstate_say_prepared (vmstate);
      return TRUE;
    }
  missing = migdesc_vmparts_describe_missing (&vmstate->arrived);
  if (missing == NULL)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_MISSING, "%s: no state has been loaded",
                 vmstate->id);
  else
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_MISSING,
                 "%s: not loaded yet: parts %s", vmstate->id, missing);
  return FALSE;
}

/**
 * migdesc_dbus_vmstate_discard:
 * @vmstate: the object
 *
 * Forgets what was loaded: the devices are, and go on, as they were.
 *
 * Since: 1.0
 */
void
migdesc_dbus_vmstate_discard (MigdescDBusVMState *vmstate)
{
  gboolean was_prepared;

  g_return_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate));

  was_prepared = migdesc_dbus_vmstate_is_prepared (vmstate);
  migdesc_vmparts_clear (&vmstate->arrived);
  if (!was_prepared)
    return;
  migdesc_device_set_abort_load (vmstate->set);
  migdesc_vmstate_say_prepared (vmstate);
}

/**
 * migdesc_dbus_vmstate_resumed:
 * @vmstate: the object
 *
 * Says that the devices went on after they were saved, so that what was captured is their state no
 * more. Matters where a state goes in several parts, of which only some were taken.
 *
 * Since: 1.0
 */
void
migdesc_dbus_vmstate_resumed (MigdescDBusVMState *vmstate)
{
  g_return_if_fail (MIGDESC_IS_DBUS_VMSTATE (vmstate));

  migdesc_vmstate_forget_saved (vmstate);
}
