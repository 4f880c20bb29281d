/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <fcntl.h>
#include <unistd.h>

#include <glib.h>

#include "../bench/heap.h"
#include "../bench/nic.h"

/* A device that is saved, or loaded into the same flat struct, time and again takes no memory for
 * it once its writer or reader has what it needs. */

/* Rounds that may take memory, and rounds that must not. */
#define FIRST 2
#define LATER 3

typedef struct
{
  Nic state;
  Nic fresh;
  MigdescStateType *type;
  MigdescParamList *params;
  GBytes *bytes;
} Fixture;

static MigdescStreamWriter *
make_writer (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MigdescStreamWriter *writer = migdesc_stream_writer_new (NULL, &error);

  g_assert_no_error (error);
  migdesc_stream_writer_add_struct (writer, "nic0", fixture->params, fixture->type, 0,
                                    &fixture->state, &error);
  g_assert_no_error (error);
  migdesc_stream_writer_add_visit (writer, "nic1", NULL, 1, nic_visit_inline, &fixture->state,
                                   NULL, NULL, &error);
  g_assert_no_error (error);
  return writer;
}

static MigdescStreamReader *
make_reader (Fixture *fixture,
             const char *format)
{
  g_autoptr (GError) error = NULL;
  MigdescStreamReader *reader = migdesc_stream_reader_new (format, NULL, &error);

  g_assert_no_error (error);
  migdesc_stream_reader_expect_struct (reader, "nic0", fixture->params, fixture->type,
                                       &fixture->fresh, &error);
  g_assert_no_error (error);
  migdesc_stream_reader_expect_visit (reader, "nic1", NULL, 1, 1, nic_visit_inline,
                                      &fixture->fresh, NULL, NULL, &error);
  g_assert_no_error (error);
  return reader;
}

static void
set_up (Fixture *fixture,
        gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (MigdescStreamWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  nic_fill (&fixture->state);
  fixture->type = migdesc_state_type_new (&nic, &error);
  g_assert_no_error (error);
  fixture->params = migdesc_param_list_new_from_string ("queues=128,rss=on", &error);
  g_assert_no_error (error);
  writer = make_writer (fixture);
  fixture->bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->type);
  migdesc_param_list_unref (fixture->params);
  g_bytes_unref (fixture->bytes);
}

/* memcheck has functions of its own, which nothing can come before. */
static gboolean
can_count (void)
{
  return g_getenv ("MIGDESC_MEMCHECK") == NULL;
}

static void
test_counted (void)
{
  gsize before = heap_n;

  g_free (g_malloc (7));
  g_slice_free1 (24, g_slice_alloc (24));
  g_byte_array_unref (g_byte_array_new ());
  g_assert_cmpuint (heap_n - before, ==, can_count () ? 3 : 0);
}

static void
test_save (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (MigdescStreamWriter) writer = make_writer (fixture);
  int fd = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  gsize before = 0;

  for (guint i = 0; i < FIRST + LATER; i++)
    {
      if (i == FIRST)
        before = heap_n;
      migdesc_stream_writer_restart (writer);
      g_assert_true (migdesc_stream_writer_write_fd (writer, fd, NULL, NULL));
    }
  g_assert_cmpuint (heap_n - before, ==, 0);
  close (fd);
}

static void
load_bytes (Fixture *fixture,
            const char *format,
            gsize piece)
{
  g_autoptr (MigdescStreamReader) reader = make_reader (fixture, format);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (fixture->bytes, &length);
  gsize before = 0;

  for (guint i = 0; i < FIRST + LATER; i++)
    {
      if (i == FIRST)
        before = heap_n;
      memset (&fixture->fresh, 0, sizeof fixture->fresh);
      migdesc_stream_reader_restart (reader);
      for (gsize at = 0; at < length; at += piece)
        g_assert_true (migdesc_stream_reader_feed (reader, bytes + at, MIN (piece, length - at),
                                                   NULL));
      g_assert_true (migdesc_stream_reader_finish (reader, NULL));
      g_assert_cmpmem (&fixture->fresh, sizeof (Nic), &fixture->state, sizeof (Nic));
    }
  g_assert_cmpuint (heap_n - before, ==, 0);
}

static void
test_load (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  load_bytes (fixture, "binary", G_MAXINT32);
}

static void
test_load_detected (Fixture *fixture,
                    gconstpointer data G_GNUC_UNUSED)
{
  load_bytes (fixture, NULL, G_MAXINT32);
}

static void
test_load_pieces (Fixture *fixture,
                  gconstpointer data G_GNUC_UNUSED)
{
  load_bytes (fixture, "binary", 1000);
}

static void
test_load_fd (Fixture *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (MigdescStreamReader) reader = make_reader (fixture, NULL);
  g_autofree char *name = NULL;
  int fd = g_file_open_tmp (NULL, &name, NULL);
  gsize length, before = 0;
  const guint8 *bytes = g_bytes_get_data (fixture->bytes, &length);

  g_assert_cmpint (fd, >=, 0);
  unlink (name);
  g_assert_cmpint (write (fd, bytes, length), ==, length);
  for (guint i = 0; i < FIRST + LATER; i++)
    {
      if (i == FIRST)
        before = heap_n;
      lseek (fd, 0, SEEK_SET);
      migdesc_stream_reader_restart (reader);
      g_assert_true (migdesc_stream_reader_read_fd (reader, fd, NULL, NULL));
    }
  g_assert_cmpuint (heap_n - before, ==, 0);
  g_assert_cmpmem (&fixture->fresh, sizeof (Nic), &fixture->state, sizeof (Nic));
  close (fd);
}

/* What a reader keeps of the manifest before is no promise of the next one. */
static void
test_other_manifest (Fixture *fixture,
                     gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (MigdescStreamReader) reader = make_reader (fixture, NULL);
  g_autoptr (MigdescStreamWriter) writer = NULL;
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_stream_reader_read_bytes (reader, fixture->bytes, NULL));
  migdesc_param_list_unref (fixture->params);
  fixture->params = migdesc_param_list_new_from_string ("queues=127,rss=on", NULL);
  writer = make_writer (fixture);
  other = migdesc_stream_writer_to_bytes (writer, NULL);
  migdesc_stream_reader_restart (reader);
  g_assert_null (migdesc_stream_reader_get_manifest (reader));
  g_assert_false (migdesc_stream_reader_read_bytes (reader, other, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG_MISMATCH);
  g_assert_cmpstr (error->message, ==,
                   "nic0: the parameter queues is 127 in the stream, and 128 here");
  migdesc_stream_reader_restart (reader);
  g_assert_true (migdesc_stream_reader_read_bytes (reader, fixture->bytes, NULL));
}

#define ADD(name, function) \
  g_test_add ("/state-allocations/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-allocations/counted", test_counted);
  ADD ("save", test_save);
  ADD ("load", test_load);
  ADD ("load/detected", test_load_detected);
  ADD ("load/pieces", test_load_pieces);
  ADD ("load/fd", test_load_fd);
  ADD ("other-manifest", test_other_manifest);
  return g_test_run ();
}
