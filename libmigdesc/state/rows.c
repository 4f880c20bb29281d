/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/rows.h"

#include <string.h>

/* Which bits occur in any row is known for free while the rows are copied. */

typedef guint64 Pair __attribute__ ((vector_size (16)));

#define has_none_1(bits) ((bits) == 0)
#define has_none_2(bits) ((bits) == 0)
#define has_none_4(bits) ((bits) == 0)
#define has_none_8(bits) ((bits) == 0)
#define has_none_16(bits) (((bits)[0] | (bits)[1]) == 0)

/* Two rows at a time, so that they don't wait for each other. */
#define DEFINE_COPY(bytes, Type)                                                    \
  static inline gboolean                                                            \
  copy_##bytes (const guint8 *from, gsize from_stride, guint8 *to, gsize to_stride, \
                gsize n, const guint8 *forbidden)                                   \
  {                                                                                 \
    Type one, other, any = { 0 }, mask;                                             \
                                                                                    \
    for (; n >= 2; n -= 2, from += 2 * from_stride, to += 2 * to_stride)            \
      {                                                                             \
        memcpy (&one, from, bytes);                                                 \
        memcpy (&other, from + from_stride, bytes);                                 \
        any |= one | other;                                                         \
        memcpy (to, &one, bytes);                                                   \
        memcpy (to + to_stride, &other, bytes);                                     \
      }                                                                             \
    if (n > 0)                                                                      \
      {                                                                             \
        memcpy (&one, from, bytes);                                                 \
        any |= one;                                                                 \
        memcpy (to, &one, bytes);                                                   \
      }                                                                             \
    memcpy (&mask, forbidden, bytes);                                               \
    any &= mask;                                                                    \
    return has_none_##bytes (any);                                                  \
  }

DEFINE_COPY (1, guint8)
DEFINE_COPY (2, guint16)
DEFINE_COPY (4, guint32)
DEFINE_COPY (8, guint64)
DEFINE_COPY (16, Pair)

static const guint8 nothing[MIGDESC_SHORT_ROW];

#define COPY_WORD(Type)                                    \
  {                                                        \
    Type value, mask;                                      \
                                                           \
    memcpy (&value, from + done, sizeof value);            \
    memcpy (&mask, forbidden + done, sizeof mask);         \
    memcpy (to + done, &value, sizeof value);              \
    bad |= value & mask;                                   \
    done += sizeof value;                                  \
  }

gboolean
migdesc_copy_row (const guint8 *from,
                  guint8 *to,
                  gsize length,
                  const guint8 *forbidden)
{
  guint64 bad = 0;
  gsize done = 0;

  if (forbidden == NULL)
    forbidden = nothing;
  while (length - done >= sizeof (guint64))
    COPY_WORD (guint64)
  if ((length & 4) != 0)
    COPY_WORD (guint32)
  if ((length & 2) != 0)
    COPY_WORD (guint16)
  if ((length & 1) != 0)
    COPY_WORD (guint8)
  return bad == 0;
}

#define COPY_PIECE(bytes)                                                                     \
  if (length - done >= (bytes))                                                               \
    {                                                                                         \
      good &= copy_##bytes (from + done, from_stride, to + done, to_stride, n,                \
                             forbidden + done);                                              \
      done += (bytes);                                                                        \
    }

static gboolean
copy_short_rows (const guint8 *from,
                 gsize from_stride,
                 guint8 *to,
                 gsize to_stride,
                 gsize n,
                 gsize length,
                 const guint8 *forbidden)
{
  gboolean good = TRUE;
  gsize done = 0;

  while (length - done >= 16)
    COPY_PIECE (16)
  COPY_PIECE (8)
  COPY_PIECE (4)
  COPY_PIECE (2)
  COPY_PIECE (1)
  return good;
}

gboolean
migdesc_copy_rows (const guint8 *from,
                   gsize from_stride,
                   guint8 *to,
                   gsize to_stride,
                   gsize n,
                   gsize length,
                   const guint8 *forbidden)
{
  if (forbidden == NULL && from_stride == length && to_stride == length)
    memcpy (to, from, n * length);
  else if (length <= MIGDESC_SHORT_ROW)
    return copy_short_rows (from, from_stride, to, to_stride, n, length,
                            forbidden != NULL ? forbidden : nothing);
  else
    for (gsize i = 0; i < n; i++)
      memcpy (to + i * to_stride, from + i * from_stride, length);
  return TRUE;
}
