/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/walk/walk-tree.h"

#include <migdesc/migdesc-error.h>

#include "state/table/storage.h"
#include "state/tree/packed-number.h"
#include "state/walk/walk-go.h"

/* A walk over a tree: structs, lists, pointers and sections. */

static guint8 *
get_struct (MigdescTreeWalk *own,
            guint depth,
            gsize size)
{
  MigdescTreeStruct *place = &own->structs[depth];

  if (place->size < size)
    {
      g_free (place->memory);
      place->memory = g_malloc0 (size);
      place->size = size;
    }
  return place->memory;
}

void
migdesc_walk_clear (MigdescWalk *walk)
{
  MigdescTreeWalk *own = g_steal_pointer (&walk->tree);

  if (own == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (own->structs); i++)
    g_free (own->structs[i].memory);
  g_free (own->piece);
  migdesc_tree_unref (own->tree);
  g_free (own);
}

/* Room that is asked for may be more than is used. */
#define SPARE (4 * MIGDESC_PIECE)

static gboolean
is_too_large (const MigdescPacked *packed,
              guint64 n)
{
  return n > packed->limit || migdesc_packed_get_size (packed) > packed->limit - n;
}

static gboolean
fail_limit (MigdescWalk *walk,
            const char *leaf,
            GError **error)
{
  return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_LIMIT_EXCEEDED, leaf,
                               "the tree takes more than %" G_GUINT64_FORMAT
                               " bytes, three times the limit state-size",
                               walk->visitor->priv->memory_limit);
}

gboolean
migdesc_tree_walk_reserve (MigdescWalk *walk,
                           const char *leaf,
                           guint64 n,
                           GError **error)
{
  MigdescPacked *packed = &walk->tree->tree->packed;

  if (n > SPARE && is_too_large (packed, n - SPARE))
    return fail_limit (walk, leaf, error);
  return (n <= G_MAXSIZE && migdesc_packed_reserve (packed, (gsize) n))
         || migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_LIMIT_EXCEEDED, leaf,
                                  "there is no memory for a tree of more than %" G_GUINT64_FORMAT
                                  " bytes",
                                  migdesc_packed_get_size (packed));
}

gboolean
migdesc_tree_walk_check_size (MigdescWalk *walk,
                              const char *leaf,
                              GError **error)
{
  return !is_too_large (&walk->tree->tree->packed, 0) || fail_limit (walk, leaf, error);
}

gboolean
migdesc_tree_walk_add_number (MigdescWalk *walk,
                              guint64 number,
                              GError **error)
{
  MigdescPacked *packed = &walk->tree->tree->packed;
  guint8 *at;

  if (!migdesc_tree_walk_reserve (walk, NULL, MIGDESC_PACKED_NUMBER_MAX, error))
    return FALSE;
  at = packed->data + packed->length;
  packed->length += (gsize) (migdesc_pack_number (at, number) - at);
  return migdesc_tree_walk_check_size (walk, NULL, error);
}

/* --- Blocks ----------------------------------------------------------- */

static gboolean
keep_presence (MigdescWalk *walk,
               gboolean present,
               GError **error)
{
  if (walk->loading)
    return migdesc_tree_walk_add_number (walk, present ? 1 : 0, error);
  walk->tree->at++;
  return TRUE;
}

static gboolean
do_pointer (MigdescWalk *walk,
            GError **error)
{
  const MigdescField *field = walk->op->field;
  gboolean present = !walk->loading && *walk->tree->at != 0;

  if (!migdesc_visit_begin_pointer (walk->visitor, field->name, &present, error)
      || !keep_presence (walk, present, error))
    return FALSE;
  if (!present)
    {
      migdesc_walk_pass_block (walk);
      return migdesc_visit_end_pointer (walk->visitor, error);
    }
  migdesc_walk_push (walk, get_struct (walk->tree, walk->depth + 1, field->width));
  return TRUE;
}

static gboolean
do_section (MigdescWalk *walk,
            GError **error)
{
  const MigdescField *field = walk->op->field;
  MigdescTree *tree = walk->tree->tree;
  MigdescTreeSection *section = migdesc_tree_find_section (tree, field);
  guint version = !walk->loading && section->version != 0 ? section->version : field->version;
  gboolean present = walk->loading || section->version != 0;

  if (!migdesc_visit_begin_section (walk->visitor, field->name, walk->op->flags, &version,
                                    field->minimum, &present, error))
    return FALSE;
  if (walk->loading)
    *section = (MigdescTreeSection) { field, present ? version : 0, tree->packed.length };
  if (!present)
    {
      migdesc_walk_pass_block (walk);
      return TRUE;
    }
  migdesc_walk_push (walk, walk->base);
  walk->op = &walk->plan->ops[walk->frames[walk->depth - 1].op->versions[version - field->minimum]];
  return TRUE;
}

/* --- Arrays ----------------------------------------------------------- */

static guint64
get_count (MigdescWalk *walk)
{
  const MigdescOp *op = walk->op;
  guint64 count;

  switch ((MigdescFieldCount) op->field->counting)
    {
    case MIGDESC_COUNT_FIELD:
      return migdesc_field_get_count (op->field, walk->base, op->offset - op->field->offset);
    case MIGDESC_COUNT_OWNED:
      if (walk->loading)
        return 0;
      walk->tree->at = migdesc_unpack_number (walk->tree->at, &count);
      return count;
    default:
      return op->count;
    }
}

/* What an index may ask for. */
static gboolean
keep_count (MigdescWalk *walk,
            GError **error)
{
  const MigdescOp *op = walk->op;
  const MigdescField *field = op->field;

  if (field->counting != MIGDESC_COUNT_OWNED)
    return TRUE;
  if (field->count_width != 0)
    migdesc_scalar_store (walk->base + op->offset - field->offset + field->count_offset,
                          field->count_width, walk->count);
  return !walk->loading || migdesc_tree_walk_add_number (walk, walk->count, error);
}

typedef gboolean (*BeginFunc) (MigdescVisitor *visitor,
                               const char *name,
                               MigdescContainerFlags flags,
                               guint64 *count,
                               guint64 maximum,
                               GError **error);

static gboolean
begin (MigdescWalk *walk,
       BeginFunc function,
       GError **error)
{
  const MigdescOp *op = walk->op;
  const guint8 *at = walk->tree->at;

  if (walk->begun)
    return TRUE;
  walk->count = get_count (walk);
  if (!function (walk->visitor, op->field->name, op->flags, &walk->count, op->field->capacity,
                 error))
    {
      walk->tree->at = at;
      return FALSE;
    }
  walk->begun = TRUE;
  walk->done = 0;
  return keep_count (walk, error);
}

gboolean
migdesc_tree_walk_begin_array (MigdescWalk *walk,
                               GError **error)
{
  return begin (walk, migdesc_visit_begin_array, error);
}

gboolean
migdesc_tree_walk_begin_buffer (MigdescWalk *walk,
                                GError **error)
{
  return begin (walk, migdesc_visit_begin_buffer, error);
}

static gboolean
enter_element (MigdescWalk *walk,
               MigdescWalkFrame *frame,
               GError **error)
{
  MigdescTreeWalk *own = walk->tree;

  migdesc_visitor_set_index (walk->visitor, frame->index);
  if (walk->loading)
    migdesc_packing_mark (&own->packings[walk->depth], &own->tree->packed, frame->index, FALSE);
  if (!migdesc_visit_begin_struct (walk->visitor, NULL, error))
    return FALSE;
  walk->op = frame->op + 1;
  return TRUE;
}

static gboolean
do_loop (MigdescWalk *walk,
         GError **error)
{
  MigdescTreeWalk *own = walk->tree;
  MigdescWalkFrame *frame;

  if (!migdesc_tree_walk_begin_array (walk, error))
    return FALSE;
  migdesc_walk_push (walk, get_struct (own, walk->depth + 1, walk->op->field->width));
  frame = &walk->frames[walk->depth - 1];
  if (walk->loading)
    migdesc_packing_begin (&own->packings[walk->depth], &own->tree->packed);
  if (frame->count > 0)
    return enter_element (walk, frame, error);
  walk->op = &walk->plan->ops[frame->op->to];
  return TRUE;
}

static gboolean
end_loop (MigdescWalk *walk,
          MigdescWalkFrame *frame,
          GError **error)
{
  MigdescTreeWalk *own = walk->tree;

  if (walk->loading)
    migdesc_packing_end (&own->packings[walk->depth], &own->tree->packed, frame->op->field);
  return migdesc_visit_end_array (walk->visitor, error);
}

/* The END of a loop comes after each element, and once where there are none. */
static gboolean
next_element (MigdescWalk *walk,
              MigdescWalkFrame *frame,
              gboolean *more,
              GError **error)
{
  *more = FALSE;
  if (frame->count == 0)
    return end_loop (walk, frame, error);
  if (!migdesc_visit_end_struct (walk->visitor, error))
    return FALSE;
  frame->index++;
  if (frame->index == frame->count)
    return end_loop (walk, frame, error);
  *more = TRUE;
  return enter_element (walk, frame, error);
}

static gboolean
do_end (MigdescWalk *walk,
        GError **error)
{
  MigdescWalkFrame *frame = &walk->frames[walk->depth - 1];
  gboolean done, more = FALSE;

  if (frame->op->code != MIGDESC_OP_LOOP)
    return migdesc_walk_end_block (walk, error);
  done = next_element (walk, frame, &more, error);
  if (!done || more)
    return done;
  migdesc_walk_pop (walk);
  return TRUE;
}

static gboolean
do_done (MigdescWalk *walk,
         GError **error G_GNUC_UNUSED)
{
  MigdescTree *tree = walk->tree->tree;
  guint64 *left = &walk->visitor->priv->memory_left;

  if (!walk->loading)
    return TRUE;
  *left -= MIN (*left, migdesc_packed_get_size (&tree->packed));
  migdesc_tree_finish (tree);
  return TRUE;
}

static const MigdescWalkAction actions[] = {
  [MIGDESC_OP_RUN] = migdesc_tree_walk_run,
  [MIGDESC_OP_ROWS] = migdesc_tree_walk_rows,
  [MIGDESC_OP_ITEMS] = migdesc_tree_walk_items,
  [MIGDESC_OP_BYTES] = migdesc_tree_walk_bytes,
  [MIGDESC_OP_BITMAP] = migdesc_tree_walk_bitmap,
  [MIGDESC_OP_STRING] = migdesc_tree_walk_string,
  [MIGDESC_OP_STRUCT] = migdesc_walk_struct,
  [MIGDESC_OP_LOOP] = do_loop,
  [MIGDESC_OP_POINTER] = do_pointer,
  [MIGDESC_OP_SECTION] = do_section,
  [MIGDESC_OP_CHECK] = migdesc_walk_do_check,
  [MIGDESC_OP_END] = do_end,
  [MIGDESC_OP_DONE] = do_done,
};

void
migdesc_walk_init_tree (MigdescWalk *walk,
                        MigdescVisitor *visitor,
                        MigdescTree *tree)
{
  MigdescTreeWalk *own = g_new0 (MigdescTreeWalk, 1);
  guint8 *memory = get_struct (own, 0, MAX (tree->plan->table->size, 1));

  migdesc_table_init (tree->plan->table, memory);
  migdesc_walk_init (walk, tree->plan, visitor, memory);
  walk->tree = own;
  walk->actions = actions;
  own->tree = migdesc_tree_ref (tree);
  own->at = tree->packed.data;
  if (!walk->loading)
    return;
  migdesc_tree_reset (tree);
  tree->packed.limit = visitor->priv->memory_left;
}

gboolean
migdesc_walk_all_tree (MigdescVisitor *visitor,
                       MigdescTree *tree,
                       GError **error)
{
  MigdescWalk walk;
  gboolean done;

  migdesc_walk_init_tree (&walk, visitor, tree);
  done = migdesc_walk_go (&walk, error) == MIGDESC_WALK_DONE;
  migdesc_walk_clear (&walk);
  return done;
}
