/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "golden.h"
#include "tests.h"
#include "visit.h"

typedef struct
{
  const KitRun *run;
  const KitCase *subject;
  void (*test) (const KitRun *run, const KitCase *subject);
} CaseTest;

static void
run_case_test (gconstpointer data)
{
  const CaseTest *test = data;

  test->test (test->run, test->subject);
}

void
kit_add_for_each (const KitRun *run, const char *kind,
                  void (*test) (const KitRun *run, const KitCase *subject))
{
  for (guint i = 0; i < run->cases->len; i++)
    {
      const KitCase *subject = g_ptr_array_index (run->cases, i);
      CaseTest *data = g_new (CaseTest, 1);
      g_autofree char *path
          = g_strdup_printf ("/%s/%s/%s", run->testkit->name, kind, subject->label);

      *data = (CaseTest) { run, subject, test };
      g_ptr_array_add (run->given, data);
      g_test_add_data_func (path, data, run_case_test);
    }
}

/* What others have streams of is never written again. */
static gboolean
update (const KitRun *run, GError **error)
{
  for (guint i = 0; i < run->cases->len; i++)
    {
      const KitCase *subject = g_ptr_array_index (run->cases, i);

      if (kit_golden_exists (run->golden, subject))
        continue;
      if (!kit_golden_record (run->golden, subject, error))
        {
          g_prefix_error (error, "%s %s: ", run->testkit->name, subject->label);
          return FALSE;
        }
      printf ("recorded %s-%s\n", run->testkit->name, subject->label);
    }
  return TRUE;
}

typedef struct
{
  gboolean update;
  gboolean replay;
  char **paths;
} Options;

static gboolean
parse (KitRun *run, Options *options, int *argc, char ***argv, GError **error)
{
  gint first = 1, rounds = 50;
  const GOptionEntry entries[] = {
    { "golden", 0, 0, G_OPTION_ARG_FILENAME, &run->golden, "Where the recorded streams are",
      "FOLDER" },
    { "update", 0, 0, G_OPTION_ARG_NONE, &options->update, "Record what is not there yet", NULL },
    { "replay", 0, 0, G_OPTION_ARG_NONE, &options->replay,
      "Run the fuzz entry point for files and folders", NULL },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &rounds, "How many states are made at random", "N" },
    { "first", 0, 0, G_OPTION_ARG_INT, &first, "The seed of the first one", "SEED" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->paths, NULL, "PATH" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- test a device's state");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  run->first = (guint) first;
  run->rounds = (guint) MAX (rounds, 0);
  if (options->update && run->golden == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--update needs --golden FOLDER");
  else if (options->replay != (options->paths != NULL))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "--replay and paths go together");
  else
    return TRUE;
  return FALSE;
}

static int
run_tests (const KitRun *run)
{
  g_test_set_nonfatal_assertions ();
  if (run->testkit->visit != NULL)
    {
      kit_add_visit_tests (run);
      return g_test_run ();
    }
  kit_add_round_trip_tests (run);
  if (run->golden != NULL)
    {
      kit_add_golden_tests (run);
      kit_add_fuzz_tests (run);
    }
  return g_test_run ();
}

static int
run_what_is_asked (KitRun *run, const Options *options)
{
  g_autoptr (GError) error = NULL;

  if (options->replay)
    return kit_replay (run->testkit, options->paths) ? EXIT_SUCCESS : EXIT_FAILURE;
  run->cases = kit_list_cases (run->testkit, &error);
  if (run->cases != NULL && !options->update)
    return run_tests (run);
  if (run->cases != NULL && run->testkit->visit != NULL)
    g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "of a visit function there is nothing to record");
  else if (run->cases != NULL && update (run, &error))
    return EXIT_SUCCESS;
  fprintf (stderr, "%s\n", error->message);
  return EXIT_FAILURE;
}

/* GTest talks as soon as it is there: what runs no tests goes without. */
static gboolean
has_tests (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--update") == 0 || strcmp (argv[i], "--replay") == 0)
      return FALSE;
  return TRUE;
}

/**
 * migdesc_testkit_run:
 * @testkit: what the tests are made from
 * @argc: the number of arguments
 * @argv: (array length=argc): the arguments, with the name of the program
 *
 * Runs the tests of a state by GTest, or does what an option asks for. It is the main() of a test
 * program, and initialises GTest.
 *
 * Returns: the exit status: 0 if all is well
 *
 * Since: 1.0
 */
int
migdesc_testkit_run (const MigdescTestkit *testkit, int argc, char **argv)
{
  KitRun run = { .testkit = testkit };
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  int status = EXIT_FAILURE;

  g_return_val_if_fail (testkit != NULL, EXIT_FAILURE);

  run.given = g_ptr_array_new_with_free_func (g_free);
  if (has_tests (argc, argv))
    g_test_init (&argc, &argv, NULL);
  if (parse (&run, &options, &argc, &argv, &error))
    status = run_what_is_asked (&run, &options);
  else
    fprintf (stderr, "%s\n", error->message);
  g_ptr_array_unref (run.given);
  g_clear_pointer (&run.cases, g_ptr_array_unref);
  g_strfreev (options.paths);
  g_free (run.golden);
  return status;
}
