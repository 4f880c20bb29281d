/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <float.h>
#include <math.h>

#include "state-format-check.h"

#include "state/formats/der-item.h"
#include "state/formats/der-scan.h"

/* States in DER. */

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    assert_format_round_trip ("der", &samples[i]);
}

static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    assert_prefixes_refused ("der", &samples[i]);
}

static void
test_changes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gboolean is_large = samples[i].table == &arrays_state;

      assert_changes_refused_or_kept ("der", &samples[i], is_large ? 51 : 1);
    }
}

static void
assert_real (double value,
             const char *hex)
{
  g_autoptr (GBytes) wanted = format_hex (hex);
  guint8 bytes[MIGDESC_DER_REAL_MAX];
  gsize n = migdesc_der_make_real (value, bytes);
  double again;

  g_assert_cmpuint (n, ==, g_bytes_get_size (wanted));
  g_assert_true (n == 0 || memcmp (bytes, g_bytes_get_data (wanted, NULL), n) == 0);
  g_assert_true (migdesc_der_get_real (bytes, n, &again));
  g_assert_true (memcmp (&again, &value, sizeof value) == 0 || isnan (value));
}

static void
test_reals (void)
{
  double value;

  assert_real (0.0, "");
  assert_real (-0.0, "43");
  assert_real (1.0, "80 00 01");
  assert_real (-1.5, "c0 ff 03");
  assert_real (1048576.0, "80 14 01");
  assert_real (0.1, "80 c9 0c cc cc cc cc cc cd");
  assert_real (DBL_MAX, "81 03cb 1f ff ff ff ff ff ff");
  assert_real (DBL_MIN, "81 fc02 01");
  assert_real (DBL_TRUE_MIN, "81 fbce 01");
  assert_real ((double) INFINITY, "40");
  assert_real ((double) -INFINITY, "41");
  assert_real ((double) NAN, "42");
  for (guint i = 0; i < 100000; i++)
    {
      guint8 bytes[MIGDESC_DER_REAL_MAX];
      guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      double again = 0;

      memcpy (&value, &bits, sizeof value);
      g_assert_true (migdesc_der_get_real (bytes, migdesc_der_make_real (value, bytes), &again));
      g_assert_true (memcmp (&again, &value, sizeof value) == 0 || isnan (value));
    }
}

static void
test_no_reals (void)
{
  static const char *const bad[] = {
    "44", "00", "01 31", "40 40", "80", "80 00", "80 00 02", "80 00 00 01", "81 00 00 01",
    "82 00 00 00 01", "90 00 01", "84 00 01", "81 04 00 01", "81 fb cd 01",
    "80 00 3f ff ff ff ff ff ff", "80 00 01 00 00 00 00 00 00 01",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = format_hex (bad[i]);
      double value;

      g_assert_false (migdesc_der_get_real (g_bytes_get_data (bytes, NULL),
                                            g_bytes_get_size (bytes), &value));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-der/round-trip", test_round_trip);
  g_test_add_func ("/state-der/prefixes", test_prefixes);
  g_test_add_func ("/state-der/changes", test_changes);
  g_test_add_func ("/state-der/reals", test_reals);
  g_test_add_func ("/state-der/no-reals", test_no_reals);
  return g_test_run ();
}
