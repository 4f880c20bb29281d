/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "discovery-fixture.h"

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
    ":1:12: \"nic\" is not an absolute path (at /binary)" },
  { "{\"binary\": \"/bin/true\"}", 0620, MIGDESC_ERROR_UNSAFE_FILE,
    ": has mode 0620: others than its owner may write it" },
  { "{\"binary\": \"/bin/true\"}", 0602, MIGDESC_ERROR_UNSAFE_FILE,
    ": has mode 0602: others than its owner may write it" },
  { "{}", 0600, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    ":1:1: a drop-in needs a member \"binary\"" },
  { "{\"binary\": \"/bin/true\", \"argument\": []}", 0600, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
    ":1:25: unknown member \"argument\" of a drop-in (at /argument)" },
  { "{\"binary\": \"/bin/tr\\u0000ue\"}", 0600, MIGDESC_ERROR_JSON_STRING,
    ":1:20: \\u0000 in a string, which is refused (at /binary)" },
  { "{\"binary\": \"/bin/true\", \"binary\": \"/bin/true\"}", 0600,
    MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    ":1:25: the object has a second member \"binary\" (at /binary)" },
  { "[]", 0600, MIGDESC_ERROR_DOCUMENT_TYPE, ":1:1: expected an object, found an array" },
  { "{\"binary\": \"/bin/true\", \"tags\": \"fast\"}", 0600, MIGDESC_ERROR_DOCUMENT_TYPE,
    ":1:33: expected an array, found a string (at /tags)" },
  { "{\"binary\": \"/bin/true\", \"arguments\": [\"-n\", 1]}", 0600, MIGDESC_ERROR_DOCUMENT_TYPE,
    ":1:45: expected a string, found a number (at /arguments/1)" },
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

/* As many words as there may be, and one more. */
static void
test_many_words (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) good = NULL, bad = NULL;
  g_autoptr (GString) words = g_string_new (", \"arguments\": [\"0\"");
  g_autoptr (GError) error = NULL;
  g_autofree char *most = NULL, *more = NULL, *message = NULL;

  for (guint i = 1; i < 256; i++)
    g_string_append_printf (words, ",\"%u\"", i);
  most = g_strconcat (words->str, "]", NULL);
  more = g_strconcat (words->str, ",\"256\"]", NULL);
  write_drop_in (fixture, fixture->etc, "50-nic.json", most);
  good = find_first (fixture, FALSE);
  g_assert_true (migdesc_backend_program_is_usable (good, &error));
  g_assert_cmpuint (g_strv_length ((char **) migdesc_backend_program_get_argv (good)), ==, 257);

  write_drop_in (fixture, fixture->etc, "50-nic.json", more);
  bad = find_first (fixture, FALSE);
  g_assert_false (migdesc_backend_program_is_usable (bad, NULL));
  g_assert_false (migdesc_backend_program_is_usable (bad, &error));
  message = g_strdup_printf ("%s:1:%zu: more than 256 texts (at /arguments)",
                             migdesc_backend_program_get_path (bad),
                             strlen ("{\"binary\": \"\", \"arguments\": ") + 1
                                 + strlen (fixture->program));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==, message);
}

/* One that cannot be read tells nothing of its program. */
static void
test_unreadable (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) large = NULL;
  g_autofree char *text = g_strnfill (4 * 1024 * 1024 + 1, ' ');
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture->etc, "50-nic.json", text, 0600);
  large = find_first (fixture, TRUE);
  g_assert_false (migdesc_backend_program_is_usable (large, &error));
  message = g_strdup_printf ("%s: more than 4194304 bytes in the document (limit document-size)",
                             migdesc_backend_program_get_path (large));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_null (migdesc_backend_program_get_description (large));
  g_assert_null (migdesc_backend_program_get_device_type (large));
  g_assert_null (migdesc_backend_program_get_tags (large)[0]);
  g_assert_null (migdesc_backend_program_verify (large, "0", NULL, NULL));
  g_assert_null (migdesc_backend_program_ask (large, NULL, NULL));
}

/* Neither a program that fails nor one that prints something else is what it was. */
static void
test_verify_fails (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL;
  g_autoptr (GError) other = NULL, failed = NULL;
  g_autofree char *message = g_strconcat (fixture->program, ":1:1: ", NULL);

  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, FALSE);
  write_program (fixture, "no document");
  g_assert_null (migdesc_backend_program_verify (program, "0", NULL, &other));
  g_assert_true (g_str_has_prefix (other->message, message));
  write_file (fixture->root, "nic", "#!/bin/sh\nexit 3\n", 0700);
  g_assert_null (migdesc_backend_program_verify (program, "0", NULL, &failed));
  g_assert_error (failed, MIGDESC_ERROR, MIGDESC_ERROR_PROGRAM_FAILED);
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

/* Nor is one that others may put another in the place of; and no drop-in of theirs is read. */
static void
test_unsafe_directory (Fixture *fixture,
                       gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) program = NULL, replaceable = NULL;
  g_autoptr (GError) not_run = NULL, not_read = NULL;
  g_autofree char *message = NULL, *link = g_build_filename (fixture->data, "nic", NULL);

  g_assert_no_errno (symlink (fixture->program, link));
  g_free (fixture->program);
  fixture->program = g_steal_pointer (&link);
  write_drop_in (fixture, fixture->etc, "50-nic.json", "");
  program = find_first (fixture, TRUE);
  g_assert_no_errno (g_chmod (fixture->data, 0777));
  g_assert_null (migdesc_backend_program_ask (program, NULL, &not_run));
  message = g_strdup_printf (
      "%s: the directory %s on the way to it has mode 0777: others than its owner may write it",
      fixture->program, fixture->data);
  g_assert_cmpstr (not_run->message, ==, message);
  g_assert_error (not_run, MIGDESC_ERROR, MIGDESC_ERROR_UNSAFE_FILE);

  g_assert_no_errno (g_chmod (fixture->etc, 0770));
  replaceable = find_first (fixture, TRUE);
  g_assert_false (migdesc_backend_program_is_usable (replaceable, &not_read));
  g_free (message);
  message = g_strdup_printf (
      "%s: the directory %s on the way to it has mode 0770: others than its owner may write it",
      migdesc_backend_program_get_path (replaceable), fixture->etc);
  g_assert_cmpstr (not_read->message, ==, message);
  g_assert_error (not_read, MIGDESC_ERROR, MIGDESC_ERROR_UNSAFE_FILE);
  g_assert_cmpuint (count_asked (fixture), ==, 0);
}

/* Of root's files, which are good for everybody; who is root can see what is said of others'. */
static void
test_owner (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (MigdescBackendProgram) of_root = NULL, program = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  write_file (fixture->etc, "50-nic.json",
              "{\"binary\": \"/bin/sh\", \"arguments\": [\"-c\", \"echo '" "{}" "'\"]}", 0600);
  of_root = find_first (fixture, FALSE);
  g_assert_null (migdesc_backend_program_ask (of_root, NULL, &error));
  g_assert_cmpstr (error->message, ==, "/bin/sh:1:1: a document needs a member \"models\"");
  g_clear_error (&error);
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
  g_test_init (&argc, &argv, NULL);
  add_test ("/discovery/order", test_order);
  add_test ("/discovery/members", test_members);
  add_test ("/discovery/ask", test_ask);
  add_test ("/discovery/verify", test_verify);
  add_test ("/discovery/refused", test_refused);
  add_test ("/discovery/many-words", test_many_words);
  add_test ("/discovery/unreadable", test_unreadable);
  add_test ("/discovery/verify-fails", test_verify_fails);
  add_test ("/discovery/unsafe-program", test_unsafe_program);
  add_test ("/discovery/unsafe-directory", test_unsafe_directory);
  add_test ("/discovery/owner", test_owner);
  add_test ("/discovery/missing-directories", test_missing_directories);
  add_test ("/discovery/place", test_place);
  return g_test_run ();
}
