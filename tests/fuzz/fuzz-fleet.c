/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a list on the first line and hosts, a line each, behind it: checked, selected and
 * asked for their baseline. Each line is a row, what is told of rows is clean and adds up, hosts
 * survive JSON, and the baseline suits every host. Texts have lists as they are, and so what a
 * version may be called: all but a line end. */

#include <migdesc/migdesc.h>
#include <string.h>

#include "fuzz.h"

#define MOST_STEPS 2000

/* Written and read again, a host is the same. */
static void
check_host (MigdescFleet *fleet, MigdescFleet *copy, guint host)
{
  const char *problem = migdesc_fleet_get_error (fleet, host, NULL);
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  guint position;

  g_assert_true (migdesc_fleet_get_name (fleet, host)[0] != '\0');
  if (problem != NULL)
    {
      fuzz_check_message (problem);
      return;
    }
  json = migdesc_fleet_host_to_json (fleet, host);
  position = migdesc_fleet_put_json (copy, json, -1, NULL);
  g_assert_null (migdesc_fleet_get_error (copy, position, NULL));
  again = migdesc_fleet_host_to_json (copy, position);
  g_assert_cmpstr (json, ==, again);
}

static void
check_hosts (MigdescFleet *fleet)
{
  g_autoptr (MigdescFleet) copy = migdesc_fleet_new (NULL);

  for (guint i = 0; i < migdesc_fleet_get_n_hosts (fleet); i++)
    check_host (fleet, copy, i);
}

static void
ask_all (MigdescFleet *fleet, const MigdescParamList *list)
{
  g_autoptr (MigdescFleetCheck) check = migdesc_fleet_check (fleet, list, NULL, NULL, NULL, NULL);
  g_autofree char *text = migdesc_fleet_check_to_string (check);
  guint counts[MIGDESC_HOST_NOT_ANSWERED + 1] = { 0 };

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (guint i = 0; i < migdesc_fleet_get_n_hosts (fleet); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescReport) report = migdesc_fleet_check_get_report (check, i, &error);
      guint verdict = migdesc_fleet_check_get_verdict (check, i);

      counts[verdict]++;
      if (report == NULL)
        g_assert_cmpuint (verdict, ==, MIGDESC_HOST_NOT_ANSWERED);
      else
        g_assert_cmpuint (verdict, ==, (guint) migdesc_report_get_verdict (report));
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (counts[i], ==, migdesc_fleet_check_count (check, i));
}

/* Two devices, so that they have to be matched */
static void
select_hosts (MigdescFleet *fleet, const MigdescParamList *list)
{
  g_autoptr (MigdescSelector) selector = migdesc_selector_new ();
  g_autoptr (MigdescSelection) selection = NULL;
  g_autofree char *text = NULL;
  MigdescRank rank = MIGDESC_RANK_RETURN;
  guint n = 0;

  migdesc_selector_set_top (selector, 0);
  migdesc_selector_add_device (selector, list, NULL, NULL);
  migdesc_selector_add_device (selector, list, NULL, NULL);
  selection = migdesc_fleet_select (fleet, selector, NULL, NULL);
  text = migdesc_selection_to_string (selection);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (migdesc_selection_get_n_results (selection), ==,
                    migdesc_fleet_get_n_hosts (fleet));
  for (guint i = 0; i < migdesc_selection_get_n_results (selection); i++)
    {
      g_assert_cmpint (migdesc_selection_get_rank (selection, i), >=, rank);
      rank = migdesc_selection_get_rank (selection, i);
    }
  for (guint i = 0; i <= MIGDESC_RANK_NOT_ANSWERED; i++)
    n += migdesc_selection_count (selection, (MigdescRank) i);
  g_assert_cmpuint (n, ==, migdesc_fleet_get_n_hosts (fleet));
}

static void
find_baseline (MigdescFleet *fleet)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescFleetBaseline) baseline = NULL;
  g_autoptr (MigdescParamList) best = NULL;
  g_autoptr (MigdescFleetCheck) check = NULL;
  g_autofree char *text = NULL;

  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, MOST_STEPS);
  baseline = migdesc_fleet_baseline (fleet, NULL, limits, NULL, NULL);
  if (baseline == NULL)
    return;
  text = migdesc_fleet_baseline_to_string (baseline);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  best = migdesc_fleet_baseline_get_param_list (baseline);
  if (best == NULL)
    return;
  check = migdesc_fleet_check (fleet, best, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (migdesc_fleet_check_count (check, MIGDESC_VERDICT_COMPATIBLE), >=,
                    migdesc_fleet_baseline_get_n_hosts (baseline));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  const char *end = size > 0 ? memchr (text, '\n', size) : NULL;
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (MigdescParamList) list = NULL;
  g_autoptr (GBytes) lines = NULL;
  g_autofree char *first = NULL;
  g_autoptr (GError) error = NULL;

  if (end == NULL)
    return 0;
  first = g_strndup (text, (gsize) (end - text));
  lines = g_bytes_new (end + 1, size - (gsize) (end + 1 - text));
  g_assert_true (migdesc_fleet_add_lines (fleet, lines, "fuzz", NULL, NULL, NULL, NULL));
  check_hosts (fleet);
  find_baseline (fleet);
  list = migdesc_param_list_new_from_string (first, &error);
  if (list == NULL)
    return 0;
  ask_all (fleet, list);
  select_hosts (fleet, list);
  return 0;
}
