/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-options.h"
#include "tool-read.h"
#include "tool-report.h"
#include "verbs.h"

typedef struct
{
  char *format;
  int rules;
  gboolean show_ignored;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->format);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Warnings are findings here; that a search was given up is none. */
static ToolStatus
status_of (const MigdescReport *report)
{
  guint n_warnings = tool_report_count (report, MIGDESC_SEVERITY_WARNING);

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      n_warnings -= g_str_equal (migdesc_finding_get_code (finding), "search-too-long")
                    && migdesc_finding_get_severity (finding) == MIGDESC_SEVERITY_WARNING;
    }
  if (n_warnings > 0)
    return TOOL_REFUSED;
  return tool_status_of_verdict (migdesc_report_get_verdict (report));
}

static ToolStatus
lint (Tool *tool, GPtrArray *documents, const Options *options, ToolFormat format)
{
  g_autoptr (GPtrArray) reports = tool_reports_new ();
  g_auto (GStrv) codes = migdesc_lint_list_codes ((guint) options->rules);
  MigdescDiffFlags flags = options->show_ignored ? MIGDESC_DIFF_SHOW_IGNORED : MIGDESC_DIFF_DEFAULT;

  for (guint i = 0; i < documents->len; i++)
    {
      const ToolDocument *document = documents->pdata[i];
      g_autoptr (GError) error = NULL;
      MigdescReport *report
          = migdesc_lint (document->descriptor, flags, (guint) options->rules, NULL, &error);

      if (report == NULL)
        return tool_fail (tool, error, NULL);
      tool_add_status (tool, status_of (report));
      tool_reports_add (reports, document->name, report);
    }
  tool_reports_print (reports, format, codes);
  return tool->status;
}

ToolStatus
verb_lint (Tool *tool, int argc, char **argv)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[]
      = { { "format", 0, 0, G_OPTION_ARG_STRING, &options.format,
            "text, json, sarif or github", "FORMAT" },
          { "rules", 0, 0, G_OPTION_ARG_INT, &options.rules, "Keep to this rule set", "N" },
          { "show-ignored", 0, 0, G_OPTION_ARG_NONE, &options.show_ignored,
            "Show what the document ignores, and why", NULL },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (GPtrArray) documents = NULL;
  ToolFormat format;

  if (places == NULL || !tool_format_parse (tool, options.format, &format))
    return tool->status;
  if (!tool_check_rules (tool, options.rules))
    return tool->status;
  tool->keep_text = TRUE;
  documents = tool_read_all (tool, places);
  if (!tool_check_readable (tool, documents))
    return tool->status;
  return lint (tool, documents, &options, format);
}
