/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/* The innermost loops of reading parameter lists. They pass over the bytes that need no closer look
 * and stop at one that does. A text ends in MIGDESC_LIST_SCAN_SLACK bytes of NUL, so that it can
 * be read sixteen bytes at a time. */

#define MIGDESC_LIST_SCAN_SLACK 16

static inline gboolean
migdesc_list_is_plain_in_value (char byte)
{
  return byte >= ' ' && byte < 0x7f && byte != ',';
}

static inline gboolean
migdesc_list_is_plain_in_name (char byte)
{
  return byte > ' ' && byte < 0x7f && byte != ',' && byte != '=' && byte != '/' && byte != '?';
}

#ifdef __SSE2__

static inline __m128i
migdesc_list_find_byte (__m128i bytes,
                        char byte)
{
  return _mm_cmpeq_epi8 (bytes, _mm_set1_epi8 (byte));
}

/* Those that stop a value; as signed bytes, what is beyond ASCII is below the space. */
static inline __m128i
migdesc_list_find_odd (__m128i bytes,
                       char lowest)
{
  __m128i low = _mm_cmplt_epi8 (bytes, _mm_set1_epi8 (lowest));

  return _mm_or_si128 (_mm_or_si128 (low, migdesc_list_find_byte (bytes, 0x7f)),
                       migdesc_list_find_byte (bytes, ','));
}

static inline char *
migdesc_list_skip_value (char *cursor)
{
  for (;; cursor += 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) cursor);
      int odd = _mm_movemask_epi8 (migdesc_list_find_odd (bytes, ' '));

      if (G_LIKELY (odd != 0))
        return cursor + __builtin_ctz ((guint) odd);
    }
}

static inline char *
migdesc_list_skip_name (char *cursor)
{
  for (;; cursor += 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) cursor);
      __m128i odd = migdesc_list_find_odd (bytes, ' ' + 1);
      __m128i marks = _mm_or_si128 (migdesc_list_find_byte (bytes, '='),
                                    _mm_or_si128 (migdesc_list_find_byte (bytes, '/'),
                                                  migdesc_list_find_byte (bytes, '?')));
      int stops = _mm_movemask_epi8 (_mm_or_si128 (odd, marks));

      if (G_LIKELY (stops != 0))
        return cursor + __builtin_ctz ((guint) stops);
    }
}

#else

static inline char *
migdesc_list_skip_value (char *cursor)
{
  while (migdesc_list_is_plain_in_value (*cursor))
    cursor++;
  return cursor;
}

static inline char *
migdesc_list_skip_name (char *cursor)
{
  while (migdesc_list_is_plain_in_name (*cursor))
    cursor++;
  return cursor;
}

#endif

/* At least as many pairs as the text can have, for the size of its list. */
static inline gsize
migdesc_list_bound_pairs (const char *text,
                          gsize length)
{
  gsize n = 1;
  gsize i = 0;

#ifdef __SSE2__
  __m128i sum = _mm_setzero_si128 ();
  guint64 halves[2];

  for (; i + 16 <= length; i += 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (text + i));
      __m128i commas = _mm_and_si128 (migdesc_list_find_byte (bytes, ','), _mm_set1_epi8 (1));

      sum = _mm_add_epi64 (sum, _mm_sad_epu8 (commas, _mm_setzero_si128 ()));
    }
  _mm_storeu_si128 ((__m128i *) (gpointer) halves, sum);
  n += (gsize) (halves[0] + halves[1]);
#endif
  for (; i < length; i++)
    n += text[i] == ',';
  return n;
}

G_END_DECLS
