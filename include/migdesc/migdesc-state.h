/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-state-type.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-state
 * @title: States
 * @short_description: A device's state as a tree, without the device's code
 *
 * A state is a tree of structs, arrays and values, of the shape that its schema says. It cannot
 * change; to edit one, turn it into a #GVariant or JSON, and make a new one of that. All parts of a
 * tree are states as well: a part holds the whole.
 */

/**
 * MigdescStateKind:
 * @MIGDESC_STATE_STRUCT: a struct: named parts; sections are among them
 * @MIGDESC_STATE_ARRAY: an array or list: numbered parts
 * @MIGDESC_STATE_NULL: a struct that is absent
 * @MIGDESC_STATE_BOOL: a truth value
 * @MIGDESC_STATE_UINT: an unsigned integer; enums, flags and positions too
 * @MIGDESC_STATE_INT: a signed integer; timers too
 * @MIGDESC_STATE_DOUBLE: a double
 * @MIGDESC_STATE_BYTES: a buffer or a bitmap
 * @MIGDESC_STATE_STRING: a text
 *
 * What a part of a state is.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_STATE_STRUCT,
  MIGDESC_STATE_ARRAY,
  MIGDESC_STATE_NULL,
  MIGDESC_STATE_BOOL,
  MIGDESC_STATE_UINT,
  MIGDESC_STATE_INT,
  MIGDESC_STATE_DOUBLE,
  MIGDESC_STATE_BYTES,
  MIGDESC_STATE_STRING
} MigdescStateKind;

#define MIGDESC_TYPE_STATE_KIND (migdesc_state_kind_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_state_kind_get_type (void) G_GNUC_CONST;

/**
 * MigdescState:
 *
 * A device's state, or a part of one. Immutable.
 *
 * Since: 1.0
 */
typedef struct _MigdescState MigdescState;

#define MIGDESC_TYPE_STATE (migdesc_state_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_state_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_state_new_from_struct (MigdescStateType *type,
                                             guint version,
                                             MigdescParamList *params,
                                             gconstpointer data,
                                             GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_state_new_from_variant (MigdescStateType *schema,
                                              GVariant *variant,
                                              GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_state_new_from_json (MigdescStateType *schema,
                                           const char *text,
                                           gssize length,
                                           const MigdescLimits *limits,
                                           GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_state_ref (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_state_unref (MigdescState *state);

MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_state_get_schema (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateKind migdesc_state_get_kind (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_state_dup_path (MigdescState *state);

MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_state_get_n_children (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_state_get_child_name (MigdescState *state, guint64 position);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_state_get_child (MigdescState *state, guint64 position);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_state_lookup (MigdescState *state, const char *path, GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_state_get_bool (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_state_get_uint (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
gint64 migdesc_state_get_int (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
double migdesc_state_get_double (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_state_get_string (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_state_get_bytes (MigdescState *state);

MIGDESC_AVAILABLE_IN_1_0
GVariant *migdesc_state_to_variant (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_state_to_json (MigdescState *state, gboolean pretty);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_state_to_string (MigdescState *state);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_state_to_struct (MigdescState *state,
                                  MigdescStateType *type,
                                  MigdescParamList *params,
                                  gpointer data,
                                  GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_state_equal (MigdescState *state, MigdescState *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_state_hash (MigdescState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescState, migdesc_state_unref)

/**
 * MigdescStateDiff:
 *
 * How two states differ: places in the order of the schema, each with the value on both sides.
 * Immutable.
 *
 * Since: 1.0
 */
typedef struct _MigdescStateDiff MigdescStateDiff;

#define MIGDESC_TYPE_STATE_DIFF (migdesc_state_diff_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_state_diff_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescStateDiff *migdesc_state_diff_new (MigdescState *source, MigdescState *destination);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateDiff *migdesc_state_diff_ref (MigdescStateDiff *diff);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_state_diff_unref (MigdescStateDiff *diff);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_state_diff_get_n_places (MigdescStateDiff *diff);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_state_diff_get_path (MigdescStateDiff *diff, guint place);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_state_diff_get_source (MigdescStateDiff *diff, guint place);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_state_diff_get_destination (MigdescStateDiff *diff, guint place);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_state_diff_to_string (MigdescStateDiff *diff);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescStateDiff, migdesc_state_diff_unref)

G_END_DECLS
