/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-lamps.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib-unix.h>

/* Device sets on their way by what device protocols have. */

static void
begin (Room *source,
       Room *destination,
       MigdescTransfer **save_of,
       MigdescTransfer **load_of)
{
  g_autoptr (GError) error = NULL;

  room_init (source, 10, 20);
  room_init (destination, 1, 2);
  *save_of = migdesc_transfer_new_save (source->set, NULL, FALSE, &error);
  g_assert_no_error (error);
  *load_of = migdesc_transfer_new_load (destination->set, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (migdesc_transfer_is_load (*save_of));
  g_assert_true (migdesc_transfer_is_load (*load_of));
}

static void
assert_arrives (Room *destination,
                MigdescTransfer *transfer)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_transfer_check (transfer, &error));
  g_assert_no_error (error);
  assert_levels (destination, 1, 2);
  g_assert_true (migdesc_transfer_check (transfer, &error));
  migdesc_transfer_commit (transfer);
  g_assert_cmpstr (destination->log->str, ==, "one:prepare two:prepare one:commit two:commit ");
  assert_levels (destination, 10, 20);
}

static void
make_pair (int *fds,
           gboolean nonblocking)
{
  int type = nonblocking ? SOCK_STREAM | SOCK_NONBLOCK : SOCK_STREAM;

  g_assert_cmpint (socketpair (AF_UNIX, type | SOCK_CLOEXEC, 0, fds), ==, 0);
}

static void
test_runs_through_a_socket (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  begin (&source, &destination, &out, &in);
  make_pair (fds, FALSE);
  g_assert_true (migdesc_transfer_run_fd (out, fds[0], NULL, &error));
  g_assert_true (migdesc_transfer_check (out, &error));
  close (fds[0]);
  g_assert_true (migdesc_transfer_run_fd (in, fds[1], NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (migdesc_transfer_get_n_bytes (out), ==, migdesc_transfer_get_n_bytes (in));
  g_assert_cmpuint (migdesc_transfer_get_n_bytes (in), >, 0);
  close (fds[1]);
  assert_arrives (&destination, in);
}

/* Both in one thread, with a pipe that has room for a page. */
static void
test_steps_take_turns (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL;
  MigdescTransferStep writing = MIGDESC_TRANSFER_MORE, reading = MIGDESC_TRANSFER_MORE;
  int fds[2];
  guint turns = 0;

  begin (&source, &destination, &out, &in);
  g_assert_true (g_unix_open_pipe (fds, FD_CLOEXEC, &error));
  g_assert_true (g_unix_set_fd_nonblocking (fds[0], TRUE, &error));
  g_assert_true (g_unix_set_fd_nonblocking (fds[1], TRUE, &error));
  g_assert_cmpint (migdesc_transfer_step_fd (in, fds[0], &error), ==, MIGDESC_TRANSFER_MORE);
  for (; reading == MIGDESC_TRANSFER_MORE && turns < 1000; turns++)
    {
      if (writing == MIGDESC_TRANSFER_MORE)
        {
          writing = migdesc_transfer_step_fd (out, fds[1], &error);
          g_assert_no_error (error);
          if (writing == MIGDESC_TRANSFER_DONE)
            close (fds[1]);
        }
      reading = migdesc_transfer_step_fd (in, fds[0], &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (reading, ==, MIGDESC_TRANSFER_DONE);
  g_assert_cmpint (migdesc_transfer_step_fd (in, fds[0], &error), ==, MIGDESC_TRANSFER_DONE);
  close (fds[0]);
  assert_arrives (&destination, in);
}

/* As libvfio-user asks: how many bytes are there, give me so many, here are so many. */
static void
carry (MigdescTransfer *out,
       MigdescTransfer *in,
       gsize size)
{
  g_autofree guint8 *data = g_malloc (size);
  g_autoptr (GError) error = NULL;
  gssize n;

  while ((n = migdesc_transfer_get_pending (out, &error)) > 0)
    {
      n = migdesc_transfer_read (out, data, size, &error);
      g_assert_cmpint (n, >, 0);
      g_assert_true (migdesc_transfer_write (in, data, (gsize) n, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (n, ==, 0);
  g_assert_cmpint (migdesc_transfer_read (out, data, size, &error), ==, 0);
  g_assert_true (migdesc_transfer_check (out, &error));
}

static void
test_pieces_of_any_size (void)
{
  static const gsize sizes[] = { 1, 7, 4096, 1 << 20 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (Room) source, destination;
      g_autoptr (MigdescTransfer) out = NULL, in = NULL;

      begin (&source, &destination, &out, &in);
      carry (out, in, sizes[i]);
      assert_arrives (&destination, in);
    }
}

static void
test_bytes_for_bindings (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL;

  begin (&source, &destination, &out, &in);
  for (;;)
    {
      g_autoptr (GBytes) bytes = migdesc_transfer_read_bytes (out, 11, &error);
      gsize n;
      const guint8 *data = g_bytes_get_data (bytes, &n);

      g_assert_no_error (error);
      g_assert_cmpuint (n, <=, 11);
      if (n == 0)
        break;
      g_assert_true (migdesc_transfer_write (in, data, n, &error));
    }
  assert_arrives (&destination, in);
}

static void
test_check_wants_the_end (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL, short_error = NULL;
  guint8 data[8];

  begin (&source, &destination, &out, &in);
  g_assert_cmpint (migdesc_transfer_read (out, data, 8, &error), ==, 8);
  g_assert_false (migdesc_transfer_check (out, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED);
  g_assert_true (g_str_has_prefix (error->message, "the state has not been taken to its end: "));
  g_assert_true (migdesc_transfer_write (in, data, 8, NULL));
  g_assert_false (migdesc_transfer_check (in, &short_error));
  g_assert_error (short_error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED);
  assert_levels (&destination, 1, 2);
}

static void
test_refusal_leaves_all_as_it_was (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL, again = NULL;

  begin (&source, &destination, &out, &in);
  destination.two.refuses = TRUE;
  carry (out, in, 64);
  g_assert_false (migdesc_transfer_check (in, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "two: refuses the state: the bulb is broken");
  g_assert_false (migdesc_transfer_check (in, &again));
  g_assert_cmpstr (again->message, ==, error->message);
  g_assert_cmpstr (destination.log->str, ==, "one:prepare two:prepare one:abort ");
  assert_levels (&destination, 1, 2);
}

static void
test_dropped_load_aborts (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL;
  MigdescTransfer *in;
  g_autoptr (GError) error = NULL;

  begin (&source, &destination, &out, &in);
  carry (out, in, 64);
  g_assert_true (migdesc_transfer_check (in, &error));
  g_object_unref (in);
  g_assert_cmpstr (destination.log->str, ==, "one:prepare two:prepare two:abort one:abort ");
  assert_levels (&destination, 1, 2);
}

static void
test_one_at_a_time (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  begin (&source, &destination, &out, &in);
  g_assert_null (migdesc_transfer_new_save (destination.set, NULL, FALSE, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "the device set is in another transfer");
  migdesc_transfer_abort (in);
  g_clear_error (&error);
  other = migdesc_transfer_new_save (destination.set, NULL, FALSE, &error);
  g_assert_no_error (error);
}

/* Nothing may follow the stream, and a peer that has gone is an error, not a signal. */
static void
test_faults_of_the_other_side (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL, gone = NULL;
  g_autoptr (GError) error = NULL, broken = NULL;
  int fds[2];

  begin (&source, &destination, &out, &in);
  make_pair (fds, FALSE);
  g_assert_true (migdesc_transfer_run_fd (out, fds[0], NULL, &error));
  g_assert_cmpint (write (fds[0], "x", 1), ==, 1);
  close (fds[0]);
  g_assert_false (migdesc_transfer_run_fd (in, fds[1], NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  close (fds[1]);
  assert_levels (&destination, 1, 2);

  migdesc_transfer_commit (out);
  gone = migdesc_transfer_new_save (source.set, NULL, FALSE, NULL);
  make_pair (fds, FALSE);
  close (fds[1]);
  g_assert_false (migdesc_transfer_run_fd (gone, fds[0], NULL, &broken));
  g_assert_error (broken, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
  g_assert_cmpstr (broken->message, ==, "the stream cannot be written: Broken pipe");
  close (fds[0]);
}

static void
test_step_tells_of_a_broken_socket (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  begin (&source, &destination, &out, &in);
  make_pair (fds, TRUE);
  close (fds[1]);
  g_assert_cmpint (migdesc_transfer_step_fd (out, fds[0], &error), ==, MIGDESC_TRANSFER_FAILED);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
  g_assert_cmpstr (error->message, ==, "the stream cannot be written: Broken pipe");
  g_clear_error (&error);
  g_assert_cmpint (migdesc_transfer_step_fd (in, fds[1], &error), ==, MIGDESC_TRANSFER_FAILED);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  close (fds[0]);
}

static void
test_step_reads_to_the_end_of_the_file (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  begin (&source, &destination, &out, &in);
  make_pair (fds, TRUE);
  g_assert_cmpint (migdesc_transfer_step_fd (out, fds[0], &error), ==, MIGDESC_TRANSFER_DONE);
  g_assert_cmpint (migdesc_transfer_step_fd (in, fds[1], &error), ==, MIGDESC_TRANSFER_MORE);
  g_assert_cmpint (write (fds[0], "x", 1), ==, 1);
  g_assert_cmpint (migdesc_transfer_step_fd (in, fds[1], &error), ==, MIGDESC_TRANSFER_FAILED);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  close (fds[0]);
  close (fds[1]);
  assert_levels (&destination, 1, 2);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transfer/socket", test_runs_through_a_socket);
  g_test_add_func ("/transfer/steps", test_steps_take_turns);
  g_test_add_func ("/transfer/pieces", test_pieces_of_any_size);
  g_test_add_func ("/transfer/bytes", test_bytes_for_bindings);
  g_test_add_func ("/transfer/end", test_check_wants_the_end);
  g_test_add_func ("/transfer/refusal", test_refusal_leaves_all_as_it_was);
  g_test_add_func ("/transfer/dropped", test_dropped_load_aborts);
  g_test_add_func ("/transfer/one", test_one_at_a_time);
  g_test_add_func ("/transfer/faults", test_faults_of_the_other_side);
  g_test_add_func ("/transfer/step-end", test_step_reads_to_the_end_of_the_file);
  g_test_add_func ("/transfer/broken", test_step_tells_of_a_broken_socket);
  return g_test_run ();
}
