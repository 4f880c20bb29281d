/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/formats/der-item.h"

G_BEGIN_DECLS

/* How many items may be inside each other, whatever the limits of states are. */
#define MIGDESC_DER_DEPTH_MAX 256

/* Whether the data are one item, with all that is inside it, in DER, of the types that streams
 * have. Needs no memory but a stack of fixed size. */
gboolean migdesc_der_scan (const guint8 *data, gsize length, GError **error);

G_END_DECLS
