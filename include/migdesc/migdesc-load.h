/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-reader.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-param-list.h>

G_BEGIN_DECLS

MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_load (const char *place, MigdescReader *reader, GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_load_one (const char *place, MigdescReader *reader, GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_load_async (const char *place, MigdescReader *reader, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MIGDESC_AVAILABLE_IN_1_0
GListModel *migdesc_load_finish (GAsyncResult *result, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescParamList *migdesc_load_instance (const char *place, const char *uuid, GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_list_instances (const char *place, GCancellable *cancellable, GError **error);

G_END_DECLS
