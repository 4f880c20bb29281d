/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/findings.h"

#include "base/json-writer.h"
#include "base/quote.h"
#include "model/report-private.h"

/* The findings as text, as JSON and as a report. */

static const char *const verdict_words[] = {
  [MIGDESC_QEMU_VERDICT_OK] = "ok",
  [MIGDESC_QEMU_VERDICT_UNKNOWN] = "unknown",
  [MIGDESC_QEMU_VERDICT_BREAKS_WHEN] = "breaks-when",
  [MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS] = "breaks-always",
};

/**
 * migdesc_qemu_verdict_to_string:
 * @verdict: a verdict
 *
 * Gets the word for a verdict: `ok`, `unknown`, `breaks-when` or `breaks-always`.
 *
 * Returns: the word, or %NULL if there is no such verdict
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_verdict_to_string (MigdescQemuVerdict verdict)
{
  return (guint) verdict < G_N_ELEMENTS (verdict_words) ? verdict_words[verdict] : NULL;
}

/* "nic: config: 4 bytes are sent, 8 are read: breaks always" */
static void
append_finding (GString *text,
                const MigdescQemuFinding *finding)
{
  migdesc_quote_append (text, finding->section, strlen (finding->section));
  g_string_append (text, ": ");
  if (finding->path[0] != '\0')
    {
      migdesc_quote_append (text, finding->path, strlen (finding->path));
      g_string_append (text, ": ");
    }
  g_string_append (text, finding->message);
  switch (finding->verdict)
    {
    case MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS:
      g_string_append (text, ": breaks always");
      break;
    case MIGDESC_QEMU_VERDICT_BREAKS_WHEN:
      g_string_append_printf (text, ": breaks when %s", finding->condition);
      break;
    case MIGDESC_QEMU_VERDICT_UNKNOWN:
      g_string_append (text, ": unknown");
      break;
    default:
      g_string_append (text, ": ok");
    }
  if (finding->reason != NULL)
    {
      g_string_append (text, " (known: ");
      migdesc_quote_append (text, finding->reason, strlen (finding->reason));
      g_string_append_c (text, ')');
    }
}

/**
 * migdesc_qemu_comparison_to_string:
 * @comparison: a comparison
 *
 * Writes the findings for people, a line each.
 *
 * Returns: (transfer full): the lines without the last line end; empty if there is no finding
 *
 * Since: 1.0
 */
char *
migdesc_qemu_comparison_to_string (MigdescQemuComparison *comparison)
{
  GString *text;

  g_return_val_if_fail (comparison != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < comparison->findings->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      append_finding (text, comparison->findings->pdata[i]);
    }
  if (comparison->n_omitted > 0)
    g_string_append_printf (text, "%sand %" G_GUINT64_FORMAT " more",
                            text->len > 0 ? "\n" : "", comparison->n_omitted);
  return g_string_free (text, FALSE);
}

static void
write_optional (MigdescJsonWriter *writer,
                const char *name,
                const char *text)
{
  if (text != NULL && text[0] != '\0')
    migdesc_json_writer_member_string (writer, name, text);
}

static void
write_finding (MigdescJsonWriter *writer,
               const MigdescQemuFinding *finding)
{
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "section", finding->section);
  write_optional (writer, "path", finding->path);
  migdesc_json_writer_member_string (writer, "code", finding->code);
  migdesc_json_writer_member_string (writer, "verdict", verdict_words[finding->verdict]);
  migdesc_json_writer_member_string (writer, "message", finding->message);
  write_optional (writer, "condition", finding->condition);
  write_optional (writer, "reason", finding->reason);
  migdesc_json_writer_end_object (writer);
}

/**
 * migdesc_qemu_comparison_to_json:
 * @comparison: a comparison
 *
 * Writes the comparison as one JSON object, compact, with what is absent left out:
 * `{"verdict", "findings": [{"section", "path", "code", "verdict", "message", "condition",
 * "reason"}], "omitted"}`.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_qemu_comparison_to_json (MigdescQemuComparison *comparison)
{
  MigdescJsonWriter writer;
  GString *text;

  g_return_val_if_fail (comparison != NULL, NULL);

  text = g_string_new (NULL);
  migdesc_json_writer_init (&writer, text, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "verdict", verdict_words[comparison->verdict]);
  migdesc_json_writer_key (&writer, "findings");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < comparison->findings->len; i++)
    write_finding (&writer, comparison->findings->pdata[i]);
  migdesc_json_writer_end_array (&writer);
  if (comparison->n_omitted > 0)
    migdesc_json_writer_member_uint (&writer, "omitted", comparison->n_omitted);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (text, FALSE);
}

static MigdescSeverity
severity_of (MigdescQemuVerdict verdict)
{
  if (verdict >= MIGDESC_QEMU_VERDICT_BREAKS_WHEN)
    return MIGDESC_SEVERITY_BLOCKER;
  return verdict == MIGDESC_QEMU_VERDICT_UNKNOWN ? MIGDESC_SEVERITY_WARNING
                                                 : MIGDESC_SEVERITY_INFO;
}

/**
 * migdesc_qemu_comparison_get_report:
 * @comparison: a comparison
 *
 * Makes a report of the findings: what breaks, be it at times, is a blocker, what is unknown a
 * warning, all else an info. The model of a finding is the section.
 *
 * Returns: (transfer full): the report
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_qemu_comparison_get_report (MigdescQemuComparison *comparison)
{
  MigdescReport *report;

  g_return_val_if_fail (comparison != NULL, NULL);

  report = migdesc_report_new_limited (comparison->max_findings);
  for (guint i = 0; i < comparison->findings->len; i++)
    {
      const MigdescQemuFinding *finding = comparison->findings->pdata[i];
      MigdescFindingCore *core
          = migdesc_finding_core_new (finding->code, severity_of (finding->verdict));
      GString *message = g_string_new (NULL);

      append_finding (message, finding);
      core->model = g_strdup (finding->section);
      core->message = g_string_free (message, FALSE);
      migdesc_report_take (report, core);
    }
  migdesc_report_omit_many (report, comparison->n_omitted);
  if (comparison->verdict >= MIGDESC_QEMU_VERDICT_BREAKS_WHEN)
    migdesc_report_set_incompatible (report);
  else if (comparison->verdict == MIGDESC_QEMU_VERDICT_UNKNOWN)
    migdesc_report_set_undecided (report);
  return report;
}
