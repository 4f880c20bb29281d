/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/input.h"

#include <string.h>

#include "base/bytes.h"
#include "state/stream/stream-io.h"

/* Large enough that calls cost nothing, small enough to stay in a cache: most of what passes is
 * memory pages, of which only the first bytes are looked at. */
#define CHUNK 65536

void
migdesc_qemu_input_init_bytes (MigdescQemuInput *input,
                               GBytes *bytes,
                               guint64 start)
{
  *input = (MigdescQemuInput) { .bytes = g_bytes_ref (bytes), .offset = start, .hold = -1,
                                .fd = -1, .ended = TRUE };
  input->data = migdesc_bytes_peek (bytes, &input->length);
}

void
migdesc_qemu_input_init_stream (MigdescQemuInput *input,
                                GInputStream *stream,
                                GCancellable *cancellable,
                                guint64 start)
{
  migdesc_qemu_input_init_fd (input, -1, cancellable, start);
  input->stream = g_object_ref (stream);
}

void
migdesc_qemu_input_init_fd (MigdescQemuInput *input,
                            int fd,
                            GCancellable *cancellable,
                            guint64 start)
{
  *input = (MigdescQemuInput) { .fd = fd, .offset = start, .hold = -1, .data = (guint8 *) "" };
  if (cancellable != NULL)
    input->cancellable = g_object_ref (cancellable);
}

void
migdesc_qemu_input_clear (MigdescQemuInput *input)
{
  g_clear_pointer (&input->bytes, g_bytes_unref);
  g_clear_pointer (&input->buffer, g_free);
  g_clear_object (&input->stream);
  g_clear_object (&input->cancellable);
  g_clear_error (&input->error);
}

/* What was passed and is not held makes room. */
static void
drop_passed (MigdescQemuInput *input)
{
  gsize keep_from = input->hold >= 0 ? (gsize) input->hold : input->at;

  if (keep_from == 0)
    return;
  memmove (input->buffer, input->buffer + keep_from, input->length - keep_from);
  input->length -= keep_from;
  input->at -= keep_from;
  input->offset += keep_from;
  if (input->hold >= 0)
    input->hold = 0;
}

static void
make_room (MigdescQemuInput *input,
           gsize n)
{
  if (input->room - input->length >= n)
    return;
  input->room = MAX (input->length + n, input->room + input->room / 2);
  input->data = input->buffer = g_realloc (input->buffer, input->room);
}

static gssize
read_some (MigdescQemuInput *input)
{
  guint8 *data = input->buffer + input->length;
  gsize room = input->room - input->length;

  /* not every stream looks */
  if (g_cancellable_set_error_if_cancelled (input->cancellable, &input->error))
    return -1;
  if (input->stream != NULL)
    return g_input_stream_read (input->stream, data, room, input->cancellable, &input->error);
  return migdesc_fd_read (input->fd, data, room, input->cancellable, &input->error);
}

static gboolean
read_more (MigdescQemuInput *input)
{
  gssize n;

  make_room (input, CHUNK);
  n = read_some (input);
  if (n > 0)
    input->length += (gsize) n;
  else
    input->ended = TRUE;
  return n > 0;
}

gboolean
migdesc_qemu_input_fill (MigdescQemuInput *input,
                         gsize n)
{
  if (input->ended)
    return FALSE;
  drop_passed (input);
  /* What is kept at once has a bound: no device's part comes near. */
  if (n > G_MAXINT32 || input->length > G_MAXINT32)
    return FALSE;
  while (input->length - input->at < n)
    if (!read_more (input))
      return FALSE;
  return TRUE;
}

guint64
migdesc_qemu_input_skip (MigdescQemuInput *input,
                         guint64 n)
{
  guint64 left = n;

  while (left > 0)
    {
      gsize step = (gsize) MIN (left, input->length - input->at);

      input->at += step;
      left -= step;
      if (left > 0 && !migdesc_qemu_input_fill (input, 1))
        break;
    }
  return n - left;
}

void
migdesc_qemu_input_hold (MigdescQemuInput *input)
{
  if (input->hold < 0)
    input->hold = (gssize) input->at;
}

/* Large pieces are not copied: the buffer itself goes, and what is not passed gets a new one. */
static GBytes *
give_buffer (MigdescQemuInput *input,
             gsize from)
{
  const gsize n = input->at - from, rest = input->length - input->at;
  guint8 *buffer = input->buffer;

  input->buffer = g_malloc (rest + 1);
  memcpy (input->buffer, buffer + input->at, rest);
  input->room = rest + 1;
  input->offset += input->at;
  input->data = input->buffer;
  input->length = rest;
  input->at = 0;
  memmove (buffer, buffer + from, n);
  return g_bytes_new_take (g_realloc (buffer, n), n);
}

GBytes *
migdesc_qemu_input_release (MigdescQemuInput *input,
                            guint64 *start)
{
  gsize from = (gsize) input->hold;

  if (input->hold < 0)
    return NULL;
  input->hold = -1;
  *start = input->offset + from;
  if (input->bytes != NULL)
    return g_bytes_new_from_bytes (input->bytes, from, input->at - from);
  if (input->at - from < CHUNK)
    return g_bytes_new (input->data + from, input->at - from);
  return give_buffer (input, from);
}

void
migdesc_qemu_input_finish (MigdescQemuInput *input)
{
  migdesc_qemu_input_skip (input, G_MAXUINT64);
  if (input->bytes != NULL)
    return;
  g_clear_pointer (&input->buffer, g_free);
  input->data = (guint8 *) "";
  input->offset += input->at;
  input->length = input->at = input->room = 0;
}
