/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows longer than this are copied one by one, and have no forbidden bits. */
#define MIGDESC_SHORT_ROW 64

/* So many bytes of one struct, at most MIGDESC_SHORT_ROW; as migdesc_copy_rows. */
gboolean migdesc_copy_row (const guint8 *from,
                           guint8 *to,
                           gsize length,
                           const guint8 *forbidden);

/* So many bytes of each of n rows. forbidden: the bits that no row may have, as many bytes as a
 * row, or NULL. FALSE: some row has one. */
gboolean migdesc_copy_rows (const guint8 *from,
                            gsize from_stride,
                            guint8 *to,
                            gsize to_stride,
                            gsize n,
                            gsize length,
                            const guint8 *forbidden);

G_END_DECLS
