/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "report-fixture.h"

static void
test_a_passing_report_is_empty (void)
{
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  g_autofree char *text = migdesc_report_to_string (report);
  g_autofree char *json = migdesc_report_to_json (report);
  GListModel *findings = migdesc_report_get_findings (report);

  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_COMPATIBLE);
  g_assert_true (migdesc_report_is_compatible (report));
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 0);
  g_assert_cmpuint (migdesc_report_get_n_omitted (report), ==, 0);
  g_assert_null (migdesc_report_get_finding (report, 0));
  g_assert_null (migdesc_report_lookup_code (report, "param-type"));
  g_assert_cmpuint (g_list_model_get_n_items (findings), ==, 0);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (json, ==, "{\"verdict\":\"compatible\",\"findings\":[]}");
}

static void
test_only_a_blocker_makes_the_answer_no (void)
{
  g_autoptr (MigdescReport) report = migdesc_report_new ();

  migdesc_report_take (report,
                       make_finding ("direction-not-tested", MIGDESC_SEVERITY_WARNING, "w"));
  migdesc_report_take (report, make_finding ("value-undecided", MIGDESC_SEVERITY_INFO, "i"));
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_COMPATIBLE);
  migdesc_report_set_undecided (report);
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_UNDECIDED);
  g_assert_false (migdesc_report_is_compatible (report));
  migdesc_report_take (report, make_finding ("param-type", MIGDESC_SEVERITY_BLOCKER, "b"));
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_INCOMPATIBLE);
  migdesc_report_set_undecided (report);
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_INCOMPATIBLE);
}

static void
test_lines_for_people (void)
{
  g_autoptr (MigdescReport) report = make_report ();
  g_autofree char *text = migdesc_report_to_string (report);

  g_assert_cmpstr (text, ==,
                   "blocker: param-value-not-allowed: num-queues=9 is not allowed\n"
                   "  remedy: restart with num-queues <= 8\n"
                   "nic.json:3:5: warning: document-unknown-member: unknown member 'x'");
}

static void
test_findings_have_getters_for_all (void)
{
  g_autoptr (MigdescReport) report = make_report ();
  g_autoptr (MigdescFinding) check = migdesc_report_get_finding (report, 0);
  g_autoptr (MigdescFinding) document = migdesc_report_get_finding (report, 1);
  g_autofree char *accepted = migdesc_value_set_to_string (migdesc_finding_get_accepted (check));
  g_autofree char *line = migdesc_finding_to_string (document);

  g_assert_cmpstr (migdesc_finding_get_code (check), ==, "param-value-not-allowed");
  g_assert_cmpint (migdesc_finding_get_severity (check), ==, MIGDESC_SEVERITY_BLOCKER);
  g_assert_cmpstr (migdesc_finding_get_message (check), ==, "num-queues=9 is not allowed");
  g_assert_cmpstr (migdesc_finding_get_remedy (check), ==, "restart with num-queues <= 8");
  g_assert_cmpstr (migdesc_finding_get_model (check), ==, "a.b/c");
  g_assert_cmpstr (migdesc_finding_get_param (check), ==, "num-queues");
  g_assert_cmpstr (accepted, ==, "1-4,8");
  g_assert_null (migdesc_finding_get_origin (check));
  g_assert_null (migdesc_finding_get_pointer (check));
  g_assert_cmpuint (migdesc_finding_get_line (check), ==, 0);
  g_assert_cmpuint (migdesc_finding_get_column (check), ==, 0);
  g_assert_cmpint (migdesc_finding_get_offset (check), ==, -1);

  g_assert_cmpstr (migdesc_finding_get_origin (document), ==, "nic.json");
  g_assert_cmpstr (migdesc_finding_get_pointer (document), ==, "/models/a.b~1c/x");
  g_assert_cmpuint (migdesc_finding_get_line (document), ==, 3);
  g_assert_cmpuint (migdesc_finding_get_column (document), ==, 5);
  g_assert_cmpint (migdesc_finding_get_offset (document), ==, 40);
  g_assert_null (migdesc_finding_get_source_value (document));
  g_assert_null (migdesc_finding_get_accepted (document));
  g_assert_null (migdesc_finding_get_remedy (document));
  g_assert_cmpstr (line, ==, "nic.json:3:5: warning: document-unknown-member: unknown member 'x'");
}

static void
test_a_finding_of_nobody_is_valid (void)
{
  g_autoptr (MigdescFinding) finding = g_object_new (MIGDESC_TYPE_FINDING, NULL);
  g_autofree char *text = migdesc_finding_to_string (finding);

  g_assert_cmpstr (migdesc_finding_get_code (finding), ==, "");
  g_assert_cmpstr (migdesc_finding_get_message (finding), ==, "");
  g_assert_null (migdesc_finding_get_source_value (finding));
  g_assert_cmpint (migdesc_finding_get_offset (finding), ==, -1);
  g_assert_cmpstr (text, ==, "info: : ");
  g_assert_true (migdesc_finding_equal (finding, finding));
}

static void
test_findings_outlive_their_report (void)
{
  MigdescReport *report = make_report ();
  GListModel *list = g_object_ref (migdesc_report_get_findings (report));
  g_autoptr (MigdescFinding) finding = NULL;

  g_assert_true (migdesc_report_get_findings (report) == list);
  g_assert_true (g_list_model_get_item_type (list) == MIGDESC_TYPE_FINDING);
  migdesc_report_unref (report);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  finding = g_list_model_get_item (list, 1);
  g_object_unref (list);
  g_assert_cmpstr (migdesc_finding_get_code (finding), ==, "document-unknown-member");
}

static void
test_lookup_gives_the_first_of_a_code (void)
{
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  g_autoptr (MigdescFinding) found = NULL;

  migdesc_report_take (report, make_finding ("a", MIGDESC_SEVERITY_INFO, "1"));
  migdesc_report_take (report, make_finding ("b", MIGDESC_SEVERITY_INFO, "2"));
  migdesc_report_take (report, make_finding ("b", MIGDESC_SEVERITY_INFO, "3"));
  found = migdesc_report_lookup_code (report, "b");
  g_assert_cmpstr (migdesc_finding_get_message (found), ==, "2");
  g_assert_null (migdesc_report_lookup_code (report, "c"));
}

static void
test_a_thousand_findings_are_kept (void)
{
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;

  for (int i = 0; i < 1000; i++)
    migdesc_report_take (report, make_finding ("a", MIGDESC_SEVERITY_INFO, "m"));
  g_assert_true (migdesc_report_is_full (report));
  g_assert_cmpuint (migdesc_report_get_n_omitted (report), ==, 0);

  migdesc_report_take (report, make_finding ("a", MIGDESC_SEVERITY_WARNING, "m"));
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_COMPATIBLE);
  migdesc_report_omit (report, MIGDESC_SEVERITY_BLOCKER);
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_INCOMPATIBLE);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 1000);
  g_assert_cmpuint (migdesc_report_get_n_omitted (report), ==, 2);
  text = migdesc_report_to_string (report);
  g_assert_true (g_str_has_suffix (text, "\ninfo: a: m\nand 2 more"));
  json = migdesc_report_to_json (report);
  g_assert_true (g_str_has_suffix (json, "}],\"omitted\":2}"));
}

typedef void (*ChangeFunc) (MigdescFindingCore *core);

static void change_param (MigdescFindingCore *core) { core->param[0] = 'N'; }
static void change_model (MigdescFindingCore *core) { core->model[0] = 'A'; }
static void change_source (MigdescFindingCore *core) { core->source[0] = '7'; }
static void
change_source_type (MigdescFindingCore *core)
{
  core->source_type = MIGDESC_VALUE_TYPE_STRING;
}
static void change_message (MigdescFindingCore *core) { core->message[0] = '*'; }
static void change_remedy (MigdescFindingCore *core) { core->remedy[0] = '*'; }
static void
change_severity (MigdescFindingCore *core)
{
  core->severity = MIGDESC_SEVERITY_WARNING;
}
static void change_code (MigdescFindingCore *core) { core->code = "other"; }
static void change_line (MigdescFindingCore *core) { core->line++; }
static void change_column (MigdescFindingCore *core) { core->column++; }
static void change_origin (MigdescFindingCore *core) { core->origin = g_strdup ("f"); }
static void change_pointer (MigdescFindingCore *core) { core->pointer = g_strdup (""); }

static void
change_accepted (MigdescFindingCore *core)
{
  migdesc_value_set_unref (core->accepted);
  core->accepted = migdesc_value_set_new_interval (1, 4);
}

static void
drop_accepted (MigdescFindingCore *core)
{
  g_clear_pointer (&core->accepted, migdesc_value_set_unref);
}

static void
test_equality_is_by_value (void)
{
  static const ChangeFunc changes[] = {
    change_param,  change_model,    change_source,   change_source_type, change_message,
    change_remedy, change_severity, change_code,     change_line,        change_column,
    change_origin, change_pointer,  change_accepted, drop_accepted,
  };
  g_autoptr (MigdescReport) report = make_report ();
  g_autoptr (MigdescReport) same = make_report ();
  g_autoptr (MigdescReport) empty = migdesc_report_new ();

  g_assert_true (migdesc_report_equal (report, same));
  g_assert_cmpuint (migdesc_report_hash (report), ==, migdesc_report_hash (same));
  g_assert_false (migdesc_report_equal (report, empty));
  g_assert_cmpuint (migdesc_report_hash (report), !=, migdesc_report_hash (empty));

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (MigdescReport) other = migdesc_report_new ();
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, 0);
      g_autoptr (MigdescFinding) changed = NULL;
      MigdescFindingCore *core = make_check_finding ();

      changes[i] (core);
      migdesc_report_take (other, core);
      migdesc_report_take (other, make_document_finding ());
      changed = migdesc_report_get_finding (other, 0);
      g_assert_false (migdesc_report_equal (report, other));
      g_assert_false (migdesc_report_equal (other, report));
      g_assert_false (migdesc_finding_equal (finding, changed));
    }
}

static void
test_reports_differ_by_what_they_omit (void)
{
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  g_autoptr (MigdescReport) other = migdesc_report_new ();

  g_assert_true (migdesc_report_equal (report, other));
  migdesc_report_omit (other, MIGDESC_SEVERITY_INFO);
  g_assert_false (migdesc_report_equal (report, other));
  migdesc_report_omit (report, MIGDESC_SEVERITY_INFO);
  g_assert_true (migdesc_report_equal (report, other));
  migdesc_report_omit_many (report, G_MAXUINT64);
  g_assert_cmpuint (migdesc_report_get_n_omitted (report), ==, G_MAXUINT64);
  migdesc_report_set_undecided (other);
  g_assert_false (migdesc_report_equal (report, other));
}

static void
test_reports_differ_by_their_last_finding (void)
{
  g_autoptr (MigdescReport) report = make_report ();
  g_autoptr (MigdescReport) other = migdesc_report_new ();

  migdesc_report_take (other, make_check_finding ());
  migdesc_report_take (other, make_check_finding ());
  g_assert_false (migdesc_report_equal (report, other));
  g_assert_cmpuint (migdesc_report_hash (report), !=, migdesc_report_hash (other));
}

static void
test_a_finding_without_message (void)
{
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  g_autoptr (MigdescFinding) finding = NULL;
  g_autofree char *text = NULL;

  migdesc_report_take (report, migdesc_finding_core_new ("a", MIGDESC_SEVERITY_INFO));
  finding = migdesc_report_get_finding (report, 0);
  g_assert_cmpstr (migdesc_finding_get_message (finding), ==, "");
  text = migdesc_finding_to_string (finding);
  g_assert_cmpstr (text, ==, "info: a: ");
}

static void
test_equality_of_findings_ignores_the_offset (void)
{
  g_autoptr (MigdescReport) report = make_report ();
  g_autoptr (MigdescReport) other = migdesc_report_new ();
  g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, 1);
  g_autoptr (MigdescFinding) moved = NULL;
  MigdescFindingCore *core = make_document_finding ();

  core->offset = 41;
  migdesc_report_take (other, core);
  moved = migdesc_report_get_finding (other, 0);
  g_assert_true (migdesc_finding_equal (finding, moved));
  g_assert_cmpuint (migdesc_finding_hash (finding), ==, migdesc_finding_hash (moved));
}

static void
test_boxed_type_shares (void)
{
  MigdescReport *report = make_report ();
  MigdescReport *copy = g_boxed_copy (MIGDESC_TYPE_REPORT, report);

  g_assert_true (copy == report);
  g_boxed_free (MIGDESC_TYPE_REPORT, copy);
  g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 2);
  migdesc_report_unref (report);
}

static gpointer
ask_for_findings (gpointer data)
{
  return g_object_ref (migdesc_report_get_findings (data));
}

static void
test_threads_get_one_list (void)
{
  for (int round = 0; round < 50; round++)
    {
      g_autoptr (MigdescReport) report = make_report ();
      GThread *threads[4];

      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("asker", ask_for_findings, report);
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_autoptr (GListModel) list = g_thread_join (threads[i]);

          g_assert_true (list == migdesc_report_get_findings (report));
        }
    }
}

#define ADD(name, function) g_test_add_func ("/report/" name, function)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-passing-report-is-empty", test_a_passing_report_is_empty);
  ADD ("only-a-blocker-makes-the-answer-no", test_only_a_blocker_makes_the_answer_no);
  ADD ("lines-for-people", test_lines_for_people);
  ADD ("findings-have-getters-for-all", test_findings_have_getters_for_all);
  ADD ("a-finding-of-nobody-is-valid", test_a_finding_of_nobody_is_valid);
  ADD ("findings-outlive-their-report", test_findings_outlive_their_report);
  ADD ("lookup-gives-the-first-of-a-code", test_lookup_gives_the_first_of_a_code);
  ADD ("a-thousand-findings-are-kept", test_a_thousand_findings_are_kept);
  ADD ("equality-is-by-value", test_equality_is_by_value);
  ADD ("reports-differ-by-what-they-omit", test_reports_differ_by_what_they_omit);
  ADD ("reports-differ-by-their-last-finding", test_reports_differ_by_their_last_finding);
  ADD ("a-finding-without-message", test_a_finding_without_message);
  ADD ("equality-of-findings-ignores-the-offset", test_equality_of_findings_ignores_the_offset);
  ADD ("boxed-type-shares", test_boxed_type_shares);
  ADD ("threads-get-one-list", test_threads_get_one_list);
  return g_test_run ();
}
