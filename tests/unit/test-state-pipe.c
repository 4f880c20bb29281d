/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-samples.h"

#include "state/plan/plan-compile.h"
#include "state/table/storage.h"
#include "state/visitor/pipe.h"

/* Between a struct and a tree: bytes that are another state's, and structs whose values are not
 * allowed. */

static void
test_short (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (MigdescStatePlan) plan = sample_plan (&samples[i]);
      gpointer state = sample_fill (&samples[i], plan);
      g_autoptr (GError) none = NULL;
      g_autoptr (GByteArray) bytes = migdesc_pipe_save (plan, state, &none);
      guint length = bytes->len;

      g_assert_no_error (none);
      for (guint n = 0; n < length; n++)
        {
          g_autoptr (GError) error = NULL;

          g_byte_array_set_size (bytes, n);
          g_assert_false (migdesc_pipe_load (plan, state, bytes, &error));
          g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED);
          g_assert_true (g_str_has_suffix (error->message, "the state is of another schema"));
        }
      sample_free (plan, state);
    }
}

typedef struct
{
  guint16 size;
  guint8 head;
} Row;

static const MigdescField row_fields[] = {
  MIGDESC_U16 (Row, size, 1, 512),
  MIGDESC_U8 (Row, head, 0, 100),
};
MIGDESC_STRUCT (row, Row, 1, 1, row_fields, NULL);

typedef struct
{
  gint8 small;
  double real;
  gboolean truth;
  guint16 list[3];
  guint32 n_words;
  guint32 *words;
  char *name;
  Row rows[3];
} Checked;

static const MigdescField checked_fields[] = {
  MIGDESC_I8 (Checked, small, -5, 5),
  MIGDESC_F64 (Checked, real, -1, 1),
  MIGDESC_BOOL (Checked, truth),
  MIGDESC_ARRAY (Checked, list, U16, 0, 9),
  MIGDESC_VARRAY (Checked, words, n_words, 4, U32, 0, 100),
  MIGDESC_STRING (Checked, name, 3),
  MIGDESC_STRUCTS (Checked, rows, row),
};
MIGDESC_STRUCT (checked, Checked, 1, 1, checked_fields, NULL);

static void
assert_tree (Checked *state,
             int code,
             const char *message)
{
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&checked, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) tree = migdesc_state_new_from_struct (type, 1, NULL, state, &error);

  if (message == NULL)
    g_assert_no_error (error);
  else
    {
      g_assert_null (tree);
      g_assert_error (error, MIGDESC_ERROR, code);
      g_assert_cmpstr (error->message, ==, message);
    }
}

static void
test_values (void)
{
  guint32 words[] = { 1, 2, 100, 4 };
  char name[] = "abc";
  const Checked good = { -5, -1, TRUE, { 0, 9, 1 }, 4, words, name,
                         { { 1, 0 }, { 512, 100 }, { 2, 1 } } };
  Checked state = good;

  assert_tree (&state, 0, NULL);
  state.small = 6;
  assert_tree (&state, MIGDESC_ERROR_STATE_RANGE, "small: 6 is not in -5 to 5");
  state = good;
  state.real = 1.5;
  assert_tree (&state, MIGDESC_ERROR_STATE_RANGE, "real: 1.5 is not in -1 to 1");
  state = good;
  state.truth = 2;
  assert_tree (&state, MIGDESC_ERROR_STATE_RANGE, "truth: 2 is not in 0 to 1");
  state = good;
  state.list[2] = 10;
  assert_tree (&state, MIGDESC_ERROR_STATE_RANGE, "list[2]: 10 is not in 0 to 9");
  state = good;
  state.rows[2].head = 101;
  assert_tree (&state, MIGDESC_ERROR_STATE_RANGE, "rows[2].head: 101 is not in 0 to 100");
  state = good;
  words[2] = 101;
  assert_tree (&state, MIGDESC_ERROR_STATE_RANGE, "words[2]: 101 is not in 0 to 100");
  state.n_words = 2;
  assert_tree (&state, 0, NULL);
  state.n_words = 5;
  assert_tree (&state, MIGDESC_ERROR_STATE_COUNT, "words: 5 elements, at most 4 are allowed");
  state.n_words = 2;
  state.words = NULL;
  assert_tree (&state, MIGDESC_ERROR_STATE_COUNT,
               "words: the pointer is NULL, and the count is 2");
  state = good;
  state.n_words = 2;
  name[1] = '\xff';
  assert_tree (&state, MIGDESC_ERROR_STATE_STRING, "name: not UTF-8 from byte 1 of the text on");
  state.name = (char[]) { "abcd" };
  assert_tree (&state, MIGDESC_ERROR_STATE_COUNT, "name: 4 bytes, at most 3 are allowed");
}

/* What a stream of QEMU's has become is not checked before. */
static void
test_bad_row_in_bytes (void)
{
  const Row good = { 7, 8 };
  Checked state = { .rows = { good, good, good } };
  g_autoptr (MigdescStatePlan) plan = migdesc_state_plan_new (&checked, 1, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = migdesc_pipe_save (plan, &state, &error);

  g_assert_no_error (error);
  g_assert_true (migdesc_pipe_load (plan, &state, bytes, &error));
  g_assert_no_error (error);
  /* the sizes of the rows are the last but two bytes of each */
  bytes->data[bytes->len - 6] = 0;
  g_assert_false (migdesc_pipe_load (plan, &state, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_RANGE);
  g_assert_cmpstr (error->message, ==, "rows[1].size: 0 is not in 1 to 512");
  migdesc_table_clear (&checked, &state);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-pipe/short", test_short);
  g_test_add_func ("/state-pipe/values", test_values);
  g_test_add_func ("/state-pipe/bad-row-in-bytes", test_bad_row_in_bytes);
  return g_test_run ();
}
