/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/der-load.h"

/* Items under way, and the one that is due. */

void
migdesc_der_loader_use (MigdescDerLoader *loader,
                        gsize n)
{
  migdesc_stream_visitor_use_input (MIGDESC_STREAM_VISITOR (loader), n);
}

/* What is left of the item at hand. */
static gsize
get_left (MigdescDerLoader *loader)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);

  if (loader->depth == 0)
    return stream->input_length;
  return (gsize) MIN (loader->frames[loader->depth - 1] - stream->input_offset,
                      stream->input_length);
}

gboolean
migdesc_der_loader_peek (MigdescDerLoader *loader,
                         MigdescDerItem *item)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (loader);

  loader->place = stream->input_offset;
  migdesc_der_read (stream->input, get_left (loader), item);
  return item->tag != 0;
}

gboolean
migdesc_der_loader_fail_tag (MigdescDerLoader *loader,
                             const MigdescDerItem *item,
                             const char *wanted,
                             GError **error)
{
  if (item->tag == 0)
    return migdesc_der_fail (error, MIGDESC_ERROR_STATE_MISSING, loader->place,
                             "the SEQUENCE ends before %s that is due", wanted);
  return migdesc_der_fail (error, MIGDESC_ERROR_STATE_FORMAT, loader->place, "found %s, not %s",
                           migdesc_der_tag_to_text (item->tag), wanted);
}

gboolean
migdesc_der_loader_take (MigdescDerLoader *loader,
                         guint tag,
                         MigdescDerItem *item,
                         GError **error)
{
  if (!migdesc_der_loader_peek (loader, item) || item->tag != tag)
    return migdesc_der_loader_fail_tag (loader, item, migdesc_der_tag_to_text (tag), error);
  migdesc_der_loader_use (loader, item->head);
  return TRUE;
}

void
migdesc_der_loader_push (MigdescDerLoader *loader,
                         gsize length)
{
  loader->frames[loader->depth++] = MIGDESC_STREAM_VISITOR (loader)->input_offset + length;
}

gboolean
migdesc_der_loader_open (MigdescDerLoader *loader,
                         guint tag,
                         GError **error)
{
  MigdescDerItem item;

  if (!migdesc_der_loader_take (loader, tag, &item, error))
    return FALSE;
  migdesc_der_loader_push (loader, item.length);
  return TRUE;
}

gboolean
migdesc_der_loader_close (MigdescVisitor *visitor,
                          GError **error)
{
  MigdescDerLoader *loader = (MigdescDerLoader *) visitor;
  MigdescDerItem item;

  if (migdesc_der_loader_peek (loader, &item))
    return migdesc_der_fail (error, MIGDESC_ERROR_STATE_UNKNOWN, loader->place,
                             "%s that is not known here", migdesc_der_tag_to_text (item.tag));
  loader->depth--;
  return TRUE;
}

char *
migdesc_der_loader_read_text (MigdescDerLoader *loader,
                              gsize *length,
                              GError **error)
{
  MigdescDerItem item;

  if (!migdesc_der_loader_take (loader, MIGDESC_DER_TEXT, &item, error))
    return NULL;
  migdesc_der_loader_use (loader, item.length);
  if (length != NULL)
    *length = item.length;
  return g_strndup ((const char *) item.data, item.length);
}

gboolean
migdesc_der_loader_peek_section (MigdescDerLoader *loader,
                                 MigdescDerItem *section,
                                 MigdescDerItem *name)
{
  if (!migdesc_der_loader_peek (loader, section)
      || (section->tag != MIGDESC_DER_SECTION && section->tag != MIGDESC_DER_DROPPABLE))
    return FALSE;
  migdesc_der_read (section->data, section->length, name);
  return name->tag == MIGDESC_DER_TEXT;
}

static gboolean
is_known (MigdescDerLoader *loader,
          const MigdescDerItem *name,
          const char *wanted)
{
  char *const *known = loader->plan == NULL ? NULL : loader->plan->section_names;

  if (wanted != NULL && migdesc_der_item_is_text (name, wanted))
    return TRUE;
  for (; known != NULL && *known != NULL; known++)
    if (migdesc_der_item_is_text (name, *known))
      return TRUE;
  return FALSE;
}

void
migdesc_der_loader_drop_sections (MigdescDerLoader *loader,
                                  const char *name)
{
  MigdescDerItem section, found;

  while (migdesc_der_loader_peek_section (loader, &section, &found)
         && section.tag == MIGDESC_DER_DROPPABLE && !is_known (loader, &found, name))
    migdesc_der_loader_use (loader, section.head + section.length);
}
