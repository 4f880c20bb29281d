/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "migdesc-testkit.h"

/* Alone in its object file: the linker takes it out of the library only where nobody else has a
 * main(), as libFuzzer does. */
int
main (int argc, char **argv)
{
  return migdesc_testkit_run (migdesc_testkit_get_ (), argc, argv);
}
