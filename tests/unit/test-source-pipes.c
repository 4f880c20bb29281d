/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Descriptors that come through a pipe or standard input. */

#include "tree-fixture.h"

#include <fcntl.h>

/* A pipe with that text, written by a thread, as the shell's <(...) makes it. */
typedef struct
{
  int fds[2];
  const char *text;
  gulong pause;
} Writer;

static gpointer
write_text (gpointer data)
{
  Writer *writer = data;

  for (const char *c = writer->text; *c != '\0'; c++)
    {
      g_assert_cmpint (write (writer->fds[1], c, 1), ==, 1);
      g_usleep (writer->pause);
    }
  close (writer->fds[1]);
  return NULL;
}

static void
test_pipe (void)
{
  static const char *const patterns[] = { "/dev/fd/%d", "/proc/self/fd/%d" };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      Writer writer = { .text = GOOD, .pause = 100 };
      g_autofree char *path = NULL;
      GThread *thread;

      g_assert_cmpint (pipe (writer.fds), ==, 0);
      path = i == 0 ? g_strdup_printf ("/dev/fd/%d", writer.fds[0])
                    : g_strdup_printf ("/proc/self/fd/%d", writer.fds[0]);
      thread = g_thread_new ("write", write_text, &writer);
      assert_loads (path, CANONICAL);
      g_thread_join (thread);
      close (writer.fds[0]);
    }
}

/* Standard input for the time of one test. */
static int
replace_stdin (int fd)
{
  int saved = dup (STDIN_FILENO);

  g_assert_cmpint (dup2 (fd, STDIN_FILENO), ==, STDIN_FILENO);
  return saved;
}

static void
test_standard_input (void)
{
  static const char *const places[] = { "-", "/dev/stdin" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      Writer writer = { .text = GOOD, .pause = 100 };
      GThread *thread;
      int saved;

      g_assert_cmpint (pipe (writer.fds), ==, 0);
      saved = replace_stdin (writer.fds[0]);
      thread = g_thread_new ("write", write_text, &writer);
      assert_loads (places[i], CANONICAL);
      g_thread_join (thread);
      dup2 (saved, STDIN_FILENO);
      close (saved);
      close (writer.fds[0]);
    }
}

static void
test_standard_input_that_does_not_block (void)
{
  Writer writer = { .text = GOOD, .pause = 1000 };
  GThread *thread;
  int saved;

  g_assert_cmpint (pipe2 (writer.fds, O_NONBLOCK), ==, 0);
  saved = replace_stdin (writer.fds[0]);
  thread = g_thread_new ("write", write_text, &writer);
  assert_loads ("-", CANONICAL);
  g_thread_join (thread);
  dup2 (saved, STDIN_FILENO);
  close (saved);
  close (writer.fds[0]);
}

static void
test_standard_input_that_is_closed (void)
{
  g_autoptr (GError) error = NULL;
  int saved = dup (STDIN_FILENO);

  close (STDIN_FILENO);
  g_assert_null (load ("-", &error));
  dup2 (saved, STDIN_FILENO);
  close (saved);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_assert_cmpstr (error->message, ==, "standard input: cannot be read: Bad file descriptor");
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (20 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_waiting_for_a_pipe_can_be_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  path = g_strdup_printf ("/dev/fd/%d", fds[0]);
  message = g_strdup_printf ("%s: reading was cancelled", path);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (migdesc_descriptor_load (path, NULL, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, message);
  close (fds[0]);
  close (fds[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source-pipes/pipe", test_pipe);
  g_test_add_func ("/source-pipes/standard-input", test_standard_input);
  g_test_add_func ("/source-pipes/standard-input-that-does-not-block",
                   test_standard_input_that_does_not_block);
  g_test_add_func ("/source-pipes/standard-input-that-is-closed",
                   test_standard_input_that_is_closed);
  g_test_add_func ("/source-pipes/waiting-for-a-pipe-can-be-cancelled",
                   test_waiting_for_a_pipe_can_be_cancelled);
  return g_test_run ();
}
