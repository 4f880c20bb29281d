/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* The name of the model that several descriptors are asked about: the first one's only model where
 * none is named. Errors: not-unique, model-not-found. */
char *migdesc_stores_choose_model (MigdescStore *const *stores,
                                   guint32 n_stores,
                                   const char *model,
                                   GError **error);

G_END_DECLS
