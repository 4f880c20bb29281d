/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backend-nic.h"

#include <string.h>

/* What a declaration makes of itself, and what can be wrong with one. */

static void
test_descriptor_is_what_was_declared (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  MigdescModel *model = migdesc_backend_get_model (backend);
  g_autoptr (MigdescParam) queues = migdesc_model_lookup_param (model, "num-queues");
  g_autoptr (MigdescValueSet) allowed = migdesc_param_get_allowed_values (queues);
  g_autoptr (MigdescVersion) first = migdesc_model_lookup_version (model, "1");
  g_autoptr (MigdescVersion) third = migdesc_model_lookup_version (model, "3");
  g_autofree char *values = migdesc_value_set_to_string (allowed);
  g_autofree char *schema = migdesc_model_dup_state_schema (model);
  g_autofree char *wanted
      = migdesc_state_type_to_json (migdesc_backend_get_state_type (backend), FALSE);

  g_assert_cmpstr (migdesc_model_get_name (model), ==, "vendor-a.com/my-nic");
  g_assert_cmpuint (migdesc_model_get_n_params (model), ==, 7);
  g_assert_cmpstr (values, ==, "1-64,128");
  g_assert_cmpstr (migdesc_param_get_description (queues), ==, "receive queues");
  g_assert_cmpstr (migdesc_param_get_unit (queues), ==, "queues");
  g_assert_false (migdesc_version_can_create (first));
  g_assert_true (migdesc_version_can_load (first));
  g_assert_cmpstr (migdesc_version_get_state_version (first), ==, "1");
  g_assert_cmpint (migdesc_version_get_support (third), ==, MIGDESC_SUPPORT_BIDIRECTIONAL);
  g_assert_cmpuint (migdesc_version_get_n_tested (third), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (migdesc_model_get_constraints (model)), ==, 2);
  g_assert_cmpstr (schema, ==, wanted);
}

static char *
describe (const char *limit)
{
  g_autoptr (MigdescBackend) backend = nic_backend (limit);

  return migdesc_descriptor_to_string (migdesc_backend_get_descriptor (backend));
}

/* The program that knew two versions, as it was when it was released. */
static void
test_limit_is_the_older_declaration (void)
{
  g_autofree char *text = describe ("2");

  g_assert_cmpstr (
      text, ==,
      "{\"migdesc\":\"1.0\",\"models\":{\"vendor-a.com/my-nic\":{\"params\":{"
      "\"num-queues\":{\"type\":\"int\",\"allowed_values\":[\"1-64\"],\"init_value\":4,"
      "\"off_value\":1,\"description\":\"receive queues\",\"unit\":\"queues\"},"
      "\"mtu\":{\"type\":\"int\",\"allowed_values\":[\"68-9216\"],\"init_value\":1500},"
      "\"new-feature\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false},"
      "\"offload\":{\"type\":\"str\",\"allowed_values\":[\"checksum\",\"none\",\"tso\"],"
      "\"init_value\":\"checksum\",\"off_value\":\"none\"},"
      "\"label\":{\"type\":\"str\",\"init_value\":\"\",\"off_value\":\"\",\"runtime\":true},"
      "\"memory\":{\"type\":\"int\",\"allowed_values\":[\"0-18446744073709551615\"],"
      "\"init_value\":0,\"off_value\":0,\"affects\":[\"hardware\"]}},"
      "\"versions\":[{\"name\":\"1\",\"create\":false,\"state_version\":1},"
      "{\"name\":\"2\",\"params\":{\"num-queues\":4,\"new-feature\":true,"
      "\"offload\":\"checksum\"},\"state_version\":2}],"
      "\"constraints\":[{\"if\":{\"new-feature\":[true]},\"then\":{\"num-queues\":[\"3-64\",128]},"
      "\"description\":\"needs three queues\"}],"
      "\"state\":{\"state-schema\":1,\"name\":\"nic_state\",\"version\":2,\"minimum\":1,"
      "\"fields\":[{\"name\":\"link\",\"type\":\"u32\",\"min\":0,\"max\":1},"
      "{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":9216,\"since\":2,"
      "\"default\":1500}]}}}}");
}

/* The version that the program ends with is its own: it can create it. */
static void
test_limit_can_be_created (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend ("1");
  static const char *const args[] = { "--migration-version=1", NULL };
  g_auto (GStrv) rest = migdesc_backend_parse_args (backend, args, NULL);
  NicConfig config;

  g_assert_nonnull (rest);
  memset (&config, 0xa5, sizeof config);
  migdesc_backend_read_config (backend, &config);
  g_assert_cmpuint (config.num_queues, ==, 1);
  g_assert_false (config.rss);
  g_assert_cmpuint (config.offload, ==, 0);
}

static void
test_limit_may_change (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend ("1");
  g_autofree char *whole = describe (NULL), *again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_backend_set_version_limit (backend, "9", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "\"9\" is no version of vendor-a.com/my-nic");
  g_clear_error (&error);
  g_assert_true (migdesc_backend_set_version_limit (backend, NULL, &error));
  again = migdesc_descriptor_to_string (migdesc_backend_get_descriptor (backend));
  g_assert_cmpstr (again, ==, whole);
}

typedef struct
{
  NicState state;
} Nic;

static void
nic_capture (gpointer device,
             gpointer state)
{
  memcpy (state, &((Nic *) device)->state, sizeof (NicState));
}

static void
nic_commit (gpointer device,
            gpointer state)
{
  memcpy (&((Nic *) device)->state, state, sizeof (NicState));
}

static const MigdescDeviceFuncs nic_funcs = { .capture = nic_capture, .commit = nic_commit };

static MigdescDeviceSet *
make_set (const char *limit,
          const char *list,
          Nic *nic)
{
  g_autoptr (MigdescBackend) backend = nic_backend (limit);
  g_autoptr (MigdescParamList) params = migdesc_param_list_new_from_string (list, NULL);
  MigdescDeviceSet *set = migdesc_device_set_new ();
  g_autoptr (GError) error = NULL;

  migdesc_backend_set_incoming (backend, TRUE);
  g_assert_true (migdesc_backend_configure (backend, params, &error));
  g_assert_true (migdesc_backend_add_device (backend, set, "nic0", &nic_funcs, nic, &error));
  g_assert_no_error (error);
  return set;
}

/* From one program's device to another's; NULL, or why not. */
static char *
move (const char *source_limit,
      const char *destination_limit,
      const char *list,
      Nic *nic)
{
  Nic source = { { .link = 1, .mtu = 9000, .key = { 1, 2, 3, 4 } } };
  g_autoptr (MigdescDeviceSet) from = make_set (source_limit, list, &source);
  g_autoptr (MigdescDeviceSet) to = make_set (destination_limit, list, nic);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = migdesc_device_set_save (from, NULL, &error);

  g_assert_no_error (error);
  migdesc_device_set_load (to, bytes, &error);
  return error == NULL ? NULL : g_strdup (error->message);
}

static void
test_old_and_new_exchange_states (void)
{
  static const struct
  {
    const char *source;
    const char *destination;
    const char *list;
    guint16 mtu;
    guint8 key;
  } moves[] = {
    { NULL, NULL, "version=3", 9000, 1 },
    { NULL, "2", "version=2", 9000, 0 },
    { "2", NULL, "version=2", 9000, 0 },
    { "1", "2", "version=1", 1500, 0 },
    { NULL, "1", "version=1", 1500, 0 },
    { "1", NULL, "version=1,mtu=9000", 1500, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      Nic nic = { 0 };

      g_assert_null (move (moves[i].source, moves[i].destination, moves[i].list, &nic));
      g_assert_cmpuint (nic.state.link, ==, 1);
      g_assert_cmpuint (nic.state.mtu, ==, moves[i].mtu);
      g_assert_cmpuint (nic.state.key[0], ==, moves[i].key);
    }
}

/* A newer state than the program knows is refused, though the source has the code for it. */
static void
test_newer_state_is_refused (void)
{
  Nic source = { { .link = 1, .mtu = 9000 } }, nic = { 0 };
  g_autoptr (MigdescDeviceSet) from = make_set (NULL, "version=2", &source);
  g_autoptr (MigdescDeviceSet) to = make_set ("2", "version=2", &nic);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (migdesc_device_set_set_state_version (from, "nic0", 3, &error));
  bytes = migdesc_device_set_save (from, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (migdesc_device_set_load (to, bytes, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_NEW);
  g_assert_cmpstr (error->message, ==,
                   "nic0: state version 3 of nic_state, the newest known is 2");
  g_assert_false (migdesc_device_set_set_state_version (to, "nic0", 3, NULL));
}

static void
assert_refused (const MigdescModelTable *table,
                MigdescError code,
                const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_backend_new (table, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

typedef struct
{
  guint8 count;
  gboolean flag;
} Small;

static const MigdescModelParam small_params[] = {
  MIGDESC_PARAM_INT (Small, count, "count", "1-300", "1"),
  MIGDESC_PARAM_BOOL (Small, flag, "flag", "perhaps", MIGDESC_SINCE_VERSION ("9")),
  MIGDESC_PARAM_INT (Small, count, "level", "1-4", "5"),
  MIGDESC_PARAM_INT (NicConfig, mtu, "other", "1-4", "1"),
  MIGDESC_PARAM_INT (Small, count, "late", "0-4", "0", MIGDESC_OFF ("0"),
                     MIGDESC_SINCE_VERSION ("2")),
};
static const MigdescModelVersion small_versions[] = {
  MIGDESC_MODEL_VERSION ("1", 0, "level=1,late=2"),
  MIGDESC_MODEL_VERSION ("2", 0, "level=x,missing=1"),
};
static const MigdescModelConstraint small_constraints[] = {
  MIGDESC_MODEL_IF_THEN ("level", "late=1", NULL),
  MIGDESC_MODEL_FORBID ("unknown=1", NULL),
};
MIGDESC_MODEL_TABLE (small_model, "no-domain", Small, small_params, small_versions,
                     MIGDESC_MODEL_CONSTRAINTS (small_constraints));

static void
test_all_of_a_declaration_is_told (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) told = NULL;
  static const char *const wanted[] = {
    "flag: since version \"9\", which is none",
    "other: a member of NicConfig, not of Small",
    "count: not all of 1-300 fits the 1 byte of Small.count",
    "flag: the init value \"perhaps\" is no bool",
    "version \"1\" sets \"late\", which is since version \"2\"",
    "level: the value in a version \"x\" is no int",
    "version \"2\" sets \"missing\", which is no param",
    "the condition \"level\" is no NAME=VALUES",
    "a condition on \"unknown\", which is no param",
  };

  g_assert_null (migdesc_backend_new (&small_model, NULL, &error));
  told = g_strsplit (error->message, "; ", -1);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_true (g_strv_contains ((const char *const *) told, wanted[i]));
}

static const MigdescModelParam good_params[] = {
  MIGDESC_PARAM_INT (Small, count, "count", "1-4", "1"),
};
static const MigdescModelVersion good_versions[] = { MIGDESC_MODEL_VERSION ("1", 4, "count=1") };
MIGDESC_MODEL_TABLE (stateful, "vendor-a.com/small", Small, good_params, good_versions,
                     MIGDESC_MODEL_STATE (nic_state));

static void
test_state_versions_are_checked (void)
{
  assert_refused (&stateful, MIGDESC_ERROR_INVALID_ARGUMENT,
                  "version \"1\": state version 4 of nic_state, the newest known is 3");
}

static void
test_other_headers_are_refused (void)
{
  MigdescModelTable table = nic_model;
  g_autofree char *message = g_strdup_printf (
      "compiled with other headers: a MigdescModelParam of %u bytes, this library's has %u",
      (guint) sizeof (MigdescModelParam) - 1, (guint) sizeof (MigdescModelParam));

  table.param_size--;
  assert_refused (&table, MIGDESC_ERROR_INVALID_ARGUMENT, message);
}

static char *
parse_group (MigdescBackend *backend,
             const char *args,
             GError **error)
{
  g_autofree char *line = g_strconcat ("nic ", args, NULL);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  GOptionContext *context = g_option_context_new (NULL);
  gboolean done;

  g_option_context_add_group (context, migdesc_backend_get_option_group (backend));
  done = g_option_context_parse_strv (context, &argv, error);
  g_option_context_free (context);
  return done ? g_strjoinv (" ", argv) : NULL;
}

static void
test_group_takes_all_styles (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *rest
      = parse_group (backend,
                     "--migration-version 3 --m-num-queues=5 file --m-rss off --param mtu=9000 "
                     "--migration-model=vendor-a.com/my-nic",
                     &error);
  g_autofree char *list = migdesc_param_list_to_string (migdesc_backend_get_params (backend));

  g_assert_no_error (error);
  g_assert_cmpstr (rest, ==, "nic file");
  g_assert_cmpstr (list, ==,
                   "vendor-a.com/my-nic?num-queues=5,mtu=9000,new-feature=on,offload=tso");
}

static void
test_group_tells_all_mistakes (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (parse_group (backend, "--m-rss=maybe --param x", &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==,
                   "--param \"x\": expected NAME=VALUE; --m-rss: rss is a bool (on or off), and "
                   "\"maybe\" is not; use rss as one of off,on");
}

static void
test_group_may_ask_for_an_answer (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *rest
      = parse_group (backend, "--m-rss=maybe --print-migration-info-json=v4", &error);
  g_autofree char *answer = migdesc_backend_dup_answer (backend);

  g_assert_no_error (error);
  g_assert_cmpstr (rest, ==, "nic");
  g_assert_cmpstr (answer, ==,
                   "{\"models\":{\"vendor-a.com/my-nic\":{\"versions\":"
                   "[\"1\",\"2\",\"3\",\"debug\"]}}}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend-table/descriptor", test_descriptor_is_what_was_declared);
  g_test_add_func ("/backend-table/limit", test_limit_is_the_older_declaration);
  g_test_add_func ("/backend-table/limit-created", test_limit_can_be_created);
  g_test_add_func ("/backend-table/limit-changes", test_limit_may_change);
  g_test_add_func ("/backend-table/exchange", test_old_and_new_exchange_states);
  g_test_add_func ("/backend-table/too-new", test_newer_state_is_refused);
  g_test_add_func ("/backend-table/told", test_all_of_a_declaration_is_told);
  g_test_add_func ("/backend-table/state-versions", test_state_versions_are_checked);
  g_test_add_func ("/backend-table/headers", test_other_headers_are_refused);
  g_test_add_func ("/backend-table/group", test_group_takes_all_styles);
  g_test_add_func ("/backend-table/group-mistakes", test_group_tells_all_mistakes);
  g_test_add_func ("/backend-table/group-answer", test_group_may_ask_for_an_answer);
  return g_test_run ();
}
