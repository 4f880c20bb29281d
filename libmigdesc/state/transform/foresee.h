/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transforms.h>

#include "state/schema/resolve-field.h"

G_BEGIN_DECLS

/* What transforms will make of the states of a table, before there is one: two examples, with all
 * numbers at one end of their bounds and at the other, go through the steps, and are compared with
 * the table that they shall fit. Steps keep the order of numbers, so that what is between the two
 * comes out between them. */

/* Both ends of a value. */
typedef struct
{
  GVariant *low;
  GVariant *high;
} MigdescEnds;

void migdesc_ends_clear (MigdescEnds *ends);

typedef struct
{
  MigdescTransforms *transforms;
  const MigdescStruct *from;
  guint from_version;
  guint to_version;
  gboolean gated; /* with what depends on a parameter */
} MigdescForesight;

/* Through the steps. FALSE, and a finding: no state comes through, or none can be foreseen. */
gboolean migdesc_foresee (const MigdescResolve *resolve,
                          const MigdescForesight *foresight,
                          MigdescEnds *ends);

void migdesc_foresee_compare (const MigdescResolve *resolve,
                              const MigdescEnds *ends,
                              const MigdescStruct *to,
                              guint version);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescEnds, migdesc_ends_clear)

G_END_DECLS
