/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/baseline/baseline-hosts.h"

#include "base/hash.h"

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

static void
find_hosts (MigdescHosts *hosts,
            MigdescStore *const *stores,
            guint32 n_stores,
            guint32 without,
            const char *model)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_store, stores_equal);

  hosts->hosts = migdesc_arena_alloc0 (hosts->arena, (n_stores + 1) * sizeof (MigdescHost));
  for (guint32 i = 0; i < n_stores; i++)
    {
      MigdescHost *host = &hosts->hosts[hosts->n_hosts];

      if (i == without || !g_hash_table_add (seen, stores[i]))
        continue;
      host->store = stores[i];
      host->model = migdesc_store_find_model (stores[i], model, strlen (model));
      host->cost = host->model != NULL ? migdesc_cost_of_values (host->model) : 0;
      host->position = i;
      hosts->n_hosts++;
    }
}

/* Names come from outside: their hash is the keyed one. */
static guint
hash_name (gconstpointer name)
{
  return (guint) migdesc_hash (name, strlen (name));
}

static void
number_params (MigdescHosts *hosts)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (hash_name, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint32 h = 0; h < hosts->n_hosts; h++)
    {
      MigdescHost *host = &hosts->hosts[h];

      host->variables = migdesc_arena_alloc (hosts->arena,
                                             (host->model->n_params + 1) * sizeof (guint32));
      host->values = migdesc_arena_alloc (hosts->arena,
                                          (host->model->n_params + 1) * sizeof (MigdescValue));
      for (guint32 i = 0; i < host->model->n_params; i++)
        {
          const char *name = host->model->params[i].name;
          gpointer number = g_hash_table_lookup (numbers, name);

          if (number == NULL)
            {
              g_ptr_array_add (names, (gpointer) name);
              number = GUINT_TO_POINTER (names->len);
              g_hash_table_insert (numbers, (gpointer) name, number);
            }
          host->variables[i] = GPOINTER_TO_UINT (number) - 1;
        }
    }
  hosts->n_variables = names->len;
  hosts->names = migdesc_arena_alloc (hosts->arena, (names->len + 1) * sizeof (char *));
  for (guint i = 0; i < names->len; i++)
    hosts->names[i] = names->pdata[i];
}

/* For each variable the params that it is: first counted, then filed. */
static void
file_occurrences (MigdescHosts *hosts)
{
  guint32 *starts = migdesc_arena_alloc0 (hosts->arena, (hosts->n_variables + 2) * sizeof *starts);
  guint32 n = 0;

  for (guint32 h = 0; h < hosts->n_hosts; h++)
    for (guint32 i = 0; i < hosts->hosts[h].model->n_params; i++, n++)
      starts[hosts->hosts[h].variables[i] + 2]++;
  for (guint32 v = 0; v < hosts->n_variables; v++)
    starts[v + 2] += starts[v + 1];

  hosts->occurrences = migdesc_arena_alloc (hosts->arena, (n + 1) * sizeof (MigdescOccurrence));
  for (guint32 h = 0; h < hosts->n_hosts; h++)
    for (guint32 i = 0; i < hosts->hosts[h].model->n_params; i++)
      {
        MigdescOccurrence *occurrence
            = &hosts->occurrences[starts[hosts->hosts[h].variables[i] + 1]++];

        occurrence->host = h;
        occurrence->param = i;
      }
  hosts->occurrence_starts = starts;
}

void
migdesc_hosts_init (MigdescHosts *hosts,
                    MigdescStore *const *stores,
                    guint32 n_stores,
                    guint32 without,
                    const char *model)
{
  memset (hosts, 0, sizeof *hosts);
  hosts->arena = migdesc_arena_new (16384);
  find_hosts (hosts, stores, n_stores, without, model);
  if (!migdesc_hosts_have_model (hosts))
    return;
  number_params (hosts);
  file_occurrences (hosts);
}

void
migdesc_hosts_clear (MigdescHosts *hosts)
{
  g_clear_pointer (&hosts->arena, migdesc_arena_free);
}

const MigdescParamCore *
migdesc_hosts_param (const MigdescHosts *hosts,
                     const MigdescOccurrence *occurrence)
{
  return &hosts->hosts[occurrence->host].model->params[occurrence->param];
}

gboolean
migdesc_hosts_have_model (const MigdescHosts *hosts)
{
  for (guint32 h = 0; h < hosts->n_hosts; h++)
    if (hosts->hosts[h].model == NULL)
      return FALSE;
  return TRUE;
}
