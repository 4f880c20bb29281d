/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which pairs of versions are promised and tested. */

#include <string.h>

#include "ops-documents.h"

#define MODEL "a.b/c"
#define N(name, members) "{'name': '" name "'" members "}"
#define BODY PARAMS (FLAG ("f"))
#define TESTED(from, to) "{'from': '" from "', 'to': '" to "'}"

static MigdescMatrix *
make (const char *const *bodies,
      const MigdescLimits *limits,
      GError **error)
{
  g_autoptr (GPtrArray) descriptors = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *bodies != NULL; bodies++)
    {
      g_autofree char *document = g_strdup_printf ("{'models': {'" MODEL "': {%s}}}", *bodies);

      g_ptr_array_add (descriptors, ops_read (document));
    }
  return migdesc_matrix_new ((MigdescDescriptor **) descriptors->pdata, descriptors->len, NULL,
                             limits, error);
}

/* The matrix of one or more descriptors, as text */
static char *
show_all (const char *const *bodies)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescMatrix) matrix = make (bodies, NULL, &error);

  g_assert_no_error (error);
  return migdesc_matrix_to_string (matrix);
}

static char *
show (const char *body)
{
  return show_all ((const char *[]){ body, NULL });
}

static void
test_model_promises (void)
{
  const char *three = BODY VERSIONS (N ("1", "") "," N ("2", "") "," N ("3", ""));
  g_autofree char *forward = g_strconcat (three, ", 'support': 'forward'", NULL);
  g_autofree char *both = g_strconcat (three, ", 'support': 'bidirectional'", NULL);
  g_autofree char *best_effort = g_strconcat (three, ", 'support': 'best-effort'", NULL);
  g_autofree char *none = g_strconcat (three, ", 'support': 'none'", NULL);

  ops_assert_text (show (three), "0 of 0 pairs tested");
  ops_assert_text (show (best_effort), "0 of 0 pairs tested");
  ops_assert_text (show (none), "0 of 0 pairs tested");
  ops_assert_text (show (forward), "1 to 2: forward, missing\n"
                                   "1 to 3: forward, missing\n"
                                   "2 to 3: forward, missing\n"
                                   "0 of 3 pairs tested");
  ops_assert_text (show (both), "1 to 2: bidirectional, missing\n"
                                "1 to 3: bidirectional, missing\n"
                                "2 to 1: bidirectional, missing\n"
                                "2 to 3: bidirectional, missing\n"
                                "3 to 1: bidirectional, missing\n"
                                "3 to 2: bidirectional, missing\n"
                                "0 of 6 pairs tested");
}

/* A promise is the newer version's: of 2 for 1 and 2, of 3 for 1 and 3 and for 2 and 3. */
static void
test_versions_promise (void)
{
  ops_assert_text (show (BODY VERSIONS (N ("1", ", 'support': 'bidirectional'") "," N (
                       "2", ", 'support': 'forward'") "," N ("3", ""))),
                   "1 to 2: forward, missing\n"
                   "0 of 1 pairs tested");
  ops_assert_text (show (BODY VERSIONS (
                       N ("1", "") "," N ("2", "") "," N ("3", ", 'support': 'bidirectional'"))),
                   "1 to 3: bidirectional, missing\n"
                   "2 to 3: bidirectional, missing\n"
                   "3 to 1: bidirectional, missing\n"
                   "3 to 2: bidirectional, missing\n"
                   "0 of 4 pairs tested");
}

/* Of the model's and the version's, the stronger; but none blocks. */
static void
test_strictest_promise_holds (void)
{
  ops_assert_text (show (BODY VERSIONS (
                       N ("1", "") "," N ("2", ", 'support': 'best-effort'") "," N (
                           "3", ", 'support': 'bidirectional'")) ", 'support': 'forward'"),
                   "1 to 2: forward, missing\n"
                   "1 to 3: bidirectional, missing\n"
                   "2 to 3: bidirectional, missing\n"
                   "3 to 1: bidirectional, missing\n"
                   "3 to 2: bidirectional, missing\n"
                   "0 of 5 pairs tested");
  ops_assert_text (show (BODY VERSIONS (N ("1", "") "," N ("2", ", 'support': 'none'") "," N (
                       "3", "")) ", 'support': 'bidirectional'"),
                   "1 to 3: bidirectional, missing\n"
                   "3 to 1: bidirectional, missing\n"
                   "0 of 2 pairs tested");
}

static void
test_strictest_descriptor_holds (void)
{
  const char *older = BODY VERSIONS (N ("1", "") "," N ("2", "")) ", 'support': 'bidirectional'";
  const char *newer
      = BODY VERSIONS (N ("1", "") "," N ("2", "") "," N ("3", "")) ", 'support': 'forward'";
  const char *blocked = BODY VERSIONS (N ("1", ", 'support': 'none'") "," N ("2", ""));

  ops_assert_text (show_all ((const char *[]){ newer, older, NULL }),
                   "1 to 2: bidirectional, missing\n"
                   "1 to 3: forward, missing\n"
                   "2 to 1: bidirectional, missing\n"
                   "2 to 3: forward, missing\n"
                   "0 of 4 pairs tested");
  ops_assert_text (show_all ((const char *[]){ newer, older, blocked, NULL }),
                   "2 to 3: forward, missing\n"
                   "0 of 1 pairs tested");
}

static void
test_tested (void)
{
  const char *body = BODY VERSIONS (
      N ("1", "") "," N ("2", ", 'support': 'forward', 'tested': [" TESTED ("1", "2") "," TESTED (
          "2", "1") "]") "," N ("3", ", 'support': 'forward', 'tested': [" TESTED ("1", "3") "]"));

  ops_assert_text (show (body), "1 to 2: forward, tested\n"
                                "1 to 3: forward, tested\n"
                                "2 to 1: not promised, tested\n"
                                "2 to 3: forward, missing\n"
                                "2 of 3 pairs tested");
  /* a pair of the same version is no direction, but was tested */
  ops_assert_text (show (BODY VERSIONS (
                       N ("1", ", 'tested': [" TESTED ("1", "1") "]")) ", 'support': 'forward'"),
                   "1 to 1: not promised, tested\n"
                   "0 of 0 pairs tested");
}

/* Any of the descriptors may list it, and by any version. */
static void
test_tested_by_another (void)
{
  const char *newer
      = BODY VERSIONS (N ("1", "") "," N ("2", "")) ", 'support': 'bidirectional'";
  const char *other = BODY VERSIONS (
      N ("2", "") "," N ("1", ", 'tested': [" TESTED ("1", "2") "]") "," N ("0", ""));

  ops_assert_text (show_all ((const char *[]){ newer, other, NULL }),
                   "1 to 2: bidirectional, tested\n"
                   "2 to 1: bidirectional, missing\n"
                   "1 of 2 pairs tested");
}

static void
test_versions_that_are_not_created_or_loaded (void)
{
  /* what a newer program cannot create it may have loaded; what it does not load it may create */
  ops_assert_text (show (BODY VERSIONS (N ("1", ", 'create': false") "," N (
                       "2", "")) ", 'support': 'bidirectional'"),
                   "1 to 2: bidirectional, missing\n"
                   "2 to 1: bidirectional, missing\n"
                   "0 of 2 pairs tested");
  ops_assert_text (show (BODY VERSIONS (N ("1", ", 'load': false") "," N (
                       "2", "")) ", 'support': 'bidirectional'"),
                   "2 to 1: bidirectional, missing\n"
                   "0 of 1 pairs tested");
  ops_assert_text (show (BODY VERSIONS (N ("1", ", 'create': false, 'load': false") "," N (
                       "2", "")) ", 'support': 'bidirectional'"),
                   "0 of 0 pairs tested");
  /* that the newest is not created is nothing to the older ones */
  ops_assert_text (show (BODY VERSIONS (N ("1", "") "," N (
                       "2", ", 'create': false, 'load': false")) ", 'support': 'bidirectional'"),
                   "1 to 2: bidirectional, missing\n"
                   "2 to 1: bidirectional, missing\n"
                   "0 of 2 pairs tested");
  /* the older program knows best what it loads */
  ops_assert_text (
      show_all ((const char *[]){
          BODY VERSIONS (N ("1", "") "," N ("2", "")) ", 'support': 'bidirectional'",
          BODY VERSIONS (N ("1", ", 'load': false")), NULL }),
      "1 to 2: bidirectional, missing\n"
      "0 of 1 pairs tested");
  ops_assert_text (
      show_all ((const char *[]){
          BODY VERSIONS (N ("1", "") "," N ("2", "")) ", 'support': 'bidirectional'",
          BODY VERSIONS (N ("1", ", 'create': false, 'load': false")), NULL }),
      "0 of 0 pairs tested");
}

/* Order is never inferred from names, and descriptors may each know some versions only; of two that
 * nobody puts in order, the one that is seen first comes first. */
static void
test_order_of_versions (void)
{
  ops_assert_text (show_all ((const char *[]){
                       BODY VERSIONS (N ("b", "") "," N ("d", "")) ", 'support': 'forward'",
                       BODY VERSIONS (N ("a", "") "," N ("b", "") "," N (
                           "c", "")) ", 'support': 'forward'",
                       NULL }),
                   "a to b: forward, missing\n"
                   "a to c: forward, missing\n"
                   "b to d: forward, missing\n"
                   "b to c: forward, missing\n"
                   "0 of 4 pairs tested");
  ops_assert_text (show_all ((const char *[]){
                       BODY VERSIONS (N ("3", "") "," N ("4", "")) ", 'support': 'forward'",
                       BODY VERSIONS (N ("1", "") "," N ("2", "")) ", 'support': 'forward'",
                       BODY VERSIONS (N ("2", "") "," N ("3", "")) ", 'support': 'forward'",
                       NULL }),
                   "1 to 2: forward, missing\n"
                   "2 to 3: forward, missing\n"
                   "3 to 4: forward, missing\n"
                   "0 of 3 pairs tested");
}

/* Each promises what is newer to it. */
static void
test_orders_that_contradict_each_other (void)
{
  const char *bodies[]
      = { BODY VERSIONS (N ("1", "") "," N ("2", "")) ", 'support': 'forward'",
          BODY VERSIONS (N ("2", "") "," N ("1", ", 'support': 'forward'")), NULL };
  g_autoptr (MigdescMatrix) matrix = make (bodies, NULL, NULL);

  ops_assert_text (migdesc_matrix_to_string (matrix), "1 to 2: forward, missing\n"
                                                      "2 to 1: forward, missing\n"
                                                      "0 of 2 pairs tested");
  g_assert_cmpstr (migdesc_matrix_get_version (matrix, 0), ==, "1");
  g_assert_null (migdesc_matrix_get_promising_version (matrix, 0));
  g_assert_cmpstr (migdesc_matrix_get_version (matrix, 1), ==, "2");
  g_assert_cmpstr (migdesc_matrix_get_promising_version (matrix, 1), ==, "1");
}

static void
test_models_of_versions_alone (void)
{
  ops_assert_text (show ("'versions': ['x', 'y'], 'support': 'forward'"),
                   "x to y: forward, missing\n"
                   "0 of 1 pairs tested");
  ops_assert_text (show (BODY ", 'support': 'forward'"), "0 of 0 pairs tested");
}

static void
test_members (void)
{
  const char *bodies[] = { BODY VERSIONS (N ("1", "")),
                           BODY VERSIONS (N ("1", "") "," N ("2", "") "," N (
                               "3", ", 'support': 'bidirectional', 'tested': [" TESTED (
                                   "2", "1") "]")) ", 'support': 'forward'",
                           NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescMatrix) matrix = make (bodies, NULL, &error);
  gsize position = 99;

  g_assert_no_error (error);
  g_assert_cmpstr (migdesc_matrix_get_model (matrix), ==, MODEL);
  g_assert_cmpuint (migdesc_matrix_get_n_pairs (matrix), ==, 6);
  g_assert_cmpuint (migdesc_matrix_get_n_promised (matrix), ==, 5);
  g_assert_cmpuint (migdesc_matrix_get_n_missing (matrix), ==, 5);
  /* 2 to 1, tested and not promised */
  g_assert_cmpstr (migdesc_matrix_get_from (matrix, 2), ==, "2");
  g_assert_cmpstr (migdesc_matrix_get_to (matrix, 2), ==, "1");
  g_assert_cmpstr (migdesc_matrix_get_version (matrix, 2), ==, "1");
  g_assert_false (migdesc_matrix_is_promised (matrix, 2));
  g_assert_cmpint (migdesc_matrix_get_promise (matrix, 2), ==, MIGDESC_SUPPORT_BEST_EFFORT);
  g_assert_null (migdesc_matrix_get_promising_version (matrix, 2));
  g_assert_true (migdesc_matrix_is_tested (matrix, 2));
  /* 1 to 2, by the model */
  g_assert_true (migdesc_matrix_is_promised (matrix, 0));
  g_assert_cmpint (migdesc_matrix_get_promise (matrix, 0), ==, MIGDESC_SUPPORT_FORWARD);
  g_assert_null (migdesc_matrix_get_promising_version (matrix, 0));
  g_assert_false (migdesc_matrix_is_tested (matrix, 0));
  /* 3 to 2, by the version */
  g_assert_cmpstr (migdesc_matrix_get_from (matrix, 5), ==, "3");
  g_assert_cmpstr (migdesc_matrix_get_version (matrix, 5), ==, "2");
  g_assert_cmpint (migdesc_matrix_get_promise (matrix, 5), ==, MIGDESC_SUPPORT_BIDIRECTIONAL);
  g_assert_cmpstr (migdesc_matrix_get_promising_version (matrix, 5), ==, "3");
  /* programs are known by their newest version */
  g_assert_true (migdesc_matrix_find_program (matrix, "1", 0, &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_true (migdesc_matrix_find_program (matrix, "3", 0, &position));
  g_assert_cmpuint (position, ==, 1);
  g_assert_true (migdesc_matrix_find_program (matrix, "3", 1, NULL));
  g_assert_false (migdesc_matrix_find_program (matrix, "3", 2, NULL));
  g_assert_false (migdesc_matrix_find_program (matrix, "2", 0, NULL));
  g_assert_false (migdesc_matrix_find_program (matrix, "4", 0, NULL));
}

static void
test_json (void)
{
  const char *bodies[]
      = { BODY VERSIONS (
              N ("1", "") "," N ("2", ", 'support': 'bidirectional', 'tested': [" TESTED (
                  "2", "1") "," TESTED ("2", "2") "]")) ", 'support': 'forward'",
          NULL };
  g_autoptr (MigdescMatrix) matrix = make (bodies, NULL, NULL);

  ops_assert_text (
      migdesc_matrix_to_json (matrix),
      "{\"model\":\"a.b/c\",\"promised\":2,\"missing\":1,\"pairs\":["
      "{\"from\":\"1\",\"to\":\"2\",\"promise\":\"bidirectional\",\"promised_by\":\"2\","
      "\"tested\":false},"
      "{\"from\":\"2\",\"to\":\"1\",\"promise\":\"bidirectional\",\"promised_by\":\"2\","
      "\"tested\":true},"
      "{\"from\":\"2\",\"to\":\"2\",\"tested\":true}]}");
}

static void
test_errors (void)
{
  g_autoptr (MigdescDescriptor) two
      = ops_read ("{'models': {'a.b/c': {'params': {}}, 'a.b/d': {'params': {}}}}");
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (GError) error = NULL;
  const char *bodies[] = { BODY VERSIONS (N ("1", "") "," N ("2", "")),
                           BODY VERSIONS (N ("3", "")), NULL };
  g_autoptr (MigdescMatrix) matrix = NULL;

  g_assert_null (migdesc_matrix_new (NULL, 0, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "a matrix needs a descriptor");
  g_clear_error (&error);
  g_assert_null (migdesc_matrix_new (&two, 1, NULL, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE);
  g_assert_cmpstr (error->message, ==, "no model was named, and the first descriptor has 2");
  g_clear_error (&error);
  g_assert_null (migdesc_matrix_new (&two, 1, "a.b/e", NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "no descriptor has a model \"a.b/e\"");
  g_clear_error (&error);
  /* 3 versions, 2 descriptors: 18 steps */
  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, 17);
  g_assert_null (make (bodies, limits, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
  g_assert_cmpstr (error->message, ==,
                   "a matrix of 3 versions has more than 17 steps of one search (limit steps)");
  g_clear_error (&error);
  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, 18);
  matrix = make (bodies, limits, &error);
  g_assert_no_error (error);
  g_assert_nonnull (matrix);
}

static char *
show_badge (const char *body)
{
  const char *const bodies[] = { body, NULL };
  g_autoptr (MigdescMatrix) matrix = make (bodies, NULL, NULL);

  return migdesc_matrix_to_badge_json (matrix);
}

#define BADGE(message, colour)                                                             \
  "{\"schemaVersion\":1,\"label\":\"migrations tested\",\"message\":\"" message            \
  "\",\"color\":\"" colour "\"}"
#define TWO_VERSIONS(tested)                                                               \
  BODY VERSIONS (N ("1", "") "," N ("2", ", 'tested': [" tested "]")) ", 'support': 'bidirectional'"

static void
test_badge (void)
{
  const char *const bodies[] = { TWO_VERSIONS (TESTED ("1", "2")), NULL };
  g_autoptr (MigdescMatrix) matrix = make (bodies, NULL, NULL);
  g_autofree char *svg = migdesc_matrix_to_badge_svg (matrix);

  ops_assert_text (show_badge (BODY), BADGE ("none promised", "lightgrey"));
  ops_assert_text (show_badge (TWO_VERSIONS ("")), BADGE ("0 of 2", "red"));
  ops_assert_text (show_badge (TWO_VERSIONS (TESTED ("1", "2"))), BADGE ("1 of 2", "orange"));
  ops_assert_text (show_badge (TWO_VERSIONS (TESTED ("1", "2") "," TESTED ("2", "1"))),
                   BADGE ("2 of 2", "green"));
  g_assert_nonnull (strstr (svg, "<title>migrations tested: 1 of 2</title>"));
}

/* Of a fleet, hosts with equal descriptors are looked at once, and each is a program all the
 * same. */
static void
test_equal_descriptors (void)
{
  const char *const bodies[] = { TWO_VERSIONS (""), BODY VERSIONS (N ("1", "")),
                                 TWO_VERSIONS (""), BODY VERSIONS (N ("1", "")), NULL };
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescMatrix) matrix = NULL;
  gsize position;

  /* two versions, two different descriptors */
  migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, 8);
  matrix = make (bodies, limits, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_matrix_find_program (matrix, "2", 1, &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_true (migdesc_matrix_find_program (matrix, "1", 2, &position));
  g_assert_cmpuint (position, ==, 3);
  g_assert_false (migdesc_matrix_find_program (matrix, "2", 3, &position));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matrix/model-promises", test_model_promises);
  g_test_add_func ("/matrix/versions-promise", test_versions_promise);
  g_test_add_func ("/matrix/strictest-promise-holds", test_strictest_promise_holds);
  g_test_add_func ("/matrix/strictest-descriptor-holds", test_strictest_descriptor_holds);
  g_test_add_func ("/matrix/tested", test_tested);
  g_test_add_func ("/matrix/tested-by-another", test_tested_by_another);
  g_test_add_func ("/matrix/not-created-or-loaded", test_versions_that_are_not_created_or_loaded);
  g_test_add_func ("/matrix/order-of-versions", test_order_of_versions);
  g_test_add_func ("/matrix/contradicting-orders", test_orders_that_contradict_each_other);
  g_test_add_func ("/matrix/versions-alone", test_models_of_versions_alone);
  g_test_add_func ("/matrix/members", test_members);
  g_test_add_func ("/matrix/json", test_json);
  g_test_add_func ("/matrix/errors", test_errors);
  g_test_add_func ("/matrix/badge", test_badge);
  g_test_add_func ("/matrix/equal-descriptors", test_equal_descriptors);
  return g_test_run ();
}
