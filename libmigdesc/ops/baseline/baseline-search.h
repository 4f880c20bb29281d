/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-types.h>

#include "ops/baseline/baseline-hosts.h"

G_BEGIN_DECLS

typedef struct
{
  MigdescVerdict verdict;
  MigdescConfig *config; /* of the first host's model; NULL unless compatible */
  gboolean too_long;
  guint64 n_tried; /* configurations, in part or whole */
} MigdescBest;

/* Finds the best configuration that all hosts can create and load. The hosts have the model. */
void migdesc_hosts_find_best (MigdescHosts *hosts, guint64 max_steps, MigdescBest *best);

G_END_DECLS
