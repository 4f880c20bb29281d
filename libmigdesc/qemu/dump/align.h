/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/stream/wire.h"

G_BEGIN_DECLS

/* Which token of the one list is which of the other, as somebody would see it who compares the
 * two: by names first, by sizes where nobody knows the names. For telling what differs; whether it
 * matters is fit.h's to say. */

typedef struct
{
  const MigdescQemuToken *source;      /* NULL: only the destination has it */
  const MigdescQemuToken *destination; /* NULL: only the source has it */
} MigdescQemuPair;

/* In the order of both lists, without guards; an array of MigdescQemuPair. NULL: the lists are too
 * long and too different. */
GArray *migdesc_qemu_align (const MigdescQemuWire *source, const MigdescQemuWire *destination);

G_END_DECLS
