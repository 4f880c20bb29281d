/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "../bench/heap.h"
#include "../fuzz/fuzz-stream.h"

/* What a stream says that there is, and has not: wherever a number is put, hashes put right, the
 * memory that it takes to read it is that of the input and at most 1 MiB beside. */

#define MANY (1 << 24)
#define SPARE (1024 * 1024)

typedef struct
{
  guint64 a;
  guint8 b;
} Row;

typedef struct
{
  guint32 n_numbers;
  guint64 *numbers;
  guint32 n_bytes;
  guint8 *bytes;
  guint32 n_rows;
  Row *rows;
  char *text;
  guint32 n_told;
  guint8 told[8];
  GPtrArray *listed;
  GList *chain;
  GQueue line;
  Row *maybe;
  guint32 n_inside;
  guint16 inside[100];
} Greedy;

static const MigdescField row_fields[] = {
  MIGDESC_U64 (Row, a, 0, G_MAXUINT64),
  MIGDESC_U8 (Row, b, 0, G_MAXUINT8),
};
MIGDESC_STRUCT (row, Row, 1, 1, row_fields, NULL);
static const MigdescField greedy_fields[] = {
  MIGDESC_VARRAY (Greedy, numbers, n_numbers, MANY, U64, 0, G_MAXUINT64),
  MIGDESC_VBYTES (Greedy, bytes, n_bytes, 1u << 30),
  MIGDESC_VSTRUCTS (Greedy, rows, n_rows, MANY, row),
  MIGDESC_STRING (Greedy, text, 65536),
  MIGDESC_U32 (Greedy, n_told, 0, 64),
  MIGDESC_BITMAP_COUNTED (Greedy, told, n_told),
  MIGDESC_LIST (Greedy, listed, row, MANY),
  MIGDESC_GLIST (Greedy, chain, row, MANY),
  MIGDESC_GQUEUE (Greedy, line, row, MANY),
  MIGDESC_POINTER (Greedy, maybe, row),
  MIGDESC_ARRAY_N (Greedy, inside, n_inside, U16, 0, 9),
};
MIGDESC_STRUCT (greedy_state, Greedy, 1, 1, greedy_fields, NULL);

static Row *
new_row (guint64 a)
{
  Row *one = g_new0 (Row, 1);

  one->a = a;
  return one;
}

static void
fill (Greedy *state)
{
  *state = (Greedy) { .n_numbers = 2, .n_bytes = 3, .n_rows = 1, .n_told = 20, .n_inside = 1 };
  state->numbers = g_new0 (guint64, 2);
  state->bytes = g_memdup2 ("\1\2\3", 3);
  state->rows = new_row (7);
  state->text = g_strdup ("text");
  state->listed = g_ptr_array_new ();
  g_ptr_array_add (state->listed, new_row (8));
  state->chain = g_list_append (NULL, new_row (9));
  g_queue_push_tail (&state->line, new_row (10));
  state->maybe = new_row (11);
}

static const Device greedy = { &greedy_state, 1, NULL, NULL };

static GBytes *
save (const char *format)
{
  g_autoptr (MigdescStateType) type = stream_type (&greedy_state);
  Greedy state;
  GBytes *bytes;

  fill (&state);
  bytes = fuzz_save (&greedy, type, &state, format);
  migdesc_state_type_clear_struct (type, &state);
  return bytes;
}

/* How much more there was at once than before. 0 under memcheck, which has functions of its own. */
static gsize
get_peak (gsize before)
{
  return g_getenv ("MIGDESC_MEMCHECK") != NULL ? 0 : heap_peak - before;
}

static gsize
begin_peak (void)
{
  heap_peak = heap_used;
  return heap_used;
}

typedef struct
{
  MigdescStateType *type;
  MigdescStateType *schema;
  guint refused;
  guint read;
} Readers;

static void
count (Readers *readers,
       const GError *error)
{
  if (error == NULL)
    readers->read++;
  else
    {
      readers->refused++;
      fuzz_check_error (error);
    }
}

static void
read_struct (Readers *readers,
             const guint8 *data,
             gsize length)
{
  const gsize before = begin_peak ();
  Greedy state;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);

  migdesc_state_type_init_struct (readers->type, &state);
  migdesc_stream_reader_expect_struct (reader, "dev0", NULL, readers->type, &state, NULL);
  stream_feed (reader, data, length, length, &error);
  count (readers, error);
  g_assert_cmpuint (get_peak (before), <, length + SPARE);
  migdesc_state_type_clear_struct (readers->type, &state);
}

static void
read_tree (Readers *readers,
           const guint8 *data,
           gsize length)
{
  const gsize before = begin_peak ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);

  migdesc_stream_reader_add_schema (reader, readers->schema);
  stream_feed (reader, data, length, length, &error);
  count (readers, error);
  g_assert_cmpuint (get_peak (before), <, 3 * length + SPARE);
}

static const struct
{
  const char *format;
  gboolean binary;
  guint length;
  guint8 bytes[10];
} numbers[] = {
  { "binary", TRUE, 4, { 0xff, 0xff, 0xff, 0xff } },
  { "binary", TRUE, 4, { 0xff, 0xff, 0xff, 0x7f } },
  { "binary", TRUE, 4, { 0xff, 0xff, 0xff, 0x3f } },
  { "binary", TRUE, 4, { 0x00, 0x00, 0x00, 0x01 } },
  { "binary", TRUE, 4, { 0xff, 0xff, 0xff, 0x00 } },
  { "binary", TRUE, 4, { 0xff, 0xff, 0x00, 0x00 } },
  { "json", FALSE, 10, "4294967295" },
  { "json", FALSE, 8, "16777215" },
  { "cbor", FALSE, 5, { 0x9a, 0xff, 0xff, 0xff, 0xff } },
  { "cbor", FALSE, 5, { 0x9a, 0x00, 0xff, 0xff, 0xff } },
  { "cbor", FALSE, 5, { 0xba, 0xff, 0xff, 0xff, 0xff } },
  { "cbor", FALSE, 5, { 0x5a, 0xff, 0xff, 0xff, 0xff } },
  { "cbor", FALSE, 5, { 0x5a, 0x3f, 0xff, 0xff, 0xff } },
  { "cbor", FALSE, 5, { 0x7a, 0xff, 0xff, 0xff, 0xff } },
  { "cbor", FALSE, 9, { 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff } },
  { "der", FALSE, 6, { 0x30, 0x84, 0xff, 0xff, 0xff, 0xff } },
  { "der", FALSE, 6, { 0x30, 0x84, 0x7f, 0xff, 0xff, 0xff } },
  { "der", FALSE, 6, { 0x04, 0x84, 0xff, 0xff, 0xff, 0xff } },
  { "der", FALSE, 6, { 0x04, 0x84, 0x3f, 0xff, 0xff, 0xff } },
  { "der", FALSE, 5, { 0x84, 0xff, 0xff, 0xff, 0xff } },
};

/* Inside of the records, never over their lengths: those are tried, and mended, elsewhere. */
static gboolean
is_body (const guint8 *data,
         gsize n,
         guint width)
{
  guint32 length;

  for (gsize at = FUZZ_HEADER; at <= n; at += 16 + length)
    {
      memcpy (&length, data + at, sizeof length);
      length = GUINT32_FROM_LE (length);
      if (n >= at + 8 && n + width <= at + 8 + length)
        return data[at + 4] == 'S';
    }
  return FALSE;
}

static void
try_number (Readers *readers,
            GBytes *bytes,
            guint number)
{
  gsize length = g_bytes_get_size (bytes);
  const guint8 *original = g_bytes_get_data (bytes, NULL);

  for (gsize n = 0; n + numbers[number].length <= length; n++)
    {
      g_autofree guint8 *data = g_memdup2 (original, length);

      if (numbers[number].binary && !is_body (original, n, numbers[number].length))
        continue;
      memcpy (data + n, numbers[number].bytes, numbers[number].length);
      if (numbers[number].binary)
        fuzz_mend (data, length);
      read_struct (readers, data, length);
      read_tree (readers, data, length);
    }
}

static void
test_counts (gconstpointer format)
{
  g_autoptr (MigdescStateType) type = stream_type (&greedy_state);
  g_autoptr (MigdescStateType) schema = migdesc_state_type_new_effective (type, 1, NULL, NULL);
  g_autoptr (GBytes) bytes = save (format);
  Readers readers = { type, schema, 0, 0 };

  read_struct (&readers, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  read_tree (&readers, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpuint (readers.read, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (numbers[i].format, format) == 0)
      try_number (&readers, bytes, i);
  g_assert_cmpuint (readers.refused, >, 100);
}

/* The counts themselves, so that it is known that they are reached. */
static void
test_reached (void)
{
  static const char *const messages[]
      = { "dev0: numbers: ", "dev0: bytes: ", "dev0: rows: ", "dev0: text: ", "dev0: listed: ",
          "dev0: chain: ", "dev0: line: ", "dev0: inside: " };
  g_autoptr (GBytes) bytes = save ("binary");
  gsize length = g_bytes_get_size (bytes);
  guint found = 0;

  for (gsize n = 0; n + 4 <= length; n++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
      g_autoptr (GError) error = NULL;

      if (!is_body (data, n, 4))
        continue;
      memset (data + n, 0xff, 4);
      fuzz_mend (data, length);
      error = stream_load (&greedy, data, length, length);
      for (guint i = 0; error != NULL && i < G_N_ELEMENTS (messages); i++)
        if (g_str_has_prefix (error->message, messages[i])
            && strstr (error->message, "4294967295") != NULL)
          found |= 1u << i;
    }
  g_assert_cmpuint (found, ==, (1u << G_N_ELEMENTS (messages)) - 1);
}

/* A tree of a whole stream, against the stream. */
static void
assert_tree_size (const char *format,
                  const Greedy *state)
{
  g_autoptr (MigdescStateType) type = stream_type (&greedy_state);
  g_autoptr (MigdescStateType) schema = migdesc_state_type_new_effective (type, 1, NULL, NULL);
  g_autoptr (GBytes) bytes = fuzz_save (&greedy, type, (gpointer) state, format);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gsize before;

  migdesc_stream_reader_add_schema (reader, schema);
  before = begin_peak ();
  migdesc_stream_reader_read_bytes (reader, bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_peak (before), <,
                    HEAP_GROWING * 3 * g_bytes_get_size (bytes) + SPARE);
}

static void
test_trees (void)
{
  enum
  {
    N = 300000
  };
  g_auto (GStrv) formats = migdesc_stream_dup_formats (FALSE);
  Greedy numbers_only = { .n_numbers = N, .numbers = g_new (guint64, N) };
  Greedy bytes_only = { .n_bytes = 8 * N, .bytes = g_malloc0 (8 * N) };
  Greedy rows_only = { .n_rows = N, .rows = g_new0 (Row, N) };

  memset (numbers_only.numbers, 0xee, N * sizeof (guint64));
  for (guint i = 0; i < N; i++)
    rows_only.rows[i].a = G_MAXUINT64;
  for (guint i = 0; formats[i] != NULL; i++)
    {
      assert_tree_size (formats[i], &numbers_only);
      assert_tree_size (formats[i], &bytes_only);
      assert_tree_size (formats[i], &rows_only);
    }
  g_free (numbers_only.numbers);
  g_free (bytes_only.bytes);
  g_free (rows_only.rows);
}

int
main (int argc,
      char **argv)
{
  g_auto (GStrv) formats = migdesc_stream_dup_formats (FALSE);
  int status;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/state-counts/%s", formats[i]);

      g_test_add_data_func (path, formats[i], test_counts);
    }
  g_test_add_func ("/state-counts/reached", test_reached);
  g_test_add_func ("/state-counts/trees", test_trees);
  status = g_test_run ();
  return status;
}
