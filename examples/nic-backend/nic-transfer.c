/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-transfer.h"
#include "nic-error.h"
#include "nic-socket.h"

#include <glib/gstdio.h>

#define PIECE 65536
#define PATIENCE 30 /* seconds that a peer may do nothing */

struct _NicTransfer
{
  NicBackend *backend;
  NicAnswer *answer;
  GCancellable *cancellable;
  GIOStream *connection;
  GSocketListener *listener;
  char *path; /* of the socket that is listened to */
  GChecksum *digest;
  gsize size;
  GBytes *bytes;               /* what is saved */
  MigdescStreamReader *reader; /* of what is loaded */
  GInputStream *input;
};

static NicTransfer *
transfer_new (NicBackend *backend, NicAnswer *answer)
{
  NicTransfer *transfer = g_new0 (NicTransfer, 1);

  transfer->backend = backend;
  transfer->answer = answer;
  transfer->cancellable = g_cancellable_new ();
  transfer->digest = g_checksum_new (G_CHECKSUM_SHA256);
  backend->transfer = transfer;
  return transfer;
}

/* Nobody is to find a socket where nobody listens. */
static void
stop_listening (NicTransfer *transfer)
{
  if (transfer->listener == NULL)
    return;
  g_socket_listener_close (transfer->listener);
  g_clear_object (&transfer->listener);
  g_unlink (transfer->path);
}

/* The peer sees the end, or that there is none, before the answer is out. */
static void
transfer_end (NicTransfer *transfer, const GError *error)
{
  g_autofree char *json = g_strdup_printf ("{\"bytes\": %" G_GSIZE_FORMAT ", \"digest\": \"%s\"}",
                                           transfer->size,
                                           g_checksum_get_string (transfer->digest));

  transfer->backend->transfer = NULL;
  stop_listening (transfer);
  if (transfer->connection != NULL)
    g_io_stream_close (transfer->connection, NULL, NULL);
  if (error == NULL)
    nic_answer_return (transfer->answer, json);
  else
    nic_answer_fail (transfer->answer, error);
  g_clear_object (&transfer->connection);
  g_clear_object (&transfer->input);
  g_clear_object (&transfer->reader);
  g_clear_pointer (&transfer->bytes, g_bytes_unref);
  g_checksum_free (transfer->digest);
  g_object_unref (transfer->cancellable);
  g_free (transfer->path);
  g_free (transfer);
}

void
nic_transfer_cancel (NicBackend *backend)
{
  if (backend->transfer != NULL)
    g_cancellable_cancel (backend->transfer->cancellable);
}

/* Out */

static void
on_sent (GObject *stream, GAsyncResult *result, gpointer data)
{
  NicTransfer *transfer = data;
  GSocketConnection *connection = G_SOCKET_CONNECTION (transfer->connection);
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, &error))
    g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, &error);
  transfer_end (transfer, error);
}

static void
on_connected (GObject *client, GAsyncResult *result, gpointer data)
{
  NicTransfer *transfer = data;
  g_autoptr (GError) error = NULL;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (transfer->bytes, &size);

  transfer->connection = G_IO_STREAM (
      g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, &error));
  if (transfer->connection == NULL)
    {
      transfer_end (transfer, error);
      return;
    }
  g_output_stream_write_all_async (g_io_stream_get_output_stream (transfer->connection), bytes,
                                   size, G_PRIORITY_DEFAULT, transfer->cancellable, on_sent,
                                   transfer);
}

static gboolean
send_to_socket (NicTransfer *transfer, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = nic_socket_address_new (path, error);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  if (address == NULL)
    return FALSE;
  g_socket_client_set_timeout (client, PATIENCE);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), transfer->cancellable,
                                 on_connected, transfer);
  return TRUE;
}

/* All of it before the first byte is sent: a state that does not fit the version that is asked for
 * refuses here, and the other side has seen nothing. */
static gboolean
capture (NicTransfer *transfer, guint version, gboolean embed, const char *file, GError **error)
{
  NicBackend *backend = transfer->backend;
  g_autoptr (MigdescStreamWriter) writer = NULL;

  if (!migdesc_device_set_set_state_version (backend->set, NIC_ID, version, error))
    return FALSE;
  writer = migdesc_device_set_begin_save (backend->set, NULL, embed, error);
  transfer->bytes = writer == NULL ? NULL : migdesc_stream_writer_to_bytes (writer, error);
  migdesc_device_set_set_state_version (backend->set, NIC_ID,
                                        nic_backend_get_state_version (backend), NULL);
  if (transfer->bytes == NULL)
    return FALSE;
  transfer->size = g_bytes_get_size (transfer->bytes);
  g_checksum_update (transfer->digest, g_bytes_get_data (transfer->bytes, NULL),
                     (gssize) transfer->size);
  if (file == NULL)
    return TRUE;
  migdesc_stream_writer_restart (writer);
  return migdesc_stream_writer_write_file (writer, file, NULL, error);
}

void
nic_transfer_save (NicBackend *backend, const char *socket, const char *file, guint version,
                   NicAnswer *answer)
{
  NicTransfer *transfer = transfer_new (backend, answer);
  g_autoptr (GError) error = NULL;

  if (!capture (transfer, version, file != NULL, file, &error) || socket == NULL
      || !send_to_socket (transfer, socket, &error))
    transfer_end (transfer, error);
}

/* In */

static void receive (NicTransfer *transfer);

static void
on_received (GObject *stream, GAsyncResult *result, gpointer data)
{
  NicTransfer *transfer = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (stream), result, &error);
  gsize size = 0;
  gconstpointer piece = bytes == NULL ? NULL : g_bytes_get_data (bytes, &size);

  transfer->size += size;
  g_checksum_update (transfer->digest, piece, (gssize) size);
  if (size > 0 && migdesc_stream_reader_feed (transfer->reader, piece, size, &error))
    {
      receive (transfer);
      return;
    }
  if (error == NULL)
    migdesc_device_set_prepare_load (transfer->backend->set, transfer->reader, &error);
  transfer_end (transfer, error);
}

static void
receive (NicTransfer *transfer)
{
  g_input_stream_read_bytes_async (transfer->input, PIECE, G_PRIORITY_DEFAULT,
                                   transfer->cancellable, on_received, transfer);
}

static void
on_accepted (GObject *listener, GAsyncResult *result, gpointer data)
{
  NicTransfer *transfer = data;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_listener_accept_finish (
      G_SOCKET_LISTENER (listener), result, NULL, &error);

  if (connection == NULL)
    {
      transfer_end (transfer, error);
      return;
    }
  stop_listening (transfer);
  transfer->connection = G_IO_STREAM (connection);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), PATIENCE);
  transfer->input = g_object_ref (g_io_stream_get_input_stream (transfer->connection));
  receive (transfer);
}

static gboolean
wait_for_peer (NicTransfer *transfer, const char *path, GError **error)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  if (!nic_socket_listen (listener, path, error))
    return FALSE;
  transfer->listener = g_steal_pointer (&listener);
  transfer->path = g_strdup (path);
  g_socket_listener_accept_async (transfer->listener, transfer->cancellable, on_accepted,
                                  transfer);
  return TRUE;
}

static gboolean
read_file (NicTransfer *transfer, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  /* To open a pipe would wait for its other end, and nobody would be answered. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s: no regular file", path);
      return FALSE;
    }
  transfer->input = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (transfer->input == NULL)
    return FALSE;
  receive (transfer);
  return TRUE;
}

void
nic_transfer_load (NicBackend *backend, const char *socket, const char *file, NicAnswer *answer)
{
  NicTransfer *transfer = transfer_new (backend, answer);
  g_autoptr (GError) error = NULL;

  transfer->reader = migdesc_device_set_begin_load (backend->set, NULL, &error);
  if (transfer->reader == NULL
      || (socket != NULL ? !wait_for_peer (transfer, socket, &error)
                         : !read_file (transfer, file, &error)))
    transfer_end (transfer, error);
}
