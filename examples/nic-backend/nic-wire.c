/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-wire.h"
#include "nic-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

struct _NicWire
{
  char *path; /* NULL: there is no wire, and every card may run */
  int fd;
};

NicWire *
nic_wire_new (const char *path)
{
  NicWire *wire = g_new0 (NicWire, 1);

  wire->path = g_strdup (path);
  wire->fd = -1;
  return wire;
}

void
nic_wire_free (NicWire *wire)
{
  nic_wire_unplug (wire);
  g_free (wire->path);
  g_free (wire);
}

static gboolean
fail (const NicWire *wire, GError **error)
{
  int cause = errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (cause), "%s: %s", wire->path,
               g_strerror (cause));
  return FALSE;
}

/* For whoever looks afterwards whether two cards ever wanted to run. */
static void
write_down (const NicWire *wire)
{
  g_autofree char *path = g_strconcat (wire->path, ".violations", NULL);
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    return;
  dprintf (fd, "DOUBLED %d\n", (int) getpid ());
  close (fd);
}

gboolean
nic_wire_plug (NicWire *wire, GError **error)
{
  int fd;

  if (wire->path == NULL || wire->fd >= 0)
    return TRUE;
  fd = open (wire->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (wire, error);
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    {
      wire->fd = fd;
      return TRUE;
    }
  if (errno == EWOULDBLOCK)
    {
      write_down (wire);
      g_set_error (error, NIC_ERROR, NIC_ERROR_DOUBLED, "%s: another card is plugged in",
                   wire->path);
    }
  else
    fail (wire, error);
  close (fd);
  return FALSE;
}

void
nic_wire_unplug (NicWire *wire)
{
  if (wire->fd >= 0)
    close (wire->fd);
  wire->fd = -1;
}
