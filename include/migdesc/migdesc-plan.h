/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-plan
 * @title: Planning
 * @short_description: how to set up the destination
 *
 * A plan is the settings that recreate a device at a destination, in the style that its backend
 * wants.
 */

/**
 * MigdescPlanStyle:
 * @MIGDESC_PLAN_ARGV_M: an argument `--m-NAME=VALUE` for each setting
 * @MIGDESC_PLAN_ARGV_PARAM: `--param` and `NAME=VALUE`, repeated
 * @MIGDESC_PLAN_ARGV_VERSION: `--migration-model M`, `--migration-version V`, then overrides as
 * `--m-NAME=VALUE`
 * @MIGDESC_PLAN_SYSFS: attribute writes in order, the model and the version first
 * @MIGDESC_PLAN_MDEVCTL: the attrs of an mdevctl device definition
 * @MIGDESC_PLAN_TEXT: one list line
 *
 * How a plan is written out.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_PLAN_ARGV_M,
  MIGDESC_PLAN_ARGV_PARAM,
  MIGDESC_PLAN_ARGV_VERSION,
  MIGDESC_PLAN_SYSFS,
  MIGDESC_PLAN_MDEVCTL,
  MIGDESC_PLAN_TEXT
} MigdescPlanStyle;

#define MIGDESC_TYPE_PLAN_STYLE (migdesc_plan_style_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_plan_style_get_type (void) G_GNUC_CONST;

#define MIGDESC_TYPE_PLAN (migdesc_plan_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_plan_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_plan_style_from_string (const char *text, MigdescPlanStyle *style);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_plan_style_to_string (MigdescPlanStyle style);
MIGDESC_AVAILABLE_IN_1_0
MigdescPlan *migdesc_descriptor_plan (MigdescDescriptor *destination,
                                      const MigdescParamList *list,
                                      gboolean force,
                                      MigdescReport **report,
                                      GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescPlan *migdesc_plan_ref (MigdescPlan *plan);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_plan_unref (MigdescPlan *plan);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_plan_get_model (const MigdescPlan *plan);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_plan_get_version (const MigdescPlan *plan);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_plan_dup_names (const MigdescPlan *plan);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_plan_get_value (const MigdescPlan *plan, const char *param);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_plan_render (const MigdescPlan *plan, MigdescPlanStyle style, GError **error);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_plan_to_argv (const MigdescPlan *plan, MigdescPlanStyle style, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescPlan, migdesc_plan_unref)

G_END_DECLS
