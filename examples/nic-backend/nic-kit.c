/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tests of the card's state, made by the library's test kit: a program of the newest version reads
 * what those of all versions have recorded in golden/. */

#include <migdesc-testkit.h>

#include "nic.h"

static gpointer
new_device (MigdescBackend *backend, MigdescStateType *type, MigdescParamList *params)
{
  NicConfig config = { 0 };

  migdesc_backend_read_config (backend, &config);
  return nic_new (&config, type, params);
}

static void
free_device (gpointer device)
{
  nic_free (device);
}

/* What the table cannot say: see nic-load.c. */
static void
fill (gpointer device, gpointer state, GRand *random G_GNUC_UNUSED)
{
  const NicConfig *config = &((Nic *) device)->config;
  NicState *nic = state;

  for (guint i = nic->n_queues; i < config->num_queues; i++)
    nic->queues[i] = (NicQueue){ .ring = i, .size = 256, .head = i };
  nic->n_queues = (guint8) config->num_queues;
  while (nic->filters != NULL && nic->filters->len > config->rx_filter_size)
    g_free (g_ptr_array_steal_index (nic->filters, config->rx_filter_size));
  if (!config->jumbo)
    nic->mtu = 1500;
}

static const MigdescTestkit nic_testkit = {
  .name = "nic",
  .new_backend = nic_model_new_backend,
  .state_size = sizeof (NicState),
  .fill = fill,
  .funcs = &nic_device_funcs,
  .new_device = new_device,
  .free_device = free_device,
};

MIGDESC_TESTKIT (nic_testkit)
MIGDESC_TESTKIT_FUZZ (nic_testkit)
