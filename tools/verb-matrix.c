/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "matrix-run.h"
#include "tool-fleet.h"
#include "tool-options.h"
#include "tool-output.h"
#include "tool-table.h"
#include "verbs.h"

#define SECONDS_MAX 3600

typedef struct
{
  char *model;
  gboolean missing;
  gboolean run;
  gboolean all;
  gboolean fleet;
  char *output;
  char *badge;
  int timeout;
  GPtrArray *documents;
  MigdescMatrix *matrix;
  GArray *results; /* MatrixResult, one for each pair; NULL: nothing was run */
} Question;

static void
question_clear (Question *question)
{
  g_free (question->model);
  g_free (question->output);
  g_free (question->badge);
  g_clear_pointer (&question->documents, g_ptr_array_unref);
  g_clear_pointer (&question->matrix, migdesc_matrix_unref);
  g_clear_pointer (&question->results, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* NULL: the pair was not run */
static const MatrixResult *
get_result (const Question *question, guint pair)
{
  const MatrixResult *result
      = question->results == NULL ? NULL
                                  : &g_array_index (question->results, MatrixResult, pair);

  return result != NULL && result->was_run ? result : NULL;
}

/* As of now: after a run that is what the run says. */
static gboolean
is_tested (const Question *question, guint pair)
{
  const MatrixResult *result = get_result (question, pair);

  return result != NULL ? result->error == NULL : migdesc_matrix_is_tested (question->matrix, pair);
}

static gboolean
is_missing (const Question *question, guint pair)
{
  return migdesc_matrix_is_promised (question->matrix, pair) && !is_tested (question, pair);
}

static guint
count_missing (const Question *question)
{
  guint n = 0;

  for (guint i = 0; i < migdesc_matrix_get_n_pairs (question->matrix); i++)
    n += is_missing (question, i);
  return n;
}

static gboolean
is_shown (const Question *question, guint pair)
{
  return !question->missing || is_missing (question, pair);
}

/* --- JSON ------------------------------------------------------------- */

static void
add_count (ToolJson *json, const char *name, guint count)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_uint64 (count));

  tool_json_add_value (json, name, value);
}

static void
add_pair (ToolJson *json, const Question *question, guint pair)
{
  const MigdescMatrix *matrix = question->matrix;
  const MatrixResult *result = get_result (question, pair);

  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "from", migdesc_matrix_get_from (matrix, pair));
  tool_json_add_string (json, "to", migdesc_matrix_get_to (matrix, pair));
  if (migdesc_matrix_is_promised (matrix, pair))
    tool_json_add_string (json, "promise",
                          migdesc_support_to_string (migdesc_matrix_get_promise (matrix, pair)));
  tool_json_add_string (json, "promised_by", migdesc_matrix_get_promising_version (matrix, pair));
  tool_json_add_bool (json, "tested", is_tested (question, pair));
  if (result != NULL)
    tool_json_add_bool (json, "passed", result->error == NULL);
  if (result != NULL && result->error != NULL)
    tool_json_add_error (json, result->error, NULL);
  tool_json_end_object (json);
}

static void
print_json (const Question *question)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "model", migdesc_matrix_get_model (question->matrix));
  add_count (&json, "promised", migdesc_matrix_get_n_promised (question->matrix));
  add_count (&json, "missing", count_missing (question));
  tool_json_begin_array (&json, "pairs");
  for (guint i = 0; i < migdesc_matrix_get_n_pairs (question->matrix); i++)
    if (is_shown (question, i))
      add_pair (&json, question, i);
  tool_json_end_array (&json);
  tool_json_print (&json);
}

/* --- Table ------------------------------------------------------------ */

static char *
describe_promise (const MigdescMatrix *matrix, guint pair)
{
  const char *promise = migdesc_support_to_string (migdesc_matrix_get_promise (matrix, pair));
  const char *version = migdesc_matrix_get_promising_version (matrix, pair);

  if (!migdesc_matrix_is_promised (matrix, pair))
    return g_strdup ("no");
  return version == NULL ? g_strdup (promise) : g_strdup_printf ("%s, by %s", promise, version);
}

static void
add_row (ToolTable *table, const Question *question, guint pair)
{
  const MatrixResult *result = get_result (question, pair);
  g_autofree char *promise = describe_promise (question->matrix, pair);
  const char *tested = is_tested (question, pair) ? "yes" : "no";
  const char *why = NULL;

  if (result != NULL)
    tested = result->error == NULL ? "passed" : "failed";
  if (result != NULL && result->error != NULL)
    why = result->error->message;
  tool_table_add_row (table,
                      (const char *[]){ migdesc_matrix_get_from (question->matrix, pair),
                                        migdesc_matrix_get_to (question->matrix, pair), promise,
                                        tested, why, NULL },
                      is_missing (question, pair) ? TOOL_TONE_BAD : TOOL_TONE_GOOD, 3);
}

static void
print_rows (const Question *question)
{
  static const char *const headings[] = { "FROM", "TO", "PROMISED", "TESTED", "WHY NOT", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < migdesc_matrix_get_n_pairs (question->matrix); i++)
    if (is_shown (question, i))
      add_row (table, question, i);
  tool_table_print (table);
  tool_print_line ("%s", "");
}

static void
print_table (const Question *question)
{
  guint n_promised = migdesc_matrix_get_n_promised (question->matrix);
  guint n_missing = count_missing (question);

  if (question->missing ? n_missing > 0 : migdesc_matrix_get_n_pairs (question->matrix) > 0)
    print_rows (question);
  tool_print_line ("%u of %u pairs tested", n_promised - n_missing, n_promised);
}

/* --- Writing ---------------------------------------------------------- */

static MigdescDescriptor *
first_descriptor (const Question *question)
{
  return ((ToolDocument *) question->documents->pdata[0])->descriptor;
}

static gboolean
first_knows (const Question *question, const char *name)
{
  g_autoptr (MigdescModel) model = migdesc_descriptor_lookup_model (
      first_descriptor (question), migdesc_matrix_get_model (question->matrix));
  g_autoptr (MigdescVersion) version
      = model == NULL ? NULL : migdesc_model_lookup_version (model, name);

  return version != NULL;
}

/* Before anything runs: what it can't list need not be found out. */
static gboolean
check_output (Tool *tool, const Question *question)
{
  for (guint i = 0; i < migdesc_matrix_get_n_pairs (question->matrix); i++)
    {
      const char *names[] = { migdesc_matrix_get_from (question->matrix, i),
                              migdesc_matrix_get_to (question->matrix, i) };

      gboolean is_run = question->all ? migdesc_matrix_is_promised (question->matrix, i)
                                      : is_missing (question, i);

      for (guint n = 0; is_run && n < G_N_ELEMENTS (names); n++)
        if (!first_knows (question, names[n]))
          {
            tool_usage_error (tool, "--output: the first descriptor has no version %s", names[n]);
            return FALSE;
          }
    }
  return TRUE;
}

/* With the rights that the file has, if there is one. */
static gboolean
replace_file (Tool *tool, const char *path, const char *text)
{
  const ToolPlace place = { .file = path };
  g_autoptr (GError) cause = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  int mode = g_stat (path, &status) == 0 ? (int) (status.st_mode & 0777) : 0666;

  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode,
                                &cause))
    return TRUE;
  error = g_error_new (MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE, "%s: cannot be written: %s", path,
                       cause->message);
  tool_fail (tool, error, &place);
  return FALSE;
}

/* The pairs that were run and passed, or failed */
static void
collect_pairs (const Question *question, gboolean passed, char ***froms, char ***tos)
{
  g_autoptr (GStrvBuilder) from = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) to = g_strv_builder_new ();

  for (guint i = 0; i < migdesc_matrix_get_n_pairs (question->matrix); i++)
    if (get_result (question, i) != NULL && is_tested (question, i) == passed)
      {
        g_strv_builder_add (from, migdesc_matrix_get_from (question->matrix, i));
        g_strv_builder_add (to, migdesc_matrix_get_to (question->matrix, i));
      }
  *froms = g_strv_builder_end (from);
  *tos = g_strv_builder_end (to);
}

/* The first descriptor, without pairs that failed and with those that passed */
static MigdescDescriptor *
update_tested (const Question *question, GError **error)
{
  const char *model = migdesc_matrix_get_model (question->matrix);
  g_auto (GStrv) from = NULL;
  g_auto (GStrv) to = NULL;
  g_auto (GStrv) failed_from = NULL;
  g_auto (GStrv) failed_to = NULL;
  g_autoptr (MigdescDescriptor) left = NULL;

  collect_pairs (question, TRUE, &from, &to);
  collect_pairs (question, FALSE, &failed_from, &failed_to);
  left = migdesc_descriptor_new_without_tested (first_descriptor (question), model,
                                                (const char *const *) failed_from,
                                                (const char *const *) failed_to, error);
  if (left == NULL)
    return NULL;
  return migdesc_descriptor_new_with_tested (left, model, (const char *const *) from,
                                             (const char *const *) to, error);
}

static gboolean
write_output (Tool *tool, const Question *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = update_tested (question, &error);
  g_autofree char *text = NULL;

  if (descriptor == NULL)
    {
      tool_fail (tool, error, NULL);
      return FALSE;
    }
  text = migdesc_descriptor_to_pretty_string (descriptor);
  return replace_file (tool, question->output, text);
}

/* --- The verb --------------------------------------------------------- */

static gboolean
run (Tool *tool, Question *question)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  if (question->output != NULL && !check_output (tool, question))
    return FALSE;
  if (question->timeout > 0)
    migdesc_limits_set (limits, MIGDESC_LIMIT_PROGRAM_TIME, (guint64) question->timeout * 1000);
  question->results
      = matrix_run (question->matrix, question->documents, question->all, limits);
  return question->output == NULL || write_output (tool, question);
}

/* Of what the descriptors list: a badge is for what is written down. */
static void
print_badge (const Question *question)
{
  g_autofree char *text = NULL;

  if (g_str_equal (question->badge, "svg"))
    {
      text = migdesc_matrix_to_badge_svg (question->matrix);
      tool_print_raw (text, strlen (text));
      return;
    }
  if (g_str_equal (question->badge, "json"))
    {
      text = migdesc_matrix_to_badge_json (question->matrix);
      tool_print_line ("%s", text);
      return;
    }
  tool_print_line ("%u of %u promised migrations tested",
                   migdesc_matrix_get_n_promised (question->matrix)
                       - migdesc_matrix_get_n_missing (question->matrix),
                   migdesc_matrix_get_n_promised (question->matrix));
}

static gboolean
check_badge (Tool *tool, const Question *question)
{
  static const char *const forms[] = { "svg", "json", "text", NULL };

  if (question->badge == NULL)
    return TRUE;
  if (!g_strv_contains (forms, question->badge))
    tool_usage_error (tool, "--badge needs svg, json or text");
  else if (question->run || tool->json || question->missing)
    tool_usage_error (tool, "--badge excludes --run, --missing and --json");
  else
    return TRUE;
  return FALSE;
}

static MigdescMatrix *
make_of_documents (const Question *question, GError **error)
{
  g_autofree MigdescDescriptor **descriptors
      = g_new0 (MigdescDescriptor *, question->documents->len);

  for (guint i = 0; i < question->documents->len; i++)
    descriptors[i] = ((ToolDocument *) question->documents->pdata[i])->descriptor;
  return migdesc_matrix_new (descriptors, question->documents->len, question->model, NULL, error);
}

/* Of all hosts that can be used; NULL after telling why. */
static MigdescMatrix *
make_of_fleet (Tool *tool, const Question *question, char **places)
{
  g_autoptr (MigdescFleet) fleet = tool_read_fleet (tool, places);
  g_autoptr (GError) error = NULL;
  MigdescMatrix *matrix;

  if (fleet == NULL)
    return NULL;
  tool_tell_unusable (fleet);
  matrix = migdesc_fleet_make_matrix (fleet, question->model, NULL, &error);
  if (matrix == NULL)
    tool_fail (tool, error, NULL);
  return matrix;
}

/* NULL after telling why */
static MigdescMatrix *
make_matrix (Tool *tool, Question *question, char **places)
{
  g_autoptr (GError) error = NULL;
  MigdescMatrix *matrix;

  if (question->fleet)
    return make_of_fleet (tool, question, places);
  question->documents = tool_read_all (tool, places);
  if (!tool_check_documents (tool, question->documents))
    return NULL;
  matrix = make_of_documents (question, &error);
  if (matrix == NULL)
    tool_fail (tool, error, NULL);
  return matrix;
}

static ToolStatus
answer (Tool *tool, Question *question)
{
  if (question->run && !run (tool, question))
    return tool->status;
  if (question->badge != NULL)
    print_badge (question);
  else if (tool->json)
    print_json (question);
  else
    print_table (question);
  return count_missing (question) == 0 ? TOOL_YES : TOOL_REFUSED;
}

ToolStatus
verb_matrix (Tool *tool, int argc, char **argv)
{
  g_auto (Question) question = { NULL };
  const GOptionEntry entries[]
      = { { "model", 0, 0, G_OPTION_ARG_STRING, &question.model,
            "The model, if the first descriptor has several", "M" },
          { "missing", 0, 0, G_OPTION_ARG_NONE, &question.missing,
            "Show only what is promised and not tested", NULL },
          { "run", 0, 0, G_OPTION_ARG_NONE, &question.run,
            "Test what is missing, with the programs of the descriptors", NULL },
          { "all", 0, 0, G_OPTION_ARG_NONE, &question.all, "Test again what is tested", NULL },
          { "fleet", 0, 0, G_OPTION_ARG_NONE, &question.fleet,
            "Read hosts, as select does", NULL },
          { "badge", 0, 0, G_OPTION_ARG_STRING, &question.badge,
            "Print a summary for a README: svg, json or text", "FORM" },
          { "output", 0, 0, G_OPTION_ARG_FILENAME, &question.output,
            "Write the first descriptor, with the tests that passed", "FILE" },
          { "timeout", 0, 0, G_OPTION_ARG_INT, &question.timeout,
            "How long a program may run", "SECONDS" },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);

  if (places == NULL)
    return tool->status;
  if (!question.run && (question.all || question.output != NULL || question.timeout != 0))
    return tool_usage_error (tool, "--all, --output and --timeout need --run");
  if (question.fleet && question.run)
    return tool_usage_error (tool, "--fleet excludes --run");
  if (!check_badge (tool, &question))
    return tool->status;
  if (question.timeout < 0 || question.timeout > SECONDS_MAX)
    return tool_usage_error (tool, "--timeout needs a number of seconds from 1 to %u", SECONDS_MAX);
  if ((question.matrix = make_matrix (tool, &question, places)) == NULL)
    return tool->status;
  return answer (tool, &question);
}
