/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-param-list
 * @title: Migration parameter lists
 * @short_description: what one device is, in one line
 *
 * The list names a model, perhaps a version, and the values that tell one device from another, as
 * in `vendor-a.com/my-nic?num-queues=8,new-feature=on`. Its values are text until a model gives
 * them types.
 */

#define MIGDESC_TYPE_PARAM_LIST (migdesc_param_list_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_param_list_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_param_list_new (const char *model,
                                          const char *version,
                                          const char *const *names,
                                          const char *const *values,
                                          GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_param_list_new_from_string (const char *text, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_param_list_new_from_args (const char *model,
                                                    const char *const *args,
                                                    GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_param_list_new_from_json (const char *text,
                                                    gssize length,
                                                    GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_param_list_ref (MigdescParamList *list);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_param_list_unref (MigdescParamList *list);

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_param_list_get_model (const MigdescParamList *list);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_param_list_get_version (const MigdescParamList *list);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_param_list_get_n_params (const MigdescParamList *list);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_param_list_get_name (const MigdescParamList *list, guint position);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_param_list_get_value (const MigdescParamList *list, guint position);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_param_list_lookup (const MigdescParamList *list, const char *name);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_param_list_dup_names (const MigdescParamList *list);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_param_list_to_string (const MigdescParamList *list);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_param_list_to_json (const MigdescParamList *list);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_param_list_equal (const MigdescParamList *list, const MigdescParamList *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_param_list_hash (const MigdescParamList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescParamList, migdesc_param_list_unref)

G_END_DECLS
