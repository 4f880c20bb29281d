/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state.h>

#include "qemu/block-cursor.h"

G_BEGIN_DECLS

/* A block is a value that QEMU describes by a word only, since its code writes it by hand. For some
 * words the layout is known here: a table of what it has, and a function that reads it. */

typedef struct
{
  const char *word; /* as descriptions have it */
  const MigdescStruct *table;
  /* Reads into a struct of the table that is all zeros: FALSE where the bytes contradict
   * themselves. section names the device: 0000:00:03.0/virtio-net. */
  gboolean (*read) (MigdescQemuCursor *cursor, const char *section, gpointer data);
} MigdescQemuBlock;

extern const MigdescQemuBlock migdesc_qemu_block_pci_config;
extern const MigdescQemuBlock migdesc_qemu_block_pci_irq;
extern const MigdescQemuBlock migdesc_qemu_block_msix;
extern const MigdescQemuBlock migdesc_qemu_block_virtio;

/* NULL: there is no table for the word. */
const MigdescQemuBlock *migdesc_qemu_block_find (const char *word);

/* Its bytes as a struct of its table, which migdesc_table_clear() empties and g_free() frees. Fails
 * with state-truncated and state-damaged. */
gpointer migdesc_qemu_block_read_struct (const MigdescQemuBlock *block,
                                         const char *section,
                                         gconstpointer data,
                                         gsize size,
                                         GError **error);

/* The type is made once. */
MigdescStateType *migdesc_qemu_block_get_type (const MigdescQemuBlock *block);

G_END_DECLS
