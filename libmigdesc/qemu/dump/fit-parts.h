/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/dump/fit-bytes.h"

G_BEGIN_DECLS

/* What came of pairs of arrays and subsections, which a walk meets again and again. */
GHashTable *migdesc_qemu_fit_parts_new (void);
gboolean migdesc_qemu_fit_parts_recall (GHashTable *parts,
                                        gconstpointer source,
                                        gconstpointer destination,
                                        MigdescQemuFits *fits);
void migdesc_qemu_fit_parts_add (GHashTable *parts,
                                 gconstpointer source,
                                 gconstpointer destination,
                                 MigdescQemuFits fits);

G_END_DECLS
