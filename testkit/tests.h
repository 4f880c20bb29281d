/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "case.h"

G_BEGIN_DECLS

/* All tests of a test program. */
typedef struct
{
  const MigdescTestkit *testkit;
  GPtrArray *cases;
  char *golden; /* nullable: the folder */
  guint first;  /* seed of the first state made at random */
  guint rounds;
  GPtrArray *given; /* what tests were given; GTest frees it of those only that run */
} KitRun;

/* Adds tests to GTest, which look at the run until the program ends. */
void kit_add_golden_tests (const KitRun *run);
void kit_add_round_trip_tests (const KitRun *run);
void kit_add_fuzz_tests (const KitRun *run);

/* For each case one test called KIND. */
void kit_add_for_each (const KitRun *run, const char *kind,
                       void (*test) (const KitRun *run, const KitCase *subject));

G_END_DECLS
