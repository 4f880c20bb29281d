/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/format.h"

G_BEGIN_DECLS

/* A stream is one map:
 *   {"migdesc_state": "1.0", "manifest": {...}, "schemas": {digest: {...}}, "devices": {id: {...}}}
 * Members are in the order in which a reader needs them: these four so, those of a struct in the
 * table's order. */

#define MIGDESC_CBOR_MAGIC "migdesc_state"
#define MIGDESC_CBOR_VERSION "1.0"
#define MIGDESC_CBOR_MANIFEST "manifest"
#define MIGDESC_CBOR_SCHEMAS "schemas"
#define MIGDESC_CBOR_DEVICES "devices"
/* in the map of a section, before its fields; the second only if it is so */
#define MIGDESC_CBOR_SECTION_VERSION "@version"
#define MIGDESC_CBOR_SECTION_DROPPABLE "@droppable"

/* The top's maps, a device's, and what is in it: one more than may be, for what is refused. */
#define MIGDESC_CBOR_FRAMES (MIGDESC_STATE_DEPTH_MAX + 4)

GType migdesc_cbor_saver_get_type (void);
GType migdesc_cbor_loader_get_type (void);

G_END_DECLS
