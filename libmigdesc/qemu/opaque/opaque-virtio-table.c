/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-virtio.h"

#include "qemu/opaque/opaque-msix-table.h"
#include "qemu/opaque/opaque-pci-table.h"

static const MigdescField proxy_queue_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuVirtioProxyQueue, num),
  MIGDESC_BOOL (MigdescQemuVirtioProxyQueue, enabled),
  MIGDESC_ANY_U64 (MigdescQemuVirtioProxyQueue, desc),
  MIGDESC_ANY_U64 (MigdescQemuVirtioProxyQueue, avail),
  MIGDESC_ANY_U64 (MigdescQemuVirtioProxyQueue, used),
};
MIGDESC_STRUCT (virtio_proxy_queue, MigdescQemuVirtioProxyQueue, 1, 1, proxy_queue_fields, NULL);

static const MigdescField modern_fields[] = {
  MIGDESC_ANY_U32 (MigdescQemuVirtioModern, device_feature_select),
  MIGDESC_ANY_U32 (MigdescQemuVirtioModern, guest_feature_select),
  MIGDESC_ANY_U64 (MigdescQemuVirtioModern, guest_features),
  MIGDESC_VSTRUCTS (MigdescQemuVirtioModern, queues, n_queues, MIGDESC_QEMU_VIRTIO_QUEUES,
                    virtio_proxy_queue),
};
MIGDESC_STRUCT (virtio_modern, MigdescQemuVirtioModern, 1, 1, modern_fields, NULL);

static const MigdescField pci_fields[] = {
  MIGDESC_NESTED (MigdescQemuVirtioPci, config, pci_config),
  MIGDESC_ARRAY (MigdescQemuVirtioPci, irq_state, U32, 0, G_MAXUINT32),
  MIGDESC_NESTED (MigdescQemuVirtioPci, msix, msix_state),
  MIGDESC_ANY_U16 (MigdescQemuVirtioPci, config_vector),
};
MIGDESC_STRUCT (virtio_pci, MigdescQemuVirtioPci, 1, 1, pci_fields, NULL);

static const MigdescField mmio_fields[] = {
  MIGDESC_ANY_U32 (MigdescQemuVirtioMmio, host_features_select),
  MIGDESC_ANY_U32 (MigdescQemuVirtioMmio, guest_features_select),
  MIGDESC_ANY_U32 (MigdescQemuVirtioMmio, guest_page_shift),
};
MIGDESC_STRUCT (virtio_mmio, MigdescQemuVirtioMmio, 1, 1, mmio_fields, NULL);

static const MigdescField indicator_fields[] = {
  MIGDESC_ANY_U32 (MigdescQemuVirtioIndicator, length),
  MIGDESC_ANY_U64 (MigdescQemuVirtioIndicator, address),
};
MIGDESC_STRUCT (virtio_indicator, MigdescQemuVirtioIndicator, 1, 1, indicator_fields, NULL);

static const MigdescField ccw_fields[] = {
  MIGDESC_ANY_U8 (MigdescQemuVirtioCcw, cssid),
  MIGDESC_ANY_U8 (MigdescQemuVirtioCcw, ssid),
  MIGDESC_ANY_U16 (MigdescQemuVirtioCcw, schid),
  MIGDESC_ANY_U16 (MigdescQemuVirtioCcw, devno),
  MIGDESC_ANY_U8 (MigdescQemuVirtioCcw, thin_interrupts),
  MIGDESC_VBYTES (MigdescQemuVirtioCcw, schib, n_schib, 64),
  MIGDESC_VBYTES (MigdescQemuVirtioCcw, subchannel, n_subchannel, 512),
  MIGDESC_VBYTES (MigdescQemuVirtioCcw, orb, n_orb, 16),
  MIGDESC_NESTED (MigdescQemuVirtioCcw, indicators, virtio_indicator),
  MIGDESC_NESTED (MigdescQemuVirtioCcw, indicators2, virtio_indicator),
  MIGDESC_NESTED (MigdescQemuVirtioCcw, summary_indicator, virtio_indicator),
  MIGDESC_ANY_U16 (MigdescQemuVirtioCcw, config_vector),
  MIGDESC_ANY_U64 (MigdescQemuVirtioCcw, indicator_offset),
  MIGDESC_ANY_U32 (MigdescQemuVirtioCcw, summary_offset),
  MIGDESC_ANY_U8 (MigdescQemuVirtioCcw, interrupt_class),
  MIGDESC_I32 (MigdescQemuVirtioCcw, revision, G_MININT32, G_MAXINT32),
};
MIGDESC_STRUCT (virtio_ccw, MigdescQemuVirtioCcw, 1, 1, ccw_fields, NULL);

static const MigdescField queue_fields[] = {
  MIGDESC_ANY_U32 (MigdescQemuVirtioQueue, num),
  MIGDESC_ANY_U32 (MigdescQemuVirtioQueue, align),
  MIGDESC_ANY_U64 (MigdescQemuVirtioQueue, desc),
  MIGDESC_ANY_U16 (MigdescQemuVirtioQueue, last_avail_idx),
  MIGDESC_ANY_U16 (MigdescQemuVirtioQueue, vector),
};
MIGDESC_STRUCT (virtio_queue, MigdescQemuVirtioQueue, 1, 1, queue_fields, NULL);

static const MigdescField ring_fields[] = {
  MIGDESC_ANY_U64 (MigdescQemuVirtioRing, avail),
  MIGDESC_ANY_U64 (MigdescQemuVirtioRing, used),
};
MIGDESC_STRUCT (virtio_ring, MigdescQemuVirtioRing, 1, 1, ring_fields, NULL);

static const MigdescField packed_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuVirtioPacked, last_avail_idx),
  MIGDESC_ANY_U8 (MigdescQemuVirtioPacked, last_avail_wrap),
  MIGDESC_ANY_U16 (MigdescQemuVirtioPacked, used_idx),
  MIGDESC_ANY_U8 (MigdescQemuVirtioPacked, used_wrap),
  MIGDESC_ANY_U32 (MigdescQemuVirtioPacked, in_use),
};
MIGDESC_STRUCT (virtio_packed, MigdescQemuVirtioPacked, 1, 1, packed_fields, NULL);

static const MigdescField subsection_fields[] = {
  MIGDESC_STRING_N (MigdescQemuVirtioSubsection, name),
  MIGDESC_ANY_U32 (MigdescQemuVirtioSubsection, version),
};
MIGDESC_STRUCT (virtio_subsection, MigdescQemuVirtioSubsection, 1, 1, subsection_fields, NULL);

static const MigdescField rss_fields[] = {
  MIGDESC_ANY_U8 (MigdescQemuVirtioRss, enabled),
  MIGDESC_ANY_U8 (MigdescQemuVirtioRss, redirect),
  MIGDESC_ANY_U8 (MigdescQemuVirtioRss, populate_hash),
  MIGDESC_ANY_U32 (MigdescQemuVirtioRss, hash_types),
  MIGDESC_ANY_U16 (MigdescQemuVirtioRss, default_queue),
  MIGDESC_BYTES (MigdescQemuVirtioRss, key),
  MIGDESC_VARRAY (MigdescQemuVirtioRss, indirections, n_indirections, G_MAXUINT16, U16, 0,
                  G_MAXUINT16),
};
MIGDESC_STRUCT (virtio_rss, MigdescQemuVirtioRss, 1, 1, rss_fields, NULL);

static const MigdescField net_fields[] = {
  MIGDESC_BYTES (MigdescQemuVirtioNet, mac),
  MIGDESC_ANY_U32 (MigdescQemuVirtioNet, tx_waiting),
  MIGDESC_ANY_U32 (MigdescQemuVirtioNet, mergeable_rx_bufs),
  MIGDESC_ANY_U16 (MigdescQemuVirtioNet, status),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, promisc),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, allmulti),
  MIGDESC_ANY_U32 (MigdescQemuVirtioNet, in_use),
  MIGDESC_VBYTES (MigdescQemuVirtioNet, macs, n_macs, 384),
  MIGDESC_BYTES (MigdescQemuVirtioNet, vlans),
  MIGDESC_ANY_U32 (MigdescQemuVirtioNet, has_vnet_hdr),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, multi_overflow),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, uni_overflow),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, alluni),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, nomulti),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, nouni),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, nobcast),
  MIGDESC_ANY_U8 (MigdescQemuVirtioNet, has_ufo),
  MIGDESC_ANY_U16 (MigdescQemuVirtioNet, max_queue_pairs),
  MIGDESC_ANY_U16 (MigdescQemuVirtioNet, curr_queue_pairs),
  MIGDESC_VARRAY (MigdescQemuVirtioNet, tx_waiting_others, n_tx_waiting, G_MAXUINT16, U32, 0,
                  G_MAXUINT32),
  MIGDESC_ANY_U64 (MigdescQemuVirtioNet, guest_offloads),
  MIGDESC_POINTER (MigdescQemuVirtioNet, rss, virtio_rss),
};
MIGDESC_STRUCT (virtio_net, MigdescQemuVirtioNet, 1, 1, net_fields, NULL);

static const MigdescField port_fields[] = {
  MIGDESC_ANY_U32 (MigdescQemuVirtioPort, id),
  MIGDESC_ANY_U8 (MigdescQemuVirtioPort, guest_connected),
  MIGDESC_ANY_U8 (MigdescQemuVirtioPort, host_connected),
};
MIGDESC_STRUCT (virtio_port, MigdescQemuVirtioPort, 1, 1, port_fields, NULL);

static const MigdescField console_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuVirtioConsole, cols),
  MIGDESC_ANY_U16 (MigdescQemuVirtioConsole, rows),
  MIGDESC_ANY_U32 (MigdescQemuVirtioConsole, max_ports),
  MIGDESC_VARRAY (MigdescQemuVirtioConsole, map, n_map, 32, U32, 0, G_MAXUINT32),
  MIGDESC_VSTRUCTS (MigdescQemuVirtioConsole, ports, n_ports, 1024, virtio_port),
};
MIGDESC_STRUCT (virtio_console, MigdescQemuVirtioConsole, 1, 1, console_fields, NULL);

static const MigdescField balloon_fields[] = {
  MIGDESC_ANY_U32 (MigdescQemuVirtioBalloon, num_pages),
  MIGDESC_ANY_U32 (MigdescQemuVirtioBalloon, actual),
  MIGDESC_ANY_U32 (MigdescQemuVirtioBalloon, free_page_hint_id),
  MIGDESC_ANY_U32 (MigdescQemuVirtioBalloon, free_page_hint_status),
  MIGDESC_ANY_U32 (MigdescQemuVirtioBalloon, poison_value),
};
MIGDESC_STRUCT (virtio_balloon, MigdescQemuVirtioBalloon, 1, 1, balloon_fields, NULL);

static const MigdescField iommu_fields[] = {
  MIGDESC_ANY_U8 (MigdescQemuVirtioIommu, bypass),
};
MIGDESC_STRUCT (virtio_iommu, MigdescQemuVirtioIommu, 1, 1, iommu_fields, NULL);

static const MigdescField mem_fields[] = {
  MIGDESC_ANY_U64 (MigdescQemuVirtioMem, addr),
  MIGDESC_ANY_U64 (MigdescQemuVirtioMem, region_size),
  MIGDESC_ANY_U64 (MigdescQemuVirtioMem, block_size),
  MIGDESC_ANY_U32 (MigdescQemuVirtioMem, node),
  MIGDESC_ANY_U64 (MigdescQemuVirtioMem, usable_region_size),
  MIGDESC_ANY_U64 (MigdescQemuVirtioMem, size),
  MIGDESC_ANY_U64 (MigdescQemuVirtioMem, requested_size),
  MIGDESC_VARRAY (MigdescQemuVirtioMem, bitmap, n_bitmap, 1048576, U64, 0, G_MAXUINT64),
};
MIGDESC_STRUCT (virtio_mem, MigdescQemuVirtioMem, 1, 1, mem_fields, NULL);

static const MigdescField virtio_fields[] = {
  MIGDESC_POINTER (MigdescQemuVirtio, pci, virtio_pci),
  MIGDESC_POINTER (MigdescQemuVirtio, mmio, virtio_mmio),
  MIGDESC_POINTER (MigdescQemuVirtio, ccw, virtio_ccw),
  MIGDESC_ANY_U8 (MigdescQemuVirtio, device_status),
  MIGDESC_ANY_U8 (MigdescQemuVirtio, isr),
  MIGDESC_ANY_U16 (MigdescQemuVirtio, queue_select),
  MIGDESC_ANY_U64 (MigdescQemuVirtio, guest_features),
  MIGDESC_ANY_U64 (MigdescQemuVirtio, guest_features_high),
  MIGDESC_VBYTES (MigdescQemuVirtio, config, n_config, 65536),
  MIGDESC_VSTRUCTS (MigdescQemuVirtio, queues, n_queues, MIGDESC_QEMU_VIRTIO_QUEUES,
                    virtio_queue),
  MIGDESC_POINTER (MigdescQemuVirtio, net, virtio_net),
  MIGDESC_POINTER (MigdescQemuVirtio, console, virtio_console),
  MIGDESC_POINTER (MigdescQemuVirtio, balloon, virtio_balloon),
  MIGDESC_POINTER (MigdescQemuVirtio, iommu, virtio_iommu),
  MIGDESC_POINTER (MigdescQemuVirtio, mem, virtio_mem),
  MIGDESC_ANY_U8 (MigdescQemuVirtio, device_endian),
  MIGDESC_BOOL (MigdescQemuVirtio, broken),
  MIGDESC_BOOL (MigdescQemuVirtio, started),
  MIGDESC_BOOL (MigdescQemuVirtio, disabled),
  MIGDESC_VSTRUCTS (MigdescQemuVirtio, rings, n_rings, MIGDESC_QEMU_VIRTIO_QUEUES, virtio_ring),
  MIGDESC_VARRAY (MigdescQemuVirtio, sizes, n_sizes, MIGDESC_QEMU_VIRTIO_QUEUES, U32, 0,
                  G_MAXUINT32),
  MIGDESC_VSTRUCTS (MigdescQemuVirtio, packed, n_packed, MIGDESC_QEMU_VIRTIO_QUEUES,
                    virtio_packed),
  MIGDESC_POINTER (MigdescQemuVirtio, modern, virtio_modern),
  MIGDESC_VSTRUCTS (MigdescQemuVirtio, subsections, n_subsections, 64, virtio_subsection),
  MIGDESC_VBYTES (MigdescQemuVirtio, undecoded, n_undecoded, 16777216),
};
MIGDESC_STRUCT (virtio, MigdescQemuVirtio, 1, 1, virtio_fields, NULL);

const MigdescQemuOpaque migdesc_qemu_opaque_virtio
    = { "virtio", &virtio, migdesc_qemu_virtio_read };
