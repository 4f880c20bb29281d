/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <gio/gio.h>

#include <migdesc/migdesc-stream.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-stream-file
 * @title: Streams in files
 * @short_description: Replaced whole or not at all
 *
 * A file of states is written beside the old one and takes its name when all of it is on the disk:
 * whatever happens, the name stands for the old states or for the new ones, never for half of them.
 */

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_write_file (MigdescStreamWriter *writer,
                                           const char *path,
                                           GCancellable *cancellable,
                                           GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_writer_write_file_async (MigdescStreamWriter *writer,
                                             const char *path,
                                             int io_priority,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_write_file_finish (MigdescStreamWriter *writer,
                                                  GAsyncResult *result,
                                                  GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_read_file (MigdescStreamReader *reader,
                                          const char *path,
                                          GCancellable *cancellable,
                                          GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_reader_read_file_async (MigdescStreamReader *reader,
                                            const char *path,
                                            int io_priority,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_read_file_finish (MigdescStreamReader *reader,
                                                 GAsyncResult *result,
                                                 GError **error);

G_END_DECLS
