/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/block.h"

G_BEGIN_DECLS

/* The vectors of MSI-X: the table as the guest sees it, and the bits of what is pending. */

typedef struct
{
  guint64 address;
  guint32 data;
  guint32 control;
  gboolean pending;
} MigdescQemuMsixVector;

typedef struct
{
  guint16 n_vectors;
  MigdescQemuMsixVector *vectors;
} MigdescQemuMsix;

gsize migdesc_qemu_msix_get_size (guint n_vectors);

/* FALSE: there are fewer bytes, or a bit of no vector is set. */
gboolean migdesc_qemu_msix_read (MigdescQemuMsix *msix,
                                 MigdescQemuCursor *cursor,
                                 guint n_vectors);

G_END_DECLS
