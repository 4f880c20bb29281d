/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-virtio.h"

#include "state/table/storage.h"

#define MOST_BYTES 16777216

static gboolean
read_common (MigdescQemuVirtio *virtio,
             MigdescQemuCursor *cursor)
{
  guint32 n;

  virtio->device_status = migdesc_qemu_cursor_take_u8 (cursor);
  virtio->isr = migdesc_qemu_cursor_take_u8 (cursor);
  virtio->queue_select = migdesc_qemu_cursor_take_u16 (cursor);
  virtio->guest_features = migdesc_qemu_cursor_take_u32 (cursor);
  n = migdesc_qemu_cursor_take_u32 (cursor);
  if (n > G_MAXUINT16)
    return FALSE;
  virtio->config = migdesc_qemu_cursor_take_copy (cursor, n);
  virtio->n_config = virtio->config == NULL ? 0 : n;
  return !cursor->is_short;
}

static gboolean
read_queues (MigdescQemuVirtio *virtio,
             MigdescQemuCursor *cursor)
{
  gboolean has_vectors = virtio->ccw != NULL
                         || (virtio->pci != NULL && virtio->pci->msix.n_vectors > 0);
  guint32 n = migdesc_qemu_cursor_take_u32 (cursor);

  if (n > MIGDESC_QEMU_VIRTIO_QUEUES)
    return FALSE;
  virtio->queues = g_new0 (MigdescQemuVirtioQueue, MAX (n, 1));
  virtio->n_queues = (guint16) n;
  for (guint i = 0; i < n; i++)
    {
      MigdescQemuVirtioQueue *queue = &virtio->queues[i];

      queue->num = migdesc_qemu_cursor_take_u32 (cursor);
      if (virtio->mmio != NULL)
        queue->align = migdesc_qemu_cursor_take_u32 (cursor);
      queue->desc = migdesc_qemu_cursor_take_u64 (cursor);
      queue->last_avail_idx = migdesc_qemu_cursor_take_u16 (cursor);
      queue->vector = has_vectors ? migdesc_qemu_cursor_take_u16 (cursor)
                                  : MIGDESC_QEMU_VIRTIO_NO_VECTOR;
    }
  return !cursor->is_short;
}

/* What the tables do not know is kept as it is, from there to the end. */
static gboolean
read_rest (MigdescQemuVirtio *virtio,
           MigdescQemuCursor *cursor,
           const MigdescQemuVirtioReading *reading)
{
  gsize begin = cursor->at;
  gboolean is_known = migdesc_qemu_virtio_read_device (virtio, cursor, reading);

  if (!cursor->is_short && is_known)
    {
      if (!migdesc_qemu_virtio_read_subsections (virtio, cursor))
        return FALSE;
      begin = cursor->at;
    }
  if (cursor->is_short)
    return FALSE;
  cursor->at = begin;
  virtio->n_undecoded = (guint32) migdesc_qemu_cursor_get_left (cursor);
  virtio->undecoded = migdesc_qemu_cursor_take_copy (cursor, virtio->n_undecoded);
  return TRUE;
}

static gboolean
read_all (MigdescQemuVirtio *virtio,
          MigdescQemuCursor *cursor,
          const MigdescQemuVirtioReading *reading)
{
  return cursor->size <= MOST_BYTES && migdesc_qemu_virtio_read_transport (virtio, cursor, reading)
         && read_common (virtio, cursor) && read_queues (virtio, cursor)
         && read_rest (virtio, cursor, reading);
}

static const char *
find_device (const char *section)
{
  const char *slash = strrchr (section, '/');

  return slash == NULL ? section : slash + 1;
}

/* Whether the signs are right shows at the end: all bytes must be accounted for. If no way does
 * that, what follows the signs stands. */
gboolean
migdesc_qemu_virtio_read (MigdescQemuCursor *cursor,
                          const char *section,
                          gpointer data)
{
  MigdescQemuVirtio *virtio = data;
  const MigdescQemuCursor begin = *cursor;
  MigdescQemuVirtioReading reading = { .device = find_device (section) };

  for (guint way = 0; way < 4; way++)
    {
      reading.is_other_size = (way & 1) != 0;
      reading.has_other_queue_pairs = (way & 2) != 0;
      *cursor = begin;
      if (read_all (virtio, cursor, &reading) && virtio->n_undecoded == 0)
        return TRUE;
      migdesc_table_clear (migdesc_qemu_opaque_virtio.table, virtio);
    }
  *cursor = begin;
  reading = (MigdescQemuVirtioReading) { .device = reading.device };
  return read_all (virtio, cursor, &reading);
}
