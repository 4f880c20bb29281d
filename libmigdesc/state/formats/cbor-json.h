/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/formats/cbor-item.h"

G_BEGIN_DECLS

/* Canonical JSON as CBOR and back, digit for digit. Numbers that are not integers are floats, which
 * come back with 17 digits at most, as schemas have them; a document that has a number written in
 * another way, such as 1.50, is put as a text. */

void migdesc_cbor_put_json (GByteArray *output, const char *json, gsize length);
/* Appends the first item, that has been scanned, as canonical JSON to text; size is set to its
 * bytes. offset: of data, for errors. */
gboolean migdesc_cbor_get_json (const guint8 *data,
                                gsize length,
                                guint64 offset,
                                GString *text,
                                gsize *size,
                                GError **error);

G_END_DECLS
