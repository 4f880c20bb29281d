/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "model/handles.h"
#include "ops/map/map-record.h"
#include "ops/stores.h"

/* However many pairs there are, each has so many steps. */
#define MIN_STEPS 1000

G_DEFINE_BOXED_TYPE (MigdescMap,
                     migdesc_map,
                     migdesc_map_ref,
                     migdesc_map_unref)

static void
group_clear (gpointer data)
{
  MigdescMapGroup *group = data;

  g_clear_pointer (&group->store, migdesc_store_unref);
  g_clear_pointer (&group->name, g_free);
}

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

/* --- Groups ----------------------------------------------------------- */

static char *
name_host (const MigdescMapHosts *hosts,
           gsize position)
{
  if (hosts->name != NULL)
    return g_strdup (hosts->name);
  if (hosts->store->origin != NULL)
    return g_strdup (hosts->store->origin);
  return g_strdup_printf ("host %" G_GSIZE_FORMAT, position + 1);
}

static void
add_hosts (MigdescMap *map,
           GHashTable *known,
           const MigdescMapHosts *hosts,
           gsize position)
{
  MigdescMapGroup group = { .n_hosts = hosts->n_hosts, .order = position };
  gpointer found;

  map->n_hosts += hosts->n_hosts;
  if (g_hash_table_lookup_extended (known, hosts->store, NULL, &found))
    {
      g_array_index (map->groups, MigdescMapGroup, GPOINTER_TO_UINT (found)).n_hosts
          += hosts->n_hosts;
      return;
    }
  if (migdesc_store_find_model (hosts->store, map->model, strlen (map->model)) == NULL)
    {
      map->n_lacking += hosts->n_hosts;
      return;
    }
  group.store = migdesc_store_ref (hosts->store);
  group.name = name_host (hosts, position);
  g_hash_table_insert (known, group.store, GUINT_TO_POINTER (map->groups->len));
  g_array_append_val (map->groups, group);
}

static int
compare_sizes (gconstpointer first,
               gconstpointer second)
{
  const MigdescMapGroup *group = first;
  const MigdescMapGroup *other = second;

  if (group->n_hosts != other->n_hosts)
    return group->n_hosts < other->n_hosts ? 1 : -1;
  return (group->order > other->order) - (group->order < other->order);
}

static int
compare_order (gconstpointer first,
               gconstpointer second)
{
  const MigdescMapGroup *group = first;
  const MigdescMapGroup *other = second;

  return (group->order > other->order) - (group->order < other->order);
}

/* Of many the largest, in the order in which they came */
static void
keep_largest (MigdescMap *map,
              guint max_groups)
{
  guint wanted = max_groups == 0 ? MIGDESC_MAP_GROUPS : MIN (max_groups, MIGDESC_MAP_MAX_GROUPS);

  if (map->groups->len <= wanted)
    return;
  g_array_sort (map->groups, compare_sizes);
  map->n_more_groups = map->groups->len - wanted;
  for (guint i = wanted; i < map->groups->len; i++)
    map->n_more_hosts += migdesc_map_group (map, i)->n_hosts;
  g_array_set_size (map->groups, wanted);
  g_array_sort (map->groups, compare_order);
}

/* --- Pairs ------------------------------------------------------------ */

static MigdescModel *
model_of (const MigdescMap *map,
          guint group)
{
  MigdescStore *store = migdesc_map_group (map, group)->store;

  return migdesc_model_new_for_core (
      store, migdesc_store_find_model (store, map->model, strlen (map->model)));
}

static void
find_relations (MigdescMap *map,
                guint64 max_steps)
{
  guint n = map->groups->len;
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  map->relations = g_new (guint8, (gsize) n * n + 1);
  if (n > 0)
    migdesc_limits_set (limits, MIGDESC_LIMIT_STEPS, MAX (max_steps / n / n, MIN_STEPS));
  for (guint source = 0; source < n; source++)
    for (guint destination = 0; destination < n; destination++)
      {
        g_autoptr (MigdescModel) from = model_of (map, source);
        g_autoptr (MigdescModel) to = model_of (map, destination);
        g_autoptr (MigdescComparison) comparison = migdesc_model_compare (from, to, limits);

        map->relations[source * n + destination]
            = (guint8) migdesc_comparison_get_relation (comparison);
      }
}

MigdescMap *
migdesc_map_new_for_hosts (const MigdescMapHosts *hosts,
                           gsize n,
                           const char *model,
                           guint max_groups,
                           guint64 max_steps)
{
  g_autoptr (GHashTable) known = g_hash_table_new (hash_store, stores_equal);
  MigdescMap *map = g_new0 (MigdescMap, 1);

  g_atomic_ref_count_init (&map->ref_count);
  map->model = g_strdup (model);
  map->groups = g_array_new (FALSE, FALSE, sizeof (MigdescMapGroup));
  g_array_set_clear_func (map->groups, group_clear);
  for (gsize i = 0; i < n; i++)
    add_hosts (map, known, &hosts[i], i);
  keep_largest (map, max_groups);
  find_relations (map, max_steps);
  return map;
}

MigdescReach
migdesc_map_reach (const MigdescMap *map,
                   guint source,
                   guint destination)
{
  static const MigdescReach reaches[] = {
    [MIGDESC_RELATION_IDENTICAL] = MIGDESC_REACH_ALL,
    [MIGDESC_RELATION_COMPATIBLE] = MIGDESC_REACH_ALL,
    [MIGDESC_RELATION_CONDITIONAL] = MIGDESC_REACH_SOME,
    [MIGDESC_RELATION_INCOMPATIBLE] = MIGDESC_REACH_NONE,
    [MIGDESC_RELATION_UNDECIDED] = MIGDESC_REACH_UNSURE,
  };

  return reaches[map->relations[source * map->groups->len + destination]];
}

/* --- The public side -------------------------------------------------- */

/**
 * migdesc_map_new:
 * @descriptors: (array length=n_descriptors): what the hosts publish
 * @n_descriptors: the number of hosts, at least 1
 * @names: (nullable) (array zero-terminated=1): the names of the hosts, in their order, or %NULL
 *   for the origins of the descriptors
 * @model: (nullable): the name of a model, or %NULL for the only one of the first descriptor
 * @max_groups: how many groups of hosts with equal descriptors to show, at most 48; 0 for 24
 * @limits: (nullable): how long to compare, %MIGDESC_LIMIT_STEPS, or %NULL for the default
 * @error: return location for a #GError
 *
 * Makes a map of hosts by what they publish of a model. Hosts with equal descriptors are one group,
 * named after the first of them. Of more groups than @max_groups the largest are shown, in the
 * order of their first hosts, and the others are counted. Hosts without the model are counted too.
 *
 * All comparisons together take as many steps as %MIGDESC_LIMIT_STEPS says, or 1,000 each; what
 * takes longer is undecided.
 *
 * %MIGDESC_ERROR_NOT_UNIQUE if @model is %NULL and the first descriptor has not one model,
 * %MIGDESC_ERROR_MODEL_NOT_FOUND if no descriptor has @model, %MIGDESC_ERROR_INVALID_ARGUMENT if
 * there are no descriptors, or not as many names.
 *
 * Returns: (transfer full): the map, or %NULL on error
 *
 * Since: 1.0
 */
MigdescMap *
migdesc_map_new (MigdescDescriptor **descriptors,
                 gsize n_descriptors,
                 const char *const *names,
                 const char *model,
                 guint max_groups,
                 const MigdescLimits *limits,
                 GError **error)
{
  g_autofree MigdescMapHosts *hosts = NULL;
  g_autofree MigdescStore **stores = NULL;
  g_autofree char *chosen = NULL;

  g_return_val_if_fail (descriptors != NULL || n_descriptors == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (n_descriptors == 0 || n_descriptors >= G_MAXUINT32
      || (names != NULL && g_strv_length ((char **) names) != n_descriptors))
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                           n_descriptors == 0 ? "a map needs a descriptor"
                                              : "a map needs a name for each descriptor");
      return NULL;
    }
  hosts = g_new0 (MigdescMapHosts, n_descriptors);
  stores = g_new (MigdescStore *, n_descriptors);
  for (gsize i = 0; i < n_descriptors; i++)
    {
      stores[i] = migdesc_descriptor_get_store (descriptors[i]);
      hosts[i].store = stores[i];
      hosts[i].name = names != NULL ? names[i] : NULL;
      hosts[i].n_hosts = 1;
    }
  chosen = migdesc_stores_choose_model (stores, (guint32) n_descriptors, model, error);
  if (chosen == NULL)
    return NULL;
  return migdesc_map_new_for_hosts (hosts, n_descriptors, chosen, max_groups,
                                    migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS));
}

/**
 * migdesc_map_ref:
 * @map: a map
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @map
 *
 * Since: 1.0
 */
MigdescMap *
migdesc_map_ref (MigdescMap *map)
{
  g_return_val_if_fail (map != NULL, NULL);

  g_atomic_ref_count_inc (&map->ref_count);
  return map;
}

/**
 * migdesc_map_unref:
 * @map: (transfer full): a map
 *
 * Gives back a reference; the last one frees the map.
 *
 * Since: 1.0
 */
void
migdesc_map_unref (MigdescMap *map)
{
  g_return_if_fail (map != NULL);

  if (!g_atomic_ref_count_dec (&map->ref_count))
    return;
  g_array_unref (map->groups);
  g_free (map->relations);
  g_free (map->model);
  g_free (map);
}

/**
 * migdesc_map_get_model:
 * @map: a map
 *
 * Gets the name of the model.
 *
 * Returns: the name; valid as long as @map
 *
 * Since: 1.0
 */
const char *
migdesc_map_get_model (const MigdescMap *map)
{
  g_return_val_if_fail (map != NULL, NULL);

  return map->model;
}

/**
 * migdesc_map_get_n_groups:
 * @map: a map
 *
 * Counts the groups that are shown.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_map_get_n_groups (const MigdescMap *map)
{
  g_return_val_if_fail (map != NULL, 0);

  return map->groups->len;
}

/**
 * migdesc_map_get_name:
 * @map: a map
 * @group: the position of a group, from 0
 *
 * Gets the name of the first host of a group.
 *
 * Returns: the name; valid as long as @map
 *
 * Since: 1.0
 */
const char *
migdesc_map_get_name (const MigdescMap *map,
                      guint group)
{
  g_return_val_if_fail (map != NULL && group < map->groups->len, NULL);

  return migdesc_map_group (map, group)->name;
}

/**
 * migdesc_map_get_n_hosts:
 * @map: a map
 * @group: the position of a group, from 0
 *
 * Counts the hosts of a group.
 *
 * Returns: their number, at least 1
 *
 * Since: 1.0
 */
gsize
migdesc_map_get_n_hosts (const MigdescMap *map,
                         guint group)
{
  g_return_val_if_fail (map != NULL && group < map->groups->len, 0);

  return migdesc_map_group (map, group)->n_hosts;
}

/**
 * migdesc_map_get_relation:
 * @map: a map
 * @source: the position of a group, from 0
 * @destination: the position of a group, from 0
 *
 * Tells which devices can go from the hosts of one group to those of another, as
 * migdesc_model_compare() does.
 *
 * Returns: how the two relate
 *
 * Since: 1.0
 */
MigdescRelation
migdesc_map_get_relation (const MigdescMap *map,
                          guint source,
                          guint destination)
{
  g_return_val_if_fail (map != NULL && source < map->groups->len
                            && destination < map->groups->len,
                        MIGDESC_RELATION_UNDECIDED);

  return (MigdescRelation) map->relations[source * map->groups->len + destination];
}
