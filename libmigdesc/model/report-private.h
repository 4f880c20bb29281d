/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-report.h>
#include "model/core.h"

G_BEGIN_DECLS

/* A finding's record. Strings are owned by the record; `code` is static. */
typedef struct
{
  gatomicrefcount ref_count;
  const char *code;
  guint8 severity;
  guint8 has_source;       /* source is typed by source_type */
  guint8 source_type;
  gint64 offset;           /* -1: none */
  guint line, column;      /* 0: none */
  char *model, *param;     /* nullable */
  char *source;            /* nullable: the source's value as text */
  MigdescValueSet *accepted; /* nullable */
  char *origin, *pointer;  /* nullable */
  char *message;
  char *remedy;            /* nullable */
} MigdescFindingCore;

MigdescFindingCore *migdesc_finding_core_new (const char *code, MigdescSeverity severity);
MigdescFindingCore *migdesc_finding_core_ref (MigdescFindingCore *core);
void migdesc_finding_core_unref (MigdescFindingCore *core);
MigdescFinding *migdesc_finding_new_for_core (MigdescFindingCore *core); /* takes a reference */

/* Mutable while being made, then published. @max_findings of 0 means the default of 1,000; more are counted only. */
MigdescReport *migdesc_report_new (void);
void migdesc_report_take (MigdescReport *report, MigdescFindingCore *core); /* takes over; a blocker makes the verdict incompatible */
gboolean migdesc_report_is_full (const MigdescReport *report);  /* then only count: skip making the message */
void migdesc_report_omit (MigdescReport *report, MigdescSeverity severity);
void migdesc_report_set_undecided (MigdescReport *report);      /* unless incompatible */
const MigdescFindingCore *migdesc_report_peek (const MigdescReport *report, guint position);

G_END_DECLS
