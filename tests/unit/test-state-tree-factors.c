/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <glib.h>

#include "../bench/heap.h"

#include <migdesc/migdesc.h>

/* A tree takes at most three times what a stream has of the state, in each format, while it is read
 * and behind: the table of docs/state-formats.md. Each kind of field is alone in the rows of a long
 * list, at its shortest and with something in it; and so are states that are made to be large. */

typedef struct
{
  const char *name;
  const char *fields; /* of a row */
  const char *row;
} Kind;

#define U(type) "{'name':'a','type':'" type "','min':0,'max':18446744073709551615}"
#define U8 "{'name':'a','type':'u8','min':0,'max':255}"
#define MANY(more) "{'name':'a','type':'u8','min':0,'max':9," more "}"
#define NUMBERS(type, more) \
  "{'name':'a','type':'" type "','min':0,'max':18446744073709551615," more "}"
#define REAL(more) "{'name':'a','type':'f64','min':-1e308,'max':1e308" more "}"
#define COUNT "{'name':'n','type':'u8','min':0,'max':9},"
#define COUNTED(name)                                                                          \
  "{'name':'" name "','type':'u8','min':0,'max':9,'maximum':9,'count-field':'n'}"
#define COUNTED_LONG(name)                                                                     \
  "{'name':'" name "','type':'u64','min':0,'max':18446744073709551615,'maximum':9,"            \
  "'count-field':'n'}"
#define TO(struct, more) "{'name':'a','type':'struct','struct':'" struct "'" more "}"

#define LARGEST "18446744073709551615"

static const Kind kinds[] = {
  { "u8", U8, "{'a':0}" },
  { "u64", U ("u64"), "{'a':0}" },
  { "u64-largest", U ("u64"), "{'a':" LARGEST "}" },
  { "u16-largest", "{'name':'a','type':'u16','min':0,'max':65535}", "{'a':65535}" },
  { "i16-least", "{'name':'a','type':'i16','min':-32768,'max':9}", "{'a':-32768}" },
  { "u64s", NUMBERS ("u64", "'count':10"), "{'a':[0,0,0,0,0,0,0,0,0,0]}" },
  { "u64s-one-large", NUMBERS ("u64", "'count':10"), "{'a':[0,0,0,0,0,0,0,0,0," LARGEST "]}" },
  { "u64s-half-large", NUMBERS ("u64", "'count':4"), "{'a':[0,4294967296,0,4294967296]}" },
  { "u64s-third-large", NUMBERS ("u64", "'count':3"), "{'a':[0,0," LARGEST "]}" },
  { "i64s", "{'name':'a','type':'i64','min':-9223372036854775808,'max':9,'count':4}",
    "{'a':[-1,-9223372036854775808,-24,5]}" },
  { "bool", "{'name':'a','type':'bool'}", "{'a':true}" },
  { "bools", "{'name':'a','type':'bool','count':3}", "{'a':[true,false,true]}" },
  { "real", REAL (""), "{'a':0}" },
  { "real-tenth", REAL (""), "{'a':0.1}" },
  { "reals", REAL (",'count':8"), "{'a':[0,0,0.1,0,0,0.1,0,0]}" },
  { "reals-tenths", REAL (",'count':8"), "{'a':[0.1,0.1,0.1,0.1,0.1,0,0,0]}" },
  { "reals-ones", REAL (",'count':8"), "{'a':[1,1,1,99,7,1e9,1e9,-1]}" },
  { "pointer-absent", TO ("one", ",'nullable':true"), "{'a':null}" },
  { "pointer", TO ("one", ",'nullable':true"), "{'a':{'b':0}}" },
  { "pointers", TO ("p4", ",'nullable':true"), "{'a':{'a':{'a':{'a':{'a':{'b':0}}}}}}" },
  { "text-empty", "{'name':'a','type':'string','maximum':9}", "{'a':''}" },
  { "text", "{'name':'a','type':'string','maximum':9}", "{'a':'x'}" },
  { "bytes-empty", "{'name':'a','type':'bytes','maximum':9}", "{'a':''}" },
  { "bytes", "{'name':'a','type':'bytes','maximum':9}", "{'a':'AA=='}" },
  { "list-empty", MANY ("'maximum':9"), "{'a':[]}" },
  { "list", MANY ("'maximum':9"), "{'a':[0]}" },
  { "list-u16", "{'name':'a','type':'u16','min':0,'max':999,'maximum':9}", "{'a':[300]}" },
  { "lists", TO ("l4", ",'maximum':2"),
    "{'a':[{'a':[{'a':[{'a':[{'a':[{'b':1}]}]}]}]},{'a':[{'a':[{'a':[{'a':[]},{'a':[]}]}]}]}]}" },
  { "fixed-in-fixed", TO ("f4", ",'count':1"),
    "{'a':[{'a':[{'a':[{'a':[{'a':[{'b':0}]}]}]}]}]}" },
  { "counted-empty", COUNT COUNTED ("a"), "{'n':0,'a':[]}" },
  { "counted-empty-5",
    COUNT COUNTED ("a") "," COUNTED ("b") "," COUNTED ("c") "," COUNTED ("d") "," COUNTED ("e"),
    "{'n':0,'a':[],'b':[],'c':[],'d':[],'e':[]}" },
  { "counted", COUNT COUNTED ("a"), "{'n':1,'a':[0]}" },
  { "counted-5",
    COUNT COUNTED ("a") "," COUNTED ("b") "," COUNTED ("c") "," COUNTED ("d") "," COUNTED ("e"),
    "{'n':1,'a':[0],'b':[1],'c':[2],'d':[3],'e':[4]}" },
  { "counted-long", COUNT COUNTED_LONG ("a") "," COUNTED_LONG ("b"), "{'n':1,'a':[0],'b':[0]}" },
  { "counted-structs", COUNT TO ("one", ",'maximum':9,'count-field':'n'"),
    "{'n':2,'a':[{'b':1},{'b':2}]}" },
  { "bits-empty", COUNT "{'name':'a','type':'bitmap','maximum':262144,'count-field':'n'}",
    "{'n':0,'a':''}" },
  { "bits", COUNT "{'name':'a','type':'bitmap','maximum':262144,'count-field':'n'}",
    "{'n':1,'a':'AQ=='}" },
};

#define ONE "{'name':'one','fields':[{'name':'b','type':'u8','min':0,'max':9}]},"
#define PART(name, next, more)                                                                 \
  "{'name':'" name "','fields':[{'name':'a','type':'struct','struct':'" next "'," more "}]},"
#define CHAIN(name, more)                                                                      \
  PART (name "1", "one", more)                                                                 \
  PART (name "2", name "1", more) PART (name "3", name "2", more) PART (name "4", name "3", more)

static const struct
{
  const char *used; /* by a row */
  const char *text;
} structs[] = {
  { "'p4'", ONE CHAIN ("p", "'nullable':true") },
  { "'l4'", ONE CHAIN ("l", "'maximum':2") },
  { "'f4'", ONE CHAIN ("f", "'count':1") },
  { "'one'", ONE },
};

static const char *
get_structs (const Kind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (structs); i++)
    if (strstr (kind->fields, structs[i].used) != NULL)
      return structs[i].text;
  return "";
}

static MigdescStateType *
new_schema (const Kind *kind)
{
  g_autofree char *text = g_strdup_printf (
      "{'state-schema':1,'name':'s','version':1,'minimum':1,'structs':[%s"
      "{'name':'row','fields':[%s]}],'fields':["
      "{'name':'rows','type':'struct','struct':'row','maximum':100000}]}",
      get_structs (kind), kind->fields);
  g_autoptr (GError) error = NULL;
  MigdescStateType *schema
      = migdesc_state_type_new_from_json (g_strdelimit (text, "'", '"'), -1, NULL, &error);

  g_assert_no_error (error);
  return schema;
}

static MigdescState *
make_state (const Kind *kind,
            MigdescStateType *schema,
            guint n)
{
  GString *text = g_string_new ("{'rows':[");
  g_autoptr (GError) error = NULL;
  MigdescState *state;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : ",", kind->row);
  g_string_append (text, "]}");
  g_strdelimit (text->str, "'", '"');
  state = migdesc_state_new_from_json (schema, text->str, -1, NULL, &error);
  g_assert_no_error (error);
  g_string_free (text, TRUE);
  return state;
}

static GBytes *
save (MigdescState *state,
      const char *format)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, NULL);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  migdesc_stream_writer_add_state (writer, "dev0", NULL, state, &error);
  g_assert_no_error (error);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  return bytes;
}

typedef struct
{
  gsize wire; /* bytes of the stream */
  gsize held; /* of the tree, when its reader is gone */
  gsize peak; /* while the stream was read, beside the stream itself */
} Taken;

static Taken
measure (MigdescStateType *schema,
         const char *format,
         GBytes *bytes)
{
  MigdescStreamReader *reader;
  g_autoptr (GError) error = NULL;
  Taken taken = { .wire = g_bytes_get_size (bytes) };
  MigdescState *state;
  gsize before = heap_used;

  heap_peak = heap_used;
  reader = migdesc_stream_reader_new (format, NULL, NULL);
  migdesc_stream_reader_add_schema (reader, schema);
  migdesc_stream_reader_read_bytes (reader, bytes, &error);
  g_assert_no_error (error);
  taken.peak = heap_peak - before;
  state = migdesc_stream_reader_get_state (reader, "dev0");
  g_object_unref (reader);
  before = heap_used;
  migdesc_state_unref (state);
  taken.held = before - heap_used;
  return taken;
}

#define FEW 1000u
#define MORE 20000u

/* What so many rows more take, so that what is the same for every state does not count. */
static Taken
get_difference (const Kind *kind,
                const char *format)
{
  g_autoptr (MigdescStateType) schema = new_schema (kind);
  g_autoptr (MigdescState) few = make_state (kind, schema, FEW);
  g_autoptr (MigdescState) more = make_state (kind, schema, MORE);
  g_autoptr (GBytes) few_bytes = save (few, format);
  g_autoptr (GBytes) more_bytes = save (more, format);
  const Taken less = measure (schema, format, few_bytes);
  const Taken all = measure (schema, format, more_bytes);

  return (Taken) { all.wire - less.wire, all.held - less.held, all.peak - less.peak };
}

/* Memcheck and the address sanitizer have blocks of other sizes. */
static gboolean
has_own_heap (void)
{
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
  return FALSE;
#else
  return g_getenv ("MIGDESC_MEMCHECK") == NULL;
#endif
}

/* Readers of all formats but `binary` have a copy of the whole stream, which may have twice its
 * room. */
static gsize
get_most (const char *format)
{
  return g_str_equal (format, "binary") ? 3 : 5;
}

static void
test_factors (gconstpointer data)
{
  const char *format = data;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const Taken found = get_difference (&kinds[i], format);

      g_test_message ("%s %s: %.2f times of %.2f bytes held, %.2f at most", format, kinds[i].name,
                      (double) found.held / (double) found.wire,
                      (double) found.wire / (MORE - FEW),
                      (double) found.peak / (double) found.wire);
      if (!has_own_heap ())
        continue;
      g_assert_cmpuint (found.held, <=, 3 * found.wire);
      g_assert_cmpuint (found.peak, <=, get_most (format) * found.wire);
    }
}

/* The bits of a bitmap count as what they take, not as the most there could be. */
static void
test_bits (void)
{
  const Kind *kind = &kinds[G_N_ELEMENTS (kinds) - 1];
  g_autoptr (MigdescStateType) schema = new_schema (kind);
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescState) state = make_state (kind, schema, 500);
  g_autofree char *json = migdesc_state_to_json (state, FALSE);
  g_autoptr (MigdescState) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (kind->name, ==, "bits");
  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_SIZE, 512);
  again = migdesc_state_new_from_json (schema, json, -1, limits, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (again, state));
  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_SIZE, 256);
  g_assert_null (migdesc_state_new_from_json (schema, json, -1, limits, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==,
                   "rows[343]: the tree takes more than 768 bytes, three times the limit "
                   "state-size (line 1, column 6532, /rows/343/n)");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/state-tree-factors/binary", "binary", test_factors);
  g_test_add_data_func ("/state-tree-factors/json", "json", test_factors);
#ifdef MIGDESC_HAVE_CBOR
  g_test_add_data_func ("/state-tree-factors/cbor", "cbor", test_factors);
#endif
#ifdef MIGDESC_HAVE_DER
  g_test_add_data_func ("/state-tree-factors/der", "der", test_factors);
#endif
  g_test_add_func ("/state-tree-factors/bits", test_bits);
  return g_test_run ();
}
