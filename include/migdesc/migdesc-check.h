/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-check
 * @title: Checking
 * @short_description: can this destination take that device?
 *
 * The question before a migration. A list that is checked against the same model again and again
 * can be bound to it once.
 */

#define MIGDESC_TYPE_BOUND_LIST (migdesc_bound_list_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_bound_list_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_descriptor_check (MigdescDescriptor *destination,
                                         const MigdescParamList *list,
                                         MigdescDescriptor *source,
                                         const char *const *only,
                                         GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_descriptor_check_return_path (MigdescDescriptor *destination,
                                                     const MigdescParamList *list,
                                                     MigdescDescriptor *source,
                                                     const char *const *only,
                                                     GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_descriptor_check_text (MigdescDescriptor *destination,
                                              const char *list,
                                              GError **error);
MIGDESC_AVAILABLE_IN_1_0
guint8 *migdesc_descriptor_check_strings (MigdescDescriptor *destination,
                                          const char *const *lists,
                                          gsize *n_verdicts,
                                          GError **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescVerdict migdesc_model_check_string (MigdescModel *destination,
                                           const char *list,
                                           GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescBoundList *migdesc_model_bind (MigdescModel *destination, const MigdescParamList *list);
MIGDESC_AVAILABLE_IN_1_0
MigdescBoundList *migdesc_bound_list_ref (MigdescBoundList *list);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_bound_list_unref (MigdescBoundList *list);
MIGDESC_AVAILABLE_IN_1_0
MigdescVerdict migdesc_bound_list_get_verdict (const MigdescBoundList *list);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_bound_list_is_compatible (const MigdescBoundList *list);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_bound_list_check (const MigdescBoundList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescBoundList, migdesc_bound_list_unref)

G_END_DECLS
