/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-check.h"
#include "state-fill.h"

/* What a plan visits, in which order, and that it comes back. */

static const char scalars_text[] = "u8 up=1\n"
                                   "u8 truth=0\n"
                                   "u8 byte=200\n"
                                   "u16 word=68\n"
                                   "u32 dword=100000\n"
                                   "u64 qword=18446744073709551615\n"
                                   "i8 i8=-100\n"
                                   "i16 i16=-1\n"
                                   "i32 i32=-2147483648\n"
                                   "i64 i64=-9223372036854775808\n"
                                   "f64 real=-1.5\n"
                                   "f64 any=inf\n"
                                   "u8 link=2\n"
                                   "u32 caps=5\n"
                                   "i64 fires=-1\n"
                                   "u32 magic=4276993775\n"
                                   "i16 minus=-2\n"
                                   "u16 old=7\n"
                                   "i64 expires=9223372036854775807\n"
                                   "u8 mode=3\n";

static void
test_scalars (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&scalars_state, 1, NULL);
  Scalars state;

  fill_scalars (&state);
  assert_round_trip (plan, &state, scalars_text);
}

/* A member that does not exist any more may have had any value. */
static void
test_gone (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&scalars_state, 1, NULL);
  g_autofree char *text = replace (scalars_text, "old=7", "old=100");
  Scalars state;

  migdesc_table_init (&scalars_state, &state);
  load_lines (plan, text, &state);
  assert_saved (plan, &state, scalars_text);
}

static char *
arrays_to_text (void)
{
  GString *text = g_string_new ("u16 -=0\nu16 -=1000\nu16 -=3\n"
                                "u8 -=1\nu8 -=0\n"
                                "f64 -=0.25\nf64 -=1\n"
                                "u32 some=2\nu32 -=99\nu32 -=1\n"
                                "u16 n_told=5\n"
                                "i16 -=-5\ni16 -=5\ni16 -=0\ni16 -=1\ni16 -=2\n"
                                "u8 -=9\nu8 -=8\nu8 -=7\n"
                                "u32 far=2\nu64 -=18446744073709551614\nu64 -=4\n");

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "u16 -=0\n");
  g_string_append (text, "bytes eeprom=deadbeef\n"
                         "bytes part=aa\n"
                         "u8 n_known=2\n"
                         "bytes known=0102\n"
                         "bytes heap=010203\n"
                         "text label=h\303\266ch\n"
                         "text name=seven77\n"
                         "bytes bits=ff0f\n"
                         "bytes wide=01000000000000003f\n"
                         "u32 n_counted=33\n"
                         "bytes counted=0100008001\n");
  return g_string_free (text, FALSE);
}

static void
test_arrays (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&arrays_state, 1, device_params);
  g_autofree char *text = arrays_to_text ();
  Arrays state;

  fill_arrays (&state);
  assert_round_trip (plan, &state, text);
  migdesc_table_clear (&arrays_state, &state);
}

static const char no_arrays_text[] = "bytes eeprom=00000000\n"
                                     "bytes part=\n"
                                     "u8 n_known=0\n"
                                     "bytes known=\n"
                                     "bytes heap=\n"
                                     "text label=\n"
                                     "text name=\n"
                                     "bytes bits=0000\n"
                                     "bytes wide=000000000000000000\n"
                                     "u32 n_counted=0\n"
                                     "bytes counted=\n";

/* Elements that are loaded no more are as in a fresh struct, and freed. */
static void
test_empty_arrays (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&arrays_state, 1, device_params);
  g_autoptr (GString) text = g_string_new (NULL);
  Arrays state;

  for (guint i = 0; i < 3; i++)
    g_string_append (text, "u16 -=0\n");
  g_string_append (text, "u8 -=0\nu8 -=0\nf64 -=0\nf64 -=0\nu32 some=0\nu16 n_told=0\n"
                         "u8 -=0\nu8 -=0\nu8 -=0\nu32 far=0\n");
  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "u16 -=0\n");
  g_string_append (text, no_arrays_text);

  fill_arrays (&state);
  load_lines (plan, text->str, &state);
  g_assert_null (state.far);
  g_assert_null (state.heap);
  g_assert_cmpuint (state.n_heap, ==, 0);
  g_assert_cmpuint (state.some[0], ==, 0);
  g_assert_cmpint (state.told[4], ==, 0);
  g_assert_cmpuint (state.by_param[3], ==, 0);
  g_assert_cmpuint (state.part[1], ==, 0);
  g_assert_cmpstr (state.label, ==, "");
  assert_round_trip (plan, &state, text->str);
  migdesc_table_clear (&arrays_state, &state);
}

/* More than one piece, of elements and of bytes. */
static void
test_long_arrays (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&arrays_state, 1, device_params);
  g_autoptr (RecordVisitor) saver = record_saver ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  Arrays state = { 0 }, loaded;

  state.n_far = 10000;
  state.far = g_new (guint64, state.n_far);
  state.n_heap = 100000;
  state.heap = g_malloc (state.n_heap);
  for (guint i = 0; i < state.n_far; i++)
    state.far[i] = i * G_GUINT64_CONSTANT (0x123456789ab);
  for (guint i = 0; i < state.n_heap; i++)
    state.heap[i] = (guint8) (i * 7 / 5);
  migdesc_walk_all (plan, MIGDESC_VISITOR (saver), &state, &error);
  g_assert_no_error (error);

  text = record_to_text (saver);
  migdesc_table_init (&arrays_state, &loaded);
  load_lines (plan, text, &loaded);
  g_assert_cmpmem (loaded.far, 8 * loaded.n_far, state.far, 8 * state.n_far);
  g_assert_cmpmem (loaded.heap, loaded.n_heap, state.heap, state.n_heap);
  migdesc_table_clear (&arrays_state, &loaded);
  migdesc_table_clear (&arrays_state, &state);
}

#define QUEUE(ring, size, head) "u64 ring=" ring "\nu16 size=" size "\nu16 head=" head "\n"
#define FILTER(id, rule) "u32 id=" id "\nbytes rule=" rule "\n"
#define TIMER(expires) "i64 expires=" expires "\nu8 mode=0\n"

static const char structs_text[]
    = QUEUE ("1", "2", "1") QUEUE ("3", "4", "2")
      "u32 queues=2\n" QUEUE ("5", "6", "3") QUEUE ("7", "8", "4")
      "u8 active=1\nu8 standby=255\nu16 n_told=1\n" QUEUE ("9", "10", "5")
      QUEUE ("11", "12", "6") QUEUE ("13", "14", "7")
      "u32 far=1\n" QUEUE ("15", "16", "8")
      FILTER ("1", "61") FILTER ("2", "6263") FILTER ("3", "")
      "u32 filters=2\n" FILTER ("4", "64") FILTER ("5", "65")
      "u8 timer=1\n" TIMER ("17")
      "u8 extra=0\n"
      "u32 listed=2\n" FILTER ("6", "66") FILTER ("7", "67")
      "u32 chain=2\n" TIMER ("18") TIMER ("19")
      "u32 line=2\n" TIMER ("20") TIMER ("21");

static const char no_structs_text[]
    = QUEUE ("0", "1", "0") QUEUE ("0", "1", "0")
      "u32 queues=1\n" QUEUE ("0", "1", "0")
      "u8 active=0\nu8 standby=0\nu16 n_told=0\n"
      QUEUE ("0", "1", "0") QUEUE ("0", "1", "0")
      "u32 far=0\n"
      FILTER ("1", "") FILTER ("1", "") FILTER ("1", "")
      "u32 filters=0\n"
      "u8 timer=0\n"
      "u8 extra=1\n" FILTER ("9", "99")
      "u32 listed=0\n"
      "u32 chain=0\n"
      "u32 line=0\n";

static void
test_structs (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&structs_state, 1, device_params);
  Structs state;

  fill_structs (&state);
  assert_round_trip (plan, &state, structs_text);
  load_lines (plan, no_structs_text, &state);
  g_assert_null (state.far);
  g_assert_null (state.filters);
  g_assert_null (state.timer);
  g_assert_cmpuint (state.extra->id, ==, 9);
  g_assert_null (state.chain);
  g_assert_cmpuint (state.line.length, ==, 0);
  assert_round_trip (plan, &state, no_structs_text);
  load_lines (plan, structs_text, &state);
  assert_saved (plan, &state, structs_text);
  migdesc_table_clear (&structs_state, &state);
  g_assert_null (state.extra);
  g_assert_null (state.listed);
}

static void
test_versions (void)
{
  static const char *const fast[] = { "mode", "fast", "new-feature", "on", "most", "99", NULL };
  g_autoptr (MigdescStatePlan) one = compile (&gates_state, 1, NULL);
  g_autoptr (MigdescStatePlan) two = compile (&gates_state, 2, NULL);
  g_autoptr (MigdescStatePlan) three = compile (&gates_state, 3, fast);
  Gates state = { 1500, 1, 2, 3, 4, 50, TRUE, { 1, 2, 3, 4 }, 9, 8 };

  assert_saved (one, &state,
                "u16 mtu=1500\nu8 dropped=2\nu8 limit=50\n"
                "u8 rss=1\nu16 rss=2\nbytes rss_key=01020304\nu8 rss_extra=9\n");
  state.has_rss = FALSE;
  assert_saved (two, &state, "u16 mtu=1500\nu8 added=1\nu8 dropped=2\nu8 limit=50\nu8 rss=0\n");
  assert_round_trip (three, &state,
                     "u16 mtu=1500\nu8 added=1\nu8 feature=3\nu8 turbo=4\nu8 limit=50\n"
                     "u8 rss=0\nu16 debug=1\nu8 debug=8\n");
}

/* What a version or configuration lacks keeps its default. */
static void
test_defaults (void)
{
  g_autoptr (MigdescStatePlan) one = compile (&gates_state, 1, NULL);
  Gates state;

  memset (&state, 0xff, sizeof state);
  migdesc_table_init (&gates_state, &state);
  load_lines (one,
              "u16 mtu=99\nu8 dropped=2\nu8 limit=50\n"
              "u8 rss=1\nu16 rss=1\nbytes rss_key=01020304\n",
              &state);
  g_assert_cmpuint (state.added, ==, 5);
  g_assert_cmpuint (state.feature, ==, 1);
  g_assert_cmpuint (state.turbo, ==, 0);
  g_assert_cmpuint (state.rss_extra, ==, 4);
  g_assert_cmpuint (state.rss_key[3], ==, 4);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/walk/scalars", test_scalars);
  g_test_add_func ("/state/walk/gone", test_gone);
  g_test_add_func ("/state/walk/arrays", test_arrays);
  g_test_add_func ("/state/walk/empty-arrays", test_empty_arrays);
  g_test_add_func ("/state/walk/long-arrays", test_long_arrays);
  g_test_add_func ("/state/walk/structs", test_structs);
  g_test_add_func ("/state/walk/versions", test_versions);
  g_test_add_func ("/state/walk/defaults", test_defaults);
  return g_test_run ();
}
