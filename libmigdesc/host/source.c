/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-source.h>

#include <migdesc/migdesc-discovery.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>

#include "host/backend-program-private.h"
#include "host/git.h"
#include "host/input.h"
#include "host/program.h"
#include "host/tree.h"

#define EXEC_PREFIX "exec:"
#define BACKENDS_PREFIX "backends:"
#define GIT_PREFIX "git:"
#define GIT_LOG_PREFIX "git-log:"
#define QUESTION "--print-migration-info-json"

typedef enum
{
  KIND_FILE,
  KIND_STDIN,
  KIND_PROGRAM,
  KIND_TREE_TYPE,
  KIND_BACKEND,
  KIND_GIT
} Kind;

struct _MigdescSource
{
  GObject parent_instance;
  Kind kind;
  char *name;
  char *place; /* the path, the command line, or the tree's root */
  char *type;  /* a type's name in a tree */
  MigdescBackendProgram *backend;
};

/**
 * MigdescSource:
 *
 * A descriptor that can be had at a place: a file, standard input, a program's output, a type of a
 * device tree. It is found by migdesc_source_list() and read by migdesc_source_read(), so that one
 * that cannot be read does not hide the others.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescSource, migdesc_source, G_TYPE_OBJECT)

static void
migdesc_source_finalize (GObject *object)
{
  MigdescSource *self = MIGDESC_SOURCE (object);

  g_free (self->name);
  g_free (self->place);
  g_free (self->type);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (migdesc_source_parent_class)->finalize (object);
}

static void
migdesc_source_class_init (MigdescSourceClass *class)
{
  G_OBJECT_CLASS (class)->finalize = migdesc_source_finalize;
}

static void
migdesc_source_init (MigdescSource *self)
{
  /* One that was made by g_object_new reads nothing. */
  self->kind = KIND_FILE;
  self->name = g_strdup ("");
  self->place = g_strdup ("");
}

/* Takes over the strings. */
static void
add_source (GListStore *sources, Kind kind, char *name, char *place, char *type)
{
  g_autoptr (MigdescSource) source = g_object_new (MIGDESC_TYPE_SOURCE, NULL);

  g_free (source->name);
  g_free (source->place);
  source->kind = kind;
  source->name = name;
  source->place = place;
  source->type = type;
  g_list_store_append (sources, source);
}

static gboolean
add_tree (GListStore *sources, const char *root, MigdescDialect dialect, GError **error)
{
  g_auto (GStrv) types = migdesc_tree_list_types (root, dialect, error);

  if (types == NULL)
    return FALSE;
  for (guint i = 0; types[i] != NULL; i++)
    add_source (sources, KIND_TREE_TYPE, g_strdup_printf ("%s:%s", root, types[i]), g_strdup (root),
                g_strdup (types[i]));
  return TRUE;
}

/* In the order of the drop-ins; one that is not usable says so when it is read. */
static gboolean
add_backends (GListStore *sources, const char *directory, GCancellable *cancellable, GError **error)
{
  const char *directories[] = { directory, NULL };
  g_autoptr (GListModel) programs = migdesc_backend_program_list (
      directory[0] == '\0' ? NULL : directories, NULL, cancellable, error);

  for (guint i = 0; programs != NULL && i < g_list_model_get_n_items (programs); i++)
    {
      g_autoptr (MigdescBackendProgram) program = g_list_model_get_item (programs, i);
      const char *path = migdesc_backend_program_get_path (program);
      g_autoptr (MigdescSource) source = NULL;

      add_source (sources, KIND_BACKEND, g_strdup (path), g_strdup (path), NULL);
      source = g_list_model_get_item (G_LIST_MODEL (sources), i);
      source->backend = g_steal_pointer (&program);
    }
  return programs != NULL;
}

static gboolean
add_git (GListStore *sources, const char *place, GError **error)
{
  if (!migdesc_git_check_place (place, error))
    return FALSE;
  add_source (sources, KIND_GIT, g_strconcat (GIT_PREFIX, place, NULL), g_strdup (place), NULL);
  return TRUE;
}

static gboolean
add_git_log (GListStore *sources, const char *place, GCancellable *cancellable, GError **error)
{
  g_autofree char *escaped = migdesc_escape_text (place);
  g_autofree char *name = g_strconcat (GIT_LOG_PREFIX, escaped, NULL);
  g_auto (GStrv) places = NULL;

  if (!migdesc_git_check_place (place, error))
    return FALSE;
  places = migdesc_git_list_history (place, name, cancellable, error);
  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    if (!add_git (sources, places[i], error))
      return FALSE;
  return places != NULL;
}

static gboolean
add_directory (GListStore *sources, const char *path, GError **error)
{
  g_auto (GStrv) names = migdesc_input_list_directory (path, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      char *file = g_build_filename (path, names[i], NULL);

      add_source (sources, KIND_FILE, g_strdup (file), file, NULL);
    }
  return TRUE;
}

static gboolean
is_tree_dialect (MigdescDialect dialect)
{
  return dialect == MIGDESC_DIALECT_SYSFS || dialect == MIGDESC_DIALECT_SYSFS_2019;
}

/**
 * migdesc_source_list:
 * @place: a file's path; a directory's, for every regular file in it that is not hidden, and every
 * link that leads nowhere, sorted by name; the root of a device tree (a directory with
 * `mdev_supported_types`), for every type in it; `-` for standard input; `exec:` and a command
 * line, its words quoted as for a shell, of a program that prints its descriptor; `backends:` and a
 * directory, for the backend programs that its drop-ins point at, without one those of this host
 * (see migdesc_backend_program_list()); `git:REVISION:PATH` for a file as git has it; or
 * `git-log:REVISION:PATH` for the file in each of the commits that lead to the revision and changed
 * it, the newest first
 * @dialect: the dialect to read as; only %MIGDESC_DIALECT_SYSFS and %MIGDESC_DIALECT_SYSFS_2019
 * matter here: they make any directory a device tree
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Finds the descriptors at a place, in order. Nothing is read or run yet, but git for its log.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_READ if a directory cannot be read, or if git has only a part of
 * the history, as in a shallow clone, with
 * %MIGDESC_ERROR_LIMIT_EXCEEDED if it holds more than 65,536 files, or the log more than 4,096
 * commits, with %MIGDESC_ERROR_INVALID_ARGUMENT if a place in git lacks its revision or path, and
 * with %MIGDESC_ERROR_CANNOT_RUN, %MIGDESC_ERROR_PROGRAM_FAILED, %MIGDESC_ERROR_PROGRAM_TIMEOUT and
 * %MIGDESC_ERROR_PROGRAM_OUTPUT if git does.
 *
 * Returns: (transfer full): a #GListModel of #MigdescSource, which may be empty
 *
 * Since: 1.0
 */
GListModel *
migdesc_source_list (const char *place, MigdescDialect dialect, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GListStore) sources = g_list_store_new (MIGDESC_TYPE_SOURCE);
  gboolean done = TRUE;

  g_return_val_if_fail (place != NULL, NULL);

  if (g_str_equal (place, "-"))
    add_source (sources, KIND_STDIN, g_strdup ("-"), g_strdup ("-"), NULL);
  else if (g_str_has_prefix (place, EXEC_PREFIX))
    add_source (sources, KIND_PROGRAM, g_strdup (place), g_strdup (place + strlen (EXEC_PREFIX)),
                NULL);
  else if (g_str_has_prefix (place, BACKENDS_PREFIX))
    done = add_backends (sources, place + strlen (BACKENDS_PREFIX), cancellable, error);
  else if (g_str_has_prefix (place, GIT_PREFIX))
    done = add_git (sources, place + strlen (GIT_PREFIX), error);
  else if (g_str_has_prefix (place, GIT_LOG_PREFIX))
    done = add_git_log (sources, place + strlen (GIT_LOG_PREFIX), cancellable, error);
  else if (!g_file_test (place, G_FILE_TEST_IS_DIR))
    add_source (sources, KIND_FILE, g_strdup (place), g_strdup (place), NULL);
  else if (is_tree_dialect (dialect) || migdesc_tree_is_tree (place))
    done = add_tree (sources, place, dialect, error);
  else
    done = add_directory (sources, place, error);
  return done ? G_LIST_MODEL (g_steal_pointer (&sources)) : NULL;
}

/**
 * migdesc_source_get_name:
 * @source: a #MigdescSource
 *
 * Gets what the source is called in answers: the path, `-`, the place as given, or `ROOT:TYPE` in a
 * device tree.
 *
 * Returns: the name; valid as long as @source
 *
 * Since: 1.0
 */
const char *
migdesc_source_get_name (MigdescSource *source)
{
  g_return_val_if_fail (MIGDESC_IS_SOURCE (source), NULL);

  return source->name;
}

static gboolean
is_question (const char *word)
{
  return g_str_equal (word, QUESTION) || g_str_has_prefix (word, QUESTION "=");
}

/* Without the question; NULL where there is none, or no program. */
static char **
drop_question (char **words)
{
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  gboolean found = FALSE;

  for (char **word = words; *word != NULL; word++)
    {
      found = found || is_question (*word);
      if (!is_question (*word))
        g_strv_builder_add (kept, *word);
    }
  return found && !is_question (words[0]) ? g_strv_builder_end (kept) : NULL;
}

/**
 * migdesc_source_dup_program:
 * @source: a #MigdescSource
 *
 * Asks for the program behind a descriptor, to be run for something else: a backend program, or
 * one of a command line that asks it by `--print-migration-info-json`, which then is left out.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the program and its arguments, or
 *   %NULL where there is none
 *
 * Since: 1.0
 */
char **
migdesc_source_dup_program (MigdescSource *source)
{
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (MIGDESC_IS_SOURCE (source), NULL);

  if (source->kind == KIND_BACKEND && migdesc_backend_program_is_usable (source->backend, NULL))
    return g_strdupv ((char **) migdesc_backend_program_get_argv (source->backend));
  if (source->kind == KIND_PROGRAM && g_shell_parse_argv (source->place, NULL, &words, NULL))
    return drop_question (words);
  return NULL;
}

static GBytes *
read_git (MigdescSource *self, const MigdescLimits *limits, GCancellable *cancellable,
          GError **error)
{
  g_autofree char *name = migdesc_escape_text (self->name);

  return migdesc_git_read (self->place, name, limits, cancellable, error);
}

static GBytes *
read_bytes (MigdescSource *self, const MigdescLimits *limits, GCancellable *cancellable,
            GError **error)
{
  if (self->kind == KIND_STDIN)
    return migdesc_input_read_stdin (limits, cancellable, error);
  if (self->kind == KIND_PROGRAM)
    return migdesc_program_run (self->place, limits, cancellable, error);
  if (self->kind == KIND_BACKEND)
    return migdesc_backend_program_run (self->backend, limits, cancellable, error);
  if (self->kind == KIND_GIT)
    return read_git (self, limits, cancellable, error);
  return migdesc_input_read_file (self->place, limits, cancellable, error);
}

/**
 * migdesc_source_read:
 * @source: a #MigdescSource
 * @reader: (nullable): how to read: dialect, flags, limits; %NULL for the defaults
 * @cancellable: (nullable): a #GCancellable
 * @report: (out) (optional) (nullable) (transfer full): return location for all that reading found,
 * warnings as well; %NULL where not even a text could be had
 * @error: return location for an error
 *
 * Reads the descriptor. A file, standard input or program may be read only once: each call reads it
 * again.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_READ, %MIGDESC_ERROR_CANNOT_RUN, %MIGDESC_ERROR_PROGRAM_FAILED,
 * %MIGDESC_ERROR_PROGRAM_TIMEOUT, %MIGDESC_ERROR_PROGRAM_OUTPUT, %MIGDESC_ERROR_LIMIT_EXCEEDED,
 * %MIGDESC_ERROR_CANCELLED, and with the errors of migdesc_reader_read_bytes().
 *
 * Returns: (transfer full): the descriptor
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_source_read (MigdescSource *source, MigdescReader *reader, GCancellable *cancellable,
                     MigdescReport **report, GError **error)
{
  g_autoptr (MigdescReader) usual = NULL;
  g_autoptr (MigdescLimits) limits = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (MIGDESC_IS_SOURCE (source), NULL);
  g_return_val_if_fail (reader == NULL || MIGDESC_IS_READER (reader), NULL);

  if (report != NULL)
    *report = NULL;
  if (reader == NULL)
    reader = usual = migdesc_reader_new ();
  if (source->kind == KIND_TREE_TYPE)
    return migdesc_tree_read_type (source->place, source->type, reader, report, error);
  limits = migdesc_reader_get_limits (reader);
  bytes = read_bytes (source, limits, cancellable, error);
  return bytes != NULL ? migdesc_reader_read_bytes (reader, bytes, source->name, report, error)
                       : NULL;
}

/* --- Asynchronous ----------------------------------------------------- */

typedef struct
{
  MigdescReader *reader;
  MigdescReport *report;
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->reader);
  g_clear_pointer (&reading->report, migdesc_report_unref);
  g_free (reading);
}

static void
read_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  GError *error = NULL;
  MigdescDescriptor *descriptor;

  descriptor = migdesc_source_read (object, reading->reader, cancellable, &reading->report, &error);
  if (descriptor != NULL)
    g_task_return_pointer (task, descriptor, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * migdesc_source_read_async:
 * @source: a #MigdescSource
 * @reader: (nullable): how to read; not to be changed until the end
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when it is read
 * @user_data: for @callback
 *
 * Reads the descriptor in a thread; see migdesc_source_read().
 *
 * Since: 1.0
 */
void
migdesc_source_read_async (MigdescSource *source, MigdescReader *reader, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (MIGDESC_IS_SOURCE (source));
  g_return_if_fail (reader == NULL || MIGDESC_IS_READER (reader));

  reading = g_new0 (Reading, 1);
  g_set_object (&reading->reader, reader);
  task = g_task_new (source, cancellable, callback, user_data);
  g_task_set_source_tag (task, migdesc_source_read_async);
  /* The reading itself ends with MIGDESC_ERROR_CANCELLED, as the other call does. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * migdesc_source_read_finish:
 * @source: a #MigdescSource
 * @result: what the callback was given
 * @report: (out) (optional) (nullable) (transfer full): see migdesc_source_read()
 * @error: return location for an error, as for migdesc_source_read()
 *
 * Ends a migdesc_source_read_async().
 *
 * Returns: (transfer full): the descriptor
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_source_read_finish (MigdescSource *source, GAsyncResult *result, MigdescReport **report,
                            GError **error)
{
  Reading *reading;

  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  reading = g_task_get_task_data (G_TASK (result));
  if (report != NULL)
    *report = g_steal_pointer (&reading->report);
  return g_task_propagate_pointer (G_TASK (result), error);
}
