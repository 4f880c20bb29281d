/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-check.h"

/* What is counted is what is written. */

static GBytes *
save_as (const char *format,
         const Device *device)
{
  g_autoptr (MigdescStateType) type = stream_type (device->table);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, &error);
  MigdescParamList *params = stream_params (device->params);
  GBytes *bytes;

  g_assert_no_error (error);
  migdesc_stream_writer_add_struct (writer, "dev0", params, type, device->version, device->state,
                                    &error);
  g_assert_no_error (error);
  stream_unref_params (params);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
assert_size (const Device *device)
{
  g_autoptr (GBytes) binary = save_as ("binary", device);
  g_autoptr (GBytes) size = save_as ("size", device);
  g_autofree char *expected
      = g_strdup_printf ("%" G_GSIZE_FORMAT "\n", g_bytes_get_size (binary));
  g_autofree char *text = g_strndup (g_bytes_get_data (size, NULL), g_bytes_get_size (size));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_small (void)
{
  Scalars scalars;
  Structs structs;
  Gates gates = { .mtu = 1500, .limit = 9, .has_rss = TRUE, .debug = 8 };

  fill_scalars (&scalars);
  assert_size (&(Device) { &scalars_state, 1, NULL, &scalars });
  fill_structs (&structs);
  assert_size (&(Device) { &structs_state, 1, "queues=2", &structs });
  migdesc_table_clear (&structs_state, &structs);
  assert_size (&(Device) { &gates_state, 3, "most=10", &gates });
}

/* Several chunks, and pieces that do not fit in the rest of one. */
static void
test_chunks (void)
{
  Arrays state;

  fill_arrays (&state);
  g_free (state.far);
  g_free (state.heap);
  state.far = g_new0 (guint64, 10000);
  state.heap = g_malloc0 (100000);
  for (guint i = 0; i < 40; i++)
    {
      state.n_far = 250 * i;
      state.n_heap = 100000 - 1000 * i;
      assert_size (&(Device) { stream_arrays (), 1, "vectors=3", &state });
    }
  /* a text at the end of a chunk is not parted from its length */
  state.n_far = 5000;
  for (state.n_heap = 84900; state.n_heap < 85100; state.n_heap++)
    assert_size (&(Device) { stream_arrays (), 1, "vectors=3", &state });
  migdesc_table_clear (&arrays_state, &state);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/size/small", test_small);
  g_test_add_func ("/state/size/chunks", test_chunks);
  return g_test_run ();
}
