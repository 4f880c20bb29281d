/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the host asks of the card: questions, pausing, saving and loading. */

#include "nic-command.h"
#include "nic-error.h"
#include "nic-transfer.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
answer_status (NicBackend *backend, NicAnswer *answer, gboolean done, const GError *error)
{
  const char *status = nic_status_get_name (nic_backend_get_status (backend));
  g_autofree char *json = g_strdup_printf ("{\"status\": \"%s\"}", status);

  if (done)
    nic_answer_return (answer, json);
  else
    nic_answer_fail (answer, error);
}

static JsonNode *
describe (NicBackend *backend)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  MigdescParamList *list = backend->nic->params;
  g_autofree char *params = migdesc_param_list_to_string (list);
  const char *version = migdesc_backend_get_version (backend->migration);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "model");
  json_builder_add_string_value (builder, migdesc_param_list_get_model (list));
  json_builder_set_member_name (builder, "params");
  json_builder_add_string_value (builder, params);
  json_builder_set_member_name (builder, "version");
  if (version == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, version);
  json_builder_set_member_name (builder, "state-version");
  json_builder_add_int_value (builder, nic_backend_get_state_version (backend));
  json_builder_set_member_name (builder, "program");
  json_builder_add_int_value (builder, NIC_VERSION);
  json_builder_set_member_name (builder, "status");
  json_builder_add_string_value (builder, nic_status_get_name (nic_backend_get_status (backend)));
  json_builder_set_member_name (builder, "generation");
  json_builder_add_int_value (builder, (gint64) backend->generation);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
query (NicBackend *backend, const NicRequest *request, NicAnswer *answer)
{
  g_autoptr (JsonNode) description = describe (backend);
  g_autofree char *json = json_to_string (description, FALSE);

  nic_answer_return (answer, json);
}

static MigdescState *
get_state (NicBackend *backend, GError **error)
{
  Nic *nic = backend->nic;
  const NicState *state = nic->loading != NULL ? nic->loading : &nic->state;

  nic_settle (nic);
  return migdesc_state_new_from_struct (nic->type, NIC_VERSION, nic->params, state, error);
}

static void
get (NicBackend *backend, const NicRequest *request, NicAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) state = get_state (backend, &error);
  g_autofree char *text = state == NULL ? NULL : migdesc_state_to_json (state, FALSE);
  g_autofree char *json = g_strdup_printf ("{\"state\": %s}", text);

  if (state != NULL)
    nic_answer_return (answer, json);
  else
    nic_answer_fail (answer, error);
}

static void
stop (NicBackend *backend, const NicRequest *request, NicAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  gboolean done = nic_backend_stop (backend, &error);

  answer_status (backend, answer, done, error);
}

/* cont and start: what makes a card run is the same, wherever its state is from. */
static void
start (NicBackend *backend, const NicRequest *request, NicAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  gboolean done = nic_backend_start (backend, &error);

  answer_status (backend, answer, done, error);
}

static void
discard (NicBackend *backend, const NicRequest *request, NicAnswer *answer)
{
  nic_transfer_cancel (backend);
  nic_backend_discard (backend);
  answer_status (backend, answer, TRUE, NULL);
}

static gboolean
quit_loop (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
quit (NicBackend *backend, const NicRequest *request, NicAnswer *answer)
{
  nic_answer_return_then (answer, "{}", quit_loop, backend->loop);
}

/* Whether the state may move at all, and one of socket and file is given. */
static gboolean
check_transfer (NicBackend *backend, const NicRequest *request, const char **socket,
                const char **file, GError **error)
{
  gboolean to_socket = nic_request_get_text (request, "socket", socket);
  gboolean to_file = nic_request_get_text (request, "file", file);
  const char *blocker = migdesc_backend_get_blocker (backend->migration);

  if (to_socket == to_file)
    g_set_error (error, NIC_ERROR, NIC_ERROR_BAD_ARGUMENT, "%s: either socket or file is needed",
                 request->command);
  else if (blocker != NULL)
    g_set_error (error, NIC_ERROR, NIC_ERROR_REFUSED, "the card cannot be migrated: %s", blocker);
  else
    return TRUE;
  return FALSE;
}

static void
save (NicBackend *backend, const NicRequest *request, NicAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  const char *socket = NULL, *file = NULL;
  guint64 version = nic_backend_get_state_version (backend);
  guint oldest = backend->nic->config.jumbo ? 2 : 1; /* which has no place for its MTU */

  nic_request_get_number (request, "state-version", &version);
  if (version < oldest || version > NIC_VERSION)
    g_set_error (&error, NIC_ERROR, NIC_ERROR_BAD_ARGUMENT, "save: state-version is %u to %u",
                 oldest, NIC_VERSION);
  else
    check_transfer (backend, request, &socket, &file, &error);
  if (error == NULL)
    nic_transfer_save (backend, socket, file, (guint) version, answer);
  else
    nic_answer_fail (answer, error);
}

static void
load (NicBackend *backend, const NicRequest *request, NicAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  const char *socket = NULL, *file = NULL;

  if (check_transfer (backend, request, &socket, &file, &error))
    nic_transfer_load (backend, socket, file, answer);
  else
    nic_answer_fail (answer, error);
}

#define WHEN(status) (1 << NIC_##status)
#define ALWAYS (WHEN (INCOMING) | WHEN (PREPARED) | WHEN (RUNNING) | WHEN (PAUSED))

static const NicCommand commands[] = {
  { "query", ALWAYS, query },
  { "get", ALWAYS & ~WHEN (INCOMING), get },
  { "stop", WHEN (RUNNING), stop },
  { "cont", WHEN (PAUSED), start },
  { "save", WHEN (PAUSED), save, NULL,
    { { "socket", "s", TRUE }, { "file", "s", TRUE }, { "state-version", "t", TRUE } } },
  { "load", WHEN (INCOMING), load, NULL, { { "socket", "s", TRUE }, { "file", "s", TRUE } } },
  { "start", WHEN (PREPARED), start },
  { "discard", WHEN (INCOMING) | WHEN (PREPARED), discard },
  { "quit", ALWAYS, quit },
  { NULL },
};

static const NicCommand *
find_command (const char *name, GError **error)
{
  const NicCommand *const tables[] = { commands, nic_guest_commands };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const NicCommand *command = tables[i]; command->name != NULL; command++)
      if (strcmp (command->name, name) == 0)
        return command;
  g_set_error (error, NIC_ERROR, NIC_ERROR_UNKNOWN_COMMAND, "there is no command \"%s\"", name);
  return NULL;
}

/* A state that is under way must not change under it. */
static gboolean
check_busy (const NicBackend *backend, const NicCommand *command, GError **error)
{
  NicCommandFunc run = command->run;

  if (backend->transfer == NULL || run == query || run == get || run == discard || run == quit)
    return TRUE;
  g_set_error (error, NIC_ERROR, NIC_ERROR_BUSY, "%s: a save or load is under way",
               command->name);
  return FALSE;
}

/* With the counters of the queue that it was about. */
static char *
describe_change (const NicBackend *backend, const NicRequest *request)
{
  g_autoptr (GString) json = g_string_new (NULL);
  guint64 number;

  g_string_printf (json, "{\"generation\": %" G_GUINT64_FORMAT, backend->generation);
  if (nic_request_get_number (request, "queue", &number))
    {
      const NicQueue *queue = &backend->nic->state.queues[number];

      g_string_append_printf (json, ", \"head\": %u, \"frames\": %" G_GUINT64_FORMAT, queue->head,
                              queue->frames);
      g_string_append_printf (json, ", \"bytes\": %" G_GUINT64_FORMAT, queue->bytes);
    }
  g_string_append_c (json, '}');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* Kept before it is answered: what the guest has been told has happened, whatever comes. */
static void
run_change (NicBackend *backend, const NicCommand *command, const NicRequest *request,
            NicAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  nic_settle (backend->nic);
  if (!command->change (backend->nic, request, &error) || !nic_backend_keep (backend, &error))
    {
      nic_answer_fail (answer, error);
      return;
    }
  backend->generation++;
  json = describe_change (backend, request);
  nic_answer_return (answer, json);
}

void
nic_backend_run_request (const NicRequest *request, NicAnswer *answer, gpointer data)
{
  NicBackend *backend = data;
  g_autoptr (GError) error = NULL;
  const NicCommand *command = find_command (request->command, &error);

  if (command == NULL || !nic_command_check (command, request, nic_backend_get_status (backend),
                                              &error)
      || !check_busy (backend, command, &error))
    nic_answer_fail (answer, error);
  else if (command->run != NULL)
    command->run (backend, request, answer);
  else
    run_change (backend, command, request, answer);
}
