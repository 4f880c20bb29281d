/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/stream/stream-io.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <migdesc/migdesc-error.h>

G_STATIC_ASSERT (sizeof (GOutputVector) == sizeof (struct iovec));
G_STATIC_ASSERT (G_STRUCT_OFFSET (GOutputVector, buffer)
                 == G_STRUCT_OFFSET (struct iovec, iov_base));
G_STATIC_ASSERT (G_STRUCT_OFFSET (GOutputVector, size)
                 == G_STRUCT_OFFSET (struct iovec, iov_len));

gboolean
migdesc_io_take_error (GError *taken,
                       int code,
                       const char *what,
                       GError **error)
{
  if (g_error_matches (taken, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED, "%s was cancelled",
                 code == MIGDESC_ERROR_CANNOT_READ ? "reading the stream" : "writing the stream");
  else
    g_set_error (error, MIGDESC_ERROR, code, "%s: %s", what,
                 taken == NULL ? "no reason given" : taken->message);
  g_clear_error (&taken);
  return FALSE;
}

static gboolean
fail_errno (int number,
            int code,
            const char *what,
            GError **error)
{
  g_set_error (error, MIGDESC_ERROR, code, "%s: %s", what, g_strerror (number));
  return FALSE;
}

/* Until the descriptor is ready; events that are errors show at the call that follows. */
static gboolean
wait_for (int fd,
          gushort events,
          GCancellable *cancellable,
          int code,
          GError **error)
{
  GPollFD fds[2] = { { .fd = fd, .events = events } };
  guint n = g_cancellable_make_pollfd (cancellable, &fds[1]) ? 2 : 1;

  while (g_poll (fds, n, -1) < 0 && errno == EINTR)
    continue;
  if (n == 2)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable)
         || migdesc_io_take_error (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""), code,
                                   "", error);
}

void
migdesc_io_use_vectors (GOutputVector **vectors,
                        gsize *n_vectors,
                        gsize n)
{
  while (*n_vectors > 0 && n >= (*vectors)->size)
    {
      n -= (*vectors)->size;
      (*vectors)++;
      (*n_vectors)--;
    }
  if (*n_vectors > 0)
    {
      (*vectors)->buffer = (const guint8 *) (*vectors)->buffer + n;
      (*vectors)->size -= n;
    }
}

/* That the other side of a socket has gone is an error, not a signal that ends the program. A
 * GOutputVector is an iovec: GIO says so, and uses it as one. */
static gssize
write_vectors (int fd,
               GOutputVector *vectors,
               gsize n_vectors)
{
  const struct msghdr message
      = { .msg_iov = (struct iovec *) vectors, .msg_iovlen = n_vectors };
  gssize n = sendmsg (fd, &message, MSG_NOSIGNAL);

  if (n < 0 && errno == ENOTSOCK)
    n = writev (fd, (const struct iovec *) vectors, (int) n_vectors);
  return n;
}

gboolean
migdesc_fd_write_all (int fd,
                      GOutputVector *vectors,
                      gsize n_vectors,
                      GCancellable *cancellable,
                      GError **error)
{
  gboolean busy = cancellable != NULL;

  migdesc_io_use_vectors (&vectors, &n_vectors, 0);
  while (n_vectors > 0)
    {
      gssize n;

      if (busy && !wait_for (fd, G_IO_OUT, cancellable, MIGDESC_ERROR_CANNOT_WRITE, error))
        return FALSE;
      n = write_vectors (fd, vectors, n_vectors);
      if (n < 0 && errno != EINTR && errno != EAGAIN)
        return fail_errno (errno, MIGDESC_ERROR_CANNOT_WRITE, "the stream cannot be written",
                           error);
      busy = cancellable != NULL || (n < 0 && errno == EAGAIN);
      if (n > 0)
        migdesc_io_use_vectors (&vectors, &n_vectors, (gsize) n);
    }
  return TRUE;
}

gssize
migdesc_fd_read (int fd,
                 guint8 *data,
                 gsize length,
                 GCancellable *cancellable,
                 GError **error)
{
  gboolean busy = cancellable != NULL;

  for (;;)
    {
      gssize n;

      if (busy && !wait_for (fd, G_IO_IN, cancellable, MIGDESC_ERROR_CANNOT_READ, error))
        return -1;
      n = read (fd, data, length);
      if (n >= 0)
        return n;
      if (errno != EINTR && errno != EAGAIN)
        {
          fail_errno (errno, MIGDESC_ERROR_CANNOT_READ, "the stream cannot be read", error);
          return -1;
        }
      busy = cancellable != NULL || errno == EAGAIN;
    }
}
