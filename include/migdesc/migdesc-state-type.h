/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-field.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-state-type
 * @title: State types
 * @short_description: What a device's state consists of, in every version
 *
 * A state type is made of a field table (see %MIGDESC_STRUCT) or of a schema, which is the same as
 * JSON: what one program declares, another can read, compare and check without its code.
 *
 * What is in a stream is the effective schema: the type as it is in one state version and one
 * configuration. migdesc_state_type_new_effective() makes it, and its digest is what a manifest
 * names.
 */

#define MIGDESC_TYPE_STATE_TYPE (migdesc_state_type_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescStateType, migdesc_state_type, MIGDESC, STATE_TYPE, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_state_type_new (const MigdescStruct *table, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_state_type_new_from_json (const char *text,
                                                    gssize length,
                                                    const MigdescLimits *limits,
                                                    GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_state_type_new_effective (MigdescStateType *type,
                                                    guint version,
                                                    MigdescParamList *params,
                                                    GError **error);

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_state_type_get_name (MigdescStateType *type);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_state_type_get_version (MigdescStateType *type);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_state_type_get_minimum_version (MigdescStateType *type);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_state_type_to_json (MigdescStateType *type, gboolean pretty);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_state_type_get_digest (MigdescStateType *type);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_state_type_equal (MigdescStateType *type, MigdescStateType *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_state_type_hash (MigdescStateType *type);

MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_state_type_resolve (MigdescStateType *writer, MigdescStateType *reader);

MIGDESC_AVAILABLE_IN_1_0
void migdesc_state_type_init_struct (MigdescStateType *type, gpointer state);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_state_type_clear_struct (MigdescStateType *type, gpointer state);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_state_type_check_struct (MigdescStateType *type,
                                          guint version,
                                          MigdescParamList *params,
                                          gconstpointer state,
                                          GError **error);

G_END_DECLS
