/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/schema/type-private.h"
#include "state/stream/device-set-private.h"
#include "state/table/storage.h"
#include "state/transform/bind.h"
#include "state/tree/state-private.h"

static void
make_struct (MigdescSetDevice *device)
{
  const MigdescStruct *table = migdesc_state_type_get_table (device->type);

  device->state = g_malloc (table->size);
  migdesc_table_init (table, device->state);
}

static gboolean
add_struct (MigdescSetDevice *device,
            MigdescStreamWriter *writer,
            gconstpointer state,
            GError **error)
{
  return migdesc_stream_writer_add_struct (writer, device->id, device->params, device->type,
                                           device->version, state, error);
}

/* A struct of the device's type, as its capture function fills it; or the device, which stands
 * still. */
static gboolean
capture_struct (MigdescSetDevice *device,
                MigdescStreamWriter *writer,
                GError **error)
{
  if (device->funcs->capture == NULL)
    return add_struct (device, writer, device->device, error);
  make_struct (device);
  device->funcs->capture (device->device, device->state);
  return add_struct (device, writer, device->state, error);
}

/* Whether the destination's type can read what was captured in the version that is written. */
static gboolean
check_schema (MigdescSetDevice *device,
              GError **error)
{
  MigdescStateType *old;
  g_autoptr (MigdescStateType) wanted = NULL;
  g_autoptr (MigdescStateType) schema = migdesc_state_type_new_effective (
      migdesc_state_get_schema (device->tree), device->version, device->params, error);

  if (schema == NULL
      || !migdesc_state_type_find_old (device->type, device->version,
                                       migdesc_state_type_get_digest (schema), &old, error))
    return FALSE;
  if (old != NULL)
    return TRUE;
  wanted = migdesc_state_type_new_effective (device->type, device->version, device->params, error);
  if (wanted == NULL || migdesc_state_type_equal (schema, wanted))
    return wanted != NULL;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_SCHEMA,
               "the captured state's schema is %s, that of state version %u of %s is %s",
               migdesc_state_type_get_digest (schema), device->version,
               migdesc_state_type_get_name (device->type), migdesc_state_type_get_digest (wanted));
  return FALSE;
}

/* A tree of another version than is to be written goes through a struct of the type. */
static gboolean
add_tree (MigdescSetDevice *device,
          MigdescStreamWriter *writer,
          GError **error)
{
  MigdescStateType *schema = migdesc_state_get_schema (device->tree);

  if (migdesc_state_type_get_version (schema) == device->version)
    {
      if (check_schema (device, error))
        return migdesc_stream_writer_add_state (writer, device->id, device->params, device->tree,
                                                error);
    }
  else
    {
      make_struct (device);
      if (migdesc_state_to_struct (device->tree, device->type, device->params, device->state,
                                   error))
        return add_struct (device, writer, device->state, error);
    }
  g_prefix_error (error, "%s: ", device->id);
  return FALSE;
}

/* A function that fails without an error, as one of another language may, gets one. */
static gboolean
capture_tree (MigdescSetDevice *device,
              MigdescStreamWriter *writer,
              GError **error)
{
  g_autoptr (GError) reason = NULL;

  device->tree = device->capture (device->id, device->capture_data, &reason);
  if (device->tree != NULL && reason == NULL && migdesc_state_is_whole (device->tree))
    return add_tree (device, writer, error);
  if (device->tree != NULL && reason == NULL)
    g_set_error_literal (&reason, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                         "what it gave is a part of a state");
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED, "%s: cannot be captured: %s",
               device->id, reason == NULL ? "it did not say why" : reason->message);
  return FALSE;
}

/**
 * migdesc_device_set_begin_save:
 * @set: a device set
 * @format: (nullable): the name of a format, %NULL for `binary`
 * @embed_schemas: whether the stream can be read without the devices' types
 * @error: return location for a #GError
 *
 * Captures all devices, and gives a writer that has their states. When the set saves or loads
 * anything else before it is done, the writer fails with %MIGDESC_ERROR_REFUSED; it keeps the set.
 *
 * Fails with %MIGDESC_ERROR_REFUSED when a device cannot be captured or a load is prepared, with
 * %MIGDESC_ERROR_STATE_SCHEMA when a captured tree is not of the device's type, and with the
 * errors of migdesc_stream_writer_new() and migdesc_stream_writer_add_struct().
 *
 * Returns: (transfer full): a writer, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStreamWriter *
migdesc_device_set_begin_save (MigdescDeviceSet *set,
                               const char *format,
                               gboolean embed_schemas,
                               GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = NULL;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), NULL);

  if (!migdesc_device_set_check_idle (set, error))
    return NULL;
  writer = migdesc_stream_writer_new (format, error);
  if (writer == NULL)
    return NULL;
  migdesc_stream_writer_set_embed_schemas (writer, embed_schemas);
  migdesc_device_set_forget (set);
  for (guint i = 0; i < set->devices->len; i++)
    {
      MigdescSetDevice *device = migdesc_device_set_get (set, i);
      gboolean done;

      set->is_asking = TRUE;
      done = device->funcs != NULL ? capture_struct (device, writer, error)
                                   : capture_tree (device, writer, error);
      set->is_asking = FALSE;
      if (done)
        continue;
      migdesc_device_set_forget (set);
      return NULL;
    }
  migdesc_device_set_lend (set, writer, (gpointer *) &set->writer);
  return g_steal_pointer (&writer);
}

static GBytes *
save (MigdescDeviceSet *set,
      const char *format,
      gboolean embed_schemas,
      GError **error)
{
  g_autoptr (MigdescStreamWriter) writer
      = migdesc_device_set_begin_save (set, format, embed_schemas, error);
  GBytes *bytes;

  if (writer == NULL) /* it may be that states of a load wait in the set */
    return NULL;
  bytes = migdesc_stream_writer_to_bytes (writer, error);
  migdesc_device_set_forget (set);
  return bytes;
}

/**
 * migdesc_device_set_save:
 * @set: a device set
 * @format: (nullable): the name of a format, %NULL for `binary`
 * @error: return location for a #GError
 *
 * Saves all devices, for devices of the same types to load.
 *
 * Fails as migdesc_device_set_begin_save() and migdesc_stream_writer_to_bytes() do.
 *
 * Returns: (transfer full): the stream, or %NULL on error
 *
 * Since: 1.0
 */
GBytes *
migdesc_device_set_save (MigdescDeviceSet *set,
                         const char *format,
                         GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), NULL);

  return save (set, format, FALSE, error);
}

/**
 * migdesc_device_set_export:
 * @set: a device set
 * @format: (nullable): the name of a format, %NULL for `binary`
 * @error: return location for a #GError
 *
 * Saves all devices with the schemas of their states: a stream that can be shown, compared and
 * converted anywhere, and from which migdesc_device_set_import() makes the same set again.
 *
 * Fails as migdesc_device_set_save() does.
 *
 * Returns: (transfer full): the stream, or %NULL on error
 *
 * Since: 1.0
 */
GBytes *
migdesc_device_set_export (MigdescDeviceSet *set,
                           const char *format,
                           GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), NULL);

  return save (set, format, TRUE, error);
}
