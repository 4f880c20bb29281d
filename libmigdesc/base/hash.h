/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#include "base/arena.h"

G_BEGIN_DECLS

/* Hashing of names that an enemy may choose.
 *
 * A text of up to 32 bytes is four words and a length, hashed by the multilinear family of Dietzfelbinger and others:
 * the upper half of k0 + k1*w1 + ... modulo 2^128 with random 128-bit keys. It is strongly universal: for any two
 * different texts, chosen without knowing the keys, all pairs of hashes are equally likely, which is all that flood
 * resistance needs, and it costs a third of SipHash-1-3, which takes the longer texts. The keys are made once a
 * process, before main(). */

typedef struct
{
  guint64 low[6];
  guint64 high[6];
  guint64 sip[2];
} MigdescHashKeys;

extern const MigdescHashKeys *const migdesc_hash_keys;

guint64 migdesc_hash_long (const char *text, gsize length);

static inline guint64
migdesc_load64 (const char *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  return word;
}

static inline guint32
migdesc_load32 (const char *bytes)
{
  guint32 word;

  memcpy (&word, bytes, sizeof word);
  return word;
}

/* Up to 7 bytes as a word; with the length it tells any two texts apart. Reads nothing outside them. */
static inline guint64
migdesc_load_short (const char *text,
                    gsize length)
{
  if (length >= 4)
    return (guint64) migdesc_load32 (text) << 32 | migdesc_load32 (text + length - 4);
  if (length == 0)
    return 0;
  return (guint64) (guchar) text[0] << 16 | (guint64) (guchar) text[length / 2] << 8
         | (guchar) text[length - 1];
}

#ifdef __SIZEOF_INT128__
static inline guint64
migdesc_hash (const char *text,
              gsize length)
{
  const MigdescHashKeys *keys = migdesc_hash_keys;
  unsigned __int128 sum;
  guint64 rest;

  if (G_UNLIKELY (length > 32))
    return migdesc_hash_long (text, length);

#define MIGDESC_HASH_TERM(i, word)                             \
  ((unsigned __int128) keys->low[i] * (word)                   \
   + ((unsigned __int128) (keys->high[i] * (word)) << 64))

  sum = (unsigned __int128) keys->high[0] << 64 | keys->low[0];
  sum += MIGDESC_HASH_TERM (1, (guint64) length);
  if (length < 8)
    {
      rest = migdesc_load_short (text, length);
      sum += MIGDESC_HASH_TERM (2, rest);
    }
  else
    {
      sum += MIGDESC_HASH_TERM (2, migdesc_load64 (text));
      sum += MIGDESC_HASH_TERM (3, migdesc_load64 (text + length - 8));
      if (length > 16)
        {
          sum += MIGDESC_HASH_TERM (4, migdesc_load64 (text + 8));
          sum += MIGDESC_HASH_TERM (5, migdesc_load64 (text + length - 16));
        }
    }

#undef MIGDESC_HASH_TERM
  return (guint64) (sum >> 64);
}
#else
static inline guint64
migdesc_hash (const char *text,
              gsize length)
{
  return migdesc_hash_long (text, length);
}
#endif

/* Equality for short texts, without a call for those of 8 to 16 bytes. */
static inline gboolean
migdesc_bytes_equal (const char *first,
                     const char *second,
                     gsize length)
{
  if (length < 8)
    return migdesc_load_short (first, length) == migdesc_load_short (second, length);
  if (length <= 16)
    return migdesc_load64 (first) == migdesc_load64 (second)
           && migdesc_load64 (first + length - 8) == migdesc_load64 (second + length - 8);
  return memcmp (first, second, length) == 0;
}

/* MigdescKeySet: have I seen this name in this object? Up to 8 names are compared one by one, more go into an open
 * table. It keeps pointers to the names, which have to outlive it. Put it on the stack: init, add..., clear; reset
 * empties it but keeps its memory for the next object. */

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
  set->n_probes = 0;
}

static inline void
migdesc_key_set_reset (MigdescKeySet *set)
{
  set->n_entries = 0;
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

  if (G_UNLIKELY (n >= MIGDESC_KEY_SET_INLINE))
    return migdesc_key_set_add_to_table (set, text, length);

  print = length < 8 ? migdesc_load_short (text, length)
                     : migdesc_load64 (text) * 31 + migdesc_load64 (text + length - 8);
  for (guint i = 0; i < n; i++)
    if (G_UNLIKELY (entries[i].print == print && entries[i].length == length
                    && memcmp (entries[i].text, text, length) == 0))
      return FALSE;

  entries[n].print = print;
  entries[n].text = text;
  entries[n].length = length;
  set->n_entries = n + 1;
  return TRUE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescKeySet, migdesc_key_set_clear)

/* MigdescIndex: the ordinal of a name among n structs of an array that each hold a MigdescName. The table lies in an
 * arena, 4 bytes a slot; it points at the array, which must not move. */

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

/* Indexes n names, the first at first and each stride bytes after the one before. FALSE: two are the same, and
 * *duplicate is the ordinal of the second of them. */
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

/* TRUE, and the name's ordinal; or FALSE. An index of no names, or one cleared to zeros, knows none. */
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
