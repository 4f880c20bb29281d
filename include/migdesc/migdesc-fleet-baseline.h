/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-fleet.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-fleet-baseline
 * @title: Baselines of a fleet
 * @short_description: what all hosts can take, and what leaving some behind would gain
 *
 * A fleet's baseline is that of its different descriptors, see migdesc_baseline_new(). Beside it
 * there is a front: the configurations of which no other covers more hosts and keeps as many
 * features, or keeps more and covers as many.
 *
 * A *feature kept* is a param that the configuration has in effect, that is, not at its off value.
 * A host is *covered* if it can create and load the configuration for sure. It stands with its
 * first slot with a count above 0 whose descriptor has the model; a value that is off at that host
 * while it is in effect elsewhere makes another device of it and does not cover it.
 */

typedef struct _MigdescFleetBaseline MigdescFleetBaseline;

#define MIGDESC_TYPE_FLEET_BASELINE (migdesc_fleet_baseline_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_fleet_baseline_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescFleetBaseline *migdesc_fleet_baseline (MigdescFleet *fleet, const char *model,
                                              const MigdescLimits *limits,
                                              GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_fleet_baseline_async (MigdescFleet *fleet, const char *model,
                                   const MigdescLimits *limits, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
MigdescFleetBaseline *migdesc_fleet_baseline_finish (MigdescFleet *fleet, GAsyncResult *result,
                                                     GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescFleetBaseline *migdesc_fleet_baseline_ref (MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_fleet_baseline_unref (MigdescFleetBaseline *baseline);

MIGDESC_AVAILABLE_IN_1_0
MigdescVerdict migdesc_fleet_baseline_get_verdict (const MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_fleet_baseline_get_param_list (const MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_fleet_baseline_get_report (const MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_baseline_get_n_hosts (const MigdescFleetBaseline *baseline);

/* Which hosts cost what: those of one descriptor are of a kind */
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_baseline_get_n_kinds (const MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_baseline_get_kind_n_hosts (const MigdescFleetBaseline *baseline, guint kind);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_fleet_baseline_get_kind_name (const MigdescFleetBaseline *baseline,
                                                  guint kind);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_fleet_baseline_dup_kinds (const MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *
migdesc_fleet_baseline_get_param_list_without (const MigdescFleetBaseline *baseline, guint kind);

/* The front, most hosts first */
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_fleet_baseline_is_exact (const MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_baseline_get_n_points (const MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_baseline_get_point_n_hosts (const MigdescFleetBaseline *baseline, guint point);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_baseline_get_point_n_features (const MigdescFleetBaseline *baseline,
                                                   guint point);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_fleet_baseline_get_point_list (const MigdescFleetBaseline *baseline,
                                                         guint point);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_fleet_baseline_dup_point_covered (const MigdescFleetBaseline *baseline,
                                                  guint point);

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_fleet_baseline_to_string (const MigdescFleetBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_fleet_baseline_to_json (const MigdescFleetBaseline *baseline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescFleetBaseline, migdesc_fleet_baseline_unref)

G_END_DECLS
