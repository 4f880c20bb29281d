/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/format.h"

G_BEGIN_DECLS

/*   Stream ::= SEQUENCE {
 *     version   INTEGER (1),
 *     manifest  UTF8String,
 *     schemas   SEQUENCE OF SEQUENCE { digest UTF8String, schema UTF8String },
 *     devices   SEQUENCE OF SEQUENCE { id UTF8String, state SEQUENCE } }
 * A state is its fields in the table's order, then its sections:
 *     [0], or [1] if droppable, IMPLICIT SEQUENCE { name UTF8String, version INTEGER, ... } */

#define MIGDESC_DER_VERSION 1

/* The stream's, a device's, and what is in it: one more than may be, for what is refused. */
#define MIGDESC_DER_FRAMES (MIGDESC_STATE_DEPTH_MAX + 6)

GType migdesc_der_saver_get_type (void);
GType migdesc_der_loader_get_type (void);

G_END_DECLS
