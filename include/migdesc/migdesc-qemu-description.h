/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-state-type.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-description
 * @title: Descriptions of QEMU's streams
 * @short_description: What the device part of a migration stream consists of
 *
 * QEMU ends a migration stream with a description in JSON of each device's fields, as they were
 * written. It has all that is needed to read the states, of that stream or of another one of the
 * same machine, such as one of an old machine type that comes without.
 */

#define MIGDESC_TYPE_QEMU_DESCRIPTION (migdesc_qemu_description_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescQemuDescription,
                      migdesc_qemu_description,
                      MIGDESC,
                      QEMU_DESCRIPTION,
                      GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuDescription *migdesc_qemu_description_new_from_json (const char *text,
                                                                gssize length,
                                                                const MigdescLimits *limits,
                                                                GError **error);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_description_get_page_size (MigdescQemuDescription *description);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_description_get_n_devices (MigdescQemuDescription *description);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_description_get_device_name (MigdescQemuDescription *description,
                                                      guint position);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_description_get_device_instance (MigdescQemuDescription *description,
                                                    guint position);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_description_get_device_version (MigdescQemuDescription *description,
                                                   guint position);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_qemu_description_get_device_schema (MigdescQemuDescription *description,
                                                              guint position,
                                                              GError **error);

G_END_DECLS
