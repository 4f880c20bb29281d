/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/arena.h"

#define SMALLEST_CHUNK 256

struct _MigdescArenaChunk
{
  MigdescArenaChunk *next; /* the one before it in time */
  _Alignas (8) guint64 data[];
};

static gsize
round_up_to_8 (gsize size)
{
  return (size + 7) & ~(gsize) 7;
}

MigdescArena *
migdesc_arena_new (gsize first_chunk)
{
  gsize room = round_up_to_8 (first_chunk);
  MigdescArena *arena = g_malloc (sizeof (MigdescArena) + room);

  arena->chunks = NULL;
  arena->cursor = (char *) arena->first_chunk;
  arena->end = arena->cursor + room;
  arena->size = sizeof (MigdescArena) + room;
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

gpointer
migdesc_arena_alloc_in_new_chunk (MigdescArena *arena,
                                  gsize size)
{
  gsize room = MAX (round_up_to_8 (arena->size / 16), SMALLEST_CHUNK);
  MigdescArenaChunk *chunk;

  /* only a computation that wrapped around asks for this */
  g_assert (size <= G_MAXSIZE / 2);

  room = MAX (room, round_up_to_8 (size));
  chunk = g_malloc (sizeof (MigdescArenaChunk) + room);
  chunk->next = arena->chunks;
  arena->chunks = chunk;
  arena->size += sizeof (MigdescArenaChunk) + room;
  arena->cursor = (char *) chunk->data + size;
  arena->end = (char *) chunk->data + room;
  return chunk->data;
}
