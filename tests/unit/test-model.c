/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc.h>

#define DOCUMENT                                                                                   \
  "{\"models\": {\"a.org/nic\": {"                                                                 \
  "\"description\": \"a NIC\", \"support\": \"forward\", \"blocker\": \"b\", \"state\": {\"x\": "  \
  "1},"                                                                                            \
  "\"params\": {"                                                                                  \
  "\"queues\": {\"type\": \"int\", \"allowed_values\": [\"1-64\", 128], \"init_value\": 4,"        \
  " \"off_value\": 1, \"description\": \"how many\", \"unit\": \"queues\","                        \
  " \"affects\": [\"state\"], \"runtime\": true},"                                                 \
  "\"mode\": {\"type\": \"str\", \"init_value\": \"fast\"},"                                       \
  "\"new\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false}},"                    \
  "\"versions\": [{\"name\": \"1\", \"description\": \"d\", \"params\": {\"new\": true,"           \
  " \"mode\": \"a,b\"}, \"state_version\": 3, \"tested\": [{\"from\": \"1\", \"to\": \"2\"}]},"    \
  "{\"name\": \"2\", \"create\": false, \"support\": \"none\", \"blocker\": \"why\"}],"            \
  "\"constraints\": [{\"if\": {\"new\": [true], \"mode\": [\"slow\"]}, \"then\": {\"queues\":"     \
  " [\"3-64\"]}, \"description\": \"c\"}, {\"forbid\": {\"queues\": [5]}}]},"                      \
  "\"a.org/empty\": {\"params\": {}}}}"

static MigdescDescriptor *
read_document (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor = migdesc_descriptor_new_from_string (text, -1, &error);

  g_assert_no_error (error);
  return descriptor;
}

static MigdescModel *
read_model (void)
{
  g_autoptr (MigdescDescriptor) descriptor = read_document (DOCUMENT);

  return migdesc_descriptor_lookup_model (descriptor, "a.org/nic");
}

static void
test_descriptor (void)
{
  g_autoptr (MigdescDescriptor) descriptor = read_document (DOCUMENT);
  g_autoptr (MigdescModel) first = migdesc_descriptor_get_model (descriptor, 0);
  g_autoptr (MigdescModel) same = migdesc_descriptor_lookup_model (descriptor, "a.org/nic");
  g_autoptr (MigdescModel) item = NULL;
  g_autoptr (MigdescDescriptor) again = migdesc_model_get_descriptor (first);
  g_auto (GStrv) names = migdesc_descriptor_dup_model_names (descriptor);
  GListModel *models = migdesc_descriptor_get_models (descriptor);

  g_assert_cmpuint (migdesc_descriptor_get_n_models (descriptor), ==, 2);
  g_assert_true (first == same);
  g_assert_null (migdesc_descriptor_get_model (descriptor, 2));
  g_assert_null (migdesc_descriptor_lookup_model (descriptor, "a.org/nic/"));
  g_assert_null (migdesc_descriptor_lookup_model (descriptor, "\xff\n"));
  g_assert_cmpstr (names[0], ==, "a.org/nic");
  g_assert_cmpstr (names[1], ==, "a.org/empty");
  g_assert_null (names[2]);

  g_assert_true (models == migdesc_descriptor_get_models (descriptor));
  g_assert_cmpuint (g_list_model_get_n_items (models), ==, 2);
  g_assert_true (g_list_model_get_item_type (models) == MIGDESC_TYPE_MODEL);
  item = g_list_model_get_item (models, 0);
  g_assert_true (item == first);

  g_assert_true (migdesc_descriptor_equal (descriptor, again));
  g_assert_cmpuint (migdesc_descriptor_hash (descriptor), ==, migdesc_descriptor_hash (again));
}

static void
test_model (void)
{
  g_autoptr (MigdescModel) model = read_model ();
  g_autoptr (MigdescVersion) latest = migdesc_model_get_latest_version (model);
  g_autoptr (MigdescVersion) oldest = migdesc_model_get_version (model, 0);
  g_autoptr (MigdescModel) again = read_model ();
  g_autofree char *state = migdesc_model_dup_state_schema (model);

  g_assert_cmpstr (migdesc_model_get_name (model), ==, "a.org/nic");
  g_assert_cmpstr (migdesc_model_get_description (model), ==, "a NIC");
  g_assert_cmpint (migdesc_model_get_support (model), ==, MIGDESC_SUPPORT_FORWARD);
  g_assert_cmpstr (migdesc_model_get_blocker (model), ==, "b");
  g_assert_cmpstr (state, ==, "{\"x\":1}");
  g_assert_cmpuint (migdesc_model_get_n_params (model), ==, 3);
  g_assert_cmpuint (migdesc_model_get_n_versions (model), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (migdesc_model_get_params (model)), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (migdesc_model_get_versions (model)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (migdesc_model_get_constraints (model)), ==, 2);
  g_assert_true (latest == oldest);
  g_assert_false (migdesc_model_is_version_only (model));
  g_assert_null (migdesc_model_get_param (model, 3));
  g_assert_null (migdesc_model_lookup_param (model, "queue"));
  g_assert_null (migdesc_model_get_version (model, 2));
  g_assert_null (migdesc_model_lookup_version (model, "3"));
  g_assert_true (model != again);
  g_assert_true (migdesc_model_equal (model, again));
  g_assert_cmpuint (migdesc_model_hash (model), ==, migdesc_model_hash (again));
}

static void
test_param (void)
{
  g_autoptr (MigdescModel) model = read_model ();
  g_autoptr (MigdescParam) queues = migdesc_model_lookup_param (model, "queues");
  g_autoptr (MigdescParam) same = migdesc_model_get_param (model, 0);
  g_autoptr (MigdescParam) mode = migdesc_model_get_param (model, 1);
  g_autoptr (MigdescValueSet) allowed = migdesc_param_get_allowed_values (queues);
  g_autoptr (MigdescValueSet) any = migdesc_param_get_allowed_values (mode);
  g_autoptr (GVariant) init = migdesc_param_get_init_value (queues);
  g_autoptr (GVariant) off = migdesc_param_get_off_value (queues);
  g_autoptr (GVariant) fast = migdesc_param_get_init_value (mode);
  g_autofree char *text = migdesc_value_set_to_string (allowed);

  g_assert_true (queues == same);
  g_assert_cmpstr (migdesc_param_get_name (queues), ==, "queues");
  g_assert_cmpint (migdesc_param_get_value_type (queues), ==, MIGDESC_VALUE_TYPE_INT);
  g_assert_cmpstr (text, ==, "1-64,128");
  g_assert_cmpuint (g_variant_get_uint64 (init), ==, 4);
  g_assert_cmpuint (g_variant_get_uint64 (off), ==, 1);
  g_assert_false (g_variant_is_floating (init));
  g_assert_true (migdesc_param_has_off_value (queues));
  g_assert_cmpstr (migdesc_param_get_description (queues), ==, "how many");
  g_assert_cmpstr (migdesc_param_get_unit (queues), ==, "queues");
  g_assert_cmpint (migdesc_param_get_affects (queues), ==, MIGDESC_AFFECTS_STATE);
  g_assert_true (migdesc_param_is_runtime (queues));
  g_assert_false (migdesc_param_is_inferred (queues));

  g_assert_true (migdesc_value_set_is_any (any));
  g_assert_cmpstr (g_variant_get_string (fast, NULL), ==, "fast");
  g_assert_null (migdesc_param_get_off_value (mode));
  g_assert_false (migdesc_param_has_off_value (mode));
  g_assert_null (migdesc_param_get_unit (mode));
  g_assert_cmpint (migdesc_param_get_affects (mode), ==,
                   MIGDESC_AFFECTS_HARDWARE | MIGDESC_AFFECTS_STATE);
  g_assert_true (migdesc_param_equal (queues, same));
  g_assert_false (migdesc_param_equal (queues, mode));
  g_assert_cmpuint (migdesc_param_hash (queues), !=, migdesc_param_hash (mode));
}

static void
test_version (void)
{
  g_autoptr (MigdescModel) model = read_model ();
  g_autoptr (MigdescVersion) first = migdesc_model_lookup_version (model, "1");
  g_autoptr (MigdescVersion) second = migdesc_model_get_version (model, 1);
  g_autoptr (MigdescParamList) params = migdesc_version_get_params (first);
  g_autoptr (GVariant) mode = migdesc_version_get_value (first, "mode");
  g_autofree char *list = migdesc_param_list_to_string (params);
  const char *from;
  const char *to;

  g_assert_cmpstr (list, ==, "a.org/nic?mode=a,,b,new=on");
  g_assert_cmpstr (g_variant_get_string (mode, NULL), ==, "a,b");
  g_assert_null (migdesc_version_get_value (first, "queues"));
  g_assert_null (migdesc_version_get_value (first, "nothing"));
  g_assert_null (migdesc_version_get_value (second, "mode"));
  g_assert_cmpstr (migdesc_version_get_state_version (first), ==, "3");
  g_assert_true (migdesc_version_get_tested (first, 0, &from, &to));
  g_assert_cmpstr (from, ==, "1");
  g_assert_cmpstr (to, ==, "2");
  g_assert_false (migdesc_version_get_tested (first, 1, &from, &to));
  g_assert_null (from);
  g_assert_null (to);

  g_assert_false (migdesc_version_can_create (second));
  g_assert_true (migdesc_version_can_load (second));
  g_assert_cmpint (migdesc_version_get_support (second), ==, MIGDESC_SUPPORT_NONE);
  g_assert_cmpstr (migdesc_version_get_blocker (second), ==, "why");
  g_assert_cmpuint (migdesc_version_get_n_tested (second), ==, 0);
  g_assert_true (migdesc_version_equal (first, first));
  g_assert_false (migdesc_version_equal (first, second));
  g_assert_cmpuint (migdesc_version_hash (first), !=, migdesc_version_hash (second));
}

static void
test_constraint (void)
{
  g_autoptr (MigdescModel) model = read_model ();
  GListModel *constraints = migdesc_model_get_constraints (model);
  g_autoptr (MigdescConstraint) needs = g_list_model_get_item (constraints, 0);
  g_autoptr (MigdescConstraint) forbids = g_list_model_get_item (constraints, 1);
  g_autoptr (MigdescValueSet) slow = migdesc_constraint_get_if_values (needs, "mode");
  g_autoptr (MigdescValueSet) some = migdesc_constraint_get_then_values (needs, "queues");
  g_auto (GStrv) if_params = migdesc_constraint_dup_if_params (needs);
  g_auto (GStrv) then_params = migdesc_constraint_dup_then_params (needs);
  g_auto (GStrv) none = migdesc_constraint_dup_then_params (forbids);
  g_autofree char *text = migdesc_constraint_to_string (needs);
  g_autofree char *other = migdesc_constraint_to_string (forbids);

  g_assert_cmpstr (text, ==, "if new=on and mode=slow then queues=3-64");
  g_assert_cmpstr (other, ==, "never queues=5");
  g_assert_cmpstr (if_params[1], ==, "mode");
  g_assert_cmpuint (g_strv_length (if_params), ==, 2);
  g_assert_cmpuint (g_strv_length (then_params), ==, 1);
  g_assert_null (none[0]);
  g_assert_true (migdesc_value_set_contains_text (slow, "slow"));
  g_assert_true (migdesc_value_set_contains_text (some, "64"));
  g_assert_null (migdesc_constraint_get_if_values (needs, "queues"));
  g_assert_null (migdesc_constraint_get_if_values (needs, "nothing"));
  g_assert_false (migdesc_constraint_is_forbid (needs));
  g_assert_true (migdesc_constraint_is_forbid (forbids));
  g_assert_cmpstr (migdesc_constraint_get_description (needs), ==, "c");
  g_assert_false (migdesc_constraint_equal (needs, forbids));
  g_assert_cmpuint (migdesc_constraint_hash (needs), !=, migdesc_constraint_hash (forbids));
}

static void
test_parts_outlive_their_owners (void)
{
  g_autoptr (MigdescModel) model = read_model ();
  g_autoptr (MigdescParam) param = migdesc_model_get_param (model, 0);
  g_autoptr (MigdescValueSet) allowed = migdesc_param_get_allowed_values (param);
  g_autoptr (GListModel) versions = g_object_ref (migdesc_model_get_versions (model));
  g_autoptr (MigdescVersion) version = NULL;

  g_clear_object (&model);
  g_assert_cmpstr (migdesc_param_get_unit (param), ==, "queues");
  g_clear_object (&param);
  g_assert_true (migdesc_value_set_contains_text (allowed, "128"));
  version = g_list_model_get_item (versions, 1);
  g_assert_cmpstr (migdesc_version_get_name (version), ==, "2");
}

static void
test_made_by_type (void)
{
  g_autoptr (MigdescDescriptor) descriptor = g_object_new (MIGDESC_TYPE_DESCRIPTOR, NULL);
  g_autoptr (MigdescModel) model = g_object_new (MIGDESC_TYPE_MODEL, NULL);
  g_autoptr (MigdescParam) param = g_object_new (MIGDESC_TYPE_PARAM, NULL);
  g_autoptr (MigdescVersion) version = g_object_new (MIGDESC_TYPE_VERSION, NULL);
  g_autoptr (MigdescConstraint) constraint = g_object_new (MIGDESC_TYPE_CONSTRAINT, NULL);
  g_autoptr (MigdescParam) other = g_object_new (MIGDESC_TYPE_PARAM, NULL);
  g_autoptr (MigdescParamList) list = migdesc_version_get_params (version);
  g_autoptr (MigdescDescriptor) none = migdesc_model_get_descriptor (model);
  g_autoptr (GVariant) init = migdesc_param_get_init_value (param);
  g_autofree char *rule = migdesc_constraint_to_string (constraint);

  g_assert_cmpuint (migdesc_descriptor_get_n_models (descriptor), ==, 0);
  g_assert_null (migdesc_descriptor_lookup_model (descriptor, ""));
  g_assert_true (migdesc_descriptor_equal (descriptor, none));
  g_assert_cmpstr (migdesc_model_get_name (model), ==, "");
  g_assert_null (migdesc_model_get_latest_version (model));
  g_assert_null (migdesc_model_lookup_param (model, "a"));
  g_assert_true (migdesc_model_equal (model, model));
  g_assert_cmpuint (g_list_model_get_n_items (migdesc_model_get_constraints (model)), ==, 0);
  g_assert_true (migdesc_param_equal (param, other));
  g_assert_cmpuint (migdesc_param_hash (param), ==, migdesc_param_hash (other));
  g_assert_false (g_variant_get_boolean (init));
  g_assert_cmpstr (migdesc_version_get_name (version), ==, "");
  g_assert_cmpuint (migdesc_param_list_get_n_params (list), ==, 0);
  g_assert_null (migdesc_version_get_value (version, "a"));
  g_assert_cmpstr (rule, ==, "");
}

/* One of these changes one fact of the document; an empty one changes none. */
static const struct
{
  const char *what;
  const char *instead;
} changes[] = {
  { "", "" },
  { "\"a NIC\"", "\"a nic\"" },
  { "\"forward\"", "\"best-effort\"" },
  { "\"blocker\": \"b\"", "\"blocker\": \"c\"" },
  { "{\"x\": 1}", "{\"x\": 2}" },
  { "\"1-64\", 128", "\"1-64\", 127" },
  { "\"1-64\", 128", "128, \"2-64\", 1" },
  { "\"init_value\": 4", "\"init_value\": 3" },
  { "\"off_value\": 1,", "\"off_value\": 2," },
  { "\"off_value\": 1,", "" },
  { "\"unit\": \"queues\"", "\"unit\": \"rings\"" },
  { "\"affects\": [\"state\"]", "\"affects\": [\"state\", \"hardware\"]" },
  { "\"runtime\": true", "\"runtime\": false" },
  { "\"type\": \"str\"", "\"type\": \"str\", \"allowed_values\": [\"fast\", \"a,b\", \"slow\"]" },
  { "\"type\": \"bool\"", "\"type\": \"bool\", \"allowed_values\": [true, false]" },
  { "\"type\": \"bool\"", "\"type\": \"bool\", \"x-unknown\": [1]" },
  { "\"type\": \"bool\"", "\"type\": \"bool\", \"inferred\": true" },
  { "\"name\": \"1\", \"description\": \"d\"", "\"name\": \"1\"" },
  { "{\"new\": true, \"mode\": \"a,b\"}", "{\"mode\": \"a,b\", \"new\": true}" },
  { "{\"new\": true, \"mode\": \"a,b\"}", "{\"mode\": \"a,b\"}" },
  { "{\"new\": true, \"mode\": \"a,b\"}", "{\"new\": false, \"mode\": \"a,b\"}" },
  { "\"state_version\": 3", "\"state_version\": \"3\"" },
  { "{\"from\": \"1\", \"to\": \"2\"}", "{\"from\": \"2\", \"to\": \"1\"}" },
  { "\"create\": false", "\"create\": false, \"load\": false" },
  { "\"create\": false", "\"create\": true" },
  { "\"create\": false", "\"load\": true" },
  { "{\"new\": [true], \"mode\": [\"slow\"]}", "{\"mode\": [\"slow\"], \"new\": [true]}" },
  { "[\"3-64\"]", "[\"3-63\", 64]" },
  { "[\"3-64\"]", "[\"4-64\"]" },
  { "\"description\": \"c\"", "\"description\": \"d\"" },
  { "{\"forbid\": {\"queues\": [5]}}", "{\"if\": {\"queues\": [5]}, \"then\": {\"queues\": [6]}}" },
  { "{\"params\": {}}", "{\"params\": {}, \"ignore\": {\"code\": \"reason\"}}" },
  { "{\"params\": {}}", "{\"params\": {}, \"versions\": []}" },
  { "{\"models\"", "{\"migdesc\": \"1.0\", \"models\"" },
  { "{\"models\"", "{\"migdesc\": \"1.7\", \"models\"" },
  { "{\"models\"", "{\"ignore\": {\"a\": \"b\"}, \"models\"" },
  { "{\"models\"", "{\"ignore\": {\"a\": \"c\"}, \"models\"" },
  { "{\"models\"", "{\"x\": null, \"models\"" },
};

static void
test_equal_as_canonical_text (void)
{
  g_autoptr (GPtrArray) descriptors = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n_equal = 0;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GString) document = g_string_new (DOCUMENT);

      if (*changes[i].what != '\0')
        g_assert_cmpuint (g_string_replace (document, changes[i].what, changes[i].instead, 1), ==,
                          1);
      g_ptr_array_add (descriptors, read_document (document->str));
      g_ptr_array_add (texts, migdesc_descriptor_to_string (descriptors->pdata[i]));
    }

  for (guint i = 0; i < descriptors->len; i++)
    for (guint j = 0; j < descriptors->len; j++)
      {
        gboolean same = g_str_equal (texts->pdata[i], texts->pdata[j]);

        if (migdesc_descriptor_equal (descriptors->pdata[i], descriptors->pdata[j]) != same)
          g_error ("changes %u and %u: %s\n%s", i, j, (char *) texts->pdata[i],
                   (char *) texts->pdata[j]);
        if (same)
          g_assert_cmpuint (migdesc_descriptor_hash (descriptors->pdata[i]), ==,
                            migdesc_descriptor_hash (descriptors->pdata[j]));
        n_equal += same && i < j;
      }
  /* the document itself, and those that only say it otherwise */
  g_assert_cmpuint (n_equal, >=, 10);
}

/* Threads that ask for the same items at the same time get the same objects. */
typedef struct
{
  MigdescDescriptor *descriptor;
  gpointer seen[16];
} Watcher;

static gpointer
watch (gpointer data)
{
  Watcher *watcher = data;
  guint n = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MigdescModel) model = migdesc_descriptor_get_model (watcher->descriptor, i);
      GListModel *lists[] = { migdesc_model_get_params (model), migdesc_model_get_versions (model),
                              migdesc_model_get_constraints (model) };

      watcher->seen[n++] = model;
      for (guint j = 0; j < G_N_ELEMENTS (lists); j++)
        for (guint k = 0; k < g_list_model_get_n_items (lists[j]); k++)
          {
            g_autoptr (GObject) item = g_list_model_get_item (lists[j], k);

            watcher->seen[n++] = item;
          }
    }
  return NULL;
}

static void
test_items_from_threads (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (MigdescDescriptor) descriptor = read_document (DOCUMENT);
      Watcher watchers[8];
      GThread *threads[8];

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          memset (&watchers[i], 0, sizeof watchers[i]);
          watchers[i].descriptor = descriptor;
          threads[i] = g_thread_new ("watcher", watch, &watchers[i]);
        }
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_thread_join (threads[i]);
          g_assert_cmpmem (watchers[i].seen, sizeof watchers[i].seen, watchers[0].seen,
                           sizeof watchers[0].seen);
        }
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/descriptor", test_descriptor);
  g_test_add_func ("/model/model", test_model);
  g_test_add_func ("/model/param", test_param);
  g_test_add_func ("/model/version", test_version);
  g_test_add_func ("/model/constraint", test_constraint);
  g_test_add_func ("/model/parts-outlive-their-owners", test_parts_outlive_their_owners);
  g_test_add_func ("/model/made-by-type", test_made_by_type);
  g_test_add_func ("/model/equal-as-canonical-text", test_equal_as_canonical_text);
  g_test_add_func ("/model/items-from-threads", test_items_from_threads);

  return g_test_run ();
}
