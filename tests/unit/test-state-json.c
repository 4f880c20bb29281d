/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-json-check.h"

/* Structs as JSON and back. */

static void
test_scalars (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&scalars_state, 1, NULL);
  Scalars state = { true, FALSE, 200, 68, 100000, G_MAXUINT64, -100, -1, G_MAXINT32, G_MININT64,
                    0.1, 0, 2, 5, -1, { G_MAXINT64, 3 } };

  memcpy (&state.any, &(guint64) { 0x7ff8000000000000 }, 8);
  assert_json (plan, &state, scalars_json);
}

typedef struct
{
  const char *old;
  const char *new;
  int code;
  const char *message;
} Case;

static const Case scalar_cases[] = {
  { "true,", "1,", MIGDESC_ERROR_DOCUMENT_TYPE,
    "up: expected true or false, found a number (line 1, column 7, /up)" },
  { "200", "201", MIGDESC_ERROR_STATE_RANGE,
    "byte: 201 is not in 1 to 200 (line 1, column 33, /byte)" },
  { "200", "-1", MIGDESC_ERROR_VALUE_NOT_INT,
    "byte: the number -1 is negative (line 1, column 33, /byte)" },
  { "18446744073709551615", "18446744073709551616", MIGDESC_ERROR_VALUE_NOT_INT,
    "qword: the number 18446744073709551616 is above 18446744073709551615 "
    "(line 1, column 70, /qword)" },
  { "-9223372036854775808", "-9223372036854775809", MIGDESC_ERROR_STATE_RANGE,
    "i64: -9223372036854775809 is not an integer from -9223372036854775808 to 9223372036854775807 "
    "(line 1, column 133, /i64)" },
  { "-9223372036854775808", "9223372036854775808", MIGDESC_ERROR_STATE_RANGE,
    "i64: 9223372036854775808 is above 9223372036854775807 (line 1, column 133, /i64)" },
  { "-100", "-1.5", MIGDESC_ERROR_STATE_RANGE,
    "i8: -1.5 is not an integer from -9223372036854775808 to 9223372036854775807 "
    "(line 1, column 96, /i8)" },
  { "0.1", "1e999", MIGDESC_ERROR_STATE_RANGE,
    "real: 1e999 is beyond what a double can be (line 1, column 161, /real)" },
  { "0.1", "\"NaN\"", MIGDESC_ERROR_STATE_RANGE,
    "real: nan is not in -1.5 to 2.5 (line 1, column 161, /real)" },
  { "\"NaN\"", "\"nan\"", MIGDESC_ERROR_STATE_RANGE,
    "any: nan is not a number, \"NaN\", \"Infinity\" or \"-Infinity\" (line 1, column 171, /any)" },
  { "negotiating", "sideways", MIGDESC_ERROR_STATE_RANGE,
    "link: sideways is none of down, up, negotiating (line 1, column 184, /link)" },
  { "lro", "csum", MIGDESC_ERROR_STATE_RANGE,
    "caps: csum is there twice (line 1, column 213, /caps/1)" },
  { "lro", "x\\n", MIGDESC_ERROR_STATE_RANGE,
    "caps: x\\n is none of csum, tso, lro (line 1, column 213, /caps/1)" },
  { "4276993775", "1", MIGDESC_ERROR_STATE_CONSTANT,
    "magic: 1 is not the constant 4276993775 (line 1, column 239, /magic)" },
  { "\"mode\":3", "\"mode\":4", MIGDESC_ERROR_STATE_RANGE,
    "timer.mode: 4 is not in 0 to 3 (line 1, column 315, /timer/mode)" },
  { ",\"mode\":3", "", MIGDESC_ERROR_STATE_MISSING,
    "timer.mode: the member \"mode\" is missing (line 1, column 277, /timer)" },
  { "\"mode\":3", "\"mode\":3,\"more\":1", MIGDESC_ERROR_STATE_UNKNOWN,
    "timer: the member \"more\" is not known (line 1, column 317, /timer/more)" },
  { "\"mode\":3", "\"mode\":3,\"expires\":1", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    "timer: the object has a second member \"expires\" (line 1, column 317, /timer/expires)" },
  { "\"byte\":200,", "\"byte\":200,\"byte\":200,", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    "the object has a second member \"byte\" (line 1, column 37, /byte)" },
  { "\"expires\"", "\"expires\":1,\"expires\"", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    "timer: the object has a second member \"expires\" (line 1, column 290, /timer/expires)" },
  { "}}", "}} x", MIGDESC_ERROR_JSON_TRAILING_DATA,
    "something follows the end of the document (line 1, column 319)" },
  { "}}", "}", MIGDESC_ERROR_JSON_SYNTAX,
    "the text ends, expected \",\" or \"}\" (line 1, column 317)" },
  { "\"up\":true", "\"up\":true]", MIGDESC_ERROR_JSON_SYNTAX,
    "truth: unexpected \"]\", expected \",\" or \"}\" (line 1, column 11)" },
};

static void
check_cases (const MigdescStatePlan *plan, const char *text, const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *edited = replace (text, cases[i].old, cases[i].new);

      assert_json_error (plan, edited, cases[i].code, cases[i].message);
    }
}

static void
test_scalar_errors (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&scalars_state, 1, NULL);

  check_cases (plan, scalars_json, scalar_cases, G_N_ELEMENTS (scalar_cases));
}

typedef struct
{
  guint16 fixed[3];
  guint8 n_some;
  guint32 some[4];
  guint8 n_told;
  guint8 told[4];
  guint32 n_heap;
  guint8 *heap;
  char *label;
  guint8 bits[2];
  Timer *timer;
  guint32 n_filters;
  Filter *filters;
  Queue pair[2];
  guint8 flag;
} Mixed;

static gboolean
mixed_flagged (gconstpointer state)
{
  return ((const Mixed *) state)->flag != 0;
}

static const MigdescField flag_fields[] = {
  MIGDESC_U8 (Mixed, flag, 0, 9),
};
static const MigdescField mixed_fields[] = {
  MIGDESC_ARRAY (Mixed, fixed, U16, 0, 1000),
  MIGDESC_ARRAY_N (Mixed, some, n_some, U32, 0, 99),
  MIGDESC_U8 (Mixed, n_told, 0, 4),
  MIGDESC_ARRAY_COUNTED (Mixed, told, n_told, U8, 0, 255),
  MIGDESC_VBYTES (Mixed, heap, n_heap, 100000),
  MIGDESC_STRING (Mixed, label, 10),
  MIGDESC_BITMAP (Mixed, bits, 12),
  MIGDESC_POINTER (Mixed, timer, timer_state),
  MIGDESC_VSTRUCTS (Mixed, filters, n_filters, 100, filter_state),
  MIGDESC_STRUCTS (Mixed, pair, queue_state),
  MIGDESC_SECTION_VERSION ("extra", flag_fields, 3, 2, MIGDESC_NEEDED (mixed_flagged),
                           MIGDESC_DROPPABLE),
};
MIGDESC_STRUCT (mixed_state, Mixed, 1, 1, mixed_fields, NULL);

static const char mixed_json[]
    = "{\"fixed\":[1,2,3],\"some\":[4,5],\"n_told\":1,\"told\":[6],\"heap\":\"AAECAwQ=\","
      "\"label\":\"a\\\"\\u0001\303\266\",\"bits\":\"/w8=\",\"timer\":{\"expires\":7,\"mode\":1},"
      "\"filters\":[{\"id\":8,\"rule\":\"Ag==\"},{\"id\":9,\"rule\":\"\"}],"
      "\"pair\":[{\"ring\":1,\"size\":2,\"head\":1},{\"ring\":3,\"size\":4,\"head\":2}],"
      "\"extra\":{\"@version\":3,\"@droppable\":true,\"flag\":1}}";

static void
fill_mixed (Mixed *state)
{
  *state = (Mixed) {
    .fixed = { 1, 2, 3 },
    .n_some = 2,
    .some = { 4, 5 },
    .n_told = 1,
    .told = { 6 },
    .n_heap = 5,
    .heap = g_memdup2 ("\0\1\2\3\4", 5),
    .label = g_strdup ("a\"\1\303\266"),
    .bits = { 0xff, 0x0f },
    .timer = g_memdup2 (&(Timer) { 7, 1 }, sizeof (Timer)),
    .n_filters = 2,
    .filters = g_new0 (Filter, 2),
    .pair = { { 1, 2, 1 }, { 3, 4, 2 } },
    .flag = 1,
  };
  state->filters[0] = (Filter) { 8, 1, g_memdup2 ("\2", 1) };
  state->filters[1].id = 9;
}

static void
test_mixed (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed_state, 1, NULL);
  Mixed state;

  fill_mixed (&state);
  assert_json (plan, &state, mixed_json);
  migdesc_table_clear (&mixed_state, &state);
  state.pair[0].size = state.pair[1].size = 1;
  assert_json (plan, &state,
               "{\"fixed\":[0,0,0],\"some\":[],\"n_told\":0,\"told\":[],\"heap\":\"\","
               "\"label\":\"\",\"bits\":\"AAA=\",\"timer\":null,\"filters\":[],"
               "\"pair\":[{\"ring\":0,\"size\":1,\"head\":0},{\"ring\":0,\"size\":1,\"head\":0}]}");
}

static void
test_pretty (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed_state, 1, NULL);
  g_autofree char *text = NULL;
  Mixed state;

  fill_mixed (&state);
  text = save_json (plan, &state, TRUE);
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"fixed\": [1, 2, 3],\n"
                   "  \"some\": [4, 5],\n"
                   "  \"n_told\": 1,\n"
                   "  \"told\": [6],\n"
                   "  \"heap\": \"AAECAwQ=\",\n"
                   "  \"label\": \"a\\\"\\u0001\303\266\",\n"
                   "  \"bits\": \"/w8=\",\n"
                   "  \"timer\": {\n"
                   "    \"expires\": 7,\n"
                   "    \"mode\": 1\n"
                   "  },\n"
                   "  \"filters\": [\n"
                   "    {\n"
                   "      \"id\": 8,\n"
                   "      \"rule\": \"Ag==\"\n"
                   "    },\n"
                   "    {\n"
                   "      \"id\": 9,\n"
                   "      \"rule\": \"\"\n"
                   "    }\n"
                   "  ],\n"
                   "  \"pair\": [\n"
                   "    {\n"
                   "      \"ring\": 1,\n"
                   "      \"size\": 2,\n"
                   "      \"head\": 1\n"
                   "    },\n"
                   "    {\n"
                   "      \"ring\": 3,\n"
                   "      \"size\": 4,\n"
                   "      \"head\": 2\n"
                   "    }\n"
                   "  ],\n"
                   "  \"extra\": {\n"
                   "    \"@version\": 3,\n"
                   "    \"@droppable\": true,\n"
                   "    \"flag\": 1\n"
                   "  }\n"
                   "}");
  migdesc_table_clear (&mixed_state, &state);
}

/* Members may come in any order, sections that are not known and droppable anywhere. */
static void
test_any_order (void)
{
  static const char turned[]
      = "{\"extra\":{\"flag\":1,\"@droppable\":true,\"@version\":3},"
        "\"other\":{\"@version\":1,\"@droppable\":true,\"x\":[{}]},"
        "\"pair\":[{\"head\":1,\"size\":2,\"ring\":1},{\"size\":4,\"ring\":3,\"head\":2}],"
        "\"filters\":[{\"rule\":\"Ag==\",\"id\":8},{\"rule\":\"\",\"id\":9}],"
        "\"timer\":{\"mode\":1,\"expires\":7},\"bits\":\"\\/w8=\","
        "\"la\\u0062el\":\"a\\\"\\u0001\303\266\",\"told\":[6],"
        "\"heap\":\"AAECAwQ=\",\"some\":[4,5],\"n_told\":1,\"fixed\":[1,2,3]}";
  g_autoptr (MigdescStatePlan) plan = compile (&mixed_state, 1, NULL);
  g_autoptr (GError) error = NULL;
  Mixed state;

  migdesc_table_init (&mixed_state, &state);
  load_json (plan, turned, &state, &error);
  g_assert_no_error (error);
  assert_json (plan, &state, mixed_json);
  migdesc_table_clear (&mixed_state, &state);
}

static const Case mixed_cases[] = {
  { "[1,2,3]", "[1,2]", MIGDESC_ERROR_STATE_COUNT,
    "fixed[2]: the array ends after 2 elements, not the 3 that have to be there "
    "(line 1, column 10, /fixed)" },
  { "[1,2,3]", "[1,2,3,4]", MIGDESC_ERROR_STATE_COUNT,
    "fixed[2]: more elements follow than the 3 that have to be there "
    "(line 1, column 17, /fixed/3)" },
  { "[4,5]", "[4,5,6,7,8]", MIGDESC_ERROR_STATE_COUNT,
    "some: 5 elements, at most 4 are allowed (line 1, column 25, /some)" },
  { "[4,5]", "[4,]", MIGDESC_ERROR_JSON_SYNTAX,
    "some: unexpected \"]\", expected a value (line 1, column 28, /some)" },
  { "[6]", "[]", MIGDESC_ERROR_STATE_COUNT,
    "told[0]: the array ends after 0 elements, not the 1 that have to be there "
    "(line 1, column 49, /told)" },
  { "AAECAwQ=", "AAECAwR=", MIGDESC_ERROR_STATE_FORMAT,
    "heap: the text is not base64 (line 1, column 60, /heap)" },
  { "AAECAwQ=", "AAE*AwQ=", MIGDESC_ERROR_STATE_FORMAT,
    "heap: the text is not base64 (line 1, column 60, /heap)" },
  { "AAECAwQ=", "AAECAwQ", MIGDESC_ERROR_STATE_FORMAT,
    "heap: the text is not base64 (line 1, column 60, /heap)" },
  { "AAECAwQ=", "AA==AwQ=", MIGDESC_ERROR_STATE_FORMAT,
    "heap: the text is not base64 (line 1, column 60, /heap)" },
  { "a\\\"\\u0001", "\\u0000", MIGDESC_ERROR_JSON_STRING,
    "label: \\u0000 in a string, which is refused (line 1, column 80, /label)" },
  { "/w8=", "/x8=", MIGDESC_ERROR_STATE_RANGE,
    "bits: bits are set behind the last of 12 (line 1, column 99, /bits)" },
  { "/w8=", "/w==", MIGDESC_ERROR_STATE_COUNT,
    "bits: 1 bytes, not the 2 that have to be there (line 1, column 99, /bits)" },
  { "{\"expires\":7,\"mode\":1}", "[]", MIGDESC_ERROR_DOCUMENT_TYPE,
    "timer: expected an object, found an array (line 1, column 114, /timer)" },
  { "\"id\":9", "\"id\":0", MIGDESC_ERROR_STATE_RANGE,
    "filters[1].id: 0 is not in 1 to 1000 (line 1, column 177, /filters/1/id)" },
  { "\"head\":2", "\"head\":4", MIGDESC_ERROR_STATE_RELATION,
    "pair[1].head: 4 is not less than size, which is 4 (line 1, column 254, /pair/1/head)" },
  { "\"@version\":3", "\"@version\":4", MIGDESC_ERROR_STATE_TOO_NEW,
    "extra: section version 4, the newest known is 3 (line 1, column 278, /extra/@version)" },
  { "\"@version\":3,", "", MIGDESC_ERROR_STATE_MISSING,
    "extra: the member \"@version\" is missing (line 1, column 266, /extra)" },
  { "\"extra\":{\"@version\":3,\"@droppable\":true", "\"other\":{\"@version\":3",
    MIGDESC_ERROR_STATE_UNKNOWN, "the member \"other\" is not known (line 1, column 258, /other)" },
};

static void
test_mixed_errors (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed_state, 1, NULL);

  check_cases (plan, mixed_json, mixed_cases, G_N_ELEMENTS (mixed_cases));
}

/* No prefix is a state, and none reads what is not there. */
static void
test_prefixes (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed_state, 1, NULL);
  Mixed state;

  migdesc_table_init (&mixed_state, &state);
  for (gsize i = 0; i < strlen (mixed_json); i++)
    {
      g_autofree char *prefix = g_strndup (mixed_json, i);
      g_autoptr (GError) error = NULL;

      g_assert_false (load_json (plan, prefix, &state, &error));
      g_assert_nonnull (error);
    }
  migdesc_table_clear (&mixed_state, &state);
}

/* With one bit turned it is refused, or another state that is as good. */
static void
test_flips (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed_state, 1, NULL);
  guint n_loaded = 0;

  for (gsize i = 0; i < 8 * strlen (mixed_json); i++)
    {
      g_autofree char *text = g_strdup (mixed_json);
      g_autoptr (GError) error = NULL;
      Mixed state;

      text[i / 8] = (char) (text[i / 8] ^ 1 << i % 8);
      migdesc_table_init (&mixed_state, &state);
      if (load_json (plan, text, &state, &error))
        {
          g_autofree char *saved = save_json (plan, &state, FALSE);

          n_loaded++;
          migdesc_table_clear (&mixed_state, &state);
          g_assert_true (load_json (plan, saved, &state, NULL));
        }
      else
        g_assert_nonnull (error);
      migdesc_table_clear (&mixed_state, &state);
    }
  g_assert_cmpuint (n_loaded, >, 0);
}

/* Buffers move in pieces that are no whole triples. */
static void
test_long_buffer (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed_state, 1, NULL);
  Mixed state = { .pair = { { 0, 1, 0 }, { 0, 1, 0 } } }, loaded;

  state.heap = g_malloc (100000);
  for (guint i = 0; i < 100000; i++)
    state.heap[i] = (guint8) (i * 31 >> 3);
  for (state.n_heap = 65533; state.n_heap < 65540; state.n_heap++)
    {
      g_autofree char *text = save_json (plan, &state, FALSE);
      g_autofree char *wanted = g_base64_encode (state.heap, state.n_heap);

      g_assert_nonnull (strstr (text, wanted));
      migdesc_table_init (&mixed_state, &loaded);
      g_assert_true (load_json (plan, text, &loaded, NULL));
      g_assert_cmpmem (loaded.heap, loaded.n_heap, state.heap, state.n_heap);
      migdesc_table_clear (&mixed_state, &loaded);
    }
  migdesc_table_clear (&mixed_state, &state);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/json/scalars", test_scalars);
  g_test_add_func ("/state/json/scalar-errors", test_scalar_errors);
  g_test_add_func ("/state/json/mixed", test_mixed);
  g_test_add_func ("/state/json/pretty", test_pretty);
  g_test_add_func ("/state/json/any-order", test_any_order);
  g_test_add_func ("/state/json/mixed-errors", test_mixed_errors);
  g_test_add_func ("/state/json/prefixes", test_prefixes);
  g_test_add_func ("/state/json/flips", test_flips);
  g_test_add_func ("/state/json/long-buffer", test_long_buffer);
  return g_test_run ();
}
