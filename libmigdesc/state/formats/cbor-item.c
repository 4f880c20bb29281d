/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/cbor-item.h"

#include <cbor.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* One item at a time, by libcbor: none of its own values are built. */

static void
take_number (gpointer context,
             MigdescCborKind kind,
             guint64 number)
{
  MigdescCborItem *item = context;

  item->kind = kind;
  item->number = number;
}

static void
take_uint8 (void *context,
            uint8_t value)
{
  take_number (context, MIGDESC_CBOR_UINT, value);
}

static void
take_uint16 (void *context,
             uint16_t value)
{
  take_number (context, MIGDESC_CBOR_UINT, value);
}

static void
take_uint32 (void *context,
             uint32_t value)
{
  take_number (context, MIGDESC_CBOR_UINT, value);
}

static void
take_uint64 (void *context,
             uint64_t value)
{
  take_number (context, MIGDESC_CBOR_UINT, value);
}

static void
take_negative8 (void *context,
                uint8_t value)
{
  take_number (context, MIGDESC_CBOR_NEGATIVE, value);
}

static void
take_negative16 (void *context,
                 uint16_t value)
{
  take_number (context, MIGDESC_CBOR_NEGATIVE, value);
}

static void
take_negative32 (void *context,
                 uint32_t value)
{
  take_number (context, MIGDESC_CBOR_NEGATIVE, value);
}

static void
take_negative64 (void *context,
                 uint64_t value)
{
  take_number (context, MIGDESC_CBOR_NEGATIVE, value);
}

static void
take_bytes (void *context,
            cbor_data data,
            size_t length)
{
  take_number (context, MIGDESC_CBOR_BYTES, length);
  ((MigdescCborItem *) context)->data = data;
}

static void
take_text (void *context,
           cbor_data data,
           size_t length)
{
  take_number (context, MIGDESC_CBOR_TEXT, length);
  ((MigdescCborItem *) context)->data = data;
}

static void
take_array (void *context,
            size_t count)
{
  take_number (context, MIGDESC_CBOR_ARRAY, count);
}

static void
take_map (void *context,
          size_t count)
{
  take_number (context, MIGDESC_CBOR_MAP, count);
}

static void
take_bool (void *context,
           bool value)
{
  take_number (context, MIGDESC_CBOR_BOOL, value);
}

static void
take_null (void *context)
{
  take_number (context, MIGDESC_CBOR_NULL, 0);
}

static void
take_double (void *context,
             double value)
{
  take_number (context, MIGDESC_CBOR_DOUBLE, 0);
  ((MigdescCborItem *) context)->real = value;
}

static void
take_float (void *context,
            float value)
{
  take_double (context, (double) value);
}

/* Does nothing: the kind stays NOTHING. */
static void
refuse (void *context G_GNUC_UNUSED)
{
}

static void
refuse_tag (void *context G_GNUC_UNUSED,
            uint64_t value G_GNUC_UNUSED)
{
}

static const struct cbor_callbacks callbacks = {
  .uint8 = take_uint8,
  .uint16 = take_uint16,
  .uint32 = take_uint32,
  .uint64 = take_uint64,
  .negint64 = take_negative64,
  .negint32 = take_negative32,
  .negint16 = take_negative16,
  .negint8 = take_negative8,
  .byte_string_start = refuse,
  .byte_string = take_bytes,
  .string = take_text,
  .string_start = refuse,
  .indef_array_start = refuse,
  .array_start = take_array,
  .indef_map_start = refuse,
  .map_start = take_map,
  .tag = refuse_tag,
  .float2 = take_float,
  .float4 = take_float,
  .float8 = take_double,
  .undefined = refuse,
  .null = take_null,
  .boolean = take_bool,
  .indef_break = refuse,
};

void
migdesc_cbor_read (const guint8 *data,
                   gsize length,
                   MigdescCborItem *item)
{
  struct cbor_decoder_result result;

  *item = (MigdescCborItem) { .kind = MIGDESC_CBOR_NOTHING };
  if (length == 0)
    return;
  result = cbor_stream_decode (data, length, &callbacks, item);
  if (result.status != CBOR_DECODER_FINISHED)
    item->kind = MIGDESC_CBOR_NOTHING;
  item->length = item->head = result.read;
  if (item->data != NULL)
    item->head = (gsize) (item->data - data);
}

const char *
migdesc_cbor_kind_to_text (MigdescCborKind kind)
{
  static const char *const texts[] = {
    [MIGDESC_CBOR_NOTHING] = "nothing",
    [MIGDESC_CBOR_UINT] = "an unsigned integer",
    [MIGDESC_CBOR_NEGATIVE] = "a negative integer",
    [MIGDESC_CBOR_BYTES] = "a byte string",
    [MIGDESC_CBOR_TEXT] = "a text",
    [MIGDESC_CBOR_ARRAY] = "an array",
    [MIGDESC_CBOR_MAP] = "a map",
    [MIGDESC_CBOR_BOOL] = "a truth value",
    [MIGDESC_CBOR_NULL] = "null",
    [MIGDESC_CBOR_DOUBLE] = "a float",
  };

  return texts[kind];
}

gboolean
migdesc_cbor_item_is_text (const MigdescCborItem *item,
                           const char *text)
{
  return item->kind == MIGDESC_CBOR_TEXT && item->number == strlen (text)
         && memcmp (item->data, text, (gsize) item->number) == 0;
}

gsize
migdesc_cbor_get_size (const guint8 *data,
                       gsize length)
{
  guint64 due = 1;
  gsize size = 0;

  for (; due > 0; due--)
    {
      MigdescCborItem item;

      migdesc_cbor_read (data + size, length - size, &item);
      if (item.kind == MIGDESC_CBOR_NOTHING)
        return length;
      if (item.kind == MIGDESC_CBOR_ARRAY)
        due += item.number;
      if (item.kind == MIGDESC_CBOR_MAP)
        due += 2 * item.number;
      size += item.length;
    }
  return size;
}

/* The longest head, or scalar */
#define HEAD_MAX 9

void
migdesc_cbor_put_uint (GByteArray *output,
                       guint64 value)
{
  guint8 bytes[HEAD_MAX];

  g_byte_array_append (output, bytes, (guint) cbor_encode_uint (value, bytes, sizeof bytes));
}

void
migdesc_cbor_put_negative (GByteArray *output,
                           guint64 number)
{
  guint8 bytes[HEAD_MAX];

  g_byte_array_append (output, bytes, (guint) cbor_encode_negint (number, bytes, sizeof bytes));
}

void
migdesc_cbor_put_int (GByteArray *output,
                      gint64 value)
{
  if (value >= 0)
    migdesc_cbor_put_uint (output, (guint64) value);
  else
    migdesc_cbor_put_negative (output, ~(guint64) value);
}

static int
get_exponent (guint32 bits)
{
  return (int) (bits >> 23 & 0xff) - 127;
}

static gboolean
is_half (float value)
{
  guint32 bits, fraction;
  int exponent;

  memcpy (&bits, &value, sizeof bits);
  fraction = bits & 0x7fffff;
  exponent = get_exponent (bits);
  if (exponent == -127)
    return fraction == 0;
  if (exponent > 15 || exponent < -24)
    return FALSE;
  if (exponent >= -14)
    return (fraction & 0x1fff) == 0;
  /* below the least normal half, each step of the exponent costs a bit */
  return ((fraction | 0x800000) & ((1u << (13 - 14 - exponent)) - 1)) == 0;
}

guint
migdesc_cbor_float_width (double value)
{
  if (isnan (value) || isinf (value))
    return 2;
  if (fabs (value) > (double) FLT_MAX || (double) (float) value != value)
    return 8;
  return is_half ((float) value) ? 2 : 4;
}

/* Not by libcbor: 0.8 gives 0x8200 for -2^-15 * 1.5, which is 0x8300. */
static guint16
to_half (double value)
{
  float narrow = (float) value;
  guint32 bits, fraction;
  guint16 sign;
  int exponent;

  if (isnan (value))
    return 0x7e00;
  memcpy (&bits, &narrow, sizeof bits);
  sign = (guint16) (bits >> 16 & 0x8000);
  fraction = bits & 0x7fffff;
  exponent = get_exponent (bits);
  if (isinf (value))
    return sign | 0x7c00;
  if (exponent == -127)
    return sign;
  if (exponent >= -14)
    return (guint16) (sign | (exponent + 15) << 10 | fraction >> 13);
  return (guint16) (sign | (fraction | 0x800000) >> (13 - 14 - exponent));
}

void
migdesc_cbor_put_double (GByteArray *output,
                         double value)
{
  guint16 half;
  guint8 bytes[HEAD_MAX] = { 0xf9 };
  gsize n;

  switch (migdesc_cbor_float_width (value))
    {
    case 2:
      half = GUINT16_TO_BE (to_half (value));
      memcpy (bytes + 1, &half, sizeof half);
      n = 1 + sizeof half;
      break;
    case 4:
      n = cbor_encode_single ((float) value, bytes, sizeof bytes);
      break;
    default:
      n = cbor_encode_double (value, bytes, sizeof bytes);
      break;
    }
  g_byte_array_append (output, bytes, (guint) n);
}

void
migdesc_cbor_put_bool (GByteArray *output,
                       gboolean value)
{
  guint8 bytes[HEAD_MAX];

  g_byte_array_append (output, bytes, (guint) cbor_encode_bool (value, bytes, sizeof bytes));
}

void
migdesc_cbor_put_null (GByteArray *output)
{
  guint8 bytes[HEAD_MAX];

  g_byte_array_append (output, bytes, (guint) cbor_encode_null (bytes, sizeof bytes));
}

void
migdesc_cbor_put_text (GByteArray *output,
                       const char *text,
                       gsize length)
{
  guint8 bytes[HEAD_MAX];

  g_byte_array_append (output, bytes,
                       (guint) cbor_encode_string_start (length, bytes, sizeof bytes));
  if (length > 0)
    g_byte_array_append (output, (const guint8 *) text, (guint) length);
}

void
migdesc_cbor_put_bytes_head (GByteArray *output,
                             gsize length)
{
  guint8 bytes[HEAD_MAX];

  g_byte_array_append (output, bytes,
                       (guint) cbor_encode_bytestring_start (length, bytes, sizeof bytes));
}

void
migdesc_cbor_put_array_head (GByteArray *output,
                             gsize count)
{
  guint8 bytes[HEAD_MAX];

  g_byte_array_append (output, bytes,
                       (guint) cbor_encode_array_start (count, bytes, sizeof bytes));
}

void
migdesc_cbor_put_map_head (GByteArray *output,
                           gsize count)
{
  guint8 bytes[HEAD_MAX];

  g_byte_array_append (output, bytes, (guint) cbor_encode_map_start (count, bytes, sizeof bytes));
}

gsize
migdesc_cbor_begin_container (GByteArray *output)
{
  guint8 head = 0; /* the place of a short one: most are */

  g_byte_array_append (output, &head, 1);
  return output->len - 1;
}

void
migdesc_cbor_end_container (GByteArray *output,
                            gsize begin,
                            MigdescCborKind kind,
                            gsize count)
{
  guint8 bytes[HEAD_MAX];
  gsize n = kind == MIGDESC_CBOR_ARRAY ? cbor_encode_array_start (count, bytes, sizeof bytes)
                                       : cbor_encode_map_start (count, bytes, sizeof bytes);
  gsize inside = output->len - begin - 1;

  if (n > 1)
    {
      g_byte_array_set_size (output, (guint) (output->len + n - 1));
      memmove (output->data + begin + n, output->data + begin + 1, inside);
    }
  memcpy (output->data + begin, bytes, n);
}

gboolean
migdesc_cbor_fail (GError **error,
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
