/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/program.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <migdesc/migdesc-error.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "open-files.h"

/* Longer than any test may take: a program that is not ended in time makes its test fail. */
#define LONG "60"

static MigdescLimits *
new_limits (guint64 milliseconds, guint64 bytes)
{
  MigdescLimits *limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_PROGRAM_TIME, milliseconds);
  migdesc_limits_set (limits, MIGDESC_LIMIT_PROGRAM_OUTPUT, bytes);
  return limits;
}

static void
assert_holds (GBytes *bytes, const char *expected, gsize length)
{
  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, length);
  g_assert_true (length == 0 || memcmp (g_bytes_get_data (bytes, NULL), expected, length) == 0);
}

static void
assert_prints (const char *command, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = migdesc_program_run (command, NULL, NULL, &error);

  g_assert_no_error (error);
  assert_holds (bytes, expected, strlen (expected));
}

static void
assert_fails_within (const char *command, const MigdescLimits *limits, MigdescError code,
                     const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = migdesc_program_run (command, limits, NULL, &error);

  g_assert_null (bytes);
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
assert_fails (const char *command, MigdescError code, const char *message)
{
  assert_fails_within (command, NULL, code, message);
}

/* Everything that was ever started has this process as its reaper in the end, so that when there is
 * no child left, there is no process left. */
static void
assert_nothing_is_left (void)
{
  alarm (20);
  while (waitpid (-1, NULL, 0) > 0 || errno == EINTR)
    ;
  g_assert_cmpint (errno, ==, ECHILD);
  alarm (0);
}

static void
test_output_is_all_of_stdout (void)
{
  assert_prints ("echo hello", "hello\n");
  assert_prints ("printf ''", "");
  assert_prints ("sh -c 'echo out; echo err >&2'", "out\n");
  assert_prints ("sh -c 'echo one; sleep 0.05; echo two'", "one\ntwo\n");
}

static void
test_output_may_hold_nul (void)
{
  g_autoptr (GBytes) bytes = migdesc_program_run ("printf 'a\\000b'", NULL, NULL, NULL);

  assert_holds (bytes, "a\0b", 3);
}

static void
test_words_are_quoted_as_for_a_shell (void)
{
  assert_prints ("printf '%s.' one 'two words' \"three words\" four\\ words",
                 "one.two words.three words.four words.");
  assert_prints ("printf %s 'a;b|c>d$e`f`'", "a;b|c>d$e`f`");
}

static void
test_no_shell_runs (void)
{
  assert_prints ("echo $HOME * ; echo no", "$HOME * ; echo no\n");
}

static void
test_stdin_is_empty (void)
{
  assert_prints ("cat", "");
}

static void
test_failure_tells_status_and_stderr (void)
{
  assert_fails ("sh -c 'exit 3'", MIGDESC_ERROR_PROGRAM_FAILED,
                "exec:sh -c 'exit 3': ended with status 3");
  assert_fails (
      "sh -c 'echo no such device >&2; exit 1'", MIGDESC_ERROR_PROGRAM_FAILED,
      "exec:sh -c 'echo no such device >&2; exit 1': ended with status 1: no such device");
}

static void
test_output_of_a_failed_program_is_not_an_answer (void)
{
  assert_fails ("sh -c 'echo {}; exit 1'", MIGDESC_ERROR_PROGRAM_FAILED,
                "exec:sh -c 'echo {}; exit 1': ended with status 1");
}

static void
test_signal (void)
{
  assert_fails ("sh -c 'echo bye >&2; kill -TERM $$'", MIGDESC_ERROR_PROGRAM_FAILED,
                "exec:sh -c 'echo bye >&2; kill -TERM $$': ended by signal 15: bye");
}

static void
test_stderr_is_escaped (void)
{
  assert_fails (
      "sh -c 'printf \"\\033[31mred\\000\\377\\n\" >&2; exit 1'", MIGDESC_ERROR_PROGRAM_FAILED,
      "exec:sh -c 'printf \"\\\\033[31mred\\\\000\\\\377\\\\n\" >&2; exit 1': ended with status 1: "
      "\\x1b[31mred\\x00\\xff");
  assert_fails (
      "sh -c 'printf \"one\\ntwo\\n\" >&2; exit 1'", MIGDESC_ERROR_PROGRAM_FAILED,
      "exec:sh -c 'printf \"one\\\\ntwo\\\\n\" >&2; exit 1': ended with status 1: one\\ntwo");
}

static void
test_long_stderr_tells_its_first_and_last_line (void)
{
  assert_fails (
      "sh -c 'echo first >&2; seq 100 160 >&2; echo last >&2; exit 1'",
      MIGDESC_ERROR_PROGRAM_FAILED,
      "exec:sh -c 'echo first >&2; seq 100 160 >&2; echo last >&2; exit 1': ended with status 1: "
      "first … last");
  assert_fails ("sh -c 'seq 1 5000 >&2; exit 1'", MIGDESC_ERROR_PROGRAM_FAILED,
                "exec:sh -c 'seq 1 5000 >&2; exit 1': ended with status 1: … 5000");
}

static void
test_long_line_of_stderr_is_cut (void)
{
  g_autofree char *start = g_strnfill (127, 'x');
  g_autofree char *message = g_strdup_printf (
      "exec:sh -c 'printf %%05000d 0 | tr 0 x >&2; exit 1': ended with status 1: %s…", start);

  assert_fails ("sh -c 'printf %05000d 0 | tr 0 x >&2; exit 1'", MIGDESC_ERROR_PROGRAM_FAILED,
                message);
}

static void
test_much_stderr_does_not_block_the_program (void)
{
  assert_prints ("sh -c 'head -c 1000000 /dev/zero >&2; echo done'", "done\n");
}

static void
test_program_that_cannot_be_run (void)
{
  assert_fails ("/nonexistent/program --x", MIGDESC_ERROR_CANNOT_RUN,
                "exec:/nonexistent/program --x: cannot be run: there is no such program");
  assert_fails ("no-such-program-anywhere", MIGDESC_ERROR_CANNOT_RUN,
                "exec:no-such-program-anywhere: cannot be run: there is no such program");
  assert_fails ("/", MIGDESC_ERROR_CANNOT_RUN, "exec:/: cannot be run: permission denied");
  assert_fails ("/etc/passwd/x", MIGDESC_ERROR_CANNOT_RUN,
                "exec:/etc/passwd/x: cannot be run: there is no such program");
}

static void
test_command_line_that_cannot_be_parsed (void)
{
  assert_fails ("", MIGDESC_ERROR_CANNOT_RUN, "exec:: cannot be run: no program is named");
  assert_fails ("  ", MIGDESC_ERROR_CANNOT_RUN, "exec:  : cannot be run: no program is named");
  assert_fails ("echo 'a", MIGDESC_ERROR_CANNOT_RUN,
                "exec:echo 'a: cannot be run: a quotation mark or backslash has no end");
  assert_fails ("echo a\\", MIGDESC_ERROR_CANNOT_RUN,
                "exec:echo a\\\\: cannot be run: a quotation mark or backslash has no end");
}

static void
test_command_line_is_escaped (void)
{
  assert_fails ("/nonexistent/\033[31m\n\342\200\256", MIGDESC_ERROR_CANNOT_RUN,
                "exec:/nonexistent/\\x1b[31m\\n\\u202e: cannot be run: there is no such program");
}

static void
test_time_limit (void)
{
  g_autoptr (MigdescLimits) limits = new_limits (100, 1000);
  gint64 start = g_get_monotonic_time ();

  assert_fails_within ("sleep " LONG, limits, MIGDESC_ERROR_PROGRAM_TIMEOUT,
                       "exec:sleep " LONG ": did not end within 100 ms (limit program-time)");
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 100 * 1000);
  assert_fails_within ("sh -c 'echo {}; exec >&-; sleep " LONG "'", limits,
                       MIGDESC_ERROR_PROGRAM_TIMEOUT,
                       "exec:sh -c 'echo {}; exec >&-; sleep " LONG "': did not end within 100 ms "
                       "(limit program-time)");
  assert_fails_within ("sh -c 'trap \"\" TERM INT HUP; while :; do sleep 0.01; done'", limits,
                       MIGDESC_ERROR_PROGRAM_TIMEOUT,
                       "exec:sh -c 'trap \"\" TERM INT HUP; while :; do sleep 0.01; done': did not "
                       "end within 100 ms "
                       "(limit program-time)");
  assert_nothing_is_left ();
}

static void
test_endless_stderr_ends_at_the_time_limit (void)
{
  g_autoptr (MigdescLimits) limits = new_limits (100, 1000);

  assert_fails_within ("sh -c 'yes >&2'", limits, MIGDESC_ERROR_PROGRAM_TIMEOUT,
                       "exec:sh -c 'yes >&2': did not end within 100 ms (limit program-time)");
  assert_nothing_is_left ();
}

static void
test_output_limit (void)
{
  g_autoptr (MigdescLimits) limits = new_limits (10000, 1000);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = migdesc_program_run ("head -c 1000 /dev/zero", limits, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 1000);
  assert_fails_within (
      "head -c 1001 /dev/zero", limits, MIGDESC_ERROR_PROGRAM_OUTPUT,
      "exec:head -c 1001 /dev/zero: printed more than 1000 bytes (limit program-output)");
  assert_fails_within ("cat /dev/zero", limits, MIGDESC_ERROR_PROGRAM_OUTPUT,
                       "exec:cat /dev/zero: printed more than 1000 bytes (limit program-output)");
  assert_nothing_is_left ();
}

static void
test_usual_limits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = migdesc_program_run ("head -c 16777216 /dev/zero", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 16777216);
  assert_fails (
      "head -c 16777217 /dev/zero", MIGDESC_ERROR_PROGRAM_OUTPUT,
      "exec:head -c 16777217 /dev/zero: printed more than 16777216 bytes (limit program-output)");
}

static void
test_output_held_open_by_what_it_started (void)
{
  g_autoptr (MigdescLimits) limits = new_limits (200, 1000);

  assert_fails_within ("sh -c 'echo {}; sleep " LONG " & exit 0'", limits,
                       MIGDESC_ERROR_PROGRAM_TIMEOUT,
                       "exec:sh -c 'echo {}; sleep " LONG
                       " & exit 0': ended, but what it started kept its output open "
                       "for 200 ms (limit program-time)");
  assert_nothing_is_left ();
}

static void
test_what_it_started_ends_with_it (void)
{
  assert_prints ("sh -c 'sleep " LONG " >/dev/null 2>&1 & echo {}'", "{}\n");
  assert_nothing_is_left ();
  assert_fails (
      "sh -c 'sleep " LONG " >/dev/null & echo no >&2; exit 1'", MIGDESC_ERROR_PROGRAM_FAILED,
      "exec:sh -c 'sleep " LONG " >/dev/null & echo no >&2; exit 1': ended with status 1: no");
  assert_nothing_is_left ();
}

static void
test_output_closed_early (void)
{
  assert_prints ("sh -c 'echo {}; exec >&- 2>&-; sleep 0.05'", "{}\n");
  assert_fails ("sh -c 'echo {}; exec >&-; sleep 0.05; echo late >&2; exit 2'",
                MIGDESC_ERROR_PROGRAM_FAILED,
                "exec:sh -c 'echo {}; exec >&-; sleep 0.05; echo late >&2; exit 2': ended with "
                "status 2: late");
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (50 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
assert_can_be_cancelled (const char *command, const char *message)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = migdesc_program_run (command, NULL, cancellable, &error);

  g_thread_join (thread);
  g_assert_null (bytes);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, message);
  assert_nothing_is_left ();
}

static void
test_cancelled_from_another_thread (void)
{
  gint64 start = g_get_monotonic_time ();

  assert_can_be_cancelled ("sleep " LONG, "exec:sleep " LONG ": cancelled");
  assert_can_be_cancelled ("sh -c 'exec >&-; sleep " LONG "'",
                           "exec:sh -c 'exec >&-; sleep " LONG "': cancelled");
  /* Not only when a wait is over */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 900 * 1000);
}

static void
test_cancelled_before_it_starts (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (migdesc_program_run ("sh -c 'touch /nonexistent/x'", NULL, cancellable, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
}

static void
test_many_runs_leak_no_descriptors (void)
{
  g_autoptr (MigdescLimits) limits = new_limits (10000, 10);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint before = count_open_files ();

  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (GBytes) good = migdesc_program_run ("echo hello", limits, cancellable, NULL);

      g_assert_nonnull (good);
      g_assert_null (migdesc_program_run ("false", limits, cancellable, NULL));
      g_assert_null (migdesc_program_run ("echo hello world", limits, cancellable, NULL));
      g_assert_null (migdesc_program_run ("/nonexistent", limits, cancellable, NULL));
    }
  g_assert_cmpuint (count_open_files (), ==, before);
  assert_nothing_is_left ();
}

static void
test_program_does_not_inherit_descriptors (void)
{
  g_autofree char *command = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  command = g_strdup_printf ("sh -c '[ -e /proc/self/fd/%d ] || echo closed'", fds[1]);
  assert_prints (command, "closed\n");
  close (fds[0]);
  close (fds[1]);
}

/* Some programs that use libraries do not care for their children. */
static void
test_status_taken_by_somebody_else (void)
{
  signal (SIGCHLD, SIG_IGN);
  assert_prints ("echo hello", "hello\n");
  signal (SIGCHLD, SIG_DFL);
}

static gpointer
run_some (gpointer data)
{
  for (guint i = 0; i < 10; i++)
    assert_prints ("sh -c 'echo one; echo two >&2; echo three'", "one\nthree\n");
  return NULL;
}

static void
test_threads_do_not_disturb_each_other (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("run", run_some, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  assert_nothing_is_left ();
}

/* The parent is forked as a process of its own, and killed while its program runs. */
static void
test_program_ends_with_its_parent (void)
{
  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "migdesc-test-program-XXXXXX", NULL);
  g_autofree char *command = NULL;
  g_autofree char *started = NULL;
  pid_t parent;

  close (g_mkstemp (file));
  command = g_strdup_printf ("sh -c 'echo started >%s; exec sleep " LONG "'", file);
  parent = fork ();
  if (parent == 0)
    {
      migdesc_program_run (command, NULL, NULL, NULL);
      _exit (0);
    }
  while (started == NULL || started[0] == '\0')
    {
      g_clear_pointer (&started, g_free);
      g_assert_true (g_file_get_contents (file, &started, NULL, NULL));
      g_usleep (1000);
    }
  kill (parent, SIGKILL);
  assert_nothing_is_left ();
  g_unlink (file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  prctl (PR_SET_CHILD_SUBREAPER, 1);

  g_test_add_func ("/program/output-is-all-of-stdout", test_output_is_all_of_stdout);
  g_test_add_func ("/program/output-may-hold-nul", test_output_may_hold_nul);
  g_test_add_func ("/program/words-are-quoted-as-for-a-shell",
                   test_words_are_quoted_as_for_a_shell);
  g_test_add_func ("/program/no-shell-runs", test_no_shell_runs);
  g_test_add_func ("/program/stdin-is-empty", test_stdin_is_empty);
  g_test_add_func ("/program/failure-tells-status-and-stderr",
                   test_failure_tells_status_and_stderr);
  g_test_add_func ("/program/output-of-a-failed-program-is-not-an-answer",
                   test_output_of_a_failed_program_is_not_an_answer);
  g_test_add_func ("/program/signal", test_signal);
  g_test_add_func ("/program/stderr-is-escaped", test_stderr_is_escaped);
  g_test_add_func ("/program/long-stderr-tells-its-first-and-last-line",
                   test_long_stderr_tells_its_first_and_last_line);
  g_test_add_func ("/program/long-line-of-stderr-is-cut", test_long_line_of_stderr_is_cut);
  g_test_add_func ("/program/much-stderr-does-not-block-the-program",
                   test_much_stderr_does_not_block_the_program);
  g_test_add_func ("/program/cannot-be-run", test_program_that_cannot_be_run);
  g_test_add_func ("/program/cannot-be-parsed", test_command_line_that_cannot_be_parsed);
  g_test_add_func ("/program/command-line-is-escaped", test_command_line_is_escaped);
  g_test_add_func ("/program/time-limit", test_time_limit);
  g_test_add_func ("/program/endless-stderr-ends-at-the-time-limit",
                   test_endless_stderr_ends_at_the_time_limit);
  g_test_add_func ("/program/output-limit", test_output_limit);
  g_test_add_func ("/program/usual-limits", test_usual_limits);
  g_test_add_func ("/program/output-held-open-by-what-it-started",
                   test_output_held_open_by_what_it_started);
  g_test_add_func ("/program/what-it-started-ends-with-it", test_what_it_started_ends_with_it);
  g_test_add_func ("/program/output-closed-early", test_output_closed_early);
  g_test_add_func ("/program/cancelled-from-another-thread", test_cancelled_from_another_thread);
  g_test_add_func ("/program/cancelled-before-it-starts", test_cancelled_before_it_starts);
  g_test_add_func ("/program/many-runs-leak-no-descriptors", test_many_runs_leak_no_descriptors);
  g_test_add_func ("/program/does-not-inherit-descriptors",
                   test_program_does_not_inherit_descriptors);
  g_test_add_func ("/program/status-taken-by-somebody-else", test_status_taken_by_somebody_else);
  g_test_add_func ("/program/threads-do-not-disturb-each-other",
                   test_threads_do_not_disturb_each_other);
  g_test_add_func ("/program/ends-with-its-parent", test_program_ends_with_its_parent);
  return g_test_run ();
}
