/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a report in JSON: what can be read is written as something that reads back as the
 * same, its lines are clean, and what can't be read gives a message that is one line of clean
 * UTF-8. */

#include <glib.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-report.h>
#include "fuzz.h"

static void
check_lines (const MigdescReport *report)
{
  g_autofree char *text = migdesc_report_to_string (report);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    fuzz_check_message (lines[i]);
}

/* Reading may settle what the text left open, such as the type of an empty set; after one round
 * nothing changes. */
static void
check_forms (const MigdescReport *report)
{
  g_autofree char *json = migdesc_report_to_json (report);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescReport) other = migdesc_report_new_from_json (json, -1, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = migdesc_report_to_json (other);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, migdesc_report_get_verdict (other));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescReport) report
      = migdesc_report_new_from_json ((const char *) data, (gssize) size, &error);

  g_assert_true ((report == NULL) == (error != NULL));
  if (report == NULL)
    {
      g_assert_nonnull (migdesc_error_get_nick ((MigdescError) error->code));
      fuzz_check_message (error->message);
      return 0;
    }
  check_lines (report);
  check_forms (report);
  return 0;
}
