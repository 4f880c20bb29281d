/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The wire that the card is plugged into. Only one card may be: a card that has moved and still
 * runs where it was would answer for the other. Here the wire is a lock on a file. */

#pragma once

#include <glib.h>

typedef struct _NicWire NicWire;

NicWire *nic_wire_new (const char *path);
void nic_wire_free (NicWire *wire);
gboolean nic_wire_plug (NicWire *wire, GError **error);
void nic_wire_unplug (NicWire *wire);
