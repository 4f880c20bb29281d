/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-qemu-compare.h>

#include "qemu/dump/known-core.h"

G_BEGIN_DECLS

/* The findings of a comparison while they are being made; then published. */

typedef struct
{
  char *section;
  char *path;      /* "": the section as a whole */
  const char *code;
  MigdescQemuVerdict verdict;
  char *message;
  char *condition; /* NULL unless it breaks at times */
  char *reason;    /* why it is no news; NULL */
} MigdescQemuFinding;

struct _MigdescQemuComparison
{
  gatomicrefcount ref_count;
  MigdescQemuVerdict verdict;
  guint64 n_omitted;
  guint max_findings;
  GPtrArray *findings;   /* MigdescQemuFinding */
  GHashTable *sections;  /* char *: MigdescQemuVerdict of those that have findings, kept or not */
};

MigdescQemuComparison *migdesc_qemu_comparison_new (guint64 max_findings);
MigdescQemuFinding *migdesc_qemu_finding_new (const char *section,
                                              const char *path,
                                              const char *code,
                                              MigdescQemuVerdict verdict,
                                              char *message); /* takes the message */
void migdesc_qemu_finding_free (MigdescQemuFinding *finding);
/* Takes it over. What is known is kept as ok, with the reason. */
void migdesc_qemu_comparison_take (MigdescQemuComparison *comparison,
                                   const MigdescQemuKnownCore *known,
                                   const char *description,
                                   MigdescQemuFinding *finding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescQemuFinding, migdesc_qemu_finding_free)

G_END_DECLS
