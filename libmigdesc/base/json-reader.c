/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/json-reader.h"
#include "base/limits-private.h"
#include "base/quote.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static guint
get_limit (const MigdescLimits *limits,
           MigdescLimit limit)
{
  return (guint) migdesc_limits_get (limits, limit);
}

void
migdesc_json_reader_init (MigdescJsonReader *reader,
                          const char *text,
                          gsize length,
                          const MigdescLimits *limits)
{
  guint document_limit = get_limit (limits, MIGDESC_LIMIT_DOCUMENT_SIZE);

  /* an empty GBytes has no data */
  reader->text = text != NULL ? text : "";
  reader->end = reader->text + length;
  reader->cursor = migdesc_json_skip_space (reader->text, reader->end);
  reader->depth = 0;
  reader->first = FALSE;
  reader->depth_limit = get_limit (limits, MIGDESC_LIMIT_DEPTH);
  reader->members_limit = get_limit (limits, MIGDESC_LIMIT_MEMBERS);
  reader->string_limit = get_limit (limits, MIGDESC_LIMIT_STRING_LENGTH);
  reader->values_limit = get_limit (limits, MIGDESC_LIMIT_VALUES);
  reader->values_left = reader->values_limit;
  reader->error = 0;
  reader->error_offset = 0;
  reader->message = NULL;
  reader->decoded = NULL;
  reader->key_sets = NULL;

  if (length > document_limit)
    {
      reader->message = migdesc_limit_to_message (MIGDESC_LIMIT_DOCUMENT_SIZE, document_limit);
      reader->error = MIGDESC_ERROR_LIMIT_EXCEEDED;
      reader->error_offset = document_limit;
      reader->cursor = reader->end;
    }
  else if (length >= 3 && memcmp (reader->text, BYTE_ORDER_MARK, 3) == 0)
    migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_ENCODING, 0,
                              "the document starts with a byte order mark");
}

void
migdesc_json_reader_clear (MigdescJsonReader *reader)
{
  if (reader->key_sets != NULL)
    for (guint i = 0; i <= reader->depth_limit; i++)
      migdesc_key_set_clear (&reader->key_sets[i]);
  g_clear_pointer (&reader->key_sets, g_free);
  g_clear_pointer (&reader->decoded, migdesc_arena_free);
  g_clear_pointer (&reader->message, g_free);
}

gboolean
migdesc_json_reader_finish (MigdescJsonReader *reader)
{
  if (reader->error != 0)
    return FALSE;
  if (reader->cursor == reader->end)
    return TRUE;
  if (migdesc_json_reader_peek (reader) == MIGDESC_JSON_ERROR)
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_TRAILING_DATA,
                                     migdesc_json_reader_offset (reader),
                                     "something follows the end of the document");
  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_TRAILING_DATA,
                                   migdesc_json_reader_offset (reader),
                                   "a second document follows the first");
}

gboolean
migdesc_json_reader_fail (MigdescJsonReader *reader,
                          MigdescError code,
                          gsize offset,
                          const char *format,
                          ...)
{
  va_list args;

  if (reader->error != 0)
    return FALSE;

  va_start (args, format);
  reader->message = g_strdup_vprintf (format, args);
  va_end (args);
  reader->error = code;
  reader->error_offset = offset;
  reader->cursor = reader->end;
  return FALSE;
}

gboolean
migdesc_json_reader_fail_duplicate (MigdescJsonReader *reader,
                                    const MigdescJsonString *key)
{
  g_autofree char *name = migdesc_quote (key->text, key->length);

  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_DUPLICATE_MEMBER, key->offset,
                                   "the object has a second member \"%s\"", name);
}

gboolean
migdesc_json_reader_fail_limit (MigdescJsonReader *reader,
                                MigdescLimit limit,
                                gsize offset)
{
  guint value = limit == MIGDESC_LIMIT_DEPTH     ? reader->depth_limit
                : limit == MIGDESC_LIMIT_MEMBERS ? reader->members_limit
                : limit == MIGDESC_LIMIT_VALUES  ? reader->values_limit
                                                 : reader->string_limit;
  g_autofree char *message = migdesc_limit_to_message (limit, value);

  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_LIMIT_EXCEEDED, offset, "%s", message);
}

/* What stands at the cursor cannot stand there. */
gboolean
migdesc_json_reader_fail_unexpected (MigdescJsonReader *reader,
                                     const char *wanted)
{
  const char *cursor = reader->cursor;
  gsize offset = migdesc_json_reader_offset (reader);
  g_autofree char *found = NULL;
  gsize length = 1;

  if (reader->error != 0)
    return FALSE;
  if (cursor == reader->end)
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_SYNTAX, offset,
                                     "the text ends, expected %s", wanted);
  if (*cursor == '\0')
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_ENCODING, offset,
                                     "NUL byte, expected %s", wanted);
  if ((guchar) *cursor >= 0x80)
    length = migdesc_utf8_length (cursor, reader->end);
  if (length == 0)
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_ENCODING, offset,
                                     "the byte 0x%02x is not UTF-8", (guint) (guchar) *cursor);

  if (*cursor == '"')
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_SYNTAX, offset,
                                     "unexpected string, expected %s", wanted);
  found = migdesc_quote (cursor, (gssize) length);
  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_SYNTAX, offset,
                                   "unexpected \"%s\", expected %s", found, wanted);
}

gboolean
migdesc_json_reader_fail_kind (MigdescJsonReader *reader,
                               const char *wanted)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (reader);

  if (kind == MIGDESC_JSON_ERROR || kind == MIGDESC_JSON_END)
    return migdesc_json_reader_fail_unexpected (reader, wanted);
  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_TYPE,
                                   migdesc_json_reader_offset (reader), "expected %s, found %s",
                                   wanted, migdesc_json_kind_name (kind));
}

static gboolean
fail_literal (MigdescJsonReader *reader,
              const char *literal)
{
  const char *end = reader->cursor;
  g_autofree char *word = NULL;

  while (end != reader->end && g_ascii_isalnum (*end))
    end++;
  word = migdesc_quote (reader->cursor, end - reader->cursor);
  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_SYNTAX,
                                   migdesc_json_reader_offset (reader),
                                   "unknown word \"%s\", expected %s", word, literal);
}

/* The first character is what brought us here, so the last four decide. */
static gboolean
read_literal (MigdescJsonReader *reader,
              const char *literal,
              gsize length)
{
  const char *cursor = reader->cursor;

  if (!migdesc_json_reader_count_value (reader))
    return FALSE;
  if ((gsize) (reader->end - cursor) < length
      || migdesc_load32 (cursor + length - 4) != migdesc_load32 (literal + length - 4))
    return fail_literal (reader, literal);
  reader->cursor = migdesc_json_skip_space (cursor + length, reader->end);
  return TRUE;
}

gboolean
migdesc_json_reader_read_bool (MigdescJsonReader *reader,
                               gboolean *value)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (reader);

  if (kind != MIGDESC_JSON_TRUE && kind != MIGDESC_JSON_FALSE)
    return migdesc_json_reader_fail_kind (reader, "true or false");
  *value = kind == MIGDESC_JSON_TRUE;
  return *value ? read_literal (reader, "true", 4) : read_literal (reader, "false", 5);
}

gboolean
migdesc_json_reader_read_null (MigdescJsonReader *reader)
{
  if (migdesc_json_reader_peek (reader) != MIGDESC_JSON_NULL)
    return migdesc_json_reader_fail_kind (reader, "null");
  return read_literal (reader, "null", 4);
}
