/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-state.h>
#include <migdesc/migdesc-state-type.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-transforms
 * @title: Transforms
 * @short_description: From one state version to the next, where a gate is not enough
 *
 * What is added or removed between two state versions is a gate in the field table. What is
 * renamed, moved or retyped is a transform: steps from one version to the next one, or to the one
 * before, each a few changes to the tree. An old stream is read by the schema that its version had,
 * which is kept as JSON, and changed step by step until the table can load it.
 *
 * |[<!-- language="C" -->
 * MigdescTransforms *transforms = migdesc_transforms_new ();
 *
 * migdesc_transforms_add_schema (transforms, nic_state_1);
 * migdesc_transforms_add_rename (transforms, 1, 2, "link_state", "link");
 * migdesc_transforms_add_retype (transforms, 1, 2, "queues[].size", "u");
 * ]|
 *
 * A path is names with dots between; `[]` behind a name means every element of that array.
 */

/**
 * MigdescTransformFunc:
 * @state: a state as migdesc_state_to_variant() gives it, of type `a{sv}`
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Changes a state.
 *
 * Returns: (transfer full) (nullable): the new state, of type `a{sv}`, or %NULL and an error
 *
 * Since: 1.0
 */
typedef GVariant *(*MigdescTransformFunc) (GVariant *state, gpointer user_data, GError **error);

#define MIGDESC_TYPE_TRANSFORMS (migdesc_transforms_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescTransforms, migdesc_transforms, MIGDESC, TRANSFORMS, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescTransforms *migdesc_transforms_new (void);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transforms_add_schema (MigdescTransforms *transforms, MigdescStateType *schema);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transforms_add_rename (MigdescTransforms *transforms,
                                    guint from,
                                    guint to,
                                    const char *path,
                                    const char *name);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transforms_add_drop (MigdescTransforms *transforms,
                                  guint from,
                                  guint to,
                                  const char *path);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transforms_add_default (MigdescTransforms *transforms,
                                     guint from,
                                     guint to,
                                     const char *path,
                                     GVariant *value);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transforms_add_retype (MigdescTransforms *transforms,
                                    guint from,
                                    guint to,
                                    const char *path,
                                    const char *type);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transforms_add_move (MigdescTransforms *transforms,
                                  guint from,
                                  guint to,
                                  const char *path,
                                  const char *new_path);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_transforms_add_function (MigdescTransforms *transforms,
                                      guint from,
                                      guint to,
                                      const char *name,
                                      MigdescTransformFunc function,
                                      gpointer user_data,
                                      GDestroyNotify destroy);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_transforms_has_path (MigdescTransforms *transforms, guint from, guint to);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_transforms_find_schema (MigdescTransforms *transforms,
                                                  guint version,
                                                  const char *digest);
MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_transforms_apply_step (MigdescTransforms *transforms,
                                         guint from,
                                         guint to,
                                         GVariant *state,
                                         GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_transforms_apply (MigdescTransforms *transforms,
                                        MigdescState *state,
                                        MigdescStateType *schema,
                                        GError **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_state_type_new_with_transforms (MigdescStateType *type,
                                                          MigdescTransforms *transforms);
MIGDESC_AVAILABLE_IN_1_0
MigdescTransforms *migdesc_state_type_get_transforms (MigdescStateType *type);

G_END_DECLS
