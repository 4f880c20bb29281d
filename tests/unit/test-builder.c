/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc.h>

static MigdescValueSet *
set_of (const char *ints)
{
  g_autoptr (GError) error = NULL;
  MigdescValueSet *set = migdesc_value_set_new_from_string (MIGDESC_VALUE_TYPE_INT, ints, &error);

  g_assert_no_error (error);
  return set;
}

static void
add_int (MigdescDescriptorBuilder *builder,
         const char *name,
         const char *allowed,
         guint64 init,
         guint64 off)
{
  g_autoptr (MigdescValueSet) set = set_of (allowed);

  migdesc_descriptor_builder_add_param (builder, name, MIGDESC_VALUE_TYPE_INT, set,
                                        g_variant_new_uint64 (init), g_variant_new_uint64 (off));
}

static void
add_condition (MigdescDescriptorBuilder *builder,
               MigdescConditionRole role,
               const char *param,
               const char *ints)
{
  g_autoptr (MigdescValueSet) set = set_of (ints);

  migdesc_descriptor_builder_add_condition (builder, role, param, set);
}

/* The findings as "CODE POINTER: MESSAGE" lines. */
static void
assert_findings (MigdescDescriptorBuilder *builder,
                 const char *expected)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  descriptor = migdesc_descriptor_builder_build (builder, &report, &error);
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);
      const char *pointer = migdesc_finding_get_pointer (finding);

      g_string_append_printf (text, "%s %s: %s\n", migdesc_finding_get_code (finding),
                              pointer != NULL ? pointer : "-",
                              migdesc_finding_get_message (finding));
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_true ((descriptor == NULL) == (*expected != '\0'));
  g_assert_true ((error != NULL) == (*expected != '\0'));
  if (error != NULL)
    {
      g_assert_true (error->domain == MIGDESC_ERROR);
      g_assert_true (
          g_str_has_prefix (expected, migdesc_error_get_nick ((MigdescError) error->code)));
    }
}

static MigdescDescriptorBuilder *
new_with_model (void)
{
  MigdescDescriptorBuilder *builder = migdesc_descriptor_builder_new ();

  migdesc_descriptor_builder_add_model (builder, "a.org/nic", NULL);
  return builder;
}

static MigdescDescriptor *
build_all_fields (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = migdesc_descriptor_builder_new ();
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor;

  migdesc_descriptor_builder_add_model (builder, "a.org/nic", "a NIC");
  migdesc_descriptor_builder_set_support (builder, MIGDESC_SUPPORT_NONE, "no way");
  add_int (builder, "queues", "1-64,128", 4, 0);
  migdesc_descriptor_builder_set_param_info (builder, "how many", "queues", MIGDESC_AFFECTS_STATE,
                                             TRUE);
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  migdesc_descriptor_builder_add_version (builder, "2", "second");
  migdesc_descriptor_builder_set_version_value (builder, "queues", g_variant_new_uint64 (128));
  migdesc_descriptor_builder_set_version_flags (builder, FALSE, TRUE);
  migdesc_descriptor_builder_set_version_support (builder, MIGDESC_SUPPORT_FORWARD, NULL);
  migdesc_descriptor_builder_add_tested (builder, "1", "2");
  migdesc_descriptor_builder_add_constraint (builder, "why");
  add_condition (builder, MIGDESC_CONDITION_FORBID, "queues", "5,7");

  descriptor = migdesc_descriptor_builder_build (builder, NULL, &error);
  g_assert_no_error (error);
  return descriptor;
}

static void
test_model_and_param (void)
{
  g_autoptr (MigdescDescriptor) descriptor = build_all_fields ();
  g_autoptr (MigdescModel) model = migdesc_descriptor_lookup_model (descriptor, "a.org/nic");
  g_autoptr (MigdescParam) param = migdesc_model_lookup_param (model, "queues");
  g_autoptr (MigdescValueSet) allowed = migdesc_param_get_allowed_values (param);

  g_assert_cmpint (migdesc_descriptor_get_dialect (descriptor), ==, MIGDESC_DIALECT_NATIVE);
  g_assert_null (migdesc_descriptor_get_origin (descriptor));
  g_assert_cmpstr (migdesc_model_get_description (model), ==, "a NIC");
  g_assert_cmpint (migdesc_model_get_support (model), ==, MIGDESC_SUPPORT_NONE);
  g_assert_cmpstr (migdesc_model_get_blocker (model), ==, "no way");

  g_assert_cmpuint (migdesc_value_set_get_count (allowed), ==, 65);
  g_assert_cmpstr (migdesc_param_get_description (param), ==, "how many");
  g_assert_cmpstr (migdesc_param_get_unit (param), ==, "queues");
  g_assert_cmpint (migdesc_param_get_affects (param), ==, MIGDESC_AFFECTS_STATE);
  g_assert_true (migdesc_param_is_runtime (param));
}

static void
test_version_and_constraint (void)
{
  g_autoptr (MigdescDescriptor) descriptor = build_all_fields ();
  g_autoptr (MigdescModel) model = migdesc_descriptor_get_model (descriptor, 0);
  g_autoptr (MigdescVersion) version = migdesc_model_lookup_version (model, "2");
  g_autoptr (GVariant) value = migdesc_version_get_value (version, "queues");
  g_autoptr (MigdescConstraint) constraint
      = g_list_model_get_item (migdesc_model_get_constraints (model), 0);
  g_autofree char *rule = migdesc_constraint_to_string (constraint);
  const char *from;
  const char *to;

  g_assert_cmpuint (g_variant_get_uint64 (value), ==, 128);
  g_assert_cmpstr (migdesc_version_get_description (version), ==, "second");
  g_assert_false (migdesc_version_can_create (version));
  g_assert_true (migdesc_version_can_load (version));
  g_assert_cmpint (migdesc_version_get_support (version), ==, MIGDESC_SUPPORT_FORWARD);
  g_assert_true (migdesc_version_get_tested (version, 0, &from, &to));
  g_assert_cmpstr (from, ==, "1");
  g_assert_cmpstr (to, ==, "2");
  g_assert_cmpstr (rule, ==, "never queues=5,7");
  g_assert_cmpstr (migdesc_constraint_get_description (constraint), ==, "why");
}

static void
test_versions_before_params (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = new_with_model ();

  migdesc_descriptor_builder_add_constraint (builder, NULL);
  add_condition (builder, MIGDESC_CONDITION_THEN, "b", "1");
  add_condition (builder, MIGDESC_CONDITION_IF, "a", "1");
  add_condition (builder, MIGDESC_CONDITION_THEN, "c", "1");
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  migdesc_descriptor_builder_set_version_value (builder, "a", g_variant_new_uint64 (2));
  migdesc_descriptor_builder_add_tested (builder, "2", "1");
  migdesc_descriptor_builder_add_version (builder, "2", NULL);
  add_int (builder, "a", "1-3", 1, 2);
  add_int (builder, "b", "1-3", 1, 1);
  add_int (builder, "c", "1-3", 1, 1);
  assert_findings (builder, "");
}

static void
test_goes_on_after_build (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = new_with_model ();
  g_autoptr (MigdescDescriptor) first = NULL;
  g_autoptr (MigdescDescriptor) again = NULL;
  g_autoptr (MigdescDescriptor) second = NULL;

  first = migdesc_descriptor_builder_build (builder, NULL, NULL);
  again = migdesc_descriptor_builder_build (builder, NULL, NULL);
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  second = migdesc_descriptor_builder_build (builder, NULL, NULL);
  g_assert_true (migdesc_descriptor_equal (first, again));
  g_assert_cmpuint (migdesc_descriptor_hash (first), ==, migdesc_descriptor_hash (again));
  g_assert_false (migdesc_descriptor_equal (first, second));
}

static void
test_no_model (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = migdesc_descriptor_builder_new ();

  assert_findings (builder, "document-empty /models: there is no model\n");
}

static void
test_calls_out_of_place (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = migdesc_descriptor_builder_new ();
  g_autoptr (GVariant) on = g_variant_ref_sink (g_variant_new_boolean (TRUE));

  migdesc_descriptor_builder_set_support (builder, MIGDESC_SUPPORT_FORWARD, NULL);
  migdesc_descriptor_builder_add_param (builder, "a", MIGDESC_VALUE_TYPE_BOOL, NULL, on, on);
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  migdesc_descriptor_builder_add_constraint (builder, NULL);
  migdesc_descriptor_builder_add_model (builder, "a.org/nic", NULL);
  migdesc_descriptor_builder_set_param_info (builder, NULL, NULL, MIGDESC_AFFECTS_STATE, FALSE);
  migdesc_descriptor_builder_set_version_value (builder, "a", on);
  migdesc_descriptor_builder_set_version_flags (builder, TRUE, TRUE);
  migdesc_descriptor_builder_set_version_support (builder, MIGDESC_SUPPORT_NONE, NULL);
  migdesc_descriptor_builder_add_tested (builder, "1", "1");
  add_condition (builder, MIGDESC_CONDITION_IF, "a", "1");
  assert_findings (builder,
                   "invalid-argument -: set_support was called before add_model\n"
                   "invalid-argument -: add_param was called before add_model\n"
                   "invalid-argument -: add_version was called before add_model\n"
                   "invalid-argument -: add_constraint was called before add_model\n"
                   "invalid-argument -: set_param_info was called before add_param\n"
                   "invalid-argument -: set_version_value was called before add_version\n"
                   "invalid-argument -: set_version_flags was called before add_version\n"
                   "invalid-argument -: set_version_support was called before add_version\n"
                   "invalid-argument -: add_tested was called before add_version\n"
                   "invalid-argument -: add_condition was called before add_constraint\n");
}

static void
test_wrong_types (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = new_with_model ();
  g_autoptr (MigdescValueSet) bools = migdesc_value_set_new_bools (TRUE, TRUE);

  migdesc_descriptor_builder_add_param (builder, "a", MIGDESC_VALUE_TYPE_INT, bools,
                                        g_variant_new_int32 (1), g_variant_new_string ("x"));
  migdesc_descriptor_builder_add_param (builder, "b", MIGDESC_VALUE_TYPE_STRING, NULL,
                                        g_variant_new_string ("one\ntwo"), NULL);
  add_int (builder, "c", "1-2", 1, 1);
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  migdesc_descriptor_builder_set_version_value (builder, "a", g_variant_new_string ("never seen"));
  migdesc_descriptor_builder_set_version_value (builder, "c", g_variant_new_boolean (TRUE));
  migdesc_descriptor_builder_add_constraint (builder, NULL);
  migdesc_descriptor_builder_add_condition (builder, MIGDESC_CONDITION_FORBID, "c", bools);
  assert_findings (
      builder,
      "value-type /models/a.org~1nic/params/a/allowed_values: "
      "allowed values of \"a\" are of type bool, not int\n"
      "off-value-type /models/a.org~1nic/params/a/off_value: "
      "off value of \"a\" is a GVariant of type s, not t for type int\n"
      "value-type /models/a.org~1nic/params/a/init_value: "
      "init value of \"a\" is a GVariant of type i, not t for type int\n"
      "value-text /models/a.org~1nic/params/b/init_value: init value of \"b\" is not a str: "
      "UTF-8 without control characters, at most 4096 bytes\n"
      "value-type /models/a.org~1nic/versions/0/params/c: "
      "in version \"1\" the value of \"c\" is a GVariant of type b, not t for type int\n"
      "value-type /models/a.org~1nic/constraints/0/forbid/c: "
      "\"c\" in a constraint has values of type bool, not int\n");
}

static void
test_twice (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = new_with_model ();

  add_int (builder, "a", "1-3", 1, 1);
  add_int (builder, "b", "1-3", 1, 1);
  add_int (builder, "a", "1-3", 1, 1);
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  migdesc_descriptor_builder_set_version_value (builder, "b", g_variant_new_uint64 (1));
  migdesc_descriptor_builder_set_version_value (builder, "b", g_variant_new_uint64 (2));
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  migdesc_descriptor_builder_add_tested (builder, "1", "3");
  migdesc_descriptor_builder_add_constraint (builder, NULL);
  add_condition (builder, MIGDESC_CONDITION_FORBID, "b", "3");
  add_condition (builder, MIGDESC_CONDITION_FORBID, "b", "2");
  migdesc_descriptor_builder_add_model (builder, "a.org/nic", NULL);
  assert_findings (
      builder,
      "param-duplicate /models/a.org~1nic/params/a: there is more than one param \"a\"\n"
      "param-duplicate /models/a.org~1nic/versions/0/params/b: "
      "in version \"1\" the value of \"b\" is set twice\n"
      "param-duplicate /models/a.org~1nic/constraints/0: condition on \"b\" is given twice\n"
      "version-duplicate /models/a.org~1nic/versions/1: there is more than one version \"1\"\n"
      "tested-version-unknown /models/a.org~1nic/versions/1/tested: "
      "version \"1\" lists a test with \"3\", which is not a version of the model\n"
      "model-duplicate /models/a.org~1nic: there is more than one model \"a.org/nic\"\n");
}

static void
test_texts (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = migdesc_descriptor_builder_new ();
  g_autofree char *most = g_strnfill (65536, 'x');
  g_autofree char *too_long = g_strnfill (65537, 'x');

  migdesc_descriptor_builder_add_model (builder, "a.org/~\xff", "\xff");
  migdesc_descriptor_builder_set_support (builder, MIGDESC_SUPPORT_NONE, most);
  migdesc_descriptor_builder_set_support (builder, MIGDESC_SUPPORT_NONE, too_long);
  assert_findings (builder,
                   "model-name /models/a.org~1~0\xef\xbf\xbd: "
                   "\"a.org/~\\xff\" is not the name of a model: it is not UTF-8\n"
                   "invalid-argument /models/a.org~1~0\xef\xbf\xbd/description: "
                   "description of model \"a.org/~\\xff\" is not UTF-8\n"
                   "limit-exceeded /models/a.org~1~0\xef\xbf\xbd/blocker: "
                   "blocker of model \"a.org/~\\xff\" has more than 65536 bytes in one string "
                   "(limit string-length)\n");
}

static void
test_condition_on_any (void)
{
  g_autoptr (MigdescDescriptorBuilder) builder = new_with_model ();
  g_autoptr (MigdescValueSet) any = migdesc_value_set_new_any (MIGDESC_VALUE_TYPE_INT);
  g_autoptr (MigdescValueSet) one = set_of ("1");
  g_autoptr (MigdescValueSet) two = set_of ("2");
  g_autoptr (MigdescValueSet) none = migdesc_value_set_intersect (one, two);

  add_int (builder, "a", "1-3", 1, 1);
  migdesc_descriptor_builder_add_constraint (builder, NULL);
  migdesc_descriptor_builder_add_condition (builder, MIGDESC_CONDITION_IF, "a", any);
  migdesc_descriptor_builder_add_condition (builder, MIGDESC_CONDITION_THEN, "a", none);
  migdesc_descriptor_builder_add_param (builder, "b", MIGDESC_VALUE_TYPE_INT, none,
                                        g_variant_new_uint64 (1), NULL);
  assert_findings (builder,
                   "value-set-empty /models/a.org~1nic/params/b/allowed_values: "
                   "\"b\" has no allowed value\n"
                   "invalid-argument /models/a.org~1nic/constraints/0: "
                   "condition on \"a\" holds for any value\n"
                   "constraint-empty /models/a.org~1nic/constraints/0/then/a: "
                   "\"a\" in a constraint has no value\n");
}

static void
test_strings_and_bools (void)
{
  static const char *const modes[] = { "fast", "slow", NULL };
  g_autoptr (MigdescDescriptorBuilder) builder = new_with_model ();
  g_autoptr (MigdescValueSet) set = migdesc_value_set_new_strings (modes, NULL);
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autofree char *text = NULL;

  migdesc_descriptor_builder_add_param (builder, "mode", MIGDESC_VALUE_TYPE_STRING, set,
                                        g_variant_new_string ("fast"),
                                        g_variant_new_string ("off"));
  migdesc_descriptor_builder_add_param (builder, "new", MIGDESC_VALUE_TYPE_BOOL, NULL,
                                        g_variant_new_boolean (TRUE), NULL);
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  migdesc_descriptor_builder_set_version_support (builder, MIGDESC_SUPPORT_NONE, "first");
  migdesc_descriptor_builder_set_version_support (builder, MIGDESC_SUPPORT_NONE, "why");
  migdesc_descriptor_builder_set_version_value (builder, "new", g_variant_new_boolean (FALSE));
  migdesc_descriptor_builder_set_version_value (builder, "mode", g_variant_new_string ("slow"));
  descriptor = migdesc_descriptor_builder_build (builder, NULL, NULL);
  text = migdesc_descriptor_to_string (descriptor);
  g_assert_cmpstr (text, ==,
                   "{\"migdesc\":\"1.0\",\"models\":{\"a.org/nic\":{\"params\":{"
                   "\"mode\":{\"type\":\"str\",\"allowed_values\":[\"fast\",\"slow\"],"
                   "\"init_value\":\"fast\",\"off_value\":\"off\"},"
                   "\"new\":{\"type\":\"bool\",\"init_value\":true}},"
                   "\"versions\":[{\"name\":\"1\",\"params\":{\"mode\":\"slow\",\"new\":false},"
                   "\"support\":\"none\",\"blocker\":\"why\"}]}}}");
}

static MigdescDescriptor *
build_with_schema (const char *schema,
                   GError **error)
{
  g_autoptr (MigdescDescriptorBuilder) builder = migdesc_descriptor_builder_new ();

  migdesc_descriptor_builder_add_model (builder, "a.b/c", NULL);
  migdesc_descriptor_builder_set_state_schema (builder, schema);
  migdesc_descriptor_builder_add_version (builder, "1", NULL);
  migdesc_descriptor_builder_set_version_state_version (builder, 3);
  return migdesc_descriptor_builder_build (builder, NULL, error);
}

static void
test_state_is_part_of_the_descriptor (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = build_with_schema (" { \"name\" : 1 } ", &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = migdesc_descriptor_to_string (descriptor);
  g_assert_cmpstr (text, ==,
                   "{\"migdesc\":\"1.0\",\"models\":{\"a.b/c\":{\"versions\":[{\"name\":\"1\","
                   "\"state_version\":3}],\"state\":{\"name\":1}}}}");
}

static void
test_schema_has_to_be_an_object (void)
{
  static const char *const schemas[] = { "[]", "", "{", "{} x", "{\"a\":1,\"a\":2}" };

  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (build_with_schema (schemas[i], &error));
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_DOCUMENT_TYPE);
      g_assert_true (g_str_has_prefix (error->message, "state schema of model \"a.b/c\" "));
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/builder/model-and-param", test_model_and_param);
  g_test_add_func ("/builder/version-and-constraint", test_version_and_constraint);
  g_test_add_func ("/builder/versions-before-params", test_versions_before_params);
  g_test_add_func ("/builder/goes-on-after-build", test_goes_on_after_build);
  g_test_add_func ("/builder/no-model", test_no_model);
  g_test_add_func ("/builder/calls-out-of-place", test_calls_out_of_place);
  g_test_add_func ("/builder/wrong-types", test_wrong_types);
  g_test_add_func ("/builder/twice", test_twice);
  g_test_add_func ("/builder/texts", test_texts);
  g_test_add_func ("/builder/condition-on-any", test_condition_on_any);
  g_test_add_func ("/builder/strings-and-bools", test_strings_and_bools);

  g_test_add_func ("/builder/state", test_state_is_part_of_the_descriptor);
  g_test_add_func ("/builder/state-schema", test_schema_has_to_be_an_object);
  return g_test_run ();
}
