/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

/* One scalar of a struct, as a 64-bit number: signed ones as two's complement, doubles as bits. */

static inline gboolean
migdesc_kind_is_signed (MigdescFieldKind kind)
{
  return kind == MIGDESC_FIELD_INT || kind == MIGDESC_FIELD_TIMER;
}

/* Of a kind with a sign, or a constant below 0. */
static inline gboolean
migdesc_field_is_signed (const MigdescField *field)
{
  return migdesc_kind_is_signed ((MigdescFieldKind) field->kind)
         || (field->kind == MIGDESC_FIELD_CONSTANT && (gint64) field->min < 0
             && (field->flags & MIGDESC_FIELD_SIGNED) != 0);
}

static inline gboolean
migdesc_kind_is_scalar (MigdescFieldKind kind)
{
  return kind >= MIGDESC_FIELD_BOOL && kind <= MIGDESC_FIELD_TIMER;
}

/* Bytes of one element in the binary format. */
static inline guint
migdesc_field_wire_width (const MigdescField *field)
{
  return field->kind == MIGDESC_FIELD_BOOL ? 1 : field->width;
}

static inline guint64
migdesc_scalar_load (gconstpointer address,
                     guint width)
{
  guint8 one;
  guint16 two;
  guint32 four;
  guint64 eight;

  switch (width)
    {
    case 1:
      memcpy (&one, address, sizeof one);
      return one;
    case 2:
      memcpy (&two, address, sizeof two);
      return two;
    case 4:
      memcpy (&four, address, sizeof four);
      return four;
    default:
      memcpy (&eight, address, sizeof eight);
      return eight;
    }
}

static inline void
migdesc_scalar_store (gpointer address,
                      guint width,
                      guint64 value)
{
  guint8 one = (guint8) value;
  guint16 two = (guint16) value;
  guint32 four = (guint32) value;

  switch (width)
    {
    case 1:
      memcpy (address, &one, sizeof one);
      break;
    case 2:
      memcpy (address, &two, sizeof two);
      break;
    case 4:
      memcpy (address, &four, sizeof four);
      break;
    default:
      memcpy (address, &value, sizeof value);
      break;
    }
}

/* The greatest number of so many bytes. */
static inline guint64
migdesc_width_max (guint width)
{
  return G_MAXUINT64 >> (64 - 8 * width);
}

static inline guint64
migdesc_scalar_extend (guint64 value,
                       guint width)
{
  guint shift = 64 - 8 * width;

  return (guint64) ((gint64) (value << shift) >> shift);
}

/* The value as bounds are written: signed ones extended to 64 bits. */
static inline guint64
migdesc_field_load (const MigdescField *field,
                    gconstpointer address)
{
  guint64 value = migdesc_scalar_load (address, field->width);

  return migdesc_field_is_signed (field)
             ? migdesc_scalar_extend (value, field->width)
             : value;
}

/* The bounds of an integer field: inclusive, as 64-bit numbers. */
static inline void
migdesc_field_get_bounds (const MigdescField *field,
                          guint64 *min,
                          guint64 *max)
{
  *min = 0;
  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_ENUM:
      *max = field->n_words - 1;
      break;
    case MIGDESC_FIELD_FLAGS:
      *max = field->n_words >= 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << field->n_words) - 1;
      break;
    case MIGDESC_FIELD_INDEX: /* what it may be is seen when the array is there */
      *max = migdesc_width_max (field->width);
      break;
    case MIGDESC_FIELD_CONSTANT:
      *min = *max = migdesc_field_is_signed (field) ? field->min
                                                    : field->min & migdesc_width_max (field->width);
      break;
    default:
      *min = field->min;
      *max = field->max;
      break;
    }
}

static inline gboolean
migdesc_double_is_finite (double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return (bits >> 52 & 0x7ff) != 0x7ff;
}

static inline gboolean
migdesc_field_allows_double (const MigdescField *field,
                             double value)
{
  if ((field->flags & MIGDESC_FIELD_NON_FINITE) != 0)
    return TRUE;
  return migdesc_double_is_finite (value) && value >= field->real_min && value <= field->real_max;
}

/* Whether an integer, extended as above, is within the field's bounds. */
static inline gboolean
migdesc_field_allows (const MigdescField *field,
                      guint64 value)
{
  guint64 min, max;

  migdesc_field_get_bounds (field, &min, &max);
  return value - min <= max - min;
}

G_END_DECLS
