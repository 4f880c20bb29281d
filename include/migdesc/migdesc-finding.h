/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-value-set.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-finding
 * @title: Findings
 * @short_description: one reason of a report
 *
 * A finding says what speaks against something, where, what would be accepted, and what would
 * help. Its code is stable; see migdesc_code_list().
 */

#define MIGDESC_TYPE_FINDING (migdesc_finding_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescFinding, migdesc_finding, MIGDESC, FINDING, GObject)

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_code (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
MigdescSeverity migdesc_finding_get_severity (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_message (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_remedy (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_model (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_param (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_finding_get_source_value (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_finding_get_accepted (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_origin (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_pointer (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_finding_get_line (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_finding_get_column (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
gint64 migdesc_finding_get_offset (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
MigdescCategory migdesc_finding_get_category (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_witness (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_reason (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_old_origin (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_finding_get_old_pointer (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_finding_get_old_line (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_finding_get_old_column (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_finding_to_string (MigdescFinding *finding);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_finding_equal (MigdescFinding *finding, MigdescFinding *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_finding_hash (MigdescFinding *finding);

G_END_DECLS
