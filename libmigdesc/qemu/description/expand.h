/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/description/shape.h"
#include "qemu/opaque/opaque.h"

G_BEGIN_DECLS

/* The opaque values in a section's bytes, for its state to have structs in their places. */

/* NULL: the member is none that there is a table for. */
const MigdescQemuOpaque *migdesc_qemu_member_get_opaque (const MigdescQemuMember *member);

/* All of them in the order of the bytes, as the binary format has them: GByteArray. NULL where one
 * cannot be read; then *path, unless it is NULL, is where, and *offset where it begins. Bytes are
 * as the shape says. */
GPtrArray *migdesc_qemu_expand (const MigdescQemuShape *shape,
                                const char *section,
                                const guint8 *bytes,
                                char **path,
                                gsize *offset,
                                GError **error);

G_END_DECLS
