/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-fleet.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-fleet-load
 * @title: Reading a fleet
 * @short_description: from files, directories and programs
 *
 * Hosts come from a file, a directory, standard input or a program.
 */

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_fleet_load (MigdescFleet *fleet, const char *place,
                             MigdescProgressFunc progress, gpointer user_data,
                             GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_fleet_load_async (MigdescFleet *fleet, const char *place, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_fleet_load_finish (MigdescFleet *fleet, GAsyncResult *result, GError **error);

G_END_DECLS
