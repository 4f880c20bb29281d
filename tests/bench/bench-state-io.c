/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A buffer of 1 GiB through a file: what it costs next to read and write of the same bytes, and how
 * much memory beside the buffer. `bench-state-io [MIB]`. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <migdesc/migdesc.h>

#include "measure.h"

#define N_ROUNDS 7
#define PIECE (128u << 10)

typedef struct
{
  guint32 n_ram;
  guint8 *ram;
} Big;

static const MigdescField big_fields[] = { MIGDESC_VBYTES (Big, ram, n_ram, 1u << 30) };
MIGDESC_STRUCT (big, Big, 1, 1, big_fields, NULL);

static int
open_file (void)
{
  const char *folder = g_getenv ("MIGDESC_BENCH_DIR");
  g_autofree char *name
      = g_build_filename (folder == NULL ? "/dev/shm" : folder, "migdesc-bench-XXXXXX", NULL);
  int fd = g_mkstemp (name);

  g_assert_cmpint (fd, >=, 0);
  unlink (name);
  return fd;
}

/* KiB that were ever resident */
static long
get_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
plain_write (int fd,
             const Big *state)
{
  for (gsize done = 0; done < state->n_ram;)
    {
      gssize n = write (fd, state->ram + done, MIN (PIECE, state->n_ram - done));

      g_assert_cmpint (n, >, 0);
      done += (gsize) n;
    }
}

static void
plain_read (int fd,
            Big *state)
{
  for (gsize done = 0; done < state->n_ram;)
    {
      gssize n = read (fd, state->ram + done, MIN (PIECE, state->n_ram - done));

      g_assert_cmpint (n, >, 0);
      done += (gsize) n;
    }
}

static void
stream_write (int fd,
              const Big *state,
              MigdescStateType *type)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (GError) error = NULL;

  migdesc_stream_writer_add_struct (writer, "ram", NULL, type, 0, state, &error);
  g_assert_no_error (error);
  migdesc_stream_writer_write_fd (writer, fd, NULL, &error);
  g_assert_no_error (error);
}

static void
stream_read (int fd,
             Big *state,
             MigdescStateType *type)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_SIZE, G_GUINT64_CONSTANT (2) << 30);
  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_BUFFER, 1u << 30);
  reader = migdesc_stream_reader_new (NULL, limits, &error);
  migdesc_stream_reader_expect_struct (reader, "ram", NULL, type, state, &error);
  g_assert_no_error (error);
  migdesc_stream_reader_read_fd (reader, fd, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  double plain;
  double stream;
} Times;

/* Both times it is a new file. */
static void
empty (int fd)
{
  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
  lseek (fd, 0, SEEK_SET);
}

static void
measure_write (const Big *state,
               MigdescStateType *type,
               int fd,
               Times *taken)
{
  double start;

  empty (fd);
  start = processor_seconds ();
  plain_write (fd, state);
  taken->plain = processor_seconds () - start;
  empty (fd);
  start = processor_seconds ();
  stream_write (fd, state, type);
  taken->stream = processor_seconds () - start;
}

/* Both into memory that is new, as it is for who loads. */
static void
measure_read (const Big *state,
              MigdescStateType *type,
              int fd,
              Times *taken)
{
  Big plain = { state->n_ram, g_malloc (state->n_ram) };
  Big fresh;
  double start;

  lseek (fd, 0, SEEK_SET);
  start = processor_seconds ();
  plain_read (fd, &plain);
  taken->plain = processor_seconds () - start;
  g_free (plain.ram);

  migdesc_state_type_init_struct (type, &fresh);
  lseek (fd, 0, SEEK_SET);
  start = processor_seconds ();
  stream_read (fd, &fresh, type);
  taken->stream = processor_seconds () - start;
  g_assert_cmpuint (fresh.n_ram, ==, state->n_ram);
  g_assert_cmpint (memcmp (fresh.ram, state->ram, fresh.n_ram), ==, 0);
  migdesc_state_type_clear_struct (type, &fresh);
}

static gboolean
show (const char *what,
      const Times *rounds)
{
  double ratios[N_ROUNDS];
  double ratio;

  for (guint i = 0; i < N_ROUNDS; i++)
    ratios[i] = rounds[i].stream / rounds[i].plain;
  ratio = median (ratios, N_ROUNDS);
  printf ("%-5s plain %6.1f ms, stream %6.1f ms: %5.2f times, at most 1.3%s\n", what,
          rounds[0].plain * 1e3, rounds[0].stream * 1e3, ratio, ratio <= 1.3 ? "" : "  TOO SLOW");
  return ratio <= 1.3;
}

/* What a stream needs beside the buffer: in a program that does nothing else. */
static gboolean
show_memory (guint mib,
             gboolean reading)
{
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&big, NULL);
  Big state = { mib << 20, g_malloc (mib << 20) };
  int fd = open_file ();
  long before, more;

  memset (state.ram, 7, state.n_ram);
  if (reading)
    {
      stream_write (fd, &state, type);
      lseek (fd, 0, SEEK_SET);
      migdesc_state_type_clear_struct (type, &state);
    }
  before = get_peak () - (reading ? (long) mib << 10 : 0);
  if (reading)
    stream_read (fd, &state, type);
  else
    stream_write (fd, &state, type);
  more = get_peak () - before - (reading ? (long) mib << 10 : 0);
  printf ("%-5s %ld KiB beside the buffer, at most 8192\n", reading ? "read" : "write", more);
  migdesc_state_type_clear_struct (type, &state);
  close (fd);
  return more <= 8192;
}

int
main (int argc,
      char **argv)
{
  guint mib = argc > 1 ? (guint) atoi (argv[1]) : 1024;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&big, NULL);
  Big state = { (guint32) mib << 20, NULL };
  Times writes[N_ROUNDS], reads[N_ROUNDS];
  gboolean good = TRUE;
  int fd;

  if (argc > 2)
    return show_memory (mib, strcmp (argv[2], "read") == 0) ? 0 : 1;
  fd = open_file ();
  state.ram = g_malloc (state.n_ram);
  for (gsize i = 0; i < state.n_ram; i++)
    state.ram[i] = (guint8) (i * 7 >> 3);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      measure_write (&state, type, fd, &writes[i]);
      measure_read (&state, type, fd, &reads[i]);
    }
  good &= show ("write", writes);
  good &= show ("read", reads);
  migdesc_state_type_clear_struct (type, &state);
  close (fd);
  return good ? 0 : 1;
}
