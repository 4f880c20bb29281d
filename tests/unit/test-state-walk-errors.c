/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-check.h"

/* What is refused, by which words, and that nothing of it leaks. */

typedef struct
{
  const char *old;
  const char *new;
  int code;
  const char *message;
} Case;

/* Each case is the text with one place replaced. */
static void
check_cases (const MigdescStruct *table,
             const char *const *params,
             const char *text,
             const Case *cases,
             gsize n_cases)
{
  g_autoptr (MigdescStatePlan) plan = compile (table, table->version, params);

  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *edited = replace (text, cases[i].old, cases[i].new);

      assert_load_error (plan, edited, cases[i].code, cases[i].message);
    }
}

static const char scalars_text[] = "u8 up=1\nu8 truth=0\nu8 byte=200\nu16 word=68\n"
                                   "u32 dword=100000\nu64 qword=18446744073709551615\n"
                                   "i8 i8=-100\ni16 i16=-1\ni32 i32=-2147483648\n"
                                   "i64 i64=-9223372036854775808\nf64 real=-1.5\nf64 any=inf\n"
                                   "u8 link=2\nu32 caps=5\ni64 fires=-1\nu32 magic=4276993775\n"
                                   "i16 minus=-2\nu16 old=7\n"
                                   "i64 expires=9223372036854775807\nu8 mode=3\n";

static const Case scalar_cases[] = {
  { "up=1", "up=2", MIGDESC_ERROR_STATE_RANGE, "up: 2 is not in 0 to 1" },
  { "truth=0", "truth=7", MIGDESC_ERROR_STATE_RANGE, "truth: 2 is not in 0 to 1" },
  { "byte=200", "byte=201", MIGDESC_ERROR_STATE_RANGE, "byte: 201 is not in 1 to 200" },
  { "byte=200", "byte=0", MIGDESC_ERROR_STATE_RANGE, "byte: 0 is not in 1 to 200" },
  { "byte=200", "byte=457", MIGDESC_ERROR_STATE_RANGE, "byte: 457 is not in 1 to 200" },
  { "word=68", "word=67", MIGDESC_ERROR_STATE_RANGE, "word: 67 is not in 68 to 9216" },
  { "word=68", "word=9217", MIGDESC_ERROR_STATE_RANGE, "word: 9217 is not in 68 to 9216" },
  { "dword=100000", "dword=4294967295", MIGDESC_ERROR_STATE_RANGE,
    "dword: 4294967295 is not in 0 to 100000" },
  { "dword=100000", "dword=4294967296", MIGDESC_ERROR_STATE_RANGE,
    "dword: 4294967296 is not in 0 to 100000" },
  { "i8=-100", "i8=-101", MIGDESC_ERROR_STATE_RANGE, "i8: -101 is not in -100 to 100" },
  { "i8=-100", "i8=101", MIGDESC_ERROR_STATE_RANGE, "i8: 101 is not in -100 to 100" },
  { "i16=-1\n", "i16=0\n", MIGDESC_ERROR_STATE_RANGE, "i16: 0 is not in -1000 to -1" },
  { "i32=-2147483648", "i32=-2147483649", MIGDESC_ERROR_STATE_RANGE,
    "i32: -2147483649 is not in -2147483648 to 2147483647" },
  { "i64=-9223372036854775808", "i64=1", MIGDESC_ERROR_STATE_RANGE,
    "i64: 1 is not in -9223372036854775808 to 0" },
  { "real=-1.5", "real=-1.5000000000000002", MIGDESC_ERROR_STATE_RANGE,
    "real: -1.5000000000000002 is not in -1.5 to 2.5" },
  { "real=-1.5", "real=inf", MIGDESC_ERROR_STATE_RANGE, "real: inf is not in -1.5 to 2.5" },
  { "real=-1.5", "real=nan", MIGDESC_ERROR_STATE_RANGE, "real: nan is not in -1.5 to 2.5" },
  { "link=2", "link=3", MIGDESC_ERROR_STATE_RANGE, "link: 3 is not in 0 to 2" },
  { "caps=5", "caps=8", MIGDESC_ERROR_STATE_RANGE, "caps: 8 is not in 0 to 7" },
  { "fires=-1", "fires=-2", MIGDESC_ERROR_STATE_RANGE,
    "fires: -2 is not in -1 to 9223372036854775807" },
  { "magic=4276993775", "magic=0", MIGDESC_ERROR_STATE_CONSTANT,
    "magic: 0 is not the constant 4276993775" },
  { "minus=-2", "minus=-3", MIGDESC_ERROR_STATE_CONSTANT,
    "minus: -3 is not the constant -2" },
  { "old=7", "old=4", MIGDESC_ERROR_STATE_RANGE, "old: 4 is not in 5 to 100" },
  { "expires=9223372036854775807", "expires=-2", MIGDESC_ERROR_STATE_RANGE,
    "timer.expires: -2 is not in -1 to 9223372036854775807" },
  { "mode=3", "mode=4", MIGDESC_ERROR_STATE_RANGE, "timer.mode: 4 is not in 0 to 3" },
  { "u16 word=68", "u32 word=68", MIGDESC_ERROR_STATE_FORMAT,
    "word: found u32 word=68 instead of u16 word" },
  { "i64 expires", "i64 expired", MIGDESC_ERROR_STATE_FORMAT,
    "timer.expires: found i64 expired=9223372036854775807 instead of i64 expires" },
};

static void
test_scalars (void)
{
  check_cases (&scalars_state, NULL, scalars_text, scalar_cases, G_N_ELEMENTS (scalar_cases));
}

static char *
make_arrays_text (void)
{
  GString *text = g_string_new ("u16 -=0\nu16 -=1000\nu16 -=3\nu8 -=1\nu8 -=0\n"
                                "f64 -=0.25\nf64 -=1\nu32 some=2\nu32 -=98\nu32 -=1\n"
                                "u16 n_told=2\ni16 -=-5\ni16 -=4\nu8 -=9\nu8 -=8\nu8 -=7\n"
                                "u32 far=2\nu64 -=18446744073709551614\nu64 -=44\n");

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "u16 -=%u\n", i == 2999 ? 9 : 6);
  g_string_append (text, "bytes eeprom=deadbeef\nbytes part=aa\nu8 n_known=2\n"
                         "bytes known=0102\nbytes heap=010203\ntext label=abc\n"
                         "text name=seven77\nbytes bits=ff0f\nbytes wide=01000000000000003f\n"
                         "u32 n_counted=33\nbytes counted=0100008001\n");
  return g_string_free (text, FALSE);
}

static const Case array_cases[] = {
  { "u16 -=0", "u16 -=1001", MIGDESC_ERROR_STATE_RANGE, "fixed[0]: 1001 is not in 0 to 1000" },
  { "u16 -=3", "u16 -=1001", MIGDESC_ERROR_STATE_RANGE, "fixed[2]: 1001 is not in 0 to 1000" },
  { "u8 -=0", "u8 -=2", MIGDESC_ERROR_STATE_RANGE, "truths[1]: 2 is not in 0 to 1" },
  { "f64 -=1", "f64 -=1.5", MIGDESC_ERROR_STATE_RANGE, "reals[1]: 1.5 is not in 0 to 1" },
  { "some=2", "some=5", MIGDESC_ERROR_STATE_COUNT, "some: 5 elements, at most 4 are allowed" },
  { "some=2", "some=18446744073709551615", MIGDESC_ERROR_STATE_COUNT,
    "some: 18446744073709551615 elements, at most 4 are allowed" },
  { "u32 -=98", "u32 -=100", MIGDESC_ERROR_STATE_RANGE, "some[0]: 100 is not in 0 to 99" },
  { "n_told=2", "n_told=6", MIGDESC_ERROR_STATE_COUNT, "told: 6 elements, at most 5 are allowed" },
  { "n_told=2", "n_told=7", MIGDESC_ERROR_STATE_RANGE, "n_told: 7 is not in 0 to 6" },
  { "i16 -=4", "i16 -=6", MIGDESC_ERROR_STATE_RANGE, "told[1]: 6 is not in -5 to 5" },
  { "u8 -=7", "u8 -=10", MIGDESC_ERROR_STATE_RANGE, "by_param[2]: 10 is not in 0 to 9" },
  { "far=2", "far=10001", MIGDESC_ERROR_STATE_COUNT,
    "far: 10001 elements, at most 10000 are allowed" },
  { "u64 -=44", "u64 -=18446744073709551615", MIGDESC_ERROR_STATE_RANGE,
    "far[1]: 18446744073709551615 is not in 0 to 18446744073709551614" },
  { "u16 -=9", "u16 -=10", MIGDESC_ERROR_STATE_RANGE, "long_one[2999]: 10 is not in 0 to 9" },
  { "deadbeef", "deadbe", MIGDESC_ERROR_STATE_COUNT,
    "eeprom: 3 bytes, not the 4 that have to be there" },
  { "deadbeef", "deadbeef00", MIGDESC_ERROR_STATE_COUNT,
    "eeprom: 5 bytes, at most 4 are allowed" },
  { "part=aa", "part=aabbccddeeff00", MIGDESC_ERROR_STATE_COUNT,
    "part: 7 bytes, at most 6 are allowed" },
  { "known=0102", "known=01", MIGDESC_ERROR_STATE_COUNT,
    "known: 1 bytes, not the 2 that have to be there" },
  { "label=abc", "label=12345678901", MIGDESC_ERROR_STATE_COUNT,
    "label: 11 bytes, at most 10 are allowed" },
  { "label=abc", "label=ab\377c", MIGDESC_ERROR_STATE_STRING,
    "label: not UTF-8 from byte 2 of the text on" },
  { "label=abc", "label=NULL", MIGDESC_ERROR_STATE_FORMAT,
    "label: the format RecordVisitor failed and did not say why" },
  { "name=seven77", "name=eight888", MIGDESC_ERROR_STATE_COUNT,
    "name: 8 bytes, at most 7 are allowed" },
  { "bits=ff0f", "bits=ff1f", MIGDESC_ERROR_STATE_RANGE,
    "bits: bits are set behind the last of 12" },
  { "bits=ff0f", "bits=ff", MIGDESC_ERROR_STATE_COUNT,
    "bits: 1 bytes, not the 2 that have to be there" },
  { "wide=01000000000000003f", "wide=010000000000000040", MIGDESC_ERROR_STATE_RANGE,
    "wide: bits are set behind the last of 70" },
  { "n_counted=33", "n_counted=65", MIGDESC_ERROR_STATE_RANGE, "n_counted: 65 is not in 0 to 64" },
  { "counted=0100008001", "counted=0100008003", MIGDESC_ERROR_STATE_RANGE,
    "counted: bits are set behind the last of 33" },
  { "bytes counted=0100008001\n", "", MIGDESC_ERROR_STATE_FORMAT,
    "counted: found nothing instead of bytes counted" },
};

static void
test_arrays (void)
{
  g_autofree char *text = make_arrays_text ();

  check_cases (&arrays_state, device_params, text, array_cases, G_N_ELEMENTS (array_cases));
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
      "u8 extra=1\n" FILTER ("55", "aa")
      "u32 listed=2\n" FILTER ("6", "66") FILTER ("7", "67")
      "u32 chain=2\n" TIMER ("18") TIMER ("19")
      "u32 line=2\n" TIMER ("20") TIMER ("21");

static const Case struct_cases[] = {
  { "size=4\n", "size=0\n", MIGDESC_ERROR_STATE_RANGE, "pair[1].size: 0 is not in 1 to 32768" },
  { "size=4\n", "size=2\n", MIGDESC_ERROR_STATE_RELATION,
    "pair[1].head: 2 is not less than size, which is 2" },
  { "ring=1\n", "ring=666\n", MIGDESC_ERROR_STATE_CHECK,
    "pair[0]: queue_check refuses it: not that ring" },
  { "queues=2", "queues=5", MIGDESC_ERROR_STATE_COUNT,
    "queues: 5 elements, at most 4 are allowed" },
  { "head=4\n", "head=8\n", MIGDESC_ERROR_STATE_RELATION,
    "queues[1].head: 8 is not less than size, which is 8" },
  { "active=1", "active=2", MIGDESC_ERROR_STATE_INDEX,
    "active: 2 is not a position in queues, which has 2 elements" },
  { "standby=255", "standby=254", MIGDESC_ERROR_STATE_INDEX,
    "standby: 254 is not a position in queues, which has 2 elements" },
  { "standby=255", "standby=256", MIGDESC_ERROR_STATE_RANGE, "standby: 256 is not in 0 to 255" },
  { "head=5\n", "head=10\n", MIGDESC_ERROR_STATE_RELATION,
    "told[0].head: 10 is not less than size, which is 10" },
  { "head=7\n", "head=40000\n", MIGDESC_ERROR_STATE_RANGE,
    "by_param[1].head: 40000 is not in 0 to 32767" },
  { "far=1", "far=5001", MIGDESC_ERROR_STATE_COUNT,
    "far: 5001 elements, at most 5000 are allowed" },
  { "ring=15\n", "ring=666\n", MIGDESC_ERROR_STATE_CHECK,
    "far[0]: queue_check refuses it: not that ring" },
  { "id=1\n", "id=0\n", MIGDESC_ERROR_STATE_RANGE, "one.id: 0 is not in 1 to 1000" },
  { "id=3\n", "id=0\n", MIGDESC_ERROR_STATE_RANGE, "both[1].id: 0 is not in 1 to 1000" },
  { "id=5\n", "id=0\n", MIGDESC_ERROR_STATE_RANGE, "filters[1].id: 0 is not in 1 to 1000" },
  { "rule=65\n", "rule=0102030405060708090a0b0c0d0e0f1011\n", MIGDESC_ERROR_STATE_COUNT,
    "filters[1].rule: 17 bytes, at most 16 are allowed" },
  { "timer=1", "timer=2", MIGDESC_ERROR_STATE_RANGE, "timer: 2 is not in 0 to 1" },
  { "expires=17", "expires=-17", MIGDESC_ERROR_STATE_RANGE,
    "timer.expires: -17 is not in -1 to 9223372036854775807" },
  { "rule=aa\n", "", MIGDESC_ERROR_STATE_FORMAT,
    "extra.rule: found bytes u32 listed=2 instead of bytes rule" },
  { "listed=2", "listed=4", MIGDESC_ERROR_STATE_COUNT,
    "listed: 4 elements, at most 3 are allowed" },
  { "id=7\n", "id=0\n", MIGDESC_ERROR_STATE_RANGE, "listed[1].id: 0 is not in 1 to 1000" },
  { "expires=19", "expires=-19", MIGDESC_ERROR_STATE_RANGE,
    "chain[1].expires: -19 is not in -1 to 9223372036854775807" },
  { TIMER ("21"), "", MIGDESC_ERROR_STATE_FORMAT,
    "line[1].expires: found nothing instead of i64 expires" },
};

static void
test_structs (void)
{
  check_cases (&structs_state, device_params, structs_text, struct_cases,
               G_N_ELEMENTS (struct_cases));
}

static const char gates_text[] = "u16 mtu=1500\nu8 added=1\nu8 limit=50\n"
                                 "u8 rss=1\nu16 rss=2\nbytes rss_key=01020304\nu8 rss_extra=9\n"
                                 "u16 debug=1\nu8 debug=8\n";

static const Case gate_cases[] = {
  { "limit=50", "limit=60", MIGDESC_ERROR_STATE_RELATION,
    "limit: 60 is not less than or equal to the parameter most, which is 55" },
  { "u8 rss=1", "u8 rss=3", MIGDESC_ERROR_STATE_RANGE, "rss: 2 is not in 0 to 1" },
  { "u16 rss=2", "u16 rss=3", MIGDESC_ERROR_STATE_TOO_NEW,
    "rss: section version 3, the newest known is 2" },
  { "u16 rss=2", "u16 rss=0", MIGDESC_ERROR_STATE_TOO_OLD,
    "rss: section version 0, the oldest known is 1" },
  { "u16 rss=2", "u16 rss=4294967297", MIGDESC_ERROR_STATE_TOO_NEW,
    "rss: section version 4294967295, the newest known is 2" },
  { "rss_extra=9", "rss_extra=10", MIGDESC_ERROR_STATE_RANGE,
    "rss.rss_extra: 10 is not in 0 to 9" },
  { "u8 debug=8", "u8 debug=100", MIGDESC_ERROR_STATE_RANGE, "debug.debug: 100 is not in 0 to 99" },
  { "u8 debug=8", "u8 debug=66", MIGDESC_ERROR_STATE_CHECK, "gates_check refuses it: 66 is odd" },
};

static void
test_gates (void)
{
  static const char *const params[] = { "most", "55", NULL };

  check_cases (&gates_state, params, gates_text, gate_cases, G_N_ELEMENTS (gate_cases));
}

typedef struct
{
  guint8 one;
  guint8 two;
} Pair;

static const MigdescField pair_fields[] = {
  MIGDESC_U8 (Pair, one, 0, 9),
  MIGDESC_U8 (Pair, two, 0, 9, MIGDESC_SINCE (2), MIGDESC_REQUIRED),
};
MIGDESC_STRUCT (pair_state, Pair, 2, 1, pair_fields, NULL);

static void
test_required (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&pair_state, 1, NULL);
  Pair state = { 1, 2 };

  assert_saved (plan, &state, "u8 one=1\n");
  assert_load_error (plan, "u8 one=1\n", MIGDESC_ERROR_STATE_MISSING,
                     "two: state version 1 in this configuration does not have it, and it is "
                     "required");
}

static void
test_params (void)
{
  static const struct
  {
    const char *vectors;
    const char *message;
  } cases[] = {
    { NULL, "by_param: its count is the parameter \"vectors\", which the configuration does not "
            "have" },
    { "9", "by_param: its count is the parameter \"vectors\", and 9 is not a number from 0 to 8" },
    { "+1", "by_param: its count is the parameter \"vectors\", and +1 is not a number from 0 to "
            "8" },
    { "o\nn", "by_param: its count is the parameter \"vectors\", and o\\nn is not a number from 0 "
              "to 8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *params[] = { "vectors", cases[i].vectors, NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_state_plan_new (&arrays_state, 1, device_param, params, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/walk-errors/scalars", test_scalars);
  g_test_add_func ("/state/walk-errors/arrays", test_arrays);
  g_test_add_func ("/state/walk-errors/structs", test_structs);
  g_test_add_func ("/state/walk-errors/gates", test_gates);
  g_test_add_func ("/state/walk-errors/required", test_required);
  g_test_add_func ("/state/walk-errors/params", test_params);
  return g_test_run ();
}
