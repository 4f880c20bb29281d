/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Baselines for people and as JSON */

#include <migdesc/migdesc-expand.h>

#include "base/json-writer.h"
#include "model/report-private.h"
#include "ops/baseline/baseline-private.h"
#include "ops/baseline/baseline-words.h"

static char *
format_config (const MigdescConfig *config)
{
  g_autoptr (MigdescParamList) list = config != NULL ? migdesc_config_to_param_list (config) : NULL;

  return list != NULL ? migdesc_param_list_to_string (list) : NULL;
}

static char *
format_without (const MigdescBaseline *baseline,
                guint32 position,
                MigdescVerdict *verdict)
{
  g_autoptr (MigdescConfig) config = migdesc_baseline_find_without (baseline, position, verdict);

  return format_config (config);
}

static void
append_cost (GString *text,
             const MigdescBaseline *baseline,
             guint32 position,
             const char *best)
{
  g_autofree char *host = migdesc_host_name (baseline->stores[position], position);
  g_autofree char *without = NULL;
  MigdescVerdict verdict;

  without = format_without (baseline, position, &verdict);
  g_string_append_printf (text, "\nwithout %s: ", host);
  if (without == NULL)
    g_string_append (text, verdict == MIGDESC_VERDICT_UNDECIDED ? "undecided" : "nothing either");
  else if (g_strcmp0 (without, best) == 0)
    g_string_append (text, "the same");
  else
    g_string_append (text, without);
}

/**
 * migdesc_baseline_to_string:
 * @baseline: a baseline
 *
 * Writes a baseline for people. The first line is the list, or the verdict if there is none; then
 * come the findings, and, if there are several hosts, a line for each with what the baseline would
 * be without it.
 *
 * Returns: (transfer full): the lines, without the last line end
 *
 * Since: 1.0
 */
char *
migdesc_baseline_to_string (const MigdescBaseline *baseline)
{
  g_autofree char *best = NULL;
  g_autofree char *findings = NULL;
  GString *text;

  g_return_val_if_fail (baseline != NULL, NULL);

  best = format_config (baseline->config);
  text = g_string_new (best != NULL ? best : migdesc_verdict_to_string (baseline->verdict));
  findings = migdesc_report_to_string (baseline->report);
  if (*findings != '\0')
    g_string_append_printf (text, "\n%s", findings);
  for (guint32 i = 0; baseline->n_stores > 1 && i < baseline->n_stores; i++)
    append_cost (text, baseline, i, best);
  return g_string_free (text, FALSE);
}

static void
write_host (MigdescJsonWriter *writer,
            const MigdescBaseline *baseline,
            guint32 position,
            const char *best)
{
  const MigdescStore *store = baseline->stores[position];
  g_autofree char *without = NULL;
  MigdescVerdict verdict;

  without = format_without (baseline, position, &verdict);
  migdesc_json_writer_begin_object (writer);
  if (store->origin != NULL)
    migdesc_json_writer_member_string (writer, "host", store->origin);
  migdesc_json_writer_member_string (writer, "verdict_without",
                                     migdesc_verdict_to_string (verdict));
  if (without != NULL)
    migdesc_json_writer_member_string (writer, "list_without", without);
  migdesc_json_writer_member_bool (writer, "gain",
                                   without != NULL && g_strcmp0 (without, best) != 0);
  migdesc_json_writer_end_object (writer);
}

/**
 * migdesc_baseline_to_json:
 * @baseline: a baseline
 *
 * Writes a baseline as one JSON object, compact, with what is absent left out: `{"verdict",
 * "model", "list", "findings", "hosts": [{"host", "verdict_without", "list_without", "gain"}]}`.
 * Hosts are in the order of the descriptors; `gain` tells whether the others would have another
 * baseline without the host.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_baseline_to_json (const MigdescBaseline *baseline)
{
  g_autofree char *best = NULL;
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (baseline != NULL, NULL);

  best = format_config (baseline->config);
  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "verdict",
                                     migdesc_verdict_to_string (baseline->verdict));
  migdesc_json_writer_member_string (&writer, "model", baseline->model);
  if (best != NULL)
    migdesc_json_writer_member_string (&writer, "list", best);
  migdesc_json_writer_key (&writer, "findings");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < migdesc_report_get_n_findings (baseline->report); i++)
    migdesc_finding_core_append_json (migdesc_report_peek (baseline->report, i), &writer);
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_key (&writer, "hosts");
  migdesc_json_writer_begin_array (&writer);
  for (guint32 i = 0; i < baseline->n_stores; i++)
    write_host (&writer, baseline, i, best);
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}
