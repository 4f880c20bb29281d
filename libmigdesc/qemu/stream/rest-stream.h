/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/stream/input.h"

G_BEGIN_DECLS

/* What is left of an input, as a stream that a converter can read. The input has to outlive it. */
GInputStream *migdesc_qemu_rest_stream_new (MigdescQemuInput *input);

G_END_DECLS
