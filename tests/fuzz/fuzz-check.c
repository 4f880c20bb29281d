/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a check: a destination, a source, a list and the names of the params that matter,
 * divided by lines of three dashes. All ways to ask one question have one answer, a report is
 * consistent and clean, and what a model expands to, it can take. */

#include <migdesc/migdesc.h>
#include <string.h>

#include "fuzz.h"

#define DIVIDER "\n---\n"
#define MAX_ONLY 8

typedef struct
{
  MigdescDescriptor *destination;
  MigdescDescriptor *source; /* NULL if it can't be read */
  MigdescParamList *list;
  char **only;
} Question;

static void
question_clear (Question *question)
{
  g_clear_object (&question->destination);
  g_clear_object (&question->source);
  g_clear_pointer (&question->list, migdesc_param_list_unref);
  g_strfreev (question->only);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static MigdescDescriptor *
read_descriptor (const char *text,
                 gsize length)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();

  migdesc_reader_set_flags (reader, MIGDESC_READ_LENIENT);
  return migdesc_reader_read_string (reader, text, (gssize) length, "fuzz", NULL, NULL);
}

/* Takes the text up to the next divider off the rest. */
static char *
take_section (char **rest,
              gsize *rest_length,
              gsize *length)
{
  char *section = *rest;
  char *end = memmem (section, *rest_length, DIVIDER, strlen (DIVIDER));

  *length = end != NULL ? (gsize) (end - section) : *rest_length;
  *rest_length -= *length;
  *rest += *length;
  if (end != NULL)
    {
      *end = '\0';
      *rest += strlen (DIVIDER);
      *rest_length -= strlen (DIVIDER);
    }
  return section;
}

/* FALSE: there is nobody to ask, or nothing to ask about. */
static gboolean
read_question (Question *question,
               char *rest,
               gsize rest_length)
{
  gsize length;
  char *section = take_section (&rest, &rest_length, &length);

  *question = (Question) { NULL };
  question->destination = read_descriptor (section, length);
  if (question->destination == NULL)
    return FALSE;
  section = take_section (&rest, &rest_length, &length);
  question->source = read_descriptor (section, length);
  section = take_section (&rest, &rest_length, &length);
  if (*section == '{')
    question->list = migdesc_param_list_new_from_json (section, (gssize) length, NULL);
  else
    question->list = migdesc_param_list_new_from_string (section, NULL);
  if (rest_length > 0)
    question->only = g_strsplit (rest, "\n", MAX_ONLY);
  return question->list != NULL;
}

static void
check_finding (MigdescFinding *finding,
               const char *const *only)
{
  const char *param = migdesc_finding_get_param (finding);

  fuzz_check_message (migdesc_finding_get_message (finding));
  g_assert_true (migdesc_code_is_known (migdesc_finding_get_code (finding)));
  if (migdesc_finding_get_remedy (finding) != NULL)
    fuzz_check_message (migdesc_finding_get_remedy (finding));
  if (only != NULL && param != NULL)
    g_assert_true (g_strv_contains (only, param));
}

static void
check_forms (const MigdescReport *report)
{
  g_autofree char *text = migdesc_report_to_string (report);
  g_autofree char *json = migdesc_report_to_json (report);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescReport) copy = migdesc_report_new_from_json (json, -1, &error);
  g_autofree char *again = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    fuzz_check_message (lines[i]);
  g_assert_no_error (error);
  again = migdesc_report_to_json (copy);
  g_assert_cmpstr (json, ==, again);
}

/* There is a blocker if and only if the answer is no. */
static MigdescVerdict
check_report (const MigdescReport *report,
              const char *const *only)
{
  MigdescVerdict verdict = migdesc_report_get_verdict (report);
  gboolean blocked = FALSE;
  g_autoptr (MigdescFinding) open = migdesc_report_lookup_code (report, "value-undecided");

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      check_finding (finding, only);
      blocked = blocked || migdesc_finding_get_severity (finding) == MIGDESC_SEVERITY_BLOCKER;
    }
  if (migdesc_report_get_n_omitted (report) == 0)
    {
      g_assert_cmpint (blocked, ==, verdict == MIGDESC_VERDICT_INCOMPATIBLE);
      g_assert_cmpint (!blocked && open != NULL, ==, verdict == MIGDESC_VERDICT_UNDECIDED);
    }
  g_assert_cmpint (migdesc_report_is_compatible (report), ==,
                   verdict == MIGDESC_VERDICT_COMPATIBLE);
  check_forms (report);
  return verdict;
}

static MigdescReport *
ask (const Question *question,
     MigdescDescriptor *source,
     const char *const *only)
{
  g_autoptr (GError) error = NULL;
  MigdescReport *report = migdesc_descriptor_check (question->destination, question->list, source,
                                                    only, &error);

  g_assert_true ((report == NULL) == (error != NULL));
  if (report != NULL)
    check_report (report, only);
  else
    g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_MODEL_NEEDED);
  return report;
}

/* A bound list answers what the whole report says, with and without a report of its own. */
static void
check_bound (const Question *question,
             MigdescModel *model,
             const MigdescReport *report)
{
  g_autoptr (MigdescBoundList) bound = migdesc_model_bind (model, question->list);
  g_autoptr (MigdescReport) own = migdesc_bound_list_check (bound);
  g_autofree char *text = migdesc_param_list_to_string (question->list);
  g_autoptr (GError) error = NULL;
  MigdescVerdict verdict = migdesc_report_get_verdict (report);

  g_assert_cmpint (migdesc_bound_list_get_verdict (bound), ==, verdict);
  g_assert_true (migdesc_report_equal (own, report));
  g_assert_cmpint (migdesc_model_check_string (model, text, &error), ==, verdict);
  g_assert_no_error (error);
}

static void
check_batch (const Question *question,
             const MigdescReport *report)
{
  g_autofree char *text = migdesc_param_list_to_string (question->list);
  const char *lists[] = { text, text, NULL };
  g_autoptr (GError) error = NULL;
  gsize n = 0;
  g_autofree guint8 *verdicts = migdesc_descriptor_check_strings (question->destination, lists, &n,
                                                                  &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (verdicts[i], ==, migdesc_report_get_verdict (report));
}

/* The model that a list is for, or NULL */
static MigdescModel *
find_model (MigdescDescriptor *descriptor,
            const MigdescParamList *list)
{
  const char *name = migdesc_param_list_get_model (list);

  if (name == NULL)
    return migdesc_descriptor_get_model (descriptor, 0);
  return migdesc_descriptor_lookup_model (descriptor, name);
}

/* What is written in the native form answers as what was read. */
static void
check_written (const Question *question,
               const MigdescReport *report)
{
  g_autofree char *text = migdesc_descriptor_to_string (question->destination);
  g_autoptr (MigdescDescriptor) copy = migdesc_descriptor_new_from_string (text, -1, NULL);
  g_autoptr (MigdescReport) again = migdesc_descriptor_check (copy, question->list, NULL, NULL,
                                                              NULL);

  g_assert_cmpint (migdesc_report_get_verdict (again), ==, migdesc_report_get_verdict (report));
  g_assert_cmpuint (migdesc_report_get_n_findings (again), ==,
                    migdesc_report_get_n_findings (report));
}

static void
check_alone (const Question *question)
{
  g_autoptr (MigdescReport) report = ask (question, NULL, NULL);
  g_autoptr (MigdescModel) model = NULL;

  if (report == NULL)
    return;
  model = find_model (question->destination, question->list);
  if (model != NULL)
    check_bound (question, model, report);
  else
    g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_INCOMPATIBLE);
  check_batch (question, report);
  check_written (question, report);
}

/* The return path is the same question the other way round. */
static void
check_pair (const Question *question)
{
  const char *const *only = (const char *const *) question->only;
  g_autoptr (MigdescReport) report = ask (question, question->source, only);
  g_autoptr (MigdescReport) back = NULL;
  g_autoptr (MigdescReport) turned = NULL;

  if (report == NULL || question->source == NULL)
    return;
  back = migdesc_descriptor_check_return_path (question->destination, question->list,
                                               question->source, only, NULL);
  check_report (back, only);
  if (migdesc_param_list_get_model (question->list) == NULL)
    return;
  turned = migdesc_descriptor_check (question->source, question->list, question->destination, only,
                                     NULL);
  g_assert_cmpint (migdesc_report_get_verdict (back), ==, migdesc_report_get_verdict (turned));
}

/* What speaks against a configuration of one's own: promises, versions kept to create only, and
 * open values. */
static gboolean
may_say_to_own (const char *code)
{
  static const char *const codes[] = { "unmigratable", "version-not-loadable", "value-undecided",
                                       NULL };

  return g_strv_contains (codes, code);
}

static void
check_own_list (MigdescModel *model,
                const MigdescParamList *list)
{
  g_autoptr (MigdescDescriptor) descriptor = migdesc_model_get_descriptor (model);
  g_autoptr (MigdescReport) report = migdesc_descriptor_check (descriptor, list, descriptor, NULL,
                                                               NULL);

  check_report (report, NULL);
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      g_assert_true (may_say_to_own (migdesc_finding_get_code (finding)));
    }
}

static void
check_own (MigdescModel *model,
           const char *version,
           const MigdescParamList *overrides)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescConfig) config = migdesc_model_expand (model, version, overrides, &report);
  g_autoptr (MigdescParamList) list = NULL;
  g_autoptr (MigdescParamList) short_list = NULL;
  g_autoptr (MigdescConfig) again = NULL;

  g_assert_cmpint (check_report (report, NULL) == MIGDESC_VERDICT_COMPATIBLE, ==, config != NULL);
  if (config == NULL)
    return;
  list = migdesc_config_to_param_list (config);
  short_list = migdesc_config_to_short_param_list (config);
  check_own_list (model, list);
  check_own_list (model, short_list);
  if (migdesc_param_list_get_version (short_list) == NULL)
    return;
  again = migdesc_model_expand (model, NULL, short_list, NULL);
  /* the version may be one that can no longer be created, unless the configuration equals
   * another */
  g_assert_true (again == NULL || migdesc_config_equal (config, again));
}

static void
check_every_own (const Question *question)
{
  guint n_models = migdesc_descriptor_get_n_models (question->destination);

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (MigdescModel) model = migdesc_descriptor_get_model (question->destination, i);
      guint n_versions = migdesc_model_get_n_versions (model);

      check_own (model, NULL, NULL);
      check_own (model, NULL, question->list);
      check_own (model, "latest", NULL);
      for (guint j = 0; j < n_versions; j++)
        {
          g_autoptr (MigdescVersion) version = migdesc_model_get_version (model, j);

          check_own (model, migdesc_version_get_name (version), NULL);
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_autofree char *text = g_malloc (size + 1);
  g_auto (Question) question;

  if (size > 0)
    memcpy (text, data, size);
  text[size] = '\0';
  if (!read_question (&question, text, size))
    return 0;
  check_alone (&question);
  check_pair (&question);
  check_every_own (&question);
  return 0;
}
