/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

static void
test_library_is_the_one_built_with (void)
{
  g_assert_cmpuint (migdesc_get_major_version (), ==, MIGDESC_MAJOR_VERSION);
  g_assert_cmpuint (migdesc_get_minor_version (), ==, MIGDESC_MINOR_VERSION);
  g_assert_cmpuint (migdesc_get_micro_version (), ==, MIGDESC_MICRO_VERSION);
}

static void
test_check_version_orders_by_part (void)
{
  const guint major = MIGDESC_MAJOR_VERSION;
  const guint minor = MIGDESC_MINOR_VERSION;
  const guint micro = MIGDESC_MICRO_VERSION;

  g_assert_true (migdesc_check_version (major, minor, micro));
  g_assert_true (migdesc_check_version (major - 1, minor + 1, micro + 1));
  g_assert_false (migdesc_check_version (major, minor, micro + 1));
  g_assert_false (migdesc_check_version (major, minor + 1, 0));
  g_assert_false (migdesc_check_version (major + 1, 0, 0));
}

static void
test_macro_agrees_with_function (void)
{
  for (int i = 0; i < 27; i++)
    {
      int major = MIGDESC_MAJOR_VERSION + i / 9 - 1;
      int minor = i / 3 % 3;
      int micro = i % 3;

      g_assert_cmpint (migdesc_check_version (major, minor, micro), ==,
                       MIGDESC_CHECK_VERSION (major, minor, micro));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-version/library-is-the-one-built-with",
                   test_library_is_the_one_built_with);
  g_test_add_func ("/library-version/check-version-orders-by-part",
                   test_check_version_orders_by_part);
  g_test_add_func ("/library-version/macro-agrees-with-function",
                   test_macro_agrees_with_function);
  return g_test_run ();
}
