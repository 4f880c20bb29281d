/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/der-item.h"

#include <libtasn1.h>
#include <string.h>

/* One item at a time, by libtasn1's functions for parts: no tree of its nodes is built. */

void
migdesc_der_read (const guint8 *data,
                  gsize length,
                  MigdescDerItem *item)
{
  int available = (int) MIN (length, G_MAXINT);
  unsigned char class;
  unsigned long number;
  int tag_size, length_size;
  long size;

  *item = (MigdescDerItem) { 0 };
  if (asn1_get_tag_der (data, available, &class, &tag_size, &number) != ASN1_SUCCESS
      || tag_size != 1)
    return;
  size = asn1_get_length_der (data + tag_size, available - tag_size, &length_size);
  if (size < 0 || size > available - tag_size - length_size)
    return;
  item->tag = data[0];
  item->head = (gsize) (tag_size + length_size);
  item->data = data + item->head;
  item->length = (gsize) size;
}

const char *
migdesc_der_tag_to_text (guint tag)
{
  switch (tag)
    {
    case MIGDESC_DER_BOOLEAN:
      return "a BOOLEAN";
    case MIGDESC_DER_INTEGER:
      return "an INTEGER";
    case MIGDESC_DER_OCTETS:
      return "an OCTET STRING";
    case MIGDESC_DER_NULL:
      return "a NULL";
    case MIGDESC_DER_REAL:
      return "a REAL";
    case MIGDESC_DER_ENUMERATED:
      return "an ENUMERATED";
    case MIGDESC_DER_TEXT:
      return "a UTF8String";
    case MIGDESC_DER_SEQUENCE:
      return "a SEQUENCE";
    case MIGDESC_DER_SECTION:
    case MIGDESC_DER_DROPPABLE:
      return "a section";
    default:
      return "nothing";
    }
}

gboolean
migdesc_der_item_is_text (const MigdescDerItem *item,
                          const char *text)
{
  return item->tag == MIGDESC_DER_TEXT && item->length == strlen (text)
         && memcmp (item->data, text, item->length) == 0;
}

gboolean
migdesc_der_get_uint (const guint8 *data,
                      gsize length,
                      guint64 *value)
{
  if (length == 0 || (data[0] & 0x80) != 0 || length > MIGDESC_DER_INTEGER_MAX
      || (length == MIGDESC_DER_INTEGER_MAX && data[0] != 0))
    return FALSE;
  *value = 0;
  for (gsize i = 0; i < length; i++)
    *value = *value << 8 | data[i];
  return TRUE;
}

gboolean
migdesc_der_get_int (const guint8 *data,
                     gsize length,
                     gint64 *value)
{
  guint64 bits;

  if (length == 0 || length > sizeof bits)
    return FALSE;
  bits = (data[0] & 0x80) != 0 ? G_MAXUINT64 : 0;
  for (gsize i = 0; i < length; i++)
    bits = bits << 8 | data[i];
  *value = (gint64) bits;
  return TRUE;
}

static void
put_length (GByteArray *output,
            gsize length)
{
  guint8 bytes[ASN1_MAX_LENGTH_SIZE];
  int n;

  asn1_length_der (length, bytes, &n);
  g_byte_array_append (output, bytes, (guint) n);
}

static void
put_head (GByteArray *output,
          guint type,
          gconstpointer data,
          gsize length)
{
  guint8 bytes[ASN1_MAX_TL_SIZE];
  guint n = sizeof bytes;

  if (asn1_encode_simple_der (type, data, (guint) length, bytes, &n) == ASN1_SUCCESS)
    g_byte_array_append (output, bytes, n);
}

static void
put (GByteArray *output,
     guint type,
     gconstpointer data,
     gsize length)
{
  put_head (output, type, data, length);
  if (length > 0)
    g_byte_array_append (output, data, (guint) length);
}

/* bytes: big-endian; as few of them as will do. */
static void
put_integer (GByteArray *output,
             guint type,
             const guint8 *bytes,
             gsize length)
{
  while (length > 1
         && ((bytes[0] == 0 && (bytes[1] & 0x80) == 0)
             || (bytes[0] == 0xff && (bytes[1] & 0x80) != 0)))
    {
      bytes++;
      length--;
    }
  put (output, type, bytes, length);
}

void
migdesc_der_put_uint (GByteArray *output,
                      MigdescDerTag tag,
                      guint64 value)
{
  guint8 bytes[MIGDESC_DER_INTEGER_MAX] = { 0 };
  guint64 big = GUINT64_TO_BE (value);

  memcpy (bytes + 1, &big, sizeof big);
  put_integer (output, tag == MIGDESC_DER_INTEGER ? ASN1_ETYPE_INTEGER : ASN1_ETYPE_ENUMERATED,
               bytes, sizeof bytes);
}

void
migdesc_der_put_int (GByteArray *output,
                     gint64 value)
{
  guint64 big = GUINT64_TO_BE ((guint64) value);

  put_integer (output, ASN1_ETYPE_INTEGER, (const guint8 *) &big, sizeof big);
}

void
migdesc_der_put_bool (GByteArray *output,
                      gboolean value)
{
  guint8 byte = value ? 0xff : 0;

  put (output, ASN1_ETYPE_BOOLEAN, &byte, 1);
}

void
migdesc_der_put_null (GByteArray *output)
{
  put (output, ASN1_ETYPE_NULL, "", 0);
}

void
migdesc_der_put_text (GByteArray *output,
                      const char *text,
                      gsize length)
{
  put (output, ASN1_ETYPE_UTF8_STRING, text, length);
}

void
migdesc_der_put_octets_head (GByteArray *output,
                             gsize length)
{
  put_head (output, ASN1_ETYPE_OCTET_STRING, "", length);
}

gsize
migdesc_der_begin (GByteArray *output,
                   MigdescDerTag tag)
{
  guint8 head[] = { (guint8) tag, 0 }; /* the place of a short length: most are */

  g_byte_array_append (output, head, sizeof head);
  return output->len - 1;
}

void
migdesc_der_end (GByteArray *output,
                 gsize begin)
{
  gsize inside = output->len - begin - 1;
  guint8 bytes[ASN1_MAX_LENGTH_SIZE];
  int n;

  asn1_length_der (inside, bytes, &n);
  if (n > 1)
    {
      g_byte_array_set_size (output, output->len + (guint) n - 1);
      memmove (output->data + begin + n, output->data + begin + 1, inside);
    }
  memcpy (output->data + begin, bytes, (gsize) n);
}

void
migdesc_der_put_real (GByteArray *output,
                      double value)
{
  guint8 tag = MIGDESC_DER_REAL;
  guint8 bytes[MIGDESC_DER_REAL_MAX];
  gsize n = migdesc_der_make_real (value, bytes);

  g_byte_array_append (output, &tag, 1);
  put_length (output, n);
  g_byte_array_append (output, bytes, (guint) n);
}

gboolean
migdesc_der_fail (GError **error,
                  MigdescError code,
                  guint64 offset,
                  const char *format,
                  ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MIGDESC_ERROR, (int) code, "%s (byte %" G_GUINT64_FORMAT ")", message,
               offset);
  return FALSE;
}
