/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-qemu-compare.h>
#include <migdesc/migdesc-qemu-stream.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-check
 * @title: Checking QEMU's streams
 * @short_description: Would a QEMU take this stream?
 *
 * A stream is held against a dump of the QEMU that is to load it, or against a stream that this
 * QEMU has saved of a guest like it. Where devices may leave something out, those of the
 * destination are taken to decide as those of the source have.
 */

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuComparison *migdesc_qemu_stream_check_dump (MigdescQemuStream *stream,
                                                       MigdescQemuDump *dump,
                                                       MigdescQemuKnown *known,
                                                       const MigdescLimits *limits);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuComparison *migdesc_qemu_stream_check_stream (MigdescQemuStream *stream,
                                                         MigdescQemuStream *other,
                                                         MigdescQemuKnown *known,
                                                         const MigdescLimits *limits);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_qemu_section_is_volatile (MigdescQemuSection *section);

G_END_DECLS
