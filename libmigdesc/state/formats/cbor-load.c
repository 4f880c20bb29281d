/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/cbor-load.h"

#include "base/quote.h"
#include "state/formats/cbor-json.h"
#include "state/formats/cbor-scan.h"

/* The stream, down to its devices. */

typedef struct
{
  MigdescStreamVisitorClass parent_class;
} MigdescCborLoaderClass;

G_DEFINE_FINAL_TYPE (MigdescCborLoader, migdesc_cbor_loader, MIGDESC_TYPE_STREAM_VISITOR)

static gboolean
fail (MigdescCborLoader *loader,
      GError **error,
      GError *taken)
{
  return migdesc_visitor_fail_from (MIGDESC_VISITOR (loader), error, NULL, taken);
}

/* "migdesc_state": "1.0" */
static gboolean
read_version (MigdescCborLoader *loader,
              GError **error)
{
  g_autofree char *version = NULL;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, MIGDESC_CBOR_MAGIC, MIGDESC_CBOR_TEXT, &item, error))
    return FALSE;
  if (migdesc_cbor_item_is_text (&item, MIGDESC_CBOR_VERSION))
    {
      migdesc_cbor_loader_use (loader, (gsize) item.number);
      return TRUE;
    }
  version = migdesc_quote ((const char *) item.data, (gssize) item.number);
  return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_VERSION, loader->place,
                            "version \"%s\" of the format, the one known is " MIGDESC_CBOR_VERSION,
                            version);
}

static gboolean
read_json (MigdescCborLoader *loader,
           MigdescStreamEvent *event,
           GError **error)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize size, length;

  if (!migdesc_cbor_get_json (stream->input, stream->input_length, stream->input_offset, text,
                              &size, error))
    return FALSE;
  migdesc_cbor_loader_use (loader, size);
  length = text->len;
  migdesc_stream_event_take_text (event, g_string_free (g_steal_pointer (&text), FALSE), length);
  return TRUE;
}

static gboolean
take_name (MigdescCborLoader *loader,
           const char *name,
           GError **error)
{
  MigdescCborItem item;

  return migdesc_cbor_loader_take (loader, name, &item, error);
}

static gboolean
read_start (MigdescCborLoader *loader,
            MigdescStreamEvent *event,
            GError **error)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);
  MigdescCborItem item;

  if (!migdesc_cbor_scan (stream->input, stream->input_length,
                          stream->parent_instance.priv->elements_limit, error))
    return FALSE;
  migdesc_cbor_loader_peek (loader, &item);
  if (item.kind != MIGDESC_CBOR_MAP)
    return migdesc_cbor_loader_fail_kind (loader, &item, "a map", error);
  migdesc_cbor_loader_use (loader, item.length);
  migdesc_cbor_loader_push (loader, TRUE, item.number);
  event->kind = MIGDESC_STREAM_MANIFEST;
  return read_version (loader, error) && take_name (loader, MIGDESC_CBOR_MANIFEST, error)
         && read_json (loader, event, error);
}

static gboolean
begin_map (MigdescCborLoader *loader,
           const char *name,
           GError **error)
{
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_MAP, &item, error))
    return FALSE;
  loader->left = item.number;
  return TRUE;
}

static gboolean
read_schema (MigdescCborLoader *loader,
             MigdescStreamEvent *event,
             GError **error)
{
  MigdescCborItem item;

  migdesc_cbor_loader_peek (loader, &item);
  event->kind = MIGDESC_STREAM_SCHEMA;
  event->digest = g_strndup ((const char *) item.data, (gsize) item.number);
  if (!g_hash_table_add (loader->digests, g_strdup (event->digest)))
    {
      g_autofree char *digest = migdesc_quote (event->digest, -1);

      return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, loader->place,
                                "the schema \"%s\" is there twice", digest);
    }
  migdesc_cbor_loader_use (loader, item.length);
  loader->left--;
  return read_json (loader, event, error);
}

static gboolean
read_end (MigdescCborLoader *loader,
          MigdescStreamEvent *event,
          GError **error)
{
  event->kind = MIGDESC_STREAM_END;
  return loader->stage == MIGDESC_CBOR_AT_END
         || migdesc_cbor_loader_pop (MIGDESC_VISITOR (loader), error);
}

static gboolean
read_event (MigdescCborLoader *loader,
            MigdescStreamEvent *event,
            GError **error)
{
  if (loader->stage == MIGDESC_CBOR_AT_START)
    {
      if (!read_start (loader, event, error) || !begin_map (loader, MIGDESC_CBOR_SCHEMAS, error))
        return FALSE;
      loader->stage = MIGDESC_CBOR_AT_SCHEMAS;
      return TRUE;
    }
  if (loader->stage == MIGDESC_CBOR_AT_SCHEMAS && loader->left > 0)
    return read_schema (loader, event, error);
  if (loader->stage == MIGDESC_CBOR_AT_SCHEMAS)
    {
      if (!begin_map (loader, MIGDESC_CBOR_DEVICES, error))
        return FALSE;
      loader->stage = MIGDESC_CBOR_AT_DEVICES;
    }
  if (loader->stage == MIGDESC_CBOR_AT_DEVICES && loader->left > 0)
    {
      event->kind = MIGDESC_STREAM_DEVICE;
      event->device = loader->device;
      return TRUE;
    }
  if (!read_end (loader, event, error))
    return FALSE;
  loader->stage = MIGDESC_CBOR_AT_END;
  return TRUE;
}

static gboolean
next_event (MigdescStreamVisitor *stream,
            MigdescStreamEvent *event,
            GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) stream;
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  if (!stream->input_ended)
    return migdesc_stream_visitor_block (stream, 0);
  if (read_event (loader, event, &taken))
    return TRUE;
  migdesc_stream_event_clear (event);
  return fail (loader, error, taken);
}

static gboolean
begin_state (MigdescCborLoader *loader,
             const char *id,
             GError **error)
{
  MigdescCborItem item;

  migdesc_cbor_loader_peek (loader, &item);
  if (!migdesc_cbor_item_is_text (&item, id))
    {
      g_autofree char *found = migdesc_quote ((const char *) item.data, (gssize) item.number);
      g_autofree char *wanted = migdesc_quote (id, -1);

      return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_UNKNOWN, loader->place,
                                "the device \"%s\", where \"%s\" is next in the manifest", found,
                                wanted);
    }
  migdesc_cbor_loader_use (loader, item.length);
  migdesc_cbor_loader_peek (loader, &item);
  if (item.kind != MIGDESC_CBOR_MAP)
    return migdesc_cbor_loader_fail_kind (loader, &item, "a map", error);
  migdesc_cbor_loader_use (loader, item.length);
  migdesc_cbor_loader_push (loader, TRUE, item.number);
  return TRUE;
}

static gboolean
begin_device (MigdescStreamVisitor *stream,
              guint device G_GNUC_UNUSED,
              const char *id,
              const MigdescStatePlan *plan,
              GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) stream;
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  loader->plan = plan;
  return begin_state (loader, id, &taken) || fail (loader, error, taken);
}

static gboolean
end_device (MigdescStreamVisitor *stream,
            GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) stream;
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  migdesc_cbor_loader_drop_sections (loader, NULL);
  loader->plan = NULL;
  loader->left--;
  loader->device++;
  return migdesc_cbor_loader_pop (MIGDESC_VISITOR (loader), &taken) || fail (loader, error, taken);
}

static void
reset (MigdescStreamVisitor *stream)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) stream;

  loader->place = 0;
  loader->depth = 1;
  loader->plan = NULL;
  loader->stage = MIGDESC_CBOR_AT_START;
  loader->left = 0;
  loader->device = 0;
  g_hash_table_remove_all (loader->digests);
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_cbor_loader_parent_class)->reset (stream);
}

static void
describe_place (MigdescVisitor *visitor,
                GString *text)
{
  g_string_append_printf (text, "byte %" G_GUINT64_FORMAT,
                          ((MigdescCborLoader *) visitor)->place);
}

static void
finalize (GObject *object)
{
  g_hash_table_unref (((MigdescCborLoader *) object)->digests);
  G_OBJECT_CLASS (migdesc_cbor_loader_parent_class)->finalize (object);
}

static void
migdesc_cbor_loader_init (MigdescCborLoader *loader)
{
  loader->depth = 1; /* the first frame is outside of the stream */
  loader->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
migdesc_cbor_loader_class_init (MigdescCborLoaderClass *klass)
{
  MigdescStreamVisitorClass *stream_class = MIGDESC_STREAM_VISITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  MIGDESC_VISITOR_CLASS (klass)->describe_place = describe_place;
  migdesc_cbor_loader_set_values (MIGDESC_VISITOR_CLASS (klass));
  stream_class->next_event = next_event;
  stream_class->begin_device = begin_device;
  stream_class->end_device = end_device;
  stream_class->reset = reset;
}
