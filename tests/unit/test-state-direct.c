/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>
#include <unistd.h>

#include <migdesc/migdesc.h>

/* Large buffers that come in pieces are put where they belong at once: with the same result, and
 * the same errors, as a stream that is there whole. */

#define FIXED 300000u
#define MOST (4u << 20)

typedef struct
{
  guint32 before;
  guint8 fixed[FIXED];
  guint16 between;
  guint32 n;
  guint8 *data;
  guint64 after;
} Disk;

static const MigdescField disk_fields[] = {
  MIGDESC_U32 (Disk, before, 0, 99),
  MIGDESC_BYTES (Disk, fixed),
  MIGDESC_U16 (Disk, between, 0, 99),
  MIGDESC_VBYTES (Disk, data, n, MOST),
  MIGDESC_U64 (Disk, after, 0, 99),
};
MIGDESC_STRUCT (disk_table, Disk, 1, 1, disk_fields, NULL);

static void
commit (gpointer device,
        gpointer loaded)
{
  Disk *disk = device;
  Disk *fresh = loaded;

  g_free (disk->data);
  *disk = *fresh;
  fresh->data = NULL;
  fresh->n = 0;
}

static const MigdescDeviceFuncs funcs = { .commit = commit };

static MigdescDeviceSet *
make_set (Disk *disk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&disk_table, &error);
  MigdescDeviceSet *set = migdesc_device_set_new ();

  g_assert_no_error (error);
  migdesc_device_set_add (set, "disk", NULL, type, &funcs, disk, &error);
  g_assert_no_error (error);
  return set;
}

static GBytes *
save (guint32 n)
{
  g_autofree Disk *disk = g_new0 (Disk, 1);
  g_autoptr (MigdescDeviceSet) set = make_set (disk);
  g_autofree guint8 *data = g_malloc (n + 1);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  for (guint32 i = 0; i < FIXED; i++)
    disk->fixed[i] = (guint8) (i * 7 + i / 256);
  for (guint32 i = 0; i < n; i++)
    data[i] = (guint8) (i * 13 + i / 256);
  disk->before = 1;
  disk->between = 2;
  disk->after = 3;
  disk->n = n;
  disk->data = data;
  bytes = migdesc_device_set_save (set, NULL, &error);
  g_assert_no_error (error);
  return bytes;
}

/* Feeds pieces of a length, the first with another; the error, or NULL. */
static char *
load (MigdescDeviceSet *set,
      const guint8 *bytes,
      gsize length,
      gsize first,
      gsize piece)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamReader) reader = migdesc_device_set_begin_load (set, NULL, &error);
  gboolean good = TRUE;

  g_assert_no_error (error);
  for (gsize at = 0, n = first; good && at < length; at += n, n = piece)
    {
      n = MIN (n, length - at);
      good = migdesc_stream_reader_feed (reader, bytes + at, n, &error);
    }
  if (!good || !migdesc_device_set_finish_load (set, reader, &error))
    return g_strdup (error->message);
  return NULL;
}

static void
assert_loads (GBytes *bytes,
              gsize first,
              gsize piece)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree Disk *disk = g_new0 (Disk, 1);
  g_autoptr (MigdescDeviceSet) set = make_set (disk);
  g_autofree char *message = load (set, data, length, first, piece);
  g_autoptr (GBytes) again = migdesc_device_set_save (set, NULL, NULL);

  g_assert_cmpstr (message, ==, NULL);
  g_assert_true (g_bytes_equal (again, bytes));
  g_free (disk->data);
}

static void
test_pieces (void)
{
  static const guint32 sizes[] = { 0, 1, 100000, 262144, 1048576, 1048577, 3000000 };
  static const gsize pieces[] = { 1000, 8191, 131071, 131072, 131080, 131088, 300000, 10000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = save (sizes[i]);

      for (guint j = 0; j < G_N_ELEMENTS (pieces); j++)
        for (gsize first = 1; first <= 17; first += 8)
          assert_loads (bytes, first, pieces[j]);
    }
}

/* Where a piece ends, whatever it ends within. */
static void
test_edges (void)
{
  g_autoptr (GBytes) bytes = save (150000);
  gsize length = g_bytes_get_size (bytes);

  for (gsize edge = 131072; edge < length; edge += 131088)
    for (gsize first = edge; first < edge + 400; first++)
      assert_loads (bytes, first, 131088);
}

/* As a stream that is there whole: nothing is loaded, for the same reason. */
static void
assert_same_error (const guint8 *data,
                   gsize length,
                   gsize piece)
{
  g_autofree Disk *disk = g_new0 (Disk, 1);
  g_autoptr (MigdescDeviceSet) set = make_set (disk);
  g_autofree char *whole = load (set, data, length, length, length);
  g_autofree char *pieces = load (set, data, length, 1, piece);

  g_assert_nonnull (whole);
  g_assert_cmpstr (pieces, ==, whole);
  g_assert_cmpuint (disk->before, ==, 0);
  g_assert_null (disk->data);
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) bytes = save (400000);
  gsize length;
  g_autofree guint8 *data = g_bytes_unref_to_data (g_bytes_ref (bytes), &length);

  for (gsize at = 500; at < length; at += 3001)
    {
      data[at] ^= 0x10;
      assert_same_error (data, length, 5000);
      data[at] ^= 0x10;
    }
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) bytes = save (400000);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize end = 500; end < length; end += 3001)
    assert_same_error (data, end, 5000);
}

static gpointer
write_slowly (gpointer user_data)
{
  gpointer *given = user_data;
  int fd = GPOINTER_TO_INT (given[1]);
  gsize length;
  const guint8 *data = g_bytes_get_data (given[0], &length);

  for (gsize n; length > 0; data += n, length -= n)
    {
      n = MIN (length, 777);
      g_assert_cmpint (write (fd, data, n), ==, (gssize) n);
    }
  close (fd);
  return NULL;
}

static void
test_fd (void)
{
  g_autoptr (GBytes) bytes = save (1500000), again = NULL;
  g_autofree Disk *disk = g_new0 (Disk, 1);
  g_autoptr (MigdescDeviceSet) set = make_set (disk);
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  GThread *writer;
  gpointer given[2];
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  given[0] = bytes;
  given[1] = GINT_TO_POINTER (fds[1]);
  writer = g_thread_new ("writer", write_slowly, given);
  reader = migdesc_device_set_begin_load (set, NULL, &error);
  g_assert_no_error (error);
  migdesc_stream_reader_read_fd (reader, fds[0], NULL, &error);
  g_assert_no_error (error);
  g_thread_join (writer);
  close (fds[0]);
  g_assert_true (migdesc_device_set_finish_load (set, reader, &error));
  g_assert_no_error (error);
  again = migdesc_device_set_save (set, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again, bytes));
  g_free (disk->data);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state/direct/pieces", test_pieces);
  g_test_add_func ("/state/direct/edges", test_edges);
  g_test_add_func ("/state/direct/damaged", test_damaged);
  g_test_add_func ("/state/direct/truncated", test_truncated);
  g_test_add_func ("/state/direct/fd", test_fd);
  return g_test_run ();
}
