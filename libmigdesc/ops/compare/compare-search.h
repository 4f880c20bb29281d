/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-compare.h>

#include "ops/compare/compare-space.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 version;
  gboolean of_destination;
} MigdescRefusedVersion;

/* How all configurations of a space fare, and what stands in the way of those that do not pass. */
typedef struct
{
  MigdescSpace *space;
  MigdescRelation relation; /* never identical */
  gboolean too_long;
  /* guint32: variables with values that the source has and the destination refuses */
  GArray *refused_params;
  GArray *open_params;    /* guint32: variables with values that the destination may refuse */
  GArray *biting_rules;   /* guint32: rules of the destination that some configuration breaks */
  GArray *refused_versions; /* MigdescRefusedVersion, met by some configuration */
} MigdescFate;

void migdesc_fate_find (MigdescFate *fate, MigdescSpace *space);
/* For a conditional relation: marks the choices that some passing configuration has as agreed, and
 * drops the rules and versions that no configuration meets any more. */
void migdesc_fate_tighten (MigdescFate *fate);
void migdesc_fate_clear (MigdescFate *fate);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescFate, migdesc_fate_clear)

G_END_DECLS
