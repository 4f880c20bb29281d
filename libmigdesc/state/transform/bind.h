/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transforms.h>

G_BEGIN_DECLS

/* A state version of a type that its table does not load by itself, by way of transforms. */

/* The newest version of the table to which steps lead from that one, or back from the table to it
 * when saving; 0 if there is none. */
guint migdesc_state_type_find_native (MigdescStateType *type, guint version, gboolean loading);

/* Whether a stream of that version can be loaded: by the table, or the schema by which to read it.
 * Fails with state-too-new, state-too-old and state-schema. */
gboolean migdesc_state_type_find_old (MigdescStateType *type,
                                      guint version,
                                      const char *digest,
                                      MigdescStateType **schema,
                                      GError **error);

/* Loads a tree of such a schema into a fresh struct of the type. */
gboolean migdesc_state_type_load_old (MigdescStateType *type,
                                      MigdescParamList *params,
                                      MigdescState *state,
                                      gpointer data,
                                      GError **error);

/* Whether a struct of the type can be saved as that version. */
gboolean migdesc_state_type_can_save (MigdescStateType *type, guint version, GError **error);

/* A type that ends with a version, as the program had it that knew no newer one: newer states are
 * refused, and the schema does not have what came later. A struct of it is one of the whole type.
 * Fails as migdesc_state_type_can_save. */
MigdescStateType *migdesc_state_type_new_limited (MigdescStateType *type,
                                                  guint version,
                                                  GError **error);

/* A struct of the type as a version below its minimum had it. */
MigdescState *migdesc_state_type_save_old (MigdescStateType *type,
                                           guint version,
                                           MigdescParamList *params,
                                           gconstpointer data,
                                           GError **error);

G_END_DECLS
