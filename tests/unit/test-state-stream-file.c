/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-check.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files of states: old or new, never half. */

typedef struct
{
  char *folder;
  char *path;
  Scalars state;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("stream-file-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "nic.mds", NULL);
  fill_scalars (&fixture->state);
}

static guint
count_files (const Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static MigdescStreamWriter *
writer_of (const Fixture *fixture)
{
  const Device device = { &scalars_state, 1, NULL, (gpointer) &fixture->state };

  return stream_writer (&device);
}

static void
assert_holds (const char *path,
              const char *wanted,
              gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  gsize n;

  g_file_get_contents (path, &found, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, length);
  g_assert_true (memcmp (found, wanted, n) == 0);
}

static void
test_round_trip (Fixture *fixture,
                 gconstpointer data)
{
  const Device device = { &scalars_state, 1, NULL, &fixture->state };
  g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
  g_autoptr (GBytes) bytes = stream_save (&device);
  g_autoptr (GError) error = NULL;
  Scalars fresh;
  g_autoptr (MigdescStreamReader) reader = stream_reader (&device, &fresh);
  struct stat info;

  g_assert_true (g_file_set_contents (fixture->path, "old", 3, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0666), ==, 0);
  g_assert_true (migdesc_stream_writer_write_file (writer, fixture->path, NULL, &error));
  g_assert_no_error (error);
  assert_holds (fixture->path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_true (migdesc_stream_reader_read_file (reader, fixture->path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (migdesc_stream_reader_is_finished (reader));
}

/* A value that may not be written: only seen when the file has been begun. */
static void
test_bad_state (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (MigdescStreamWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *start = g_strconcat (fixture->path, ": dev0: ", NULL);

  memset (&fixture->state, 0xff, sizeof fixture->state);
  writer = writer_of (fixture);
  g_assert_true (g_file_set_contents (fixture->path, "old", 3, NULL));
  g_assert_false (migdesc_stream_writer_write_file (writer, fixture->path, NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, start));
  assert_holds (fixture->path, "old", 3);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* As a full disk, after any number of bytes. */
static void
test_no_space (Fixture *fixture,
               gconstpointer data)
{
  const Device device = { &scalars_state, 1, NULL, &fixture->state };
  g_autoptr (GBytes) bytes = stream_save (&device);
  struct rlimit old, limit;

  g_assert_true (g_file_set_contents (fixture->path, "old", 3, NULL));
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  for (gsize n = 0; n < g_bytes_get_size (bytes); n += 13)
    {
      g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
      g_autoptr (GError) error = NULL;
      g_autofree char *message
          = g_strconcat (fixture->path, ": the stream cannot be written: File too large", NULL);
      gboolean done;

      limit = old;
      limit.rlim_cur = n;
      setrlimit (RLIMIT_FSIZE, &limit);
      done = migdesc_stream_writer_write_file (writer, fixture->path, NULL, &error);
      setrlimit (RLIMIT_FSIZE, &old);
      g_assert_false (done);
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
      g_assert_cmpstr (error->message, ==, message);
      assert_holds (fixture->path, "old", 3);
      g_assert_cmpuint (count_files (fixture), ==, 1);
    }
}

static void
test_cancelled (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (
      migdesc_stream_writer_write_file (writer, fixture->path, cancellable, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (fixture), ==, 0);
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

static gboolean
write_and_wait (MigdescStreamWriter *writer,
                const char *path,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  migdesc_stream_writer_write_file_async (writer, path, 0, cancellable, keep_result, &result);
  return migdesc_stream_writer_write_file_finish (writer, wait_for_result (&result), error);
}

static gboolean
read_and_wait (MigdescStreamReader *reader,
               const char *path,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  migdesc_stream_reader_read_file_async (reader, path, 0, cancellable, keep_result, &result);
  return migdesc_stream_reader_read_file_finish (reader, wait_for_result (&result), error);
}

static void
test_async (Fixture *fixture,
            gconstpointer data)
{
  const Device device = { &scalars_state, 1, NULL, &fixture->state };
  g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
  g_autoptr (GBytes) bytes = stream_save (&device);
  g_autoptr (GError) error = NULL;
  Scalars fresh;
  g_autoptr (MigdescStreamReader) reader = stream_reader (&device, &fresh);

  g_assert_true (write_and_wait (writer, fixture->path, NULL, &error));
  g_assert_no_error (error);
  assert_holds (fixture->path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_true (read_and_wait (reader, fixture->path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (migdesc_stream_reader_is_finished (reader));
}

static void
test_async_fails (Fixture *fixture,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "none", "nic.mds", NULL);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (read_and_wait (reader, path, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_clear_error (&error);
  g_assert_false (write_and_wait (writer, path, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
}

static void
test_async_is_cancelled (Fixture *fixture,
                         gconstpointer data)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "old", 3, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (write_and_wait (writer, fixture->path, cancellable, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (read_and_wait (reader, fixture->path, cancellable, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  assert_holds (fixture->path, "old", 3);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_link (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (g_file_set_contents (target, "old", 3, NULL));
  g_assert_cmpint (symlink ("target", fixture->path), ==, 0);
  g_assert_true (migdesc_stream_writer_write_file (writer, fixture->path, NULL, &error));
  g_assert_no_error (error);
  assert_holds (target, "old", 3);
  g_assert_cmpint (g_lstat (fixture->path, &info), ==, 0);
  g_assert_true (S_ISREG (info.st_mode));
  g_assert_cmpuint (count_files (fixture), ==, 2);
}

/* Neither a device nor a link to one is replaced. */
static void
test_special (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
  g_autofree char *message
      = g_strconcat (fixture->path,
                     ": cannot be written: it is no regular file, to be replaced by one", NULL);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_cmpint (symlink ("/dev/full", fixture->path), ==, 0);
  g_assert_false (migdesc_stream_writer_write_file (writer, fixture->path, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpint (g_lstat (fixture->path, &info), ==, 0);
  g_assert_true (S_ISLNK (info.st_mode));
}

static void
test_nowhere (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (MigdescStreamWriter) writer = writer_of (fixture);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "no\nfolder", "nic.mds", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_stream_writer_write_file (writer, path, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
  g_assert_true (g_str_has_suffix (
      error->message, "no\\nfolder/nic.mds: cannot be written: No such file or directory"));
  g_clear_error (&error);
  g_assert_false (migdesc_stream_reader_read_file (reader, path, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_assert_true (g_str_has_suffix (
      error->message, "no\\nfolder/nic.mds: cannot be read: No such file or directory"));
}

static void
test_not_a_stream (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autofree char *message = g_strconcat (
      fixture->path, ": not a stream of states in any known format (byte 0)", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "hello", 5, NULL));
  g_assert_false (migdesc_stream_reader_read_file (reader, fixture->path, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  g_assert_cmpstr (error->message, ==, message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/state/stream-file/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("bad-state", test_bad_state);
  ADD ("no-space", test_no_space);
  ADD ("cancelled", test_cancelled);
  ADD ("async", test_async);
  ADD ("async-fails", test_async_fails);
  ADD ("async-is-cancelled", test_async_is_cancelled);
  ADD ("link", test_link);
  ADD ("special", test_special);
  ADD ("nowhere", test_nowhere);
  ADD ("not-a-stream", test_not_a_stream);
#undef ADD
  return g_test_run ();
}
