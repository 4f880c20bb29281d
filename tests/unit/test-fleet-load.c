/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is a file of hosts, and what is not, in each of the places they may come from. */

#include <glib/gstdio.h>

#include "fleet-fixture.h"

typedef struct
{
  char *folder;
  MigdescFleet *fleet;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = g_dir_make_tmp ("migdesc-fleet-XXXXXX", NULL);
  fixture->fleet = migdesc_fleet_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_object_unref (fixture->fleet);
  g_free (fixture->folder);
}

static char *
write_file (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
put_file (Fixture *fixture, const char *name, const char *text)
{
  g_free (write_file (fixture, name, text));
}

static void
assert_loads (Fixture *fixture, const char *place)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_fleet_load (fixture->fleet, place, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_hosts (Fixture *fixture, guint n, ...)
{
  va_list names;

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fixture->fleet), ==, n);
  va_start (names, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (migdesc_fleet_get_name (fixture->fleet, i), ==, va_arg (names, const char *));
  va_end (names);
}

static char *
make_host (const char *name)
{
  g_autofree char *nic = fleet_nic (4);

  return g_strdup_printf (
      "{\"host\": \"%s\", \"slots\": [{\"name\": \"nic\", \"descriptor\": %s}]}", name, nic);
}

static void
count_bytes (guint64 done, gpointer data)
{
  *(guint64 *) data = done;
}

static void
test_lines (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *first = make_host ("a");
  g_autofree char *second = make_host ("b");
  g_autofree char *text = g_strdup_printf ("%s\n\n{\"host\": \"cut\n%s\n", first, second);
  g_autofree char *path = write_file (fixture, "hosts", text);
  guint64 done = 0;

  g_assert_true (migdesc_fleet_load (fixture->fleet, path, count_bytes, &done, NULL, NULL));

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fixture->fleet), ==, 3);
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fixture->fleet), ==, 1);
  g_assert_cmpstr (migdesc_fleet_get_name (fixture->fleet, 2), ==, "b");
  g_assert_cmpuint (done, ==, strlen (text));
}

static void
test_line_that_is_too_long (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (MigdescFleet) fleet = fleet_new_limited (MIGDESC_LIMIT_DOCUMENT_SIZE, 4096);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *first = make_host ("a");
  g_autofree char *last = make_host ("b");
  g_autofree char *path = NULL;
  guint position;

  g_string_append_printf (text, "%s\n{\"host\": \"long\", \"slots\": \"", first);
  for (guint i = 0; i < 9000000; i++)
    g_string_append_c (text, 'x');
  g_string_append_printf (text, "\"}\n%s\n", last);
  path = write_file (fixture, "hosts", text->str);

  g_assert_true (migdesc_fleet_load (fleet, path, NULL, NULL, NULL, NULL));

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fleet), ==, 3);
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fleet), ==, 1);
  g_assert_true (migdesc_fleet_lookup (fleet, "b", &position));
  g_assert_null (migdesc_fleet_get_error (fleet, position, NULL));
}

static void
test_documents (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *host = make_host ("a");
  g_autofree char *nic = fleet_nic (4);
  g_autofree char *text = g_strdup_printf (
      "\x1e\t%s\r\n\x1e{\"x\": \"}\\\"]\", \"models\": {}}\nnoise\n\n[1, [2]]\n%s\n"
      "{\"host\": [",
      host, nic);
  g_autofree char *path = write_file (fixture, "all.json", text);
  g_autofree char *second = g_strconcat (path, "#2", NULL);
  g_autofree char *third = g_strconcat (path, "#3", NULL);
  g_autofree char *fourth = g_strconcat (path, "#4", NULL);
  g_autofree char *fifth = g_strconcat (path, "#5", NULL);
  g_autofree char *last = g_strconcat (path, ":7", NULL);

  assert_loads (fixture, path);

  assert_hosts (fixture, 6, "a", second, third, fourth, fifth, last);
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fixture->fleet), ==, 4);
  g_assert_null (migdesc_fleet_get_error (fixture->fleet, 4, NULL));
}

static void
test_file_is_a_host (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *nic = fleet_nic (4);
  g_autofree char *path = write_file (fixture, "north.json", nic);

  assert_loads (fixture, path);

  assert_hosts (fixture, 1, "north");
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fixture->fleet), ==, 0);
}

static void
test_files_of_a_directory (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *nic = fleet_nic (4);
  g_autofree char *host = make_host ("inside");
  g_autofree char *below = g_build_filename (fixture->folder, "d", NULL);

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  put_file (fixture, "b.json", nic);
  put_file (fixture, ".c.json", nic);
  put_file (fixture, "a.json", "{");
  put_file (fixture, "c", host);

  assert_loads (fixture, fixture->folder);

  assert_hosts (fixture, 3, "a", "b", "inside");
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fixture->fleet), ==, 1);
}

static void
test_program (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *first = make_host ("a");
  g_autofree char *second = make_host ("b");
  g_autofree char *lines = g_strdup_printf ("%s\n%s\n", first, second);
  g_autofree char *path = write_file (fixture, "hosts", lines);
  g_autofree char *command = g_strdup_printf ("exec:cat %s", path);

  assert_loads (fixture, command);
  assert_loads (fixture, "exec:echo '{\"models\": {}}'");

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fixture->fleet), ==, 3);
  g_assert_cmpuint (migdesc_fleet_get_n_errors (fixture->fleet), ==, 1);
}

static void
assert_fails (MigdescFleet *fleet, const char *place, GCancellable *cancellable, MigdescError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_fleet_load (fleet, place, NULL, NULL, cancellable, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
}

static void
test_places_that_cannot_be_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_fails (fixture->fleet, "/nowhere/hosts", NULL, MIGDESC_ERROR_CANNOT_READ);
  assert_fails (fixture->fleet, "exec:/nowhere/program", NULL, MIGDESC_ERROR_CANNOT_RUN);
  assert_fails (fixture->fleet, "exec:false", NULL, MIGDESC_ERROR_PROGRAM_FAILED);

  g_assert_cmpuint (migdesc_fleet_get_n_hosts (fixture->fleet), ==, 0);
}

static void
test_documents_that_are_too_large (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (MigdescFleet) fleet = fleet_new_limited (MIGDESC_LIMIT_FLEET_SIZE, 100000);
  g_autofree char *much = g_strnfill (9000000, ' ');
  g_autofree char *path = write_file (fixture, "much.json", much);


  assert_fails (fleet, path, NULL, MIGDESC_ERROR_LIMIT_EXCEEDED);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *host = make_host ("a");
  g_autofree char *path = write_file (fixture, "hosts", host);

  g_cancellable_cancel (cancellable);

  assert_fails (fixture->fleet, path, cancellable, MIGDESC_ERROR_CANCELLED);
  assert_fails (fixture->fleet, fixture->folder, cancellable, MIGDESC_ERROR_CANCELLED);
}

static void
take_result (GObject *object, GAsyncResult *result, gpointer data)
{
  GError **error = data;

  if (migdesc_fleet_load_finish (MIGDESC_FLEET (object), result, error))
    *error = g_error_new_literal (MIGDESC_ERROR, -1, "it went well");
}

static void
test_in_a_thread (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *host = make_host ("a");
  g_autofree char *path = write_file (fixture, "hosts", host);
  g_autoptr (GError) good = NULL;
  g_autoptr (GError) bad = NULL;

  migdesc_fleet_load_async (fixture->fleet, path, NULL, take_result, &good);
  while (good == NULL)
    g_main_context_iteration (NULL, TRUE);
  migdesc_fleet_load_async (fixture->fleet, "/nowhere", NULL, take_result, &bad);
  while (bad == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (good->message, ==, "it went well");
  g_assert_error (bad, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  assert_hosts (fixture, 1, "a");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/fleet-load/lines", test_lines);
  ADD ("/fleet-load/line-that-is-too-long", test_line_that_is_too_long);
  ADD ("/fleet-load/documents", test_documents);
  ADD ("/fleet-load/file-is-a-host", test_file_is_a_host);
  ADD ("/fleet-load/files-of-a-directory", test_files_of_a_directory);
  ADD ("/fleet-load/program", test_program);
  ADD ("/fleet-load/places-that-cannot-be-read", test_places_that_cannot_be_read);
  ADD ("/fleet-load/documents-that-are-too-large", test_documents_that_are_too_large);
  ADD ("/fleet-load/cancelled", test_cancelled);
  ADD ("/fleet-load/in-a-thread", test_in_a_thread);

  return g_test_run ();
}
