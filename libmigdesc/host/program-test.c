/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-program-test.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-manifest.h>
#include <migdesc/migdesc-state.h>
#include <migdesc/migdesc-stream.h>

#include "base/bytes.h"
#include "base/quote.h"
#include "host/path-error.h"
#include "host/program.h"
#include "state/stream/stream-io.h"

/* --- Running ---------------------------------------------------------- */

/* A program that does a test. */
typedef struct
{
  char *command;
  char *name; /* what messages call it: the end of the command line says most */
} Tester;

static void
tester_init (Tester *tester,
             const char *const *argv,
             const char *model,
             const char *version,
             const char *test)
{
  const char *const options[]
      = { "--migration-model", model, "--migration-version", version, test, NULL };
  g_autofree char *program = g_path_get_basename (argv[0]);
  g_autofree char *shown_program = migdesc_quote (program, -1);
  g_autofree char *shown_version = migdesc_quote (version, -1);
  GString *command = g_string_new (NULL);
  const char *const *parts[] = { argv, options };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (const char *const *word = parts[i]; *word != NULL; word++)
      {
        g_autofree char *quoted = g_shell_quote (*word);

        g_string_append_printf (command, "%s%s", command->len > 0 ? " " : "", quoted);
      }
  tester->command = g_string_free (command, FALSE);
  tester->name
      = g_strdup_printf ("%s --migration-version %s %s", shown_program, shown_version, test);
}

static void
tester_clear (Tester *tester)
{
  g_free (tester->command);
  g_free (tester->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tester, tester_clear)

/* The stream as an open file without a name, read from its beginning; -1 and an error. */
static int
open_input (GBytes *state,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "migdesc-XXXXXX", NULL);
  GOutputVector vector = { NULL, 0 };
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  vector.buffer = migdesc_bytes_peek (state, &vector.size);
  if (fd < 0)
    {
      migdesc_path_fail_write (path, errno, error);
      return -1;
    }
  g_unlink (path);
  if (migdesc_fd_write_all (fd, &vector, 1, cancellable, error) && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  close (fd);
  return -1;
}

/* Reads what a program printed. */
static MigdescStreamReader *
read_shown (const Tester *tester,
            GBytes *bytes,
            GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, error);

  if (reader != NULL && migdesc_stream_reader_read_bytes (reader, bytes, error))
    return g_steal_pointer (&reader);
  g_prefix_error (error, "%s: what it printed is no state: ", tester->name);
  return NULL;
}

/**
 * migdesc_program_test_save:
 * @argv: (array zero-terminated=1): the program and its arguments
 * @model: the name of the device model
 * @version: the version that the device has to be of
 * @limits: (nullable): how long it may run and how much it may print; %NULL for the defaults
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Has a program save a device with a content for tests. One stream may be loaded by many.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_RUN, %MIGDESC_ERROR_PROGRAM_FAILED,
 * %MIGDESC_ERROR_PROGRAM_TIMEOUT, %MIGDESC_ERROR_PROGRAM_OUTPUT, %MIGDESC_ERROR_CANCELLED, and with
 * the errors of migdesc_stream_reader_read_bytes() if what it printed is not what it should be.
 *
 * Returns: (transfer full): the stream, or %NULL on error
 *
 * Since: 1.0
 */
GBytes *
migdesc_program_test_save (const char *const *argv,
                           const char *model,
                           const char *version,
                           const MigdescLimits *limits,
                           GCancellable *cancellable,
                           GError **error)
{
  g_auto (Tester) tester = { NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) reader = NULL;

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, NULL);
  g_return_val_if_fail (model != NULL && version != NULL, NULL);

  tester_init (&tester, argv, model, version, "--migration-test=save");
  bytes = migdesc_program_run_with_input (tester.command, tester.name, -1, limits, cancellable,
                                          error);
  reader = bytes == NULL ? NULL : read_shown (&tester, bytes, error);
  if (reader == NULL)
    return NULL;
  if (migdesc_manifest_get_n_devices (migdesc_stream_reader_get_manifest (reader)) > 0)
    return g_steal_pointer (&bytes);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED, "%s: saved no device", tester.name);
  return NULL;
}

/* --- Comparing -------------------------------------------------------- */

static char *
describe (MigdescState *state)
{
  g_autofree char *json = state == NULL ? NULL : migdesc_state_to_json (state, FALSE);

  return json == NULL ? g_strdup ("nothing") : migdesc_quote (json, -1);
}

static gboolean
compare_states (const char *id,
                MigdescState *saved,
                MigdescState *loaded,
                GError **error)
{
  g_autoptr (MigdescStateDiff) diff = migdesc_state_diff_new (saved, loaded);
  g_autofree char *shown_id = migdesc_quote (id, -1);
  g_autofree char *path = NULL, *before = NULL, *after = NULL, *more = NULL;
  guint n = migdesc_state_diff_get_n_places (diff);

  if (n == 0)
    return TRUE;
  path = migdesc_quote (migdesc_state_diff_get_path (diff, 0), -1);
  before = describe (migdesc_state_diff_get_source (diff, 0));
  after = describe (migdesc_state_diff_get_destination (diff, 0));
  more = n == 1 ? g_strdup ("") : g_strdup_printf ("; %u places differ", n);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
               "%s: %s is %s where it was saved, and %s where it was loaded%s", shown_id, path,
               before, after, more);
  return FALSE;
}

static gboolean
compare_device (MigdescStreamReader *saved,
                MigdescStreamReader *loaded,
                const char *id,
                GError **error)
{
  g_autoptr (MigdescState) before = migdesc_stream_reader_get_state (saved, id);
  g_autoptr (MigdescState) after = NULL;
  g_autofree char *shown = migdesc_quote (id, -1);

  if (migdesc_manifest_find (migdesc_stream_reader_get_manifest (loaded), id, NULL))
    after = migdesc_stream_reader_get_state (loaded, id);
  if (after == NULL)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                 "%s: was saved, and is not there where it was loaded", shown);
  else if (migdesc_stream_reader_get_state_version (saved, id)
           != migdesc_stream_reader_get_state_version (loaded, id))
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
                 "%s: was saved as state version %u, and is saved as %u where it was loaded", shown,
                 migdesc_stream_reader_get_state_version (saved, id),
                 migdesc_stream_reader_get_state_version (loaded, id));
  else
    return compare_states (id, before, after, error);
  return FALSE;
}

static gboolean
compare (MigdescStreamReader *saved,
         MigdescStreamReader *loaded,
         GError **error)
{
  MigdescManifest *before = migdesc_stream_reader_get_manifest (saved);
  MigdescManifest *after = migdesc_stream_reader_get_manifest (loaded);
  guint n = migdesc_manifest_get_n_devices (before);

  for (guint i = 0; i < n; i++)
    if (!compare_device (saved, loaded, migdesc_manifest_get_id (before, i), error))
      return FALSE;
  if (migdesc_manifest_get_n_devices (after) == n)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
               "%u devices were saved, and there are %u where they were loaded", n,
               migdesc_manifest_get_n_devices (after));
  return FALSE;
}

/**
 * migdesc_program_test_load:
 * @argv: (array zero-terminated=1): the program and its arguments
 * @model: the name of the device model
 * @version: the version that the device has to be of
 * @state: what migdesc_program_test_save() returned for the same version
 * @limits: (nullable): how long it may run and how much it may print; %NULL for the defaults
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Has a program load a state, and compares what it has then with what was saved.
 *
 * Fails as migdesc_program_test_save() does, and with %MIGDESC_ERROR_REFUSED if what was loaded is
 * not what was saved; the message names the first place where they differ.
 *
 * Returns: %TRUE if the program has loaded what was saved
 *
 * Since: 1.0
 */
gboolean
migdesc_program_test_load (const char *const *argv,
                           const char *model,
                           const char *version,
                           GBytes *state,
                           const MigdescLimits *limits,
                           GCancellable *cancellable,
                           GError **error)
{
  g_auto (Tester) tester = { NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescStreamReader) saved = NULL;
  g_autoptr (MigdescStreamReader) loaded = NULL;
  int input;

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, FALSE);
  g_return_val_if_fail (model != NULL && version != NULL && state != NULL, FALSE);

  saved = migdesc_stream_reader_new (NULL, NULL, error);
  if (saved == NULL || !migdesc_stream_reader_read_bytes (saved, state, error))
    return FALSE;
  tester_init (&tester, argv, model, version, "--migration-test=load");
  input = open_input (state, cancellable, error);
  if (input < 0)
    return FALSE;
  bytes = migdesc_program_run_with_input (tester.command, tester.name, input, limits, cancellable,
                                          error);
  close (input);
  loaded = bytes == NULL ? NULL : read_shown (&tester, bytes, error);
  return loaded != NULL && compare (saved, loaded, error);
}
