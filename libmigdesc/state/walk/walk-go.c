/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/walk/walk-go.h"

#include <migdesc/migdesc-error.h>

#include "state/table/scalar.h"
#include "state/table/storage.h"
#include "state/walk/walk-check.h"
#include "state/walk/walk-data.h"

/* Every op is a function. */

static gboolean
do_run (MigdescWalk *walk,
        GError **error)
{
  if (!migdesc_visit_run (walk->visitor, walk->op->run, walk->base, error))
    return FALSE;
  walk->op++;
  return TRUE;
}

gboolean
migdesc_walk_struct (MigdescWalk *walk,
                     GError **error)
{
  if (!migdesc_visit_begin_struct (walk->visitor, walk->op->field->name, error))
    return FALSE;
  migdesc_walk_push (walk, walk->base + walk->op->offset);
  return TRUE;
}

static gpointer
get_pointer (const MigdescWalk *walk)
{
  gpointer data;

  memcpy (&data, walk->base + walk->op->offset, sizeof data);
  return data;
}

static void
set_pointer (MigdescWalk *walk,
             gpointer data)
{
  memcpy (walk->base + walk->op->offset, &data, sizeof data);
}

static gboolean
do_pointer (MigdescWalk *walk,
            GError **error)
{
  const MigdescField *field = walk->op->field;
  gpointer target = get_pointer (walk);
  gboolean present = target != NULL;

  if (!migdesc_visit_begin_pointer (walk->visitor, field->name, &present, error))
    return FALSE;
  if (!present)
    {
      if (walk->loading && target != NULL)
        migdesc_field_clear (field, walk->base + walk->op->offset - field->offset);
      migdesc_walk_pass_block (walk);
      return migdesc_visit_end_pointer (walk->visitor, error);
    }
  if (target == NULL)
    {
      if (!migdesc_walk_charge (walk, field, NULL, field->width, error))
        return FALSE;
      target = g_malloc (field->width);
      migdesc_table_init (field->type, target);
      set_pointer (walk, target);
    }
  migdesc_walk_push (walk, target);
  return TRUE;
}

/* Of a type made of a schema the struct knows which sections it has, and of which version. */
static guint
get_section_version (const MigdescWalk *walk,
                     const MigdescField *field)
{
  guint64 version = migdesc_scalar_load (walk->base + field->hidden, sizeof (guint16));

  return version >= field->minimum && version <= field->version ? (guint) version : 0;
}

static void
set_section_version (MigdescWalk *walk,
                     const MigdescField *field,
                     guint version)
{
  if (walk->loading && migdesc_field_is_synthetic (field))
    migdesc_scalar_store (walk->base + field->hidden, sizeof (guint16), version);
}

static gboolean
is_section_needed (const MigdescWalk *walk,
                   const MigdescField *field,
                   guint *version)
{
  guint own;

  if (walk->loading)
    return TRUE;
  if (!migdesc_field_is_synthetic (field))
    return field->needed == NULL || field->needed (walk->base);
  own = get_section_version (walk, field);
  if (own == 0)
    return field->needed_name == NULL;
  *version = own;
  return TRUE;
}

static gboolean
do_section (MigdescWalk *walk,
            GError **error)
{
  const MigdescField *field = walk->op->field;
  guint version = field->version;
  gboolean present = is_section_needed (walk, field, &version);

  if (!migdesc_visit_begin_section (walk->visitor, field->name, walk->op->flags, &version,
                                    field->minimum, &present, error))
    return FALSE;
  set_section_version (walk, field, present ? version : 0);
  if (!present)
    {
      migdesc_walk_pass_block (walk);
      return TRUE;
    }
  migdesc_walk_push (walk, walk->base);
  walk->op = &walk->plan->ops[walk->frames[walk->depth - 1].op->versions[version - field->minimum]];
  return TRUE;
}

/* The element at hand of a loop: its base. */
static guint8 *
get_element (MigdescWalk *walk,
             MigdescWalkFrame *frame)
{
  const MigdescField *field = frame->op->field;
  guint8 *member = frame->base + frame->op->offset;
  gpointer data = member;

  switch ((MigdescFieldStorage) field->storage)
    {
    case MIGDESC_STORAGE_INLINE:
      return member + frame->index * field->width;
    case MIGDESC_STORAGE_ALLOCATED:
      memcpy (&data, member, sizeof data);
      return (guint8 *) data + frame->index * field->width;
    case MIGDESC_STORAGE_PTR_ARRAY:
      if (walk->loading)
        return migdesc_field_append (field, member);
      memcpy (&data, member, sizeof data);
      return g_ptr_array_index ((GPtrArray *) data, frame->index);
    default:
      if (walk->loading)
        return migdesc_field_append (field, member);
      return frame->link->data;
    }
}

static gboolean
enter_element (MigdescWalk *walk,
               MigdescWalkFrame *frame,
               GError **error)
{
  const MigdescField *field = frame->op->field;

  if (walk->loading && field->storage == MIGDESC_STORAGE_ALLOCATED
      && !migdesc_walk_make_room (walk, field, frame->base, frame->op->offset, frame->index + 1,
                                  frame->count, &frame->room, error))
    return FALSE;
  migdesc_visitor_set_index (walk->visitor, frame->index);
  walk->base = get_element (walk, frame);
  if (!migdesc_visit_begin_struct (walk->visitor, NULL, error))
    return FALSE;
  walk->op = frame->op + 1;
  return TRUE;
}

static gboolean
do_loop (MigdescWalk *walk,
         GError **error)
{
  MigdescWalkFrame *frame;

  if (!migdesc_walk_begin_array (walk, error))
    return FALSE;
  if (walk->loading && walk->op->field->storage == MIGDESC_STORAGE_ALLOCATED)
    migdesc_field_clear (walk->op->field, walk->base + walk->op->offset - walk->op->field->offset);
  migdesc_walk_push (walk, walk->base);
  frame = &walk->frames[walk->depth - 1];
  if (!walk->loading && frame->op->field->storage == MIGDESC_STORAGE_LIST)
    memcpy (&frame->link, frame->base + frame->op->offset, sizeof frame->link);
  if (!walk->loading && frame->op->field->storage == MIGDESC_STORAGE_QUEUE)
    frame->link = ((GQueue *) (gpointer) (frame->base + frame->op->offset))->head;
  if (frame->count > 0)
    return enter_element (walk, frame, error);
  walk->op = &walk->plan->ops[frame->op->to];
  return TRUE;
}

static void
reverse_list (guint8 *member)
{
  GList *list;

  memcpy (&list, member, sizeof list);
  list = g_list_reverse (list);
  memcpy (member, &list, sizeof list);
}

static gboolean
end_loop (MigdescWalk *walk,
          MigdescWalkFrame *frame,
          GError **error)
{
  const MigdescField *field = frame->op->field;

  if (walk->loading)
    {
      if (field->storage == MIGDESC_STORAGE_LIST)
        reverse_list (frame->base + frame->op->offset);
      migdesc_walk_finish_array (field, frame->base, frame->op->offset, frame->count);
    }
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
  if (frame->link != NULL)
    frame->link = frame->link->next;
  if (frame->index == frame->count)
    return end_loop (walk, frame, error);
  *more = TRUE;
  return enter_element (walk, frame, error);
}

gboolean
migdesc_walk_end_block (MigdescWalk *walk,
                        GError **error)
{
  gboolean done;

  switch ((MigdescOpCode) walk->frames[walk->depth - 1].op->code)
    {
    case MIGDESC_OP_STRUCT:
      done = migdesc_visit_end_struct (walk->visitor, error);
      break;
    case MIGDESC_OP_POINTER:
      done = migdesc_visit_end_pointer (walk->visitor, error);
      break;
    default:
      done = migdesc_visit_end_section (walk->visitor, error);
      break;
    }
  if (done)
    migdesc_walk_pop (walk);
  return done;
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

gboolean
migdesc_walk_do_check (MigdescWalk *walk,
                       GError **error)
{
  if (!migdesc_walk_check (walk, walk->op->checks, walk->op->n_checks, walk->base, error))
    return FALSE;
  walk->op++;
  return TRUE;
}

static gboolean
do_nothing (MigdescWalk *walk G_GNUC_UNUSED,
            GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static const MigdescWalkAction actions[] = {
  [MIGDESC_OP_RUN] = do_run,
  [MIGDESC_OP_ROWS] = migdesc_walk_rows,
  [MIGDESC_OP_ITEMS] = migdesc_walk_items,
  [MIGDESC_OP_BYTES] = migdesc_walk_bytes,
  [MIGDESC_OP_BITMAP] = migdesc_walk_bitmap,
  [MIGDESC_OP_STRING] = migdesc_walk_string,
  [MIGDESC_OP_STRUCT] = migdesc_walk_struct,
  [MIGDESC_OP_LOOP] = do_loop,
  [MIGDESC_OP_POINTER] = do_pointer,
  [MIGDESC_OP_SECTION] = do_section,
  [MIGDESC_OP_CHECK] = migdesc_walk_do_check,
  [MIGDESC_OP_END] = do_end,
  [MIGDESC_OP_DONE] = do_nothing,
};

MigdescWalkStatus
migdesc_walk_go (MigdescWalk *walk,
                 GError **error)
{
  const MigdescWalkAction *own = walk->actions == NULL ? actions : walk->actions;
  MigdescVisitorPrivate *priv = walk->visitor->priv;

  if (walk->op == walk->plan->ops && walk->loading && walk->plan->lacking != NULL)
    {
      migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_MISSING, walk->plan->lacking,
                            "state version %u in this configuration does not have it, and it is "
                            "required",
                            walk->plan->version);
      return MIGDESC_WALK_FAILED;
    }
  while (walk->op->code != MIGDESC_OP_DONE)
    {
      if (own[walk->op->code](walk, error))
        continue;
      if (!priv->blocked)
        return MIGDESC_WALK_FAILED;
      priv->blocked = FALSE;
      return MIGDESC_WALK_BLOCKED;
    }
  return own[MIGDESC_OP_DONE](walk, error) ? MIGDESC_WALK_DONE : MIGDESC_WALK_FAILED;
}

gboolean
migdesc_walk_all (const MigdescStatePlan *plan,
                  MigdescVisitor *visitor,
                  gpointer state,
                  GError **error)
{
  MigdescWalk walk;

  migdesc_walk_init (&walk, plan, visitor, state);
  return migdesc_walk_go (&walk, error) == MIGDESC_WALK_DONE;
}
