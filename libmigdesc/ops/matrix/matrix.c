/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "model/handles.h"
#include "ops/matrix/matrix-private.h"
#include "ops/stores.h"

/**
 * MigdescMatrix:
 *
 * The pairs of versions that the support promises of a model imply, and those that have been
 * tested. A pair says that a program which knows the one version as its newest has saved, and one
 * which knows the other as its newest has loaded; the device was of the older of the two, the
 * newest that both know.
 *
 * A matrix is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescMatrix,
                     migdesc_matrix,
                     migdesc_matrix_ref,
                     migdesc_matrix_unref)

static guint
hash_store (gconstpointer store)
{
  return (guint) migdesc_store_hash (store);
}

static gboolean
stores_equal (gconstpointer store,
              gconstpointer other)
{
  return store == other || migdesc_store_equal (store, other);
}

/* Of a fleet most hosts publish the same. */
static void
take_descriptors (MigdescMatrix *matrix,
                  MigdescDescriptor **descriptors,
                  guint32 n)
{
  g_autoptr (GHashTable) known = g_hash_table_new (hash_store, stores_equal);

  matrix->n_programs = n;
  matrix->programs = g_new (guint32, n);
  matrix->stores = g_new (MigdescStore *, n);
  for (guint32 i = 0; i < n; i++)
    {
      MigdescStore *store = migdesc_descriptor_get_store (descriptors[i]);
      gpointer found;

      if (g_hash_table_lookup_extended (known, store, NULL, &found))
        {
          matrix->programs[i] = GPOINTER_TO_UINT (found);
          continue;
        }
      g_hash_table_insert (known, store, GUINT_TO_POINTER (matrix->n_stores));
      matrix->programs[i] = matrix->n_stores;
      matrix->stores[matrix->n_stores++] = migdesc_store_ref (store);
    }
}

/**
 * migdesc_matrix_new:
 * @descriptors: (array length=n_descriptors): what one or more programs publish
 * @n_descriptors: their number, at least 1
 * @model: (nullable): the name of a model, or %NULL for the only one of the first descriptor
 * @limits: (nullable): %MIGDESC_LIMIT_STEPS bounds the pairs that are looked at, times the number
 *   of different descriptors; or %NULL for the default
 * @error: return location for a #GError
 *
 * Works out the test matrix of a model. One descriptor is enough, as it knows all older versions;
 * those of the older programs say in addition what can be run.
 *
 * A pair is promised if a descriptor that knows both versions promises it: the promise is that of
 * the newer version, which is the stronger of its own and the model's. `forward` covers saving with
 * the older and loading with the newer one, `bidirectional` both directions. If several descriptors
 * promise, the strictest holds. A version that any of them marks as `none`, be it by its model, is
 * in no promised pair: such devices cannot be migrated. Nor is a pair promised of which the
 * destination does not load devices of the older version (`load`), or the newer program, as the
 * source, neither creates nor loads them.
 *
 * A pair is tested if any of the descriptors lists it under `tested`. Tested pairs that nobody
 * promises are in the matrix too.
 *
 * Each promised pair that is not tested needs one run: one program saves, another loads. No run
 * covers two pairs, for a pair names the newest versions of its two programs, so the missing pairs,
 * each once, are the smallest set of runs that closes the matrix. Programs that save for several
 * others need to do so only once for each migdesc_matrix_get_version().
 *
 * Fails with %MIGDESC_ERROR_NOT_UNIQUE if @model is %NULL and the first descriptor has not one
 * model, %MIGDESC_ERROR_MODEL_NOT_FOUND if no descriptor has @model, %MIGDESC_ERROR_LIMIT_EXCEEDED,
 * and %MIGDESC_ERROR_INVALID_ARGUMENT if there are no descriptors.
 *
 * Returns: (transfer full): the matrix, or %NULL on error
 *
 * Since: 1.0
 */
MigdescMatrix *
migdesc_matrix_new (MigdescDescriptor **descriptors,
                    gsize n_descriptors,
                    const char *model,
                    const MigdescLimits *limits,
                    GError **error)
{
  g_autoptr (MigdescMatrix) matrix = NULL;

  g_return_val_if_fail (descriptors != NULL || n_descriptors == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (n_descriptors == 0 || n_descriptors >= G_MAXUINT32)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                           "a matrix needs a descriptor");
      return NULL;
    }
  matrix = g_new0 (MigdescMatrix, 1);
  g_atomic_ref_count_init (&matrix->ref_count);
  matrix->versions = g_ptr_array_new ();
  matrix->pairs = g_array_new (FALSE, FALSE, sizeof (MigdescMatrixPair));
  take_descriptors (matrix, descriptors, (guint32) n_descriptors);
  matrix->model = migdesc_stores_choose_model (matrix->stores, matrix->n_stores, model, error);
  if (matrix->model == NULL
      || !migdesc_matrix_find_pairs (matrix, migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS),
                                     error))
    return NULL;
  return g_steal_pointer (&matrix);
}

/**
 * migdesc_matrix_ref:
 * @matrix: a matrix
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @matrix
 *
 * Since: 1.0
 */
MigdescMatrix *
migdesc_matrix_ref (MigdescMatrix *matrix)
{
  g_return_val_if_fail (matrix != NULL, NULL);

  g_atomic_ref_count_inc (&matrix->ref_count);
  return matrix;
}

/**
 * migdesc_matrix_unref:
 * @matrix: (transfer full): a matrix
 *
 * Gives back a reference; the last one frees the matrix.
 *
 * Since: 1.0
 */
void
migdesc_matrix_unref (MigdescMatrix *matrix)
{
  g_return_if_fail (matrix != NULL);

  if (!g_atomic_ref_count_dec (&matrix->ref_count))
    return;
  for (guint32 i = 0; i < matrix->n_stores; i++)
    migdesc_store_unref (matrix->stores[i]);
  g_free (matrix->stores);
  g_free (matrix->programs);
  g_free (matrix->model);
  g_ptr_array_unref (matrix->versions);
  g_array_unref (matrix->pairs);
  g_free (matrix);
}

/**
 * migdesc_matrix_get_model:
 * @matrix: a matrix
 *
 * Gets the name of the model.
 *
 * Returns: the name; valid as long as @matrix
 *
 * Since: 1.0
 */
const char *
migdesc_matrix_get_model (const MigdescMatrix *matrix)
{
  g_return_val_if_fail (matrix != NULL, NULL);

  return matrix->model;
}

/**
 * migdesc_matrix_get_n_pairs:
 * @matrix: a matrix
 *
 * Counts the pairs that are promised or tested. They are in the order of the versions, oldest
 * first, by the version that saves and then by the one that loads.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_matrix_get_n_pairs (const MigdescMatrix *matrix)
{
  g_return_val_if_fail (matrix != NULL, 0);

  return matrix->pairs->len;
}

/**
 * migdesc_matrix_get_n_promised:
 * @matrix: a matrix
 *
 * Counts the pairs that are promised.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_matrix_get_n_promised (const MigdescMatrix *matrix)
{
  g_return_val_if_fail (matrix != NULL, 0);

  return matrix->n_promised;
}

/**
 * migdesc_matrix_get_n_missing:
 * @matrix: a matrix
 *
 * Counts the pairs that are promised and not tested: as many runs are needed at least, and enough.
 *
 * Returns: their number, 0 if all that is promised is tested
 *
 * Since: 1.0
 */
guint
migdesc_matrix_get_n_missing (const MigdescMatrix *matrix)
{
  g_return_val_if_fail (matrix != NULL, 0);

  return matrix->n_missing;
}

/**
 * migdesc_matrix_get_from:
 * @matrix: a matrix
 * @pair: the position of a pair, from 0
 *
 * Gets the newest version of the program that saves.
 *
 * Returns: its name; valid as long as @matrix
 *
 * Since: 1.0
 */
const char *
migdesc_matrix_get_from (const MigdescMatrix *matrix,
                         guint pair)
{
  g_return_val_if_fail (matrix != NULL && pair < matrix->pairs->len, NULL);

  return migdesc_matrix_get_version_name (matrix, migdesc_matrix_get_pair (matrix, pair)->from);
}

/**
 * migdesc_matrix_get_to:
 * @matrix: a matrix
 * @pair: the position of a pair, from 0
 *
 * Gets the newest version of the program that loads.
 *
 * Returns: its name; valid as long as @matrix
 *
 * Since: 1.0
 */
const char *
migdesc_matrix_get_to (const MigdescMatrix *matrix,
                       guint pair)
{
  g_return_val_if_fail (matrix != NULL && pair < matrix->pairs->len, NULL);

  return migdesc_matrix_get_version_name (matrix, migdesc_matrix_get_pair (matrix, pair)->to);
}

/**
 * migdesc_matrix_get_version:
 * @matrix: a matrix
 * @pair: the position of a pair, from 0
 *
 * Gets the version that a device has to be of in a run: the older of the pair, which is the newest
 * that both programs know.
 *
 * Returns: its name; valid as long as @matrix
 *
 * Since: 1.0
 */
const char *
migdesc_matrix_get_version (const MigdescMatrix *matrix,
                            guint pair)
{
  g_return_val_if_fail (matrix != NULL && pair < matrix->pairs->len, NULL);

  return migdesc_matrix_get_version_name (matrix, migdesc_matrix_get_pair (matrix, pair)->older);
}

/**
 * migdesc_matrix_is_promised:
 * @matrix: a matrix
 * @pair: the position of a pair, from 0
 *
 * Whether a promise covers the pair.
 *
 * Returns: %FALSE: it is here because it is tested
 *
 * Since: 1.0
 */
gboolean
migdesc_matrix_is_promised (const MigdescMatrix *matrix,
                            guint pair)
{
  g_return_val_if_fail (matrix != NULL && pair < matrix->pairs->len, FALSE);

  return migdesc_matrix_pair_is_promised (migdesc_matrix_get_pair (matrix, pair));
}

/**
 * migdesc_matrix_get_promise:
 * @matrix: a matrix
 * @pair: the position of a pair, from 0
 *
 * Gets the promise that covers the pair.
 *
 * Returns: %MIGDESC_SUPPORT_FORWARD or %MIGDESC_SUPPORT_BIDIRECTIONAL; or
 *   %MIGDESC_SUPPORT_BEST_EFFORT if the pair is not promised
 *
 * Since: 1.0
 */
MigdescSupport
migdesc_matrix_get_promise (const MigdescMatrix *matrix,
                            guint pair)
{
  g_return_val_if_fail (matrix != NULL && pair < matrix->pairs->len, MIGDESC_SUPPORT_BEST_EFFORT);

  return (MigdescSupport) migdesc_matrix_get_pair (matrix, pair)->promise;
}

/**
 * migdesc_matrix_get_promising_version:
 * @matrix: a matrix
 * @pair: the position of a pair, from 0
 *
 * Gets the version whose own promise covers the pair, which then is the newer of the two.
 *
 * Returns: (nullable): its name, valid as long as @matrix; %NULL if the promise is the model's, or
 *   there is none
 *
 * Since: 1.0
 */
const char *
migdesc_matrix_get_promising_version (const MigdescMatrix *matrix,
                                      guint pair)
{
  const MigdescMatrixPair *found;

  g_return_val_if_fail (matrix != NULL && pair < matrix->pairs->len, NULL);

  found = migdesc_matrix_get_pair (matrix, pair);
  return found->by_version ? migdesc_matrix_get_newer_name (matrix, found) : NULL;
}

/**
 * migdesc_matrix_is_tested:
 * @matrix: a matrix
 * @pair: the position of a pair, from 0
 *
 * Whether a descriptor lists the pair as tested.
 *
 * Returns: %TRUE if it is tested
 *
 * Since: 1.0
 */
gboolean
migdesc_matrix_is_tested (const MigdescMatrix *matrix,
                          guint pair)
{
  g_return_val_if_fail (matrix != NULL && pair < matrix->pairs->len, FALSE);

  return migdesc_matrix_get_pair (matrix, pair)->tested;
}

/**
 * migdesc_matrix_find_program:
 * @matrix: a matrix
 * @version: the name of a version; any text is safe
 * @start: the position among the descriptors to start from, from 0
 * @position: (out) (optional): return location for the position among the descriptors
 *
 * Finds the program for one side of a run: the first of the descriptors, from @start on, whose
 * newest version it is. Several may be programs of that version, or come from a file and be none.
 *
 * Returns: %FALSE if there is none
 *
 * Since: 1.0
 */
gboolean
migdesc_matrix_find_program (const MigdescMatrix *matrix,
                             const char *version,
                             gsize start,
                             gsize *position)
{
  g_return_val_if_fail (matrix != NULL && version != NULL, FALSE);

  for (gsize i = start; i < matrix->n_programs; i++)
    {
      const MigdescModelCore *model = migdesc_matrix_get_core (matrix, matrix->programs[i]);

      if (model == NULL || model->n_versions == 0
          || strcmp (model->versions[model->n_versions - 1].name, version) != 0)
        continue;
      if (position != NULL)
        *position = i;
      return TRUE;
    }
  return FALSE;
}
