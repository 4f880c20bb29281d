/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-compare.h>

#include "model/core.h"

G_BEGIN_DECLS

struct _MigdescComparison
{
  gatomicrefcount ref_count;
  MigdescRelation relation;
  MigdescReport *report;
  MigdescStore *source_store;
  const MigdescModelCore *source;
  MigdescStore *agreement_store;     /* NULL where there is no agreement */
  const MigdescModelCore *agreement; /* its only model */
};

G_END_DECLS
