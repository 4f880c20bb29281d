/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/der-load.h"

#include "base/quote.h"
#include "state/formats/der-scan.h"

/* The stream, down to its devices. */

typedef struct
{
  MigdescStreamVisitorClass parent_class;
} MigdescDerLoaderClass;

G_DEFINE_FINAL_TYPE (MigdescDerLoader, migdesc_der_loader, MIGDESC_TYPE_STREAM_VISITOR)

static gboolean
read_version (MigdescDerLoader *loader,
              GError **error)
{
  MigdescDerItem item;
  guint64 version;

  if (!migdesc_der_loader_take (loader, MIGDESC_DER_INTEGER, &item, error))
    return FALSE;
  migdesc_der_loader_use (loader, item.length);
  if (!migdesc_der_get_uint (item.data, item.length, &version))
    version = G_MAXUINT64;
  return version == MIGDESC_DER_VERSION
         || migdesc_der_fail (error, MIGDESC_ERROR_STATE_VERSION, loader->place,
                              "version %" G_GUINT64_FORMAT " of the format, the one known is %d",
                              version, MIGDESC_DER_VERSION);
}

static gboolean
read_event_text (MigdescDerLoader *loader,
                 MigdescStreamEvent *event,
                 GError **error)
{
  gsize length;
  char *text = migdesc_der_loader_read_text (loader, &length, error);

  if (text != NULL)
    migdesc_stream_event_take_text (event, text, length);
  return text != NULL;
}

static gboolean
read_start (MigdescDerLoader *loader,
            MigdescStreamEvent *event,
            GError **error)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);

  if (!migdesc_der_scan (stream->input, stream->input_length, error)
      || !migdesc_der_loader_open (loader, MIGDESC_DER_SEQUENCE, error)
      || !read_version (loader, error))
    return FALSE;
  event->kind = MIGDESC_STREAM_MANIFEST;
  if (!read_event_text (loader, event, error)
      || !migdesc_der_loader_open (loader, MIGDESC_DER_SEQUENCE, error))
    return FALSE;
  loader->stage = MIGDESC_DER_AT_SCHEMAS;
  return TRUE;
}

static gboolean
read_schema (MigdescDerLoader *loader,
             MigdescStreamEvent *event,
             GError **error)
{
  event->kind = MIGDESC_STREAM_SCHEMA;
  if (!migdesc_der_loader_open (loader, MIGDESC_DER_SEQUENCE, error))
    return FALSE;
  event->digest = migdesc_der_loader_read_text (loader, NULL, error);
  if (event->digest == NULL)
    return FALSE;
  if (!g_hash_table_add (loader->digests, g_strdup (event->digest)))
    {
      g_autofree char *digest = migdesc_quote (event->digest, -1);

      return migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, loader->place,
                               "the schema \"%s\" is there twice", digest);
    }
  return read_event_text (loader, event, error)
         && migdesc_der_loader_close (MIGDESC_VISITOR (loader), error);
}

static gboolean
begin_devices (MigdescDerLoader *loader,
               GError **error)
{
  if (!migdesc_der_loader_close (MIGDESC_VISITOR (loader), error)
      || !migdesc_der_loader_open (loader, MIGDESC_DER_SEQUENCE, error))
    return FALSE;
  loader->stage = MIGDESC_DER_AT_DEVICES;
  return TRUE;
}

static gboolean
read_end (MigdescDerLoader *loader,
          MigdescStreamEvent *event,
          GError **error)
{
  MigdescVisitor *visitor = MIGDESC_VISITOR (loader);

  event->kind = MIGDESC_STREAM_END;
  if (loader->stage == MIGDESC_DER_AT_END)
    return TRUE;
  loader->stage = MIGDESC_DER_AT_END;
  return migdesc_der_loader_close (visitor, error) && migdesc_der_loader_close (visitor, error);
}

static gboolean
read_event (MigdescDerLoader *loader,
            MigdescStreamEvent *event,
            GError **error)
{
  MigdescDerItem item;

  if (loader->stage == MIGDESC_DER_AT_START)
    return read_start (loader, event, error);
  if (loader->stage == MIGDESC_DER_AT_SCHEMAS)
    {
      if (migdesc_der_loader_peek (loader, &item))
        return read_schema (loader, event, error);
      if (!begin_devices (loader, error))
        return FALSE;
    }
  if (loader->stage == MIGDESC_DER_AT_DEVICES && migdesc_der_loader_peek (loader, &item))
    {
      event->kind = MIGDESC_STREAM_DEVICE;
      event->device = loader->device;
      return TRUE;
    }
  return read_end (loader, event, error);
}

static gboolean
next_event (MigdescStreamVisitor *stream,
            MigdescStreamEvent *event,
            GError **error)
{
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  if (!stream->input_ended)
    return migdesc_stream_visitor_block (stream, 0);
  if (read_event ((MigdescDerLoader *) stream, event, &taken))
    return TRUE;
  migdesc_stream_event_clear (event);
  return migdesc_visitor_fail_from (MIGDESC_VISITOR (stream), error, NULL, taken);
}

static gboolean
begin_state (MigdescDerLoader *loader,
             const char *id,
             GError **error)
{
  MigdescDerItem item;

  if (!migdesc_der_loader_open (loader, MIGDESC_DER_SEQUENCE, error)
      || !migdesc_der_loader_take (loader, MIGDESC_DER_TEXT, &item, error))
    return FALSE;
  if (!migdesc_der_item_is_text (&item, id))
    {
      g_autofree char *found = migdesc_quote ((const char *) item.data, (gssize) item.length);
      g_autofree char *wanted = migdesc_quote (id, -1);

      return migdesc_der_fail (error, MIGDESC_ERROR_STATE_UNKNOWN, loader->place,
                               "the device \"%s\", where \"%s\" is next in the manifest", found,
                               wanted);
    }
  migdesc_der_loader_use (loader, item.length);
  return migdesc_der_loader_open (loader, MIGDESC_DER_SEQUENCE, error);
}

static gboolean
begin_device (MigdescStreamVisitor *stream,
              guint device G_GNUC_UNUSED,
              const char *id,
              const MigdescStatePlan *plan,
              GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) stream;
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  loader->plan = plan;
  return begin_state (loader, id, &taken)
         || migdesc_visitor_fail_from (MIGDESC_VISITOR (stream), error, NULL, taken);
}

static gboolean
end_device (MigdescStreamVisitor *stream,
            GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) stream;
  MigdescVisitor *visitor = MIGDESC_VISITOR (stream);
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  migdesc_der_loader_drop_sections (loader, NULL);
  loader->plan = NULL;
  loader->device++;
  return (migdesc_der_loader_close (visitor, &taken)
          && migdesc_der_loader_close (visitor, &taken))
         || migdesc_visitor_fail_from (visitor, error, NULL, taken);
}

static void
reset (MigdescStreamVisitor *stream)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) stream;

  loader->place = 0;
  loader->depth = 0;
  loader->plan = NULL;
  loader->stage = MIGDESC_DER_AT_START;
  loader->device = 0;
  g_hash_table_remove_all (loader->digests);
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_der_loader_parent_class)->reset (stream);
}

static void
describe_place (MigdescVisitor *visitor,
                GString *text)
{
  g_string_append_printf (text, "byte %" G_GUINT64_FORMAT, ((MigdescDerLoader *) visitor)->place);
}

static void
finalize (GObject *object)
{
  g_hash_table_unref (((MigdescDerLoader *) object)->digests);
  G_OBJECT_CLASS (migdesc_der_loader_parent_class)->finalize (object);
}

static void
migdesc_der_loader_init (MigdescDerLoader *loader)
{
  loader->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
migdesc_der_loader_class_init (MigdescDerLoaderClass *klass)
{
  MigdescStreamVisitorClass *stream_class = MIGDESC_STREAM_VISITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  MIGDESC_VISITOR_CLASS (klass)->describe_place = describe_place;
  migdesc_der_loader_set_values (MIGDESC_VISITOR_CLASS (klass));
  stream_class->next_event = next_event;
  stream_class->begin_device = begin_device;
  stream_class->end_device = end_device;
  stream_class->reset = reset;
}
