/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-selector.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-selection
 * @title: MigdescSelection
 * @short_description: hosts, ranked
 *
 * What migdesc_fleet_select() found: how many hosts there are of each rank and why, and the best of
 * them, with the slot of each device and all findings.
 */

typedef struct _MigdescSelection MigdescSelection;

#define MIGDESC_TYPE_SELECTION (migdesc_selection_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_selection_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescSelection *migdesc_fleet_select (MigdescFleet *fleet, MigdescSelector *selector,
                                        GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_fleet_select_async (MigdescFleet *fleet, MigdescSelector *selector,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
MigdescSelection *migdesc_fleet_select_finish (MigdescFleet *fleet, GAsyncResult *result,
                                               GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescSelection *migdesc_selection_ref (MigdescSelection *selection);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_selection_unref (MigdescSelection *selection);

/* All hosts */
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_selection_get_n_hosts (const MigdescSelection *selection);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_selection_count (const MigdescSelection *selection, MigdescRank rank);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_selection_dup_ranks (const MigdescSelection *selection);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_selection_dup_remedies (const MigdescSelection *selection);

/* The best */
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_selection_get_n_results (const MigdescSelection *selection);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_selection_get_position (const MigdescSelection *selection, guint result);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_selection_get_name (const MigdescSelection *selection, guint result);
MIGDESC_AVAILABLE_IN_1_0
MigdescRank migdesc_selection_get_rank (const MigdescSelection *selection, guint result);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_selection_get_n_remedies (const MigdescSelection *selection, guint result);
MIGDESC_AVAILABLE_IN_1_0
double migdesc_selection_get_score (const MigdescSelection *selection, guint result);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_selection_get_slot (const MigdescSelection *selection, guint result,
                                        guint device);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_selection_get_report (const MigdescSelection *selection, guint result,
                                             guint device);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_selection_get_return_path (const MigdescSelection *selection, guint result,
                                                  guint device);

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_selection_result_to_json (const MigdescSelection *selection, guint result);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_selection_summary_to_json (const MigdescSelection *selection);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_selection_reasons_to_json (const MigdescSelection *selection);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_selection_to_json (const MigdescSelection *selection);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_selection_to_string (const MigdescSelection *selection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescSelection, migdesc_selection_unref)

G_END_DECLS
