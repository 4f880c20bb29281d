/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-state.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-opaque
 * @title: Opaque values of QEMU's streams
 * @short_description: Values that QEMU's descriptions only name
 *
 * Half of the device state in a stream of QEMU is in values that its description gives a name and
 * a size, since QEMU writes them by hand: above all `virtio`, what there is of a virtio device. For
 * the ones that matter there are tables here: `virtio` with all transports and the devices that are
 * met most, `pci config`, `pci irq state` and `msix state`.
 */

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_qemu_opaque_is_known (const char *type);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_qemu_opaque_read (const char *type,
                                        const char *section,
                                        GBytes *bytes,
                                        GError **error);

G_END_DECLS
