/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-types.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-known
 * @title: Known differences of QEMU's dumps
 * @short_description: What somebody has looked into already, with reasons
 *
 * A dump does not tell that a field was only renamed, or that a difference is harmless. A small
 * document does:
 *
 * |[<!-- language="plain" -->
 * {
 *   "migdesc-qemu-known": 1,
 *   "sections": [{"names": ["old-type", "new-type"], "reason": "..."}],
 *   "fields": [{"description": "nic", "names": ["rxbuf", "rx_buffer"], "reason": "..."}],
 *   "differences": [{"code": "qemu-field-size", "section": "nic", "path": "config",
 *                    "reason": "..."}]
 * }
 * ]|
 *
 * `sections` are renamed device types, `fields` renamed fields of the description that the dump
 * gives the name `description`, or of any. Renames hold in both directions. `differences` are
 * findings that are no news: `code` is theirs, `section` the device type, `description` the name of
 * the description that has the field, `path` the finding's; the last three may be left out, but
 * not both `section` and `description`. Each entry has a `reason`.
 */

/**
 * MigdescQemuKnown:
 *
 * Renames and known differences. Immutable.
 *
 * Since: 1.0
 */
typedef struct _MigdescQemuKnown MigdescQemuKnown;

#define MIGDESC_TYPE_QEMU_KNOWN (migdesc_qemu_known_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_qemu_known_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuKnown *migdesc_qemu_known_new_from_json (const char *text,
                                                    gssize length,
                                                    MigdescQemuKnown *base,
                                                    const MigdescLimits *limits,
                                                    GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuKnown *migdesc_qemu_known_ref (MigdescQemuKnown *known);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_qemu_known_unref (MigdescQemuKnown *known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescQemuKnown, migdesc_qemu_known_unref)

G_END_DECLS
