/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* File descriptors, blocking or not: EINTR is retried, EAGAIN waits. */

/* Takes n bytes off, and the vectors that are empty then. */
void migdesc_io_use_vectors (GOutputVector **vectors, gsize *n_vectors, gsize n);
/* All of the vectors, which are used up by this: cannot-write and cancelled */
gboolean migdesc_fd_write_all (int fd,
                               GOutputVector *vectors,
                               gsize n_vectors,
                               GCancellable *cancellable,
                               GError **error);
/* At least one byte, at most length; 0 at the end. -1: cannot-read and cancelled */
gssize migdesc_fd_read (int fd,
                        guint8 *data,
                        gsize length,
                        GCancellable *cancellable,
                        GError **error);
/* An error of GIO's, as ours: the code, or cancelled. Always FALSE. */
gboolean migdesc_io_take_error (GError *taken, int code, const char *what, GError **error);

G_END_DECLS
