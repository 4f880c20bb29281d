/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <glib.h>

#include "../bench/heap.h"

#include <migdesc/migdesc.h>

/* A tree ends at three times the limit of a stream's size, before more memory is taken. No stream
 * within the limit makes it so large (see test-state-tree-factors.c); but a text that is not of a
 * stream is as long as it likes. */

typedef struct
{
  guint8 v;
} Leaf;

typedef struct
{
  char *text;
  Leaf *leaf;
} Row;

typedef struct
{
  guint32 n_numbers;
  guint64 *numbers;
  guint32 n_rows;
  Row *rows;
} Sparse;

static const MigdescField leaf_fields[] = { MIGDESC_U8 (Leaf, v, 0, 9) };
MIGDESC_STRUCT (leaf, Leaf, 1, 1, leaf_fields, NULL);
static const MigdescField row_fields[] = {
  MIGDESC_STRING (Row, text, 100),
  MIGDESC_POINTER (Row, leaf, leaf),
};
MIGDESC_STRUCT (row, Row, 1, 1, row_fields, NULL);
static const MigdescField sparse_fields[] = {
  MIGDESC_VARRAY (Sparse, numbers, n_numbers, 1 << 24, U64, 0, 9),
  MIGDESC_VSTRUCTS (Sparse, rows, n_rows, 1 << 20, row),
};
MIGDESC_STRUCT (sparse, Sparse, 1, 1, sparse_fields, NULL);

static MigdescStateType *
new_schema (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&sparse, &error);
  MigdescStateType *schema;

  g_assert_no_error (error);
  schema = migdesc_state_type_new_effective (type, 1, NULL, &error);
  g_assert_no_error (error);
  return schema;
}

/* n times the element, in that member. */
static char *
make_text (const char *member,
           const char *element,
           guint n)
{
  gboolean numbers = g_str_equal (member, "numbers");
  GString *text
      = g_string_new (numbers ? "{\"rows\":[],\"numbers\":[" : "{\"numbers\":[],\"rows\":[");

  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i == 0 ? "" : ",");
      g_string_append (text, element);
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

/* With a limit of so many bytes for a stream. */
static MigdescState *
read_text (const char *text,
           guint64 limit,
           GError **error)
{
  g_autoptr (MigdescStateType) schema = new_schema ();
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_SIZE, limit);
  return migdesc_state_new_from_json (schema, text, -1, limits, error);
}

#define LIMIT 4096

static const struct
{
  const char *member;
  const char *element;
  guint most; /* elements in 3 * LIMIT bytes */
  const char *place;
  const char *where;
} cases[] = {
  /* a byte for each, two for their count, one for each 4,096, and one for the count of the rows */
  { "numbers", "0", 12282, "rows", "line 1, column 9, /rows" },
  /* 3 for each, and marks of 16 every 64 */
  { "rows", "{\"text\":\"\",\"leaf\":null}", 3300, "rows[3300].text",
    "line 1, column 79231, /rows/3300/text" },
  /* 5 for each, of which 2 are of a text that nobody goes through */
  { "rows", "{\"text\":\"ab\",\"leaf\":null}", 2146, "rows[2146].text",
    "line 1, column 55827, /rows/2146/text" },
  { "rows", "{\"text\":\"\",\"leaf\":{\"v\":1}}", 2459, "rows[2459].text",
    "line 1, column 66424, /rows/2459/text" },
};

static void
test_limit (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *most = make_text (cases[i].member, cases[i].element, cases[i].most);
      g_autofree char *more = make_text (cases[i].member, cases[i].element, cases[i].most + 1);
      g_autofree char *message = g_strdup_printf (
          "%s: the tree takes more than 12288 bytes, three times the limit state-size (%s)",
          cases[i].place, cases[i].where);
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescState) state = read_text (most, LIMIT, &error);

      g_assert_no_error (error);
      g_assert_nonnull (state);
      g_assert_null (read_text (more, LIMIT, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
      g_assert_cmpstr (error->message, ==, message);
    }
}

#define LARGE (1u << 18)

/* What the heap has, as long as elements come and behind. */
static void
test_heap (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = make_text (cases[i].member, cases[i].element, 4 * LARGE);
      g_autoptr (GError) error = NULL;
      gsize before = heap_used;

      heap_peak = heap_used;
      g_assert_null (read_text (text, LARGE, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
      /* beside the tree a piece as it is in a struct, and room to grow */
      g_assert_cmpuint (heap_peak - before, <, HEAP_GROWING * 4 * LARGE);
    }
}

/* An empty text of a tree is a text all the same. */
static void
test_empty_text (void)
{
  g_autofree char *text = make_text ("rows", "{\"text\":\"\",\"leaf\":null}", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) state = read_text (text, LIMIT, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = migdesc_state_to_json (state, FALSE);
  g_assert_cmpstr (again, ==, text);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-tree-memory/limit", test_limit);
  g_test_add_func ("/state-tree-memory/heap", test_heap);
  g_test_add_func ("/state-tree-memory/empty-text", test_empty_text);
  return g_test_run ();
}
