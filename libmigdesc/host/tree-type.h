/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-reader.h>

#include "host/tree-files.h"

G_BEGIN_DECLS

/* The types of a device tree: mdev_supported_types/<type>/... */

#define MIGDESC_TREE_TYPES "mdev_supported_types"

char **migdesc_tree_types_list (const MigdescTreeDirectory *root, MigdescDialect dialect,
                                GError **error);
/* Whether the type says anything about migration; also if that cannot be read. */
gboolean migdesc_tree_type_is_published (const MigdescTreeDirectory *root, const char *name);
MigdescDescriptor *migdesc_tree_type_read (const MigdescTreeDirectory *root, const char *name,
                                           MigdescReader *reader, MigdescReport **report,
                                           GError **error);

G_END_DECLS
