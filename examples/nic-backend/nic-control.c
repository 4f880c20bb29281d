/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-control.h"
#include "nic-error.h"
#include "nic-socket.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define LINE_LIMIT 65536
#define CONNECTION_LIMIT 16

struct _NicControl
{
  GSocketService *service;
  char *path;
  NicControlFunc run;
  gpointer data;
  guint n_connections;
  GCancellable *closing;
};

/* A connection. It has one request under way at most: the next line is looked at when the answer
 * is out, so that a peer which asks and never listens costs one line and no more. */
struct _NicAnswer
{
  NicControl *control;
  GSocketConnection *stream;
  char line[LINE_LIMIT];
  gsize filled;
  gboolean too_long; /* skipping the rest of a line */
  gboolean hang_up;
  char *answer;
  GSourceFunc then;
  gpointer then_data;
};

static void read_more (NicAnswer *connection);
static void next_line (NicAnswer *connection);

static void
close_connection (NicAnswer *connection)
{
  connection->control->n_connections--;
  g_object_unref (connection->stream);
  g_free (connection->answer);
  g_free (connection);
}

static void
on_written (GObject *stream, GAsyncResult *result, gpointer data)
{
  NicAnswer *connection = data;
  gboolean done = g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, NULL);

  g_clear_pointer (&connection->answer, g_free);
  if (connection->then != NULL)
    connection->then (connection->then_data);
  if (done && !connection->hang_up)
    next_line (connection);
  else
    close_connection (connection);
}

/* Takes the text. */
static void
answer (NicAnswer *connection, char *text)
{
  connection->answer = text;
  g_output_stream_write_all_async (
      g_io_stream_get_output_stream (G_IO_STREAM (connection->stream)), text, strlen (text),
      G_PRIORITY_DEFAULT, connection->control->closing, on_written, connection);
}

void
nic_answer_return_then (NicAnswer *connection, const char *json, GSourceFunc then, gpointer data)
{
  connection->then = then;
  connection->then_data = data;
  answer (connection, g_strdup_printf ("{\"return\": %s}\n", json));
}

void
nic_answer_return (NicAnswer *connection, const char *json)
{
  nic_answer_return_then (connection, json, NULL, NULL);
}

void
nic_answer_fail (NicAnswer *connection, const GError *error)
{
  g_autoptr (JsonNode) message = json_node_init_string (json_node_alloc (), error->message);
  g_autofree char *quoted = json_to_string (message, FALSE);

  answer (connection, g_strdup_printf ("{\"error\": {\"code\": \"%s\", \"message\": %s}}\n",
                                       nic_error_get_nick (error), quoted));
}

static void
run_line (NicAnswer *connection, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NicRequest) request = NULL;

  if (connection->too_long)
    g_set_error (&error, NIC_ERROR, NIC_ERROR_BAD_REQUEST, "the line is longer than %u bytes",
                 LINE_LIMIT - 1);
  else
    request = nic_request_new_from_line (connection->line, length, &error);
  connection->too_long = FALSE;
  connection->filled -= length + 1;
  memmove (connection->line, connection->line + length + 1, connection->filled);
  if (request != NULL)
    connection->control->run (request, connection, connection->control->data);
  else
    nic_answer_fail (connection, error);
}

/* Answers the next line if it has come, or waits for it. */
static void
next_line (NicAnswer *connection)
{
  const char *end = memchr (connection->line, '\n', connection->filled);

  if (g_cancellable_is_cancelled (connection->control->closing))
    {
      close_connection (connection);
      return;
    }
  if (end != NULL)
    {
      run_line (connection, (gsize) (end - connection->line));
      return;
    }
  if (connection->filled == LINE_LIMIT)
    {
      connection->too_long = TRUE;
      connection->filled = 0;
    }
  read_more (connection);
}

static void
on_read (GObject *stream, GAsyncResult *result, gpointer data)
{
  NicAnswer *connection = data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, NULL);

  if (length <= 0)
    {
      close_connection (connection);
      return;
    }
  connection->filled += (gsize) length;
  next_line (connection);
}

static void
read_more (NicAnswer *connection)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection->stream)),
                             connection->line + connection->filled,
                             LINE_LIMIT - connection->filled, G_PRIORITY_DEFAULT,
                             connection->control->closing, on_read, connection);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *stream, GObject *source, gpointer data)
{
  NicControl *control = data;
  NicAnswer *connection;
  g_autoptr (GError) error = NULL;

  connection = g_new0 (NicAnswer, 1);
  connection->control = control;
  connection->stream = g_object_ref (stream);
  if (++control->n_connections <= CONNECTION_LIMIT)
    {
      read_more (connection);
      return TRUE;
    }
  connection->hang_up = TRUE;
  g_set_error (&error, NIC_ERROR, NIC_ERROR_BUSY, "%u connections are open", CONNECTION_LIMIT);
  nic_answer_fail (connection, error);
  return TRUE;
}

NicControl *
nic_control_new (const char *path, NicControlFunc run, gpointer data, GError **error)
{
  g_autoptr (NicControl) control = g_new0 (NicControl, 1);

  control->service = g_socket_service_new ();
  control->closing = g_cancellable_new ();
  control->run = run;
  control->data = data;
  if (!nic_socket_listen (G_SOCKET_LISTENER (control->service), path, error))
    return NULL;
  control->path = g_strdup (path);
  g_signal_connect (control->service, "incoming", G_CALLBACK (on_incoming), control);
  return g_steal_pointer (&control);
}

/* No request may be under way any more. */
void
nic_control_free (NicControl *control)
{
  g_socket_service_stop (control->service);
  g_socket_listener_close (G_SOCKET_LISTENER (control->service));
  g_cancellable_cancel (control->closing);
  while (control->n_connections > 0)
    g_main_context_iteration (NULL, TRUE);
  if (control->path != NULL)
    g_unlink (control->path);
  g_free (control->path);
  g_object_unref (control->closing);
  g_object_unref (control->service);
  g_free (control);
}
