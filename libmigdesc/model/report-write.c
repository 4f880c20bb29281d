/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writing reports: as lines for people, and as JSON. */

#include "model/report-private.h"

/**
 * migdesc_report_to_string:
 * @report: a report
 *
 * Writes the findings for people, one after the other as migdesc_finding_to_string() does, and how
 * many were omitted.
 *
 * Returns: (transfer full): the lines without the last line end; empty if there is no finding
 *
 * Since: 1.0
 */
char *
migdesc_report_to_string (const MigdescReport *report)
{
  GString *text;
  guint n_findings;
  guint64 n_omitted;

  g_return_val_if_fail (report != NULL, NULL);

  text = g_string_new (NULL);
  n_findings = migdesc_report_get_n_findings (report);
  for (guint i = 0; i < n_findings; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      migdesc_finding_core_append_text (migdesc_report_peek (report, i), text);
    }
  n_omitted = migdesc_report_get_n_omitted (report);
  if (n_omitted > 0)
    g_string_append_printf (text, "%sand %" G_GUINT64_FORMAT " more",
                            n_findings > 0 ? "\n" : "", n_omitted);
  return g_string_free (text, FALSE);
}

/**
 * migdesc_report_to_json:
 * @report: a report
 *
 * Writes the report as one JSON object, compact, with what is absent left out:
 * `{"verdict", "findings": [{"code", "severity", "model", "param", "source", "accepted", "file",
 * "line", "column", "pointer", "message", "remedy"}], "omitted"}`. `source` is typed by the
 * destination's param and a string where no descriptor types it, `accepted` is written as
 * `allowed_values` are in a document, and an int above 2^53, which other readers would round, is a
 * string.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_report_to_json (const MigdescReport *report)
{
  MigdescJsonWriter writer;
  GString *text;
  guint n_findings;

  g_return_val_if_fail (report != NULL, NULL);

  text = g_string_new (NULL);
  migdesc_json_writer_init (&writer, text, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (
      &writer, "verdict", migdesc_verdict_to_string (migdesc_report_get_verdict (report)));
  migdesc_json_writer_key (&writer, "findings");
  migdesc_json_writer_begin_array (&writer);
  n_findings = migdesc_report_get_n_findings (report);
  for (guint i = 0; i < n_findings; i++)
    migdesc_finding_core_append_json (migdesc_report_peek (report, i), &writer);
  migdesc_json_writer_end_array (&writer);
  if (migdesc_report_get_n_omitted (report) > 0)
    migdesc_json_writer_member_uint (&writer, "omitted", migdesc_report_get_n_omitted (report));
  migdesc_json_writer_end_object (&writer);
  return g_string_free (text, FALSE);
}

