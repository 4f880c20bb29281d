/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <gio/gio.h>

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-qemu-description.h>
#include <migdesc/migdesc-qemu-section.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-stream
 * @title: QEMU's migration streams
 * @short_description: What is in them, section by section
 *
 * A migration stream, as `migrate exec:cat>FILE` or `virsh save` make it, is taken apart here:
 * every byte of it belongs to a section, or a finding says where it does not. The states of devices
 * are decoded by the description that QEMU puts at the end, or by that of another stream.
 *
 * The guest's memory is passed over and not kept, so that a stream of any size takes no more
 * memory than a few times the states of its devices.
 */

#define MIGDESC_TYPE_QEMU_STREAM (migdesc_qemu_stream_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescQemuStream, migdesc_qemu_stream, MIGDESC, QEMU_STREAM, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuStream *migdesc_qemu_stream_new_from_bytes (GBytes *bytes,
                                                       MigdescQemuDescription *description,
                                                       guint page_size,
                                                       const MigdescLimits *limits,
                                                       GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuStream *migdesc_qemu_stream_new_from_stream (GInputStream *source,
                                                        MigdescQemuDescription *description,
                                                        guint page_size,
                                                        const MigdescLimits *limits,
                                                        GCancellable *cancellable,
                                                        GError **error);

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_stream_get_machine (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_stream_get_page_size (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_stream_get_size (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuDescription *migdesc_qemu_stream_get_description (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_qemu_stream_get_report (MigdescQemuStream *stream);

MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_stream_get_n_sections (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuSection *migdesc_qemu_stream_get_section (MigdescQemuStream *stream, guint position);
MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_qemu_stream_get_sections (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuSection *migdesc_qemu_stream_find_section (MigdescQemuStream *stream,
                                                      const char *name,
                                                      GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuSection *migdesc_qemu_stream_find_match (MigdescQemuStream *stream,
                                                    MigdescQemuSection *section);

MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_stream_get_n_blocks (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_stream_get_block_name (MigdescQemuStream *stream, guint block);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_stream_get_block_size (MigdescQemuStream *stream, guint block);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_stream_get_block_pages (MigdescQemuStream *stream,
                                             guint block,
                                             MigdescQemuPage encoding);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_stream_get_block_bytes (MigdescQemuStream *stream,
                                             guint block,
                                             MigdescQemuPage encoding);

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_qemu_stream_to_svg (MigdescQemuStream *stream);

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_stream_get_libvirt_xml (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_stream_get_libvirt_cookie (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_stream_get_libvirt_compression (MigdescQemuStream *stream);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_qemu_stream_was_running (MigdescQemuStream *stream);

G_END_DECLS
