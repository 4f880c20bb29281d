/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-check.h"

/* Writers and readers: what is saved comes back, however it travels. */

static const gsize pieces[] = { 1, 2, 3, 7, 64, 1000, 4096, 100000, 1 << 30 };

static void
assert_all_pieces (const Device *device)
{
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    stream_assert_round_trip (device, pieces[i]);
}

static void
test_scalars (void)
{
  Scalars state;

  fill_scalars (&state);
  assert_all_pieces (&(Device) { &scalars_state, 1, NULL, &state });
}

static void
test_arrays (void)
{
  Arrays state;

  fill_arrays (&state);
  assert_all_pieces (&(Device) { stream_arrays (), 1, "vectors=3", &state });
  migdesc_table_clear (&arrays_state, &state);
}

static void
test_structs (void)
{
  Structs state;

  fill_structs (&state);
  assert_all_pieces (&(Device) { &structs_state, 1, "queues=2", &state });
  migdesc_table_clear (&structs_state, &state);
}

static void
test_gates (void)
{
  Gates state = { .mtu = 1500, .added = 3, .feature = 2, .turbo = 4, .limit = 9, .debug = 8 };

  for (guint version = 1; version <= 3; version++)
    {
      assert_all_pieces (&(Device) { &gates_state, version, "most=10", &state });
      assert_all_pieces (
          &(Device) { &gates_state, version, "most=10,new-feature=on,mode=fast", &state });
    }
}

/* What makes a section needed need not be in the stream. */
static void
test_section (void)
{
  Gates state = { .mtu = 1500, .limit = 9, .has_rss = TRUE, .rss_key = { 1, 2, 3, 4 },
                  .rss_extra = 7, .debug = 8 };
  const Device device = { &gates_state, 3, "most=10", &state };
  g_autoptr (GBytes) bytes = stream_save (&device);

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      Gates fresh;
      g_autoptr (MigdescStreamReader) reader = stream_reader (&device, &fresh);
      g_autoptr (GError) error = NULL;

      stream_feed (reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), pieces[i],
                   &error);
      g_assert_no_error (error);
      g_assert_cmpmem (fresh.rss_key, 4, state.rss_key, 4);
      g_assert_cmpuint (fresh.rss_extra, ==, 7);
      g_assert_cmpuint (fresh.debug, ==, 8);
      g_assert_cmpuint (fresh.turbo, ==, 0);
      g_assert_cmpuint (fresh.feature, ==, 1);
    }
}

static void
test_large (void)
{
  Arrays state;

  fill_arrays (&state);
  g_free (state.far);
  g_free (state.heap);
  state.n_far = 10000;
  state.far = g_new (guint64, state.n_far);
  state.n_heap = 100000;
  state.heap = g_malloc (state.n_heap);
  for (guint i = 0; i < state.n_far; i++)
    state.far[i] = i * G_GUINT64_CONSTANT (0x123456789ab);
  for (guint i = 0; i < state.n_heap; i++)
    state.heap[i] = (guint8) (i * 7 / 5);
  assert_all_pieces (&(Device) { stream_arrays (), 1, "vectors=3", &state });
  migdesc_table_clear (&arrays_state, &state);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-stream/scalars", test_scalars);
  g_test_add_func ("/state-stream/arrays", test_arrays);
  g_test_add_func ("/state-stream/structs", test_structs);
  g_test_add_func ("/state-stream/gates", test_gates);
  g_test_add_func ("/state-stream/section", test_section);
  g_test_add_func ("/state-stream/large", test_large);
  return g_test_run ();
}
