/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/roster.h"

#include <string.h>

#include "base/hash.h"

MigdescRoster *
migdesc_roster_new (void)
{
  MigdescRoster *roster = g_new0 (MigdescRoster, 1);

  g_atomic_ref_count_init (&roster->ref_count);
  return roster;
}

MigdescRoster *
migdesc_roster_ref (MigdescRoster *roster)
{
  g_atomic_ref_count_inc (&roster->ref_count);
  return roster;
}

void
migdesc_roster_unref (MigdescRoster *roster)
{
  if (!g_atomic_ref_count_dec (&roster->ref_count))
    return;
  g_free (roster->shapes);
  g_free (roster->name_offsets);
  g_free (roster->names);
  g_free (roster->index);
  g_free (roster);
}

static gpointer
copy_block (gconstpointer block, gsize size)
{
  return size > 0 ? g_memdup2 (block, size) : NULL;
}

MigdescRoster *
migdesc_roster_own (MigdescRoster **roster)
{
  MigdescRoster *old = *roster;
  MigdescRoster *copy;

  if (g_atomic_ref_count_compare (&old->ref_count, 1))
    return old;
  copy = migdesc_roster_new ();
  copy->n = copy->n_allocated = old->n;
  copy->shapes = copy_block (old->shapes, old->n * sizeof (guint32));
  copy->name_offsets = copy_block (old->name_offsets, old->n * sizeof (guint32));
  copy->names_size = copy->names_allocated = old->names_size;
  copy->names = copy_block (old->names, old->names_size);
  copy->names_dead = old->names_dead;
  copy->n_repeated = old->n_repeated;
  migdesc_roster_unref (old);
  *roster = copy;
  return copy;
}

/* --- The index -------------------------------------------------------- */

/* Names come from outside: their hash is the keyed one. */
static guint32
hash_name (const char *name, gsize length)
{
  return (guint32) migdesc_hash (name, length);
}

static gboolean
has_name (const MigdescRoster *roster, guint32 position, const char *name, gsize length)
{
  const char *other = migdesc_roster_name (roster, position);

  return strncmp (other, name, length) == 0 && other[length] == '\0';
}

static guint32
position_in (guint64 slot)
{
  return (guint32) slot - 1; /* free: wraps to none */
}

/* The slot of that name, or the one where it would be. Names are far away, and only looked at where
 * the hash is theirs. */
static guint32
find_slot (const MigdescRoster *roster, const char *name, gsize length, guint32 hash)
{
  guint32 mask = roster->n_slots - 1;
  guint32 slot = hash & mask;

  while (roster->index[slot] != 0
         && (roster->index[slot] >> 32 != hash
             || !has_name (roster, position_in (roster->index[slot]), name, length)))
    slot = (slot + 1) & mask;
  return slot;
}

static void
set_slot (MigdescRoster *roster, guint32 slot, guint32 hash, guint32 position)
{
  roster->index[slot] = (guint64) hash << 32 | (position + 1);
}

static void
fill_index (MigdescRoster *roster)
{
  for (guint32 i = 0; i < roster->n; i++)
    {
      const char *name = migdesc_roster_name (roster, i);
      guint32 hash = hash_name (name, strlen (name));
      guint32 slot = find_slot (roster, name, strlen (name), hash);

      if (roster->index[slot] == 0)
        set_slot (roster, slot, hash, i);
    }
}

/* All names are different, and their hashes known. */
static void
move_slots (MigdescRoster *roster, const guint64 *slots, guint32 n_slots)
{
  guint32 mask = roster->n_slots - 1;

  for (guint32 i = 0; i < n_slots; i++)
    {
      guint32 slot = (guint32) (slots[i] >> 32) & mask;

      if (slots[i] == 0)
        continue;
      while (roster->index[slot] != 0)
        slot = (slot + 1) & mask;
      roster->index[slot] = slots[i];
    }
}

/* At most three quarters full with one more */
static void
need_index (MigdescRoster *roster)
{
  g_autofree guint64 *old = NULL;
  guint32 n_old = roster->n_slots;
  guint64 n_slots = MAX (n_old, 64);

  while (((guint64) roster->n + 1) * 4 > n_slots * 3)
    n_slots *= 2;
  if (roster->index != NULL && n_slots == n_old)
    return;
  old = g_steal_pointer (&roster->index);
  roster->n_slots = (guint32) n_slots;
  roster->index = g_new0 (guint64, n_slots);
  if (old != NULL)
    move_slots (roster, old, n_old);
  else
    fill_index (roster);
}

/* Those behind it that would not be found past a free slot move up. */
static void
free_slot (MigdescRoster *roster, guint32 slot)
{
  guint32 mask = roster->n_slots - 1;
  guint32 hole = slot;

  for (guint32 i = (slot + 1) & mask; roster->index[i] != 0; i = (i + 1) & mask)
    {
      guint32 home = (guint32) (roster->index[i] >> 32) & mask;

      if (((i - home) & mask) >= ((i - hole) & mask))
        {
          roster->index[hole] = roster->index[i];
          hole = i;
        }
    }
  roster->index[hole] = 0;
}

guint32
migdesc_roster_find (MigdescRoster *roster, const char *name, gsize length)
{
  if (roster->n == 0)
    return MIGDESC_ROSTER_NONE;
  need_index (roster);
  return position_in (roster->index[find_slot (roster, name, length, hash_name (name, length))]);
}

/* --- Rows ------------------------------------------------------------- */

gboolean
migdesc_roster_has_room (const MigdescRoster *roster, gsize length)
{
  return length < G_MAXUINT32 - 1 - roster->names_size && roster->n < G_MAXINT32;
}

static void
make_room (MigdescRoster *roster, gsize length)
{
  guint64 wanted = (guint64) roster->names_size + length + 1;

  if (roster->n == roster->n_allocated)
    {
      roster->n_allocated += MAX (16, roster->n_allocated / 2);
      roster->shapes = g_renew (guint32, roster->shapes, roster->n_allocated);
      roster->name_offsets = g_renew (guint32, roster->name_offsets, roster->n_allocated);
    }
  if (wanted > roster->names_allocated)
    {
      guint64 size = MAX (wanted, (guint64) roster->names_allocated * 3 / 2 + 256);

      roster->names_allocated = (guint32) MIN (size, G_MAXUINT32);
      roster->names = g_realloc (roster->names, roster->names_allocated);
    }
}

guint32
migdesc_roster_add (MigdescRoster *roster, const char *name, gsize length, guint32 shape,
                    gboolean *repeated)
{
  guint32 hash = hash_name (name, length);
  guint32 slot;

  need_index (roster);
  slot = find_slot (roster, name, length, hash);
  *repeated = roster->index[slot] != 0;
  if (*repeated)
    roster->n_repeated++;
  else
    set_slot (roster, slot, hash, roster->n);
  make_room (roster, length);
  roster->shapes[roster->n] = shape;
  roster->name_offsets[roster->n] = roster->names_size;
  memcpy (roster->names + roster->names_size, name, length);
  roster->names[roster->names_size + length] = '\0';
  roster->names_size += (guint32) length + 1;
  return roster->n++;
}

/* The next row of a name whose first has gone stands for it from now on. */
static void
find_repeated (MigdescRoster *roster, const char *name)
{
  for (guint32 i = 0; i < roster->n; i++)
    if (strcmp (migdesc_roster_name (roster, i), name) == 0)
      {
        guint32 hash = hash_name (name, strlen (name));

        roster->n_repeated--;
        set_slot (roster, find_slot (roster, name, strlen (name), hash), hash, i);
        return;
      }
}

/* Hosts that come and go leave their names behind. */
static void
drop_dead_names (MigdescRoster *roster)
{
  char *names = g_malloc (roster->names_size - roster->names_dead);
  guint32 size = 0;

  for (guint32 i = 0; i < roster->n; i++)
    {
      const char *name = migdesc_roster_name (roster, i);
      guint32 length = (guint32) strlen (name) + 1;

      memcpy (names + size, name, length);
      roster->name_offsets[i] = size;
      size += length;
    }
  g_free (roster->names);
  roster->names = names;
  roster->names_size = roster->names_allocated = size;
  roster->names_dead = 0;
}

void
migdesc_roster_remove (MigdescRoster *roster, guint32 position)
{
  guint32 last = roster->n - 1;
  const char *name = migdesc_roster_name (roster, position);
  const char *moved = migdesc_roster_name (roster, last);
  guint32 slot;

  need_index (roster);
  slot = find_slot (roster, name, strlen (name), hash_name (name, strlen (name)));
  if (position_in (roster->index[slot]) == position)
    free_slot (roster, slot);
  else
    roster->n_repeated--;
  slot = find_slot (roster, moved, strlen (moved), hash_name (moved, strlen (moved)));
  if (last != position && position_in (roster->index[slot]) == last)
    set_slot (roster, slot, hash_name (moved, strlen (moved)), position);
  roster->shapes[position] = roster->shapes[last];
  roster->name_offsets[position] = roster->name_offsets[last];
  roster->n--;
  if (roster->n_repeated > 0 && migdesc_roster_find (roster, name, strlen (name))
                                  == MIGDESC_ROSTER_NONE)
    find_repeated (roster, name);
  roster->names_dead += (guint32) strlen (name) + 1;
  if (roster->names_dead > 4096 && roster->names_dead > roster->names_size / 2)
    drop_dead_names (roster);
}

/* --- Memory ----------------------------------------------------------- */

void
migdesc_roster_trim (MigdescRoster *roster)
{
  g_clear_pointer (&roster->index, g_free);
  roster->n_slots = 0;
  if (roster->n_allocated > roster->n)
    {
      roster->n_allocated = roster->n;
      roster->shapes = g_renew (guint32, roster->shapes, roster->n);
      roster->name_offsets = g_renew (guint32, roster->name_offsets, roster->n);
    }
  if (roster->names_allocated > roster->names_size)
    {
      roster->names_allocated = roster->names_size;
      roster->names = g_realloc (roster->names, roster->names_size);
    }
}

gsize
migdesc_roster_columns_size (const MigdescRoster *roster)
{
  return (gsize) roster->n_allocated * 2 * sizeof (guint32)
         + (gsize) roster->n_slots * sizeof (guint64);
}

gsize
migdesc_roster_names_size (const MigdescRoster *roster)
{
  return roster->names_allocated;
}
