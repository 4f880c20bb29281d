/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Why a command was refused. */

#pragma once

#include <glib.h>

typedef enum
{
  NIC_ERROR_BAD_REQUEST,     /* the line is no request */
  NIC_ERROR_UNKNOWN_COMMAND, /* no command of that name */
  NIC_ERROR_BAD_ARGUMENT,    /* missing, unknown, of another type, or out of bounds */
  NIC_ERROR_WRONG_STATUS,    /* not while the card is running, paused, ... */
  NIC_ERROR_BUSY,            /* a save or load is under way, or too many connections */
  NIC_ERROR_REFUSED,         /* the card cannot do this */
  NIC_ERROR_CANCELLED,       /* discarded while it was under way */
  NIC_ERROR_DOUBLED          /* another card of the same wire is running */
} NicError;

#define NIC_ERROR (nic_error_quark ())
GQuark nic_error_quark (void);
const char *nic_error_get_nick (const GError *error);
