/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-device-set.h>
#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/stream/device-set-private.h"
#include "state/stream/stream-reader-private.h"
#include "state/stream/stream-writer-private.h"
#include "state/transform/bind.h"

/**
 * MigdescDeviceSet:
 *
 * Devices that are saved and loaded as a whole. A set belongs to one thread at a time.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescDeviceSet, migdesc_device_set, G_TYPE_OBJECT)

void
migdesc_set_device_forget (MigdescSetDevice *device)
{
  if (device->state != NULL)
    {
      migdesc_state_type_clear_struct (device->type, device->state);
      g_clear_pointer (&device->state, g_free);
    }
  g_clear_pointer (&device->tree, migdesc_state_unref);
}

#define SET_KEY "migdesc-device-set"

void
migdesc_device_set_lend (MigdescDeviceSet *set,
                         gpointer stream,
                         gpointer *place)
{
  *place = stream;
  g_object_add_weak_pointer (stream, place);
  g_object_set_data_full (stream, SET_KEY, g_object_ref (set), g_object_unref);
}

void
migdesc_device_set_take_back (gpointer stream,
                              gpointer *place)
{
  g_clear_weak_pointer (place);
  g_object_set_data (stream, SET_KEY, NULL);
}

void
migdesc_device_set_forget (MigdescDeviceSet *set)
{
  MigdescStreamReader *reader = set->reader;
  MigdescStreamWriter *writer = set->writer;

  if (reader != NULL)
    {
      migdesc_stream_reader_detach (reader);
      migdesc_device_set_take_back (reader, (gpointer *) &set->reader);
    }
  if (writer != NULL)
    {
      migdesc_stream_writer_detach (writer);
      migdesc_device_set_take_back (writer, (gpointer *) &set->writer);
    }
  for (guint i = 0; i < set->devices->len; i++)
    migdesc_set_device_forget (migdesc_device_set_get (set, i));
}

static void
device_free (gpointer data)
{
  MigdescSetDevice *device = data;

  migdesc_set_device_forget (device);
  g_free (device->id);
  g_clear_pointer (&device->params, migdesc_param_list_unref);
  g_object_unref (device->type);
  if (device->capture_destroy != NULL)
    device->capture_destroy (device->capture_data);
  if (device->load_destroy != NULL)
    device->load_destroy (device->load_data);
  g_free (device);
}

static void
migdesc_device_set_init (MigdescDeviceSet *set)
{
  set->devices = g_ptr_array_new_with_free_func (device_free);
}

static void
migdesc_device_set_finalize (GObject *object)
{
  MigdescDeviceSet *set = MIGDESC_DEVICE_SET (object);

  migdesc_device_set_abort_load (set);
  g_ptr_array_unref (set->devices);
  G_OBJECT_CLASS (migdesc_device_set_parent_class)->finalize (object);
}

static void
migdesc_device_set_class_init (MigdescDeviceSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_device_set_finalize;
}

MigdescSetDevice *
migdesc_device_set_find (MigdescDeviceSet *set,
                         const char *id)
{
  for (guint i = 0; i < set->devices->len; i++)
    if (strcmp (migdesc_device_set_get (set, i)->id, id) == 0)
      return migdesc_device_set_get (set, i);
  return NULL;
}

gboolean
migdesc_device_set_check_idle (MigdescDeviceSet *set,
                               GError **error)
{
  if (set->is_asking)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                           "a function of a device cannot save or load the set that it is in");
      return FALSE;
    }
  if (!set->prepared)
    return TRUE;
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                       "the devices are prepared for a state, which is to be committed or aborted "
                       "first");
  return FALSE;
}

/**
 * migdesc_device_set_new:
 *
 * Makes an empty set.
 *
 * Returns: (transfer full): a new set
 *
 * Since: 1.0
 */
MigdescDeviceSet *
migdesc_device_set_new (void)
{
  return g_object_new (MIGDESC_TYPE_DEVICE_SET, NULL);
}

static gboolean
check_id (MigdescDeviceSet *set,
          const char *id,
          GError **error)
{
  g_autofree char *shown = migdesc_quote (id, -1);

  if (id[0] == '\0')
    g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                         "a device needs an id");
  else if (migdesc_device_set_find (set, id) != NULL)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                 "the set has a device \"%s\" already", shown);
  else
    return TRUE;
  return FALSE;
}

static MigdescSetDevice *
add_device (MigdescDeviceSet *set,
            const char *id,
            MigdescParamList *params,
            MigdescStateType *type,
            GError **error)
{
  MigdescSetDevice *device;

  if (set->is_asking)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                           "a function of a device cannot add to the set that it is in");
      return NULL;
    }
  if (!check_id (set, id, error))
    return NULL;
  device = g_new0 (MigdescSetDevice, 1);
  device->id = g_strdup (id);
  device->params = params == NULL ? NULL : migdesc_param_list_ref (params);
  device->type = g_object_ref (type);
  device->version = migdesc_state_type_get_version (type);
  g_ptr_array_add (set->devices, device);
  return device;
}

/**
 * migdesc_device_set_add: (skip)
 * @set: a device set
 * @id: what the device is called in streams; the same on source and destination
 * @params: (nullable): its model, version and parameters
 * @type: its state type, of a field table
 * @funcs: what it does; they have to outlive the set
 * @device: what @funcs are given; it has to outlive the set
 * @error: return location for a #GError
 *
 * Adds a device whose state is a C struct.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT when the id is empty or in the set already.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_device_set_add (MigdescDeviceSet *set,
                        const char *id,
                        MigdescParamList *params,
                        MigdescStateType *type,
                        const MigdescDeviceFuncs *funcs,
                        gpointer device,
                        GError **error)
{
  MigdescSetDevice *added;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), FALSE);
  g_return_val_if_fail (funcs != NULL && funcs->commit != NULL, FALSE);

  added = add_device (set, id, params, type, error);
  if (added == NULL)
    return FALSE;
  added->funcs = funcs;
  added->device = device;
  return TRUE;
}

/**
 * migdesc_device_set_add_functions: (rename-to migdesc_device_set_add)
 * @set: a device set
 * @id: what the device is called in streams; the same on source and destination
 * @params: (nullable): its model, version and parameters
 * @type: its state type
 * @capture: (scope notified) (closure capture_data) (destroy capture_destroy): captures its state
 * @capture_data: what @capture is given
 * @capture_destroy: (nullable): frees @capture_data
 * @load: (scope notified) (closure load_data) (destroy load_destroy): does a step of a load
 * @load_data: what @load is given
 * @load_destroy: (nullable): frees @load_data
 * @error: return location for a #GError
 *
 * Adds a device whose state is a tree.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT when the id is empty or in the set already.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_device_set_add_functions (MigdescDeviceSet *set,
                                  const char *id,
                                  MigdescParamList *params,
                                  MigdescStateType *type,
                                  MigdescCaptureFunc capture,
                                  gpointer capture_data,
                                  GDestroyNotify capture_destroy,
                                  MigdescLoadFunc load,
                                  gpointer load_data,
                                  GDestroyNotify load_destroy,
                                  GError **error)
{
  MigdescSetDevice *added;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (type), FALSE);
  g_return_val_if_fail (capture != NULL, FALSE);
  g_return_val_if_fail (load != NULL, FALSE);

  added = add_device (set, id, params, type, error);
  if (added == NULL)
    return FALSE;
  added->capture = capture;
  added->capture_data = capture_data;
  added->capture_destroy = capture_destroy;
  added->load = load;
  added->load_data = load_data;
  added->load_destroy = load_destroy;
  return TRUE;
}

/**
 * migdesc_device_set_get_n_devices:
 * @set: a device set
 *
 * Asks for the number of devices.
 *
 * Returns: how many there are
 *
 * Since: 1.0
 */
guint
migdesc_device_set_get_n_devices (MigdescDeviceSet *set)
{
  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), 0);

  return set->devices->len;
}

/**
 * migdesc_device_set_set_state_version:
 * @set: a device set
 * @id: the id of a device
 * @version: the state version to save, not above the newest of its type
 * @error: return location for a #GError
 *
 * Has a device saved as an older one would be, for a destination that does not know the newest
 * version.
 *
 * Fails with %MIGDESC_ERROR_STATE_UNKNOWN when there is no such device, with
 * %MIGDESC_ERROR_STATE_TOO_NEW or %MIGDESC_ERROR_STATE_TOO_OLD when it cannot be saved so.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_device_set_set_state_version (MigdescDeviceSet *set,
                                      const char *id,
                                      guint version,
                                      GError **error)
{
  MigdescSetDevice *device;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  device = migdesc_device_set_find (set, id);
  if (device == NULL)
    {
      g_autofree char *shown = migdesc_quote (id, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN,
                   "the set has no device \"%s\"", shown);
      return FALSE;
    }
  if (!migdesc_state_type_can_save (device->type, version, error))
    {
      g_prefix_error (error, "%s: ", device->id);
      return FALSE;
    }
  device->version = version;
  return TRUE;
}
