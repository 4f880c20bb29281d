/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* SARIF 2.1.0, which code scanning of several forges reads. */

#include <string.h>

#include "tool-report.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

static const char *const levels[] = {
  [MIGDESC_SEVERITY_BLOCKER] = "error",
  [MIGDESC_SEVERITY_WARNING] = "warning",
  [MIGDESC_SEVERITY_INFO] = "note",
};

static void
add_text (ToolJson *json, const char *name, const char *text)
{
  tool_json_begin_object (json, name);
  tool_json_add_string (json, "text", text);
  tool_json_end_object (json);
}

static void
add_rules (ToolJson *json, char **codes)
{
  tool_json_begin_array (json, "rules");
  for (guint i = 0; codes[i] != NULL; i++)
    {
      tool_json_begin_object (json, NULL);
      tool_json_add_string (json, "id", codes[i]);
      add_text (json, "shortDescription", migdesc_code_get_summary (codes[i]));
      add_text (json, "fullDescription", migdesc_code_get_explanation (codes[i]));
      tool_json_end_object (json);
    }
  tool_json_end_array (json);
}

static void
add_driver (ToolJson *json, char **codes)
{
  g_autofree char *version
      = g_strdup_printf ("%u.%u.%u", migdesc_get_major_version (), migdesc_get_minor_version (),
                         migdesc_get_micro_version ());

  tool_json_begin_object (json, "tool");
  tool_json_begin_object (json, "driver");
  tool_json_add_string (json, "name", "migdesc");
  tool_json_add_string (json, "version", version);
  add_rules (json, codes);
  tool_json_end_object (json);
  tool_json_end_object (json);
}

static void
add_region (ToolJson *json, guint line, guint column)
{
  if (line == 0)
    return;
  tool_json_begin_object (json, "region");
  tool_json_add_uint (json, "startLine", line);
  tool_json_add_uint (json, "startColumn", column);
  tool_json_end_object (json);
}

/* A file is a URI here, and a JSON pointer a name in it. */
static void
add_location (ToolJson *json, const char *file, guint line, guint column, const char *pointer,
              const char *message)
{
  tool_json_begin_object (json, NULL);
  if (file != NULL)
    {
      g_autofree char *uri = g_uri_escape_bytes ((const guint8 *) file, strlen (file), "/:");

      tool_json_begin_object (json, "physicalLocation");
      tool_json_begin_object (json, "artifactLocation");
      tool_json_add_string (json, "uri", uri);
      tool_json_end_object (json);
      add_region (json, line, column);
      tool_json_end_object (json);
    }
  tool_json_begin_array (json, "logicalLocations");
  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "fullyQualifiedName", pointer);
  tool_json_end_object (json);
  tool_json_end_array (json);
  if (message != NULL)
    add_text (json, "message", message);
  tool_json_end_object (json);
}

static void
add_locations (ToolJson *json, MigdescFinding *finding)
{
  tool_json_begin_array (json, "locations");
  add_location (json, migdesc_finding_get_origin (finding), migdesc_finding_get_line (finding),
                migdesc_finding_get_column (finding), migdesc_finding_get_pointer (finding), NULL);
  tool_json_end_array (json);
  if (migdesc_finding_get_old_pointer (finding) == NULL)
    return;
  tool_json_begin_array (json, "relatedLocations");
  add_location (json, migdesc_finding_get_old_origin (finding),
                migdesc_finding_get_old_line (finding), migdesc_finding_get_old_column (finding),
                migdesc_finding_get_old_pointer (finding), "what was there before");
  tool_json_end_array (json);
}

static void
add_message (ToolJson *json, MigdescFinding *finding)
{
  g_autoptr (GString) text = g_string_new (migdesc_finding_get_message (finding));

  if (migdesc_finding_get_witness (finding) != NULL)
    g_string_append_printf (text, "\nfor example: %s", migdesc_finding_get_witness (finding));
  if (migdesc_finding_get_remedy (finding) != NULL)
    g_string_append_printf (text, "\nremedy: %s", migdesc_finding_get_remedy (finding));
  add_text (json, "message", text->str);
}

static void
add_suppression (ToolJson *json, const char *reason)
{
  if (reason == NULL)
    return;
  tool_json_begin_array (json, "suppressions");
  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "kind", "inSource");
  tool_json_add_string (json, "justification", reason);
  tool_json_end_object (json);
  tool_json_end_array (json);
}

static void
add_properties (ToolJson *json, MigdescFinding *finding)
{
  MigdescCategory category = migdesc_finding_get_category (finding);

  tool_json_begin_object (json, "properties");
  tool_json_add_string (json, "model", migdesc_finding_get_model (finding));
  tool_json_add_string (json, "param", migdesc_finding_get_param (finding));
  if (category != MIGDESC_CATEGORY_NONE)
    tool_json_add_string (json, "category", migdesc_category_to_string (category));
  tool_json_add_string (json, "witness", migdesc_finding_get_witness (finding));
  tool_json_end_object (json);
}

static void
add_result (ToolJson *json, MigdescFinding *finding)
{
  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "ruleId", migdesc_finding_get_code (finding));
  tool_json_add_string (json, "level", levels[migdesc_finding_get_severity (finding)]);
  add_message (json, finding);
  add_locations (json, finding);
  add_suppression (json, migdesc_finding_get_reason (finding));
  add_properties (json, finding);
  tool_json_end_object (json);
}

void
tool_reports_print_sarif (GPtrArray *reports, char **codes)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "$schema", SCHEMA);
  tool_json_add_string (&json, "version", "2.1.0");
  tool_json_begin_array (&json, "runs");
  tool_json_begin_object (&json, NULL);
  add_driver (&json, codes);
  tool_json_add_string (&json, "columnKind", "unicodeCodePoints");
  tool_json_begin_array (&json, "results");
  for (guint i = 0; i < reports->len; i++)
    {
      const ToolReport *entry = reports->pdata[i];

      for (guint k = 0; k < migdesc_report_get_n_findings (entry->report); k++)
        {
          g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (entry->report, k);

          add_result (&json, finding);
        }
    }
  tool_json_end_array (&json);
  tool_json_end_object (&json);
  tool_json_end_array (&json);
  tool_json_print (&json);
}
