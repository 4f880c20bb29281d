/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

#include "state-structs.h"

int main (int argc, char **argv)
{
  return 0;
}
