/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-model.h>

G_BEGIN_DECLS

#define MIGDESC_TYPE_DESCRIPTOR (migdesc_descriptor_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescDescriptor, migdesc_descriptor, MIGDESC, DESCRIPTOR, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_model_get_descriptor (MigdescModel *model);

MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_descriptor_new_with_tested (MigdescDescriptor *descriptor,
                                                       const char *model,
                                                       const char *const *from,
                                                       const char *const *to,
                                                       GError **error);

MIGDESC_AVAILABLE_IN_1_0
guint migdesc_descriptor_get_n_models (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_descriptor_get_models (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
MigdescModel *migdesc_descriptor_get_model (MigdescDescriptor *descriptor, guint position);
MIGDESC_AVAILABLE_IN_1_0
MigdescModel *migdesc_descriptor_lookup_model (MigdescDescriptor *descriptor, const char *name);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_descriptor_dup_model_names (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
MigdescDialect migdesc_descriptor_get_dialect (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_descriptor_get_origin (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_descriptor_equal (MigdescDescriptor *descriptor, MigdescDescriptor *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_descriptor_hash (MigdescDescriptor *descriptor);

G_END_DECLS
