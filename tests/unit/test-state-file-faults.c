/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <sys/stat.h>

#include <glib/gstdio.h>

#include "io-faults.h"
#include "stream-tamper.h"

/* A file of states is the old one or the new one, whatever fails and at which byte; only its owner
 * can read it, and nothing is left beside it. */

typedef struct
{
  char *folder;
  char *path;
  GBytes *old;
  GBytes *bytes;
  MigdescStreamWriter *writer;
} Fixture;

static void
put_old (Fixture *fixture)
{
  gsize length;
  const char *text = g_bytes_get_data (fixture->old, &length);

  g_assert_true (g_file_set_contents_full (fixture->path, text, (gssize) length,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
set_up (Fixture *fixture,
        gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = g_dir_make_tmp ("file-faults-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "dev.mds", NULL);
  fixture->old = g_bytes_new ("what was there before", 21);
  fixture->bytes = stream_save (&tiny_device);
  fixture->writer = stream_writer (&tiny_device);
  put_old (fixture);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  memset (&faults, 0, sizeof faults);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* so that it was alone */
  g_object_unref (fixture->writer);
  g_bytes_unref (fixture->old);
  g_bytes_unref (fixture->bytes);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static GError *
write_file (Fixture *fixture)
{
  GError *error = NULL;

  migdesc_stream_writer_restart (fixture->writer);
  faults.done = 0;
  faults.n_syncs = 0;
  faults.on = TRUE;
  migdesc_stream_writer_write_file (fixture->writer, fixture->path, NULL, &error);
  faults.on = FALSE;
  return error;
}

static void
assert_file (Fixture *fixture,
             GBytes *expected)
{
  g_autofree char *found = NULL;
  gsize length, n;
  const char *wanted = g_bytes_get_data (expected, &n);
  struct stat info;

  g_assert_true (g_file_get_contents (fixture->path, &found, &length, NULL));
  g_assert_cmpuint (length, ==, n);
  g_assert_cmpint (memcmp (found, wanted, n), ==, 0);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
}

static void
assert_fails (Fixture *fixture,
              const char *place,
              const char *why)
{
  g_autofree char *message = g_strdup_printf ("%s: %s", place, why);
  g_autoptr (GError) error = write_file (fixture);

  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_full (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  gsize length = g_bytes_get_size (fixture->bytes);

  faults.error = ENOSPC;
  for (faults.fail_at = 0; faults.fail_at < length; faults.fail_at++)
    {
      assert_fails (fixture, fixture->path,
                    "the stream cannot be written: No space left on device");
      assert_file (fixture, fixture->old);
    }
  g_assert_no_error (write_file (fixture));
  assert_file (fixture, fixture->bytes);
}

static void
test_interrupted (Fixture *fixture,
                  gconstpointer data G_GNUC_UNUSED)
{
  faults.interrupts = TRUE;
  faults.piece = 1;
  faults.sync_error = EINTR;
  faults.sync_at = 1;
  g_assert_no_error (write_file (fixture));
  g_assert_cmpuint (faults.n_syncs, ==, 3); /* the file twice, and the directory */
  assert_file (fixture, fixture->bytes);
}

static void
test_sync (Fixture *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  faults.sync_error = EIO;
  faults.sync_at = 1;
  assert_fails (fixture, fixture->path, "cannot be written: Input/output error");
  assert_file (fixture, fixture->old);
}

static void
test_rename (Fixture *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  faults.rename_error = EROFS;
  assert_fails (fixture, fixture->path, "cannot be written: Read-only file system");
  assert_file (fixture, fixture->old);
}

/* The last step: the new file is there, and whole. */
static void
test_directory (Fixture *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  faults.sync_error = EIO;
  faults.sync_at = 2;
  assert_fails (fixture, fixture->folder, "cannot be written: Input/output error");
  assert_file (fixture, fixture->bytes);
}

#define ADD(name) \
  g_test_add ("/state-file-faults/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (full);
  ADD (interrupted);
  ADD (sync);
  ADD (rename);
  ADD (directory);
  return g_test_run ();
}
