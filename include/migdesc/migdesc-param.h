/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-value-set.h>

G_BEGIN_DECLS

#define MIGDESC_TYPE_PARAM (migdesc_param_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescParam, migdesc_param, MIGDESC, PARAM, GObject)

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_param_get_name (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueType migdesc_param_get_value_type (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_param_get_description (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_param_get_unit (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_param_get_allowed_values (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_param_get_init_value (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_param_get_off_value (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_param_has_off_value (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
MigdescAffects migdesc_param_get_affects (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_param_is_runtime (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_param_is_inferred (MigdescParam *param);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_param_equal (MigdescParam *param, MigdescParam *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_param_hash (MigdescParam *param);

G_END_DECLS
