/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-msix.h"

#include "qemu/opaque/opaque-msix-table.h"

#define ENTRY_SIZE 16
#define MOST_VECTORS 2048

/* In little-endian, as the guest sees it */
static guint64
get_number (const guint8 *data,
            guint width)
{
  guint64 value = 0;

  while (width > 0)
    value = value << 8 | data[--width];
  return value;
}

gsize
migdesc_qemu_msix_get_size (guint n_vectors)
{
  return n_vectors * ENTRY_SIZE + (n_vectors + 7) / 8;
}

gboolean
migdesc_qemu_msix_read (MigdescQemuMsix *msix,
                        MigdescQemuCursor *cursor,
                        guint n_vectors)
{
  const guint8 *entries = migdesc_qemu_cursor_take (cursor, n_vectors * ENTRY_SIZE);
  const guint8 *pending = migdesc_qemu_cursor_take (cursor, (n_vectors + 7) / 8);

  if (cursor->is_short)
    return FALSE;
  msix->vectors = g_new0 (MigdescQemuMsixVector, MAX (n_vectors, 1));
  msix->n_vectors = (guint16) n_vectors;
  for (guint i = 0; i < n_vectors; i++)
    {
      const guint8 *entry = entries + i * ENTRY_SIZE;

      msix->vectors[i] = (MigdescQemuMsixVector) {
        .address = get_number (entry, 8),
        .data = (guint32) get_number (entry + 8, 4),
        .control = (guint32) get_number (entry + 12, 4),
        .pending = (pending[i / 8] >> (i % 8) & 1) != 0,
      };
    }
  /* Bits of no vector */
  return n_vectors % 8 == 0 || pending[n_vectors / 8] >> (n_vectors % 8) == 0;
}

/* 129 bytes for 8 vectors: each size is of one number only. */
static gboolean
read_value (MigdescQemuCursor *cursor,
            const char *section G_GNUC_UNUSED,
            gpointer data)
{
  gsize size = migdesc_qemu_cursor_get_left (cursor);
  guint n_vectors = (guint) MIN (size * 8 / (ENTRY_SIZE * 8 + 1), MOST_VECTORS);

  return migdesc_qemu_msix_get_size (n_vectors) == size
         && migdesc_qemu_msix_read (data, cursor, n_vectors);
}

const MigdescQemuOpaque migdesc_qemu_opaque_msix = { "msix state", &msix_state, read_value };
