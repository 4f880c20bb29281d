/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "value/value.h"

#include <string.h>

#include "base/hash.h"

#define UINT64_DIGITS 20

static gboolean
text_equals (const char *text,
             gsize length,
             const char *word)
{
  return strlen (word) == length && memcmp (text, word, length) == 0;
}

static MigdescValueProblem
parse_bool (const char *text,
            gsize length,
            MigdescValue *value)
{
  if (text_equals (text, length, "on") || text_equals (text, length, "true"))
    value->number = TRUE;
  else if (text_equals (text, length, "off") || text_equals (text, length, "false"))
    value->number = FALSE;
  else
    return MIGDESC_VALUE_WRONG_TYPE;
  return MIGDESC_VALUE_OK;
}

/* What is too short to be out of range */
static inline MigdescValueProblem
parse_short_int (const char *text,
                 gsize length,
                 guint64 *number)
{
  guint64 sum = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint digit = (guint) (guchar) text[i] - '0';

      if (digit > 9)
        return MIGDESC_VALUE_WRONG_TYPE;
      sum = sum * 10 + digit;
    }
  *number = sum;
  return MIGDESC_VALUE_OK;
}

static MigdescValueProblem
parse_int (const char *text,
           gsize length,
           MigdescValue *value)
{
  gboolean overflow;

  if (length == 0 || (text[0] == '0' && length > 1))
    return MIGDESC_VALUE_WRONG_TYPE;
  if (G_LIKELY (length < UINT64_DIGITS))
    return parse_short_int (text, length, &value->number);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return MIGDESC_VALUE_WRONG_TYPE;

  value->number = migdesc_parse_uint64 (text, length, &overflow);
  return overflow ? MIGDESC_VALUE_OUT_OF_RANGE : MIGDESC_VALUE_OK;
}

MigdescValueProblem
migdesc_value_parse (MigdescValueType type,
                     const char *text,
                     gsize length,
                     MigdescValue *value)
{
  if (type == MIGDESC_VALUE_TYPE_BOOL)
    return parse_bool (text, length, value);
  if (type == MIGDESC_VALUE_TYPE_INT)
    return parse_int (text, length, value);

  value->string = text;
  return migdesc_value_text_is_valid (text, length) ? MIGDESC_VALUE_OK : MIGDESC_VALUE_BAD_TEXT;
}

guint64
migdesc_parse_uint64 (const char *text,
                      gsize length,
                      gboolean *overflow)
{
  guint64 number = 0;

  *overflow = length > UINT64_DIGITS;
  for (gsize i = 0; i < length && !*overflow; i++)
    *overflow = __builtin_mul_overflow (number, 10u, &number)
                || __builtin_add_overflow (number, (guint64) (text[i] - '0'), &number);
  return number;
}

/* Whether some of eight bytes is a control character or beyond ASCII. */
static inline gboolean
has_special_byte (guint64 word)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);

  return (((word - ones * ' ') | (word + ones) | word) & (ones << 7)) != 0;
}

static gboolean
has_control_character (const char *text,
                       gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar byte = (guchar) text[i];

      if (byte < ' ' || byte == 0x7f)
        return TRUE;
      /* U+0080 to U+009F; the text is UTF-8, so there is a next byte */
      if (byte == 0xc2 && (guchar) text[i + 1] < 0xa0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_plain (const char *text,
          gsize length)
{
  gsize i = 0;

  if (length < 8)
    {
      for (; i < length; i++)
        if ((guchar) text[i] < ' ' || (guchar) text[i] >= 0x7f)
          return FALSE;
      return TRUE;
    }
  for (; length - i > 8; i += 8)
    if (has_special_byte (migdesc_load64 (text + i)))
      return FALSE;
  return !has_special_byte (migdesc_load64 (text + length - 8));
}

gboolean
migdesc_value_text_is_valid (const char *text,
                             gsize length)
{
  if (length > MIGDESC_VALUE_MAX_LENGTH)
    return FALSE;
  return is_plain (text, length)
         || (g_utf8_validate_len (text, length, NULL) && !has_control_character (text, length));
}

int
migdesc_value_compare (MigdescValueType type,
                       MigdescValue value,
                       MigdescValue other)
{
  if (type == MIGDESC_VALUE_TYPE_STRING)
    return strcmp (value.string, other.string);
  return (value.number > other.number) - (value.number < other.number);
}

void
migdesc_value_append_text (GString *text,
                           MigdescValueType type,
                           MigdescValue value)
{
  char digits[UINT64_DIGITS];
  char *start = digits + sizeof digits;

  if (type == MIGDESC_VALUE_TYPE_STRING)
    {
      g_string_append (text, value.string);
      return;
    }
  if (type == MIGDESC_VALUE_TYPE_BOOL)
    {
      g_string_append (text, value.number ? "on" : "off");
      return;
    }

  do
    {
      *--start = (char) ('0' + value.number % 10);
      value.number /= 10;
    }
  while (value.number > 0);
  g_string_append_len (text, start, digits + sizeof digits - start);
}

GVariant *
migdesc_value_to_variant (MigdescValueType type,
                          MigdescValue value)
{
  GVariant *variant;

  if (type == MIGDESC_VALUE_TYPE_STRING)
    variant = g_variant_new_string (value.string);
  else if (type == MIGDESC_VALUE_TYPE_INT)
    variant = g_variant_new_uint64 (value.number);
  else
    variant = g_variant_new_boolean (value.number != 0);
  return g_variant_ref_sink (variant);
}

gboolean
migdesc_value_from_variant (MigdescValueType type,
                            GVariant *variant,
                            MigdescValue *value)
{
  gsize length;

  if (!g_variant_is_of_type (variant, migdesc_value_variant_type (type)))
    return FALSE;

  if (type == MIGDESC_VALUE_TYPE_INT)
    value->number = g_variant_get_uint64 (variant);
  else if (type == MIGDESC_VALUE_TYPE_BOOL)
    value->number = g_variant_get_boolean (variant);
  else
    {
      value->string = g_variant_get_string (variant, &length);
      return migdesc_value_text_is_valid (value->string, length);
    }
  return TRUE;
}

const GVariantType *
migdesc_value_variant_type (MigdescValueType type)
{
  if (type == MIGDESC_VALUE_TYPE_STRING)
    return G_VARIANT_TYPE_STRING;
  return type == MIGDESC_VALUE_TYPE_INT ? G_VARIANT_TYPE_UINT64 : G_VARIANT_TYPE_BOOLEAN;
}
