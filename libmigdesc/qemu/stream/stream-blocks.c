/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/stream-private.h"

/* The blocks of a guest's memory. */

static const MigdescQemuBlock *
get_block (MigdescQemuStream *stream,
           guint block)
{
  const MigdescQemuParts *parts = migdesc_qemu_stream_peek_parts (stream);

  return block < parts->blocks->len ? g_ptr_array_index (parts->blocks, block) : NULL;
}

/**
 * migdesc_qemu_stream_get_n_blocks:
 * @stream: a stream
 *
 * Asks for the number of blocks of the guest's memory.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint
migdesc_qemu_stream_get_n_blocks (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), 0);

  return migdesc_qemu_stream_peek_parts (stream)->blocks->len;
}

/**
 * migdesc_qemu_stream_get_block_name:
 * @stream: a stream
 * @block: which block of memory, from 0
 *
 * Asks for the name of a block, such as `pc.ram`.
 *
 * Returns: (transfer none) (nullable): the name, %NULL if there is no such block
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_stream_get_block_name (MigdescQemuStream *stream,
                                    guint block)
{
  const MigdescQemuBlock *found;

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  found = get_block (stream, block);
  return found == NULL ? NULL : found->name;
}

/**
 * migdesc_qemu_stream_get_block_size:
 * @stream: a stream
 * @block: which block of memory, from 0
 *
 * Asks for the size of a block.
 *
 * Returns: the size in bytes, 0 if there is no such block
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_stream_get_block_size (MigdescQemuStream *stream,
                                    guint block)
{
  const MigdescQemuBlock *found;

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), 0);

  found = get_block (stream, block);
  return found == NULL ? 0 : found->size;
}

/**
 * migdesc_qemu_stream_get_block_pages:
 * @stream: a stream
 * @block: which block of memory, from 0
 * @encoding: how pages are sent
 *
 * Asks how many pages of a block are in the stream. A page that the guest changed meanwhile is
 * there again.
 *
 * Returns: how many, 0 if there is no such block
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_stream_get_block_pages (MigdescQemuStream *stream,
                                     guint block,
                                     MigdescQemuPage encoding)
{
  const MigdescQemuBlock *found;

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), 0);
  g_return_val_if_fail ((guint) encoding < MIGDESC_QEMU_N_ENCODINGS, 0);

  found = get_block (stream, block);
  return found == NULL ? 0 : found->pages[encoding].pages;
}

/**
 * migdesc_qemu_stream_get_block_bytes:
 * @stream: a stream
 * @block: which block of memory, from 0
 * @encoding: how pages are sent
 *
 * Asks how many bytes of the stream the pages of a block take.
 *
 * Returns: how many, 0 if there is no such block
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_stream_get_block_bytes (MigdescQemuStream *stream,
                                     guint block,
                                     MigdescQemuPage encoding)
{
  const MigdescQemuBlock *found;

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), 0);
  g_return_val_if_fail ((guint) encoding < MIGDESC_QEMU_N_ENCODINGS, 0);

  found = get_block (stream, block);
  return found == NULL ? 0 : found->pages[encoding].bytes;
}
