/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-model.h>
#include <migdesc/migdesc-config.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-expand
 * @title: Expanding
 * @short_description: from a version and overrides to a configuration, and back
 *
 * Expanding gives each parameter the override if there is one, or else the version's value, or
 * else its off value.
 */

MIGDESC_AVAILABLE_IN_1_0
MigdescConfig *migdesc_model_expand (MigdescModel *model,
                                     const char *version,
                                     const MigdescParamList *overrides,
                                     MigdescReport **report);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_config_to_param_list (const MigdescConfig *config);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_config_to_short_param_list (const MigdescConfig *config);

G_END_DECLS
