/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a list on the first line and hosts, a line each, behind it: the way from the first
 * to the last. Steps follow each other, and each is one that the hosts themselves agree to. */

#include <migdesc/migdesc.h>
#include <string.h>

#include "fuzz.h"

#define MOST_STEPS 2000
#define MOST_HOSTS 12

static gboolean
slots_agree (MigdescFleet *fleet, guint source, guint destination, const MigdescParamList *list)
{
  for (guint i = 0; i < migdesc_fleet_get_n_slots (fleet, source); i++)
    for (guint j = 0; j < migdesc_fleet_get_n_slots (fleet, destination); j++)
      {
        g_autoptr (MigdescDescriptor) from = migdesc_fleet_get_slot_descriptor (fleet, source, i);
        g_autoptr (MigdescDescriptor) to
            = migdesc_fleet_get_slot_descriptor (fleet, destination, j);
        g_autoptr (MigdescReport) report = migdesc_descriptor_check (to, list, from, NULL, NULL);

        if (report != NULL && migdesc_report_get_verdict (report) == MIGDESC_VERDICT_COMPATIBLE)
          return TRUE;
      }
  return FALSE;
}

static void
check_steps (MigdescFleet *fleet, const MigdescPath *path, guint destination)
{
  guint n = migdesc_path_get_n_steps (path);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MigdescParamList) list = migdesc_path_get_param_list (path, i);
      guint from = (guint) migdesc_path_get_source (path, i);
      guint to = (guint) migdesc_path_get_destination (path, i);

      g_assert_true (slots_agree (fleet, from, to, list));
      g_assert_cmpuint ((guint) migdesc_path_get_destination (path, i), ==,
                        i + 1 < n ? (guint) migdesc_path_get_source (path, i + 1) : destination);
    }
}

static void
check_path (MigdescFleet *fleet, const MigdescPath *path, guint destination)
{
  g_autofree char *text = migdesc_path_to_string (path);
  g_autofree char *json = migdesc_path_to_json (path);

  g_assert_true (g_utf8_validate (json, -1, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (migdesc_path_get_verdict (path) == MIGDESC_VERDICT_COMPATIBLE)
    check_steps (fleet, path, destination);
}

static void
find_path (MigdescFleet *fleet, const MigdescParamList *list)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescPath) path = NULL;
  g_autoptr (MigdescPath) back = NULL;
  guint last = migdesc_fleet_get_n_hosts (fleet) - 1;

  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, MOST_STEPS);
  path = migdesc_fleet_find_path (fleet, list, 0, last, limits, &error);
  if (path == NULL)
    {
      fuzz_check_message (error->message);
      return;
    }
  check_path (fleet, path, last);
  back = migdesc_path_find_return (path);
  if (back != NULL)
    check_path (fleet, back, 0);
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
  guint n;

  if (end == NULL)
    return 0;
  first = g_strndup (text, (gsize) (end - text));
  list = migdesc_param_list_new_from_string (first, &error);
  lines = g_bytes_new (end + 1, size - (gsize) (end + 1 - text));
  g_assert_true (migdesc_fleet_add_lines (fleet, lines, "fuzz", NULL, NULL, NULL, NULL));
  n = migdesc_fleet_get_n_hosts (fleet);
  if (list != NULL && n > 0 && n <= MOST_HOSTS)
    find_path (fleet, list);
  return 0;
}
