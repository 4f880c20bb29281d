/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/tested.h"

#include "model/records.h"

/* A descriptor with a few records of its own; most are those of another one. */

static gint64
key_of (const MigdescTested *pair)
{
  return (gint64) ((guint64) pair->from << 32 | pair->to);
}

/* Whether the pair is not in the set yet; then it is. */
static gboolean
add_to_set (GHashTable *set,
            const MigdescTested *pair)
{
  gint64 *key = g_new (gint64, 1);

  *key = key_of (pair);
  return g_hash_table_add (set, key);
}

/* The pairs that the model does not list, each once. Returns how many. */
static guint32
choose_fresh (const MigdescModelCore *model,
              const MigdescTested *pairs,
              guint32 n_pairs,
              MigdescTested *fresh)
{
  g_autoptr (GHashTable) listed
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint32 n_fresh = 0;

  for (guint32 v = 0; v < model->n_versions; v++)
    for (guint32 i = 0; i < model->versions[v].more->n_tested; i++)
      add_to_set (listed, &model->versions[v].more->tested[i]);
  for (guint32 i = 0; i < n_pairs; i++)
    if (add_to_set (listed, &pairs[i]))
      fresh[n_fresh++] = pairs[i];
  return n_fresh;
}

/* What the version lists, with room for more. */
static MigdescVersionMore *
copy_more (const MigdescVersionMore *more,
           guint32 room,
           MigdescArena *arena)
{
  MigdescVersionMore *copy = migdesc_arena_alloc (arena, sizeof *copy);
  MigdescTested *tested
      = migdesc_arena_alloc (arena, ((gsize) more->n_tested + room) * sizeof *tested);

  *copy = *more;
  for (guint32 i = 0; i < more->n_tested; i++)
    tested[i] = more->tested[i];
  copy->tested = tested;
  return copy;
}

static const MigdescVersionCore *
copy_versions (const MigdescModelCore *model,
               MigdescArena *arena,
               const MigdescTested *pairs,
               guint32 n_pairs)
{
  g_autofree guint32 *rooms = g_new0 (guint32, model->n_versions);
  g_autofree MigdescVersionMore **mores = g_new0 (MigdescVersionMore *, model->n_versions);
  MigdescVersionCore *versions
      = migdesc_arena_alloc (arena, (gsize) model->n_versions * sizeof *versions);

  for (guint32 i = 0; i < n_pairs; i++)
    rooms[MAX (pairs[i].from, pairs[i].to)]++;
  for (guint32 v = 0; v < model->n_versions; v++)
    {
      versions[v] = model->versions[v];
      if (rooms[v] > 0)
        versions[v].more = mores[v] = copy_more (versions[v].more, rooms[v], arena);
    }
  for (guint32 i = 0; i < n_pairs; i++)
    {
      MigdescVersionMore *more = mores[MAX (pairs[i].from, pairs[i].to)];

      ((MigdescTested *) more->tested)[more->n_tested++] = pairs[i];
    }
  return versions;
}

static const MigdescModelCore *
copy_models (const MigdescStore *store,
             const MigdescModelCore *changed,
             const MigdescVersionCore *versions,
             MigdescArena *arena)
{
  MigdescModelCore *models = migdesc_arena_alloc (arena, (gsize) store->n_models * sizeof *models);

  for (guint32 i = 0; i < store->n_models; i++)
    {
      models[i] = store->models[i];
      models[i].state_type = NULL; /* another's reference */
      if (&store->models[i] == changed)
        models[i].versions = versions;
    }
  return models;
}

/* Takes over the arena, in which the versions are. */
static MigdescStore *
new_with_versions (MigdescStore *store,
                   const MigdescModelCore *model,
                   const MigdescVersionCore *versions,
                   MigdescArena *arena)
{
  MigdescStore *result = g_new (MigdescStore, 1);

  *result = *store;
  g_atomic_ref_count_init (&result->ref_count);
  result->arena = arena;
  result->blocks = NULL;
  result->text = NULL; /* which is not what the result says */
  result->base = migdesc_store_ref (store);
  result->models = copy_models (store, model, versions, arena);
  return result;
}

MigdescStore *
migdesc_store_add_tested (MigdescStore *store,
                          const MigdescModelCore *model,
                          const MigdescTested *pairs,
                          guint32 n_pairs)
{
  g_autofree MigdescTested *fresh = g_new (MigdescTested, n_pairs);
  guint32 n_fresh = choose_fresh (model, pairs, n_pairs, fresh);
  MigdescArena *arena = migdesc_arena_new (0);

  return new_with_versions (store, model, copy_versions (model, arena, fresh, n_fresh), arena);
}

static gboolean
is_in_set (GHashTable *set,
           const MigdescTested *pair)
{
  gint64 key = key_of (pair);

  return g_hash_table_contains (set, &key);
}

/* What the version lists, less what is in the set; shared where nothing is. */
static const MigdescVersionMore *
filter_more (const MigdescVersionMore *more,
             GHashTable *gone,
             MigdescArena *arena)
{
  MigdescVersionMore *copy;
  guint32 n = 0;

  for (guint32 i = 0; i < more->n_tested; i++)
    n += is_in_set (gone, &more->tested[i]);
  if (n == 0)
    return more;
  copy = copy_more (more, 0, arena);
  copy->n_tested = 0;
  for (guint32 i = 0; i < more->n_tested; i++)
    if (!is_in_set (gone, &more->tested[i]))
      ((MigdescTested *) copy->tested)[copy->n_tested++] = more->tested[i];
  return copy;
}

MigdescStore *
migdesc_store_remove_tested (MigdescStore *store,
                             const MigdescModelCore *model,
                             const MigdescTested *pairs,
                             guint32 n_pairs)
{
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  MigdescArena *arena = migdesc_arena_new (0);
  MigdescVersionCore *versions
      = migdesc_arena_alloc (arena, (gsize) model->n_versions * sizeof *versions);

  for (guint32 i = 0; i < n_pairs; i++)
    add_to_set (gone, &pairs[i]);
  for (guint32 v = 0; v < model->n_versions; v++)
    {
      versions[v] = model->versions[v];
      versions[v].more = filter_more (versions[v].more, gone, arena);
    }
  return new_with_versions (store, model, versions, arena);
}
