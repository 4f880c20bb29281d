/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/* The innermost loops of reading JSON, shared by the reader, the locator and the writer. */

typedef enum
{
  MIGDESC_JSON_ERROR, /* the reader has failed, or nothing that starts a value stands here */
  MIGDESC_JSON_END,   /* of the text */
  MIGDESC_JSON_OBJECT,
  MIGDESC_JSON_ARRAY,
  MIGDESC_JSON_STRING,
  MIGDESC_JSON_NUMBER,
  MIGDESC_JSON_TRUE,
  MIGDESC_JSON_FALSE,
  MIGDESC_JSON_NULL
} MigdescJsonKind;

/* By the first character of a value. */
extern const guint8 migdesc_json_kinds[256];

/* For messages: "an object", "a string", ... */
const char *migdesc_json_kind_name (MigdescJsonKind kind);

/* The first byte of a valid UTF-8 character of two to four bytes at text gives its length;
 * anything else 0. */
guint migdesc_utf8_length (const char *text, const char *end);

const char *migdesc_json_skip_space_run (const char *cursor, const char *end);

/* The first byte that is not JSON white space. */
static inline const char *
migdesc_json_skip_space (const char *cursor,
                         const char *end)
{
  if (G_LIKELY (cursor != end && (guchar) *cursor > ' '))
    return cursor;
  if (G_LIKELY (end - cursor > 1 && *cursor == ' ' && (guchar) cursor[1] > ' '))
    return cursor + 1;
  return migdesc_json_skip_space_run (cursor, end);
}

static inline gboolean
migdesc_json_is_plain (guchar byte)
{
  return byte >= ' ' && byte < 0x80 && byte != '"' && byte != '\\';
}

/* A word with the top bit of some bytes set; the lowest of them is exact: bytes that are not
 * plain. */
static inline guint64
migdesc_json_special_bytes (guint64 word)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 quote = word ^ ones * '"';
  guint64 backslash = word ^ ones * '\\';

  return ((word - ones * ' ') | (quote - ones) | (backslash - ones) | word) & (ones << 7);
}

/* The first byte of a string that is a quotation mark, a backslash, a control character or beyond
 * ASCII; or end. */
static inline const char *
migdesc_json_plain_end (const char *cursor,
                        const char *end)
{
#ifdef __SSE2__
  while (G_LIKELY (end - cursor >= 16))
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) cursor);
      /* as signed bytes, what is beyond ASCII is below the space too */
      __m128i low = _mm_cmplt_epi8 (bytes, _mm_set1_epi8 (' '));
      __m128i quote = _mm_cmpeq_epi8 (bytes, _mm_set1_epi8 ('"'));
      __m128i backslash = _mm_cmpeq_epi8 (bytes, _mm_set1_epi8 ('\\'));
      int special = _mm_movemask_epi8 (_mm_or_si128 (low, _mm_or_si128 (quote, backslash)));

      if (special != 0)
        return cursor + __builtin_ctz ((guint) special);
      cursor += 16;
    }
#endif
  while (end - cursor >= 8)
    {
      guint64 word;
      guint64 special;

      memcpy (&word, cursor, sizeof word);
      special = migdesc_json_special_bytes (GUINT64_FROM_LE (word));
      if (special != 0)
        return cursor + (__builtin_ctzll (special) >> 3);
      cursor += 8;
    }
  while (cursor != end && migdesc_json_is_plain ((guchar) *cursor))
    cursor++;
  return cursor;
}

G_END_DECLS
