/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-virtio.h"

/* A virtio device of s390x: its subchannel, where it sets bits for interrupts, and its revision. */

#define SCHIB_SIZE 52
/* Sense data, the program, its last command, what the device is, and how it counts */
#define SUBCHANNEL_SIZE (32 + 8 + 8 + 1 + 256 + 2)
#define ORB_SIZE 12

static MigdescQemuVirtioIndicator
take_indicator (MigdescQemuCursor *cursor)
{
  MigdescQemuVirtioIndicator indicator;

  indicator.length = migdesc_qemu_cursor_take_u32 (cursor);
  indicator.address = migdesc_qemu_cursor_take_u64 (cursor);
  return indicator;
}

static void
take_subchannel (MigdescQemuVirtioCcw *ccw,
                 MigdescQemuCursor *cursor)
{
  ccw->cssid = migdesc_qemu_cursor_take_u8 (cursor);
  ccw->ssid = migdesc_qemu_cursor_take_u8 (cursor);
  ccw->schid = migdesc_qemu_cursor_take_u16 (cursor);
  ccw->devno = migdesc_qemu_cursor_take_u16 (cursor);
  ccw->thin_interrupts = migdesc_qemu_cursor_take_u8 (cursor);
  ccw->schib = migdesc_qemu_cursor_take_copy (cursor, SCHIB_SIZE);
  ccw->n_schib = ccw->schib == NULL ? 0 : SCHIB_SIZE;
  ccw->subchannel = migdesc_qemu_cursor_take_copy (cursor, SUBCHANNEL_SIZE);
  ccw->n_subchannel = ccw->subchannel == NULL ? 0 : SUBCHANNEL_SIZE;
  if (!migdesc_qemu_virtio_take_header (cursor, "s390_subch_dev/orb"))
    return;
  ccw->orb = migdesc_qemu_cursor_take_copy (cursor, ORB_SIZE);
  ccw->n_orb = ccw->orb == NULL ? 0 : ORB_SIZE;
}

gboolean
migdesc_qemu_virtio_read_ccw (MigdescQemuVirtio *virtio,
                              MigdescQemuCursor *cursor)
{
  MigdescQemuVirtioCcw *ccw = g_new0 (MigdescQemuVirtioCcw, 1);

  virtio->ccw = ccw;
  take_subchannel (ccw, cursor);
  ccw->indicators = take_indicator (cursor);
  ccw->indicators2 = take_indicator (cursor);
  ccw->summary_indicator = take_indicator (cursor);
  ccw->config_vector = migdesc_qemu_cursor_take_u16 (cursor);
  ccw->indicator_offset = migdesc_qemu_cursor_take_u64 (cursor);
  if (migdesc_qemu_virtio_take_header (cursor, "s390_adapter_info/summary_offset"))
    ccw->summary_offset = migdesc_qemu_cursor_take_u32 (cursor);
  ccw->interrupt_class = migdesc_qemu_cursor_take_u8 (cursor);
  ccw->revision = (gint32) migdesc_qemu_cursor_take_u32 (cursor);
  return TRUE;
}
