/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/* What a document's reading found, errors and warnings, in the order found. Keeps at most the limit's number of findings
 * (1,000) and counts the rest. Reading stays fast since a diagnostic holds a byte offset; migdesc_diagnostics_resolve
 * turns all offsets into line, column and pointer in one pass at the end. */
typedef struct _MigdescDiagnostics MigdescDiagnostics;

MigdescDiagnostics *migdesc_diagnostics_new (guint max_findings);
void migdesc_diagnostics_free (MigdescDiagnostics *diagnostics);
/* @offset: G_MAXSIZE if none; @pointer: nullable, for input without offsets. @code is an error whose nick is the
 * finding's code. Severity BLOCKER makes it an error. */
void migdesc_diagnostics_add (MigdescDiagnostics *diagnostics, MigdescError code, MigdescSeverity severity, gsize offset,
                              const char *pointer, const char *format, ...) G_GNUC_PRINTF (6, 7);
gboolean migdesc_diagnostics_has_errors (const MigdescDiagnostics *diagnostics);
guint migdesc_diagnostics_get_n (const MigdescDiagnostics *diagnostics);
/* JSON text: by base/json-locate. @origin may be NULL. Sorts by offset. */
void migdesc_diagnostics_resolve_json (MigdescDiagnostics *diagnostics, const char *text, gsize length, const char *origin);
/* Line-oriented text: line and column only. */
void migdesc_diagnostics_resolve_lines (MigdescDiagnostics *diagnostics, const char *text, gsize length, const char *origin);
/* The findings as a report: verdict incompatible if there is an error. */
MigdescReport *migdesc_diagnostics_to_report (MigdescDiagnostics *diagnostics);
/* The first error as `ORIGIN:LINE:COLUMN: MESSAGE (at POINTER)[, and N more errors]`. */
void migdesc_diagnostics_to_error (MigdescDiagnostics *diagnostics, GError **error);

G_END_DECLS
