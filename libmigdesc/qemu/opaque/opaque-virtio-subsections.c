/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-virtio.h"

/* The subsections behind a virtio device, which are in no description, and neither is that there
 * is one for each of the most queues that there can be. */

#define SUBSECTION 0x05
#define VERSION 1
#define N MIGDESC_QEMU_VIRTIO_QUEUES

/* Queues behind the device's are shown up to the last in which there is something. */
static guint16
trim (const MigdescQemuVirtio *virtio,
      gconstpointer rows,
      gsize size)
{
  const guint8 *bytes = rows;
  guint n = N;

  while (n > virtio->n_queues)
    {
      const guint8 *row = bytes + (n - 1) * size;

      if (row[0] != 0 || memcmp (row, row + 1, size - 1) != 0)
        break;
      n--;
    }
  return (guint16) n;
}

static gboolean
read_features (MigdescQemuVirtio *virtio,
               MigdescQemuCursor *cursor)
{
  guint64 features = migdesc_qemu_cursor_take_u64 (cursor);
  gboolean fits = (guint32) features == (guint32) virtio->guest_features;

  virtio->guest_features = features;
  return fits;
}

static gboolean
read_high_features (MigdescQemuVirtio *virtio,
                    MigdescQemuCursor *cursor)
{
  virtio->guest_features_high = migdesc_qemu_cursor_take_u64 (cursor);
  return TRUE;
}

static gboolean
read_rings (MigdescQemuVirtio *virtio,
            MigdescQemuCursor *cursor)
{
  MigdescQemuVirtioRing *rings = virtio->rings = g_new0 (MigdescQemuVirtioRing, N);

  for (guint i = 0; i < N; i++)
    {
      rings[i].avail = migdesc_qemu_cursor_take_u64 (cursor);
      rings[i].used = migdesc_qemu_cursor_take_u64 (cursor);
    }
  virtio->n_rings = trim (virtio, rings, sizeof *rings);
  return TRUE;
}

static gboolean
read_sizes (MigdescQemuVirtio *virtio,
            MigdescQemuCursor *cursor)
{
  virtio->sizes = g_new0 (guint32, N);
  for (guint i = 0; i < N; i++)
    virtio->sizes[i] = migdesc_qemu_cursor_take_u32 (cursor);
  virtio->n_sizes = trim (virtio, virtio->sizes, sizeof *virtio->sizes);
  return TRUE;
}

static gboolean
read_packed (MigdescQemuVirtio *virtio,
             MigdescQemuCursor *cursor)
{
  MigdescQemuVirtioPacked *packed = virtio->packed = g_new0 (MigdescQemuVirtioPacked, N);

  for (guint i = 0; i < N; i++)
    {
      packed[i].last_avail_idx = migdesc_qemu_cursor_take_u16 (cursor);
      packed[i].last_avail_wrap = migdesc_qemu_cursor_take_u8 (cursor);
      packed[i].used_idx = migdesc_qemu_cursor_take_u16 (cursor);
      packed[i].used_wrap = migdesc_qemu_cursor_take_u8 (cursor);
      packed[i].in_use = migdesc_qemu_cursor_take_u32 (cursor);
    }
  virtio->n_packed = trim (virtio, packed, sizeof *packed);
  return TRUE;
}

/* A flag is a byte of 0 or 1. */
static gboolean
take_flag (MigdescQemuCursor *cursor,
           gboolean *flag)
{
  guint8 byte = migdesc_qemu_cursor_take_u8 (cursor);

  *flag = byte != 0;
  return byte <= 1;
}

static gboolean
read_endian (MigdescQemuVirtio *virtio,
             MigdescQemuCursor *cursor)
{
  virtio->device_endian = migdesc_qemu_cursor_take_u8 (cursor);
  return TRUE;
}

static gboolean
read_broken (MigdescQemuVirtio *virtio,
             MigdescQemuCursor *cursor)
{
  return take_flag (cursor, &virtio->broken);
}

static gboolean
read_started (MigdescQemuVirtio *virtio,
              MigdescQemuCursor *cursor)
{
  return take_flag (cursor, &virtio->started);
}

static gboolean
read_disabled (MigdescQemuVirtio *virtio,
               MigdescQemuCursor *cursor)
{
  return take_flag (cursor, &virtio->disabled);
}

/* What it has is a subsection of its own. */
static gboolean
read_nothing (MigdescQemuVirtio *virtio G_GNUC_UNUSED,
              MigdescQemuCursor *cursor G_GNUC_UNUSED)
{
  return TRUE;
}

/* An address as two words, the low one first */
static guint64
take_halves (MigdescQemuCursor *cursor)
{
  guint64 low = migdesc_qemu_cursor_take_u32 (cursor);

  return (guint64) migdesc_qemu_cursor_take_u32 (cursor) << 32 | low;
}

static gboolean
read_modern_queues (MigdescQemuVirtio *virtio,
                    MigdescQemuCursor *cursor,
                    gboolean has_gap)
{
  MigdescQemuVirtioModern *modern = virtio->modern;
  gboolean is_good = TRUE;

  modern->queues = g_new0 (MigdescQemuVirtioProxyQueue, N);
  for (guint i = 0; i < N; i++)
    {
      MigdescQemuVirtioProxyQueue *queue = &modern->queues[i];

      queue->num = migdesc_qemu_cursor_take_u16 (cursor);
      if (has_gap)
        migdesc_qemu_cursor_take_u8 (cursor);
      is_good &= take_flag (cursor, &queue->enabled);
      queue->desc = take_halves (cursor);
      queue->avail = take_halves (cursor);
      queue->used = take_halves (cursor);
    }
  modern->n_queues = trim (virtio, modern->queues, sizeof *modern->queues);
  return is_good;
}

static gboolean
read_pci_modern (MigdescQemuVirtio *virtio,
                 MigdescQemuCursor *cursor)
{
  virtio->modern = g_new0 (MigdescQemuVirtioModern, 1);
  virtio->modern->device_feature_select = migdesc_qemu_cursor_take_u32 (cursor);
  virtio->modern->guest_feature_select = migdesc_qemu_cursor_take_u32 (cursor);
  virtio->modern->guest_features = take_halves (cursor);
  return read_modern_queues (virtio, cursor, TRUE);
}

static gboolean
read_mmio_modern (MigdescQemuVirtio *virtio,
                  MigdescQemuCursor *cursor)
{
  virtio->modern = g_new0 (MigdescQemuVirtioModern, 1);
  virtio->modern->guest_features = take_halves (cursor);
  return read_modern_queues (virtio, cursor, FALSE);
}

static gboolean
read_free_pages (MigdescQemuVirtio *virtio,
                 MigdescQemuCursor *cursor)
{
  if (virtio->balloon == NULL)
    return FALSE;
  virtio->balloon->free_page_hint_id = migdesc_qemu_cursor_take_u32 (cursor);
  virtio->balloon->free_page_hint_status = migdesc_qemu_cursor_take_u32 (cursor);
  return TRUE;
}

static gboolean
read_poison (MigdescQemuVirtio *virtio,
             MigdescQemuCursor *cursor)
{
  if (virtio->balloon == NULL)
    return FALSE;
  virtio->balloon->poison_value = migdesc_qemu_cursor_take_u32 (cursor);
  return TRUE;
}

static const struct
{
  const char *name;
  gboolean (*read) (MigdescQemuVirtio *virtio, MigdescQemuCursor *cursor);
} subsections[] = {
  { "virtio-net-device/rss", migdesc_qemu_virtio_read_rss },
  { "virtio-balloon-device/free-page-report", read_free_pages },
  { "virtio-balloon-device/page-poison", read_poison },
  { "virtio/device_endian", read_endian },
  { "virtio/128bit_features", read_high_features },
  { "virtio/64bit_features", read_features },
  { "virtio/virtqueues", read_rings },
  { "virtio/ringsize", read_sizes },
  { "virtio/broken", read_broken },
  { "virtio/extra_state", read_nothing },
  { "virtio_pci/modern_state", read_pci_modern },
  { "virtio_mmio/state", read_mmio_modern },
  { "virtio/started", read_started },
  { "virtio/packed_virtqueues", read_packed },
  { "virtio/disabled", read_disabled },
};

gboolean
migdesc_qemu_virtio_take_header (MigdescQemuCursor *cursor,
                                 const char *name)
{
  gsize length = strlen (name);
  const guint8 *header = cursor->data + cursor->at;

  if (migdesc_qemu_cursor_get_left (cursor) < length + 6 || header[0] != SUBSECTION
      || header[1] != length || memcmp (header + 2, name, length) != 0
      || memcmp (header + 2 + length, "\0\0\0\1", 4) != 0)
    return FALSE;
  migdesc_qemu_cursor_take (cursor, length + 6);
  return TRUE;
}

static gboolean
is_there (const MigdescQemuVirtio *virtio,
          const char *name)
{
  for (guint i = 0; i < virtio->n_subsections; i++)
    if (strcmp (virtio->subsections[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Each comes once: a second one is as little known as one that is not in the table. */
static gint
find (const MigdescQemuVirtio *virtio,
      MigdescQemuCursor *cursor)
{
  for (guint i = 0; i < G_N_ELEMENTS (subsections); i++)
    if (!is_there (virtio, subsections[i].name)
        && migdesc_qemu_virtio_take_header (cursor, subsections[i].name))
      return (gint) i;
  return -1;
}

gboolean
migdesc_qemu_virtio_read_subsections (MigdescQemuVirtio *virtio,
                                      MigdescQemuCursor *cursor)
{
  gint i;

  virtio->subsections = g_new0 (MigdescQemuVirtioSubsection, G_N_ELEMENTS (subsections));
  while ((i = find (virtio, cursor)) >= 0)
    {
      MigdescQemuVirtioSubsection *seen = &virtio->subsections[virtio->n_subsections++];

      g_strlcpy (seen->name, subsections[i].name, sizeof seen->name);
      seen->version = VERSION;
      if (!subsections[i].read (virtio, cursor) || cursor->is_short)
        return FALSE;
    }
  /* Behind one that was read there can only be another. */
  return virtio->n_subsections == 0 || migdesc_qemu_cursor_get_left (cursor) == 0
         || cursor->data[cursor->at] == SUBSECTION;
}
