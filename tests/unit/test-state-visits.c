/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc.h>

/* Visit functions through every format: each kind of value at its ends, and what is out of bounds
 * on either side. */

typedef struct
{
  guint8 u8;
  guint16 u16;
  guint32 u32;
  guint64 u64;
  gint8 i8;
  gint16 i16;
  gint32 i32;
  gint64 i64;
  gboolean truth;
  double real;
  guint word;
  char *text;
  GBytes *bytes;
  guint8 buffer[3];
  guint64 n_list;
  gint16 list[4];
  gboolean has_inner;
  gint64 inner;
} Values;

/* What is narrowed: the place in the order of the visits, or NONE. */
#define NONE 100

static const char *const words[] = { "down", "up", NULL };

/* The bounds of a number are those of its width, or such that 1 alone is allowed. */
#define NUMBER(i, width, type, min, max)                                                         \
  migdesc_visitor_visit_##width (visitor, #type, &values->type, narrowed == (i) ? 1 : (min),      \
                                 narrowed == (i) ? 1 : (max), error)

static gboolean
visit_numbers (MigdescVisitor *visitor,
               Values *values,
               guint narrowed,
               GError **error)
{
  return NUMBER (0, uint8, u8, 0, G_MAXUINT8) && NUMBER (1, uint16, u16, 0, G_MAXUINT16)
         && NUMBER (2, uint32, u32, 0, G_MAXUINT32) && NUMBER (3, uint64, u64, 0, G_MAXUINT64)
         && NUMBER (4, int8, i8, G_MININT8, G_MAXINT8)
         && NUMBER (5, int16, i16, G_MININT16, G_MAXINT16)
         && NUMBER (6, int32, i32, G_MININT32, G_MAXINT32)
         && NUMBER (7, int64, i64, G_MININT64, G_MAXINT64)
         && NUMBER (8, double, real, -1e300, 1e300);
}

static gboolean
visit_list (MigdescVisitor *visitor,
            Values *values,
            GError **error)
{
  if (!migdesc_visitor_begin_array (visitor, "list", &values->n_list, 4, error))
    return FALSE;
  for (guint i = 0; i < values->n_list; i++)
    if (!migdesc_visitor_visit_int16 (visitor, NULL, &values->list[i], -9, 9, error))
      return FALSE;
  return migdesc_visitor_end_array (visitor, error);
}

static gboolean
visit (MigdescVisitor *visitor,
       gpointer state,
       gpointer data,
       GError **error)
{
  Values *values = state;
  const guint narrowed = GPOINTER_TO_UINT (data);

  return visit_numbers (visitor, values, narrowed, error)
         && migdesc_visitor_visit_bool (visitor, "truth", &values->truth, error)
         && migdesc_visitor_visit_enum (visitor, "word", &values->word, words, error)
         && migdesc_visitor_visit_string (visitor, "text", &values->text, narrowed == 9 ? 2 : 3,
                                          error)
         && migdesc_visitor_visit_bytes (visitor, "bytes", &values->bytes, narrowed == 10 ? 3 : 4,
                                         error)
         && migdesc_visitor_visit_buffer (visitor, "buffer", values->buffer, 3, error)
         && visit_list (visitor, values, error)
         && migdesc_visitor_begin_pointer (visitor, "inner", &values->has_inner, error)
         && (!values->has_inner
             || migdesc_visitor_visit_int64 (visitor, "v", &values->inner, -9, 9, error))
         && migdesc_visitor_end_pointer (visitor, error);
}

static void
fill (Values *values,
      gboolean lowest)
{
  *values = (Values) { 0, 0, 0, 0, G_MININT8, G_MININT16, G_MININT32, G_MININT64, FALSE, -1e300,
                       0, NULL, NULL, { 1, 2, 3 }, 0, { 0 }, FALSE, 0 };
  if (!lowest)
    *values = (Values) { G_MAXUINT8, G_MAXUINT16, G_MAXUINT32, G_MAXUINT64, G_MAXINT8, G_MAXINT16,
                         G_MAXINT32, G_MAXINT64, TRUE, 0.1, 1, NULL, NULL, { 4, 5, 6 }, 3,
                         { -9, 0, 9 }, TRUE, -9 };
  values->text = g_strdup (lowest ? "" : "abc");
  values->bytes = lowest ? g_bytes_new_static ("", 0) : g_bytes_new_static ("\0\1\2\3", 4);
}

static void
clear (Values *values)
{
  g_free (values->text);
  g_clear_pointer (&values->bytes, g_bytes_unref);
}

static GBytes *
save (const char *format,
      Values *values,
      guint narrowed,
      GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, NULL);

  migdesc_stream_writer_add_visit (writer, "dev0", NULL, 1, visit, values,
                                   GUINT_TO_POINTER (narrowed), NULL, NULL);
  return migdesc_stream_writer_to_bytes (writer, error);
}

static gboolean
load (const char *format,
      GBytes *bytes,
      Values *values,
      guint narrowed,
      GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (format, NULL, NULL);

  migdesc_stream_reader_expect_visit (reader, "dev0", NULL, 1, 1, visit, values,
                                      GUINT_TO_POINTER (narrowed), NULL, NULL);
  return migdesc_stream_reader_read_bytes (reader, bytes, error);
}

static void
assert_equal (const Values *one,
              const Values *other)
{
  Values copy = *other;

  g_assert_cmpstr (copy.text, ==, one->text);
  g_assert_true (g_bytes_equal (copy.bytes, one->bytes));
  copy.text = one->text;
  copy.bytes = one->bytes;
  g_assert_cmpmem (&copy, sizeof copy, one, sizeof *one);
}

static void
test_round_trip (gconstpointer format)
{
  for (guint lowest = 0; lowest < 2; lowest++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GError) error = NULL;
      Values values, loaded;

      memset (&values, 0, sizeof values);
      memset (&loaded, 0, sizeof loaded);
      fill (&values, lowest != 0);
      bytes = save (format, &values, NONE, &error);
      g_assert_no_error (error);
      load (format, bytes, &loaded, NONE, &error);
      g_assert_no_error (error);
      again = save (format, &loaded, NONE, &error);
      g_assert_no_error (error);
      assert_equal (&values, &loaded);
      g_assert_true (g_bytes_equal (again, bytes));
      clear (&values);
      clear (&loaded);
    }
}

static const struct
{
  guint narrowed;
  int code;
  const char *message; /* how it begins */
} narrow[] = {
  { 0, MIGDESC_ERROR_STATE_RANGE, "dev0: u8: 255 is not in 1 to 1" },
  { 1, MIGDESC_ERROR_STATE_RANGE, "dev0: u16: 65535 is not in 1 to 1" },
  { 2, MIGDESC_ERROR_STATE_RANGE, "dev0: u32: 4294967295 is not in 1 to 1" },
  { 3, MIGDESC_ERROR_STATE_RANGE, "dev0: u64: 18446744073709551615 is not in 1 to 1" },
  { 4, MIGDESC_ERROR_STATE_RANGE, "dev0: i8: 127 is not in 1 to 1" },
  { 5, MIGDESC_ERROR_STATE_RANGE, "dev0: i16: 32767 is not in 1 to 1" },
  { 6, MIGDESC_ERROR_STATE_RANGE, "dev0: i32: 2147483647 is not in 1 to 1" },
  { 7, MIGDESC_ERROR_STATE_RANGE, "dev0: i64: 9223372036854775807 is not in 1 to 1" },
  { 8, MIGDESC_ERROR_STATE_RANGE, "dev0: real: 0.1" },
  { 9, MIGDESC_ERROR_STATE_COUNT, "dev0: text: 3 bytes, at most 2 are allowed" },
  { 10, MIGDESC_ERROR_STATE_COUNT, "dev0: bytes: 4 bytes, at most 3 are allowed" },
};

static void
assert_narrow (gsize i,
               GError *error)
{
  g_assert_error (error, MIGDESC_ERROR, narrow[i].code);
  if (!g_str_has_prefix (error->message, narrow[i].message))
    g_assert_cmpstr (error->message, ==, narrow[i].message);
  g_error_free (error);
}

static void
test_bounds (gconstpointer format)
{
  g_autoptr (GBytes) bytes = NULL;
  Values values, loaded;

  fill (&values, FALSE);
  bytes = save (format, &values, NONE, NULL);
  g_assert_nonnull (bytes);
  for (gsize i = 0; i < G_N_ELEMENTS (narrow); i++)
    {
      GError *error = NULL;

      g_assert_null (save (format, &values, narrow[i].narrowed, &error));
      assert_narrow (i, g_steal_pointer (&error));
      memset (&loaded, 0, sizeof loaded);
      g_assert_false (load (format, bytes, &loaded, narrow[i].narrowed, &error));
      assert_narrow (i, error);
      clear (&loaded);
    }
  clear (&values);
}

/* One that ends anywhere is refused, and what was loaded so far is freed. */
static void
test_prefixes (gconstpointer format)
{
  const gboolean is_json = g_str_equal (format, "json");
  g_autoptr (GBytes) bytes = NULL;
  Values values, loaded;
  gsize length;

  fill (&values, FALSE);
  bytes = save (format, &values, NONE, NULL);
  length = g_bytes_get_size (bytes) - (is_json ? 1 : 0); /* the end of the line */
  for (gsize n = 0; n < length; n++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, n);
      g_autoptr (GError) error = NULL;

      memset (&loaded, 0, sizeof loaded);
      g_assert_false (load (format, part, &loaded, NONE, &error));
      if (is_json) /* the text ends in a token, or between two */
        g_assert_true (error->domain == MIGDESC_ERROR
                       && error->code <= MIGDESC_ERROR_JSON_TRAILING_DATA);
      else
        g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED);
      clear (&loaded);
    }
  clear (&values);
}

/* A reader of other versions. */
static void
test_versions (gconstpointer format)
{
  static const struct
  {
    guint minimum;
    guint newest;
    int code;
    const char *message;
  } cases[] = {
    { 2, 3, MIGDESC_ERROR_STATE_TOO_OLD, "dev0: state version 1, the oldest known is 2" },
    { 1, 1, 0, NULL },
    { 1, 9, 0, NULL },
  };
  g_autoptr (GBytes) bytes = NULL;
  Values values;

  fill (&values, FALSE);
  bytes = save (format, &values, NONE, NULL);
  clear (&values);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (format, NULL, NULL);
      g_autoptr (GError) error = NULL;

      memset (&values, 0, sizeof values);
      migdesc_stream_reader_expect_visit (reader, "dev0", NULL, cases[i].minimum,
                                          cases[i].newest, visit, &values,
                                          GUINT_TO_POINTER (NONE), NULL, NULL);
      migdesc_stream_reader_read_bytes (reader, bytes, &error);
      if (cases[i].message == NULL)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, MIGDESC_ERROR, cases[i].code);
          g_assert_cmpstr (error->message, ==, cases[i].message);
        }
      clear (&values);
    }
}

static void
test_too_new (void)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Values values;

  fill (&values, TRUE);
  migdesc_stream_writer_add_visit (writer, "dev0", NULL, 7, visit, &values,
                                   GUINT_TO_POINTER (NONE), NULL, NULL);
  bytes = migdesc_stream_writer_to_bytes (writer, NULL);
  migdesc_stream_reader_expect_visit (reader, "dev0", NULL, 1, 6, visit, &values,
                                      GUINT_TO_POINTER (NONE), NULL, NULL);
  g_assert_false (migdesc_stream_reader_read_bytes (reader, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_NEW);
  g_assert_cmpstr (error->message, ==, "dev0: state version 7, the newest known is 6");
  clear (&values);
}

/* Formats that are none, or only to be written. */
static void
test_format_names (void)
{
  static const char *const names[] = { "x", "size", "text" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *message = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_stream_reader_new (names[i], NULL, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
      message = g_strdup_printf ("\"%s\" is not a format that can be read", names[i]);
      g_assert_cmpstr (error->message, ==, message);
    }
}

/* What is counted is what is written. */
static void
test_size (void)
{
  for (guint lowest = 0; lowest < 2; lowest++)
    {
      g_autoptr (GBytes) binary = NULL;
      g_autoptr (GBytes) size = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *counted = NULL;
      Values values;

      fill (&values, lowest != 0);
      binary = save ("binary", &values, NONE, NULL);
      size = save ("size", &values, NONE, NULL);
      expected = g_strdup_printf ("%" G_GSIZE_FORMAT "\n", g_bytes_get_size (binary));
      counted = g_strndup (g_bytes_get_data (size, NULL), g_bytes_get_size (size));
      g_assert_cmpstr (counted, ==, expected);
      clear (&values);
    }
}

static void
test_text (void)
{
  static const char expected[] = "dev0:\n  u8: 255\n  u16: 65535\n  u32: 4294967295\n"
                                 "  u64: 18446744073709551615\n  i8: 127\n  i16: 32767\n"
                                 "  i32: 2147483647\n  i64: 9223372036854775807\n  real: 0.1\n"
                                 "  truth: yes\n  word: up\n  text: \"abc\"\n"
                                 "  bytes: 4 bytes 00 01 02 03\n  buffer: 3 bytes 04 05 06\n"
                                 "  list: 3 elements\n    [0]: -9 0 9\n  inner:\n    v: -9\n";
  g_autoptr (GBytes) text = NULL;
  g_autofree char *shown = NULL;
  Values values;

  fill (&values, FALSE);
  text = save ("text", &values, NONE, NULL);
  shown = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  g_assert_cmpstr (shown, ==, expected);
  clear (&values);
}

int
main (int argc,
      char **argv)
{
  g_auto (GStrv) formats = migdesc_stream_dup_formats (FALSE);

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autofree char *round = g_strdup_printf ("/state-visits/round-trip/%s", formats[i]);
      g_autofree char *bounds = g_strdup_printf ("/state-visits/bounds/%s", formats[i]);
      g_autofree char *prefixes = g_strdup_printf ("/state-visits/prefixes/%s", formats[i]);

      g_test_add_data_func (round, formats[i], test_round_trip);
      g_test_add_data_func (bounds, formats[i], test_bounds);
      g_test_add_data_func (prefixes, formats[i], test_prefixes);
    }
  g_test_add_data_func ("/state-visits/versions", "binary", test_versions);
  g_test_add_func ("/state-visits/too-new", test_too_new);
  g_test_add_func ("/state-visits/format-names", test_format_names);
  g_test_add_func ("/state-visits/size", test_size);
  g_test_add_func ("/state-visits/text", test_text);
  return g_test_run ();
}
