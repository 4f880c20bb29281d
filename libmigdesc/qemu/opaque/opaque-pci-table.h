/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/opaque/opaque-fields.h"
#include "qemu/opaque/opaque-pci-types.h"

/* The tables of a configuration space, for whatever has one in it. */

static const MigdescField migdesc_pci_function_fields[] = {
  MIGDESC_ARRAY (MigdescQemuPciFunction, bars, U32, 0, G_MAXUINT32),
  MIGDESC_ANY_U32 (MigdescQemuPciFunction, cardbus_cis),
  MIGDESC_ANY_U16 (MigdescQemuPciFunction, subsystem_vendor),
  MIGDESC_ANY_U16 (MigdescQemuPciFunction, subsystem),
  MIGDESC_ANY_U32 (MigdescQemuPciFunction, rom),
  MIGDESC_ANY_U8 (MigdescQemuPciFunction, min_grant),
  MIGDESC_ANY_U8 (MigdescQemuPciFunction, max_latency),
};
MIGDESC_STRUCT (pci_function, MigdescQemuPciFunction, 1, 1, migdesc_pci_function_fields, NULL);

static const MigdescField migdesc_pci_bridge_fields[] = {
  MIGDESC_ARRAY (MigdescQemuPciBridge, bars, U32, 0, G_MAXUINT32),
  MIGDESC_ANY_U8 (MigdescQemuPciBridge, primary_bus),
  MIGDESC_ANY_U8 (MigdescQemuPciBridge, secondary_bus),
  MIGDESC_ANY_U8 (MigdescQemuPciBridge, subordinate_bus),
  MIGDESC_ANY_U8 (MigdescQemuPciBridge, secondary_latency),
  MIGDESC_ANY_U8 (MigdescQemuPciBridge, io_base),
  MIGDESC_ANY_U8 (MigdescQemuPciBridge, io_limit),
  MIGDESC_ANY_U16 (MigdescQemuPciBridge, secondary_status),
  MIGDESC_ANY_U16 (MigdescQemuPciBridge, memory_base),
  MIGDESC_ANY_U16 (MigdescQemuPciBridge, memory_limit),
  MIGDESC_ANY_U16 (MigdescQemuPciBridge, prefetch_base),
  MIGDESC_ANY_U16 (MigdescQemuPciBridge, prefetch_limit),
  MIGDESC_ANY_U32 (MigdescQemuPciBridge, prefetch_base_high),
  MIGDESC_ANY_U32 (MigdescQemuPciBridge, prefetch_limit_high),
  MIGDESC_ANY_U16 (MigdescQemuPciBridge, io_base_high),
  MIGDESC_ANY_U16 (MigdescQemuPciBridge, io_limit_high),
  MIGDESC_ANY_U32 (MigdescQemuPciBridge, rom),
  MIGDESC_ANY_U16 (MigdescQemuPciBridge, bridge_control),
};
MIGDESC_STRUCT (pci_bridge, MigdescQemuPciBridge, 1, 1, migdesc_pci_bridge_fields, NULL);

static const MigdescField migdesc_pci_capability_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuPciCapability, id),
  MIGDESC_ANY_U8 (MigdescQemuPciCapability, version),
  MIGDESC_ANY_U16 (MigdescQemuPciCapability, offset),
  MIGDESC_STRING_N (MigdescQemuPciCapability, name),
};
MIGDESC_STRUCT (pci_capability, MigdescQemuPciCapability, 1, 1, migdesc_pci_capability_fields,
                NULL);

static const MigdescField migdesc_pci_power_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuPciPower, capabilities),
  MIGDESC_ANY_U16 (MigdescQemuPciPower, control),
};
MIGDESC_STRUCT (pci_power, MigdescQemuPciPower, 1, 1, migdesc_pci_power_fields, NULL);

static const MigdescField migdesc_pci_msi_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuPciMsi, control),
  MIGDESC_ANY_U64 (MigdescQemuPciMsi, address),
  MIGDESC_ANY_U16 (MigdescQemuPciMsi, data),
  MIGDESC_ANY_U32 (MigdescQemuPciMsi, mask),
  MIGDESC_ANY_U32 (MigdescQemuPciMsi, pending),
};
MIGDESC_STRUCT (pci_msi, MigdescQemuPciMsi, 1, 1, migdesc_pci_msi_fields, NULL);

static const MigdescField migdesc_pci_msix_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuPciMsix, control),
  MIGDESC_U16 (MigdescQemuPciMsix, vectors, 1, 2048),
  MIGDESC_ANY_U32 (MigdescQemuPciMsix, table),
  MIGDESC_ANY_U32 (MigdescQemuPciMsix, pending),
};
MIGDESC_STRUCT (pci_msix, MigdescQemuPciMsix, 1, 1, migdesc_pci_msix_fields, NULL);

static const MigdescField migdesc_pci_express_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuPciExpress, capabilities),
  MIGDESC_ANY_U32 (MigdescQemuPciExpress, device_capabilities),
  MIGDESC_ANY_U16 (MigdescQemuPciExpress, device_control),
  MIGDESC_ANY_U16 (MigdescQemuPciExpress, device_status),
  MIGDESC_ANY_U32 (MigdescQemuPciExpress, link_capabilities),
  MIGDESC_ANY_U16 (MigdescQemuPciExpress, link_control),
  MIGDESC_ANY_U16 (MigdescQemuPciExpress, link_status),
  MIGDESC_ANY_U32 (MigdescQemuPciExpress, slot_capabilities),
  MIGDESC_ANY_U16 (MigdescQemuPciExpress, slot_control),
  MIGDESC_ANY_U16 (MigdescQemuPciExpress, slot_status),
};
MIGDESC_STRUCT (pci_express, MigdescQemuPciExpress, 1, 1, migdesc_pci_express_fields, NULL);

static const MigdescField migdesc_pci_virtio_fields[] = {
  MIGDESC_ANY_U8 (MigdescQemuPciVirtio, part),
  MIGDESC_ANY_U8 (MigdescQemuPciVirtio, bar),
  MIGDESC_ANY_U32 (MigdescQemuPciVirtio, offset),
  MIGDESC_ANY_U32 (MigdescQemuPciVirtio, length),
};
MIGDESC_STRUCT (pci_virtio, MigdescQemuPciVirtio, 1, 1, migdesc_pci_virtio_fields, NULL);

static const MigdescField migdesc_pci_config_fields[] = {
  MIGDESC_ANY_U16 (MigdescQemuPciConfig, vendor),
  MIGDESC_ANY_U16 (MigdescQemuPciConfig, device),
  MIGDESC_ANY_U16 (MigdescQemuPciConfig, command),
  MIGDESC_ANY_U16 (MigdescQemuPciConfig, status),
  MIGDESC_ANY_U8 (MigdescQemuPciConfig, revision),
  MIGDESC_U32 (MigdescQemuPciConfig, class_code, 0, 0xffffff),
  MIGDESC_ANY_U8 (MigdescQemuPciConfig, cache_line_size),
  MIGDESC_ANY_U8 (MigdescQemuPciConfig, latency_timer),
  MIGDESC_ANY_U8 (MigdescQemuPciConfig, header_type),
  MIGDESC_ANY_U8 (MigdescQemuPciConfig, bist),
  MIGDESC_POINTER (MigdescQemuPciConfig, function, pci_function),
  MIGDESC_POINTER (MigdescQemuPciConfig, bridge, pci_bridge),
  MIGDESC_ANY_U8 (MigdescQemuPciConfig, interrupt_line),
  MIGDESC_ANY_U8 (MigdescQemuPciConfig, interrupt_pin),
  MIGDESC_VSTRUCTS (MigdescQemuPciConfig, capabilities, n_capabilities,
                    MIGDESC_QEMU_PCI_CAPABILITIES, pci_capability),
  MIGDESC_VSTRUCTS (MigdescQemuPciConfig, extended, n_extended, MIGDESC_QEMU_PCIE_CAPABILITIES,
                    pci_capability),
  MIGDESC_POINTER (MigdescQemuPciConfig, power, pci_power),
  MIGDESC_POINTER (MigdescQemuPciConfig, msi, pci_msi),
  MIGDESC_POINTER (MigdescQemuPciConfig, msix, pci_msix),
  MIGDESC_POINTER (MigdescQemuPciConfig, express, pci_express),
  MIGDESC_VSTRUCTS (MigdescQemuPciConfig, virtio, n_virtio, MIGDESC_QEMU_PCI_CAPABILITIES,
                    pci_virtio),
  MIGDESC_VBYTES (MigdescQemuPciConfig, others, n_others, MIGDESC_QEMU_PCIE_SIZE),
};
MIGDESC_STRUCT (pci_config, MigdescQemuPciConfig, 1, 1, migdesc_pci_config_fields, NULL);
