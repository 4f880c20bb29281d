/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-model-table.h>
#include <migdesc/migdesc-state-type.h>

G_BEGIN_DECLS

/* What the program declared, up to the version at @limit: the descriptor, or an error that names
 * all that is wrong. @type is nullable, and limited already. */
MigdescDescriptor *migdesc_model_table_build (const MigdescModelTable *table,
                                              guint limit,
                                              MigdescStateType *type,
                                              GError **error);

G_END_DECLS
