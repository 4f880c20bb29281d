/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/program.h"

#include <errno.h>
#include <glib-unix.h>
#include <migdesc/migdesc-error.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/quote.h"
#include "host/program-complaint.h"

#define CHUNK 65536
#define LONGEST_WAIT_MS 1000
#define LONGEST_PAUSE_MS 32
#define LAST_READS_MAX 16

typedef struct
{
  const char *command; /* borrowed */
  const char *name;    /* borrowed; what messages call it; NULL: the command */
  GPid pid;
  int in; /* borrowed; or -1: nothing to read */
  int out;
  int err;
  GByteArray *output;
  MigdescComplaint complaint;
  gint64 deadline;    /* monotonic, microseconds */
  guint64 time_limit; /* milliseconds */
  guint64 output_limit;
  int pause; /* milliseconds until the next look whether it has ended */
} Program;

static gboolean fail (const Program *program, MigdescError code, GError **error, const char *format,
                      ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail (const Program *program, MigdescError code, GError **error, const char *format, ...)
{
  g_autofree char *command = migdesc_quote (program->command, -1);
  g_autofree char *name = NULL;
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  name = program->name != NULL ? g_strdup (program->name) : g_strconcat ("exec:", command, NULL);
  g_set_error (error, MIGDESC_ERROR, code, "%s: %s", name, what);
  return FALSE;
}

/* --- Starting --------------------------------------------------------- */

/* Runs in the child: leads a group, so that all of it can be ended. */
static void
prepare_child (gpointer user_data)
{
  setpgid (0, 0);
#ifdef __linux__
  /* An interrupted parent can't keep the time limit any more. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
}

/* GLib's own messages quote the command line unescaped, and once more. */
static char *
describe_start_failure (const GError *cause)
{
  static const struct
  {
    GSpawnError code;
    const char *text;
  } causes[] = { { G_SPAWN_ERROR_NOENT, "there is no such program" },
                 { G_SPAWN_ERROR_NOTDIR, "there is no such program" },
                 { G_SPAWN_ERROR_ACCES, "permission denied" },
                 { G_SPAWN_ERROR_NAMETOOLONG, "the program's name is too long" },
                 { G_SPAWN_ERROR_TOO_BIG, "the command line is too long" } };

  if (cause->domain == G_SHELL_ERROR)
    return g_strdup (cause->code == G_SHELL_ERROR_EMPTY_STRING
                         ? "no program is named"
                         : "a quotation mark or backslash has no end");
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_error_matches (cause, G_SPAWN_ERROR, (int) causes[i].code))
      return g_strdup (causes[i].text);
  return migdesc_quote (cause->message, -1);
}

static gboolean
start (Program *program, GError **error)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *why = NULL;
  GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES;

  if (g_shell_parse_argv (program->command, NULL, &argv, &cause)
      && g_spawn_async_with_pipes_and_fds (NULL, (const char *const *) argv, NULL, flags,
                                           prepare_child, NULL, program->in, -1, -1, NULL, NULL, 0,
                                           &program->pid, NULL, &program->out, &program->err,
                                           &cause))
    {
      /* Also here, so that a kill right after the spawn finds the group. */
      setpgid (program->pid, program->pid);
      g_unix_set_fd_nonblocking (program->out, TRUE, NULL);
      g_unix_set_fd_nonblocking (program->err, TRUE, NULL);
      return TRUE;
    }
  why = describe_start_failure (cause);
  return fail (program, MIGDESC_ERROR_CANNOT_RUN, error, "cannot be run: %s", why);
}

/* --- Running ---------------------------------------------------------- */

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

/* What there is to read, or 0; closes at the end. */
static gsize
take (int *fd, guint8 *chunk, gsize size)
{
  gssize n = *fd >= 0 ? read (*fd, chunk, size) : -1;

  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    close_fd (fd);
  return n > 0 ? (gsize) n : 0;
}

/* FALSE past the limit. */
static gboolean
take_output (Program *program)
{
  guint8 chunk[CHUNK];
  gsize n = take (&program->out, chunk, sizeof chunk);

  if (program->output->len + n > program->output_limit)
    return FALSE;
  g_byte_array_append (program->output, chunk, (guint) n);
  return TRUE;
}

static gboolean
take_complaint (Program *program)
{
  guint8 chunk[MIGDESC_COMPLAINT_KEPT];
  gsize n = take (&program->err, chunk, sizeof chunk);

  migdesc_complaint_append (&program->complaint, (const char *) chunk, n);
  return n > 0;
}

/* Looks without reaping: as long as it is not reaped, its id and its group's can't become
 * another's. */
static gboolean
has_ended (const Program *program)
{
  siginfo_t info = { 0 };

  if (waitid (P_PID, (id_t) program->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
    return info.si_pid != 0;
  return errno == ECHILD;
}

static void
wait_for_more (Program *program, GCancellable *cancellable, gint64 left)
{
  struct pollfd fds[3]
      = { { program->out, POLLIN, 0 }, { program->err, POLLIN, 0 }, { -1, POLLIN, 0 } };
  int wait = LONGEST_WAIT_MS;

  /* A program that has closed its output makes no descriptor ready when it ends. */
  if (program->out < 0)
    {
      wait = program->pause;
      program->pause = MIN (2 * program->pause, LONGEST_PAUSE_MS);
    }
  if (cancellable != NULL)
    fds[2].fd = g_cancellable_get_fd (cancellable);
  poll (fds, G_N_ELEMENTS (fds), (int) MIN (left, wait));
  if (fds[2].fd >= 0)
    g_cancellable_release_fd (cancellable);
}

static gboolean
fail_late (const Program *program, GError **error)
{
  if (has_ended (program))
    return fail (program, MIGDESC_ERROR_PROGRAM_TIMEOUT, error,
                 "ended, but what it started kept its output open for %" G_GUINT64_FORMAT
                 " ms (limit program-time)",
                 program->time_limit);
  return fail (program, MIGDESC_ERROR_PROGRAM_TIMEOUT, error,
               "did not end within %" G_GUINT64_FORMAT " ms (limit program-time)",
               program->time_limit);
}

static gboolean
collect (Program *program, GCancellable *cancellable, GError **error)
{
  while (program->out >= 0 || !has_ended (program))
    {
      gint64 left = (program->deadline - g_get_monotonic_time () + 999) / 1000;

      if (g_cancellable_is_cancelled (cancellable))
        return fail (program, MIGDESC_ERROR_CANCELLED, error, "cancelled");
      if (left <= 0)
        return fail_late (program, error);
      wait_for_more (program, cancellable, left);
      take_complaint (program);
      if (!take_output (program))
        return fail (program, MIGDESC_ERROR_PROGRAM_OUTPUT, error,
                     "printed more than %" G_GUINT64_FORMAT " bytes (limit program-output)",
                     program->output_limit);
    }
  return TRUE;
}

/* --- Ending ----------------------------------------------------------- */

/* Ends what is left of the group and reaps the program. Where somebody else's SIGCHLD handler took
 * the status, it is not known and passes as 0. */
static int
end_group (Program *program)
{
  int status = 0;

  if (waitid (P_PID, (id_t) program->pid, &(siginfo_t){ 0 }, WEXITED | WNOHANG | WNOWAIT) != 0)
    return 0;
  kill (-program->pid, SIGKILL);
  while (waitpid (program->pid, &status, 0) < 0)
    if (errno != EINTR)
      return 0;
  return status;
}

static gboolean
check_status (Program *program, int status, GError **error)
{
  g_autofree char *complaint = NULL;
  const char *colon;

  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return TRUE;
  /* What left the group may print for ever. */
  for (guint i = 0; i < LAST_READS_MAX && take_complaint (program); i++)
    ;
  complaint = migdesc_complaint_to_string (&program->complaint);
  colon = complaint[0] != '\0' ? ": " : "";
  if (WIFSIGNALED (status))
    return fail (program, MIGDESC_ERROR_PROGRAM_FAILED, error, "ended by signal %d%s%s",
                 WTERMSIG (status), colon, complaint);
  return fail (program, MIGDESC_ERROR_PROGRAM_FAILED, error, "ended with status %d%s%s",
               WEXITSTATUS (status), colon, complaint);
}

GBytes *
migdesc_program_run (const char *command, const MigdescLimits *limits, GCancellable *cancellable,
                     GError **error)
{
  return migdesc_program_run_with_input (command, NULL, -1, limits, cancellable, error);
}

GBytes *
migdesc_program_run_with_input (const char *command, const char *name, int input,
                                const MigdescLimits *limits, GCancellable *cancellable,
                                GError **error)
{
  Program program
      = { .command = command, .name = name, .in = input, .out = -1, .err = -1, .pause = 1 };
  gboolean done;
  int status;

  program.time_limit = migdesc_limits_get (limits, MIGDESC_LIMIT_PROGRAM_TIME);
  program.output_limit = migdesc_limits_get (limits, MIGDESC_LIMIT_PROGRAM_OUTPUT);
  program.deadline = g_get_monotonic_time () + (gint64) MIN (program.time_limit, G_MAXINT32) * 1000;
  if (g_cancellable_is_cancelled (cancellable))
    {
      fail (&program, MIGDESC_ERROR_CANCELLED, error, "cancelled");
      return NULL;
    }
  if (!start (&program, error))
    return NULL;
  program.output = g_byte_array_new ();
  migdesc_complaint_init (&program.complaint);
  done = collect (&program, cancellable, error);
  status = end_group (&program);
  done = done && check_status (&program, status, error);
  close_fd (&program.out);
  close_fd (&program.err);
  migdesc_complaint_clear (&program.complaint);
  if (done)
    return g_byte_array_free_to_bytes (program.output);
  g_byte_array_unref (program.output);
  return NULL;
}
