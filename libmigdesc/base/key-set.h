/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#include "base/hash.h"

G_BEGIN_DECLS

/* MigdescKeySet: have I seen this name in this object? Up to 8 names are compared one by one,
 * more go into an open table. It keeps pointers to the names, which have to outlive it. Put it on
 * the stack: init, add..., clear; reset empties it but keeps its memory for the next object. */

#define MIGDESC_KEY_SET_INLINE 8

typedef struct
{
  guint64 print; /* a cheap digest; what differs here differs */
  const char *text;
  guint32 length;
  guint32 hash; /* only once there is a table */
} MigdescKeySetEntry;

typedef struct
{
  MigdescKeySetEntry *entries; /* inline_entries, or from the heap */
  guint n_entries;
  guint capacity;
  guint32 *slots; /* of the table: 0 for empty, else the ordinal of an entry plus 1 */
  guint n_slots;
  guint n_slots_allocated;
  guint64 seen;     /* a bit for each print: one that is not there needs no comparison */
  guint64 n_probes; /* slots looked at so far: the work that a flood would raise */
  MigdescKeySetEntry inline_entries[MIGDESC_KEY_SET_INLINE];
} MigdescKeySet;

/* The slow half of migdesc_key_set_add: there are more names than fit inline. */
gboolean migdesc_key_set_add_to_table (MigdescKeySet *set, const char *text, guint32 length);
void migdesc_key_set_clear (MigdescKeySet *set);

static inline void
migdesc_key_set_init (MigdescKeySet *set)
{
  set->entries = set->inline_entries;
  set->n_entries = 0;
  set->capacity = MIGDESC_KEY_SET_INLINE;
  set->slots = NULL;
  set->n_slots = 0;
  set->n_slots_allocated = 0;
  set->n_probes = 0;
  set->seen = 0;
}

static inline void
migdesc_key_set_reset (MigdescKeySet *set)
{
  set->n_entries = 0;
  set->seen = 0;
}

static inline gboolean
migdesc_key_set_has_inline (const MigdescKeySet *set,
                            guint64 print,
                            const char *text,
                            guint32 length)
{
  const MigdescKeySetEntry *entries = set->entries;

  for (guint i = 0; i < set->n_entries; i++)
    if (G_UNLIKELY (entries[i].print == print && entries[i].length == length
                    && memcmp (entries[i].text, text, length) == 0))
      return TRUE;
  return FALSE;
}

/* FALSE: the set has this name already. */
static inline gboolean
migdesc_key_set_add (MigdescKeySet *set,
                     const char *text,
                     guint32 length)
{
  MigdescKeySetEntry *entries = set->entries;
  guint n = set->n_entries;
  guint64 print;
  guint64 bit;

  if (G_UNLIKELY (n >= MIGDESC_KEY_SET_INLINE))
    return migdesc_key_set_add_to_table (set, text, length);

  print = length < 8 ? migdesc_load_short (text, length)
                     : migdesc_load64 (text) * 31 + migdesc_load64 (text + length - 8);
  bit = G_GUINT64_CONSTANT (1) << (print * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 58);
  if ((set->seen & bit) != 0 && migdesc_key_set_has_inline (set, print, text, length))
    return FALSE;

  set->seen |= bit;
  entries[n].print = print;
  entries[n].text = text;
  entries[n].length = length;
  set->n_entries = n + 1;
  return TRUE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescKeySet, migdesc_key_set_clear)

G_END_DECLS
