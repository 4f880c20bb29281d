/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Line, column and pointer of every byte of a text. */

#include "json-check.h"

/* The pointers of all bytes, each once for a run of bytes: "0:/a 5:/b". */
static char *
list_pointers (const char *text,
               gsize length)
{
  g_autofree gsize *offsets = g_new (gsize, length + 1);
  g_autofree MigdescLocation *locations = g_new (MigdescLocation, length + 1);
  g_autofree char *exact = malloc (length);
  GString *list = g_string_new (NULL);

  if (length > 0)
    memcpy (exact, text, length);
  for (gsize i = 0; i <= length; i++)
    offsets[i] = i;
  migdesc_json_locate (exact, length, offsets, length + 1, locations);

  for (gsize i = 0; i <= length; i++)
    {
      g_assert_cmpuint (locations[i].offset, ==, i);
      if (i == 0 || strcmp (locations[i].pointer, locations[i - 1].pointer) != 0)
        g_string_append_printf (list, "%s%" G_GSIZE_FORMAT ":%s", i > 0 ? " " : "", i,
                                locations[i].pointer);
    }
  for (gsize i = 0; i <= length; i++)
    migdesc_location_clear (&locations[i]);
  return g_string_free (list, FALSE);
}

static void
assert_pointers (const char *text,
                 const char *expected)
{
  g_autofree char *list = list_pointers (text, strlen (text));

  g_assert_cmpstr (list, ==, expected);
}

static void
test_pointers (void)
{
  assert_pointers ("", "0:");
  assert_pointers ("1", "0:");
  assert_pointers ("[]", "0:");
  assert_pointers ("[1,2]", "0: 1:/0 2: 3:/1 4:");
  assert_pointers ("[ 10 , 2 ]", "0: 2:/0 4: 7:/1 8:");
  assert_pointers ("[[1],[2]]", "0: 1:/0 2:/0/0 3:/0 4: 5:/1 6:/1/0 7:/1 8:");
  assert_pointers ("{\"a\":1}", "0: 1:/a 6:");
  assert_pointers ("{ \"a\" : 1 , \"b\" : 2 }", "0: 2:/a 9: 12:/b 19:");
  assert_pointers ("{\"a\":{\"b\":1}}", "0: 1:/a 6:/a/b 11:/a 12:");
  assert_pointers ("{\"a\":[{\"b\":1}]}", "0: 1:/a 6:/a/0 7:/a/0/b 12:/a/0 13:/a 14:");
  assert_pointers ("{\"a\":\"x,y\"}", "0: 1:/a 10:");
  assert_pointers ("[\"a\\\"]\",1]", "0: 1:/0 7: 8:/1 9:");
  assert_pointers ("[0,1,2,3,4,5,6,7,8,9,10]",
                   "0: 1:/0 2: 3:/1 4: 5:/2 6: 7:/3 8: 9:/4 10: 11:/5 12: 13:/6 14: 15:/7 16: "
                   "17:/8 18: 19:/9 20: 21:/10 23:");
}

static void
test_keys (void)
{
  assert_pointers ("{\"\":1}", "0: 1:/ 5:");
  assert_pointers ("{\"a/b\":1}", "0: 1:/a~1b 8:");
  assert_pointers ("{\"~1\":1}", "0: 1:/~01 7:");
  assert_pointers ("{\"\\u0061\\n\":1}", "0: 1:/a\n 13:");
  assert_pointers ("{\"\\\"\":1}", "0: 1:/\" 7:");
  assert_pointers ("{\"\\ud83d\\ude00\":1}", "0: 1:/\xf0\x9f\x98\x80 17:");
  assert_pointers ("{\"\x7f\":1}", "0: 1:/\x7f 6:");
  assert_pointers ("{\"\xc3\xa9\":1}", "0: 1:/\xc3\xa9 7:");
}

/* Texts that no reader accepts: the place of the error, and before it, is right. */
static void
test_broken (void)
{
  assert_pointers ("{\"a", "0: 1:/a");
  assert_pointers ("{\"a\\", "0: 1:/a\xef\xbf\xbd");
  assert_pointers ("{\"", "0: 1:/");
  assert_pointers ("{\"a\"", "0: 1:/a");
  assert_pointers ("{\"a\":", "0: 1:/a");
  assert_pointers ("{\"a\":}", "0: 1:/a 6:");
  assert_pointers ("{\"a\":x}", "0: 1:/a 6:");
  assert_pointers ("{\"a\":[", "0: 1:/a");
  assert_pointers ("{\"a\":[x y", "0: 1:/a 6:/a/0 7:/a 8:/a/1 9:/a");
  assert_pointers ("{\"a\" 1", "0: 1:/a");
  assert_pointers ("{\"a\",\"b\":1}", "0: 1:/a 4: 5:/b 10:");
  assert_pointers ("{x:1}", "0:");
  assert_pointers ("[1}", "0: 1:/0 2:");
  assert_pointers ("]]1", "0:");
  assert_pointers ("}{\"a\":1}", "0: 2:/a 7:");
  assert_pointers ("[1:2]", "0: 1:/0 2: 3:/1 4:");
  assert_pointers ("{\"\\u0000\\q\\ud800\xff\":1}",
                   "0: 1:/\xef\xbf\xbdu0000\xef\xbf\xbdq\xef\xbf\xbdud800\xef\xbf\xbd 20:");
}

static void
test_nul_byte (void)
{
  g_autofree char *list = list_pointers ("[1\0,\0]", 6);

  g_assert_cmpstr (list, ==, "0: 1:/0 3: 4:/1 5:");
}

static void
assert_place (const char *text,
              gsize offset,
              guint line,
              guint column)
{
  g_auto (MigdescLocation) location = { 0 };

  migdesc_json_locate (text, strlen (text), &offset, 1, &location);
  g_assert_cmpuint (location.line, ==, line);
  g_assert_cmpuint (location.column, ==, column);
}

static void
test_lines_and_columns (void)
{
  assert_place ("", 0, 1, 1);
  assert_place ("[1]", 2, 1, 3);
  assert_place ("[\n1]", 1, 1, 2);
  assert_place ("[\n1]", 2, 2, 1);
  assert_place ("[\r\n1]", 3, 2, 1);
  assert_place ("[\r1]", 2, 1, 3);
  assert_place ("\n\n\n  x", 5, 4, 3);
  /* characters of one to four bytes */
  assert_place ("\"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z\"", 11, 1, 6);
  /* inside a character is at its start */
  assert_place ("\"\xe2\x82\xac\"", 1, 1, 2);
  assert_place ("\"\xe2\x82\xac\"", 2, 1, 2);
  assert_place ("\"\xe2\x82\xac\"", 3, 1, 2);
  assert_place ("\"\xe2\x82\xac\"", 4, 1, 3);
  /* a stray byte is a character */
  assert_place ("\"\xff\xff\x80z", 4, 1, 5);
  /* tabs are one column */
  assert_place ("\t\tx", 2, 1, 3);
}

static void
test_past_the_end (void)
{
  const gsize offsets[] = { 1, 3, 4, G_MAXSIZE };
  MigdescLocation locations[4];

  migdesc_json_locate ("[1]", 3, offsets, 4, locations);
  g_assert_cmpuint (locations[1].offset, ==, 3);
  g_assert_cmpuint (locations[2].offset, ==, 3);
  g_assert_cmpuint (locations[3].offset, ==, 3);
  g_assert_cmpuint (locations[3].column, ==, 4);
  for (gsize i = 0; i < 4; i++)
    migdesc_location_clear (&locations[i]);
}

static void
test_same_offset_twice (void)
{
  const gsize offsets[] = { 1, 1, 3 };
  MigdescLocation locations[3];

  migdesc_json_locate ("[1,2]", 5, offsets, 3, locations);
  g_assert_cmpstr (locations[0].pointer, ==, "/0");
  g_assert_cmpstr (locations[1].pointer, ==, "/0");
  g_assert_cmpuint (locations[1].column, ==, 2);
  g_assert_cmpstr (locations[2].pointer, ==, "/1");
  for (gsize i = 0; i < 3; i++)
    migdesc_location_clear (&locations[i]);
}

/* Deeper than any document may be: the pointer names the levels it can hold, and finds back. */
static void
test_very_deep (void)
{
  const gsize depth = 5000;
  g_autofree char *text = g_malloc (2 * depth + 3);
  g_autofree gsize *offsets = g_new (gsize, 2);
  MigdescLocation locations[2];

  text[0] = '[';
  memset (text + 1, '[', depth);
  memset (text + depth + 1, ']', depth);
  text[2 * depth + 1] = ',';
  text[2 * depth + 2] = '1';
  offsets[0] = depth;
  offsets[1] = 2 * depth + 2;
  migdesc_json_locate (text, 2 * depth + 3, offsets, 2, locations);
  g_assert_cmpuint (strlen (locations[0].pointer), ==, 2 * MIGDESC_JSON_DEPTH_MAX);
  g_assert_cmpstr (locations[1].pointer, ==, "/1");
  migdesc_location_clear (&locations[0]);
  migdesc_location_clear (&locations[1]);
}

/* A pointer is bounded, and its last character says when it is cut. */
static void
test_long_pointer (void)
{
  g_autofree char *name = g_strnfill (2047, 'k');
  g_autofree char *text = g_strdup_printf ("{\"%s\":{\"a\":{\"b\":1}}}", name);
  g_autofree char *fits = g_strdup_printf ("/%s/", name);
  const gsize offsets[] = { 1, 2052, 2057 };
  MigdescLocation locations[3];

  migdesc_json_locate (text, strlen (text), offsets, 3, locations);
  g_assert_cmpuint (strlen (locations[0].pointer), ==, 2048);
  g_assert_true (g_str_has_prefix (locations[1].pointer, fits));
  g_assert_true (g_str_has_suffix (locations[1].pointer, "/\xe2\x80\xa6"));
  g_assert_true (g_str_has_suffix (locations[2].pointer, "/\xe2\x80\xa6"));
  g_assert_cmpuint (strlen (locations[2].pointer), <, 2060);
  for (gsize i = 0; i < 3; i++)
    migdesc_location_clear (&locations[i]);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/locate/pointers", test_pointers);
  g_test_add_func ("/json/locate/keys", test_keys);
  g_test_add_func ("/json/locate/broken", test_broken);
  g_test_add_func ("/json/locate/nul-byte", test_nul_byte);
  g_test_add_func ("/json/locate/lines-and-columns", test_lines_and_columns);
  g_test_add_func ("/json/locate/past-the-end", test_past_the_end);
  g_test_add_func ("/json/locate/same-offset-twice", test_same_offset_twice);
  g_test_add_func ("/json/locate/very-deep", test_very_deep);
  g_test_add_func ("/json/locate/long-pointer", test_long_pointer);
  return g_test_run ();
}
