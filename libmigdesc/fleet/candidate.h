/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* One descriptor, and how many hosts have it */
typedef struct
{
  MigdescStore *store;
  const MigdescModelCore *model;
  guint32 n_hosts;
} MigdescCandidate;

G_END_DECLS
