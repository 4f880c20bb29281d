/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* From one host to another by way of others. */

#include "ops-documents.h"

#define MODEL "a.b/c"
#define RUNTIME_INT(name, allowed, init, off)                                                      \
  "'" name "': {'type': 'int', 'allowed_values': [" allowed "], 'init_value': " init               \
  ", 'off_value': " off ", 'runtime': true}"

static MigdescPath *
find (const char *const *bodies,
      const char *list,
      gsize source,
      gsize destination,
      const MigdescLimits *limits)
{
  g_autoptr (GPtrArray) descriptors = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MigdescParamList) parsed = ops_list (list);
  g_autoptr (GError) error = NULL;
  MigdescPath *path;

  for (; *bodies != NULL; bodies++)
    {
      g_autofree char *document = g_strdup_printf ("{'models': {'" MODEL "': {%s}}}", *bodies);

      g_ptr_array_add (descriptors, ops_read (document));
    }
  path = migdesc_path_find ((MigdescDescriptor **) descriptors->pdata, descriptors->len, parsed,
                            source, destination, limits, &error);
  g_assert_no_error (error);
  return path;
}

static char *
show (const char *const *bodies,
      const char *list,
      gsize source,
      gsize destination)
{
  g_autoptr (MigdescPath) path = find (bodies, list, source, destination, NULL);

  return migdesc_path_to_string (path);
}

static void
test_direct (void)
{
  const char *const hosts[] = { PARAMS (INT ("q", "'1-8'", "4", "0")),
                                PARAMS (INT ("q", "'1-9'", "4", "0")), NULL };

  ops_assert_text (show (hosts, "q=8", 0, 1), "compatible\n1. host 1 to host 2 with a.b/c?q=8");
  ops_assert_text (show (hosts, "q=8", 1, 1), "compatible");
}

/* What the source can change is changed as little as helps, and nothing else. */
static void
test_only_by_a_change (void)
{
  const char *const hosts[]
      = { PARAMS (RUNTIME_INT ("q", "'1-64'", "4", "0") "," RUNTIME_INT ("r", "'1-64'", "4", "0")),
          PARAMS (INT ("q", "'1-4'", "4", "0") "," INT ("r", "'1-64'", "4", "0")), NULL };

  ops_assert_text (show (hosts, "q=8,r=9", 0, 1),
                   "compatible\n"
                   "1. host 1: change q from 8 to 4; then to host 2 with a.b/c?q=4,r=9");
}

/* The param is one of the state: it can't be changed at the source, but at the host between. */
static void
test_changed_on_the_way (void)
{
  const char *const hosts[] = { PARAMS (INT ("q", "'1-64'", "4", "0")),
                                PARAMS (INT ("q", "'1-4'", "4", "0")),
                                PARAMS (RUNTIME_INT ("q", "'1-64'", "4", "0")), NULL };

  ops_assert_text (show (hosts, "q=8", 0, 1),
                   "compatible\n"
                   "1. host 1 to host 3 with a.b/c?q=8\n"
                   "2. host 3: change q from 8 to 4; then to host 2 with a.b/c?q=4");
}

/* A change has to leave the constraints of its host whole, if that takes another. */
static void
test_changes_keep_constraints (void)
{
  const char *const hosts[]
      = { PARAMS (RUNTIME_INT ("q", "'1-64'", "5", "0") "," RUNTIME_INT ("r", "'1-64'", "4", "0"))
          ", 'constraints': [{'if': {'q': ['0-4']}, 'then': {'r': ['0-2']}}]",
          PARAMS (INT ("q", "'1-4'", "4", "0") "," INT ("r", "'1-64'", "4", "0")), NULL };

  ops_assert_text (show (hosts, "q=8,r=9", 0, 1),
                   "compatible\n"
                   "1. host 1: change q from 8 to 4, r from 9 to 2; then to host 2 with "
                   "a.b/c?q=4,r=2");
}

#define SCHEMA(version, minimum, field, more)                                                      \
  ", 'state': {'state-schema': 1, 'name': 'nic', 'version': " version ", 'minimum': " minimum      \
  ", 'fields': [{'name': '" field "', 'type': 'u16', 'min': 0, 'max': 9}]" more "}"
#define RENAMED                                                                                    \
  ", 'transforms': {'schemas': [{'state-schema': 1, 'name': 'nic', 'version': 1, 'minimum': 1, "   \
  "'fields': [{'name': 'mtu', 'type': 'u16', 'min': 0, 'max': 9}]}], 'changes': [{'from': 1, "     \
  "'to': 2, 'change': 'rename', 'path': 'mtu', 'target': 'size'}]}"

/* Of the last, only what is between knows how to make what it reads of what the first one has. */
static void
test_intermediate_state (void)
{
  const char *old = PARAMS (FLAG ("f")) SCHEMA ("1", "1", "mtu", "");
  const char *both = PARAMS (FLAG ("f")) SCHEMA ("2", "2", "size", RENAMED);
  const char *newest = PARAMS (FLAG ("f")) SCHEMA ("2", "2", "size", "");
  const char *const hosts[] = { old, newest, both, NULL };
  const char *const without[] = { old, newest, NULL };

  ops_assert_text (show (hosts, "f=on", 0, 1), "compatible\n"
                                               "1. host 1 to host 3 with a.b/c?f=on\n"
                                               "2. host 3 to host 2 with a.b/c?f=on");
  ops_assert_text (show (without, "f=on", 0, 1),
                   "incompatible\n"
                   "blocker: state-versions-apart: state versions 1 to 1 at the source, 2 to 2 at "
                   "the destination");
}

/* The version that a device is says which state it writes: here of two, both that device. */
static void
test_version_of_state (void)
{
  const char *versions = VERSIONS ("{'name': 'a', 'params': {'f': true}, 'state_version': 1},"
                                   "{'name': 'b', 'params': {'f': true}, 'state_version': 2}");
  g_autofree char *two
      = g_strconcat (PARAMS (FLAG ("f")), versions,
                     ", 'state': {'state-schema': 1, 'name': 'nic', 'version': 2, 'minimum': 1, "
                     "'fields': [{'name': 'mtu', 'type': 'u16', 'min': 0, 'max': 9}, {'name': "
                     "'x', 'type': 'u8', 'min': 0, 'max': 9, 'since': 2, 'default': 0}]}",
                     NULL);
  g_autofree char *other
      = g_strconcat (PARAMS (FLAG ("f")), versions,
                     ", 'state': {'state-schema': 1, 'name': 'nic', 'version': 2, 'minimum': 1, "
                     "'fields': [{'name': 'mtu', 'type': 'u16', 'min': 0, 'max': 9}, {'name': "
                     "'y', 'type': 'u8', 'min': 0, 'max': 9, 'since': 2, 'default': 0}]}",
                     NULL);
  const char *const hosts[] = { two, other, NULL };

  ops_assert_text (show (hosts, "f=on", 0, 1),
                   "compatible\n1. host 1 to host 2 with a.b/c?version=a");
}

static void
test_no_path (void)
{
  const char *const hosts[] = { PARAMS (INT ("q", "'1-64'", "4", "0")),
                                PARAMS (INT ("q", "'1-4'", "4", "0") "," FLAG ("f")),
                                PARAMS (INT ("q", "'1-16'", "4", "0")), NULL };
  g_autoptr (MigdescPath) path = find (hosts, "q=8", 0, 1, NULL);

  ops_assert_text (migdesc_path_to_string (path),
                   "incompatible\n"
                   "blocker: param-value-not-allowed: q=8 is not allowed; the destination "
                   "accepts 1-4, off as 0\n"
                   "  remedy: restart the source with q <= 4");
  g_assert_null (migdesc_path_find_return (path));
}

/* The steps that come nearest, and what is in the way then */
static void
test_best_attempt (void)
{
  const char *const hosts[]
      = { PARAMS (INT ("q", "'1-64'", "4", "0") "," INT ("r", "'1-64'", "4", "0")),
          PARAMS (INT ("q", "'1-4'", "4", "0") "," INT ("r", "'1-4'", "4", "0")),
          PARAMS (RUNTIME_INT ("q", "'1-64'", "4", "0") "," INT ("r", "'1-64'", "4", "0")), NULL };

  ops_assert_text (show (hosts, "q=8,r=8", 0, 1),
                   "incompatible\n"
                   "1. host 1 to host 3 with a.b/c?q=8,r=8\n"
                   "blocker: param-value-not-allowed: r=8 is not allowed; the destination "
                   "accepts 1-4, off as 0\n"
                   "  remedy: restart the source with r <= 4");
}

static void
test_return (void)
{
  const char *const hosts[] = { PARAMS (RUNTIME_INT ("q", "'8-64'", "8", "0")),
                                PARAMS (INT ("q", "'0-4',8", "4", "0")),
                                PARAMS (RUNTIME_INT ("q", "'1-64'", "4", "0")), NULL };
  g_autoptr (MigdescPath) path = find (hosts, "q=16", 0, 1, NULL);
  g_autoptr (MigdescPath) back = migdesc_path_find_return (path);

  ops_assert_text (migdesc_path_to_string (path),
                   "compatible\n"
                   "1. host 1: change q from 16 to 8; then to host 2 with a.b/c?q=8");
  ops_assert_text (migdesc_path_to_string (back), "compatible\n"
                                                  "1. host 2 to host 1 with a.b/c?q=8");
}

/* Round and round, and equal hosts are one */
static void
test_cycles_end (void)
{
  const char *one = PARAMS (RUNTIME_INT ("q", "'1-64'", "4", "0") "," FLAG ("f"));
  const char *other = PARAMS (RUNTIME_INT ("q", "'1-32'", "4", "0") "," FLAG ("f"));
  const char *last = PARAMS (RUNTIME_INT ("q", "'1-32'", "4", "0"));
  const char *const hosts[] = { one, other, one, other, last, NULL };

  ops_assert_text (show (hosts, "q=8,f=on", 2, 4),
                   "incompatible\n"
                   "blocker: param-unknown: the destination has no param \"f\"\n"
                   "  remedy: restart the source with f=off");
}

static void
test_undecided (void)
{
  const char *const hosts[]
      = { PARAMS (INT ("q", "'1-64'", "4", "0")),
          PARAMS ("'q': {'type': 'int', 'init_value': 4, 'off_value': 0}"), NULL };
  g_autoptr (MigdescPath) path = find (hosts, "q=8", 0, 1, NULL);

  g_assert_cmpint (migdesc_path_get_verdict (path), ==, MIGDESC_VERDICT_UNDECIDED);
  g_assert_cmpuint (migdesc_path_get_n_steps (path), ==, 1);
}

static void
test_too_long (void)
{
  const char *const hosts[] = { PARAMS (INT ("q", "'1-64'", "4", "0")),
                                PARAMS (INT ("q", "'1-4'", "4", "0")),
                                PARAMS (RUNTIME_INT ("q", "'1-64'", "4", "0")), NULL };
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescPath) path = NULL;

  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, 3);
  path = find (hosts, "q=8", 0, 1, limits);
  ops_assert_text (migdesc_path_to_string (path),
                   "undecided\n"
                   "warning: search-too-long: the search was given up after 3 attempts");
}

/* What the source refuses itself is not looked for elsewhere. */
static void
test_source_refuses (void)
{
  const char *const hosts[] = { PARAMS (INT ("q", "'1-4'", "4", "0")),
                                PARAMS (INT ("q", "'1-64'", "4", "0")), NULL };

  ops_assert_text (show (hosts, "q=8", 0, 1),
                   "incompatible\n"
                   "blocker: param-value-not-allowed: q=8 is not allowed; the source accepts "
                   "1-4, off as 0\n"
                   "  remedy: restart the source with q <= 4");
}

static void
test_answer (void)
{
  const char *const hosts[]
      = { PARAMS (RUNTIME_INT ("q", "'1-64'", "4", "0")), PARAMS (INT ("q", "'1-4'", "4", "0")),
          NULL };
  g_autoptr (MigdescPath) path = find (hosts, MODEL "?q=8", 0, 1, NULL);
  g_autoptr (MigdescParamList) changes = migdesc_path_get_changes (path, 0);
  g_autoptr (MigdescReport) report = migdesc_path_get_step_report (path, 0);

  g_assert_cmpstr (migdesc_path_get_model (path), ==, MODEL);
  g_assert_cmpuint (migdesc_path_get_source (path, 0), ==, 0);
  g_assert_cmpuint (migdesc_path_get_destination (path, 0), ==, 1);
  ops_assert_text (migdesc_param_list_to_string (changes), MODEL "?q=4");
  g_assert_true (migdesc_report_is_compatible (report));
  ops_assert_text (migdesc_path_to_json (path),
                   "{\"verdict\":\"compatible\",\"model\":\"a.b/c\",\"steps\":[{\"source\":\"host "
                   "1\",\"changes\":[{\"param\":\"q\",\"from\":\"8\",\"to\":\"4\"}],"
                   "\"destination\":\"host 2\",\"list\":\"a.b/c?q=4\",\"findings\":[]}],"
                   "\"findings\":[]}");
}

static void
test_errors (void)
{
  g_autoptr (MigdescDescriptor) two
      = ops_read ("{'models': {'a.b/c': {'params': {}}, 'a.b/d': {'params': {}}}}");
  g_autoptr (MigdescParamList) list = ops_list ("");
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_path_find (&two, 1, list, 0, 0, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_MODEL_NEEDED);
  g_clear_error (&error);
  g_assert_null (migdesc_path_find (&two, 1, list, 0, 1, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "there are 1 hosts, and host 1 was asked for");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/path/direct", test_direct);
  g_test_add_func ("/path/only-by-a-change", test_only_by_a_change);
  g_test_add_func ("/path/changed-on-the-way", test_changed_on_the_way);
  g_test_add_func ("/path/changes-keep-constraints", test_changes_keep_constraints);
  g_test_add_func ("/path/intermediate-state", test_intermediate_state);
  g_test_add_func ("/path/version-of-state", test_version_of_state);
  g_test_add_func ("/path/no-path", test_no_path);
  g_test_add_func ("/path/best-attempt", test_best_attempt);
  g_test_add_func ("/path/return", test_return);
  g_test_add_func ("/path/cycles-end", test_cycles_end);
  g_test_add_func ("/path/undecided", test_undecided);
  g_test_add_func ("/path/too-long", test_too_long);
  g_test_add_func ("/path/source-refuses", test_source_refuses);
  g_test_add_func ("/path/answer", test_answer);
  g_test_add_func ("/path/errors", test_errors);
  return g_test_run ();
}
