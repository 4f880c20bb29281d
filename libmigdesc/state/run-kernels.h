/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/run.h"

G_BEGIN_DECLS

/* The loops that runs consist of. Bounds are checked without a branch an element: what is found is
 * how far above its least value the worst one is; who that was is found by a second look. */

/* n elements of a BOUNDS or DOUBLE column whose bytes are the same in memory and in the stream. */
gboolean migdesc_check_column (const MigdescColumn *column,
                               const guint8 *at,
                               gsize n,
                               gsize stride);
/* Integers of a width, each with bounds of its own; of the struct, or of the run's bytes. */
gboolean migdesc_check_singles (guint width,
                                const MigdescSingle *singles,
                                guint32 n,
                                const guint8 *base,
                                gboolean is_wire);

/* So many bytes of each of n rows. */
void migdesc_copy_rows (const guint8 *from,
                        gsize from_stride,
                        guint8 *to,
                        gsize to_stride,
                        gsize n,
                        gsize length);

/* A column that has to be changed on its way: of one struct. */
gboolean migdesc_move_column (const MigdescColumn *column,
                              const guint8 *from,
                              guint8 *to,
                              gboolean loading);

G_END_DECLS
