/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-qemu-stream.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-values
 * @title: Values in QEMU's streams
 * @short_description: Whether a destination accepts the values in a stream
 *
 * Whether a destination knows the sections and fields of a stream its dump tells. But QEMU refuses
 * some values too: a queue that is larger than the destination's, say. What it accepts is told by
 * rules, or by a stream of a QEMU like it.
 */

MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_qemu_stream_check_values (MigdescQemuStream *stream,
                                                 const char *const *rules,
                                                 MigdescQemuStream *destination,
                                                 GError **error);

G_END_DECLS
