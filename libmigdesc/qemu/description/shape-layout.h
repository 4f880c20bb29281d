/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/description/shape.h"
#include "qemu/dump/dump-core.h"

G_BEGIN_DECLS

/* What a stream has of a device, as a dump would describe it if all of it were always sent. */
const MigdescQemuDescriptionCore *migdesc_qemu_shape_to_layout (const MigdescQemuShape *shape,
                                                                MigdescArena *arena);

G_END_DECLS
