/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tree-fixture.h"

#include <migdesc/migdesc-discovery.h>
#include <sys/stat.h>

#define DOCUMENT                                                                               \
  "{\"models\": {\"a.b/nic\": {\"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}}}}}"

/* A host of our own: three directories of drop-ins, a program, a cache. */
typedef struct
{
  char *root;
  char *data;
  char *etc;
  char *own;
  char *cache;
  char *program;
  char *asked; /* gets a line each time the program runs */
  const char *directories[4];
} Fixture;

static char *
make_directory (const Fixture *fixture,
                const char *name)
{
  char *path = g_build_filename (fixture->root, name, NULL);

  g_assert_no_errno (g_mkdir (path, 0700));
  return path;
}

static void
write_file (const char *directory,
            const char *name,
            const char *text,
            int mode)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_no_errno (g_chmod (path, mode));
}

/* A program that prints a document, and keeps count. */
static void
write_program (const Fixture *fixture,
               const char *document)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\necho \"$*\" >>'%s'\necho '%s'\n",
                                           fixture->asked, document);

  write_file (fixture->root, "nic", text, 0700);
}

static void
write_drop_in (const Fixture *fixture,
               const char *directory,
               const char *name,
               const char *more)
{
  g_autofree char *text = g_strdup_printf ("{\"binary\": \"%s\"%s}", fixture->program, more);

  write_file (directory, name, text, 0600);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->root = g_dir_make_tmp ("migdesc-discovery-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->data = make_directory (fixture, "data");
  fixture->etc = make_directory (fixture, "etc");
  fixture->own = make_directory (fixture, "own");
  fixture->cache = g_build_filename (fixture->root, "cache", "migdesc", NULL);
  fixture->program = g_build_filename (fixture->root, "nic", NULL);
  fixture->asked = g_build_filename (fixture->root, "asked", NULL);
  fixture->directories[0] = fixture->data;
  fixture->directories[1] = fixture->etc;
  fixture->directories[2] = fixture->own;
  write_program (fixture, DOCUMENT);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  tree_remove (fixture->root);
  g_free (fixture->root);
  g_free (fixture->data);
  g_free (fixture->etc);
  g_free (fixture->own);
  g_free (fixture->cache);
  g_free (fixture->program);
  g_free (fixture->asked);
}

static GListModel *
list (const Fixture *fixture,
      gboolean cached)
{
  g_autoptr (GError) error = NULL;
  GListModel *programs = migdesc_backend_program_list (
      fixture->directories, cached ? fixture->cache : NULL, NULL, &error);

  g_assert_no_error (error);
  return programs;
}

static MigdescBackendProgram *
find_first (const Fixture *fixture,
            gboolean cached)
{
  g_autoptr (GListModel) programs = list (fixture, cached);

  g_assert_cmpuint (g_list_model_get_n_items (programs), ==, 1);
  return g_list_model_get_item (programs, 0);
}

/* The names and descriptions, in order. */
static char *
describe (const Fixture *fixture)
{
  g_autoptr (GListModel) programs = list (fixture, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (programs); i++)
    {
      g_autoptr (MigdescBackendProgram) program = g_list_model_get_item (programs, i);
      const char *description = migdesc_backend_program_get_description (program);

      g_string_append_printf (text, "%s=%s ", migdesc_backend_program_get_name (program),
                              description != NULL ? description : "-");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
count_asked (const Fixture *fixture)
{
  g_autofree char *text = NULL;
  guint n = 0;

  if (!g_file_get_contents (fixture->asked, &text, NULL, NULL))
    return 0;
  for (const char *at = text; *at != '\0'; at++)
    n += *at == '\n';
  return n;
}

static void
test_order (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (fixture->own, "45-null.json", NULL);

  write_drop_in (fixture, fixture->data, "50-b.json", ", \"description\": \"data\"");
  write_drop_in (fixture, fixture->etc, "50-b.json", ", \"description\": \"etc\"");
  write_drop_in (fixture, fixture->own, "10-z.json", ", \"description\": \"own\"");
  write_drop_in (fixture, fixture->data, "30-gone.json", "");
  write_file (fixture->etc, "30-gone.json", "", 0600);
  write_drop_in (fixture, fixture->etc, "40-back.json", ", \"description\": \"etc\"");
  write_file (fixture->data, "40-back.json", "", 0600);
  write_drop_in (fixture, fixture->data, "45-null.json", "");
  g_assert_no_errno (symlink ("/dev/null", path));
  write_drop_in (fixture, fixture->data, "60-other.conf", "");
  write_drop_in (fixture, fixture->data, ".70-hidden.json", "");

  text = describe (fixture);
  g_assert_cmpstr (text, ==, "10-z.json=own 40-back.json=etc 50-b.json=etc ");
  g_assert_cmpuint (count_asked (fixture), ==, 0);
}

static void
test_members (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_autofree char *path = g_build_filename (fixture->etc, "50-nic.json", NULL);
  const char *const argv[] = { fixture->program, "--a b", "'", NULL };
  const char *const tags[] = { "fast", NULL };

  write_drop_in (fixture, fixture->etc, "50-nic.json",
                 ", \"type\": \"net\", \"arguments\": [\"--a b\", \"'\"], \"tags\": [\"fast\"]");
  program = find_first (fixture, FALSE);

  g_assert_cmpstr (migdesc_backend_program_get_path (program), ==, path);
  g_assert_null (migdesc_backend_program_get_description (program));
  g_assert_cmpstr (migdesc_backend_program_get_device_type (program), ==, "net");
  g_assert_cmpstrv (migdesc_backend_program_get_argv (program), argv);
  g_assert_cmpstrv (migdesc_backend_program_get_tags (program), tags);
}

static void
test_ask (Fixture *fixture,
          gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *asked = NULL;

  write_drop_in (fixture, fixture->etc, "50-nic.json", ", \"arguments\": [\"--a b\", \"'\"]");
  program = find_first (fixture, FALSE);
  descriptor = migdesc_backend_program_ask (program, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (descriptor);
  g_assert_true (g_file_get_contents (fixture->asked, &asked, NULL, NULL));
  g_assert_cmpstr (asked, ==, "--a b ' --print-migration-info-json\n");
}

static void
ask_well (MigdescBackendProgram *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = migdesc_backend_program_ask (program, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (descriptor);
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

static void
test_verify (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL, same = NULL, other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, TRUE);
  descriptor = migdesc_backend_program_ask (program, NULL, &error);
  g_assert_no_error (error);
  same = migdesc_backend_program_verify (program, migdesc_descriptor_get_digest (descriptor), NULL,
                                         &error);
  g_assert_no_error (error);
  g_assert_nonnull (same);
  g_assert_cmpuint (count_asked (fixture), ==, 2);

  write_program (fixture, "{\"models\": {\"a.b/disk\": {\"params\": {}}}}");
  other = migdesc_backend_program_verify (program, migdesc_descriptor_get_digest (descriptor), NULL,
                                          &error);
  g_assert_null (other);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_DESCRIPTOR_CHANGED);
  other = migdesc_backend_program_ask (program, NULL, NULL);
  message = g_strdup_printf ("%s: what it offers has changed: the digest was %s, and is %s",
                             fixture->program, migdesc_descriptor_get_digest (descriptor),
                             migdesc_descriptor_get_digest (other));
  g_assert_cmpstr (error->message, ==, message);
}

/* What a drop-in says, and what is said of it behind its path. */
static const struct
{
  const char *text;
  int mode;
  MigdescError code;
  const char *message;
} refused[] = {
  { "{\"binary\": \"nic\"}", 0600, MIGDESC_ERROR_UNSAFE_FILE,
    ":1:12: \"nic\" is not an absolute path" },
  { "{\"binary\": \"/bin/true\"}", 0620, MIGDESC_ERROR_UNSAFE_FILE,
    ": has mode 0620: others than its owner may write it" },
  { "{\"binary\": \"/bin/true\"}", 0602, MIGDESC_ERROR_UNSAFE_FILE,
    ": has mode 0602: others than its owner may write it" },
  { "{}", 0600, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    ":1:1: a drop-in needs a member \"binary\"" },
  { "{\"binary\": \"/bin/true\", \"argument\": []}", 0600, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
    ":1:25: unknown member \"argument\" of a drop-in" },
  { "{\"binary\": \"/bin/tr\\u0000ue\"}", 0600, MIGDESC_ERROR_JSON_STRING,
    ":1:20: \\u0000 in a string, which is refused" },
  { "{\"binary\": \"/bin/true\", \"binary\": \"/bin/true\"}", 0600,
    MIGDESC_ERROR_JSON_DUPLICATE_MEMBER, ":1:25: the object has a second member \"binary\"" },
  { "{\"binary\": \"/bin/true\"", 0600, MIGDESC_ERROR_JSON_SYNTAX,
    ":1:23: the text ends, expected \",\" or \"}\"" },
};

static void
test_refused (Fixture *fixture,
              gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (MigdescBackendProgram) program = NULL;
      g_autoptr (GError) error = NULL, same = NULL;
      g_autofree char *message = NULL;

      write_file (fixture->etc, "50-nic.json", refused[i].text, refused[i].mode);
      program = find_first (fixture, FALSE);
      message = g_strconcat (migdesc_backend_program_get_path (program), refused[i].message, NULL);

      g_assert_false (migdesc_backend_program_is_usable (program, &error));
      g_assert_cmpstr (error->message, ==, message);
      g_assert_error (error, MIGDESC_ERROR, (int) refused[i].code);
      g_assert_null (migdesc_backend_program_ask (program, NULL, &same));
      g_assert_cmpstr (same->message, ==, message);
      g_assert_null (migdesc_backend_program_get_argv (program)[0]);
    }
}

/* A program that others may write is not run, though it was safe when it was found. */
static void
test_unsafe_program (Fixture *fixture,
                     gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, TRUE);
  g_assert_no_errno (g_chmod (fixture->program, 0722));
  g_assert_null (migdesc_backend_program_ask (program, NULL, &error));

  message = g_strdup_printf ("%s: has mode 0722: others than its owner may write it",
                             fixture->program);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_UNSAFE_FILE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (count_asked (fixture), ==, 0);
}

static void
test_owner (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  /* giving files away is root's right alone */
  if (geteuid () != 0)
    return;
  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, FALSE);
  g_assert_no_errno (chown (fixture->program, 4711, 0));
  g_assert_null (migdesc_backend_program_ask (program, NULL, &error));

  message = g_strdup_printf ("%s: belongs to user 4711, not to root or user 0", fixture->program);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_missing_directories (Fixture *fixture,
                          gconstpointer data)
{
  const char *const directories[] = { "/no/such/directory", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) none = migdesc_backend_program_list (directories, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
}

/* A place of descriptors like any other. */
static void
test_place (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *place = g_strconcat ("backends:", fixture->etc, NULL);
  g_autofree char *path = g_build_filename (fixture->etc, "50-nic.json", NULL);
  g_autoptr (GListModel) sources = NULL;
  g_autoptr (MigdescSource) source = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (GError) error = NULL;

  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  sources = migdesc_source_list (place, MIGDESC_DIALECT_AUTO, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (sources), ==, 1);
  source = g_list_model_get_item (sources, 0);
  g_assert_cmpstr (migdesc_source_get_name (source), ==, path);
  descriptor = migdesc_source_read (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (descriptor);
  g_assert_cmpuint (count_asked (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/discovery/order", test_order },
    { "/discovery/members", test_members },
    { "/discovery/ask", test_ask },
    { "/discovery/cache", test_cache },
    { "/discovery/damaged-cache", test_damaged_cache },
    { "/discovery/verify", test_verify },
    { "/discovery/refused", test_refused },
    { "/discovery/unsafe-program", test_unsafe_program },
    { "/discovery/owner", test_owner },
    { "/discovery/missing-directories", test_missing_directories },
    { "/discovery/place", test_place },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
