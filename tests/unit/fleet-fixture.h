/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>
#include <string.h>

/* A NIC that takes up to @queues queues. */
static inline char *
fleet_nic (guint queues)
{
  return g_strdup_printf ("{\"models\": {\"a.b/nic\": {\"params\": {\"queues\": {\"type\": "
                          "\"int\", \"allowed_values\": [\"1-%u\"], \"init_value\": 1, "
                          "\"off_value\": 1}}}}}",
                          queues);
}

static inline char *
fleet_host (const char *name, guint count, guint queues)
{
  g_autofree char *nic = fleet_nic (queues);

  return g_strdup_printf ("{\"host\": \"%s\", \"slots\": [{\"name\": \"nic\", \"count\": %u, "
                          "\"descriptor\": %s}]}",
                          name, count, nic);
}

static inline void
fleet_add_nic (MigdescFleet *fleet, const char *name, guint queues)
{
  g_autofree char *nic = fleet_nic (queues);

  g_assert_cmpuint (migdesc_fleet_add_text (fleet, name, nic, -1, NULL), ==,
                    migdesc_fleet_get_n_hosts (fleet) - 1);
}

static inline void
fleet_add_lines (MigdescFleet *fleet, const char *text)
{
  g_autoptr (GBytes) lines = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  migdesc_fleet_add_lines (fleet, lines, "hosts.jsonl", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static inline void
fleet_assert_bytes (GBytes *bytes, gconstpointer expected, gsize size)
{
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, size);
  g_assert_true (memcmp (g_bytes_get_data (bytes, NULL), expected, size) == 0);
}

static inline MigdescFleetCheck *
fleet_check (MigdescFleet *fleet, const char *list)
{
  g_autoptr (MigdescParamList) parsed = migdesc_param_list_new_from_string (list, NULL);
  g_autoptr (GError) error = NULL;
  MigdescFleetCheck *check = migdesc_fleet_check (fleet, parsed, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return check;
}

static G_GNUC_UNUSED MigdescFleet *
fleet_new_limited (MigdescLimit limit, guint64 value)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, limit, value);
  migdesc_reader_set_limits (reader, limits);
  return migdesc_fleet_new (reader);
}
