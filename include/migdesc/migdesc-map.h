/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-compare.h>
#include <migdesc/migdesc-descriptor.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-map
 * @title: Maps
 * @short_description: a picture of which hosts can exchange devices
 *
 * A map puts hosts with equal descriptors together, and tells of each pair of such groups which
 * devices can go from the one to the other. It can be drawn, or given to graphviz.
 */

/**
 * MigdescMap:
 *
 * Which groups of hosts can exchange devices.
 *
 * A map is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */
typedef struct _MigdescMap MigdescMap;

#define MIGDESC_TYPE_MAP (migdesc_map_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_map_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescMap *migdesc_map_new (MigdescDescriptor **descriptors,
                             gsize n_descriptors,
                             const char *const *names,
                             const char *model,
                             guint max_groups,
                             const MigdescLimits *limits,
                             GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescMap *migdesc_map_ref (MigdescMap *map);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_map_unref (MigdescMap *map);

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_map_get_model (const MigdescMap *map);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_map_get_n_groups (const MigdescMap *map);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_map_get_name (const MigdescMap *map, guint group);
MIGDESC_AVAILABLE_IN_1_0
gsize migdesc_map_get_n_hosts (const MigdescMap *map, guint group);
MIGDESC_AVAILABLE_IN_1_0
MigdescRelation migdesc_map_get_relation (const MigdescMap *map, guint source, guint destination);

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_map_to_svg (const MigdescMap *map);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_map_to_dot (const MigdescMap *map);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_map_to_json (const MigdescMap *map);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescMap, migdesc_map_unref)

G_END_DECLS
