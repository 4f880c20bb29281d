/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>
#include <unistd.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-writer.h>

#include "base/json-writer.h"
#include "base/quote.h"
#include "host/backend-private.h"
#include "host/mistakes.h"
#include "state/stream/stream-io.h"

/* The command line as a whole, and what is printed instead of going on. */

/* Looks at the arguments, and leaves in them what is none of ours. */
static void
look_at (MigdescBackend *backend,
         GPtrArray *args)
{
  migdesc_option_store_reset (&backend->options);
  migdesc_option_store_scan (&backend->options, args, backend->backend_type != NULL);
  migdesc_backend_apply_options (backend);
}

/* What is asked for is printed, whatever else the line says: so wants the convention. */
static gboolean
has_mistakes (MigdescBackend *backend)
{
  return backend->options.print == MIGDESC_PRINT_NOTHING && backend->options.mistakes->len > 0;
}

/**
 * migdesc_backend_parse_args:
 * @backend: a backend
 * @args: (array zero-terminated=1) (element-type filename): the arguments, without the name of the
 *   program
 * @error: return location for a #GError
 *
 * Looks at a command line, takes the migration options, and configures the device by them. What
 * comes behind an argument `--` is none of them.
 *
 * Fails with %MIGDESC_ERROR_REFUSED; the message has all that is wrong, as has
 * migdesc_backend_dup_mistakes().
 *
 * Returns: (transfer full) (array zero-terminated=1) (element-type filename): the arguments that
 *   are no migration options, or %NULL on error
 *
 * Since: 1.0
 */
char **
migdesc_backend_parse_args (MigdescBackend *backend,
                            const char *const *args,
                            GError **error)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (backend->model != NULL, NULL);
  g_return_val_if_fail (args != NULL, NULL);

  for (const char *const *arg = args; *arg != NULL; arg++)
    g_ptr_array_add (rest, (gpointer) *arg);
  look_at (backend, rest);
  if (has_mistakes (backend)
      && !migdesc_mistakes_check (backend->options.mistakes, MIGDESC_ERROR_REFUSED, error))
    return NULL;
  g_ptr_array_add (rest, NULL);
  return g_strdupv ((char **) rest->pdata);
}

/**
 * migdesc_backend_dup_mistakes:
 * @backend: a backend
 *
 * Asks for all that was wrong with the options that were looked at last: one line each, without a
 * line end, in which what could confuse a terminal is escaped.
 *
 * Returns: (transfer full) (array zero-terminated=1): the lines, none if nothing was wrong
 *
 * Since: 1.0
 */
char **
migdesc_backend_dup_mistakes (MigdescBackend *backend)
{
  const GPtrArray *mistakes;
  char **lines;

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  mistakes = backend->options.mistakes;
  lines = g_new0 (char *, mistakes->len + 1);
  for (guint i = 0; i < mistakes->len; i++)
    lines[i] = g_strdup (g_ptr_array_index (mistakes, i));
  return lines;
}

static char *
make_capabilities (MigdescBackend *backend)
{
  GString *output = g_string_new (NULL);
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, output, TRUE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "type", backend->backend_type);
  migdesc_json_writer_key (&writer, "features");
  migdesc_json_writer_begin_array (&writer);
  for (char **feature = backend->features; feature != NULL && *feature != NULL; feature++)
    migdesc_json_writer_string (&writer, *feature);
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (output, FALSE);
}

/* Some writers end a document with a line end, some do not. */
static char *
chomp (char *text)
{
  return text == NULL ? NULL : g_strchomp (text);
}

/**
 * migdesc_backend_dup_answer:
 * @backend: a backend
 *
 * Asks what the options that were looked at last want printed. The program prints it and a line
 * end, and exits with status 0; whatever else the options said is of no account.
 *
 * Returns: (transfer full) (nullable): JSON, or %NULL when the program is to go on
 *
 * Since: 1.0
 */
char *
migdesc_backend_dup_answer (MigdescBackend *backend)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  switch (backend->options.print)
    {
    case MIGDESC_PRINT_NATIVE:
      return chomp (migdesc_descriptor_to_pretty_string (backend->descriptor));
    case MIGDESC_PRINT_V3:
      return chomp (migdesc_descriptor_convert (backend->descriptor, MIGDESC_DIALECT_V3, TRUE,
                                                NULL, NULL));
    case MIGDESC_PRINT_V4:
      return chomp (migdesc_descriptor_convert (backend->descriptor, MIGDESC_DIALECT_V4, TRUE,
                                                NULL, NULL));
    case MIGDESC_PRINT_CAPABILITIES:
      return chomp (make_capabilities (backend));
    default:
      return NULL;
    }
}

static gboolean
print (int fd,
       const char *text)
{
  GOutputVector vector = { text, strlen (text) };

  return migdesc_fd_write_all (fd, &vector, 1, NULL, NULL);
}

static void
print_mistakes (MigdescBackend *backend,
                const char *program)
{
  const GPtrArray *mistakes = backend->options.mistakes;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = g_path_get_basename (program);
  g_autofree char *shown = migdesc_quote (name, -1);

  for (guint i = 0; i < mistakes->len; i++)
    g_string_append_printf (text, "%s: %s\n", shown,
                            (const char *) g_ptr_array_index (mistakes, i));
  print (STDERR_FILENO, text->str);
}

/* Takes the arguments that are ours out of the vector. */
static void
look_at_vector (MigdescBackend *backend,
                int *argc,
                char **argv)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();

  for (int i = 1; i < *argc; i++)
    g_ptr_array_add (args, argv[i]);
  look_at (backend, args);
  for (guint i = 0; i < args->len; i++)
    argv[i + 1] = g_ptr_array_index (args, i);
  if (*argc > 0)
    *argc = (int) args->len + 1;
  argv[*argc] = NULL;
}

/**
 * migdesc_backend_run_options: (skip)
 * @backend: a backend
 * @argc: (inout): the count of arguments, as main() has it
 * @argv: (inout) (array length=argc): the arguments
 *
 * Does all that a program has to do about its migration options: takes them out of the arguments
 * and configures the device by them; prints what they ask for on standard output; prints what is
 * wrong with them, one line each, on standard error.
 *
 * Returns: -1 when the program is to go on, else its exit status: 0 after something was printed, 1
 *   after a mistake
 *
 * Since: 1.0
 */
int
migdesc_backend_run_options (MigdescBackend *backend,
                             int *argc,
                             char ***argv)
{
  g_autofree char *answer = NULL;

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), 1);
  g_return_val_if_fail (backend->model != NULL, 1);
  g_return_val_if_fail (argc != NULL && argv != NULL && *argv != NULL, 1);

  look_at_vector (backend, argc, *argv);
  answer = migdesc_backend_dup_answer (backend);
  if (answer != NULL)
    return print (STDOUT_FILENO, answer) && print (STDOUT_FILENO, "\n") ? 0 : 1;
  if (!has_mistakes (backend))
    return -1;
  print_mistakes (backend, *argc > 0 ? (*argv)[0] : "backend");
  return 1;
}
