/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 4648, in pieces of any length; strict: no white space, padding where it belongs, no bits
 * behind the last byte. */

/* Whole triples only: n is a multiple of 3. Returns the end of the text. */
char *migdesc_base64_encode (char *text, const guint8 *data, gsize n);
/* The last one or two bytes, with padding: four characters. */
char *migdesc_base64_encode_rest (char *text, const guint8 *data, gsize n);

/* Bytes that a text of that length stands for; FALSE: no text is that long, or ends so. */
gboolean migdesc_base64_get_length (const char *text, gsize length, gsize *n_bytes);
/* Four characters to a triple, n triples, without padding. Returns how many are good: n, unless a
 * character does not belong there. */
gsize migdesc_base64_decode (guint8 *data, const char *text, gsize n);
/* The last four characters: n_bytes are 1 to 3. FALSE: they are not canonical. */
gboolean migdesc_base64_decode_rest (guint8 *data, const char *text, gsize n_bytes);

G_END_DECLS
