/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "discovery-fixture.h"

static void
test_cache (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_autoptr (MigdescBackendProgram) again = NULL;

  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, TRUE);
  ask_well (program);
  ask_well (program);
  again = find_first (fixture, TRUE);
  ask_well (again);
  g_assert_cmpuint (count_asked (fixture), ==, 1);

  /* other arguments */
  write_drop_in (fixture, fixture->etc, "50-nic.json", ", \"arguments\": [\"-v\"]");
  g_clear_object (&again);
  again = find_first (fixture, TRUE);
  ask_well (again);
  g_assert_cmpuint (count_asked (fixture), ==, 2);

  /* another program of that name */
  write_program (fixture, DOCUMENT " ");
  ask_well (program);
  g_assert_cmpuint (count_asked (fixture), ==, 3);
}

static char *
get_entry (const Fixture *fixture)
{
  g_autoptr (GDir) directory = g_dir_open (fixture->cache, 0, NULL);
  const char *name = g_dir_read_name (directory);

  g_assert_cmpuint (strlen (name), ==, 64);
  return g_build_filename (fixture->cache, name, NULL);
}

/* Damage of any kind to an entry: asked anew, and the entry is good again. */
static void
test_damaged_cache (Fixture *fixture,
                    gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_autofree char *entry = NULL, *text = NULL;
  gsize length;
  struct stat info;
  guint asked = 1;

  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, TRUE);
  ask_well (program);
  entry = get_entry (fixture);
  g_assert_no_errno (stat (entry, &info));
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
  g_assert_true (g_file_get_contents (entry, &text, &length, NULL));

  for (gsize at = 0; at < length; at += 29, asked++)
    {
      text[at] ^= 1;
      g_assert_true (g_file_set_contents (entry, text, (gssize) length, NULL));
      text[at] ^= 1;
      ask_well (program);
      g_assert_cmpuint (count_asked (fixture), ==, asked + 1);
    }
  for (gsize cut = 0; cut < length; cut += 31, asked++)
    {
      g_assert_true (g_file_set_contents (entry, text, (gssize) cut, NULL));
      ask_well (program);
      g_assert_cmpuint (count_asked (fixture), ==, asked + 1);
    }
  g_assert_no_errno (g_chmod (entry, 0620));
  ask_well (program);
  g_assert_cmpuint (count_asked (fixture), ==, asked + 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/discovery-cache/asked-once", test_cache },
    { "/discovery-cache/damaged", test_damaged_cache },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
