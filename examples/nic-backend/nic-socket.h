/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* UNIX sockets with a name, which only the owner of the process may use. */

#pragma once

#include <gio/gio.h>

GSocketAddress *nic_socket_address_new (const char *path, GError **error);
gboolean nic_socket_listen (GSocketListener *listener, const char *path, GError **error);
