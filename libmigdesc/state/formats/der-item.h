/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <migdesc/migdesc-error.h>

G_BEGIN_DECLS

/* Items of DER (X.690): a tag of one byte, a length, contents. */

typedef enum
{
  MIGDESC_DER_BOOLEAN = 0x01,
  MIGDESC_DER_INTEGER = 0x02,
  MIGDESC_DER_OCTETS = 0x04,
  MIGDESC_DER_NULL = 0x05,
  MIGDESC_DER_REAL = 0x09,
  MIGDESC_DER_ENUMERATED = 0x0a,
  MIGDESC_DER_TEXT = 0x0c,
  MIGDESC_DER_SEQUENCE = 0x30,
  MIGDESC_DER_SECTION = 0xa0,
  MIGDESC_DER_DROPPABLE = 0xa1 /* a section that a reader may skip */
} MigdescDerTag;

typedef struct
{
  guint tag;          /* MigdescDerTag; 0: not an item, or not all of it */
  const guint8 *data; /* its contents */
  gsize length;
  gsize head; /* bytes before the contents */
} MigdescDerItem;

/* The most bytes of an integer, and of a real */
#define MIGDESC_DER_INTEGER_MAX 9
#define MIGDESC_DER_REAL_MAX 10

/* The first item; at most G_MAXINT bytes are looked at. */
void migdesc_der_read (const guint8 *data, gsize length, MigdescDerItem *item);
/* "a SEQUENCE", "an INTEGER", ... */
const char *migdesc_der_tag_to_text (guint tag);
gboolean migdesc_der_item_is_text (const MigdescDerItem *item, const char *text);

/* FALSE: 64 bits cannot hold it. The contents are those of an INTEGER. */
gboolean migdesc_der_get_uint (const guint8 *data, gsize length, guint64 *value);
gboolean migdesc_der_get_int (const guint8 *data, gsize length, gint64 *value);
/* The contents of a REAL: their length. */
gsize migdesc_der_make_real (double value, guint8 bytes[MIGDESC_DER_REAL_MAX]);
/* FALSE: not the one form in DER of a double. */
gboolean migdesc_der_get_real (const guint8 *data, gsize length, double *value);

void migdesc_der_put_uint (GByteArray *output, MigdescDerTag tag, guint64 value);
void migdesc_der_put_int (GByteArray *output, gint64 value);
void migdesc_der_put_real (GByteArray *output, double value);
void migdesc_der_put_bool (GByteArray *output, gboolean value);
void migdesc_der_put_null (GByteArray *output);
void migdesc_der_put_text (GByteArray *output, const char *text, gsize length);
/* The contents follow. */
void migdesc_der_put_octets_head (GByteArray *output, gsize length);
/* Where an item with items inside begins, to be given to end. */
gsize migdesc_der_begin (GByteArray *output, MigdescDerTag tag);
void migdesc_der_end (GByteArray *output, gsize begin);

/* Sets an error that says the place. Always FALSE. */
gboolean migdesc_der_fail (GError **error,
                           MigdescError code,
                           guint64 offset,
                           const char *format,
                           ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
