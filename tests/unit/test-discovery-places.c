/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "discovery-fixture.h"

/* The places that the environment names, where no directories are given. GLib looks at it once, so
 * all tests are of one environment: two data directories, and a configuration. */

static char *environment_root;

/* The drop-ins below our root, with their directories: the host may have others in /etc. */
static char *
list_usual (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) programs = migdesc_backend_program_list (NULL, NULL, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (programs); i++)
    {
      g_autoptr (MigdescBackendProgram) program = g_list_model_get_item (programs, i);
      const char *path = migdesc_backend_program_get_path (program);

      if (g_str_has_prefix (path, environment_root))
        g_string_append_printf (text, "%s ", path + strlen (environment_root) + 1);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_drop_in (const Fixture *fixture,
             const char *place,
             const char *name)
{
  g_autofree char *directory
      = g_build_filename (environment_root, place, "migdesc", "backends", NULL);

  g_assert_no_errno (g_mkdir_with_parents (directory, 0700));
  write_drop_in (fixture, directory, name, "");
}

static void
remove_places (void)
{
  static const char *const places[] = { "first", "second", "own" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (environment_root, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        tree_remove (path);
    }
}

static void
test_none (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *text = list_usual ();

  g_assert_cmpstr (text, ==, "");
}

/* The user has the last word, and the first data directory has it before the second. */
static void
test_order (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *text = NULL;

  add_drop_in (fixture, "second", "10-all.json");
  add_drop_in (fixture, "second", "20-data.json");
  add_drop_in (fixture, "second", "30-second.json");
  add_drop_in (fixture, "first", "10-all.json");
  add_drop_in (fixture, "first", "20-data.json");
  add_drop_in (fixture, "own", "10-all.json");
  text = list_usual ();
  remove_places ();

  g_assert_cmpstr (text, ==,
                   "own/migdesc/backends/10-all.json first/migdesc/backends/20-data.json "
                   "second/migdesc/backends/30-second.json ");
}

/* The place `backends:` is the same list. */
static void
test_place (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GListModel) sources = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected
      = g_build_filename (environment_root, "own", "migdesc", "backends", "50-nic.json", NULL);
  guint n_read = 0;

  add_drop_in (fixture, "own", "50-nic.json");
  sources = migdesc_source_list ("backends:", MIGDESC_DIALECT_AUTO, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (MigdescSource) source = g_list_model_get_item (sources, i);
      g_autoptr (MigdescDescriptor) descriptor = NULL;

      if (!g_str_equal (migdesc_source_get_name (source), expected))
        continue;
      descriptor = migdesc_source_read (source, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      n_read += descriptor != NULL;
    }
  remove_places ();

  g_assert_cmpuint (n_read, ==, 1);
  g_assert_cmpuint (count_asked (fixture), ==, 1);
}

/* A file in the place of a directory is not the same as nothing there. */
static void
test_no_directory (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_build_filename (environment_root, "own", "migdesc", NULL);
  g_autofree char *message
      = g_strconcat (directory, "/backends: cannot be read: Not a directory", NULL);

  g_assert_no_errno (g_mkdir_with_parents (directory, 0700));
  write_file (directory, "backends", "", 0600);
  g_assert_null (migdesc_backend_program_list (NULL, NULL, NULL, &error));
  remove_places ();

  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_assert_cmpstr (error->message, ==, message);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = NULL, *own = NULL;
  int status;

  environment_root = g_dir_make_tmp ("migdesc-places-XXXXXX", NULL);
  data = g_strdup_printf ("%s/first:%s/second", environment_root, environment_root);
  own = g_build_filename (environment_root, "own", NULL);
  g_setenv ("XDG_DATA_DIRS", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", own, TRUE);
  g_test_init (&argc, &argv, NULL);
  add_test ("/discovery-places/none", test_none);
  add_test ("/discovery-places/order", test_order);
  add_test ("/discovery-places/place", test_place);
  add_test ("/discovery-places/no-directory", test_no_directory);
  status = g_test_run ();
  tree_remove (environment_root);
  g_free (environment_root);
  return status;
}
