/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/stream/wire.h"

G_BEGIN_DECLS

/* Which choice of the one side is which of the other, wherever they stand: leaves or guards of one
 * name that may be left out, and that is no other's name on its side. */

#define MIGDESC_QEMU_NO_PARTNER G_MAXUINT

/* For each token of the source the position of its partner. Free with g_free. */
guint *migdesc_qemu_find_partners (const MigdescQemuWire *source,
                                   const MigdescQemuWire *destination);

G_END_DECLS
