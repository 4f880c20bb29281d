/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transforms.h>

#include "state/resolve-field.h"

G_BEGIN_DECLS

/* What transforms will make of the states of a table, before there is one: two examples, with all
 * numbers at one end of their bounds and at the other, go through the steps, and are compared with
 * the table that they shall fit. Steps keep the order of numbers, so that what is between the two
 * comes out between them. */

typedef struct
{
  MigdescTransforms *transforms;
  const MigdescStruct *from;
  guint from_version;
  const MigdescStruct *to;
  guint to_version;
  gboolean gated; /* with what depends on a parameter */
} MigdescForesight;

void migdesc_foresee (const MigdescResolve *resolve, const MigdescForesight *foresight);

G_END_DECLS
