/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/change.h"

/* Numbers, truth values and texts into each other, where nothing is lost. */

typedef struct
{
  gboolean is_real;
  gboolean negative; /* of an integer: value is its two's complement */
  guint64 value;
  double real;
} Number;

static Number
from_signed (gint64 value)
{
  return (Number) { FALSE, value < 0, (guint64) value, 0 };
}

static Number
from_unsigned (guint64 value)
{
  return (Number) { FALSE, FALSE, value, 0 };
}

static gboolean
parse (const char *text,
       Number *number)
{
  gint64 negative;

  *number = from_unsigned (0);
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &number->value, NULL))
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, G_MININT64, -1, &negative, NULL))
    return FALSE;
  *number = from_signed (negative);
  return TRUE;
}

static gboolean
get_number (GVariant *value,
            Number *number)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BOOLEAN:
      *number = from_unsigned (g_variant_get_boolean (value) ? 1 : 0);
      return TRUE;
    case G_VARIANT_CLASS_BYTE:
      *number = from_unsigned (g_variant_get_byte (value));
      return TRUE;
    case G_VARIANT_CLASS_INT16:
      *number = from_signed (g_variant_get_int16 (value));
      return TRUE;
    case G_VARIANT_CLASS_UINT16:
      *number = from_unsigned (g_variant_get_uint16 (value));
      return TRUE;
    case G_VARIANT_CLASS_INT32:
      *number = from_signed (g_variant_get_int32 (value));
      return TRUE;
    case G_VARIANT_CLASS_UINT32:
      *number = from_unsigned (g_variant_get_uint32 (value));
      return TRUE;
    case G_VARIANT_CLASS_INT64:
      *number = from_signed (g_variant_get_int64 (value));
      return TRUE;
    case G_VARIANT_CLASS_UINT64:
      *number = from_unsigned (g_variant_get_uint64 (value));
      return TRUE;
    case G_VARIANT_CLASS_DOUBLE:
      *number = (Number) { TRUE, FALSE, 0, g_variant_get_double (value) };
      return TRUE;
    case G_VARIANT_CLASS_STRING:
      return parse (g_variant_get_string (value, NULL), number);
    default:
      return FALSE;
    }
}

/* A double that is an integer becomes one. */
static gboolean
make_integer (Number *number)
{
  double real = number->real;

  if (!number->is_real)
    return TRUE;
  if (real >= 0 && real < 18446744073709551616.0 && (double) (guint64) real == real)
    *number = from_unsigned ((guint64) real);
  else if (real < 0 && real >= -9223372036854775808.0 && (double) (gint64) real == real)
    *number = from_signed ((gint64) real);
  else
    return FALSE;
  return TRUE;
}

static GVariant *
make_double (const Number *number)
{
  double real = number->real;

  if (!number->is_real)
    real = number->negative ? (double) (gint64) number->value : (double) number->value;
  if (!number->is_real
      && (number->negative ? (gint64) real != (gint64) number->value
                           : real >= 18446744073709551616.0 || (guint64) real != number->value))
    return NULL;
  return g_variant_new_double (real);
}

static GVariant *
make_text (const Number *number)
{
  if (number->is_real)
    return NULL;
  if (number->negative)
    return g_variant_new_take_string (
        g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number->value));
  return g_variant_new_take_string (g_strdup_printf ("%" G_GUINT64_FORMAT, number->value));
}

static gboolean
fits (const Number *number,
      gint64 min,
      guint64 max)
{
  return number->negative ? (gint64) number->value >= min : number->value <= max;
}

static GVariant *
make_exact (const Number *number,
            char type)
{
  switch (type)
    {
    case 'b':
      return fits (number, 0, 1) ? g_variant_new_boolean (number->value != 0) : NULL;
    case 'y':
      return fits (number, 0, G_MAXUINT8) ? g_variant_new_byte ((guchar) number->value) : NULL;
    case 'n':
      return fits (number, G_MININT16, G_MAXINT16) ? g_variant_new_int16 ((gint16) number->value)
                                                   : NULL;
    case 'q':
      return fits (number, 0, G_MAXUINT16) ? g_variant_new_uint16 ((guint16) number->value) : NULL;
    case 'i':
      return fits (number, G_MININT32, G_MAXINT32) ? g_variant_new_int32 ((gint32) number->value)
                                                   : NULL;
    case 'u':
      return fits (number, 0, G_MAXUINT32) ? g_variant_new_uint32 ((guint32) number->value) : NULL;
    case 'x':
      return fits (number, G_MININT64, G_MAXINT64) ? g_variant_new_int64 ((gint64) number->value)
                                                   : NULL;
    default:
      return fits (number, 0, G_MAXUINT64) ? g_variant_new_uint64 (number->value) : NULL;
    }
}

GVariant *
migdesc_value_retype (GVariant *value,
                      const GVariantType *type)
{
  char wanted = g_variant_type_peek_string (type)[0];
  Number number;

  if (g_variant_is_of_type (value, type))
    return value;
  if (!get_number (value, &number))
    return NULL;
  if (wanted == 'd')
    return make_double (&number);
  if (!make_integer (&number))
    return NULL;
  return wanted == 's' ? make_text (&number) : make_exact (&number, wanted);
}
