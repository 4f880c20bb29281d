/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as two documents, divided by a line of three dashes, for diff and lint. A document
 * does not differ from itself, each witness works on the old side and fails on the new,
 * reports are clean and survive JSON. */

#include <migdesc/migdesc.h>
#include <string.h>

#include "fuzz.h"

#define DIVIDER "\n---\n"
#define MOST_STEPS 20000

static MigdescDescriptor *
read_descriptor (const char *text, gsize length)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();

  migdesc_reader_set_flags (reader, MIGDESC_READ_KEEP_TEXT);
  return migdesc_reader_read_string (reader, text, (gssize) length, "fuzz", NULL, NULL);
}

static void
check_forms (const MigdescReport *report)
{
  g_autofree char *text = migdesc_report_to_string (report);
  g_autofree char *json = migdesc_report_to_json (report);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescReport) copy = migdesc_report_new_from_json (json, -1, &error);
  g_autofree char *again = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    fuzz_check_message (lines[i]);
  g_assert_no_error (error);
  again = migdesc_report_to_json (copy);
  g_assert_cmpstr (json, ==, again);
}

static void
check_witness (MigdescDescriptor *old, MigdescDescriptor *changed, const char *witness)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string (witness, &error);
  g_autoptr (MigdescReport) before = NULL;
  g_autoptr (MigdescReport) after = NULL;

  g_assert_no_error (error);
  before = migdesc_descriptor_check (old, list, old, NULL, &error);
  g_assert_no_error (error);
  after = migdesc_descriptor_check (changed, list, old, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (migdesc_report_get_verdict (before), !=, MIGDESC_VERDICT_INCOMPATIBLE);
  g_assert_cmpint (migdesc_report_get_verdict (after), ==, MIGDESC_VERDICT_INCOMPATIBLE);
}

static void
check_findings (const MigdescReport *report, MigdescDescriptor *old, MigdescDescriptor *changed)
{
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      g_assert_true (migdesc_code_is_known (migdesc_finding_get_code (finding)));
      g_assert_nonnull (migdesc_finding_get_pointer (finding));
      if (migdesc_finding_get_witness (finding) != NULL)
        check_witness (old, changed, migdesc_finding_get_witness (finding));
    }
}

static void
ask (MigdescDescriptor *old, MigdescDescriptor *changed)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescReport) diff = NULL;
  g_autoptr (MigdescReport) same = NULL;
  g_autoptr (MigdescReport) lint = NULL;

  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, MOST_STEPS);
  diff = migdesc_diff (old, changed, MIGDESC_CATEGORY_FULL, MIGDESC_DIFF_SHOW_IGNORED, 0, limits,
                       NULL);
  check_forms (diff);
  check_findings (diff, old, changed);
  same = migdesc_diff (old, old, MIGDESC_CATEGORY_FULL, MIGDESC_DIFF_SHOW_IGNORED, 0, limits, NULL);
  g_assert_cmpuint (migdesc_report_get_n_findings (same), ==, 0);
  lint = migdesc_lint (changed, MIGDESC_DIFF_SHOW_IGNORED, 0, limits, NULL);
  check_forms (lint);
  check_findings (lint, NULL, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  char *divider = memmem (text, size, DIVIDER, strlen (DIVIDER));
  g_autoptr (MigdescDescriptor) old = NULL;
  g_autoptr (MigdescDescriptor) changed = NULL;
  gsize length;

  if (divider == NULL)
    return 0;
  length = (gsize) (divider - text);
  old = read_descriptor (text, length);
  length += strlen (DIVIDER);
  changed = read_descriptor (text + length, size - length);
  if (old != NULL && changed != NULL)
    ask (old, changed);
  return 0;
}
