/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-plan.h>

#include "model/core.h"

G_BEGIN_DECLS

struct _MigdescPlan
{
  gatomicrefcount ref_count;
  MigdescStore *store;
  const MigdescModelCore *model;
  MigdescParamList *list; /* strings of values may be the list's */
  /* what a version has to be set to; MIGDESC_NOT_FOUND: nothing, or one that is not known */
  guint32 version;
  const char *version_name; /* NULL: nothing */
  MigdescValue values[];  /* of each param */
};

G_END_DECLS
