/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-socket.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>

#define NAME_LIMIT ((guint) sizeof ((struct sockaddr_un *) NULL)->sun_path - 1)

GSocketAddress *
nic_socket_address_new (const char *path, GError **error)
{
  if (path[0] != '\0' && strlen (path) <= NAME_LIMIT)
    return g_unix_socket_address_new (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG,
               "the name of a socket has 1 to %u bytes", NAME_LIMIT);
  return NULL;
}

/* A program that was killed leaves its socket behind, and nobody answers there. That is taken;
 * what is in use, or is no socket at all, is not. */
static gboolean
check_name (const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = nic_socket_address_new (path, error);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) reason = NULL;
  struct stat info;

  if (address == NULL)
    return FALSE;
  if (lstat (path, &info) != 0)
    return TRUE;
  if (S_ISSOCK (info.st_mode))
    connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &reason);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "%s: is in use", path);
  return FALSE;
}

static GSocket *
bind_and_listen (const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = nic_socket_address_new (path, error);
  g_autoptr (GSocket) socket = NULL;
  mode_t mask;
  gboolean done;

  if (address == NULL)
    return NULL;
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                         error);
  if (socket == NULL)
    return NULL;
  g_socket_set_listen_backlog (socket, 64);
  g_unlink (path);
  mask = umask (0177);
  done = g_socket_bind (socket, address, FALSE, error);
  umask (mask);
  return done && g_socket_listen (socket, error) ? g_steal_pointer (&socket) : NULL;
}

/* The socket gets its name when it listens: who finds it can connect. */
gboolean
nic_socket_listen (GSocketListener *listener, const char *path, GError **error)
{
  g_autofree char *beside = g_strconcat (path, "~", NULL);
  g_autoptr (GSocket) socket = NULL;

  if (!check_name (path, error))
    return FALSE;
  socket = bind_and_listen (beside, error);
  if (socket == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  if (g_rename (beside, path) == 0)
    return g_socket_listener_add_socket (listener, socket, NULL, error);
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  g_unlink (beside);
  return FALSE;
}
