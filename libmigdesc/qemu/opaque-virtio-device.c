/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque-virtio.h"

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
