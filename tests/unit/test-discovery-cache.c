/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "discovery-fixture.h"

#include <fcntl.h>

#include "host/answer-cache.h"

static int
compare_names (gconstpointer name,
               gconstpointer other)
{
  return strcmp (*(const char *const *) name, *(const char *const *) other);
}

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

/* The names, sorted. */
static char **
list_cache (const Fixture *fixture)
{
  g_autoptr (GDir) directory = g_dir_open (fixture->cache, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* What a program has answered before it was replaced is not kept beside its new answer. */
static void
test_one_each (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL, other = NULL;
  g_auto (GStrv) before = NULL, after = NULL, both = NULL;

  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, TRUE);
  ask_well (program);
  before = list_cache (fixture);
  write_program (fixture, DOCUMENT " ");
  ask_well (program);
  after = list_cache (fixture);
  g_assert_cmpuint (g_strv_length (before), ==, 1);
  g_assert_cmpstrv (after, before);
  g_assert_cmpuint (count_asked (fixture), ==, 2);

  write_drop_in (fixture, fixture->etc, "50-nic.json", ", \"arguments\": [\"-v\"]");
  other = find_first (fixture, TRUE);
  ask_well (other);
  both = list_cache (fixture);
  g_assert_cmpuint (g_strv_length (both), ==, 2);
  ask_well (program);
  ask_well (other);
  g_assert_cmpuint (count_asked (fixture), ==, 3);
}

/* n files like entries, the first the newest, a second apart, up to an hour before now. */
static void
fill_cache (const Fixture *fixture,
            guint n)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%064x%s", i, i % 2 == 0 ? "" : ".XYZabc");
      g_autofree char *path = g_build_filename (fixture->cache, name, NULL);
      const struct timespec then = { (time_t) (now - 3600 - i), 0 };
      const struct timespec times[2] = { then, then };

      write_file (fixture->cache, name, "x", 0600);
      g_assert_no_errno (utimensat (AT_FDCWD, path, times, 0));
    }
}

static gboolean
is_kept (const Fixture *fixture,
         const char *name)
{
  g_autofree char *path = g_build_filename (fixture->cache, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* As many as there may be, and some files that are not the cache's. */
static void
test_bound (Fixture *fixture,
            gconstpointer data)
{
  static const char *const others[] = {
    "README",
    "0123456789abcdef",
    "0000000000000000000000000000000000000000000000000000000000000000-",
    "g000000000000000000000000000000000000000000000000000000000000000",
    NULL,
  };
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *oldest = g_strdup_printf ("%064x.XYZabc", MIGDESC_ANSWERS_MAX + 1);
  g_autofree char *older = g_strdup_printf ("%064x", MIGDESC_ANSWERS_MAX);
  g_autofree char *old = g_strdup_printf ("%064x.XYZabc", MIGDESC_ANSWERS_MAX - 1);
  g_autofree char *kept = g_strdup_printf ("%064x", MIGDESC_ANSWERS_MAX - 2);

  g_assert_no_errno (g_mkdir_with_parents (fixture->cache, 0700));
  fill_cache (fixture, MIGDESC_ANSWERS_MAX + 2);
  for (guint i = 0; others[i] != NULL; i++)
    write_file (fixture->cache, others[i], "x", 0600);
  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, TRUE);
  ask_well (program);

  names = list_cache (fixture);
  g_assert_cmpuint (g_strv_length (names), ==, MIGDESC_ANSWERS_MAX + 4);
  g_assert_false (is_kept (fixture, oldest));
  g_assert_false (is_kept (fixture, older));
  g_assert_false (is_kept (fixture, old));
  g_assert_true (is_kept (fixture, kept));
  for (guint i = 0; others[i] != NULL; i++)
    g_assert_true (is_kept (fixture, others[i]));
  ask_well (program);
  g_assert_cmpuint (count_asked (fixture), ==, 1);
}

/* That nothing can be kept is no reason to refuse an answer. */
static void
test_no_room (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;

  write_file (fixture->root, "cache", "a file in the place of the folder", 0600);
  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, TRUE);
  ask_well (program);
  ask_well (program);
  g_assert_cmpuint (count_asked (fixture), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/discovery-cache/asked-once", test_cache);
  add_test ("/discovery-cache/damaged", test_damaged_cache);
  add_test ("/discovery-cache/one-each", test_one_each);
  add_test ("/discovery-cache/bound", test_bound);
  add_test ("/discovery-cache/no-room", test_no_room);
  return g_test_run ();
}
