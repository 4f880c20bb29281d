/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-manifest.h>
#include <migdesc/migdesc-report.h>
#include <migdesc/migdesc-state-type.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-manifest-check
 * @title: Checking streams against hosts
 * @short_description: Can a saved state be loaded there?
 *
 * The question of a snapshot: it is asked of a stream's manifest and a host's descriptor, before
 * anything is loaded.
 */

MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_manifest_check (MigdescManifest *manifest,
                                       guint device,
                                       MigdescDescriptor *destination,
                                       MigdescStateType *schema,
                                       GError **error);

G_END_DECLS
