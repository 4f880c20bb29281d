/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a JSON document: skipping and copying agree, what was copied reads back as itself,
 * pulling it value by value gives the same, an error has a place in the text and a message that is
 * one line of clean UTF-8, and every place has a pointer that leads there. */

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/json-locate.h"
#include "base/json-reader.h"
#include "fuzz.h"

/* Small, so that the fuzzer comes past them. */
static MigdescLimits *
make_limits (void)
{
  MigdescLimits *limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_DOCUMENT_SIZE, 2000);
  migdesc_limits_set (limits, MIGDESC_LIMIT_DEPTH, 8);
  migdesc_limits_set (limits, MIGDESC_LIMIT_MEMBERS, 16);
  migdesc_limits_set (limits, MIGDESC_LIMIT_VALUES, 200);
  migdesc_limits_set (limits, MIGDESC_LIMIT_STRING_LENGTH, 64);
  return limits;
}

static void
check_error (const MigdescJsonReader *reader,
             const char *text,
             gsize length)
{
  g_auto (MigdescLocation) location = { 0 };

  g_assert_nonnull (migdesc_error_get_nick (reader->error));
  g_assert_cmpuint (reader->error_offset, <=, length);
  fuzz_check_message (reader->message);
  migdesc_json_locate (text, length, &reader->error_offset, 1, &location);
  g_assert_cmpuint (location.offset, ==, reader->error_offset);
  g_assert_cmpuint (location.line, >=, 1);
  g_assert_cmpuint (location.column, >=, 1);
  g_assert_true (g_utf8_validate (location.pointer, -1, NULL));
}

/* What was copied is canonical: copying it again changes nothing. */
static void
check_canonical (const GString *canonical,
                 const MigdescLimits *limits)
{
  g_autoptr (GString) again = g_string_new (NULL);
  g_auto (MigdescJsonReader) reader;

  migdesc_json_reader_init (&reader, canonical->str, canonical->len, limits);
  g_assert_true (migdesc_json_reader_copy_value (&reader, again));
  g_assert_true (migdesc_json_reader_finish (&reader));
  g_assert_true (g_string_equal (canonical, again));
}

/* Reads as a codec does. Recursion is bounded by the limit of depth. */
static gboolean
pull (MigdescJsonReader *reader)
{
  MigdescJsonString string;
  guint64 number;
  gboolean flag;

  switch (migdesc_json_reader_peek (reader))
    {
    case MIGDESC_JSON_OBJECT:
      migdesc_json_reader_begin_object (reader);
      while (migdesc_json_reader_next_member (reader, &string))
        if (!pull (reader))
          return FALSE;
      return reader->error == 0;
    case MIGDESC_JSON_ARRAY:
      migdesc_json_reader_begin_array (reader);
      while (migdesc_json_reader_next_element (reader))
        if (!pull (reader))
          return FALSE;
      return reader->error == 0;
    case MIGDESC_JSON_STRING:
      return migdesc_json_reader_read_string (reader, &string)
             && g_utf8_validate (string.text, string.length, NULL);
    case MIGDESC_JSON_NUMBER:
      return migdesc_json_reader_read_integer (reader, &number) != MIGDESC_JSON_INT_ERROR;
    case MIGDESC_JSON_TRUE:
    case MIGDESC_JSON_FALSE:
      return migdesc_json_reader_read_bool (reader, &flag);
    default:
      return migdesc_json_reader_read_null (reader);
    }
}

static void
check_pull (const MigdescJsonReader *expected,
            const char *text,
            gsize length,
            const MigdescLimits *limits)
{
  g_auto (MigdescJsonReader) reader;

  migdesc_json_reader_init (&reader, text, length, limits);
  if (pull (&reader))
    migdesc_json_reader_finish (&reader);
  if (expected->error == 0)
    g_assert_cmpint (reader.error, ==, 0);
  else if (expected->error != MIGDESC_ERROR_JSON_DUPLICATE_MEMBER)
    g_assert_true (reader.error_offset == expected->error_offset
                   && (reader.error == expected->error
                       || expected->error == MIGDESC_ERROR_JSON_SYNTAX));
}

static void
check_every_place (const char *text,
                   gsize length)
{
  g_autofree gsize *offsets = g_new (gsize, length + 1);
  g_autofree MigdescLocation *locations = g_new (MigdescLocation, length + 1);

  for (gsize i = 0; i <= length; i++)
    offsets[i] = i;
  migdesc_json_locate (text, length, offsets, length + 1, locations);
  for (gsize i = 0; i <= length; i++)
    {
      g_auto (MigdescLocation) alone = { 0 };

      /* all at once is as one by one */
      if (i % 16 == length % 16)
        {
          migdesc_json_locate (text, length, &offsets[i], 1, &alone);
          g_assert_cmpuint (locations[i].line, ==, alone.line);
          g_assert_cmpuint (locations[i].column, ==, alone.column);
          g_assert_cmpstr (locations[i].pointer, ==, alone.pointer);
        }
      migdesc_location_clear (&locations[i]);
    }
}

static void
check_document (const char *text,
                gsize length,
                const MigdescLimits *limits)
{
  g_autoptr (GString) canonical = g_string_new (NULL);
  g_auto (MigdescJsonReader) skipper;
  g_auto (MigdescJsonReader) reader;

  migdesc_json_reader_init (&skipper, text, length, limits);
  migdesc_json_reader_skip_value (&skipper);
  migdesc_json_reader_finish (&skipper);
  migdesc_json_reader_init (&reader, text, length, limits);
  migdesc_json_reader_copy_value (&reader, canonical);
  migdesc_json_reader_finish (&reader);

  g_assert_cmpint (skipper.error, ==, reader.error);
  g_assert_cmpuint (skipper.error_offset, ==, reader.error_offset);
  g_assert_cmpstr (skipper.message, ==, reader.message);
  if (reader.error == 0)
    check_canonical (canonical, limits);
  else
    check_error (&reader, text, length);
  check_pull (&reader, text, length, limits);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  g_autoptr (MigdescLimits) limits = make_limits ();
  const char *text = (const char *) data;

  check_document (text, size, NULL);
  check_document (text, size, limits);
  if (size <= 64)
    check_every_place (text, size);
  return 0;
}
