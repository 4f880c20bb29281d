/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-fleet.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-fleet-check
 * @title: Checks of a fleet
 * @short_description: which of many hosts can take a device, as columns
 *
 * migdesc_fleet_check() asks all hosts of a fleet whether they can take a device, in one call, and
 * gives columns: a verdict a host, and why not. What is said of a host in full is there on demand.
 *
 * A host is asked for the best that any of its slots with a count above 0 says.
 */

/**
 * MIGDESC_HOST_NOT_ANSWERED:
 *
 * What a column of verdicts has for a host that could not be asked, since it cannot be used or
 * since the list names no model and the host has several; else it has a #MigdescVerdict.
 *
 * Since: 1.0
 */
#define MIGDESC_HOST_NOT_ANSWERED 3

#define MIGDESC_TYPE_FLEET_CHECK (migdesc_fleet_check_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_fleet_check_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescFleetCheck *migdesc_fleet_check (MigdescFleet *fleet, const MigdescParamList *list,
                                        MigdescDescriptor *source, const char *const *only,
                                        GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_fleet_check_async (MigdescFleet *fleet, const MigdescParamList *list,
                                MigdescDescriptor *source, const char *const *only,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
MigdescFleetCheck *migdesc_fleet_check_finish (MigdescFleet *fleet, GAsyncResult *result,
                                               GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescFleetCheck *migdesc_fleet_check_ref (MigdescFleetCheck *check);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_fleet_check_unref (MigdescFleetCheck *check);

/* All hosts */
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_check_get_n_hosts (const MigdescFleetCheck *check);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_check_count (const MigdescFleetCheck *check, guint verdict);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_fleet_check_dup_verdicts (const MigdescFleetCheck *check);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_fleet_check_dup_first_reasons (MigdescFleetCheck *check);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_fleet_check_dup_shape_reasons (MigdescFleetCheck *check, GBytes **offsets);

/* Why not, most hosts first */
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_check_get_n_reasons (MigdescFleetCheck *check);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_fleet_check_get_reason_code (MigdescFleetCheck *check, guint reason);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_fleet_check_get_reason_param (MigdescFleetCheck *check, guint reason);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_fleet_check_get_reason_message (MigdescFleetCheck *check, guint reason);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_check_get_reason_n_hosts (MigdescFleetCheck *check, guint reason);

/* One host */
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_check_get_verdict (const MigdescFleetCheck *check, guint position);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_fleet_check_get_report (MigdescFleetCheck *check, guint position,
                                               GError **error);

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_fleet_check_to_string (MigdescFleetCheck *check);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_fleet_check_to_json (MigdescFleetCheck *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescFleetCheck, migdesc_fleet_check_unref)

G_END_DECLS
