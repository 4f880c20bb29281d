/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "stream-tamper.h"

/* The ways of a stream in and out: descriptors, GIO streams, chunks. */

static void
fill_large (Arrays *state)
{
  fill_arrays (state);
  g_free (state->heap);
  state->n_heap = 100000;
  state->heap = g_malloc (state->n_heap);
  for (guint i = 0; i < state->n_heap; i++)
    state->heap[i] = (guint8) (i * 7 / 5);
  g_free (state->far);
  state->n_far = 10000;
  state->far = g_new0 (guint64, state->n_far);
}

typedef struct
{
  Device device;
  Arrays state;
  Arrays fresh;
  GBytes *bytes;
  MigdescStreamWriter *writer;
  MigdescStreamReader *reader;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fill_large (&fixture->state);
  fixture->device = (Device) { stream_arrays (), 1, "vectors=3", &fixture->state };
  fixture->bytes = stream_save (&fixture->device);
  fixture->writer = stream_writer (&fixture->device);
  fixture->reader = stream_reader (&fixture->device, &fixture->fresh);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  migdesc_table_clear (&arrays_state, &fixture->fresh);
  migdesc_table_clear (&arrays_state, &fixture->state);
  g_object_unref (fixture->writer);
  g_object_unref (fixture->reader);
  g_bytes_unref (fixture->bytes);
}

static void
assert_loaded (Fixture *fixture)
{
  Device loaded = fixture->device;
  g_autoptr (GBytes) again = NULL;

  loaded.state = &fixture->fresh;
  again = stream_save (&loaded);
  g_assert_true (g_bytes_equal (again, fixture->bytes));
  g_assert_true (migdesc_stream_reader_is_finished (fixture->reader));
}

static void
test_chunks (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  GBytes *chunk;

  for (guint round = 0; round < 2; round++)
    {
      guint n = 0;

      g_byte_array_set_size (all, 0);
      while ((chunk = migdesc_stream_writer_next_chunk (fixture->writer, &error)) != NULL)
        {
          gsize length;
          const guint8 *bytes = g_bytes_get_data (chunk, &length);

          g_assert_false (migdesc_stream_writer_is_finished (fixture->writer)
                          && all->len + length < g_bytes_get_size (fixture->bytes));
          g_byte_array_append (all, bytes, (guint) length);
          g_bytes_unref (chunk);
          n++;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n, >, 1);
      g_assert_true (migdesc_stream_writer_is_finished (fixture->writer));
      g_assert_cmpuint (all->len, ==, g_bytes_get_size (fixture->bytes));
      g_assert_cmpint (memcmp (all->data, g_bytes_get_data (fixture->bytes, NULL), all->len), ==,
                       0);
      migdesc_stream_writer_restart (fixture->writer);
    }
}

typedef struct
{
  int fd;
  gconstpointer data;
  gsize length;
} Feed;

/* In odd pieces, and something behind the stream. */
static gpointer
feed_pipe (gpointer data)
{
  const Feed *feed = data;

  for (gsize at = 0, n = 1; at < feed->length; at += n, n = n * 3 % 5003)
    {
      n = MIN (n, feed->length - at);
      g_assert_cmpint (write (feed->fd, (const guint8 *) feed->data + at, n), ==, n);
    }
  g_assert_cmpint (write (feed->fd, "more", 4), ==, 4);
  close (feed->fd);
  return NULL;
}

static void
read_pipe (Fixture *fixture,
           gboolean non_blocking,
           GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Feed feed = { 0, g_bytes_get_data (fixture->bytes, NULL), g_bytes_get_size (fixture->bytes) };
  GThread *thread;
  char more[8];
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  if (non_blocking)
    g_assert_cmpint (fcntl (fds[0], F_SETFL, O_NONBLOCK), ==, 0);
  feed.fd = fds[1];
  thread = g_thread_new ("feed", feed_pipe, &feed);
  migdesc_stream_reader_read_fd (fixture->reader, fds[0], cancellable, &error);
  g_assert_no_error (error);
  g_thread_join (thread);
  assert_loaded (fixture);
  g_assert_cmpint (read (fds[0], more, sizeof more), ==, 4);
  close (fds[0]);
}

static void
test_read_pipe (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  read_pipe (fixture, FALSE, NULL);
  migdesc_stream_reader_restart (fixture->reader);
  read_pipe (fixture, TRUE, NULL);
  migdesc_stream_reader_restart (fixture->reader);
  read_pipe (fixture, FALSE, cancellable);
}

static gpointer
drain_pipe (gpointer data)
{
  GByteArray *all = g_byte_array_new ();
  int fd = GPOINTER_TO_INT (data);
  guint8 piece[777];
  gssize n;

  while ((n = read (fd, piece, sizeof piece)) > 0)
    g_byte_array_append (all, piece, (guint) n);
  close (fd);
  return all;
}

static void
test_write_pipe (Fixture *fixture,
                 gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) all = NULL;
      GThread *thread;
      int fds[2];

      g_assert_cmpint (pipe (fds), ==, 0);
      if (i > 0)
        g_assert_cmpint (fcntl (fds[1], F_SETFL, O_NONBLOCK), ==, 0);
      thread = g_thread_new ("drain", drain_pipe, GINT_TO_POINTER (fds[0]));
      migdesc_stream_writer_restart (fixture->writer);
      migdesc_stream_writer_write_fd (fixture->writer, fds[1], i == 2 ? cancellable : NULL, &error);
      g_assert_no_error (error);
      close (fds[1]);
      all = g_thread_join (thread);
      g_assert_cmpuint (all->len, ==, g_bytes_get_size (fixture->bytes));
      g_assert_cmpint (memcmp (all->data, g_bytes_get_data (fixture->bytes, NULL), all->len), ==,
                       0);
    }
}

static void
test_broken_pipe (Fixture *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  int fds[2];

  signal (SIGPIPE, SIG_IGN);
  g_assert_cmpint (pipe (fds), ==, 0);
  close (fds[0]);
  g_assert_false (migdesc_stream_writer_write_fd (fixture->writer, fds[1], NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
  g_assert_cmpstr (error->message, ==, "the stream cannot be written: Broken pipe");
  g_assert_null (migdesc_stream_writer_to_bytes (fixture->writer, &again));
  g_assert_cmpstr (again->message, ==, error->message);
  close (fds[1]);
}

static void
test_bad_descriptor (Fixture *fixture,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_stream_reader_read_fd (fixture->reader, 12345, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_assert_cmpstr (error->message, ==, "the stream cannot be read: Bad file descriptor");
}

/* A file holds one stream. */
static void
test_file (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *expected
      = g_strdup_printf ("something follows the end of the stream (byte %" G_GSIZE_FORMAT ")",
                         g_bytes_get_size (fixture->bytes));
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp (NULL, &name, &error);

  g_assert_no_error (error);
  migdesc_stream_writer_write_fd (fixture->writer, fd, NULL, &error);
  g_assert_no_error (error);
  lseek (fd, 0, SEEK_SET);
  migdesc_stream_reader_read_fd (fixture->reader, fd, NULL, &error);
  g_assert_no_error (error);
  assert_loaded (fixture);

  g_assert_cmpint (write (fd, "x", 1), ==, 1);
  lseek (fd, 0, SEEK_SET);
  migdesc_stream_reader_restart (fixture->reader);
  g_assert_false (migdesc_stream_reader_read_fd (fixture->reader, fd, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  g_assert_cmpstr (error->message, ==, expected);
  close (fd);
  g_unlink (name);
}

static void
test_gio (Fixture *fixture,
          gconstpointer data)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;

  migdesc_stream_writer_write_stream (fixture->writer, output, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (output, NULL, NULL);
  written = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
  g_assert_true (g_bytes_equal (written, fixture->bytes));
  input = g_memory_input_stream_new_from_bytes (written);
  migdesc_stream_reader_read_stream (fixture->reader, input, NULL, &error);
  g_assert_no_error (error);
  assert_loaded (fixture);
}

static void
keep_result (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_async (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_bytes (fixture->bytes);
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;

  migdesc_stream_writer_write_stream_async (fixture->writer, output, 0, NULL, keep_result,
                                            &written);
  migdesc_stream_reader_read_stream_async (fixture->reader, input, 0, NULL, keep_result, &loaded);
  migdesc_stream_writer_write_stream_finish (fixture->writer, wait_for_result (&written), &error);
  g_assert_no_error (error);
  migdesc_stream_reader_read_stream_finish (fixture->reader, wait_for_result (&loaded), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (output)), ==,
                    g_bytes_get_size (fixture->bytes));
  assert_loaded (fixture);
}

static void
test_cancelled (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_bytes (fixture->bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GError *error = NULL;
  int fds[2];

  g_cancellable_cancel (cancellable);
  migdesc_stream_writer_write_stream (fixture->writer, output, cancellable, &error);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, "writing the stream was cancelled");
  g_clear_error (&error);
  migdesc_stream_reader_read_stream (fixture->reader, input, cancellable, &error);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, "reading the stream was cancelled");
  g_clear_error (&error);

  migdesc_stream_writer_restart (fixture->writer);
  migdesc_stream_reader_restart (fixture->reader);
  g_assert_cmpint (pipe (fds), ==, 0);
  migdesc_stream_reader_read_fd (fixture->reader, fds[0], cancellable, &error);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_clear_error (&error);
  migdesc_stream_writer_write_fd (fixture->writer, fds[1], cancellable, &error);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_clear_error (&error);
  close (fds[0]);
  close (fds[1]);
}

static void
note_progress (guint64 bytes,
               gpointer data)
{
  guint64 *last = data;

  g_assert_cmpuint (bytes, >, *last);
  *last = bytes;
}

static void
test_progress (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_bytes (fixture->bytes);
  guint64 written = 0, loaded = 0;

  migdesc_stream_writer_set_progress (fixture->writer, note_progress, &written, NULL);
  migdesc_stream_reader_set_progress (fixture->reader, note_progress, &loaded, NULL);
  g_assert_true (migdesc_stream_writer_write_stream (fixture->writer, output, NULL, NULL));
  g_assert_true (migdesc_stream_reader_read_stream (fixture->reader, input, NULL, NULL));
  g_assert_cmpuint (written, ==, g_bytes_get_size (fixture->bytes));
  g_assert_cmpuint (loaded, ==, g_bytes_get_size (fixture->bytes));
}

static void
test_size_limit (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (fixture->bytes, &length);

  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_SIZE, 100);
  reader = migdesc_stream_reader_new (NULL, limits, NULL);
  g_assert_true (migdesc_stream_reader_feed (reader, bytes, 100, &error));
  g_assert_false (migdesc_stream_reader_feed (reader, bytes + 100, 1, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==,
                   "more than 100 bytes in the stream (limit state-size) (byte 100)");
}

/* What the source could not finish says so to the destination. */
static void
test_failing_source (void)
{
  Tiny state = tiny_state;
  const Device device = { &tiny, 1, NULL, &state };
  g_autoptr (MigdescStreamWriter) writer = NULL;
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) loaded = NULL;

  state.rows[1].head = 1000;
  writer = stream_writer (&device);
  g_assert_null (migdesc_stream_writer_next_chunk (writer, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_RANGE);
  g_assert_cmpstr (error->message, ==,
                   "dev0: rows[1].head: 1000 is not in 0 to 999 (byte 203)");
  rest = migdesc_stream_writer_next_chunk (writer, NULL);
  g_assert_nonnull (rest);
  loaded = stream_load (&tiny_device, g_bytes_get_data (rest, NULL), g_bytes_get_size (rest), 9);
  g_assert_error (loaded, MIGDESC_ERROR, MIGDESC_ERROR_STATE_ABORTED);
  g_assert_cmpstr (loaded->message, ==,
                   "the source gave up: dev0: rows[1].head: 1000 is not in 0 to 999 (byte 203) "
                   "(byte 176)");
  g_assert_null (migdesc_stream_writer_next_chunk (writer, NULL));
}

#define ADD(name) \
  g_test_add ("/state-io/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (chunks);
  ADD (read_pipe);
  ADD (write_pipe);
  ADD (broken_pipe);
  ADD (bad_descriptor);
  ADD (file);
  ADD (gio);
  ADD (async);
  ADD (cancelled);
  ADD (progress);
  ADD (size_limit);
  g_test_add_func ("/state-io/failing-source", test_failing_source);
  return g_test_run ();
}
