/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "value/value-set-private.h"

/* Sets of 8-bit ints against an array of 256 bools. offset moves the universe, so that its last
 * value is 2^64-1. */
typedef struct
{
  gboolean has[256];
} Bitset;

static void
random_set (MigdescArena *arena,
            guint64 offset,
            MigdescSet *set,
            Bitset *bits)
{
  g_auto (MigdescSetBuilder) builder;
  guint n = (guint) g_test_rand_int_range (0, 9);

  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_INT);
  memset (bits, 0, sizeof *bits);
  for (guint i = 0; i < n; i++)
    {
      guint min = (guint) g_test_rand_int_range (0, 256);
      guint length = (guint) g_test_rand_int_range (0, 60);
      guint max = MIN (255, min + length);

      migdesc_set_builder_add_interval (&builder, offset + min, offset + max);
      for (guint j = min; j <= max; j++)
        bits->has[j] = TRUE;
    }
  migdesc_set_builder_build (&builder, arena, set);
}

static void
assert_same (const MigdescSet *set,
             guint64 offset,
             const Bitset *bits)
{
  guint64 count = 0;

  for (guint i = 0; i < 256; i++)
    {
      g_assert_cmpint (migdesc_set_contains (set, (MigdescValue){ .number = offset + i }), ==,
                       bits->has[i]);
      count += (guint64) bits->has[i];
    }
  g_assert_cmpuint (migdesc_set_count (set), ==, count);
  for (guint32 i = 0; i < set->n; i++)
    {
      const MigdescInterval *interval = &set->members.intervals[i];

      g_assert_cmpuint (interval->min, <=, interval->max);
      g_assert_true (i == 0 || interval->min - interval[-1].max > 1);
    }
}

static void
compare_with_bitset (guint64 offset)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  MigdescSet a;
  MigdescSet b;
  MigdescSet both;
  MigdescSet either;
  MigdescSet rest;
  Bitset bits_a;
  Bitset bits_b;
  Bitset expected;
  gboolean subset = TRUE;

  random_set (arena, offset, &a, &bits_a);
  random_set (arena, offset, &b, &bits_b);
  assert_same (&a, offset, &bits_a);

  migdesc_set_intersect (&a, &b, arena, &both);
  migdesc_set_unite (&a, &b, arena, &either);
  migdesc_set_subtract (&a, &b, arena, &rest);
  for (guint i = 0; i < 256; i++)
    expected.has[i] = bits_a.has[i] && bits_b.has[i];
  assert_same (&both, offset, &expected);
  for (guint i = 0; i < 256; i++)
    expected.has[i] = bits_a.has[i] || bits_b.has[i];
  assert_same (&either, offset, &expected);
  for (guint i = 0; i < 256; i++)
    {
      expected.has[i] = bits_a.has[i] && !bits_b.has[i];
      subset = subset && !expected.has[i];
    }
  assert_same (&rest, offset, &expected);

  g_assert_cmpint (migdesc_set_is_subset (&a, &b), ==, subset);
  g_assert_true (migdesc_set_is_subset (&both, &a));
  g_assert_true (migdesc_set_is_subset (&a, &either));
  g_assert_cmpint (migdesc_set_equal (&a, &b), ==, memcmp (&bits_a, &bits_b, sizeof bits_a) == 0);
}

static void
test_against_bitset (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      compare_with_bitset (0);
      compare_with_bitset (G_MAXUINT64 - 255);
    }
}

/* The same with strings, as bits of their positions in this table */
static const char *const names[] = { "", "a", "aa", "ab", "b", "\xc3\xa9", "z,", "zz" };

static void
random_strings (MigdescArena *arena,
                MigdescSet *set,
                guint *bits)
{
  g_auto (MigdescSetBuilder) builder;

  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_STRING);
  *bits = (guint) g_test_rand_int_range (0, 256);
  for (guint i = 0; i < 16; i++)
    {
      guint at = i < 8 ? i : (guint) g_test_rand_int_range (0, 8);

      if ((*bits >> at & 1) != 0)
        migdesc_set_builder_add_string (&builder, names[at], strlen (names[at]));
    }
  migdesc_set_builder_build (&builder, arena, set);
}

static guint
bits_of (const MigdescSet *set)
{
  guint bits = 0;

  for (guint i = 0; i < 8; i++)
    if (migdesc_set_contains (set, (MigdescValue){ .string = names[i] }))
      bits |= 1u << i;
  g_assert_cmpuint (migdesc_set_count (set), ==, (guint) __builtin_popcount (bits));
  return bits;
}

static void
test_strings_against_bits (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
      MigdescSet a;
      MigdescSet b;
      MigdescSet result;
      guint bits_a;
      guint bits_b;

      random_strings (arena, &a, &bits_a);
      random_strings (arena, &b, &bits_b);
      g_assert_cmpuint (bits_of (&a), ==, bits_a);
      migdesc_set_intersect (&a, &b, arena, &result);
      g_assert_cmpuint (bits_of (&result), ==, bits_a & bits_b);
      migdesc_set_unite (&a, &b, arena, &result);
      g_assert_cmpuint (bits_of (&result), ==, bits_a | bits_b);
      migdesc_set_subtract (&a, &b, arena, &result);
      g_assert_cmpuint (bits_of (&result), ==, bits_a & ~bits_b);
      g_assert_cmpint (migdesc_set_is_subset (&a, &b), ==, (bits_a & ~bits_b) == 0);
      g_assert_cmpint (migdesc_set_equal (&a, &b), ==, bits_a == bits_b);
    }
}

/* Nothing is expanded: what takes microseconds for narrow ranges does so for the widest. */
static void
test_wide_ranges (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  MigdescInterval halves[] = { { 0, G_MAXUINT64 / 2 }, { G_MAXUINT64 / 2 + 2, G_MAXUINT64 } };
  MigdescInterval everything = { 0, G_MAXUINT64 };
  MigdescSet two = { .type = MIGDESC_VALUE_TYPE_INT, .n = 2, .members.intervals = halves };
  MigdescSet all = { .type = MIGDESC_VALUE_TYPE_INT, .n = 1, .members.intervals = &everything };
  MigdescSet any = { .type = MIGDESC_VALUE_TYPE_INT, .any = TRUE };
  MigdescSet rest;
  MigdescSet whole;

  migdesc_set_subtract (&all, &two, arena, &rest);
  g_assert_cmpuint (rest.n, ==, 1);
  g_assert_cmpuint (rest.members.intervals[0].min, ==, G_MAXUINT64 / 2 + 1);
  migdesc_set_subtract (&any, &two, arena, &whole);
  g_assert_true (migdesc_set_equal (&whole, &rest));
  migdesc_set_unite (&two, &rest, arena, &whole);
  g_assert_true (migdesc_set_equal (&whole, &all));
  migdesc_set_subtract (&two, &any, arena, &rest);
  g_assert_true (migdesc_set_is_empty (&rest));
  migdesc_set_add_value (&two, (MigdescValue){ .number = G_MAXUINT64 / 2 + 1 }, arena, &whole);
  g_assert_true (migdesc_set_equal (&whole, &all));
  g_assert_cmpuint (migdesc_arena_size (arena), <, 1024);
}

/* Bools: sets as their bits, 4 for any */
static MigdescSet
bools (guint bits)
{
  MigdescSet set = { .type = MIGDESC_VALUE_TYPE_BOOL };

  if (bits == 4)
    set.any = TRUE;
  else
    set.bools = (guint8) bits;
  return set;
}

static void
test_bools (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);

  for (guint i = 0; i <= 4; i++)
    for (guint j = 0; j <= 4; j++)
      {
        MigdescSet a = bools (i);
        MigdescSet b = bools (j);
        guint bits_a = i == 4 ? 3 : i;
        guint bits_b = j == 4 ? 3 : j;
        MigdescSet result;

        migdesc_set_intersect (&a, &b, arena, &result);
        g_assert_cmpint (result.any, ==, i == 4 && j == 4);
        g_assert_cmpuint (migdesc_set_count (&result), ==,
                          (guint) __builtin_popcount (bits_a & bits_b));
        migdesc_set_unite (&a, &b, arena, &result);
        g_assert_cmpint (result.any, ==, i == 4 || j == 4);
        g_assert_cmpuint (migdesc_set_count (&result), ==,
                          (guint) __builtin_popcount (bits_a | bits_b));
        migdesc_set_subtract (&a, &b, arena, &result);
        g_assert_cmpuint (result.bools, ==, bits_a & ~bits_b);
        g_assert_cmpint (migdesc_set_is_subset (&a, &b), ==, (bits_a & ~bits_b) == 0);
        migdesc_set_add_value (&a, (MigdescValue){ .number = TRUE }, arena, &result);
        g_assert_true (migdesc_set_contains (&result, (MigdescValue){ .number = TRUE }));
        g_assert_cmpint (migdesc_set_contains (&result, (MigdescValue){ .number = FALSE }), ==,
                         (bits_a & 1) != 0);
      }
}

static void
test_different_types (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  MigdescInterval interval = { 1, 2 };
  MigdescSet ints = { .type = MIGDESC_VALUE_TYPE_INT, .n = 1, .members.intervals = &interval };
  MigdescSet on = bools (2);
  MigdescSet result;

  migdesc_set_intersect (&ints, &on, arena, &result);
  g_assert_true (migdesc_set_is_empty (&result));
  g_assert_cmpint (result.type, ==, MIGDESC_VALUE_TYPE_INT);
  migdesc_set_unite (&ints, &on, arena, &result);
  g_assert_true (migdesc_set_equal (&result, &ints));
  migdesc_set_subtract (&ints, &on, arena, &result);
  g_assert_true (migdesc_set_equal (&result, &ints));
  g_assert_false (migdesc_set_is_subset (&ints, &on));
  g_assert_false (migdesc_set_equal (&ints, &on));
}

static void
test_any_string (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  MigdescSet any = { .type = MIGDESC_VALUE_TYPE_STRING, .any = TRUE };
  MigdescSet some;
  MigdescSet result;
  guint bits;

  random_strings (arena, &some, &bits);
  migdesc_set_add_value (&some, (MigdescValue){ .string = "more" }, arena, &some);
  g_assert_cmpuint (migdesc_set_count (&some), ==, (guint) __builtin_popcount (bits) + 1);
  migdesc_set_subtract (&any, &some, arena, &result);
  g_assert_true (result.any); /* not exact: there is no set of all strings but some */
  migdesc_set_subtract (&some, &any, arena, &result);
  g_assert_true (migdesc_set_is_empty (&result));
  migdesc_set_subtract (&any, &any, arena, &result);
  g_assert_true (migdesc_set_is_empty (&result));
  migdesc_set_intersect (&any, &some, arena, &result);
  g_assert_true (migdesc_set_equal (&result, &some));
  g_assert_false (migdesc_set_is_subset (&any, &some));
}

static void
test_results_are_copies (void)
{
  g_autoptr (MigdescArena) kept = migdesc_arena_new (0);
  MigdescArena *gone = migdesc_arena_new (0);
  g_auto (MigdescSetBuilder) builder;
  MigdescSet set;
  MigdescSet copy;

  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_STRING);
  migdesc_set_builder_add_value (&builder, (MigdescValue){ .string = "b" });
  migdesc_set_builder_add_value (&builder, (MigdescValue){ .string = "a" });
  g_assert_cmpuint (migdesc_set_builder_get_n_added (&builder), ==, 2);
  migdesc_set_builder_build (&builder, gone, &set);
  migdesc_set_copy (&set, kept, &copy);
  migdesc_arena_free (gone);
  g_assert_cmpstr (copy.members.strings[0], ==, "a");

  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_INT);
  for (guint64 i = 100; i > 0; i--)
    migdesc_set_builder_add_value (&builder, (MigdescValue){ .number = i });
  migdesc_set_builder_build (&builder, kept, &set);
  g_assert_cmpuint (set.n, ==, 1);
  g_assert_cmpuint (set.members.intervals[0].max, ==, 100);
}

static void
test_values (void)
{
  MigdescValue one = { .number = 1 };
  MigdescValue two = { .number = 2 };
  MigdescValue a = { .string = "a" };
  MigdescValue b = { .string = "b" };
  MigdescValue value;
  g_autoptr (GVariant) on = g_variant_ref_sink (g_variant_new_boolean (TRUE));

  g_assert_cmpint (migdesc_value_compare (MIGDESC_VALUE_TYPE_INT, one, two), <, 0);
  g_assert_cmpint (migdesc_value_compare (MIGDESC_VALUE_TYPE_INT, two, two), ==, 0);
  g_assert_cmpint (migdesc_value_compare (MIGDESC_VALUE_TYPE_STRING, b, a), >, 0);
  g_assert_true (migdesc_value_from_variant (MIGDESC_VALUE_TYPE_BOOL, on, &value));
  g_assert_cmpuint (value.number, ==, 1);
  g_assert_false (migdesc_value_from_variant (MIGDESC_VALUE_TYPE_INT, on, &value));

  for (guint length = 0; length <= 40; length++)
    for (guint at = 0; at < length; at++)
      {
        char text[40];

        memset (text, '~', sizeof text);
        g_assert_true (migdesc_value_text_is_valid (text, length));
        text[at] = '\x7f';
        g_assert_false (migdesc_value_text_is_valid (text, length));
        text[at] = '\x1f';
        g_assert_false (migdesc_value_text_is_valid (text, length));
        text[at] = '\x80';
        g_assert_false (migdesc_value_text_is_valid (text, length));
      }
  g_assert_true (migdesc_value_text_is_valid ("caf\xc3\xa9 \xc2\xa0", 8));
  g_assert_false (migdesc_value_text_is_valid ("caf\xc3\xa9 \xc2\x9f", 8));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value-set-algebra/against-bitset", test_against_bitset);
  g_test_add_func ("/value-set-algebra/strings-against-bits", test_strings_against_bits);
  g_test_add_func ("/value-set-algebra/wide-ranges", test_wide_ranges);
  g_test_add_func ("/value-set-algebra/bools", test_bools);
  g_test_add_func ("/value-set-algebra/different-types", test_different_types);
  g_test_add_func ("/value-set-algebra/any-string", test_any_string);
  g_test_add_func ("/value-set-algebra/results-are-copies", test_results_are_copies);
  g_test_add_func ("/value-set-algebra/values", test_values);

  return g_test_run ();
}
