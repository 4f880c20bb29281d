/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-check.h"

/* A load that finds no memory for the elements of an array fails with the path of the array, once,
 * and leaves nothing behind. */

typedef struct
{
  guint16 a;
} Row;

typedef struct
{
  guint32 n_numbers;
  guint64 *numbers;
  guint32 n_rows;
  Row *rows;
} Inner;

typedef struct
{
  Inner inner;
} Outer;

static const MigdescField row_fields[] = { MIGDESC_U16 (Row, a, 0, 9) };
MIGDESC_STRUCT (row, Row, 1, 1, row_fields, NULL);
static const MigdescField inner_fields[] = {
  MIGDESC_VARRAY (Inner, numbers, n_numbers, 100000, U64, 0, 9),
  MIGDESC_VSTRUCTS (Inner, rows, n_rows, 100000, row),
};
MIGDESC_STRUCT (inner, Inner, 1, 1, inner_fields, NULL);
static const MigdescField outer_fields[] = { MIGDESC_NESTED (Outer, inner, inner) };
MIGDESC_STRUCT (outer, Outer, 1, 1, outer_fields, NULL);

static gsize memory = G_MAXSIZE; /* of one block */

/* Comes before GLib's own. */
gpointer
g_try_realloc_n (gpointer block,
                 gsize n,
                 gsize size)
{
  if (n * size > memory)
    return NULL;
  return g_realloc_n (block, n, size);
}

static char *
make_lines (guint n_numbers,
            guint n_rows)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "u32 numbers=%u\n", n_numbers);
  for (guint i = 0; i < n_numbers; i++)
    g_string_append_printf (text, "u64 -=%u\n", i % 10);
  g_string_append_printf (text, "u32 rows=%u\n", n_rows);
  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "u16 a=%u\n", i % 10);
  return g_string_free (text, FALSE);
}

static const struct
{
  guint n_numbers;
  guint n_rows;
  gsize memory;
  const char *message; /* NULL: it is enough */
} cases[] = {
  { 3, 0, 24, NULL },
  { 3, 0, 23, "inner.numbers: there is no memory for 3 elements of 8 bytes" },
  /* in pieces of 32 KiB: as many are there by then */
  { 5000, 0, 39999, "inner.numbers[4095]: there is no memory for 5000 elements of 8 bytes" },
  { 0, 4, 8, NULL },
  { 0, 1, 1, "inner.rows: there is no memory for 1 elements of 2 bytes" },
  { 2, 40000, 79999, "inner.rows[32767]: there is no memory for 40000 elements of 2 bytes" },
};

static void
test_paths (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&outer, 1, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = make_lines (cases[i].n_numbers, cases[i].n_rows);
      Outer state = { { 0, NULL, 0, NULL } };

      memory = cases[i].memory;
      if (cases[i].message == NULL)
        {
          load_lines (plan, text, &state);
          g_assert_cmpuint (state.inner.n_numbers, ==, cases[i].n_numbers);
          g_assert_cmpuint (state.inner.n_rows, ==, cases[i].n_rows);
          migdesc_table_clear (&outer, &state);
        }
      else
        assert_load_error (plan, text, MIGDESC_ERROR_LIMIT_EXCEEDED, cases[i].message);
      memory = G_MAXSIZE;
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-no-memory/paths", test_paths);
  return g_test_run ();
}
