/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-text.h>
#include <string.h>

#include "base/json-scan.h"
#include "base/quote.h"

#define ELLIPSIS "\xe2\x80\xa6"

/* Ends a line or turns the direction of the text: line separators and the property Bidi_Control. */
static gboolean
is_unsafe (gunichar character)
{
  static const struct
  {
    gunichar first;
    gunichar last;
  } unsafe[] = {
    { 0x0080, 0x009f }, { 0x061c, 0x061c }, { 0x200e, 0x200f },
    { 0x2028, 0x202e }, { 0x2066, 0x2069 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unsafe); i++)
    if (character >= unsafe[i].first && character <= unsafe[i].last)
      return TRUE;
  return FALSE;
}

/* Writes the ASCII character or stray byte into piece, gives the characters written. */
static guint
quote_byte (char piece[8],
            guchar byte)
{
  static const char hex[] = "0123456789abcdef";
  static const char names[32] = { ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't' };

  if (byte >= ' ' && byte < 0x7f && byte != '\\')
    {
      piece[0] = (char) byte;
      return 1;
    }
  piece[0] = '\\';
  if (byte == '\\' || (byte < ' ' && names[byte] != '\0'))
    {
      piece[1] = byte == '\\' ? '\\' : names[byte];
      return 2;
    }
  piece[1] = 'x';
  piece[2] = hex[byte >> 4];
  piece[3] = hex[byte & 15];
  return 4;
}

/* What stands for the character at text: its bytes in piece, *width characters. Gives the bytes
 * of text used. */
static guint
quote_character (const char *text,
                 const char *end,
                 char piece[8],
                 guint *n_bytes,
                 guint *width)
{
  guint length = migdesc_utf8_length (text, end);
  gunichar character;

  if (length == 0)
    {
      *n_bytes = *width = quote_byte (piece, (guchar) *text);
      return 1;
    }

  character = g_utf8_get_char (text);
  if (is_unsafe (character))
    {
      *n_bytes = *width = (guint) g_snprintf (piece, 8, "\\u%04x", character);
      return length;
    }
  memcpy (piece, text, length);
  *n_bytes = length;
  *width = 1;
  return length;
}

void
migdesc_quote_append (GString *message,
                      const char *text,
                      gsize length)
{
  const char *end = length > 0 ? text + length : text; /* no text may be NULL */
  gsize cut = message->len; /* up to here there is room for an ellipsis */
  guint total = 0;

  while (text != end)
    {
      char piece[8];
      guint n_bytes;
      guint width;

      text += quote_character (text, end, piece, &n_bytes, &width);
      if (total + width > MIGDESC_QUOTE_MAX)
        {
          g_string_truncate (message, cut);
          g_string_append (message, ELLIPSIS);
          return;
        }
      total += width;
      g_string_append_len (message, piece, n_bytes);
      if (total < MIGDESC_QUOTE_MAX)
        cut = message->len;
    }
}

char *
migdesc_quote (const char *text,
               gssize length)
{
  GString *quoted = g_string_new (NULL);

  migdesc_quote_append (quoted, text, length < 0 ? strlen (text) : (gsize) length);
  return g_string_free (quoted, FALSE);
}

/**
 * migdesc_escape_text:
 * @text: any text, which need not be UTF-8
 *
 * Makes text safe for a terminal or a log. Control characters, line ends, characters that turn the
 * direction of the text, and bytes that are not UTF-8 are written as `\n`, `\t`, `\x1b` or
 * `\u202e`; nothing is cut, and backslashes stay as they are, so that escaping twice changes
 * nothing. What this library writes into messages is escaped already.
 *
 * Returns: (transfer full): the escaped text, UTF-8 of one line
 *
 * Since: 1.0
 */
char *
migdesc_escape_text (const char *text)
{
  GString *escaped;
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  escaped = g_string_new (NULL);
  for (end = text + strlen (text); text != end;)
    {
      char piece[8];
      guint n_bytes = 1;
      guint width;

      piece[0] = *text;
      text += *text == '\\' ? 1 : quote_character (text, end, piece, &n_bytes, &width);
      g_string_append_len (escaped, piece, n_bytes);
    }
  return g_string_free (escaped, FALSE);
}
