/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/index.h"

/* A power of two, at least half as many again as the names. */
static guint32
choose_n_slots (guint n)
{
  guint32 n_slots = 2;

  while (n_slots < (guint64) n + n / 2 + 1)
    n_slots *= 2;
  return n_slots;
}

static void
enter (guint32 *slots,
       guint32 mask,
       guint32 hash,
       guint ordinal)
{
  guint32 at = hash & mask;

  for (guint32 step = 1; slots[at] != 0; step++)
    at = (at + step) & mask;
  slots[at] = (hash & ~mask) | (ordinal + 1);
}

gboolean
migdesc_index_build (MigdescIndex *index,
                     MigdescArena *arena,
                     MigdescName *first,
                     gsize stride,
                     guint n,
                     guint *duplicate)
{
  guint32 *slots;
  guint32 n_slots;

  g_assert (n <= G_MAXINT32 / 4 && stride <= G_MAXUINT32);

  *index = (MigdescIndex) { 0 };
  if (n == 0)
    return TRUE;

  n_slots = choose_n_slots (n);
  slots = migdesc_arena_alloc0 (arena, n_slots * sizeof (guint32));
  index->slots = slots;
  index->names = (const char *) first;
  index->stride = (guint32) stride;
  index->mask = n_slots - 1;

  for (guint i = 0; i < n; i++)
    {
      MigdescName *name = (MigdescName *) (gpointer) ((char *) first + i * stride);
      guint earlier;

      name->hash = (guint32) migdesc_hash (name->text, name->length);
      if (migdesc_index_lookup_hashed (index, name->text, name->length, name->hash, &earlier))
        {
          *duplicate = i;
          return FALSE;
        }
      enter (slots, index->mask, name->hash, i);
    }
  return TRUE;
}
