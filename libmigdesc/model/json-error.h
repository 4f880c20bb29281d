/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json-reader.h"

G_BEGIN_DECLS

/* What a reader has failed with, as "ORIGIN:LINE:COLUMN: MESSAGE (at POINTER)"; origin is
 * nullable. */
void migdesc_json_set_error (const MigdescJsonReader *reader,
                             const char *text,
                             gsize length,
                             const char *origin,
                             GError **error);

G_END_DECLS
