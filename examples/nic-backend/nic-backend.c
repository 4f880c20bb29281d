/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A network card as a program: nic-backend [migration options] --socket PATH ... */

#include "nic-backend.h"
#include "nic-changes.h"
#include "nic-config.h"
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
    { "incoming", 0, 0, G_OPTION_ARG_NONE, &options->incoming, "Wait for a state", NULL },
    { "paused", 0, 0, G_OPTION_ARG_NONE, &options->paused, "Begin paused", NULL },
    { "print-state-schema", 0, 0, G_OPTION_ARG_NONE, &options->print_schema,
      "Print the schema of the state as this program saves it", NULL },
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
}

static gboolean
print_schema (MigdescStateType *type, MigdescParamList *params, GError **error)
{
  g_autoptr (MigdescStateType) schema
      = migdesc_state_type_new_effective (type, NIC_VERSION, params, error);
  g_autofree char *json = NULL;

  if (schema == NULL)
    return FALSE;
  json = migdesc_state_type_to_json (schema, FALSE);
  puts (json);
  return TRUE;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* The socket comes last: whoever finds it finds a card that answers. */
static gboolean
serve (NicBackend *backend, const Options *options, GError **error)
{
  g_autoptr (NicControl) control = NULL;
  guint term, interrupt;

  if (!nic_backend_begin (backend, options->incoming, options->paused, error))
    return FALSE;
  control = nic_control_new (options->socket, nic_backend_run_request, backend, error);
  if (control == NULL)
    return FALSE;
  term = g_unix_signal_add (SIGTERM, on_signal, backend->loop);
  interrupt = g_unix_signal_add (SIGINT, on_signal, backend->loop);
  g_main_loop_run (backend->loop);
  g_source_remove (term);
  g_source_remove (interrupt);
  nic_transfer_cancel (backend);
  while (backend->transfer != NULL)
    g_main_context_iteration (NULL, TRUE);
  return TRUE;
}

static gboolean
run (MigdescConfig *values, const Options *options, GError **error)
{
  g_autoptr (MigdescParamList) params = migdesc_config_to_param_list (values);
  g_autoptr (MigdescStateType) type = nic_state_type_new (error);
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();
  g_autoptr (Nic) nic = NULL;
  NicBackend backend = { .set = set, .state_path = options->state };
  NicConfig config;
  gboolean done;

  if (type == NULL)
    return FALSE;
  if (options->print_schema)
    return print_schema (type, params, error);
  nic_config_read (values, &config);
  nic = nic_new (&config, type, params);
  if (!migdesc_device_set_add (set, NIC_ID, params, type, &nic_device_funcs, nic, error))
    return FALSE;
  backend.nic = nic;
  backend.version = migdesc_config_get_version (values);
  backend.wire = nic_wire_new (options->wire);
  backend.loop = g_main_loop_new (NULL, FALSE);
  done = serve (&backend, options, error);
  g_main_loop_unref (backend.loop);
  nic_wire_free (backend.wire);
  return done;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescConfig) values = NULL;
  Options options = { 0 };
  gboolean done;
  int status;

  g_set_prgname ("nic-backend");
  signal (SIGPIPE, SIG_IGN);
  values = nic_config_parse (&argc, &argv, &status);
  if (values == NULL)
    return status;
  done = parse_options (&argc, &argv, &options, &error) && run (values, &options, &error);
  options_clear (&options);
  if (!done)
    fprintf (stderr, "nic-backend: %s\n", error->message);
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
