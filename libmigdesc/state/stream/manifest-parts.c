/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/stream/manifest-private.h"

/* What a manifest says of each device. */

static const MigdescManifestDevice *
get_device (MigdescManifest *manifest,
            guint position)
{
  g_return_val_if_fail (manifest != NULL, NULL);
  g_return_val_if_fail (position < migdesc_manifest_get_n_devices (manifest), NULL);

  return migdesc_manifest_peek_device (manifest, position);
}

/**
 * migdesc_manifest_get_id:
 * @manifest: a manifest
 * @device: the position of a device
 *
 * Asks for a device's id, which no other device of the stream has.
 *
 * Returns: (transfer none): the id
 *
 * Since: 1.0
 */
const char *
migdesc_manifest_get_id (MigdescManifest *manifest,
                         guint device)
{
  const MigdescManifestDevice *found = get_device (manifest, device);

  return found == NULL ? NULL : found->id;
}

/**
 * migdesc_manifest_get_model:
 * @manifest: a manifest
 * @device: the position of a device
 *
 * Asks for a device's model.
 *
 * Returns: (transfer none) (nullable): the model, or %NULL if it has none
 *
 * Since: 1.0
 */
const char *
migdesc_manifest_get_model (MigdescManifest *manifest,
                            guint device)
{
  const MigdescManifestDevice *found = get_device (manifest, device);

  return found == NULL ? NULL : migdesc_param_list_get_model (found->params);
}

/**
 * migdesc_manifest_get_version:
 * @manifest: a manifest
 * @device: the position of a device
 *
 * Asks for the version of a device's model.
 *
 * Returns: (transfer none) (nullable): the version, or %NULL if it has none
 *
 * Since: 1.0
 */
const char *
migdesc_manifest_get_version (MigdescManifest *manifest,
                              guint device)
{
  const MigdescManifestDevice *found = get_device (manifest, device);

  return found == NULL ? NULL : migdesc_param_list_get_version (found->params);
}

/**
 * migdesc_manifest_get_state_version:
 * @manifest: a manifest
 * @device: the position of a device
 *
 * Asks for the version that a device's state is written in.
 *
 * Returns: the state version, from 1
 *
 * Since: 1.0
 */
guint
migdesc_manifest_get_state_version (MigdescManifest *manifest,
                                    guint device)
{
  const MigdescManifestDevice *found = get_device (manifest, device);

  return found == NULL ? 0 : found->state;
}

/**
 * migdesc_manifest_get_params:
 * @manifest: a manifest
 * @device: the position of a device
 *
 * Asks for a device's configuration: its model, version and parameters.
 *
 * Returns: (transfer none): the configuration
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_manifest_get_params (MigdescManifest *manifest,
                             guint device)
{
  const MigdescManifestDevice *found = get_device (manifest, device);

  return found == NULL ? NULL : found->params;
}

/**
 * migdesc_manifest_get_digest:
 * @manifest: a manifest
 * @device: the position of a device
 *
 * Asks for the digest of the effective schema of a device's state.
 *
 * Returns: (transfer none) (nullable): `sha256:` and 64 hexadecimal digits, or %NULL for a state
 *     that was written by a visit function, and has no schema
 *
 * Since: 1.0
 */
const char *
migdesc_manifest_get_digest (MigdescManifest *manifest,
                             guint device)
{
  const MigdescManifestDevice *found = get_device (manifest, device);

  return found == NULL ? NULL : found->digest;
}
