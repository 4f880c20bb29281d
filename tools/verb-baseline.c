/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-fleet.h"
#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "tool-table.h"
#include "verbs.h"

/* Of hosts, by the baseline of all, if there is one, and the one without them. */
static char *
describe_cost (MigdescParamList *best, MigdescParamList *without)
{
  if (without == NULL)
    return g_strdup ("no baseline either");
  if (best != NULL && migdesc_param_list_equal (best, without))
    return g_strdup ("the same");
  return migdesc_param_list_to_string (without);
}

static void
print_costs (const MigdescBaseline *baseline, GPtrArray *documents)
{
  static const char *const headings[] = { "HOST", "THE BASELINE WITHOUT IT", NULL };
  g_autoptr (MigdescParamList) best = migdesc_baseline_get_param_list (baseline);
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < documents->len; i++)
    {
      g_autoptr (MigdescParamList) without
          = migdesc_baseline_get_param_list_without (baseline, i);
      g_autofree char *cost = describe_cost (best, without);
      const char *cells[] = { ((ToolDocument *) documents->pdata[i])->title, cost, NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
    }
  tool_table_print (table);
}

static void
print_baseline (const MigdescBaseline *baseline, GPtrArray *documents)
{
  g_autoptr (MigdescParamList) best = migdesc_baseline_get_param_list (baseline);
  g_autoptr (MigdescReport) report = migdesc_baseline_get_report (baseline);

  tool_talk_report (report);
  if (best != NULL)
    {
      g_autofree char *line = migdesc_param_list_to_string (best);

      tool_print_line ("%s", line);
    }
  if (documents->len < 2)
    return;
  if (best != NULL)
    tool_print_line ("%s", "");
  print_costs (baseline, documents);
}

static ToolStatus
find_baseline (Tool *tool, GPtrArray *documents, const char *model)
{
  g_autofree MigdescDescriptor **descriptors = g_new0 (MigdescDescriptor *, documents->len);
  g_autoptr (MigdescBaseline) baseline = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < documents->len; i++)
    descriptors[i] = ((ToolDocument *) documents->pdata[i])->descriptor;
  baseline = migdesc_baseline_new (descriptors, documents->len, model, NULL, &error);
  if (baseline == NULL)
    return tool_fail (tool, error, NULL);
  if (tool->json)
    {
      g_autofree char *text = migdesc_baseline_to_json (baseline);
      ToolJson json;

      tool_json_init (&json);
      tool_json_add_members (&json, text);
      tool_json_print (&json);
    }
  else
    print_baseline (baseline, documents);
  return tool_status_of_verdict (migdesc_baseline_get_verdict (baseline));
}

/* --- Of a fleet ------------------------------------------------------- */

static char *
count_left (const MigdescFleetBaseline *baseline, guint point)
{
  guint n = migdesc_fleet_baseline_get_n_hosts (baseline)
            - migdesc_fleet_baseline_get_point_n_hosts (baseline, point);

  return n > 0 ? g_strdup_printf ("%u", n) : g_strdup ("none");
}

static void
print_front (const MigdescFleetBaseline *baseline)
{
  static const char *const headings[] = { "HOSTS", "LEFT", "FEATURES", "LIST", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < migdesc_fleet_baseline_get_n_points (baseline); i++)
    {
      g_autoptr (MigdescParamList) list = migdesc_fleet_baseline_get_point_list (baseline, i);
      g_autofree char *line = migdesc_param_list_to_string (list);
      g_autofree char *left = count_left (baseline, i);
      g_autofree char *hosts
          = g_strdup_printf ("%u", migdesc_fleet_baseline_get_point_n_hosts (baseline, i));
      g_autofree char *features
          = g_strdup_printf ("%u", migdesc_fleet_baseline_get_point_n_features (baseline, i));
      const char *cells[] = { hosts, left, features, line, NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
    }
  tool_table_print (table);
  if (!migdesc_fleet_baseline_is_exact (baseline))
    tool_print_talk ("%s", "the search was given up, there may be better ones");
}

/* As many kinds of hosts as there is a search for */
#define KINDS_MAX 100

static void
add_cost (ToolTable *table, const MigdescFleetBaseline *baseline, guint kind)
{
  g_autoptr (MigdescParamList) best = migdesc_fleet_baseline_get_param_list (baseline);
  g_autoptr (MigdescParamList) without
      = migdesc_fleet_baseline_get_param_list_without (baseline, kind);
  g_autofree char *n_hosts
      = g_strdup_printf ("%u", migdesc_fleet_baseline_get_kind_n_hosts (baseline, kind));
  g_autofree char *cost = describe_cost (best, without);
  const char *cells[]
      = { migdesc_fleet_baseline_get_kind_name (baseline, kind), n_hosts, cost, NULL };

  tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
}

static void
print_kinds (const MigdescFleetBaseline *baseline)
{
  static const char *const headings[] = { "FIRST HOST", "HOSTS", "THE BASELINE WITHOUT THEM",
                                          NULL };
  guint n_kinds = migdesc_fleet_baseline_get_n_kinds (baseline);
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < MIN (n_kinds, KINDS_MAX); i++)
    add_cost (table, baseline, i);
  tool_table_print (table);
  if (n_kinds > KINDS_MAX)
    tool_print_talk ("%u kinds of hosts more were not looked at", n_kinds - KINDS_MAX);
}

static void
print_fleet_baseline (const MigdescFleetBaseline *baseline)
{
  g_autoptr (MigdescParamList) best = migdesc_fleet_baseline_get_param_list (baseline);
  g_autoptr (MigdescReport) report = migdesc_fleet_baseline_get_report (baseline);

  tool_talk_report (report);
  if (best != NULL)
    {
      g_autofree char *line = migdesc_param_list_to_string (best);

      tool_print_line ("%s", line);
      tool_print_line ("%s", "");
    }
  print_front (baseline);
  if (migdesc_fleet_baseline_get_n_kinds (baseline) < 2)
    return;
  tool_print_line ("%s", "");
  print_kinds (baseline);
}

static ToolStatus
find_fleet_baseline (Tool *tool, char **places, const char *model)
{
  g_autoptr (MigdescFleet) fleet = tool_read_fleet (tool, places);
  g_autoptr (MigdescFleetBaseline) baseline = NULL;
  g_autoptr (GError) error = NULL;

  if (fleet == NULL)
    return tool->status;
  tool_tell_unusable (fleet);
  baseline = migdesc_fleet_baseline (fleet, model, NULL, NULL, &error);
  if (baseline == NULL)
    return tool_fail (tool, error, NULL);
  if (tool->json)
    {
      g_autofree char *text = migdesc_fleet_baseline_to_json (baseline);
      ToolJson json;

      tool_json_init (&json);
      tool_json_add_members (&json, text);
      tool_json_print (&json);
    }
  else
    print_fleet_baseline (baseline);
  return tool_status_of_verdict (migdesc_fleet_baseline_get_verdict (baseline));
}

ToolStatus
verb_baseline (Tool *tool, int argc, char **argv)
{
  g_autofree char *model = NULL;
  gboolean fleet = FALSE;
  const GOptionEntry entries[] = { { "model", 0, 0, G_OPTION_ARG_STRING, &model,
                                     "The model, if the first descriptor has several", "M" },
                                   { "fleet", 0, 0, G_OPTION_ARG_NONE, &fleet,
                                     "Of the hosts of a fleet, and what leaving some would gain",
                                     NULL },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (GPtrArray) documents = NULL;

  if (places == NULL)
    return tool->status;
  if (fleet)
    return find_fleet_baseline (tool, places, model);
  documents = tool_read_all (tool, places);
  /* Every host counts: one that cannot be read leaves the question without an answer. */
  if (!tool_check_documents (tool, documents))
    return tool->status;
  return find_baseline (tool, documents, model);
}
