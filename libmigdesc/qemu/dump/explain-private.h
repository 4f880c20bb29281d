/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/dump/align.h"
#include "qemu/dump/explain.h"

G_BEGIN_DECLS

/* The findings of one pair of lists, before their verdicts are settled. */

typedef struct
{
  const MigdescQemuExplain *explain;
  const char *prefix; /* of paths: "" or "outer." */
  const MigdescQemuWire *source;
  const MigdescQemuWire *destination;
  GPtrArray *findings;     /* MigdescQemuFinding */
  GPtrArray *descriptions; /* const char *: a finding's innermost description */
  GHashTable *lonely[2];   /* names of what has no match on that side */
  guint told_guards[2];    /* the last guard of either side that something was said of */
} MigdescQemuTalk;

#define MIGDESC_QEMU_IS_SENT "it is sent"
#define MIGDESC_QEMU_IS_NOT_SENT "it is not sent"
#define MIGDESC_QEMU_IS_EXPECTED "it is expected"
#define MIGDESC_QEMU_IS_NOT_EXPECTED "it is not expected"
#define MIGDESC_QEMU_IS_ONE_SIDED "only one side has it"
#define MIGDESC_QEMU_DIFFERS "the sizes differ"
#define MIGDESC_QEMU_IS_NOT_EMPTY "it is not empty"

/* "outer.inner." */
void migdesc_qemu_append_scopes (GString *path, const MigdescQemuScope *scope);
/* Takes the message. The condition is kept only where the verdict needs one. */
MigdescQemuFinding *migdesc_qemu_talk_add (MigdescQemuTalk *talk,
                                           const MigdescQemuToken *token,
                                           const char *code,
                                           MigdescQemuVerdict verdict,
                                           const char *condition,
                                           char *message);
/* A token of both */
void migdesc_qemu_talk_pair (MigdescQemuTalk *talk, const MigdescQemuPair *pair);
/* Tokens in a row that have no match */
void migdesc_qemu_talk_gap (MigdescQemuTalk *talk, const MigdescQemuPair *pairs, guint n_pairs);

G_END_DECLS
