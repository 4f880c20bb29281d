/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-virtio.h"

/* Of a PCI function in a stream: its description's version, in which the interrupt pins came. */
#define PCI_VERSION 2
#define PCI_BEGIN 4

static gboolean
is_pci (const MigdescQemuCursor *cursor)
{
  static const guint8 begin[] = { 0, 0, 0, PCI_VERSION, 0xf4, 0x1a };

  return migdesc_qemu_cursor_get_left (cursor) >= PCI_BEGIN + MIGDESC_QEMU_PCI_SIZE
         && memcmp (cursor->data + cursor->at, begin, sizeof begin) == 0;
}

static gboolean
read_pci (MigdescQemuVirtio *virtio,
          MigdescQemuCursor *cursor,
          const MigdescQemuVirtioReading *reading)
{
  MigdescQemuVirtioPci *pci = virtio->pci = g_new0 (MigdescQemuVirtioPci, 1);
  const guint8 *config = migdesc_qemu_cursor_take (cursor, PCI_BEGIN) + PCI_BEGIN;
  gboolean is_express = migdesc_qemu_pci_is_express (config) != reading->is_other_size;
  gsize size = is_express ? MIGDESC_QEMU_PCIE_SIZE : MIGDESC_QEMU_PCI_SIZE;
  guint n_vectors;

  config = migdesc_qemu_cursor_take (cursor, size);
  if (config == NULL)
    return FALSE;
  migdesc_qemu_pci_config_read (&pci->config, config, size);
  for (guint i = 0; i < G_N_ELEMENTS (pci->irq_state); i++)
    pci->irq_state[i] = migdesc_qemu_cursor_take_u32 (cursor);
  pci->config_vector = MIGDESC_QEMU_VIRTIO_NO_VECTOR;
  n_vectors = migdesc_qemu_pci_get_n_vectors (config);
  if (n_vectors == 0)
    return !cursor->is_short;
  if (!migdesc_qemu_msix_read (&pci->msix, cursor, n_vectors))
    return FALSE;
  pci->config_vector = migdesc_qemu_cursor_take_u16 (cursor);
  return TRUE;
}

static gboolean
read_mmio (MigdescQemuVirtio *virtio,
           MigdescQemuCursor *cursor)
{
  virtio->mmio = g_new0 (MigdescQemuVirtioMmio, 1);
  virtio->mmio->host_features_select = migdesc_qemu_cursor_take_u32 (cursor);
  virtio->mmio->guest_features_select = migdesc_qemu_cursor_take_u32 (cursor);
  virtio->mmio->guest_page_shift = migdesc_qemu_cursor_take_u32 (cursor);
  return TRUE;
}

/* The first subchannel set of virtual devices, which no selector of features comes near to */
static gboolean
is_ccw (const MigdescQemuCursor *cursor)
{
  return migdesc_qemu_cursor_get_left (cursor) > 0 && cursor->data[cursor->at] >= 0x80;
}

gboolean
migdesc_qemu_virtio_read_transport (MigdescQemuVirtio *virtio,
                                    MigdescQemuCursor *cursor,
                                    const MigdescQemuVirtioReading *reading)
{
  if (is_pci (cursor))
    return read_pci (virtio, cursor, reading);
  if (is_ccw (cursor))
    return migdesc_qemu_virtio_read_ccw (virtio, cursor);
  return read_mmio (virtio, cursor);
}
