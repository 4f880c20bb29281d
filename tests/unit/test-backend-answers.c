/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backend-nic.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a program answers for itself, and where to. */

#define PLAIN "{\"models\": {\"a.b/c\": {\"versions\": [\"1\", \"2\"]}}}"

/* A backend of a descriptor: it has no capabilities but those that it is given. */
static MigdescBackend *
plain_backend (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor
      = migdesc_reader_read_string (reader, PLAIN, -1, NULL, NULL, &error);
  MigdescBackend *backend;

  g_assert_no_error (error);
  backend = migdesc_backend_new_from_descriptor (descriptor, NULL, NULL, &error);
  g_assert_no_error (error);
  return backend;
}

static void
assert_answer (MigdescBackend *backend,
               const char *option,
               const char *wanted)
{
  const char *const args[] = { option, NULL };
  g_auto (GStrv) rest = migdesc_backend_parse_args (backend, args, NULL);
  g_autofree char *answer = migdesc_backend_dup_answer (backend);

  g_assert_nonnull (rest);
  g_assert_null (rest[0]);
  g_assert_cmpstr (answer, ==, wanted);
}

static void
test_dialects (void)
{
  g_autoptr (MigdescBackend) backend = plain_backend ();
  g_autofree char *none = migdesc_backend_dup_answer (backend);

  g_assert_null (none);
  assert_answer (backend, "--print-migration-info-json",
                 "{\"migdesc\": \"1.0\", \"models\": {\"a.b/c\": {\"versions\": [\"1\", \"2\"]}}}");
  assert_answer (backend, "--print-migration-info-json=v4",
                 "{\"models\":{\"a.b/c\":{\"versions\":[\"1\",\"2\"]}}}");
}

static void
test_other_dialect (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autofree char *wanted
      = migdesc_descriptor_convert (migdesc_backend_get_descriptor (backend), MIGDESC_DIALECT_V3,
                                    TRUE, NULL, NULL);

  g_assert_true (g_str_has_prefix (wanted, "{\"models\":{\"vendor-a.com/my-nic\":{\"params\":"));
  g_strchomp (wanted);
  assert_answer (backend, "--print-migration-info-json=v3", wanted);
}

/* It says so, instead of going on as if nothing had been asked. */
static void
test_dialect_without_words (void)
{
  static const char *const args[]
      = { "--migration-version=1", "--print-migration-info-json=v3", NULL };
  g_autoptr (MigdescBackend) backend = plain_backend ();
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  g_assert_null (migdesc_backend_parse_args (backend, args, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==,
                   "--print-migration-info-json=v3: model \"a.b/c\" has versions and no params, "
                   "which this dialect cannot express");
  answer = migdesc_backend_dup_answer (backend);
  g_assert_null (answer);
}

/* A kind of device may have no features to speak of. */
static void
test_capabilities (void)
{
  static const char *const features[] = { "mq", "\"", NULL };
  g_autoptr (MigdescBackend) backend = plain_backend ();

  migdesc_backend_set_capabilities (backend, "net", NULL);
  assert_answer (backend, "--print-capabilities",
                 "{\n  \"type\": \"net\",\n  \"features\": []\n}");
  migdesc_backend_set_capabilities (backend, "net", features);
  assert_answer (backend, "--print-capabilities",
                 "{\n  \"type\": \"net\",\n  \"features\": [\n    \"mq\",\n    \"\\\"\"\n  ]\n}");
}

/* Without a kind it is somebody else's option. */
static void
test_no_capabilities (void)
{
  static const char *const args[] = { "--print-capabilities", NULL };
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_auto (GStrv) rest = NULL;

  migdesc_backend_set_capabilities (backend, NULL, NULL);
  rest = migdesc_backend_parse_args (backend, args, NULL);
  g_assert_cmpstrv (rest, args);
}

static char *
parse_group (MigdescBackend *backend,
             const char *option,
             GError **error)
{
  GOptionContext *context = g_option_context_new (NULL);
  const char *words[] = { "nic", option, NULL };
  g_auto (GStrv) argv = g_strdupv ((char **) words);
  gboolean done;

  g_option_context_add_group (context, migdesc_backend_get_option_group (backend));
  done = g_option_context_parse_strv (context, &argv, error);
  g_option_context_free (context);
  return done ? migdesc_backend_dup_answer (backend) : NULL;
}

static void
test_group (void)
{
  g_autoptr (MigdescBackend) backend = plain_backend (), nic = nic_backend (NULL);
  g_autoptr (GError) none = NULL, error = NULL;
  g_autofree char *answer = NULL;

  g_assert_null (parse_group (backend, "--print-capabilities", &none));
  g_assert_error (none, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION);
  answer = parse_group (nic, "--print-capabilities", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==,
                   "{\n  \"type\": \"net\",\n  \"features\": [\n    \"mq\"\n  ]\n}");
}

/* --- As a program does it --------------------------------------------- */

/* Runs with another descriptor in the place of stdout or stderr. */
static int
run_into (MigdescBackend *backend,
          const char *option,
          int stream,
          int fd)
{
  char program[] = "/usr/bin/n\nic";
  char *words[] = { program, (char *) option, NULL };
  char **argv = words;
  int argc = 2, kept, status;

  fflush (NULL);
  kept = dup (stream);
  g_assert_no_errno (dup2 (fd, stream));
  status = migdesc_backend_run_options (backend, &argc, &argv);
  g_assert_no_errno (dup2 (kept, stream));
  close (kept);
  return status;
}

static void
test_full_disk (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  int full = open ("/dev/full", O_WRONLY | O_CLOEXEC), null = open ("/dev/null", O_WRONLY);

  g_assert_cmpint (run_into (backend, "--print-capabilities", STDOUT_FILENO, full), ==, 1);
  g_assert_cmpint (run_into (backend, "--print-capabilities", STDOUT_FILENO, null), ==, 0);
  close (full);
  close (null);
}

static void
test_mistakes (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  char text[512] = "";
  int ends[2];

  g_assert_no_errno (pipe (ends));
  g_assert_cmpint (run_into (backend, "--m-rss=maybe", STDERR_FILENO, ends[1]), ==, 1);
  close (ends[1]);
  g_assert_cmpint (read (ends[0], text, sizeof text - 1), >, 0);
  close (ends[0]);
  g_assert_cmpstr (text, ==,
                   "n\\nic: --m-rss: rss is a bool (on or off), and \"maybe\" is not; use rss as "
                   "one of off,on\n");
}

/* A program may be started without even its name. */
static void
test_no_arguments (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  char *words[] = { NULL };
  char **argv = words;
  int argc = 0;

  g_assert_cmpint (migdesc_backend_run_options (backend, &argc, &argv), ==, -1);
  g_assert_cmpint (argc, ==, 0);
  g_assert_null (argv[0]);
  g_assert_cmpstr (migdesc_backend_get_version (backend), ==, "3");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend-answers/dialects", test_dialects);
  g_test_add_func ("/backend-answers/other-dialect", test_other_dialect);
  g_test_add_func ("/backend-answers/dialect-without-words", test_dialect_without_words);
  g_test_add_func ("/backend-answers/capabilities", test_capabilities);
  g_test_add_func ("/backend-answers/no-capabilities", test_no_capabilities);
  g_test_add_func ("/backend-answers/group", test_group);
  g_test_add_func ("/backend-answers/full-disk", test_full_disk);
  g_test_add_func ("/backend-answers/mistakes", test_mistakes);
  g_test_add_func ("/backend-answers/no-arguments", test_no_arguments);
  return g_test_run ();
}
