/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <gio/gio.h>

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-manifest.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-state.h>
#include <migdesc/migdesc-state-type.h>
#include <migdesc/migdesc-visitor.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-stream
 * @title: Streams
 * @short_description: The states of devices on their way
 *
 * A stream writer is given devices, and gives bytes: all at once, in chunks as they are asked for,
 * or into a file descriptor or #GOutputStream. A stream reader is fed bytes, from wherever they
 * come, and fills structs. Neither needs a main loop, and both keep little in memory beside the
 * states: a large buffer goes through in pieces.
 *
 * |[<!-- language="C" -->
 * g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, error);
 *
 * return migdesc_stream_writer_add_struct (writer, "net0", params, type, 0, &nic, error)
 *        && migdesc_stream_writer_write_fd (writer, fd, NULL, error);
 * ]|
 *
 * Loading fills a fresh struct, never the device's own: if anything is wrong with the stream, the
 * struct is thrown away and the device is as it was.
 *
 * |[<!-- language="C" -->
 * g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, error);
 * gboolean done;
 *
 * migdesc_state_type_init_struct (type, &fresh);
 * done = migdesc_stream_reader_expect_struct (reader, "net0", params, type, &fresh, error)
 *        && migdesc_stream_reader_read_fd (reader, fd, NULL, error);
 * if (!done)
 *   migdesc_state_type_clear_struct (type, &fresh);
 * ]|
 */

/**
 * MigdescVisitFunc:
 * @visitor: a visitor
 * @state: (nullable): the struct to visit
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Visits the fields of a state, on save and on load alike.
 *
 * Returns: %FALSE, and an error, when the visit failed
 *
 * Since: 1.0
 */
typedef gboolean (*MigdescVisitFunc) (MigdescVisitor *visitor,
                                      gpointer state,
                                      gpointer user_data,
                                      GError **error);

/**
 * MigdescProgressFunc:
 * @bytes: bytes of the stream that have been written or read
 * @user_data: what was given with the function
 *
 * Is told how far a stream has come, by the thread that writes or reads it.
 *
 * Since: 1.0
 */
typedef void (*MigdescProgressFunc) (guint64 bytes, gpointer user_data);

MIGDESC_AVAILABLE_IN_1_0
char **migdesc_stream_dup_formats (gboolean writable);

#define MIGDESC_TYPE_STREAM_WRITER (migdesc_stream_writer_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescStreamWriter, migdesc_stream_writer, MIGDESC, STREAM_WRITER, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescStreamWriter *migdesc_stream_writer_new (const char *format, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_writer_set_embed_schemas (MigdescStreamWriter *writer, gboolean embed);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_writer_set_progress (MigdescStreamWriter *writer,
                                         MigdescProgressFunc progress,
                                         gpointer user_data,
                                         GDestroyNotify destroy);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_add_struct (MigdescStreamWriter *writer,
                                           const char *id,
                                           MigdescParamList *params,
                                           MigdescStateType *type,
                                           guint state_version,
                                           gconstpointer data,
                                           GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_add_visit (MigdescStreamWriter *writer,
                                          const char *id,
                                          MigdescParamList *params,
                                          guint state_version,
                                          MigdescVisitFunc visit,
                                          gpointer state,
                                          gpointer user_data,
                                          GDestroyNotify destroy,
                                          GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_add_state (MigdescStreamWriter *writer,
                                          const char *id,
                                          MigdescParamList *params,
                                          MigdescState *state,
                                          GError **error);

MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_stream_writer_next_chunk (MigdescStreamWriter *writer, GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_is_finished (MigdescStreamWriter *writer);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_writer_restart (MigdescStreamWriter *writer);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_stream_writer_to_bytes (MigdescStreamWriter *writer, GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_write_fd (MigdescStreamWriter *writer,
                                         int fd,
                                         GCancellable *cancellable,
                                         GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_write_stream (MigdescStreamWriter *writer,
                                             GOutputStream *stream,
                                             GCancellable *cancellable,
                                             GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_writer_write_stream_async (MigdescStreamWriter *writer,
                                               GOutputStream *stream,
                                               int io_priority,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_writer_write_stream_finish (MigdescStreamWriter *writer,
                                                    GAsyncResult *result,
                                                    GError **error);

#define MIGDESC_TYPE_STREAM_READER (migdesc_stream_reader_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescStreamReader, migdesc_stream_reader, MIGDESC, STREAM_READER, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescStreamReader *migdesc_stream_reader_new (const char *format,
                                                const MigdescLimits *limits,
                                                GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_reader_set_progress (MigdescStreamReader *reader,
                                         MigdescProgressFunc progress,
                                         gpointer user_data,
                                         GDestroyNotify destroy);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_expect_struct (MigdescStreamReader *reader,
                                              const char *id,
                                              MigdescParamList *params,
                                              MigdescStateType *type,
                                              gpointer data,
                                              GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_expect_visit (MigdescStreamReader *reader,
                                             const char *id,
                                             MigdescParamList *params,
                                             guint minimum_version,
                                             guint newest_version,
                                             MigdescVisitFunc visit,
                                             gpointer state,
                                             gpointer user_data,
                                             GDestroyNotify destroy,
                                             GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_reader_add_schema (MigdescStreamReader *reader, MigdescStateType *schema);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_feed (MigdescStreamReader *reader,
                                     const guint8 *data,
                                     gsize length,
                                     GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_finish (MigdescStreamReader *reader, GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_is_finished (MigdescStreamReader *reader);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_reader_restart (MigdescStreamReader *reader);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_read_bytes (MigdescStreamReader *reader,
                                           GBytes *bytes,
                                           GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_read_fd (MigdescStreamReader *reader,
                                        int fd,
                                        GCancellable *cancellable,
                                        GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_read_stream (MigdescStreamReader *reader,
                                            GInputStream *stream,
                                            GCancellable *cancellable,
                                            GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_stream_reader_read_stream_async (MigdescStreamReader *reader,
                                              GInputStream *stream,
                                              int io_priority,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_stream_reader_read_stream_finish (MigdescStreamReader *reader,
                                                   GAsyncResult *result,
                                                   GError **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescManifest *migdesc_stream_reader_get_manifest (MigdescStreamReader *reader);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_stream_reader_get_state_version (MigdescStreamReader *reader, const char *id);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_stream_reader_get_state (MigdescStreamReader *reader, const char *id);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_stream_reader_get_format (MigdescStreamReader *reader);

G_END_DECLS
