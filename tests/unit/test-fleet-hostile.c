/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Hosts that are broken, repeated, too many or too large */

#include <glib/gstdio.h>
#include <unistd.h>

#include "fleet-fixture.h"

typedef struct
{
  const char *line;
  const char *name;
  const char *error;
} BadLine;

static const BadLine bad_lines[] = {
  { "{", "hosts.jsonl:1", "hosts.jsonl:1:2: the text ends, expected a member's name or \"}\"" },
  { "[]", "hosts.jsonl:1", "hosts.jsonl:1:1: expected an object, found an array" },
  { "{\"host\": \"a\"}", "a", "hosts.jsonl:1:1: the host has no \"slots\"" },
  { "{\"slots\": []}", "hosts.jsonl:1", "hosts.jsonl:1:1: the host has no \"host\"" },
  { "{\"host\": \"\", \"slots\": []}", "hosts.jsonl:1",
    "hosts.jsonl:1:10: the host name \"\": it is empty" },
  { "{\"host\": \"a\\u0007\", \"slots\": []}", "hosts.jsonl:1",
    "hosts.jsonl:1:10: the host name \"a\\x07\": it has a control character" },
  { "{\"host\": \"a\", \"host\": \"b\", \"slots\": []}", "a",
    "hosts.jsonl:1:15: the object has a second member \"host\"" },
  { "{\"host\": \"a\", \"slots\": [{\"name\": \"s\"}]}", "a",
    "hosts.jsonl:1:25: the slot has no \"descriptor\"" },
  { "{\"host\": \"a\", \"slots\": [{\"descriptor\": \"a.b/x:\\n1\\n\"}]}", "a",
    "hosts.jsonl:1:25: the slot has no \"name\"" },
  { "{\"host\": \"a\", \"slots\": [{\"name\": \"s\", \"count\": -1, \"descriptor\": {}}]}", "a",
    NULL },
  { "{\"host\": \"a\", \"slots\": [{\"name\": \"s\", \"count\": 4294967296, \"descriptor\": {}}]}",
    "a", "hosts.jsonl:1:48: the count 4294967296 is more than 4294967295" },
  { "{\"host\": \"a\", \"slots\": [{\"name\": \"s\", \"descriptor\": \"a.b/x:\\n1\\n\"}, "
    "{\"name\": \"s\", \"descriptor\": \"a.b/x:\\n1\\n\"}]}",
    "a", "hosts.jsonl:1:24: two slots are called \"s\"" },
  { "{\"host\": \"a\", \"slots\": [{\"name\": \"s\", \"count\": 4294967295, \"descriptor\": "
    "\"a.b/x:\\n1\\n\"}, {\"name\": \"t\", \"descriptor\": \"a.b/x:\\n1\\n\"}]}",
    "a", "hosts.jsonl:1:24: the counts of the slots add up to more than 4294967295" },
  { "{\"host\": \"a\", \"labels\": {\"x\": []}, \"slots\": []}", "a", NULL },
  { "{\"host\": \"a\", \"slots\": [{\"name\": \"s\", \"descriptor\": {\"models\": 3}}]}", "a",
    NULL },
};

static void
test_bad_line_is_a_row (gconstpointer data)
{
  const BadLine *bad = data;
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *good = fleet_host ("good", 1, 4);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", bad->line, good);

  fleet_add_lines (fleet, text);

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 2);
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 0), ==, bad->name);
  g_assert_nonnull (migdesc_fleet_get_error (fleet, 0, NULL));
  if (bad->error != NULL)
    g_assert_cmpstr (migdesc_fleet_get_error (fleet, 0, NULL), ==, bad->error);
  g_assert_null (migdesc_fleet_get_error (fleet, 1, NULL));
}

static void
test_repeated_name_is_a_row_with_an_error (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (MigdescFleetCheck) check = NULL;
  MigdescError code;

  fleet_add_nic (fleet, "a", 4);
  fleet_add_nic (fleet, "a", 8);
  check = fleet_check (fleet, "a.b/nic?queues=5");

  g_assert_null (migdesc_fleet_get_error (fleet, 0, NULL));
  g_assert_cmpstr (migdesc_fleet_get_error (fleet, 1, &code), ==,
                   "another host has had this name before");
  g_assert_cmpint (code, ==, MIGDESC_ERROR_NOT_UNIQUE);
  g_assert_cmpuint (migdesc_fleet_check_get_verdict (check, 0), ==, MIGDESC_VERDICT_INCOMPATIBLE);
  g_assert_cmpuint (migdesc_fleet_check_get_verdict (check, 1), ==, MIGDESC_HOST_NOT_ANSWERED);

  g_assert_true (migdesc_fleet_remove (fleet, "a"));
  g_assert_true (migdesc_fleet_lookup (fleet, "a", NULL));
  g_assert_true (migdesc_fleet_remove (fleet, "a"));
  g_assert_false (migdesc_fleet_lookup (fleet, "a", NULL));
}

/* A million would do the same: what is kept does not grow past the limit. */
static void
test_distinct_descriptors_stay_within_their_limit (void)
{
  g_autoptr (MigdescFleet) fleet = fleet_new_limited (MIGDESC_LIMIT_FLEET_SIZE, 1 << 20);
  guint64 size;
  MigdescError code = MIGDESC_ERROR_CANCELLED;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      fleet_add_nic (fleet, name, 1 + i);
    }
  migdesc_fleet_get_memory (fleet, NULL, NULL, &size);

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 20000);
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), >, 15000);
  g_assert_cmpuint (size, <, (1 << 20) * 5 / 4);
  g_assert_cmpstr (migdesc_fleet_get_error (fleet, 19999, &code), ==,
                   "more than 1048576 bytes of different descriptors and shapes in the fleet "
                   "(limit fleet-size)");
  g_assert_cmpint (code, ==, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_null (migdesc_fleet_get_error (fleet, 0, NULL));
}

static void
test_long_line_is_a_row (void)
{
  g_autoptr (MigdescFleet) fleet = fleet_new_limited (MIGDESC_LIMIT_DOCUMENT_SIZE, 1000);
  g_autofree char *padding = g_strnfill (1000, ' ');
  g_autofree char *good = fleet_host ("good", 1, 4);
  g_autofree char *text
      = g_strdup_printf ("{\"host\": \"long\", %s \"slots\": []}\n%s\n", padding, good);

  fleet_add_lines (fleet, text);

  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 0), ==, "hosts.jsonl:1");
  g_assert_cmpstr (migdesc_fleet_get_error (fleet, 0, NULL), ==,
                   "hosts.jsonl:1:1001: more than 1000 bytes in the document (limit "
                   "document-size)");
  g_assert_null (migdesc_fleet_get_error (fleet, 1, NULL));
}

static void
test_deep_line_is_a_row (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *text = g_strdup_printf ("{\"host\": \"a\", \"x\": %s\n", deep);

  fleet_add_lines (fleet, text);

  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 1);
}

static void
cancel (guint64 bytes, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_lines_can_be_cancelled_in_the_middle (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  for (guint i = 0; i < 60000; i++)
    {
      g_autofree char *name = g_strdup_printf ("h%u", i);
      g_autofree char *line = fleet_host (name, 1, 4);

      g_string_append_printf (text, "%s\n", line);
    }
  bytes = g_bytes_new (text->str, text->len);
  g_assert_false (migdesc_fleet_add_lines (fleet, bytes, NULL, cancel, cancellable, cancellable,
                                           &error));

  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  n = migdesc_fleet_get_n_hosts (fleet);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, 60000);
  fleet_add_nic (fleet, "more", 4);
  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, n + 1);
}

static void
test_unreadable_file_is_a_row (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *directory = g_dir_make_tmp ("fleet-XXXXXX", NULL);
  g_autofree char *good = g_build_filename (directory, "good.json", NULL);
  g_autofree char *large = g_build_filename (directory, "large.json", NULL);
  g_autofree char *broken = g_build_filename (directory, "broken.json", NULL);
  g_autofree char *nic = fleet_nic (4);
  g_autofree char *padding = g_strnfill (5 << 20, ' ');
  g_autofree char *reason = g_strconcat (broken, ":1:12: expected an object, found a number "
                                         "(at /models)", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (good, nic, -1, NULL));
  g_assert_true (g_file_set_contents (broken, "{\"models\": 1}", -1, NULL));
  g_assert_true (g_file_set_contents (large, padding, -1, NULL));
  g_assert_true (migdesc_fleet_load (fleet, directory, NULL, NULL, NULL, &error));

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 3);
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 0), ==, "broken");
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 1), ==, "good");
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 2);
  g_assert_null (migdesc_fleet_get_error (fleet, 1, NULL));
  g_assert_cmpstr (migdesc_fleet_get_error (fleet, 0, NULL), ==, reason);
  g_remove (good);
  g_remove (large);
  g_remove (broken);
  g_rmdir (directory);
  g_assert_false (migdesc_fleet_load (fleet, directory, NULL, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
}

/* A link that leads nowhere, and one that leads in a circle */
static void
test_broken_link_is_a_row (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *directory = g_dir_make_tmp ("fleet-XXXXXX", NULL);
  g_autofree char *loose = g_build_filename (directory, "loose.json", NULL);
  g_autofree char *round = g_build_filename (directory, "round.json", NULL);
  g_autofree char *reason = g_strconcat (loose, ": cannot be read: No such file or directory",
                                         NULL);
  g_autofree char *circle = g_strconcat (round, ": cannot be read: Too many levels of symbolic "
                                         "links", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("nowhere", loose), ==, 0);
  g_assert_cmpint (symlink ("round.json", round), ==, 0);
  g_assert_true (migdesc_fleet_load (fleet, directory, NULL, NULL, NULL, &error));

  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 2);
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 0), ==, "loose");
  g_assert_cmpstr (migdesc_fleet_get_error (fleet, 0, NULL), ==, reason);
  g_assert_cmpstr (migdesc_fleet_get_error (fleet, 1, NULL), ==, circle);
  g_remove (loose);
  g_remove (round);
  g_rmdir (directory);
}

/* However far behind the difference of two names comes */
static void
test_long_names_of_files_are_different (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *directory = g_dir_make_tmp ("fleet-XXXXXX", NULL);
  g_autofree char *nic = fleet_nic (4);
  char *paths[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%0200u.json", i);

      paths[i] = g_build_filename (directory, name, NULL);
      g_assert_true (g_file_set_contents (paths[i], nic, -1, NULL));
    }
  g_assert_true (migdesc_fleet_load (fleet, directory, NULL, NULL, NULL, NULL));

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 2);
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 0);
  g_assert_true (g_str_has_suffix (migdesc_fleet_get_name (fleet, 1), "01"));
  for (guint i = 0; i < 2; i++)
    {
      g_remove (paths[i]);
      g_free (paths[i]);
    }
  g_rmdir (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad_lines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fleet-hostile/line/%u", i);

      g_test_add_data_func (path, &bad_lines[i], test_bad_line_is_a_row);
    }
  g_test_add_func ("/fleet-hostile/repeated", test_repeated_name_is_a_row_with_an_error);
  g_test_add_func ("/fleet-hostile/distinct", test_distinct_descriptors_stay_within_their_limit);
  g_test_add_func ("/fleet-hostile/long", test_long_line_is_a_row);
  g_test_add_func ("/fleet-hostile/deep", test_deep_line_is_a_row);
  g_test_add_func ("/fleet-hostile/cancelled", test_lines_can_be_cancelled_in_the_middle);
  g_test_add_func ("/fleet-hostile/unreadable", test_unreadable_file_is_a_row);
  g_test_add_func ("/fleet-hostile/link", test_broken_link_is_a_row);
  g_test_add_func ("/fleet-hostile/long-names", test_long_names_of_files_are_different);
  return g_test_run ();
}
