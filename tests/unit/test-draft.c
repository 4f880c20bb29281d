/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "draft-feed.h"

static void
test_good (Fixture *fixture,
           gconstpointer data)
{
  const MigdescModelCore *model;
  MigdescValue values[3];

  begin_model (fixture);
  add_int (fixture, "queues", "1-64,128", 4, 1);
  add_int (fixture, "rings", NULL, 256, 256);
  add_int (fixture, "must", "1-3", 2, -1);
  add_version (fixture, "1", "");
  add_version (fixture, "2", "must=3 queues=128");
  add_constraint (fixture, "queues=3-200", "must=2-3", NULL, "why");
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "");

  model = migdesc_store_find_model (fixture->store, "a.org/nic", 9);
  g_assert_true (model == &fixture->store->models[0]);
  g_assert_cmpuint (migdesc_model_core_find_param (model, "must", 4), ==, 2);
  g_assert_cmpuint (migdesc_model_core_find_param (model, "mus", 3), ==, MIGDESC_NOT_FOUND);
  g_assert_cmpuint (migdesc_model_core_find_version (model, "2", 1), ==, 1);
  g_assert_cmpuint (model->versions[1].settings[0].param, ==, 0);
  g_assert_cmpuint (model->versions[1].settings[1].param, ==, 2);

  migdesc_model_core_fill_init (model, values);
  g_assert_cmpuint (migdesc_model_core_hash_values (model, values), ==, model->init_hash);
  migdesc_model_core_fill_off (model, values);
  g_assert_cmpuint (migdesc_model_core_hash_values (model, values), ==, model->off_hash);
  g_assert_cmpuint (migdesc_model_core_version_of (model, values, model->off_hash), ==, 0);
  migdesc_model_core_apply_version (model, 1, values);
  g_assert_cmpuint (values[0].number, ==, 128);
  g_assert_cmpuint (values[2].number, ==, 3);
  g_assert_cmpuint (migdesc_model_core_hash_values (model, values), ==, model->versions[1].hash);
  g_assert_cmpuint (
      migdesc_model_core_version_of (model, values, model->versions[1].hash), ==, 1);
}

static void
test_values_not_allowed (Fixture *fixture,
                         gconstpointer data)
{
  begin_model (fixture);
  add_int (fixture, "num-queues", "1-64,128", 200, 0);
  add_int (fixture, "rings", "5", 5, -1);
  add_version (fixture, "1", "num-queues=0 rings=5");
  add_version (fixture, "2", "num-queues=65 rings=6 none=1");
  migdesc_draft_end_model (fixture->draft);
  assert_findings (
      fixture,
      "init-not-allowed /models/a.org~1nic/params/num-queues/init_value: "
      "init value 200 of \"num-queues\" is not allowed: 0-64,128\n"
      "version-value-not-allowed /models/a.org~1nic/versions/1/params/num-queues: "
      "value 65 of \"num-queues\" in version \"2\" is not allowed: 0-64,128\n"
      "version-value-not-allowed /models/a.org~1nic/versions/1/params/rings: "
      "value 6 of \"rings\" in version \"2\" is not allowed: 5\n"
      "version-param-unknown /models/a.org~1nic/versions/1/params/none: "
      "version \"2\" sets \"none\", which is not a param of the model\n");
}

static void
test_constraints_violated (Fixture *fixture,
                           gconstpointer data)
{
  begin_model (fixture);
  add_int (fixture, "a", "0-9", 1, 0);
  add_int (fixture, "b", "0-9", 5, 0);
  add_constraint (fixture, "a=1-9", "b=0-4", NULL, "a needs small b");
  add_constraint (fixture, NULL, NULL, "a=2 b=2", NULL);
  add_constraint (fixture, "a=3", "b=3", NULL, NULL);
  add_version (fixture, "none", "");
  add_version (fixture, "good", "a=1 b=4");
  add_version (fixture, "forbidden", "a=2 b=2");
  add_version (fixture, "two", "b=9 a=3");
  migdesc_draft_end_model (fixture->draft);
  assert_findings (
      fixture,
      "init-violates-constraint /models/a.org~1nic/constraints/0: "
      "the init values violate the constraint \"a needs small b\": if a=1-9 then b=0-4\n"
      "version-violates-constraint /models/a.org~1nic/versions/2: "
      "version \"forbidden\" violates the constraint never a=2 and b=2\n"
      "version-violates-constraint /models/a.org~1nic/versions/3: "
      "version \"two\" violates the constraint \"a needs small b\": if a=1-9 then b=0-4\n"
      "version-violates-constraint /models/a.org~1nic/versions/3: "
      "version \"two\" violates the constraint if a=3 then b=3\n");
}

static void
test_constraint_forms (Fixture *fixture,
                       gconstpointer data)
{
  begin_model (fixture);
  add_int (fixture, "a", "0-9", 1, 0);
  add_constraint (fixture, NULL, NULL, NULL, NULL);
  add_constraint (fixture, "a=1", NULL, NULL, NULL);
  add_constraint (fixture, "a=1", "a=1", "a=1", NULL);
  add_constraint (fixture, "", "c=1", NULL, NULL);
  migdesc_draft_end_model (fixture->draft);
  assert_findings (
      fixture,
      "constraint-form /models/a.org~1nic/constraints/0: "
      "a constraint has \"if\" and \"then\", or else \"forbid\"\n"
      "constraint-form /models/a.org~1nic/constraints/1: "
      "a constraint has \"if\" and \"then\", or else \"forbid\"\n"
      "constraint-form /models/a.org~1nic/constraints/2: "
      "a constraint has \"if\" and \"then\", or else \"forbid\"\n"
      "constraint-param-unknown /models/a.org~1nic/constraints/3/then/c: "
      "\"c\" in a constraint is not a param of the model\n"
      "constraint-empty /models/a.org~1nic/constraints/3/if: "
      "\"if\" of a constraint names no param\n");
}

static void
test_names (Fixture *fixture,
            gconstpointer data)
{
  static const char *const bad[] = { "a b", "a=b", "a,b", "a/b", "a?b", "version", "model", "",
                                     "a\tb", "a\xc2\xa0" "b", "a\xc2\x85" "b" };

  begin_model (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    add_int (fixture, bad[i], NULL, 1, 1);
  add_int (fixture, "__proto__", NULL, 1, 1);
  add_int (fixture, "-x", NULL, 1, 1);
  add_version (fixture, "1\n2", "");
  add_version (fixture, "", "");
  add_version (fixture, "\x1b", "");
  migdesc_draft_end_model (fixture->draft);
  assert_findings (
      fixture,
      "param-name /models/a.org~1nic/params/a b: "
      "\"a b\" is not the name of a param: white space is not allowed\n"
      "param-name /models/a.org~1nic/params/a=b: "
      "\"a=b\" is not the name of a param: \"=\" is not allowed\n"
      "param-name /models/a.org~1nic/params/a,b: "
      "\"a,b\" is not the name of a param: \",\" is not allowed\n"
      "param-name /models/a.org~1nic/params/a~1b: "
      "\"a/b\" is not the name of a param: \"/\" is not allowed\n"
      "param-name /models/a.org~1nic/params/a?b: "
      "\"a?b\" is not the name of a param: \"?\" is not allowed\n"
      "param-name /models/a.org~1nic/params/version: "
      "\"version\" is not the name of a param: it is reserved\n"
      "param-name /models/a.org~1nic/params/model: "
      "\"model\" is not the name of a param: it is reserved\n"
      "param-name /models/a.org~1nic/params/: \"\" is not the name of a param: it is empty\n"
      "param-name /models/a.org~1nic/params/a\tb: "
      "\"a\\tb\" is not the name of a param: white space is not allowed\n"
      "param-name /models/a.org~1nic/params/a\xc2\xa0" "b: "
      "\"a\xc2\xa0" "b\" is not the name of a param: white space is not allowed\n"
      "param-name /models/a.org~1nic/params/a\xc2\x85" "b: "
      "\"a\\u0085b\" is not the name of a param: control characters are not allowed\n"
      "version-name /models/a.org~1nic/versions/0/name: "
      "\"1\\n2\" is not the name of a version: it has a line end\n");
}

static void
test_model_names (void)
{
  static const struct
  {
    const char *name;
    const char *problem;
  } cases[] = {
    { "a.b/c", NULL },
    { "a.b/c/d", NULL },
    { "./c", NULL },
    { "https://a.b/c", NULL },
    { "\xc3\xa9.fr/x", NULL },
    { "a.b", "it is not DOMAIN/PATH" },
    { "ab/c", "its domain, before the first \"/\", has no dot" },
    { "/a.b", "its domain is empty" },
    { "a.b/", "a segment of its path is empty" },
    { "a.b//c", "a segment of its path is empty" },
    { "http://a.b/c", "its domain, before the first \"/\", has no dot" },
    { "https://", "it is not DOMAIN/PATH" },
    { "https://ab/c", "its domain, before the first \"/\", has no dot" },
    { "a.b/c d", "white space is not allowed" },
    { "a.b/c=", "\"=\" is not allowed" },
    { "a.b/c?", "\"?\" is not allowed" },
    { "a.b/c,", "\",\" is not allowed" },
    { "a.b/\x7f", "control characters are not allowed" },
    { "", "it is empty" },
    { "a.b/\xe2\x80\xa8", "white space is not allowed" },
    { "a.b/\xff", "it is not UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (migdesc_model_name_problem (cases[i].name, strlen (cases[i].name)), ==,
                       cases[i].problem);
      g_assert_cmpint (migdesc_is_model_name (cases[i].name, strlen (cases[i].name)), ==,
                       cases[i].problem == NULL);
    }
}

static void
test_length_of_names (void)
{
  g_autofree char *x = g_strnfill (256, 'x');

  memcpy (x, "a.b/", 4);
  g_assert_null (migdesc_model_name_problem (x, 255));
  g_assert_cmpstr (migdesc_model_name_problem (x, 256), ==, "it has more than 255 bytes");
  memcpy (x, "a.b-", 4);
  g_assert_null (migdesc_param_name_problem (x, 255));
  g_assert_cmpstr (migdesc_param_name_problem (x, 256), ==, "it has more than 255 bytes");
  g_assert_null (migdesc_param_name_problem ("versions", 8));
  g_assert_false (migdesc_is_param_name ("model", 5));
  g_assert_true (migdesc_is_version_name ("", 0));
  g_assert_false (migdesc_is_version_name ("\xff", 1));
}

static void
test_broken_params_bring_nothing_else (Fixture *fixture,
                                       gconstpointer data)
{
  MigdescParamCore *param;

  begin_model (fixture);
  param = migdesc_draft_begin_param (fixture->draft, slice ("no-type"), MIGDESC_NO_PLACE);
  param->type = MIGDESC_VALUE_TYPE_STRING;
  migdesc_draft_break_param (fixture->draft, MIGDESC_BROKEN_VALUES);
  migdesc_draft_end_param (fixture->draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
  param = migdesc_draft_begin_param (fixture->draft, slice ("no-init"), MIGDESC_NO_PLACE);
  param->type = MIGDESC_VALUE_TYPE_INT;
  param->allowed = ints (fixture, "1-3");
  migdesc_draft_break_param (fixture->draft, MIGDESC_BROKEN_INIT);
  migdesc_draft_end_param (fixture->draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
  add_int (fixture, "good", "0-9", 0, 0);

  add_constraint (fixture, "no-init=1-3", "good=1", NULL, NULL);
  add_constraint (fixture, "good=0", "no-init=2", NULL, NULL);
  add_constraint (fixture, "no-type=0", "good=1", NULL, NULL);
  add_version (fixture, "unset", "");
  add_version (fixture, "set", "no-init=1 no-type=77");
  migdesc_draft_end_model (fixture->draft);
  migdesc_diagnostics_add (fixture->diagnostics, MIGDESC_ERROR_DOCUMENT_TYPE,
                           MIGDESC_SEVERITY_BLOCKER, MIGDESC_NO_PLACE, NULL, "the feeder's");
  assert_findings (fixture,
                   "version-violates-constraint /models/a.org~1nic/versions/1: "
                   "version \"set\" violates the constraint if no-init=1-3 then good=1\n"
                   "version-violates-constraint /models/a.org~1nic/versions/1: "
                   "version \"set\" violates the constraint if good=0 then no-init=2\n"
                   "document-type -: the feeder's\n");
}

static void
test_late_init (Fixture *fixture,
                gconstpointer data)
{
  const MigdescModelCore *model;
  MigdescValue values[2];
  MigdescParamCore *param;

  begin_model (fixture);
  add_int (fixture, "a", "0-9", 1, 0);
  param = migdesc_draft_begin_param (fixture->draft, slice ("b"), MIGDESC_NO_PLACE);
  param->type = MIGDESC_VALUE_TYPE_INT;
  migdesc_draft_break_param (fixture->draft, MIGDESC_BROKEN_INIT);
  migdesc_draft_end_param (fixture->draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
  add_version (fixture, "1", "a=2");
  add_version (fixture, "2", "b=7");
  migdesc_draft_set_init (fixture->draft, 1, (MigdescValue){ .number = 7 });
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "");

  model = &fixture->store->models[0];
  migdesc_model_core_fill_off (model, values);
  migdesc_model_core_apply_version (model, 0, values);
  g_assert_cmpuint (values[1].number, ==, 7);
  g_assert_cmpuint (migdesc_model_core_hash_values (model, values), ==, model->versions[0].hash);
  migdesc_model_core_fill_init (model, values);
  g_assert_cmpuint (migdesc_model_core_hash_values (model, values), ==, model->init_hash);
}

static void
test_flags (Fixture *fixture,
            gconstpointer data)
{
  const MigdescModelCore *model;
  MigdescValue values[1];
  MigdescVersionCore *version;

  begin_model (fixture);
  add_int (fixture, "a", NULL, 1, 0);
  version = migdesc_draft_begin_version (fixture->draft, slice ("old"), MIGDESC_NO_PLACE);
  version->can_create = FALSE;
  version->can_load = FALSE;
  migdesc_draft_add_setting (fixture->draft, 0, (MigdescValue){ .number = 3 }, MIGDESC_NO_PLACE);
  migdesc_draft_end_version (fixture->draft);
  version = migdesc_draft_begin_version (fixture->draft, slice ("same"), MIGDESC_NO_PLACE);
  version->can_load = FALSE;
  migdesc_draft_add_setting (fixture->draft, 0, (MigdescValue){ .number = 3 }, MIGDESC_NO_PLACE);
  migdesc_draft_end_version (fixture->draft);
  version = migdesc_draft_begin_version (fixture->draft, slice ("last"), MIGDESC_NO_PLACE);
  version->can_create = FALSE;
  migdesc_draft_end_version (fixture->draft);
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "");

  model = &fixture->store->models[0];
  values[0].number = 3;
  g_assert_cmpuint (migdesc_model_core_version_of (model, values, model->versions[0].hash), ==, 1);
  g_assert_false (migdesc_model_core_is_uncreatable (model, values, model->versions[0].hash));
  g_assert_true (migdesc_model_core_is_unloadable (model, values, model->versions[0].hash));
  values[0].number = 0;
  g_assert_true (migdesc_model_core_is_uncreatable (model, values, model->off_hash));
  g_assert_false (migdesc_model_core_is_unloadable (model, values, model->off_hash));
  g_assert_cmpuint (migdesc_model_core_latest_creatable (model), ==, 1);
}

static void
test_version_only (Fixture *fixture,
                   gconstpointer data)
{
  begin_model (fixture);
  add_version (fixture, "v1", "");
  add_version (fixture, "v2", "");
  migdesc_draft_end_model (fixture->draft);
  migdesc_draft_begin_model (fixture->draft, slice ("a.org/none"), MIGDESC_NO_PLACE);
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "");
  g_assert_true (fixture->store->models[0].version_only);
  g_assert_false (fixture->store->models[1].version_only);
  g_assert_cmpuint (migdesc_model_core_latest_creatable (&fixture->store->models[1]), ==,
                    MIGDESC_NOT_FOUND);
}

static void
test_strings_are_shared (Fixture *fixture,
                         gconstpointer data)
{
  g_auto (MigdescSetBuilder) builder;
  MigdescParamCore *param;
  const char *one;

  begin_model (fixture);
  param = migdesc_draft_begin_param (fixture->draft, slice ("mode"), MIGDESC_NO_PLACE);
  param->type = MIGDESC_VALUE_TYPE_STRING;
  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_STRING);
  migdesc_set_builder_add_string (&builder, "one", 3);
  migdesc_set_builder_add_string (&builder, "three", 5);
  migdesc_set_builder_build (&builder, migdesc_draft_get_arena (fixture->draft), &param->allowed);
  param->init.string = migdesc_draft_string (fixture->draft, slice ("one"));
  param->has_off = TRUE;
  param->off.string = migdesc_draft_string (fixture->draft, slice ("off"));
  migdesc_draft_end_param (fixture->draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);

  one = migdesc_draft_value_string (fixture->draft, 0, (MigdescSlice){ "onetwo", 3 });
  g_assert_true (one == migdesc_draft_param (fixture->draft, 0)->allowed.members.strings[0]);
  g_assert_true (migdesc_draft_value_string (fixture->draft, 0, slice ("off"))
                 == migdesc_draft_param (fixture->draft, 0)->off.string);
  g_assert_cmpstr (migdesc_draft_value_string (fixture->draft, 0, (MigdescSlice){ "three", 2 }), ==,
                   "th");

  migdesc_draft_begin_version (fixture->draft, slice ("1"), MIGDESC_NO_PLACE);
  migdesc_draft_add_setting (fixture->draft, 0, (MigdescValue){ .string = "two\n" },
                             MIGDESC_NO_PLACE);
  migdesc_draft_end_version (fixture->draft);
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "version-value-not-allowed /models/a.org~1nic/versions/0/params/mode: "
                            "value \"two\\n\" of \"mode\" in version \"1\" is not allowed: "
                            "off,one,three\n");
}

static void
test_set_twice (Fixture *fixture,
                gconstpointer data)
{
  MigdescValue one = { .number = 1 };
  MigdescSet set;

  begin_model (fixture);
  add_int (fixture, "a", NULL, 1, 0);
  set = ints (fixture, "3");
  migdesc_draft_begin_version (fixture->draft, slice ("1"), MIGDESC_NO_PLACE);
  g_assert_true (migdesc_draft_add_setting (fixture->draft, 0, one, MIGDESC_NO_PLACE));
  g_assert_false (migdesc_draft_add_setting (fixture->draft, 0, one, MIGDESC_NO_PLACE));
  g_assert_false (migdesc_draft_break_setting (fixture->draft, 0));
  migdesc_draft_end_version (fixture->draft);
  migdesc_draft_begin_constraint (fixture->draft, MIGDESC_NO_PLACE);
  migdesc_draft_begin_part (fixture->draft, MIGDESC_PART_IF, MIGDESC_NO_PLACE);
  g_assert_true (migdesc_draft_add_condition (fixture->draft, MIGDESC_PART_IF, 0, &set, 0));
  g_assert_false (migdesc_draft_add_condition (fixture->draft, MIGDESC_PART_IF, 0, &set, 0));
  migdesc_draft_begin_part (fixture->draft, MIGDESC_PART_THEN, MIGDESC_NO_PLACE);
  g_assert_true (migdesc_draft_add_condition (fixture->draft, MIGDESC_PART_THEN, 0, &set, 0));
  migdesc_draft_end_constraint (fixture->draft);
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/draft/good", test_good);
  ADD ("/draft/values-not-allowed", test_values_not_allowed);
  ADD ("/draft/constraints-violated", test_constraints_violated);
  ADD ("/draft/constraint-forms", test_constraint_forms);
  ADD ("/draft/names", test_names);
  ADD ("/draft/broken-params-bring-nothing-else", test_broken_params_bring_nothing_else);
  ADD ("/draft/late-init", test_late_init);
  ADD ("/draft/flags", test_flags);
  ADD ("/draft/version-only", test_version_only);
  ADD ("/draft/strings-are-shared", test_strings_are_shared);
  ADD ("/draft/set-twice", test_set_twice);
#undef ADD
  g_test_add_func ("/draft/model-names", test_model_names);
  g_test_add_func ("/draft/length-of-names", test_length_of_names);

  return g_test_run ();
}
