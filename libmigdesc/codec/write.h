/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* The canonical native text. */
GString *migdesc_write_canonical (const MigdescStore *store);

/* The text of a dialect. What the dialect has no words for is left out; what would not be a
 * document of it at all is conversion-refused. */
GString *migdesc_write_dialect (const MigdescStore *store, MigdescDialect dialect, GError **error);

GString *migdesc_write_v1 (const MigdescStore *store);
GString *migdesc_write_v4_text (const MigdescStore *store, GError **error);

G_END_DECLS
