/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/stream-private.h"

#include "model/items.h"

/**
 * MigdescQemuStream:
 *
 * A migration stream of QEMU, taken apart. Immutable.
 *
 * One that was made by g_object_new() is empty.
 *
 * Since: 1.0
 */

struct _MigdescQemuStream
{
  GObject parent_instance;
  MigdescQemuParts parts;
  GListModel *sections; /* made when it is asked for */
};

G_DEFINE_FINAL_TYPE (MigdescQemuStream, migdesc_qemu_stream, G_TYPE_OBJECT)

static void
set_empty (MigdescQemuParts *parts)
{
  parts->items = g_ptr_array_new_with_free_func ((GDestroyNotify) migdesc_qemu_item_unref);
  parts->index = migdesc_qemu_item_index_new (parts->items);
  parts->blocks = g_ptr_array_new ();
  parts->report = migdesc_report_new ();
}

static void
migdesc_qemu_stream_init (MigdescQemuStream *stream)
{
  set_empty (&stream->parts);
}

static void
migdesc_qemu_stream_finalize (GObject *object)
{
  MigdescQemuStream *stream = MIGDESC_QEMU_STREAM (object);

  g_clear_object (&stream->sections);
  migdesc_qemu_parts_clear (&stream->parts);
  G_OBJECT_CLASS (migdesc_qemu_stream_parent_class)->finalize (object);
}

static void
migdesc_qemu_stream_class_init (MigdescQemuStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_qemu_stream_finalize;
}

const MigdescQemuParts *
migdesc_qemu_stream_peek_parts (MigdescQemuStream *stream)
{
  return &stream->parts;
}

MigdescQemuStream *
migdesc_qemu_stream_new_for_input (MigdescQemuInput *input,
                                   const MigdescQemuHints *hints,
                                   GError **error)
{
  g_autoptr (MigdescQemuStream) stream = NULL;
  MigdescQemuParts parts = { 0 };

  if (hints->page_size != 0 && !migdesc_qemu_is_page_size (hints->page_size))
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "%u is no page size, a power of two from 1024 to 65536", hints->page_size);
      return NULL;
    }
  if (!migdesc_qemu_parts_read (&parts, input, hints, error))
    {
      migdesc_qemu_parts_clear (&parts);
      return NULL;
    }
  stream = g_object_new (MIGDESC_TYPE_QEMU_STREAM, NULL);
  migdesc_qemu_parts_clear (&stream->parts);
  stream->parts = parts;
  return g_steal_pointer (&stream);
}

/**
 * migdesc_qemu_stream_new_from_bytes:
 * @bytes: a migration stream
 * @description: (nullable): what decodes the states where the stream has no description itself
 * @page_size: bytes of a page of the guest's memory, 0 for what the stream says
 * @limits: (nullable): %NULL for the defaults; #MIGDESC_LIMIT_STATE_BUFFER is how far a section may
 *     reach whose end has to be looked for
 * @error: return location for a #GError
 *
 * Takes a stream apart. What is wrong in it is in its report; an error is only what makes it no
 * stream.
 *
 * Fails with %MIGDESC_ERROR_STATE_FORMAT where it does not begin as one, with
 * %MIGDESC_ERROR_STATE_VERSION where it is of another version, with
 * %MIGDESC_ERROR_STATE_TRUNCATED where it ends within its header, and with
 * %MIGDESC_ERROR_INVALID_ARGUMENT for a page size that is none.
 *
 * Returns: (transfer full): the stream, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuStream *
migdesc_qemu_stream_new_from_bytes (GBytes *bytes,
                                    MigdescQemuDescription *description,
                                    guint page_size,
                                    const MigdescLimits *limits,
                                    GError **error)
{
  const MigdescQemuHints hints = { description, page_size, limits };
  g_auto (MigdescQemuInput) input = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (description == NULL || MIGDESC_IS_QEMU_DESCRIPTION (description), NULL);

  migdesc_qemu_input_init_bytes (&input, bytes, 0);
  return migdesc_qemu_stream_new_for_input (&input, &hints, error);
}

/**
 * migdesc_qemu_stream_new_from_stream:
 * @source: where the migration stream comes from; it is read to its end
 * @description: (nullable): what decodes the states where the stream has no description itself
 * @page_size: bytes of a page of the guest's memory, 0 for what the stream says
 * @limits: (nullable): %NULL for the defaults
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Takes a stream apart while it comes. The guest's memory is passed over and not kept.
 *
 * Fails as migdesc_qemu_stream_new_from_bytes() does, with %MIGDESC_ERROR_CANNOT_READ and with
 * %MIGDESC_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the stream, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuStream *
migdesc_qemu_stream_new_from_stream (GInputStream *source,
                                     MigdescQemuDescription *description,
                                     guint page_size,
                                     const MigdescLimits *limits,
                                     GCancellable *cancellable,
                                     GError **error)
{
  const MigdescQemuHints hints = { description, page_size, limits };
  g_auto (MigdescQemuInput) input = { 0 };

  g_return_val_if_fail (G_IS_INPUT_STREAM (source), NULL);
  g_return_val_if_fail (description == NULL || MIGDESC_IS_QEMU_DESCRIPTION (description), NULL);

  migdesc_qemu_input_init_stream (&input, source, cancellable, 0);
  return migdesc_qemu_stream_new_for_input (&input, &hints, error);
}

/**
 * migdesc_qemu_stream_get_machine:
 * @stream: a stream
 *
 * Asks for the machine type.
 *
 * Returns: (transfer none) (nullable): the name, such as `pc-q35-7.2`; %NULL for streams of old
 *     machine types, which do not say it
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_stream_get_machine (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  return stream->parts.machine;
}

/**
 * migdesc_qemu_stream_get_page_size:
 * @stream: a stream
 *
 * Asks for the size of the guest's pages: as it was given, as configuration or description say, or
 * else as it makes sense of the memory.
 *
 * Returns: the size in bytes, 0 if nothing tells
 *
 * Since: 1.0
 */
guint
migdesc_qemu_stream_get_page_size (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), 0);

  return stream->parts.page_size;
}

/**
 * migdesc_qemu_stream_get_size:
 * @stream: a stream
 *
 * Asks for the length of the stream.
 *
 * Returns: the length in bytes
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_stream_get_size (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), 0);

  return stream->parts.size;
}

/**
 * migdesc_qemu_stream_get_description:
 * @stream: a stream
 *
 * Gets the stream's own description, which decodes other streams of the same machine too.
 *
 * Returns: (transfer none) (nullable): the description, %NULL where the stream has none that can
 *     be read
 *
 * Since: 1.0
 */
MigdescQemuDescription *
migdesc_qemu_stream_get_description (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  return stream->parts.own;
}

/**
 * migdesc_qemu_stream_get_report:
 * @stream: a stream
 *
 * Gets all that is wrong in the stream, in the order of the bytes: each finding has its offset, and
 * names the section.
 *
 * Returns: (transfer none): the report; it is compatible where every byte is what it has to be
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_qemu_stream_get_report (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  return stream->parts.report;
}

/**
 * migdesc_qemu_stream_get_n_sections:
 * @stream: a stream
 *
 * Asks for the number of sections, header, commands and all.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint
migdesc_qemu_stream_get_n_sections (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), 0);

  return stream->parts.items->len;
}

static GObject *
make_section (gpointer data,
              guint position)
{
  GPtrArray *items = data;

  return G_OBJECT (migdesc_qemu_section_new_for_item (g_ptr_array_index (items, position)));
}

static GListModel *
make_sections (gpointer data)
{
  MigdescQemuStream *stream = data;
  GPtrArray *items = stream->parts.items;

  return migdesc_items_new (MIGDESC_TYPE_QEMU_SECTION, items->len, make_section,
                            g_ptr_array_ref (items), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * migdesc_qemu_stream_get_sections:
 * @stream: a stream
 *
 * Gets the sections, in the order of the stream.
 *
 * Returns: (transfer none): a list of #MigdescQemuSection
 *
 * Since: 1.0
 */
GListModel *
migdesc_qemu_stream_get_sections (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  return migdesc_items_get (&stream->sections, make_sections, stream);
}

/**
 * migdesc_qemu_stream_get_section:
 * @stream: a stream
 * @position: of the section, from 0
 *
 * Gets a section.
 *
 * Returns: (transfer full) (nullable): the section, %NULL if there is none
 *
 * Since: 1.0
 */
MigdescQemuSection *
migdesc_qemu_stream_get_section (MigdescQemuStream *stream,
                                 guint position)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  return g_list_model_get_item (migdesc_qemu_stream_get_sections (stream), position);
}
