/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan/column.h"

#include "state/table/scalar.h"

/* Loops over contiguous elements are for the compiler to make vectors of. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

#define LOAD(bits, at)                       \
  ({                                         \
    guint##bits value_;                      \
    memcpy (&value_, (at), sizeof value_);   \
    value_;                                  \
  })

/* Four at a time, so that they don't wait for each other. */
#define DEFINE_CHECKS(bits)                                                                   \
  static gboolean                                                                             \
  check_contiguous_##bits (const guint8 *at, gsize n, const MigdescBounds *bounds)            \
  {                                                                                           \
    const guint##bits min = (guint##bits) bounds->min;                                        \
    guint##bits worst = 0;                                                                    \
                                                                                              \
    for (gsize i = 0; i < n; i++)                                                             \
      {                                                                                       \
        guint##bits above = (guint##bits) (LOAD (bits, at + i * sizeof min) - min);           \
                                                                                              \
        worst = MAX (worst, above);                                                           \
      }                                                                                       \
    return worst <= (guint##bits) bounds->span;                                               \
  }                                                                                           \
                                                                                              \
  static gboolean                                                                             \
  check_strided_##bits (const guint8 *at, gsize n, gsize stride, const MigdescBounds *bounds) \
  {                                                                                           \
    const guint##bits min = (guint##bits) bounds->min;                                        \
    guint##bits worst = 0, other = 0;                                                         \
                                                                                              \
    for (; n >= 4; n -= 4, at += 4 * stride)                                                  \
      {                                                                                       \
        guint##bits a = (guint##bits) (LOAD (bits, at) - min);                                \
        guint##bits b = (guint##bits) (LOAD (bits, at + stride) - min);                       \
        guint##bits c = (guint##bits) (LOAD (bits, at + 2 * stride) - min);                   \
        guint##bits d = (guint##bits) (LOAD (bits, at + 3 * stride) - min);                   \
                                                                                              \
        worst = MAX (worst, a);                                                               \
        other = MAX (other, b);                                                               \
        worst = MAX (worst, c);                                                               \
        other = MAX (other, d);                                                               \
      }                                                                                       \
    for (; n > 0; n--, at += stride)                                                          \
      {                                                                                       \
        guint##bits above = (guint##bits) (LOAD (bits, at) - min);                            \
                                                                                              \
        worst = MAX (worst, above);                                                           \
      }                                                                                       \
    return MAX (worst, other) <= (guint##bits) bounds->span;                                  \
  }                                                                                           \
                                                                                              \
  static gboolean                                                                             \
  check_mask_##bits (const guint8 *at, gsize n, gsize stride, const MigdescBounds *bounds)    \
  {                                                                                           \
    guint##bits all = 0;                                                                      \
                                                                                              \
    if (stride == sizeof all)                                                                 \
      for (gsize i = 0; i < n; i++)                                                           \
        all |= LOAD (bits, at + i * sizeof all);                                              \
    else                                                                                      \
      {                                                                                       \
        for (; n >= 4; n -= 4, at += 4 * stride)                                              \
          all |= (guint##bits) (LOAD (bits, at) | LOAD (bits, at + stride)                    \
                                | LOAD (bits, at + 2 * stride) | LOAD (bits, at + 3 * stride)); \
        for (; n > 0; n--, at += stride)                                                      \
          all |= LOAD (bits, at);                                                             \
      }                                                                                       \
    return all <= (guint##bits) bounds->span;                                                 \
  }                                                                                           \
                                                                                              \
  static gboolean                                                                             \
  check_##bits (const guint8 *at, gsize n, gsize stride, const MigdescBounds *bounds)         \
  {                                                                                           \
    if (migdesc_bounds_are_mask (bounds))                                                     \
      return check_mask_##bits (at, n, stride, bounds);                                       \
    return stride == sizeof (guint##bits) ? check_contiguous_##bits (at, n, bounds)           \
                                          : check_strided_##bits (at, n, stride, bounds);     \
  }                                                                                           \
                                                                                              \
  static gboolean                                                                             \
  check_singles_##bits (const MigdescSingle *singles, guint32 n, const guint8 *base,          \
                        gboolean is_wire)                                                     \
  {                                                                                           \
    gboolean bad = FALSE;                                                                     \
                                                                                              \
    for (guint32 i = 0; i < n; i++)                                                           \
      {                                                                                       \
        guint32 offset = is_wire ? singles[i].wire : singles[i].offset;                       \
        guint##bits above = (guint##bits) (LOAD (bits, base + offset)                         \
                                           - (guint##bits) singles[i].bounds.min);            \
                                                                                              \
        bad |= above > (guint##bits) singles[i].bounds.span;                                  \
      }                                                                                       \
    return !bad;                                                                              \
  }

DEFINE_CHECKS (8)
DEFINE_CHECKS (16)
DEFINE_CHECKS (32)
DEFINE_CHECKS (64)

static gboolean
check_doubles (const guint8 *at,
               gsize n,
               gsize stride,
               const MigdescField *field)
{
  gboolean good = TRUE;

  for (gsize i = 0; i < n; i++)
    {
      double value;

      memcpy (&value, at + i * stride, sizeof value);
      good &= migdesc_field_allows_double (field, value);
    }
  return good;
}

gboolean
migdesc_check_column (const MigdescColumn *column,
                      const guint8 *at,
                      gsize n,
                      gsize stride)
{
  if (column->kind == MIGDESC_COLUMN_DOUBLE)
    return check_doubles (at, n, stride, column->field);
  switch (column->width)
    {
    case 1:
      return check_8 (at, n, stride, &column->bounds);
    case 2:
      return check_16 (at, n, stride, &column->bounds);
    case 4:
      return check_32 (at, n, stride, &column->bounds);
    default:
      return check_64 (at, n, stride, &column->bounds);
    }
}

gboolean
migdesc_check_singles (guint width,
                       const MigdescSingle *singles,
                       guint32 n,
                       const guint8 *base,
                       gboolean is_wire)
{
  switch (width)
    {
    case 1:
      return check_singles_8 (singles, n, base, is_wire);
    case 2:
      return check_singles_16 (singles, n, base, is_wire);
    case 4:
      return check_singles_32 (singles, n, base, is_wire);
    default:
      return check_singles_64 (singles, n, base, is_wire);
    }
}

/* Integers and doubles where they are not as in a stream. */
static gboolean
move_swapped (const MigdescColumn *column,
              const guint8 *from,
              guint8 *to,
              gboolean loading)
{
  guint width = column->width;
  gboolean good = TRUE;

  for (gsize i = 0; i < column->n; i++, from += width, to += width)
    {
      guint64 value;
      double real;

      for (guint j = 0; j < width; j++)
        to[j] = from[width - 1 - j];
      value = migdesc_scalar_load (loading ? to : from, width);
      if (column->kind == MIGDESC_COLUMN_DOUBLE)
        {
          memcpy (&real, &value, sizeof real);
          good &= migdesc_field_allows_double (column->field, real);
        }
      else
        good &= (value - column->bounds.min) << (64 - 8 * width)
                <= column->bounds.span << (64 - 8 * width);
    }
  return good;
}

static gboolean
move_truth (const MigdescColumn *column,
            const guint8 *from,
            guint8 *to,
            gboolean loading)
{
  guint bad = 0;

  for (gsize i = 0; i < column->n; i++)
    {
      guint32 value;

      if (loading)
        value = from[i];
      else
        memcpy (&value, from + i * sizeof value, sizeof value);
      bad |= value > 1;
      if (loading)
        memcpy (to + i * sizeof value, &value, sizeof value);
      else
        to[i] = (guint8) value;
    }
  return bad == 0;
}

/* What is not in memory: written as it is. */
static void
write_value (const MigdescColumn *column,
             guint8 *bytes)
{
  guint64 value = GUINT64_TO_LE (column->value);

  memcpy (bytes, &value, column->width);
}

static gboolean
read_value (const MigdescColumn *column,
            const guint8 *bytes)
{
  guint64 value = 0;
  guint shift = 64 - 8u * column->width;

  memcpy (&value, bytes, column->width);
  value = GUINT64_FROM_LE (value);
  /* In the column's width, so that signed ones need no extending */
  return (value - column->bounds.min) << shift <= column->bounds.span << shift;
}

static gboolean
is_zero (const guint8 *bytes,
         gsize n)
{
  guint8 any = 0;

  for (gsize i = 0; i < n; i++)
    any |= bytes[i];
  return any == 0;
}

gboolean
migdesc_move_column (const MigdescColumn *column,
                     const guint8 *from,
                     guint8 *to,
                     gboolean loading)
{
  switch ((MigdescColumnKind) column->kind)
    {
    case MIGDESC_COLUMN_TRUTH:
      return move_truth (column, from, to, loading);
    case MIGDESC_COLUMN_VALUE:
      if (loading)
        return read_value (column, from);
      write_value (column, to);
      return TRUE;
    case MIGDESC_COLUMN_ZERO:
      if (loading)
        return is_zero (from, column->n);
      memset (to, 0, column->n);
      return TRUE;
    default:
      return move_swapped (column, from, to, loading);
    }
}

void
migdesc_column_init (MigdescColumn *column,
                     const MigdescField *field)
{
  guint64 max;

  *column = (MigdescColumn) { .width = (guint8) migdesc_field_wire_width (field), .n = 1,
                              .field = field };
  if (field->kind == MIGDESC_FIELD_DOUBLE)
    {
      column->kind = MIGDESC_COLUMN_DOUBLE;
      return;
    }
  if (field->kind == MIGDESC_FIELD_BOOL && field->width != 1)
    {
      column->kind = MIGDESC_COLUMN_TRUTH;
      return;
    }
  migdesc_field_get_bounds (field, &column->bounds.min, &max);
  column->bounds.span = max - column->bounds.min;
  column->kind = MIGDESC_COLUMN_BOUNDS;
  if (column->bounds.span == migdesc_width_max (column->width)
      && (column->width == 1 || G_BYTE_ORDER == G_LITTLE_ENDIAN))
    column->kind = MIGDESC_COLUMN_COPY;
}

gboolean
migdesc_column_is_plain (const MigdescColumn *column)
{
  if (column->kind == MIGDESC_COLUMN_COPY)
    return TRUE;
  return column->kind <= MIGDESC_COLUMN_DOUBLE
         && (column->width == 1 || G_BYTE_ORDER == G_LITTLE_ENDIAN);
}
