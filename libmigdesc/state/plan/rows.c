/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan/rows.h"

#include <string.h>

/* For the compiler to unroll what is short and often gone through. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3,unroll-loops")
#endif

/* Which bits occur in any row is known for free while the rows are copied. A row of a length
 * that is no power of two is copied as two pieces that overlap, in one go. */

typedef guint64 Pair __attribute__ ((vector_size (16)));

#define has_none_1(bits) ((bits) == 0)
#define has_none_2(bits) ((bits) == 0)
#define has_none_4(bits) ((bits) == 0)
#define has_none_8(bits) ((bits) == 0)
#define has_none_16(bits) (((bits)[0] | (bits)[1]) == 0)

/* length: from bytes to twice as many */
#define DEFINE_COPY(bytes, Type)                                                    \
  static inline gboolean                                                            \
  copy_##bytes (const guint8 *from, gsize from_stride, guint8 *to, gsize to_stride, \
                gsize n, gsize length, const guint8 *forbidden)                     \
  {                                                                                 \
    const gsize end = length - bytes;                                               \
    Type first, last, any_first = { 0 }, any_last = { 0 };                          \
                                                                                    \
    for (; n > 0; n--, from += from_stride, to += to_stride)                        \
      {                                                                             \
        memcpy (&first, from, bytes);                                               \
        memcpy (&last, from + end, bytes);                                          \
        any_first |= first;                                                         \
        any_last |= last;                                                           \
        memcpy (to, &first, bytes);                                                 \
        memcpy (to + end, &last, bytes);                                            \
      }                                                                             \
    memcpy (&first, forbidden, bytes);                                              \
    memcpy (&last, forbidden + end, bytes);                                         \
    first = (first & any_first) | (last & any_last);                                \
    return has_none_##bytes (first);                                                \
  }

DEFINE_COPY (1, guint8)
DEFINE_COPY (2, guint16)
DEFINE_COPY (4, guint32)
DEFINE_COPY (8, guint64)
DEFINE_COPY (16, Pair)

#define COPY(bytes, length) \
  copy_##bytes (from + done, from_stride, to + done, to_stride, n, (length), forbidden + done)

static inline gboolean
copy_short_rows (const guint8 *from,
                 gsize from_stride,
                 guint8 *to,
                 gsize to_stride,
                 gsize n,
                 gsize length,
                 const guint8 *forbidden)
{
  static const guint8 nothing[MIGDESC_SHORT_ROW];
  gboolean good = TRUE;
  gsize done = 0;

  if (forbidden == NULL)
    forbidden = nothing;
  for (; length > 32; length -= 32, done += 32)
    good &= COPY (16, 32);
  if (length >= 16)
    return good & COPY (16, length);
  if (length >= 8)
    return good & COPY (8, length);
  if (length >= 4)
    return good & COPY (4, length);
  if (length >= 2)
    return good & COPY (2, length);
  return good & COPY (1, 1);
}

gboolean
migdesc_copy_row (const guint8 *from,
                  guint8 *to,
                  gsize length,
                  const guint8 *forbidden)
{
  return copy_short_rows (from, 0, to, 0, 1, length, forbidden);
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
    return copy_short_rows (from, from_stride, to, to_stride, n, length, forbidden);
  else
    for (gsize i = 0; i < n; i++)
      memcpy (to + i * to_stride, from + i * from_stride, length);
  return TRUE;
}
