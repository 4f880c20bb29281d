/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The test kit with tables of every field there is: what it makes at random is a state of each. */

#include <migdesc-testkit.h>

#include HEADER

static const MigdescTestkit testkit = { .name = NAME, .table = &TABLE, .params = PARAMS };

MIGDESC_TESTKIT (testkit)
