/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-qemu-known.h>

#include "qemu/dump/known-core.h"

G_BEGIN_DECLS

const MigdescQemuKnownCore *migdesc_qemu_known_get_core (const MigdescQemuKnown *known);

G_END_DECLS
