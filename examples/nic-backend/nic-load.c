/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The card in a device set: what it gives when it is saved, and takes when it is loaded. */

#include "nic.h"
#include "nic-error.h"

#include <string.h>

static GPtrArray *
copy_filters (const GPtrArray *filters)
{
  GPtrArray *copy = g_ptr_array_new ();

  for (guint i = 0; filters != NULL && i < filters->len; i++)
    g_ptr_array_add (copy, g_memdup2 (g_ptr_array_index (filters, i), sizeof (NicFilter)));
  return copy;
}

static void
capture (gpointer device, gpointer state)
{
  Nic *nic = device;
  NicState *copy = state;

  nic_settle (nic);
  *copy = nic->state;
  copy->filters = copy_filters (nic->state.filters);
}

/* A real card would map its rings into the guest's memory here. */
gboolean
nic_resources_get (NicResources *resources, const NicState *state, GError **error)
{
  for (guint i = 0; i < state->n_queues; i++)
    {
      resources->descriptors[i] = g_try_malloc0 ((gsize) state->queues[i].size * 16);
      if (resources->descriptors[i] != NULL)
        continue;
      g_set_error (error, NIC_ERROR, NIC_ERROR_REFUSED, "no memory for the ring of queue %u", i);
      nic_resources_free (resources);
      return FALSE;
    }
  return TRUE;
}

void
nic_resources_free (NicResources *resources)
{
  for (gsize i = 0; i < G_N_ELEMENTS (resources->descriptors); i++)
    g_clear_pointer (&resources->descriptors[i], g_free);
}

/* The table knows the bounds of every field; only the card knows what it was created with. */
static gboolean
fits (const NicConfig *config, const NicState *state, GError **error)
{
  guint n_filters = state->filters == NULL ? 0 : state->filters->len;

  if (state->n_queues != config->num_queues)
    g_set_error (error, NIC_ERROR, NIC_ERROR_REFUSED, "%u queues, this card has %u",
                 state->n_queues, config->num_queues);
  else if (n_filters > config->rx_filter_size)
    g_set_error (error, NIC_ERROR, NIC_ERROR_REFUSED, "%u filters, this card has room for %u",
                 n_filters, config->rx_filter_size);
  else if (!nic_mtu_fits (config, state))
    g_set_error (error, NIC_ERROR, NIC_ERROR_REFUSED, "mtu is %u, and jumbo is off", state->mtu);
  else
    return TRUE;
  return FALSE;
}

static gboolean
prepare (gpointer device, gpointer state, GError **error)
{
  Nic *nic = device;

  /* The control socket knows when; what else calls need not. */
  if (nic->has_state)
    {
      g_set_error (error, NIC_ERROR, NIC_ERROR_WRONG_STATUS, "the card has a state already");
      return FALSE;
    }
  if (!fits (&nic->config, state, error) || !nic_resources_get (&nic->prepared, state, error))
    return FALSE;
  nic->loading = state;
  return TRUE;
}

static void
commit (gpointer device, gpointer state)
{
  Nic *nic = device;
  NicState *fresh = state;

  nic_resources_free (&nic->resources);
  nic->resources = nic->prepared;
  memset (&nic->prepared, 0, sizeof nic->prepared);
  migdesc_state_type_clear_struct (nic->type, &nic->state);
  nic->state = *fresh;
  nic->loading = NULL;
  fresh->filters = NULL; /* taken over */
}

static void
give_up (gpointer device, gpointer state)
{
  Nic *nic = device;

  nic_resources_free (&nic->prepared);
  nic->loading = NULL;
}

const MigdescDeviceFuncs nic_device_funcs
    = { .capture = capture, .prepare = prepare, .commit = commit, .abort = give_up };
