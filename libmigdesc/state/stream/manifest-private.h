/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-manifest.h>

G_BEGIN_DECLS

#define MIGDESC_MANIFEST_MAX_DEVICES 65536
#define MIGDESC_MANIFEST_MAX_ID 255

/* A device of a manifest; all but the digest are never NULL. */
typedef struct
{
  char *id;
  char *digest;             /* nullable: the state has no schema */
  MigdescParamList *params; /* model and version too */
  guint state;              /* version, from 1 */
} MigdescManifestDevice;

/* Of MigdescManifestDevice, which it clears. */
GArray *migdesc_manifest_devices_new (void);
/* Takes the array. The ids are right and differ. */
MigdescManifest *migdesc_manifest_new_for_devices (GArray *devices);
const MigdescManifestDevice *migdesc_manifest_peek_device (MigdescManifest *manifest,
                                                           guint position);
/* The canonical form; length is set to its bytes. */
const char *migdesc_manifest_get_text (MigdescManifest *manifest, gsize *length);

/* What is wrong with an id, or NULL. */
const char *migdesc_manifest_id_problem (const char *id, gsize length);

G_END_DECLS
