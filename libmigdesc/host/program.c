/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/program.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <migdesc/migdesc-error.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/quote.h"

#define CHUNK 65536
#define STDERR_KEPT 4096
#define REAP_PAUSE_US 1000

typedef struct
{
  const char *command; /* borrowed */
  GPid pid;
  int out;
  int err;
  GByteArray *output;
  GString *complaint; /* the end of stderr */
  gint64 deadline;    /* monotonic, microseconds */
  guint64 time_limit; /* milliseconds */
  guint64 output_limit;
  gboolean ended;
  int status;
} Program;

/* Runs in the child, so that the whole group can be ended. */
static void
lead_a_group (gpointer user_data)
{
  setpgid (0, 0);
}

static gboolean
start (Program *program, GError **error)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *quoted = migdesc_quote (program->command, -1);
  GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES;

  if (g_shell_parse_argv (program->command, NULL, &argv, &cause)
      && g_spawn_async_with_pipes (NULL, argv, NULL, flags, lead_a_group, NULL, &program->pid, NULL, &program->out,
                                   &program->err, &cause))
    {
      /* Also here, so that a kill right after the spawn finds the group. */
      setpgid (program->pid, program->pid);
      g_unix_set_fd_nonblocking (program->out, TRUE, NULL);
      g_unix_set_fd_nonblocking (program->err, TRUE, NULL);
      return TRUE;
    }
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_RUN, "exec:%s: cannot be run: %s", quoted, cause->message);
  return FALSE;
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

/* FALSE past the limit. */
static gboolean
take_output (Program *program)
{
  guint8 chunk[CHUNK];
  gssize n = read (program->out, chunk, sizeof chunk);

  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    close_fd (&program->out);
  if (n <= 0)
    return TRUE;
  if (program->output->len + (guint64) n > program->output_limit)
    return FALSE;
  g_byte_array_append (program->output, chunk, (guint) n);
  return TRUE;
}

static void
take_complaint (Program *program)
{
  char chunk[STDERR_KEPT];
  gssize n = read (program->err, chunk, sizeof chunk);

  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    close_fd (&program->err);
  if (n <= 0)
    return;
  g_string_append_len (program->complaint, chunk, n);
  if (program->complaint->len > STDERR_KEPT)
    g_string_erase (program->complaint, 0, (gssize) (program->complaint->len - STDERR_KEPT));
}

static void
try_to_reap (Program *program)
{
  pid_t pid = waitpid (program->pid, &program->status, WNOHANG);

  /* Somebody else's SIGCHLD handler may have taken the status: then it is not known. */
  if (pid == program->pid)
    program->ended = TRUE;
  else if (pid < 0 && errno == ECHILD)
    {
      program->ended = TRUE;
      program->status = 0;
    }
}

static gboolean
fail (Program *program, MigdescError code, GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail (Program *program, MigdescError code, GError **error, const char *format, ...)
{
  g_autofree char *command = migdesc_quote (program->command, -1);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MIGDESC_ERROR, code, "exec:%s: %s", command, what);
  return FALSE;
}

static gboolean
wait_for_more (Program *program, GCancellable *cancellable, GError **error)
{
  struct pollfd fds[3] = { { program->out, POLLIN, 0 }, { program->err, POLLIN, 0 }, { -1, POLLIN, 0 } };
  gint64 left = (program->deadline - g_get_monotonic_time ()) / 1000;

  if (g_cancellable_is_cancelled (cancellable))
    return fail (program, MIGDESC_ERROR_CANCELLED, error, "cancelled");
  if (left <= 0)
    return fail (program, MIGDESC_ERROR_PROGRAM_TIMEOUT, error, "did not end within %" G_GUINT64_FORMAT " ms",
                 program->time_limit);
  if (program->out < 0)
    {
      /* All is read; what is left is its end, which comes at once or after a pause. */
      g_usleep (REAP_PAUSE_US);
      return TRUE;
    }
  if (cancellable != NULL)
    fds[2].fd = g_cancellable_get_fd (cancellable);
  poll (fds, 3, (int) MIN (left, 1000));
  if (cancellable != NULL && fds[2].fd >= 0)
    g_cancellable_release_fd (cancellable);
  return TRUE;
}

static gboolean
collect (Program *program, GCancellable *cancellable, GError **error)
{
  while (program->out >= 0 || !program->ended)
    {
      if (!wait_for_more (program, cancellable, error))
        return FALSE;
      if (program->err >= 0)
        take_complaint (program);
      if (program->out >= 0 && !take_output (program))
        return fail (program, MIGDESC_ERROR_PROGRAM_OUTPUT, error,
                     "printed more than the limit of %" G_GUINT64_FORMAT " bytes", program->output_limit);
      if (program->out < 0 && !program->ended)
        try_to_reap (program);
    }
  return TRUE;
}

static gboolean
check_status (Program *program, GError **error)
{
  g_autofree char *complaint = NULL;

  if (WIFEXITED (program->status) && WEXITSTATUS (program->status) == 0)
    return TRUE;
  while (program->err >= 0)
    {
      gsize before = program->complaint->len;

      take_complaint (program);
      if (program->complaint->len == before)
        break;
    }
  complaint = migdesc_quote (g_strstrip (program->complaint->str), -1);
  if (WIFSIGNALED (program->status))
    return fail (program, MIGDESC_ERROR_PROGRAM_FAILED, error, "ended by signal %d%s%s", WTERMSIG (program->status),
                 complaint[0] != '\0' ? ": " : "", complaint);
  return fail (program, MIGDESC_ERROR_PROGRAM_FAILED, error, "ended with status %d%s%s", WEXITSTATUS (program->status),
               complaint[0] != '\0' ? ": " : "", complaint);
}

static void
finish (Program *program)
{
  if (!program->ended)
    {
      kill (-program->pid, SIGKILL);
      while (waitpid (program->pid, &program->status, 0) < 0 && errno == EINTR)
        ;
    }
  close_fd (&program->out);
  close_fd (&program->err);
  g_string_free (program->complaint, TRUE);
}

GBytes *
migdesc_program_run (const char *command, const MigdescLimits *limits, GCancellable *cancellable, GError **error)
{
  Program program = { .command = command, .out = -1, .err = -1 };
  gboolean done;

  program.time_limit = migdesc_limits_get (limits, MIGDESC_LIMIT_PROGRAM_TIME);
  program.output_limit = migdesc_limits_get (limits, MIGDESC_LIMIT_PROGRAM_OUTPUT);
  program.deadline = g_get_monotonic_time () + (gint64) MIN (program.time_limit, G_MAXINT32) * 1000;
  if (!start (&program, error))
    return NULL;
  program.output = g_byte_array_new ();
  program.complaint = g_string_new (NULL);
  done = collect (&program, cancellable, error) && check_status (&program, error);
  finish (&program);
  if (done)
    return g_byte_array_free_to_bytes (program.output);
  g_byte_array_unref (program.output);
  return NULL;
}
