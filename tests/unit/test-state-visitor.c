/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-check.h"

/* Limits at their edge, formats that misbehave, and visits without a table. */

static RecordVisitor *
limited (const char *text,
         MigdescLimit limit,
         guint64 value)
{
  RecordVisitor *loader = record_loader (text);
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, limit, value);
  migdesc_visitor_set_limits (MIGDESC_VISITOR (loader), limits);
  return loader;
}

static void
assert_limit (MigdescLimit limit,
              guint64 value,
              const char *text,
              const char *message)
{
  g_autoptr (MigdescStatePlan) plan = compile (&structs_state, 1, device_params);
  g_autoptr (RecordVisitor) loader = limited (text, limit, value);
  g_autoptr (GError) error = NULL;
  Structs state;

  migdesc_table_init (&structs_state, &state);
  migdesc_walk_all (plan, MIGDESC_VISITOR (loader), &state, &error);
  if (message == NULL)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
      g_assert_cmpstr (error->message, ==, message);
    }
  migdesc_table_clear (&structs_state, &state);
}

#define QUEUE "u64 ring=0\nu16 size=1\nu16 head=0\n"
#define FILTER(rule) "u32 id=1\nbytes rule=" rule "\n"

static const char text[] = QUEUE QUEUE "u32 queues=1\n" QUEUE "u8 active=0\nu8 standby=0\n"
                           "u16 n_told=0\n" QUEUE QUEUE "u32 far=3\n" QUEUE QUEUE QUEUE
                           FILTER ("0102") FILTER ("") FILTER ("")
                           "u32 filters=2\n" FILTER ("") FILTER ("010203")
                           "u8 timer=0\nu8 extra=0\nu32 listed=0\nu32 chain=0\nu32 line=0\n";

static void
test_limits (void)
{
  /* 2 + 1 + 0 + 2 + 3 + 2 + 2 elements */
  assert_limit (MIGDESC_LIMIT_STATE_ELEMENTS, 12, text, NULL);
  assert_limit (MIGDESC_LIMIT_STATE_ELEMENTS, 11, text,
                "filters: more than 11 elements in the stream (limit state-elements)");
  assert_limit (MIGDESC_LIMIT_STATE_ELEMENTS, 1, text,
                "pair: more than 1 elements in the stream (limit state-elements)");
  assert_limit (MIGDESC_LIMIT_STATE_BUFFER, 3, text, NULL);
  assert_limit (MIGDESC_LIMIT_STATE_BUFFER, 2, text,
                "filters[1].rule: more than 2 bytes in one buffer (limit state-buffer)");
  assert_limit (MIGDESC_LIMIT_STATE_DEPTH, 3, text, NULL);
  assert_limit (MIGDESC_LIMIT_STATE_DEPTH, 2, text,
                "both[0].rule: more than 2 structs and arrays inside each other "
                "(limit state-depth)");
  assert_limit (MIGDESC_LIMIT_STATE_DEPTH, 1, text,
                "pair[0]: more than 1 structs and arrays inside each other (limit state-depth)");
}

/* What it was given to save is no business of a format. */
static void
test_scribble (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&gates_state, 1, NULL);
  g_autoptr (RecordVisitor) saver = record_saver ();
  g_autoptr (GError) error = NULL;
  Gates state = { .mtu = 1500, .dropped = 2, .limit = 50 };

  saver->manner = RECORD_SCRIBBLE;
  migdesc_walk_all (plan, MIGDESC_VISITOR (saver), &state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (state.mtu, ==, 1500);
  g_assert_cmpuint (state.limit, ==, 50);
}

static void
assert_silent (RecordVisitor *visitor,
               gpointer state,
               const char *message)
{
  g_autoptr (MigdescStatePlan) plan = compile (&gates_state, 1, NULL);
  g_autoptr (GError) error = NULL;

  visitor->manner = RECORD_SILENT;
  visitor->next_bad = 1;
  g_assert_false (migdesc_walk_all (plan, MIGDESC_VISITOR (visitor), state, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_silent (void)
{
  g_autoptr (RecordVisitor) saver = record_saver ();
  g_autoptr (RecordVisitor) loader = record_loader ("u16 mtu=1500\nu8 dropped=2\n");
  Gates state = { .mtu = 1500, .dropped = 2, .limit = 50 };

  assert_silent (saver, &state,
                 "dropped: the format RecordVisitor failed and did not say why");
  assert_silent (loader, &state,
                 "dropped: the format RecordVisitor failed and did not say why");
}

/* What is out of bounds is not written either. */
static void
test_save_errors (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&structs_state, 1, device_params);
  g_autoptr (MigdescStatePlan) gates_plan = compile (&gates_state, 3, NULL);
  Structs state = { .pair = { { 0, 1, 0 }, { 0, 1, 0 } }, .n_queues = 5 };
  Gates gates = { .mtu = 67 };

  assert_save_error (plan, &state, MIGDESC_ERROR_STATE_COUNT,
                     "queues: 5 elements, at most 4 are allowed");
  state.pair[1].size = 0;
  assert_save_error (plan, &state, MIGDESC_ERROR_STATE_RANGE,
                     "pair[1].size: 0 is not in 1 to 32768");
  state.pair[1] = (Queue) { 0, 4, 4 };
  assert_save_error (plan, &state, MIGDESC_ERROR_STATE_RELATION,
                     "pair[1].head: 4 is not less than size, which is 4");
  assert_save_error (gates_plan, &gates, MIGDESC_ERROR_STATE_RANGE,
                     "mtu: 67 is not in 68 to 9216");
  gates = (Gates) { .mtu = 68, .debug = 66 };
  assert_save_error (gates_plan, &gates, MIGDESC_ERROR_STATE_CHECK,
                     "gates_check refuses it: 66 is odd");
}

static gboolean
visit (MigdescVisitor *visitor,
       GBytes **data,
       char **label,
       GError **error)
{
  guint64 count = 2;
  guint8 value = 7;

  return migdesc_visitor_begin_struct (visitor, "outer", error)
         && migdesc_visitor_visit_bytes (visitor, "data", data, 3, error)
         && migdesc_visitor_visit_string (visitor, "label", label, 5, error)
         && migdesc_visitor_begin_array (visitor, "list", &count, 2, error)
         && migdesc_visitor_visit_uint8 (visitor, NULL, &value, 0, 9, error)
         && migdesc_visitor_visit_uint8 (visitor, NULL, &value, 0, 9, error)
         && migdesc_visitor_end_array (visitor, error)
         && migdesc_visitor_end_struct (visitor, error);
}

static void
test_visits (void)
{
  g_autoptr (RecordVisitor) saver = record_saver ();
  g_autoptr (RecordVisitor) loader = NULL;
  g_autoptr (RecordVisitor) broken = NULL;
  g_autoptr (GBytes) data = g_bytes_new ("\1\2", 2);
  g_autofree char *label = g_strdup ("abc"), *saved = NULL, *path = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (visit (MIGDESC_VISITOR (saver), &data, &label, &error));
  saved = record_to_text (saver);
  g_assert_cmpstr (saved, ==,
                   "bytes data=0102\ntext label=abc\nu32 list=2\nu8 -=7\nu8 -=7\n");

  loader = record_loader ("bytes data=030405\ntext label=x\nu32 list=2\nu8 -=1\nu8 -=2\n");
  g_assert_true (visit (MIGDESC_VISITOR (loader), &data, &label, &error));
  g_assert_cmpstr (label, ==, "x");
  g_assert_cmpuint (g_bytes_get_size (data), ==, 3);

  broken = record_loader ("bytes data=03\ntext label=y\nu32 list=2\nu8 -=1\nu8 -=10\n");
  g_assert_false (visit (MIGDESC_VISITOR (broken), &data, &label, &error));
  g_assert_cmpstr (error->message, ==, "outer.list[1]: 10 is not in 0 to 9");
  path = migdesc_visitor_dup_path (MIGDESC_VISITOR (broken));
  g_assert_cmpstr (path, ==, "outer.list[1]");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/visitor/limits", test_limits);
  g_test_add_func ("/state/visitor/scribble", test_scribble);
  g_test_add_func ("/state/visitor/silent", test_silent);
  g_test_add_func ("/state/visitor/save-errors", test_save_errors);
  g_test_add_func ("/state/visitor/visits", test_visits);
  return g_test_run ();
}
