/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Hashing of names that an enemy may choose.
 *
 * A text of up to 32 bytes is four words and a length, hashed by the multilinear family of
 * Dietzfelbinger and others: the upper half of k0 + k1*w1 + ... modulo 2^128 with random 128-bit
 * keys. It is strongly universal: for any two different texts, chosen without knowing the keys,
 * all pairs of hashes are equally likely, which is all that flood resistance needs, and it costs
 * a third of SipHash-1-3, which takes the longer texts. The keys are made once a process, before
 * main(). */

typedef struct
{
  guint64 low[6];
  guint64 high[6];
  guint64 sip[2];
} MigdescHashKeys;

extern const MigdescHashKeys *const migdesc_hash_keys;

/* As getrandom() */
typedef gssize (*MigdescRandomSource) (void *buffer, gsize size, guint flags);

/* Makes keys of what @source gives at once, or of GLib's generator where it gives nothing: early at
 * boot, or where system calls are filtered. */
void migdesc_hash_keys_make (MigdescHashKeys *keys, MigdescRandomSource source);
guint64 migdesc_hash_long (const char *text, gsize length);
guint64 migdesc_sip_hash (const guint64 keys[2], const char *text, gsize length);

/* What GLib's hash tables take. */
static inline guint
migdesc_hash_fold (guint64 hash)
{
  return (guint) (hash ^ hash >> 32);
}

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

/* Up to 7 bytes as a word; with the length it tells any two texts apart. Reads nothing outside
 * them. */
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

/* Equality for short texts, without a call for those of up to 32 bytes. */
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
  if (length <= 32)
    return migdesc_load64 (first) == migdesc_load64 (second)
           && migdesc_load64 (first + 8) == migdesc_load64 (second + 8)
           && migdesc_load64 (first + length - 16) == migdesc_load64 (second + length - 16)
           && migdesc_load64 (first + length - 8) == migdesc_load64 (second + length - 8);
  return memcmp (first, second, length) == 0;
}

G_END_DECLS
