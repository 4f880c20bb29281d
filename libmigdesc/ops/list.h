/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/param-list-private.h"
#include "model/core.h"

G_BEGIN_DECLS

/* Lists of configurations, which are arrays of n_params values. */

/* What is in effect: every param that is not off, and those that cannot be. */
MigdescParamList *migdesc_list_of_values (const MigdescModelCore *model,
                                          const MigdescValue *values);
/* What expands to @values when laid over @version */
MigdescParamList *migdesc_list_over_version (const MigdescModelCore *model,
                                             guint32 version,
                                             const MigdescValue *values);
/* The version from which the fewest overrides lead to @values, the latest of several;
 * MIGDESC_NOT_FOUND if there are no versions. */
guint32 migdesc_nearest_version (const MigdescModelCore *model, const MigdescValue *values);
/* A list that is a version alone */
MigdescParamList *migdesc_list_of_version (const MigdescModelCore *model, guint32 version);

static inline gboolean
migdesc_param_is_off (const MigdescParamCore *param,
                      MigdescValue value)
{
  return param->has_off && migdesc_value_equal ((MigdescValueType) param->type, value, param->off);
}

G_END_DECLS
