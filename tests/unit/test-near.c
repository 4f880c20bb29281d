/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "ops/near.h"

static char *
near_names (const char *const *names, const char *name, gboolean however_far, guint32 *budget)
{
  MigdescName all[8];
  MigdescNear near;
  GString *text = g_string_new (NULL);
  guint n = g_strv_length ((char **) names);

  for (guint i = 0; i < n; i++)
    all[i] = (MigdescName) { .text = names[i], .length = (guint32) strlen (names[i]) };
  migdesc_near_names (&near, all, sizeof all[0], n, name, however_far, budget);
  for (guint i = 0; i < near.n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", near.names[i]);
  return g_string_free (text, FALSE);
}

static void
assert_near (const char *const *names, const char *name, gboolean however_far, const char *expected)
{
  guint32 budget = 100000;
  g_autofree char *found = near_names (names, name, however_far, &budget);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_a_slip_is_near (void)
{
  const char *const names[] = { "num-queues", "num-queue", "mtu", NULL };

  assert_near (names, "num-queus", FALSE, "num-queues num-queue");
  assert_near (names, "nun-queue", FALSE, "num-queue num-queues");
  assert_near (names, "mut", FALSE, "");
  assert_near (names, "speed", FALSE, "");
}

static void
test_however_far (void)
{
  const char *const names[] = { "aaaa", "aaab", "zzzz", "aabb", NULL };
  guint32 budget = 100000;
  g_autofree char *found = near_names (names, "aaaa", TRUE, &budget);

  g_assert_true (g_str_has_prefix (found, "aaaa aaab"));
}

static void
test_names_that_are_too_long_cost_nothing (void)
{
  g_autofree char *name = g_strnfill (70000, 'a');
  const char *const names[] = { "a", NULL };
  guint32 budget = 100000;
  g_autofree char *found = near_names (names, name, TRUE, &budget);

  g_assert_cmpstr (found, ==, "");
  g_assert_cmpuint (budget, ==, 100000);
}

static void
test_a_spent_budget_ends_the_search (void)
{
  const char *const names[] = { "num-queues", NULL };
  guint32 budget = 0;
  g_autofree char *found = near_names (names, "num-queues", FALSE, &budget);

  g_assert_cmpstr (found, ==, "");
}

static void
test_neighbours_of_a_value (void)
{
  static const MigdescInterval intervals[] = { { 1, 4 }, { 8, 8 }, { G_MAXUINT64, G_MAXUINT64 } };
  const MigdescSet set
      = { .type = MIGDESC_VALUE_TYPE_INT, .n = 3, .members = { .intervals = intervals } };
  guint64 found = 0;

  g_assert_true (migdesc_near_below (&set, 6, &found));
  g_assert_cmpuint (found, ==, 4);
  g_assert_true (migdesc_near_above (&set, 6, &found));
  g_assert_cmpuint (found, ==, 8);
  g_assert_false (migdesc_near_below (&set, 0, &found));
  g_assert_true (migdesc_near_above (&set, 9, &found));
  g_assert_cmpuint (found, ==, G_MAXUINT64);
  g_assert_true (migdesc_near_below (&set, G_MAXUINT64 - 1, &found));
  g_assert_cmpuint (found, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/near/slip", test_a_slip_is_near);
  g_test_add_func ("/near/however-far", test_however_far);
  g_test_add_func ("/near/too-long", test_names_that_are_too_long_cost_nothing);
  g_test_add_func ("/near/budget", test_a_spent_budget_ends_the_search);
  g_test_add_func ("/near/values", test_neighbours_of_a_value);
  return g_test_run ();
}
