/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-reader.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/* A device tree as sysfs shows one: a parent device's directory with
 * mdev_supported_types/<type>/..., and device instances <uuid>/migration/... Nothing outside of
 * @root is ever followed; each attribute is read once, bounded. */

gboolean migdesc_tree_is_tree (const char *root);
/* The names of the types, sorted: those that publish something about migration; or, for the dialect
 * of 2019, in which silence means that a type cannot be migrated, all. */
char **migdesc_tree_list_types (const char *root, MigdescDialect dialect, GError **error);
/* One type's descriptor; @report as for migdesc_reader_read_bytes. Places are files of the tree. */
MigdescDescriptor *migdesc_tree_read_type (const char *root, const char *type,
                                           MigdescReader *reader, MigdescReport **report,
                                           GError **error);
/* The UUIDs of the instances, sorted. */
char **migdesc_tree_list_instances (const char *root, GError **error);
MigdescParamList *migdesc_tree_read_instance (const char *root, const char *uuid, GError **error);

G_END_DECLS
