/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state.h>

#include "qemu/opaque/opaque-cursor.h"

G_BEGIN_DECLS

/* An opaque value is one that QEMU describes by a word only, since its code writes it by hand. For
 * some words the layout is known here: a table of what it has, and a function that reads it. */

typedef struct
{
  const char *word; /* as descriptions have it */
  const MigdescStruct *table;
  /* Reads into a struct of the table that is all zeros: FALSE where the bytes contradict
   * themselves. section names the device: 0000:00:03.0/virtio-net. */
  gboolean (*read) (MigdescQemuCursor *cursor, const char *section, gpointer data);
} MigdescQemuOpaque;

extern const MigdescQemuOpaque migdesc_qemu_opaque_pci_config;
extern const MigdescQemuOpaque migdesc_qemu_opaque_pci_irq;
extern const MigdescQemuOpaque migdesc_qemu_opaque_msix;
extern const MigdescQemuOpaque migdesc_qemu_opaque_virtio;

/* NULL: there is no table for the word. */
const MigdescQemuOpaque *migdesc_qemu_opaque_find (const char *word);

/* Its bytes as a struct of its table, which migdesc_table_clear() empties and g_free() frees. Fails
 * with state-truncated and state-damaged. */
gpointer migdesc_qemu_opaque_read_struct (const MigdescQemuOpaque *opaque,
                                          const char *section,
                                          gconstpointer data,
                                          gsize size,
                                          GError **error);

/* The type is made once; and the table of its schema, whose layout is as of all schemas. */
MigdescStateType *migdesc_qemu_opaque_get_type (const MigdescQemuOpaque *opaque);
const MigdescStruct *migdesc_qemu_opaque_get_schema_table (const MigdescQemuOpaque *opaque);

G_END_DECLS
