/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-report.h>
#include "base/json-reader.h"
#include "base/json-writer.h"
#include "model/core.h"

G_BEGIN_DECLS

/* A finding's record. Strings are owned by the record; `code` is static, but for one that only a
 * JSON text knows. */
typedef struct
{
  gatomicrefcount ref_count;
  const char *code;
  char *foreign_code;      /* nullable: what code points to if it was read from a text */
  guint8 severity;
  guint8 has_source;       /* source is typed by source_type */
  guint8 source_type;
  gint64 offset;           /* -1: none */
  guint line, column;      /* 0: none */
  char *model, *param;     /* nullable */
  char *source;            /* the source's value as text, if has_source */
  MigdescValueSet *accepted; /* nullable */
  char *origin, *pointer;  /* nullable */
  char *message;
  char *remedy;            /* nullable */
  guint8 category;         /* MigdescCategory */
  guint old_line, old_column; /* of what was there before */
  char *old_origin, *old_pointer; /* nullable */
  char *witness;           /* nullable: a parameter list as text */
  char *reason;            /* nullable: why the document ignores the finding */
} MigdescFindingCore;

/* All absent but what is given; fill in the rest. */
MigdescFindingCore *migdesc_finding_core_new (const char *code, MigdescSeverity severity);
MigdescFindingCore *migdesc_finding_core_ref (MigdescFindingCore *core);
void migdesc_finding_core_unref (MigdescFindingCore *core);
MigdescFinding *migdesc_finding_new_for_core (MigdescFindingCore *core); /* takes a reference */
/* Also of a finding that nobody filled in */
const MigdescFindingCore *migdesc_finding_get_core (MigdescFinding *finding);

/* `ORIGIN:LINE:COLUMN: `, as much of it as is known, escaped. */
void migdesc_append_place (GString *text, const char *origin, guint line, guint column);
/* `ORIGIN:LINE:COLUMN: severity: code: message`, and the remedy on a line of its own, without the
 * last line end. */
void migdesc_finding_core_append_text (const MigdescFindingCore *core, GString *text);
/* One object, absent members left out. */
void migdesc_finding_core_append_json (const MigdescFindingCore *core, MigdescJsonWriter *writer);
/* Fills a new core, made without a code, from the object that comes next. */
gboolean migdesc_finding_core_read (MigdescFindingCore *core, MigdescJsonReader *json);
/* The source's value, typed if it is of its type; NULL if there is none. */
GVariant *migdesc_finding_core_dup_source (const MigdescFindingCore *core);
gboolean migdesc_finding_core_equal (const MigdescFindingCore *core,
                                     const MigdescFindingCore *other);
guint64 migdesc_finding_core_hash (const MigdescFindingCore *core);

#define MIGDESC_REPORT_MAX_FINDINGS 1000

/* Mutable while it is being made, by one thread; then published. Of more findings than
 * @max_findings only the number is kept. A blocker, kept or not, makes the verdict incompatible. */
MigdescReport *migdesc_report_new (void); /* with MIGDESC_REPORT_MAX_FINDINGS */
MigdescReport *migdesc_report_new_limited (guint max_findings);
void migdesc_report_take (MigdescReport *report, MigdescFindingCore *core); /* takes over */
/* Then only count: the message need not be made. */
gboolean migdesc_report_is_full (const MigdescReport *report);
void migdesc_report_omit (MigdescReport *report, MigdescSeverity severity);
void migdesc_report_omit_many (MigdescReport *report, guint64 n);
void migdesc_report_set_incompatible (MigdescReport *report);   /* for a no that has no finding */
void migdesc_report_set_undecided (MigdescReport *report);      /* unless incompatible */
/* No further than migdesc_report_get_n_findings(). */
const MigdescFindingCore *migdesc_report_peek (const MigdescReport *report, guint position);

G_END_DECLS
