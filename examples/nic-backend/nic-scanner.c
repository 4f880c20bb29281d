/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-scanner.h"
#include "nic-error.h"

#include <string.h>

gboolean
nic_scanner_fail (const NicScanner *scanner, GError **error, const char *what)
{
  g_set_error (error, NIC_ERROR, NIC_ERROR_BAD_REQUEST, "column %" G_GSIZE_FORMAT ": %s",
               scanner->at + 1, what);
  return FALSE;
}

/* The next character that is no white space, 0 at the end: a line has no NUL. */
char
nic_scanner_peek (NicScanner *scanner)
{
  while (scanner->at < scanner->length && strchr (" \t\r\n", scanner->text[scanner->at]) != NULL)
    scanner->at++;
  return scanner->at < scanner->length ? scanner->text[scanner->at] : '\0';
}

gboolean
nic_scanner_take (NicScanner *scanner, char wanted)
{
  if (nic_scanner_peek (scanner) != wanted)
    return FALSE;
  scanner->at++;
  return TRUE;
}

/* Four hexadecimal digits. */
static gboolean
read_unit (NicScanner *scanner, gunichar *unit)
{
  *unit = 0;
  if (scanner->length - scanner->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (scanner->text[scanner->at + i]);

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (gunichar) digit;
    }
  scanner->at += 4;
  return TRUE;
}

/* Behind \u. What is beyond U+FFFF comes as two units, and half of that is no character. */
static gboolean
read_character (NicScanner *scanner, GString *string, GError **error)
{
  gunichar character, low;
  gboolean valid = read_unit (scanner, &character);

  if (valid && character >= 0xd800 && character < 0xdc00)
    {
      valid = scanner->length - scanner->at >= 2
              && strncmp (scanner->text + scanner->at, "\\u", 2) == 0;
      scanner->at += valid ? 2 : 0;
      valid = valid && read_unit (scanner, &low) && low >= 0xdc00 && low < 0xe000;
      character = valid ? 0x10000 + ((character & 0x3ff) << 10 | (low & 0x3ff)) : character;
    }
  if (!valid || character == 0 || !g_unichar_validate (character))
    return nic_scanner_fail (scanner, error, "no character");
  g_string_append_unichar (string, character);
  return TRUE;
}

static gboolean
read_escape (NicScanner *scanner, GString *string, GError **error)
{
  static const char names[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  char name = scanner->at < scanner->length ? scanner->text[scanner->at] : '\0';
  const char *found = name == '\0' ? NULL : strchr (names, name);

  if (name == 'u')
    {
      scanner->at++;
      return read_character (scanner, string, error);
    }
  if (found == NULL)
    return nic_scanner_fail (scanner, error, "no escape of JSON");
  scanner->at++;
  g_string_append_c (string, meanings[found - names]);
  return TRUE;
}

char *
nic_scanner_read_string (NicScanner *scanner, GError **error)
{
  g_autoptr (GString) string = g_string_new (NULL);

  if (!nic_scanner_take (scanner, '"'))
    {
      nic_scanner_fail (scanner, error, "a string is expected");
      return NULL;
    }
  while (scanner->at < scanner->length && scanner->text[scanner->at] != '"')
    {
      char character = scanner->text[scanner->at];

      if ((guchar) character < 0x20)
        break;
      scanner->at++;
      if (character != '\\')
        g_string_append_c (string, character);
      else if (!read_escape (scanner, string, error))
        return NULL;
    }
  if (scanner->at < scanner->length && scanner->text[scanner->at] == '"')
    {
      scanner->at++;
      return g_string_free (g_steal_pointer (&string), FALSE);
    }
  nic_scanner_fail (scanner, error, "the string does not end");
  return NULL;
}

static GVariant *
read_number (NicScanner *scanner, GError **error)
{
  gsize start = scanner->at;
  g_autofree char *digits = NULL;
  guint64 value;

  while (scanner->at < scanner->length && strchr (",} \t\r\n", scanner->text[scanner->at]) == NULL)
    scanner->at++;
  digits = g_strndup (scanner->text + start, scanner->at - start);
  if (g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, &value, NULL)
      && (digits[0] != '0' || digits[1] == '\0'))
    return g_variant_new_uint64 (value);
  scanner->at = start;
  nic_scanner_fail (scanner, error, "a value is a string, an integer from 0 to 2^64-1, "
                                    "true or false");
  return NULL;
}

static gboolean
take_word (NicScanner *scanner, const char *word)
{
  gsize length = strlen (word);

  if (scanner->length - scanner->at < length
      || strncmp (scanner->text + scanner->at, word, length) != 0)
    return FALSE;
  scanner->at += length;
  return TRUE;
}

/* Floating, as g_variant_new() gives it. */
GVariant *
nic_scanner_read_value (NicScanner *scanner, GError **error)
{
  char first = nic_scanner_peek (scanner);
  char *text;

  if (first == '"')
    {
      text = nic_scanner_read_string (scanner, error);
      return text == NULL ? NULL : g_variant_new_take_string (text);
    }
  if (first == 't' && take_word (scanner, "true"))
    return g_variant_new_boolean (TRUE);
  if (first == 'f' && take_word (scanner, "false"))
    return g_variant_new_boolean (FALSE);
  return read_number (scanner, error);
}
