/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "model/diagnostics.h"

#define DOCUMENT "{\n  \"models\": {\n    \"\u00e9\": 1,\n    \"b\": [true, 22]\n  }\n}\n"

static gsize
offset_of (const char *text,
           const char *part)
{
  const char *found = strstr (text, part);

  g_assert_nonnull (found);
  return (gsize) (found - text);
}

static void
add_error (MigdescDiagnostics *diagnostics,
           gsize offset,
           const char *message)
{
  migdesc_diagnostics_add (diagnostics, MIGDESC_ERROR_VALUE_TYPE, MIGDESC_SEVERITY_BLOCKER, offset,
                           NULL, "%s", message);
}

static void
add_warning (MigdescDiagnostics *diagnostics,
             gsize offset,
             const char *message)
{
  migdesc_diagnostics_add (diagnostics, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
                           MIGDESC_SEVERITY_WARNING, offset, NULL, "%s", message);
}

static void
assert_report (MigdescDiagnostics *diagnostics,
               MigdescVerdict verdict,
               const char *lines)
{
  g_autoptr (MigdescReport) report = migdesc_diagnostics_to_report (diagnostics);
  g_autofree char *text = migdesc_report_to_string (report);

  g_assert_cmpint (migdesc_report_get_verdict (report), ==, verdict);
  g_assert_cmpstr (text, ==, lines);
}

static void
assert_error (MigdescDiagnostics *diagnostics,
              MigdescError code,
              const char *message)
{
  g_autoptr (GError) error = NULL;

  migdesc_diagnostics_to_error (diagnostics, &error);
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_nothing_found (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (1000);

  migdesc_diagnostics_resolve_json (diagnostics, DOCUMENT, strlen (DOCUMENT), "nic.json");
  g_assert_false (migdesc_diagnostics_has_errors (diagnostics));
  g_assert_cmpuint (migdesc_diagnostics_get_n (diagnostics), ==, 0);
  assert_report (diagnostics, MIGDESC_VERDICT_COMPATIBLE, "");
}

static void
test_offsets_become_places_in_order (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (1000);
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescFinding) finding = NULL;

  add_error (diagnostics, offset_of (DOCUMENT, "22"), "third");
  add_warning (diagnostics, offset_of (DOCUMENT, "1,"), "first");
  add_error (diagnostics, offset_of (DOCUMENT, "true"), "second");
  g_assert_true (migdesc_diagnostics_has_errors (diagnostics));
  g_assert_cmpuint (migdesc_diagnostics_get_n (diagnostics), ==, 3);
  migdesc_diagnostics_resolve_json (diagnostics, DOCUMENT, strlen (DOCUMENT), "nic.json");

  assert_report (diagnostics, MIGDESC_VERDICT_INCOMPATIBLE,
                 "nic.json:3:10: warning: document-unknown-member: first\n"
                 "nic.json:4:11: blocker: value-type: second\n"
                 "nic.json:4:17: blocker: value-type: third");
  assert_error (diagnostics, MIGDESC_ERROR_VALUE_TYPE,
                "nic.json:4:11: second (at /models/b/0), and 1 more error");

  report = migdesc_diagnostics_to_report (diagnostics);
  finding = migdesc_report_get_finding (report, 2);
  g_assert_cmpstr (migdesc_finding_get_pointer (finding), ==, "/models/b/1");
  g_assert_cmpstr (migdesc_finding_get_origin (finding), ==, "nic.json");
  g_assert_cmpuint (migdesc_finding_get_line (finding), ==, 4);
  g_assert_cmpuint (migdesc_finding_get_column (finding), ==, 17);
  g_assert_cmpint (migdesc_finding_get_offset (finding), ==, (gint64) offset_of (DOCUMENT, "22"));
}

static void
test_one_place_keeps_the_order_found (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (1000);

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *message = g_strdup_printf ("no. %d", i);

      add_warning (diagnostics, i % 2 == 0 ? 1 : 0, message);
    }
  migdesc_diagnostics_resolve_json (diagnostics, "{}", 2, NULL);
  assert_report (diagnostics, MIGDESC_VERDICT_COMPATIBLE,
                 "1:1: warning: document-unknown-member: no. 1\n"
                 "1:1: warning: document-unknown-member: no. 3\n"
                 "1:1: warning: document-unknown-member: no. 5\n"
                 "1:1: warning: document-unknown-member: no. 7\n"
                 "1:1: warning: document-unknown-member: no. 9\n"
                 "1:1: warning: document-unknown-member: no. 11\n"
                 "1:1: warning: document-unknown-member: no. 13\n"
                 "1:1: warning: document-unknown-member: no. 15\n"
                 "1:1: warning: document-unknown-member: no. 17\n"
                 "1:1: warning: document-unknown-member: no. 19\n"
                 "1:2: warning: document-unknown-member: no. 0\n"
                 "1:2: warning: document-unknown-member: no. 2\n"
                 "1:2: warning: document-unknown-member: no. 4\n"
                 "1:2: warning: document-unknown-member: no. 6\n"
                 "1:2: warning: document-unknown-member: no. 8\n"
                 "1:2: warning: document-unknown-member: no. 10\n"
                 "1:2: warning: document-unknown-member: no. 12\n"
                 "1:2: warning: document-unknown-member: no. 14\n"
                 "1:2: warning: document-unknown-member: no. 16\n"
                 "1:2: warning: document-unknown-member: no. 18");
}

static void
test_places_without_offset (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (1000);

  migdesc_diagnostics_add (diagnostics, MIGDESC_ERROR_INIT_MISSING, MIGDESC_SEVERITY_BLOCKER,
                           G_MAXSIZE, "/models/a.b~1c/params/x", "%s has no init value", "x");
  migdesc_diagnostics_add (diagnostics, MIGDESC_ERROR_DOCUMENT_EMPTY, MIGDESC_SEVERITY_BLOCKER,
                           G_MAXSIZE, NULL, "empty");
  assert_error (diagnostics, MIGDESC_ERROR_INIT_MISSING,
                "x has no init value (at /models/a.b~1c/params/x), and 1 more error");

  add_error (diagnostics, 0, "placed");
  migdesc_diagnostics_resolve_json (diagnostics, "{}", 2, "x");
  assert_error (diagnostics, MIGDESC_ERROR_VALUE_TYPE, "x:1:1: placed, and 2 more errors");
  assert_report (diagnostics, MIGDESC_VERDICT_INCOMPATIBLE,
                 "x:1:1: blocker: value-type: placed\n"
                 "x: blocker: init-missing: x has no init value\n"
                 "x: blocker: document-empty: empty");
}

static void
test_a_given_pointer_stays (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (1000);

  migdesc_diagnostics_add (diagnostics, MIGDESC_ERROR_VALUE_TYPE, MIGDESC_SEVERITY_BLOCKER,
                           offset_of (DOCUMENT, "22"), "/mine", "x");
  migdesc_diagnostics_resolve_json (diagnostics, DOCUMENT, strlen (DOCUMENT), NULL);
  assert_error (diagnostics, MIGDESC_ERROR_VALUE_TYPE, "4:17: x (at /mine)");
}

static void
test_lines_of_text (void)
{
  const char *text = "a.b/c:\n\u00e9\u00e9x\n\nlast";
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (1000);

  add_error (diagnostics, offset_of (text, "last"), "four");
  add_error (diagnostics, offset_of (text, "x"), "two");
  add_error (diagnostics, strlen (text) + 100, "end");
  add_error (diagnostics, 0, "one");
  migdesc_diagnostics_resolve_lines (diagnostics, text, strlen (text), "f");
  assert_report (diagnostics, MIGDESC_VERDICT_INCOMPATIBLE,
                 "f:1:1: blocker: value-type: one\n"
                 "f:2:3: blocker: value-type: two\n"
                 "f:4:1: blocker: value-type: four\n"
                 "f:4:5: blocker: value-type: end");
  assert_error (diagnostics, MIGDESC_ERROR_VALUE_TYPE, "f:1:1: one, and 3 more errors");
}

static void
test_lines_only_for_what_has_a_place (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (1000);

  add_error (diagnostics, G_MAXSIZE, "nowhere");
  add_error (diagnostics, 2, "here");
  migdesc_diagnostics_resolve_lines (diagnostics, "a\nb", 3, NULL);
  assert_report (diagnostics, MIGDESC_VERDICT_INCOMPATIBLE,
                 "2:1: blocker: value-type: here\nblocker: value-type: nowhere");
}

static void
test_beyond_the_limit_only_the_number_is_kept (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (2);
  g_autoptr (MigdescReport) report = NULL;

  add_error (diagnostics, 0, "one");
  add_error (diagnostics, 0, "two");
  g_assert_cmpuint (migdesc_diagnostics_get_n (diagnostics), ==, 2);
  add_error (diagnostics, 0, "three");
  add_warning (diagnostics, 0, "four");
  g_assert_cmpuint (migdesc_diagnostics_get_n (diagnostics), ==, 4);
  assert_report (diagnostics, MIGDESC_VERDICT_INCOMPATIBLE,
                 "blocker: value-type: one\nblocker: value-type: two\nand 2 more");
  assert_error (diagnostics, MIGDESC_ERROR_VALUE_TYPE, "one, and 2 more errors");
  report = migdesc_diagnostics_to_report (diagnostics);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 2);
  g_assert_cmpuint (migdesc_report_get_n_omitted (report), ==, 2);
}

static void
test_the_first_error_survives_a_flood_of_warnings (void)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (2);

  for (int i = 0; i < 5; i++)
    add_warning (diagnostics, 0, "warning");
  g_assert_false (migdesc_diagnostics_has_errors (diagnostics));
  add_error (diagnostics, 1, "error");
  add_error (diagnostics, 1, "late");
  g_assert_true (migdesc_diagnostics_has_errors (diagnostics));
  g_assert_cmpuint (migdesc_diagnostics_get_n (diagnostics), ==, 7);
  assert_report (
      diagnostics, MIGDESC_VERDICT_INCOMPATIBLE,
      "warning: document-unknown-member: warning\nblocker: value-type: error\nand 5 more");
  assert_error (diagnostics, MIGDESC_ERROR_VALUE_TYPE, "error, and 1 more error");
}

static void
test_hostile_origins_and_names_are_escaped (void)
{
  const char *text = "{\"\\u001b[31m\": 1}";
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (10);

  add_error (diagnostics, offset_of (text, "1}"), "x");
  migdesc_diagnostics_resolve_json (diagnostics, text, strlen (text), "a\x1b[2Jb\n");
  assert_report (diagnostics, MIGDESC_VERDICT_INCOMPATIBLE,
                 "a\\x1b[2Jb\\n:1:16: blocker: value-type: x");
  assert_error (diagnostics, MIGDESC_ERROR_VALUE_TYPE, "a\\x1b[2Jb\\n:1:16: x (at /\\x1b[31m)");
}

static void
test_a_failed_reader (void)
{
  MigdescJsonReader json;
  g_autoptr (GError) error = NULL;

  migdesc_json_reader_init (&json, "[\n 7]", 5, NULL);
  g_assert_true (migdesc_json_reader_begin_array (&json));
  migdesc_json_reader_fail (&json, MIGDESC_ERROR_VALUE_TYPE, 3, "not this");
  migdesc_diagnostics_set_json_error (&json, &error);
  migdesc_json_reader_clear (&json);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_VALUE_TYPE);
  g_assert_cmpstr (error->message, ==, "2:2: not this (at /0)");
}

#define ADD(name, function) g_test_add_func ("/diagnostics/" name, function)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing-found", test_nothing_found);
  ADD ("offsets-become-places-in-order", test_offsets_become_places_in_order);
  ADD ("one-place-keeps-the-order-found", test_one_place_keeps_the_order_found);
  ADD ("places-without-offset", test_places_without_offset);
  ADD ("a-given-pointer-stays", test_a_given_pointer_stays);
  ADD ("lines-of-text", test_lines_of_text);
  ADD ("lines-only-for-what-has-a-place", test_lines_only_for_what_has_a_place);
  ADD ("beyond-the-limit-only-the-number-is-kept", test_beyond_the_limit_only_the_number_is_kept);
  ADD ("the-first-error-survives-a-flood-of-warnings",
       test_the_first_error_survives_a_flood_of_warnings);
  ADD ("hostile-origins-and-names-are-escaped", test_hostile_origins_and_names_are_escaped);
  ADD ("a-failed-reader", test_a_failed_reader);
  return g_test_run ();
}
