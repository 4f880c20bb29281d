/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-every-field.h"

/* From a type to a schema and back, and effective schemas. */

static MigdescStateType *
make_type (void)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new (&every_state, &error);

  g_assert_no_error (error);
  return type;
}

static MigdescStateType *
read_back (const char *json)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new_from_json (json, -1, NULL, &error);

  g_assert_no_error (error);
  return type;
}

static void
test_round_trip (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autofree char *json = migdesc_state_type_to_json (type, FALSE);
  g_autofree char *pretty = migdesc_state_type_to_json (type, TRUE);
  g_autoptr (MigdescStateType) back = read_back (json);
  g_autoptr (MigdescStateType) back_from_pretty = read_back (pretty);
  g_autofree char *again = migdesc_state_type_to_json (back, FALSE);
  g_autofree char *pretty_again = migdesc_state_type_to_json (back_from_pretty, TRUE);

  g_assert_cmpstr (again, ==, json);
  g_assert_cmpstr (pretty_again, ==, pretty);
  g_assert_true (migdesc_state_type_equal (type, back));
  g_assert_cmpuint (migdesc_state_type_hash (type), ==, migdesc_state_type_hash (back));
  g_assert_cmpstr (migdesc_state_type_get_digest (type), ==, migdesc_state_type_get_digest (back));
}

static const char sample[]
    = "{\"state-schema\":1,\"name\":\"nic\",\"version\":3,\"minimum\":1,\"structs\":[{\"name\":"
      "\"queue\",\"fields\":[{\"name\":\"head\",\"type\":\"u16\",\"min\":0,\"max\":9}],\"check\":"
      "\"queue_check\"}],\"fields\":[{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":9216,"
      "\"since\":2,\"default\":1500},{\"name\":\"low\",\"type\":\"i64\",\"min\":"
      "\"-9223372036854775808\",\"max\":-1},{\"name\":\"f\",\"type\":\"f64\",\"min\":-0.5,\"max\":"
      "0.10000000000000001},{\"name\":\"queues\",\"type\":\"struct\",\"struct\":\"queue\","
      "\"maximum\":8,\"count-param\":\"num-queues\"},{\"name\":\"active\",\"type\":\"index8\","
      "\"array\":\"queues\",\"none\":255},{\"type\":\"relation\",\"left\":\"active\",\"relation\":"
      "\"le\",\"right-param\":\"most\"},{\"name\":\"old\",\"type\":\"u8\",\"min\":0,\"max\":3,"
      "\"until\":2,\"default\":1,\"gone\":true},{\"name\":\"rss\",\"type\":\"section\",\"version\":"
      "2,\"minimum\":1,\"fields\":[{\"name\":\"hash\",\"type\":\"u32\",\"min\":0,\"max\":"
      "4294967295}],\"if-param\":\"rss\",\"if-value\":\"on\",\"needed\":\"rss_needed\","
      "\"droppable\":true}],\"check\":\"nic_check\"}";

static void
test_canonical (void)
{
  g_autoptr (MigdescStateType) type = read_back (sample);
  g_autofree char *json = migdesc_state_type_to_json (type, FALSE);

  g_assert_cmpstr (json, ==, sample);
  g_assert_cmpstr (migdesc_state_type_get_name (type), ==, "nic");
  g_assert_cmpuint (migdesc_state_type_get_version (type), ==, 3);
  g_assert_cmpuint (migdesc_state_type_get_minimum_version (type), ==, 1);
  g_assert_cmpstr (migdesc_state_type_get_digest (type), ==,
                   "sha256:e4578e2271b7662d167873e7c2dd0095"
                   "2a9b2235f08d316d7efac20fed0c7343");
}

static char *
make_effective (const char *schema,
                guint version,
                const char *list)
{
  g_autoptr (MigdescStateType) type = read_back (schema);
  g_autoptr (MigdescStateType) effective = NULL;
  g_autoptr (MigdescParamList) params = NULL;
  g_autoptr (GError) error = NULL;

  if (list != NULL)
    params = migdesc_param_list_new_from_string (list, &error);
  g_assert_no_error (error);
  effective = migdesc_state_type_new_effective (type, version, params, &error);
  if (effective == NULL)
    return g_strdup (error->message);
  g_assert_cmpuint (migdesc_state_type_get_version (effective), ==, version);
  g_assert_cmpuint (migdesc_state_type_get_minimum_version (effective), ==, version);
  return migdesc_state_type_to_json (effective, FALSE);
}

#define HEAD(version) \
  "{\"state-schema\":1,\"name\":\"nic\",\"version\":" version ",\"minimum\":" version \
  ",\"structs\":[{\"name\":\"queue\",\"fields\":[{\"name\":\"head\",\"type\":\"u16\",\"min\":0," \
  "\"max\":9}],\"check\":\"queue_check\"}],\"fields\":["
#define MTU "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":9216},"
#define MIDDLE(count) \
  "{\"name\":\"low\",\"type\":\"i64\",\"min\":\"-9223372036854775808\",\"max\":-1},{\"name\":"  \
  "\"f\",\"type\":\"f64\",\"min\":-0.5,\"max\":0.10000000000000001},{\"name\":\"queues\"," \
  "\"type\":\"struct\",\"struct\":\"queue\",\"count\":" count "},{\"name\":\"active\",\"type\":" \
  "\"index8\",\"array\":\"queues\",\"none\":255}"
#define MOST(value) \
  ",{\"type\":\"relation\",\"left\":\"active\",\"relation\":\"le\",\"right-value\":" value "}"
#define OLD ",{\"name\":\"old\",\"type\":\"u8\",\"min\":0,\"max\":3}"
#define RSS \
  ",{\"name\":\"rss\",\"type\":\"section\",\"version\":2,\"minimum\":2,\"fields\":[{\"name\":" \
  "\"hash\",\"type\":\"u32\",\"min\":0,\"max\":4294967295}],\"needed\":\"rss_needed\"," \
  "\"droppable\":true}"
#define TAIL "],\"check\":\"nic_check\"}"

static void
assert_effective (guint version,
                  const char *list,
                  const char *expected)
{
  g_autofree char *json = make_effective (sample, version, list);
  g_autofree char *again = NULL;

  g_assert_cmpstr (json, ==, expected);
  if (json[0] != '{')
    return;
  again = make_effective (json, version, NULL);
  g_assert_cmpstr (again, ==, json);
}

static void
test_effective (void)
{
  assert_effective (3, "a.b/c?num-queues=4", HEAD ("3") MTU MIDDLE ("4") TAIL);
  assert_effective (3, "a.b/c?num-queues=0", HEAD ("3") MTU MIDDLE ("0") TAIL);
  assert_effective (1, "a.b/c?num-queues=4,most=7", HEAD ("1") MIDDLE ("4") MOST ("7") OLD TAIL);
  assert_effective (2, "a.b/c?num-queues=4,rss=on", HEAD ("2") MTU MIDDLE ("4") OLD RSS TAIL);
  assert_effective (2, "a.b/c?num-queues=4,rss=off", HEAD ("2") MTU MIDDLE ("4") OLD TAIL);
  assert_effective (4, NULL, "state version 4 of nic, the newest known is 3");
  assert_effective (0, NULL, "state version 0 of nic, the oldest known is 1");
  assert_effective (1, NULL, "queues: its count is the parameter \"num-queues\", which the "
                             "configuration does not have");
  assert_effective (1, "a.b/c?num-queues=9",
                    "queues: its count is the parameter \"num-queues\", and 9 is not a number from "
                    "0 to 8");
}

/* A rule about what this version lacks says nothing, and a position in it is any number. */
static void
test_effective_rules (void)
{
  static const char schema[]
      = "{\"state-schema\":1,\"name\":\"n\",\"version\":2,\"minimum\":1,\"fields\":[{\"name\":"
        "\"a\",\"type\":\"u8\",\"min\":0,\"max\":3,\"count\":4,\"since\":2,\"default\":0},{"
        "\"name\":\"i\",\"type\":\"index16\",\"array\":\"a\"},{\"name\":\"b\",\"type\":\"u8\","
        "\"min\":0,\"max\":3,\"since\":2,\"default\":0},{\"name\":\"c\",\"type\":\"u8\",\"min\":0,"
        "\"max\":3},{\"type\":\"relation\",\"left\":\"c\",\"relation\":\"le\",\"right\":\"b\"},{"
        "\"type\":\"relation\",\"left\":\"b\",\"relation\":\"ne\",\"right\":\"c\"}]}";
  g_autofree char *old = make_effective (schema, 1, NULL);
  g_autofree char *new = make_effective (schema, 2, NULL);

  g_assert_cmpstr (old, ==,
                   "{\"state-schema\":1,\"name\":\"n\",\"version\":1,\"minimum\":1,\"fields\":[{"
                   "\"name\":\"i\",\"type\":\"u16\",\"min\":0,\"max\":65535},{\"name\":\"c\","
                   "\"type\":\"u8\",\"min\":0,\"max\":3}]}");
  g_assert_cmpstr (new, ==,
                   "{\"state-schema\":1,\"name\":\"n\",\"version\":2,\"minimum\":2,\"fields\":[{"
                   "\"name\":\"a\",\"type\":\"u8\",\"min\":0,\"max\":3,\"count\":4},{\"name\":"
                   "\"i\",\"type\":\"index16\",\"array\":\"a\"},{\"name\":\"b\",\"type\":\"u8\","
                   "\"min\":0,\"max\":3},{\"name\":\"c\",\"type\":\"u8\",\"min\":0,\"max\":3},{"
                   "\"type\":\"relation\",\"left\":\"c\",\"relation\":\"le\",\"right\":\"b\"},{"
                   "\"type\":\"relation\",\"left\":\"b\",\"relation\":\"ne\",\"right\":\"c\"}]}");
}

static void
test_table_without_check (void)
{
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&every_timer, NULL);
  g_autofree char *json = migdesc_state_type_to_json (type, FALSE);

  g_assert_cmpstr (json, ==,
                   "{\"state-schema\":1,\"name\":\"every_timer\",\"version\":1,\"minimum\":1,"
                   "\"fields\":[{\"name\":\"expires\",\"type\":\"timer\"},{\"name\":\"period\","
                   "\"type\":\"u32\",\"min\":0,\"max\":1000000}]}");
}

/* A removed field and its absence from newer code come to the same schema of the older version. */
static void
test_effective_of_old (void)
{
  static const char gone[]
      = "{\"state-schema\":1,\"name\":\"n\",\"version\":2,\"minimum\":1,\"fields\":[{\"name\":"
        "\"a\",\"type\":\"u8\",\"min\":0,\"max\":3,\"until\":1,\"default\":1,\"gone\":true},{"
        "\"name\":\"b\",\"type\":\"u8\",\"min\":0,\"max\":3,\"since\":2,\"default\":0}]}";
  static const char old[]
      = "{\"state-schema\":1,\"name\":\"n\",\"version\":1,\"minimum\":1,\"fields\":[{\"name\":"
        "\"a\",\"type\":\"u8\",\"min\":0,\"max\":3}]}";
  g_autofree char *json = make_effective (gone, 1, NULL);

  g_assert_cmpstr (json, ==, old);
}

/* Gates in a struct mean the versions of the body here, of the section there. */
static void
test_structs_in_sections (void)
{
  static const char schema[]
      = "{\"state-schema\":1,\"name\":\"n\",\"version\":3,\"minimum\":1,\"structs\":[{\"name\":"
        "\"q\",\"fields\":[{\"name\":\"a\",\"type\":\"u8\",\"min\":0,\"max\":3},{\"name\":\"b\","
        "\"type\":\"u8\",\"min\":0,\"max\":3,\"since\":2,\"default\":0}]}],\"fields\":[{\"name\":"
        "\"x\",\"type\":\"struct\",\"struct\":\"q\"},{\"name\":\"s\",\"type\":\"section\","
        "\"version\":1,\"minimum\":1,\"fields\":[{\"name\":\"y\",\"type\":\"struct\",\"struct\":"
        "\"q\"}]}]}";
  g_autofree char *json = make_effective (schema, 3, NULL);

  g_assert_cmpstr (
      json, ==,
      "{\"state-schema\":1,\"name\":\"n\",\"version\":3,\"minimum\":3,\"structs\":[{\"name\":\"q\","
      "\"fields\":[{\"name\":\"a\",\"type\":\"u8\",\"min\":0,\"max\":3},{\"name\":\"b\",\"type\":"
      "\"u8\",\"min\":0,\"max\":3}]},{\"name\":\"q-v1\",\"fields\":[{\"name\":\"a\",\"type\":"
      "\"u8\",\"min\":0,\"max\":3}]}],\"fields\":[{\"name\":\"x\",\"type\":\"struct\",\"struct\":"
      "\"q\"},{\"name\":\"s\",\"type\":\"section\",\"version\":1,\"minimum\":1,\"fields\":[{"
      "\"name\":\"y\",\"type\":\"struct\",\"struct\":\"q-v1\"}]}]}");
}

static void
test_every_effective (void)
{
  g_autoptr (MigdescStateType) type = make_type ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) params = migdesc_param_list_new_from_string (
      "example.com/every?signed=on,rates=2,more=yes,timers=3,most=200", &error);

  g_assert_no_error (error);
  for (guint version = 1; version <= 3; version++)
    {
      g_autoptr (MigdescStateType) effective
          = migdesc_state_type_new_effective (type, version, params, &error);
      g_autoptr (MigdescStateType) again = NULL;

      g_assert_no_error (error);
      again = migdesc_state_type_new_effective (effective, version, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (migdesc_state_type_equal (effective, again));
      g_assert_false (migdesc_state_type_equal (effective, type));
    }
}

/* No prefix is a schema, and none is read beyond its end. */
/* What a section is when it is not needed, its schema of one version does not tell. */
static void
test_effective_without_defaults (void)
{
  g_autoptr (MigdescStateType) type = read_back (
      "{\"state-schema\":1,\"name\":\"nic\",\"version\":1,\"minimum\":1,\"fields\":["
      "{\"name\":\"rss\",\"type\":\"section\",\"version\":1,\"minimum\":1,\"fields\":["
      "{\"name\":\"key\",\"type\":\"u8\",\"min\":5,\"max\":9,\"default\":7}],"
      "\"needed\":\"rss_needed\"}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) effective
      = migdesc_state_type_new_effective (type, 1, NULL, &error);
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  json = migdesc_state_type_to_json (effective, FALSE);
  g_assert_cmpstr (
      json, ==,
      "{\"state-schema\":1,\"name\":\"nic\",\"version\":1,\"minimum\":1,\"fields\":["
      "{\"name\":\"rss\",\"type\":\"section\",\"version\":1,\"minimum\":1,\"fields\":["
      "{\"name\":\"key\",\"type\":\"u8\",\"min\":5,\"max\":9}],"
      "\"needed\":\"rss_needed\"}]}");
}

static void
test_prefixes (void)
{
  for (gsize length = 0; length < sizeof sample - 1; length++)
    {
      g_autofree char *copy = g_memdup2 (sample, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescStateType) type = migdesc_state_type_new_from_json (
          copy != NULL ? copy : "", (gssize) length, NULL, &error);

      g_assert_null (type);
      g_assert_nonnull (error);
    }
}

/* Any byte changed: another schema or an error, and what is accepted writes itself again. */
static void
test_changed_bytes (void)
{
  static const char changes[] = "0129-{}[]\",:aet\\ ";

  for (gsize i = 0; i < sizeof sample - 1; i++)
    for (gsize j = 0; j < sizeof changes - 1; j++)
      {
        g_autofree char *copy = g_strdup (sample);
        g_autoptr (MigdescStateType) type = NULL;
        g_autoptr (MigdescStateType) back = NULL;
        g_autofree char *json = NULL;

        copy[i] = changes[j];
        type = migdesc_state_type_new_from_json (copy, -1, NULL, NULL);
        if (type == NULL)
          continue;
        json = migdesc_state_type_to_json (type, FALSE);
        back = read_back (json);
        g_assert_true (migdesc_state_type_equal (type, back));
      }
}

static void
test_empty_object (void)
{
  g_autoptr (MigdescStateType) type = g_object_new (MIGDESC_TYPE_STATE_TYPE, NULL);
  g_autofree char *json = migdesc_state_type_to_json (type, FALSE);

  g_assert_cmpstr (json, ==,
                   "{\"state-schema\":1,\"name\":\"none\",\"version\":1,\"minimum\":1,\"fields\":"
                   "[]}");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-schema/round-trip", test_round_trip);
  g_test_add_func ("/state-schema/canonical", test_canonical);
  g_test_add_func ("/state-schema/effective", test_effective);
  g_test_add_func ("/state-schema/effective-rules", test_effective_rules);
  g_test_add_func ("/state-schema/table-without-check", test_table_without_check);
  g_test_add_func ("/state-schema/effective-of-old", test_effective_of_old);
  g_test_add_func ("/state-schema/structs-in-sections", test_structs_in_sections);
  g_test_add_func ("/state-schema/every-effective", test_every_effective);
  g_test_add_func ("/state-schema/effective-without-defaults", test_effective_without_defaults);
  g_test_add_func ("/state-schema/prefixes", test_prefixes);
  g_test_add_func ("/state-schema/changed-bytes", test_changed_bytes);
  g_test_add_func ("/state-schema/empty-object", test_empty_object);

  return g_test_run ();
}
