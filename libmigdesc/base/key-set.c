/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/key-set.h"

/* The table's first size. It starts anew for each object, so that one large object does not make
 * every later one pay for clearing a large table. */
#define FIRST_SLOTS 32

static guint32 *
find_slot (MigdescKeySet *set,
           const char *text,
           guint32 length,
           guint32 hash)
{
  guint32 mask = set->n_slots - 1;
  guint32 at = hash & mask;

  for (guint32 step = 1;; step++)
    {
      guint32 *slot = &set->slots[at];
      const MigdescKeySetEntry *entry;

      set->n_probes++;
      if (*slot == 0)
        return slot;
      entry = &set->entries[*slot - 1];
      if (entry->hash == hash && entry->length == length
          && memcmp (entry->text, text, length) == 0)
        return slot;
      at = (at + step) & mask;
    }
}

/* Enters all the entries, which differ, into an empty table of n_slots. */
static void
fill_table (MigdescKeySet *set,
            guint n_slots)
{
  if (n_slots > set->n_slots_allocated)
    {
      g_free (set->slots);
      set->slots = g_new (guint32, n_slots);
      set->n_slots_allocated = n_slots;
    }
  set->n_slots = n_slots;
  memset (set->slots, 0, n_slots * sizeof (guint32));
  for (guint i = 0; i < set->n_entries; i++)
    {
      const MigdescKeySetEntry *entry = &set->entries[i];

      *find_slot (set, entry->text, entry->length, entry->hash) = i + 1;
    }
}

static void
start_table (MigdescKeySet *set)
{
  for (guint i = 0; i < set->n_entries; i++)
    {
      MigdescKeySetEntry *entry = &set->entries[i];

      entry->hash = (guint32) migdesc_hash (entry->text, entry->length);
    }
  fill_table (set, FIRST_SLOTS);
}

static void
grow_entries (MigdescKeySet *set)
{
  gboolean on_heap = set->entries != set->inline_entries;

  set->capacity *= 2;
  set->entries = g_renew (MigdescKeySetEntry, on_heap ? set->entries : NULL, set->capacity);
  if (!on_heap)
    memcpy (set->entries, set->inline_entries, sizeof set->inline_entries);
}

gboolean
migdesc_key_set_add_to_table (MigdescKeySet *set,
                              const char *text,
                              guint32 length)
{
  guint32 hash = (guint32) migdesc_hash (text, length);
  guint32 *slot;

  if (set->n_entries == MIGDESC_KEY_SET_INLINE)
    start_table (set);
  else if (set->n_entries * 2 >= set->n_slots)
    fill_table (set, set->n_slots * 2);

  slot = find_slot (set, text, length, hash);
  if (*slot != 0)
    return FALSE;

  if (set->n_entries == set->capacity)
    grow_entries (set);
  set->entries[set->n_entries++]
      = (MigdescKeySetEntry) { .text = text, .length = length, .hash = hash };
  *slot = set->n_entries;
  return TRUE;
}

void
migdesc_key_set_clear (MigdescKeySet *set)
{
  if (set->entries != set->inline_entries)
    g_free (set->entries);
  g_free (set->slots);
  migdesc_key_set_init (set);
}
