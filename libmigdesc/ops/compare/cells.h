/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/search/search.h"

G_BEGIN_DECLS

/* The values of a param, parted by all that is said about them: what no set and no single value
 * mentioned tells apart is one cell, and a cell is one choice of a search. So a search looks at as
 * many values as are mentioned, however many there are. */

typedef struct
{
  MigdescArena *arena; /* the caller's */
  MigdescValueType type;
  GArray *marks;  /* where a set mentioned begins or ends, or a string of one */
  GArray *pieces; /* the parts in their order: which values, of which cell */
  GArray *choices; /* MigdescChoice, a cell each, by the least value */
  guint64 next_key;
  guint64 bools[2];
} MigdescCells;

void migdesc_cells_init (MigdescCells *cells, MigdescValueType type, MigdescArena *arena);
void migdesc_cells_clear (MigdescCells *cells);
void migdesc_cells_mention_set (MigdescCells *cells, const MigdescSet *set);
void migdesc_cells_mention_value (MigdescCells *cells, MigdescValue value);
/* Parts @domain, which has been mentioned. */
void migdesc_cells_build (MigdescCells *cells, const MigdescSet *domain);
guint32 migdesc_cells_get_n (const MigdescCells *cells);
MigdescChoice *migdesc_cells_get_choices (MigdescCells *cells);
/* The values of all cells that have a class of @mask. Strings that nobody mentions are left out. */
void migdesc_cells_unite (const MigdescCells *cells, guint8 mask, MigdescSet *result);
/* The cell of a value that was mentioned, or MIGDESC_NOT_FOUND if it is not in the domain */
guint32 migdesc_cells_find (const MigdescCells *cells, MigdescValue value);
/* Of each cell but that of @value the value that is nearest to it, the nearest first; of strings
 * and bools in their order, without those that nobody mentions. */
void migdesc_cells_append_others (const MigdescCells *cells, MigdescValue value, GArray *others);

G_END_DECLS
