/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <fcntl.h>

#include <gio/gio.h>

#include "io-faults.h"
#include "stream-tamper.h"

/* Streams in and out that fail after each number of bytes, are interrupted, or move a byte at a
 * time: all of a state or a clear error, and the next stream is as good as ever. */

/* --- A GInputStream and a GOutputStream that fail --------------------------- */

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize at;
  gsize piece;
  gsize fail_at;              /* G_MAXSIZE: never */
  gsize cancel_at;            /* likewise */
  GCancellable *cancellable;
  GByteArray *written;
} Plan;

typedef struct
{
  GInputStream parent_instance;
  Plan *plan;
} FaultyInput;
typedef GInputStreamClass FaultyInputClass;

typedef struct
{
  GOutputStream parent_instance;
  Plan *plan;
} FaultyOutput;
typedef GOutputStreamClass FaultyOutputClass;

GType faulty_input_get_type (void);
GType faulty_output_get_type (void);
G_DEFINE_TYPE (FaultyInput, faulty_input, G_TYPE_INPUT_STREAM)
G_DEFINE_TYPE (FaultyOutput, faulty_output, G_TYPE_OUTPUT_STREAM)

/* How many bytes go through now; -1: it fails */
static gssize
ask (Plan *plan,
     gsize n,
     GError **error)
{
  if (plan->at == plan->cancel_at)
    g_cancellable_cancel (plan->cancellable);
  if (plan->at == plan->fail_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the fault");
      return -1;
    }
  n = MIN (n, plan->piece);
  n = MIN (n, plan->fail_at - plan->at);
  return (gssize) MIN (n, plan->cancel_at > plan->at ? plan->cancel_at - plan->at : n);
}

static gssize
faulty_input_read (GInputStream *stream,
                   void *buffer,
                   gsize count,
                   GCancellable *cancellable G_GNUC_UNUSED,
                   GError **error)
{
  Plan *plan = ((FaultyInput *) stream)->plan;
  gssize n = ask (plan, MIN (count, plan->length - plan->at), error);

  if (n > 0)
    memcpy (buffer, plan->data + plan->at, (gsize) n);
  plan->at += n > 0 ? (gsize) n : 0;
  return n;
}

static gssize
faulty_output_write (GOutputStream *stream,
                     const void *buffer,
                     gsize count,
                     GCancellable *cancellable G_GNUC_UNUSED,
                     GError **error)
{
  Plan *plan = ((FaultyOutput *) stream)->plan;
  gssize n = ask (plan, count, error);

  if (n > 0)
    g_byte_array_append (plan->written, buffer, (guint) n);
  plan->at += n > 0 ? (gsize) n : 0;
  return n;
}

static void faulty_input_init (FaultyInput *input G_GNUC_UNUSED) {}
static void faulty_output_init (FaultyOutput *output G_GNUC_UNUSED) {}

static void
faulty_input_class_init (FaultyInputClass *klass)
{
  klass->read_fn = faulty_input_read;
}

static void
faulty_output_class_init (FaultyOutputClass *klass)
{
  klass->write_fn = faulty_output_write;
}

/* --- A device -------------------------------------------------------------- */

typedef struct
{
  GBytes *bytes;
  const guint8 *data;
  gsize length;
  Tiny fresh;
  MigdescStreamReader *reader;
  MigdescStreamWriter *writer;
  Plan plan;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data G_GNUC_UNUSED)
{
  fixture->bytes = stream_save (&tiny_device);
  fixture->data = g_bytes_get_data (fixture->bytes, &fixture->length);
  fixture->reader = stream_reader (&tiny_device, &fixture->fresh);
  fixture->writer = stream_writer (&tiny_device);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  memset (&faults, 0, sizeof faults);
  g_object_unref (fixture->reader);
  g_object_unref (fixture->writer);
  migdesc_table_clear (&tiny, &fixture->fresh);
  g_bytes_unref (fixture->bytes);
}

/* A new stream, of which one thing goes wrong. */
static GError *
read_with (Fixture *fixture,
           const Plan *plan)
{
  g_autoptr (GInputStream) input = g_object_new (faulty_input_get_type (), NULL);
  GError *error = NULL;

  fixture->plan = *plan;
  ((FaultyInput *) input)->plan = &fixture->plan;
  migdesc_stream_reader_restart (fixture->reader);
  migdesc_stream_reader_read_stream (fixture->reader, input, plan->cancellable, &error);
  g_assert_cmpint (migdesc_stream_reader_is_finished (fixture->reader), ==, error == NULL);
  return error;
}

static GError *
write_with (Fixture *fixture,
            const Plan *plan)
{
  g_autoptr (GOutputStream) output = g_object_new (faulty_output_get_type (), NULL);
  GError *error = NULL;

  fixture->plan = *plan;
  ((FaultyOutput *) output)->plan = &fixture->plan;
  migdesc_stream_writer_restart (fixture->writer);
  migdesc_stream_writer_write_stream (fixture->writer, output, plan->cancellable, &error);
  return error;
}

static void
assert_error (GError *error,
              int code,
              const char *message)
{
  g_assert_error (error, MIGDESC_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
  g_error_free (error);
}

static void
assert_prefix (const Fixture *fixture,
               const GByteArray *written,
               gsize n)
{
  g_assert_cmpuint (written->len, ==, n);
  g_assert_true (n == 0 || memcmp (written->data, fixture->data, n) == 0);
}

static const gsize pieces[] = { 1, 3, G_MAXSIZE };

/* What follows the stream is not read. */
static void
test_input (Fixture *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  g_autofree guint8 *more = g_malloc0 (fixture->length + 9);

  memcpy (more, fixture->data, fixture->length);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      const Plan good = { more, fixture->length + 9, 0, pieces[i], G_MAXSIZE, G_MAXSIZE,
                          NULL, NULL };

      for (gsize n = 0; n < fixture->length; n++)
        {
          Plan bad = good;
          Plan short_one = good;

          bad.fail_at = n;
          assert_error (read_with (fixture, &bad), MIGDESC_ERROR_CANNOT_READ,
                        "the stream cannot be read: the fault");
          short_one.length = n;
          g_clear_error (&(GError *){ read_with (fixture, &short_one) });
          g_assert_false (migdesc_stream_reader_is_finished (fixture->reader));
        }
      g_assert_no_error (read_with (fixture, &good));
      g_assert_cmpuint (fixture->plan.at, ==, fixture->length);
      g_assert_cmpuint (fixture->fresh.key, ==, 42);
      g_assert_cmpmem (fixture->fresh.blob, fixture->fresh.n_blob, tiny_blob, 3);
    }
}

static void
test_output (Fixture *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (gsize n = 0; n <= fixture->length; n++)
      {
        g_autoptr (GByteArray) written = g_byte_array_new ();
        const Plan plan = { NULL, 0, 0, pieces[i], n == fixture->length ? G_MAXSIZE : n,
                            G_MAXSIZE, NULL, written };
        GError *error = write_with (fixture, &plan);

        if (n < fixture->length)
          assert_error (error, MIGDESC_ERROR_CANNOT_WRITE,
                        "the stream cannot be written: the fault");
        else
          g_assert_no_error (error);
        assert_prefix (fixture, written, n);
      }
}

/* Cancelled after each number of bytes, in both directions. */
static void
test_cancelled (Fixture *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  for (gsize n = 0; n + 1 < fixture->length; n++)
    {
      g_autoptr (GByteArray) written = g_byte_array_new ();
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Plan plan = { fixture->data, fixture->length, 0, 1, G_MAXSIZE, n, cancellable, written };

      assert_error (read_with (fixture, &plan), MIGDESC_ERROR_CANCELLED,
                    "reading the stream was cancelled");
      g_cancellable_reset (cancellable);
      assert_error (write_with (fixture, &plan), MIGDESC_ERROR_CANCELLED,
                    "writing the stream was cancelled");
      /* the byte under way when it was cancelled still goes through */
      assert_prefix (fixture, written, n + 1);
    }
}

/* --- Descriptors ------------------------------------------------------------ */

static int
open_scratch (const guint8 *data,
              gsize length)
{
  g_autofree char *name = NULL;
  int fd = g_file_open_tmp (NULL, &name, NULL);

  g_assert_cmpint (fd, >=, 0);
  unlink (name);
  g_assert_cmpint (write (fd, data, length), ==, length);
  lseek (fd, 0, SEEK_SET);
  return fd;
}

static gboolean
read_scratch (Fixture *fixture,
              int fd,
              GError **error)
{
  gboolean done;

  lseek (fd, 0, SEEK_SET);
  migdesc_stream_reader_restart (fixture->reader);
  faults.done = 0;
  faults.on = TRUE;
  done = migdesc_stream_reader_read_fd (fixture->reader, fd, NULL, error);
  faults.on = FALSE;
  return done;
}

static gboolean
write_scratch (Fixture *fixture,
               int fd,
               GError **error)
{
  gboolean done;

  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
  lseek (fd, 0, SEEK_SET);
  migdesc_stream_writer_restart (fixture->writer);
  faults.done = 0;
  faults.on = TRUE;
  done = migdesc_stream_writer_write_fd (fixture->writer, fd, NULL, error);
  faults.on = FALSE;
  return done;
}

static void
assert_scratch (Fixture *fixture,
                int fd,
                gsize n)
{
  g_autofree guint8 *found = g_malloc (fixture->length + 1);

  g_assert_cmpint (pread (fd, found, fixture->length + 1, 0), ==, n);
  g_assert_cmpint (memcmp (found, fixture->data, n), ==, 0);
}

/* A signal before every byte. */
static void
test_interrupted (Fixture *fixture,
                  gconstpointer data G_GNUC_UNUSED)
{
  int fd = open_scratch (fixture->data, fixture->length);

  faults.interrupts = TRUE;
  faults.piece = 1;
  g_assert_true (read_scratch (fixture, fd, NULL));
  g_assert_cmpuint (fixture->fresh.last, ==, 9);
  g_assert_cmpuint (faults.done, ==, fixture->length);
  g_assert_true (write_scratch (fixture, fd, NULL));
  g_assert_cmpuint (faults.done, ==, fixture->length);
  assert_scratch (fixture, fd, fixture->length);
  close (fd);
}

/* A disk that is bad, or full, at each byte. */
static void
test_descriptor (Fixture *fixture,
                 gconstpointer data G_GNUC_UNUSED)
{
  int from = open_scratch (fixture->data, fixture->length);
  int to = open_scratch (fixture->data, 0);

  for (faults.fail_at = 0; faults.fail_at < fixture->length; faults.fail_at++)
    {
      GError *error = NULL;

      faults.error = EIO;
      g_assert_false (read_scratch (fixture, from, &error));
      assert_error (g_steal_pointer (&error), MIGDESC_ERROR_CANNOT_READ,
                    "the stream cannot be read: Input/output error");
      faults.error = ENOSPC;
      g_assert_false (write_scratch (fixture, to, &error));
      assert_error (error, MIGDESC_ERROR_CANNOT_WRITE,
                    "the stream cannot be written: No space left on device");
      assert_scratch (fixture, to, faults.fail_at);
    }
  faults.error = 0;
  g_assert_true (read_scratch (fixture, from, NULL));
  g_assert_true (write_scratch (fixture, to, NULL));
  assert_scratch (fixture, to, fixture->length);
  close (from);
  close (to);
}

#define ADD(name) \
  g_test_add ("/state-io-faults/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (input);
  ADD (output);
  ADD (cancelled);
  ADD (interrupted);
  ADD (descriptor);
  return g_test_run ();
}
