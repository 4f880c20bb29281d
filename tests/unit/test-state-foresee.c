/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops-check.h"

/* What is foreseen of the states of an old schema that go through transforms, for each kind of
 * field: the old schema and the table have one field each, and the transforms do nothing. */

#define SCHEMA(version, fields, more)                                                      \
  "{'state-schema':1,'name':'lamp','version':" version ",'minimum':" version ","            \
  "'structs':[{'name':'pair','fields':[{'name':'x','type':'u8','min':0,'max':9}]}],"        \
  "'fields':[" fields ",{'name':'last','type':'struct','struct':'pair'}]" more "}"
#define OLD(fields) SCHEMA ("1", fields, "")
#define NEW(fields, old, change) \
  SCHEMA ("2", fields, ",'transforms':{'schemas':[" OLD (old) "],'changes':[" change "]}")
#define NOTHING "{'from':1,'to':2,'change':'default','path':'last','value':'1'}"

typedef struct
{
  const char *old;
  const char *new;
  const char *expected;
} Case;

static MigdescStateType *
schema_new (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  MigdescStateType *schema = migdesc_state_type_new_from_json (json, -1, NULL, &error);

  g_assert_no_error (error);
  return schema;
}

static void
check_cases (const Case *cases,
             gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *old = g_strdup_printf (OLD ("%s"), cases[i].old);
      g_autofree char *new = g_strdup_printf (NEW ("%s", "%s", NOTHING), cases[i].new,
                                              cases[i].old);
      g_autoptr (MigdescStateType) writer = schema_new (old);
      g_autoptr (MigdescStateType) reader = schema_new (new);

      g_test_message ("%s to %s", cases[i].old, cases[i].new);
      ops_assert_text (ops_report (migdesc_state_type_resolve (writer, reader)),
                       cases[i].expected);
    }
}

#define ONE(type, min, max) "{'name':'f','type':'" type "','min':" min ",'max':" max "}"
#define OF(type, more) "{'name':'f','type':'" type "'" more "}"
#define RANGES(from, to)                                                                   \
  "compatible\nwarning state-field-values: f: " from " at the source, " to                  \
  " at the destination\n"
#define NEVER(from, to)                                                                    \
  "incompatible\nblocker state-field-values: f: " from " at the source, " to                \
  " at the destination\n"
#define TYPES(from, to)                                                                    \
  "incompatible\nblocker state-field-type: f: a variant of type " from                      \
  " after the transforms, " to " at the destination\n"

static const Case integers[] = {
  { ONE ("i8", "-5", "5"), ONE ("i8", "-5", "5"), "compatible\n" },
  { ONE ("i8", "-5", "5"), ONE ("i64", "-4", "5"), RANGES ("-5 to 5", "-4 to 5") },
  { ONE ("i16", "-300", "-200"), ONE ("i16", "-199", "-1"), NEVER ("-300 to -200", "-199 to -1") },
  { ONE ("i32", "-70000", "70000"), ONE ("i32", "0", "70000"),
    RANGES ("-70000 to 70000", "0 to 70000") },
  { ONE ("i64", "-5000000000", "1"), ONE ("u64", "0", "1"), RANGES ("-5000000000 to 1", "0 to 1") },
  { ONE ("i64", "-2", "-1"), ONE ("u8", "0", "9"), NEVER ("-2 to -1", "0 to 9") },
  { ONE ("u64", "0", "'18446744073709551615'"), ONE ("i64", "-1", "'9223372036854775807'"),
    RANGES ("0 to 18446744073709551615", "-1 to 9223372036854775807") },
  { ONE ("u16", "7", "8"), ONE ("u8", "9", "10"), NEVER ("7 to 8", "9 to 10") },
  { OF ("flags8", ",'words':['a','b','c']"), OF ("flags8", ",'words':['a','b']"),
    RANGES ("0 to 7", "0 to 3") },
  { OF ("enum8", ",'words':['a','b']"), OF ("enum8", ",'words':['a','b','c']"), "compatible\n" },
  { OF ("constant16", ",'value':7"), OF ("constant16", ",'value':7"), "compatible\n" },
  { OF ("constant16", ",'value':7"), OF ("constant16", ",'value':8"), NEVER ("7 to 7", "8 to 8") },
  { OF ("timer", ""), ONE ("i64", "0", "9"), RANGES ("-1 to 9223372036854775807", "0 to 9") },
};

static void
test_integers (void)
{
  check_cases (integers, G_N_ELEMENTS (integers));
}

static const Case others[] = {
  { OF ("bool", ""), OF ("bool", ""), "compatible\n" },
  { OF ("bool", ""), ONE ("u8", "0", "1"), TYPES ("b", "u8") },
  { ONE ("u8", "0", "1"), OF ("bool", ""), TYPES ("y", "bool") },
  { ONE ("f64", "-1", "1"), ONE ("f64", "-1", "1"), "compatible\n" },
  { OF ("f64", ",'non-finite':true"), ONE ("u8", "0", "9"), TYPES ("d", "u8") },
  { ONE ("u8", "0", "9"), ONE ("f64", "0", "9"), "compatible\n" },
  { OF ("string", ",'maximum':9"), OF ("string", ",'maximum':9"), "compatible\n" },
  { OF ("string", ",'maximum':9"), OF ("bytes", ",'maximum':9"), TYPES ("s", "bytes") },
  { OF ("bytes", ",'count':4"), OF ("bytes", ",'count':4"), "compatible\n" },
  { OF ("bytes", ",'count':4"), OF ("bytes", ",'count':5"),
    NEVER ("up to 4 elements or bytes", "5") },
  { OF ("bytes", ",'maximum':9"), OF ("bytes", ",'count':4"),
    RANGES ("up to 9 elements or bytes", "4") },
  { OF ("bytes", ",'maximum':9"), OF ("bytes", ",'maximum':8"),
    RANGES ("up to 9 elements or bytes", "8") },
  { OF ("bitmap", ",'count':20"), OF ("bitmap", ",'count':20"), "compatible\n" },
  { OF ("bitmap", ",'count':20"), OF ("bitmap", ",'count':40"),
    NEVER ("up to 3 elements or bytes", "5") },
  { OF ("struct", ",'struct':'pair'"), ONE ("u8", "0", "9"), TYPES ("a{sv}", "u8") },
  { ONE ("u8", "0", "9"), OF ("struct", ",'struct':'pair'"), TYPES ("y", "struct") },
};

static void
test_others (void)
{
  check_cases (others, G_N_ELEMENTS (others));
}

#define ARRAY(type, max, more) "{'name':'f','type':'" type "','min':0,'max':" max more "}"

static const Case arrays[] = {
  { ARRAY ("u16", "9", ",'count':3"), ARRAY ("u16", "9", ",'count':3"), "compatible\n" },
  { ARRAY ("u16", "9", ",'count':3"), ARRAY ("u16", "8", ",'maximum':3"),
    RANGES ("0 to 9", "0 to 8") },
  { ARRAY ("u16", "9", ",'count':3"), ARRAY ("u16", "9", ",'count':2"),
    NEVER ("up to 3 elements or bytes", "2") },
  { ARRAY ("u16", "9", ",'maximum':3"), ONE ("u16", "0", "9"), TYPES ("aq", "u16") },
  { ONE ("u16", "0", "9"), ARRAY ("u16", "9", ",'maximum':3"), TYPES ("q", "u16") },
  { OF ("struct", ",'struct':'pair'"), ARRAY ("u16", "9", ",'maximum':3"),
    TYPES ("a{sv}", "u16") },
  { OF ("struct", ",'struct':'pair','maximum':3"), OF ("struct", ",'struct':'pair','maximum':2"),
    "compatible\n" },
};

static void
test_arrays (void)
{
  check_cases (arrays, G_N_ELEMENTS (arrays));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-foresee/integers", test_integers);
  g_test_add_func ("/state-foresee/others", test_others);
  g_test_add_func ("/state-foresee/arrays", test_arrays);
  return g_test_run ();
}
