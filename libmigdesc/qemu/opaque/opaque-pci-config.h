/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/opaque/opaque-pci-types.h"

G_BEGIN_DECLS

/* FALSE: another size than the two that there are. */
gboolean migdesc_qemu_pci_config_read (MigdescQemuPciConfig *config,
                                       const guint8 *data,
                                       gsize size);

/* Of at least 256 bytes: whether they are those of a PCI Express function, which has 4096. */
gboolean migdesc_qemu_pci_is_express (const guint8 *data);
/* Vectors of its MSI-X; 0: it has none. */
guint migdesc_qemu_pci_get_n_vectors (const guint8 *data);

G_END_DECLS
