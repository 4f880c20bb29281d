/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>

G_BEGIN_DECLS

#define MIGDESC_TYPE_VALUE_SET (migdesc_value_set_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_value_set_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_value_set_new_any (MigdescValueType type);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_value_set_new_interval (guint64 min, guint64 max);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_value_set_new_bools (gboolean off, gboolean on);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_value_set_new_strings (const char *const *strings, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_value_set_new_from_string (MigdescValueType type,
                                                    const char *text,
                                                    GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_value_set_ref (MigdescValueSet *set);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_value_set_unref (MigdescValueSet *set);

MIGDESC_AVAILABLE_IN_1_0
MigdescValueType migdesc_value_set_get_value_type (const MigdescValueSet *set);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_value_set_is_any (const MigdescValueSet *set);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_value_set_is_empty (const MigdescValueSet *set);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_value_set_get_count (const MigdescValueSet *set);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_value_set_get_n_intervals (const MigdescValueSet *set);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_value_set_get_interval (const MigdescValueSet *set,
                                         guint position,
                                         guint64 *min,
                                         guint64 *max);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_value_set_dup_strings (const MigdescValueSet *set);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_value_set_contains (const MigdescValueSet *set, GVariant *value);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_value_set_contains_text (const MigdescValueSet *set, const char *text);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_value_set_intersect (const MigdescValueSet *set,
                                              const MigdescValueSet *other);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_value_set_unite (const MigdescValueSet *set, const MigdescValueSet *other);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_value_set_is_subset (const MigdescValueSet *set, const MigdescValueSet *other);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_value_set_equal (const MigdescValueSet *set, const MigdescValueSet *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_value_set_hash (const MigdescValueSet *set);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_value_set_to_string (const MigdescValueSet *set);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescValueSet, migdesc_value_set_unref)

G_END_DECLS
