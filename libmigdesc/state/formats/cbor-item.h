/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <migdesc/migdesc-error.h>

G_BEGIN_DECLS

/* Items of CBOR (RFC 8949) in the one encoding that streams have: shortest heads, shortest floats
 * that are exact, definite lengths, no tags, text as names of members. */

typedef enum
{
  MIGDESC_CBOR_NOTHING, /* not an item, or not all of it */
  MIGDESC_CBOR_UINT,    /* number */
  MIGDESC_CBOR_NEGATIVE, /* -1 - number */
  MIGDESC_CBOR_BYTES,   /* number of bytes at data */
  MIGDESC_CBOR_TEXT,    /* the same */
  MIGDESC_CBOR_ARRAY,   /* number of items follow */
  MIGDESC_CBOR_MAP,     /* number of pairs follow */
  MIGDESC_CBOR_BOOL,    /* number */
  MIGDESC_CBOR_NULL,
  MIGDESC_CBOR_DOUBLE   /* real */
} MigdescCborKind;

typedef struct
{
  MigdescCborKind kind;
  guint64 number;
  double real;
  const guint8 *data;
  gsize head;   /* bytes without those at data */
  gsize length; /* bytes with them, without items that follow */
} MigdescCborItem;

/* Of the first item: never reads behind length, never allocates. */
void migdesc_cbor_read (const guint8 *data, gsize length, MigdescCborItem *item);
/* "a map", "a text", ... */
const char *migdesc_cbor_kind_to_text (MigdescCborKind kind);
gboolean migdesc_cbor_item_is_text (const MigdescCborItem *item, const char *text);
/* Bytes of the first item with all that is inside it. The data have been scanned. */
gsize migdesc_cbor_get_size (const guint8 *data, gsize length);

void migdesc_cbor_put_uint (GByteArray *output, guint64 value);
void migdesc_cbor_put_int (GByteArray *output, gint64 value);
void migdesc_cbor_put_negative (GByteArray *output, guint64 number);
void migdesc_cbor_put_double (GByteArray *output, double value);
void migdesc_cbor_put_bool (GByteArray *output, gboolean value);
void migdesc_cbor_put_null (GByteArray *output);
void migdesc_cbor_put_text (GByteArray *output, const char *text, gsize length);
void migdesc_cbor_put_bytes_head (GByteArray *output, gsize length);
void migdesc_cbor_put_array_head (GByteArray *output, gsize count);
void migdesc_cbor_put_map_head (GByteArray *output, gsize count);
/* A container whose count is known only at its end: where it begins, to be given to end. */
gsize migdesc_cbor_begin_container (GByteArray *output);
void migdesc_cbor_end_container (GByteArray *output,
                                 gsize begin,
                                 MigdescCborKind kind,
                                 gsize count);

/* How many bytes a double needs to be exact: 2, 4 or 8. All that are not a number are the same, and
 * need 2. */
guint migdesc_cbor_float_width (double value);

/* Sets an error that says the place. Always FALSE. */
gboolean migdesc_cbor_fail (GError **error,
                            MigdescError code,
                            guint64 offset,
                            const char *format,
                            ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
