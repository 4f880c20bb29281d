/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/dump/fit-bytes.h"

G_BEGIN_DECLS

/* Does what one side sends become what the other one reads?
 *
 * Sender and receiver walk their lists, and each token that may be there or not is a choice. Two
 * tokens that face each other under one name share their choice: it is the same device's code on
 * both sides. The walk goes through all choices: the best that can happen, and the worst. */

typedef struct
{
  const MigdescQemuWireSetup *setup;
  guint64 steps_left; /* places that may still be looked at */
  gboolean gave_up;   /* then answers are the least sure */
  gboolean is_stream; /* the source is what was sent: all its subsections were */
  GHashTable *parts;  /* arrays and subsections that are done */
} MigdescQemuFitter;

void migdesc_qemu_fitter_init (MigdescQemuFitter *fitter,
                               const MigdescQemuWireSetup *setup,
                               guint64 max_steps);
void migdesc_qemu_fitter_clear (MigdescQemuFitter *fitter);

/* Of lists that migdesc_qemu_wire_relate() has seen. */
MigdescQemuFits migdesc_qemu_fit (MigdescQemuFitter *fitter,
                                  const MigdescQemuWire *source,
                                  const MigdescQemuWire *destination);

/* The subsection that a receiver with this description takes one of that name for; NULL: it refuses
 * it, or does not see that it is one. */
const MigdescQemuDescriptionCore *
migdesc_qemu_fit_find_subsection (const MigdescQemuDescriptionCore *destination, const char *name);
/* Of one description as it is sent, in its version, and as it is read. */
MigdescQemuFits migdesc_qemu_fit_layouts (MigdescQemuFitter *fitter,
                                          const MigdescQemuDescriptionCore *source,
                                          const MigdescQemuDescriptionCore *destination);
/* If a subsection is sent. */
MigdescQemuFits migdesc_qemu_fit_subsection (MigdescQemuFitter *fitter,
                                             const MigdescQemuDescriptionCore *source,
                                             const MigdescQemuDescriptionCore *destination);

G_END_DECLS
