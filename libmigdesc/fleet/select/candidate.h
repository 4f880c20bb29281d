/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* One descriptor, how many hosts have it, and the position of the first */
typedef struct
{
  MigdescStore *store;
  const MigdescModelCore *model;
  guint32 n_hosts;
  guint32 first_host;
} MigdescCandidate;

G_END_DECLS
