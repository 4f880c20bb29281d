/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../unit/state-format-check.h"

#include "fuzz.h"

/* Any bytes as a stream of a format: what can be read by one of the tables is written as something
 * that reads back as the same, and what can't gives a message that is one line of clean UTF-8. */

static void
fuzz_load (const char *format,
           const Sample *sample,
           const guint8 *data,
           gsize size)
{
  g_autoptr (MigdescStatePlan) plan = sample_plan (sample);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) once = format_again (format, data, size, plan, &error);
  g_autoptr (GBytes) twice = NULL;

  g_assert_true ((once == NULL) == (error != NULL));
  if (once == NULL)
    {
      g_assert_true (error->domain == MIGDESC_ERROR);
      fuzz_check_message (error->message);
      return;
    }
  twice = format_again (format, g_bytes_get_data (once, NULL), g_bytes_get_size (once), plan,
                        &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (once, twice));
}

static void
fuzz_format (const char *format,
             const guint8 *data,
             gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    fuzz_load (format, &samples[i], data, size);
}
