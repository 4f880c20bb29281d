/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Strings exhaustively: every control character, escape, code unit and lead byte; and at every
 * distance from the blocks of sixteen and eight bytes that they are scanned in. */

#include "json-check.h"

static void
assert_string_error (const char *text,
                     gsize length,
                     MigdescError code,
                     gsize offset)
{
  JsonCheck check;

  json_check_start (&check, text, (gssize) length, NULL);
  g_assert_false (migdesc_json_reader_skip_value (&check.reader));
  g_assert_cmpstr (migdesc_error_get_nick (check.reader.error), ==, migdesc_error_get_nick (code));
  g_assert_cmpuint (check.reader.error_offset, ==, offset);
  json_check_end (&check);
}

static void
assert_string (const char *text,
               gsize length,
               const char *expected,
               gsize expected_length)
{
  MigdescJsonString string;
  JsonCheck check;

  json_check_start (&check, text, (gssize) length, NULL);
  g_assert_true (migdesc_json_reader_read_string (&check.reader, &string));
  g_assert_true (migdesc_json_reader_finish (&check.reader));
  g_assert_true (migdesc_json_string_equal (&string, expected, expected_length));
  g_assert_cmpuint (string.offset, ==, 0);
  json_check_end (&check);
}

/* One byte in a string of `a`s, at each place of a block, with each length of rest. */
static void
test_bytes_at_every_place (void)
{
  for (guint byte = 0; byte < 256; byte++)
    for (guint before = 0; before < 18; before++)
      for (guint after = 0; after < 18; after++)
        {
          char text[64];
          guint length = before + after + 3;

          memset (text, 'a', sizeof text);
          text[0] = text[length - 1] = '"';
          text[before + 1] = (char) byte;
          if (byte < ' ')
            assert_string_error (text, length, MIGDESC_ERROR_JSON_STRING, before + 1);
          else if (byte == '\\' && after == 0)
            assert_string_error (text, length, MIGDESC_ERROR_JSON_SYNTAX, 0);
          else if (byte == '\\')
            assert_string_error (text, length, MIGDESC_ERROR_JSON_STRING, before + 1);
          else if (byte >= 0x80)
            assert_string_error (text, length, MIGDESC_ERROR_JSON_ENCODING, before + 1);
          else if (byte != '"')
            assert_string (text, length, text + 1, length - 2);
        }
}

/* The same for a quotation mark: the string ends there, the rest is another matter. */
static void
test_end_at_every_place (void)
{
  for (guint length = 0; length < 70; length++)
    {
      char text[80];

      memset (text, 'b', sizeof text);
      text[0] = text[length + 1] = '"';
      assert_string (text, length + 2, text + 1, length);
      assert_string_error (text, length + 1, MIGDESC_ERROR_JSON_SYNTAX, 0);
    }
}

static void
test_escape_bytes (void)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char decoded[] = "\"\\/\b\f\n\r\t";

  for (guint byte = 0; byte < 256; byte++)
    {
      char text[] = { '"', 'x', '\\', (char) byte, '0', '0', '4', '1', '"' };
      const char *escape = byte == 0 ? NULL : strchr (escapes, (char) byte);
      char value = escape == NULL ? 'A' : decoded[escape - escapes];
      char expected[] = { 'x', value, '0', '0', '4', '1' };

      if (escape != NULL)
        assert_string (text, sizeof text, expected, sizeof expected);
      else if (byte == 'u')
        assert_string (text, sizeof text, expected, 2);
      else
        assert_string_error (text, sizeof text, MIGDESC_ERROR_JSON_STRING, 2);
    }
}

static void
test_every_code_unit (void)
{
  for (guint unit = 0; unit < 0x10000; unit++)
    {
      gboolean surrogate = unit >= 0xd800 && unit <= 0xdfff;
      char text[16];
      char expected[6];

      g_snprintf (text, sizeof text, unit % 2 == 0 ? "\"\\u%04x\"" : "\"\\u%04X\"", unit);
      if (unit == 0 || surrogate)
        assert_string_error (text, 8, MIGDESC_ERROR_JSON_STRING, 1);
      else
        assert_string (text, 8, expected, (gsize) g_unichar_to_utf8 (unit, expected));
    }
}

/* Every high surrogate with the lowest and highest low one, and both neighbours of those. */
static void
test_surrogate_pairs (void)
{
  static const guint seconds[] = { 0xdbff, 0xdc00, 0xdc01, 0xdfff, 0xe000 };

  for (guint high = 0xd800; high < 0xdc00; high++)
    for (gsize i = 0; i < G_N_ELEMENTS (seconds); i++)
      {
        gunichar character = 0x10000 + ((high & 0x3ff) << 10) + (seconds[i] & 0x3ff);
        char text[32];
        char expected[6];

        g_snprintf (text, sizeof text, "\"\\u%04x\\u%04x\"", high, seconds[i]);
        if (seconds[i] >= 0xdc00 && seconds[i] <= 0xdfff)
          assert_string (text, 14, expected, (gsize) g_unichar_to_utf8 (character, expected));
        else
          assert_string_error (text, 14, MIGDESC_ERROR_JSON_STRING, 1);
      }
}

static void
test_surrogates_in_keys (void)
{
  for (guint unit = 0xd800; unit <= 0xdfff; unit++)
    {
      char text[32];

      g_snprintf (text, sizeof text, "{\"\\u%04x\":1}", unit);
      assert_string_error (text, 12, MIGDESC_ERROR_JSON_STRING, 2);
    }
}

/* All of Unicode as UTF-8, and what would be surrogates. */
static void
test_every_character (void)
{
  for (gunichar character = 0x80; character < 0x110000; character++)
    {
      char text[8] = "\"";
      gsize length = (gsize) g_unichar_to_utf8 (character, text + 1);

      text[length + 1] = '"';
      if (character >= 0xd800 && character <= 0xdfff)
        assert_string_error (text, length + 2, MIGDESC_ERROR_JSON_ENCODING, 1);
      else
        assert_string (text, length + 2, text + 1, length);
    }
}

/* All sequences of a lead byte and two bytes from the edges of the ranges, against GLib. */
static void
test_utf8_against_glib (void)
{
  static const guchar edges[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf,
                                  0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xf0, 0xf4, 0xff };
  const gsize n = G_N_ELEMENTS (edges);

  for (guint lead = 0x80; lead < 256; lead++)
    for (gsize i = 0; i < n * n * n; i++)
      {
        char text[] = { (char) lead, (char) edges[i / n / n], (char) edges[i / n % n],
                        (char) edges[i % n] };

        for (gsize length = 1; length <= 4; length++)
          {
            g_autofree char *exact = g_memdup2 (text, length);
            guint ours = migdesc_utf8_length (exact, exact + length);
            gunichar glibs = g_utf8_get_char_validated (exact, (gssize) length);
            gboolean valid = glibs != (gunichar) -1 && glibs != (gunichar) -2;

            g_assert_cmpuint (ours, ==, valid ? (guint) g_unichar_to_utf8 (glibs, NULL) : 0);
          }
      }
}

/* The scan with vectors, with words and by bytes agree: on the first special byte. */
static void
test_scan (void)
{
  static const guchar bytes[]
      = { 0x00, 0x1f, ' ', '!', '"', '#', '[', '\\', ']', 0x7f, 0x80, 0xff };

  for (gsize first = 0; first < 40; first++)
    for (gsize i = 0; i < G_N_ELEMENTS (bytes); i++)
      for (gsize second = first; second < 40; second++)
        {
          char *text = malloc (second + 1);
          gboolean plain = migdesc_json_is_plain (bytes[i]);
          const char *stop;

          memset (text, 'c', second + 1);
          text[second] = '"';
          text[first] = (char) bytes[i];
          stop = migdesc_json_plain_end (text, text + second + 1);
          g_assert_cmpint (stop - text, ==,
                           !plain ? first : first == second ? second + 1 : second);
          free (text);
        }
}

static void
test_word_scan (void)
{
  for (guint byte = 0; byte < 256; byte++)
    for (guint place = 0; place < 8; place++)
      for (guint neighbour = ' '; neighbour < 0x80; neighbour++)
        {
          guint64 word = 0;
          guint64 special;

          if (!migdesc_json_is_plain ((guchar) neighbour))
            continue;
          for (guint i = 0; i < 8; i++)
            word |= (guint64) (i == place ? byte : neighbour) << 8 * i;
          special = migdesc_json_special_bytes (word);
          if (migdesc_json_is_plain ((guchar) byte))
            g_assert_cmpuint (special, ==, 0);
          else
            g_assert_cmpint (__builtin_ctzll (special) / 8, ==, place);
        }
}

static void
test_decoded_strings_stay (void)
{
  static const char text[] = "[\"\\u0061\", \"b\", \"\\u0063\\n\", \"\"]";
  MigdescJsonString strings[4];
  JsonCheck check;

  json_check_start (&check, text, -1, NULL);
  migdesc_json_reader_begin_array (&check.reader);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (migdesc_json_reader_next_element (&check.reader));
      g_assert_true (migdesc_json_reader_read_string (&check.reader, &strings[i]));
    }
  g_assert_false (migdesc_json_reader_next_element (&check.reader));
  g_assert_true (migdesc_json_reader_finish (&check.reader));

  g_assert_true (migdesc_json_string_equal (&strings[0], "a", 1));
  g_assert_true (strings[1].text == check.text + 12);
  g_assert_true (migdesc_json_string_equal (&strings[1], "b", 1));
  g_assert_true (migdesc_json_string_equal (&strings[2], "c\n", 2));
  g_assert_true (migdesc_json_string_equal (&strings[3], "", 0));
  g_assert_false (migdesc_json_string_equal (&strings[3], "a", 1));
  g_assert_cmpuint (strings[2].offset, ==, 16);
  json_check_end (&check);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/string/bytes-at-every-place", test_bytes_at_every_place);
  g_test_add_func ("/json/string/end-at-every-place", test_end_at_every_place);
  g_test_add_func ("/json/string/escape-bytes", test_escape_bytes);
  g_test_add_func ("/json/string/every-code-unit", test_every_code_unit);
  g_test_add_func ("/json/string/surrogate-pairs", test_surrogate_pairs);
  g_test_add_func ("/json/string/surrogates-in-keys", test_surrogates_in_keys);
  g_test_add_func ("/json/string/every-character", test_every_character);
  g_test_add_func ("/json/string/utf8-against-glib", test_utf8_against_glib);
  g_test_add_func ("/json/string/scan", test_scan);
  g_test_add_func ("/json/string/word-scan", test_word_scan);
  g_test_add_func ("/json/string/decoded-strings-stay", test_decoded_strings_stay);
  return g_test_run ();
}
