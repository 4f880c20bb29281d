/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The configuration space of a PCI function. Its numbers are little-endian, unlike all else in a
 * stream. What there may be or not is NULL, or a list of none. */

#define MIGDESC_QEMU_PCI_SIZE 256
#define MIGDESC_QEMU_PCIE_SIZE 4096
/* As many as there is room for */
#define MIGDESC_QEMU_PCI_CAPABILITIES 48
#define MIGDESC_QEMU_PCIE_CAPABILITIES 960

typedef struct
{
  guint32 bars[6];
  guint32 cardbus_cis;
  guint16 subsystem_vendor;
  guint16 subsystem;
  guint32 rom;
  guint8 min_grant;
  guint8 max_latency;
} MigdescQemuPciFunction;

typedef struct
{
  guint32 bars[2];
  guint8 primary_bus;
  guint8 secondary_bus;
  guint8 subordinate_bus;
  guint8 secondary_latency;
  guint8 io_base;
  guint8 io_limit;
  guint16 secondary_status;
  guint16 memory_base;
  guint16 memory_limit;
  guint16 prefetch_base;
  guint16 prefetch_limit;
  guint32 prefetch_base_high;
  guint32 prefetch_limit_high;
  guint16 io_base_high;
  guint16 io_limit_high;
  guint32 rom;
  guint16 bridge_control;
} MigdescQemuPciBridge;

typedef struct
{
  guint16 id;
  guint8 version; /* of extended ones */
  guint16 offset;
  char name[24]; /* empty: not known */
} MigdescQemuPciCapability;

typedef struct
{
  guint16 capabilities;
  guint16 control;
} MigdescQemuPciPower;

typedef struct
{
  guint16 control;
  guint64 address;
  guint16 data;
  guint32 mask;    /* 0 where it has none */
  guint32 pending; /* so too */
} MigdescQemuPciMsi;

typedef struct
{
  guint16 control;
  guint16 vectors;
  guint32 table; /* offset, and in the low three bits the BAR */
  guint32 pending;
} MigdescQemuPciMsix;

typedef struct
{
  guint16 capabilities;
  guint32 device_capabilities;
  guint16 device_control;
  guint16 device_status;
  guint32 link_capabilities;
  guint16 link_control;
  guint16 link_status;
  guint32 slot_capabilities;
  guint16 slot_control;
  guint16 slot_status;
} MigdescQemuPciExpress;

/* Where a virtio device has a part of its registers */
typedef struct
{
  guint8 part;
  guint8 bar;
  guint32 offset;
  guint32 length;
} MigdescQemuPciVirtio;

typedef struct
{
  guint16 vendor;
  guint16 device;
  guint16 command;
  guint16 status;
  guint8 revision;
  guint32 class_code;
  guint8 cache_line_size;
  guint8 latency_timer;
  guint8 header_type;
  guint8 bist;
  MigdescQemuPciFunction *function;
  MigdescQemuPciBridge *bridge;
  guint8 interrupt_line;
  guint8 interrupt_pin;
  guint8 n_capabilities;
  MigdescQemuPciCapability *capabilities;
  guint16 n_extended;
  MigdescQemuPciCapability *extended;
  MigdescQemuPciPower *power;
  MigdescQemuPciMsi *msi;
  MigdescQemuPciMsix *msix;
  MigdescQemuPciExpress *express;
  guint8 n_virtio;
  MigdescQemuPciVirtio *virtio;
  /* All of it, but zero where the above has it */
  guint32 n_others;
  guint8 *others;
} MigdescQemuPciConfig;

G_END_DECLS
