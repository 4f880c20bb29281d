/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The points of a front, and all of it for people and as JSON */

#include <string.h>

#include "base/json-writer.h"
#include "base/quote.h"
#include "fleet/baseline/fleet-baseline-private.h"
#include "model/report-private.h"

/**
 * migdesc_fleet_baseline_is_exact:
 * @baseline: a baseline
 *
 * Tells whether the search for the front came to its end. Else there may be better points than
 * those that it has, and which ones is undecided.
 *
 * Returns: whether it did
 *
 * Since: 1.0
 */
gboolean
migdesc_fleet_baseline_is_exact (const MigdescFleetBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, FALSE);

  return !baseline->front.too_long;
}

/**
 * migdesc_fleet_baseline_get_n_points:
 * @baseline: a baseline
 *
 * Counts the points of the front.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_baseline_get_n_points (const MigdescFleetBaseline *baseline)
{
  g_return_val_if_fail (baseline != NULL, 0);

  return baseline->front.points->len;
}

static gboolean
has_point (const MigdescFleetBaseline *baseline, guint point)
{
  return baseline != NULL && point < baseline->front.points->len;
}

/**
 * migdesc_fleet_baseline_get_point_n_hosts:
 * @baseline: a baseline
 * @point: a point of the front, from 0, the one with most hosts first
 *
 * Counts the hosts that a point covers.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_baseline_get_point_n_hosts (const MigdescFleetBaseline *baseline, guint point)
{
  g_return_val_if_fail (has_point (baseline, point), 0);

  return migdesc_fleet_baseline_point (baseline, point)->n_hosts;
}

/**
 * migdesc_fleet_baseline_get_point_n_features:
 * @baseline: a baseline
 * @point: a point of the front, from 0
 *
 * Counts the features that a point keeps: the params that are not off.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_baseline_get_point_n_features (const MigdescFleetBaseline *baseline, guint point)
{
  g_return_val_if_fail (has_point (baseline, point), 0);

  return migdesc_fleet_baseline_point (baseline, point)->n_features;
}

/**
 * migdesc_fleet_baseline_get_point_list:
 * @baseline: a baseline
 * @point: a point of the front, from 0
 *
 * Gets the configuration of a point.
 *
 * Returns: (transfer full): the list, complete
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_fleet_baseline_get_point_list (const MigdescFleetBaseline *baseline, guint point)
{
  g_return_val_if_fail (has_point (baseline, point), NULL);

  return migdesc_param_list_new_from_string (migdesc_fleet_baseline_point (baseline, point)->list,
                                             NULL);
}

static gboolean
covers (const MigdescFleetBaseline *baseline, guint point, guint32 position)
{
  guint32 candidate = baseline->candidate_of[baseline->roster->shapes[position]];

  return candidate != MIGDESC_NO_CANDIDATE
         && migdesc_fleet_baseline_point (baseline, point)->covered[candidate];
}

/**
 * migdesc_fleet_baseline_dup_point_covered:
 * @baseline: a baseline
 * @point: a point of the front, from 0
 *
 * Tells of all hosts whether a point covers them, in the order of positions.
 *
 * Returns: (transfer full): a byte for each host, 0 or 1
 *
 * Since: 1.0
 */
GBytes *
migdesc_fleet_baseline_dup_point_covered (const MigdescFleetBaseline *baseline, guint point)
{
  guint8 *column;

  g_return_val_if_fail (has_point (baseline, point), NULL);

  column = g_malloc ((gsize) baseline->roster->n + 1);
  for (guint32 i = 0; i < baseline->roster->n; i++)
    column[i] = covers (baseline, point, i) ? 1 : 0;
  return g_bytes_new_take (column, baseline->roster->n);
}

/* --- Text and JSON ---------------------------------------------------- */

/* As many names as anybody reads */
#define NAMES_MAX 10

static GPtrArray *
left_behind (const MigdescFleetBaseline *baseline, guint point)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint32 i = 0; i < baseline->roster->n && names->len < NAMES_MAX; i++)
    if (baseline->candidate_of[baseline->roster->shapes[i]] != MIGDESC_NO_CANDIDATE
        && !covers (baseline, point, i))
      g_ptr_array_add (names, (gpointer) migdesc_roster_name (baseline->roster, i));
  return names;
}

static void
append_cost (GString *text, const MigdescFleetBaseline *baseline, guint kind)
{
  g_autofree char *gain = migdesc_fleet_baseline_describe_gain (baseline, kind);
  g_autofree char *name
      = migdesc_quote (migdesc_fleet_baseline_get_kind_name (baseline, kind), -1);
  guint32 n_others = baseline->candidates[kind].n_hosts - 1;

  if (gain == NULL)
    return;
  g_string_append_printf (text, "\nwithout %s", name);
  if (n_others > 0)
    g_string_append_printf (text, " and %u like it", n_others);
  g_string_append_printf (text, ": %s", gain);
}

static void
append_point (GString *text, const MigdescFleetBaseline *baseline, guint number)
{
  const MigdescFrontPoint *point = migdesc_fleet_baseline_point (baseline, number);
  g_autoptr (GPtrArray) names = left_behind (baseline, number);
  guint32 n_left = baseline->n_hosts - point->n_hosts;

  g_string_append_printf (text, "\n%u hosts, %u features: %s", point->n_hosts, point->n_features,
                          point->list);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *name = migdesc_quote (names->pdata[i], -1);

      g_string_append_printf (text, "%s%s", i == 0 ? "\n  without " : ", ", name);
    }
  if (n_left > names->len)
    g_string_append_printf (text, " and %u more", n_left - names->len);
}

/**
 * migdesc_fleet_baseline_to_string:
 * @baseline: a baseline
 *
 * Writes a baseline for people. The first line is the list, or the verdict if there is none; then
 * come the findings; for each kind of hosts that costs something the list without it, of the first
 * 100 kinds; and for each point of the front a line with its hosts, its features and its list, and
 * one with the hosts that it leaves behind.
 *
 * Returns: (transfer full): the lines, without the last line end
 *
 * Since: 1.0
 */
char *
migdesc_fleet_baseline_to_string (const MigdescFleetBaseline *baseline)
{
  g_autoptr (MigdescParamList) list = NULL;
  g_autoptr (MigdescReport) report = NULL;
  g_autofree char *line = NULL;
  g_autofree char *findings = NULL;
  GString *text;

  g_return_val_if_fail (baseline != NULL, NULL);

  list = migdesc_fleet_baseline_get_param_list (baseline);
  report = migdesc_fleet_baseline_get_report (baseline);
  findings = migdesc_report_to_string (report);
  line = list != NULL ? migdesc_param_list_to_string (list) : NULL;
  text = g_string_new (line != NULL ? line
                                    : migdesc_verdict_to_string (
                                        migdesc_fleet_baseline_get_verdict (baseline)));
  if (*findings != '\0')
    g_string_append_printf (text, "\n%s", findings);
  for (guint i = 0; i < MIN (baseline->n_candidates, MIGDESC_SHOWN_KINDS_MAX); i++)
    append_cost (text, baseline, i);
  for (guint i = 0; i < baseline->front.points->len; i++)
    append_point (text, baseline, i);
  if (baseline->front.too_long)
    g_string_append (text, "\nundecided: the search was given up, there may be better ones");
  return g_string_free (text, FALSE);
}

static void
write_point (MigdescJsonWriter *writer, const MigdescFleetBaseline *baseline, guint number)
{
  const MigdescFrontPoint *point = migdesc_fleet_baseline_point (baseline, number);
  g_autoptr (GPtrArray) names = left_behind (baseline, number);

  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_uint (writer, "hosts", point->n_hosts);
  migdesc_json_writer_member_uint (writer, "features", point->n_features);
  migdesc_json_writer_member_string (writer, "list", point->list);
  migdesc_json_writer_member_uint (writer, "left_behind", baseline->n_hosts - point->n_hosts);
  migdesc_json_writer_key (writer, "names");
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < names->len; i++)
    migdesc_json_writer_string (writer, names->pdata[i]);
  migdesc_json_writer_end_array (writer);
  migdesc_json_writer_end_object (writer);
}

static void
write_cost (MigdescJsonWriter *writer, const MigdescFleetBaseline *baseline, guint kind)
{
  g_autofree char *gain = migdesc_fleet_baseline_describe_gain (baseline, kind);

  if (gain == NULL)
    return;
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "name",
                                     migdesc_fleet_baseline_get_kind_name (baseline, kind));
  migdesc_json_writer_member_uint (writer, "hosts", baseline->candidates[kind].n_hosts);
  migdesc_json_writer_member_string (writer, "list_without", gain);
  migdesc_json_writer_end_object (writer);
}

static void
write_costs (MigdescJsonWriter *writer, const MigdescFleetBaseline *baseline)
{
  migdesc_json_writer_member_uint (writer, "kinds", baseline->n_candidates);
  migdesc_json_writer_key (writer, "costs");
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < MIN (baseline->n_candidates, MIGDESC_SHOWN_KINDS_MAX); i++)
    write_cost (writer, baseline, i);
  migdesc_json_writer_end_array (writer);
}

/**
 * migdesc_fleet_baseline_to_json:
 * @baseline: a baseline
 *
 * Writes a baseline as one JSON object: `{"verdict", "model", "list", "findings", "hosts", "kinds",
 * "costs": [{"name", "hosts", "list_without"}], "exact", "front": [{"hosts", "features", "list",
 * "left_behind", "names"}]}`. `costs` has those of the first 100 kinds of hosts that cost
 * something, each with its first host; `names` has the first ten hosts that a point leaves behind.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_fleet_baseline_to_json (const MigdescFleetBaseline *baseline)
{
  g_autoptr (MigdescParamList) list = NULL;
  g_autoptr (MigdescReport) report = NULL;
  g_autofree char *line = NULL;
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (baseline != NULL, NULL);

  list = migdesc_fleet_baseline_get_param_list (baseline);
  report = migdesc_fleet_baseline_get_report (baseline);
  line = list != NULL ? migdesc_param_list_to_string (list) : NULL;
  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (
      &writer, "verdict",
      migdesc_verdict_to_string (migdesc_fleet_baseline_get_verdict (baseline)));
  migdesc_json_writer_member_string (&writer, "model", baseline->model);
  if (line != NULL)
    migdesc_json_writer_member_string (&writer, "list", line);
  migdesc_json_writer_key (&writer, "findings");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    migdesc_finding_core_append_json (migdesc_report_peek (report, i), &writer);
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_member_uint (&writer, "hosts", baseline->n_hosts);
  write_costs (&writer, baseline);
  migdesc_json_writer_member_bool (&writer, "exact", !baseline->front.too_long);
  migdesc_json_writer_key (&writer, "front");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < baseline->front.points->len; i++)
    write_point (&writer, baseline, i);
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}
