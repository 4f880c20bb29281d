/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <glib.h>
#include <migdesc/migdesc-text.h>
#include <string.h>

#include "base/quote.h"

#define ELLIPSIS "\xe2\x80\xa6"

static void
assert_quoted (const char *text,
               gssize length,
               const char *expected)
{
  gsize n_bytes = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *exact = g_memdup2 (text, n_bytes);
  g_autofree char *quoted = migdesc_quote (exact != NULL ? exact : "", (gssize) n_bytes);

  g_assert_cmpstr (quoted, ==, expected);
}

static void
test_plain (void)
{
  assert_quoted ("", -1, "");
  assert_quoted ("num-queues", -1, "num-queues");
  assert_quoted ("it's \"quoted\" 100%", -1, "it's \"quoted\" 100%");
  assert_quoted ("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", -1,
                 "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  assert_quoted ("\xd7\x90\xd8\xa7", -1, "\xd7\x90\xd8\xa7");
}

static void
test_escapes (void)
{
  assert_quoted ("a\nb\rc\td", -1, "a\\nb\\rc\\td");
  assert_quoted ("C:\\n", -1, "C:\\\\n");
  assert_quoted ("\x1b[31m", -1, "\\x1b[31m");
  assert_quoted ("\0\x01\x7f", 3, "\\x00\\x01\\x7f");
  assert_quoted ("\xc2\x80\xc2\x85\xc2\x9b\xc2\x9f", -1, "\\u0080\\u0085\\u009b\\u009f");
  assert_quoted ("\xc2\xa0", -1, "\xc2\xa0");
  assert_quoted ("\xe2\x80\xa8\xe2\x80\xa9", -1, "\\u2028\\u2029");
}

static void
test_every_control_character (void)
{
  for (gunichar character = 0; character < 0x110000; character++)
    {
      gboolean bidi = character == 0x061c || character == 0x200e || character == 0x200f
                      || (character >= 0x202a && character <= 0x202e)
                      || (character >= 0x2066 && character <= 0x2069);
      gboolean unsafe = bidi || g_unichar_iscntrl (character) || character == 0x2028
                        || character == 0x2029 || character == '\\';
      g_autofree char *quoted = NULL;
      char text[6];
      gsize length;

      if (character >= 0xd800 && character <= 0xdfff)
        continue;
      length = (gsize) g_unichar_to_utf8 (character, text);
      quoted = migdesc_quote (text, (gssize) length);
      if (unsafe)
        g_assert_true (quoted[0] == '\\' && g_str_is_ascii (quoted));
      else
        g_assert_true (strlen (quoted) == length && memcmp (quoted, text, length) == 0);
    }
}

static void
test_invalid_utf8 (void)
{
  assert_quoted ("\xff\xfe", -1, "\\xff\\xfe");
  assert_quoted ("\xc3", -1, "\\xc3");
  assert_quoted ("\xe2\x82z", -1, "\\xe2\\x82z");
  assert_quoted ("\xed\xa0\x80", -1, "\\xed\\xa0\\x80");
  assert_quoted ("\xc0\xaf", -1, "\\xc0\\xaf");
}

static void
test_cut (void)
{
  g_autofree char *fits = g_strnfill (128, 'x');
  g_autofree char *long_text = g_strnfill (129, 'x');
  g_autofree char *kept = g_strnfill (127, 'x');
  g_autofree char *cut = g_strconcat (kept, ELLIPSIS, NULL);

  assert_quoted (fits, -1, fits);
  assert_quoted (long_text, -1, cut);
}

/* Never within a character or an escape. */
static void
test_cut_at_boundary (void)
{
  g_autofree char *x125 = g_strnfill (125, 'x');
  g_autofree char *x124 = g_strnfill (124, 'x');
  g_autofree char *escape_fits = g_strconcat (x124, "\x1b", NULL);
  g_autofree char *escape_shown = g_strconcat (x124, "\\x1b", NULL);
  g_autofree char *escape_over = g_strconcat (x125, "\x1b", NULL);
  g_autofree char *escape_cut = g_strconcat (x125, ELLIPSIS, NULL);
  g_autofree char *escape_then_more = g_strconcat (x124, "\x1b", "y", NULL);
  g_autofree char *before_escape = g_strconcat (x124, ELLIPSIS, NULL);
  g_autofree char *wide = g_strconcat (x125, "\xc3\xa9\xc3\xa9\xc3\xa9", NULL);
  g_autofree char *too_wide = g_strconcat (wide, "\xc3\xa9", NULL);
  g_autofree char *wide_cut = g_strconcat (x125, "\xc3\xa9\xc3\xa9", ELLIPSIS, NULL);

  assert_quoted (escape_fits, -1, escape_shown);
  assert_quoted (escape_over, -1, escape_cut);
  assert_quoted (escape_then_more, -1, before_escape);
  assert_quoted (wide, -1, wide);
  assert_quoted (too_wide, -1, wide_cut);
}

static void
test_append (void)
{
  g_autoptr (GString) message = g_string_new ("param \"");
  g_autofree char *long_text = g_strnfill (1000000, 'x');

  migdesc_quote_append (message, "a\n", 2);
  g_string_append_c (message, '"');
  g_assert_cmpstr (message->str, ==, "param \"a\\n\"");

  migdesc_quote_append (message, long_text, 1000000);
  g_assert_cmpint (g_utf8_strlen (message->str, -1), ==, 11 + 128);
  g_assert_true (g_str_has_prefix (message->str, "param \"a\\n\"xxx"));
}

static void
test_terminated (void)
{
  g_autofree char *quoted = migdesc_quote ("abc", -1);

  g_assert_cmpstr (quoted, ==, "abc");
}

/* The public form: nothing is cut, and what is escaped already stays. */
static void
test_escape_text (void)
{
  g_autofree char *long_text = g_strnfill (10000, 'x');
  g_autofree char *uncut = migdesc_escape_text (long_text);
  g_autofree char *escaped = migdesc_escape_text ("a\\b\n\x1b\xe2\x80\xae\xff\xc3\xa9");
  g_autofree char *again = migdesc_escape_text (escaped);
  g_autofree char *empty = migdesc_escape_text ("");

  g_assert_cmpstr (uncut, ==, long_text);
  g_assert_cmpstr (escaped, ==, "a\\b\\n\\x1b\\u202e\\xff\xc3\xa9");
  g_assert_cmpstr (again, ==, escaped);
  g_assert_cmpstr (empty, ==, "");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/quote/plain", test_plain);
  g_test_add_func ("/base/quote/escapes", test_escapes);
  g_test_add_func ("/base/quote/every-control-character", test_every_control_character);
  g_test_add_func ("/base/quote/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/base/quote/cut", test_cut);
  g_test_add_func ("/base/quote/cut-at-boundary", test_cut_at_boundary);
  g_test_add_func ("/base/quote/append", test_append);
  g_test_add_func ("/base/quote/terminated", test_terminated);
  g_test_add_func ("/base/quote/escape-text", test_escape_text);
  return g_test_run ();
}
