/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Devices and slots matched, against every way to do it */

#include "fleet/select/matching.h"

typedef struct
{
  guint32 n_placed;
  guint64 cost;
} Best;

static void
try_all (const MigdescMatching *matching, guint32 device, guint32 *left, guint32 n_placed,
         guint64 cost, Best *best)
{
  if (device == matching->n_devices)
    {
      if (n_placed > best->n_placed || (n_placed == best->n_placed && cost < best->cost))
        *best = (Best) { n_placed, cost };
      return;
    }
  try_all (matching, device + 1, left, n_placed, cost, best);
  for (guint32 slot = 0; slot < matching->n_slots; slot++)
    {
      guint64 edge = matching->costs[device * matching->n_slots + slot];

      if (left[slot] == 0 || edge == MIGDESC_NO_EDGE)
        continue;
      left[slot]--;
      try_all (matching, device + 1, left, n_placed + 1, cost + edge, best);
      left[slot]++;
    }
}

static void
assert_solved (const MigdescMatching *matching, const guint32 *slots, guint32 n_placed,
               guint64 cost)
{
  g_autofree guint32 *left = g_new0 (guint32, matching->n_slots + 1);
  Best best = { 0, 0 };
  guint32 n = 0;

  for (guint32 i = 0; i < matching->n_slots; i++)
    left[i] = matching->counts[i];
  try_all (matching, 0, left, 0, 0, &best);
  g_assert_cmpuint (n_placed, ==, best.n_placed);
  if (n_placed == matching->n_devices)
    g_assert_cmpuint (cost, ==, best.cost);
  for (guint32 i = 0; i < matching->n_devices; i++)
    if (slots[i] != MIGDESC_NO_SLOT)
      {
        n++;
        g_assert_cmpuint (left[slots[i]]--, >, 0);
        g_assert_true (matching->costs[i * matching->n_slots + slots[i]] != MIGDESC_NO_EDGE);
      }
  g_assert_cmpuint (n, ==, n_placed);
}

static void
test_is_best_of_all (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      guint64 costs[25];
      guint32 counts[5];
      guint32 slots[5];
      MigdescMatching matching = { (guint32) g_test_rand_int_range (1, 6),
                                   (guint32) g_test_rand_int_range (0, 6), counts, costs };
      guint64 cost;
      guint32 n_placed;

      for (guint i = 0; i < 25; i++)
        costs[i] = g_test_rand_int_range (0, 3) == 0 ? MIGDESC_NO_EDGE
                                                     : (guint64) g_test_rand_int_range (0, 9);
      for (guint i = 0; i < 5; i++)
        counts[i] = (guint32) g_test_rand_int_range (0, 3);
      n_placed = migdesc_matching_solve (&matching, MIGDESC_NO_EDGE - 1, slots, &cost);
      assert_solved (&matching, slots, n_placed, cost);
    }
}

/* The first device takes the only slot of the second, and has to move. */
static void
test_is_not_greedy (void)
{
  const guint64 costs[] = { 0, 1, 0, MIGDESC_NO_EDGE };
  const guint32 counts[] = { 1, 1 };
  MigdescMatching matching = { 2, 2, counts, costs };
  guint32 slots[2];
  guint64 cost;

  g_assert_cmpuint (migdesc_matching_solve (&matching, 5, slots, &cost), ==, 2);
  g_assert_cmpuint (slots[0], ==, 1);
  g_assert_cmpuint (slots[1], ==, 0);
  g_assert_cmpuint (cost, ==, 1);
  g_assert_cmpuint (migdesc_matching_solve (&matching, 0, slots, &cost), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/best", test_is_best_of_all);
  g_test_add_func ("/matching/greedy", test_is_not_greedy);
  return g_test_run ();
}
