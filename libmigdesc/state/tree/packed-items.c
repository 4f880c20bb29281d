/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/tree/packed-number.h"
#include "state/tree/packed.h"

/* Arrays of scalars, in pieces. */

/* Loops over contiguous elements are for the compiler to make vectors of. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

#define LOAD(bits, at)                       \
  ({                                         \
    guint##bits value_;                      \
    memcpy (&value_, (at), sizeof value_);   \
    value_;                                  \
  })

#define STORE(bits, at, value)               \
  ({                                         \
    guint##bits stored_ = (guint##bits) (value); \
    memcpy ((at), &stored_, sizeof stored_); \
  })

#define TO_CODE(bits, value) \
  ((guint##bits) ((value) << 1) ^ (guint##bits) ((gint##bits) (value) >> (bits - 1)))
#define FROM_CODE(bits, code) ((guint##bits) ((code) >> 1) ^ (guint##bits) (0 - ((code) & 1)))

static gsize
get_piece_length (const MigdescField *field)
{
  return MIGDESC_PIECE / migdesc_field_wire_width (field);
}

gsize
migdesc_packed_piece_size (const MigdescField *field,
                           gsize n)
{
  /* short ones only where they are shorter */
  return n * migdesc_field_wire_width (field) + 1 + MIGDESC_PACKED_NUMBER_MAX;
}

/* What the elements of a piece have in common. */
typedef struct
{
  guint64 any;    /* the bits that their codes have */
  gsize in_short; /* bytes as single numbers */
} Measure;

#define DEFINE_MEASURE(bits)                                                      \
  static inline Measure                                                           \
  measure_##bits (const guint8 *data, gsize n, gboolean is_signed)                \
  {                                                                               \
    guint##bits any = 0;                                                          \
    guint32 more = 0;                                                             \
                                                                                  \
    for (gsize i = 0; i < n; i++)                                                 \
      {                                                                           \
        guint##bits code = LOAD (bits, data + i * sizeof any);                    \
                                                                                  \
        if (is_signed)                                                            \
          code = TO_CODE (bits, code);                                            \
        any |= code;                                                              \
        more += MORE_##bits (code);                                               \
      }                                                                           \
    return (Measure) { any, n + more };                                           \
  }

#define MORE_16(code) ((guint32) (code >= 0x80) + (code >= 0x4000))
#define MORE_32(code)                                                             \
  ((guint32) (code >= 0x80) + (code >= 0x4000) + (code >= 0x200000) + (code >= 0x10000000))
#define MORE_64(code) ((70 - (guint32) __builtin_clzll (code | 1)) / 7 - 1)

DEFINE_MEASURE (16)
DEFINE_MEASURE (32)
DEFINE_MEASURE (64)

static Measure
measure_doubles (const guint8 *data,
                 gsize n)
{
  Measure measure = { G_MAXUINT64, 0 };

  for (gsize i = 0; i < n; i++)
    measure.in_short += migdesc_double_get_packed_size (LOAD (64, data + i * 8));
  return measure;
}

static Measure
measure_piece (const MigdescField *field,
               const guint8 *data,
               gsize n)
{
  gboolean is_signed = migdesc_field_is_signed (field);

  if (field->kind == MIGDESC_FIELD_DOUBLE)
    return measure_doubles (data, n);
  switch (field->width)
    {
    case 2:
      return is_signed ? measure_16 (data, n, TRUE) : measure_16 (data, n, FALSE);
    case 4:
      return is_signed ? measure_32 (data, n, TRUE) : measure_32 (data, n, FALSE);
    default:
      return is_signed ? measure_64 (data, n, TRUE) : measure_64 (data, n, FALSE);
    }
}

static guint
choose_encoding (const MigdescField *field,
                 const guint8 *data,
                 gsize n,
                 gsize *in_short)
{
  const Measure measure = measure_piece (field, data, n);
  guint width = measure.any <= 0xff ? 1 : measure.any <= 0xffff ? 2
                                      : measure.any <= 0xffffffff ? 4 : 8;

  *in_short = measure.in_short;
  return 2 * width * n > 3 * measure.in_short ? MIGDESC_PACKED_SHORT : width;
}

#define NARROW(from, to)                                                          \
  for (gsize i = 0; i < n; i++)                                                   \
    {                                                                             \
      guint##from code = LOAD (from, data + i * (from / 8));                      \
                                                                                  \
      STORE (to, at + i * (to / 8), is_signed ? TO_CODE (from, code) : code);     \
    }

#define WIDEN(from, to)                                                           \
  for (gsize i = 0; i < n; i++)                                                   \
    {                                                                             \
      guint##to code = LOAD (from, at + i * (from / 8));                          \
                                                                                  \
      STORE (to, data + i * (to / 8), is_signed ? FROM_CODE (to, code) : code);   \
    }

/* Two widths in bytes, as one number. */
#define PAIR(from, to) ((from) * 16 + (to))

static void
narrow (const guint8 *data,
        guint width,
        gsize n,
        gboolean is_signed,
        guint8 *at,
        guint to_width)
{
  switch (PAIR (width, to_width))
    {
    case PAIR (2, 1):
      NARROW (16, 8);
      break;
    case PAIR (2, 2):
      NARROW (16, 16);
      break;
    case PAIR (4, 1):
      NARROW (32, 8);
      break;
    case PAIR (4, 2):
      NARROW (32, 16);
      break;
    case PAIR (4, 4):
      NARROW (32, 32);
      break;
    case PAIR (8, 1):
      NARROW (64, 8);
      break;
    case PAIR (8, 2):
      NARROW (64, 16);
      break;
    case PAIR (8, 4):
      NARROW (64, 32);
      break;
    default:
      NARROW (64, 64);
      break;
    }
}

static void
widen (const guint8 *at,
       guint from_width,
       gsize n,
       gboolean is_signed,
       guint8 *data,
       guint width)
{
  switch (PAIR (from_width, width))
    {
    case PAIR (1, 2):
      WIDEN (8, 16);
      break;
    case PAIR (2, 2):
      WIDEN (16, 16);
      break;
    case PAIR (1, 4):
      WIDEN (8, 32);
      break;
    case PAIR (2, 4):
      WIDEN (16, 32);
      break;
    case PAIR (4, 4):
      WIDEN (32, 32);
      break;
    case PAIR (1, 8):
      WIDEN (8, 64);
      break;
    case PAIR (2, 8):
      WIDEN (16, 64);
      break;
    case PAIR (4, 8):
      WIDEN (32, 64);
      break;
    default:
      WIDEN (64, 64);
      break;
    }
}

/* As many bytes as they are, whatever they mean. */
static gboolean
is_copied (const MigdescField *field,
           guint width)
{
  return width == field->width && (width == 1 || !migdesc_field_is_signed (field));
}

static void
add_short (MigdescPacking *packing,
           MigdescPacked *packed,
           const MigdescField *field,
           const guint8 *data,
           guint64 first,
           gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint8 *at = packed->data + packed->length;
      guint64 value = migdesc_field_load (field, data + i * field->width);

      if (i > 0)
        migdesc_packing_mark (packing, packed, first + i, TRUE);
      packed->length += (gsize) (migdesc_pack_scalar (at, field, value) - at);
    }
}

static void
add_bytes (MigdescPacked *packed,
           const MigdescField *field,
           const guint8 *data,
           gsize n)
{
  guint8 *at = packed->data + packed->length;

  if (field->width == 1)
    memcpy (at, data, n);
  else
    for (gsize i = 0; i < n; i++)
      at[i] = (guint8) migdesc_scalar_load (data + i * field->width, field->width);
  packed->length += n;
  packed->covered += n;
}

void
migdesc_packing_add_piece (MigdescPacking *packing,
                           MigdescPacked *packed,
                           const MigdescField *field,
                           const guint8 *data,
                           guint64 first,
                           gsize n)
{
  guint8 *at = packed->data + packed->length;
  gsize in_short;
  guint encoding;

  if (n == 0)
    return;
  if (migdesc_field_wire_width (field) == 1)
    {
      add_bytes (packed, field, data, n);
      return;
    }
  migdesc_packing_mark (packing, packed, first, FALSE);
  encoding = choose_encoding (field, data, n, &in_short);
  *at++ = (guint8) encoding;
  if (encoding == MIGDESC_PACKED_SHORT)
    {
      at = migdesc_pack_number (at, in_short);
      packed->length = (gsize) (at - packed->data);
      add_short (packing, packed, field, data, first, n);
      return;
    }
  if (is_copied (field, encoding))
    memcpy (at, data, n * encoding);
  else
    narrow (data, field->width, n, migdesc_field_is_signed (field), at, encoding);
  packed->length += 1 + n * encoding;
  packed->covered += n * encoding;
}

void
migdesc_items_init (MigdescItems *items,
                    const MigdescField *field,
                    const guint8 *at,
                    guint64 n)
{
  *items = (MigdescItems) { .field = field, .at = at, .n = n };
}

/* Returns the length of a piece of single numbers, else 0. */
static guint64
begin_piece (MigdescItems *items)
{
  guint64 length = 0;

  items->encoding = 1;
  items->left = (gsize) (items->n - items->i);
  if (migdesc_field_wire_width (items->field) == 1)
    return 0;
  items->left = MIN (items->left, get_piece_length (items->field));
  items->encoding = *items->at++;
  if (items->encoding == MIGDESC_PACKED_SHORT)
    items->at = migdesc_unpack_number (items->at, &length);
  return length;
}

static void
go_to_mark (MigdescItems *items,
            const MigdescPacked *packed,
            guint64 element)
{
  const MigdescPackedArray *array
      = migdesc_packed_find (packed, items->field, (gsize) (items->at - packed->data));
  const MigdescPackedMark *mark;

  if (array == NULL)
    return;
  if (element == items->n)
    {
      items->at = packed->data + array->end;
      items->i = items->n;
      return;
    }
  mark = migdesc_packed_find_mark (packed, array, element);
  if (mark == NULL)
    return;
  items->at = packed->data + mark->at;
  items->i = mark->element;
  if (!mark->is_inside)
    return;
  items->encoding = MIGDESC_PACKED_SHORT;
  items->left = get_piece_length (items->field);
  items->left -= (gsize) (items->i % items->left);
  items->left = (gsize) MIN (items->left, items->n - items->i);
}

/* Fewer elements never have marks. */
#define FEW 24

void
migdesc_items_seek (MigdescItems *items,
                    const MigdescPacked *packed,
                    guint64 element)
{
  if (packed != NULL && items->n >= FEW && migdesc_field_wire_width (items->field) > 1)
    go_to_mark (items, packed, element);
  while (items->i < element)
    {
      guint64 length = items->left == 0 ? begin_piece (items) : 0;
      gsize n = (gsize) MIN (items->left, element - items->i);

      if (items->encoding != MIGDESC_PACKED_SHORT)
        items->at += n * items->encoding;
      else if (length > 0 && n == items->left)
        items->at += length;
      else
        for (gsize i = 0; i < n; i++)
          items->at = migdesc_skip_scalar (items->at, items->field);
      items->i += n;
      items->left -= n;
    }
}

guint64
migdesc_items_next (MigdescItems *items)
{
  const MigdescField *field = items->field;
  guint64 value;

  if (items->left == 0)
    begin_piece (items);
  items->i++;
  items->left--;
  if (items->encoding == MIGDESC_PACKED_SHORT || migdesc_field_wire_width (field) == 1)
    {
      items->at = migdesc_unpack_scalar (items->at, field, &value);
      return value;
    }
  value = migdesc_scalar_load (items->at, items->encoding);
  items->at += items->encoding;
  return migdesc_field_is_signed (field) ? migdesc_code_to_sign (value) : value;
}

static void
read_piece (MigdescItems *items,
            guint8 *data,
            gsize n)
{
  const MigdescField *field = items->field;
  guint64 value;

  if (items->encoding == MIGDESC_PACKED_SHORT || (items->encoding == 1 && field->width > 1
                                                   && migdesc_field_wire_width (field) == 1))
    {
      for (gsize i = 0; i < n; i++)
        {
          items->at = migdesc_unpack_scalar (items->at, field, &value);
          migdesc_scalar_store (data + i * field->width, field->width, value);
        }
      return;
    }
  if (is_copied (field, items->encoding))
    memcpy (data, items->at, n * items->encoding);
  else
    widen (items->at, items->encoding, n, migdesc_field_is_signed (field), data, field->width);
  items->at += n * items->encoding;
}

void
migdesc_items_read (MigdescItems *items,
                    guint8 *data,
                    gsize n)
{
  while (n > 0)
    {
      gsize now;

      if (items->left == 0)
        begin_piece (items);
      now = MIN (n, items->left);
      read_piece (items, data, now);
      items->i += now;
      items->left -= now;
      data += now * items->field->width;
      n -= now;
    }
}
