/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Malformed documents: the exact code, place and message of each. */

#include "json-check.h"

typedef struct
{
  const char *text;
  gsize length;
  const char *expected;
} Case;

#define CASE(text, expected) { text, sizeof text - 1, expected }

static const Case structure[] = {
  CASE ("", "json-syntax 0 1:1 : the text ends, expected a value"),
  CASE (" ", "json-syntax 1 1:2 : the text ends, expected a value"),
  CASE ("\n\t\r ", "json-syntax 4 2:4 : the text ends, expected a value"),
  CASE ("{", "json-syntax 1 1:2 : the text ends, expected a member's name or \"}\""),
  CASE ("{ ", "json-syntax 2 1:3 : the text ends, expected a member's name or \"}\""),
  CASE ("}", "json-syntax 0 1:1 : unexpected \"}\", expected a value"),
  CASE ("]", "json-syntax 0 1:1 : unexpected \"]\", expected a value"),
  CASE (",", "json-syntax 0 1:1 : unexpected \",\", expected a value"),
  CASE (":", "json-syntax 0 1:1 : unexpected \":\", expected a value"),
  CASE ("[", "json-syntax 1 1:2 : the text ends, expected a value or \"]\""),
  CASE ("[\n", "json-syntax 2 2:1 : the text ends, expected a value or \"]\""),
  CASE ("[1", "json-syntax 2 1:3 : the text ends, expected \",\" or \"]\""),
  CASE ("[1,", "json-syntax 3 1:4 : the text ends, expected a value"),
  CASE ("[1, ", "json-syntax 4 1:5 : the text ends, expected a value"),
  CASE ("[1,]", "json-syntax 3 1:4 : unexpected \"]\", expected a value"),
  CASE ("[1,,2]", "json-syntax 3 1:4 : unexpected \",\", expected a value"),
  CASE ("[,1]", "json-syntax 1 1:2 : unexpected \",\", expected a value"),
  CASE ("[1 2]", "json-syntax 3 1:4 /1: unexpected \"2\", expected \",\" or \"]\""),
  CASE ("[1:2]", "json-syntax 2 1:3 : unexpected \":\", expected \",\" or \"]\""),
  CASE ("[1}", "json-syntax 2 1:3 : unexpected \"}\", expected \",\" or \"]\""),
  CASE ("[\"a\"", "json-syntax 4 1:5 : the text ends, expected \",\" or \"]\""),
  CASE ("[[1]", "json-syntax 4 1:5 : the text ends, expected \",\" or \"]\""),
  CASE ("[[], [}]", "json-syntax 6 1:7 /1: unexpected \"}\", expected a value"),
  CASE ("{]", "json-syntax 1 1:2 : unexpected \"]\", expected a member's name or \"}\""),
  CASE ("{,}", "json-syntax 1 1:2 : unexpected \",\", expected a member's name or \"}\""),
  CASE ("{1:2}", "json-syntax 1 1:2 : unexpected \"1\", expected a member's name or \"}\""),
  CASE ("{a:1}", "json-syntax 1 1:2 : unexpected \"a\", expected a member's name or \"}\""),
  CASE ("{null:1}", "json-syntax 1 1:2 : unexpected \"n\", expected a member's name or \"}\""),
  CASE ("{'a':1}", "json-syntax 1 1:2 : unexpected \"'\", expected a member's name or \"}\""),
  CASE ("{\"a\"", "json-syntax 4 1:5 /a: the text ends, expected \":\""),
  CASE ("{\"a\" ", "json-syntax 5 1:6 /a: the text ends, expected \":\""),
  CASE ("{\"a\"}", "json-syntax 4 1:5 /a: unexpected \"}\", expected \":\""),
  CASE ("{\"a\" 1}", "json-syntax 5 1:6 /a: unexpected \"1\", expected \":\""),
  CASE ("{\"a\",\"b\"}", "json-syntax 4 1:5 : unexpected \",\", expected \":\""),
  CASE ("{\"a\"::1}", "json-syntax 5 1:6 /a: unexpected \":\", expected a value"),
  CASE ("{\"a\":", "json-syntax 5 1:6 /a: the text ends, expected a value"),
  CASE ("{\"a\":}", "json-syntax 5 1:6 /a: unexpected \"}\", expected a value"),
  CASE ("{\"a\":,}", "json-syntax 5 1:6 : unexpected \",\", expected a value"),
  CASE ("{\"a\":1", "json-syntax 6 1:7 : the text ends, expected \",\" or \"}\""),
  CASE ("{\"a\":1,", "json-syntax 7 1:8 : the text ends, expected a member's name"),
  CASE ("{\"a\":1,}", "json-syntax 7 1:8 : unexpected \"}\", expected a member's name"),
  CASE ("{\"a\":1,,\"b\":2}",
        "json-syntax 7 1:8 : unexpected \",\", expected a member's name"),
  CASE ("{\"a\":1 \"b\":2}",
        "json-syntax 7 1:8 /b: unexpected string, expected \",\" or \"}\""),
  CASE ("{\"a\":1]", "json-syntax 6 1:7 : unexpected \"]\", expected \",\" or \"}\""),
  CASE ("{\"a\":1,1}", "json-syntax 7 1:8 : unexpected \"1\", expected a member's name"),
  CASE ("{\"a\":1;\"b\":2}", "json-syntax 6 1:7 /a: unexpected \";\", expected \",\" or \"}\""),
  CASE ("{\"a\":{\"b\":[0,\n{\"c\":x}]}}",
        "json-syntax 19 2:6 /a/b/1/c: unexpected \"x\", expected a value"),
};

static const Case words[] = {
  CASE ("nul", "json-syntax 0 1:1 : unknown word \"nul\", expected null"),
  CASE ("nulll", "json-trailing-data 4 1:5 : something follows the end of the document"),
  CASE ("[tru]", "json-syntax 1 1:2 /0: unknown word \"tru\", expected true"),
  CASE ("[t", "json-syntax 1 1:2 /0: unknown word \"t\", expected true"),
  CASE ("[truE]", "json-syntax 1 1:2 /0: unknown word \"truE\", expected true"),
  CASE ("[fals]", "json-syntax 1 1:2 /0: unknown word \"fals\", expected false"),
  CASE ("[falsey]", "json-syntax 6 1:7 /0: unexpected \"y\", expected \",\" or \"]\""),
  CASE ("[True]", "json-syntax 1 1:2 /0: unexpected \"T\", expected a value"),
  CASE ("[NaN]", "json-syntax 1 1:2 /0: unexpected \"N\", expected a value"),
  CASE ("[nan]", "json-syntax 1 1:2 /0: unknown word \"nan\", expected null"),
  CASE ("[Infinity]", "json-syntax 1 1:2 /0: unexpected \"I\", expected a value"),
  CASE ("[undefined]", "json-syntax 1 1:2 /0: unexpected \"u\", expected a value"),
  CASE ("['a']", "json-syntax 1 1:2 /0: unexpected \"'\", expected a value"),
  CASE ("[`a`]", "json-syntax 1 1:2 /0: unexpected \"`\", expected a value"),
  CASE ("[a]", "json-syntax 1 1:2 /0: unexpected \"a\", expected a value"),
  CASE ("var x = {};", "json-syntax 0 1:1 : unexpected \"v\", expected a value"),
  CASE ("#\n1", "json-syntax 0 1:1 : unexpected \"#\", expected a value"),
  CASE ("[1/**/]", "json-syntax 2 1:3 /0: unexpected \"/\", expected \",\" or \"]\""),
  CASE ("/* x */ 1", "json-syntax 0 1:1 : unexpected \"/\", expected a value"),
  CASE ("[1]// x", "json-trailing-data 3 1:4 : something follows the end of the document"),
  CASE ("[\\u0031]", "json-syntax 1 1:2 /0: unexpected \"\\\\\", expected a value"),
  CASE ("[\"a\"b]", "json-syntax 4 1:5 /1: unexpected \"b\", expected \",\" or \"]\""),
  CASE ("[\xc3\xa9]", "json-syntax 1 1:2 /0: unexpected \"\xc3\xa9\", expected a value"),
  CASE ("[1\xe2\x80\xae]",
        "json-syntax 2 1:3 /0: unexpected \"\\u202e\", expected \",\" or \"]\""),
  CASE ("[\x1b[31m]", "json-syntax 1 1:2 /0: unexpected \"\\x1b\", expected a value"),
  CASE ("[\x7f]", "json-syntax 1 1:2 /0: unexpected \"\\x7f\", expected a value"),
  CASE ("[1\f]", "json-syntax 2 1:3 /0: unexpected \"\\x0c\", expected \",\" or \"]\""),
  CASE ("[1\v]", "json-syntax 2 1:3 /0: unexpected \"\\x0b\", expected \",\" or \"]\""),
  CASE ("\xc2\xa0" "1", "json-syntax 0 1:1 : unexpected \"\xc2\xa0\", expected a value"),
};

static const Case numbers[] = {
  CASE ("-", "json-number 1 1:2 : a digit has to follow the minus sign of a number"),
  CASE ("[-]", "json-number 2 1:3 : a digit has to follow the minus sign of a number"),
  CASE ("[--1]", "json-number 2 1:3 /0: a digit has to follow the minus sign of a number"),
  CASE ("[- 1]", "json-number 2 1:3 : a digit has to follow the minus sign of a number"),
  CASE ("[-a]", "json-number 2 1:3 /0: a digit has to follow the minus sign of a number"),
  CASE ("[-.5]", "json-number 2 1:3 /0: a digit has to follow the minus sign of a number"),
  CASE ("[-Infinity]", "json-number 2 1:3 /0: a digit has to follow the minus sign of a number"),
  CASE ("01", "json-number 0 1:1 : a number has a leading zero"),
  CASE ("[-01]", "json-number 1 1:2 /0: a number has a leading zero"),
  CASE ("[00]", "json-number 1 1:2 /0: a number has a leading zero"),
  CASE ("[012.5]", "json-number 1 1:2 /0: a number has a leading zero"),
  CASE ("[1.]", "json-number 3 1:4 : a digit has to follow the point of a number"),
  CASE ("[1.e1]", "json-number 3 1:4 /0: a digit has to follow the point of a number"),
  CASE ("[1.-1]", "json-number 3 1:4 /0: a digit has to follow the point of a number"),
  CASE ("1.", "json-number 2 1:3 : a digit has to follow the point of a number"),
  CASE ("[1e]", "json-number 3 1:4 : a digit has to follow the exponent sign of a number"),
  CASE ("[1e+]", "json-number 4 1:5 : a digit has to follow the exponent sign of a number"),
  CASE ("[1E-]", "json-number 4 1:5 : a digit has to follow the exponent sign of a number"),
  CASE ("[1e+-1]", "json-number 4 1:5 /0: a digit has to follow the exponent sign of a number"),
  CASE ("[1e.5]", "json-number 3 1:4 /0: a digit has to follow the exponent sign of a number"),
  CASE ("1e", "json-number 2 1:3 : a digit has to follow the exponent sign of a number"),
  CASE ("1e+", "json-number 3 1:4 : a digit has to follow the exponent sign of a number"),
  CASE ("[+1]", "json-syntax 1 1:2 /0: unexpected \"+\", expected a value"),
  CASE ("[.5]", "json-syntax 1 1:2 /0: unexpected \".\", expected a value"),
  CASE ("[0x1f]", "json-syntax 2 1:3 /0: unexpected \"x\", expected \",\" or \"]\""),
  CASE ("[0b1]", "json-syntax 2 1:3 /0: unexpected \"b\", expected \",\" or \"]\""),
  CASE ("[1_000]", "json-syntax 2 1:3 /0: unexpected \"_\", expected \",\" or \"]\""),
  CASE ("[1.2.3]", "json-syntax 4 1:5 /0: unexpected \".\", expected \",\" or \"]\""),
  CASE ("[1e5e5]", "json-syntax 4 1:5 /0: unexpected \"e\", expected \",\" or \"]\""),
  CASE ("[1a]", "json-syntax 2 1:3 /0: unexpected \"a\", expected \",\" or \"]\""),
  CASE ("[1-1]", "json-syntax 2 1:3 /0: unexpected \"-\", expected \",\" or \"]\""),
  CASE ("[\xef\xbc\x91]", "json-syntax 1 1:2 /0: unexpected \"\xef\xbc\x91\", expected a value"),
};

static const Case strings[] = {
  CASE ("\"", "json-syntax 0 1:1 : the text ends inside the string that starts here"),
  CASE ("\"a", "json-syntax 0 1:1 : the text ends inside the string that starts here"),
  CASE ("\"\\\"", "json-syntax 0 1:1 : the text ends inside the string that starts here"),
  CASE ("[\"a]", "json-syntax 1 1:2 /0: the text ends inside the string that starts here"),
  CASE ("{\"a:1}", "json-syntax 1 1:2 /a:1}: the text ends inside the string that starts here"),
  CASE ("\"\\", "json-string 1 1:2 : unknown escape in a string"),
  CASE ("\"\\x41\"", "json-string 1 1:2 : unknown escape in a string"),
  CASE ("\"\\'\"", "json-string 1 1:2 : unknown escape in a string"),
  CASE ("\"\\\n\"", "json-string 1 1:2 : unknown escape in a string"),
  CASE ("\"\\377\"", "json-string 1 1:2 : unknown escape in a string"),
  CASE ("\"\\U0041\"", "json-string 1 1:2 : unknown escape in a string"),
  CASE ("\"\\\xc3\xa9\"", "json-string 1 1:2 : unknown escape in a string"),
  CASE ("\"\\u",
        "json-string 1 1:2 : \\u without four hexadecimal digits in a string"),
  CASE ("\"\\u\"",
        "json-string 1 1:2 : \\u without four hexadecimal digits in a string"),
  CASE ("\"\\u004\"",
        "json-string 1 1:2 : \\u without four hexadecimal digits in a string"),
  CASE ("\"\\u004g\"",
        "json-string 1 1:2 : \\u without four hexadecimal digits in a string"),
  CASE ("\"\\u+041\"",
        "json-string 1 1:2 : \\u without four hexadecimal digits in a string"),
  CASE ("\"\\u{41}\"",
        "json-string 1 1:2 : \\u without four hexadecimal digits in a string"),
  CASE ("\"\\u0000\"", "json-string 1 1:2 : \\u0000 in a string, which is refused"),
  CASE ("[\"a\", \"b\\u0000\"]",
        "json-string 8 1:9 /1: \\u0000 in a string, which is refused"),
  CASE ("\"\\ud800\"", "json-string 1 1:2 : half a surrogate pair in a string"),
  CASE ("\"\\udc00\"", "json-string 1 1:2 : half a surrogate pair in a string"),
  CASE ("\"\\ud800x\"", "json-string 1 1:2 : half a surrogate pair in a string"),
  CASE ("\"\\ud800\\n\"", "json-string 1 1:2 : half a surrogate pair in a string"),
  CASE ("\"\\ud800\\u0041\"", "json-string 1 1:2 : half a surrogate pair in a string"),
  CASE ("\"\\ud800\\ud800\"", "json-string 1 1:2 : half a surrogate pair in a string"),
  CASE ("\"\\ud800\\udc0\"", "json-string 1 1:2 : half a surrogate pair in a string"),
  CASE ("\"\\udc00\\ud800\"", "json-string 1 1:2 : half a surrogate pair in a string"),
  CASE ("\"\\ud83d\\ude00\\ud83d\"", "json-string 13 1:14 : half a surrogate pair in a string"),
  CASE ("{\"\\ud800\":1}",
        "json-string 2 1:3 /\xef\xbf\xbdud800: half a surrogate pair in a string"),
  CASE ("\"a\nb\"", "json-string 2 1:3 : raw control character U+000A in a string"),
  CASE ("\"\t\"", "json-string 1 1:2 : raw control character U+0009 in a string"),
  CASE ("\"\0\"", "json-string 1 1:2 : raw control character U+0000 in a string"),
  CASE ("\"\x1b[2J\"", "json-string 1 1:2 : raw control character U+001B in a string"),
  CASE ("{\"a\x1f\":1}",
        "json-string 3 1:4 /a\x1f: raw control character U+001F in a string"),
};

static const Case encodings[] = {
  CASE ("\xef\xbb\xbf{}", "json-encoding 0 1:1 : the document starts with a byte order mark"),
  CASE ("\xef\xbb\xbf", "json-encoding 0 1:1 : the document starts with a byte order mark"),
  CASE ("\xff\xfe{\0}\0", "json-encoding 0 1:1 : the byte 0xff is not UTF-8"),
  CASE ("{\0}\0", "json-encoding 1 1:2 : NUL byte, expected a member's name or \"}\""),
  CASE ("\0", "json-encoding 0 1:1 : NUL byte, expected a value"),
  CASE ("[1\0]", "json-encoding 2 1:3 /0: NUL byte, expected \",\" or \"]\""),
  CASE ("[\xff]", "json-encoding 1 1:2 /0: the byte 0xff is not UTF-8"),
  CASE ("[\x80]", "json-encoding 1 1:2 /0: the byte 0x80 is not UTF-8"),
  CASE ("\"\x80\"", "json-encoding 1 1:2 : the byte 0x80 is not UTF-8"),
  CASE ("\"\xc0\x80\"", "json-encoding 1 1:2 : the byte 0xc0 is not UTF-8"),
  CASE ("\"\xc1\xbf\"", "json-encoding 1 1:2 : the byte 0xc1 is not UTF-8"),
  CASE ("\"\xc3\"", "json-encoding 1 1:2 : the byte 0xc3 is not UTF-8"),
  CASE ("\"\xc3", "json-encoding 1 1:2 : the byte 0xc3 is not UTF-8"),
  CASE ("\"\xe0\x9f\xbf\"", "json-encoding 1 1:2 : the byte 0xe0 is not UTF-8"),
  CASE ("\"\xe2\x82\"", "json-encoding 1 1:2 : the byte 0xe2 is not UTF-8"),
  CASE ("\"\xe2\x82", "json-encoding 1 1:2 : the byte 0xe2 is not UTF-8"),
  CASE ("\"\xe2", "json-encoding 1 1:2 : the byte 0xe2 is not UTF-8"),
  CASE ("\"\xed\xa0\x80\"", "json-encoding 1 1:2 : the byte 0xed is not UTF-8"),
  CASE ("\"\xed\xbf\xbf\"", "json-encoding 1 1:2 : the byte 0xed is not UTF-8"),
  CASE ("\"\xf0\x8f\xbf\xbf\"", "json-encoding 1 1:2 : the byte 0xf0 is not UTF-8"),
  CASE ("\"\xf0\x9f\x98\"", "json-encoding 1 1:2 : the byte 0xf0 is not UTF-8"),
  CASE ("\"\xf0\x9f\x98", "json-encoding 1 1:2 : the byte 0xf0 is not UTF-8"),
  CASE ("\"\xf4\x90\x80\x80\"", "json-encoding 1 1:2 : the byte 0xf4 is not UTF-8"),
  CASE ("\"\xf5\x80\x80\x80\"", "json-encoding 1 1:2 : the byte 0xf5 is not UTF-8"),
  CASE ("\"\xff\"", "json-encoding 1 1:2 : the byte 0xff is not UTF-8"),
  CASE ("[\"\xc3\xa9\xc3\xa9\", \"\xe9\"]",
        "json-encoding 10 1:9 /1: the byte 0xe9 is not UTF-8"),
};

static const Case duplicates[] = {
  CASE ("{\"a\":1,\"a\":1}",
        "json-duplicate-member 7 1:8 /a: the object has a second member \"a\""),
  CASE ("{\"\":1,\"\":1}", "json-duplicate-member 6 1:7 /: the object has a second member \"\""),
  CASE ("{\"a\":1,\"\\u0061\":1}",
        "json-duplicate-member 7 1:8 /a: the object has a second member \"a\""),
  CASE ("{\"\\n\":1,\"\\u000a\":1}",
        "json-duplicate-member 8 1:9 /\n: the object has a second member \"\\n\""),
  CASE ("{\"\xc3\xa9\":1,\n \"\\u00e9\":1}",
        "json-duplicate-member 10 2:2 /\xc3\xa9: the object has a second member \"\xc3\xa9\""),
  CASE ("{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":1}",
        "json-duplicate-member 18 1:19 /\xf0\x9f\x98\x80: the object has a second member "
        "\"\xf0\x9f\x98\x80\""),
  CASE ("{\"a/b~\":1,\"a/b~\":1}",
        "json-duplicate-member 10 1:11 /a~1b~0: the object has a second member \"a/b~\""),
  CASE ("[{\"x\":{\"a\":1,\"b\":{\"a\":1},\"a\":1}}]",
        "json-duplicate-member 25 1:26 /0/x/a: the object has a second member \"a\""),
  CASE ("{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"h\":0}",
        "json-duplicate-member 49 1:50 /h: the object has a second member \"h\""),
  CASE ("{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"i\":0,\"a\":0}",
        "json-duplicate-member 55 1:56 /a: the object has a second member \"a\""),
  CASE ("{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"i\":0,\"i\":0}",
        "json-duplicate-member 55 1:56 /i: the object has a second member \"i\""),
  CASE ("{\"12345678\":0,\"x2345678\":0,\"12345678\":0}",
        "json-duplicate-member 27 1:28 /12345678: the object has a second member \"12345678\""),
};

static const Case trailing[] = {
  CASE ("{}{}", "json-trailing-data 2 1:3 : a second document follows the first"),
  CASE ("[] \n []", "json-trailing-data 5 2:2 : a second document follows the first"),
  CASE ("1 2", "json-trailing-data 2 1:3 : a second document follows the first"),
  CASE ("1 \"", "json-trailing-data 2 1:3 : a second document follows the first"),
  CASE ("{}}", "json-trailing-data 2 1:3 : something follows the end of the document"),
  CASE ("[]]", "json-trailing-data 2 1:3 : something follows the end of the document"),
  CASE ("[],", "json-trailing-data 2 1:3 : something follows the end of the document"),
  CASE ("[]x", "json-trailing-data 2 1:3 : something follows the end of the document"),
  CASE ("[]\0", "json-trailing-data 2 1:3 : something follows the end of the document"),
  CASE ("[]\xff", "json-trailing-data 2 1:3 : something follows the end of the document"),
  CASE ("[]\xef\xbb\xbf", "json-trailing-data 2 1:3 : something follows the end of the document"),
  CASE ("\"a\"\"b\"", "json-trailing-data 3 1:4 : a second document follows the first"),
};

typedef struct
{
  const Case *cases;
  gsize n_cases;
} Table;

static void
test_table (gconstpointer data)
{
  const Table *table = data;

  for (gsize i = 0; i < table->n_cases; i++)
    assert_read (table->cases[i].text, (gssize) table->cases[i].length, table->cases[i].expected);
}

/* Whatever stands at the end of a document, nothing before it changes: no prefix of a document that
 * is a container is a document. */
static void
test_every_prefix (void)
{
  static const char document[]
      = " {\"a\": [0, -1.5e+3, true, false, null, \"x\\u00e9\\ud83d\\ude00\xf0\x9f\x98\x80\\n\"],\n"
        "\t\"b\": {\"c\": {}, \"d\": []},"
        " \"sixteen bytes and more than that\": 18446744073709551615}";

  for (gsize length = 0; length < sizeof document - 1; length++)
    {
      g_autofree char *answer = json_check_read (document, (gssize) length, NULL);

      g_assert_true (g_str_has_prefix (answer, "json-"));
    }
  assert_read (document, sizeof document - 1,
               "{\"a\":[0,-1.5e+3,true,false,null,"
               "\"x\xc3\xa9\xf0\x9f\x98\x80\xf0\x9f\x98\x80\\n\"],"
               "\"b\":{\"c\":{},\"d\":[]},\"sixteen bytes and more than that\":"
               "18446744073709551615}");
}

#define ADD_TABLE(name)                                                      \
  static const Table name##_table = { name, G_N_ELEMENTS (name) };           \
  g_test_add_data_func ("/json/reject/" #name, &name##_table, test_table)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TABLE (structure);
  ADD_TABLE (words);
  ADD_TABLE (numbers);
  ADD_TABLE (strings);
  ADD_TABLE (encodings);
  ADD_TABLE (duplicates);
  ADD_TABLE (trailing);
  g_test_add_func ("/json/reject/every-prefix", test_every_prefix);
  return g_test_run ();
}
