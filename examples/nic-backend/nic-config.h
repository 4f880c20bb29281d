/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "nic.h"

/* Provisional: until the library parses the options of backends. */
MigdescConfig *nic_config_parse (int *argc, char ***argv, int *status);
void nic_config_read (MigdescConfig *values, NicConfig *config);
