/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The card itself: what a guest does with it. It knows little of migration. */

#pragma once

#include "nic-state.h"

/* Apart from the state, and not saved: what a card gets when it is created or prepared. */
typedef struct
{
  guint8 *descriptors[8];
} NicResources;

typedef struct
{
  NicConfig config;
  MigdescStateType *type;
  MigdescParamList *params;
  NicState state;
  NicResources resources;
  gboolean has_state;      /* and takes no other */
  const NicState *loading; /* a state that waits to be taken, NULL if none does */
  NicResources prepared;   /* and what it needs */
  gint64 running_since; /* monotonic time in microseconds, 0 while it stands still */
} Nic;

/* In nic-model.c */
MigdescBackend *nic_model_new_backend (GError **error);
char *nic_model_dup_schema (GError **error);

Nic *nic_new (const NicConfig *config, MigdescStateType *type, MigdescParamList *params);
void nic_free (Nic *nic);
void nic_reset (Nic *nic);

void nic_run (Nic *nic);
void nic_pause (Nic *nic);
void nic_settle (Nic *nic);

gboolean nic_receive (Nic *nic, guint64 queue, guint64 frames, guint64 bytes, GError **error);
gboolean nic_write_register (Nic *nic, const char *name, guint64 value, GError **error);
gboolean nic_write_queue (Nic *nic, guint64 queue, guint64 size, GError **error);
gboolean nic_write_eeprom (Nic *nic, guint64 offset, const char *hex, GError **error);
gboolean nic_write_rss_key (Nic *nic, const char *hex, GError **error);
gboolean nic_add_filter (Nic *nic, const char *mac, guint64 vlan, gboolean drop, GError **error);
gboolean nic_remove_filter (Nic *nic, const char *mac, guint64 vlan, GError **error);

gboolean nic_mtu_fits (const NicConfig *config, const NicState *state);
gboolean nic_resources_get (NicResources *resources, const NicState *state, GError **error);
void nic_resources_free (NicResources *resources);

extern const MigdescDeviceFuncs nic_device_funcs;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Nic, nic_free)
