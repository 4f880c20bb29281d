/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/tree/packed.h"
#include "state/tree/tree.h"
#include "state/walk/walk.h"

G_BEGIN_DECLS

/* A walk over a tree. Runs of fields go through a struct of the table, so that what must hold
 * between fields is looked at as in any other walk; but there is one struct for the state and one
 * for each array or pointer that is open, and not one for each element. */

typedef struct
{
  guint8 *memory;
  gsize size;
} MigdescTreeStruct;

struct _MigdescTreeWalk
{
  MigdescTree *tree;
  const guint8 *at;       /* on save: what comes next */
  guint8 *piece;          /* of the array at hand */
  gsize piece_size;
  MigdescItems items;     /* on save: of the array at hand */
  MigdescPacking packing; /* on load: the same */
  MigdescTreeStruct structs[MIGDESC_STATE_DEPTH_MAX + 1]; /* by depth of the walk */
  MigdescPacking packings[MIGDESC_STATE_DEPTH_MAX + 1];
};

/* As migdesc_walk_init; of a tree that is loaded nothing is left. The walk is to be cleared. */
void migdesc_walk_init_tree (MigdescWalk *walk, MigdescVisitor *visitor, MigdescTree *tree);
/* Of any walk, or of memory of zeros. */
void migdesc_walk_clear (MigdescWalk *walk);
/* All at once, for a visitor that never blocks. */
gboolean migdesc_walk_all_tree (MigdescVisitor *visitor, MigdescTree *tree, GError **error);

static inline MigdescPacked *
migdesc_tree_walk_get_packed (MigdescWalk *walk)
{
  return &walk->tree->tree->packed;
}

/* On load: room for n more bytes. leaf: the field's name, NULL where it has begun. */
gboolean migdesc_tree_walk_reserve (MigdescWalk *walk,
                                    const char *leaf,
                                    guint64 n,
                                    GError **error);
/* Whether what was appended is within the limit. */
gboolean migdesc_tree_walk_check_size (MigdescWalk *walk, const char *leaf, GError **error);
/* Appends a number: a count. */
gboolean migdesc_tree_walk_add_number (MigdescWalk *walk, guint64 number, GError **error);
/* Memory for so many bytes. */
guint8 *migdesc_tree_walk_get_piece (MigdescWalk *walk, gsize size);
/* Begins the array of the op at hand, if that is not done yet: walk->count and walk->done. */
gboolean migdesc_tree_walk_begin_array (MigdescWalk *walk, GError **error);
gboolean migdesc_tree_walk_begin_buffer (MigdescWalk *walk, GError **error);

gboolean migdesc_tree_walk_run (MigdescWalk *walk, GError **error);
gboolean migdesc_tree_walk_rows (MigdescWalk *walk, GError **error);
gboolean migdesc_tree_walk_items (MigdescWalk *walk, GError **error);
gboolean migdesc_tree_walk_bytes (MigdescWalk *walk, GError **error);
gboolean migdesc_tree_walk_bitmap (MigdescWalk *walk, GError **error);
gboolean migdesc_tree_walk_string (MigdescWalk *walk, GError **error);

G_END_DECLS
