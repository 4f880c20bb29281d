/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-qemu-stream.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-file
 * @title: QEMU's streams in files
 * @short_description: Opening what QEMU and libvirt wrote
 *
 * Files and file descriptors with migration streams.
 */

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuStream *migdesc_qemu_stream_new_from_file (const char *path,
                                                      MigdescQemuDescription *description,
                                                      guint page_size,
                                                      const MigdescLimits *limits,
                                                      GCancellable *cancellable,
                                                      GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuStream *migdesc_qemu_stream_new_from_fd (int fd,
                                                    MigdescQemuDescription *description,
                                                    guint page_size,
                                                    const MigdescLimits *limits,
                                                    GCancellable *cancellable,
                                                    GError **error);

G_END_DECLS
