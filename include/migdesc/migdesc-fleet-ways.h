/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-fleet.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-map.h>
#include <migdesc/migdesc-matrix.h>
#include <migdesc/migdesc-path.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-fleet-ways
 * @title: Ways through a fleet
 * @short_description: paths, maps and test matrices of many hosts
 *
 * What #MigdescPath, #MigdescMap and #MigdescMatrix tell, for the hosts of a fleet. However many
 * there are, each different descriptor is looked at once.
 */

MIGDESC_AVAILABLE_IN_1_0
MigdescPath *migdesc_fleet_find_path (MigdescFleet *fleet, const MigdescParamList *list,
                                      guint source, guint destination,
                                      const MigdescLimits *limits, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescMap *migdesc_fleet_make_map (MigdescFleet *fleet, const char *model, guint max_groups,
                                    const MigdescLimits *limits, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescMatrix *migdesc_fleet_make_matrix (MigdescFleet *fleet, const char *model,
                                          const MigdescLimits *limits, GError **error);

G_END_DECLS
