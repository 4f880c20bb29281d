/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-param.h>
#include <migdesc/migdesc-version-entry.h>
#include <migdesc/migdesc-constraint.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

#define MIGDESC_TYPE_MODEL (migdesc_model_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescModel, migdesc_model, MIGDESC, MODEL, GObject)

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_model_get_name (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_model_get_description (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
MigdescSupport migdesc_model_get_support (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_model_get_blocker (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_model_dup_state_schema (MigdescModel *model);

MIGDESC_AVAILABLE_IN_1_0
guint migdesc_model_get_n_params (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_model_get_params (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
MigdescParam *migdesc_model_get_param (MigdescModel *model, guint position);
MIGDESC_AVAILABLE_IN_1_0
MigdescParam *migdesc_model_lookup_param (MigdescModel *model, const char *name);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_model_get_n_versions (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_model_get_versions (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
MigdescVersion *migdesc_model_get_version (MigdescModel *model, guint position);
MIGDESC_AVAILABLE_IN_1_0
MigdescVersion *migdesc_model_lookup_version (MigdescModel *model, const char *name);
MIGDESC_AVAILABLE_IN_1_0
MigdescVersion *migdesc_model_get_latest_version (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_model_get_constraints (MigdescModel *model);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_model_is_version_only (MigdescModel *model);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_model_equal (MigdescModel *model, MigdescModel *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_model_hash (MigdescModel *model);

G_END_DECLS
