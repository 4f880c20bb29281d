/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-config.h>
#include "model/core.h"

G_BEGIN_DECLS

/* One block: header, n_params values, then the bytes of strings that are not in the store. For a
 * version-only model there are no values and `version` says all; otherwise `version` is what
 * migdesc_model_core_version_of finds, looked up when asked. */
struct _MigdescConfig
{
  gatomicrefcount ref_count;
  guint32 version; /* position, for version-only models; else MIGDESC_NOT_FOUND */
  MigdescStore *store;
  const MigdescModelCore *model;
  guint64 hash;
  MigdescValue values[];
};

/* Copies @values, of which @hash is the hash. @foreign are the positions of the @n_foreign strings
 * among them that are not in the store's arena and so are copied too. */
MigdescConfig *migdesc_config_new (MigdescStore *store,
                                   const MigdescModelCore *model,
                                   const MigdescValue *values,
                                   guint64 hash,
                                   const guint32 *foreign,
                                   guint n_foreign);
MigdescConfig *migdesc_config_new_version_only (MigdescStore *store,
                                                const MigdescModelCore *model,
                                                guint32 version);

G_END_DECLS
