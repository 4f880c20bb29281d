/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <float.h>
#include <math.h>

#include "state-format-check.h"

#include "state/formats/cbor-item.h"
#include "state/formats/cbor-json.h"
#include "state/formats/cbor-scan.h"

/* States as CBOR. */

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    assert_format_round_trip ("cbor", &samples[i]);
}

static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    assert_prefixes_refused ("cbor", &samples[i]);
}

static void
test_changes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gboolean is_large = samples[i].table == &arrays_state;

      assert_changes_refused_or_kept ("cbor", &samples[i], is_large ? 51 : 1);
    }
}

/* Every half there is, and what is next to one. */
static void
test_halves (void)
{
  for (guint bits = 0; bits < 0x10000; bits++)
    {
      guint8 bytes[] = { 0xf9, (guint8) (bits >> 8), (guint8) bits };
      gboolean is_nan = (bits & 0x7fff) > 0x7c00;
      g_autoptr (GByteArray) again = g_byte_array_new ();
      MigdescCborItem item;
      float next;

      migdesc_cbor_read (bytes, sizeof bytes, &item);
      g_assert_cmpint (item.kind, ==, MIGDESC_CBOR_DOUBLE);
      g_assert_cmpuint (migdesc_cbor_float_width (item.real), ==, 2);
      migdesc_cbor_put_double (again, item.real);
      if (is_nan)
        g_assert_cmpmem (again->data, again->len, "\xf9\x7e\x00", 3);
      else
        g_assert_cmpmem (again->data, again->len, bytes, sizeof bytes);
      g_assert_cmpint (migdesc_cbor_scan (bytes, sizeof bytes, 0, NULL), ==,
                       !is_nan || bits == 0x7e00);
      if (is_nan || isinf (item.real) || item.real == 0)
        continue;
      g_assert_cmpuint (migdesc_cbor_float_width (item.real * (1 + DBL_EPSILON)), ==, 8);
      next = (float) (item.real * (1 + (double) FLT_EPSILON));
      g_assert_cmpuint (migdesc_cbor_float_width ((double) next), ==, 4);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-cbor/round-trip", test_round_trip);
  g_test_add_func ("/state-cbor/prefixes", test_prefixes);
  g_test_add_func ("/state-cbor/changes", test_changes);
  g_test_add_func ("/state-cbor/halves", test_halves);
  return g_test_run ();
}
