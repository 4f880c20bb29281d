/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-findings.h"

/* That a value is undecided is the reason for the verdict; other warnings are beside it. */
static const char *
label_of (MigdescFinding *finding)
{
  gboolean is_reason = migdesc_finding_get_severity (finding) == MIGDESC_SEVERITY_BLOCKER
                       || g_str_equal (migdesc_finding_get_code (finding), "value-undecided");

  return is_reason ? "" : "warning: ";
}

char *
tool_describe_findings (MigdescReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);
      const char *remedy = migdesc_finding_get_remedy (finding);

      g_string_append_printf (text, "%s%s%s", text->len > 0 ? "\n" : "", label_of (finding),
                              migdesc_finding_get_message (finding));
      if (remedy != NULL)
        g_string_append_printf (text, "\n  remedy: %s", remedy);
    }
  if (migdesc_report_get_n_omitted (report) > 0)
    g_string_append_printf (text, "\nand %" G_GUINT64_FORMAT " more",
                            migdesc_report_get_n_omitted (report));
  return g_string_free (text, FALSE);
}
