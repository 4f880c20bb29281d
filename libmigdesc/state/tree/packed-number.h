/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/table/scalar.h"

G_BEGIN_DECLS

/* Single numbers as a tree has them. Nothing is checked: what is read here was written here. */

/* At most so many bytes has any number. */
#define MIGDESC_PACKED_NUMBER_MAX 10

/* Seven bits a byte, the lowest first, with bit 7 where more follow. */
static inline guint8 *
migdesc_pack_number (guint8 *at,
                     guint64 value)
{
  for (; value >= 0x80; value >>= 7)
    *at++ = (guint8) (value | 0x80);
  *at++ = (guint8) value;
  return at;
}

static inline const guint8 *
migdesc_unpack_number (const guint8 *at,
                       guint64 *value)
{
  guint64 number = *at++;

  if (G_UNLIKELY (number >= 0x80))
    {
      guint shift = 7;

      number &= 0x7f;
      for (; *at >= 0x80; shift += 7)
        number |= (guint64) (*at++ & 0x7f) << shift;
      number |= (guint64) *at++ << shift;
    }
  *value = number;
  return at;
}

static inline const guint8 *
migdesc_skip_number (const guint8 *at)
{
  while (*at >= 0x80)
    at++;
  return at + 1;
}

/* Small ones of either sign are small numbers: 0, -1, 1, -2, ... */
static inline guint64
migdesc_sign_to_code (guint64 value)
{
  return value << 1 ^ (guint64) ((gint64) value >> 63);
}

static inline guint64
migdesc_code_to_sign (guint64 code)
{
  return code >> 1 ^ (0 - (code & 1));
}

/* A double begins with a byte: a whole number from LEAST on; or, from TAG on, how many bytes of the
 * double follow, the highest ones, behind which all are zero. */
#define MIGDESC_PACKED_DOUBLE_LEAST (-120)
#define MIGDESC_PACKED_DOUBLE_TAG 240

static inline gboolean
migdesc_double_is_small (guint64 bits,
                         guint *code)
{
  double value;
  int whole;

  memcpy (&value, &bits, sizeof value);
  if (!(value >= MIGDESC_PACKED_DOUBLE_LEAST && value < 120))
    return FALSE;
  whole = (int) value;
  *code = (guint) (whole - MIGDESC_PACKED_DOUBLE_LEAST);
  /* -0.0 has a bit */
  return (double) whole == value && (whole != 0 || bits == 0);
}

static inline guint
migdesc_double_get_n_bytes (guint64 bits)
{
  guint n = 8;

  for (; n > 0 && (bits & 0xff) == 0; n--)
    bits >>= 8;
  return n;
}

static inline guint
migdesc_double_get_packed_size (guint64 bits)
{
  guint code;

  return migdesc_double_is_small (bits, &code) ? 1 : 1 + migdesc_double_get_n_bytes (bits);
}

static inline guint8 *
migdesc_pack_double (guint8 *at,
                     guint64 bits)
{
  guint code, n;

  if (migdesc_double_is_small (bits, &code))
    {
      *at++ = (guint8) code;
      return at;
    }
  n = migdesc_double_get_n_bytes (bits);
  *at++ = (guint8) (MIGDESC_PACKED_DOUBLE_TAG + n);
  for (guint i = 0; i < n; i++)
    *at++ = (guint8) (bits >> (56 - 8 * i));
  return at;
}

static inline const guint8 *
migdesc_unpack_double (const guint8 *at,
                       guint64 *bits)
{
  guint tag = *at++;
  double value;

  if (tag < MIGDESC_PACKED_DOUBLE_TAG)
    {
      value = (double) ((int) tag + MIGDESC_PACKED_DOUBLE_LEAST);
      memcpy (bits, &value, sizeof value);
      return at;
    }
  *bits = 0;
  for (guint i = 0; i < tag - MIGDESC_PACKED_DOUBLE_TAG; i++)
    *bits |= (guint64) *at++ << (56 - 8 * i);
  return at;
}

static inline const guint8 *
migdesc_skip_double (const guint8 *at)
{
  guint tag = *at++;

  return tag < MIGDESC_PACKED_DOUBLE_TAG ? at : at + (tag - MIGDESC_PACKED_DOUBLE_TAG);
}

/* The scalar of a field, as migdesc_field_load has it. */
static inline guint8 *
migdesc_pack_scalar (guint8 *at,
                     const MigdescField *field,
                     guint64 value)
{
  if (migdesc_field_wire_width (field) == 1)
    {
      *at++ = (guint8) value;
      return at;
    }
  if (field->kind == MIGDESC_FIELD_DOUBLE)
    return migdesc_pack_double (at, value);
  return migdesc_pack_number (at, migdesc_field_is_signed (field) ? migdesc_sign_to_code (value)
                                                                  : value);
}

static inline const guint8 *
migdesc_unpack_scalar (const guint8 *at,
                       const MigdescField *field,
                       guint64 *value)
{
  if (migdesc_field_wire_width (field) == 1)
    {
      *value = migdesc_field_is_signed (field) ? migdesc_scalar_extend (*at, 1) : *at;
      return at + 1;
    }
  if (field->kind == MIGDESC_FIELD_DOUBLE)
    return migdesc_unpack_double (at, value);
  at = migdesc_unpack_number (at, value);
  if (migdesc_field_is_signed (field))
    *value = migdesc_code_to_sign (*value);
  return at;
}

static inline const guint8 *
migdesc_skip_scalar (const guint8 *at,
                     const MigdescField *field)
{
  if (migdesc_field_wire_width (field) == 1)
    return at + 1;
  return field->kind == MIGDESC_FIELD_DOUBLE ? migdesc_skip_double (at)
                                             : migdesc_skip_number (at);
}

G_END_DECLS
