/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "io-faults.h"
#include "state-lamps.h"

#include <fcntl.h>

/* Transfers whose descriptors fail, are interrupted, or end too early: an error that says so, which
 * stays, and devices that are as they were. */

static void
begin (Room *source,
       Room *destination,
       MigdescTransfer **out,
       MigdescTransfer **in)
{
  g_autoptr (GError) error = NULL;

  room_init (source, 10, 20);
  room_init (destination, 1, 2);
  *out = migdesc_transfer_new_save (source->set, NULL, FALSE, &error);
  g_assert_no_error (error);
  *in = migdesc_transfer_new_load (destination->set, NULL, &error);
  g_assert_no_error (error);
}

static void
make_pair (int *fds)
{
  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds));
}

static void
start_faults (int cause,
              gsize at)
{
  memset (&faults, 0, sizeof faults);
  faults.error = cause;
  faults.fail_at = at;
  faults.on = TRUE;
}

static void
start_interrupts (void)
{
  start_faults (0, 0);
  faults.piece = 16;
  faults.interrupts = TRUE;
}

/* The transfer fails so now, and ever after, whatever is asked of it. */
static void
assert_stays_failed (MigdescTransfer *transfer,
                     int fd,
                     const char *message)
{
  g_autoptr (GError) checked = NULL, stepped = NULL, run = NULL;

  g_assert_false (migdesc_transfer_check (transfer, &checked));
  g_assert_cmpstr (checked->message, ==, message);
  g_assert_cmpint (migdesc_transfer_step_fd (transfer, fd, &stepped), ==, MIGDESC_TRANSFER_FAILED);
  g_assert_cmpstr (stepped->message, ==, message);
  g_assert_false (migdesc_transfer_run_fd (transfer, fd, NULL, &run));
  g_assert_cmpstr (run->message, ==, message);
  g_assert_true (g_error_matches (checked, stepped->domain, stepped->code));
}

static void
assert_step_fails (MigdescTransfer *transfer,
                   int fd,
                   MigdescError code,
                   const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (migdesc_transfer_step_fd (transfer, fd, &error), ==, MIGDESC_TRANSFER_FAILED);
  faults.on = FALSE;
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  assert_stays_failed (transfer, fd, message);
}

/* A few bytes at a time, with each second call interrupted. */
static void
test_interrupted_steps (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  begin (&source, &destination, &out, &in);
  make_pair (fds);
  start_interrupts ();
  g_assert_cmpint (migdesc_transfer_step_fd (out, fds[0], &error), ==, MIGDESC_TRANSFER_DONE);
  faults.on = FALSE;
  g_assert_no_error (error);
  close (fds[0]);
  start_interrupts ();
  g_assert_cmpint (migdesc_transfer_step_fd (in, fds[1], &error), ==, MIGDESC_TRANSFER_DONE);
  faults.on = FALSE;
  g_assert_no_error (error);
  close (fds[1]);
  g_assert_true (migdesc_transfer_run_fd (in, 0, NULL, &error));
  g_assert_true (migdesc_transfer_check (in, &error));
  migdesc_transfer_commit (in);
  assert_levels (&destination, 10, 20);
}

static void
test_full_disk (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  guint8 byte;
  g_autoptr (GError) pending = NULL, read_error = NULL, bytes_error = NULL;
  const char *message = "the stream cannot be written: No space left on device";

  g_assert_cmpint (full, >=, 0);
  begin (&source, &destination, &out, &in);
  assert_step_fails (out, full, MIGDESC_ERROR_CANNOT_WRITE, message);
  close (full);
  g_assert_cmpint (migdesc_transfer_get_pending (out, &pending), ==, -1);
  g_assert_cmpstr (pending->message, ==, message);
  g_assert_cmpint (migdesc_transfer_read (out, &byte, 1, &read_error), ==, -1);
  g_assert_cmpstr (read_error->message, ==, message);
  g_assert_null (migdesc_transfer_read_bytes (out, 1, &bytes_error));
  g_assert_cmpstr (bytes_error->message, ==, message);
  assert_levels (&source, 10, 20);
}

/* After each number of bytes that there is. */
static void
test_each_byte_written (void)
{
  g_auto (Room) source;
  gsize length;
  g_autoptr (GBytes) whole = NULL;

  room_init (&source, 10, 20);
  whole = save (&source);
  length = g_bytes_get_size (whole);
  for (gsize at = 0; at < length; at++)
    {
      g_autoptr (MigdescTransfer) out = migdesc_transfer_new_save (source.set, NULL, FALSE, NULL);
      int fds[2];

      make_pair (fds);
      start_faults (EIO, at);
      assert_step_fails (out, fds[0], MIGDESC_ERROR_CANNOT_WRITE,
                         "the stream cannot be written: Input/output error");
      g_assert_cmpuint (faults.done, ==, at);
      close (fds[0]);
      close (fds[1]);
    }
}

/* And read, up to the end of the file, which has to be read too. */
static void
test_each_byte_read (void)
{
  g_auto (Room) source, destination;
  g_autoptr (GBytes) whole = NULL;
  gsize length;
  const void *data;

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  whole = save (&source);
  data = g_bytes_get_data (whole, &length);
  for (gsize at = 0; at <= length; at++)
    {
      g_autoptr (MigdescTransfer) in = migdesc_transfer_new_load (destination.set, NULL, NULL);
      int fds[2];

      make_pair (fds);
      g_assert_cmpint (write (fds[0], data, length), ==, (gssize) length);
      start_faults (EIO, at);
      assert_step_fails (in, fds[1], MIGDESC_ERROR_CANNOT_READ,
                         "the stream cannot be read: Input/output error");
      close (fds[0]);
      close (fds[1]);
      assert_levels (&destination, 1, 2);
    }
}

static void
test_run_fails_at_the_end (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) in = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const void *data;
  int fds[2];

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  whole = save (&source);
  data = g_bytes_get_data (whole, &length);
  in = migdesc_transfer_new_load (destination.set, NULL, NULL);
  make_pair (fds);
  g_assert_cmpint (write (fds[0], data, length), ==, (gssize) length);
  start_faults (EIO, length);
  g_assert_false (migdesc_transfer_run_fd (in, fds[1], NULL, &error));
  faults.on = FALSE;
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  assert_stays_failed (in, fds[1], "the stream cannot be read: Input/output error");
  close (fds[0]);
  close (fds[1]);
}

/* What is no stream, and one that ends before its end. */
static void
test_bad_streams (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) garbage = NULL, cut = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 *data;
  int fds[2];

  room_init (&source, 10, 20);
  room_init (&destination, 1, 2);
  whole = save (&source);
  data = g_bytes_get_data (whole, NULL);

  garbage = migdesc_transfer_new_load (destination.set, NULL, NULL);
  make_pair (fds);
  g_assert_cmpint (write (fds[0], "\0nothing that is a stream", 25), ==, 25);
  g_assert_cmpint (migdesc_transfer_step_fd (garbage, fds[1], &error), ==, MIGDESC_TRANSFER_FAILED);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  assert_stays_failed (garbage, fds[1], error->message);
  migdesc_transfer_abort (garbage);
  g_clear_error (&error);

  cut = migdesc_transfer_new_load (destination.set, NULL, NULL);
  close (fds[0]);
  close (fds[1]);
  make_pair (fds);
  g_assert_cmpint (write (fds[0], data, 40), ==, 40);
  close (fds[0]);
  g_assert_cmpint (migdesc_transfer_step_fd (cut, fds[1], &error), ==, MIGDESC_TRANSFER_FAILED);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED);
  assert_stays_failed (cut, fds[1], error->message);
  close (fds[1]);
  assert_levels (&destination, 1, 2);
}

/* A device that cannot be captured. */
static void
test_bad_device (void)
{
  g_auto (Room) source;
  g_autoptr (MigdescTransfer) stepped = NULL;
  g_autoptr (GError) error = NULL;
  const char *message = "one: level: 101 is not in 0 to 100 (byte 387)";
  int null = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  room_init (&source, 101, 20);
  stepped = migdesc_transfer_new_save (source.set, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (migdesc_transfer_step_fd (stepped, null, &error), ==, MIGDESC_TRANSFER_FAILED);
  g_assert_cmpstr (error->message, ==, message);
  assert_stays_failed (stepped, null, message);
  close (null);
}

/* What a step could not write yet goes first when the rest is written at once. */
static void
test_run_after_steps (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  begin (&source, &destination, &out, &in);
  make_pair (fds);
  start_faults (EAGAIN, 5);
  g_assert_cmpint (migdesc_transfer_step_fd (out, fds[0], &error), ==, MIGDESC_TRANSFER_MORE);
  faults.on = FALSE;
  g_assert_no_error (error);
  g_assert_true (migdesc_transfer_run_fd (out, fds[0], NULL, &error));
  g_assert_true (migdesc_transfer_run_fd (out, fds[0], NULL, &error));
  g_assert_true (migdesc_transfer_check (out, &error));
  close (fds[0]);
  g_assert_true (migdesc_transfer_run_fd (in, fds[1], NULL, &error));
  close (fds[1]);
  g_assert_true (migdesc_transfer_check (in, &error));
  migdesc_transfer_commit (in);
  assert_levels (&destination, 10, 20);
}

static void
test_run_after_steps_fails (void)
{
  g_auto (Room) source, destination;
  g_autoptr (MigdescTransfer) out = NULL, in = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  begin (&source, &destination, &out, &in);
  make_pair (fds);
  start_faults (EAGAIN, 5);
  g_assert_cmpint (migdesc_transfer_step_fd (out, fds[0], &error), ==, MIGDESC_TRANSFER_MORE);
  faults.on = FALSE;
  close (fds[1]);
  g_assert_false (migdesc_transfer_run_fd (out, fds[0], NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
  assert_stays_failed (out, fds[0], "the stream cannot be written: Broken pipe");
  close (fds[0]);
}

/* As much as there is, without a look for more: that is the end too. */
static void
test_read_to_the_last_byte (void)
{
  g_auto (Room) source;
  g_autoptr (MigdescTransfer) out = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *data = NULL;
  gsize length;

  room_init (&source, 10, 20);
  whole = save (&source);
  length = g_bytes_get_size (whole);
  data = g_malloc (length);
  out = migdesc_transfer_new_save (source.set, NULL, FALSE, &error);
  g_assert_cmpint (migdesc_transfer_read (out, NULL, 0, &error), ==, 0);
  g_assert_cmpint (migdesc_transfer_read (out, data, length, &error), ==, (gssize) length);
  g_assert_no_error (error);
  g_assert_true (memcmp (data, g_bytes_get_data (whole, NULL), length) == 0);
  g_assert_true (migdesc_transfer_check (out, &error));
  g_assert_no_error (error);
}

/* Bytes that are no stream, by hand: what was wrong with the first is what is wrong. */
static void
test_bad_bytes (void)
{
  g_auto (Room) room;
  g_autoptr (MigdescTransfer) in = NULL;
  g_autoptr (GError) first = NULL, second = NULL;
  static const guint8 bad[64] = { 0 };

  room_init (&room, 10, 20);
  in = migdesc_transfer_new_load (room.set, NULL, NULL);
  g_assert_true (migdesc_transfer_write (in, NULL, 0, NULL));
  g_assert_false (migdesc_transfer_write (in, bad, sizeof bad, &first));
  g_assert_error (first, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  g_assert_false (migdesc_transfer_write (in, bad, 1, &second));
  g_assert_cmpstr (second->message, ==, first->message);
  g_assert_false (migdesc_transfer_write (in, NULL, 0, NULL));
}

static void
test_cannot_begin (void)
{
  g_auto (Room) room;
  g_autoptr (MigdescTransfer) save_of = NULL, bare = NULL;
  g_autoptr (GError) error = NULL;

  room_init (&room, 10, 20);
  g_assert_null (migdesc_transfer_new_save (room.set, "morse", FALSE, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  g_assert_cmpstr (error->message, ==, "\"morse\" is not a format that can be written");
  g_clear_error (&error);
  save_of = migdesc_transfer_new_save (room.set, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (migdesc_transfer_new_load (room.set, NULL, &error));
  g_assert_cmpstr (error->message, ==, "the device set is in another transfer");

  bare = g_object_new (MIGDESC_TYPE_TRANSFER, NULL);
  migdesc_transfer_abort (bare);
  g_assert_cmpuint (migdesc_transfer_get_n_bytes (bare), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transfer-faults/interrupted", test_interrupted_steps);
  g_test_add_func ("/transfer-faults/full-disk", test_full_disk);
  g_test_add_func ("/transfer-faults/each-byte-written", test_each_byte_written);
  g_test_add_func ("/transfer-faults/each-byte-read", test_each_byte_read);
  g_test_add_func ("/transfer-faults/run-end", test_run_fails_at_the_end);
  g_test_add_func ("/transfer-faults/bad-streams", test_bad_streams);
  g_test_add_func ("/transfer-faults/bad-device", test_bad_device);
  g_test_add_func ("/transfer-faults/run-after-steps", test_run_after_steps);
  g_test_add_func ("/transfer-faults/run-after-steps-fails", test_run_after_steps_fails);
  g_test_add_func ("/transfer-faults/last-byte", test_read_to_the_last_byte);
  g_test_add_func ("/transfer-faults/bad-bytes", test_bad_bytes);
  g_test_add_func ("/transfer-faults/cannot-begin", test_cannot_begin);
  return g_test_run ();
}
