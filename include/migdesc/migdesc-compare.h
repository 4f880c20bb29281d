/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-model.h>
#include <migdesc/migdesc-report.h>
#include <migdesc/migdesc-value-set.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-compare
 * @title: Comparing
 * @short_description: which configurations do two models share?
 *
 * Where some configurations pass and others do not, the comparison has the exact set of those
 * that do.
 */

/**
 * MigdescRelation:
 * @MIGDESC_RELATION_IDENTICAL: same params, versions, flags, constraints and promises
 * @MIGDESC_RELATION_COMPATIBLE: every configuration of the source passes the check
 * @MIGDESC_RELATION_CONDITIONAL: some configurations pass; the agreeing set says which
 * @MIGDESC_RELATION_INCOMPATIBLE: none passes
 * @MIGDESC_RELATION_UNDECIDED: the device may still refuse, or the search was too long
 *
 * How two models relate.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_RELATION_IDENTICAL,
  MIGDESC_RELATION_COMPATIBLE,
  MIGDESC_RELATION_CONDITIONAL,
  MIGDESC_RELATION_INCOMPATIBLE,
  MIGDESC_RELATION_UNDECIDED
} MigdescRelation;

#define MIGDESC_TYPE_RELATION (migdesc_relation_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_relation_get_type (void) G_GNUC_CONST;

#define MIGDESC_TYPE_COMPARISON (migdesc_comparison_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_comparison_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescComparison *migdesc_model_compare (MigdescModel *source,
                                          MigdescModel *destination,
                                          const MigdescLimits *limits);
MIGDESC_AVAILABLE_IN_1_0
MigdescComparison *migdesc_comparison_ref (MigdescComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_comparison_unref (MigdescComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
MigdescRelation migdesc_comparison_get_relation (const MigdescComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_comparison_get_report (const MigdescComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_comparison_dup_params (const MigdescComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_comparison_get_agreeing_values (const MigdescComparison *comparison,
                                                         const char *param);
MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_comparison_get_constraints (const MigdescComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_comparison_to_string (const MigdescComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_comparison_to_json (const MigdescComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_relation_to_string (MigdescRelation relation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescComparison, migdesc_comparison_unref)

G_END_DECLS
