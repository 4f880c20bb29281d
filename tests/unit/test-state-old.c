/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>
#include <string.h>

/* Whole states through transforms: what comes out is checked by a schema. */

#define SCHEMA(version, fields)                                                        \
  "{'state-schema':1,'name':'lamp','version':" version ",'minimum':" version ",'fields':[" \
  fields "]}"
#define U8(name) "{'name':'" name "','type':'u8','min':0,'max':9}"
#define U16(name) "{'name':'" name "','type':'u16','min':1,'max':100}"
#define U32(name) "{'name':'" name "','type':'u32','min':0,'max':100000}"

static MigdescStateType *
schema_new (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  MigdescStateType *schema = migdesc_state_type_new_from_json (json, -1, NULL, &error);

  g_assert_no_error (error);
  return schema;
}

static MigdescState *
state_new (MigdescStateType *schema, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  MigdescState *state = migdesc_state_new_from_json (schema, json, -1, NULL, &error);

  g_assert_no_error (error);
  return state;
}

static void
assert_state (MigdescState *state, const char *expected)
{
  g_autofree char *json = migdesc_state_to_json (state, FALSE);

  g_strdelimit (json, "\"", '\'');
  g_assert_cmpstr (json, ==, expected);
}

static void
add_rename (MigdescTransforms *transforms)
{
  migdesc_transforms_add_rename (transforms, 1, 2, "a", "b");
}

static void
add_drop (MigdescTransforms *transforms)
{
  migdesc_transforms_add_drop (transforms, 1, 2, "a");
}

static void
add_default (MigdescTransforms *transforms)
{
  migdesc_transforms_add_default (transforms, 1, 2, "b", g_variant_new_uint16 (50));
}

static void
add_large_default (MigdescTransforms *transforms)
{
  migdesc_transforms_add_default (transforms, 1, 2, "b", g_variant_new_uint16 (101));
}

static void
add_retype (MigdescTransforms *transforms)
{
  migdesc_transforms_add_retype (transforms, 1, 2, "a", "q");
}

static void
add_text (MigdescTransforms *transforms)
{
  migdesc_transforms_add_retype (transforms, 1, 2, "a", "s");
}

static void
add_move (MigdescTransforms *transforms)
{
  migdesc_transforms_add_move (transforms, 1, 2, "a", "s.a");
}

static GVariant *
double_a (GVariant *state, gpointer user_data G_GNUC_UNUSED, GError **error)
{
  GVariantDict dict;
  guchar value = 0;

  g_variant_lookup (state, "a", "y", &value);
  if (value > 4)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "a is above 4");
      return NULL;
    }
  g_variant_dict_init (&dict, state);
  g_variant_dict_insert (&dict, "a", "y", value * 2);
  return g_variant_dict_end (&dict);
}

static void
add_function (MigdescTransforms *transforms)
{
  migdesc_transforms_add_function (transforms, 1, 2, "double_a", double_a, NULL, NULL);
}

static void
add_none (MigdescTransforms *transforms G_GNUC_UNUSED)
{
}

/* Through version 3, of which no schema is kept. */
static void
add_chain (MigdescTransforms *transforms)
{
  migdesc_transforms_add_rename (transforms, 1, 3, "a", "c");
  migdesc_transforms_add_rename (transforms, 3, 2, "c", "b");
}

typedef struct
{
  const char *name;
  void (*add) (MigdescTransforms *transforms);
  const char *old; /* fields of version 1 */
  const char *before;
  const char *new; /* fields of version 2 */
  const char *after; /* or the error's message */
  int code;
} Apply;

#define NESTED(fields) ",'structs':[{'name':'sub','fields':[" fields "]}]"
#define STRUCT "{'name':'s','type':'struct','struct':'sub'}"

static const Apply applies[] = {
  { "rename", add_rename, U8 ("a"), "{'a':7}", U8 ("b"), "{'b':7}", 0 },
  { "rename to a kind that does not take it", add_rename, U8 ("a"), "{'a':7}",
    "{'name':'b','type':'bool'}", "b: expected a truth value, found a variant of type y",
    MIGDESC_ERROR_STATE_FORMAT },
  { "rename what is not there", add_rename, U8 ("x"), "{'x':7}", U8 ("b"),
    "transform 1 to 2, rename a to b: there is no a", MIGDESC_ERROR_STATE_TRANSFORM },
  { "drop", add_drop, U8 ("a") "," U8 ("b"), "{'a':7,'b':1}", U8 ("b"), "{'b':1}", 0 },
  { "nothing dropped", add_rename, U8 ("a") "," U8 ("x"), "{'a':7,'x':1}", U8 ("b"),
    "the member \"x\" is not known", MIGDESC_ERROR_STATE_UNKNOWN },
  { "default", add_default, U8 ("a"), "{'a':7}", U8 ("a") "," U16 ("b"), "{'a':7,'b':50}", 0 },
  { "default of one that is there", add_default, U8 ("b"), "{'b':7}", U16 ("b"), "{'b':7}", 0 },
  { "default out of bounds", add_large_default, U8 ("a"), "{'a':7}", U8 ("a") "," U16 ("b"),
    "b: 101 is not in 1 to 100", MIGDESC_ERROR_STATE_RANGE },
  { "no default", add_rename, U8 ("a"), "{'a':7}", U8 ("b") "," U8 ("c"),
    "c: the member is missing", MIGDESC_ERROR_STATE_MISSING },
  { "retype", add_retype, U32 ("a"), "{'a':100}", U16 ("a"), "{'a':100}", 0 },
  { "retype beyond the type", add_retype, U32 ("a"), "{'a':65536}", U16 ("a"),
    "transform 1 to 2, retype a to q: 65536 cannot be that exactly",
    MIGDESC_ERROR_STATE_TRANSFORM },
  { "retype beyond the bounds", add_retype, U32 ("a"), "{'a':65535}", U16 ("a"),
    "a: 65535 is not in 1 to 100", MIGDESC_ERROR_STATE_RANGE },
  { "retype below the bounds", add_retype, U32 ("a"), "{'a':0}", U16 ("a"),
    "a: 0 is not in 1 to 100", MIGDESC_ERROR_STATE_RANGE },
  { "retype to a text", add_text, U8 ("a"), "{'a':7}",
    "{'name':'a','type':'string','maximum':4}", "{'a':'7'}", 0 },
  { "move", add_move, U8 ("a") "," STRUCT, "{'a':7,'s':{'x':1}}", STRUCT,
    "{'s':{'x':1,'a':7}}", 0 },
  { "function", add_function, U8 ("a"), "{'a':4}", U8 ("a"), "{'a':8}", 0 },
  { "function that refuses", add_function, U8 ("a"), "{'a':5}", U8 ("a"),
    "transform 1 to 2, call double_a: a is above 4", MIGDESC_ERROR_STATE_TRANSFORM },
  { "chain", add_chain, U8 ("a"), "{'a':7}", U8 ("b"), "{'b':7}", 0 },
  { "no chain", add_none, U8 ("a"), "{'a':7}", U8 ("a"),
    "there is no transform from state version 1 to 2", MIGDESC_ERROR_STATE_TRANSFORM },
};

/* A nested struct is written where a field asks for it. */
static MigdescStateType *
fields_new (guint version, const char *fields, const char *nested)
{
  g_autofree char *text = g_strdup_printf (
      "{'state-schema':1,'name':'lamp','version':%u,'minimum':%u%s,'fields':[%s]}", version,
      version, strstr (fields, "'struct'") != NULL ? nested : "", fields);

  return schema_new (text);
}

static void
test_apply (gconstpointer data)
{
  const Apply *apply = data;
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();
  g_autoptr (MigdescStateType) old = fields_new (1, apply->old, NESTED (U8 ("x")));
  g_autoptr (MigdescStateType) new
      = fields_new (2, apply->new, NESTED (U8 ("x") "," U8 ("a")));
  g_autoptr (MigdescState) before = state_new (old, apply->before);
  g_autoptr (MigdescState) after = NULL;
  g_autoptr (GError) error = NULL;

  apply->add (transforms);
  after = migdesc_transforms_apply (transforms, before, new, &error);
  assert_state (before, apply->before);
  if (apply->code != 0)
    {
      g_assert_null (after);
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, apply->after);
      g_assert_error (error, MIGDESC_ERROR, apply->code);
      return;
    }
  g_assert_no_error (error);
  assert_state (after, apply->after);
  g_assert_true (migdesc_state_get_schema (after) == new);
}

/* A version between has two configurations: the state has to be one of them. */
static void
test_between (void)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();
  g_autoptr (MigdescStateType) one = schema_new (SCHEMA ("1", U8 ("a")));
  g_autoptr (MigdescStateType) both = schema_new (SCHEMA ("1", U8 ("a") "," U8 ("x")));
  g_autoptr (MigdescStateType) wide = schema_new (SCHEMA ("1", U32 ("a")));
  g_autoptr (MigdescStateType) two = schema_new (SCHEMA ("2", U8 ("b")));
  g_autoptr (MigdescStateType) two_more = schema_new (SCHEMA ("2", U8 ("b") "," U8 ("x")));
  g_autoptr (MigdescStateType) three = schema_new (SCHEMA ("3", U8 ("c")));
  g_autoptr (MigdescStateType) three_more = schema_new (SCHEMA ("3", U8 ("c") "," U8 ("x")));
  g_autoptr (MigdescState) plain = state_new (one, "{'a':7}");
  g_autoptr (MigdescState) more = state_new (both, "{'a':7,'x':1}");
  g_autoptr (MigdescState) large = state_new (wide, "{'a':10}");
  g_autoptr (MigdescState) after = NULL;
  g_autoptr (MigdescState) after_more = NULL;
  g_autoptr (GError) error = NULL;

  migdesc_transforms_add_rename (transforms, 1, 2, "a", "b");
  migdesc_transforms_add_rename (transforms, 2, 3, "b", "c");
  migdesc_transforms_add_schema (transforms, two);
  migdesc_transforms_add_schema (transforms, two_more);
  after = migdesc_transforms_apply (transforms, plain, three, &error);
  g_assert_no_error (error);
  assert_state (after, "{'c':7}");
  after_more = migdesc_transforms_apply (transforms, more, three_more, &error);
  g_assert_no_error (error);
  assert_state (after_more, "{'c':7,'x':1}");
  g_assert_null (migdesc_transforms_apply (transforms, large, three, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_RANGE);
  g_assert_cmpstr (error->message, ==,
                   "after the transform to state version 2: b: 10 is not in 0 to 9");
}

static void
add_apply_tests (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (applies); i++)
    {
      g_autofree char *path = g_strconcat ("/state/old/apply/", applies[i].name, NULL);

      g_test_add_data_func (path, &applies[i], test_apply);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  add_apply_tests ();
  g_test_add_func ("/state/old/between", test_between);
  return g_test_run ();
}
