/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Constraints are tested by counting what changes between versions. Here the same is asked in the
 * plain way: expand each version, evaluate each constraint. */

#include "draft-feed.h"

#define N_PARAMS 4
#define N_VALUES 4 /* of each param; one more is not allowed */

typedef struct
{
  int when[N_PARAMS]; /* a bit for each value; 0: no condition */
  int then[N_PARAMS];
  gboolean forbid;
} Rule;

typedef struct
{
  guint n_rules;
  guint n_versions;
  gboolean has_off[N_PARAMS];
  guint init[N_PARAMS]; /* N_VALUES is not allowed */
  int versions[8][N_PARAMS]; /* -1: not set */
  Rule rules[8];
} Case;

static int
random_bits (void)
{
  return g_test_rand_int_range (0, 3) == 0 ? g_test_rand_int_range (1, 1 << N_VALUES) : 0;
}

static void
make_rule (Rule *rule)
{
  gboolean has_when = FALSE;
  gboolean has_then = FALSE;

  memset (rule, 0, sizeof *rule);
  rule->forbid = g_test_rand_bit ();
  while (!has_when || (!has_then && !rule->forbid))
    for (guint i = 0; i < N_PARAMS; i++)
      {
        if (!has_when || rule->when[i] == 0)
          rule->when[i] = random_bits ();
        if (!rule->forbid)
          rule->then[i] = random_bits ();
        has_when = has_when || rule->when[i] != 0;
        has_then = has_then || rule->then[i] != 0;
      }
}

static void
make_case (Case *c)
{
  gboolean with_errors = g_test_rand_int_range (0, 4) == 0;

  c->n_rules = (guint) g_test_rand_int_range (1, 9);
  c->n_versions = (guint) g_test_rand_int_range (0, 9);
  for (guint i = 0; i < N_PARAMS; i++)
    {
      c->has_off[i] = g_test_rand_bit ();
      c->init[i] = (guint) g_test_rand_int_range (0, N_VALUES + with_errors);
    }
  for (guint i = 0; i < c->n_versions; i++)
    for (guint j = 0; j < N_PARAMS; j++)
      c->versions[i][j] = g_test_rand_int_range (-3, N_VALUES + with_errors);
  for (guint i = 0; i < c->n_rules; i++)
    make_rule (&c->rules[i]);
}

static void
append_bits (GString *text,
             guint param,
             int bits)
{
  g_string_append_printf (text, "%s%c=", text->len > 0 ? " " : "", 'a' + (char) param);
  for (guint i = 0; i < N_VALUES; i++)
    if ((bits >> i & 1) != 0)
      g_string_append_printf (text, "%s%u", text->str[text->len - 1] == '=' ? "" : ",", i);
}

static void
feed_rule (Fixture *fixture,
           const Rule *rule)
{
  g_autoptr (GString) when = g_string_new (NULL);
  g_autoptr (GString) then = g_string_new (NULL);

  for (guint i = 0; i < N_PARAMS; i++)
    {
      if (rule->when[i] != 0)
        append_bits (when, i, rule->when[i]);
      if (rule->then[i] != 0)
        append_bits (then, i, rule->then[i]);
    }
  if (rule->forbid)
    add_constraint (fixture, NULL, NULL, when->str, NULL);
  else
    add_constraint (fixture, when->str, then->str, NULL, NULL);
}

static void
feed_case (Fixture *fixture,
           const Case *c)
{
  static const char *const names[] = { "a", "b", "c", "d" };

  begin_model (fixture);
  for (guint i = 0; i < N_PARAMS; i++)
    add_int (fixture, names[i], "0-3", c->init[i], c->has_off[i] ? 0 : -1);
  for (guint i = 0; i < c->n_versions; i++)
    {
      g_autoptr (GString) settings = g_string_new (NULL);

      for (guint j = 0; j < N_PARAMS; j++)
        if (c->versions[i][j] >= 0)
          g_string_append_printf (settings, "%s%s=%d", settings->len > 0 ? " " : "", names[j],
                                  c->versions[i][j]);
      add_version (fixture, (char[]){ 'v', (char) ('0' + i), '\0' }, settings->str);
    }
  for (guint i = 0; i < c->n_rules; i++)
    feed_rule (fixture, &c->rules[i]);
  migdesc_draft_end_model (fixture->draft);
}

/* 1: violated; 0: not; a value of N_VALUES or more is an error, and a rule that names its param is
 * not tested. */
static int
is_violated (const Rule *rule,
             const guint *values)
{
  gboolean when = TRUE;
  gboolean then = TRUE;

  for (guint i = 0; i < N_PARAMS; i++)
    {
      if (values[i] >= N_VALUES && (rule->when[i] != 0 || rule->then[i] != 0))
        return 0;
      when = when && (rule->when[i] == 0 || (rule->when[i] >> values[i] & 1) != 0);
      then = then && (rule->then[i] == 0 || (rule->then[i] >> values[i] & 1) != 0);
    }
  return when && (rule->forbid || !then);
}

static void
count_expected (const Case *c,
                guint *n_init,
                guint *n_versions)
{
  *n_init = 0;
  *n_versions = 0;
  for (guint i = 0; i < c->n_rules; i++)
    *n_init += (guint) is_violated (&c->rules[i], c->init);
  for (guint v = 0; v < c->n_versions; v++)
    {
      guint values[N_PARAMS];

      for (guint j = 0; j < N_PARAMS; j++)
        {
          values[j] = c->has_off[j] ? 0 : c->init[j];
          if (c->versions[v][j] >= 0)
            values[j] = (guint) c->versions[v][j];
        }
      for (guint i = 0; i < c->n_rules; i++)
        *n_versions += (guint) is_violated (&c->rules[i], values);
    }
}

static guint
count_code (MigdescReport *report,
            const char *code)
{
  guint n = 0;

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    n += g_str_equal (migdesc_report_peek (report, i)->code, code);
  return n;
}

static void
test_against_evaluation (void)
{
  guint total = 0;

  for (guint i = 0; i < 20000; i++)
    {
      Fixture fixture = { 0 };
      g_autoptr (MigdescReport) report = NULL;
      guint n_init;
      guint n_versions;
      Case c;

      make_case (&c);
      set_up (&fixture, NULL);
      feed_case (&fixture, &c);
      finish (&fixture);
      report = migdesc_diagnostics_to_report (fixture.diagnostics);
      count_expected (&c, &n_init, &n_versions);
      g_assert_cmpuint (count_code (report, "init-violates-constraint"), ==, n_init);
      g_assert_cmpuint (count_code (report, "version-violates-constraint"), ==, n_versions);
      total += n_init + n_versions;
      tear_down (&fixture, NULL);
    }
  g_assert_cmpuint (total, >, 20000); /* or the cases are too tame to show anything */
}

static void
test_steps_are_limited (Fixture *fixture,
                        gconstpointer data)
{
  const guint n_constraints = 9000;
  const guint n_versions = 1000;
  gint64 start = g_get_monotonic_time ();

  begin_model (fixture);
  add_int (fixture, "a", NULL, 0, 0);
  add_int (fixture, "b", NULL, 0, 0);
  for (guint i = 0; i < n_constraints; i++)
    add_constraint (fixture, "a=1", "b=0", NULL, NULL);
  for (guint i = 0; i < n_versions; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      add_version (fixture, name, "a=2");
    }
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture,
                   "limit-exceeded /models/a.org~1nic/versions: "
                   "testing versions against constraints takes more than 16777216 steps\n");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void
test_findings_past_the_limit_are_counted (Fixture *fixture,
                                          gconstpointer data)
{
  g_autoptr (MigdescReport) report = NULL;

  begin_model (fixture);
  add_int (fixture, "a", NULL, 0, 0);
  for (guint i = 0; i < 300; i++)
    add_constraint (fixture, NULL, NULL, "a=1", NULL);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      add_version (fixture, name, "a=1");
    }
  migdesc_draft_end_model (fixture->draft);
  finish (fixture);
  g_assert_null (fixture->store);
  report = migdesc_diagnostics_to_report (fixture->diagnostics);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 1000);
  g_assert_cmpuint (migdesc_report_get_n_omitted (report), ==, 300 * 300 - 1000);
}

static void
set_up_full (Fixture *fixture,
             gconstpointer data)
{
  fixture->diagnostics = migdesc_diagnostics_new (1);
  fixture->draft = migdesc_draft_new (0, NULL, fixture->diagnostics);
}

/* One error of every kind after the first, which fills the report. */
static void
test_omits_errors_of_every_kind (Fixture *fixture,
                                 gconstpointer data)
{
  g_autoptr (MigdescReport) report = NULL;

  migdesc_draft_begin_model (fixture->draft, slice ("a=b"), MIGDESC_NO_PLACE); /* kept */
  migdesc_draft_end_model (fixture->draft);
  migdesc_draft_begin_model (fixture->draft, slice ("a=b"), MIGDESC_NO_PLACE); /* 1 */
  add_int (fixture, "a b", "1", 1, 1);                                         /* 2 */
  add_int (fixture, "a b", "1", 2, 1);                                         /* 3, 4, 5 */
  add_version (fixture, "1\n", "none=1");                                      /* 6, 7 */
  add_version (fixture, "1\n", "a=1");                                         /* 8, 9, 10 */
  migdesc_draft_add_tested (fixture->draft, slice ("x"), 7, slice ("1\n"), 8); /* 11 */
  migdesc_draft_begin_version (fixture->draft, slice ("2"), MIGDESC_NO_PLACE);
  migdesc_draft_add_setting (fixture->draft, 0, (MigdescValue){ .number = 7 }, 1); /* 12 */
  migdesc_draft_end_version (fixture->draft);
  add_constraint (fixture, "none=1", "", NULL, NULL);                           /* 13, 14 */
  add_constraint (fixture, NULL, NULL, NULL, NULL);                             /* 15 */
  migdesc_draft_end_model (fixture->draft);
  finish (fixture);                                                             /* 16 */
  report = migdesc_diagnostics_to_report (fixture->diagnostics);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 1);
  g_assert_cmpstr (migdesc_report_peek (report, 0)->code, ==, "model-name");
  g_assert_cmpuint (migdesc_report_get_n_omitted (report), ==, 16);
}

static void
test_places_take_the_place_of_pointers (Fixture *fixture,
                                        gconstpointer data)
{
  g_autoptr (MigdescReport) report = NULL;

  migdesc_draft_begin_model (fixture->draft, slice ("a.org/nic"), 100);
  add_int (fixture, "a", NULL, 0, 0);
  migdesc_draft_begin_version (fixture->draft, slice ("1"), 200);
  migdesc_draft_end_version (fixture->draft);
  migdesc_draft_begin_version (fixture->draft, slice ("1"), 300);
  migdesc_draft_end_version (fixture->draft);
  migdesc_draft_end_model (fixture->draft);
  finish (fixture);
  report = migdesc_diagnostics_to_report (fixture->diagnostics);
  g_assert_cmpint (migdesc_report_peek (report, 0)->offset, ==, 300);
  g_assert_null (migdesc_report_peek (report, 0)->pointer);
}

/* What names are members of is an object of a JSON document. */
static void
test_names_as_members (Fixture *fixture,
                       gconstpointer data)
{
  migdesc_draft_set_names_are_members (fixture->draft);
  begin_model (fixture);
  add_int (fixture, "a", NULL, 0, 0);
  add_int (fixture, "b", NULL, 0, 0);
  add_int (fixture, "a", NULL, 0, 0);
  add_int (fixture, "c", NULL, 0, 0);
  g_assert_cmpuint (migdesc_draft_n_params (fixture->draft), ==, 4);
  g_assert_cmpuint (migdesc_draft_find_param (fixture->draft, slice ("c"), 0), ==, 2);
  g_assert_cmpuint (migdesc_draft_n_params (fixture->draft), ==, 3);
  migdesc_draft_end_model (fixture->draft);
  begin_model (fixture);
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "json-duplicate-member /models/a.org~1nic/params/a: "
                            "there is more than one param \"a\"\n"
                            "json-duplicate-member /models/a.org~1nic: "
                            "there is more than one model \"a.org/nic\"\n");
}

static void
set_up_small (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  migdesc_limits_set (limits, MIGDESC_LIMIT_MEMBERS, 3);
  migdesc_limits_set (limits, MIGDESC_LIMIT_RANGES, 2);
  set_up_with_limits (fixture, limits);
}

static void
add_models (Fixture *fixture,
            guint n_models,
            guint n_params)
{
  for (guint i = 0; i < n_models; i++)
    {
      g_autofree char *name = g_strdup_printf ("a.org/%u", i);

      migdesc_draft_begin_model (fixture->draft, slice (name), MIGDESC_NO_PLACE);
      for (guint j = 0; j < n_params; j++)
        {
          g_autofree char *param = g_strdup_printf ("p%u", j);

          add_int (fixture, param, j % 2 == 0 ? "1,3" : NULL, 1, 1);
        }
      migdesc_draft_end_model (fixture->draft);
    }
}

static void
test_at_limits (Fixture *fixture,
                gconstpointer data)
{
  add_models (fixture, 3, 3);
  assert_findings (fixture, "");
  g_assert_cmpuint (fixture->store->n_models, ==, 3);
}

static void
test_past_limit_of_models (Fixture *fixture,
                           gconstpointer data)
{
  add_models (fixture, 9, 1);
  assert_findings (fixture, "limit-exceeded /models/a.org~13: "
                            "more than 3 members in one object (limit members)\n");
}

static void
test_past_limit_of_params (Fixture *fixture,
                           gconstpointer data)
{
  add_models (fixture, 1, 9);
  assert_findings (fixture, "limit-exceeded /models/a.org~10/params: "
                            "more than 3 members in one object (limit members)\n");
}

static void
test_past_limit_of_ranges (Fixture *fixture,
                           gconstpointer data)
{
  begin_model (fixture);
  add_int (fixture, "a", "1,3,5", 1, -1);
  add_int (fixture, "b", "1,2,3,5-7", 1, -1);
  add_constraint (fixture, NULL, NULL, "b=3,5,7", NULL);
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture,
                   "limit-exceeded /models/a.org~1nic/params/a/allowed_values: "
                   "more than 2 ranges in one set (limit ranges)\n"
                   "limit-exceeded /models/a.org~1nic/constraints/0/forbid/b: "
                   "more than 2 ranges in one set (limit ranges)\n");
}

static void
test_long_arrays_are_handed_over (Fixture *fixture,
                                  gconstpointer data)
{
  const MigdescModelCore *model;

  begin_model (fixture);
  add_int (fixture, "a", NULL, 0, 0);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *name = g_strdup_printf ("v%u", i);
      g_autofree char *settings = g_strdup_printf ("a=%u", i);

      add_version (fixture, name, settings);
    }
  migdesc_draft_end_model (fixture->draft);
  assert_findings (fixture, "");
  model = &fixture->store->models[0];
  g_assert_cmpuint (migdesc_model_core_find_version (model, "v4999", 5), ==, 4999);
  g_assert_cmpuint (model->versions[4999].settings[0].value.number, ==, 4999);
  g_assert_cmpuint (migdesc_store_size (fixture->store), <, 5000 * (48 + 16 + 8 + 16));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, set_up, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/draft-check/against-evaluation", test_against_evaluation);
  ADD ("/draft-check/steps-are-limited", set_up, test_steps_are_limited);
  ADD ("/draft-check/findings-past-the-limit-are-counted", set_up,
       test_findings_past_the_limit_are_counted);
  ADD ("/draft-check/omits-errors-of-every-kind", set_up_full, test_omits_errors_of_every_kind);
  ADD ("/draft-check/places-take-the-place-of-pointers", set_up,
       test_places_take_the_place_of_pointers);
  ADD ("/draft-check/names-as-members", set_up, test_names_as_members);
  ADD ("/draft-check/at-limits", set_up_small, test_at_limits);
  ADD ("/draft-check/past-limit-of-models", set_up_small, test_past_limit_of_models);
  ADD ("/draft-check/past-limit-of-params", set_up_small, test_past_limit_of_params);
  ADD ("/draft-check/past-limit-of-ranges", set_up_small, test_past_limit_of_ranges);
  ADD ("/draft-check/long-arrays-are-handed-over", set_up, test_long_arrays_are_handed_over);
#undef ADD

  return g_test_run ();
}
