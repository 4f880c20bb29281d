/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Memory that is taken piece by piece and given back all at once: what a model is kept in.
 *
 * Nothing ever moves, so an unused tail cannot be given back. Instead a chunk is a sixteenth of
 * what is held before it, or 256 bytes: that bounds the slack, whatever the first chunk was. */

typedef struct _MigdescArenaChunk MigdescArenaChunk;
typedef struct _MigdescArena MigdescArena;

struct _MigdescArena
{
  char *cursor;              /* the first free byte of the last chunk */
  char *end;                 /* one past the last chunk */
  MigdescArenaChunk *chunks; /* newest first, without the first of all */
  gsize size;                /* bytes held, book-keeping included */
  _Alignas (8) guint64 first_chunk[]; /* of a guint64 i386 asks for 4 only */
};

/* first_chunk: the bytes that will be taken, as far as that is known; they come in one block. */
MigdescArena *migdesc_arena_new (gsize first_chunk);
void migdesc_arena_free (MigdescArena *arena);

/* All bytes held, with the slack and the book-keeping. */
gsize migdesc_arena_size (const MigdescArena *arena);

/* The slow path of the functions below: starts a chunk with room for size bytes and takes them. */
gpointer migdesc_arena_alloc_in_new_chunk (MigdescArena *arena, gsize size);

/* size bytes, aligned to 8, not cleared. Never NULL. */
static inline gpointer
migdesc_arena_alloc (MigdescArena *arena,
                     gsize size)
{
  gsize padding = -(guintptr) arena->cursor & 7;
  char *start;

  if (G_UNLIKELY (padding > (gsize) (arena->end - arena->cursor)
                  || size > (gsize) (arena->end - arena->cursor) - padding))
    return migdesc_arena_alloc_in_new_chunk (arena, size);

  start = arena->cursor + padding;
  arena->cursor = start + size;
  return start;
}

static inline gpointer
migdesc_arena_alloc0 (MigdescArena *arena,
                      gsize size)
{
  return memset (migdesc_arena_alloc (arena, size), 0, size);
}

/* size bytes without alignment, not cleared: for text. */
static inline char *
migdesc_arena_alloc_bytes (MigdescArena *arena,
                           gsize size)
{
  char *start = arena->cursor;

  if (G_UNLIKELY (size > (gsize) (arena->end - arena->cursor)))
    return (char *) migdesc_arena_alloc_in_new_chunk (arena, size);

  arena->cursor = start + size;
  return start;
}

/* A copy of length bytes with a NUL after them. */
static inline char *
migdesc_arena_dup (MigdescArena *arena,
                   const char *data,
                   gsize length)
{
  char *copy = migdesc_arena_alloc_bytes (arena, length + 1);

  if (length > 0)
    memcpy (copy, data, length);
  copy[length] = '\0';
  return copy;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescArena, migdesc_arena_free)

G_END_DECLS
