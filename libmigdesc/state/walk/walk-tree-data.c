/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/walk/walk-tree.h"

#include <migdesc/migdesc-error.h>

#include "state/table/storage.h"
#include "state/tree/packed-number.h"
#include "state/walk/walk-check.h"

/* A walk over a tree: runs and arrays. What was blocked is done again as a whole: the place in the
 * tree moves only after it. */

guint8 *
migdesc_tree_walk_get_piece (MigdescWalk *walk,
                             gsize size)
{
  MigdescTreeWalk *own = walk->tree;

  if (own->piece_size < size)
    {
      g_free (own->piece);
      own->piece = g_malloc0 (size);
      own->piece_size = size;
    }
  return own->piece;
}

/* --- Runs ------------------------------------------------------------- */

static gboolean
is_stored (const MigdescField *field)
{
  return field->kind < MIGDESC_FIELD_CONSTANT && (field->flags & MIGDESC_FIELD_GONE) == 0;
}

/* More than a run of them ever takes. */
static guint64
get_most (const MigdescRun *run,
          guint64 n)
{
  return n * (2 * (guint64) run->wire_size + MIGDESC_PACKED_NUMBER_MAX);
}

static void
pack_array (MigdescPacked *packed,
            const MigdescField *field,
            const guint8 *data)
{
  MigdescPacking packing;

  migdesc_packing_begin (&packing, packed);
  migdesc_packing_add_piece (&packing, packed, field, data, 0, field->capacity);
  migdesc_packing_end (&packing, packed, field);
}

static void
pack_field (MigdescPacked *packed,
            const MigdescField *field,
            const guint8 *data)
{
  guint8 *at = migdesc_packed_get_tail (packed);

  if (field->kind == MIGDESC_FIELD_BYTES)
    {
      memcpy (at, data, field->capacity);
      packed->length += field->capacity;
      packed->covered += field->capacity;
    }
  else if (field->counting == MIGDESC_COUNT_FIXED)
    pack_array (packed, field, data);
  else
    packed->length += (gsize) (migdesc_pack_scalar (at, field, migdesc_field_load (field, data))
                               - at);
}

static void
pack_run (MigdescPacked *packed,
          const MigdescRun *run,
          const guint8 *base)
{
  for (guint i = 0; i < run->n_steps; i++)
    {
      const MigdescStep *step = &run->steps[i];

      if (step->kind == MIGDESC_STEP_FIELD && is_stored (step->field))
        pack_field (packed, step->field, base + step->offset);
    }
}

static const guint8 *
unpack_field (const guint8 *at,
              const MigdescField *field,
              guint8 *data)
{
  MigdescItems items;
  guint64 value;

  if (field->kind == MIGDESC_FIELD_BYTES)
    {
      memcpy (data, at, field->capacity);
      return at + field->capacity;
    }
  if (field->counting == MIGDESC_COUNT_FIXED)
    {
      migdesc_items_init (&items, field, at, field->capacity);
      migdesc_items_read (&items, data, field->capacity);
      return items.at;
    }
  at = migdesc_unpack_scalar (at, field, &value);
  migdesc_scalar_store (data, field->width, value);
  return at;
}

static const guint8 *
unpack_run (const guint8 *at,
            const MigdescRun *run,
            guint8 *base)
{
  for (guint i = 0; i < run->n_steps; i++)
    {
      const MigdescStep *step = &run->steps[i];

      if (step->kind == MIGDESC_STEP_FIELD && is_stored (step->field))
        at = unpack_field (at, step->field, base + step->offset);
    }
  return at;
}

gboolean
migdesc_tree_walk_run (MigdescWalk *walk,
                       GError **error)
{
  const MigdescRun *run = walk->op->run;
  const guint8 *at = NULL;

  if (!walk->loading)
    at = unpack_run (walk->tree->at, run, walk->base);
  if (!migdesc_visit_run (walk->visitor, run, walk->base, error))
    return FALSE;
  walk->tree->at = at;
  walk->op++;
  if (!walk->loading)
    return TRUE;
  if (!migdesc_tree_walk_reserve (walk, NULL, get_most (run, 1), error))
    return FALSE;
  pack_run (migdesc_tree_walk_get_packed (walk), run, walk->base);
  return migdesc_tree_walk_check_size (walk, NULL, error);
}

/* --- Arrays ----------------------------------------------------------- */

static gboolean
end_array (MigdescWalk *walk,
           GError **error)
{
  MigdescTreeWalk *own = walk->tree;

  if (walk->loading)
    migdesc_packing_end (&own->packing, &own->tree->packed, walk->op->field);
  if (!migdesc_visit_end_array (walk->visitor, error))
    return FALSE;
  walk->begun = FALSE;
  walk->op++;
  return TRUE;
}

static gboolean
begin_array (MigdescWalk *walk,
             GError **error)
{
  MigdescTreeWalk *own = walk->tree;

  if (walk->begun)
    return TRUE;
  if (!migdesc_tree_walk_begin_array (walk, error))
    return FALSE;
  if (walk->loading)
    migdesc_packing_begin (&own->packing, &own->tree->packed);
  else if (walk->op->field->kind != MIGDESC_FIELD_STRUCT)
    migdesc_items_init (&own->items, walk->op->field, own->at, walk->count);
  return TRUE;
}

static gboolean
check_rows (MigdescWalk *walk,
            guint8 *rows,
            guint64 n,
            GError **error)
{
  const MigdescOp *op = walk->op;

  for (guint64 i = 0; op->n_checks > 0 && i < n; i++)
    {
      migdesc_visitor_set_index (walk->visitor, walk->done + i);
      if (!migdesc_walk_check (walk, op->checks, op->n_checks, rows + i * op->field->width, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
pack_rows (MigdescWalk *walk,
           const guint8 *rows,
           guint64 n,
           GError **error)
{
  MigdescPacking *packing = &walk->tree->packing;
  MigdescPacked *packed = migdesc_tree_walk_get_packed (walk);
  const MigdescOp *op = walk->op;

  for (guint64 i = 0; i < n; i++, rows += op->field->width)
    {
      if (!migdesc_tree_walk_reserve (walk, NULL, get_most (op->run, 1), error))
        return FALSE;
      migdesc_packing_mark (packing, packed, walk->done + i, FALSE);
      pack_run (packed, op->run, rows);
    }
  return migdesc_tree_walk_check_size (walk, NULL, error);
}

static const guint8 *
unpack_rows (MigdescWalk *walk,
             guint8 *rows,
             guint64 n)
{
  const guint8 *at = walk->tree->at;

  for (guint64 i = 0; i < n; i++)
    at = unpack_run (at, walk->op->run, rows + i * walk->op->field->width);
  return at;
}

gboolean
migdesc_tree_walk_rows (MigdescWalk *walk,
                        GError **error)
{
  const MigdescOp *op = walk->op;
  guint64 most = MAX (1, MIGDESC_PIECE / op->run->wire_size);

  if (!begin_array (walk, error))
    return FALSE;
  while (walk->done < walk->count)
    {
      guint64 n = MIN (most, walk->count - walk->done);
      guint8 *rows = migdesc_tree_walk_get_piece (walk, (gsize) n * op->field->width);
      const guint8 *at = walk->loading ? NULL : unpack_rows (walk, rows, n);

      migdesc_visitor_set_index (walk->visitor, walk->done);
      if (!migdesc_visit_rows (walk->visitor, op->run, rows, (gsize) n, op->field->width, error)
          || !check_rows (walk, rows, n, error)
          || (walk->loading && !pack_rows (walk, rows, n, error)))
        return FALSE;
      walk->tree->at = at;
      walk->done += n;
    }
  return end_array (walk, error);
}

/* Elements of one byte are read to where they stay. */
static gboolean
is_in_place (const MigdescField *field)
{
  return field->width == 1;
}

static gboolean
load_items (MigdescWalk *walk,
            gsize n,
            GError **error)
{
  const MigdescField *field = walk->op->field;
  MigdescPacked *packed = migdesc_tree_walk_get_packed (walk);
  gboolean in_place = is_in_place (field);
  guint8 *data;

  if (!migdesc_tree_walk_reserve (walk, NULL, migdesc_packed_piece_size (field, n), error))
    return FALSE;
  data = in_place ? migdesc_packed_get_tail (packed)
                  : migdesc_tree_walk_get_piece (walk, n * field->width);
  if (!migdesc_visit_scalars (walk->visitor, field, data, n, error))
    return FALSE;
  if (!in_place)
    migdesc_packing_add_piece (&walk->tree->packing, packed, field, data, walk->done, n);
  else
    {
      packed->length += n;
      packed->covered += n;
    }
  return migdesc_tree_walk_check_size (walk, NULL, error);
}

static gboolean
save_items (MigdescWalk *walk,
            gsize n,
            GError **error)
{
  const MigdescField *field = walk->op->field;
  MigdescItems items = walk->tree->items;
  guint8 *data = (guint8 *) items.at;

  if (is_in_place (field))
    items.at += n;
  else
    {
      data = migdesc_tree_walk_get_piece (walk, n * field->width);
      migdesc_items_read (&items, data, n);
    }
  if (!migdesc_visit_scalars (walk->visitor, field, data, n, error))
    return FALSE;
  walk->tree->items = items;
  walk->tree->at = items.at;
  return TRUE;
}

gboolean
migdesc_tree_walk_items (MigdescWalk *walk,
                         GError **error)
{
  guint64 most = MIGDESC_PIECE / migdesc_field_wire_width (walk->op->field);

  if (!begin_array (walk, error))
    return FALSE;
  while (walk->done < walk->count)
    {
      gsize n = (gsize) MIN (most, walk->count - walk->done);

      migdesc_visitor_set_index (walk->visitor, walk->done);
      if (!(walk->loading ? load_items (walk, n, error) : save_items (walk, n, error)))
        return FALSE;
      walk->done += n;
    }
  return end_array (walk, error);
}
