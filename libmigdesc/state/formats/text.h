/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/format.h"

G_BEGIN_DECLS

/* States for people to read: a line for each value, structs by indentation, buffers shortened. It
 * cannot be read back. */

GType migdesc_text_saver_get_type (void);

/* A visitor that writes one value, and what it has written. */
MigdescVisitor *migdesc_text_saver_new (void);
GString *migdesc_text_saver_take (MigdescVisitor *visitor);

G_END_DECLS
