/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/report-private.h"
#include "ops/baseline/baseline-search.h"

G_BEGIN_DECLS

/* Says why there is no baseline, if there is none. */
void migdesc_hosts_say_best (const MigdescHosts *hosts,
                             const char *model,
                             const MigdescBest *best,
                             MigdescReport *report);
/* The host's origin, or its number */
char *migdesc_host_name (const MigdescStore *store, guint32 position);

G_END_DECLS
