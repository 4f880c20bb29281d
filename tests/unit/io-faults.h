/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <glib.h>

/* What a system may do to who reads and writes. The functions here come before the C library's own;
 * for one source file of a program. Nothing happens unless `faults.on` is set. */

static struct
{
  gboolean on;
  gsize piece;         /* bytes that one call moves at most; 0: all */
  gboolean interrupts; /* every other call */
  gboolean turn;
  gsize done;    /* bytes that were moved */
  gsize fail_at; /* after so many bytes, with: */
  int error;     /* 0: never */
  int sync_error;
  guint sync_at; /* the fsync that fails, from 1 */
  guint n_syncs;
  int rename_error;
} faults;

/* -1 and errno: what goes wrong; or the bytes to move. */
static gssize
faults_ask (gsize length)
{
  gsize n = faults.piece == 0 ? length : MIN (length, faults.piece);

  faults.turn = !faults.turn;
  if (faults.interrupts && faults.turn)
    {
      errno = EINTR;
      return -1;
    }
  if (faults.error == 0)
    return (gssize) n;
  if (faults.done >= faults.fail_at)
    {
      errno = faults.error;
      return -1;
    }
  return (gssize) MIN (n, faults.fail_at - faults.done);
}

static gssize
faults_count (gssize n)
{
  faults.done += n > 0 ? (gsize) n : 0;
  return n;
}

ssize_t
read (int fd,
      void *data,
      size_t length)
{
  gssize n = faults.on ? faults_ask (length) : (gssize) length;

  return n < 0 ? n : faults_count (syscall (SYS_read, fd, data, (gsize) n));
}

ssize_t
writev (int fd,
        const struct iovec *vectors,
        int n_vectors)
{
  gssize n;

  if (!faults.on)
    return syscall (SYS_writev, fd, vectors, n_vectors);
  while (n_vectors > 1 && vectors->iov_len == 0)
    {
      vectors++;
      n_vectors--;
    }
  n = faults_ask (vectors->iov_len);
  return n < 0 ? n : faults_count (syscall (SYS_write, fd, vectors->iov_base, (gsize) n));
}

ssize_t
write (int fd,
       const void *data,
       size_t length)
{
  gssize n = faults.on ? faults_ask (length) : (gssize) length;

  return n < 0 ? n : faults_count (syscall (SYS_write, fd, data, (gsize) n));
}

ssize_t
send (int fd,
      const void *data,
      size_t length,
      int flags)
{
  gssize n = faults.on ? faults_ask (length) : (gssize) length;

  return n < 0 ? n : faults_count (syscall (SYS_sendto, fd, data, (gsize) n, flags, NULL, 0));
}

int
fsync (int fd)
{
  if (faults.on && faults.sync_error != 0 && ++faults.n_syncs == faults.sync_at)
    {
      errno = faults.sync_error;
      return -1;
    }
  return (int) syscall (SYS_fsync, fd);
}

int
rename (const char *from,
        const char *to)
{
  if (faults.on && faults.rename_error != 0)
    {
      errno = faults.rename_error;
      return -1;
    }
  return (int) syscall (SYS_rename, from, to);
}
