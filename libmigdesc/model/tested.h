/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* The same descriptor with more tested pairs of a model. Each is listed by the newer of its
 * versions; one that is listed already, by any, is not listed twice. All else is shared with
 * @store, which the result keeps. */
MigdescStore *migdesc_store_add_tested (MigdescStore *store,
                                        const MigdescModelCore *model,
                                        const MigdescTested *pairs,
                                        guint32 n_pairs);
/* The same descriptor without those pairs, whichever versions list them. */
MigdescStore *migdesc_store_remove_tested (MigdescStore *store,
                                           const MigdescModelCore *model,
                                           const MigdescTested *pairs,
                                           guint32 n_pairs);

G_END_DECLS
