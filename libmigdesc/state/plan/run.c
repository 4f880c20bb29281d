/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan/run.h"

#include "state/plan/rows.h"
#include "state/table/scalar.h"

/* Where memory and stream have the same bytes they are checked where they come from, and copied
 * with their neighbours; all else is moved field by field. Saving and loading differ only in which
 * side is which. */

static gboolean
check_struct (const MigdescRun *run,
              const guint8 *from,
              gboolean loading)
{
  gboolean good = TRUE;

  for (guint i = 0; i < MIGDESC_N_WIDTHS; i++)
    if (run->n_singles[i] > 0)
      good &= migdesc_check_singles (1u << i, run->singles[i], run->n_singles[i], from, loading);
  for (guint i = run->n_checks - run->n_arrays; i < run->n_checks; i++)
    {
      const MigdescColumn *column = &run->checks[i];

      if (column->is_masked)
        continue;
      good &= migdesc_check_column (column, from + (loading ? column->wire : column->offset),
                                    column->n, column->width);
    }
  return good;
}

static gboolean
move_struct (const MigdescRun *run,
             const guint8 *from,
             guint8 *to,
             gboolean loading)
{
  gboolean good = TRUE;

  for (guint i = 0; i < run->n_moves; i++)
    {
      const MigdescColumn *column = &run->moves[i];

      good &= migdesc_move_column (column, from + (loading ? column->wire : column->offset),
                                   to + (loading ? column->offset : column->wire), loading);
    }
  return good;
}

static gboolean
copy_struct (const MigdescRun *run,
             const guint8 *from,
             guint8 *to,
             gboolean loading)
{
  gboolean good = TRUE;

  for (guint i = 0; i < run->n_copies; i++)
    {
      const MigdescCopy *copy = &run->copies[i];
      const guint8 *source = from + (loading ? copy->wire : copy->offset);
      guint8 *target = to + (loading ? copy->offset : copy->wire);

      if (copy->length <= MIGDESC_SHORT_ROW)
        good &= migdesc_copy_row (source, target, copy->length, copy->forbidden);
      else
        memcpy (target, source, copy->length);
    }
  return good;
}

gboolean
migdesc_run_encode (const MigdescRun *run,
                    gconstpointer base,
                    guint8 *bytes)
{
  return copy_struct (run, base, bytes, FALSE) & check_struct (run, base, FALSE)
         & move_struct (run, base, bytes, FALSE);
}

gboolean
migdesc_run_decode (const MigdescRun *run,
                    gpointer base,
                    const guint8 *bytes)
{
  return copy_struct (run, bytes, base, TRUE) & check_struct (run, bytes, TRUE)
         & move_struct (run, bytes, base, TRUE);
}

typedef struct
{
  const guint8 *from;
  guint8 *to;
  gsize n;
  gsize from_stride;
  gsize to_stride;
  gboolean loading;
} Rows;

/* A column down all rows; an array in each of them by its positions if it is short. */
static gboolean
check_rows (const MigdescColumn *column,
            const Rows *rows)
{
  const guint8 *from = rows->from + (rows->loading ? column->wire : column->offset);
  gboolean good = TRUE;

  if (column->n <= rows->n)
    for (guint32 i = 0; i < column->n; i++)
      good &= migdesc_check_column (column, from + i * column->width, rows->n, rows->from_stride);
  else
    for (gsize row = 0; row < rows->n; row++)
      good &= migdesc_check_column (column, from + row * rows->from_stride, column->n,
                                    column->width);
  return good;
}

static gboolean
copy_rows (const MigdescCopy *copy,
           const Rows *rows)
{
  return migdesc_copy_rows (rows->from + (rows->loading ? copy->wire : copy->offset),
                            rows->from_stride,
                            rows->to + (rows->loading ? copy->offset : copy->wire),
                            rows->to_stride, rows->n, copy->length, copy->forbidden);
}

static gboolean
move_rows (const MigdescRun *run,
           const Rows *rows)
{
  gboolean good = TRUE;

  for (guint i = 0; i < run->n_checks; i++)
    if (!run->checks[i].is_masked)
      good &= check_rows (&run->checks[i], rows);
  for (guint i = 0; i < run->n_copies; i++)
    good &= copy_rows (&run->copies[i], rows);
  if (run->n_moves > 0)
    for (gsize row = 0; row < rows->n; row++)
      good &= move_struct (run, rows->from + row * rows->from_stride,
                           rows->to + row * rows->to_stride, rows->loading);
  return good;
}

gboolean
migdesc_run_encode_rows (const MigdescRun *run,
                         gconstpointer base,
                         gsize n,
                         gsize stride,
                         guint8 *bytes)
{
  const Rows rows = { base, bytes, n, stride, run->wire_size, FALSE };

  return move_rows (run, &rows);
}

gboolean
migdesc_run_decode_rows (const MigdescRun *run,
                         gpointer base,
                         gsize n,
                         gsize stride,
                         const guint8 *bytes)
{
  const Rows rows = { bytes, base, n, run->wire_size, stride, TRUE };

  return move_rows (run, &rows);
}

static gboolean
move_scalars (const MigdescField *field,
              const guint8 *from,
              guint8 *to,
              gsize n,
              gboolean loading)
{
  MigdescColumn column;

  if (n == 0)
    return TRUE;
  migdesc_column_init (&column, field);
  column.n = (guint32) n;
  if (!migdesc_column_is_plain (&column))
    return migdesc_move_column (&column, from, to, loading);
  memcpy (to, from, n * column.width);
  return column.kind == MIGDESC_COLUMN_COPY
         || migdesc_check_column (&column, from, n, column.width);
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
