/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/drop-in.h"

#include <string.h>
#include <unistd.h>

#include <migdesc/migdesc-error.h>

#include "base/bytes.h"
#include "base/json-reader.h"
#include "base/quote.h"
#include "host/input.h"
#include "host/safe-file.h"
#include "model/json-error.h"

#define WORDS_MAX 256

typedef struct
{
  MigdescJsonReader reader;
  MigdescDropIn *drop_in;
  guint seen; /* bits by row of members[] */
} Reading;

/* The reader has refused a NUL in it. */
static gboolean
read_text (MigdescJsonReader *reader,
           char **text)
{
  MigdescJsonString string;

  if (!migdesc_json_reader_read_string (reader, &string))
    return FALSE;
  *text = g_strndup (string.text, string.length);
  return TRUE;
}

static gboolean
read_description (Reading *reading)
{
  return read_text (&reading->reader, &reading->drop_in->description);
}

static gboolean
read_type (Reading *reading)
{
  return read_text (&reading->reader, &reading->drop_in->type);
}

static gboolean
read_binary (Reading *reading)
{
  gsize offset = migdesc_json_reader_offset (&reading->reader);
  g_autofree char *shown = NULL;

  if (!read_text (&reading->reader, &reading->drop_in->binary))
    return FALSE;
  if (g_path_is_absolute (reading->drop_in->binary))
    return TRUE;
  shown = migdesc_quote (reading->drop_in->binary, -1);
  return migdesc_json_reader_fail (&reading->reader, MIGDESC_ERROR_UNSAFE_FILE, offset,
                                   "\"%s\" is not an absolute path", shown);
}

static gboolean
read_words (MigdescJsonReader *reader,
            char ***words)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_free);
  gsize offset = migdesc_json_reader_offset (reader);

  if (!migdesc_json_reader_begin_array (reader))
    return FALSE;
  while (migdesc_json_reader_next_element (reader))
    {
      char *word = NULL;

      if (read->len == WORDS_MAX)
        return migdesc_json_reader_fail (reader, MIGDESC_ERROR_LIMIT_EXCEEDED, offset,
                                         "more than %d texts", WORDS_MAX);
      if (!read_text (reader, &word))
        return FALSE;
      g_ptr_array_add (read, word);
    }
  g_ptr_array_add (read, NULL);
  g_strfreev (*words);
  *words = (char **) g_ptr_array_free (g_steal_pointer (&read), FALSE);
  return reader->error == 0;
}

static gboolean
read_arguments (Reading *reading)
{
  return read_words (&reading->reader, &reading->drop_in->arguments);
}

static gboolean
read_tags (Reading *reading)
{
  return read_words (&reading->reader, &reading->drop_in->tags);
}

static const struct
{
  const char *name;
  gboolean (*read) (Reading *reading);
} members[] = {
  { "description", read_description }, { "type", read_type }, { "binary", read_binary },
  { "arguments", read_arguments },     { "tags", read_tags },
};

/* A slip in "arguments" would run the program with others than were meant: nothing is unknown. */
static gboolean
read_member (Reading *reading,
             const MigdescJsonString *key)
{
  g_autofree char *shown = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (!migdesc_json_string_equal (key, members[i].name, strlen (members[i].name)))
        continue;
      if ((reading->seen & 1u << i) != 0)
        return migdesc_json_reader_fail_duplicate (&reading->reader, key);
      reading->seen |= 1u << i;
      return members[i].read (reading);
    }
  shown = migdesc_quote (key->text, key->length);
  return migdesc_json_reader_fail (&reading->reader, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
                                   key->offset, "unknown member \"%s\" of a drop-in", shown);
}

static gboolean
read_document (Reading *reading)
{
  MigdescJsonReader *reader = &reading->reader;
  gsize offset = migdesc_json_reader_offset (reader);
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (reader))
    return FALSE;
  while (migdesc_json_reader_next_member (reader, &key))
    if (!read_member (reading, &key))
      return FALSE;
  if (!migdesc_json_reader_finish (reader))
    return FALSE;
  return reading->drop_in->binary != NULL
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                      "a drop-in needs a member \"binary\"");
}

MigdescDropIn *
migdesc_drop_in_read (const char *path,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (MigdescDropIn) drop_in = g_new0 (MigdescDropIn, 1);
  Reading reading = { .drop_in = drop_in };
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;
  int fd = migdesc_safe_file_open (path, error);

  if (fd < 0)
    return NULL;
  bytes = migdesc_input_read_fd (fd, path, NULL, cancellable, error);
  close (fd);
  if (bytes == NULL)
    return NULL;
  text = migdesc_bytes_peek (bytes, &length);
  drop_in->arguments = g_new0 (char *, 1);
  drop_in->tags = g_new0 (char *, 1);
  migdesc_json_reader_init (&reading.reader, text, length, NULL);
  if (!read_document (&reading))
    {
      migdesc_json_set_error (&reading.reader, text, length, path, error);
      g_clear_pointer (&drop_in, migdesc_drop_in_free);
    }
  migdesc_json_reader_clear (&reading.reader);
  return g_steal_pointer (&drop_in);
}

void
migdesc_drop_in_free (MigdescDropIn *drop_in)
{
  g_free (drop_in->binary);
  g_free (drop_in->description);
  g_free (drop_in->type);
  g_strfreev (drop_in->arguments);
  g_strfreev (drop_in->tags);
  g_free (drop_in);
}
