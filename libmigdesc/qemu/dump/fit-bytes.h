/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/stream/wire.h"

G_BEGIN_DECLS

/* What happens where bytes of one token are read as another. */

typedef enum
{
  MIGDESC_QEMU_FIT_YES,    /* each field gets its own bytes */
  MIGDESC_QEMU_FIT_UNSURE, /* as many bytes as it takes, but of a field of another name */
  MIGDESC_QEMU_FIT_NO
} MigdescQemuFit;

typedef struct
{
  MigdescQemuFit best;
  MigdescQemuFit worst;
} MigdescQemuFits;

static inline MigdescQemuFits
migdesc_qemu_fits_of (MigdescQemuFit fit)
{
  return (MigdescQemuFits) { fit, fit };
}

/* First the one, then the other */
static inline void
migdesc_qemu_fits_add (MigdescQemuFits *sum,
                       MigdescQemuFits fits)
{
  sum->best = MAX (sum->best, fits.best);
  sum->worst = MAX (sum->worst, fits.worst);
}

/* Either the one or the other */
static inline MigdescQemuFits
migdesc_qemu_fits_choose (MigdescQemuFits first,
                          MigdescQemuFits second)
{
  return (MigdescQemuFits) { MIN (first.best, second.best), MAX (first.worst, second.worst) };
}

typedef struct
{
  MigdescQemuFit fit;
  gboolean source_done;      /* nothing of the token is left */
  gboolean destination_done;
  gint64 ahead; /* bytes of the sender's token that are read; below 0: of the receiver's that are
                 * sent */
} MigdescQemuBytes;

/* Neither is a guard or a place of subsections, and both are there. */
MigdescQemuBytes migdesc_qemu_fit_bytes (const MigdescQemuToken *source,
                                         const MigdescQemuToken *destination,
                                         gint64 ahead);
/* Whether they are taken for one field, and are as large as each other as far as anybody can tell:
 * then they are read as a whole. */
gboolean migdesc_qemu_fit_is_pair (const MigdescQemuToken *source,
                                   const MigdescQemuToken *destination);

/* Whether the one and the other have a count that only one side tells. */
gboolean migdesc_qemu_fit_has_open_count (const MigdescQemuToken *source,
                                          const MigdescQemuToken *destination);
/* Whether a field may have as many elements as the padding has room for: nothing tells how many it
 * has, and the other side does not have it. */
gboolean migdesc_qemu_fit_may_fill (const MigdescQemuToken *field, const MigdescQemuToken *padding);

/* Whether a size that a stream has is none to compare with the dump's. */
gboolean migdesc_qemu_fit_is_as_sent (const MigdescQemuToken *source,
                                      const MigdescQemuToken *destination);

G_END_DECLS
