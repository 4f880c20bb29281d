/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/dump/fit.h"
#include "qemu/findings.h"

G_BEGIN_DECLS

/* What differs between a description as it is sent and as it is read, with the verdicts. */

typedef struct
{
  MigdescQemuComparison *comparison;
  const MigdescQemuWireSetup *setup;
  MigdescQemuFitter *fitter;
  const char *section; /* for the findings */
  gboolean is_sample;  /* the destination is what was sent once: it may know more */
} MigdescQemuExplain;

/* The version is the sender's. */
void migdesc_qemu_explain (const MigdescQemuExplain *explain,
                           const MigdescQemuDescriptionCore *source,
                           const MigdescQemuDescriptionCore *destination);

G_END_DECLS
