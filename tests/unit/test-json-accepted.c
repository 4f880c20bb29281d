/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What every reader of JSON has to accept, and what each may choose: numbers of any size are read,
 * and what could be understood in two ways, or not as Unicode, is refused. */

#include "json-case.h"

static const JsonCase accepted[] = {
  CASE ("array/empty", "[]", "[]"),
  CASE ("array/nested-empty", "[[],[[]]]", "[[],[[]]]"),
  CASE ("array/spaces-inside", "[ [ ] , [ 7 ] ]", "[[],[7]]"),
  CASE ("array/empty-string", "[\"\"]", "[\"\"]"),
  CASE ("array/space-before", "\t [3]", "[3]"),
  CASE ("array/space-after", "[3] \n", "[3]"),
  CASE ("array/newline-at-end", "[\"z\"]\n", "[\"z\"]"),
  CASE ("array/newline-inside", "[3\n]", "[3]"),
  CASE ("array/false", "[false]", "[false]"),
  CASE ("array/true", "[true]", "[true]"),
  CASE ("array/null", "[null]", "[null]"),
  CASE ("array/nulls-between", "[3,null,null,4]", "[3,null,null,4]"),
  CASE ("array/mixed", "[null, 3, \"3\", {}, [], true]", "[null,3,\"3\",{},[],true]"),
  CASE ("array/carriage-returns", "[\r\n3,\r\n4\r\n]", "[3,4]"),
  CASE ("number/digits", "[9081726354]", "[9081726354]"),
  CASE ("number/one-digit", "[0]", "[0]"),
  CASE ("number/space-before", "[ 31]", "[31]"),
  CASE ("number/zero-exponent", "[0e5]", "[0e5]"),
  CASE ("number/zero-exponent-plus", "[0e+5]", "[0e+5]"),
  CASE ("number/exponent", "[12e3]", "[12e3]"),
  CASE ("number/exponent-plus", "[12e+3]", "[12e+3]"),
  CASE ("number/exponent-minus", "[12e-3]", "[12e-3]"),
  CASE ("number/capital-exponent", "[12E3]", "[12E3]"),
  CASE ("number/capital-exponent-plus", "[12E+3]", "[12E+3]"),
  CASE ("number/capital-exponent-minus", "[12E-3]", "[12E-3]"),
  CASE ("number/exponent-leading-zero", "[12e03]", "[12e03]"),
  CASE ("number/fraction", "[41.25]", "[41.25]"),
  CASE ("number/fraction-exponent", "[41.25e07]", "[41.25e07]"),
  CASE ("number/fraction-ends-in-zeros", "[41.2500]", "[41.2500]"),
  CASE ("number/close-to-zero",
        "[-0.00000000000000000000000000000000000000000000000000000000000000000000000001]",
        "[-0.00000000000000000000000000000000000000000000000000000000000000000000000001]"),
  CASE ("number/minus", "[-58]", "[-58]"),
  CASE ("number/minus-one", "[-1]", "[-1]"),
  CASE ("number/minus-zero", "[-0]", "[-0]"),
  CASE ("number/minus-zero-fraction", "[-0.0]", "[-0.0]"),
  CASE ("object/empty", "{}", "{}"),
  CASE ("object/one", "{\"key\":\"value\"}", "{\"key\":\"value\"}"),
  CASE ("object/two", "{\"one\":1,\"two\":2}", "{\"one\":1,\"two\":2}"),
  CASE ("object/empty-name", "{\"\":0}", "{\"\":0}"),
  CASE ("object/names-in-case", "{\"n\":1,\"N\":2}", "{\"n\":1,\"N\":2}"),
  CASE ("object/spaces-around", " { \"a\" : 1 , \"b\" : 2 } ", "{\"a\":1,\"b\":2}"),
  CASE ("object/newlines", "{\n\"k\"\n:\n\"v\"\n}", "{\"k\":\"v\"}"),
  CASE ("object/nested", "{\"a\":{\"a\":{\"a\":[]}}}", "{\"a\":{\"a\":{\"a\":[]}}}"),
  CASE ("object/extreme-numbers",
        "{\"least\":-1.0e+30,\"most\":1.0e+30}",
        "{\"least\":-1.0e+30,\"most\":1.0e+30}"),
  CASE ("object/long-strings",
        "{\"list\":[{\"id\":\"ooooooooooooooooooooooooooooo\"}],\"id\":"
        "\"ooooooooooooooooooooooooooooo\"}",
        "{\"list\":[{\"id\":\"ooooooooooooooooooooooooooooo\"}],\"id\":"
        "\"ooooooooooooooooooooooooooooo\"}"),
  CASE ("object/name-in-unicode",
        "{\"\\u043f\\u0443\\u0442\\u044c\":\"\\u043a\"}",
        "{\"\xd0\xbf\xd1\x83\xd1\x82\xd1\x8c\":\"\xd0\xba\"}"),
  CASE ("object/name-like-a-prototype", "{\"__proto__\":1}", "{\"__proto__\":1}"),
  CASE ("string/empty", "\"\"", "\"\""),
  CASE ("string/one-character", "\"x\"", "\"x\""),
  CASE ("string/ascii", "\"an abc\"", "\"an abc\""),
  CASE ("string/space", "\" \"", "\" \""),
  CASE ("string/every-short-escape",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\""),
  CASE ("string/escaped-quote", "[\"\\u0022\"]", "[\"\\\"\"]"),
  CASE ("string/escaped-backslash", "[\"\\u005C\"]", "[\"\\\\\"]"),
  CASE ("string/escaped-backslash-then-letter", "[\"\\\\u0061\"]", "[\"\\\\u0061\"]"),
  CASE ("string/escaped-backslash-then-n", "\"\\\\n\"", "\"\\\\n\""),
  CASE ("string/escaped-control", "[\"\\u001F\"]", "[\"\\u001f\"]"),
  CASE ("string/escaped-newline", "[\"line\\u000abreak\"]", "[\"line\\nbreak\"]"),
  CASE ("string/escaped-no-break-space", "[\"a\\u00A0z\"]", "[\"a\xc2\xa0z\"]"),
  CASE ("string/escape-in-both-cases", "[\"\\u00eF\\uABcd\"]", "[\"\xc3\xaf\xea\xaf\x8d\"]"),
  CASE ("string/one-two-three-bytes", "[\"\\u0040\\u00f1\\u20AC\"]", "[\"@\xc3\xb1\xe2\x82\xac\"]"),
  CASE ("string/surrogate-pair", "[\"\\uD834\\uDD1e\"]", "[\"\xf0\x9d\x84\x9e\"]"),
  CASE ("string/surrogate-pairs",
        "[\"\\ud83e\\udd80\\ud83e\\udd81\"]",
        "[\"\xf0\x9f\xa6\x80\xf0\x9f\xa6\x81\"]"),
  CASE ("string/first-surrogates", "[\"\\uD800\\uDC00\"]", "[\"\xf0\x90\x80\x80\"]"),
  CASE ("string/last-surrogates", "[\"\\uDBFF\\uDFFF\"]", "[\"\xf4\x8f\xbf\xbf\"]"),
  CASE ("string/escaped-noncharacter",
        "[\"\\uFFFF\\uFDD1\\uFFFE\"]",
        "[\"\xef\xbf\xbf\xef\xb7\x91\xef\xbf\xbe\"]"),
  CASE ("string/escaped-plane-noncharacters",
        "[\"\\uD83F\\uDFFF\\uDBFF\\uDFFE\"]",
        "[\"\xf0\x9f\xbf\xbf\xf4\x8f\xbf\xbe\"]"),
  CASE ("string/escaped-zero-width", "[\"\\u200C\\u2064\"]", "[\"\xe2\x80\x8c\xe2\x81\xa4\"]"),
  CASE ("string/comment-inside", "[\"x/*y*/z//\"]", "[\"x/*y*/z//\"]"),
  CASE ("string/slash", "[\"a/b\"]", "[\"a/b\"]"),
  CASE ("string/two-bytes", "[\"\xc3\xb1\"]", "[\"\xc3\xb1\"]"),
  CASE ("string/three-bytes", "[\"\xe2\x82\xac\"]", "[\"\xe2\x82\xac\"]"),
  CASE ("string/four-bytes", "[\"\xf0\x90\x80\x80\"]", "[\"\xf0\x90\x80\x80\"]"),
  CASE ("string/last-character", "[\"\xf4\x8f\xbf\xbf\"]", "[\"\xf4\x8f\xbf\xbf\"]"),
  CASE ("string/last-before-surrogates", "[\"\xed\x9f\xbf\"]", "[\"\xed\x9f\xbf\"]"),
  CASE ("string/first-after-surrogates", "[\"\xee\x80\x80\"]", "[\"\xee\x80\x80\"]"),
  CASE ("string/noncharacter", "[\"\xef\xbf\xbf\"]", "[\"\xef\xbf\xbf\"]"),
  CASE ("string/unassigned", "[\"\xf0\x9e\xbf\xbf\"]", "[\"\xf0\x9e\xbf\xbf\"]"),
  CASE ("string/line-separators",
        "[\"\xe2\x80\xa8\xe2\x80\xa9\"]",
        "[\"\xe2\x80\xa8\xe2\x80\xa9\"]"),
  CASE ("string/delete", "[\"\x7f\"]", "[\"\x7f\"]"),
  CASE ("string/byte-order-mark-inside", "[\"\xef\xbb\xbf\"]", "[\"\xef\xbb\xbf\"]"),
  CASE ("string/next-to-literal-text", "[\"\xce\xa9\\u03a9\"]", "[\"\xce\xa9\xce\xa9\"]"),
  CASE ("structure/lone-false", "false", "false"),
  CASE ("structure/lone-true", "true", "true"),
  CASE ("structure/lone-null", "null", "null"),
  CASE ("structure/lone-number", "17", "17"),
  CASE ("structure/lone-fraction", "-0.5", "-0.5"),
  CASE ("structure/lone-string", "\"alone\"", "\"alone\""),
  CASE ("structure/white-space-around", " \t\r\n[] \t\r\n", "[]"),
};

static const JsonCase chosen[] = {
  CASE ("number/huge-exponent", "[3.5e00870000000000000000]", "[3.5e00870000000000000000]"),
  CASE ("number/huge-negative-exponent", "[7.25e-20000]", "[7.25e-20000]"),
  CASE ("number/minus-huge-exponent", "[-7e+20000]", "[-7e+20000]"),
  CASE ("number/overflow", "[7.25e+20000]", "[7.25e+20000]"),
  CASE ("number/minus-overflow", "[-98765e200000]", "[-98765e200000]"),
  CASE ("number/underflow", "[98765e-20000000]", "[98765e-20000000]"),
  CASE ("number/above-64-bits", "[18446744073709551616]", "[18446744073709551616]"),
  CASE ("number/below-64-bits", "[-9223372036854775809]", "[-9223372036854775809]"),
  CASE ("number/many-digits", "[27182818284590452353602874713526624977572470]",
        "[27182818284590452353602874713526624977572470]"),
  CASE ("number/minus-many-digits", "[-31415926535897932384626433832795028841971693993]",
        "[-31415926535897932384626433832795028841971693993]"),
  CASE ("object/duplicate", "{\"k\":4,\"k\":5}",
        "json-duplicate-member 7 1:8 /k: the object has a second member \"k\""),
  CASE ("object/duplicate-pair", "{\"k\":4,\"k\":4}",
        "json-duplicate-member 7 1:8 /k: the object has a second member \"k\""),
  CASE ("object/escaped-nul-in-name", "{\"k\\u0000l\":4}",
        "json-string 3 1:4 /k\xef\xbf\xbdu0000l: \\u0000 in a string, which is refused"),
  CASE ("object/lone-low-surrogate-in-name", "{\"\\uDFAB\":0}",
        "json-string 2 1:3 /\xef\xbf\xbduDFAB: half a surrogate pair in a string"),
  CASE ("string/escaped-nul", "[\"\\u0000\"]",
        "json-string 2 1:3 /0: \\u0000 in a string, which is refused"),
  CASE ("string/high-surrogate", "[\"\\uD888\"]",
        "json-string 2 1:3 /0: half a surrogate pair in a string"),
  CASE ("string/high-surrogate-then-character", "[\"\\uD888q\"]",
        "json-string 2 1:3 /0: half a surrogate pair in a string"),
  CASE ("string/high-surrogate-then-escape", "[\"\\uD888\\n\"]",
        "json-string 2 1:3 /0: half a surrogate pair in a string"),
  CASE ("string/high-surrogate-then-escaped-character", "[\"\\uD888\\u4321\"]",
        "json-string 2 1:3 /0: half a surrogate pair in a string"),
  CASE ("string/two-high-surrogates", "[\"\\uD888\\uD888\\n\"]",
        "json-string 2 1:3 /0: half a surrogate pair in a string"),
  CASE ("string/low-surrogate", "[\"\\uDC21\"]",
        "json-string 2 1:3 /0: half a surrogate pair in a string"),
  CASE ("string/inverted-surrogates", "[\"\\uDd1E\\uD834\"]",
        "json-string 2 1:3 /0: half a surrogate pair in a string"),
  CASE ("string/raw-surrogate", "[\"\xed\xa0\x81\"]",
        "json-encoding 2 1:3 /0: the byte 0xed is not UTF-8"),
  CASE ("string/two-byte-overlong", "[\"\xc0\xaf\"]",
        "json-encoding 2 1:3 /0: the byte 0xc0 is not UTF-8"),
  CASE ("string/three-byte-overlong", "[\"\xe0\x80\xaf\"]",
        "json-encoding 2 1:3 /0: the byte 0xe0 is not UTF-8"),
  CASE ("string/six-byte-overlong", "[\"\xfc\x83\xbf\xbf\xbf\xbf\"]",
        "json-encoding 2 1:3 /0: the byte 0xfc is not UTF-8"),
  CASE ("string/beyond-unicode", "[\"\xf4\xbf\xbf\xbf\"]",
        "json-encoding 2 1:3 /0: the byte 0xf4 is not UTF-8"),
  CASE ("string/truncated", "[\"\xe0\xff\"]", "json-encoding 2 1:3 /0: the byte 0xe0 is not UTF-8"),
  CASE ("string/continuation-byte", "[\"\x81\"]",
        "json-encoding 2 1:3 /0: the byte 0x81 is not UTF-8"),
  CASE ("string/latin-1", "[\"\xe9\"]", "json-encoding 2 1:3 /0: the byte 0xe9 is not UTF-8"),
  CASE ("string/byte-ff", "[\"\xff\"]", "json-encoding 2 1:3 /0: the byte 0xff is not UTF-8"),
  CASE ("string/russian-in-another-charset", "[\"\xf0\xf1\"]",
        "json-encoding 2 1:3 /0: the byte 0xf0 is not UTF-8"),
  CASE ("structure/utf-16-le-with-mark", "\xff\xfe[\0\"\0k\0\"\0]\0",
        "json-encoding 0 1:1 : the byte 0xff is not UTF-8"),
  CASE ("structure/utf-16-le", "[\0\"\0k\0\"\0]\0",
        "json-encoding 1 1:2 /0: NUL byte, expected a value"),
  CASE ("structure/utf-16-be", "\0[\0\"\0k\0\"\0]",
        "json-encoding 0 1:1 : NUL byte, expected a value"),
  CASE ("structure/utf-32-be", "\0\0\0[\0\0\0]",
        "json-encoding 0 1:1 : NUL byte, expected a value"),
  CASE ("structure/byte-order-mark", "\xef\xbb\xbf{}",
        "json-encoding 0 1:1 : the document starts with a byte order mark"),
};

static char *
nest (gsize depth,
      gsize n_closed)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (gsize i = 0; i < n_closed; i++)
    g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static void
test_nested (void)
{
  g_autofree char *most = nest (32, 32);
  g_autofree char *more = nest (33, 33);
  g_autofree char *hundreds = nest (600, 600);
  g_autofree char *unclosed = nest (200000, 0);
  const char *expected
      = "limit-exceeded 32 1:33 /0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0: "
        "more than 32 objects and arrays inside each other (limit depth)";

  assert_read (most, -1, most);
  assert_read (more, -1, expected);
  assert_read (hundreds, -1, expected);
  assert_read (unclosed, -1, expected);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  json_cases_add ("accepted", accepted, G_N_ELEMENTS (accepted));
  json_cases_add ("chosen", chosen, G_N_ELEMENTS (chosen));
  g_test_add_func ("/json/chosen/structure/nested", test_nested);
  return g_test_run ();
}
