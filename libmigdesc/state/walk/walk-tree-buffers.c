/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/walk/walk-tree.h"

#include <migdesc/migdesc-error.h>

#include "state/table/storage.h"
#include "state/tree/packed-number.h"

/* A walk over a tree: buffers, bitmaps and texts. They are read to where they stay. */

/* Bytes get all their room at once where that is little; what is more may be a lie. */
#define SMALL_ROOM 1048576
#define FIRST_ROOM 262144

/* Room for what comes next. Memory may move between two pieces only when all that a format has put
 * there was passed: there is more only when the last was used up. */
static gboolean
prepare_piece (MigdescWalk *walk,
               GError **error)
{
  const MigdescPacked *packed = migdesc_tree_walk_get_packed (walk);
  guint64 left = walk->count - walk->done;

  if (walk->done > 0 && packed->length < packed->room)
    return TRUE;
  return migdesc_tree_walk_reserve (walk, NULL, left <= SMALL_ROOM ? left : FIRST_ROOM, error);
}

static gboolean
load_piece (MigdescWalk *walk,
            GError **error)
{
  MigdescVisitorPrivate *priv = walk->visitor->priv;
  MigdescPacked *packed = migdesc_tree_walk_get_packed (walk);
  guint64 left = walk->count - walk->done;
  gboolean done;
  gsize n;

  if (!prepare_piece (walk, error))
    return FALSE;
  left = MIN (left, packed->room - packed->length);
  n = (gsize) MIN (MIGDESC_PIECE, left);
  priv->buffer_room = (gsize) left;
  done = migdesc_visit_buffer (walk->visitor, migdesc_packed_get_tail (packed), n, error);
  priv->buffer_room = 0;
  if (!done)
    return FALSE;
  packed->length += n;
  packed->covered += n;
  walk->done += n;
  return migdesc_tree_walk_check_size (walk, NULL, error);
}

static gboolean
save_piece (MigdescWalk *walk,
            GError **error)
{
  MigdescVisitorPrivate *priv = walk->visitor->priv;
  gsize n = (gsize) MIN (MIGDESC_PIECE, walk->count - walk->done);
  gboolean done;

  priv->lends = TRUE;
  done = migdesc_visit_buffer (walk->visitor, (guint8 *) walk->tree->at, n, error);
  priv->lends = FALSE;
  if (!done)
    return FALSE;
  walk->tree->at += n;
  walk->done += n;
  return TRUE;
}

gboolean
migdesc_tree_walk_bytes (MigdescWalk *walk,
                         GError **error)
{
  if (!migdesc_tree_walk_begin_buffer (walk, error))
    return FALSE;
  while (walk->done < walk->count)
    if (!(walk->loading ? load_piece (walk, error) : save_piece (walk, error)))
      return FALSE;
  if (!migdesc_visit_end_buffer (walk->visitor, error))
    return FALSE;
  walk->begun = FALSE;
  walk->op++;
  return TRUE;
}

static gboolean
end_bitmap (MigdescWalk *walk,
            const guint8 *bytes,
            guint64 n_bits,
            GError **error)
{
  MigdescPacked *packed = migdesc_tree_walk_get_packed (walk);
  gsize n = (gsize) (n_bits + 7) / 8;

  walk->begun = FALSE;
  walk->op++;
  if (!walk->loading)
    {
      walk->tree->at += n;
      return TRUE;
    }
  packed->length += n;
  packed->covered += n;
  if (n_bits % 8 != 0 && bytes[n - 1] >> n_bits % 8 != 0)
    return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_RANGE,
                                 walk->op[-1].field->name,
                                 "bits are set behind the last of %" G_GUINT64_FORMAT, n_bits);
  return migdesc_tree_walk_check_size (walk, walk->op[-1].field->name, error);
}

/* A bitmap is short: it comes in one piece. */
gboolean
migdesc_tree_walk_bitmap (MigdescWalk *walk,
                          GError **error)
{
  const MigdescField *field = walk->op->field;
  guint64 bits = walk->op->count;
  guint64 length;
  guint8 *bytes;

  if (field->counting == MIGDESC_COUNT_FIELD)
    bits = migdesc_field_get_count (field, walk->base, walk->op->offset - field->offset);
  if (bits > field->capacity)
    return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_COUNT, field->name,
                                 "%" G_GUINT64_FORMAT " bits, at most %u are allowed", bits,
                                 field->capacity);
  length = (bits + 7) / 8;
  if (walk->loading && !migdesc_tree_walk_reserve (walk, field->name, length + 1, error))
    return FALSE;
  bytes = walk->loading ? migdesc_packed_get_tail (migdesc_tree_walk_get_packed (walk))
                        : (guint8 *) walk->tree->at;
  if (!walk->begun
      && !migdesc_visit_begin_buffer (walk->visitor, field->name, MIGDESC_CONTAINER_COUNT_KNOWN,
                                      &length, length, error))
    return FALSE;
  walk->begun = TRUE;
  if (!migdesc_visit_buffer (walk->visitor, bytes, (gsize) length, error)
      || !migdesc_visit_end_buffer (walk->visitor, error))
    return FALSE;
  return end_bitmap (walk, bytes, bits, error);
}

static gboolean
pack_text (MigdescWalk *walk,
           const char *text,
           GError **error)
{
  MigdescPacked *packed = migdesc_tree_walk_get_packed (walk);
  gsize length = strlen (text);
  guint8 *at;

  if (!migdesc_tree_walk_reserve (walk, walk->op->field->name,
                                  length + 1 + MIGDESC_PACKED_NUMBER_MAX, error))
    return FALSE;
  at = migdesc_pack_number (migdesc_packed_get_tail (packed), length);
  memcpy (at, text, length + 1);
  packed->length = (gsize) (at - packed->data) + length + 1;
  packed->covered += length;
  return migdesc_tree_walk_check_size (walk, walk->op->field->name, error);
}

gboolean
migdesc_tree_walk_string (MigdescWalk *walk,
                          GError **error)
{
  const MigdescField *field = walk->op->field;
  const guint8 *at = NULL;
  g_autofree char *loaded = NULL;
  char *text = NULL;
  guint64 length;

  if (!walk->loading)
    {
      at = migdesc_unpack_number (walk->tree->at, &length);
      text = (char *) at;
      at += length + 1;
    }
  if (!migdesc_visit_text (walk->visitor, field->name, &text, field->capacity, error))
    return FALSE;
  if (walk->loading)
    loaded = text;
  walk->tree->at = at;
  if (walk->loading && !pack_text (walk, text, error))
    return FALSE;
  walk->op++;
  return TRUE;
}
