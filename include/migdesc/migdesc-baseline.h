/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-config.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-baseline
 * @title: Baselines
 * @short_description: what all of several hosts can take
 *
 * A baseline is the newest configuration that every one of several descriptors can create and load.
 */

#define MIGDESC_TYPE_BASELINE (migdesc_baseline_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_baseline_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescBaseline *migdesc_baseline_new (MigdescDescriptor **descriptors,
                                       gsize n_descriptors,
                                       const char *model,
                                       const MigdescLimits *limits,
                                       GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescBaseline *migdesc_baseline_ref (MigdescBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_baseline_unref (MigdescBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
MigdescVerdict migdesc_baseline_get_verdict (const MigdescBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_baseline_get_param_list (const MigdescBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
MigdescConfig *migdesc_baseline_get_config (const MigdescBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_baseline_get_report (const MigdescBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_baseline_get_param_list_without (const MigdescBaseline *baseline,
                                                           gsize position);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_baseline_to_string (const MigdescBaseline *baseline);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_baseline_to_json (const MigdescBaseline *baseline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescBaseline, migdesc_baseline_unref)

G_END_DECLS
