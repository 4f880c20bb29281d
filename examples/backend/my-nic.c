/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A network card as a program: what it has to do about migration, and nothing else. Built twice:
 * as my-nic, and as my-nic-1, which is what it was when it had one version. */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <migdesc/migdesc.h>

/* what the device is */
typedef struct
{
  guint16 num_queues;
  gboolean rss;
} NicConfig;

static const MigdescModelParam nic_params[] = {
  MIGDESC_PARAM_INT (NicConfig, num_queues, "num-queues", "1-64", "4", MIGDESC_OFF ("1"),
                     MIGDESC_DESCRIPTION ("receive queues")),
  MIGDESC_PARAM_BOOL (NicConfig, rss, "rss", "on", MIGDESC_OFF ("off"),
                      MIGDESC_SINCE_VERSION ("2"), MIGDESC_DESCRIPTION ("spread by a hash")),
};

static const MigdescModelVersion nic_versions[] = {
  MIGDESC_MODEL_VERSION ("1", 1, "num-queues=4"),
  MIGDESC_MODEL_VERSION ("2", 2, "num-queues=4,rss=on"),
};

static const MigdescModelConstraint nic_constraints[] = {
  MIGDESC_MODEL_IF_THEN ("rss=on", "num-queues=2-64", "there has to be a choice"),
};

/* what it remembers */
typedef struct
{
  guint8 link;
  guint16 mtu;
  guint8 rss_key[4];
} NicState;

static const MigdescField nic_rss_fields[] = {
  MIGDESC_BYTES (NicState, rss_key),
};
static const MigdescField nic_fields[] = {
  MIGDESC_U8 (NicState, link, 0, 1),
  MIGDESC_U16 (NicState, mtu, 68, 9216, MIGDESC_SINCE (2), MIGDESC_DEFAULT (1500)),
  MIGDESC_SECTION ("rss", nic_rss_fields, MIGDESC_SINCE (2), MIGDESC_IF ("rss"),
                   MIGDESC_DEFAULT (0)),
};
MIGDESC_STRUCT (nic_state, NicState, 2, 1, nic_fields, NULL);

MIGDESC_MODEL_TABLE (nic_model, "vendor-a.com/my-nic", NicConfig, nic_params, nic_versions,
                     MIGDESC_MODEL_CONSTRAINTS (nic_constraints), MIGDESC_MODEL_STATE (nic_state),
                     MIGDESC_SUPPORTED (MIGDESC_SUPPORT_BIDIRECTIONAL));

typedef struct
{
  NicConfig config;
  NicState state;
} Nic;

static void
nic_capture (gpointer device, gpointer state)
{
  memcpy (state, &((Nic *) device)->state, sizeof (NicState));
}

static void
nic_commit (gpointer device, gpointer state)
{
  memcpy (&((Nic *) device)->state, state, sizeof (NicState));
}

static const MigdescDeviceFuncs nic_funcs = { .capture = nic_capture, .commit = nic_commit };

static gboolean
save (MigdescDeviceSet *set, GError **error)
{
  g_autoptr (MigdescTransfer) transfer = migdesc_transfer_new_save (set, NULL, FALSE, error);

  return transfer != NULL && migdesc_transfer_run_fd (transfer, STDOUT_FILENO, NULL, error)
         && migdesc_transfer_check (transfer, error);
}

static gboolean
load (MigdescDeviceSet *set, GError **error)
{
  g_autoptr (MigdescTransfer) transfer = migdesc_transfer_new_load (set, NULL, error);

  if (transfer == NULL || !migdesc_transfer_run_fd (transfer, STDIN_FILENO, NULL, error)
      || !migdesc_transfer_check (transfer, error))
    return FALSE;
  /* the source stops here, and this device starts */
  migdesc_transfer_commit (transfer);
  return TRUE;
}

static void
show (MigdescBackend *backend, const Nic *nic)
{
  printf ("%u queues, rss %s; saves state version %u\n", nic->config.num_queues,
          nic->config.rss ? "on" : "off", migdesc_backend_get_state_version (backend));
  printf ("link %u, mtu %u, key %02x\n", nic->state.link, nic->state.mtu, nic->state.rss_key[0]);
}

static gboolean
run (MigdescBackend *backend, const char *command, int *status, GError **error)
{
  Nic nic = { .state = { .link = 1, .mtu = 9000, .rss_key = { 0xab } } };
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();

  migdesc_backend_read_config (backend, &nic.config);
  if (!migdesc_backend_add_device (backend, set, "nic0", &nic_funcs, &nic, error))
    return FALSE;
  if (migdesc_backend_wants_test (backend))
    {
      *status = migdesc_backend_run_test (backend, set);
      return TRUE;
    }
  if (strcmp (command, "save") == 0)
    return save (set, error);
  if (strcmp (command, "load") == 0 && !load (set, error))
    return FALSE;
  show (backend, &nic);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescBackend) backend = migdesc_backend_new (&nic_model, NULL, &error);
  int status;

  if (backend == NULL || !migdesc_backend_set_version_limit (backend, VERSION_LIMIT, &error))
    g_error ("%s", error->message); /* a mistake in the tables above */
  status = migdesc_backend_run_options (backend, &argc, &argv);
  if (status >= 0)
    return status;
  status = 0;
  if (run (backend, argc > 1 ? argv[1] : "show", &status, &error))
    return status;
  fprintf (stderr, "my-nic: %s\n", error->message);
  return 1;
}
