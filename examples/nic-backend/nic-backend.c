/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A network card as a program: nic-backend [migration options] --socket PATH ... */

#include "nic-backend.h"
#include "nic-error.h"
#include "nic-transfer.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct
{
  char *socket;
  char *state;
  char *wire;
  char *dbus;
  char *id;
  gboolean incoming;
  gboolean paused;
  gboolean print_schema;
} Options;

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket, "Where to be controlled", "PATH" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state, "Where to keep the state", "FILE" },
    { "wire", 0, 0, G_OPTION_ARG_FILENAME, &options->wire, "What one card may be on", "FILE" },
    { "dbus", 0, 0, G_OPTION_ARG_STRING, &options->dbus,
      "The VM's bus, for QEMU to carry the state", "ADDRESS" },
    { "id", 0, 0, G_OPTION_ARG_STRING, &options->id, "What QEMU calls the card", "ID" },
    { "incoming", 0, 0, G_OPTION_ARG_NONE, &options->incoming, "Wait for a state", NULL },
    { "paused", 0, 0, G_OPTION_ARG_NONE, &options->paused, "Begin paused", NULL },
    { "print-state-schema", 0, 0, G_OPTION_ARG_NONE, &options->print_schema,
      "Print the schema of the newest state version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "%s: not understood", (*argv)[1]);
  else if (options->socket == NULL && !options->print_schema)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "--socket is needed");
  else if ((options->dbus == NULL) != (options->id == NULL))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "--dbus and --id go together");
  else if (options->incoming && options->paused)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 "--incoming and --paused exclude each other");
  else
    return TRUE;
  return FALSE;
}

static void
options_clear (Options *options)
{
  g_free (options->socket);
  g_free (options->state);
  g_free (options->wire);
  g_free (options->dbus);
  g_free (options->id);
}

static gboolean
print_schema (GError **error)
{
  g_autofree char *json = nic_model_dup_schema (error);

  if (json != NULL)
    puts (json);
  return json != NULL;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
control (NicBackend *backend, const char *path, GError **error)
{
  g_autoptr (NicControl) socket
      = nic_control_new (path, nic_backend_run_request, backend, error);

  if (socket == NULL)
    return FALSE;
  g_main_loop_run (backend->loop);
  nic_transfer_cancel (backend);
  while (backend->transfer != NULL)
    g_main_context_iteration (NULL, TRUE);
  return TRUE;
}

/* On the VM's bus the card is saved and loaded by QEMU. When it runs is said at the control socket
 * all the same, for QEMU tells nobody how a migration ended. */
static gboolean
join_bus (NicBackend *backend, const Options *options, GError **error)
{
  const char *blocker = migdesc_backend_get_blocker (backend->migration);

  if (options->dbus == NULL)
    return TRUE;
  if (blocker != NULL)
    {
      g_set_error (error, NIC_ERROR, NIC_ERROR_REFUSED, "the card cannot be migrated: %s", blocker);
      return FALSE;
    }
  backend->vmstate = migdesc_dbus_vmstate_new (backend->set, options->id, 1, error);
  return backend->vmstate != NULL
         && migdesc_device_set_set_state_version (
             backend->set, NIC_ID, nic_backend_get_state_version (backend), error)
         && migdesc_dbus_vmstate_export_address (backend->vmstate, options->dbus, NULL, error);
}

/* The socket comes last: whoever finds it finds a card that answers. */
static gboolean
serve (NicBackend *backend, const Options *options, GError **error)
{
  guint term = g_unix_signal_add (SIGTERM, on_signal, backend->loop);
  guint interrupt = g_unix_signal_add (SIGINT, on_signal, backend->loop);
  gboolean done = nic_backend_begin (backend, options->incoming, options->paused, error)
                  && join_bus (backend, options, error)
                  && control (backend, options->socket, error);

  g_source_remove (term);
  g_source_remove (interrupt);
  g_clear_object (&backend->vmstate);
  return done;
}

static gboolean
run (MigdescBackend *migration, const Options *options, GError **error)
{
  MigdescStateType *type = migdesc_backend_get_state_type (migration);
  MigdescParamList *params = migdesc_backend_get_params (migration);
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();
  g_autoptr (Nic) nic = NULL;
  NicBackend backend = { .migration = migration, .set = set, .state_path = options->state };
  NicConfig config = { 0 }; /* what a version does not know is off */
  gboolean done;

  migdesc_backend_read_config (migration, &config);
  nic = nic_new (&config, type, params);
  if (!migdesc_device_set_add (set, NIC_ID, params, type, &nic_device_funcs, nic, error))
    return FALSE;
  backend.nic = nic;
  backend.wire = nic_wire_new (options->wire);
  backend.loop = g_main_loop_new (NULL, FALSE);
  done = serve (&backend, options, error);
  g_main_loop_unref (backend.loop);
  nic_wire_free (backend.wire);
  return done;
}

/* Of a card that never runs: whether programs of several versions get on. */
static gboolean
test (MigdescBackend *migration, int *status, GError **error)
{
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();
  g_autoptr (Nic) nic = NULL;
  NicConfig config = { 0 };

  migdesc_backend_read_config (migration, &config);
  nic = nic_new (&config, migdesc_backend_get_state_type (migration),
                 migdesc_backend_get_params (migration));
  if (!migdesc_backend_add_device (migration, set, NIC_ID, &nic_device_funcs, nic, error))
    return FALSE;
  *status = migdesc_backend_run_test (migration, set);
  return TRUE;
}

static gboolean
start (MigdescBackend *migration, int *argc, char ***argv, GError **error)
{
  Options options = { 0 };
  gboolean done = parse_options (argc, argv, &options, error);

  if (done && options.print_schema)
    done = print_schema (error);
  else if (done)
    done = run (migration, &options, error);
  options_clear (&options);
  return done;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescBackend) migration = NULL;
  int status;

  g_set_prgname ("nic-backend");
  signal (SIGPIPE, SIG_IGN);
  migration = nic_model_new_backend (&error);
  if (migration != NULL)
    {
      status = migdesc_backend_run_options (migration, &argc, &argv);
      if (status >= 0)
        return status;
      status = EXIT_SUCCESS;
      if (migdesc_backend_wants_test (migration) ? test (migration, &status, &error)
                                                 : start (migration, &argc, &argv, &error))
        return status;
    }
  fprintf (stderr, "nic-backend: %s\n", error->message);
  return EXIT_FAILURE;
}
