/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transforms.h>

G_BEGIN_DECLS

/* Which of the schemas of a state version, one for each configuration, a state is of. */

/* The schemas of a version, that most like another schema first: like, in the configuration that
 * is asked for. The order of the calls decides between those that are alike. */
GPtrArray *migdesc_transforms_list_like (MigdescTransforms *transforms,
                                         guint version,
                                         MigdescStateType *like);

/* The variant as a state of the first of them that it is one of. Fails with the error of the one
 * that is most like. */
MigdescState *migdesc_transforms_fit (MigdescTransforms *transforms,
                                      guint version,
                                      MigdescStateType *like,
                                      GVariant *variant,
                                      GError **error);

/* A state as that version has it, by the schema that fits. There has to be one. */
MigdescState *migdesc_transforms_apply_to_version (MigdescTransforms *transforms,
                                                   MigdescState *state,
                                                   guint version,
                                                   GError **error);

G_END_DECLS
