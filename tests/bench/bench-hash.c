/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Nanoseconds of processor time for the hash of a name, and to find it among others; next to
 * GLib. */

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/index.h"
#include "measure.h"

#define N_ROUNDS 7
#define N_CALLS 400000

/* The median of seven rounds, for one call. */
#define MEASURE(result, call)                                                                      \
  do                                                                                               \
    {                                                                                              \
      double rounds[N_ROUNDS];                                                                     \
                                                                                                   \
      for (guint round = 0; round < N_ROUNDS; round++)                                             \
        {                                                                                          \
          clock_t start = clock ();                                                                \
                                                                                                   \
          for (guint i = 0; i < N_CALLS; i++)                                                      \
            call;                                                                                  \
          rounds[round] = (double) (clock () - start) * 1e9 / CLOCKS_PER_SEC / N_CALLS;            \
        }                                                                                          \
      result = median (rounds, N_ROUNDS);                                                          \
    }                                                                                              \
  while (0)

static void
measure_hash (gsize length)
{
  g_autofree char *text = g_strnfill (length + 64, 'n');
  g_autofree char *name = g_strndup (text, length);
  volatile guint64 sink = 0;
  double ours;
  double sip;
  double glibs;

  MEASURE (ours, sink += migdesc_hash (text + i % 64, length));
  MEASURE (sip, sink += migdesc_hash_long (text + i % 64, length));
  MEASURE (glibs, sink += g_str_hash (name));
  printf ("hash of %2" G_GSIZE_FORMAT " bytes: %5.1f ns, SipHash-1-3 %5.1f ns, "
          "g_str_hash %5.1f ns\n",
          length, ours, sip, glibs);
}

static void
measure_lookup (guint n)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  MigdescName *names = migdesc_arena_alloc0 (arena, n * sizeof (MigdescName));
  MigdescIndex index;
  volatile guint sink = 0;
  guint ordinal = 0;
  double ours;
  double glibs;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("feature-%u", i);

      names[i].text = migdesc_arena_dup (arena, name, strlen (name));
      names[i].length = (guint32) strlen (name);
      g_hash_table_insert (table, (gpointer) names[i].text, GUINT_TO_POINTER (i));
    }
  g_assert_true (migdesc_index_build (&index, arena, names, sizeof (MigdescName), n, &ordinal));

  MEASURE (ours, (sink += migdesc_index_lookup (&index, names[i & (n - 1)].text,
                                                names[i & (n - 1)].length, &ordinal)));
  MEASURE (glibs, (sink += g_hash_table_contains (table, names[i & (n - 1)].text)));
  printf ("lookup among %4u:  %5.1f ns, GHashTable %5.1f ns\n", n, ours, glibs);
}

int
main (void)
{
  static const gsize lengths[] = { 3, 10, 16, 24, 40 };
  static const guint sizes[] = { 4, 32, 256, 4096 }; /* powers of two */

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    measure_hash (lengths[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    measure_lookup (sizes[i]);
  return 0;
}
