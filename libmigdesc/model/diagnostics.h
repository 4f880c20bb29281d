/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-report.h>
#include "base/json-reader.h"

G_BEGIN_DECLS

/* What a document's reading found, errors and warnings, in the order found. Keeps at most
 * @max_findings (at least 1) and counts the rest; the first error is kept whatever came before it.
 * Reading stays fast since a diagnostic holds a byte offset; migdesc_diagnostics_resolve_* turns
 * all offsets into places in one pass at the end. */
typedef struct _MigdescDiagnostics MigdescDiagnostics;

MigdescDiagnostics *migdesc_diagnostics_new (guint max_findings);
void migdesc_diagnostics_free (MigdescDiagnostics *diagnostics);
/* @offset: G_MAXSIZE if none; @pointer: nullable, for input without offsets. @code is an error
 * whose nick is the finding's code. Severity BLOCKER makes it an error. Text of the document goes
 * into the message through migdesc_quote. */
void migdesc_diagnostics_add (MigdescDiagnostics *diagnostics,
                              MigdescError code,
                              MigdescSeverity severity,
                              gsize offset,
                              const char *pointer,
                              const char *format,
                              ...) G_GNUC_PRINTF (6, 7);
/* Whether what is added now is only counted: its message need not be made. */
gboolean migdesc_diagnostics_is_full (const MigdescDiagnostics *diagnostics,
                                      MigdescSeverity severity);
/* Whether there is an error, kept or not. */
gboolean migdesc_diagnostics_has_errors (const MigdescDiagnostics *diagnostics);
/* All, kept or not. */
guint migdesc_diagnostics_get_n (const MigdescDiagnostics *diagnostics);
/* JSON text: line, column and, where none was given, pointer, by base/json-locate. @origin may be
 * NULL. Sorts by offset, what has none goes last, and keeps the order found within one place. */
void migdesc_diagnostics_resolve_json (MigdescDiagnostics *diagnostics,
                                       const char *text,
                                       gsize length,
                                       const char *origin);
/* The same for text in lines that end in \n: no pointer. */
void migdesc_diagnostics_resolve_lines (MigdescDiagnostics *diagnostics,
                                        const char *text,
                                        gsize length,
                                        const char *origin);
/* The findings as a report: verdict incompatible if there is an error. */
MigdescReport *migdesc_diagnostics_to_report (MigdescDiagnostics *diagnostics);
/* The first error as `ORIGIN:LINE:COLUMN: MESSAGE (at POINTER), and N more errors`, without the
 * parts that there are not: `LINE:COLUMN: MESSAGE` where there is no origin and the place is the
 * whole document. There has to be one. */
void migdesc_diagnostics_to_error (MigdescDiagnostics *diagnostics, GError **error);
/* The failure of a reader whose caller has no diagnostics, in the same form. */
void migdesc_diagnostics_set_json_error (const MigdescJsonReader *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescDiagnostics, migdesc_diagnostics_free)

G_END_DECLS
