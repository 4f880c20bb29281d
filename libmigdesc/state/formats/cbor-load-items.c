/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/quote.h"
#include "state/formats/cbor-load.h"

/* Maps and arrays under way, and the item that is due in them. */

void
migdesc_cbor_loader_use (MigdescCborLoader *loader,
                         gsize n)
{
  migdesc_stream_visitor_use_input (MIGDESC_STREAM_VISITOR (loader), n);
}

void
migdesc_cbor_loader_peek (MigdescCborLoader *loader,
                          MigdescCborItem *item)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);

  loader->place = stream->input_offset;
  migdesc_cbor_read (stream->input, stream->input_length, item);
}

gboolean
migdesc_cbor_loader_fail_kind (MigdescCborLoader *loader,
                               const MigdescCborItem *item,
                               const char *wanted,
                               GError **error)
{
  return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, loader->place,
                            "found %s, not %s", migdesc_cbor_kind_to_text (item->kind), wanted);
}

static gboolean
fail_unknown (MigdescCborLoader *loader,
              const MigdescCborItem *name,
              GError **error)
{
  g_autofree char *text = migdesc_quote ((const char *) name->data, (gssize) name->number);

  return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_UNKNOWN, loader->place,
                            "the member \"%s\" is not known here", text);
}

/* Whether the map at hand, whose next member is another one, has it further on. */
static gboolean
comes_later (MigdescCborLoader *loader,
             const char *name)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);
  gsize position = 0;

  for (guint64 left = loader->frames[loader->depth - 1].left; left > 0; left--)
    {
      MigdescCborItem item;

      migdesc_cbor_read (stream->input + position, stream->input_length - position, &item);
      if (migdesc_cbor_item_is_text (&item, name))
        return TRUE;
      position += item.length;
      position
          += migdesc_cbor_get_size (stream->input + position, stream->input_length - position);
    }
  return FALSE;
}

static gboolean
take_name (MigdescCborLoader *loader,
           const char *name,
           GError **error)
{
  MigdescCborFrame *frame = &loader->frames[loader->depth - 1];
  MigdescCborItem item = { .kind = MIGDESC_CBOR_NOTHING };

  loader->place = migdesc_cbor_loader_tell (loader);
  if (frame->left > 0)
    migdesc_cbor_loader_peek (loader, &item);
  if (frame->left == 0 || (!migdesc_cbor_item_is_text (&item, name) && !comes_later (loader, name)))
    return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_MISSING, loader->place,
                              "the member \"%s\" is missing", name);
  if (!migdesc_cbor_item_is_text (&item, name))
    return fail_unknown (loader, &item, error);
  migdesc_cbor_loader_use (loader, item.length);
  frame->left--;
  return TRUE;
}

gboolean
migdesc_cbor_loader_take (MigdescCborLoader *loader,
                          const char *name,
                          MigdescCborItem *item,
                          GError **error)
{
  MigdescCborFrame *frame = &loader->frames[loader->depth - 1];

  if (frame->is_map && !take_name (loader, name == NULL ? "" : name, error))
    return FALSE;
  if (!frame->is_map && frame->left-- == 0)
    {
      frame->left = 0;
      return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_MISSING, loader->place,
                                "the array has no more elements");
    }
  migdesc_cbor_loader_peek (loader, item);
  return TRUE;
}

gboolean
migdesc_cbor_loader_take_kind (MigdescCborLoader *loader,
                               const char *name,
                               MigdescCborKind kind,
                               MigdescCborItem *item,
                               GError **error)
{
  if (!migdesc_cbor_loader_take (loader, name, item, error))
    return FALSE;
  if (item->kind != kind)
    return migdesc_cbor_loader_fail_kind (loader, item, migdesc_cbor_kind_to_text (kind), error);
  migdesc_cbor_loader_use (loader, item->head);
  return TRUE;
}

void
migdesc_cbor_loader_push (MigdescCborLoader *loader,
                          gboolean is_map,
                          guint64 count)
{
  loader->frames[loader->depth++] = (MigdescCborFrame) { count, is_map };
}

gboolean
migdesc_cbor_loader_pop (MigdescVisitor *visitor,
                         GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborFrame *frame = &loader->frames[--loader->depth];
  MigdescCborItem item;

  if (frame->left == 0)
    return TRUE;
  migdesc_cbor_loader_peek (loader, &item);
  if (frame->is_map)
    return fail_unknown (loader, &item, error);
  return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_COUNT, loader->place,
                            "%" G_GUINT64_FORMAT " elements more than were read", frame->left);
}

guint64
migdesc_cbor_loader_tell (MigdescCborLoader *loader)
{
  return MIGDESC_STREAM_VISITOR (loader)->input_offset;
}

/* Reads an item from position on, and goes behind its head. */
static void
look (MigdescCborLoader *loader,
      gsize *position,
      MigdescCborItem *item)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);

  migdesc_cbor_read (stream->input + *position, stream->input_length - *position, item);
  *position += item->length;
}

static gboolean
is_droppable (MigdescCborLoader *loader,
              gsize position)
{
  MigdescCborItem item;

  look (loader, &position, &item);
  if (item.kind != MIGDESC_CBOR_MAP || item.number < 2)
    return FALSE;
  look (loader, &position, &item);
  if (!migdesc_cbor_item_is_text (&item, MIGDESC_CBOR_SECTION_VERSION))
    return FALSE;
  look (loader, &position, &item);
  if (item.kind != MIGDESC_CBOR_UINT)
    return FALSE;
  look (loader, &position, &item);
  if (!migdesc_cbor_item_is_text (&item, MIGDESC_CBOR_SECTION_DROPPABLE))
    return FALSE;
  look (loader, &position, &item);
  return item.kind == MIGDESC_CBOR_BOOL && item.number != 0;
}

static gboolean
is_known (MigdescCborLoader *loader,
          const MigdescCborItem *name,
          const char *wanted)
{
  char *const *known = loader->plan == NULL ? NULL : loader->plan->section_names;

  if (wanted != NULL && migdesc_cbor_item_is_text (name, wanted))
    return TRUE;
  for (; known != NULL && *known != NULL; known++)
    if (migdesc_cbor_item_is_text (name, *known))
      return TRUE;
  return FALSE;
}

void
migdesc_cbor_loader_drop_sections (MigdescCborLoader *loader,
                                   const char *name)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);
  MigdescCborFrame *frame = &loader->frames[loader->depth - 1];

  while (frame->left > 0)
    {
      MigdescCborItem item;
      gsize position = 0;

      look (loader, &position, &item);
      if (is_known (loader, &item, name) || !is_droppable (loader, position))
        return;
      position
          += migdesc_cbor_get_size (stream->input + position, stream->input_length - position);
      migdesc_cbor_loader_use (loader, position);
      frame->left--;
    }
}
