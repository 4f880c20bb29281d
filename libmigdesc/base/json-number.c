/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/json-reader.h"
#include "base/quote.h"

/* Up to 19 digits cannot overflow. */
#define SAFE_DIGITS 19

static const char *
skip_digits (const char *cursor,
             const char *end)
{
  while (cursor != end && g_ascii_isdigit (*cursor))
    cursor++;
  return cursor;
}

static const char *
fail_number (MigdescJsonReader *reader,
             const char *where,
             const char *what)
{
  migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_NUMBER, (gsize) (where - reader->text), "%s",
                            what);
  return NULL;
}

/* The end of the fraction and exponent that start here, if any do; NULL after failing. */
static const char *
scan_tail (MigdescJsonReader *reader,
           const char *cursor,
           MigdescJsonIntStatus *status)
{
  const char *end = reader->end;
  const char *digits;

  if (cursor != end && *cursor == '.')
    {
      *status = MIGDESC_JSON_INT_FRACTION;
      digits = cursor + 1;
      cursor = skip_digits (digits, end);
      if (cursor == digits)
        return fail_number (reader, cursor, "a digit has to follow the point of a number");
    }
  if (cursor != end && (*cursor | 0x20) == 'e')
    {
      if (*status == MIGDESC_JSON_INT_OK)
        *status = MIGDESC_JSON_INT_EXPONENT;
      digits = cursor + 1;
      if (digits != end && (*digits == '+' || *digits == '-'))
        digits++;
      cursor = skip_digits (digits, end);
      if (cursor == digits)
        return fail_number (reader, cursor, "a digit has to follow the exponent sign of a number");
    }
  return cursor;
}

static gboolean
parse_digits (const char *cursor,
              const char *end,
              guint64 *value)
{
  guint64 sum = 0;
  gboolean fits = end - cursor <= SAFE_DIGITS + 1;

  for (; fits && cursor != end; cursor++)
    fits = !__builtin_mul_overflow (sum, 10, &sum)
           && !__builtin_add_overflow (sum, (guint64) (*cursor - '0'), &sum);
  *value = sum;
  return fits;
}

/* The number at the cursor: its end, or NULL after failing; whether it is an integer we can hold,
 * and which. */
static const char *
scan_number (MigdescJsonReader *reader,
             MigdescJsonIntStatus *status,
             guint64 *value)
{
  const char *start = reader->cursor;
  const char *digits = start + (*start == '-');
  const char *cursor = skip_digits (digits, reader->end);
  const char *after;

  if (cursor == digits)
    return fail_number (reader, cursor, "a digit has to follow the minus sign of a number");
  if (*digits == '0' && cursor - digits > 1)
    return fail_number (reader, start, "a number has a leading zero");

  *status = MIGDESC_JSON_INT_OK;
  after = scan_tail (reader, cursor, status);
  if (after == NULL || *status != MIGDESC_JSON_INT_OK)
    return after;
  if (digits != start)
    *status = MIGDESC_JSON_INT_NEGATIVE;
  else if (!parse_digits (digits, cursor, value))
    *status = MIGDESC_JSON_INT_TOO_LARGE;
  return after;
}

static gboolean
is_at_number (MigdescJsonReader *reader)
{
  if (migdesc_json_reader_peek (reader) != MIGDESC_JSON_NUMBER)
    return migdesc_json_reader_fail_kind (reader, "a number");
  return migdesc_json_reader_count_value (reader);
}

gboolean
migdesc_json_reader_read_number (MigdescJsonReader *reader,
                                 MigdescJsonString *lexeme)
{
  MigdescJsonIntStatus status;
  const char *end;
  guint64 value;

  if (!is_at_number (reader))
    return FALSE;
  end = scan_number (reader, &status, &value);
  if (end == NULL)
    return FALSE;

  lexeme->text = reader->cursor;
  lexeme->length = (guint32) (end - reader->cursor);
  lexeme->offset = (guint32) migdesc_json_reader_offset (reader);
  reader->cursor = migdesc_json_skip_space (end, reader->end);
  return TRUE;
}

MigdescJsonIntStatus
migdesc_json_reader_read_integer (MigdescJsonReader *reader,
                                  guint64 *value)
{
  MigdescJsonIntStatus status;
  const char *end;

  if (!is_at_number (reader))
    return MIGDESC_JSON_INT_ERROR;
  end = scan_number (reader, &status, value);
  if (end == NULL)
    return MIGDESC_JSON_INT_ERROR;
  reader->cursor = migdesc_json_skip_space (end, reader->end);
  return status;
}

const char *
migdesc_json_int_status_text (MigdescJsonIntStatus status)
{
  static const char *const texts[] = {
    [MIGDESC_JSON_INT_OK] = "is an integer",
    [MIGDESC_JSON_INT_NEGATIVE] = "is negative",
    [MIGDESC_JSON_INT_FRACTION] = "has a fraction",
    [MIGDESC_JSON_INT_EXPONENT] = "has an exponent",
    [MIGDESC_JSON_INT_TOO_LARGE] = "is above 18446744073709551615",
    [MIGDESC_JSON_INT_ERROR] = "is not a number",
  };

  return texts[status];
}

gboolean
migdesc_json_reader_read_uint64 (MigdescJsonReader *reader,
                                 guint64 *value)
{
  MigdescJsonMark start = migdesc_json_reader_tell (reader);
  MigdescJsonIntStatus status = migdesc_json_reader_read_integer (reader, value);
  MigdescJsonString lexeme;
  g_autofree char *number = NULL;

  if (status == MIGDESC_JSON_INT_OK)
    return TRUE;
  if (status == MIGDESC_JSON_INT_ERROR)
    return FALSE;

  migdesc_json_reader_seek (reader, &start);
  migdesc_json_reader_read_number (reader, &lexeme);
  number = migdesc_quote (lexeme.text, lexeme.length);
  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_VALUE_NOT_INT, lexeme.offset,
                                   "the number %s %s", number,
                                   migdesc_json_int_status_text (status));
}
