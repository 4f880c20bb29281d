/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Answers for many documents in one process, for test_json_oracle.py to compare.
 *
 * json-oracle           reads frames, each a length of four bytes, lowest first, and as many bytes
 *                       of document; prints a line of JSON for each: what our reader says, what
 *                       jansson says
 * json-oracle --locate  reads two frames at a time, a document and offsets in decimal with a space
 *                       between them; prints a line for each with an array of places */

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json-locate.h"
#include "base/json-reader.h"
#include "base/json-writer.h"

/* A frame in a block of exactly its size, or FALSE at the end. */
static gboolean
read_frame (char **data,
            gsize *length)
{
  guchar header[4];

  if (fread (header, 1, sizeof header, stdin) != sizeof header)
    return FALSE;
  *length = (gsize) header[0] | (gsize) header[1] << 8 | (gsize) header[2] << 16
            | (gsize) header[3] << 24;
  *data = malloc (*length);
  return fread (*data, 1, *length, stdin) == *length;
}

static void
write_place (MigdescJsonWriter *writer,
             const MigdescLocation *location)
{
  migdesc_json_writer_member_uint (writer, "offset", location->offset);
  migdesc_json_writer_member_uint (writer, "line", location->line);
  migdesc_json_writer_member_uint (writer, "column", location->column);
  g_assert_true (migdesc_json_writer_member_string (writer, "pointer", location->pointer));
}

static void
write_ours (MigdescJsonWriter *writer,
            const char *text,
            gsize length)
{
  g_autoptr (GString) canonical = g_string_new (NULL);
  g_auto (MigdescLocation) location = { 0 };
  MigdescJsonReader reader;
  MigdescJsonReader skipper;

  migdesc_json_reader_init (&reader, text, length, NULL);
  migdesc_json_reader_copy_value (&reader, canonical);
  migdesc_json_reader_finish (&reader);

  /* skipping has to agree */
  migdesc_json_reader_init (&skipper, text, length, NULL);
  migdesc_json_reader_skip_value (&skipper);
  migdesc_json_reader_finish (&skipper);
  g_assert_cmpint (reader.error, ==, skipper.error);
  g_assert_cmpuint (reader.error_offset, ==, skipper.error_offset);
  migdesc_json_reader_clear (&skipper);

  if (reader.error == 0)
    migdesc_json_writer_member_string (writer, "canonical", canonical->str);
  else
    {
      migdesc_json_writer_member_string (writer, "code", migdesc_error_get_nick (reader.error));
      migdesc_json_writer_member_string (writer, "message", reader.message);
      migdesc_json_locate (text, length, &reader.error_offset, 1, &location);
      write_place (writer, &location);
    }
  migdesc_json_reader_clear (&reader);
}

static void
write_jansson (MigdescJsonWriter *writer,
               const char *text,
               gsize length)
{
  json_error_t error;
  json_t *root = json_loadb (text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);

  if (root == NULL)
    migdesc_json_writer_member_string (writer, "jansson", error.text);
  json_decref (root);
}

static void
answer (GString *output,
        const char *text,
        gsize length)
{
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, output, FALSE);
  migdesc_json_writer_begin_object (&writer);
  write_ours (&writer, text, length);
  write_jansson (&writer, text, length);
  migdesc_json_writer_end_object (&writer);
}

static void
locate (GString *output,
        const char *text,
        gsize length,
        const char *list,
        gsize list_length)
{
  g_autofree char *terminated = g_strndup (list, list_length);
  g_auto (GStrv) words = g_strsplit (terminated, " ", -1);
  guint n = g_strv_length (words);
  g_autofree gsize *offsets = g_new (gsize, n);
  g_autofree MigdescLocation *locations = g_new (MigdescLocation, n);
  MigdescJsonWriter writer;

  for (guint i = 0; i < n; i++)
    offsets[i] = strtoul (words[i], NULL, 10);
  migdesc_json_locate (text, length, offsets, n, locations);

  migdesc_json_writer_init (&writer, output, FALSE);
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < n; i++)
    {
      migdesc_json_writer_begin_object (&writer);
      write_place (&writer, &locations[i]);
      migdesc_json_writer_end_object (&writer);
      migdesc_location_clear (&locations[i]);
    }
  migdesc_json_writer_end_array (&writer);
}

int
main (int argc,
      char **argv)
{
  gboolean locating = argc > 1 && strcmp (argv[1], "--locate") == 0;
  g_autoptr (GString) output = g_string_new (NULL);
  char *text;
  gsize length;

  while (read_frame (&text, &length))
    {
      g_string_truncate (output, 0);
      if (locating)
        {
          char *list;
          gsize list_length;

          g_assert_true (read_frame (&list, &list_length));
          locate (output, text, length, list, list_length);
          free (list);
        }
      else
        answer (output, text, length);
      puts (output->str);
      free (text);
    }
  return 0;
}
