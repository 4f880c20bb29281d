/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a diff takes beside loading its two documents: of a document of 100 KB and itself changed in
 * one place, in many, and not at all. Medians of seven rounds that take turns. A diff may take
 * twice as long as the loading. */

#include <migdesc/migdesc.h>
#include <stdio.h>
#include <string.h>

#include "measure.h"

#define N_ROUNDS 7
#define N_TIMES 10
#define RATIO_MAX 2.0

static MigdescDescriptor *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor = migdesc_descriptor_new_from_string (text, -1, &error);

  g_assert_no_error (error);
  return descriptor;
}

/* Every @step-th place that has @from gets @to. */
static char *
change (const char *text, const char *from, const char *to, guint step)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);
  GString *changed = g_string_new (parts[0]);

  for (guint i = 1; parts[i] != NULL; i++)
    {
      g_string_append (changed, i % step == 0 ? to : from);
      g_string_append (changed, parts[i]);
    }
  return g_string_free (changed, FALSE);
}

static double
time_loading (const char *old, const char *changed)
{
  double start = processor_seconds ();

  for (guint i = 0; i < N_TIMES; i++)
    {
      g_object_unref (load (old));
      g_object_unref (load (changed));
    }
  return (processor_seconds () - start) / N_TIMES;
}

static double
time_diff (MigdescDescriptor *old, MigdescDescriptor *changed)
{
  double start = processor_seconds ();

  for (guint i = 0; i < N_TIMES; i++)
    migdesc_report_unref (migdesc_diff (old, changed, MIGDESC_CATEGORY_FULL, MIGDESC_DIFF_DEFAULT,
                                        0, NULL, NULL));
  return (processor_seconds () - start) / N_TIMES;
}

static gboolean
compare (const char *name, const char *text, const char *changed_text)
{
  g_autoptr (MigdescDescriptor) old = load (text);
  g_autoptr (MigdescDescriptor) changed = load (changed_text);
  g_autoptr (MigdescReport) report = migdesc_diff (old, changed, MIGDESC_CATEGORY_FULL,
                                                   MIGDESC_DIFF_DEFAULT, 0, NULL, NULL);
  double loading[N_ROUNDS];
  double diff[N_ROUNDS];
  double ratio;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      loading[round] = time_loading (text, changed_text);
      diff[round] = time_diff (old, changed);
    }
  ratio = median (diff, N_ROUNDS) / median (loading, N_ROUNDS);
  printf ("  %-16s loading %7.0f us, diff %7.0f us: %5.2f, at most %.0f; %s, %u findings\n", name,
          median (loading, N_ROUNDS) * 1e6, median (diff, N_ROUNDS) * 1e6, ratio, RATIO_MAX,
          migdesc_verdict_to_string (migdesc_report_get_verdict (report)),
          migdesc_report_get_n_findings (report));
  return ratio <= RATIO_MAX;
}

int
main (int argc, char **argv)
{
  g_autofree char *text = NULL;
  g_autofree char *once = NULL;
  g_autofree char *often = NULL;
  g_autofree char *words = NULL;
  gsize length;
  gboolean good;

  if (argc != 2 || !g_file_get_contents (argv[1], &text, &length, NULL))
    {
      fprintf (stderr, "bench-diff FILE\n");
      return 2;
    }
  printf ("%s, %" G_GSIZE_FORMAT " bytes\n", argv[1], length);
  once = change (text, "\"off_value\": 1", "\"off_value\": 2", 30);
  often = change (text, "\"off_value\": false", "\"off_value\": true", 3);
  words = change (text, "\"description\": \"", "\"description\": \"X", 1);
  good = compare ("the same", text, text);
  good &= compare ("other words", text, words);
  good &= compare ("few changes", text, once);
  good &= compare ("many changes", text, often);
  return good ? 0 : 1;
}
