/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/decoder.h"

#include "base/limits-private.h"
#include "base/quote.h"

/* Values of params, and sets of them. */

static void
report_not_a_value (MigdescDecoder *decoder,
                    MigdescError code,
                    const MigdescJsonString *string,
                    const char *wanted)
{
  g_autofree char *quoted = migdesc_quote (string->text, string->length);

  migdesc_decoder_error (decoder, code, string->offset, "expected %s, found the string \"%s\"",
                         wanted, quoted);
}

/* @status is not OK: the number between @place and the cursor is no int. */
static void
report_not_an_int (MigdescDecoder *decoder,
                   MigdescPlace place,
                   MigdescJsonIntStatus status)
{
  const char *start = decoder->json.text + place;
  gsize room = migdesc_decoder_place (decoder) - place;
  g_autofree char *quoted = NULL;
  gsize length = 0;

  while (length < room
         && (g_ascii_isalnum (start[length]) || strchr ("+-.", start[length]) != NULL))
    length++;
  quoted = migdesc_quote (start, (gssize) length);
  migdesc_decoder_error (decoder, MIGDESC_ERROR_VALUE_NOT_INT, place,
                         "%s %s; an int is a whole number from 0 to 18446744073709551615", quoted,
                         migdesc_json_int_status_text (status));
}

static gboolean
parse_int (MigdescDecoder *decoder,
           MigdescError wrong_type,
           const MigdescJsonString *string,
           guint64 *number)
{
  MigdescValue value;

  switch (migdesc_value_parse (MIGDESC_VALUE_TYPE_INT, string->text, string->length, &value))
    {
    case MIGDESC_VALUE_OK:
      *number = value.number;
      return TRUE;
    case MIGDESC_VALUE_OUT_OF_RANGE:
      report_not_a_value (decoder, MIGDESC_ERROR_VALUE_NOT_INT, string,
                          "an int up to 18446744073709551615");
      return FALSE;
    case MIGDESC_VALUE_WRONG_TYPE:
    case MIGDESC_VALUE_BAD_TEXT:
    default:
      report_not_a_value (decoder, wrong_type, string, "an int");
      return FALSE;
    }
}

static gboolean
read_int_number (MigdescDecoder *decoder,
                 guint64 *number)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  MigdescJsonIntStatus status = migdesc_json_reader_read_integer (&decoder->json, number);

  if (G_LIKELY (status == MIGDESC_JSON_INT_OK))
    return TRUE;
  if (status != MIGDESC_JSON_INT_ERROR)
    report_not_an_int (decoder, place, status);
  return FALSE;
}

gboolean
migdesc_decoder_read_int (MigdescDecoder *decoder,
                          MigdescError wrong_type,
                          guint64 *value)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (&decoder->json);
  MigdescJsonString string;

  if (G_LIKELY (kind == MIGDESC_JSON_NUMBER))
    return read_int_number (decoder, value);
  if (kind == MIGDESC_JSON_STRING)
    return migdesc_json_reader_read_string (&decoder->json, &string)
           && parse_int (decoder, wrong_type, &string, value);

  migdesc_decoder_reject_kind (decoder, wrong_type, "an int");
  return FALSE;
}

static gboolean
read_bool (MigdescDecoder *decoder,
           MigdescError wrong_type,
           guint64 *value)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (&decoder->json);
  gboolean flag;
  gboolean good;

  if (G_LIKELY (kind == MIGDESC_JSON_TRUE || kind == MIGDESC_JSON_FALSE))
    good = migdesc_json_reader_read_bool (&decoder->json, &flag);
  else if (kind == MIGDESC_JSON_STRING && (decoder->flags & MIGDESC_READ_LENIENT) != 0)
    good = migdesc_decoder_read_flag (decoder, wrong_type, &flag);
  else
    {
      migdesc_decoder_reject_kind (decoder, wrong_type, "true or false");
      return FALSE;
    }
  *value = good && flag ? 1 : 0;
  return good;
}

gboolean
migdesc_decoder_read_text (MigdescDecoder *decoder,
                           MigdescError wrong_type,
                           MigdescJsonString *text)
{
  if (G_UNLIKELY (migdesc_json_reader_peek (&decoder->json) != MIGDESC_JSON_STRING))
    {
      migdesc_decoder_reject_kind (decoder, wrong_type, "a string");
      return FALSE;
    }
  if (!migdesc_json_reader_read_string (&decoder->json, text))
    return FALSE;
  if (G_LIKELY (migdesc_value_text_is_valid (text->text, text->length)))
    return TRUE;

  if (text->length > MIGDESC_VALUE_MAX_LENGTH)
    migdesc_decoder_error (decoder, MIGDESC_ERROR_VALUE_TEXT, text->offset,
                           "a str value has at most %d bytes, this one has %u",
                           MIGDESC_VALUE_MAX_LENGTH, text->length);
  else
    report_not_a_value (decoder, MIGDESC_ERROR_VALUE_TEXT, text,
                        "a text without control characters");
  return FALSE;
}

gboolean
migdesc_decoder_read_value (MigdescDecoder *decoder,
                            MigdescValueType type,
                            MigdescError wrong_type,
                            MigdescValue *value)
{
  MigdescJsonString text;

  if (type == MIGDESC_VALUE_TYPE_INT)
    return migdesc_decoder_read_int (decoder, wrong_type, &value->number);
  if (type == MIGDESC_VALUE_TYPE_BOOL)
    return read_bool (decoder, wrong_type, &value->number);
  if (!migdesc_decoder_read_text (decoder, wrong_type, &text))
    return FALSE;
  value->string = migdesc_arena_dup (decoder->arena, text.text, text.length);
  return TRUE;
}

/* A single int or `MIN-MAX` */
static gboolean
read_range_string (MigdescDecoder *decoder,
                   MigdescInterval *range)
{
  g_autoptr (GError) error = NULL;
  MigdescJsonString string;

  if (!migdesc_json_reader_read_string (&decoder->json, &string))
    return FALSE;
  if (migdesc_range_parse (string.text, string.length, &range->min, &range->max, &error))
    return TRUE;
  migdesc_decoder_error (decoder, (MigdescError) error->code, string.offset, "%s", error->message);
  return FALSE;
}

static gboolean
read_range_member (MigdescDecoder *decoder,
                   const MigdescJsonString *key,
                   MigdescInterval *range,
                   guint *seen)
{
  gboolean is_min = migdesc_json_string_equal (key, "min", 3);
  guint bit = is_min ? 1 : 2;

  if (!is_min && !migdesc_json_string_equal (key, "max", 3))
    {
      g_autofree char *quoted = migdesc_quote (key->text, key->length);

      migdesc_decoder_error (decoder, MIGDESC_ERROR_RANGE_SYNTAX, key->offset,
                             "a range has the members \"min\" and \"max\", not \"%s\"", quoted);
      migdesc_json_reader_skip_value (&decoder->json);
      return FALSE;
    }
  if ((*seen & bit) != 0)
    return migdesc_json_reader_fail_duplicate (&decoder->json, key);
  *seen |= bit;
  return migdesc_decoder_read_int (decoder, MIGDESC_ERROR_RANGE_SYNTAX,
                                   is_min ? &range->min : &range->max);
}

/* `{"min": MIN, "max": MAX}` */
static gboolean
read_range_object (MigdescDecoder *decoder,
                   MigdescInterval *range)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  MigdescJsonString key;
  gboolean good = TRUE;
  guint seen = 0;

  decoder->fits &= MIGDESC_IN_NATIVE;
  if (!migdesc_json_reader_begin_object (&decoder->json))
    return FALSE;
  while (migdesc_json_reader_next_member (&decoder->json, &key))
    if (!read_range_member (decoder, &key, range, &seen))
      good = FALSE;

  if (!good || decoder->json.error != 0)
    return FALSE;
  if (seen != 3)
    {
      migdesc_decoder_error (decoder, MIGDESC_ERROR_RANGE_SYNTAX, place,
                             "a range needs both \"min\" and \"max\"");
      return FALSE;
    }
  if (range->min > range->max)
    {
      migdesc_decoder_error (decoder, MIGDESC_ERROR_RANGE_ORDER, place,
                             "\"min\" %" G_GUINT64_FORMAT " is above \"max\" %" G_GUINT64_FORMAT,
                             range->min, range->max);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_range (MigdescDecoder *decoder,
            MigdescInterval *range)
{
  switch (migdesc_json_reader_peek (&decoder->json))
    {
    case MIGDESC_JSON_NUMBER:
      if (!read_int_number (decoder, &range->min))
        return FALSE;
      range->max = range->min;
      return TRUE;
    case MIGDESC_JSON_STRING:
      return read_range_string (decoder, range);
    case MIGDESC_JSON_OBJECT:
      return read_range_object (decoder, range);
    case MIGDESC_JSON_ERROR:
    case MIGDESC_JSON_END:
    case MIGDESC_JSON_ARRAY:
    case MIGDESC_JSON_TRUE:
    case MIGDESC_JSON_FALSE:
    case MIGDESC_JSON_NULL:
    default:
      migdesc_decoder_reject_kind (decoder, MIGDESC_ERROR_VALUE_TYPE, "an int or a range");
      return FALSE;
    }
}

static gboolean
read_element (MigdescDecoder *decoder,
              MigdescValueType type)
{
  MigdescInterval range;
  MigdescJsonString text;
  MigdescValue value;

  if (type == MIGDESC_VALUE_TYPE_INT)
    {
      if (!read_range (decoder, &range))
        return FALSE;
      migdesc_set_builder_add_interval (&decoder->set_builder, range.min, range.max);
      return TRUE;
    }
  if (type == MIGDESC_VALUE_TYPE_STRING)
    {
      if (!migdesc_decoder_read_text (decoder, MIGDESC_ERROR_VALUE_TYPE, &text))
        return FALSE;
      migdesc_set_builder_add_string (&decoder->set_builder, text.text, text.length);
      return TRUE;
    }
  if (!read_bool (decoder, MIGDESC_ERROR_VALUE_TYPE, &value.number))
    return FALSE;
  migdesc_set_builder_add_value (&decoder->set_builder, value);
  return TRUE;
}

static gboolean
fail_ranges (MigdescDecoder *decoder)
{
  g_autofree char *message = migdesc_limit_to_message (MIGDESC_LIMIT_RANGES, decoder->ranges_limit);

  return migdesc_json_reader_fail (&decoder->json, MIGDESC_ERROR_LIMIT_EXCEEDED,
                                   migdesc_decoder_place (decoder), "%s", message);
}

gboolean
migdesc_decoder_read_set (MigdescDecoder *decoder,
                          MigdescValueType type,
                          MigdescError empty,
                          MigdescSet *set)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  gboolean good = TRUE;
  guint64 n = 0;

  migdesc_set_builder_reset (&decoder->set_builder, type);
  if (!migdesc_json_reader_begin_array (&decoder->json))
    return FALSE;
  for (; migdesc_json_reader_next_element (&decoder->json); n++)
    {
      if (G_UNLIKELY (n >= decoder->ranges_limit && type == MIGDESC_VALUE_TYPE_INT))
        return fail_ranges (decoder);
      if (!read_element (decoder, type))
        good = FALSE;
    }

  if (decoder->json.error != 0 || !good)
    return FALSE;
  if (n == 0)
    {
      migdesc_decoder_error (decoder, empty, place, "a set of values must not be empty");
      return FALSE;
    }
  migdesc_set_builder_build (&decoder->set_builder, decoder->arena, set);
  return TRUE;
}
