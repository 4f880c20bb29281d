/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/stream/manifest-private.h"
#include "state/stream/stream-device.h"
#include "state/walk/walk-tree.h"

G_BEGIN_DECLS

/* State versions that are not in a type's table, and that its transforms know. */

/* The version of an expected device, as the manifest has it. */
gboolean migdesc_stream_device_take_version (MigdescStreamDevice *device,
                                             const MigdescManifestDevice *entry,
                                             GError **error);
/* Over its struct, or its tree. walk: of zeros, or that of another device. */
void migdesc_stream_device_begin_walk (const MigdescStreamDevice *device,
                                       MigdescWalk *walk,
                                       MigdescVisitor *visitor);
/* All of the state has been read. */
gboolean migdesc_stream_device_finish (MigdescStreamDevice *device, GError **error);

/* Whether a struct of the type is written in that version by way of transforms. */
gboolean migdesc_state_type_is_old (MigdescStateType *type, guint version);

G_END_DECLS
