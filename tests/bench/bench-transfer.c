/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* 1 MiB of state from one process to another: saved, carried through a socket, loaded, checked and
 * committed, next to a plain copy of as many bytes through the same socket. At most twice that. */

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <migdesc/migdesc.h>

#include "measure.h"

#define N_ROUNDS 101
#define N_BYTES (1u << 20)
#define LIMIT 2.0

typedef struct
{
  guint64 ring;
  guint32 head;
  guint32 tail;
} Queue;

/* Rings, and what they point to. */
typedef struct
{
  Queue queues[64];
  guint32 n_ram;
  guint8 *ram;
} State;

static const MigdescField queue_fields[] = {
  MIGDESC_U64 (Queue, ring, 0, G_MAXUINT64),
  MIGDESC_U32 (Queue, head, 0, 65535),
  MIGDESC_U32 (Queue, tail, 0, 65535),
};
MIGDESC_STRUCT (queue, Queue, 1, 1, queue_fields, NULL);
static const MigdescField state_fields[] = {
  MIGDESC_STRUCTS (State, queues, queue),
  MIGDESC_VBYTES (State, ram, n_ram, N_BYTES),
};
MIGDESC_STRUCT (state_table, State, 1, 1, state_fields, NULL);

static void
commit (gpointer device,
        gpointer loaded)
{
  State *state = device;
  State *fresh = loaded;

  g_free (state->ram);
  *state = *fresh;
  fresh->ram = NULL;
  fresh->n_ram = 0;
}

/* The device stands still, as one does whose machine is stopped. */
static const MigdescDeviceFuncs funcs = { .commit = commit };

static MigdescDeviceSet *
make_set (State *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&state_table, &error);
  MigdescDeviceSet *set = migdesc_device_set_new ();

  g_assert_no_error (error);
  state->ram = g_malloc (N_BYTES);
  memset (state->ram, 0x5a, N_BYTES);
  state->n_ram = N_BYTES;
  migdesc_device_set_add (set, "device", NULL, type, &funcs, state, &error);
  g_assert_no_error (error);
  return set;
}

static void
read_exactly (int fd,
              guint8 *data,
              gsize length)
{
  while (length > 0)
    {
      gssize n = read (fd, data, length);

      g_assert_cmpint (n, >, 0);
      data += n;
      length -= (gsize) n;
    }
}

static void
write_exactly (int fd,
               const guint8 *data,
               gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      g_assert_cmpint (n, >, 0);
      data += n;
      length -= (gsize) n;
    }
}

/* The other process: takes what comes, and answers with a byte. */
static void
take (int fd,
      gboolean plain,
      MigdescDeviceSet *set,
      State *state)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (plain)
        read_exactly (fd, state->ram, N_BYTES);
      else
        {
          /* the socket stays open for the next round: no end of file to wait for */
          g_autoptr (MigdescStreamReader) reader
              = migdesc_device_set_begin_load (set, NULL, &error);

          g_assert_true (migdesc_stream_reader_read_fd (reader, fd, NULL, &error));
          g_assert_true (migdesc_device_set_finish_load (set, reader, &error));
          g_assert_no_error (error);
        }
      write_exactly (fd, (const guint8 *) "x", 1);
    }
}

static void
give (int fd,
      gboolean plain,
      MigdescDeviceSet *set,
      const State *state)
{
  g_autoptr (GError) error = NULL;
  guint8 answer;

  if (plain)
    write_exactly (fd, state->ram, N_BYTES);
  else
    {
      g_autoptr (MigdescTransfer) transfer = migdesc_transfer_new_save (set, NULL, FALSE, &error);

      g_assert_true (migdesc_transfer_run_fd (transfer, fd, NULL, &error));
      g_assert_true (migdesc_transfer_check (transfer, &error));
      g_assert_no_error (error);
    }
  read_exactly (fd, &answer, 1);
}

/* Microseconds a round, on the clock: two processes are at work. */
static double
measure (gboolean plain)
{
  State state = { 0 };
  g_autoptr (MigdescDeviceSet) set = make_set (&state);
  double rounds[N_ROUNDS];
  int fds[2], status;
  pid_t child;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  child = fork ();
  if (child == 0)
    {
      take (fds[1], plain, set, &state);
      _exit (0);
    }
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      give (fds[0], plain, set, &state);
      rounds[i] = (double) (g_get_monotonic_time () - start);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  close (fds[0]);
  close (fds[1]);
  g_free (state.ram);
  return median (rounds, N_ROUNDS);
}

int
main (void)
{
  double plain = measure (TRUE);
  double whole = measure (FALSE);

  printf ("plain copy of 1 MiB             %8.0f us\n", plain);
  printf ("saved, carried, loaded          %8.0f us, %.2fx, at most %.0fx\n", whole, whole / plain,
          LIMIT);
  return whole > LIMIT * plain;
}
