/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/stream/stream-old.h"
#include "state/stream/stream-reader-private.h"

/* The steps of a stream: manifest, schemas, states, end. */

static MigdescStreamVisitorClass *
get_class (const MigdescStreamReader *reader)
{
  return MIGDESC_STREAM_VISITOR_GET_CLASS (reader->visitor);
}

static gboolean
check_device (MigdescStreamReader *reader,
              const MigdescManifestDevice *entry,
              GError **error)
{
  MigdescStreamDevice *device = migdesc_stream_devices_find (reader->expected, entry->id);

  if (device == NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN,
                   "the stream has this device, and it is not expected");
      return FALSE;
    }
  if (!migdesc_stream_device_take_version (device, entry, error)
      || !migdesc_stream_device_check_params (device, entry->params, error))
    return FALSE;
  if (device->type == NULL || g_strcmp0 (entry->digest, device->digest) == 0)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_SCHEMA,
               "the state's schema is %s, that of state version %u of %s is %s here",
               entry->digest == NULL ? "not named" : entry->digest, entry->state,
               migdesc_state_type_get_name (device->type), device->digest);
  return FALSE;
}

static gboolean
check_devices (MigdescStreamReader *reader,
               GError **error)
{
  guint n = migdesc_manifest_get_n_devices (reader->manifest);

  for (guint i = 0; i < n; i++)
    {
      const MigdescManifestDevice *entry = migdesc_manifest_peek_device (reader->manifest, i);

      if (!check_device (reader, entry, error))
        return migdesc_stream_device_prefix (entry->id, error);
    }
  for (guint i = 0; i < reader->expected->len; i++)
    {
      const MigdescStreamDevice *device = g_ptr_array_index (reader->expected, i);

      if (migdesc_manifest_find (reader->manifest, device->id, NULL))
        continue;
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_MISSING,
                           "the device is expected, and the stream does not have it");
      return migdesc_stream_device_prefix (device->id, error);
    }
  return TRUE;
}

/* One after the other, the streams of a device mostly have one manifest. */
static gboolean
is_last_manifest (const MigdescStreamReader *reader,
                  const char *text,
                  gsize length)
{
  const char *last;
  gsize last_length;

  if (reader->last_manifest == NULL)
    return FALSE;
  last = migdesc_manifest_get_text (reader->last_manifest, &last_length);
  return last_length == length && memcmp (last, text, length) == 0;
}

gboolean
migdesc_stream_reader_take_manifest (MigdescStreamReader *reader,
                                     const char *text,
                                     gsize length,
                                     GError **error)
{
  if (is_last_manifest (reader, text, length))
    reader->manifest = g_steal_pointer (&reader->last_manifest);
  else
    reader->manifest
        = migdesc_manifest_new_from_json (text, (gssize) length, reader->limits, error);
  g_clear_pointer (&reader->last_manifest, migdesc_manifest_unref);
  if (reader->manifest == NULL)
    {
      g_prefix_error (error, "the manifest: ");
      return FALSE;
    }
  return reader->expected->len == 0 || check_devices (reader, error);
}

static gboolean
fail_schema (const char *digest,
             const char *problem,
             GError **error)
{
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_SCHEMA, "the schema %s %s", digest,
               problem);
  return FALSE;
}

static gboolean
is_named (MigdescStreamReader *reader,
          const char *digest)
{
  guint n = migdesc_manifest_get_n_devices (reader->manifest);

  if (reader->named == NULL)
    {
      reader->named = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < n; i++)
        {
          const char *name = migdesc_manifest_get_digest (reader->manifest, i);

          if (name != NULL)
            g_hash_table_add (reader->named, (gpointer) name);
        }
    }
  return g_hash_table_contains (reader->named, digest);
}

gboolean
migdesc_stream_reader_take_schema (MigdescStreamReader *reader,
                                   const MigdescStreamEvent *event,
                                   GError **error)
{
  g_autofree char *sum
      = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guint8 *) event->text,
                                     event->length);
  g_autofree char *digest = g_strconcat ("sha256:", sum, NULL);

  if (g_strcmp0 (digest, event->digest) != 0)
    return fail_schema (digest, "came under another name", error);
  if (g_hash_table_contains (reader->schemas, digest))
    return fail_schema (digest, "came a second time", error);
  if (!is_named (reader, digest))
    return fail_schema (digest, "is of no device in the manifest", error);
  g_hash_table_insert (reader->schemas, g_steal_pointer (&digest),
                       g_strndup (event->text, event->length));
  return TRUE;
}

static const char *
get_id (const MigdescStreamReader *reader)
{
  return migdesc_manifest_get_id (reader->manifest, reader->n_done);
}

static gboolean
take_device (MigdescStreamReader *reader,
             guint device,
             GError **error)
{
  guint n = migdesc_manifest_get_n_devices (reader->manifest);

  if (device != reader->n_done || device >= n)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN,
                   "a state of device %u, and the manifest has %u devices", device, n);
      return FALSE;
    }
  reader->target = migdesc_stream_reader_find_target (reader, device, error);
  if (reader->target == NULL)
    return migdesc_stream_device_prefix (get_id (reader), error);
  reader->stage = MIGDESC_READER_AT_DEVICE;
  return TRUE;
}

static gboolean
take_end (MigdescStreamReader *reader,
          GError **error)
{
  if (reader->n_done < migdesc_manifest_get_n_devices (reader->manifest))
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_MISSING,
                           "the stream ends before the state of this device");
      return migdesc_stream_device_prefix (get_id (reader), error);
    }
  reader->stage = MIGDESC_READER_AT_END;
  return TRUE;
}

static gboolean
take_event (MigdescStreamReader *reader,
            const MigdescStreamEvent *event,
            GError **error)
{
  switch (event->kind)
    {
    case MIGDESC_STREAM_MANIFEST:
      return migdesc_stream_reader_take_manifest (reader, event->text, event->length, error);
    case MIGDESC_STREAM_SCHEMA:
      return migdesc_stream_reader_take_schema (reader, event, error);
    case MIGDESC_STREAM_DEVICE:
      return take_device (reader, event->device, error);
    default:
      return take_end (reader, error);
    }
}

static gboolean
next_event (MigdescStreamReader *reader,
            GError **error)
{
  MigdescStreamEvent event = { .kind = MIGDESC_STREAM_END };
  gboolean done = get_class (reader)->next_event (reader->visitor, &event, error)
                  && take_event (reader, &event, error);

  migdesc_stream_event_clear (&event);
  return done;
}

static gboolean
begin_device (MigdescStreamReader *reader,
              GError **error)
{
  MigdescStreamDevice *target = reader->target;

  if (!get_class (reader)->begin_device (reader->visitor, reader->n_done, target->id,
                                         target->plan, error))
    return FALSE;
  if (target->plan != NULL)
    migdesc_stream_device_begin_walk (target, &reader->walk, MIGDESC_VISITOR (reader->visitor));
  reader->stage = MIGDESC_READER_AT_STATE;
  return TRUE;
}

static gboolean
go_device (MigdescStreamReader *reader,
           GError **error)
{
  MigdescVisitorPrivate *priv = MIGDESC_VISITOR (reader->visitor)->priv;

  if (reader->target->plan == NULL)
    {
      if (!migdesc_stream_device_visit (reader->target, MIGDESC_VISITOR (reader->visitor), error))
        return FALSE;
    }
  else
    {
      MigdescWalkStatus status = migdesc_walk_go (&reader->walk, error);

      priv->blocked = status == MIGDESC_WALK_BLOCKED;
      if (status != MIGDESC_WALK_DONE)
        return FALSE;
      migdesc_walk_clear (&reader->walk);
    }
  reader->stage = MIGDESC_READER_BEHIND;
  return TRUE;
}

static gboolean
end_device (MigdescStreamReader *reader,
            GError **error)
{
  if (!get_class (reader)->end_device (reader->visitor, error)
      || !migdesc_stream_device_finish (reader->target, error))
    return FALSE;
  reader->n_done++;
  reader->stage = MIGDESC_READER_AT_EVENT;
  return TRUE;
}

/* FALSE without an error: blocked. */
static gboolean
step (MigdescStreamReader *reader,
      GError **error)
{
  gboolean done;

  switch (reader->stage)
    {
    case MIGDESC_READER_AT_EVENT:
      return next_event (reader, error);
    case MIGDESC_READER_AT_DEVICE:
      done = begin_device (reader, error);
      break;
    case MIGDESC_READER_AT_STATE:
      done = go_device (reader, error);
      break;
    default:
      done = end_device (reader, error);
      break;
    }
  if (!done && *error != NULL)
    migdesc_stream_device_prefix (reader->target->id, error);
  return done;
}

gboolean
migdesc_stream_reader_go (MigdescStreamReader *reader,
                          GError **error)
{
  MigdescVisitorPrivate *priv = MIGDESC_VISITOR (reader->visitor)->priv;
  GError *taken = NULL;

  while (reader->stage != MIGDESC_READER_AT_END)
    {
      if (step (reader, &taken))
        continue;
      if (taken == NULL && priv->blocked)
        {
          priv->blocked = FALSE;
          return TRUE;
        }
      reader->error = g_error_copy (taken);
      g_propagate_error (error, taken);
      return FALSE;
    }
  return TRUE;
}
