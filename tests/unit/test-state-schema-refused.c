/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

/* Schemas that are refused: where, and why. Written with single quotes. */

typedef struct
{
  const char *text;
  MigdescError code;
  const char *message;
} Refusal;

static void
assert_refused (const char *text,
                MigdescError code,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (MigdescStateType) type = migdesc_state_type_new_from_json (json, -1, NULL, &error);

  if (type != NULL)
    g_error ("accepted: %s", text);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, MIGDESC_ERROR, (int) code);
}

#define SCHEMA(fields) \
  "{'state-schema':1,'name':'n','version':1,'minimum':1,'fields':[" fields "]}"

static const Refusal shapes[] = {
  { "", MIGDESC_ERROR_JSON_SYNTAX, "1:1: the text ends, expected an object" },
  { "[]", MIGDESC_ERROR_DOCUMENT_TYPE, "1:1: expected an object, found an array" },
  { "{}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, "1:1: the schema has no \"state-schema\"" },
  { "{'state-schema':2}", MIGDESC_ERROR_DOCUMENT_VERSION,
    "1:17: a state schema of format 2, only 1 is known (at /state-schema)" },
  { "{'state-schema':1,'name':'n','version':1,'fields':[]}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:1: the schema has no \"minimum\"" },
  { "{'state-schema':1,\n 'x':1}", MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
    "2:2: a state schema has no member \"x\" (at /x)" },
  { "{'name':'n','name':'n'}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    "1:13: the object has a second member \"name\" (at /name)" },
  { "{'version':4294967296}", MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:12: 4294967296 is not a version from 1 to 4294967295 (at /version)" },
  { "{'structs':[{'version':1}]}", MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
    "1:14: a struct has no member \"version\" (at /structs/0/version)" },
  { "{'structs':[{'name':'q'}]}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:13: a struct has no \"fields\" (at /structs/0)" },
  { SCHEMA ("") "x", MIGDESC_ERROR_JSON_TRAILING_DATA,
    "1:66: something follows the end of the document" },
};

static const Refusal fields[] = {
  { SCHEMA ("1"), MIGDESC_ERROR_DOCUMENT_TYPE,
    "1:64: expected an object, found a number (at /fields/0)" },
  { SCHEMA ("{}"), MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:64: a field has no \"type\" (at /fields/0)" },
  { SCHEMA ("{'type':'u9'}"), MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:72: there is no type \"u9\" (at /fields/0/type)" },
  { SCHEMA ("{'type':'u8'}"), MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:64: a field of type u8 has no \"name\" (at /fields/0)" },
  { SCHEMA ("{'type':'u8','name':'a','min':0}"), MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:64: a field of type u8 has no \"max\" (at /fields/0)" },
  { SCHEMA ("{'type':'bool','name':'a','words':[]}"), MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
    "1:90: a field of type bool cannot have \"words\" (at /fields/0/words)" },
  { SCHEMA ("{'type':'u8','colour':1}"), MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
    "1:77: a field has no member \"colour\" (at /fields/0/colour)" },
  { SCHEMA ("{'type':'u8','type':'u8'}"), MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    "1:77: the object has a second member \"type\" (at /fields/0/type)" },
  { SCHEMA ("{'gone':false}"), MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:72: the only value is true; false is said by leaving it out (at /fields/0/gone)" },
  { SCHEMA ("{'type':'bytes','name':'a'}"), MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:64: a number of elements is \"count\", or \"maximum\" and at most one of \"count-field\" "
    "and \"count-param\" (at /fields/0)" },
  { SCHEMA ("{'type':'bytes','name':'a','count':1,'maximum':1}"), MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:64: a number of elements is \"count\", or \"maximum\" and at most one of \"count-field\" "
    "and \"count-param\" (at /fields/0)" },
  { SCHEMA ("{'type':'f64','name':'a','min':1}"), MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:64: a field of type f64 has either \"min\" and \"max\", or \"non-finite\" (at /fields/0)" },
  { SCHEMA ("{'type':'bool','name':'a','if-value':'x'}"), MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:101: \"if-value\" is without \"if-param\" (at /fields/0/if-value)" },
  { SCHEMA ("{'type':'relation','left':'a','relation':'gt','right':'b'}"),
    MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:105: a relation is one of lt, le, eq and ne (at /fields/0/relation)" },
  { SCHEMA ("{'type':'relation','left':'a','relation':'lt'}"), MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:64: a relation has one of \"right\", \"right-param\" and \"right-value\" (at /fields/0)" },
  { SCHEMA ("{'type':'section','fields':[{'type':'section','fields':[]}]}"),
    MIGDESC_ERROR_STATE_TYPE,
    "1:119: a section is in a section, and may be in a device only (at "
    "/fields/0/fields/0/fields)" },
};

#define NUMBER(min, max) SCHEMA ("{'name':'a','type':'i8','min':" min ",'max':" max "}")

static const Refusal numbers[] = {
  { NUMBER ("0", "1.5"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:102: 1.5 is not an integer from -9223372036854775808 to 9223372036854775807 (at "
    "/fields/0/max)" },
  { NUMBER ("0", "'01'"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:102: 01 is not an integer from -9223372036854775808 to 9223372036854775807 (at "
    "/fields/0/max)" },
  { NUMBER ("0", "'-'"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:102: - is not an integer from -9223372036854775808 to 9223372036854775807 (at "
    "/fields/0/max)" },
  { NUMBER ("0", "'0x1'"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:102: 0x1 is not an integer from -9223372036854775808 to 9223372036854775807 (at "
    "/fields/0/max)" },
  { NUMBER ("0", "9223372036854775808"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:102: 9223372036854775808 is not an integer from -9223372036854775808 to "
    "9223372036854775807 (at /fields/0/max)" },
  { NUMBER ("-129", "1"), MIGDESC_ERROR_STATE_TYPE,
    "1:64: n.a: bounds from -129 to 1, the type has -128 to 127 (at /fields/0)" },
  { SCHEMA ("{'name':'a','type':'u8','min':-1,'max':1}"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:94: -1 is not an integer from 0 to 18446744073709551615 (at /fields/0/min)" },
  { SCHEMA ("{'name':'a','type':'bytes','count':4294967296}"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:99: 4294967296 is not an integer from 0 to 4294967295 (at /fields/0/count)" },
  { SCHEMA ("{'name':'a','type':'f64','min':'0','max':1}"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:95: 0 is not a finite number (at /fields/0/min)" },
  { SCHEMA ("{'name':'a','type':'f64','min':0,'max':1e999}"), MIGDESC_ERROR_VALUE_NOT_INT,
    "1:103: 1e999 is not a finite number (at /fields/0/max)" },
};

#define STRUCTS(structs, fields) \
  "{'state-schema':1,'name':'n','version':1,'minimum':1,'structs':[" structs "],'fields':[" \
  fields "]}"
#define A "{'name':'a','type':'bool'}"
#define USE(name) "{'name':'u','type':'struct','struct':'" name "'}"
/* 4000000000 numbers of 8 bytes, and where a pointer has them, that pointer and a count */
#if GLIB_SIZEOF_VOID_P == 8
#define STATE_MEMORY "32000000012"
#else
#define STATE_MEMORY "32000000008"
#endif

static const Refusal structs[] = {
  { SCHEMA (USE ("q")), MIGDESC_ERROR_STATE_TYPE,
    "1:64: no struct \"q\" is declared before this one (at /fields/0)" },
  { STRUCTS ("{'name':'q','fields':[" USE ("q") "]}", USE ("q")), MIGDESC_ERROR_STATE_TYPE,
    "1:87: no struct \"q\" is declared before this one (at /structs/0/fields/0)" },
  { STRUCTS ("{'name':'q','fields':[" USE ("r") "]},{'name':'r','fields':[" A "]}", USE ("q")),
    MIGDESC_ERROR_STATE_TYPE,
    "1:87: no struct \"r\" is declared before this one (at /structs/0/fields/0)" },
  { STRUCTS ("{'name':'q','fields':[" A "]},{'name':'q','fields':[" A "]}", USE ("q")),
    MIGDESC_ERROR_STATE_TYPE,
    "1:116: there are two structs of the name \"q\" (at /structs/1)" },
  { STRUCTS ("{'name':'q','fields':[" A "]}", A), MIGDESC_ERROR_STATE_TYPE,
    "1:65: the struct \"q\" is not used by any field behind it (at /structs/0)" },
  { STRUCTS ("{'name':'n','fields':[" A "]}", USE ("n")), MIGDESC_ERROR_STATE_TYPE,
    "1:1: n: two structs have this name" },
  { STRUCTS ("{'name':'q','fields':[]}", USE ("q")), MIGDESC_ERROR_STATE_TYPE,
    "1:65: q: a nested struct has at least one field without gates whose count is not a "
    "parameter, or its elements would take no bytes (at /structs/0)" },
  { STRUCTS ("{'name':'q','fields':[{'name':'a','type':'u64','min':0,'max':0,'count':4000000000}]}",
             USE ("q")),
    MIGDESC_ERROR_STATE_TYPE,
    "1:1: n: a state may need " STATE_MEMORY " bytes of memory, at most 4294967296 are allowed" },
  { SCHEMA ("{'name':'s','type':'section','version':65536,'minimum':1,'fields':[]}"),
    MIGDESC_ERROR_STATE_TYPE,
    "1:64: n.s: version 65536 and minimum 1, they are 1 to 65535 and in that order (at "
    "/fields/0)" },
  { SCHEMA ("{'name':'a','type':'u8','min':0,'max':1,'maximum':4,'count-field':'b'}"),
    MIGDESC_ERROR_STATE_TYPE, "1:64: n.a: there is no field b (at /fields/0)" },
};

static void
test_refusals (gconstpointer data)
{
  const Refusal *const *range = data;

  for (const Refusal *refusal = range[0]; refusal != range[1]; refusal++)
    assert_refused (refusal->text, refusal->code, refusal->message);
}

/* Twenty levels, each with two of the one below: a small text for a million fields. */
static void
test_expansion (void)
{
  g_autoptr (GString) text = g_string_new (
      "{'state-schema':1,'name':'n','version':1,'minimum':1,'structs':[{'name':'q0','fields':[" A
      "]}");

  for (guint i = 1; i < 20; i++)
    g_string_append_printf (text,
                            ",{'name':'q%u','fields':[{'name':'a','type':'struct','struct':'q%u'},"
                            "{'name':'b','type':'struct','struct':'q%u'}]}",
                            i, i - 1, i - 1);
  g_string_append (text, "],'fields':[{'name':'a','type':'struct','struct':'q19'}]}");
  assert_refused (text->str, MIGDESC_ERROR_STATE_TYPE,
                  "1:1752: q15.b: with this field there are more than 65536, those of nested "
                  "structs and of each version of a section counted (at /structs/15/fields/1)");
}

/* An array of structs is two levels. */
static void
test_nesting (void)
{
  for (guint levels = 16; levels <= 17; levels++)
    {
      g_autoptr (GString) text
          = g_string_new ("{'state-schema':1,'name':'n','version':1,'minimum':1,'structs':[{'name':"
                          "'q1','fields':[" A "]}");
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescStateType) type = NULL;

      for (guint i = 2; i <= levels; i++)
        g_string_append_printf (text,
                                ",{'name':'q%u','fields':[{'name':'a','type':'struct','struct':"
                                "'q%u','maximum':1}]}",
                                i, i - 1);
      g_string_append_printf (text,
                              "],'fields':[{'name':'a','type':'struct','struct':'q%u','maximum':1}"
                              "]}",
                              levels);
      g_strdelimit (text->str, "'", '"');
      type = migdesc_state_type_new_from_json (text->str, -1, NULL, &error);
      g_assert_cmpstr (error == NULL ? NULL : error->message, ==,
                       levels == 16 ? NULL
                                    : "1:1423: n.a: structs, arrays and sections are inside each "
                                      "other more than 32 levels deep (at /fields/0)");
    }
}

static void
test_many_fields (void)
{
  g_autoptr (GString) text
      = g_string_new ("{'state-schema':1,'name':'n','version':1,'minimum':1,'fields':[");

  for (guint i = 0; i < 2049; i++)
    g_string_append_printf (text, "%s{'name':'a%u','type':'bool'}", i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  assert_refused (text->str, MIGDESC_ERROR_STATE_TYPE,
                  "1:62442: there are more than 2048 fields (at /fields/2048)");
}

int
main (int argc,
      char *argv[])
{
  static const Refusal *const ranges[][2] = {
    { shapes, shapes + G_N_ELEMENTS (shapes) },
    { fields, fields + G_N_ELEMENTS (fields) },
    { numbers, numbers + G_N_ELEMENTS (numbers) },
    { structs, structs + G_N_ELEMENTS (structs) },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/state-schema-refused/shapes", ranges[0], test_refusals);
  g_test_add_data_func ("/state-schema-refused/fields", ranges[1], test_refusals);
  g_test_add_data_func ("/state-schema-refused/numbers", ranges[2], test_refusals);
  g_test_add_data_func ("/state-schema-refused/structs", ranges[3], test_refusals);
  g_test_add_func ("/state-schema-refused/expansion", test_expansion);
  g_test_add_func ("/state-schema-refused/nesting", test_nesting);
  g_test_add_func ("/state-schema-refused/many-fields", test_many_fields);

  return g_test_run ();
}
