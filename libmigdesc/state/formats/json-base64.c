/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/json-base64.h"

#include <string.h>

static const char digits[]
    = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The value of a digit plus 1, so that all other bytes are 0. */
static const guint8 values[256] = {
  ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,
  ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
  ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
  ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
  ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
  ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
  ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
  ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64,
};

char *
migdesc_base64_encode (char *text,
                       const guint8 *data,
                       gsize n)
{
  for (gsize i = 0; i < n; i += 3, text += 4)
    {
      guint32 triple = (guint32) data[i] << 16 | (guint32) data[i + 1] << 8 | data[i + 2];

      text[0] = digits[triple >> 18];
      text[1] = digits[triple >> 12 & 63];
      text[2] = digits[triple >> 6 & 63];
      text[3] = digits[triple & 63];
    }
  return text;
}

char *
migdesc_base64_encode_rest (char *text,
                            const guint8 *data,
                            gsize n)
{
  guint8 rest[3] = { data[0], n > 1 ? data[1] : 0, 0 };

  migdesc_base64_encode (text, rest, 3);
  text[3] = '=';
  if (n == 1)
    text[2] = '=';
  return text + 4;
}

gboolean
migdesc_base64_get_length (const char *text,
                           gsize length,
                           gsize *n_bytes)
{
  if (length % 4 != 0)
    return FALSE;
  *n_bytes = length / 4 * 3;
  if (length > 0 && text[length - 1] == '=')
    *n_bytes -= text[length - 2] == '=' ? 2 : 1;
  return TRUE;
}

gsize
migdesc_base64_decode (guint8 *data,
                       const char *text,
                       gsize n)
{
  for (gsize i = 0; i < n; i++, text += 4, data += 3)
    {
      guint a = values[(guchar) text[0]], b = values[(guchar) text[1]];
      guint c = values[(guchar) text[2]], d = values[(guchar) text[3]];
      guint triple;

      if (G_UNLIKELY (a == 0 || b == 0 || c == 0 || d == 0))
        return i;
      triple = (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
      data[0] = (guint8) (triple >> 16);
      data[1] = (guint8) (triple >> 8);
      data[2] = (guint8) triple;
    }
  return n;
}

gboolean
migdesc_base64_decode_rest (guint8 *data,
                            const char *text,
                            gsize n_bytes)
{
  char four[4] = { text[0], text[1], n_bytes > 1 ? text[2] : 'A', n_bytes > 2 ? text[3] : 'A' };
  guint8 triple[3] = { 0, 0, 0 };

  if (migdesc_base64_decode (triple, four, 1) != 1)
    return FALSE;
  for (gsize i = n_bytes; i < 3; i++)
    if (triple[i] != 0)
      return FALSE;
  memcpy (data, triple, n_bytes);
  return TRUE;
}
