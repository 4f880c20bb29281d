/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fleets from files, directories and programs */

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-fleet-load.h>
#include <migdesc/migdesc-text.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/quote.h"
#include "fleet/feed/document-feed.h"
#include "fleet/feed/line-feed.h"
#include "host/input.h"
#include "host/program.h"

#define EXEC_PREFIX "exec:"
#define PIECE_BYTES ((gsize) 8 << 20)
#define FILES_MAX (1 << 24)

typedef struct
{
  MigdescFleet *fleet;
  MigdescProgressFunc progress; /* nullable */
  gpointer user_data;
  GCancellable *cancellable;
  guint64 bytes; /* read so far */
} Loading;

/* A file while it is read */
typedef struct
{
  int fd;
  const char *path;
  GByteArray *piece; /* what has been read and not yet used */
  gboolean more;
  gboolean skipping; /* the rest of a line that was too long */
} File;

/* What a host is called whose descriptor is a file: the file, without what only says that it is one
 * of JSON. */
static char *
host_name_of (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  if (g_str_has_suffix (base, ".json") && strlen (base) > strlen (".json"))
    base[strlen (base) - strlen (".json")] = '\0';
  return migdesc_escape_text (base);
}

static gboolean
add_one (const Loading *loading, const char *path, const char *text, gsize length, GError **error)
{
  g_autofree char *name = host_name_of (path);
  guint32 shape = migdesc_fleet_shape_of_text (loading->fleet, path, text, length);

  return migdesc_fleet_add_named (loading->fleet, name, shape, error) != MIGDESC_ROSTER_NONE;
}

/* A place that cannot be read is a host that cannot be used. */
static gboolean
add_unread (const Loading *loading, const char *path, const GError *problem, GError **error)
{
  g_autofree char *name = host_name_of (path);
  guint32 shape = migdesc_shapes_intern_error (loading->fleet->shapes, problem);

  return migdesc_fleet_add_named (loading->fleet, name, shape, error) != MIGDESC_ROSTER_NONE;
}

/* A whole text of no lines: a host, hosts, or a descriptor. Of an empty one there may be NULL. */
static gboolean
add_whole (Loading *loading, const char *path, const char *text, gsize length, GError **error)
{
  if (text == NULL)
    text = "";
  if (!migdesc_text_is_host (text, length) && !migdesc_text_has_several (text, length))
    return add_one (loading, path, text, length, error);
  return migdesc_fleet_feed_documents (loading->fleet, text, length, path, loading->cancellable,
                                       error);
}

static gboolean
add_bytes (Loading *loading, const char *path, GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = migdesc_bytes_peek (bytes, &length);
  MigdescLineFeed feed = { loading->fleet, path, NULL, NULL, loading->cancellable, 0, 0 };

  loading->bytes += length;
  if (length > 0 && migdesc_text_is_lines (text, length))
    return migdesc_line_feed_push (&feed, text, length, error);
  return add_whole (loading, path, text, length, error);
}

/* --- Files ------------------------------------------------------------ */

static void
tell_progress (Loading *loading, gsize n)
{
  loading->bytes += n;
  if (loading->progress != NULL)
    loading->progress (loading->bytes, loading->user_data);
}

static gboolean
fill (const Loading *loading, File *file, GError **error)
{
  return migdesc_input_read_some (file->fd, file->path, PIECE_BYTES, file->piece, &file->more,
                                  loading->cancellable, error);
}

static void
drop (File *file, gsize n)
{
  g_byte_array_remove_range (file->piece, 0, (guint) n);
}

/* FALSE: the line has not ended yet. */
static gboolean
skip_line (File *file)
{
  const guint8 *end = memchr (file->piece->data, '\n', file->piece->len);

  drop (file, end != NULL ? (gsize) (end + 1 - file->piece->data) : file->piece->len);
  file->skipping = end == NULL;
  return end != NULL;
}

/* How much of the piece is whole lines; a line that is too long in any case may be used as it is,
 * and what is missing of it is skipped. */
static gsize
whole_lines (File *file, gsize line_limit)
{
  const guint8 *last = file->more ? memrchr (file->piece->data, '\n', file->piece->len) : NULL;

  if (!file->more)
    return file->piece->len;
  if (last != NULL)
    return (gsize) (last + 1 - file->piece->data);
  file->skipping = file->piece->len > line_limit;
  return file->skipping ? file->piece->len : 0;
}

static gboolean
feed_lines (Loading *loading, File *file, GError **error)
{
  MigdescLineFeed feed = { loading->fleet, file->path, NULL, NULL, loading->cancellable, 0, 0 };
  gsize limit = (gsize) MIN (
      migdesc_limits_get (loading->fleet->shapes->limits, MIGDESC_LIMIT_DOCUMENT_SIZE),
      G_MAXSIZE / 2);

  while (file->piece->len > 0 || file->more)
    {
      gsize length = 0;

      if (!file->skipping || skip_line (file))
        length = whole_lines (file, limit);
      if (length > 0
          && !migdesc_line_feed_push (&feed, (const char *) file->piece->data, length, error))
        return FALSE;
      drop (file, length);
      tell_progress (loading, length);
      if (file->more && !fill (loading, file, error))
        return FALSE;
    }
  return TRUE;
}

/* Hosts in one document need not be many, nor a descriptor small: all of it is needed at once. */
static gboolean
read_rest (const Loading *loading, File *file, GError **error)
{
  guint64 limit = MIN (loading->fleet->shapes->max_size, G_MAXINT32);

  while (file->more)
    {
      if (file->piece->len > limit)
        {
          g_autofree char *quoted = migdesc_quote (file->path, -1);

          g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                       "%s: documents of more than %" G_GUINT64_FORMAT " bytes (limit fleet-size)",
                       quoted, limit);
          return FALSE;
        }
      if (!fill (loading, file, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_open (Loading *loading, File *file, GError **error)
{
  if (!fill (loading, file, error))
    return FALSE;
  if (file->piece->len > 0
      && migdesc_text_is_lines ((const char *) file->piece->data, file->piece->len))
    return feed_lines (loading, file, error);
  if (!read_rest (loading, file, error))
    return FALSE;
  tell_progress (loading, file->piece->len);
  return add_whole (loading, file->path, (const char *) file->piece->data, file->piece->len, error);
}

static gboolean
load_fd (Loading *loading, int fd, const char *path, GError **error)
{
  g_autoptr (GByteArray) piece = g_byte_array_new ();
  File file = { fd, path, piece, TRUE, FALSE };

  return load_open (loading, &file, error);
}

static gboolean
load_file (Loading *loading, const char *path, GError **error)
{
  int fd = migdesc_input_open (path, error);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = load_fd (loading, fd, path, error);
  close (fd);
  return done;
}

/* --- Directories and programs ----------------------------------------- */

static gboolean
is_fatal (const GError *error)
{
  return g_error_matches (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED);
}

static gboolean
load_directory (Loading *loading, const char *path, GError **error)
{
  g_auto (GStrv) names = migdesc_input_list_many (path, FILES_MAX, error);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *file = g_build_filename (path, names[i], NULL);
      g_autoptr (GError) problem = NULL;

      if (load_file (loading, file, &problem))
        continue;
      if (is_fatal (problem) || !add_unread (loading, file, problem, error))
        {
          if (is_fatal (problem))
            g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return names != NULL;
}

static gboolean
load_program (Loading *loading, const char *command, GError **error)
{
  g_autoptr (GBytes) bytes = migdesc_program_run (command, loading->fleet->shapes->limits,
                                                  loading->cancellable, error);

  return bytes != NULL && add_bytes (loading, command, bytes, error);
}

static gboolean
load (Loading *loading, const char *place, GError **error)
{
  if (g_str_equal (place, "-"))
    return load_fd (loading, STDIN_FILENO, "-", error);
  if (g_str_has_prefix (place, EXEC_PREFIX))
    return load_program (loading, place + strlen (EXEC_PREFIX), error);
  if (g_file_test (place, G_FILE_TEST_IS_DIR))
    return load_directory (loading, place, error);
  return load_file (loading, place, error);
}

/**
 * migdesc_fleet_load:
 * @fleet: a fleet
 * @place: a file's path; a directory's, for every regular file in it that is not hidden, and every
 * link that leads nowhere, sorted by name; `-` for standard input; or `exec:` and a command line of
 * a program that prints it
 * @progress: (nullable) (scope call): told from time to time how many bytes have been read
 * @user_data: for @progress
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Adds the hosts at a place. What a file is shows in its text: hosts, a line each, if its first
 * line is a host by itself (see migdesc_fleet_add_lines()); several documents, or a host
 * (migdesc_fleet_add_documents()); else what a host publishes that is called as the file, without
 * `.json`. Lines are read piece by piece, so that a file of any size takes no more memory than what
 * the fleet keeps of it.
 *
 * Of a directory, a file that cannot be read is a host that cannot be used. Only a place that
 * cannot be read as such is an error: %MIGDESC_ERROR_CANNOT_READ, %MIGDESC_ERROR_CANNOT_RUN,
 * %MIGDESC_ERROR_PROGRAM_FAILED, %MIGDESC_ERROR_PROGRAM_TIMEOUT, %MIGDESC_ERROR_PROGRAM_OUTPUT,
 * %MIGDESC_ERROR_LIMIT_EXCEEDED, %MIGDESC_ERROR_CANCELLED; hosts that came before stay.
 *
 * Returns: whether all has been read
 *
 * Since: 1.0
 */
gboolean
migdesc_fleet_load (MigdescFleet *fleet, const char *place, MigdescProgressFunc progress,
                    gpointer user_data, GCancellable *cancellable, GError **error)
{
  Loading loading = { fleet, progress, user_data, cancellable, 0 };
  gboolean done;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), FALSE);
  g_return_val_if_fail (place != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  done = load (&loading, place, error);
  migdesc_fleet_trim (fleet);
  return done;
}

/* --- Asynchronous ----------------------------------------------------- */

static void
load_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (migdesc_fleet_load (object, data, NULL, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * migdesc_fleet_load_async:
 * @fleet: a fleet; not to be used until the end
 * @place: as for migdesc_fleet_load()
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when all has been read
 * @user_data: for @callback
 *
 * Adds the hosts at a place in a thread; see migdesc_fleet_load().
 *
 * Since: 1.0
 */
void
migdesc_fleet_load_async (MigdescFleet *fleet, const char *place, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (MIGDESC_IS_FLEET (fleet));
  g_return_if_fail (place != NULL);

  task = g_task_new (fleet, cancellable, callback, user_data);
  g_task_set_source_tag (task, migdesc_fleet_load_async);
  /* The reading itself ends with MIGDESC_ERROR_CANCELLED, as the other call does. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (place), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * migdesc_fleet_load_finish:
 * @fleet: a fleet
 * @result: what the callback was given
 * @error: return location for an error, as for migdesc_fleet_load()
 *
 * Ends a migdesc_fleet_load_async().
 *
 * Returns: whether all has been read
 *
 * Since: 1.0
 */
gboolean
migdesc_fleet_load_finish (MigdescFleet *fleet, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, fleet), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
