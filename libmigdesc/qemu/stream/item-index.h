/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/stream/item.h"

G_BEGIN_DECLS

/* The sections that have a name, by kind, name and instance; of those that have all of these in
 * common the first goes with the first of another stream, the second with the second. */

/* Numbers those that have all in common. Transfer full; the items have to live as long. */
GHashTable *migdesc_qemu_item_index_new (const GPtrArray *items);
/* The one that goes with an item of any stream; NULL: there is none. */
const MigdescQemuItem *migdesc_qemu_item_index_find (GHashTable *index,
                                                     const MigdescQemuItem *wanted);
/* The first that has all in common with it; itself, if there is no other before it. */
const MigdescQemuItem *migdesc_qemu_item_index_find_first (GHashTable *index,
                                                           const MigdescQemuItem *item);

G_END_DECLS
