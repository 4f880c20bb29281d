/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/matrix/matrix-private.h"

#include <string.h>

#include "ops/versions.h"

/* What one descriptor says of the matrix's versions. */
typedef struct
{
  const MigdescModelCore *model; /* NULL: it has no such model */
  guint32 *positions;            /* of the matrix's versions in it, or MIGDESC_NOT_FOUND */
} Side;

typedef struct
{
  MigdescMatrix *matrix;
  guint32 n; /* versions */
  Side *sides;
  const MigdescModelCore **programs; /* of each version, the first whose newest it is, or NULL */
  guint8 *tested;                    /* n * n */
} Search;

/* --- What descriptors say --------------------------------------------- */

static void
note_tested (Search *search,
             const MigdescModelCore *model,
             const guint32 *versions)
{
  for (guint32 v = 0; v < model->n_versions; v++)
    {
      const MigdescVersionMore *more = model->versions[v].more;

      for (guint32 i = 0; i < more->n_tested; i++)
        search->tested[(gsize) versions[more->tested[i].from] * search->n
                       + versions[more->tested[i].to]]
            = TRUE;
    }
}

static void
init_side (Search *search,
           guint32 position)
{
  const MigdescModelCore *model = migdesc_matrix_get_core (search->matrix, position);
  Side *side = &search->sides[position];
  g_autofree guint32 *versions = NULL;

  if (model == NULL)
    return;
  side->model = model;
  side->positions = g_new (guint32, search->n);
  versions = g_new (guint32, model->n_versions);
  for (guint32 i = 0; i < search->n; i++)
    {
      const char *name = migdesc_matrix_get_version_name (search->matrix, i);
      guint32 found = migdesc_model_core_find_version (model, name, strlen (name));

      side->positions[i] = found;
      if (found == MIGDESC_NOT_FOUND)
        continue;
      versions[found] = i;
      if (found == model->n_versions - 1 && search->programs[i] == NULL)
        search->programs[i] = model;
    }
  note_tested (search, model, versions);
}

static void
search_init (Search *search,
             MigdescMatrix *matrix)
{
  search->matrix = matrix;
  search->n = matrix->versions->len;
  search->sides = g_new0 (Side, matrix->n_stores);
  search->programs = g_new0 (const MigdescModelCore *, search->n);
  search->tested = g_malloc0 ((gsize) search->n * search->n);
  for (guint32 i = 0; i < matrix->n_stores; i++)
    init_side (search, i);
}

static void
search_clear (Search *search)
{
  for (guint32 i = 0; i < search->matrix->n_stores; i++)
    g_free (search->sides[i].positions);
  g_free (search->sides);
  g_free (search->programs);
  g_free (search->tested);
}

/* --- Pairs ------------------------------------------------------------ */

static const MigdescVersionCore *
lookup (const MigdescModelCore *model,
        const char *name)
{
  guint32 position = migdesc_model_core_find_version (model, name, strlen (name));

  return position == MIGDESC_NOT_FOUND ? NULL : &model->versions[position];
}

/* Whether a device of the older of the two versions can be had at the source, and loaded at the
 * destination. Only the program itself knows; where the older one is not there, it is taken for
 * granted, and for the newer one stands who makes the promise. */
static gboolean
can_run (const Search *search,
         const MigdescModelCore *promising,
         guint32 from,
         guint32 to,
         gboolean to_newer)
{
  const MigdescModelCore *source = search->programs[from];
  const MigdescModelCore *destination = search->programs[to];
  const char *name
      = migdesc_matrix_get_version_name (search->matrix, to_newer ? from : to);
  const MigdescVersionCore *at_source, *at_destination;

  if (source == NULL && !to_newer)
    source = promising;
  if (destination == NULL && to_newer)
    destination = promising;
  at_source = source == NULL ? NULL : lookup (source, name);
  at_destination = destination == NULL ? NULL : lookup (destination, name);
  /* what cannot be created may have been loaded */
  return (at_source == NULL || at_source->can_create || at_source->can_load)
         && (at_destination == NULL || at_destination->can_load);
}

/* What one descriptor promises for a pair that it knows both versions of. */
static MigdescSupport
promise_for (const Search *search,
             const Side *side,
             guint32 from,
             guint32 to,
             gboolean *by_version)
{
  gboolean to_newer = side->positions[to] > side->positions[from];
  const MigdescVersionCore *newer
      = &side->model->versions[MAX (side->positions[from], side->positions[to])];
  MigdescSupport promise = migdesc_promise_of (side->model, newer);

  *by_version = newer->support > side->model->support;
  if (promise == MIGDESC_SUPPORT_FORWARD ? !to_newer : promise != MIGDESC_SUPPORT_BIDIRECTIONAL)
    return MIGDESC_SUPPORT_BEST_EFFORT;
  return can_run (search, side->model, from, to, to_newer) ? promise : MIGDESC_SUPPORT_BEST_EFFORT;
}

/* A device that one descriptor says cannot be migrated is not promised by another. */
static gboolean
is_blocked (const Search *search,
            guint32 version)
{
  for (guint32 i = 0; i < search->matrix->n_stores; i++)
    {
      const Side *side = &search->sides[i];

      if (side->model != NULL && side->positions[version] != MIGDESC_NOT_FOUND
          && migdesc_promise_of (side->model, &side->model->versions[side->positions[version]])
                 == MIGDESC_SUPPORT_NONE)
        return TRUE;
    }
  return FALSE;
}

static void
find_promise (const Search *search,
              MigdescMatrixPair *pair)
{
  for (guint32 i = 0; i < search->matrix->n_stores; i++)
    {
      const Side *side = &search->sides[i];
      gboolean by_version;
      MigdescSupport promise;

      if (side->model == NULL || side->positions[pair->from] == MIGDESC_NOT_FOUND
          || side->positions[pair->to] == MIGDESC_NOT_FOUND)
        continue;
      promise = promise_for (search, side, pair->from, pair->to, &by_version);
      if (promise > pair->promise)
        {
          pair->promise = (guint8) promise;
          pair->older = side->positions[pair->from] < side->positions[pair->to] ? pair->from
                                                                                : pair->to;
          pair->by_version = (guint8) by_version;
        }
    }
}

static void
add_pair (const Search *search,
          const MigdescMatrixPair *pair)
{
  MigdescMatrix *matrix = search->matrix;
  gboolean promised = migdesc_matrix_pair_is_promised (pair);

  if (!promised && !pair->tested)
    return;
  g_array_append_val (matrix->pairs, *pair);
  matrix->n_promised += promised;
  matrix->n_missing += promised && !pair->tested;
}

gboolean
migdesc_matrix_find_pairs (MigdescMatrix *matrix,
                           guint64 max_steps,
                           GError **error)
{
  g_autofree gboolean *blocked = NULL;
  Search search;

  if (!migdesc_matrix_find_versions (matrix, max_steps, error))
    return FALSE;
  search_init (&search, matrix);
  blocked = g_new (gboolean, search.n);
  for (guint32 i = 0; i < search.n; i++)
    blocked[i] = is_blocked (&search, i);
  for (guint32 from = 0; from < search.n; from++)
    for (guint32 to = 0; to < search.n; to++)
      {
        MigdescMatrixPair pair = { .from = from, .to = to, .older = MIN (from, to) };

        pair.tested = search.tested[(gsize) from * search.n + to];
        if (from != to && !blocked[from] && !blocked[to])
          find_promise (&search, &pair);
        add_pair (&search, &pair);
      }
  search_clear (&search);
  return TRUE;
}
