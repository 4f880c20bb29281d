/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/opaque/opaque-msix-types.h"
#include "qemu/opaque/opaque.h"

G_BEGIN_DECLS

gsize migdesc_qemu_msix_get_size (guint n_vectors);

/* FALSE: there are fewer bytes, or a bit of no vector is set. */
gboolean migdesc_qemu_msix_read (MigdescQemuMsix *msix,
                                 MigdescQemuCursor *cursor,
                                 guint n_vectors);

G_END_DECLS
