/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>
#include <string.h>

#include "ops-check.h"

/* Transforms in a schema: written, read, refused, and what they promise of states to come. */

#define FIELD(name, type, max) "{'name':'" name "','type':'" type "','min':0,'max':" max "}"
#define OLD_LEVEL FIELD ("brightness", "u16", "1000")
#define MOOD FIELD ("mood", "u8", "3")
#define LOG(gate)                                                                          \
  "{'name':'log','type':'section','version':1,'minimum':1,'fields':[{'name':'log','type':" \
  "'bytes','count':2}]" gate "}"
#define GATE ",'if-param':'log','if-value':'on','default':0"
#define SCHEMA(version, minimum, fields)                                             \
  "{'state-schema':1,'name':'lamp','version':" version ",'minimum':" minimum          \
  ",'fields':[" fields "]"
#define ONE SCHEMA ("1", "1", OLD_LEVEL) "}"
#define TWO SCHEMA ("2", "2", OLD_LEVEL "," MOOD) "}"
#define TWO_LOG SCHEMA ("2", "2", OLD_LEVEL "," MOOD "," LOG ("")) "}"
#define NEW_FIELDS(max) FIELD ("level", "u32", max) "," MOOD "," LOG (GATE)
#define CHANGES(more)                                                                           \
  "{'from':1,'to':2,'change':'default','path':'mood','value':'uint16 2'},"                      \
  "{'from':2,'to':3,'change':'rename','path':'brightness','target':'level'},"                   \
  "{'from':3,'to':2,'change':'rename','path':'level','target':'brightness'},"                   \
  "{'from':3,'to':2,'change':'retype','path':'brightness','target':'q'}" more
#define BEFORE_CHANGES(max) \
  SCHEMA ("3", "3", NEW_FIELDS (max)) \
  ",'transforms':{'schemas':[" ONE "," TWO "," TWO_LOG "],'changes':["
#define NEW(max, changes) BEFORE_CHANGES (max) changes "]}}"
/* What a program of its time declared. */
#define OLD_TWO                                                                                  \
  SCHEMA ("2", "1",                                                                              \
          OLD_LEVEL ",{'name':'mood','type':'u8','min':0,'max':3,'since':2,'default':2}," LOG (  \
              GATE)) "}"

static MigdescStateType *
read_schema (const char *text, GError **error)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return migdesc_state_type_new_from_json (json, -1, NULL, error);
}

static MigdescStateType *
schema_new (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *schema = read_schema (text, &error);

  g_assert_no_error (error);
  return schema;
}

static void
test_round_trip (void)
{
  static const char text[] = NEW ("65535", CHANGES (
      ",{'from':2,'to':1,'change':'drop','path':'mood'}"
      ",{'from':2,'to':1,'change':'move','path':'a.b','target':'b'}"
      ",{'from':2,'to':1,'change':'call','path':'fold'}"));
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (MigdescStateType) type = schema_new (text);
  g_autoptr (MigdescStateType) effective = migdesc_state_type_new_effective (type, 3, NULL, NULL);
  g_autofree char *written = migdesc_state_type_to_json (type, FALSE);
  g_autofree char *shown = migdesc_state_type_to_json (type, TRUE);
  g_autoptr (MigdescStateType) again = schema_new (shown);
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (type);

  g_assert_cmpstr (written, ==, json);
  g_assert_true (migdesc_state_type_equal (type, again));
  g_assert_true (migdesc_transforms_has_path (transforms, 1, 3));
  g_assert_nonnull (migdesc_transforms_find_schema (transforms, 1, NULL));
  g_assert_null (migdesc_state_type_get_transforms (effective));
}

typedef struct
{
  const char *text; /* behind "transforms": */
  int code;
  const char *message; /* how it ends */
} Refused;

#define ONE_CHANGE(members) "{'schemas':[],'changes':[{" members "}]}"

static const Refused refused[] = {
  { "7", MIGDESC_ERROR_DOCUMENT_TYPE, "expected an object, found a number (at /transforms)" },
  { "{}", MIGDESC_ERROR_STATE_TYPE,
    "transforms have \"schemas\" and \"changes\", once each (at /transforms)" },
  { "{'schemas':[],'schemas':[]}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    "the object has a second member \"schemas\" (at /transforms/schemas)" },
  { "{'schemas':[],'changes':[],'x':1}", MIGDESC_ERROR_STATE_TYPE,
    "once each (at /transforms/x)" },
  { "{'schemas':[{}],'changes':[]}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "an old schema, by itself: 1:1: the schema has no \"state-schema\" (at "
    "/transforms/schemas/0)" },
  { "{'schemas':[" SCHEMA ("2", "1", MOOD) "}],'changes':[]}", MIGDESC_ERROR_STATE_TYPE,
    "an old schema is not that of one version (at /transforms/schemas/0)" },
  { ONE_CHANGE ("'from':1"), MIGDESC_ERROR_STATE_TYPE,
    "a change: \"from\" and \"to\" are not two versions from 1 to 4294967295 (at "
    "/transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':1,'change':'drop','path':'a'"), MIGDESC_ERROR_STATE_TYPE,
    "are not two versions from 1 to 4294967295 (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'paint','path':'a'"), MIGDESC_ERROR_STATE_TYPE,
    "\"change\" is none of rename, drop, default, retype, move, call (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'rename','path':'a'"), MIGDESC_ERROR_STATE_TYPE,
    "the members are not those of its kind (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'drop','path':'a[]'"), MIGDESC_ERROR_STATE_TYPE,
    "the path is not that of a field (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'rename','path':'a','target':'b.c'"),
    MIGDESC_ERROR_STATE_TYPE, "the new name is not one (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'retype','path':'a','target':'v'"),
    MIGDESC_ERROR_STATE_TYPE,
    "the type is none of b, y, n, q, i, u, x, t, d, s (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'move','path':'a[].b','target':'b'"),
    MIGDESC_ERROR_STATE_TYPE, "a move is from one place to another (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'default','path':'a','value':'?'"),
    MIGDESC_ERROR_STATE_TYPE, "\"value\" is no GVariant as text (at /transforms/changes/0)" },
  { "{'schemas':7,'changes':[]}", MIGDESC_ERROR_DOCUMENT_TYPE,
    "expected an array, found a number (at /transforms/schemas)" },
  { "{'schemas':[],'changes':[7]}", MIGDESC_ERROR_DOCUMENT_TYPE,
    "expected an object, found a number (at /transforms/changes/0)" },
  { "{'schemas':[" SCHEMA ("2", "2", MOOD) ",'transforms':{'schemas':[],'changes':[]}}],"
    "'changes':[]}", MIGDESC_ERROR_STATE_TYPE,
    "an old schema is not that of one version (at /transforms/schemas/0)" },
  { ONE_CHANGE ("'from':'1','to':2,'change':'drop','path':'a'"), MIGDESC_ERROR_DOCUMENT_TYPE,
    "expected a number, found a string (at /transforms/changes/0/from)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':7,'path':'a'"), MIGDESC_ERROR_DOCUMENT_TYPE,
    "expected a string, found a number (at /transforms/changes/0/change)" },
  { ONE_CHANGE ("'from':0,'to':2,'change':'drop','path':'a'"), MIGDESC_ERROR_STATE_TYPE,
    "are not two versions from 1 to 4294967295 (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':4294967296,'to':2,'change':'drop','path':'a'"), MIGDESC_ERROR_STATE_TYPE,
    "are not two versions from 1 to 4294967295 (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':0,'change':'drop','path':'a'"), MIGDESC_ERROR_STATE_TYPE,
    "are not two versions from 1 to 4294967295 (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':4294967296,'change':'drop','path':'a'"), MIGDESC_ERROR_STATE_TYPE,
    "are not two versions from 1 to 4294967295 (at /transforms/changes/0)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'drop','path':'a\\u0000b'"),
    MIGDESC_ERROR_JSON_STRING,
    "\\u0000 in a string, which is refused (at /transforms/changes/0/path)" },
  { ONE_CHANGE ("'from':1,'to':2,'change':'drop','path':'a','when':1"),
    MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
    "a change has no member \"when\" (at /transforms/changes/0/when)" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *text = g_strconcat (SCHEMA ("3", "3", MOOD) ",'transforms':",
                                           refused[i].text, "}", NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", refused[i].text);
      g_assert_null (read_schema (text, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_error (error, MIGDESC_ERROR, refused[i].code);
      if (!g_str_has_suffix (error->message, refused[i].message))
        g_assert_cmpstr (error->message, ==, refused[i].message);
    }
}

/* n elements in the list of that name, and another list that is empty. */
static char *
make_long (const char *list, const char *other, const char *element, guint n)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, SCHEMA ("300", "300", MOOD) ",'transforms':{'%s':[],'%s':[", other,
                          list);
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i == 0 ? "" : ",");
      g_string_append (text, element);
    }
  g_string_append (text, "]}}");
  return g_strdelimit (g_string_free (text, FALSE), "'", '"');
}

static void
test_long (void)
{
  static const struct
  {
    const char *list;
    const char *other;
    const char *element;
    guint most;
    const char *message;
  } cases[] = {
    { "schemas", "changes", SCHEMA ("2", "2", MOOD) "}", 256,
      "more than 256 schemas or changes (at /transforms/schemas)" },
    { "changes", "schemas", "{'from':1,'to':2,'change':'drop','path':'a'}", 1024,
      "more than 1024 schemas or changes (at /transforms/changes)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *most = make_long (cases[i].list, cases[i].other, cases[i].element,
                                         cases[i].most);
      g_autofree char *more = make_long (cases[i].list, cases[i].other, cases[i].element,
                                         cases[i].most + 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescStateType) type = read_schema (most, &error);

      g_assert_no_error (error);
      g_assert_nonnull (type);
      g_assert_null (read_schema (more, &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
      g_assert_true (g_str_has_suffix (error->message, cases[i].message));
    }
}

static void
assert_resolved (const char *writer_text, const char *reader_text, const char *expected)
{
  g_autoptr (MigdescStateType) writer = schema_new (writer_text);
  g_autoptr (MigdescStateType) reader = schema_new (reader_text);

  ops_assert_text (ops_report (migdesc_state_type_resolve (writer, reader)), expected);
}

/* Both directions; the wider u32 does not always fit. */
static void
test_resolve (void)
{
  assert_resolved (ONE, NEW ("65535", CHANGES ("")), "compatible\n");
  assert_resolved (OLD_TWO, NEW ("65535", CHANGES ("")), "compatible\n");
  assert_resolved (NEW ("1000", CHANGES ("")), OLD_TWO, "compatible\n");
  assert_resolved (NEW ("65535", CHANGES ("")), OLD_TWO,
                   "compatible\nwarning state-field-values: brightness: 0 to 65535 at the source, "
                   "0 to "
                   "1000 at the destination\n");
  assert_resolved (NEW ("65536", CHANGES ("")), OLD_TWO,
                   "compatible\nwarning state-transform: some states will be refused: transform 3 "
                   "to 2, "
                   "retype brightness to q: 65536 cannot be that exactly\n");
  assert_resolved (OLD_TWO, NEW ("500", CHANGES ("")),
                   "compatible\nwarning state-field-values: level: 0 to 1000 at the source, 0 to "
                   "500 at "
                   "the destination\n");
  assert_resolved (SCHEMA ("4", "4", OLD_LEVEL) "}", NEW ("500", CHANGES ("")),
                   "incompatible\nblocker state-versions-apart: state versions 4 to 4 at the "
                   "source, 3 "
                   "to 3 at the destination\n");
  assert_resolved (NEW ("500", CHANGES ("")), ONE,
                   "incompatible\nblocker state-versions-apart: state versions 3 to 3 at the "
                   "source, 1 "
                   "to 1 at the destination\n");
}

/* One more change of the step to version 3. */
static void
assert_step (const char *change, const char *expected)
{
  g_autofree char *reader
      = g_strconcat (BEFORE_CHANGES ("65535"), CHANGES (""), change, "]}}", NULL);

  assert_resolved (TWO, reader, expected);
}

static void
test_faults (void)
{
  assert_resolved (SCHEMA ("2", "2", OLD_LEVEL) "}", NEW ("65535", CHANGES ("")),
               "incompatible\nblocker state-field-missing: mood: the source does not have this "
               "field, and the destination has no default for it\n");
  assert_step (",{'from':2,'to':3,'change':'drop','path':'x'}",
               "incompatible\nblocker state-transform: transform 2 to 3, drop x: there is no x\n");
  assert_step (",{'from':2,'to':3,'change':'drop','path':'mood'}",
               "incompatible\nblocker state-field-missing: mood: no transform makes this field, "
               "and "
               "the destination needs it\n");
  assert_step (",{'from':2,'to':3,'change':'default','path':'x','value':'1'}",
               "incompatible\nblocker state-field-unknown: x: no transform drops this field, and "
               "the "
               "destination does not have it\n");
  assert_step (",{'from':2,'to':3,'change':'retype','path':'level','target':'s'}",
               "incompatible\nblocker state-field-type: level: a variant of type s after the "
               "transforms, u32 at the destination\n");
  assert_step (",{'from':2,'to':3,'change':'call','path':'fold'}",
               "undecided\nwarning state-rule-differs: the transform from state version 2 to 3 "
               "calls "
               "fold, and only the device can tell what that makes of a state\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  g_test_add_func ("/state/old-schema/round-trip", test_round_trip);
  g_test_add_func ("/state/old-schema/refused", test_refused);
  g_test_add_func ("/state/old-schema/long", test_long);
  g_test_add_func ("/state/old-schema/resolve", test_resolve);
  g_test_add_func ("/state/old-schema/faults", test_faults);
  return g_test_run ();
}
