/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The program around the card: what its parts share. */

#pragma once

#include "nic-control.h"
#include "nic-wire.h"
#include "nic.h"

#define NIC_ID "nic0"

typedef enum
{
  NIC_INCOMING, /* waits for a state */
  NIC_PREPARED, /* has one, and waits for the word to take it and run */
  NIC_RUNNING,
  NIC_PAUSED
} NicStatus;

typedef struct _NicTransfer NicTransfer;

typedef struct
{
  MigdescBackend *migration;
  MigdescDeviceSet *set;
  Nic *nic;
  NicStatus status;
  guint64 generation;  /* changes since the program began */
  char *state_path;    /* NULL: the state is not kept */
  NicWire *wire;
  MigdescDBusVMState *vmstate; /* NULL: QEMU does not carry the state */
  NicTransfer *transfer; /* the save or load under way */
  GMainLoop *loop;
} NicBackend;

/* In nic-life.c */
const char *nic_status_get_name (NicStatus status);
NicStatus nic_backend_get_status (NicBackend *backend);
guint nic_backend_get_state_version (NicBackend *backend);
gboolean nic_backend_begin (NicBackend *backend, gboolean incoming, gboolean paused,
                            GError **error);
gboolean nic_backend_start (NicBackend *backend, GError **error);
gboolean nic_backend_stop (NicBackend *backend, GError **error);
void nic_backend_discard (NicBackend *backend);
gboolean nic_backend_keep (NicBackend *backend, GError **error);

/* In nic-commands.c: a #NicControlFunc */
void nic_backend_run_request (const NicRequest *request, NicAnswer *answer, gpointer backend);
