/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "matrix-run.h"

/* A stream that was saved once, for all that are to load it. */
typedef struct
{
  GBytes *state; /* NULL: see error */
  GError *error;
} Saved;

typedef struct
{
  const MigdescMatrix *matrix;
  GPtrArray *documents;
  const MigdescLimits *limits;
  GHashTable *saved; /* "PROGRAM:VERSION" to Saved, PROGRAM being a position */
} Runner;

static void
saved_free (gpointer data)
{
  Saved *saved = data;

  g_clear_pointer (&saved->state, g_bytes_unref);
  g_clear_error (&saved->error);
  g_free (saved);
}

static void
result_clear (gpointer data)
{
  g_clear_error (&((MatrixResult *) data)->error);
}

/* The first document of that newest version that has a program behind it. */
static char **
find_program (const Runner *runner, const char *version, gsize *position, GError **error)
{
  for (*position = 0;
       migdesc_matrix_find_program (runner->matrix, version, *position, position); (*position)++)
    {
      const ToolDocument *document = runner->documents->pdata[*position];
      char **argv = migdesc_source_dup_program (document->source);

      if (argv != NULL)
        return argv;
    }
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_RUN,
               "there is no program whose newest version is %s", version);
  return NULL;
}

static const Saved *
save (const Runner *runner, char **argv, gsize position, const char *version)
{
  g_autofree char *key = g_strdup_printf ("%" G_GSIZE_FORMAT ":%s", position, version);
  Saved *saved = g_hash_table_lookup (runner->saved, key);

  if (saved != NULL)
    return saved;
  saved = g_new0 (Saved, 1);
  saved->state = migdesc_program_test_save ((const char *const *) argv,
                                            migdesc_matrix_get_model (runner->matrix), version,
                                            runner->limits, NULL, &saved->error);
  g_hash_table_insert (runner->saved, g_steal_pointer (&key), saved);
  return saved;
}

static gboolean
run_pair (const Runner *runner, guint pair, GError **error)
{
  const char *version = migdesc_matrix_get_version (runner->matrix, pair);
  g_auto (GStrv) source = NULL;
  g_auto (GStrv) destination = NULL;
  const Saved *saved;
  gsize position;

  source = find_program (runner, migdesc_matrix_get_from (runner->matrix, pair), &position, error);
  if (source == NULL)
    return FALSE;
  saved = save (runner, source, position, version);
  if (saved->state == NULL)
    {
      g_propagate_error (error, g_error_copy (saved->error));
      return FALSE;
    }
  destination
      = find_program (runner, migdesc_matrix_get_to (runner->matrix, pair), &position, error);
  return destination != NULL
         && migdesc_program_test_load ((const char *const *) destination,
                                       migdesc_matrix_get_model (runner->matrix), version,
                                       saved->state, runner->limits, NULL, error);
}

GArray *
matrix_run (const MigdescMatrix *matrix, GPtrArray *documents, gboolean all,
            const MigdescLimits *limits)
{
  GArray *results = g_array_new (FALSE, TRUE, sizeof (MatrixResult));
  Runner runner = { .matrix = matrix, .documents = documents, .limits = limits };

  g_array_set_clear_func (results, result_clear);
  g_array_set_size (results, migdesc_matrix_get_n_pairs (matrix));
  runner.saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, saved_free);
  for (guint i = 0; i < results->len; i++)
    {
      MatrixResult *result = &g_array_index (results, MatrixResult, i);

      if (!migdesc_matrix_is_promised (matrix, i) || (!all && migdesc_matrix_is_tested (matrix, i)))
        continue;
      result->was_run = TRUE;
      run_pair (&runner, i, &result->error);
    }
  g_hash_table_unref (runner.saved);
  return results;
}
