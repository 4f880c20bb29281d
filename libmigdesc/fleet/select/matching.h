/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Devices matched one to one with what slots take: as many as can be, and where all have a place,
 * in a way of the least cost. */

#define MIGDESC_NO_EDGE G_MAXUINT64
#define MIGDESC_NO_SLOT G_MAXUINT32

typedef struct
{
  guint32 n_devices;
  guint32 n_slots;
  const guint32 *counts; /* devices that each slot takes */
  const guint64 *costs;  /* [device * n_slots + slot]; below 2^48, or MIGDESC_NO_EDGE */
} MigdescMatching;

/* How many devices have a slot; slots has each one's, or MIGDESC_NO_SLOT. Costs above @most do not
 * count as edges. */
guint32 migdesc_matching_solve (const MigdescMatching *matching, guint64 most, guint32 *slots,
                                guint64 *cost);

G_END_DECLS
