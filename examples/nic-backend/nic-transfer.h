/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A card's state on its way out or in: one save or load, while the program goes on answering. */

#pragma once

#include "nic-backend.h"

void nic_transfer_save (NicBackend *backend, const char *socket, const char *file, guint version,
                        NicAnswer *answer);
void nic_transfer_load (NicBackend *backend, const char *socket, const char *file,
                        NicAnswer *answer);
void nic_transfer_cancel (NicBackend *backend);
