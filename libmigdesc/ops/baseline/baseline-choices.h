/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/baseline/baseline-hosts.h"

G_BEGIN_DECLS

/* Makes the choices of each variable, the best first: the hosts' init values, the newest version's
 * value, the ends of the common intervals downwards, off, the common strings in order. */
void migdesc_hosts_make_choices (MigdescHosts *hosts);

G_END_DECLS
