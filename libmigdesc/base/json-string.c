/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/json-reader.h"
#include "base/json-string.h"

/* Four hexadecimal digits, or -1. */
static int
parse_hex4 (const char *text,
            const char *end)
{
  int value = 0;

  if (end - text < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

static gboolean
is_high_surrogate (int unit)
{
  return unit >= 0xd800 && unit <= 0xdbff;
}

static gboolean
is_low_surrogate (int unit)
{
  return unit >= 0xdc00 && unit <= 0xdfff;
}

static guint
decode_unicode_escape (const char *escape,
                       const char *end,
                       gunichar *character,
                       MigdescJsonEscape *problem)
{
  int unit = parse_hex4 (escape + 2, end);
  int low;

  if (unit < 0)
    return *problem = MIGDESC_JSON_ESCAPE_HEX, 0;
  if (unit == 0)
    return *problem = MIGDESC_JSON_ESCAPE_NUL, 0;
  *character = (gunichar) unit;
  if (!is_high_surrogate (unit) && !is_low_surrogate (unit))
    return 6;

  low = is_high_surrogate (unit) && end - escape >= 8 && escape[6] == '\\' && escape[7] == 'u'
            ? parse_hex4 (escape + 8, end)
            : -1;
  if (!is_low_surrogate (low))
    return *problem = MIGDESC_JSON_ESCAPE_SURROGATE, 0;
  *character = 0x10000 + ((gunichar) (unit - 0xd800) << 10) + (gunichar) (low - 0xdc00);
  return 12;
}

guint
migdesc_json_decode_escape (const char *escape,
                            const char *end,
                            gunichar *character,
                            MigdescJsonEscape *problem)
{
  static const char decoded[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
  };
  guchar letter = end - escape >= 2 ? (guchar) escape[1] : 0;

  if (letter == 'u')
    return decode_unicode_escape (escape, end, character, problem);
  *character = (gunichar) decoded[letter];
  if (*character == 0)
    return *problem = MIGDESC_JSON_ESCAPE_UNKNOWN, 0;
  return 2;
}

static gboolean
fail_escape (MigdescJsonReader *reader,
             const char *escape,
             MigdescJsonEscape problem)
{
  static const char *const messages[] = {
    [MIGDESC_JSON_ESCAPE_UNKNOWN] = "unknown escape in a string",
    [MIGDESC_JSON_ESCAPE_HEX] = "\\u without four hexadecimal digits in a string",
    [MIGDESC_JSON_ESCAPE_SURROGATE] = "half a surrogate pair in a string",
    [MIGDESC_JSON_ESCAPE_NUL] = "\\u0000 in a string, which is refused",
  };

  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_STRING,
                                   (gsize) (escape - reader->text), "%s", messages[problem]);
}

/* Checks what is not plain at special, inside a string. Gives the bytes it takes, and in *saved
 * how many of them go away in decoding; or 0 after failing. */
static guint
check_special (MigdescJsonReader *reader,
               const char *special,
               guint *saved)
{
  gsize offset = (gsize) (special - reader->text);
  guchar byte = (guchar) *special;
  MigdescJsonEscape problem;
  gunichar character;
  guint length;

  *saved = 0;
  if (byte < ' ')
    {
      migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_STRING, offset,
                                "raw control character U+%04X in a string", (guint) byte);
      return 0;
    }
  if (byte != '\\')
    {
      length = migdesc_utf8_length (special, reader->end);
      if (length == 0)
        migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_ENCODING, offset,
                                  "the byte 0x%02x is not UTF-8", (guint) byte);
      return length;
    }

  length = migdesc_json_decode_escape (special, reader->end, &character, &problem);
  if (length == 0)
    fail_escape (reader, special, problem);
  else
    *saved = length - (guint) g_unichar_to_utf8 (character, NULL);
  return length;
}

/* A checked string into a buffer that has the decoded length. */
static void
decode (const char *text,
        const char *end,
        char *output)
{
  while (text != end)
    {
      const char *escape = memchr (text, '\\', (gsize) (end - text));
      const char *stop = escape == NULL ? end : escape;
      gunichar character;
      MigdescJsonEscape problem;

      memcpy (output, text, (gsize) (stop - text));
      output += stop - text;
      text = stop;
      if (escape != NULL)
        {
          text += migdesc_json_decode_escape (escape, end, &character, &problem);
          output += g_unichar_to_utf8 (character, output);
        }
    }
}

static const char *
decode_into_arena (MigdescJsonReader *reader,
                   const char *text,
                   const char *end,
                   gsize length)
{
  char *output;

  if (reader->decoded == NULL)
    reader->decoded = migdesc_arena_new (1024);
  output = migdesc_arena_alloc_bytes (reader->decoded, length);
  decode (text, end, output);
  return output;
}

gboolean
migdesc_json_reader_pass_string (MigdescJsonReader *reader,
                                   const char *special,
                                   gboolean wanted,
                                   MigdescJsonString *string)
{
  const char *start = reader->cursor + 1;
  gsize offset = migdesc_json_reader_offset (reader);
  gsize total_saved = 0;
  gsize length;

  while (special != reader->end && *special != '"')
    {
      guint saved;
      guint taken = check_special (reader, special, &saved);

      if (taken == 0)
        return FALSE;
      total_saved += saved;
      special = migdesc_json_plain_end (special + taken, reader->end);
    }
  if (special == reader->end)
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_JSON_SYNTAX, offset,
                                     "the text ends inside the string that starts here");

  length = (gsize) (special - start) - total_saved;
  if (length > reader->string_limit)
    return migdesc_json_reader_fail_limit (reader, MIGDESC_LIMIT_STRING_LENGTH, offset);

  string->offset = (guint32) offset;
  string->length = (guint32) length;
  string->text = start;
  if (wanted && total_saved > 0)
    string->text = decode_into_arena (reader, start, special, length);
  reader->cursor = migdesc_json_skip_space (special + 1, reader->end);
  return TRUE;
}
