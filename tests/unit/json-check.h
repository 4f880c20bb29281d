/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of the JSON reader assert with. Every text is read from a heap block of exactly
 * its size, so that a sanitizer sees one byte read too many. */

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/json-locate.h"
#include "base/json-reader.h"

typedef struct
{
  char *text;
  gsize length;
  MigdescJsonReader reader;
} JsonCheck;

static inline void
json_check_start (JsonCheck *check,
                  const char *text,
                  gssize length,
                  const MigdescLimits *limits)
{
  check->length = length < 0 ? strlen (text) : (gsize) length;
  /* malloc, not g_malloc: a block of no bytes is wanted too */
  check->text = malloc (check->length);
  g_assert_true (check->text != NULL || check->length == 0);
  if (check->length > 0)
    memcpy (check->text, text, check->length);
  migdesc_json_reader_init (&check->reader, check->text, check->length, limits);
}

static inline void
json_check_end (JsonCheck *check)
{
  migdesc_json_reader_clear (&check->reader);
  free (check->text);
}

/* The place as "LINE:COLUMN POINTER". */
static inline char *
json_check_place (const JsonCheck *check)
{
  g_auto (MigdescLocation) location = { 0 };

  migdesc_json_locate (check->text, check->length, &check->reader.error_offset, 1, &location);
  g_assert_cmpuint (location.offset, ==, check->reader.error_offset);
  return g_strdup_printf ("%u:%u %s", location.line, location.column, location.pointer);
}

static inline gboolean
is_clean_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

/* "CODE OFFSET LINE:COLUMN POINTER: MESSAGE", or what the reader makes of the text in canonical
 * form: skipping and copying have to agree. */
static inline char *
json_check_read (const char *text,
                 gssize length,
                 const MigdescLimits *limits)
{
  g_autoptr (GString) output = g_string_new (NULL);
  JsonCheck skip;
  JsonCheck copy;
  char *answer;

  json_check_start (&skip, text, length, limits);
  json_check_start (&copy, text, length, limits);
  g_assert_cmpint (migdesc_json_reader_skip_value (&skip.reader), ==, skip.reader.error == 0);
  g_assert_cmpint (migdesc_json_reader_copy_value (&copy.reader, output), ==,
                   copy.reader.error == 0);
  g_assert_cmpint (migdesc_json_reader_finish (&skip.reader), ==, skip.reader.error == 0);
  migdesc_json_reader_finish (&copy.reader);
  g_assert_cmpint (skip.reader.error, ==, copy.reader.error);
  g_assert_cmpuint (skip.reader.error_offset, ==, copy.reader.error_offset);
  g_assert_cmpstr (skip.reader.message, ==, copy.reader.message);

  if (skip.reader.error == 0)
    answer = g_strdup (output->str);
  else
    {
      g_autofree char *place = json_check_place (&skip);

      g_assert_true (is_clean_line (skip.reader.message));
      answer = g_strdup_printf ("%s %" G_GSIZE_FORMAT " %s: %s",
                                migdesc_error_get_nick (skip.reader.error),
                                skip.reader.error_offset, place, skip.reader.message);
    }
  json_check_end (&skip);
  json_check_end (&copy);
  return answer;
}

static inline void
assert_read (const char *text,
             gssize length,
             const char *expected)
{
  g_autofree char *answer = json_check_read (text, length, NULL);

  g_assert_cmpstr (answer, ==, expected);
}
