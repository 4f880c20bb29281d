/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Nanoseconds of processor time to read a parameter list and give it back, next to what a program
 * would do by hand: g_strsplit and a hash table, without any check. Each call reads another text.
 *
 *   bench-list             the table
 *   bench-list --only N    N times a hundred lists of eight pairs, to count instructions */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <migdesc/migdesc.h>

#include "measure.h"

#define N_ROUNDS 7
#define N_CALLS 100000
#define N_TEXTS 64 /* a power of two */

typedef struct
{
  const char *name;
  const char *format; /* takes a number from 1 to 64 */
} Case;

static const Case cases[] = {
  { "two pairs", "num-queues=%d,new-feature=on" },
  { "two pairs, with the model", "vendor-a.com/my-nic?num-queues=%d,new-feature=on" },
  { "eight pairs",
    "num-queues=%d,new-feature=on,rx-filter-size=64,rss=on,mac-table=128,vlan-filter=off,mtu=9000,"
    "offload=tso" },
  { "eight pairs, with the model",
    "vendor-a.com/my-nic?num-queues=%d,new-feature=on,rx-filter-size=64,rss=on,mac-table=128,"
    "vlan-filter=off,mtu=9000,offload=tso" },
};

static void
read_list (const char *text)
{
  MigdescParamList *list = migdesc_param_list_new_from_string (text, NULL);

  g_assert (list != NULL);
  migdesc_param_list_unref (list);
}

static void
read_by_hand (const char *text)
{
  const char *mark = strchr (text, '?');
  g_auto (GStrv) pairs = g_strsplit (mark != NULL ? mark + 1 : text, ",", -1);
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      *equals = '\0';
      g_hash_table_insert (table, pairs[i], equals + 1);
    }
}

static double
measure (void (*read) (const char *text),
         char **texts)
{
  double rounds[N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      clock_t start = clock ();

      for (guint i = 0; i < N_CALLS; i++)
        read (texts[i & (N_TEXTS - 1)]);
      rounds[round] = (double) (clock () - start) * 1e9 / CLOCKS_PER_SEC / N_CALLS;
    }
  return median (rounds, N_ROUNDS);
}

static char **
make_texts (const Case *from)
{
  char **texts = g_new0 (char *, N_TEXTS + 1);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  for (int i = 0; i < N_TEXTS; i++)
    texts[i] = g_strdup_printf (from->format, i + 1);
#pragma GCC diagnostic pop
  return texts;
}

static void
count_only (const char *times)
{
  g_auto (GStrv) texts = make_texts (&cases[2]);

  for (int i = 100 * atoi (times); i > 0; i--)
    read_list (texts[i & (N_TEXTS - 1)]);
}

int
main (int argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--only") == 0)
    {
      count_only (argv[2]);
      return 0;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) texts = make_texts (&cases[i]);
      double ours = measure (read_list, texts);
      double by_hand = measure (read_by_hand, texts);

      printf ("%-28s %6.1f ns, by hand %6.1f ns: %4.1f times\n", cases[i].name, ours, by_hand,
              by_hand / ours);
    }
  return 0;
}
