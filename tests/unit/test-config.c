/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "model/config-private.h"
#include "model/draft.h"
#include "model/handles.h"

static MigdescSlice
slice (const char *text)
{
  return (MigdescSlice){ text, strlen (text) };
}

static MigdescParamCore *
begin_param (MigdescDraft *draft,
             const char *name,
             MigdescValueType type)
{
  MigdescParamCore *param = migdesc_draft_begin_param (draft, slice (name), MIGDESC_NO_PLACE);

  param->type = (guint8) type;
  param->allowed.type = (guint8) type;
  param->allowed.any = TRUE;
  return param;
}

static void
add_queues (MigdescDraft *draft)
{
  begin_param (draft, "queues", MIGDESC_VALUE_TYPE_INT)->init.number = 4;
  migdesc_draft_end_param (draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
}

static void
add_rss (MigdescDraft *draft)
{
  MigdescParamCore *param = begin_param (draft, "rss", MIGDESC_VALUE_TYPE_BOOL);

  param->init.number = TRUE;
  param->has_off = TRUE;
  param->off.number = FALSE;
  migdesc_draft_end_param (draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
}

static void
add_offload (MigdescDraft *draft)
{
  begin_param (draft, "offload", MIGDESC_VALUE_TYPE_STRING)->init.string
      = migdesc_draft_string (draft, slice ("tso"));
  migdesc_draft_end_param (draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
}

static void
add_version (MigdescDraft *draft,
             const char *name)
{
  migdesc_draft_begin_version (draft, slice (name), MIGDESC_NO_PLACE);
  migdesc_draft_end_version (draft);
}

static MigdescStore *
finish (MigdescDraft *draft)
{
  MigdescStore *store;

  migdesc_draft_end_model (draft);
  store = migdesc_draft_finish (draft, MIGDESC_DIALECT_NATIVE, NULL);
  g_assert_nonnull (store);
  migdesc_draft_free (draft);
  return store;
}

/* queues, rss, offload, or the other way round, and a version where rss is off. */
static MigdescStore *
make_store (const char *model,
            gboolean reverse)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (10);
  MigdescDraft *draft = migdesc_draft_new (0, NULL, diagnostics);
  void (*add[]) (MigdescDraft *) = { add_queues, add_rss, add_offload };

  migdesc_draft_begin_model (draft, slice (model), MIGDESC_NO_PLACE);
  for (gsize i = 0; i < G_N_ELEMENTS (add); i++)
    add[reverse ? G_N_ELEMENTS (add) - 1 - i : i](draft);
  add_version (draft, "1");
  return finish (draft);
}

static MigdescStore *
make_version_only_store (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (10);
  MigdescDraft *draft = migdesc_draft_new (0, NULL, diagnostics);

  migdesc_draft_begin_model (draft, slice ("a.b/c"), MIGDESC_NO_PLACE);
  add_version (draft, "v1");
  add_version (draft, "v2");
  return finish (draft);
}

static guint32
find (const MigdescModelCore *model,
      const char *name)
{
  return migdesc_model_core_find_param (model, name, strlen (name));
}

/* The init configuration but for offload, which comes from outside of the store, and rss. */
static MigdescConfig *
make_config (MigdescStore *store,
             gboolean rss,
             const char *offload)
{
  const MigdescModelCore *model = &store->models[0];
  g_autofree char *outside = g_strdup (offload);
  guint32 foreign = find (model, "offload");
  MigdescValue values[3];
  guint64 hash;

  migdesc_model_core_fill_init (model, values);
  values[find (model, "rss")].number = rss;
  if (offload != NULL)
    values[foreign].string = outside;
  hash = migdesc_model_core_hash_values (model, values);
  return migdesc_config_new (store, model, values, hash, &foreign, offload != NULL ? 1 : 0);
}

static void
test_values_by_name (void)
{
  g_autoptr (MigdescStore) store = make_store ("a.b/c", FALSE);
  g_autoptr (MigdescConfig) config = make_config (store, TRUE, "none,all");
  g_autoptr (GVariant) queues = migdesc_config_get_value (config, "queues");
  g_autoptr (GVariant) rss = migdesc_config_get_value (config, "rss");
  g_autoptr (GVariant) offload = migdesc_config_get_value (config, "offload");
  g_auto (GStrv) names = migdesc_config_dup_names (config);

  g_assert_cmpuint (migdesc_config_get_n_params (config), ==, 3);
  g_assert_cmpstrv (names, ((const char *[]){ "queues", "rss", "offload", NULL }));
  g_assert_cmpuint (g_variant_get_uint64 (queues), ==, 4);
  g_assert_true (g_variant_get_boolean (rss));
  g_assert_cmpstr (g_variant_get_string (offload, NULL), ==, "none,all");
  g_assert_false (g_variant_is_floating (offload));
  g_assert_null (migdesc_config_get_value (config, "queue"));
}

static void
test_written_forms (void)
{
  g_autoptr (MigdescStore) store = make_store ("a.b/c", FALSE);
  g_autoptr (MigdescConfig) config = make_config (store, FALSE, "none,all");
  g_autofree char *lines = migdesc_config_to_string (config);
  g_autoptr (GVariant) variant = migdesc_config_to_variant (config);
  g_autofree char *printed = g_variant_print (variant, TRUE);

  g_assert_cmpstr (lines, ==, "queues=4\nrss=off\noffload=none,all");
  g_assert_false (g_variant_is_floating (variant));
  g_assert_cmpstr (printed, ==, "{'queues': <uint64 4>, 'rss': <false>, 'offload': <'none,all'>}");
}

static void
test_version_is_the_one_that_it_equals (void)
{
  g_autoptr (MigdescStore) store = make_store ("a.b/c", FALSE);
  g_autoptr (MigdescConfig) version_1 = make_config (store, FALSE, NULL);
  g_autoptr (MigdescConfig) same = make_config (store, FALSE, "tso");
  g_autoptr (MigdescConfig) other = make_config (store, TRUE, NULL);

  g_assert_cmpstr (migdesc_config_get_version (version_1), ==, "1");
  g_assert_cmpstr (migdesc_config_get_version (same), ==, "1");
  g_assert_null (migdesc_config_get_version (other));
}

static void
assert_equal (MigdescConfig *config,
              MigdescConfig *other,
              gboolean equal)
{
  g_assert_cmpint (migdesc_config_equal (config, other), ==, equal);
  g_assert_cmpint (migdesc_config_equal (other, config), ==, equal);
  g_assert_cmpint (migdesc_config_hash (config) == migdesc_config_hash (other), ==, equal);
}

static void
test_equality_is_by_name_and_value (void)
{
  g_autoptr (MigdescStore) store = make_store ("a.b/c", FALSE);
  g_autoptr (MigdescStore) reversed = make_store ("a.b/c", TRUE);
  g_autoptr (MigdescStore) renamed = make_store ("a.b/d", FALSE);
  g_autoptr (MigdescConfig) config = make_config (store, TRUE, NULL);
  g_autoptr (MigdescConfig) foreign = make_config (store, TRUE, "tso");
  g_autoptr (MigdescConfig) elsewhere = make_config (reversed, TRUE, NULL);
  g_autoptr (MigdescConfig) off = make_config (store, FALSE, NULL);
  g_autoptr (MigdescConfig) off_elsewhere = make_config (reversed, FALSE, NULL);
  g_autoptr (MigdescConfig) string = make_config (store, TRUE, "gso");
  g_autoptr (MigdescConfig) model = make_config (renamed, TRUE, NULL);

  assert_equal (config, config, TRUE);
  assert_equal (config, foreign, TRUE);
  assert_equal (config, elsewhere, TRUE);
  assert_equal (config, off, FALSE);
  assert_equal (config, off_elsewhere, FALSE);
  assert_equal (config, string, FALSE);
  assert_equal (config, model, FALSE);
}

static void
test_several_strings_from_outside (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (10);
  MigdescDraft *draft = migdesc_draft_new (0, NULL, diagnostics);
  g_autoptr (MigdescStore) store = NULL;
  g_autoptr (MigdescConfig) config = NULL;
  g_autofree char *lines = NULL;
  char outside[3][8] = { "first", "second", "third" };
  MigdescValue values[3];
  const guint32 foreign[] = { 2, 0, 1 };

  migdesc_draft_begin_model (draft, slice ("a.b/c"), MIGDESC_NO_PLACE);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char name[] = { (char) ('a' + i), '\0' };

      begin_param (draft, name, MIGDESC_VALUE_TYPE_STRING)->init.string
          = migdesc_draft_string (draft, slice ("init"));
      migdesc_draft_end_param (draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
      values[i].string = outside[i];
    }
  store = finish (draft);
  config = migdesc_config_new (store, &store->models[0], values,
                               migdesc_model_core_hash_values (&store->models[0], values), foreign,
                               G_N_ELEMENTS (foreign));

  memset (outside, 'x', sizeof outside);
  lines = migdesc_config_to_string (config);
  g_assert_cmpstr (lines, ==, "a=first\nb=second\nc=third");
}

static MigdescConfig *
make_one_param_config (const char *name,
                       MigdescValueType type)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (10);
  MigdescDraft *draft = migdesc_draft_new (0, NULL, diagnostics);
  g_autoptr (MigdescStore) store = NULL;
  MigdescValue value = { .number = 1 };
  guint64 hash;

  migdesc_draft_begin_model (draft, slice ("a.b/c"), MIGDESC_NO_PLACE);
  begin_param (draft, name, type)->init.number = 1;
  migdesc_draft_end_param (draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
  store = finish (draft);
  hash = migdesc_model_core_hash_values (&store->models[0], &value);
  return migdesc_config_new (store, &store->models[0], &value, hash, NULL, 0);
}

static void
test_other_names_and_types_are_other_configs (void)
{
  g_autoptr (MigdescConfig) config = make_one_param_config ("a", MIGDESC_VALUE_TYPE_INT);
  g_autoptr (MigdescConfig) same = make_one_param_config ("a", MIGDESC_VALUE_TYPE_INT);
  g_autoptr (MigdescConfig) name = make_one_param_config ("b", MIGDESC_VALUE_TYPE_INT);
  g_autoptr (MigdescConfig) type = make_one_param_config ("a", MIGDESC_VALUE_TYPE_BOOL);

  assert_equal (config, same, TRUE);
  assert_equal (config, name, FALSE);
  g_assert_false (migdesc_config_equal (config, type));
  g_assert_false (migdesc_config_equal (type, config));
}

static void
test_versions_alone (void)
{
  g_autoptr (MigdescStore) store = make_version_only_store ();
  g_autoptr (MigdescStore) again = make_version_only_store ();
  g_autoptr (MigdescStore) other = make_store ("a.b/c", FALSE);
  g_autoptr (MigdescConfig) config = migdesc_config_new_version_only (store, &store->models[0], 0);
  g_autoptr (MigdescConfig) same = migdesc_config_new_version_only (again, &again->models[0], 0);
  g_autoptr (MigdescConfig) next = migdesc_config_new_version_only (store, &store->models[0], 1);
  g_autoptr (MigdescConfig) params = make_config (other, TRUE, NULL);
  g_autofree char *lines = migdesc_config_to_string (config);
  g_autoptr (GVariant) variant = migdesc_config_to_variant (config);
  g_auto (GStrv) names = migdesc_config_dup_names (config);

  g_assert_cmpstr (migdesc_config_get_version (config), ==, "v1");
  g_assert_cmpuint (migdesc_config_get_n_params (config), ==, 0);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
  g_assert_cmpuint (g_variant_n_children (variant), ==, 0);
  g_assert_cmpstr (lines, ==, "version=v1");
  g_assert_null (migdesc_config_get_value (config, "version"));
  assert_equal (config, same, TRUE);
  assert_equal (config, next, FALSE);
  assert_equal (config, params, FALSE);
}

static void
test_a_config_keeps_what_it_needs (void)
{
  MigdescStore *store = make_store ("a.b/c", FALSE);
  MigdescConfig *config = make_config (store, TRUE, "x");
  MigdescConfig *copy = g_boxed_copy (MIGDESC_TYPE_CONFIG, config);
  g_autoptr (MigdescModel) model = NULL;
  g_autofree char *lines = NULL;

  migdesc_store_unref (store);
  g_assert_true (copy == config);
  migdesc_config_unref (config);
  lines = migdesc_config_to_string (copy);
  g_assert_cmpstr (lines, ==, "queues=4\nrss=on\noffload=x");
  model = migdesc_config_get_model (copy);
  g_boxed_free (MIGDESC_TYPE_CONFIG, copy);
  g_assert_cmpstr (migdesc_model_get_name (model), ==, "a.b/c");
}

#define ADD(name, function) g_test_add_func ("/config/" name, function)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("values-by-name", test_values_by_name);
  ADD ("written-forms", test_written_forms);
  ADD ("version-is-the-one-that-it-equals", test_version_is_the_one_that_it_equals);
  ADD ("equality-is-by-name-and-value", test_equality_is_by_name_and_value);
  ADD ("several-strings-from-outside", test_several_strings_from_outside);
  ADD ("other-names-and-types-are-other-configs", test_other_names_and_types_are_other_configs);
  ADD ("versions-alone", test_versions_alone);
  ADD ("a-config-keeps-what-it-needs", test_a_config_keeps_what_it_needs);
  return g_test_run ();
}
