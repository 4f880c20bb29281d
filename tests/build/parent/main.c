/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

int
main (void)
{
  g_print ("%u.%u.%u\n",
           migdesc_get_major_version (),
           migdesc_get_minor_version (),
           migdesc_get_micro_version ());
  return migdesc_check_version (MIGDESC_MAJOR_VERSION, MIGDESC_MINOR_VERSION, MIGDESC_MICRO_VERSION)
             ? 0
             : 1;
}
