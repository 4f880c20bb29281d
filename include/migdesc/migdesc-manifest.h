/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-param-list.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-manifest
 * @title: Manifests
 * @short_description: Which devices a stream holds, and how they are configured
 *
 * A stream begins with its manifest: for each device its id, model, version, configuration, and the
 * version and digest of its state's schema. It is readable without the states, and says whether a
 * host can take them before anything is loaded.
 */

/**
 * MigdescManifest:
 *
 * What a stream holds. Immutable.
 *
 * Since: 1.0
 */
typedef struct _MigdescManifest MigdescManifest;

#define MIGDESC_TYPE_MANIFEST (migdesc_manifest_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_manifest_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescManifest *migdesc_manifest_new_from_json (const char *text,
                                                 gssize length,
                                                 const MigdescLimits *limits,
                                                 GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescManifest *migdesc_manifest_ref (MigdescManifest *manifest);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_manifest_unref (MigdescManifest *manifest);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_manifest_to_json (MigdescManifest *manifest, gboolean pretty);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_manifest_equal (MigdescManifest *manifest, MigdescManifest *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_manifest_hash (MigdescManifest *manifest);

MIGDESC_AVAILABLE_IN_1_0
guint migdesc_manifest_get_n_devices (MigdescManifest *manifest);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_manifest_find (MigdescManifest *manifest, const char *id, guint *device);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_manifest_get_id (MigdescManifest *manifest, guint device);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_manifest_get_model (MigdescManifest *manifest, guint device);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_manifest_get_version (MigdescManifest *manifest, guint device);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_manifest_get_state_version (MigdescManifest *manifest, guint device);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_manifest_get_params (MigdescManifest *manifest, guint device);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_manifest_get_digest (MigdescManifest *manifest, guint device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescManifest, migdesc_manifest_unref)

G_END_DECLS
