/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/walk/walk.h"

#include <migdesc/migdesc-error.h>

#include "state/table/scalar.h"
#include "state/table/storage.h"

/* A walk, and what its ops share. */

void
migdesc_walk_init (MigdescWalk *walk,
                   const MigdescStatePlan *plan,
                   MigdescVisitor *visitor,
                   gpointer state)
{
  walk->plan = plan;
  walk->tree = NULL;
  walk->actions = NULL;
  walk->visitor = visitor;
  walk->loading = visitor->mode == MIGDESC_VISITOR_LOAD;
  walk->op = plan->ops;
  walk->base = state;
  walk->begun = FALSE;
  walk->depth = 0;
  walk->text = NULL;
}

void
migdesc_walk_push (MigdescWalk *walk,
                   guint8 *base)
{
  MigdescWalkFrame *frame = &walk->frames[walk->depth++];

  frame->op = walk->op;
  frame->base = walk->base;
  frame->index = 0;
  frame->count = walk->count;
  frame->room = walk->room;
  frame->link = NULL;
  walk->base = base;
  walk->begun = FALSE;
  walk->op++;
}

void
migdesc_walk_pass_block (MigdescWalk *walk)
{
  walk->begun = FALSE;
  walk->op = &walk->plan->ops[walk->op->to + 1];
}

void
migdesc_walk_pop (MigdescWalk *walk)
{
  const MigdescWalkFrame *frame = &walk->frames[--walk->depth];

  walk->base = frame->base;
  walk->op = frame->op;
  migdesc_walk_pass_block (walk);
}

static gboolean
fail_memory (MigdescWalk *walk,
             const MigdescField *field,
             guint64 n,
             GError **error)
{
  /* The path ends with the array already */
  return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_LIMIT_EXCEEDED, NULL,
                               "there is no memory for %" G_GUINT64_FORMAT " elements of %u bytes",
                               n, field->width);
}

/* What a block of memory takes at most beside what is in it. */
#define BLOCK 32

gboolean
migdesc_walk_charge (MigdescWalk *walk,
                     const MigdescField *field,
                     const char *leaf,
                     guint64 bytes,
                     GError **error)
{
  MigdescVisitorPrivate *priv = walk->visitor->priv;

  if (!migdesc_field_is_synthetic (field))
    return TRUE;
  bytes += BLOCK;
  if (bytes > priv->memory_left)
    return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_LIMIT_EXCEEDED, leaf,
                                 "the tree takes more than %" G_GUINT64_FORMAT
                                 " bytes, three times the limit state-size",
                                 priv->memory_limit);
  priv->memory_left -= bytes;
  return TRUE;
}

/* Bytes get all their room at once where that is little, so that what has come is not copied when
 * more comes; what is more may be a lie. */
#define SMALL_ROOM 1048576
#define FIRST_ROOM 262144

static guint64
get_next_room (const MigdescField *field,
               guint64 count,
               gsize room)
{
  if (field->kind != MIGDESC_FIELD_BYTES)
    return 2 * (guint64) room;
  return count <= SMALL_ROOM ? count : MAX (FIRST_ROOM, 4 * (guint64) room);
}

/* Of elements that are there only when the data for them is: room grows by what has come. */
gboolean
migdesc_walk_make_room (MigdescWalk *walk,
                        const MigdescField *field,
                        guint8 *base,
                        guint32 offset,
                        guint64 needed,
                        guint64 count,
                        gsize *room,
                        GError **error)
{
  guint64 wanted = MIN (count, MAX (needed, get_next_room (field, count, *room)));

  if (needed <= *room)
    return TRUE;
  if (!migdesc_walk_charge (walk, field, NULL, (wanted - *room) * field->width, error))
    return FALSE;
  if (wanted > G_MAXSIZE || !migdesc_field_resize (field, base + offset, *room, (gsize) wanted))
    return fail_memory (walk, field, wanted, error);
  *room = (gsize) wanted;
  /* Whoever frees the struct after a failure finds as many as there are. */
  if (field->kind == MIGDESC_FIELD_STRUCT)
    migdesc_field_set_room (field, base + offset - field->offset, wanted);
  return TRUE;
}

static guint64
get_count (const MigdescWalk *walk)
{
  const MigdescOp *op = walk->op;

  if (op->field->counting == MIGDESC_COUNT_FIXED || op->field->counting == MIGDESC_COUNT_PARAM)
    return op->count;
  return migdesc_field_get_count (op->field, walk->base, op->offset - op->field->offset);
}

gboolean
migdesc_walk_check_memory (MigdescWalk *walk,
                           GError **error)
{
  const MigdescOp *op = walk->op;
  gpointer data;

  if (walk->loading || walk->count == 0 || op->field->storage != MIGDESC_STORAGE_ALLOCATED)
    return TRUE;
  memcpy (&data, walk->base + op->offset, sizeof data);
  return data != NULL
         || migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_COUNT, op->field->name,
                                  "the pointer is NULL, and the count is %" G_GUINT64_FORMAT,
                                  walk->count);
}

gboolean
migdesc_walk_begin_array (MigdescWalk *walk,
                          GError **error)
{
  const MigdescOp *op = walk->op;
  const MigdescField *field = op->field;
  gboolean known = (op->flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0;

  if (walk->begun)
    return TRUE;
  walk->count = walk->loading && !known ? 0 : get_count (walk);
  if (!migdesc_walk_check_memory (walk, error))
    return FALSE;
  if (!migdesc_visit_begin_array (walk->visitor, field->name, op->flags, &walk->count,
                                  field->capacity, error))
    return FALSE;
  if (walk->loading && field->storage != MIGDESC_STORAGE_INLINE
      && field->storage != MIGDESC_STORAGE_ALLOCATED)
    migdesc_field_clear (field, walk->base + op->offset - field->offset);
  walk->begun = TRUE;
  walk->done = 0;
  walk->room = 0;
  return TRUE;
}

static void
store_count (const MigdescField *field,
             guint8 *base,
             guint32 offset,
             guint64 count)
{
  if (field->counting == MIGDESC_COUNT_OWNED && field->count_width != 0)
    migdesc_scalar_store (base + offset - field->offset + field->count_offset, field->count_width,
                          count);
}

/* Elements that the state does not have this time are as in a fresh struct. */
static void
clear_rest (const MigdescField *field,
            guint8 *member,
            guint64 count)
{
  for (guint64 i = count; i < field->capacity; i++)
    if (field->kind == MIGDESC_FIELD_STRUCT)
      migdesc_table_clear (field->type, member + i * field->width);
  if (field->kind != MIGDESC_FIELD_STRUCT)
    memset (member + count * field->width, 0, (gsize) (field->capacity - count) * field->width);
}

void
migdesc_walk_finish_array (const MigdescField *field,
                           guint8 *base,
                           guint32 offset,
                           guint64 count)
{
  store_count (field, base, offset, count);
  if (field->storage == MIGDESC_STORAGE_INLINE)
    clear_rest (field, base + offset, count);
}
