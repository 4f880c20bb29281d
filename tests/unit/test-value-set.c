/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc.h>

#include "value/value-set-private.h"

#define MAX_UINT64_TEXT "18446744073709551615"

static MigdescValueSet *
parse (MigdescValueType type,
       const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescValueSet *set = migdesc_value_set_new_from_string (type, text, &error);

  g_assert_no_error (error);
  return set;
}

static void
assert_text (const MigdescValueSet *set,
             const char *expected)
{
  g_autofree char *text = migdesc_value_set_to_string (set);

  g_assert_cmpstr (text, ==, expected);
}

/* What was parsed, written again */
static void
assert_parsed (MigdescValueType type,
               const char *text,
               const char *expected)
{
  g_autoptr (MigdescValueSet) set = parse (type, text);
  g_autoptr (MigdescValueSet) again = NULL;

  assert_text (set, expected);
  again = parse (type, expected);
  g_assert_true (migdesc_value_set_equal (set, again));
  g_assert_cmpuint (migdesc_value_set_hash (set), ==, migdesc_value_set_hash (again));
}

static void
assert_fails (MigdescValueType type,
              const char *text,
              MigdescError code,
              const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_value_set_new_from_string (type, text, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_parse_ints (void)
{
  assert_parsed (MIGDESC_VALUE_TYPE_INT, "0", "0");
  assert_parsed (MIGDESC_VALUE_TYPE_INT, "1-64,128", "1-64,128");
  assert_parsed (MIGDESC_VALUE_TYPE_INT, "128,1-64", "1-64,128");
  assert_parsed (MIGDESC_VALUE_TYPE_INT, "1,3,2", "1-3");
  assert_parsed (MIGDESC_VALUE_TYPE_INT, "5-9,1-7,9-10,12", "1-10,12");
  assert_parsed (MIGDESC_VALUE_TYPE_INT, "7-7", "7");
  assert_parsed (MIGDESC_VALUE_TYPE_INT, "0-" MAX_UINT64_TEXT, "0-" MAX_UINT64_TEXT);
  assert_parsed (MIGDESC_VALUE_TYPE_INT, "0-18446744073709551614," MAX_UINT64_TEXT,
                 "0-" MAX_UINT64_TEXT);
  assert_parsed (MIGDESC_VALUE_TYPE_INT, MAX_UINT64_TEXT ",0", "0," MAX_UINT64_TEXT);
}

static void
test_parse_ints_wrong (void)
{
  static const char *const syntax[] = { "",   "-",    "1-",  "-1",  "1-2-3", " 1",  "1 ", "+1",
                                        "01", "1-02", "0x1", "1.0", "1e3",   "1,,2", ",", "٣" };

  for (gsize i = 0; i < G_N_ELEMENTS (syntax); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_value_set_new_from_string (MIGDESC_VALUE_TYPE_INT, syntax[i], &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_RANGE_SYNTAX);
    }
  assert_fails (MIGDESC_VALUE_TYPE_INT, "1-x", MIGDESC_ERROR_RANGE_SYNTAX,
                "\"1-x\" is not an int or a range MIN-MAX, in decimal without leading zeros");
  assert_fails (MIGDESC_VALUE_TYPE_INT, "9-3", MIGDESC_ERROR_RANGE_ORDER,
                "\"9-3\" is a range whose lower end is above its upper end");
  assert_fails (MIGDESC_VALUE_TYPE_INT, "5,18446744073709551616", MIGDESC_ERROR_VALUE_NOT_INT,
                "\"18446744073709551616\" goes above " MAX_UINT64_TEXT);
  assert_fails (MIGDESC_VALUE_TYPE_INT, "0-99999999999999999999999", MIGDESC_ERROR_VALUE_NOT_INT,
                "\"0-99999999999999999999999\" goes above " MAX_UINT64_TEXT);
  assert_fails (MIGDESC_VALUE_TYPE_INT, "1\x1b[2J", MIGDESC_ERROR_RANGE_SYNTAX,
                "\"1\\x1b[2J\" is not an int or a range MIN-MAX, in decimal without leading zeros");
}

static void
test_parse_bools (void)
{
  assert_parsed (MIGDESC_VALUE_TYPE_BOOL, "on", "on");
  assert_parsed (MIGDESC_VALUE_TYPE_BOOL, "false", "off");
  assert_parsed (MIGDESC_VALUE_TYPE_BOOL, "on,off,true", "off,on");
  assert_fails (MIGDESC_VALUE_TYPE_BOOL, "on,On", MIGDESC_ERROR_VALUE_TYPE,
                "\"On\" is not a bool: on or off");
  assert_fails (MIGDESC_VALUE_TYPE_BOOL, "", MIGDESC_ERROR_VALUE_TYPE,
                "\"\" is not a bool: on or off");
}

static void
test_parse_strings (void)
{
  static const char *const commas[] = { "a,b", "b,,c", "", NULL };
  g_autoptr (MigdescValueSet) made = migdesc_value_set_new_strings (commas, NULL);
  g_autoptr (MigdescValueSet) parsed = parse (MIGDESC_VALUE_TYPE_STRING, ",a,,b,b,,,,c");
  g_auto (GStrv) strings = migdesc_value_set_dup_strings (parsed);

  assert_text (made, ",a,,b,b,,,,c");
  g_assert_true (migdesc_value_set_equal (made, parsed));
  g_assert_cmpuint (g_strv_length (strings), ==, 3);
  g_assert_cmpstr (strings[1], ==, "a,b");
  g_assert_cmpstr (strings[2], ==, "b,,c");

  assert_parsed (MIGDESC_VALUE_TYPE_STRING, "", "");
  assert_parsed (MIGDESC_VALUE_TYPE_STRING, "b,a,b", "a,b");
  assert_parsed (MIGDESC_VALUE_TYPE_STRING, "\xc3\xa9,z", "z,\xc3\xa9");
  assert_fails (MIGDESC_VALUE_TYPE_STRING, "a,b\x7f", MIGDESC_ERROR_VALUE_TEXT,
                "\"b\\x7f\" is not a str: UTF-8 without control characters, at most 4096 bytes");
  assert_fails (MIGDESC_VALUE_TYPE_STRING, "\xff", MIGDESC_ERROR_VALUE_TEXT,
                "\"\\xff\" is not a str: UTF-8 without control characters, at most 4096 bytes");
}

static char *
many_members (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "," : "", i * 2);
  return g_string_free (text, FALSE);
}

static void
test_limit_of_members (void)
{
  g_autofree char *most = many_members (4096);
  g_autofree char *too_many = many_members (4097);
  g_autoptr (MigdescValueSet) set = parse (MIGDESC_VALUE_TYPE_INT, most);

  g_assert_cmpuint (migdesc_value_set_get_n_intervals (set), ==, 4096);
  assert_fails (MIGDESC_VALUE_TYPE_INT, too_many, MIGDESC_ERROR_LIMIT_EXCEEDED,
                "more than 4096 ranges in one set (limit ranges)");
  assert_fails (MIGDESC_VALUE_TYPE_STRING, too_many, MIGDESC_ERROR_LIMIT_EXCEEDED,
                "more than 4096 ranges in one set (limit ranges)");
}

static void
test_limit_of_length (void)
{
  g_autofree char *most = g_strnfill (4096, 'x');
  g_autofree char *too_long = g_strnfill (4097, 'x');
  const char *const good[] = { most, NULL };
  const char *const bad[] = { too_long, NULL };
  g_autoptr (MigdescValueSet) set = migdesc_value_set_new_strings (good, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_value_set_contains_text (set, most));
  g_assert_false (migdesc_value_set_contains_text (set, too_long));
  g_assert_null (migdesc_value_set_new_strings (bad, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_VALUE_TEXT);
}

static void
test_count (void)
{
  g_autoptr (MigdescValueSet) all = migdesc_value_set_new_interval (0, G_MAXUINT64);
  g_autoptr (MigdescValueSet) most = migdesc_value_set_new_interval (1, G_MAXUINT64);
  g_autoptr (MigdescValueSet) gap = parse (MIGDESC_VALUE_TYPE_INT, "0-4,6-" MAX_UINT64_TEXT);
  g_autoptr (MigdescValueSet) bools = migdesc_value_set_new_any (MIGDESC_VALUE_TYPE_BOOL);
  g_autoptr (MigdescValueSet) strings = migdesc_value_set_new_any (MIGDESC_VALUE_TYPE_STRING);
  g_autoptr (MigdescValueSet) on = migdesc_value_set_new_bools (FALSE, TRUE);

  g_assert_cmpuint (migdesc_value_set_get_count (all), ==, G_MAXUINT64);
  g_assert_cmpuint (migdesc_value_set_get_count (most), ==, G_MAXUINT64);
  g_assert_cmpuint (migdesc_value_set_get_count (gap), ==, G_MAXUINT64);
  g_assert_cmpuint (migdesc_value_set_get_count (bools), ==, 2);
  g_assert_cmpuint (migdesc_value_set_get_count (strings), ==, G_MAXUINT64);
  g_assert_cmpuint (migdesc_value_set_get_count (on), ==, 1);
}

static void
test_any (void)
{
  g_autoptr (MigdescValueSet) any = migdesc_value_set_new_any (MIGDESC_VALUE_TYPE_INT);
  g_autoptr (MigdescValueSet) all = migdesc_value_set_new_interval (0, G_MAXUINT64);
  g_autoptr (MigdescValueSet) some = migdesc_value_set_new_interval (3, 5);
  g_autoptr (MigdescValueSet) both = migdesc_value_set_intersect (any, some);
  g_autoptr (MigdescValueSet) either = migdesc_value_set_unite (some, any);

  assert_text (any, "any value");
  g_assert_true (migdesc_value_set_is_any (any));
  g_assert_false (migdesc_value_set_is_any (all));
  g_assert_false (migdesc_value_set_equal (any, all));
  g_assert_true (migdesc_value_set_is_subset (any, all));
  g_assert_true (migdesc_value_set_is_subset (all, any));
  g_assert_false (migdesc_value_set_is_subset (any, some));
  assert_text (both, "3-5");
  g_assert_true (migdesc_value_set_is_any (either));
  g_assert_true (migdesc_value_set_contains_text (any, "0"));
  g_assert_false (migdesc_value_set_contains_text (any, "-1"));
}

static void
test_empty (void)
{
  g_autoptr (MigdescValueSet) low = migdesc_value_set_new_interval (1, 2);
  g_autoptr (MigdescValueSet) high = migdesc_value_set_new_interval (4, 5);
  g_autoptr (MigdescValueSet) on = migdesc_value_set_new_bools (FALSE, TRUE);
  g_autoptr (MigdescValueSet) none = migdesc_value_set_intersect (low, high);
  g_autoptr (MigdescValueSet) mixed = migdesc_value_set_intersect (low, on);

  g_assert_true (migdesc_value_set_is_empty (none));
  g_assert_true (migdesc_value_set_is_empty (mixed));
  g_assert_cmpuint (migdesc_value_set_get_count (none), ==, 0);
  g_assert_true (migdesc_value_set_is_subset (none, high));
  assert_text (none, "no value");
}

static void
test_values_of_types (void)
{
  g_autoptr (MigdescValueSet) ints = parse (MIGDESC_VALUE_TYPE_INT, "1-3");
  g_autoptr (GVariant) two = g_variant_ref_sink (g_variant_new_uint64 (2));
  g_autoptr (GVariant) small = g_variant_ref_sink (g_variant_new_int32 (2));
  g_autoptr (GVariant) text = g_variant_ref_sink (g_variant_new_string ("2"));

  g_assert_true (migdesc_value_set_contains (ints, two));
  g_assert_false (migdesc_value_set_contains (ints, small));
  g_assert_false (migdesc_value_set_contains (ints, text));
}

static void
test_intervals (void)
{
  g_autoptr (MigdescValueSet) set = parse (MIGDESC_VALUE_TYPE_INT, "1-3,9");
  guint64 min;
  guint64 max;

  g_assert_true (migdesc_value_set_get_interval (set, 1, &min, &max));
  g_assert_cmpuint (min, ==, 9);
  g_assert_cmpuint (max, ==, 9);
  g_assert_false (migdesc_value_set_get_interval (set, 2, &min, &max));
  g_assert_cmpuint (max, ==, 0);
  g_assert_true (migdesc_value_set_get_interval (set, 0, NULL, NULL));
}

static void
test_json (void)
{
  g_autoptr (MigdescValueSet) ints
      = parse (MIGDESC_VALUE_TYPE_INT, "3,5-9,9007199254740992,9007199254740995," MAX_UINT64_TEXT);
  g_autoptr (MigdescValueSet) bools = migdesc_value_set_new_bools (TRUE, TRUE);
  g_autoptr (MigdescValueSet) strings = parse (MIGDESC_VALUE_TYPE_STRING, "b,a\"\\");
  g_autoptr (GString) json = g_string_new (NULL);

  migdesc_set_append_json (json, &ints->set);
  g_string_append_c (json, ' ');
  migdesc_set_append_json (json, &bools->set);
  g_string_append_c (json, ' ');
  migdesc_set_append_json (json, &strings->set);
  g_assert_cmpstr (json->str, ==,
                   "[3,\"5-9\",9007199254740992,\"9007199254740995\",\"" MAX_UINT64_TEXT "\"] "
                   "[false,true] [\"a\\\"\\\\\",\"b\"]");
}

static void
test_quote_is_short (void)
{
  g_autofree char *most = many_members (4096);
  g_autoptr (MigdescValueSet) set = parse (MIGDESC_VALUE_TYPE_INT, most);
  g_autoptr (GString) message = g_string_new (NULL);

  migdesc_set_quote (message, &set->set);
  g_assert_cmpint (g_utf8_strlen (message->str, -1), ==, 128);
  g_assert_true (g_str_has_prefix (message->str, "0,2,4,6,"));
  g_assert_true (g_str_has_suffix (message->str, "\xe2\x80\xa6"));
}

static void
test_words_are_nicks (void)
{
  g_autoptr (GEnumClass) types = g_type_class_ref (MIGDESC_TYPE_VALUE_TYPE);
  g_autoptr (GEnumClass) supports = g_type_class_ref (MIGDESC_TYPE_SUPPORT);
  g_autoptr (GEnumClass) dialects = g_type_class_ref (MIGDESC_TYPE_DIALECT);
  g_autoptr (GEnumClass) verdicts = g_type_class_ref (MIGDESC_TYPE_VERDICT);
  g_autoptr (GEnumClass) severities = g_type_class_ref (MIGDESC_TYPE_SEVERITY);
  MigdescDialect dialect;

#define ASSERT_WORDS(klass, type, to_string)                                          \
  for (guint i = 0; i < klass->n_values; i++)                                         \
    g_assert_cmpstr (to_string ((type) klass->values[i].value), ==, klass->values[i].value_nick)
  ASSERT_WORDS (types, MigdescValueType, migdesc_value_type_to_string);
  ASSERT_WORDS (supports, MigdescSupport, migdesc_support_to_string);
  ASSERT_WORDS (dialects, MigdescDialect, migdesc_dialect_to_string);
  ASSERT_WORDS (verdicts, MigdescVerdict, migdesc_verdict_to_string);
  ASSERT_WORDS (severities, MigdescSeverity, migdesc_severity_to_string);
#undef ASSERT_WORDS

  for (guint i = 0; i < dialects->n_values; i++)
    {
      g_assert_true (migdesc_dialect_from_string (dialects->values[i].value_nick, &dialect));
      g_assert_cmpint (dialect, ==, dialects->values[i].value);
    }
  g_assert_false (migdesc_dialect_from_string ("V4", &dialect));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value-set/parse-ints", test_parse_ints);
  g_test_add_func ("/value-set/parse-ints-wrong", test_parse_ints_wrong);
  g_test_add_func ("/value-set/parse-bools", test_parse_bools);
  g_test_add_func ("/value-set/parse-strings", test_parse_strings);
  g_test_add_func ("/value-set/limit-of-members", test_limit_of_members);
  g_test_add_func ("/value-set/limit-of-length", test_limit_of_length);
  g_test_add_func ("/value-set/count", test_count);
  g_test_add_func ("/value-set/any", test_any);
  g_test_add_func ("/value-set/empty", test_empty);
  g_test_add_func ("/value-set/values-of-types", test_values_of_types);
  g_test_add_func ("/value-set/intervals", test_intervals);
  g_test_add_func ("/value-set/json", test_json);
  g_test_add_func ("/value-set/quote-is-short", test_quote_is_short);
  g_test_add_func ("/value-set/words-are-nicks", test_words_are_nicks);

  return g_test_run ();
}
