/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <json-glib/json-glib.h>
#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>

G_BEGIN_DECLS

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_descriptor_to_string (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_descriptor_to_pretty_string (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
JsonNode *migdesc_descriptor_to_json_node (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_descriptor_get_digest (MigdescDescriptor *descriptor);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_descriptor_convert (MigdescDescriptor *descriptor,
                                  MigdescDialect dialect,
                                  gboolean allow_loss,
                                  MigdescReport **losses,
                                  GError **error);

G_END_DECLS
