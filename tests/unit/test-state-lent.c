/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-tamper.h"

/* Large buffers, which are written from where they are. */

/* Next to each other, apart, and some that are copied */
typedef struct
{
  guint8 one[65535];
  guint32 gap;
  guint8 two[65536];
  guint8 three[90000];
  guint8 small;
  guint8 four[250000];
  guint8 last[67000];
} Buffers;

static const MigdescField more_fields[] = { MIGDESC_BYTES (Buffers, last) };
static const MigdescField buffer_fields[] = {
  MIGDESC_BYTES (Buffers, one),
  MIGDESC_BYTES (Buffers, two),
  MIGDESC_BYTES (Buffers, three),
  MIGDESC_U8 (Buffers, small, 0, 255),
  MIGDESC_BYTES (Buffers, four),
  MIGDESC_SECTION ("more", more_fields),
};
MIGDESC_STRUCT (buffers, Buffers, 1, 1, buffer_fields, NULL);

/* The data of all chunks, without what is around them. */
static GByteArray *
get_data (GBytes *bytes)
{
  GByteArray *all = g_byte_array_new ();
  Record records[32];
  guint n = take_apart (bytes, records, G_N_ELEMENTS (records));

  for (guint i = 0; i < n; i++)
    {
      guint32 head = 0;

      if (records[i].type != 'S')
        continue;
      if ((records[i].flags & 2) != 0)
        head = 4u + records[i].body[1];
      g_byte_array_append (all, records[i].body + head, records[i].length - head);
    }
  return all;
}

static void
test_lent (void)
{
  g_autofree Buffers *state = g_new0 (Buffers, 1);
  const Device device = { &buffers, 1, NULL, state };
  g_autoptr (MigdescStreamWriter) writer = NULL;
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autoptr (GByteArray) data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) written = NULL;

  for (gsize i = 0; i < sizeof *state; i++)
    ((guint8 *) state)[i] = (guint8) (i * 131 >> 4);
  g_byte_array_append (expected, state->one, sizeof state->one);
  g_byte_array_append (expected, state->two, sizeof state->two + sizeof state->three + 1);
  g_byte_array_append (expected, state->four, sizeof state->four);
  g_byte_array_append (expected, state->last, sizeof state->last);

  bytes = stream_save (&device);
  data = get_data (bytes);
  g_assert_cmpuint (data->len, ==, expected->len);
  g_assert_cmpint (memcmp (data->data, expected->data, data->len), ==, 0);
  stream_assert_round_trip (&device, 5000);

  writer = stream_writer (&device);
  g_assert_true (migdesc_stream_writer_write_stream (writer, output, NULL, NULL));
  g_output_stream_close (output, NULL, NULL);
  written = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
  g_assert_true (g_bytes_equal (written, bytes));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-lent/all", test_lent);
  return g_test_run ();
}
