/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-check.h"

#include "state/format.h"

/* The formats that can be left out, as streams use them: found by name and by their first bytes,
 * with schemas and more than one device, fed as it comes, within limits. */

static const char *const formats[] = {
#ifdef MIGDESC_HAVE_CBOR
  "cbor",
#endif
#ifdef MIGDESC_HAVE_DER
  "der",
#endif
  NULL
};

static void
fill (Timer *timers)
{
  timers[0] = (Timer) { -1, 2 };
  timers[1] = (Timer) { G_MAXINT64, 3 };
}

static MigdescStreamWriter *
make_writer (const char *format,
             const Timer *timers)
{
  g_autoptr (MigdescStateType) type = stream_type (&timer_state);
  g_autoptr (GError) error = NULL;
  MigdescStreamWriter *writer = migdesc_stream_writer_new (format, &error);

  g_assert_no_error (error);
  migdesc_stream_writer_set_embed_schemas (writer, TRUE);
  migdesc_stream_writer_add_struct (writer, "a", NULL, type, 0, &timers[0], &error);
  g_assert_no_error (error);
  migdesc_stream_writer_add_struct (writer, "b", NULL, type, 0, &timers[1], &error);
  g_assert_no_error (error);
  return writer;
}

static GBytes *
save (const char *format,
      const Timer *timers)
{
  g_autoptr (MigdescStreamWriter) writer = make_writer (format, timers);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = migdesc_stream_writer_to_bytes (writer, &error);

  g_assert_no_error (error);
  return bytes;
}

static MigdescStreamReader *
make_reader (const MigdescLimits *limits,
             Timer *timers)
{
  g_autoptr (MigdescStateType) type = stream_type (&timer_state);
  g_autoptr (GError) error = NULL;
  MigdescStreamReader *reader = migdesc_stream_reader_new (NULL, limits, &error);

  g_assert_no_error (error);
  migdesc_stream_reader_expect_struct (reader, "a", NULL, type, &timers[0], &error);
  g_assert_no_error (error);
  migdesc_stream_reader_expect_struct (reader, "b", NULL, type, &timers[1], &error);
  g_assert_no_error (error);
  return reader;
}

static void
test_pieces (void)
{
  static const gsize pieces[] = { 1, 7, 100000 };
  Timer timers[2];

  fill (timers);
  for (guint i = 0; formats[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (pieces); j++)
      {
        g_autoptr (GBytes) bytes = save (formats[i], timers);
        Timer fresh[2] = { { 0, 0 }, { 0, 0 } };
        g_autoptr (MigdescStreamReader) reader = make_reader (NULL, fresh);
        g_autoptr (GError) error = NULL;

        stream_feed (reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), pieces[j],
                     &error);
        g_assert_no_error (error);
        g_assert_true (migdesc_stream_reader_is_finished (reader));
        g_assert_cmpstr (migdesc_stream_reader_get_format (reader), ==, formats[i]);
        g_assert_cmpint (fresh[0].expires, ==, -1);
        g_assert_cmpint (fresh[1].expires, ==, G_MAXINT64);
        g_assert_cmpuint (fresh[1].mode, ==, 3);
      }
}

/* A writer and a reader that are used again give the same again. */
static void
test_again (void)
{
  Timer timers[2];

  fill (timers);
  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (MigdescStreamWriter) writer = make_writer (formats[i], timers);
      g_autoptr (GBytes) first = migdesc_stream_writer_to_bytes (writer, NULL);
      g_autoptr (GBytes) second = NULL;
      Timer fresh[2];
      g_autoptr (MigdescStreamReader) reader = make_reader (NULL, fresh);
      g_autoptr (GError) error = NULL;

      migdesc_stream_writer_restart (writer);
      second = migdesc_stream_writer_to_bytes (writer, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (first, second));
      for (guint j = 0; j < 2; j++)
        {
          memset (fresh, 0, sizeof fresh);
          migdesc_stream_reader_read_bytes (reader, first, &error);
          g_assert_no_error (error);
          g_assert_cmpint (fresh[1].expires, ==, G_MAXINT64);
          migdesc_stream_reader_restart (reader);
        }
    }
}

static void
test_prefixes (void)
{
  Timer timers[2];

  fill (timers);
  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = save (formats[i], timers);

      for (gsize n = 0; n < g_bytes_get_size (bytes); n++)
        {
          Timer fresh[2];
          g_autoptr (MigdescStreamReader) reader = make_reader (NULL, fresh);
          g_autoptr (GError) error = NULL;

          g_assert_false (
              stream_feed (reader, g_bytes_get_data (bytes, NULL), n, 1000, &error));
          g_assert_nonnull (error);
        }
    }
}

/* Two schemas of one digest */
static void
test_schemas (void)
{
  static const char manifest[] = "{\"devices\":[]}";
  static const char digest[]
      = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (GObject) saver = g_object_new (migdesc_formats_find (formats[i])->save_type (),
                                                "mode", MIGDESC_VISITOR_SAVE, NULL);
      g_autoptr (GObject) loader = g_object_new (migdesc_formats_find (formats[i])->load_type (),
                                                 "mode", MIGDESC_VISITOR_LOAD, NULL);
      MigdescStreamVisitor *out = MIGDESC_STREAM_VISITOR (saver);
      MigdescStreamVisitor *in = MIGDESC_STREAM_VISITOR (loader);
      MigdescStreamVisitorClass *klass = MIGDESC_STREAM_VISITOR_GET_CLASS (out);
      MigdescStreamEvent event = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_true (klass->begin_stream (out, manifest, strlen (manifest), NULL));
      g_assert_true (klass->write_schema (out, digest, "{}", 2, NULL));
      g_assert_true (klass->write_schema (out, digest, "{}", 2, NULL));
      g_assert_true (klass->end_stream (out, NULL));
      in->input = out->output->data;
      in->input_length = out->output->len;
      in->input_ended = TRUE;
      klass = MIGDESC_STREAM_VISITOR_GET_CLASS (in);
      for (guint j = 0; j < 2; j++)
        {
          g_assert_true (klass->next_event (in, &event, NULL));
          migdesc_stream_event_clear (&event);
        }
      g_assert_false (klass->next_event (in, &event, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
      g_assert_nonnull (strstr (error->message, "is there twice (byte "));
      g_assert_null (event.text);
    }
}

static void
assert_limit (const char *format,
              MigdescLimit limit,
              guint64 value)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  Timer timers[2], fresh[2];

  fill (timers);
  bytes = save (format, timers);
  migdesc_limits_set (limits, limit, value);
  reader = make_reader (limits, fresh);
  g_assert_false (migdesc_stream_reader_read_bytes (reader, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
}

static void
test_limits (void)
{
  for (guint i = 0; formats[i] != NULL; i++)
    assert_limit (formats[i], MIGDESC_LIMIT_STATE_SIZE, 100);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/* The peak of memory is the input's, and a little. What a sanitizer or memcheck holds back of what
 * was freed says nothing. */
static gsize
get_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
#ifdef __SANITIZE_ADDRESS__
  return 0;
#endif
  if (g_getenv ("MIGDESC_MEMCHECK") != NULL)
    return 0;
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return (gsize) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

/* 2^32-1, or as many as the data just are, in the place of each byte of a stream. */
static void
test_counts (void)
{
  static const guint8 counts[][9] = {
    { 0x9a, 0xff, 0xff, 0xff, 0xff }, { 0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
    { 0x5a, 0xff, 0xff, 0xff, 0xff }, { 0x7a, 0x7f, 0xff, 0xff, 0xff },
    { 0x30, 0x84, 0x7f, 0xff, 0xff, 0xff }, { 0x04, 0x84, 0xff, 0xff, 0xff, 0xff },
  };
  Timer timers[2];
  gsize before;

  fill (timers);
  before = get_peak ();
  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = save (formats[i], timers);
      gsize length = g_bytes_get_size (bytes);

      for (gsize n = 0; n + 9 < length; n++)
        for (guint j = 0; j < G_N_ELEMENTS (counts); j++)
          {
            g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
            Timer fresh[2];
            g_autoptr (MigdescStreamReader) reader = make_reader (NULL, fresh);

            memcpy (data + n, counts[j], counts[j][0] == 0xbb ? 9 : 6);
            stream_feed (reader, data, length, length, NULL);
          }
    }
  g_assert_cmpuint (get_peak () - before, <, 1024 * 1024);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-plugins/pieces", test_pieces);
  g_test_add_func ("/state-plugins/again", test_again);
  g_test_add_func ("/state-plugins/prefixes", test_prefixes);
  g_test_add_func ("/state-plugins/schemas", test_schemas);
  g_test_add_func ("/state-plugins/limits", test_limits);
  g_test_add_func ("/state-plugins/counts", test_counts);
  return g_test_run ();
}
