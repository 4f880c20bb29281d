/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-finding.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-report
 * @title: Reports
 * @short_description: the answer to a question, with its reasons
 *
 * A report is the answer "yes", "no" or "undecided" together with the findings behind it. That a
 * question could not be answered is a #GError instead.
 */

#define MIGDESC_TYPE_REPORT (migdesc_report_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_report_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_report_new_from_json (const char *text, gssize length, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_report_ref (MigdescReport *report);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_report_unref (MigdescReport *report);

MIGDESC_AVAILABLE_IN_1_0
MigdescVerdict migdesc_report_get_verdict (const MigdescReport *report);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_report_is_compatible (const MigdescReport *report);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_report_get_n_findings (const MigdescReport *report);
MIGDESC_AVAILABLE_IN_1_0
MigdescFinding *migdesc_report_get_finding (const MigdescReport *report, guint position);
MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_report_get_findings (const MigdescReport *report);
MIGDESC_AVAILABLE_IN_1_0
MigdescFinding *migdesc_report_lookup_code (const MigdescReport *report, const char *code);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_report_get_n_omitted (const MigdescReport *report);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_report_to_string (const MigdescReport *report);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_report_to_json (const MigdescReport *report);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_report_equal (const MigdescReport *report, const MigdescReport *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_report_hash (const MigdescReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescReport, migdesc_report_unref)

G_END_DECLS
