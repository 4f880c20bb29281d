/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>
#include <string.h>

#include "state/formats/der-item.h"

/* Doubles as REAL (X.690, 8.5 and 11.3): binary, base 2, no scale factor, an odd mantissa. */

enum
{
  PLUS_INFINITY = 0x40,
  MINUS_INFINITY = 0x41,
  NOT_A_NUMBER = 0x42,
  MINUS_ZERO = 0x43,
  BINARY = 0x80,
  NEGATIVE = 0x40,
  EXPONENT_SIZE = 0x03
};

#define FRACTION_BITS 52
#define LEAST_EXPONENT (-1074) /* of the least bit of the least double */
#define HIDDEN (G_GUINT64_CONSTANT (1) << FRACTION_BITS)

static guint64
get_bits (double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static gsize
make_special (double value,
              guint8 *bytes)
{
  gboolean negative = signbit (value) != 0;

  if (isnan (value))
    bytes[0] = NOT_A_NUMBER;
  else if (isinf (value))
    bytes[0] = negative ? MINUS_INFINITY : PLUS_INFINITY;
  else if (negative)
    bytes[0] = MINUS_ZERO;
  else
    return 0;
  return 1;
}

/* Value of no sign is mantissa * 2^exponent. */
static guint64
take_apart (double value,
            int *exponent)
{
  guint64 bits = get_bits (value);
  guint64 mantissa = bits & (HIDDEN - 1);
  int biased = (int) (bits >> FRACTION_BITS & 0x7ff);

  if (biased != 0)
    mantissa |= HIDDEN;
  *exponent = LEAST_EXPONENT + MAX (biased, 1) - 1;
  for (; (mantissa & 1) == 0; mantissa >>= 1)
    ++*exponent;
  return mantissa;
}

gsize
migdesc_der_make_real (double value,
                       guint8 bytes[MIGDESC_DER_REAL_MAX])
{
  gboolean is_short;
  gsize n = 1;
  guint64 mantissa;
  int exponent;

  if (!isfinite (value) || (get_bits (value) << 1) == 0)
    return make_special (value, bytes);
  mantissa = take_apart (value, &exponent);
  is_short = exponent >= G_MININT8 && exponent <= G_MAXINT8;
  bytes[0] = (guint8) (BINARY | (signbit (value) ? NEGATIVE : 0) | (is_short ? 0 : 1));
  if (!is_short)
    bytes[n++] = (guint8) ((guint) exponent >> 8);
  bytes[n++] = (guint8) exponent;
  for (int shift = 48; shift >= 0; shift -= 8)
    if (mantissa >> shift != 0)
      bytes[n++] = (guint8) (mantissa >> shift);
  return n;
}

/* The other way round, as far as there is a double: else 0. */
static double
put_together (guint64 mantissa,
              int exponent)
{
  guint64 bits;
  double value;
  int first = exponent;

  for (guint64 rest = mantissa; rest > 1; rest >>= 1)
    first++;
  if (mantissa >= HIDDEN << 1 || first > 1023 || exponent < LEAST_EXPONENT)
    return 0;
  if (first >= -1022)
    bits = (mantissa << (FRACTION_BITS - (first - exponent)) & (HIDDEN - 1))
           | (guint64) (first + 1023) << FRACTION_BITS;
  else
    bits = mantissa << (exponent - LEAST_EXPONENT);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static double
get_special (guint8 byte)
{
  switch (byte)
    {
    case PLUS_INFINITY:
      return (double) INFINITY;
    case MINUS_INFINITY:
      return (double) -INFINITY;
    case NOT_A_NUMBER:
      return (double) NAN;
    default:
      return -0.0;
    }
}

static double
get_binary (const guint8 *data,
            gsize length)
{
  gsize exponent_size = (gsize) (data[0] & EXPONENT_SIZE) + 1;
  guint64 mantissa = 0;
  gint64 exponent;
  double value;

  if (exponent_size > 2 || length < exponent_size + 2 || length > MIGDESC_DER_REAL_MAX)
    return 0;
  migdesc_der_get_int (data + 1, exponent_size, &exponent);
  for (gsize i = 1 + exponent_size; i < length; i++)
    mantissa = mantissa << 8 | data[i];
  value = put_together (mantissa, (int) exponent);
  return (data[0] & NEGATIVE) != 0 ? -value : value;
}

/* Whatever is not exactly what would be written is refused. */
gboolean
migdesc_der_get_real (const guint8 *data,
                      gsize length,
                      double *value)
{
  guint8 bytes[MIGDESC_DER_REAL_MAX];

  if (length == 0)
    *value = 0;
  else if ((data[0] & BINARY) != 0)
    *value = get_binary (data, length);
  else
    *value = get_special (data[0]);
  return migdesc_der_make_real (*value, bytes) == length
         && (length == 0 || memcmp (bytes, data, length) == 0);
}
