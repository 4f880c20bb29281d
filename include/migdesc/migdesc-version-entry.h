/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-param-list.h>

G_BEGIN_DECLS

#define MIGDESC_TYPE_VERSION (migdesc_version_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescVersion, migdesc_version, MIGDESC, VERSION, GObject)

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_version_get_name (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_version_get_description (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_version_get_params (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_version_get_value (MigdescVersion *version, const char *param);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_version_can_create (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_version_can_load (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
MigdescSupport migdesc_version_get_support (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_version_get_blocker (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_version_get_state_version (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_version_get_n_tested (MigdescVersion *version);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_version_get_tested (MigdescVersion *version,
                                     guint position,
                                     const char **from,
                                     const char **to);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_version_equal (MigdescVersion *version, MigdescVersion *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_version_hash (MigdescVersion *version);

G_END_DECLS
