/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/opaque/opaque-msix.h"
#include "qemu/opaque/opaque-pci-config.h"

G_BEGIN_DECLS

/* A virtio device: what its transport has, what all of them have, its queues, what only devices of
 * its type have, and then subsections without a description. */

#define MIGDESC_QEMU_VIRTIO_QUEUES 1024
#define MIGDESC_QEMU_VIRTIO_NO_VECTOR 0xffff

typedef struct
{
  guint16 num;
  gboolean enabled;
  guint64 desc;
  guint64 avail;
  guint64 used;
} MigdescQemuVirtioProxyQueue; /* what the driver has set, before it takes effect */

typedef struct
{
  guint32 device_feature_select; /* of PCI only */
  guint32 guest_feature_select;  /* of PCI only */
  guint64 guest_features;
  guint16 n_queues;
  MigdescQemuVirtioProxyQueue *queues;
} MigdescQemuVirtioModern;

typedef struct
{
  MigdescQemuPciConfig config;
  guint32 irq_state[4];
  MigdescQemuMsix msix;
  guint16 config_vector; /* NO_VECTOR where it has no MSI-X */
} MigdescQemuVirtioPci;

typedef struct
{
  guint32 host_features_select;
  guint32 guest_features_select;
  guint32 guest_page_shift;
} MigdescQemuVirtioMmio;

typedef struct
{
  guint32 length;
  guint64 address;
} MigdescQemuVirtioIndicator;

typedef struct
{
  guint8 cssid;
  guint8 ssid;
  guint16 schid;
  guint16 devno;
  guint8 thin_interrupts;
  guint8 *schib;
  guint32 n_schib;
  guint8 *subchannel;
  guint32 n_subchannel;
  guint8 *orb; /* none: not sent */
  guint32 n_orb;
  MigdescQemuVirtioIndicator indicators;
  MigdescQemuVirtioIndicator indicators2;
  MigdescQemuVirtioIndicator summary_indicator;
  guint16 config_vector;
  guint64 indicator_offset;
  guint32 summary_offset;
  guint8 interrupt_class;
  gint32 revision;
} MigdescQemuVirtioCcw;

typedef struct
{
  guint32 num;
  guint32 align; /* of MMIO only */
  guint64 desc;
  guint16 last_avail_idx;
  guint16 vector; /* NO_VECTOR, also where the transport sends none */
} MigdescQemuVirtioQueue;

typedef struct
{
  guint64 avail;
  guint64 used;
} MigdescQemuVirtioRing;

typedef struct
{
  guint16 last_avail_idx;
  guint8 last_avail_wrap;
  guint16 used_idx;
  guint8 used_wrap;
  guint32 in_use;
} MigdescQemuVirtioPacked;

typedef struct
{
  char name[48];
  guint32 version;
} MigdescQemuVirtioSubsection;

typedef struct
{
  guint8 enabled;
  guint8 redirect;
  guint8 populate_hash;
  guint32 hash_types;
  guint16 default_queue;
  guint8 key[40];
  guint16 n_indirections;
  guint16 *indirections;
} MigdescQemuVirtioRss;

typedef struct
{
  guint8 mac[6];
  guint32 tx_waiting;
  guint32 mergeable_rx_bufs;
  guint16 status;
  guint8 promisc;
  guint8 allmulti;
  guint32 in_use;
  guint8 *macs;
  guint32 n_macs;
  guint8 vlans[512];
  guint32 has_vnet_hdr;
  guint8 multi_overflow;
  guint8 uni_overflow;
  guint8 alluni;
  guint8 nomulti;
  guint8 nouni;
  guint8 nobcast;
  guint8 has_ufo;
  guint16 max_queue_pairs; /* 0: not sent, there is one */
  guint16 curr_queue_pairs;
  guint16 n_tx_waiting;
  guint32 *tx_waiting_others; /* of the pairs behind the first */
  guint64 guest_offloads;
  MigdescQemuVirtioRss *rss;
} MigdescQemuVirtioNet;

typedef struct
{
  guint32 id;
  guint8 guest_connected;
  guint8 host_connected;
} MigdescQemuVirtioPort;

typedef struct
{
  guint16 cols;
  guint16 rows;
  guint32 max_ports;
  guint32 n_map;
  guint32 *map;
  guint32 n_ports;
  MigdescQemuVirtioPort *ports;
} MigdescQemuVirtioConsole;

typedef struct
{
  guint32 num_pages;
  guint32 actual;
  guint32 free_page_hint_id;
  guint32 free_page_hint_status;
  guint32 poison_value;
} MigdescQemuVirtioBalloon;

typedef struct
{
  guint8 bypass;
} MigdescQemuVirtioIommu;

typedef struct
{
  guint64 addr; /* this and the others up to node: 0 where they were sent before the memory */
  guint64 region_size;
  guint64 block_size;
  guint32 node;
  guint64 usable_region_size;
  guint64 size;
  guint64 requested_size;
  guint32 n_bitmap;
  guint64 *bitmap; /* of blocks, the lowest bits first */
} MigdescQemuVirtioMem;

typedef struct
{
  MigdescQemuVirtioPci *pci;
  MigdescQemuVirtioMmio *mmio;
  MigdescQemuVirtioCcw *ccw;
  guint8 device_status;
  guint8 isr;
  guint16 queue_select;
  guint64 guest_features;
  guint64 guest_features_high; /* from bit 64 on: QEMU 10.1 and newer */
  guint32 n_config;
  guint8 *config;
  guint16 n_queues;
  MigdescQemuVirtioQueue *queues;
  MigdescQemuVirtioNet *net;
  MigdescQemuVirtioConsole *console;
  MigdescQemuVirtioBalloon *balloon;
  MigdescQemuVirtioIommu *iommu;
  MigdescQemuVirtioMem *mem;
  guint8 device_endian; /* 0: not sent, 1 little, 2 big */
  gboolean broken;
  gboolean started;
  gboolean disabled;
  guint16 n_rings;
  MigdescQemuVirtioRing *rings;
  guint16 n_sizes;
  guint32 *sizes; /* the number of entries that each queue has by default */
  guint16 n_packed;
  MigdescQemuVirtioPacked *packed;
  MigdescQemuVirtioModern *modern;
  guint16 n_subsections;
  MigdescQemuVirtioSubsection *subsections; /* what was sent, in this order */
  guint32 n_undecoded;
  guint8 *undecoded; /* what the table does not know, to the end */
} MigdescQemuVirtio;

/* How to take the bytes. Two things they tell only by signs, which may be wrong. */
typedef struct
{
  const char *device;               /* virtio-net */
  gboolean is_other_size;           /* the configuration space is not of the size that it tells */
  gboolean has_other_queue_pairs;   /* whether there are several is not what the device tells */
} MigdescQemuVirtioReading;

/* As a value is read. */
gboolean migdesc_qemu_virtio_read (MigdescQemuCursor *cursor,
                                   const char *section,
                                   gpointer data);

/* Each takes its part off the cursor. FALSE: this is no such thing; where there are too few bytes
 * the cursor knows. */
gboolean migdesc_qemu_virtio_read_transport (MigdescQemuVirtio *virtio,
                                             MigdescQemuCursor *cursor,
                                             const MigdescQemuVirtioReading *reading);
gboolean migdesc_qemu_virtio_read_ccw (MigdescQemuVirtio *virtio, MigdescQemuCursor *cursor);

/* What devices of a type send. FALSE: there is something without a description, and then there is
 * nothing of it in the struct. */
gboolean migdesc_qemu_virtio_read_device (MigdescQemuVirtio *virtio,
                                          MigdescQemuCursor *cursor,
                                          const MigdescQemuVirtioReading *reading);
gboolean migdesc_qemu_virtio_read_net (MigdescQemuVirtio *virtio,
                                       MigdescQemuCursor *cursor,
                                       const MigdescQemuVirtioReading *reading);
gboolean migdesc_qemu_virtio_read_rss (MigdescQemuVirtio *virtio, MigdescQemuCursor *cursor);

/* One subsection after the other, up to one that is not known. FALSE: one is not what it has to
 * be. */
gboolean migdesc_qemu_virtio_read_subsections (MigdescQemuVirtio *virtio,
                                               MigdescQemuCursor *cursor);
/* One of that name comes next; then its header is taken. */
gboolean migdesc_qemu_virtio_take_header (MigdescQemuCursor *cursor, const char *name);

G_END_DECLS
