/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Hash, key set and index, with the names that an enemy would choose. */

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/random.h>

#include "base/index.h"
#include "base/key-set.h"

/* The vectors of the SipHash-1-3 reference: key 00 01 .. 0f, messages 00 01 .. of each length. */
static void
test_sip_hash (void)
{
  static const guint64 keys[2]
      = { G_GUINT64_CONSTANT (0x0706050403020100), G_GUINT64_CONSTANT (0x0f0e0d0c0b0a0908) };
  static const guint64 expected[] = {
    G_GUINT64_CONSTANT (0xabac0158050fc4dc), G_GUINT64_CONSTANT (0xc9f49bf37d57ca93),
    G_GUINT64_CONSTANT (0x82cb9b024dc7d44d), G_GUINT64_CONSTANT (0x8bf80ab8e7ddf7fb),
    G_GUINT64_CONSTANT (0xcf75576088d38328), G_GUINT64_CONSTANT (0xdef9d52f49533b67),
    G_GUINT64_CONSTANT (0xc50d2b50c59f22a7), G_GUINT64_CONSTANT (0xd3927d989bb11140),
    G_GUINT64_CONSTANT (0x369095118d299a8e), G_GUINT64_CONSTANT (0x25a48eb36c063de4),
    G_GUINT64_CONSTANT (0x79de85ee92ff097f), G_GUINT64_CONSTANT (0x70c118c1f94dc352),
    G_GUINT64_CONSTANT (0x78a384b157b4d9a2), G_GUINT64_CONSTANT (0x306f760c1229ffa7),
    G_GUINT64_CONSTANT (0x605aa111c0f95d34), G_GUINT64_CONSTANT (0xd320d86d2a519956),
  };
  char message[16];

  for (gsize length = 0; length < G_N_ELEMENTS (expected); length++)
    {
      message[length] = (char) length;
      g_assert_cmphex (migdesc_sip_hash (keys, message, length), ==, expected[length]);
    }
}

static gssize
give_sevens (void *buffer,
             gsize size,
             guint flags G_GNUC_UNUSED)
{
  memset (buffer, 7, size);
  return (gssize) size;
}

/* What a kernel says that has not gathered enough, and what one that knows no such call */
static gssize
give_nothing (void *buffer G_GNUC_UNUSED,
              gsize size G_GNUC_UNUSED,
              guint flags)
{
  g_assert_cmpuint (flags, ==, GRND_NONBLOCK);
  errno = EAGAIN;
  return -1;
}

static gssize
give_too_little (void *buffer,
                 gsize size,
                 guint flags G_GNUC_UNUSED)
{
  memset (buffer, 7, size - 1);
  return (gssize) size - 1;
}

static void
assert_keys_are_random (MigdescRandomSource source)
{
  union
  {
    MigdescHashKeys keys;
    guint32 words[sizeof (MigdescHashKeys) / sizeof (guint32)];
  } made[2];
  guint same = 0;

  migdesc_hash_keys_make (&made[0].keys, source);
  migdesc_hash_keys_make (&made[1].keys, source);
  for (gsize i = 0; i < G_N_ELEMENTS (made[0].words); i++)
    same += made[0].words[i] == made[1].words[i] || made[0].words[i] == 0x07070707;
  /* one of 28 is the same by chance once in 2^26 runs, two never are */
  g_assert_cmpuint (same, <=, 1);
}

static void
test_keys (void)
{
  MigdescHashKeys keys;

  migdesc_hash_keys_make (&keys, give_sevens);
  for (gsize i = 0; i < sizeof keys; i++)
    g_assert_cmpuint (((const guint8 *) &keys)[i], ==, 7);
  assert_keys_are_random (getrandom);
  assert_keys_are_random (give_nothing);
  assert_keys_are_random (give_too_little);
}

#ifdef __SIZEOF_INT128__
/* The family as it is written: all words times their keys, and the first key, modulo 2^128. */
static guint64
hash_slowly (const char *text,
             gsize length)
{
  unsigned __int128 keys[6];
  guint64 words[6] = { 1, length };
  unsigned __int128 sum = 0;

  if (length < 8)
    words[2] = migdesc_load_short (text, length);
  else
    {
      words[2] = migdesc_load64 (text);
      words[3] = migdesc_load64 (text + length - 8);
      words[4] = length > 16 ? migdesc_load64 (text + 8) : 0;
      words[5] = length > 16 ? migdesc_load64 (text + length - 16) : 0;
    }
  for (guint i = 0; i < 6; i++)
    {
      keys[i] = (unsigned __int128) migdesc_hash_keys->high[i] << 64 | migdesc_hash_keys->low[i];
      sum += keys[i] * words[i];
    }
  return (guint64) (sum >> 64);
}

static void
test_hash_is_multilinear (void)
{
  static const char text[33] = "\xff\xfe\xfd and 29 bytes more of text";

  for (gsize length = 0; length <= 32; length++)
    g_assert_cmphex (migdesc_hash (text, length), ==, hash_slowly (text, length));
  g_assert_cmphex (migdesc_hash (text, 33), ==, migdesc_hash_long (text, 33));
}
#endif

/* Texts of every length up to 40, all zeros or with one other byte: all hashes differ. */
static void
test_hash_tells_apart (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint n = 0;

  for (gsize length = 0; length <= 40; length++)
    for (gsize at = 0; at <= length; at++)
      {
        g_autofree char *text = g_malloc0 (MAX (length, 1));
        guint64 hash;

        if (at < length)
          text[at] = 1;
        hash = migdesc_hash (text, length);
        g_assert_cmphex (hash, ==, migdesc_hash (text, length));
        g_hash_table_add (seen, g_memdup2 (&hash, sizeof hash));
        n++;
      }
  g_assert_cmpuint (g_hash_table_size (seen), ==, n);
}

static void
test_keys_are_random (void)
{
  const guint64 *words = (const guint64 *) migdesc_hash_keys;

  for (gsize i = 0; i < sizeof (MigdescHashKeys) / sizeof (guint64); i++)
    for (gsize j = 0; j < i; j++)
      g_assert_cmphex (words[i], !=, words[j]);
}

static void
test_bytes_equal (void)
{
  for (gsize length = 0; length < 40; length++)
    {
      g_autofree char *text = g_strnfill (length, 'x');
      g_autofree char *copy = g_memdup2 (text, MAX (length, 1));

      g_assert_true (migdesc_bytes_equal (text, copy, length));
      for (gsize at = 0; at < length; at++)
        {
          copy[at] = 'y';
          g_assert_false (migdesc_bytes_equal (text, copy, length));
          copy[at] = 'x';
        }
    }
}

/* Both in lists and in tables: a name is new once. */
static void
test_key_set (void)
{
  for (guint n = 0; n < 200; n++)
    {
      g_auto (MigdescKeySet) set;
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

      migdesc_key_set_init (&set);
      for (guint i = 0; i < n; i++)
        {
          const char *suffix = i % 5 == 0 ? "-a-rather-long-name-of-a-param" : "";
          char *name = g_strdup_printf ("%u%s", i, suffix);

          g_ptr_array_add (names, name);
          g_assert_true (migdesc_key_set_add (&set, name, (guint32) strlen (name)));
        }
      g_assert_cmpuint (set.n_entries, ==, n);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *copy = g_strdup (names->pdata[i]);

          g_assert_false (migdesc_key_set_add (&set, copy, (guint32) strlen (copy)));
          g_assert_true (n < 9 || !migdesc_key_set_add (&set, names->pdata[i],
                                                        (guint32) strlen (copy)));
        }
      g_assert_cmpuint (set.n_entries, ==, n);
    }
}

/* Names that only their middle tells apart have one digest in the short list. */
static void
test_key_set_of_lookalikes (void)
{
  g_auto (MigdescKeySet) set;

  migdesc_key_set_init (&set);
  g_assert_true (migdesc_key_set_add (&set, "12345678-a-87654321", 19));
  g_assert_true (migdesc_key_set_add (&set, "12345678-b-87654321", 19));
  g_assert_true (migdesc_key_set_add (&set, "12345678--87654321", 18));
  g_assert_true (migdesc_key_set_add (&set, "", 0));
  g_assert_true (migdesc_key_set_add (&set, "\0", 1));
  g_assert_true (migdesc_key_set_add (&set, "\0\0", 2));
  g_assert_false (migdesc_key_set_add (&set, "\0", 1));
  g_assert_false (migdesc_key_set_add (&set, "12345678-b-87654321", 19));
}

/* What was in a set before reset is gone, and its table does not make small sets dear. */
static void
test_key_set_reset (void)
{
  g_auto (MigdescKeySet) set;
  char names[1000][4];
  guint64 n_probes;

  migdesc_key_set_init (&set);
  for (guint i = 0; i < 1000; i++)
    {
      g_snprintf (names[i], 4, "%u", i);
      g_assert_true (migdesc_key_set_add (&set, names[i], (guint32) strlen (names[i])));
    }

  n_probes = set.n_probes;
  for (guint round = 0; round < 100; round++)
    {
      migdesc_key_set_reset (&set);
      for (guint i = 0; i < 9; i++)
        g_assert_true (migdesc_key_set_add (&set, names[i], (guint32) strlen (names[i])));
      g_assert_cmpuint (set.n_slots, ==, 32);
    }
  g_assert_cmpuint (set.n_probes - n_probes, <, 100 * 9 * 4);

  /* cleared is as new */
  migdesc_key_set_clear (&set);
  for (guint i = 0; i < 20; i++)
    g_assert_true (migdesc_key_set_add (&set, names[i], (guint32) strlen (names[i])));
}

/* All words of n letters from "ab" and "bA", which are one word to djb2, as g_str_hash is. */
static char *
make_colliding_name (guint number,
                     guint n_pairs)
{
  char *name = g_malloc (2 * n_pairs + 1);

  for (guint i = 0; i < n_pairs; i++)
    memcpy (name + 2 * i, number >> i & 1 ? "ab" : "bA", 2);
  name[2 * n_pairs] = '\0';
  return name;
}

/* Counted in slots looked at, so that the speed of the machine does not matter: at a load of one
 * half at most, two and a bit a name. */
static void
test_flood (void)
{
  for (guint n_pairs = 12; n_pairs <= 24; n_pairs += 12)
    {
      const guint n = 4096;
      g_auto (MigdescKeySet) set;
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

      migdesc_key_set_init (&set);
      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (names, make_colliding_name (i, n_pairs));
          g_assert_cmpuint (g_str_hash (names->pdata[i]), ==, g_str_hash (names->pdata[0]));
          g_assert_true (migdesc_key_set_add (&set, names->pdata[i], 2 * n_pairs));
        }
      for (guint i = 0; i < n; i++)
        g_assert_false (migdesc_key_set_add (&set, names->pdata[i], 2 * n_pairs));
      g_assert_cmpuint (set.n_probes, <, 10 * n);
    }
}

/* Names counted up are what a plain multiplication scatters worst. */
static void
test_sequence (void)
{
  const guint n = 4096;
  g_auto (MigdescKeySet) set;
  g_autofree char *names = g_malloc (n * 8);

  migdesc_key_set_init (&set);
  for (guint i = 0; i < n; i++)
    {
      g_snprintf (names + i * 8, 8, "p%05u", i);
      g_assert_true (migdesc_key_set_add (&set, names + i * 8, 6));
    }
  g_assert_cmpuint (set.n_probes, <, 10 * n);
}

typedef struct
{
  guint64 other;
  MigdescName name;
  guint32 more;
} Param;

static Param *
make_params (MigdescArena *arena,
             guint n)
{
  Param *params = migdesc_arena_alloc0 (arena, n * sizeof (Param));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf (i % 7 == 0 ? "%u-with-a-name-of-more-than-32-bytes"
                                                          : "queue-%u",
                                               i);

      params[i].name.text = migdesc_arena_dup (arena, name, strlen (name));
      params[i].name.length = (guint32) strlen (name);
    }
  return params;
}

static void
test_index (void)
{
  for (guint n = 1; n < 300; n += 1 + n / 8)
    {
      g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
      Param *params = make_params (arena, n);
      MigdescIndex index;
      guint ordinal = 0;

      g_assert_true (migdesc_index_build (&index, arena, &params[0].name, sizeof (Param), n,
                                          &ordinal));
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *copy = g_strdup (params[i].name.text);
          gsize length = params[i].name.length;

          g_assert_true (migdesc_index_lookup (&index, copy, length, &ordinal));
          g_assert_cmpuint (ordinal, ==, i);
          g_assert_cmphex (params[i].name.hash, ==, (guint32) migdesc_hash (copy, length));
          copy[length - 1] ^= 0x40;
          g_assert_false (migdesc_index_lookup (&index, copy, length, &ordinal));
          g_assert_false (migdesc_index_lookup (&index, params[i].name.text, length + 1, &ordinal));
        }
      g_assert_false (migdesc_index_lookup (&index, "", 0, &ordinal));
    }
}

static void
test_index_of_nothing (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  MigdescIndex index;
  guint ordinal = 7;

  g_assert_true (migdesc_index_build (&index, arena, NULL, sizeof (Param), 0, &ordinal));
  g_assert_false (migdesc_index_lookup (&index, "", 0, &ordinal));
  memset (&index, 0, sizeof index);
  g_assert_false (migdesc_index_lookup (&index, "a", 1, &ordinal));
  g_assert_cmpuint (ordinal, ==, 7);
}

static void
test_index_finds_duplicate (void)
{
  for (guint first = 0; first < 20; first++)
    for (guint second = first + 1; second < 20; second++)
      {
        g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
        Param *params = make_params (arena, 20);
        MigdescIndex index;
        guint ordinal = 0;

        params[second].name = params[first].name;
        params[second].name.text = migdesc_arena_dup (arena, params[first].name.text,
                                                      params[first].name.length);
        g_assert_false (migdesc_index_build (&index, arena, &params[0].name, sizeof (Param), 20,
                                             &ordinal));
        g_assert_cmpuint (ordinal, ==, second);
      }
}

/* Names that differ only in their middle or length, and one slot for both. */
static void
test_index_compares_names (void)
{
  MigdescName names[] = {
    { "aaaaaaaaXaaaaaaaa", 17, 0 }, { "aaaaaaaaYaaaaaaaa", 17, 0 },
    { "aaaaaaaaaaaaaaaa", 16, 0 },  { "", 0, 0 },
  };
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  MigdescIndex index;
  guint ordinal;

  g_assert_true (migdesc_index_build (&index, arena, names, sizeof names[0], 4, &ordinal));
  for (guint i = 0; i < 4; i++)
    {
      guint32 hash = names[i].hash;

      g_assert_true (migdesc_index_lookup (&index, names[i].text, names[i].length, &ordinal));
      g_assert_cmpuint (ordinal, ==, i);
      /* another name that would hash the same */
      g_assert_false (migdesc_index_lookup_hashed (&index, "aaaaaaaaZaaaaaaaa", 17, hash,
                                                   &ordinal));
      g_assert_false (migdesc_index_lookup_hashed (&index, "b", 1, hash, &ordinal));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/hash/sip-hash", test_sip_hash);
#ifdef __SIZEOF_INT128__
  g_test_add_func ("/base/hash/multilinear", test_hash_is_multilinear);
#endif
  g_test_add_func ("/base/hash/tells-apart", test_hash_tells_apart);
  g_test_add_func ("/base/hash/keys-are-random", test_keys_are_random);
  g_test_add_func ("/base/hash/keys-without-a-kernel-that-gives-any", test_keys);
  g_test_add_func ("/base/hash/bytes-equal", test_bytes_equal);
  g_test_add_func ("/base/key-set/add", test_key_set);
  g_test_add_func ("/base/key-set/lookalikes", test_key_set_of_lookalikes);
  g_test_add_func ("/base/key-set/reset", test_key_set_reset);
  g_test_add_func ("/base/key-set/flood", test_flood);
  g_test_add_func ("/base/key-set/sequence", test_sequence);
  g_test_add_func ("/base/index/lookup", test_index);
  g_test_add_func ("/base/index/nothing", test_index_of_nothing);
  g_test_add_func ("/base/index/duplicate", test_index_finds_duplicate);
  g_test_add_func ("/base/index/compares-names", test_index_compares_names);
  return g_test_run ();
}
