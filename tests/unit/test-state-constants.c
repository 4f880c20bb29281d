/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "../fuzz/fuzz-stream.h"
#include "state-check.h"

/* Constants below 0 and at the ends of their widths, as structs and as trees. */

typedef struct
{
  guint8 end;
} Marked;

static const MigdescField marked_fields[] = {
  MIGDESC_CONSTANT ("i8", I8, -128),
  MIGDESC_CONSTANT ("i16", I16, -1),
  MIGDESC_CONSTANT ("i32", I32, -70000),
  MIGDESC_CONSTANT ("i64", I64, -5000000000),
  MIGDESC_CONSTANT ("least", I64, G_MININT64),
  MIGDESC_CONSTANT ("plus", I64, 7),
  MIGDESC_CONSTANT ("u64", U64, G_MAXUINT64),
  MIGDESC_U8 (Marked, end, 0, 9),
};
MIGDESC_STRUCT (marked, Marked, 1, 1, marked_fields, NULL);

static const char lines[] = "i8 i8=-128\n"
                            "i16 i16=-1\n"
                            "i32 i32=-70000\n"
                            "i64 i64=-5000000000\n"
                            "i64 least=-9223372036854775808\n"
                            "u64 plus=7\n"
                            "u64 u64=18446744073709551615\n"
                            "u8 end=9\n";

static const struct
{
  const char *old;
  const char *new;
  const char *message;
} wrong[] = {
  { "i8=-128", "i8=127", "i8: 127 is not the constant -128" },
  { "i16=-1", "i16=0", "i16: 0 is not the constant -1" },
  { "i32=-70000", "i32=70000", "i32: 70000 is not the constant -70000" },
  { "i64=-5000000000", "i64=-5000000001", "i64: -5000000001 is not the constant -5000000000" },
  { "least=-9223372036854775808", "least=9223372036854775807",
    "least: 9223372036854775807 is not the constant -9223372036854775808" },
  { "plus=7", "plus=6", "plus: 6 is not the constant 7" },
  { "u64=18446744073709551615", "u64=0", "u64: 0 is not the constant 18446744073709551615" },
};

static void
test_lines (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&marked, 1, NULL);
  const Marked state = { 9 };

  assert_round_trip (plan, &state, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = replace (lines, wrong[i].old, wrong[i].new);

      assert_load_error (plan, text, MIGDESC_ERROR_STATE_CONSTANT, wrong[i].message);
    }
}

static const Device device = { &marked, 1, NULL, NULL };

static GBytes *
load_and_save (const char *format,
               GBytes *bytes)
{
  g_autoptr (MigdescStateType) type = stream_type (&marked);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (format, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Marked fresh;

  migdesc_state_type_init_struct (type, &fresh);
  migdesc_stream_reader_expect_struct (reader, "dev0", NULL, type, &fresh, &error);
  g_assert_no_error (error);
  migdesc_stream_reader_read_bytes (reader, bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fresh.end, ==, 9);
  return fuzz_save (&device, type, &fresh, format);
}

/* As a tree, by the schema that the table writes. */
static MigdescState *
load_tree (const char *format,
           GBytes *bytes)
{
  g_autoptr (MigdescStateType) type = stream_type (&marked);
  g_autoptr (MigdescStateType) schema = migdesc_state_type_new_effective (type, 1, NULL, NULL);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (format, NULL, NULL);
  g_autoptr (GError) error = NULL;

  migdesc_stream_reader_add_schema (reader, schema);
  migdesc_stream_reader_read_bytes (reader, bytes, &error);
  g_assert_no_error (error);
  return migdesc_stream_reader_get_state (reader, "dev0");
}

static GBytes *
save_tree (const char *format,
           MigdescState *state)
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

static void
test_formats (void)
{
  g_auto (GStrv) formats = migdesc_stream_dup_formats (FALSE);
  g_autoptr (MigdescStateType) type = stream_type (&marked);
  Marked state = { 9 };

  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = fuzz_save (&device, type, &state, formats[i]);
      g_autoptr (GBytes) again = load_and_save (formats[i], bytes);
      g_autoptr (MigdescState) tree = load_tree (formats[i], bytes);
      g_autoptr (GBytes) of_tree = save_tree (formats[i], tree);

      g_test_message ("%s", formats[i]);
      g_assert_true (g_bytes_equal (again, bytes));
      g_assert_true (g_bytes_equal (of_tree, bytes));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-constants/lines", test_lines);
  g_test_add_func ("/state-constants/formats", test_formats);
  return g_test_run ();
}
