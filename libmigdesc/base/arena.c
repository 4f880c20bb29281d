/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/arena.h"

struct _MigdescArenaChunk
{
  MigdescArenaChunk *next; /* the one before it in time */
  gsize size;              /* of data */
  guint64 data[];          /* aligned to 8 */
};

static gsize
round_up_to_8 (gsize size)
{
  return (size + 7) & ~(gsize) 7;
}

static void
add_chunk (MigdescArena *arena,
           gsize size)
{
  MigdescArenaChunk *chunk = g_malloc (sizeof (MigdescArenaChunk) + size);

  chunk->next = arena->chunks;
  chunk->size = size;
  arena->chunks = chunk;
  arena->cursor = (char *) chunk->data;
  arena->end = arena->cursor + size;
  arena->size += sizeof (MigdescArenaChunk) + size;
}

/* The first chunk is made when something is taken; 0 stands for a small one. */
MigdescArena *
migdesc_arena_new (gsize first_chunk)
{
  MigdescArena *arena = g_new0 (MigdescArena, 1);

  arena->size = sizeof (MigdescArena);
  arena->first_chunk = MAX (round_up_to_8 (first_chunk), 64);
  return arena;
}

void
migdesc_arena_free (MigdescArena *arena)
{
  MigdescArenaChunk *chunk;

  if (arena == NULL)
    return;
  while ((chunk = arena->chunks) != NULL)
    {
      arena->chunks = chunk->next;
      g_free (chunk);
    }
  g_free (arena);
}

gsize
migdesc_arena_size (const MigdescArena *arena)
{
  return arena->size;
}

void
migdesc_arena_trim (MigdescArena *arena)
{
  MigdescArenaChunk *chunk = arena->chunks;

  if (chunk == NULL || arena->cursor != (char *) chunk->data)
    return;
  arena->chunks = chunk->next;
  arena->size -= sizeof (MigdescArenaChunk) + chunk->size;
  arena->cursor = NULL;
  arena->end = NULL;
  g_free (chunk);
}

gpointer
migdesc_arena_alloc_in_new_chunk (MigdescArena *arena,
                                  gsize size)
{
  gsize room = arena->chunks == NULL ? arena->first_chunk : round_up_to_8 (arena->size / 8);
  char *start;

  /* only a computation that wrapped around asks for this */
  g_assert (size <= G_MAXSIZE / 2);

  add_chunk (arena, MAX (room, round_up_to_8 (size)));
  start = arena->cursor;
  arena->cursor += size;
  return start;
}
