/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The state's type with everything it needs to speak to older cards. */

#pragma once

#include <migdesc/migdesc.h>

GVariant *nic_change_drop_mtu (GVariant *state, gpointer user_data, GError **error);
MigdescStateType *nic_state_type_new (GError **error);
