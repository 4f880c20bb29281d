/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "base/arena.h"
#include "base/hash.h"

G_BEGIN_DECLS

/* MigdescIndex: the ordinal of a name among n structs of an array that each hold a MigdescName.
 * The table lies in an arena, 4 bytes a slot; it points at the array, which must not move. */

typedef struct
{
  const char *text; /* NUL-terminated as a rule, though nothing here needs it */
  guint32 length;
  guint32 hash; /* set by migdesc_index_build */
} MigdescName;

typedef struct
{
  const guint32 *slots; /* ordinal + 1 in the bits of mask, bits of the hash above; 0 for empty */
  const char *names;    /* the first struct's name */
  guint32 stride;       /* bytes from one name to the next */
  guint32 mask;         /* slots - 1 */
} MigdescIndex;

/* Indexes n names, the first at first and each stride bytes after the one before. FALSE: two are
 * the same, and *duplicate is the ordinal of the second of them. */
gboolean migdesc_index_build (MigdescIndex *index,
                              MigdescArena *arena,
                              MigdescName *first,
                              gsize stride,
                              guint n,
                              guint *duplicate);

static inline gboolean
migdesc_index_lookup_hashed (const MigdescIndex *index,
                             const char *text,
                             gsize length,
                             guint32 hash,
                             guint *ordinal)
{
  guint32 mask = index->mask;
  guint32 at = hash & mask;

  for (guint32 step = 1;; step++)
    {
      guint32 slot = index->slots[at];

      if (slot == 0)
        return FALSE;
      if (((slot ^ hash) & ~mask) == 0)
        {
          guint32 i = (slot & mask) - 1;
          const MigdescName *name
              = (const MigdescName *) (gconstpointer) (index->names + (gsize) i * index->stride);

          if (name->length == length && migdesc_bytes_equal (name->text, text, length))
            {
              *ordinal = i;
              return TRUE;
            }
        }
      at = (at + step) & mask;
    }
}

/* TRUE, and the name's ordinal; or FALSE. An index of no names, or one cleared to zeros, knows
 * none. */
static inline gboolean
migdesc_index_lookup (const MigdescIndex *index,
                      const char *text,
                      gsize length,
                      guint *ordinal)
{
  if (index->mask == 0)
    return FALSE;
  return migdesc_index_lookup_hashed (index, text, length,
                                      (guint32) migdesc_hash (text, length), ordinal);
}

G_END_DECLS
