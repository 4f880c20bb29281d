/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-config.h>
#include <migdesc/migdesc-model-table.h>

G_BEGIN_DECLS

/* The rows of a model table. */

#define MIGDESC_NO_VERSION_LIMIT G_MAXUINT

/* Whether the table is one of this library. */
gboolean migdesc_model_table_check_size (const MigdescModelTable *table, GError **error);

/* The position, or MIGDESC_NO_VERSION_LIMIT. */
guint migdesc_model_table_find_version (const MigdescModelTable *table, const char *name);

/* The row that counts for a param, or NULL: there is none up to that limit. */
const MigdescModelParam *migdesc_model_table_find_param (const MigdescModelTable *table,
                                                         guint limit,
                                                         const char *name,
                                                         gsize length);

MigdescValueType migdesc_model_param_type (const MigdescModelParam *row);

/* model-rows-read.c: puts the values where the declaration says. What a limit left out gets its off
 * value. Strings are those of the configuration. */
void migdesc_model_table_read (const MigdescModelTable *table,
                               guint limit,
                               const MigdescConfig *config,
                               gpointer data);

G_END_DECLS
