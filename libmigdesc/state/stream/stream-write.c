/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/stream/stream-writer-private.h"

/* The steps of a stream: manifest, schemas, states, end. */

static MigdescStreamVisitorClass *
get_class (const MigdescStreamWriter *writer)
{
  return MIGDESC_STREAM_VISITOR_GET_CLASS (writer->visitor);
}

static void
make_manifest (MigdescStreamWriter *writer)
{
  GArray *devices = migdesc_manifest_devices_new ();

  for (guint i = 0; i < writer->devices->len; i++)
    {
      const MigdescStreamDevice *device = g_ptr_array_index (writer->devices, i);
      MigdescManifestDevice entry = { g_strdup (device->id), g_strdup (device->digest),
                                      migdesc_param_list_ref (device->params), device->version };

      g_array_append_val (devices, entry);
    }
  writer->manifest = migdesc_manifest_new_for_devices (devices);
}

/* Each once, however many devices have it. */
static gboolean
write_schemas (MigdescStreamWriter *writer,
               GError **error)
{
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < writer->devices->len; i++)
    {
      const MigdescStreamDevice *device = g_ptr_array_index (writer->devices, i);
      g_autofree char *text = NULL;

      if (device->effective == NULL || !g_hash_table_add (written, device->digest))
        continue;
      text = migdesc_state_type_to_json (device->effective, FALSE);
      if (!get_class (writer)->write_schema (writer->visitor, device->digest, text, strlen (text),
                                             error))
        return migdesc_stream_device_prefix (device->id, error);
    }
  return TRUE;
}

static gboolean
begin (MigdescStreamWriter *writer,
       GError **error)
{
  const char *text;
  gsize length;

  if (writer->manifest == NULL)
    make_manifest (writer);
  text = migdesc_manifest_get_text (writer->manifest, &length);
  if (!get_class (writer)->begin_stream (writer->visitor, text, length, error)
      || (writer->embed_schemas && !write_schemas (writer, error)))
    return FALSE;
  writer->stage = MIGDESC_WRITER_AT_DEVICE;
  return TRUE;
}

static gboolean
begin_device (MigdescStreamWriter *writer,
              GError **error)
{
  const MigdescStreamDevice *device;

  if (writer->n_done == writer->devices->len)
    {
      writer->stage = MIGDESC_WRITER_AT_END;
      return get_class (writer)->end_stream (writer->visitor, error);
    }
  device = g_ptr_array_index (writer->devices, writer->n_done);
  if (!get_class (writer)->begin_device (writer->visitor, writer->n_done, device->id, device->plan,
                                         error))
    return migdesc_stream_device_prefix (device->id, error);
  if (device->plan != NULL)
    migdesc_stream_device_begin_walk (device, &writer->walk, MIGDESC_VISITOR (writer->visitor));
  writer->stage = MIGDESC_WRITER_AT_STATE;
  return TRUE;
}

/* Until the state has been written, or something has to be taken first. */
static gboolean
go_device (MigdescStreamWriter *writer,
           GError **error)
{
  const MigdescStreamDevice *device = g_ptr_array_index (writer->devices, writer->n_done);
  MigdescWalkStatus status = MIGDESC_WALK_DONE;

  if (device->plan != NULL)
    status = migdesc_walk_go (&writer->walk, error);
  else if (!migdesc_stream_device_visit (device, MIGDESC_VISITOR (writer->visitor), error))
    status = MIGDESC_WALK_FAILED;
  if (status == MIGDESC_WALK_BLOCKED)
    return TRUE;
  if (status == MIGDESC_WALK_FAILED || !get_class (writer)->end_device (writer->visitor, error))
    return migdesc_stream_device_prefix (device->id, error);
  migdesc_walk_clear (&writer->walk);
  writer->n_done++;
  writer->stage = MIGDESC_WRITER_AT_DEVICE;
  return TRUE;
}

static gboolean
step (MigdescStreamWriter *writer,
      GError **error)
{
  switch (writer->stage)
    {
    case MIGDESC_WRITER_AT_BEGIN:
      return begin (writer, error);
    case MIGDESC_WRITER_AT_DEVICE:
      return begin_device (writer, error);
    default:
      return go_device (writer, error);
    }
}

/* Not worth a call of the system. */
#define ENOUGH 65536

static gboolean
has_enough (const MigdescStreamWriter *writer)
{
  return writer->stage != MIGDESC_WRITER_AT_STATE && writer->visitor->output->len >= ENOUGH;
}

/* What has been written goes out, and behind it why there is no more. */
static gboolean
fail (MigdescStreamWriter *writer,
      GError *taken,
      GError **error)
{
  writer->stage = MIGDESC_WRITER_FAILED;
  writer->error = g_error_copy (taken);
  get_class (writer)->abort_stream (writer->visitor, taken->message);
  g_propagate_error (error, taken);
  return FALSE;
}

gboolean
migdesc_stream_writer_go (MigdescStreamWriter *writer,
                          GError **error)
{
  GError *taken = NULL;

  if (writer->error != NULL)
    {
      g_propagate_error (error, g_error_copy (writer->error));
      return FALSE;
    }
  while (writer->stage != MIGDESC_WRITER_AT_END)
    {
      gboolean was_inside = writer->stage == MIGDESC_WRITER_AT_STATE;

      if (!step (writer, &taken))
        return fail (writer, taken, error);
      /* blocked: the output may be taken */
      if (has_enough (writer) || (was_inside && writer->stage == MIGDESC_WRITER_AT_STATE))
        return TRUE;
    }
  return TRUE;
}

void
migdesc_stream_writer_taken (MigdescStreamWriter *writer,
                             gsize n)
{
  writer->visitor->output_offset += n;
  if (writer->progress != NULL)
    writer->progress (writer->visitor->output_offset, writer->progress_data);
}
