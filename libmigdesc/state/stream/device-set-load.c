/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/schema/type-private.h"
#include "state/stream/device-set-private.h"
#include "state/stream/stream-reader-private.h"
#include "state/table/storage.h"

/* Read all, prepare all, commit all: a device is not touched before every device has agreed. */

/* Whether the effective schema of the newest version reads what the table reads, and as that does:
 * a check function wants a struct, and older sections are read by the table alone. */
static gboolean
is_read_by_schema (const MigdescStruct *table)
{
  for (guint i = 0; i < table->n_fields; i++)
    if (table->fields[i].kind == MIGDESC_FIELD_SECTION
        && table->fields[i].minimum != table->fields[i].version)
      return FALSE;
  return table->synthetic != 0;
}

static gboolean
expect (MigdescSetDevice *device,
        MigdescStreamReader *reader,
        GError **error)
{
  const MigdescStruct *table = migdesc_state_type_get_table (device->type);

  device->state = g_malloc (table->size);
  migdesc_table_init (table, device->state);
  if (!migdesc_stream_reader_expect_struct (reader, device->id, device->params, device->type,
                                            device->state, error))
    return FALSE;
  if (device->funcs == NULL && is_read_by_schema (table))
    migdesc_stream_reader_prefer_tree (reader, device->id);
  return TRUE;
}

/**
 * migdesc_device_set_begin_load:
 * @set: a device set
 * @limits: (nullable): limits, %NULL for the defaults
 * @error: return location for a #GError
 *
 * Gives a reader that expects the states of all devices. It is fed from wherever the stream comes,
 * and then given to migdesc_device_set_finish_load(). When the set saves or loads anything else
 * before, the reader fails with %MIGDESC_ERROR_REFUSED; it keeps the set. A load that is given up
 * needs nothing more: no device has been touched.
 *
 * Fails with %MIGDESC_ERROR_REFUSED when a load is prepared, and as
 * migdesc_stream_reader_expect_struct() does.
 *
 * Returns: (transfer full): a reader, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStreamReader *
migdesc_device_set_begin_load (MigdescDeviceSet *set,
                               const MigdescLimits *limits,
                               GError **error)
{
  g_autoptr (MigdescStreamReader) reader = NULL;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), NULL);

  if (!migdesc_device_set_check_idle (set, error))
    return NULL;
  reader = migdesc_stream_reader_new (NULL, limits, error);
  if (reader == NULL)
    return NULL;
  migdesc_device_set_forget (set);
  for (guint i = 0; i < set->devices->len; i++)
    if (!expect (migdesc_device_set_get (set, i), reader, error))
      {
        migdesc_device_set_forget (set);
        return NULL;
      }
  migdesc_device_set_lend (set, reader, (gpointer *) &set->reader);
  return g_steal_pointer (&reader);
}

static gboolean
refuse (MigdescSetDevice *device,
        const GError *reason,
        GError **error)
{
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED, "%s: refuses the state: %s", device->id,
               reason == NULL ? "it did not say why" : reason->message);
  return FALSE;
}

static gboolean
prepare (MigdescSetDevice *device,
         GError **error)
{
  g_autoptr (GError) reason = NULL;
  gboolean done;

  if (device->funcs != NULL && device->funcs->prepare == NULL)
    return TRUE;
  if (device->funcs != NULL)
    done = device->funcs->prepare (device->device, device->state, &reason);
  else
    done = device->load (device->id, MIGDESC_LOAD_PREPARE, device->tree, device->load_data,
                         &reason);
  return (done && reason == NULL) || refuse (device, reason, error);
}

/* Neither of these can fail: what a function of trees says is not asked for. */
static void
finish (MigdescSetDevice *device,
        MigdescLoadStep step)
{
  void (*give_up) (gpointer, gpointer) = device->funcs == NULL ? NULL : device->funcs->abort;

  if (device->funcs == NULL)
    {
      g_autoptr (GError) ignored = NULL;

      device->load (device->id, step, device->tree, device->load_data, &ignored);
    }
  else if (step == MIGDESC_LOAD_COMMIT)
    device->funcs->commit (device->device, device->state);
  else if (give_up != NULL)
    give_up (device->device, device->state);
}

/* Devices with functions of trees get one. */
static gboolean
make_tree (MigdescSetDevice *device,
           MigdescStreamReader *reader,
           GError **error)
{
  if (device->funcs != NULL)
    return TRUE;
  device->tree = migdesc_stream_reader_dup_tree (reader, device->id);
  if (device->tree != NULL)
    return TRUE;
  device->tree = migdesc_state_new_from_struct (
      device->type, migdesc_state_type_get_version (device->type), device->params, device->state,
      error);
  return device->tree != NULL;
}

static gboolean
prepare_each (MigdescDeviceSet *set,
              GError **error)
{
  for (guint i = 0; i < set->devices->len; i++)
    {
      if (prepare (migdesc_device_set_get (set, i), error))
        continue;
      while (i > 0)
        finish (migdesc_device_set_get (set, --i), MIGDESC_LOAD_ABORT);
      return FALSE;
    }
  return TRUE;
}

static gboolean
prepare_all (MigdescDeviceSet *set,
             MigdescStreamReader *reader,
             GError **error)
{
  gboolean done;

  for (guint i = 0; i < set->devices->len; i++)
    if (!make_tree (migdesc_device_set_get (set, i), reader, error))
      return FALSE;
  set->is_asking = TRUE;
  done = prepare_each (set, error);
  set->is_asking = FALSE;
  return done;
}

/**
 * migdesc_device_set_prepare_load:
 * @set: a device set
 * @reader: the reader of migdesc_device_set_begin_load(), fed with the whole stream
 * @error: return location for a #GError
 *
 * Has all devices prepare to take their states: the first half of migdesc_device_set_finish_load(),
 * for who has to wait for others before the devices may change. Then either
 * migdesc_device_set_commit_load() or migdesc_device_set_abort_load() has to be called, and until
 * then the set can neither save nor load anything else.
 *
 * Fails with %MIGDESC_ERROR_REFUSED when a device refuses its state or @reader is of another load,
 * and as migdesc_stream_reader_finish() does. Then no device has changed, and none is prepared.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_device_set_prepare_load (MigdescDeviceSet *set,
                                 MigdescStreamReader *reader,
                                 GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), FALSE);
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);

  if (!migdesc_device_set_check_idle (set, error))
    return FALSE;
  if (reader != set->reader)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                           "the reader is not of the load that the set has begun");
      return FALSE;
    }
  set->prepared = (migdesc_stream_reader_is_finished (reader)
                   || migdesc_stream_reader_finish (reader, error))
                  && prepare_all (set, reader, error);
  if (!set->prepared)
    {
      migdesc_device_set_forget (set);
      return FALSE;
    }
  /* It has filled what it was given, and would fill it again after a restart. */
  migdesc_stream_reader_detach (reader);
  migdesc_device_set_take_back (reader, (gpointer *) &set->reader);
  return TRUE;
}

/**
 * migdesc_device_set_is_prepared:
 * @set: a device set
 *
 * Gets whether devices wait between migdesc_device_set_prepare_load() and its end.
 *
 * Returns: whether a load is prepared
 *
 * Since: 1.0
 */
gboolean
migdesc_device_set_is_prepared (MigdescDeviceSet *set)
{
  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), FALSE);

  return set->prepared;
}

static void
end_load (MigdescDeviceSet *set,
          MigdescLoadStep step)
{
  guint n = set->prepared ? set->devices->len : 0;

  set->prepared = FALSE;
  set->is_asking = TRUE;
  for (guint i = 0; i < n; i++)
    finish (migdesc_device_set_get (set, step == MIGDESC_LOAD_COMMIT ? i : n - 1 - i), step);
  set->is_asking = FALSE;
  migdesc_device_set_forget (set);
}

/**
 * migdesc_device_set_commit_load:
 * @set: a device set with a prepared load
 *
 * Has all devices take the states that they are prepared for, which cannot fail.
 *
 * Since: 1.0
 */
void
migdesc_device_set_commit_load (MigdescDeviceSet *set)
{
  g_return_if_fail (MIGDESC_IS_DEVICE_SET (set));
  g_return_if_fail (set->prepared && !set->is_asking);

  end_load (set, MIGDESC_LOAD_COMMIT);
}

/**
 * migdesc_device_set_abort_load:
 * @set: a device set
 *
 * Has all devices give back what they got to take their states, the last one first: they go on as
 * they were. Also forgets what was read where no load is prepared, and nothing more; called by a
 * function of a device it does nothing, for the set aborts by itself when one refuses.
 *
 * Since: 1.0
 */
void
migdesc_device_set_abort_load (MigdescDeviceSet *set)
{
  g_return_if_fail (MIGDESC_IS_DEVICE_SET (set));

  if (!set->is_asking)
    end_load (set, MIGDESC_LOAD_ABORT);
}

/**
 * migdesc_device_set_finish_load:
 * @set: a device set
 * @reader: the reader of migdesc_device_set_begin_load(), fed with the whole stream
 * @error: return location for a #GError
 *
 * Has all devices take their states, or none: migdesc_device_set_prepare_load() and
 * migdesc_device_set_commit_load().
 *
 * Fails as migdesc_device_set_prepare_load() does. Then no device has changed.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_device_set_finish_load (MigdescDeviceSet *set,
                                MigdescStreamReader *reader,
                                GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), FALSE);
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);

  if (!migdesc_device_set_prepare_load (set, reader, error))
    return FALSE;
  migdesc_device_set_commit_load (set);
  return TRUE;
}

/**
 * migdesc_device_set_load:
 * @set: a device set
 * @bytes: a stream
 * @error: return location for a #GError
 *
 * Loads all devices from a stream, or none.
 *
 * Fails as migdesc_device_set_finish_load() and migdesc_stream_reader_feed() do. Then no device has
 * changed.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_device_set_load (MigdescDeviceSet *set,
                         GBytes *bytes,
                         GError **error)
{
  g_autoptr (MigdescStreamReader) reader = NULL;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  reader = migdesc_device_set_begin_load (set, NULL, error);
  if (reader == NULL)
    return FALSE;
  if (migdesc_stream_reader_read_bytes (reader, bytes, error))
    return migdesc_device_set_finish_load (set, reader, error);
  migdesc_device_set_forget (set);
  return FALSE;
}

static gboolean
create (MigdescDeviceSet *set,
        MigdescManifest *manifest,
        guint device,
        MigdescCreateFunc function,
        gpointer user_data,
        GError **error)
{
  const char *id = migdesc_manifest_get_id (manifest, device);
  g_autoptr (GError) reason = NULL;

  if (function (set, id, migdesc_manifest_get_params (manifest, device), user_data, &reason)
      && reason == NULL)
    {
      if (migdesc_device_set_find (set, id) != NULL)
        return TRUE;
      g_set_error_literal (&reason, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                           "it was not added to the set");
    }
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED, "%s: cannot be created: %s", id,
               reason == NULL ? "the reason was not said" : reason->message);
  return FALSE;
}

/**
 * migdesc_device_set_import:
 * @set: a set without devices
 * @bytes: a stream with its schemas, as migdesc_device_set_export() makes it
 * @create_device: (scope call) (closure user_data): creates a device and adds it to the set
 * @user_data: what @create_device is given
 * @error: return location for a #GError
 *
 * Makes the devices that a stream holds, each as its manifest says, and loads them. The whole
 * stream is read and checked by its own schemas before the first device is created.
 *
 * Fails with %MIGDESC_ERROR_REFUSED when a device cannot be created or refuses its state, and as
 * migdesc_device_set_load() does. Devices that were created then are the caller's to remove, with
 * the set.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_device_set_import (MigdescDeviceSet *set,
                           GBytes *bytes,
                           MigdescCreateFunc create_device,
                           gpointer user_data,
                           GError **error)
{
  g_autoptr (MigdescStreamReader) reader = NULL;
  MigdescManifest *manifest;

  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), FALSE);
  g_return_val_if_fail (set->devices->len == 0, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (create_device != NULL, FALSE);

  reader = migdesc_stream_reader_new (NULL, NULL, error);
  if (reader == NULL || !migdesc_stream_reader_read_bytes (reader, bytes, error))
    return FALSE;
  manifest = migdesc_stream_reader_get_manifest (reader);
  for (guint i = 0; i < migdesc_manifest_get_n_devices (manifest); i++)
    if (!create (set, manifest, i, create_device, user_data, error))
      return FALSE;
  return migdesc_device_set_load (set, bytes, error);
}
