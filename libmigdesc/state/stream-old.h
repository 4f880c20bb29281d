/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/manifest-private.h"
#include "state/stream-device.h"

G_BEGIN_DECLS

/* State versions that are not in a type's table, and that its transforms know. */

/* The version of an expected device, as the manifest has it. */
gboolean migdesc_stream_device_take_version (MigdescStreamDevice *device,
                                             const MigdescManifestDevice *entry,
                                             GError **error);
/* What a walk goes over. */
gpointer migdesc_stream_device_get_data (const MigdescStreamDevice *device);
/* All of the state has been read. */
gboolean migdesc_stream_device_finish (MigdescStreamDevice *device, GError **error);

/* Whether a struct of the type is written in that version by way of transforms. */
gboolean migdesc_state_type_is_old (MigdescStateType *type, guint version);

G_END_DECLS
