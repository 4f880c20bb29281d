/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-state-type.h>

G_BEGIN_DECLS

/* The schema that a descriptor publishes, or NULL where none says all: of a version that only
 * transforms know there is one for each configuration, and transforms end with the newest version
 * of all, not with that of a limit. */
char *migdesc_backend_dup_schema (MigdescStateType *type);

/* A descriptor that ends with a version of the model, if @limit names one, and has the schema of
 * @type for its state, if it is given. Fails with invalid-argument, and with what a descriptor can
 * have wrong. */
MigdescDescriptor *migdesc_backend_limit_descriptor (MigdescDescriptor *descriptor,
                                                     const char *model,
                                                     const char *limit,
                                                     MigdescStateType *type,
                                                     GError **error);

/* Whether a program that ends with the version at that position does not know the param: nothing
 * turns it on before. */
gboolean migdesc_backend_is_later (MigdescModel *model, MigdescParam *param, guint limit);
guint migdesc_backend_find_version (MigdescModel *model, const char *name); /* or G_MAXUINT */

/* The state version that a version of the model names; 0: none. */
guint migdesc_backend_get_version_state (MigdescModel *model, const char *version);

G_END_DECLS
