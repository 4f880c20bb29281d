/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/walk/walk-data.h"

#include <migdesc/migdesc-error.h>

#include "state/table/scalar.h"
#include "state/table/storage.h"
#include "state/walk/walk-check.h"

/* Arrays, buffers and texts. All move in pieces, so that a visitor that has no more data, or no
 * more room, can stop between two of them. */

#define PIECE 32768 /* bytes */

static guint8 *
get_data (const MigdescWalk *walk)
{
  guint8 *member = walk->base + walk->op->offset;
  guint8 *data;

  if (walk->op->field->storage == MIGDESC_STORAGE_INLINE)
    return member;
  memcpy (&data, member, sizeof data);
  return data;
}

/* Room for the next elements of an array being loaded. */
static gboolean
prepare_piece (MigdescWalk *walk,
               guint64 needed,
               GError **error)
{
  const MigdescOp *op = walk->op;

  if (!walk->loading || op->field->storage != MIGDESC_STORAGE_ALLOCATED)
    return TRUE;
  if (walk->done == 0 && walk->room == 0)
    migdesc_field_clear (op->field, walk->base + op->offset - op->field->offset);
  return migdesc_walk_make_room (walk, op->field, walk->base, op->offset, needed, walk->count,
                                 &walk->room, error);
}

static gboolean
end_array (MigdescWalk *walk,
           GError **error)
{
  const MigdescOp *op = walk->op;

  if (walk->loading)
    {
      if (walk->count == 0 && op->field->storage == MIGDESC_STORAGE_ALLOCATED)
        migdesc_field_clear (op->field, walk->base + op->offset - op->field->offset);
      migdesc_walk_finish_array (op->field, walk->base, op->offset, walk->count);
    }
  if (!migdesc_visit_end_array (walk->visitor, error))
    return FALSE;
  walk->begun = FALSE;
  walk->op++;
  return TRUE;
}

static gboolean
check_rows (MigdescWalk *walk,
            guint8 *rows,
            guint64 n,
            GError **error)
{
  const MigdescOp *op = walk->op;

  for (guint64 i = 0; i < n; i++)
    {
      migdesc_visitor_set_index (walk->visitor, walk->done + i);
      if (!migdesc_walk_check (walk, op->checks, op->n_checks, rows + i * op->field->width, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
migdesc_walk_rows (MigdescWalk *walk,
                   GError **error)
{
  const MigdescOp *op = walk->op;
  const MigdescField *field = op->field;
  guint64 most = MAX (1, PIECE / op->run->wire_size);

  if (!migdesc_walk_begin_array (walk, error))
    return FALSE;
  while (walk->done < walk->count)
    {
      guint64 n = MIN (most, walk->count - walk->done);
      guint8 *rows;

      if (!prepare_piece (walk, walk->done + n, error))
        return FALSE;
      rows = get_data (walk) + walk->done * field->width;
      migdesc_visitor_set_index (walk->visitor, walk->done);
      if (!migdesc_visit_rows (walk->visitor, op->run, rows, (gsize) n, field->width, error))
        return FALSE;
      if (op->n_checks > 0 && !check_rows (walk, rows, n, error))
        return FALSE;
      walk->done += n;
    }
  return end_array (walk, error);
}

gboolean
migdesc_walk_items (MigdescWalk *walk,
                    GError **error)
{
  const MigdescField *field = walk->op->field;
  guint64 most = PIECE / migdesc_field_wire_width (field);

  if (!migdesc_walk_begin_array (walk, error))
    return FALSE;
  while (walk->done < walk->count)
    {
      guint64 n = MIN (most, walk->count - walk->done);

      if (!prepare_piece (walk, walk->done + n, error))
        return FALSE;
      migdesc_visitor_set_index (walk->visitor, walk->done);
      if (!migdesc_visit_scalars (walk->visitor, field,
                                  get_data (walk) + walk->done * field->width, (gsize) n, error))
        return FALSE;
      walk->done += n;
    }
  return end_array (walk, error);
}

static gboolean
begin_buffer (MigdescWalk *walk,
              GError **error)
{
  const MigdescOp *op = walk->op;
  gboolean known = (op->flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0;

  if (walk->begun)
    return TRUE;
  if (op->field->counting == MIGDESC_COUNT_FIXED || op->field->counting == MIGDESC_COUNT_PARAM)
    walk->count = op->count;
  else if (!walk->loading || known)
    walk->count
        = migdesc_field_get_count (op->field, walk->base, op->offset - op->field->offset);
  else
    walk->count = 0;
  if (!migdesc_walk_check_memory (walk, error))
    return FALSE;
  if (!migdesc_visit_begin_buffer (walk->visitor, op->field->name, op->flags, &walk->count,
                                   op->field->capacity, error))
    return FALSE;
  walk->begun = TRUE;
  walk->done = 0;
  walk->room = 0;
  return TRUE;
}

/* Bytes behind those that are done: of the buffer, and there. */
static gsize
get_buffer_room (const MigdescWalk *walk)
{
  gboolean grows = walk->op->field->storage == MIGDESC_STORAGE_ALLOCATED;

  return (gsize) ((grows ? MIN (walk->room, walk->count) : walk->count) - walk->done);
}

/* Memory may move between two pieces only when all that a format has put there was passed: no piece
 * goes on behind the room there is. */
static gsize
get_piece (const MigdescWalk *walk)
{
  guint64 n = MIN (PIECE, walk->count - walk->done);

  return (gsize) (walk->room > walk->done ? MIN (n, walk->room - walk->done) : n);
}

static gboolean
pass_piece (MigdescWalk *walk,
            gsize n,
            GError **error)
{
  MigdescVisitorPrivate *priv = walk->visitor->priv;
  gboolean done;

  priv->lends = !walk->loading;
  priv->buffer_room = walk->loading ? get_buffer_room (walk) : 0;
  done = migdesc_visit_buffer (walk->visitor, get_data (walk) + walk->done, n, error);
  priv->lends = FALSE;
  priv->buffer_room = 0;
  return done;
}

gboolean
migdesc_walk_bytes (MigdescWalk *walk,
                    GError **error)
{
  const MigdescOp *op = walk->op;

  if (!begin_buffer (walk, error))
    return FALSE;
  while (walk->done < walk->count)
    {
      gsize n = get_piece (walk);

      if (!prepare_piece (walk, walk->done + n, error) || !pass_piece (walk, n, error))
        return FALSE;
      walk->done += n;
    }
  if (walk->loading)
    {
      if (walk->count == 0 && op->field->storage == MIGDESC_STORAGE_ALLOCATED)
        migdesc_field_clear (op->field, walk->base + op->offset - op->field->offset);
      migdesc_walk_finish_array (op->field, walk->base, op->offset, walk->count);
    }
  if (!migdesc_visit_end_buffer (walk->visitor, error))
    return FALSE;
  walk->begun = FALSE;
  walk->op++;
  return TRUE;
}

/* Of a tree: no more than there are, and as a stream has them. */
static gboolean
store_bits (MigdescWalk *walk,
            const guint8 *bytes,
            gsize n,
            GError **error)
{
  const MigdescField *field = walk->op->field;
  guint8 *member = walk->base + walk->op->offset;
  gpointer data;

  migdesc_field_clear (field, member - field->offset);
  if (n == 0)
    return TRUE;
  if (!migdesc_walk_charge (walk, field, field->name, n, error))
    return FALSE;
  data = g_memdup2 (bytes, n);
  memcpy (member, &data, sizeof data);
  return TRUE;
}

static gboolean
set_bits (MigdescWalk *walk,
          const guint8 *bytes,
          gsize n_bits,
          GError **error)
{
  const MigdescField *field = walk->op->field;
  guint8 *member = walk->base + walk->op->offset;
  gsize n = (n_bits + 7) / 8;

  if (n_bits % 8 != 0 && bytes[n - 1] >> n_bits % 8 != 0)
    return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_RANGE, field->name,
                                 "bits are set behind the last of %" G_GSIZE_FORMAT, n_bits);
  if (field->storage == MIGDESC_STORAGE_ALLOCATED)
    return store_bits (walk, bytes, n, error);
  memset (member, 0, field->size);
  for (gsize i = 0; i < n; i++)
    member[migdesc_bitmap_byte (field, i)] = bytes[i];
  return TRUE;
}

gboolean
migdesc_walk_bitmap (MigdescWalk *walk,
                     GError **error)
{
  const MigdescField *field = walk->op->field;
  guint64 bits = walk->op->count;
  guint64 length;
  g_autofree guint8 *bytes = NULL;

  if (field->counting == MIGDESC_COUNT_FIELD)
    bits = migdesc_field_get_count (field, walk->base, walk->op->offset - field->offset);
  if (bits > field->capacity)
    return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_COUNT, field->name,
                                 "%" G_GUINT64_FORMAT " bits, at most %u are allowed", bits,
                                 field->capacity);
  length = (bits + 7) / 8;
  bytes = g_malloc0 ((gsize) length + 1);
  if (!walk->loading && bits > 0)
    migdesc_bitmap_get (field, get_data (walk), bytes, (gsize) bits);
  if (!walk->begun)
    {
      if (!migdesc_visit_begin_buffer (walk->visitor, field->name, MIGDESC_CONTAINER_COUNT_KNOWN,
                                       &length, length, error))
        return FALSE;
      walk->begun = TRUE;
    }
  if (!migdesc_visit_buffer (walk->visitor, bytes, (gsize) length, error)
      || !migdesc_visit_end_buffer (walk->visitor, error))
    return FALSE;
  if (walk->loading && !set_bits (walk, bytes, (gsize) bits, error))
    return FALSE;
  walk->begun = FALSE;
  walk->op++;
  return TRUE;
}

static void
store_text (MigdescWalk *walk,
            char *text)
{
  const MigdescField *field = walk->op->field;
  guint8 *member = walk->base + walk->op->offset;

  if (field->storage == MIGDESC_STORAGE_ALLOCATED)
    {
      migdesc_field_clear (field, member - field->offset);
      if (migdesc_field_is_synthetic (field) && text[0] == '\0')
        g_clear_pointer (&text, g_free); /* many texts are empty: that takes no memory */
      memcpy (member, &text, sizeof text);
      return;
    }
  memset (member, 0, field->size);
  memcpy (member, text, strlen (text));
  g_free (text);
}

gboolean
migdesc_walk_string (MigdescWalk *walk,
                     GError **error)
{
  const MigdescField *field = walk->op->field;
  const guint8 *data = get_data (walk);
  g_autofree char *saved = NULL;
  char *text = NULL;

  if (!walk->loading)
    text = saved = data == NULL ? g_strdup ("")
                                : g_strndup ((const char *) data, (gsize) field->capacity + 1);
  if (!migdesc_visit_text (walk->visitor, field->name, &text, field->capacity, error))
    return FALSE;
  if (walk->loading && text[0] != '\0'
      && !migdesc_walk_charge (walk, field, field->name, strlen (text), error))
    {
      g_free (text);
      return FALSE;
    }
  if (walk->loading)
    store_text (walk, text);
  walk->op++;
  return TRUE;
}
