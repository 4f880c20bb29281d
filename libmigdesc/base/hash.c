/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <sys/random.h>

#include "base/hash.h"

static MigdescHashKeys hash_keys;

const MigdescHashKeys *const migdesc_hash_keys = &hash_keys;

/* GRand seeds itself from /dev/urandom, and from the time only where there is none. */
static void
fill_from_grand (guint32 *words,
                 gsize n_words)
{
  g_autoptr (GRand) rand = g_rand_new ();

  for (gsize i = 0; i < n_words; i++)
    words[i] = g_rand_int (rand);
}

void
migdesc_hash_keys_make (MigdescHashKeys *keys,
                        MigdescRandomSource source)
{
  union
  {
    MigdescHashKeys keys;
    guint32 words[sizeof (MigdescHashKeys) / sizeof (guint32)];
  } random;

  /* up to 256 bytes come whole or not at all */
  if (source (&random, sizeof random, GRND_NONBLOCK) != (gssize) sizeof random)
    fill_from_grand (random.words, G_N_ELEMENTS (random.words));
  *keys = random.keys;
}

/* Before main(), so that no hash needs to ask whether there is a key: the only writer of this
 * variable. */
__attribute__ ((constructor)) static void
make_hash_keys (void)
{
  migdesc_hash_keys_make (&hash_keys, getrandom);
}

static inline guint64
rotate_left (guint64 word,
             guint bits)
{
  return word << bits | word >> (64 - bits);
}

static inline void
sip_round (guint64 v[4])
{
  v[0] += v[1];
  v[1] = rotate_left (v[1], 13) ^ v[0];
  v[0] = rotate_left (v[0], 32);
  v[2] += v[3];
  v[3] = rotate_left (v[3], 16) ^ v[2];
  v[0] += v[3];
  v[3] = rotate_left (v[3], 21) ^ v[0];
  v[2] += v[1];
  v[1] = rotate_left (v[1], 17) ^ v[2];
  v[2] = rotate_left (v[2], 32);
}

/* SipHash-1-3 of Aumasson and Bernstein */
guint64
migdesc_sip_hash (const guint64 keys[2],
                  const char *text,
                  gsize length)
{
  guint64 v[4] = {
    keys[0] ^ G_GUINT64_CONSTANT (0x736f6d6570736575),
    keys[1] ^ G_GUINT64_CONSTANT (0x646f72616e646f6d),
    keys[0] ^ G_GUINT64_CONSTANT (0x6c7967656e657261),
    keys[1] ^ G_GUINT64_CONSTANT (0x7465646279746573),
  };
  guint64 last = (guint64) length << 56;
  gsize at = 0;

  for (; length - at >= 8; at += 8)
    {
      guint64 word = GUINT64_FROM_LE (migdesc_load64 (text + at));

      v[3] ^= word;
      sip_round (v);
      v[0] ^= word;
    }
  for (guint shift = 0; at < length; at++, shift += 8)
    last |= (guint64) (guchar) text[at] << shift;

  v[3] ^= last;
  sip_round (v);
  v[0] ^= last;
  v[2] ^= 0xff;
  sip_round (v);
  sip_round (v);
  sip_round (v);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}

guint64
migdesc_hash_long (const char *text,
                   gsize length)
{
  return migdesc_sip_hash (hash_keys.sip, text, length);
}
