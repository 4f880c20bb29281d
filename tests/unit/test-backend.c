/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backend-nic.h"

#include <string.h>
#include <sys/resource.h>

/* What the options make of a backend: its list, or its mistakes, one a line. */
static char *
configure (const char *limit,
           const char *args)
{
  g_autoptr (MigdescBackend) backend = nic_backend (limit);
  g_auto (GStrv) argv = g_strsplit (args, " ", -1);
  g_auto (GStrv) rest
      = migdesc_backend_parse_args (backend, (const char *const *) argv, NULL);
  g_auto (GStrv) mistakes = migdesc_backend_dup_mistakes (backend);

  if (rest == NULL)
    return g_strjoinv ("\n", mistakes);
  g_assert_cmpuint (g_strv_length (mistakes), ==, 0);
  g_assert_cmpuint (g_strv_length (rest), ==, 0);
  return migdesc_param_list_to_string (migdesc_backend_get_params (backend));
}

static void
assert_configures (const char *limit,
                   const char *args,
                   const char *wanted)
{
  g_autofree char *text = configure (limit, args);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_all_styles_say_the_same (void)
{
  static const char *const styles[] = {
    "--m-num-queues=5 --m-rss=off",
    "--m-num-queues 5 --m-rss off",
    "--param num-queues=5 --param rss=off",
    "--param=num-queues=5 --param=rss=off",
    "--migration-version 3 --param rss=off --m-num-queues=5",
    "--m-num-queues=5 --migration-version=3 --m-rss off --migration-model vendor-a.com/my-nic",
  };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    assert_configures (NULL, styles[i],
                       "vendor-a.com/my-nic?num-queues=5,mtu=1500,new-feature=on,offload=tso");
}

static void
test_fresh_device_has_init_values (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autofree char *list = migdesc_param_list_to_string (migdesc_backend_get_params (backend));

  g_assert_cmpstr (list, ==,
                   "vendor-a.com/my-nic?num-queues=8,mtu=1500,new-feature=on,rss=on,offload=tso");
  g_assert_cmpstr (migdesc_backend_get_version (backend), ==, "3");
}

static void
test_all_mistakes_are_told (void)
{
  assert_configures (
      NULL, "--m-num-qeues=5 --m-offload=tsoo --param mtu=1 --param foo --m-new-feature=off",
      "--param \"foo\": expected NAME=VALUE\n"
      "--m-num-qeues: the model has no param \"num-qeues\"; did you mean \"num-queues\"?\n"
      "--m-offload: offload=tsoo is not allowed; the model accepts checksum,none,tso; "
      "use offload=tso\n"
      "--param: mtu=1 is not allowed; the model accepts 68-9216; use mtu >= 68");
}

static void
test_constraints_are_checked (void)
{
  assert_configures (NULL, "--m-num-queues=2 --m-offload=none",
                     "if new-feature=on then num-queues=3-64,128 is violated (new-feature=on, "
                     "num-queues=2): needs three queues; use num-queues=3\n"
                     "never rss=on and offload=none is violated (rss=on, offload=none); "
                     "use offload outside none");
}

static void
test_twice_is_a_mistake (void)
{
  assert_configures (NULL, "--m-rss=on --m-rss=on", "--m-rss: rss is given twice");
  assert_configures (NULL, "--m-rss=on --param rss=off",
                     "--param: rss is given by --m-rss already");
  assert_configures (NULL, "--migration-version 2 --migration-version=3",
                     "--migration-version is given twice");
  assert_configures (NULL,
                     "--migration-model vendor-a.com/my-nic --migration-model vendor-a.com/my-nic",
                     "--migration-model is given twice");
}

static void
test_values_may_be_missing (void)
{
  assert_configures (NULL, "--m-rss", "--m-rss: expected a value");
  assert_configures (NULL, "--param", "--param: expected a value");
  assert_configures (NULL, "--migration-version", "--migration-version: expected a value");
  assert_configures (NULL, "--m-label=",
                     "vendor-a.com/my-nic?num-queues=8,mtu=1500,new-feature=on,rss=on,offload=tso");
}

static void
test_hostile_options_are_escaped (void)
{
  assert_configures (NULL, "--m-=1", "--m-NAME: \"\" is not a param name: it is empty");
  assert_configures (NULL, "--param=\033[31m=1",
                     "--param: \"\\x1b[31m\" is not a param name: control characters are not "
                     "allowed");
  assert_configures (NULL, "--m-\n=1",
                     "--m-NAME: \"\\n\" is not a param name: white space is not allowed");
  assert_configures (NULL, "--m-label=\xff",
                     "--m-NAME: the value \"\\xff\" is not UTF-8 without control characters");
  assert_configures (NULL, "--m-\342\200\256=1 --m-\342\200\256=2",
                     "--m-\\u202e: \\u202e is given twice\n"
                     "--m-\\u202e: the model has no param \"\\u202e\"");
  assert_configures (NULL, "--m-label=a=b",
                     "vendor-a.com/my-nic?num-queues=8,mtu=1500,new-feature=on,rss=on,offload=tso,"
                     "label=a=b");
  assert_configures (NULL, "--migration-version=a\nb",
                     "--migration-version: \"a\\nb\" is not a version name: it has a line end");
}

static void
test_names_of_any_length (void)
{
  g_autofree char *name = g_strnfill (4096, 'n');
  g_autofree char *args = g_strdup_printf ("--m-%s=1", name);
  g_autofree char *text = configure (NULL, args);

  g_assert_true (g_str_has_prefix (text, "--m-NAME: \"nnn"));
  g_assert_cmpuint (strlen (text), <, 512);
  g_assert_null (strchr (text, '\n'));
}

static void
test_model_has_to_be_this_one (void)
{
  assert_configures (NULL, "--migration-model vendor-a.com/my-nik",
                     "--migration-model: the list is for model \"vendor-a.com/my-nik\", not for "
                     "\"vendor-a.com/my-nic\"");
}

static void
test_others_are_left (void)
{
  static const char *const args[]
      = { "--verbose", "--m-rss", "off", "file", "--", "--m-rss", "off", NULL };
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_auto (GStrv) rest = migdesc_backend_parse_args (backend, args, NULL);
  g_autofree char *joined = g_strjoinv (" ", rest);

  g_assert_cmpstr (joined, ==, "--verbose file -- --m-rss off");
}

static void
test_error_has_all_mistakes (void)
{
  static const char *const args[] = { "--m-rss=maybe", "--param", "x", NULL };
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_backend_parse_args (backend, args, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==,
                   "--param \"x\": expected NAME=VALUE; --m-rss: rss is a bool (on or off), and "
                   "\"maybe\" is not; use rss as one of off,on");
}

/* Whoever does not look at the error gets no device that nobody asked for. */
static void
test_refused_options_make_no_device (void)
{
  static const char *const bad[] = { "--m-rss=maybe", NULL };
  static const char *const good[] = { "--m-rss=off", NULL };
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_auto (GStrv) rest = NULL;

  g_assert_null (migdesc_backend_parse_args (backend, bad, NULL));
  g_assert_null (migdesc_backend_get_config (backend));
  g_assert_null (migdesc_backend_get_params (backend));
  g_assert_null (migdesc_backend_get_value (backend, "rss"));
  g_assert_cmpuint (migdesc_backend_get_state_version (backend), ==, 0);
  rest = migdesc_backend_parse_args (backend, good, NULL);
  g_assert_nonnull (migdesc_backend_get_config (backend));
}

/* No file can be opened any more, and no thread was started. */
static void
use_without_files (void)
{
  static const char *const args[] = { "--migration-version=2", "--m-mtu", "9000", NULL };
  struct rlimit usual, none;
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  g_auto (GStrv) rest = NULL;
  g_autofree char *answer = NULL;
  NicConfig config;

  g_assert_nonnull (g_dir_read_name (threads));
  g_assert_null (g_dir_read_name (threads));
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &usual), ==, 0);
  none = (struct rlimit){ 0, usual.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  rest = migdesc_backend_parse_args (backend, args, NULL);
  g_assert_nonnull (rest);
  migdesc_backend_read_config (backend, &config);
  g_assert_cmpuint (config.mtu, ==, 9000);
  g_assert_null (migdesc_backend_dup_answer (backend));
  answer = migdesc_descriptor_to_string (migdesc_backend_get_descriptor (backend));
  g_assert_nonnull (answer);
  g_assert_true (migdesc_backend_set_version_limit (backend, "1", NULL));
  /* who looks for leaks at the end opens files */
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &usual), ==, 0);
}

static void
test_works_in_a_sandbox (void)
{
  if (g_test_subprocess ())
    {
      use_without_files ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_struct_gets_the_values (void)
{
  static const char *const args[]
      = { "--m-num-queues=128", "--m-label", "front", "--m-memory=18446744073709551615", NULL };
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_auto (GStrv) rest = migdesc_backend_parse_args (backend, args, NULL);
  NicConfig config;

  memset (&config, 0xa5, sizeof config);
  g_assert_nonnull (rest);
  migdesc_backend_read_config (backend, &config);
  g_assert_cmpuint (config.num_queues, ==, 128);
  g_assert_cmpuint (config.mtu, ==, 1500);
  g_assert_cmpint (config.new_feature, ==, TRUE);
  g_assert_cmpint (config.rss, ==, TRUE);
  g_assert_cmpuint (config.offload, ==, 2);
  g_assert_cmpstr (config.label, ==, "front");
  g_assert_cmpuint (config.memory, ==, G_MAXUINT64);
}

static void
test_values_by_name (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (GVariant) value = migdesc_backend_get_value (backend, "num-queues");

  g_assert_cmpuint (g_variant_get_uint64 (value), ==, 8);
  g_assert_null (migdesc_backend_get_value (backend, "num-qeues"));
}

static void
test_list_configures (void)
{
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (MigdescParamList) good
      = migdesc_param_list_new_from_string ("version=2,mtu=9000", NULL);
  g_autoptr (MigdescParamList) bad = migdesc_param_list_new_from_string ("mtu=1,rs=on", NULL);
  g_autoptr (GError) error = NULL;
  const char *wanted
      = "vendor-a.com/my-nic?num-queues=4,mtu=9000,new-feature=on,offload=checksum";
  g_autofree char *list = NULL, *after = NULL;

  g_assert_true (migdesc_backend_configure (backend, good, &error));
  list = migdesc_param_list_to_string (migdesc_backend_get_params (backend));
  g_assert_cmpstr (list, ==, wanted);
  g_assert_false (migdesc_backend_configure (backend, bad, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==,
                   "mtu=1 is not allowed; the model accepts 68-9216; use mtu >= 68; "
                   "the model has no param \"rs\"; did you mean \"rss\"?");
  after = migdesc_param_list_to_string (migdesc_backend_get_params (backend));
  g_assert_cmpstr (after, ==, wanted);
}

/* Version 1 can be loaded, and no more created. */
static void
test_incoming_device_may_be_old (void)
{
  static const char *const args[] = { "--migration-version=1", NULL };
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_backend_parse_args (backend, args, &error));
  g_assert_nonnull (strstr (error->message, "version \"1\", which cannot be created"));
  migdesc_backend_set_incoming (backend, TRUE);
  rest = migdesc_backend_parse_args (backend, args, NULL);
  g_assert_nonnull (rest);
  g_assert_cmpstr (migdesc_backend_get_version (backend), ==, "1");
}

static guint
state_version (const char *limit,
               const char *args)
{
  g_autoptr (MigdescBackend) backend = nic_backend (limit);
  g_auto (GStrv) argv = g_strsplit (args, " ", -1);
  g_auto (GStrv) rest = NULL;

  migdesc_backend_set_incoming (backend, TRUE);
  rest = migdesc_backend_parse_args (backend, (const char *const *) argv, NULL);
  g_assert_nonnull (rest);
  return migdesc_backend_get_state_version (backend);
}

/* A device that is more than the version it was made from is none that an older program loads. */
static void
test_state_version_is_the_devices (void)
{
  g_assert_cmpuint (state_version (NULL, ""), ==, 3);
  g_assert_cmpuint (state_version (NULL, "--migration-version=1"), ==, 1);
  g_assert_cmpuint (state_version (NULL, "--migration-version=2"), ==, 2);
  g_assert_cmpuint (state_version (NULL, "--migration-version=2 --m-mtu=9000"), ==, 2);
  g_assert_cmpuint (state_version (NULL, "--migration-version=2 --m-rss=on"), ==, 3);
  g_assert_cmpuint (state_version (NULL, "--m-num-queues=4 --m-offload=checksum --m-rss=off"), ==,
                    2);
  g_assert_cmpuint (state_version ("2", ""), ==, 2);
}

static void
test_unmigratable_version_is_no_device_of_a_set (void)
{
  static const char *const args[] = { "--migration-version=debug", NULL };
  static const MigdescDeviceFuncs funcs = { 0 };
  g_autoptr (MigdescBackend) backend = nic_backend (NULL);
  g_autoptr (MigdescDeviceSet) set = migdesc_device_set_new ();
  g_auto (GStrv) rest = migdesc_backend_parse_args (backend, args, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (rest);
  g_assert_cmpstr (migdesc_backend_get_blocker (backend), ==,
                   "its trace buffer stays in the host");
  g_assert_false (migdesc_backend_add_device (backend, set, "nic0", &funcs, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==,
                   "nic0 cannot be migrated: its trace buffer stays in the host");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/styles", test_all_styles_say_the_same);
  g_test_add_func ("/backend/fresh", test_fresh_device_has_init_values);
  g_test_add_func ("/backend/mistakes", test_all_mistakes_are_told);
  g_test_add_func ("/backend/constraints", test_constraints_are_checked);
  g_test_add_func ("/backend/twice", test_twice_is_a_mistake);
  g_test_add_func ("/backend/missing", test_values_may_be_missing);
  g_test_add_func ("/backend/hostile", test_hostile_options_are_escaped);
  g_test_add_func ("/backend/long", test_names_of_any_length);
  g_test_add_func ("/backend/model", test_model_has_to_be_this_one);
  g_test_add_func ("/backend/others", test_others_are_left);
  g_test_add_func ("/backend/error", test_error_has_all_mistakes);
  g_test_add_func ("/backend/refused", test_refused_options_make_no_device);
  g_test_add_func ("/backend/sandbox", test_works_in_a_sandbox);
  g_test_add_func ("/backend/struct", test_struct_gets_the_values);
  g_test_add_func ("/backend/by-name", test_values_by_name);
  g_test_add_func ("/backend/list", test_list_configures);
  g_test_add_func ("/backend/incoming", test_incoming_device_may_be_old);
  g_test_add_func ("/backend/state-version", test_state_version_is_the_devices);
  g_test_add_func ("/backend/unmigratable", test_unmigratable_version_is_no_device_of_a_set);
  return g_test_run ();
}
