/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where descriptors are: files, directories, programs. */

#include "tree-fixture.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static void
assert_fails (const Tree *tree, const char *path, MigdescError code, const char *message)
{
  g_autofree char *full = g_build_filename (tree->root, path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = load (full, &error);

  g_assert_null (descriptor);
  tree_assert_error (tree, error, code, message);
}

/* --- Files ------------------------------------------------------------ */

static void
test_file (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "good.json");
  g_autoptr (MigdescDescriptor) descriptor = NULL;

  tree_file (tree, "good.json", GOOD);
  assert_loads (path, CANONICAL);
  descriptor = load (path, NULL);
  g_assert_cmpstr (migdesc_descriptor_get_origin (descriptor), ==, path);
}

static void
test_file_behind_a_link (Tree *tree, gconstpointer data)
{
  g_autofree char *link = tree_path (tree, "link");

  tree_file (tree, "good.json", GOOD);
  tree_link (tree, "link", "good.json");
  assert_loads (link, CANONICAL);
}

static void
test_what_cannot_be_read (Tree *tree, gconstpointer data)
{
  g_autofree char *fifo = tree_path (tree, "fifo");

  tree_file (tree, "file", "");
  tree_link (tree, "loop", "loop");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_fails (tree, "missing", MIGDESC_ERROR_CANNOT_READ,
                "/missing: cannot be read: No such file or directory");
  assert_fails (tree, "file/x", MIGDESC_ERROR_CANNOT_READ,
                "/file/x: cannot be read: Not a directory");
  assert_fails (tree, "loop", MIGDESC_ERROR_CANNOT_READ,
                "/loop: cannot be read: Too many levels of symbolic links");
  alarm (10);
  assert_fails (tree, "fifo", MIGDESC_ERROR_CANNOT_READ,
                "/fifo: cannot be read: it is not a regular file");
  alarm (0);
  assert_fails (tree, "a\nb\033[31m", MIGDESC_ERROR_CANNOT_READ,
                "/a\\nb\\x1b[31m: cannot be read: No such file or directory");
}

static void
test_socket (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "socket");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  assert_fails (tree, "socket", MIGDESC_ERROR_CANNOT_READ,
                "/socket: cannot be read: No such device or address");
  close (fd);
}

static void
test_device (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load ("/dev/zero", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_assert_cmpstr (error->message, ==, "/dev/zero: cannot be read: it is not a regular file");
}

static void
test_long_path_is_not_cut (Tree *tree, gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'x');
  g_autofree char *message
      = g_strdup_printf ("/%s: cannot be read: No such file or directory", name);

  assert_fails (tree, name, MIGDESC_ERROR_CANNOT_READ, message);
}

static void
test_size_limit (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "large.json");
  g_autofree char *text = g_strnfill (4194305, ' ');

  memcpy (text, GOOD, strlen (GOOD));
  tree_bytes (tree, "large.json", text, 4194304);
  assert_loads (path, CANONICAL);
  tree_bytes (tree, "large.json", text, 4194305);
  assert_fails (tree, "large.json", MIGDESC_ERROR_LIMIT_EXCEEDED,
                "/large.json: more than 4194304 bytes in the document (limit document-size)");
}

static void
test_limits_of_the_reader (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "good.json");
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (GError) error = NULL;

  tree_file (tree, "good.json", GOOD);
  migdesc_limits_set (limits, MIGDESC_LIMIT_DOCUMENT_SIZE, strlen (GOOD) - 1);
  migdesc_reader_set_limits (reader, limits);
  g_assert_null (migdesc_descriptor_load (path, reader, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
}

/* --- Directories ------------------------------------------------------ */

static void
make_directory (const Tree *tree)
{
  tree_file (tree, "hosts/b.json", GOOD);
  tree_file (tree, "hosts/a.txt", GOOD);
  tree_file (tree, "hosts/.hidden.json", "hidden");
  tree_directory (tree, "hosts/directory");
  tree_link (tree, "hosts/c-link.json", "b.json");
  tree_link (tree, "hosts/dangling", "nowhere");
}

static void
test_directory (Tree *tree, gconstpointer data)
{
  g_autofree char *hosts = tree_path (tree, "hosts");
  const Tree inner = { hosts };
  g_autofree char *names = NULL;

  make_directory (tree);
  names = tree_types (&inner, MIGDESC_DIALECT_AUTO, NULL);
  g_assert_cmpstr (names, ==, "a.txt b.json c-link.json dangling");
}

static void
test_directory_is_not_one_descriptor (Tree *tree, gconstpointer data)
{
  make_directory (tree);
  tree_directory (tree, "empty");
  assert_fails (tree, "hosts", MIGDESC_ERROR_NOT_UNIQUE, "/hosts: holds 4 descriptors, not one");
  assert_fails (tree, "empty", MIGDESC_ERROR_NOT_UNIQUE, "/empty: holds 0 descriptors, not one");
}

static void
test_most_files_in_one_directory (Tree *tree, gconstpointer data)
{
  g_autofree char *hosts = tree_path (tree, "hosts");
  g_autofree char *message = g_strconcat (hosts, ": more than 65536 files in the directory", NULL);
  g_autoptr (GListModel) sources = NULL;
  g_autoptr (GError) error = NULL;

  tree_file (tree, "good.json", GOOD);
  for (guint i = 0; i < 65536; i++)
    {
      g_autofree char *name = g_strdup_printf ("hosts/%u", i);

      tree_link (tree, name, "../good.json");
    }
  sources = migdesc_source_list (hosts, MIGDESC_DIALECT_AUTO, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (sources), ==, 65536);
  tree_link (tree, "hosts/more", "../good.json");
  g_assert_null (migdesc_source_list (hosts, MIGDESC_DIALECT_AUTO, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_cancelled_before_it_is_read (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "good.json");
  g_autofree char *message = g_strconcat (path, ": reading was cancelled", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  tree_file (tree, "good.json", GOOD);
  g_cancellable_cancel (cancellable);
  g_assert_null (migdesc_descriptor_load (path, NULL, cancellable, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_directory_with_one_file (Tree *tree, gconstpointer data)
{
  g_autofree char *hosts = tree_path (tree, "hosts");

  tree_file (tree, "hosts/only.json", GOOD);
  assert_loads (hosts, CANONICAL);
}

/* --- Programs --------------------------------------------------------- */

static void
test_program (void)
{
  g_autoptr (MigdescDescriptor) descriptor = load ("exec:echo '" GOOD "'", NULL);

  assert_loads ("exec:echo '" GOOD "'", CANONICAL);
  g_assert_cmpstr (migdesc_descriptor_get_origin (descriptor), ==, "exec:echo '" GOOD "'");
}

static void
test_program_that_prints_nonsense (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load ("exec:echo '{'", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_JSON_SYNTAX);
  g_assert_cmpstr (error->message, ==,
                   "exec:echo '{':2:1: the text ends, expected a member's name or \"}\"");
}

static void
test_program_that_fails (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load ("exec:false", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_PROGRAM_FAILED);
  g_assert_cmpstr (error->message, ==, "exec:false: ended with status 1");
}

static void
test_limits_of_the_reader_hold_for_programs (void)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (GError) error = NULL;

  migdesc_limits_set (limits, MIGDESC_LIMIT_PROGRAM_TIME, 50);
  migdesc_reader_set_limits (reader, limits);
  g_assert_null (migdesc_descriptor_load ("exec:sleep 60", reader, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_PROGRAM_TIMEOUT);
}

/* --- Sources ---------------------------------------------------------- */

static void
test_each_call_reads_again (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "x.json");
  g_autoptr (GListModel) sources = migdesc_source_list (path, MIGDESC_DIALECT_AUTO, NULL, NULL);
  g_autoptr (MigdescSource) source = g_list_model_get_item (sources, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;

  g_assert_cmpstr (migdesc_source_get_name (source), ==, path);
  g_assert_null (migdesc_source_read (source, NULL, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  tree_file (tree, "x.json", GOOD);
  descriptor = migdesc_source_read (source, NULL, NULL, NULL, NULL);
  g_assert_nonnull (descriptor);
}

static void
test_report_tells_warnings (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "x.json");
  g_autoptr (GListModel) sources = migdesc_source_list (path, MIGDESC_DIALECT_AUTO, NULL, NULL);
  g_autoptr (MigdescSource) source = g_list_model_get_item (sources, 0);
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (MigdescFinding) finding = NULL;

  tree_file (tree, "x.json", "{\"models\": {\"a.b/c\": {\"params\": {}}},\n \"x\": 1}");
  descriptor = migdesc_source_read (source, NULL, NULL, &report, NULL);
  g_assert_nonnull (descriptor);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 1);
  finding = migdesc_report_get_finding (report, 0);
  g_assert_cmpstr (migdesc_finding_get_origin (finding), ==, path);
  g_assert_cmpuint (migdesc_finding_get_line (finding), ==, 2);
}

static void
test_source_of_nothing (void)
{
  g_autoptr (MigdescSource) source = g_object_new (MIGDESC_TYPE_SOURCE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (migdesc_source_get_name (source), ==, "");
  g_assert_null (migdesc_source_read (source, NULL, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
}

typedef struct
{
  GMainLoop *loop;
  MigdescDescriptor *descriptor;
  MigdescReport *report;
  GError *error;
} Outcome;

static void
finish_reading (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->descriptor = migdesc_source_read_finish (MIGDESC_SOURCE (source), result,
                                                    &outcome->report, &outcome->error);
  g_main_loop_quit (outcome->loop);
}

static void
read_async (const char *place, GCancellable *cancellable, Outcome *outcome)
{
  g_autoptr (GListModel) sources = migdesc_source_list (place, MIGDESC_DIALECT_AUTO, NULL, NULL);
  g_autoptr (MigdescSource) source = g_list_model_get_item (sources, 0);

  outcome->loop = g_main_loop_new (NULL, FALSE);
  migdesc_source_read_async (source, NULL, cancellable, finish_reading, outcome);
  g_main_loop_run (outcome->loop);
  g_main_loop_unref (outcome->loop);
}

static void
test_async (void)
{
  Outcome outcome = { NULL };

  read_async ("exec:echo '" GOOD "'", NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_nonnull (outcome.descriptor);
  g_assert_cmpuint (migdesc_report_get_n_findings (outcome.report), ==, 0);
  g_object_unref (outcome.descriptor);
  migdesc_report_unref (outcome.report);
}

static void
test_async_fails (void)
{
  Outcome outcome = { NULL };

  read_async ("exec:false", NULL, &outcome);
  g_assert_error (outcome.error, MIGDESC_ERROR, MIGDESC_ERROR_PROGRAM_FAILED);
  g_assert_null (outcome.descriptor);
  g_assert_null (outcome.report);
  g_error_free (outcome.error);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (20 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_async_is_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  Outcome outcome = { NULL };

  read_async ("exec:sleep 60", cancellable, &outcome);
  g_thread_join (thread);
  g_assert_error (outcome.error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_error_free (outcome.error);
}

static void
test_dump_of_mdevctl (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "dump.json");
  g_auto (GStrv) uuids = NULL;
  g_autoptr (MigdescParamList) list = NULL;
  g_autofree char *text = NULL;

  tree_file (tree, "dump.json", "[{\"p\":[{\"u\":{\"attrs\":[{\"migration/x\":\"1\"}]}}]}]");
  uuids = migdesc_instance_list (path, NULL, NULL);
  g_assert_cmpuint (g_strv_length (uuids), ==, 1);
  list = migdesc_instance_load (path, uuids[0], NULL, NULL);
  text = migdesc_param_list_to_string (list);
  g_assert_cmpstr (text, ==, "x=1");
}

/* The first source's program and its arguments, one a line */
static char *
program_of (const char *place)
{
  g_autoptr (GListModel) sources
      = migdesc_source_list (place, MIGDESC_DIALECT_AUTO, NULL, NULL);
  g_autoptr (MigdescSource) source = g_list_model_get_item (sources, 0);
  g_auto (GStrv) words = migdesc_source_dup_program (source);

  return words == NULL ? NULL : g_strjoinv ("\n", words);
}

static void
assert_program (const char *place, const char *expected)
{
  g_autofree char *words = program_of (place);

  g_assert_cmpstr (words, ==, expected);
}

/* What asks a program for its descriptor is left out; without it nobody knows what else it does. */
static void
test_program_behind_a_source (void)
{
  assert_program ("exec:my-nic --print-migration-info-json", "my-nic");
  assert_program ("exec:'./my nic' a --print-migration-info-json=v3 'b c'", "./my nic\na\nb c");
  assert_program ("exec:cat nic.json", NULL);
  assert_program ("exec:--print-migration-info-json x", NULL);
  assert_program ("exec:'", NULL);
  assert_program ("nic.json", NULL);
  assert_program ("-", NULL);
}

#define ADD(path, function) \
  g_test_add ("/source/" path, Tree, NULL, tree_set_up, function, tree_tear_down)

static void
add_files_and_directories (void)
{
  ADD ("file", test_file);
  ADD ("file-behind-a-link", test_file_behind_a_link);
  ADD ("what-cannot-be-read", test_what_cannot_be_read);
  ADD ("socket", test_socket);
  g_test_add_func ("/source/device", test_device);
  ADD ("long-path-is-not-cut", test_long_path_is_not_cut);
  ADD ("size-limit", test_size_limit);
  ADD ("limits-of-the-reader", test_limits_of_the_reader);
  ADD ("directory", test_directory);
  ADD ("directory-is-not-one-descriptor", test_directory_is_not_one_descriptor);
  ADD ("directory-with-one-file", test_directory_with_one_file);
  ADD ("most-files-in-one-directory", test_most_files_in_one_directory);
  ADD ("cancelled-before-it-is-read", test_cancelled_before_it_is_read);
  ADD ("dump-of-mdevctl", test_dump_of_mdevctl);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_files_and_directories ();
  g_test_add_func ("/source/program", test_program);
  g_test_add_func ("/source/program-that-prints-nonsense", test_program_that_prints_nonsense);
  g_test_add_func ("/source/program-that-fails", test_program_that_fails);
  g_test_add_func ("/source/limits-of-the-reader-hold-for-programs",
                   test_limits_of_the_reader_hold_for_programs);
  ADD ("each-call-reads-again", test_each_call_reads_again);
  ADD ("report-tells-warnings", test_report_tells_warnings);
  g_test_add_func ("/source/program-behind-it", test_program_behind_a_source);
  g_test_add_func ("/source/of-nothing", test_source_of_nothing);
  g_test_add_func ("/source/async", test_async);
  g_test_add_func ("/source/async-fails", test_async_fails);
  g_test_add_func ("/source/async-is-cancelled", test_async_is_cancelled);
  return g_test_run ();
}
