/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/stream-private.h"

/* What libvirt said of the domain whose stream it is. */

static const MigdescQemuWrapper *
get_wrapper (MigdescQemuStream *stream)
{
  return &migdesc_qemu_stream_peek_parts (stream)->wrapper;
}

/**
 * migdesc_qemu_stream_get_libvirt_xml:
 * @stream: a stream
 *
 * Gets the domain, where the stream is in an image that libvirt saved.
 *
 * Returns: (transfer none) (nullable): the domain as XML, %NULL where the stream is by itself
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_stream_get_libvirt_xml (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  return get_wrapper (stream)->xml;
}

/**
 * migdesc_qemu_stream_get_libvirt_cookie:
 * @stream: a stream
 *
 * Gets what libvirt noted besides the domain, such as the model of its processor.
 *
 * Returns: (transfer none) (nullable): the cookie as XML, %NULL where there is none
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_stream_get_libvirt_cookie (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  return get_wrapper (stream)->cookie;
}

/**
 * migdesc_qemu_stream_get_libvirt_compression:
 * @stream: a stream
 *
 * Asks how the stream was compressed in an image that libvirt saved. Offsets are then those that it
 * would have without.
 *
 * Returns: (transfer none) (nullable): the name of the program, such as `gzip`; %NULL where it was
 *     not compressed
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_stream_get_libvirt_compression (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);

  return get_wrapper (stream)->compression;
}

/**
 * migdesc_qemu_stream_was_running:
 * @stream: a stream
 *
 * Asks whether the domain ran when libvirt saved it.
 *
 * Returns: whether it ran; %FALSE where the stream is in no image of libvirt's
 *
 * Since: 1.0
 */
gboolean
migdesc_qemu_stream_was_running (MigdescQemuStream *stream)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), FALSE);

  return get_wrapper (stream)->was_running;
}
