/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-model.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-config
 * @title: Configurations
 * @short_description: a value for every parameter
 *
 * What a model, a version and overrides come to.
 */

#define MIGDESC_TYPE_CONFIG (migdesc_config_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_config_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescConfig *migdesc_config_ref (MigdescConfig *config);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_config_unref (MigdescConfig *config);

MIGDESC_AVAILABLE_IN_1_0
MigdescModel *migdesc_config_get_model (const MigdescConfig *config);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_config_get_version (const MigdescConfig *config);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_config_get_n_params (const MigdescConfig *config);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_config_dup_names (const MigdescConfig *config);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_config_get_value (const MigdescConfig *config, const char *param);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_config_to_variant (const MigdescConfig *config);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_config_equal (const MigdescConfig *config, const MigdescConfig *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_config_hash (const MigdescConfig *config);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_config_to_string (const MigdescConfig *config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescConfig, migdesc_config_unref)

G_END_DECLS
