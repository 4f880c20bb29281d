/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "fleet/select/candidate.h"

G_BEGIN_DECLS

/* The front of configurations of which none covers more hosts and keeps as many features: what can
 * be gained by leaving hosts behind. A feature is a param that is not off. */

typedef struct
{
  guint32 n_hosts;
  guint32 n_features;
  char *list;      /* the complete list as text, its model in front */
  guint8 *covered; /* of each candidate */
} MigdescFrontPoint;

typedef struct
{
  const char *model;
  const MigdescCandidate *candidates;
  guint32 n_candidates;
  guint64 max_steps;
  GArray *points; /* MigdescFrontPoint: most hosts first */
  gboolean too_long;
} MigdescFront;

/* FALSE: cancelled. Models that have versions and no params cover nothing. */
gboolean migdesc_front_find (MigdescFront *front, GCancellable *cancellable, GError **error);

G_END_DECLS
