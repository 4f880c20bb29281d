/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* What a version sets a param to, or NULL if it leaves it at the start */
const MigdescSetting *migdesc_version_find_setting (const MigdescVersionCore *version,
                                                    guint32 param);

/* The position of the version of that name in another model, or MIGDESC_NOT_FOUND */
guint32 migdesc_find_version_of (const MigdescModelCore *model, const MigdescVersionCore *other);

/* What holds for a version: none if the model or the version says so, else the stronger promise of
 * the two. */
MigdescSupport migdesc_promise_of (const MigdescModelCore *model,
                                   const MigdescVersionCore *version);

/* What the versions of a model say of a configuration; not for models of versions alone. */

/* Whether the values are those of the version */
gboolean migdesc_values_are_version (const MigdescModelCore *model,
                                     const MigdescValue *values,
                                     guint32 version);
/* The first version from @from on that equals the configuration and cannot be migrated, or
 * MIGDESC_NOT_FOUND */
guint32 migdesc_find_unmigratable (const MigdescModelCore *model,
                                   const MigdescValue *values,
                                   guint64 hash,
                                   guint32 from);

G_END_DECLS
