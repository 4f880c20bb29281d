/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-json-check.h"

/* Numbers of every length. */
static void
test_digits (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&scalars_state, 1, NULL);
  guint64 power = 1;

  for (guint i = 0; i < 3 * 20; i++)
    {
      guint64 value = power + i % 3 - 1; /* one less than a power of ten, to one more */
      g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, value);
      g_autofree char *text = replace (scalars_json, "18446744073709551615", digits);
      Scalars state;

      migdesc_table_init (&scalars_state, &state);
      g_assert_true (load_json (plan, text, &state, NULL));
      g_assert_cmpuint (state.qword, ==, value);
      assert_json (plan, &state, text);
      if (i % 3 == 2)
        power *= 10;
    }
}

static void
assert_double (double value, const char *expected)
{
  g_autoptr (MigdescStatePlan) plan = compile (&scalars_state, 1, NULL);
  g_autofree char *text = replace (scalars_json, "\"NaN\"", expected);
  Scalars state;

  migdesc_table_init (&scalars_state, &state);
  g_assert_true (load_json (plan, text, &state, NULL));
  g_assert_cmpmem (&state.any, 8, &value, 8);
  assert_json (plan, &state, text);
}

static void
test_doubles (void)
{
  assert_double (0, "0");
  assert_double (-0.0, "-0");
  assert_double (1e300, "1e+300");
  assert_double (4.9e-324, "4.94065645841247e-324");
  assert_double (G_MAXDOUBLE, "1.7976931348623157e+308");
  assert_double (1 / 3.0, "0.3333333333333333");
  assert_double (0.1 + 0.2, "0.30000000000000004");
  assert_double (G_MAXDOUBLE * 2, "\"Infinity\"");
  assert_double (-G_MAXDOUBLE * 2, "\"-Infinity\"");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state/json-numbers/digits", test_digits);
  g_test_add_func ("/state/json-numbers/doubles", test_doubles);
  return g_test_run ();
}
