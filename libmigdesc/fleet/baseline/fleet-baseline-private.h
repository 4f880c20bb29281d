/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-baseline.h>
#include <migdesc/migdesc-fleet-baseline.h>

#include "fleet/baseline/front.h"
#include "fleet/roster.h"
#include "fleet/shapes.h"

G_BEGIN_DECLS

#define MIGDESC_NO_CANDIDATE G_MAXUINT32

struct _MigdescFleetBaseline
{
  gatomicrefcount ref_count;
  MigdescRoster *roster;
  MigdescShapes *shapes;
  char *model;
  MigdescBaseline *baseline; /* of all candidates; NULL: there are none */
  guint32 n_shapes;
  guint32 *candidate_of; /* of each shape, or MIGDESC_NO_CANDIDATE: it lacks the model */
  MigdescCandidate *candidates; /* in the order of hosts */
  guint32 n_candidates;
  guint32 n_hosts; /* that have the model */
  MigdescFront front;
};

/* As many kinds of hosts as a text tells the costs of: each is a search. */
#define MIGDESC_SHOWN_KINDS_MAX 100

/* The list without a kind of hosts, if it is another one; else NULL. */
char *migdesc_fleet_baseline_describe_gain (const MigdescFleetBaseline *baseline, guint kind);

static inline const MigdescFrontPoint *
migdesc_fleet_baseline_point (const MigdescFleetBaseline *baseline, guint point)
{
  return &g_array_index (baseline->front.points, MigdescFrontPoint, point);
}

G_END_DECLS
