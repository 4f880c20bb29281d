/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-pci-config.h"

#include "qemu/opaque/opaque-pci-table.h"
#include "qemu/opaque/opaque.h"

#define STATUS 0x06
#define CAPABILITIES_BIT 0x10
#define FIRST_CAPABILITY 0x34
#define FIRST_EXTENDED 0x100
#define KIND_MASK 0x7f /* of the header type */
#define VENDOR_VIRTIO 0x1af4

enum
{
  POWER = 0x01,
  MSI = 0x05,
  VENDOR = 0x09,
  EXPRESS = 0x10,
  MSIX = 0x11
};

/* Bytes that are set to zero as they are taken; each is taken once. */
typedef struct
{
  guint8 *bytes;
  gsize size;
} Space;

static guint64
take (Space *space,
      gsize at,
      guint width)
{
  guint64 value = 0;

  for (guint i = 0; i < width && at + i < space->size; i++)
    {
      value |= (guint64) space->bytes[at + i] << (8 * i);
      space->bytes[at + i] = 0;
    }
  return value;
}

#define TAKE_U8(space, at) ((guint8) take (space, at, 1))
#define TAKE_U16(space, at) ((guint16) take (space, at, 2))
#define TAKE_U32(space, at) ((guint32) take (space, at, 4))

static guint
peek_u16 (const guint8 *data,
          gsize at)
{
  return data[at] | data[at + 1] << 8;
}

static MigdescQemuPciFunction *
read_function (Space *space)
{
  MigdescQemuPciFunction *function = g_new0 (MigdescQemuPciFunction, 1);

  for (guint i = 0; i < G_N_ELEMENTS (function->bars); i++)
    function->bars[i] = TAKE_U32 (space, 0x10 + 4 * i);
  function->cardbus_cis = TAKE_U32 (space, 0x28);
  function->subsystem_vendor = TAKE_U16 (space, 0x2c);
  function->subsystem = TAKE_U16 (space, 0x2e);
  function->rom = TAKE_U32 (space, 0x30);
  function->min_grant = TAKE_U8 (space, 0x3e);
  function->max_latency = TAKE_U8 (space, 0x3f);
  return function;
}

static MigdescQemuPciBridge *
read_bridge (Space *space)
{
  MigdescQemuPciBridge *bridge = g_new0 (MigdescQemuPciBridge, 1);

  for (guint i = 0; i < G_N_ELEMENTS (bridge->bars); i++)
    bridge->bars[i] = TAKE_U32 (space, 0x10 + 4 * i);
  bridge->primary_bus = TAKE_U8 (space, 0x18);
  bridge->secondary_bus = TAKE_U8 (space, 0x19);
  bridge->subordinate_bus = TAKE_U8 (space, 0x1a);
  bridge->secondary_latency = TAKE_U8 (space, 0x1b);
  bridge->io_base = TAKE_U8 (space, 0x1c);
  bridge->io_limit = TAKE_U8 (space, 0x1d);
  bridge->secondary_status = TAKE_U16 (space, 0x1e);
  bridge->memory_base = TAKE_U16 (space, 0x20);
  bridge->memory_limit = TAKE_U16 (space, 0x22);
  bridge->prefetch_base = TAKE_U16 (space, 0x24);
  bridge->prefetch_limit = TAKE_U16 (space, 0x26);
  bridge->prefetch_base_high = TAKE_U32 (space, 0x28);
  bridge->prefetch_limit_high = TAKE_U32 (space, 0x2c);
  bridge->io_base_high = TAKE_U16 (space, 0x30);
  bridge->io_limit_high = TAKE_U16 (space, 0x32);
  bridge->rom = TAKE_U32 (space, 0x38);
  bridge->bridge_control = TAKE_U16 (space, 0x3e);
  return bridge;
}

static void
read_header (MigdescQemuPciConfig *config,
             Space *space)
{
  config->vendor = TAKE_U16 (space, 0x00);
  config->device = TAKE_U16 (space, 0x02);
  config->command = TAKE_U16 (space, 0x04);
  config->status = TAKE_U16 (space, 0x06);
  config->revision = TAKE_U8 (space, 0x08);
  config->class_code = (guint32) take (space, 0x09, 3);
  config->cache_line_size = TAKE_U8 (space, 0x0c);
  config->latency_timer = TAKE_U8 (space, 0x0d);
  config->header_type = TAKE_U8 (space, 0x0e);
  config->bist = TAKE_U8 (space, 0x0f);
  config->interrupt_line = TAKE_U8 (space, 0x3c);
  config->interrupt_pin = TAKE_U8 (space, 0x3d);
  if ((config->header_type & KIND_MASK) == 0)
    config->function = read_function (space);
  else if ((config->header_type & KIND_MASK) == 1)
    config->bridge = read_bridge (space);
}

static void
read_power (MigdescQemuPciConfig *config,
            Space *space,
            gsize at)
{
  config->power = g_new0 (MigdescQemuPciPower, 1);
  config->power->capabilities = TAKE_U16 (space, at + 2);
  config->power->control = TAKE_U16 (space, at + 4);
}

#define MSI_WIDE 0x0080
#define MSI_MASKS 0x0100

static void
read_msi (MigdescQemuPciConfig *config,
          Space *space,
          gsize at)
{
  MigdescQemuPciMsi *msi = g_new0 (MigdescQemuPciMsi, 1);

  config->msi = msi;
  msi->control = TAKE_U16 (space, at + 2);
  msi->address = TAKE_U32 (space, at + 4);
  if ((msi->control & MSI_WIDE) != 0)
    {
      msi->address |= (guint64) TAKE_U32 (space, at + 8) << 32;
      at += 4;
    }
  msi->data = TAKE_U16 (space, at + 8);
  if ((msi->control & MSI_MASKS) == 0)
    return;
  msi->mask = TAKE_U32 (space, at + 12);
  msi->pending = TAKE_U32 (space, at + 16);
}

#define MSIX_LAST_VECTOR 0x07ff

static void
read_msix (MigdescQemuPciConfig *config,
           Space *space,
           gsize at)
{
  config->msix = g_new0 (MigdescQemuPciMsix, 1);
  config->msix->control = TAKE_U16 (space, at + 2);
  config->msix->vectors = (config->msix->control & MSIX_LAST_VECTOR) + 1;
  config->msix->table = TAKE_U32 (space, at + 4);
  config->msix->pending = TAKE_U32 (space, at + 8);
}

#define EXPRESS_VERSION 0x000f
#define HAS_SLOT 0x0100

static void
read_express (MigdescQemuPciConfig *config,
              Space *space,
              gsize at)
{
  MigdescQemuPciExpress *express = g_new0 (MigdescQemuPciExpress, 1);

  config->express = express;
  express->capabilities = TAKE_U16 (space, at + 0x02);
  express->device_capabilities = TAKE_U32 (space, at + 0x04);
  express->device_control = TAKE_U16 (space, at + 0x08);
  express->device_status = TAKE_U16 (space, at + 0x0a);
  express->link_capabilities = TAKE_U32 (space, at + 0x0c);
  express->link_control = TAKE_U16 (space, at + 0x10);
  express->link_status = TAKE_U16 (space, at + 0x12);
  /* The first version of the structure ends here, unless there is a slot. */
  if ((express->capabilities & EXPRESS_VERSION) < 2 && (express->capabilities & HAS_SLOT) == 0)
    return;
  express->slot_capabilities = TAKE_U32 (space, at + 0x14);
  express->slot_control = TAKE_U16 (space, at + 0x18);
  express->slot_status = TAKE_U16 (space, at + 0x1a);
}

static void
read_virtio (MigdescQemuPciConfig *config,
             Space *space,
             gsize at)
{
  MigdescQemuPciVirtio *virtio;

  if (config->vendor != VENDOR_VIRTIO)
    return;
  if (config->virtio == NULL)
    config->virtio = g_new0 (MigdescQemuPciVirtio, MIGDESC_QEMU_PCI_CAPABILITIES);
  virtio = &config->virtio[config->n_virtio++];
  virtio->part = TAKE_U8 (space, at + 3);
  virtio->bar = TAKE_U8 (space, at + 4);
  virtio->offset = TAKE_U32 (space, at + 8);
  virtio->length = TAKE_U32 (space, at + 12);
}

/* Of those that have no reader, `others` has what is behind the head. */
static const struct
{
  guint8 id;
  const char *name;
  void (*read) (MigdescQemuPciConfig *config, Space *space, gsize at);
} capabilities[] = {
  { POWER, "power", read_power },
  { 0x03, "vital product data", NULL },
  { 0x04, "slot", NULL },
  { MSI, "msi", read_msi },
  { VENDOR, "vendor", read_virtio },
  { 0x0c, "hot plug", NULL },
  { 0x0d, "subsystem", NULL },
  { EXPRESS, "express", read_express },
  { MSIX, "msix", read_msix },
  { 0x12, "sata", NULL },
  { 0x13, "advanced features", NULL },
};

static gboolean
is_read (const MigdescQemuPciConfig *config,
         guint id)
{
  return (id == POWER && config->power != NULL) || (id == MSI && config->msi != NULL)
         || (id == MSIX && config->msix != NULL) || (id == EXPRESS && config->express != NULL);
}

static void
read_capability (MigdescQemuPciConfig *config,
                 Space *space,
                 MigdescQemuPciCapability *capability)
{
  for (guint i = 0; i < G_N_ELEMENTS (capabilities); i++)
    {
      if (capabilities[i].id != capability->id)
        continue;
      g_strlcpy (capability->name, capabilities[i].name, sizeof capability->name);
      if (capabilities[i].read != NULL && !is_read (config, capability->id))
        capabilities[i].read (config, space, capability->offset);
    }
}

/* One that is followed; its bits that mean nothing stay. */
static void
take_pointer (Space *space,
              gsize at)
{
  space->bytes[at] &= 3;
}

/* Goes through the list in bytes that nothing was taken of. FALSE behind the last, and where the
 * list goes back into itself: offsets are multiples of 4, and no more than there is room for. */
static gboolean
next_capability (const guint8 *data,
                 guint n_before,
                 guint8 *at)
{
  if (n_before == 0 && (data[STATUS] & CAPABILITIES_BIT) == 0)
    return FALSE;
  *at = data[n_before == 0 ? FIRST_CAPABILITY : *at + 1u] & 0xfc;
  return *at >= 0x40 && n_before < MIGDESC_QEMU_PCI_CAPABILITIES;
}

static void
read_capabilities (MigdescQemuPciConfig *config,
                   const guint8 *data,
                   Space *space)
{
  gsize pointer = FIRST_CAPABILITY;
  guint8 at = 0;

  config->capabilities = g_new0 (MigdescQemuPciCapability, MIGDESC_QEMU_PCI_CAPABILITIES);
  while (next_capability (data, config->n_capabilities, &at))
    {
      MigdescQemuPciCapability *capability = &config->capabilities[config->n_capabilities++];

      take_pointer (space, pointer);
      capability->id = data[at];
      capability->offset = at;
      take (space, at, 1);
      read_capability (config, space, capability);
      pointer = at + 1u;
    }
}

static const struct
{
  guint16 id;
  const char *name;
} extended_names[] = {
  { 0x01, "error reporting" },  { 0x03, "serial number" }, { 0x0b, "vendor" },
  { 0x0d, "access control" },   { 0x0e, "alternative id" }, { 0x0f, "address services" },
  { 0x10, "virtual functions" }, { 0x13, "page requests" }, { 0x1b, "process space" },
};

static void
read_extended (MigdescQemuPciConfig *config,
               const guint8 *data,
               Space *space)
{
  guint at = FIRST_EXTENDED;

  config->extended = g_new0 (MigdescQemuPciCapability, MIGDESC_QEMU_PCIE_CAPABILITIES);
  while (at >= FIRST_EXTENDED && peek_u16 (data, at) != 0
         && config->n_extended < MIGDESC_QEMU_PCIE_CAPABILITIES)
    {
      MigdescQemuPciCapability *capability = &config->extended[config->n_extended++];
      guint rest = peek_u16 (data, at + 2);

      capability->id = (guint16) peek_u16 (data, at);
      capability->version = rest & 0xf;
      capability->offset = (guint16) at;
      for (guint i = 0; i < G_N_ELEMENTS (extended_names); i++)
        if (extended_names[i].id == capability->id)
          g_strlcpy (capability->name, extended_names[i].name, sizeof capability->name);
      take (space, at, 2);
      at = rest >> 4 & 0xffc;
      /* as of the other list: the version, and the offset if it is followed */
      space->bytes[capability->offset + 2] &= at >= FIRST_EXTENDED ? 0x30 : 0xf0;
      space->bytes[capability->offset + 3] &= at >= FIRST_EXTENDED ? 0 : 0xff;
    }
}

gboolean
migdesc_qemu_pci_config_read (MigdescQemuPciConfig *config,
                              const guint8 *data,
                              gsize size)
{
  Space space;

  if (size != MIGDESC_QEMU_PCI_SIZE && size != MIGDESC_QEMU_PCIE_SIZE)
    return FALSE;
  config->others = g_memdup2 (data, size);
  config->n_others = (guint32) size;
  space = (Space) { config->others, size };
  read_header (config, &space);
  if (config->function != NULL || config->bridge != NULL)
    read_capabilities (config, data, &space);
  if (size == MIGDESC_QEMU_PCIE_SIZE)
    read_extended (config, data, &space);
  return TRUE;
}

/* Where the capability is; 0: there is none. */
static guint
find_capability (const guint8 *data,
                 guint id)
{
  guint8 at = 0;

  for (guint n = 0; next_capability (data, n, &at); n++)
    if (data[at] == id)
      return at;
  return 0;
}

gboolean
migdesc_qemu_pci_is_express (const guint8 *data)
{
  return find_capability (data, EXPRESS) != 0;
}

guint
migdesc_qemu_pci_get_n_vectors (const guint8 *data)
{
  guint at = find_capability (data, MSIX);

  return at == 0 ? 0 : (peek_u16 (data, at + 2) & MSIX_LAST_VECTOR) + 1;
}

static gboolean
read_value (MigdescQemuCursor *cursor,
            const char *section G_GNUC_UNUSED,
            gpointer data)
{
  gsize size = migdesc_qemu_cursor_get_left (cursor);

  return migdesc_qemu_pci_config_read (data, migdesc_qemu_cursor_take (cursor, size), size);
}

const MigdescQemuOpaque migdesc_qemu_opaque_pci_config = { "pci config", &pci_config, read_value };
