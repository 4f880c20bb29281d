/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <glib.h>

#include "../bench/heap.h"

#include <migdesc/migdesc.h>

/* How much memory a tree takes for what a stream has, by kind of field: the table of
 * docs/state-formats.md. Each kind is alone in the rows of a long list, at its shortest and with
 * something in it. */

typedef enum
{
  BINARY,
  JSON,
  CBOR,
  DER,
  N_FORMATS
} Format;

static const char *const formats[] = { "binary", "json", "cbor", "der" };

typedef struct
{
  const char *name;
  const char *fields; /* of a row */
  const char *row;
  guint memory; /* bytes in a tree for a row; a block of up to 24 bytes has 24 */
  guint wire[N_FORMATS]; /* bytes in a stream for a row */
} Kind;

#define U(type) "{'name':'a','type':'" type "','min':0,'max':255}"
#define MANY(more) "{'name':'a','type':'u8','min':0,'max':9," more "}"
#define COUNT "{'name':'n','type':'u8','min':0,'max':9},"
#define COUNTED(name)                                                                          \
  "{'name':'" name "','type':'u8','min':0,'max':9,'maximum':9,'count-field':'n'}"

static const Kind kinds[] = {
  { "u8", U ("u8"), "{'a':0}", 1, { 1, 8, 4, 5 } },
  { "u64", U ("u64"), "{'a':0}", 8, { 8, 8, 4, 5 } },
  { "u64s", "{'name':'a','type':'u64','min':0,'max':255,'count':10}",
    "{'a':[0,0,0,0,0,0,0,0,0,0]}", 80, { 80, 28, 14, 34 } },
  { "bool", "{'name':'a','type':'bool'}", "{'a':true}", 1, { 1, 11, 4, 5 } },
  { "pointer-absent", "{'name':'a','type':'struct','struct':'one','nullable':true}", "{'a':null}",
    8, { 1, 11, 4, 4 } },
  { "pointer", "{'name':'a','type':'struct','struct':'one','nullable':true}", "{'a':{'b':0}}", 32,
    { 2, 14, 7, 7 } },
  { "pointers", "{'name':'a','type':'struct','struct':'p4','nullable':true}",
    "{'a':{'a':{'a':{'a':{'a':{'b':0}}}}}}", 128, { 6, 38, 19, 15 } },
  { "text-empty", "{'name':'a','type':'string','maximum':9}", "{'a':''}", 8, { 4, 9, 4, 4 } },
  { "text", "{'name':'a','type':'string','maximum':9}", "{'a':'x'}", 32, { 5, 10, 5, 5 } },
  { "bytes-empty", "{'name':'a','type':'bytes','maximum':9}", "{'a':''}", 12, { 4, 9, 4, 4 } },
  { "bytes", "{'name':'a','type':'bytes','maximum':9}", "{'a':'AA=='}", 36, { 5, 13, 5, 5 } },
  { "list-empty", MANY ("'maximum':9"), "{'a':[]}", 12, { 4, 9, 4, 4 } },
  { "list", MANY ("'maximum':9"), "{'a':[0]}", 36, { 5, 10, 5, 7 } },
  { "counted-empty", COUNT COUNTED ("a"), "{'n':0,'a':[]}", 13,
    { 1, 15, 7, 7 } },
  { "counted-empty-5",
    COUNT COUNTED ("a") "," COUNTED ("b") "," COUNTED ("c") "," COUNTED ("d") "," COUNTED ("e"),
    "{'n':0,'a':[],'b':[],'c':[],'d':[],'e':[]}", 61, { 1, 43, 19, 15 } },
  { "counted", COUNT COUNTED ("a"), "{'n':1,'a':[0]}", 37,
    { 2, 16, 8, 10 } },
  { "bits-empty", COUNT "{'name':'a','type':'bitmap','maximum':262144,'count-field':'n'}",
    "{'n':0,'a':''}", 13, { 1, 15, 7, 7 } },
  { "bits", COUNT "{'name':'a','type':'bitmap','maximum':262144,'count-field':'n'}",
    "{'n':1,'a':'AQ=='}", 37, { 2, 19, 8, 8 } },
};

#define ONE "{'name':'one','fields':[{'name':'b','type':'u8','min':0,'max':9}]},"
#define LINK(name, next)                                                                       \
  "{'name':'" name "','fields':[{'name':'a','type':'struct','struct':'" next "',"               \
  "'nullable':true}]},"
#define CHAIN LINK ("p1", "one") LINK ("p2", "p1") LINK ("p3", "p2") LINK ("p4", "p3")

static MigdescStateType *
new_schema (const Kind *kind)
{
  g_autofree char *text = g_strdup_printf (
      "{'state-schema':1,'name':'s','version':1,'minimum':1,'structs':[%s"
      "{'name':'row','fields':[%s]}],'fields':["
      "{'name':'rows','type':'struct','struct':'row','maximum':100000}]}",
      strstr (kind->fields, "'p4'") != NULL    ? ONE CHAIN
      : strstr (kind->fields, "'one'") != NULL ? ONE
                                               : "",
      kind->fields);
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

/* The tree of a stream, when its reader is gone. */
static gsize
measure (MigdescStateType *schema,
         const char *format,
         GBytes *bytes)
{
  MigdescStreamReader *reader = migdesc_stream_reader_new (format, NULL, NULL);
  g_autoptr (GError) error = NULL;
  MigdescState *state;
  gsize before, after;

  migdesc_stream_reader_add_schema (reader, schema);
  migdesc_stream_reader_read_bytes (reader, bytes, &error);
  g_assert_no_error (error);
  state = migdesc_stream_reader_get_state (reader, "dev0");
  g_object_unref (reader);
  before = heap_used;
  migdesc_state_unref (state);
  after = heap_used;
  return before - after;
}

#define FEW 1000u
#define MORE 3000u

typedef struct
{
  guint memory;
  guint wire;
} PerRow;

static PerRow
get_per_row (const Kind *kind,
             const char *format)
{
  g_autoptr (MigdescStateType) schema = new_schema (kind);
  g_autoptr (MigdescState) few = make_state (kind, schema, FEW);
  g_autoptr (MigdescState) more = make_state (kind, schema, MORE);
  g_autoptr (GBytes) few_bytes = save (few, format);
  g_autoptr (GBytes) more_bytes = save (more, format);
  gsize memory = measure (schema, format, more_bytes) - measure (schema, format, few_bytes);
  gsize wire = g_bytes_get_size (more_bytes) - g_bytes_get_size (few_bytes);

  /* rounded: a block has up to 16 bytes more, a stream a record more, lengths a byte more */
  return (PerRow) { (guint) ((memory + FEW) / (MORE - FEW)),
                    (guint) ((wire + FEW) / (MORE - FEW)) };
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

static void
test_factors (gconstpointer data)
{
  const Format format = (Format) GPOINTER_TO_UINT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const PerRow found = get_per_row (&kinds[i], formats[format]);

      g_test_message ("%s: %u bytes of memory for %u of %s", kinds[i].name, found.memory,
                      found.wire, formats[format]);
      if (has_own_heap ())
        g_assert_cmpuint (found.memory, ==, kinds[i].memory);
      g_assert_cmpuint (found.wire, ==, kinds[i].wire[format]);
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
  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_SIZE, 8192);
  again = migdesc_state_new_from_json (schema, json, -1, limits, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (again, state));
  migdesc_limits_set (limits, MIGDESC_LIMIT_STATE_SIZE, 4096);
  g_assert_null (migdesc_state_new_from_json (schema, json, -1, limits, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==,
                   "rows[255]: the tree takes more than 12288 bytes, three times the limit "
                   "state-size (line 1, column 4866, /rows/255/a)");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/state-tree-factors/binary", GUINT_TO_POINTER (BINARY), test_factors);
  g_test_add_data_func ("/state-tree-factors/json", GUINT_TO_POINTER (JSON), test_factors);
#ifdef MIGDESC_HAVE_CBOR
  g_test_add_data_func ("/state-tree-factors/cbor", GUINT_TO_POINTER (CBOR), test_factors);
#endif
#ifdef MIGDESC_HAVE_DER
  g_test_add_data_func ("/state-tree-factors/der", GUINT_TO_POINTER (DER), test_factors);
#endif
  g_test_add_func ("/state-tree-factors/bits", test_bits);
  return g_test_run ();
}
