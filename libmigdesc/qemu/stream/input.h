/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes that come from memory, or from a stream as they are asked for. What was passed is forgotten
 * unless it is held. */

typedef struct
{
  const guint8 *data; /* what is here */
  gsize length;
  gsize at;       /* in data: the next byte */
  guint64 offset; /* of data in the whole */

  GBytes *bytes; /* of memory */

  GInputStream *stream; /* or */
  int fd;               /* -1: none; the caller's */
  GCancellable *cancellable;
  guint8 *buffer; /* of a stream: what data is */
  gsize room;
  gssize hold; /* from here on nothing is forgotten; -1: nothing is held */
  gboolean ended;
  GError *error; /* reading failed: from then on it is as at the end */
} MigdescQemuInput;

/* start: where bytes are in the whole. */
void migdesc_qemu_input_init_bytes (MigdescQemuInput *input, GBytes *bytes, guint64 start);
void migdesc_qemu_input_init_stream (MigdescQemuInput *input,
                                     GInputStream *stream,
                                     GCancellable *cancellable,
                                     guint64 start);
void migdesc_qemu_input_init_fd (MigdescQemuInput *input,
                                 int fd,
                                 GCancellable *cancellable,
                                 guint64 start);
void migdesc_qemu_input_clear (MigdescQemuInput *input);

/* The slow half of migdesc_qemu_input_need. */
gboolean migdesc_qemu_input_fill (MigdescQemuInput *input, gsize n);
/* Passes n bytes; how many there were. */
guint64 migdesc_qemu_input_skip (MigdescQemuInput *input, guint64 n);

/* Holds from the next byte on, if nothing is held. */
void migdesc_qemu_input_hold (MigdescQemuInput *input);
/* What is held, up to the next byte; *start is where it is in the whole. Nothing is held then.
 * NULL: nothing was. */
GBytes *migdesc_qemu_input_release (MigdescQemuInput *input, guint64 *start);

/* Passes all there is; nothing of a stream is kept. */
void migdesc_qemu_input_finish (MigdescQemuInput *input);

/* Whether n more bytes are there, and makes them be here. */
static inline gboolean
migdesc_qemu_input_need (MigdescQemuInput *input,
                         gsize n)
{
  return G_LIKELY (input->length - input->at >= n) || migdesc_qemu_input_fill (input, n);
}

static inline guint64
migdesc_qemu_input_tell (const MigdescQemuInput *input)
{
  return input->offset + input->at;
}

static inline const guint8 *
migdesc_qemu_input_peek (const MigdescQemuInput *input)
{
  return input->data + input->at;
}

static inline guint16
migdesc_qemu_get16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] << 8 | bytes[1]);
}

static inline guint32
migdesc_qemu_get32 (const guint8 *bytes)
{
  return (guint32) migdesc_qemu_get16 (bytes) << 16 | migdesc_qemu_get16 (bytes + 2);
}

static inline guint64
migdesc_qemu_get64 (const guint8 *bytes)
{
  return (guint64) migdesc_qemu_get32 (bytes) << 32 | migdesc_qemu_get32 (bytes + 4);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescQemuInput, migdesc_qemu_input_clear)

G_END_DECLS
