/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How fast a document becomes a validated, immutable descriptor, next to what other parsers take to
 * parse it and check nothing; and how much memory that takes. Medians of seven rounds that take
 * turns, all in one run. `bench-load FILE` measures, and fails when a bound of the table of bounds
 * is missed; `bench-load --only N FILE` only loads it N times, for callgrind; `bench-load --time N
 * FILE` prints the nanoseconds of one of N loads, for peers.py. */

#include <migdesc/migdesc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "measure.h"
#include "other-parsers.h"

#define N_ROUNDS 7
#define BYTES_PER_ROUND (4 << 20)

static void
load_with_migdesc (const char *text,
                   gsize length)
{
  g_autoptr (MigdescDescriptor) descriptor = migdesc_descriptor_new_from_string (
      text, (gssize) length, NULL);

  g_assert_nonnull (descriptor);
}

static void
load_with_report (const char *text,
                  gsize length)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescDescriptor) descriptor
      = migdesc_reader_read_string (reader, text, (gssize) length, "bench", &report, NULL);

  g_assert_nonnull (descriptor);
}

typedef struct
{
  const char *name;
  void (*load) (const char *text, gsize length);
  guint slower; /* rounds are that much shorter */
} Contestant;

static const Contestant contestants[] = {
  { "migdesc, all checked", load_with_migdesc, 1 },
  { "migdesc, with warnings", load_with_report, 1 },
  { "json-glib, parsed only", parse_with_json_glib, 8 },
  { "jansson, parsed only", parse_with_jansson, 8 },
  { "cJSON, parsed only", parse_with_cjson, 2 },
};

#define MIGDESC 0
#define JSON_GLIB 2
#define CJSON 4

/* What has to be reached */
#define TIMES_JSON_GLIB 7.0
#define PEAK_MAX 2.5 /* bytes of heap for each of the document */
#define DESCRIPTOR_MAX 1.2

static double
time_round (const Contestant *contestant,
            const char *text,
            gsize length)
{
  gsize n = MAX (BYTES_PER_ROUND / contestant->slower / length, 1);
  double start = processor_seconds ();

  for (gsize i = 0; i < n; i++)
    contestant->load (text, length);
  return (double) (n * length) / (processor_seconds () - start) * 1e-6;
}

/* Returns whether the load is as far ahead as it has to be. */
static gboolean
compare_speeds (const char *text,
                gsize length)
{
  double speeds[G_N_ELEMENTS (contestants)][N_ROUNDS];
  double medians[G_N_ELEMENTS (contestants)];

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (contestants); i++)
      speeds[i][round] = time_round (&contestants[i], text, length);
  for (guint i = 0; i < G_N_ELEMENTS (contestants); i++)
    medians[i] = median (speeds[i], N_ROUNDS);
  for (guint i = 0; i < G_N_ELEMENTS (contestants); i++)
    printf ("  %-24s %7.0f MB/s  %5.1f times json-glib\n", contestants[i].name, medians[i],
            medians[i] / medians[JSON_GLIB]);
  printf ("  at least %.0f times json-glib, and ahead of cJSON\n", TIMES_JSON_GLIB);
  return medians[MIGDESC] >= TIMES_JSON_GLIB * medians[JSON_GLIB]
         && medians[MIGDESC] > medians[CJSON];
}

static gboolean
measure_heap (const char *text,
              gsize length)
{
  MigdescDescriptor *descriptor;
  double peak;
  double used;
  gsize before;

  load_with_migdesc (text, length); /* what is made once */
  before = heap_used;
  heap_peak = heap_used;
  descriptor = migdesc_descriptor_new_from_string (text, (gssize) length, NULL);
  peak = (double) (heap_peak - before) / (double) length;
  used = (double) (heap_used - before) / (double) length;
  printf (
      "  heap: peak %.2f, descriptor %.2f bytes for each of the document; at most %.1f and %.1f\n",
      peak, used, PEAK_MAX, DESCRIPTOR_MAX);
  g_object_unref (descriptor);
  g_assert_cmpuint (heap_used, ==, before);
  return peak <= PEAK_MAX && used <= DESCRIPTOR_MAX;
}

static int
load_only (const char *mode,
           int n,
           const char *text,
           gsize length)
{
  double start = processor_seconds ();

  for (int i = 0; i < n; i++)
    load_with_migdesc (text, length);
  if (strcmp (mode, "--time") == 0)
    printf ("%.0f\n", (processor_seconds () - start) * 1e9 / n);
  return 0;
}

int
main (int argc,
      char **argv)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (argc < 2 || !g_file_get_contents (argv[argc - 1], &text, &length, &error))
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "bench-load [--only N] FILE");
      return 2;
    }
  if (argc == 4)
    return load_only (argv[1], atoi (argv[2]), text, length);

  load_jansson ();
  printf ("%s, %" G_GSIZE_FORMAT " bytes\n", argv[1], length);
  return compare_speeds (text, length) & measure_heap (text, length) ? 0 : 1;
}
