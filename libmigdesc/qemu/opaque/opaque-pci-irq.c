/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-fields.h"
#include "qemu/opaque/opaque.h"

/* The levels of a PCI function's four interrupt pins. */

typedef struct
{
  guint32 pins[4];
} Pins;

static const MigdescField pin_fields[] = {
  MIGDESC_ARRAY (Pins, pins, U32, 0, G_MAXUINT32),
};
MIGDESC_STRUCT (pci_irq_state, Pins, 1, 1, pin_fields, NULL);

static gboolean
read_value (MigdescQemuCursor *cursor,
            const char *section G_GNUC_UNUSED,
            gpointer data)
{
  Pins *pins = data;

  for (guint i = 0; i < G_N_ELEMENTS (pins->pins); i++)
    pins->pins[i] = migdesc_qemu_cursor_take_u32 (cursor);
  return TRUE;
}

const MigdescQemuOpaque migdesc_qemu_opaque_pci_irq
    = { "pci irq state", &pci_irq_state, read_value };
