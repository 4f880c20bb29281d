/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-baseline.h>

#include "model/core.h"

G_BEGIN_DECLS

struct _MigdescBaseline
{
  gatomicrefcount ref_count;
  char *model;
  MigdescStore **stores; /* of the hosts, in the order given */
  guint32 n_stores;
  guint64 max_steps; /* of a search */
  MigdescVerdict verdict;
  MigdescConfig *config; /* NULL unless compatible */
  MigdescReport *report;
};

/* The configuration that the others would have, or NULL; its verdict is @verdict. */
MigdescConfig *migdesc_baseline_find_without (const MigdescBaseline *baseline,
                                              guint32 position,
                                              MigdescVerdict *verdict);

G_END_DECLS
