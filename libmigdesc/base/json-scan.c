/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/json-scan.h"

const guint8 migdesc_json_kinds[256] = {
  ['{'] = MIGDESC_JSON_OBJECT, ['['] = MIGDESC_JSON_ARRAY,  ['"'] = MIGDESC_JSON_STRING,
  ['t'] = MIGDESC_JSON_TRUE,   ['f'] = MIGDESC_JSON_FALSE,  ['n'] = MIGDESC_JSON_NULL,
  ['-'] = MIGDESC_JSON_NUMBER, ['0'] = MIGDESC_JSON_NUMBER, ['1'] = MIGDESC_JSON_NUMBER,
  ['2'] = MIGDESC_JSON_NUMBER, ['3'] = MIGDESC_JSON_NUMBER, ['4'] = MIGDESC_JSON_NUMBER,
  ['5'] = MIGDESC_JSON_NUMBER, ['6'] = MIGDESC_JSON_NUMBER, ['7'] = MIGDESC_JSON_NUMBER,
  ['8'] = MIGDESC_JSON_NUMBER, ['9'] = MIGDESC_JSON_NUMBER,
};

const char *
migdesc_json_kind_name (MigdescJsonKind kind)
{
  static const char *const names[] = {
    [MIGDESC_JSON_ERROR] = "no value",    [MIGDESC_JSON_END] = "the end of the text",
    [MIGDESC_JSON_OBJECT] = "an object",  [MIGDESC_JSON_ARRAY] = "an array",
    [MIGDESC_JSON_STRING] = "a string",   [MIGDESC_JSON_NUMBER] = "a number",
    [MIGDESC_JSON_TRUE] = "true",         [MIGDESC_JSON_FALSE] = "false",
    [MIGDESC_JSON_NULL] = "null",
  };

  return names[kind];
}

static gboolean
is_continuation (char byte)
{
  return ((guchar) byte & 0xc0) == 0x80;
}

/* Table 3-7 of the Unicode standard: the second byte's bounds keep out overlong forms, surrogates
 * and what is above U+10FFFF. */
guint
migdesc_utf8_length (const char *text,
                     const char *end)
{
  gsize room = (gsize) (end - text);
  guchar first = room > 0 ? (guchar) text[0] : 0;
  guchar second = room > 1 ? (guchar) text[1] : 0;

  if (first < 0xc2 || first > 0xf4 || !is_continuation ((char) second))
    return 0;
  if (first < 0xe0)
    return 2;
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)
      || (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
    return 0;
  if (room < 3 || !is_continuation (text[2]))
    return 0;
  if (first < 0xf0)
    return 3;
  return room >= 4 && is_continuation (text[3]) ? 4 : 0;
}

static gboolean
is_space (char byte)
{
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* Indentation is one line end and then spaces: sixteen at a time. */
const char *
migdesc_json_skip_space_run (const char *cursor,
                             const char *end)
{
  while (cursor != end && is_space (*cursor))
    {
      cursor++;
#ifdef __SSE2__
      while (end - cursor >= 16)
        {
          __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) cursor);
          guint spaces = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes, _mm_set1_epi8 (' ')));

          if (spaces != 0xffff)
            {
              cursor += __builtin_ctz (~spaces);
              break;
            }
          cursor += 16;
        }
#endif
    }
  return cursor;
}
