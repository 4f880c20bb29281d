/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/formats/cbor-item.h"

G_BEGIN_DECLS

/* How many maps and arrays may be inside each other, whatever the limits of states are. */
#define MIGDESC_CBOR_DEPTH_MAX 256

/* Whether the data are one item, with all that is inside it, in the encoding that streams have; a
 * count that the data cannot hold, or that is more than elements_limit, is refused when it is met.
 * Needs no memory but a stack of fixed size. */
gboolean migdesc_cbor_scan (const guint8 *data,
                            gsize length,
                            guint64 elements_limit,
                            GError **error);

G_END_DECLS
