/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>
#include <unistd.h>

#include <migdesc/migdesc-stream.h>

#include "host/backend-private.h"
#include "host/test-content.h"
#include "state/stream/stream-io.h"

/* What a program does for those who want to know whether programs of different versions get on. */

/**
 * migdesc_backend_wants_test:
 * @backend: a backend
 *
 * Whether the options that were looked at last want a test and no device that serves anybody: the
 * program then makes the device as it always does, and goes on with migdesc_backend_run_test().
 *
 * Returns: %TRUE if it is so
 *
 * Since: 1.0
 */
gboolean
migdesc_backend_wants_test (MigdescBackend *backend)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), FALSE);

  return backend->options.test != MIGDESC_TEST_NOTHING;
}

/* The devices as they are. */
static gboolean
show (MigdescDeviceSet *set,
      GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_device_set_begin_save (set, NULL, TRUE, error);

  return writer != NULL
         && migdesc_stream_writer_write_fd (writer, STDOUT_FILENO, NULL, error);
}

static gboolean
load (MigdescDeviceSet *set,
      GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_device_set_begin_load (set, NULL, error);

  return reader != NULL && migdesc_stream_reader_read_fd (reader, STDIN_FILENO, NULL, error)
         && migdesc_device_set_finish_load (set, reader, error);
}

static void
complain (const GError *error)
{
  g_autofree char *line = g_strdup_printf ("--migration-test: %s\n", error->message);
  GOutputVector vector = { line, strlen (line) };

  migdesc_fd_write_all (STDERR_FILENO, &vector, 1, NULL, NULL);
}

/**
 * migdesc_backend_run_test:
 * @backend: a backend
 * @set: the program's devices, which have not begun to run
 *
 * Does the test that `--migration-test` asks for, if it does: with `save`, the devices get test
 * content, by being loaded with states that differ from theirs in as many values as they accept,
 * and are saved on standard output; with `load`, they are loaded from standard input, and are saved
 * on standard output as they are then. Streams are binary, and have the schemas of the states, so
 * that who runs both can compare them without the devices' code; each is of the state version that
 * the device is saved as.
 *
 * The device functions of the set do all of it, prepare and commit included; what the program
 * itself writes on standard output would spoil the stream. Programs that do not call this function
 * cannot be tested. What goes wrong is told on standard error.
 *
 * Returns: -1 when no test was asked for; else the exit status of the program, 0 or 1
 *
 * Since: 1.0
 */
int
migdesc_backend_run_test (MigdescBackend *backend,
                          MigdescDeviceSet *set)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), 1);
  g_return_val_if_fail (MIGDESC_IS_DEVICE_SET (set), 1);

  if (!migdesc_backend_wants_test (backend))
    return -1;
  done = backend->options.test == MIGDESC_TEST_LOAD ? load (set, &error)
                                                    : migdesc_test_content_fill (set, &error);
  if (done && show (set, &error))
    return 0;
  complain (error);
  return 1;
}
