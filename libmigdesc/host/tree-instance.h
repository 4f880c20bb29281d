/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-param-list.h>

#include "host/tree-files.h"

G_BEGIN_DECLS

/* The device instances of a device tree: <uuid>/migration/ holds the model and version (fourth
 * revision), or an attribute a param (third), or params/ with such attributes (second). */

char **migdesc_tree_instances_list (const MigdescTreeDirectory *root, GError **error);
/* What the attributes say; in @type (nullable) the name of the type, if there is one and the list
 * has no model. */
MigdescParamList *migdesc_tree_instance_read (const MigdescTreeDirectory *root, const char *uuid,
                                              char **type, GError **error);
/* The names of the params that instances of a type have in params/, sorted: in the second revision,
 * types do not tell. */
char **migdesc_tree_instances_list_params (const MigdescTreeDirectory *root, const char *type,
                                           GError **error);

G_END_DECLS
