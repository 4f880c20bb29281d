/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/findings.h"
#include "qemu/stream/stream-private.h"

G_BEGIN_DECLS

/* What two streams say of their machines as a whole, and QEMU compares before it loads a device. */
void migdesc_qemu_check_setup (MigdescQemuComparison *comparison,
                               const MigdescQemuKnownCore *known,
                               const MigdescQemuParts *source,
                               const MigdescQemuParts *destination);

G_END_DECLS
