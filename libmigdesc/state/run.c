/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/run.h"

#include "state/scalar.h"

/* Bounds are checked without a branch an element: the failures of a column are ORed, and who
 * failed is found by a second look. Saving and loading are one loop, for they differ only in which
 * side the little-endian bytes are on. */

typedef struct
{
  const guint8 *from;
  guint8 *to;
  gsize n;
  gsize from_stride;
  gsize to_stride;
  gboolean loading;
} Move;

#define DEFINE_MOVES(bits)                                                                     \
  static inline __attribute__ ((always_inline)) gboolean                                       \
  move_bounds_##bits##_by (const Move *move, gsize from_stride, gsize to_stride,               \
                           const MigdescBounds *bounds)                                        \
  {                                                                                            \
    const guint8 *from = move->from;                                                           \
    guint8 *to = move->to;                                                                     \
    const gsize n = move->n;                                                                   \
    const guint##bits min = (guint##bits) bounds->min;                                         \
    const guint##bits span = (guint##bits) bounds->span;                                       \
    guint##bits bad = 0;                                                                       \
                                                                                               \
    for (gsize i = 0; i < n; i++)                                                              \
      {                                                                                        \
        guint##bits value;                                                                     \
                                                                                               \
        memcpy (&value, from + i * from_stride, sizeof value);                                 \
        if (move->loading)                                                                     \
          value = FROM_LE_##bits (value);                                                      \
        bad |= (guint##bits) ((guint##bits) (value - min) > span);                             \
        if (!move->loading)                                                                    \
          value = FROM_LE_##bits (value);                                                      \
        memcpy (to + i * to_stride, &value, sizeof value);                                     \
      }                                                                                        \
    return bad == 0;                                                                           \
  }                                                                                            \
                                                                                               \
  static gboolean                                                                              \
  move_bounds_##bits (const Move *move, const MigdescBounds *bounds)                           \
  {                                                                                            \
    if (move->from_stride == sizeof (guint##bits) && move->to_stride == sizeof (guint##bits))  \
      return move_bounds_##bits##_by (move, sizeof (guint##bits), sizeof (guint##bits),        \
                                      bounds);                                                 \
    return move_bounds_##bits##_by (move, move->from_stride, move->to_stride, bounds);         \
  }                                                                                            \
                                                                                               \
  static gboolean                                                                              \
  move_each_##bits (const Move *move, const MigdescBounds *each)                               \
  {                                                                                            \
    guint bad = 0;                                                                             \
                                                                                               \
    for (gsize i = 0; i < move->n; i++)                                                        \
      {                                                                                        \
        guint##bits value;                                                                     \
                                                                                               \
        memcpy (&value, move->from + i * sizeof value, sizeof value);                          \
        if (move->loading)                                                                     \
          value = FROM_LE_##bits (value);                                                      \
        bad |= (guint##bits) (value - (guint##bits) each[i].min) > (guint##bits) each[i].span; \
        if (!move->loading)                                                                    \
          value = FROM_LE_##bits (value);                                                      \
        memcpy (move->to + i * sizeof value, &value, sizeof value);                            \
      }                                                                                        \
    return bad == 0;                                                                           \
  }

#define FROM_LE_8(value) (value)
#define FROM_LE_16(value) GUINT16_FROM_LE (value)
#define FROM_LE_32(value) GUINT32_FROM_LE (value)
#define FROM_LE_64(value) GUINT64_FROM_LE (value)

DEFINE_MOVES (8)
DEFINE_MOVES (16)
DEFINE_MOVES (32)
DEFINE_MOVES (64)

static gboolean
move_bounds (const Move *move,
             guint width,
             const MigdescBounds *bounds)
{
  switch (width)
    {
    case 1:
      return move_bounds_8 (move, bounds);
    case 2:
      return move_bounds_16 (move, bounds);
    case 4:
      return move_bounds_32 (move, bounds);
    default:
      return move_bounds_64 (move, bounds);
    }
}

static gboolean
move_each (const Move *move,
           guint width,
           const MigdescBounds *each)
{
  switch (width)
    {
    case 1:
      return move_each_8 (move, each);
    case 2:
      return move_each_16 (move, each);
    case 4:
      return move_each_32 (move, each);
    default:
      return move_each_64 (move, each);
    }
}

static gboolean
move_truth (const Move *move)
{
  guint bad = 0;

  for (gsize i = 0; i < move->n; i++)
    {
      const guint8 *from = move->from + i * move->from_stride;
      guint8 *to = move->to + i * move->to_stride;
      guint32 value;

      if (move->loading)
        value = *from;
      else
        memcpy (&value, from, sizeof value);
      bad |= value > 1;
      if (move->loading)
        memcpy (to, &value, sizeof value);
      else
        *to = (guint8) value;
    }
  return bad == 0;
}

static gboolean
move_doubles (const Move *move,
              const MigdescField *field)
{
  gboolean good = TRUE;

  for (gsize i = 0; i < move->n; i++)
    {
      guint64 bits;
      double value;

      memcpy (&bits, move->from + i * move->from_stride, sizeof bits);
      if (move->loading)
        bits = GUINT64_FROM_LE (bits);
      memcpy (&value, &bits, sizeof value);
      good &= migdesc_field_allows_double (field, value);
      if (!move->loading)
        bits = GUINT64_TO_LE (bits);
      memcpy (move->to + i * move->to_stride, &bits, sizeof bits);
    }
  return good;
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

/* A column of one struct or, with n = 1, of all rows at once. */
static inline gboolean
move_column (const MigdescColumn *column,
             const Move *move)
{
  switch ((MigdescColumnKind) column->kind)
    {
    case MIGDESC_COLUMN_COPY:
      memcpy (move->to, move->from, (gsize) column->width * column->n);
      return TRUE;
    case MIGDESC_COLUMN_BOUNDS:
      return move_bounds (move, column->width, &column->bounds);
    case MIGDESC_COLUMN_EACH:
      return move_each (move, column->width, column->each);
    case MIGDESC_COLUMN_TRUTH:
      return move_truth (move);
    case MIGDESC_COLUMN_DOUBLE:
      return move_doubles (move, column->field);
    case MIGDESC_COLUMN_VALUE:
      if (move->loading)
        return read_value (column, move->from);
      write_value (column, move->to);
      return TRUE;
    default:
      if (move->loading)
        return is_zero (move->from, column->n);
      memset (move->to, 0, column->n);
      return TRUE;
    }
}

static inline void
set_strides (const MigdescColumn *column,
             Move *move)
{
  gsize memory = column->kind == MIGDESC_COLUMN_TRUTH ? sizeof (guint32) : column->width;

  move->n = column->n;
  move->from_stride = move->loading ? column->width : memory;
  move->to_stride = move->loading ? memory : column->width;
}

gboolean
migdesc_run_encode (const MigdescRun *run,
                    gconstpointer base,
                    guint8 *bytes)
{
  gboolean good = TRUE;

  for (guint i = 0; i < run->n_columns; i++)
    {
      const MigdescColumn *column = &run->columns[i];
      Move move = { .from = (const guint8 *) base + column->offset, .to = bytes + column->wire };

      set_strides (column, &move);
      good &= move_column (column, &move);
    }
  return good;
}

gboolean
migdesc_run_decode (const MigdescRun *run,
                    gpointer base,
                    const guint8 *bytes)
{
  gboolean good = TRUE;

  for (guint i = 0; i < run->n_columns; i++)
    {
      const MigdescColumn *column = &run->columns[i];
      Move move = { .from = bytes + column->wire,
                    .to = (guint8 *) base + column->offset,
                    .loading = TRUE };

      set_strides (column, &move);
      good &= move_column (column, &move);
    }
  return good;
}

/* A column that goes down all rows in one loop. */
static inline gboolean
goes_down (const MigdescColumn *cell)
{
  return cell->n == 1 && cell->kind >= MIGDESC_COLUMN_BOUNDS
         && cell->kind <= MIGDESC_COLUMN_DOUBLE;
}

static gboolean
move_rows (const MigdescRun *run,
           const Move *rows)
{
  gboolean good = TRUE;

  for (guint i = 0; i < run->n_cells; i++)
    {
      const MigdescColumn *cell = &run->cells[i];
      Move move = *rows;

      move.from += rows->loading ? cell->wire : cell->offset;
      move.to += rows->loading ? cell->offset : cell->wire;
      if (goes_down (cell))
        {
          good &= move_column (cell, &move);
          continue;
        }
      set_strides (cell, &move);
      for (gsize row = 0; row < rows->n; row++)
        {
          good &= move_column (cell, &move);
          move.from += rows->from_stride;
          move.to += rows->to_stride;
        }
    }
  return good;
}

gboolean
migdesc_run_encode_rows (const MigdescRun *run,
                         gconstpointer base,
                         gsize n,
                         gsize stride,
                         guint8 *bytes)
{
  const Move rows = { base, bytes, n, stride, run->wire_size, FALSE };

  return move_rows (run, &rows);
}

gboolean
migdesc_run_decode_rows (const MigdescRun *run,
                         gpointer base,
                         gsize n,
                         gsize stride,
                         const guint8 *bytes)
{
  const Move rows = { bytes, base, n, run->wire_size, stride, TRUE };

  return move_rows (run, &rows);
}

static gboolean
allows_all (const MigdescBounds *bounds,
            guint width)
{
  return bounds->span == (width == 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << (8 * width)) - 1);
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
  if (allows_all (&column->bounds, column->width)
      && (column->width == 1 || G_BYTE_ORDER == G_LITTLE_ENDIAN))
    column->kind = MIGDESC_COLUMN_COPY;
}

static gboolean
move_scalars (const MigdescField *field,
              const guint8 *from,
              guint8 *to,
              gsize n,
              gboolean loading)
{
  MigdescColumn column;
  Move move = { .from = from, .to = to, .loading = loading };

  if (n == 0)
    return TRUE;
  migdesc_column_init (&column, field);
  column.n = (guint32) n;
  set_strides (&column, &move);
  return move_column (&column, &move);
}

gboolean
migdesc_scalars_encode (const MigdescField *field,
                        gconstpointer data,
                        gsize n,
                        guint8 *bytes)
{
  return move_scalars (field, data, bytes, n, FALSE);
}

gboolean
migdesc_scalars_decode (const MigdescField *field,
                        gpointer data,
                        gsize n,
                        const guint8 *bytes)
{
  return move_scalars (field, bytes, data, n, TRUE);
}
