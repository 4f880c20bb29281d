/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/dump/dump-core.h"

G_BEGIN_DECLS

/* A handle on a description of the dump. */
MigdescQemuLayout *migdesc_qemu_layout_new (MigdescQemuDump *dump,
                                            const MigdescQemuDescriptionCore *description);

G_END_DECLS
