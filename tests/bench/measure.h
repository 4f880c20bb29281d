/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <stdlib.h>
#include <time.h>

/* Not the clock on the wall: other programs may be running. */
static inline double
processor_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static inline int
compare_doubles (gconstpointer first,
                 gconstpointer second)
{
  double difference = *(const double *) first - *(const double *) second;

  return (difference > 0) - (difference < 0);
}

/* Sorts the rounds. */
static inline double
median (double *rounds,
        gsize n)
{
  qsort (rounds, n, sizeof *rounds, compare_doubles);
  return rounds[n / 2];
}
