/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <glib.h>
#include <string.h>

#include "base/arena.h"

static void
test_alignment (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);

  for (gsize size = 0; size < 50; size++)
    {
      char *block = migdesc_arena_alloc (arena, size);
      char *text = migdesc_arena_alloc_bytes (arena, 3);

      g_assert_cmpuint ((guintptr) block % 8, ==, 0);
      g_assert_true (size == 0 || text >= block + size || text < block);
      memset (block, 0xff, size);
      memset (text, 0xee, 3);
    }
}

static void
test_blocks_do_not_overlap (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (64);
  guchar *blocks[500];

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      blocks[i] = i % 3 == 0 ? (guchar *) migdesc_arena_alloc_bytes (arena, i % 37 + 1)
                             : migdesc_arena_alloc (arena, i % 37 + 1);
      memset (blocks[i], (int) (i & 0xff), i % 37 + 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    for (guint at = 0; at <= i % 37; at++)
      g_assert_cmpuint (blocks[i][at], ==, i & 0xff);
}

static void
test_clear (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  static const char zeros[1000];

  g_assert_cmpmem (migdesc_arena_alloc0 (arena, 1000), 1000, zeros, 1000);
}

static void
test_dup (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (0);
  const char text[] = { 'a', 'b', '\0', 'c' };
  char *copy = migdesc_arena_dup (arena, text, 4);

  g_assert_cmpmem (copy, 5, "ab\0c", 5);
  g_assert_cmpstr (migdesc_arena_dup (arena, NULL, 0), ==, "");
  g_assert_cmpmem (copy, 5, "ab\0c", 5);
}

/* Text lies without gaps, and what is held beyond what was asked for stays below an eighth. */
static void
test_slack (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (1024);

  for (gsize asked = 11; asked < 1 << 20; asked += 11)
    {
      migdesc_arena_dup (arena, "0123456789", 10);
      g_assert_cmpuint (migdesc_arena_size (arena), >=, asked);
      g_assert_cmpuint (migdesc_arena_size (arena), <, asked + asked / 8 + 1100);
    }
}

/* A good guess costs nothing but the book-keeping. */
static void
test_first_chunk (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (4096);
  gsize size = migdesc_arena_size (arena);

  g_assert_cmpuint (size, ==, 4096 + 4 * sizeof (gpointer));
  memset (migdesc_arena_alloc (arena, 4000), 1, 4000);
  memset (migdesc_arena_alloc_bytes (arena, 96), 1, 96);
  g_assert_cmpuint (migdesc_arena_size (arena), ==, size);
  g_assert_nonnull (migdesc_arena_alloc (arena, 0));
  g_assert_cmpuint (migdesc_arena_size (arena), ==, size);
  migdesc_arena_alloc_bytes (arena, 1);
  g_assert_cmpuint (migdesc_arena_size (arena), >, size);
}

static void
test_block_larger_than_a_chunk (void)
{
  g_autoptr (MigdescArena) arena = migdesc_arena_new (64);
  char *block = migdesc_arena_alloc (arena, 100000);

  memset (block, 1, 100000);
  g_assert_cmpuint (migdesc_arena_size (arena), >=, 100000);
  g_assert_cmpuint (migdesc_arena_size (arena), <, 100200);
}

static void
test_free_nothing (void)
{
  migdesc_arena_free (NULL);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/arena/alignment", test_alignment);
  g_test_add_func ("/base/arena/blocks-do-not-overlap", test_blocks_do_not_overlap);
  g_test_add_func ("/base/arena/clear", test_clear);
  g_test_add_func ("/base/arena/dup", test_dup);
  g_test_add_func ("/base/arena/slack", test_slack);
  g_test_add_func ("/base/arena/block-larger-than-a-chunk", test_block_larger_than_a_chunk);
  g_test_add_func ("/base/arena/first-chunk", test_first_chunk);
  g_test_add_func ("/base/arena/free-nothing", test_free_nothing);
  return g_test_run ();
}
