/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of a value from first to last. Whoever takes more than there is gets zeros, and is told
 * at the end. Integers are big-endian. */

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
  gboolean is_short;
} MigdescQemuCursor;

static inline gsize
migdesc_qemu_cursor_get_left (const MigdescQemuCursor *cursor)
{
  return cursor->size - cursor->at;
}

/* NULL where there are fewer. */
static inline const guint8 *
migdesc_qemu_cursor_take (MigdescQemuCursor *cursor,
                          gsize length)
{
  if (length > migdesc_qemu_cursor_get_left (cursor))
    {
      cursor->is_short = TRUE;
      cursor->at = cursor->size;
      return NULL;
    }
  cursor->at += length;
  return cursor->data + cursor->at - length;
}

static inline guint64
migdesc_qemu_cursor_take_number (MigdescQemuCursor *cursor,
                                 guint width)
{
  const guint8 *taken = migdesc_qemu_cursor_take (cursor, width);
  guint64 value = 0;

  for (guint i = 0; taken != NULL && i < width; i++)
    value = value << 8 | taken[i];
  return value;
}

static inline guint8
migdesc_qemu_cursor_take_u8 (MigdescQemuCursor *cursor)
{
  return (guint8) migdesc_qemu_cursor_take_number (cursor, 1);
}

static inline guint16
migdesc_qemu_cursor_take_u16 (MigdescQemuCursor *cursor)
{
  return (guint16) migdesc_qemu_cursor_take_number (cursor, 2);
}

static inline guint32
migdesc_qemu_cursor_take_u32 (MigdescQemuCursor *cursor)
{
  return (guint32) migdesc_qemu_cursor_take_number (cursor, 4);
}

static inline guint64
migdesc_qemu_cursor_take_u64 (MigdescQemuCursor *cursor)
{
  return migdesc_qemu_cursor_take_number (cursor, 8);
}

/* To be freed; NULL where there are fewer, and for none. */
static inline guint8 *
migdesc_qemu_cursor_take_copy (MigdescQemuCursor *cursor,
                               gsize length)
{
  const guint8 *taken = migdesc_qemu_cursor_take (cursor, length);

  return taken == NULL || length == 0 ? NULL : g_memdup2 (taken, length);
}

G_END_DECLS
