/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-virtio.h"

/* What devices of a type send between their queues and the subsections. */

/* Requests under way are not described, only that there are none. */
static gboolean
read_disk (MigdescQemuVirtio *virtio G_GNUC_UNUSED,
           MigdescQemuCursor *cursor,
           const MigdescQemuVirtioReading *reading G_GNUC_UNUSED)
{
  if (migdesc_qemu_cursor_get_left (cursor) > 0 && cursor->data[cursor->at] != 0)
    return FALSE;
  migdesc_qemu_cursor_take_u8 (cursor);
  return TRUE;
}

#define MOST_PORTS 1024

static gboolean
read_ports (MigdescQemuVirtioConsole *console,
            MigdescQemuCursor *cursor)
{
  guint32 n = migdesc_qemu_cursor_take_u32 (cursor);

  if (n > console->max_ports)
    return FALSE;
  console->ports = g_new0 (MigdescQemuVirtioPort, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      MigdescQemuVirtioPort *port = &console->ports[console->n_ports++];

      port->id = migdesc_qemu_cursor_take_u32 (cursor);
      port->guest_connected = migdesc_qemu_cursor_take_u8 (cursor);
      port->host_connected = migdesc_qemu_cursor_take_u8 (cursor);
      /* A buffer that was begun, of which there is no description */
      if (migdesc_qemu_cursor_take_u32 (cursor) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_console (MigdescQemuVirtioConsole *console,
              MigdescQemuCursor *cursor)
{
  console->cols = migdesc_qemu_cursor_take_u16 (cursor);
  console->rows = migdesc_qemu_cursor_take_u16 (cursor);
  console->max_ports = migdesc_qemu_cursor_take_u32 (cursor);
  if (console->max_ports > MOST_PORTS)
    return FALSE;
  console->n_map = (console->max_ports + 31) / 32;
  console->map = g_new0 (guint32, MAX (console->n_map, 1));
  for (guint i = 0; i < console->n_map; i++)
    console->map[i] = migdesc_qemu_cursor_take_u32 (cursor);
  return read_ports (console, cursor);
}

static gboolean
read_console (MigdescQemuVirtio *virtio,
              MigdescQemuCursor *cursor,
              const MigdescQemuVirtioReading *reading G_GNUC_UNUSED)
{
  MigdescQemuVirtioConsole *console = g_new0 (MigdescQemuVirtioConsole, 1);

  if (take_console (console, cursor))
    {
      virtio->console = console;
      return TRUE;
    }
  g_free (console->map);
  g_free (console->ports);
  g_free (console);
  return FALSE;
}

static gboolean
read_balloon (MigdescQemuVirtio *virtio,
              MigdescQemuCursor *cursor,
              const MigdescQemuVirtioReading *reading G_GNUC_UNUSED)
{
  virtio->balloon = g_new0 (MigdescQemuVirtioBalloon, 1);
  virtio->balloon->num_pages = migdesc_qemu_cursor_take_u32 (cursor);
  virtio->balloon->actual = migdesc_qemu_cursor_take_u32 (cursor);
  return TRUE;
}

/* An address space that is divided into domains is not described, only that it is not. */
static gboolean
read_iommu (MigdescQemuVirtio *virtio,
            MigdescQemuCursor *cursor,
            const MigdescQemuVirtioReading *reading G_GNUC_UNUSED)
{
  const guint8 *tree = migdesc_qemu_cursor_take (cursor, 5);

  if (tree == NULL || memcmp (tree, "\0\0\0\0\0", 5) != 0)
    return FALSE;
  virtio->iommu = g_new0 (MigdescQemuVirtioIommu, 1);
  virtio->iommu->bypass = migdesc_qemu_cursor_take_u8 (cursor);
  return TRUE;
}

#define SUBSECTION 0x05
#define MOST_WORDS 1048576

/* What a block of memory is, and has to be at the destination, too. FALSE: it cannot be that. */
static gboolean
take_region (MigdescQemuVirtioMem *mem,
             MigdescQemuCursor *cursor)
{
  mem->addr = migdesc_qemu_cursor_take_u64 (cursor);
  mem->region_size = migdesc_qemu_cursor_take_u64 (cursor);
  mem->block_size = migdesc_qemu_cursor_take_u64 (cursor);
  mem->node = migdesc_qemu_cursor_take_u32 (cursor);
  return mem->block_size != 0 && (mem->block_size & (mem->block_size - 1)) == 0
         && mem->region_size % mem->block_size == 0
         && mem->region_size / mem->block_size <= (guint64) MOST_WORDS * 64;
}

static gboolean
take_memory (MigdescQemuVirtioMem *mem,
             MigdescQemuCursor *cursor)
{
  guint64 n;

  if (!take_region (mem, cursor))
    return FALSE;
  mem->usable_region_size = migdesc_qemu_cursor_take_u64 (cursor);
  mem->size = migdesc_qemu_cursor_take_u64 (cursor);
  mem->requested_size = migdesc_qemu_cursor_take_u64 (cursor);
  n = (mem->region_size / mem->block_size + 63) / 64;
  if (cursor->is_short || migdesc_qemu_cursor_get_left (cursor) / 8 < n)
    return FALSE;
  mem->bitmap = g_new (guint64, (gsize) MAX (n, 1));
  mem->n_bitmap = (guint32) n;
  for (guint64 i = 0; i < n; i++)
    mem->bitmap[i] = migdesc_qemu_cursor_take_u64 (cursor);
  return TRUE;
}

static gboolean
is_at_subsections (const MigdescQemuCursor *cursor)
{
  return migdesc_qemu_cursor_get_left (cursor) == 0 || cursor->data[cursor->at] == SUBSECTION;
}

/* From QEMU 8.1 on most of it is sent before the memory, in a section of its own. */
static gboolean
read_mem (MigdescQemuVirtio *virtio,
          MigdescQemuCursor *cursor,
          const MigdescQemuVirtioReading *reading G_GNUC_UNUSED)
{
  MigdescQemuVirtioMem *mem = g_new0 (MigdescQemuVirtioMem, 1);
  const MigdescQemuCursor begin = *cursor;

  if (!take_memory (mem, cursor) || !is_at_subsections (cursor))
    {
      *cursor = begin;
      g_free (mem->bitmap);
      *mem = (MigdescQemuVirtioMem) { 0 };
      mem->usable_region_size = migdesc_qemu_cursor_take_u64 (cursor);
      mem->requested_size = migdesc_qemu_cursor_take_u64 (cursor);
    }
  if (!cursor->is_short && is_at_subsections (cursor))
    {
      virtio->mem = mem;
      return TRUE;
    }
  *cursor = begin;
  g_free (mem->bitmap);
  g_free (mem);
  return FALSE;
}

static const struct
{
  const char *device;
  gboolean (*read) (MigdescQemuVirtio *virtio,
                    MigdescQemuCursor *cursor,
                    const MigdescQemuVirtioReading *reading);
} devices[] = {
  { "virtio-net", migdesc_qemu_virtio_read_net },
  { "virtio-blk", read_disk },
  { "virtio-console", read_console },
  { "virtio-balloon", read_balloon },
  { "virtio-iommu", read_iommu },
  { "virtio-mem", read_mem },
};

/* All others send nothing, or something that no subsection can be taken for. */
gboolean
migdesc_qemu_virtio_read_device (MigdescQemuVirtio *virtio,
                                 MigdescQemuCursor *cursor,
                                 const MigdescQemuVirtioReading *reading)
{
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    if (strcmp (devices[i].device, reading->device) == 0)
      return devices[i].read (virtio, cursor, reading);
  return TRUE;
}
