/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-diff.h>

#include "model/codes.h"
#include "model/report-private.h"
#include "ops/answer.h"
#include "ops/diff/diff-rules.h"

G_BEGIN_DECLS

/* A diff or a lint in the making: each rule begins a finding, fills it in, and hands it back. */
typedef struct
{
  MigdescRuleKind kind;
  MigdescCategory category; /* the migrations that are of interest */
  MigdescDiffFlags flags;
  guint rules;              /* the rule set */
  guint64 max_steps;        /* for each pair of models */
  MigdescReport *report;
  GHashTable *seen; /* nullable: what findings said already, with several old documents */

  MigdescStore *old_store;     /* NULL: lint */
  MigdescStore *store;         /* the new one, or the only one */
  const char *model_name;
  const MigdescModelCore *old; /* nullable */
  const MigdescModelCore *model;
  /* of each param of one side the other's, or MIGDESC_NOT_FOUND; of models that both have params */
  guint32 *matches;
  guint32 *old_matches;
  GPtrArray *fresh; /* MigdescFindingCore that have no lines yet */
} MigdescDiffing;

/* Whether a finding of that code would be seen: else it need not be sought. */
gboolean migdesc_diffing_wants (const MigdescDiffing *diffing,
                                const char *code,
                                MigdescCategory category);
/* NULL: the rule is off, or nobody asked for the category, or nobody would see it. */
MigdescFindingCore *migdesc_diffing_begin (MigdescDiffing *diffing,
                                           const char *code,
                                           MigdescCategory category);
/* Takes over both; pointers into the new and, for diff, the old document. Strings may be NULL. */
void migdesc_diffing_place (MigdescFindingCore *finding, char *pointer, char *old_pointer);
void migdesc_diffing_place_in_model (MigdescDiffing *diffing,
                                     MigdescFindingCore *finding,
                                     const char *member);
/* Takes over the message and the remedy, which may be NULL. */
void migdesc_diffing_take (MigdescDiffing *diffing,
                           MigdescFindingCore *finding,
                           GString *message,
                           char *remedy);
/* The search about what stands at @pointer was given up; takes over @pointer. */
void migdesc_diffing_give_up (MigdescDiffing *diffing, char *pointer, const char *what);
/* Whether the old side takes what is listed and the new one does not */
gboolean migdesc_diffing_is_witness (MigdescDiffing *diffing, const MigdescParamList *list);
/* Makes the list the witness if the old side takes it and the new one does not; takes it over.
 * FALSE: it is none. */
gboolean migdesc_diffing_try_witness (MigdescDiffing *diffing,
                                      MigdescFindingCore *finding,
                                      MigdescParamList *list);
/* The old side's init configuration, or its newest version where it has only versions, as a
 * list */
MigdescParamList *migdesc_diffing_usual_list (MigdescDiffing *diffing);
/* Gives what is new in the report its lines, from the texts that the descriptors kept. */
void migdesc_diffing_locate (MigdescDiffing *diffing);

/* The rules, a file a topic */
void migdesc_diff_params (MigdescDiffing *diffing);
void migdesc_diff_configs (MigdescDiffing *diffing);
void migdesc_diff_versions (MigdescDiffing *diffing);
void migdesc_diff_promises (MigdescDiffing *diffing);
void migdesc_diff_states (MigdescDiffing *diffing);

void migdesc_lint_configs (MigdescDiffing *diffing);
void migdesc_lint_versions (MigdescDiffing *diffing);
void migdesc_lint_members (MigdescDiffing *diffing);
void migdesc_lint_document (MigdescDiffing *diffing);

G_END_DECLS
