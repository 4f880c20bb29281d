/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

/* GVariants that are no state of a schema: each kind of field is told what it cannot be. */

static const char schema_text[]
    = "{'state-schema':1,'name':'nic','version':1,'minimum':1,'structs':["
      "{'name':'pair','fields':[{'name':'x','type':'u8','min':0,'max':9}]}],'fields':["
      "{'name':'u','type':'u32','min':0,'max':100},"
      "{'name':'i','type':'i64','min':-100,'max':100},"
      "{'name':'real','type':'f64','min':-100,'max':100},"
      "{'name':'truth','type':'bool'},"
      "{'name':'text','type':'string','maximum':9},"
      "{'name':'data','type':'bytes','maximum':9},"
      "{'name':'list','type':'u8','min':0,'max':9,'maximum':3},"
      "{'name':'pair','type':'struct','struct':'pair'},"
      "{'name':'maybe','type':'struct','struct':'pair','nullable':true},"
      "{'name':'part','type':'section','version':2,'minimum':1,'needed':'f','fields':["
      "{'name':'y','type':'u8','min':0,'max':9}]}]}";

/* The members of a state, and what the members are that a case changes. */
static const char *const members[][2] = {
  { "u", "<uint32 1>" },       { "i", "<int64 -1>" },
  { "real", "<0.5>" },         { "truth", "<true>" },
  { "text", "<'abc'>" },       { "data", "<b'xyz'>" },
  { "list", "<[byte 1, 2]>" }, { "pair", "<{'x': <byte 3>}>" },
  { "maybe", "<@ma{sv} nothing>" }, { "part", "<{'@version': <uint16 2>, 'y': <byte 4>}>" },
};

static MigdescStateType *
new_schema (void)
{
  g_autofree char *json = g_strdelimit (g_strdup (schema_text), "'", '"');
  g_autoptr (GError) error = NULL;
  MigdescStateType *schema = migdesc_state_type_new_from_json (json, -1, NULL, &error);

  g_assert_no_error (error);
  return schema;
}

/* value: NULL leaves the member out. */
static GVariant *
make_state (const char *name,
            const char *value)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;
  GVariant *state;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *one = name != NULL && strcmp (name, members[i][0]) == 0 ? value : members[i][1];

      if (one != NULL)
        g_string_append_printf (text, "%s'%s': %s", text->len > 1 ? ", " : "", members[i][0], one);
    }
  g_string_append_c (text, '}');
  state = g_variant_parse (G_VARIANT_TYPE_VARDICT, text->str, NULL, NULL, &error);
  g_assert_no_error (error);
  return state;
}

static const struct
{
  const char *name;
  const char *value;
  const char *json; /* what it comes to: of the member, or NULL */
} good[] = {
  { "u", "<byte 7>", "\"u\":7" },
  { "u", "<int16 7>", "\"u\":7" },
  { "u", "<7>", "\"u\":7" },
  { "u", "<int64 7>", "\"u\":7" },
  { "u", "<uint64 7>", "\"u\":7" },
  { "u", "<<<uint16 7>>>", "\"u\":7" },
  { "u", "<@mu 7>", "\"u\":7" },
  { "i", "<int16 -7>", "\"i\":-7" },
  { "i", "<-7>", "\"i\":-7" },
  { "i", "<byte 7>", "\"i\":7" },
  { "i", "<uint64 7>", "\"i\":7" },
  { "real", "<-7>", "\"real\":-7" },
  { "real", "<uint64 7>", "\"real\":7" },
  { "data", "<@ay []>", "\"data\":\"\"" },
  { "list", "<[<byte 1>, <2>, <int64 3>]>", "\"list\":[1,2,3]" },
  { "list", "<@ay []>", "\"list\":[]" },
  { "maybe", "<{'x': <byte 5>}>", "\"maybe\":{\"x\":5}" },
  { "maybe", "<@mmv nothing>", "\"maybe\":null" },
  { "part", "<{'y': <byte 5>, '@version': <byte 1>}>", "{\"@version\":1,\"y\":5}" },
};

static void
test_good (void)
{
  g_autoptr (MigdescStateType) schema = new_schema ();

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) variant = make_state (good[i].name, good[i].value);
      g_autoptr (MigdescState) state = migdesc_state_new_from_variant (schema, variant, &error);
      g_autofree char *json = NULL;

      g_test_message ("%s: %s", good[i].name, good[i].value);
      g_assert_no_error (error);
      json = migdesc_state_to_json (state, FALSE);
      if (strstr (json, good[i].json) == NULL)
        g_assert_cmpstr (json, ==, good[i].json);
    }
}

static const struct
{
  const char *name;
  const char *value;
  int code;
  const char *message;
} bad[] = {
  { "u", "<-1>", MIGDESC_ERROR_STATE_RANGE, "u: -1 is negative" },
  { "u", "<101>", MIGDESC_ERROR_STATE_RANGE, "u: 101 is not in 0 to 100" },
  { "u", "<true>", MIGDESC_ERROR_STATE_FORMAT,
    "u: expected an integer, found a variant of type b" },
  { "u", "<@mu nothing>", MIGDESC_ERROR_STATE_FORMAT, "u: expected an integer, found nothing" },
  { "u", NULL, MIGDESC_ERROR_STATE_MISSING, "u: the member is missing" },
  { "i", "<uint64 9223372036854775808>", MIGDESC_ERROR_STATE_RANGE,
    "i: 9223372036854775808 is above 9223372036854775807" },
  { "i", "<'1'>", MIGDESC_ERROR_STATE_FORMAT,
    "i: expected an integer, found a variant of type s" },
  { "i", NULL, MIGDESC_ERROR_STATE_MISSING, "i: the member is missing" },
  { "real", "<'1'>", MIGDESC_ERROR_STATE_FORMAT,
    "real: expected a double, found a variant of type s" },
  { "real", "<@md nothing>", MIGDESC_ERROR_STATE_FORMAT,
    "real: expected a double, found nothing" },
  { "real", "<100.5>", MIGDESC_ERROR_STATE_RANGE, "real: 100.5 is not in -100 to 100" },
  { "real", NULL, MIGDESC_ERROR_STATE_MISSING, "real: the member is missing" },
  { "truth", "<byte 1>", MIGDESC_ERROR_STATE_FORMAT,
    "truth: expected a truth value, found a variant of type y" },
  { "truth", "<@mb nothing>", MIGDESC_ERROR_STATE_FORMAT,
    "truth: expected a truth value, found nothing" },
  { "truth", NULL, MIGDESC_ERROR_STATE_MISSING, "truth: the member is missing" },
  { "text", "<b'abc'>", MIGDESC_ERROR_STATE_FORMAT,
    "text: expected a text, found a variant of type ay" },
  { "text", "<@ms nothing>", MIGDESC_ERROR_STATE_FORMAT, "text: expected a text, found nothing" },
  { "text", "<'0123456789'>", MIGDESC_ERROR_STATE_COUNT,
    "text: 10 bytes, at most 9 are allowed" },
  { "text", NULL, MIGDESC_ERROR_STATE_MISSING, "text: the member is missing" },
  { "data", "<'abc'>", MIGDESC_ERROR_STATE_FORMAT,
    "data: expected bytes (ay), found a variant of type s" },
  { "data", "<@may nothing>", MIGDESC_ERROR_STATE_FORMAT,
    "data: expected bytes (ay), found nothing" },
  { "data", "<b'123456789'>", MIGDESC_ERROR_STATE_COUNT,
    "data: 10 bytes, at most 9 are allowed" },
  { "data", NULL, MIGDESC_ERROR_STATE_MISSING, "data: the member is missing" },
  { "list", "<byte 1>", MIGDESC_ERROR_STATE_FORMAT,
    "list: expected an array, found a variant of type y" },
  { "list", "<@may nothing>", MIGDESC_ERROR_STATE_FORMAT,
    "list: expected an array, found nothing" },
  { "list", "<[byte 1, 2, 3, 4]>", MIGDESC_ERROR_STATE_COUNT,
    "list: 4 elements, at most 3 are allowed" },
  { "list", "<[byte 1, 10]>", MIGDESC_ERROR_STATE_RANGE, "list[1]: 10 is not in 0 to 9" },
  { "list", NULL, MIGDESC_ERROR_STATE_MISSING, "list: the member is missing" },
  { "pair", "<[byte 1]>", MIGDESC_ERROR_STATE_FORMAT,
    "pair: expected a{sv}, found a variant of type ay" },
  { "pair", "<@ma{sv} nothing>", MIGDESC_ERROR_STATE_FORMAT,
    "pair: expected a{sv}, found nothing" },
  { "pair", "<{'x': <byte 1>, 'z': <byte 2>}>", MIGDESC_ERROR_STATE_UNKNOWN,
    "pair: the member \"z\" is not known" },
  { "pair", "<@a{sv} {}>", MIGDESC_ERROR_STATE_MISSING, "pair.x: the member is missing" },
  { "pair", NULL, MIGDESC_ERROR_STATE_MISSING, "pair: the member is missing" },
  { "maybe", "<7>", MIGDESC_ERROR_STATE_FORMAT,
    "maybe: expected a{sv}, found a variant of type i" },
  { "maybe", "<@a{sv} {}>", MIGDESC_ERROR_STATE_MISSING, "maybe.x: the member is missing" },
  { "maybe", NULL, MIGDESC_ERROR_STATE_MISSING, "maybe: the member is missing" },
  { "part", "<7>", MIGDESC_ERROR_STATE_FORMAT,
    "part: expected a{sv}, found a variant of type i" },
  { "part", "<{'y': <byte 4>}>", MIGDESC_ERROR_STATE_MISSING, "part: the member is missing" },
  { "part", "<{'@version': <byte 3>, 'y': <byte 4>}>", MIGDESC_ERROR_STATE_TOO_NEW,
    "part: section version 3, the newest known is 2" },
  { "part", "<{'@version': <uint64 4294967296>, 'y': <byte 4>}>", MIGDESC_ERROR_STATE_TOO_NEW,
    "part: section version 4294967295, the newest known is 2" },
};

static void
test_bad (void)
{
  g_autoptr (MigdescStateType) schema = new_schema ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GVariant) state = make_state (bad[i].name, bad[i].value);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s: %s", bad[i].name, bad[i].value);
      g_assert_null (migdesc_state_new_from_variant (schema, state, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, bad[i].message);
      g_assert_error (error, MIGDESC_ERROR, bad[i].code);
    }
}

/* A state is a dictionary of its members, in a box or not. */
static void
test_whole (void)
{
  g_autoptr (MigdescStateType) schema = new_schema ();
  g_autoptr (GVariant) state = make_state (NULL, NULL);
  g_autoptr (MigdescState) boxed = NULL;
  g_autoptr (GError) error = NULL;

  boxed = migdesc_state_new_from_variant (schema, g_variant_new_variant (state), &error);
  g_assert_no_error (error);
  g_assert_null (migdesc_state_new_from_variant (schema, g_variant_new_byte (1), &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
  g_assert_cmpstr (error->message, ==, "expected a{sv}, found a variant of type y");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-variant-refused/good", test_good);
  g_test_add_func ("/state-variant-refused/bad", test_bad);
  g_test_add_func ("/state-variant-refused/whole", test_whole);
  return g_test_run ();
}
