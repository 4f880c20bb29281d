/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "model/core.h"
#include "model/param-list-scan.h"
#include "param-list-check.h"

static void
test_pairs_keep_their_order (void)
{
  g_autoptr (MigdescParamList) list = parse ("num-queues=8,new-feature=on");

  g_assert_null (migdesc_param_list_get_model (list));
  g_assert_null (migdesc_param_list_get_version (list));
  g_assert_cmpuint (migdesc_param_list_get_n_params (list), ==, 2);
  assert_pair (list, 0, "num-queues", "8");
  assert_pair (list, 1, "new-feature", "on");
  g_assert_null (migdesc_param_list_get_name (list, 2));
  g_assert_null (migdesc_param_list_get_value (list, 2));
  g_assert_null (migdesc_param_list_lookup (list, "num-queue"));
  assert_prints (list, "num-queues=8,new-feature=on");
}

static void
test_model_stands_in_front (void)
{
  g_autoptr (MigdescParamList) list = parse ("vendor-a.com/my-nic?num-queues=8");

  g_assert_cmpstr (migdesc_param_list_get_model (list), ==, "vendor-a.com/my-nic");
  g_assert_cmpuint (list->model_length, ==, strlen ("vendor-a.com/my-nic"));
  g_assert_cmpuint (migdesc_param_list_get_n_params (list), ==, 1);
  assert_pair (list, 0, "num-queues", "8");
  assert_prints (list, "vendor-a.com/my-nic?num-queues=8");
}

static void
test_question_mark_after_equals_is_a_value (void)
{
  g_autoptr (MigdescParamList) list = parse ("url=a.b/c?d=e");

  g_assert_null (migdesc_param_list_get_model (list));
  assert_pair (list, 0, "url", "a.b/c?d=e");
}

static void
test_all_off (void)
{
  g_autoptr (MigdescParamList) bare = parse ("");
  g_autoptr (MigdescParamList) model = parse ("vendor-a.com/my-nic?");

  g_assert_cmpuint (migdesc_param_list_get_n_params (bare), ==, 0);
  g_assert_null (migdesc_param_list_get_model (bare));
  assert_prints (bare, "");
  g_assert_cmpuint (migdesc_param_list_get_n_params (model), ==, 0);
  g_assert_cmpstr (migdesc_param_list_get_model (model), ==, "vendor-a.com/my-nic");
  assert_prints (model, "vendor-a.com/my-nic?");
}

static void
test_version_stands_anywhere_and_prints_first (void)
{
  g_autoptr (MigdescParamList) last = parse ("a.b/c?x=1,y=2,version=3");
  g_autoptr (MigdescParamList) middle = parse ("a.b/c?x=1,version=3,y=2");
  g_autoptr (MigdescParamList) alone = parse ("version=4GB-v1");

  g_assert_cmpstr (migdesc_param_list_get_version (last), ==, "3");
  g_assert_cmpuint (last->version_length, ==, 1);
  g_assert_cmpuint (migdesc_param_list_get_n_params (last), ==, 2);
  g_assert_null (migdesc_param_list_lookup (last, "version"));
  assert_prints (last, "a.b/c?version=3,x=1,y=2");
  assert_prints (middle, "a.b/c?version=3,x=1,y=2");
  g_assert_cmpstr (migdesc_param_list_get_version (alone), ==, "4GB-v1");
  g_assert_cmpuint (migdesc_param_list_get_n_params (alone), ==, 0);
  assert_prints (alone, "version=4GB-v1");
}

static void
test_doubled_commas_read_from_left_to_right (void)
{
  static const struct
  {
    const char *text;
    const char *first;
    const char *second;
  } cases[] = {
    { "a=1,,b=2", "1,b=2", NULL },
    { "a=1,,,b=2", "1,", "2" },
    { "a=1,,,,b=2", "1,,b=2", NULL },
    { "a=,,", ",", NULL },
    { "a=,,,,", ",,", NULL },
    { "a=,b=", "", "" },
    { "a=,,,b=,,x,,", ",", ",x," },
    { "a==b", "=b", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MigdescParamList) list = parse (cases[i].text);

      g_assert_cmpuint (migdesc_param_list_get_n_params (list), ==,
                        cases[i].second != NULL ? 2 : 1);
      assert_pair (list, 0, "a", cases[i].first);
      if (cases[i].second != NULL)
        assert_pair (list, 1, "b", cases[i].second);
      assert_prints (list, cases[i].text);
    }
}

static void
test_commas_in_a_version_are_doubled (void)
{
  g_autoptr (MigdescParamList) list = parse ("version=a,,b,x=1");

  g_assert_cmpstr (migdesc_param_list_get_version (list), ==, "a,b");
  assert_pair (list, 0, "x", "1");
  assert_prints (list, "version=a,,b,x=1");
}

static void
test_text_need_not_end_in_nul (void)
{
  const char *text = "a=1,b=2garbage";
  g_autoptr (MigdescParamList) list = migdesc_param_list_parse (text, 7, NULL);
  g_autoptr (GError) error = NULL;

  assert_prints (list, "a=1,b=2");
  g_assert_null (migdesc_param_list_parse ("a=1\0", 4, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_VALUE_TEXT);
  g_assert_cmpstr (error->message, ==,
                   "column 3: the value \"1\\x00\" is not UTF-8 without control characters");
  g_clear_error (&error);
  g_assert_null (migdesc_param_list_parse ("version=1\0", 10, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX);
  g_assert_cmpstr (error->message, ==,
                   "column 9: \"1\\x00\" is not a version name: it has a NUL byte");
}

/* Sixteen bytes at a time is as byte by byte, for every byte at every distance. */
static void
test_scanning_stops_at_every_odd_byte (void)
{
  for (int byte = 0; byte < 256; byte++)
    for (gsize distance = 0; distance < 40; distance++)
      {
        char text[40 + 1 + MIGDESC_LIST_SCAN_SLACK] = { 0 };
        gboolean in_value = migdesc_list_is_plain_in_value ((char) byte);
        gboolean in_name = migdesc_list_is_plain_in_name ((char) byte);

        memset (text, 'a', 40);
        text[distance] = (char) byte;
        g_assert_true (migdesc_list_skip_value (text) == text + (in_value ? 40 : distance));
        g_assert_true (migdesc_list_skip_name (text) == text + (in_name ? 40 : distance));
        g_assert_cmpuint (migdesc_list_bound_pairs (text, 40), ==, byte == ',' ? 2 : 1);
      }
}

/* More names than are compared one by one */
static void
test_many_pairs (void)
{
  g_autoptr (GString) text = g_string_new ("a.b/c?");
  g_autoptr (MigdescParamList) list = NULL;

  for (int i = 0; i < MIGDESC_LIST_MAX_PARAMS; i++)
    g_string_append_printf (text, "%sname-%d=%d", i > 0 ? "," : "", i, i);
  list = parse (text->str);
  g_assert_cmpuint (migdesc_param_list_get_n_params (list), ==, MIGDESC_LIST_MAX_PARAMS);
  assert_pair (list, 4095, "name-4095", "4095");
  assert_prints (list, text->str);
}

static void
test_limits_hold_one_past_them (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i <= MIGDESC_LIST_MAX_PARAMS; i++)
    g_string_append_printf (text, "%sn%04d=1", i > 0 ? "," : "", i);
  g_assert_null (migdesc_param_list_new_from_string (text->str, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==, "column 32769: more than 4096 params in one list");
  g_clear_error (&error);

  g_string_set_size (text, 0);
  g_string_append (text, "a=");
  for (int i = 0; i < 4096; i++)
    g_string_append_c (text, 'x');
  migdesc_param_list_unref (parse (text->str));
  g_string_append_c (text, 'x');
  g_assert_null (migdesc_param_list_new_from_string (text->str, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_VALUE_TEXT);
  g_assert_cmpstr (error->message, ==, "column 3: a value of 4097 bytes; the limit is 4096");
  g_clear_error (&error);

  g_string_set_size (text, 0);
  for (int i = 0; i < 255; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "=1");
  migdesc_param_list_unref (parse (text->str));
  g_string_prepend_c (text, 'x');
  g_assert_null (migdesc_param_list_new_from_string (text->str, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX);
  g_clear_error (&error);

  g_string_assign (text, "version=");
  for (int i = 0; i < MIGDESC_LIST_MAX_VERSION; i++)
    g_string_append_c (text, 'x');
  migdesc_param_list_unref (parse (text->str));
  g_string_append_c (text, 'x');
  g_assert_null (migdesc_param_list_new_from_string (text->str, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==,
                   "column 9: a version name of 65537 bytes; the limit is 65536");
  g_clear_error (&error);

  g_string_set_size (text, 0);
  for (int i = 0; i < MIGDESC_LIST_MAX_TEXT; i++)
    g_string_append_c (text, ',');
  g_assert_null (migdesc_param_list_new_from_string (text->str, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX);
  g_clear_error (&error);
  g_string_append_c (text, ',');
  g_assert_null (migdesc_param_list_new_from_string (text->str, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==, "a list of 4194305 bytes; the limit is 4194304");
}

static const struct
{
  const char *text;
  MigdescError code;
  const char *message;
} malformed_texts[] = {
  { "x", MIGDESC_ERROR_LIST_SYNTAX, "column 1: \"x\" has no \"=\": expected NAME=VALUE" },
  { ",", MIGDESC_ERROR_LIST_SYNTAX, "column 1: \"\" has no \"=\": expected NAME=VALUE" },
  { "a=1,", MIGDESC_ERROR_LIST_SYNTAX, "column 5: \"\" has no \"=\": expected NAME=VALUE" },
  { "a=1,b", MIGDESC_ERROR_LIST_SYNTAX, "column 5: \"b\" has no \"=\": expected NAME=VALUE" },
  { "a=1,b,c=2", MIGDESC_ERROR_LIST_SYNTAX, "column 5: \"b\" has no \"=\": expected NAME=VALUE" },
  { "a=1,b,,c=2", MIGDESC_ERROR_LIST_SYNTAX,
    "column 5: \"b,c\" is not a param name: \",\" is not allowed" },
  { ",,a=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 1: \",a\" is not a param name: \",\" is not allowed" },
  { "=1", MIGDESC_ERROR_LIST_SYNTAX, "column 1: \"\" is not a param name: it is empty" },
  { "a b=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 1: \"a b\" is not a param name: white space is not allowed" },
  { " a=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 1: \" a\" is not a param name: white space is not allowed" },
  { "a/b=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 1: \"a/b\" is not a param name: \"/\" is not allowed" },
  { "a.b/c?d?e=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 7: \"d?e\" is not a param name: \"?\" is not allowed" },
  { "x=1,a\u00a0b=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 5: \"a\u00a0b\" is not a param name: white space is not allowed" },
  { "\u00e9\u00e9=1,a\tb=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 6: \"a\\tb\" is not a param name: white space is not allowed" },
  { "a\x1b[31m=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 1: \"a\\x1b[31m\" is not a param name: control characters are not allowed" },
  { "\xff=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 1: \"\\xff\" is not a param name: it is not UTF-8" },
  { "a=1,\u00e9=\xc3", MIGDESC_ERROR_VALUE_TEXT,
    "column 7: the value \"\\xc3\" is not UTF-8 without control characters" },
  { "a=x\ny", MIGDESC_ERROR_VALUE_TEXT,
    "column 3: the value \"x\\ny\" is not UTF-8 without control characters" },
  { "a=x\x7f", MIGDESC_ERROR_VALUE_TEXT,
    "column 3: the value \"x\\x7f\" is not UTF-8 without control characters" },
  { "a=x\xc2\x85", MIGDESC_ERROR_VALUE_TEXT,
    "column 3: the value \"x\\u0085\" is not UTF-8 without control characters" },
  { "model=a.b/c", MIGDESC_ERROR_LIST_SYNTAX,
    "column 1: \"model\" is reserved: the model stands in front, as in MODEL?NAME=VALUE" },
  { "nic?a=1", MIGDESC_ERROR_LIST_SYNTAX,
    "column 1: \"nic\" is not a model name: it is not DOMAIN/PATH" },
  { "?a=1", MIGDESC_ERROR_LIST_SYNTAX, "column 1: \"\" is not a model name: it is empty" },
  { "a.b/c??", MIGDESC_ERROR_LIST_SYNTAX, "column 7: \"?\" has no \"=\": expected NAME=VALUE" },
  { "version=1\n", MIGDESC_ERROR_LIST_SYNTAX,
    "column 9: \"1\\n\" is not a version name: it has a line end" },
  { "a=1,a=1", MIGDESC_ERROR_LIST_DUPLICATE, "column 5: \"a\" is listed twice" },
  { "a=1,b=2,a=3", MIGDESC_ERROR_LIST_DUPLICATE, "column 9: \"a\" is listed twice" },
  { "version=1,a=1,version=2", MIGDESC_ERROR_LIST_DUPLICATE,
    "column 15: \"version\" is listed twice" },
  { "a=,b=,c=,d=,e=,f=,g=,h=,i=,j=,c=", MIGDESC_ERROR_LIST_DUPLICATE,
    "column 31: \"c\" is listed twice" },
};

static void
test_malformed_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (malformed_texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_param_list_new_from_string (malformed_texts[i].text, &error));
      g_assert_error (error, MIGDESC_ERROR, (int) malformed_texts[i].code);
      g_assert_cmpstr (error->message, ==, malformed_texts[i].message);
    }
}

static void
test_odd_but_right_texts (void)
{
  static const char *const texts[] = {
    "-a=-1",
    "__proto__=1",
    "\u00e9t\u00e9=\u96ea",
    "a= ,b=?,c=/,d=:,e=\"",
    "https://a.b/c?x=1",
    "a.b/c/d?x=1",
    "models=1,versions=2",
    "version=",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (MigdescParamList) list = parse (texts[i]);

      assert_prints (list, texts[i]);
    }
}

static void
assert_model_is_as_in_documents (const char *name,
                                 gsize length)
{
  g_autofree char *copy = g_strndup (name, length);
  g_autofree char *text = g_strconcat (copy, "?x=1", NULL);
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string (text, NULL);

  g_assert_cmpint (list != NULL, ==, migdesc_is_model_name (name, length));
  if (list != NULL)
    g_assert_cmpstr (list->model, ==, copy);
}

static void
test_models_are_named_as_in_documents (void)
{
  static const char alphabet[] = "aaa...///:, \t\x7f\xc3\xa9";
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *longest = g_strdup_printf ("https://a.b/%0400d", 0);

  for (int i = 0; i < 100000; i++)
    {
      char name[12];
      gsize length = (gsize) g_rand_int_range (random, 0, sizeof name);

      for (gsize j = 0; j < length; j++)
        name[j] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
      assert_model_is_as_in_documents (name, length);
    }
  for (gsize length = 9; length < 300; length++)
    {
      assert_model_is_as_in_documents (longest, length);
      assert_model_is_as_in_documents (longest + strlen ("https://"), length);
    }
}

static gboolean
is_clean_line (const char *message)
{
  if (!g_utf8_validate (message, -1, NULL))
    return FALSE;
  for (const char *at = message; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static void
test_any_bytes_give_a_list_or_a_clean_message (void)
{
  static const char alphabet[] = "ab=,,?/.\n\x1b\x7f\x80\xc3\xa9\xff \"v";
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n_lists = 0;

  for (int i = 0; i < 200000; i++)
    {
      char text[24];
      gsize length = (gsize) g_rand_int_range (random, 0, sizeof text);
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescParamList) list = NULL;

      for (gsize j = 0; j < length; j++)
        text[j] = alphabet[g_rand_int_range (random, 0, sizeof alphabet)];
      list = migdesc_param_list_parse (text, length, &error);
      g_assert_true ((list == NULL) == (error != NULL));
      g_assert_true (error == NULL || is_clean_line (error->message));
      n_lists += list != NULL;
    }
  g_assert_cmpuint (n_lists, >, 1000);
}

static void
test_boxed_type_shares (void)
{
  MigdescParamList *list = parse ("a=1");
  MigdescParamList *copy = g_boxed_copy (MIGDESC_TYPE_PARAM_LIST, list);

  g_assert_true (copy == list);
  g_boxed_free (MIGDESC_TYPE_PARAM_LIST, copy);
  assert_pair (list, 0, "a", "1");
  migdesc_param_list_unref (list);
}

#define ADD(name, function) g_test_add_func ("/param-list/" name, function)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pairs-keep-their-order", test_pairs_keep_their_order);
  ADD ("model-stands-in-front", test_model_stands_in_front);
  ADD ("question-mark-after-equals-is-a-value", test_question_mark_after_equals_is_a_value);
  ADD ("all-off", test_all_off);
  ADD ("version-stands-anywhere-and-prints-first", test_version_stands_anywhere_and_prints_first);
  ADD ("doubled-commas-read-from-left-to-right", test_doubled_commas_read_from_left_to_right);
  ADD ("commas-in-a-version-are-doubled", test_commas_in_a_version_are_doubled);
  ADD ("text-need-not-end-in-nul", test_text_need_not_end_in_nul);
  ADD ("scanning-stops-at-every-odd-byte", test_scanning_stops_at_every_odd_byte);
  ADD ("many-pairs", test_many_pairs);
  ADD ("limits-hold-one-past-them", test_limits_hold_one_past_them);
  ADD ("malformed-texts", test_malformed_texts);
  ADD ("odd-but-right-texts", test_odd_but_right_texts);
  ADD ("models-are-named-as-in-documents", test_models_are_named_as_in_documents);
  ADD ("any-bytes-give-a-list-or-a-clean-message", test_any_bytes_give_a_list_or_a_clean_message);
  ADD ("boxed-type-shares", test_boxed_type_shares);
  return g_test_run ();
}
