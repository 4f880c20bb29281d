/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <migdesc/migdesc-qemu-file.h>

#include "host/path-error.h"
#include "qemu/stream/stream-private.h"

/**
 * migdesc_qemu_stream_new_from_fd:
 * @fd: a file descriptor to read from, to its end; it stays open
 * @description: (nullable): what decodes the states where the stream has no description itself
 * @page_size: bytes of a page of the guest's memory, 0 for what the stream says
 * @limits: (nullable): %NULL for the defaults
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Takes a stream apart while it comes from a file, pipe or socket.
 *
 * Fails as migdesc_qemu_stream_new_from_stream() does.
 *
 * Returns: (transfer full): the stream, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuStream *
migdesc_qemu_stream_new_from_fd (int fd,
                                 MigdescQemuDescription *description,
                                 guint page_size,
                                 const MigdescLimits *limits,
                                 GCancellable *cancellable,
                                 GError **error)
{
  const MigdescQemuHints hints = { description, page_size, limits };
  g_auto (MigdescQemuInput) input = { 0 };

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (description == NULL || MIGDESC_IS_QEMU_DESCRIPTION (description), NULL);

  migdesc_qemu_input_init_fd (&input, fd, cancellable, 0);
  return migdesc_qemu_stream_new_for_input (&input, &hints, error);
}

/**
 * migdesc_qemu_stream_new_from_file:
 * @path: (type filename): the name of the file
 * @description: (nullable): what decodes the states where the stream has no description itself
 * @page_size: bytes of a page of the guest's memory, 0 for what the stream says
 * @limits: (nullable): %NULL for the defaults
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Takes a stream in a file apart.
 *
 * Fails as migdesc_qemu_stream_new_from_stream() does; the message begins with the name of the
 * file.
 *
 * Returns: (transfer full): the stream, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuStream *
migdesc_qemu_stream_new_from_file (const char *path,
                                   MigdescQemuDescription *description,
                                   guint page_size,
                                   const MigdescLimits *limits,
                                   GCancellable *cancellable,
                                   GError **error)
{
  MigdescQemuStream *stream;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (description == NULL || MIGDESC_IS_QEMU_DESCRIPTION (description), NULL);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    {
      migdesc_path_fail_read (path, errno, error);
      return NULL;
    }
  stream = migdesc_qemu_stream_new_from_fd (fd, description, page_size, limits, cancellable,
                                            error);
  if (stream == NULL)
    migdesc_path_prefix (path, error);
  close (fd);
  return stream;
}
