/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-report.h"

#include <string.h>

#include "tool-output.h"

static void
report_free (gpointer data)
{
  ToolReport *report = data;

  g_free (report->name);
  migdesc_report_unref (report->report);
  g_free (report);
}

GPtrArray *
tool_reports_new (void)
{
  return g_ptr_array_new_with_free_func (report_free);
}

void
tool_reports_add (GPtrArray *reports, const char *name, MigdescReport *report)
{
  ToolReport *entry = g_new (ToolReport, 1);

  entry->name = g_strdup (name);
  entry->report = report;
  g_ptr_array_add (reports, entry);
}

gboolean
tool_format_parse (Tool *tool, const char *word, ToolFormat *format)
{
  static const char *const words[] = { "text", "json", "sarif", "github" };

  *format = tool->json ? TOOL_FORMAT_JSON : TOOL_FORMAT_TEXT;
  if (word == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i]))
      {
        *format = (ToolFormat) i;
        /* errors that come before the answer are JSON as well */
        tool->json = *format == TOOL_FORMAT_JSON || *format == TOOL_FORMAT_SARIF;
        return TRUE;
      }
  tool_usage_error (tool, "there is no format %s, only text, json, sarif and github", word);
  return FALSE;
}

gboolean
tool_check_rules (Tool *tool, int rules)
{
  if (rules >= 0 && rules <= MIGDESC_RULES_NEWEST)
    return TRUE;
  tool_usage_error (tool, "there is no rule set %d; the newest is %d", rules, MIGDESC_RULES_NEWEST);
  return FALSE;
}

guint
tool_report_count (const MigdescReport *report, MigdescSeverity severity)
{
  guint n = 0;

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      n += migdesc_finding_get_severity (finding) == severity;
    }
  return n;
}

/* --- Text ------------------------------------------------------------- */

static void
append_count (GString *text, guint n, const char *word)
{
  if (n > 0)
    g_string_append_printf (text, "%s%u %s%s", text->len > 0 ? ", " : "", n, word,
                            n > 1 ? "s" : "");
}

static void
print_text (GPtrArray *reports)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  guint n_blockers = 0;
  guint n_warnings = 0;
  guint n_notes = 0;

  for (guint i = 0; i < reports->len; i++)
    {
      const ToolReport *entry = reports->pdata[i];
      g_autofree char *text = migdesc_report_to_string (entry->report);

      tool_print_lines (text, "");
      n_blockers += tool_report_count (entry->report, MIGDESC_SEVERITY_BLOCKER);
      n_warnings += tool_report_count (entry->report, MIGDESC_SEVERITY_WARNING);
      n_notes += tool_report_count (entry->report, MIGDESC_SEVERITY_INFO);
    }
  append_count (counts, n_blockers, "blocker");
  append_count (counts, n_warnings, "warning");
  append_count (counts, n_notes, "note");
  tool_print_line ("%s", counts->len > 0 ? counts->str : "nothing found");
}

/* --- JSON ------------------------------------------------------------- */

static void
print_json (GPtrArray *reports)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_begin_array (&json, "results");
  for (guint i = 0; i < reports->len; i++)
    {
      const ToolReport *entry = reports->pdata[i];

      tool_json_begin_object (&json, NULL);
      tool_json_add_string (&json, "descriptor", entry->name);
      tool_json_add_report (&json, entry->report);
      tool_json_end_object (&json);
    }
  tool_json_end_array (&json);
  tool_json_print (&json);
}

/* --- Annotations of GitHub -------------------------------------------- */

/* What a workflow command would take for its own ends */
static void
append_github (GString *text, const char *value, gboolean is_property)
{
  for (const char *c = value; *c != '\0'; c++)
    if (*c == '%' || *c == '\r' || *c == '\n' || (is_property && strchr (":,", *c) != NULL))
      g_string_append_printf (text, "%%%02X", (guint) (guchar) *c);
    else
      g_string_append_c (text, *c);
}

static void
append_position (GString *text, MigdescFinding *finding)
{
  if (migdesc_finding_get_origin (finding) == NULL)
    return;
  g_string_append (text, "file=");
  append_github (text, migdesc_finding_get_origin (finding), TRUE);
  if (migdesc_finding_get_line (finding) > 0)
    g_string_append_printf (text, ",line=%u,col=%u", migdesc_finding_get_line (finding),
                            migdesc_finding_get_column (finding));
  g_string_append_c (text, ',');
}

static void
print_annotation (MigdescFinding *finding)
{
  static const char *const commands[] = {
    [MIGDESC_SEVERITY_BLOCKER] = "error",
    [MIGDESC_SEVERITY_WARNING] = "warning",
    [MIGDESC_SEVERITY_INFO] = "notice",
  };
  g_autoptr (GString) text = g_string_new ("::");
  const char *witness = migdesc_finding_get_witness (finding);

  g_string_append_printf (text, "%s ", commands[migdesc_finding_get_severity (finding)]);
  append_position (text, finding);
  g_string_append (text, "title=");
  append_github (text, migdesc_finding_get_code (finding), TRUE);
  g_string_append (text, "::");
  append_github (text, migdesc_finding_get_message (finding), FALSE);
  if (witness != NULL)
    {
      g_string_append (text, "%0Afor example: ");
      append_github (text, witness, FALSE);
    }
  if (migdesc_finding_get_remedy (finding) != NULL)
    {
      g_string_append (text, "%0Aremedy: ");
      append_github (text, migdesc_finding_get_remedy (finding), FALSE);
    }
  tool_print_line ("%s", text->str);
}

static void
print_github (GPtrArray *reports)
{
  for (guint i = 0; i < reports->len; i++)
    {
      const ToolReport *entry = reports->pdata[i];

      for (guint k = 0; k < migdesc_report_get_n_findings (entry->report); k++)
        {
          g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (entry->report, k);

          print_annotation (finding);
        }
    }
}

void
tool_reports_print (GPtrArray *reports, ToolFormat format, char **codes)
{
  if (format == TOOL_FORMAT_JSON)
    print_json (reports);
  else if (format == TOOL_FORMAT_SARIF)
    tool_reports_print_sarif (reports, codes);
  else if (format == TOOL_FORMAT_GITHUB)
    print_github (reports);
  else
    print_text (reports);
}
