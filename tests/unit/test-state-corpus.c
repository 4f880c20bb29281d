/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc.h>

/* The streams of tests/data/stream, which tests/oracle/make_streams.py wrote: each is what its
 * expectation says, and nothing that is done to it passes for a stream. */

#define HEADER 28
#define SMALL 4096

static const struct
{
  const char *format;
  const char *suffix;
} formats[] = { { "binary", ".mds" }, { "json", ".json" }, { "cbor", ".cbor" }, { "der", ".der" } };

typedef struct
{
  char *name; /* with the suffix */
  const char *format;
  guint8 *data;
  gsize length;
  GPtrArray *schemas;
  char *expected;
} Stream;

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  g_free (stream->name);
  g_free (stream->data);
  g_ptr_array_unref (stream->schemas);
  g_free (stream->expected);
  g_free (stream);
}

static char *
read_file (const char *name,
           const char *suffix,
           gsize *length)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = g_build_filename (g_getenv ("MIGDESC_DATADIR"), "stream", file, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

static GPtrArray *
read_schemas (const char *name)
{
  g_autofree char *text = read_file (name, ".schemas", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *schemas = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (schemas, migdesc_state_type_new_from_json (lines[i], -1, NULL, &error));
      g_assert_no_error (error);
    }
  return schemas;
}

static gboolean
has_format (const char *format)
{
  g_auto (GStrv) there = migdesc_stream_dup_formats (FALSE);

  return g_strv_contains ((const char *const *) there, format);
}

static void
add_stream (GPtrArray *streams,
            const char *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (file, formats[i].suffix) && has_format (formats[i].format))
      {
        g_autofree char *name = g_strndup (file, strlen (file) - strlen (formats[i].suffix));
        Stream *stream = g_new0 (Stream, 1);

        stream->name = g_strdup (file);
        stream->format = formats[i].format;
        stream->data = (guint8 *) read_file (name, formats[i].suffix, &stream->length);
        stream->schemas = read_schemas (name);
        stream->expected = read_file (name, ".expect", NULL);
        g_ptr_array_add (streams, stream);
      }
}

/* format: NULL for all */
static GPtrArray *
read_corpus (const char *format)
{
  g_autofree char *path = g_build_filename (g_getenv ("MIGDESC_DATADIR"), "stream", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  GPtrArray *streams = g_ptr_array_new_with_free_func (stream_free);
  const char *file;

  g_assert_nonnull (folder);
  while ((file = g_dir_read_name (folder)) != NULL)
    add_stream (streams, file);
  for (guint i = 0; format != NULL && i < streams->len;)
    if (strcmp (((Stream *) streams->pdata[i])->format, format) == 0)
      i++;
    else
      g_ptr_array_remove_index_fast (streams, i);
  return streams;
}

/* What a stream is: a line for each device, as in its expectation, or NULL. */
static char *
load (const Stream *stream,
      const guint8 *data,
      gsize length,
      const char *format,
      GError **error)
{
  g_autofree guint8 *exact = g_memdup2 (data, length);
  g_autoptr (GBytes) bytes = g_bytes_new_static (exact, length);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (format, NULL, NULL);
  MigdescManifest *manifest;
  GString *lines;

  for (guint i = 0; i < stream->schemas->len; i++)
    migdesc_stream_reader_add_schema (reader, stream->schemas->pdata[i]);
  if (!migdesc_stream_reader_read_bytes (reader, bytes, error))
    {
      g_assert_false (migdesc_stream_reader_is_finished (reader));
      g_assert_null (migdesc_stream_reader_get_state (reader, "dev0"));
      return NULL;
    }
  lines = g_string_new (NULL);
  manifest = migdesc_stream_reader_get_manifest (reader);
  for (guint i = 0; i < migdesc_manifest_get_n_devices (manifest); i++)
    {
      const char *id = migdesc_manifest_get_id (manifest, i);
      g_autoptr (MigdescState) state = migdesc_stream_reader_get_state (reader, id);
      g_autofree char *json = migdesc_state_to_json (state, FALSE);

      g_string_append_printf (lines, "%s %u %s\n", id,
                              migdesc_stream_reader_get_state_version (reader, id), json);
    }
  return g_string_free (lines, FALSE);
}

/* The place that a message names is inside of the input, or at its end. */
static void
assert_refused (const Stream *stream,
                const guint8 *data,
                gsize length,
                const char *what,
                gsize where)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *loaded = load (stream, data, length, stream->format, &error);
  const char *place;

  if (loaded != NULL)
    g_error ("%s, %s %" G_GSIZE_FORMAT ": read as %s", stream->name, what, where, loaded);
  g_assert_true (error->domain == MIGDESC_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  place = strstr (error->message, "(byte ");
  if (place != NULL)
    g_assert_cmpuint (g_ascii_strtoull (place + strlen ("(byte "), NULL, 10), <=, length);
}

static void
test_expectations (void)
{
  g_autoptr (GPtrArray) streams = read_corpus (NULL);

  g_assert_cmpuint (streams->len, >, 70);
  for (guint i = 0; i < streams->len; i++)
    {
      const Stream *stream = streams->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *loaded = load (stream, stream->data, stream->length, NULL, &error);

      g_test_message ("%s", stream->name);
      if (!g_str_has_prefix (stream->expected, "refused: "))
        {
          g_assert_no_error (error);
          g_assert_cmpstr (loaded, ==, stream->expected);
          continue;
        }
      g_assert_null (loaded);
      g_strchomp (stream->expected);
      if (!g_str_has_prefix (error->message, stream->expected + strlen ("refused: ")))
        g_error ("%s: %s, not %s", stream->name, error->message, stream->expected);
    }
}

static gboolean
is_loaded (const Stream *stream)
{
  return !g_str_has_prefix (stream->expected, "refused: ");
}

static void
test_prefixes (gconstpointer format)
{
  g_autoptr (GPtrArray) streams = read_corpus (format);

  for (guint i = 0; i < streams->len; i++)
    for (gsize n = 0; n < ((Stream *) streams->pdata[i])->length; n++)
      {
        const Stream *stream = streams->pdata[i];
        gboolean blank = stream->data[n] == '\n' && n + 1 == stream->length;

        if (!blank)
          assert_refused (stream, stream->data, n, "prefix", n);
      }
}

/* Under memcheck a few will do. */
static guint
get_step (void)
{
  return g_getenv ("MIGDESC_MEMCHECK") != NULL ? 61 : 1;
}

static void
test_flips (void)
{
  g_autoptr (GPtrArray) streams = read_corpus ("binary");

  for (guint i = 0; i < streams->len; i++)
    {
      Stream *stream = streams->pdata[i];

      g_assert_cmpuint (stream->length, <=, SMALL);
      for (gsize bit = 0; bit < 8 * stream->length; bit += get_step ())
        {
          stream->data[bit / 8] ^= (guint8) (1u << bit % 8);
          assert_refused (stream, stream->data, stream->length, "bit", bit);
          stream->data[bit / 8] ^= (guint8) (1u << bit % 8);
        }
    }
}

/* Formats without hashes: refused, or another state, which is one that the schema allows. */
static void
assert_other_value (const Stream *stream,
                    gsize bit)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *loaded = load (stream, stream->data, stream->length, stream->format, &error);
  const char *state;

  g_assert_true (loaded != NULL || error->domain == MIGDESC_ERROR);
  for (state = loaded; state != NULL && *state != '\0' && stream->schemas->len == 1;)
    {
      const char *json = strchr (state, '{');
      const char *end = strchr (json, '\n');
      g_autoptr (MigdescState) back = migdesc_state_new_from_json (
          stream->schemas->pdata[0], json, end - json, NULL, &error);

      if (back == NULL)
        g_error ("%s, bit %" G_GSIZE_FORMAT ": %s", stream->name, bit, error->message);
      state = end + 1;
    }
}

static void
test_other_flips (gconstpointer format)
{
  g_autoptr (GPtrArray) streams = read_corpus (format);

  for (guint i = 0; i < streams->len; i++)
    {
      Stream *stream = streams->pdata[i];

      for (gsize bit = 0; bit < 8 * stream->length; bit += 3 * get_step ())
        {
          stream->data[bit / 8] ^= (guint8) (1u << bit % 8);
          assert_other_value (stream, bit);
          stream->data[bit / 8] ^= (guint8) (1u << bit % 8);
        }
    }
}

/* Where the records begin, and where they end: one more than there are. */
static guint
find_records (const Stream *stream,
              gsize *places,
              guint most)
{
  guint n = 0;

  for (gsize at = HEADER;; n++)
    {
      guint32 length;

      g_assert_cmpuint (n, <, most);
      places[n] = at;
      if (at == stream->length)
        return n;
      memcpy (&length, stream->data + at, sizeof length);
      at += 16 + GUINT32_FROM_LE (length);
    }
}

typedef struct
{
  const Stream *stream;
  gsize places[32];
  guint n;
} Records;

static void
append (GByteArray *made,
        const Records *records,
        guint from,
        guint to)
{
  g_byte_array_append (made, records->stream->data + records->places[from],
                       (guint) (records->places[to] - records->places[from]));
}

static GByteArray *
begin (const Records *records,
       guint n)
{
  GByteArray *made = g_byte_array_new ();

  g_byte_array_append (made, records->stream->data, HEADER);
  append (made, records, 0, n);
  return made;
}

static void
assert_made_refused (const Records *records,
                     GByteArray *made,
                     const char *what,
                     guint where)
{
  assert_refused (records->stream, made->data, made->len, what, where);
  g_byte_array_unref (made);
}

static void
assert_swaps_refused (const Records *records)
{
  for (guint i = 0; i < records->n; i++)
    for (guint j = i + 1; j < records->n; j++)
      {
        GByteArray *made = begin (records, i);

        append (made, records, j, j + 1);
        append (made, records, i + 1, j);
        append (made, records, i, i + 1);
        append (made, records, j + 1, records->n);
        assert_made_refused (records, made, "swap", i);
      }
}

static void
assert_repeats_refused (const Records *records)
{
  for (guint i = 0; i < records->n; i++)
    for (guint j = 0; j <= records->n; j++)
      {
        GByteArray *made = begin (records, j);

        append (made, records, i, i + 1);
        append (made, records, j, records->n);
        assert_made_refused (records, made, "repeat", i);
      }
}

static void
assert_gaps_refused (const Records *records)
{
  for (guint i = 0; i < records->n; i++)
    {
      GByteArray *made = begin (records, i);

      append (made, records, i + 1, records->n);
      assert_made_refused (records, made, "gap", i);
    }
}

/* A record of another stream, in the place of one, or all from there on. Streams that differ
 * nowhere before have the same hashes. */
static void
assert_splices_refused (const Records *records,
                        const Records *other)
{
  for (guint i = 0; i < MIN (records->n, other->n); i++)
    {
      gsize start = records->places[i];
      GByteArray *one;
      GByteArray *rest;

      if (start == other->places[i]
          && memcmp (records->stream->data, other->stream->data, start) == 0)
        continue;
      one = begin (records, i);
      rest = begin (records, i);
      append (one, other, i, i + 1);
      append (one, records, i + 1, records->n);
      append (rest, other, i, other->n);
      assert_made_refused (records, one, "splice", i);
      assert_made_refused (records, rest, "splice of the rest", i);
    }
}

static void
test_records (void)
{
  g_autoptr (GPtrArray) streams = read_corpus ("binary");
  g_autofree Records *all = g_new0 (Records, streams->len);

  for (guint i = 0; i < streams->len; i++)
    {
      all[i].stream = streams->pdata[i];
      all[i].n = find_records (all[i].stream, all[i].places, G_N_ELEMENTS (all[i].places));
    }
  for (guint i = 0; i < streams->len; i++)
    {
      if (!is_loaded (all[i].stream))
        continue;
      assert_swaps_refused (&all[i]);
      assert_repeats_refused (&all[i]);
      assert_gaps_refused (&all[i]);
      for (guint j = 0; j < streams->len; j++)
        if (i != j)
          assert_splices_refused (&all[i], &all[j]);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-corpus/expectations", test_expectations);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (has_format (formats[i].format))
      {
        g_autofree char *prefixes
            = g_strdup_printf ("/state-corpus/prefixes/%s", formats[i].format);
        g_autofree char *flips = g_strdup_printf ("/state-corpus/flips/%s", formats[i].format);

        g_test_add_data_func (prefixes, formats[i].format, test_prefixes);
        if (i == 0)
          g_test_add_func (flips, test_flips);
        else
          g_test_add_data_func (flips, formats[i].format, test_other_flips);
      }
  g_test_add_func ("/state-corpus/records", test_records);
  return g_test_run ();
}
