/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fuzz-stream.h"

/* A stream that has its schemas with it, read as trees by whoever knows none of its devices, in
 * whatever format it seems to be; binary ones with their hashes put right. */

static MigdescStreamReader *
read_stream (const guint8 *data,
             gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  MigdescStreamReader *reader = migdesc_stream_reader_new (NULL, NULL, &error);

  g_assert_no_error (error);
  if (migdesc_stream_reader_read_bytes (reader, bytes, &error))
    return reader;
  fuzz_check_error (error);
  g_object_unref (reader);
  return NULL;
}

/* The trees of a reader in another format. */
static GBytes *
write_stream (MigdescStreamReader *reader,
              const char *format)
{
  MigdescManifest *manifest = migdesc_stream_reader_get_manifest (reader);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, &error);
  GBytes *bytes;

  migdesc_stream_writer_set_embed_schemas (writer, TRUE);
  for (guint i = 0; i < migdesc_manifest_get_n_devices (manifest); i++)
    {
      const char *id = migdesc_manifest_get_id (manifest, i);
      g_autoptr (MigdescState) state = migdesc_stream_reader_get_state (reader, id);

      migdesc_stream_writer_add_state (writer, id, migdesc_manifest_get_params (manifest, i),
                                       state, &error);
      g_assert_no_error (error);
    }
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
compare (MigdescStreamReader *one,
         MigdescStreamReader *other)
{
  MigdescManifest *manifest = migdesc_stream_reader_get_manifest (one);

  for (guint i = 0; i < migdesc_manifest_get_n_devices (manifest); i++)
    {
      const char *id = migdesc_manifest_get_id (manifest, i);
      g_autoptr (MigdescState) state = migdesc_stream_reader_get_state (one, id);
      g_autoptr (MigdescState) other_state = migdesc_stream_reader_get_state (other, id);
      g_autofree char *json = migdesc_state_to_json (state, FALSE);
      g_autofree char *other_json = migdesc_state_to_json (other_state, FALSE);
      g_autofree char *text = migdesc_state_to_string (state);
      g_autoptr (GVariant) variant = migdesc_state_to_variant (state);
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescState) back = migdesc_state_new_from_variant (
          migdesc_state_get_schema (state), variant, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json, ==, other_json);
      g_assert_true (migdesc_state_equal (back, state));
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  g_autofree guint8 *stream = g_memdup2 (data, size);
  g_auto (GStrv) formats = migdesc_stream_dup_formats (FALSE);
  g_autoptr (MigdescStreamReader) reader = NULL;

  if (size > 4 && memcmp (data + 1, "MDS", 3) == 0)
    fuzz_mend (stream, size);
  reader = read_stream (stream, size);
  for (guint i = 0; reader != NULL && formats[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = write_stream (reader, formats[i]);
      g_autoptr (MigdescStreamReader) again
          = read_stream (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      g_assert_nonnull (again);
      compare (reader, again);
    }
  return 0;
}
