/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet-fixture.h"

static void
test_equal_texts_are_one_descriptor (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *nic = fleet_nic (4);
  g_autofree char *spaced = g_strconcat (" ", nic, "\n", NULL);

  fleet_add_nic (fleet, "a", 4);
  fleet_add_nic (fleet, "b", 4);
  migdesc_fleet_add_text (fleet, "c", spaced, -1, NULL);
  fleet_add_nic (fleet, "d", 8);

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 4);
  g_assert_cmpuint (migdesc_fleet_get_n_descriptors (fleet), ==, 2);
  g_assert_cmpuint (migdesc_fleet_get_n_shapes (fleet), ==, 2);
  g_assert_cmpuint (migdesc_fleet_get_shape (fleet, 0), ==, migdesc_fleet_get_shape (fleet, 2));
  g_assert_cmpuint (migdesc_fleet_get_shape (fleet, 0), !=, migdesc_fleet_get_shape (fleet, 3));
}

static void
test_host_has_what_its_json_says (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_auto (GStrv) labels = NULL;
  g_autofree char *nic = fleet_nic (4);
  g_autofree char *json = g_strdup_printf (
      "{\"x-note\": [1], \"slots\": [{\"name\": \"left\", \"descriptor\": %s}, {\"count\": 0, "
      "\"name\": \"right\", \"descriptor\": \"a.b/old:\\n1\\n2\\n\"}], "
      "\"labels\": {\"rack\": 7, \"zone\": \"north\", \"spare\": true}, \"host\": \"h\\u00e9\"}",
      nic);

  g_assert_cmpuint (migdesc_fleet_put_json (fleet, json, -1, NULL), ==, 0);

  g_assert_null (migdesc_fleet_get_error (fleet, 0, NULL));
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 0), ==, "h\303\251");
  labels = migdesc_fleet_dup_label_names (fleet, 0);
  g_assert_cmpuint (g_strv_length (labels), ==, 3);
  g_assert_cmpstr (labels[0], ==, "rack");
  g_assert_cmpstr (migdesc_fleet_get_label (fleet, 0, "rack"), ==, "7");
  g_assert_cmpstr (migdesc_fleet_get_label (fleet, 0, "zone"), ==, "north");
  g_assert_cmpstr (migdesc_fleet_get_label (fleet, 0, "spare"), ==, "true");
  g_assert_null (migdesc_fleet_get_label (fleet, 0, "row"));
  g_assert_cmpuint (migdesc_fleet_get_n_slots (fleet, 0), ==, 2);
  g_assert_cmpstr (migdesc_fleet_get_slot_name (fleet, 0, 0), ==, "left");
  g_assert_cmpuint (migdesc_fleet_get_slot_count (fleet, 0, 0), ==, 1);
  g_assert_cmpuint (migdesc_fleet_get_slot_count (fleet, 0, 1), ==, 0);
  descriptor = migdesc_fleet_get_slot_descriptor (fleet, 0, 1);
  g_assert_cmpuint (migdesc_descriptor_get_dialect (descriptor), ==, MIGDESC_DIALECT_V4_TEXT);
}

static void
test_host_survives_its_json (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (MigdescFleet) copy = migdesc_fleet_new (NULL);
  g_autofree char *host = fleet_host ("a", 3, 4);
  g_autofree char *written = NULL;
  g_autofree char *again = NULL;

  migdesc_fleet_put_json (fleet, host, -1, NULL);
  written = migdesc_fleet_host_to_json (fleet, 0);
  migdesc_fleet_put_json (copy, written, -1, NULL);
  again = migdesc_fleet_host_to_json (copy, 0);

  g_assert_cmpstr (written, ==, again);
  g_assert_cmpstr (written, ==,
                   "{\"host\":\"a\",\"labels\":{},\"slots\":[{\"name\":\"nic\",\"count\":3,"
                   "\"descriptor\":{\"migdesc\":\"1.0\",\"models\":{\"a.b/nic\":{\"params\":"
                   "{\"queues\":{\"type\":\"int\",\"allowed_values\":[\"1-4\"],\"init_value\":1,"
                   "\"off_value\":1}}}}}}]}");
}

static void
test_lines_make_rows (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *first = fleet_host ("a", 2, 4);
  g_autofree char *second = fleet_host ("b", 2, 4);
  g_autofree char *text = g_strdup_printf ("%s\r\n\n  \n%s", first, second);

  fleet_add_lines (fleet, text);

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 2);
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 0);
  g_assert_cmpuint (migdesc_fleet_get_n_descriptors (fleet), ==, 1);
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 1), ==, "b");
  g_assert_cmpuint (migdesc_fleet_get_slot_count (fleet, 1, 0), ==, 2);
}

/* More than one piece for each of several threads */
static void
test_many_lines_keep_their_order (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *name = g_strdup_printf ("h%u", i);
      g_autofree char *line = fleet_host (name, 1, 1 + i % 10);

      g_string_append_printf (text, "%s\n", line);
    }
  fleet_add_lines (fleet, text->str);

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 50000);
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 0);
  g_assert_cmpuint (migdesc_fleet_get_n_shapes (fleet), ==, 10);
  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *name = g_strdup_printf ("h%u", i);

      g_assert_cmpstr (migdesc_fleet_get_name (fleet, i), ==, name);
      g_assert_cmpuint (migdesc_fleet_get_shape (fleet, i), ==, i % 10);
    }
}

static void
test_documents_follow_each_other (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *nic = fleet_nic (4);
  g_autofree char *host = fleet_host ("a", 2, 4);
  g_autofree char *text = g_strdup_printf ("%s\n\n%s%s\036{\"host\":\n3}\n", nic, host, nic);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  g_assert_true (migdesc_fleet_add_documents (fleet, bytes, "all", NULL, NULL));

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 4);
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 0), ==, "all#1");
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 1), ==, "a");
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 2), ==, "all#3");
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 3), ==, "all:3");
  g_assert_cmpstr (migdesc_fleet_get_error (fleet, 3, NULL), ==,
                   "all:4:1: expected a string, found a number");
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 1);
}

static void
test_put_replaces_and_remove_removes (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autofree char *nic = fleet_nic (9);
  guint position;

  fleet_add_nic (fleet, "a", 4);
  fleet_add_nic (fleet, "b", 5);
  fleet_add_nic (fleet, "c", 6);

  g_assert_cmpuint (migdesc_fleet_put_text (fleet, "b", nic, -1, NULL), ==, 1);
  g_assert_cmpuint (migdesc_fleet_get_shape (fleet, 1), ==, 3);
  g_assert_true (migdesc_fleet_remove (fleet, "a"));
  g_assert_false (migdesc_fleet_remove (fleet, "a"));
  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 2);
  g_assert_cmpstr (migdesc_fleet_get_name (fleet, 0), ==, "c");
  g_assert_true (migdesc_fleet_lookup (fleet, "c", &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_true (migdesc_fleet_lookup (fleet, "b", &position));
  g_assert_cmpuint (position, ==, 1);
  g_assert_false (migdesc_fleet_lookup (fleet, "a", NULL));
}

/* What a removal may move within the index */
static void
test_index_survives_many_removals (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  guint position;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      fleet_add_nic (fleet, name, 1 + i % 3);
    }
  for (guint i = 0; i < 3000; i += 2)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_assert_true (migdesc_fleet_remove (fleet, name));
    }
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_assert_cmpint (migdesc_fleet_lookup (fleet, name, &position), ==, i % 2);
      if (i % 2 == 1)
        {
          g_assert_cmpstr (migdesc_fleet_get_name (fleet, position), ==, name);
          g_assert_cmpuint (migdesc_fleet_get_shape (fleet, position), ==, i % 3);
        }
    }
}

static void
test_trim_leaves_eight_bytes (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  guint64 columns, names;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%03u", i);

      fleet_add_nic (fleet, name, 1);
    }
  migdesc_fleet_trim (fleet);
  migdesc_fleet_get_memory (fleet, &columns, &names, NULL);

  g_assert_cmpuint (columns, ==, 8000);
  g_assert_cmpuint (names, ==, 4000);
  g_assert_true (migdesc_fleet_lookup (fleet, "999", NULL));
}

static void
test_columns_stay_as_they_were (void)
{
  g_autoptr (MigdescFleet) fleet = migdesc_fleet_new (NULL);
  g_autoptr (GBytes) shapes = NULL;
  g_autoptr (GBytes) names = NULL;
  g_autoptr (GBytes) offsets = NULL;
  const guint32 expected[] = { 0, 1 };
  const guint64 places[] = { 0, 1, 3 };

  fleet_add_nic (fleet, "a", 4);
  fleet_add_nic (fleet, "bc", 5);
  shapes = migdesc_fleet_dup_shapes (fleet);
  names = migdesc_fleet_dup_names (fleet, &offsets);
  migdesc_fleet_remove (fleet, "a");
  fleet_add_nic (fleet, "d", 6);

  fleet_assert_bytes (shapes, expected, 8);
  fleet_assert_bytes (names, "abc", 3);
  fleet_assert_bytes (offsets, places, 24);
}

static void
test_empty_fleet_has_empty_answers (void)
{
  g_autoptr (MigdescFleet) fleet = g_object_new (MIGDESC_TYPE_FLEET, NULL);
  g_autoptr (MigdescFleetCheck) check = fleet_check (fleet, "a.b/nic?queues=2");
  g_autoptr (GBytes) verdicts = migdesc_fleet_check_dup_verdicts (check);
  g_autoptr (GBytes) shapes = migdesc_fleet_dup_shapes (fleet);
  g_autofree char *text = migdesc_fleet_check_to_string (check);

  migdesc_fleet_trim (fleet);
  g_assert_cmpuint (g_bytes_get_size (verdicts), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (shapes), ==, 0);
  g_assert_cmpstr (text, ==, "0 of 0 hosts compatible");
  g_assert_false (migdesc_fleet_lookup (fleet, "a", NULL));
  fleet_add_lines (fleet, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet/equal-texts", test_equal_texts_are_one_descriptor);
  g_test_add_func ("/fleet/json", test_host_has_what_its_json_says);
  g_test_add_func ("/fleet/json-again", test_host_survives_its_json);
  g_test_add_func ("/fleet/lines", test_lines_make_rows);
  g_test_add_func ("/fleet/many-lines", test_many_lines_keep_their_order);
  g_test_add_func ("/fleet/documents", test_documents_follow_each_other);
  g_test_add_func ("/fleet/put-remove", test_put_replaces_and_remove_removes);
  g_test_add_func ("/fleet/removals", test_index_survives_many_removals);
  g_test_add_func ("/fleet/trim", test_trim_leaves_eight_bytes);
  g_test_add_func ("/fleet/columns", test_columns_stay_as_they_were);
  g_test_add_func ("/fleet/empty", test_empty_fleet_has_empty_answers);
  return g_test_run ();
}
