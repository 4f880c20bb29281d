/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-path
 * @title: Paths
 * @short_description: from one host to another, by way of others
 *
 * Where a device cannot be migrated directly, it may get there in several steps: by a change that
 * can be made while it runs, or over a host that understands both sides.
 */

#define MIGDESC_TYPE_PATH (migdesc_path_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_path_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescPath *migdesc_path_find (MigdescDescriptor **descriptors,
                                gsize n_descriptors,
                                const MigdescParamList *list,
                                gsize source,
                                gsize destination,
                                const MigdescLimits *limits,
                                GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescPath *migdesc_path_find_return (const MigdescPath *path);
MIGDESC_AVAILABLE_IN_1_0
MigdescPath *migdesc_path_ref (MigdescPath *path);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_path_unref (MigdescPath *path);

MIGDESC_AVAILABLE_IN_1_0
MigdescVerdict migdesc_path_get_verdict (const MigdescPath *path);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_path_get_model (const MigdescPath *path);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_path_get_report (const MigdescPath *path);

MIGDESC_AVAILABLE_IN_1_0
guint migdesc_path_get_n_steps (const MigdescPath *path);
MIGDESC_AVAILABLE_IN_1_0
gsize migdesc_path_get_source (const MigdescPath *path, guint step);
MIGDESC_AVAILABLE_IN_1_0
gsize migdesc_path_get_destination (const MigdescPath *path, guint step);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_path_get_source_slot (const MigdescPath *path, guint step);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_path_get_destination_slot (const MigdescPath *path, guint step);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_path_get_changes (const MigdescPath *path, guint step);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_path_get_param_list (const MigdescPath *path, guint step);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_path_get_step_report (const MigdescPath *path, guint step);

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_path_to_string (const MigdescPath *path);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_path_to_json (const MigdescPath *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescPath, migdesc_path_unref)

G_END_DECLS
