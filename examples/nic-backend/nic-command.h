/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A command as it is declared: when it may be asked for, and with what. */

#pragma once

#include "nic-backend.h"

typedef struct
{
  const char *name;
  const char *type; /* s, t or b */
  gboolean optional;
} NicArgument;

/* Answers, now or later. */
typedef void (*NicCommandFunc) (NicBackend *backend, const NicRequest *request,
                                NicAnswer *answer);

/* Changes the card; what is kept on the disk and answered is the same for all of these. */
typedef gboolean (*NicChangeFunc) (Nic *nic, const NicRequest *request, GError **error);

typedef struct
{
  const char *name;
  guint when; /* bits: 1 << NicStatus */
  NicCommandFunc run;
  NicChangeFunc change;
  NicArgument arguments[4];
} NicCommand;

gboolean nic_command_check (const NicCommand *command, const NicRequest *request,
                            NicStatus status, GError **error);

/* Ends with one without a name. In nic-guest.c: what the guest does */
extern const NicCommand nic_guest_commands[];
